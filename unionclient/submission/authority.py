"""The district's small authority: one root, certificates for streets and bodies, the revocation list, the trust file.

Kept in a folder on a computer or stick that is otherwise locked away: `root.key` (under a passphrase), `trust.uct` (the
authority's whole memory, signed by the root, so that nobody can slip in a certificate), `issued/` (every certificate
ever issued). Limits: the root issues leaves only; who asks is for the telephone to say, or for the old key's signature.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission import profile, trust
from unionclient.submission.files import write_whole
from unionclient.submission.keys import KEY_BITS, SCRYPT_N, SigningKey, keep_key, load_key, read_certificate
from unionclient.submission.requests import Request, read_request
from unionclient.submission.requests import fingerprint as public_fingerprint
from unionclient.submission.trust import DISTRICT, REASONS, STREET, Registered, Trust

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

ROOT_KEY, OLD_ROOT_KEY, NEW_ROOT_KEY, HANDOVER, ISSUED = "root.key", "root-old.key", "root-new.key", "trust-handover.uct", "issued"
CRL_DAYS = 120
_REFUSED = marked("没有发出证书，登记册没有改动。")


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate that was issued: its file for the street (certificate and root, PEM), and its line in the register."""

    content: bytes
    path: Path
    entry: Registered


class Authority:
    """An opened authority. `init` makes one, `open` opens one; each deed writes a new trust file."""

    def __init__(self, folder: Path, keys: list[SigningKey], state: Trust) -> None:
        """`keys`: the root first, then the one before it, as long as its list has to be kept."""
        self.folder, self._keys, self.state = folder, keys, state

    # opening ------------------------------------------------------------------------------------------------

    @classmethod
    def init(cls, folder: Path | str, passphrase: str, *, name: str, code: str, now: datetime | None = None,
             bits: int = KEY_BITS, scrypt_n: int = SCRYPT_N) -> "Authority":
        """A new root in `folder` for the district `name`, `code`. Raises SubmissionError: one is there, passphrase too short."""
        folder, moment = Path(folder), _moment(now)
        if (folder / trust.FILE).exists():
            raise SubmissionError(_("这个文件夹里已经有根证书"), _("没有改动任何文件。"), _("请换一个空文件夹。"))
        key = _new_root(name, code, moment, bits)
        keep_key(folder / ROOT_KEY, passphrase, key, scrypt_n=scrypt_n)
        crl = _crl(key, None, {}, moment)
        content = trust.make(key, serial=1, roots=[key.certificate], crls=[crl], register=(), district_code=code, district_name=name, now=moment)
        return cls(folder, [key], trust.read(content))._kept()

    @classmethod
    def open(cls, folder: Path | str, passphrase: str) -> "Authority":
        """Raises SubmissionError: no authority there, wrong passphrase, a trust file that its root did not sign."""
        folder = Path(folder)
        _end_handover(folder, cls.look(folder))
        return cls(folder, [load_key(path, passphrase) for path in _key_files(folder)], cls.look(folder))

    @staticmethod
    def look(folder: Path | str) -> Trust:
        """The register and lists of the authority in `folder`, for reading only: needs no passphrase."""
        folder = Path(folder)
        own = {hashlib.sha256(read_certificate(path)).hexdigest() for path in _key_files(folder)}
        try:
            state = trust.read((folder / trust.FILE).read_bytes())
        except OSError as fault:
            raise SubmissionError(_("登记册读不出来"), _("没有改动任何文件。"), fault.strerror or "") from fault
        if state.signed_by not in own:
            raise SubmissionError(_("登记册不是由这里的根证书签的，可能被人换过"), _("没有改动任何文件。"), _("请用备份恢复整个文件夹。"))
        return state

    # deeds --------------------------------------------------------------------------------------------------

    @property
    def root(self) -> bytes:
        """The root's certificate (DER)."""
        return self._keys[0].certificate

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the root's certificate: what every street pins, after a telephone call."""
        return self._keys[0].fingerprint

    def issue(self, request: bytes, *, role: str = STREET, purpose: str = profile.SIGNING, confirmed: str | None = None,
              name: str | None = None, beside: bool = False, now: datetime | None = None) -> Issued:
        """Answer a request or a renewal with a certificate of two years.

        `confirmed` is the request's fingerprint as read out by telephone: given, it must agree. A street that has a
        certificate in force gets another only for a renewal signed by the old key, or with `beside`. `name` replaces
        the name asked for. An encryption certificate is the district's own and goes into the trust file, not into the
        register. Raises SubmissionError.
        """
        moment, asked = _moment(now), read_request(request)
        if asked.code == self.state.district_code:
            role = DISTRICT
        elif role == DISTRICT or purpose != profile.SIGNING:
            raise SubmissionError(_("这种证书只发给区总工会自己"), _(_REFUSED), _("区的代码是 {code}。").format(code=self.state.district_code))
        if confirmed is not None and _plain(confirmed) != asked.fingerprint:
            raise SubmissionError(_("电话里念的指纹与申请的指纹不一样"), _(_REFUSED), _("请确认申请文件没有拿错；仍不一样时，请街道重新生成。"))
        signing = purpose == profile.SIGNING
        self._refuse_known_key(asked)
        old = self._renewed(asked, moment) if asked.renews else None
        if signing and old is None and not beside and any(moment < (entry.ends or entry.expires) for entry in self.state.of(asked.code)):
            raise SubmissionError(_("{code} 已有一张有效的证书").format(code=asked.code), _(_REFUSED),
                                  _("请街道用“换证”重新申请；旧钥匙丢失时，先吊销旧证书。"))
        certificate = self._signed(asked, name, purpose, moment)
        made = _load(certificate)
        entry = Registered(asked.code, name or asked.name, role, hashlib.sha256(certificate).hexdigest(),
                           format(made.serial_number, "x"), made.not_valid_before_utc, made.not_valid_after_utc)
        content = _pem(certificate) + _pem(self.root)
        path = self.folder / ISSUED / f"{asked.code}-{'' if signing else 'encryption-'}{entry.fingerprint[:12]}.cer"
        write_whole(path, content)
        if signing:
            self._renew_state(moment, register=(*self.state.register, entry))
        else:
            self._renew_state(moment, encryption=certificate)
        return Issued(content, path, entry)

    def revoke(self, fingerprint: str, reason: str = "unspecified", *, now: datetime | None = None) -> Registered:
        """Put a registered certificate (SHA-256, or its first 8 digits and more) on the list, for good."""
        if reason not in REASONS:
            raise SubmissionError(_("没有“{reason}”这种吊销原因").format(reason=reason), _("登记册没有改动。"), _("可写：{names}").format(names=_("、").join(REASONS)))
        moment, entry = _moment(now), self._found(fingerprint)
        issuer = trust.key_id(trust.issuing_root(self.state, self._certificate(entry)))
        serial = int(entry.serial, 16)
        if any(serial in each.revoked for each in self.state.lists if each.issuer == issuer):
            raise SubmissionError(_("这张证书早已吊销"), _("登记册没有改动。"))
        ended = replace(entry, ends=moment)
        self._renew_state(moment, register=(ended if line == entry else line for line in self.state.register),
                          revoked=(issuer, serial, reason))
        return ended

    def crl(self, *, now: datetime | None = None) -> bytes:
        """A new list with the same entries and the next number (DER, of the present root); the trust file follows."""
        self._renew_state(_moment(now))
        return next(each.content for each in self.state.lists if each.issuer == trust.key_id(self.root))

    def trust(self, *, expired_days: int | None = None, stale_days: int | None = None, now: datetime | None = None) -> bytes:
        """The trust file to hand to the streets, its lists renewed; the two periods of grace may be set anew."""
        days = {name: days for name, days in (("expired_days", expired_days), ("stale_days", stale_days)) if days is not None}
        self._renew_state(_moment(now), **days)
        return self.state.content

    def renew_root(self, passphrase: str, *, now: datetime | None = None, bits: int = KEY_BITS, scrypt_n: int = SCRYPT_N) -> None:
        """A new root, under the same passphrase: this trust file is still signed by the old root and names both.

        Streets that have taken it (also kept as `trust-handover.uct`) believe the new root, which signs from the next
        file on. The old key stays, as `root-old.key`, to sign the list of what it issued.
        """
        if len(self._keys) > 1:
            raise SubmissionError(_("上一次换根还没有结束"), _("没有改动任何文件。"), _("旧根证书签发的证书全部到期后，再换下一个。"))
        load_key(self.folder / ROOT_KEY, passphrase)
        moment, old, state = _moment(now), self._keys[0], self.state
        new = _new_root(state.district_name, state.district_code, moment, bits)
        content = trust.make(
            old, serial=state.serial + 1, roots=[new.certificate, old.certificate],
            crls=[_crl(new, None, {}, moment), *(each.content for each in state.lists)], register=state.register,
            district_code=state.district_code, district_name=state.district_name, encryption=state.encryption,
            expired_days=state.expired_days, stale_days=state.stale_days, now=moment)
        fresh = self.folder / NEW_ROOT_KEY
        fresh.unlink(missing_ok=True)
        keep_key(fresh, passphrase, new, scrypt_n=scrypt_n)
        # In this order a power cut leaves either the old root alone, or a handover that the next opening ends.
        write_whole(self.folder / HANDOVER, content)
        self._keys, self.state = [new, old], trust.read(content, known=state)
        self._kept()
        _end_handover(self.folder, self.state)

    # inside -------------------------------------------------------------------------------------------------

    def _renewed(self, asked: Request, moment: datetime) -> Registered:
        """The registration of the old key that signed a renewal: same street, in force, on no list."""
        signed = asked.renews
        found = trust.judge_signer(signed.chain, self.state, signed_at=signed.signed_at, moment=moment, street=asked.code)
        refused = next((finding for finding in found if not finding.ok and finding.check != "trust-list"), None)
        if refused is not None:
            raise SubmissionError(_("换证申请上的旧钥匙不能作证：{reason}").format(reason=refused.detail), _(_REFUSED),
                                  _("请街道重新生成普通申请，并用电话核对指纹。"))
        return self.state.registered(hashlib.sha256(signed.certificate).hexdigest())

    def _refuse_known_key(self, asked: Request) -> None:
        """One key, one certificate: a copied request must not give another street the same key."""
        # A certificate that lies in the folder but in no register was being issued when the power went: it was handed to nobody.
        given = {entry.fingerprint for entry in self.state.register} | {hashlib.sha256(self.state.encryption or b"").hexdigest()}
        known = [content for content in self._issued() if hashlib.sha256(content).hexdigest() in given]
        if any(public_fingerprint(_load(content).public_key()) == asked.fingerprint for content in known):
            raise SubmissionError(_("这把钥匙已经发过证书"), _(_REFUSED), _("证书在 {folder} 文件夹里；要换证请街道先生成新钥匙。").format(folder=ISSUED))

    def _signed(self, asked: Request, name: str | None, purpose: str, moment: datetime) -> bytes:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization

        root = _load(self.root)
        point = x509.DistributionPoint([x509.DirectoryName(root.subject)], None, None, None)
        certificate = (
            profile.leaf(profile.subject(name or asked.name, asked.code), root.subject, asked.public, moment, purpose)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
            # Where the list is found: offline, under the root's name; the list travels in the trust file.
            .add_extension(x509.CRLDistributionPoints([point]), critical=False)
            .sign(self._keys[0].private, hashes.SHA256()))
        return certificate.public_bytes(serialization.Encoding.DER)

    def _found(self, fingerprint: str) -> Registered:
        plain = _plain(fingerprint)
        found = [entry for entry in self.state.register if len(plain) >= 8 and entry.fingerprint.startswith(plain)]
        if len(found) != 1:
            raise SubmissionError(_("登记册里没有这张证书"), _("登记册没有改动。"), _("请写证书指纹的前 8 位以上。"))
        return found[0]

    def _certificate(self, entry: Registered) -> "Certificate":
        """The certificate that a line of the register stands for, from the folder of those issued."""
        for content in self._issued():
            if hashlib.sha256(content).hexdigest() == entry.fingerprint:
                return _load(content)
        raise SubmissionError(_("{folder} 文件夹里缺少这张证书").format(folder=ISSUED), _("登记册没有改动。"), _("请用备份恢复整个文件夹。"))

    def _issued(self) -> Iterator[bytes]:
        return (_der(path.read_bytes()) for path in sorted((self.folder / ISSUED).glob("*.cer")))

    def _renew_state(self, moment: datetime, *, register: Iterable[Registered] | None = None, encryption: bytes | None = None,
                     revoked: tuple[bytes, int, str] | None = None, **days: int) -> None:
        """The next trust file, every list made anew under its next number; `revoked` is (root's key, serial, reason)."""
        state = self.state
        keys = {trust.key_id(key.certificate): key for key in self._keys}
        crls = []
        for each in state.lists:
            entries = dict(each.revoked)
            if revoked is not None and revoked[0] == each.issuer:
                entries[revoked[1]] = (moment, revoked[2])
            crls.append(_crl(keys[each.issuer], each.number, entries, moment))
        content = trust.make(
            self._keys[0], serial=state.serial + 1, roots=state.roots, crls=crls,
            register=state.register if register is None else register, district_code=state.district_code,
            district_name=state.district_name, encryption=encryption or state.encryption, now=moment,
            **{"expired_days": state.expired_days, "stale_days": state.stale_days, **days})
        self.state = trust.read(content, known=state)
        self._kept()

    def _kept(self) -> "Authority":
        write_whole(self.folder / trust.FILE, self.state.content)
        return self


def _key_files(folder: Path) -> list[Path]:
    if not (folder / ROOT_KEY).is_file():
        raise SubmissionError(_("这个文件夹里没有根证书"), "", _("请先建立证书机构，或选择它所在的文件夹。"))
    return [path for path in (folder / ROOT_KEY, folder / OLD_ROOT_KEY) if path.is_file()]


def _end_handover(folder: Path, state: Trust) -> None:
    """Where the trust file already names a new root, its key becomes `root.key` and the one before `root-old.key`."""
    fresh = folder / NEW_ROOT_KEY
    if fresh.is_file() and hashlib.sha256(read_certificate(fresh)).hexdigest() in state.root_fingerprints:
        write_whole(folder / OLD_ROOT_KEY, (folder / ROOT_KEY).read_bytes())
        fresh.replace(folder / ROOT_KEY)


def _new_root(name: str, code: str, moment: datetime, bits: int) -> SigningKey:
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    # The year keeps the names of two roots apart: verifiers find an issuer by its name.
    owner = profile.subject(f"{name}台账证书机构{moment:%Y}", code)
    certificate = profile.root(owner, private.public_key(), moment).sign(private, hashes.SHA256())
    return SigningKey(private, certificate.public_bytes(serialization.Encoding.DER))


def _crl(key: SigningKey, number: int | None, revoked: Mapping[int, tuple[datetime, str]], moment: datetime) -> bytes:
    """The list after list `number` (DER), good for CRL_DAYS."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization

    root = _load(key.certificate)
    builder = (
        x509.CertificateRevocationListBuilder().issuer_name(root.subject)
        .last_update(moment - profile.BACKDATED).next_update(moment + timedelta(days=CRL_DAYS))
        .add_extension(x509.CRLNumber((number or 0) + 1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False))
    for serial in sorted(revoked):
        when, reason = revoked[serial]
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when)
        if reason != "unspecified":  # RFC 5280 5.3.1: the reason is left out rather than written as 0
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags(reason)), critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(key.private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _moment(now: datetime | None) -> datetime:
    return (now or datetime.now(UTC)).replace(microsecond=0)


def _plain(fingerprint: str) -> str:
    return re.sub(r"[\s:]", "", fingerprint).lower()


def _load(octets: bytes) -> "Certificate":
    from cryptography import x509

    return x509.load_der_x509_certificate(octets)


def _pem(octets: bytes) -> bytes:
    from asn1crypto import pem

    return pem.armor("CERTIFICATE", octets)


def _der(content: bytes) -> bytes:
    """The first certificate of a PEM file."""
    from asn1crypto import pem

    return pem.unarmor(content)[2] if b"-----BEGIN" in content else content
