"""Whom to believe: the district's trust file `trust.uct` — roots, revocation lists, register of certificates — and judging by it.

One file, CMS-signed by the district's root with the content inside, so `openssl cms -verify` reads it. A street pins the
root's fingerprint once, by telephone; later files must be signed by a root of the file before and may not go back.
Limits: leaves are issued by a root directly; a certificate that is not in the register is nobody's, however valid.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission.clock import sender_suspect
from unionclient.submission.keys import Signer
from unionclient.submission.signing import SignatureFault, check_attached, sign_attached

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

SCHEMA = "unionclient-trust/1"
FILE = "trust.uct"
STREET, BODY, DISTRICT = "street", "body", "district"
ROLES = (STREET, BODY, DISTRICT)
EXPIRED_DAYS, STALE_DAYS = 90, 60
_MOST = 8 * 2**20
_KEPT = marked("没有采用这份信任文件，原来的仍然有效。")


@dataclass(frozen=True, slots=True)
class Registered:
    """One certificate of the register: whose it is, its SHA-256 and serial number (hex), its first and last moment.

    `ends` is when the district ended it before that, None where it did not.
    """

    code: str
    name: str
    role: str
    fingerprint: str
    serial: str
    begins: datetime
    expires: datetime
    ends: datetime | None = None

    def tree(self) -> dict[str, Any]:
        return {"code": self.code, "name": self.name, "role": self.role, "fingerprint": self.fingerprint, "serial": self.serial,
                "from": self.begins.isoformat(), "to": self.expires.isoformat(), "ended": self.ends and self.ends.isoformat()}


@dataclass(frozen=True, slots=True)
class RevocationList:
    """One root's list: its number, when it was made, until when it is good, and who is on it (serial → (when, reason))."""

    content: bytes
    issuer: bytes
    number: int
    made: datetime
    good_until: datetime
    revoked: Mapping[int, tuple[datetime, str]]


@dataclass(frozen=True, slots=True)
class Trust:
    """A trust file that was read. `roots` are DER, newest first; `encryption` is the district's certificate (DER) or None.

    `expired_days`: how long after its end a certificate is taken that was good when it signed. `stale_days`: how long
    after its end an old revocation list is taken, with a warning.
    """

    serial: int
    issued_at: datetime
    district_code: str
    district_name: str
    roots: tuple[bytes, ...]
    lists: tuple[RevocationList, ...]
    register: tuple[Registered, ...]
    encryption: bytes | None
    expired_days: int
    stale_days: int
    signed_by: str
    content: bytes = field(repr=False)

    @property
    def crl_number(self) -> int:
        """The highest list number: what a package and a receipt name as seen."""
        return max(each.number for each in self.lists)

    @property
    def good_until(self) -> datetime:
        """When the newest list runs out."""
        return max(each.good_until for each in self.lists)

    @property
    def root_fingerprints(self) -> tuple[str, ...]:
        return tuple(hashlib.sha256(root).hexdigest() for root in self.roots)

    def registered(self, fingerprint: str) -> Registered | None:
        """Whose certificate this is."""
        return next((entry for entry in self.register if entry.fingerprint == fingerprint), None)

    def revoked(self, entry: Registered) -> bool:
        """Whether a certificate of the register is on a list; serial numbers are random, so none is on two."""
        return any(int(entry.serial, 16) in each.revoked for each in self.lists)

    def of(self, code: str) -> tuple[Registered, ...]:
        """Every certificate of a street or body, in the order of issue."""
        return tuple(entry for entry in self.register if entry.code == code)

    def ca_pem(self) -> bytes:
        """Roots and lists as PEM: the `-CAfile` of `openssl cms -verify -crl_check`."""
        from asn1crypto import pem

        return b"".join([*(pem.armor("CERTIFICATE", root) for root in self.roots),
                         *(pem.armor("X509 CRL", each.content) for each in self.lists)])


def make(
    key: Signer, *, serial: int, roots: Sequence[bytes], crls: Sequence[bytes], register: Iterable[Registered],
    district_code: str, district_name: str, encryption: bytes | None = None, expired_days: int = EXPIRED_DAYS,
    stale_days: int = STALE_DAYS, now: datetime | None = None,
) -> bytes:
    """The trust file, signed by `key`: the root, or the old root while a new one is being brought in."""
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    tree = {
        "schema": SCHEMA, "serial": serial, "issued_at": moment.isoformat(),
        "district": {"code": district_code, "name": district_name},
        "roots": [_text(root) for root in roots], "crls": [_text(crl) for crl in crls],
        "register": [entry.tree() for entry in register], "encryption": encryption and _text(encryption),
        "expired_days": expired_days, "stale_days": stale_days,
    }
    return sign_attached(json.dumps(tree, ensure_ascii=False, indent=1).encode("utf-8"), key, moment)


def read(content: bytes, pinned_root: str | bytes | None = None, known: Trust | None = None) -> Trust:
    """Read a trust file. Raises SubmissionError where it is damaged, signed by another, or older than `known`.

    `pinned_root` is a fingerprint (hex) or a certificate (DER). With neither a pin nor `known` the file vouches for
    itself only: show `signed_by` to the officer, to be compared by telephone.
    """
    if len(content) > _MOST:
        raise SubmissionError(_("这不是信任文件"), _(_KEPT), _("请选择区总工会发来的 trust.uct。"))
    try:
        octets, signed = check_attached(content)
        read_out = _trust(json.loads(octets), content, hashlib.sha256(signed.certificate).hexdigest())
    except SignatureFault as fault:
        raise SubmissionError(_("信任文件的签名不成立：{reason}").format(reason=fault), _(_KEPT), _("请向区总工会重新要一份。")) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise SubmissionError(_("信任文件读不出来，可能已损坏"), _(_KEPT), _("请向区总工会重新要一份。")) from None
    if known is not None and content == known.content:
        return read_out
    accepted = _accepted(pinned_root, known)
    if read_out.signed_by not in (accepted or read_out.root_fingerprints):
        raise SubmissionError(_("信任文件不是由已登记的区根证书签的"), _(_KEPT), _("请打电话向区总工会核对根证书指纹。"))
    if known is not None:
        _refuse_older(read_out, known)
    return read_out


def _accepted(pinned_root: str | bytes | None, known: Trust | None) -> tuple[str, ...]:
    """The root that must have signed: the newest of the file before, else the pinned one; empty where nothing is pinned yet.

    An older root stays in the file for the certificates it issued, but it signs no trust file any more.
    """
    if known is not None:
        return known.root_fingerprints[:1]
    if pinned_root is None:
        return ()
    pinned = hashlib.sha256(pinned_root).hexdigest() if isinstance(pinned_root, bytes) else pinned_root
    return (re.sub(r"[\s:]", "", pinned).lower(),)


def _refuse_older(new: Trust, known: Trust) -> None:
    before = {each.issuer: each.number for each in known.lists}
    back = any(each.number < before.get(each.issuer, 0) for each in new.lists)
    if new.serial < known.serial or back:
        raise SubmissionError(_("这份信任文件（第 {serial} 号）比现有的（第 {known} 号）旧").format(serial=new.serial, known=known.serial), _(_KEPT),
                              _("请用区总工会最近发来的那一份。"))
    if new.serial == known.serial and new.content != known.content:
        raise SubmissionError(_("有两份不同的第 {serial} 号信任文件").format(serial=new.serial), _(_KEPT), _("请立即告诉区总工会：其中一份可能是伪造的。"))
    missing = set(before) - {each.issuer for each in new.lists}
    if missing & {key_id(root) for root in new.roots}:
        raise SubmissionError(_("信任文件里少了吊销列表"), _(_KEPT), _("请向区总工会重新要一份。"))


def key_id(root: bytes) -> bytes:
    """What a root's key is called here: SHA-1 of it, as in key identifiers (a name, not a proof)."""
    from asn1crypto import x509

    return x509.Certificate.load(root).public_key.sha1


def _trust(tree: dict[str, Any], content: bytes, signed_by: str) -> Trust:
    if tree["schema"] != SCHEMA:
        raise SubmissionError(_("信任文件由其他版本的程序生成"), _(_KEPT), _("请用最新版本的程序打开。"))
    roots = tuple(_root(_bytes(text)) for text in tree["roots"])
    lists = tuple(_list(_bytes(text), roots) for text in tree["crls"])
    register = tuple(_registered(entry) for entry in tree["register"])
    serial, expired, stale = (tree[name] for name in ("serial", "expired_days", "stale_days"))
    fingerprints = [entry.fingerprint for entry in register]
    sound = (all(isinstance(number, int) and not isinstance(number, bool) and number >= 0 for number in (serial, expired, stale))
             and roots and lists and len(set(fingerprints)) == len(fingerprints))
    if not sound:
        raise ValueError("numbers, roots, lists or register are not sound")
    return Trust(
        serial, _moment(tree["issued_at"]), str(tree["district"]["code"]), str(tree["district"]["name"]), roots, lists, register,
        _bytes(tree["encryption"]) if tree["encryption"] is not None else None, expired, stale, signed_by, content)


def _root(octets: bytes) -> bytes:
    """A root certificate, self-signed and allowed to sign others. Raises ValueError."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    certificate = x509.load_der_x509_certificate(octets)
    try:
        certificate.verify_directly_issued_by(certificate)
        ca = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (InvalidSignature, x509.ExtensionNotFound):
        ca = False
    if not ca:
        raise ValueError("not a root")
    return octets


def _list(octets: bytes, roots: Sequence[bytes]) -> RevocationList:
    """A revocation list, signed by one of the roots. Raises ValueError."""
    from cryptography import x509

    crl = x509.load_der_x509_crl(octets)
    issuer = next((root for root in roots if crl.is_signature_valid(x509.load_der_x509_certificate(root).public_key())), None)
    if issuer is None or crl.next_update_utc is None:
        raise ValueError("the list is not signed by a root")
    number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    revoked = {entry.serial_number: (entry.revocation_date_utc, reason_of(entry)) for entry in crl}
    return RevocationList(octets, key_id(issuer), number, crl.last_update_utc, crl.next_update_utc, revoked)


def reason_of(entry: Any) -> str:
    """Why a certificate was revoked, as the list says (RFC 5280 name); "unspecified" where it does not."""
    from cryptography import x509

    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
    except x509.ExtensionNotFound:
        return "unspecified"


def issuing_root(trust: Trust, certificate: "Certificate") -> bytes | None:
    """The root (DER) that issued a certificate, None where no root of the file did."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    for root in trust.roots:
        try:
            certificate.verify_directly_issued_by(x509.load_der_x509_certificate(root))
        except (ValueError, TypeError, InvalidSignature):
            continue
        return root
    return None


# judging ----------------------------------------------------------------------------------------------------------

GOOD, WARN, REFUSE = "good", "warn", "refuse"
CHECKS = ("trust-chain", "trust-revoked", "trust-list", "trust-register", "trust-dates")


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer about a signer: `check` of CHECKS, `level` good, warn or refuse, and why."""

    check: str
    level: str
    detail: str = ""

    @property
    def ok(self) -> bool:
        return self.level != REFUSE


def judge_signer(chain: Sequence[bytes], trust: Trust, *, signed_at: datetime, moment: datetime, street: str | None) -> list[Finding]:
    """What the trust file says of a signer, one finding for each of CHECKS (fewer where the chain does not hold).

    `chain` has the signer's certificate (DER) first; the rest is not believed. `signed_at` is the signer's claim,
    `moment` the receiver's own time; `street` the code that must have signed (None: any that is registered).
    """
    from cryptography import x509

    try:
        certificate = x509.load_der_x509_certificate(chain[0])
        issuer = issuing_root(trust, certificate)
    except (ValueError, TypeError, IndexError, x509.InvalidVersion):
        return [Finding("trust-chain", REFUSE, _("证书读不出来"))]
    if issuer is None:
        return [Finding("trust-chain", REFUSE, _("签名人的证书不是区里签发的"))]
    lists = _judge_lists(certificate, trust, issuer, moment)
    return [
        _judge_use(certificate, x509.load_der_x509_certificate(issuer), moment), *lists,
        # A revoked certificate's registration has ended too; one reason is enough.
        _judge_register(hashlib.sha256(chain[0]).hexdigest(), trust, moment if lists[0].ok else None, street),
        _judge_dates(certificate, trust, signed_at, moment),
    ]


def _judge_use(certificate: "Certificate", root: "Certificate", moment: datetime) -> Finding:
    """A leaf for signing, under a root that was in force: a street must not be able to issue certificates itself."""
    from cryptography import x509

    try:
        extensions = certificate.extensions
        ca = extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        signs = extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except (x509.ExtensionNotFound, x509.DuplicateExtension, x509.UnsupportedGeneralNameType, ValueError, TypeError):
        ca, signs = True, False
    known = (x509.BasicConstraints, x509.KeyUsage, x509.ExtendedKeyUsage)
    odd = [each for each in certificate.extensions if each.critical and not isinstance(each.value, known)] if signs else []
    if ca or not signs or odd:
        return Finding("trust-chain", REFUSE, _("这张证书不是发给街道签名用的"))
    if not root.not_valid_before_utc <= certificate.not_valid_before_utc <= root.not_valid_after_utc or moment < root.not_valid_before_utc:
        return Finding("trust-chain", REFUSE, _("签发时区根证书不在有效期内"))
    return Finding("trust-chain", GOOD)


def _judge_lists(certificate: "Certificate", trust: Trust, issuer: bytes, moment: datetime) -> list[Finding]:
    """Revoked by now, or later than the moment that is asked about (a package from the archive)."""
    newest = max((each for each in trust.lists if each.issuer == key_id(issuer)), key=lambda each: each.number, default=None)
    if newest is None:
        return [Finding("trust-list", REFUSE, _("信任文件里没有这个根证书的吊销列表"))]
    found = Finding("trust-revoked", GOOD)
    if certificate.serial_number in newest.revoked:
        when, reason = newest.revoked[certificate.serial_number]
        words = _("证书已于 {day:%Y-%m-%d}（{reason}）吊销") if when <= moment else _("证书后来于 {day:%Y-%m-%d}（{reason}）吊销")
        found = Finding("trust-revoked", REFUSE if when <= moment else WARN, words.format(day=when, reason=_(REASONS.get(reason, reason))))
    return [found, _judge_age(newest, trust.stale_days, moment)]


def _judge_age(newest: RevocationList, stale_days: int, moment: datetime) -> Finding:
    if moment <= newest.good_until:
        return Finding("trust-list", GOOD)
    ended = newest.good_until
    if moment > ended + timedelta(days=stale_days):
        return Finding("trust-list", REFUSE, _("吊销列表已于 {day:%Y-%m-%d} 到期，超过了 {count} 天，请先换新的信任文件").format(day=ended, count=stale_days))
    return Finding("trust-list", WARN, _("吊销列表已于 {day:%Y-%m-%d} 到期，请向区总工会要新的信任文件").format(day=ended))


def _judge_register(fingerprint: str, trust: Trust, moment: datetime | None, street: str | None) -> Finding:
    """This stops a valid certificate of another street. `moment` None: whether the registration has ended is not asked."""
    entry = trust.registered(fingerprint)
    if entry is None:
        return Finding("trust-register", REFUSE, _("证书不在区里的登记册上"))
    if street is not None and entry.code != street:
        return Finding("trust-register", REFUSE, _("证书登记在 {name}（{code}）名下，不是 {street}").format(
            name=entry.name, code=entry.code, street=street))
    if entry.ends is not None and moment is not None and moment >= entry.ends:
        return Finding("trust-register", REFUSE, _("证书的登记已于 {day:%Y-%m-%d} 结束").format(day=entry.ends))
    return Finding("trust-register", GOOD)


def _judge_dates(certificate: "Certificate", trust: Trust, signed_at: datetime, moment: datetime) -> Finding:
    """The signing time is only a claim; the receiver's own time decides."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if moment < begins:
        return Finding("trust-dates", REFUSE, _("证书要到 {day:%Y-%m-%d} 才生效，两边的时钟可能有一个不准").format(day=begins))
    if not begins <= signed_at <= ends:
        return Finding("trust-dates", REFUSE, _("签名时证书不在有效期内"))
    if moment > ends + timedelta(days=trust.expired_days):
        return Finding("trust-dates", REFUSE, _("证书已于 {day:%Y-%m-%d} 过期").format(day=ends))
    if moment > ends:
        return Finding("trust-dates", WARN, _("签名时证书有效，现已于 {day:%Y-%m-%d} 过期").format(day=ends))
    if told := sender_suspect(signed_at, moment):
        return Finding("trust-dates", WARN, told)
    return Finding("trust-dates", GOOD)


# reading the parts ------------------------------------------------------------------------------------------------

REASONS = {
    "unspecified": marked("未说明原因"), "keyCompromise": marked("钥匙泄露"), "affiliationChanged": marked("单位变更"),
    "superseded": marked("已换新证书"), "cessationOfOperation": marked("不再使用"), "privilegeWithdrawn": marked("取消资格")}


def _registered(tree: dict[str, Any]) -> Registered:
    code, name, role, fingerprint, serial = (tree[part] for part in ("code", "name", "role", "fingerprint", "serial"))
    if role not in ROLES or len(bytes.fromhex(fingerprint)) != 32 or not code or int(serial, 16) < 0:
        raise ValueError("an entry of the register is not sound")
    return Registered(str(code), str(name), role, fingerprint.lower(), serial, _moment(tree["from"]), _moment(tree["to"]),
                      _moment(tree["ended"]) if tree["ended"] is not None else None)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without zone")
    return moment.astimezone(UTC)


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
