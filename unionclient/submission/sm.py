"""An optional second signature by SM2 and SM3 beside the first, for offices that are asked for one.

`META-INF/signature002.p7s` (the message syntax of GM/T 0010 as far as known here) over `META-INF/ASiCManifest002.xml`; both
stand in the list that the first signature covers, so they can be neither taken out nor exchanged. Never required, never
instead of the first. Limits: the arithmetic is that of the optional package gmssl, in plain Python: not in constant time
and no certified module, so nothing of this is a statement on any standard's requirements. The certificate is self-made.
Check without the program: `openssl dgst -sm3 -verify` over the signed attributes with distid 1234567812345678.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import algos, cms, core, x509
from asn1crypto import keys as asn1_keys

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.submission import keys, profile
from unionclient.submission.signing import SignatureFault

CHECK = "second-signature"
DISTID = b"1234567812345678"
_CURVE, _SM3, _SM2_WITH_SM3, _SM2_SIGN = "1.2.156.10197.1.301", "1.2.156.10197.1.401", "1.2.156.10197.1.501", "1.2.156.10197.1.301.1"
_DATA, _SIGNED = "1.2.156.10197.6.1.4.2.1", "1.2.156.10197.6.1.4.2.2"
SM3_URI = f"urn:oid:{_SM3}"
# GB/T 32918.5: the curve y² = x³ + ax + b over p, its order, its base point.
_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_A, _B = _P - 3, 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_G = bytes.fromhex("32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
                   "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0")
asn1_keys.NamedCurve.register("sm2", _CURVE, 32)


class _Pair(core.Sequence):
    """r and s of a signature."""

    _fields = [("r", core.Integer), ("s", core.Integer)]


class _Message(core.Sequence):
    """A signed message under the numbers of GM/T 0010, which the library does not know."""

    _fields = [("content_type", core.ObjectIdentifier), ("content", cms.SignedData, {"explicit": 0})]


class NoGmssl(SubmissionError):
    """The optional package is not here."""

    def __init__(self) -> None:
        super().__init__(_("没有安装 gmssl，不能用 SM2 签名或核对 SM2 签名"), _("第一签名不受影响。"), _("请安装可选组件 sm，或者关闭第二签名。"))


@dataclass(frozen=True, slots=True)
class SmKey:
    """An opened SM2 key: the secret number, and its certificate (DER)."""

    secret: int
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.certificate).hexdigest()

    def sign(self, message: bytes) -> bytes:
        """SM2 over SM3 with the usual signer's id; DER-coded pair. Raises NoGmssl."""
        return _signed_by(self.secret, _point(self.certificate), message)


@dataclass(frozen=True, slots=True)
class SecondSigner:
    """What a sound second signature says: name and street code of its certificate, its SHA-256, the claimed time."""

    name: str
    street_code: str
    fingerprint: str
    signed_at: datetime


def available() -> bool:
    """Whether gmssl is installed."""
    from importlib.util import find_spec

    return find_spec("gmssl") is not None


def sm3(*parts: bytes) -> bytes:
    """The digest, 32 bytes; by the cryptography package, for gmssl's own takes seven seconds for a megabyte."""
    from cryptography.hazmat.primitives import hashes

    digest = hashes.Hash(hashes.SM3())
    for part in parts:
        digest.update(part)
    return digest.finalize()


# keys -----------------------------------------------------------------------------------------------------------


def make_key(path: Path | str, passphrase: str, *, name: str, street_code: str, scrypt_n: int = keys.SCRYPT_N, now: datetime | None = None) -> SmKey:
    """A new SM2 key and its self-made certificate of two years, kept in the new file `path` like the first key. Raises SubmissionError."""
    secret = secrets.randbelow(_N - 2) + 1
    point = b"\4" + bytes.fromhex(_arithmetic()._kg(secret, _G.hex()))
    key = SmKey(secret, _certificate(secret, point, name, street_code, (now or datetime.now(UTC)).replace(microsecond=0)))
    keys.keep_secret(path, passphrase, secret.to_bytes(32, "big"), key.certificate, scrypt_n=scrypt_n)
    return key


def load_key(path: Path | str, passphrase: str) -> SmKey:
    """Open the key file. Raises SubmissionError as `keys.load_key`."""
    plain, chain = keys.read_secret(path, passphrase)
    return SmKey(int.from_bytes(plain, "big"), chain[0])


def _certificate(secret: int, point: bytes, name: str, code: str, now: datetime) -> bytes:
    owner = x509.Name.load(profile.subject(name, code).public_bytes())
    begins = now - profile.BACKDATED
    algorithm = algos.SignedDigestAlgorithm({"algorithm": _SM2_WITH_SM3})
    body = x509.TbsCertificate({
        "version": "v3", "serial_number": secrets.randbits(159), "signature": algorithm, "issuer": owner, "subject": owner,
        "validity": {"not_before": x509.Time("utc_time", begins), "not_after": x509.Time("utc_time", begins + timedelta(days=profile.VALID_DAYS))},
        "subject_public_key_info": {
            "algorithm": {"algorithm": "ec", "parameters": asn1_keys.ECDomainParameters("named", "sm2")}, "public_key": asn1_keys.ECPointBitString(point)},
        "extensions": [{"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": False}},
                       {"extn_id": "key_usage", "critical": True, "extn_value": {"digital_signature", "non_repudiation"}}]})
    return _certified(body, _signed_by(secret, point, body.dump()))


def _certified(body: x509.TbsCertificate, octets: bytes) -> bytes:
    return x509.Certificate({"tbs_certificate": body, "signature_algorithm": {"algorithm": _SM2_WITH_SM3}, "signature_value": octets}).dump()


# the signature --------------------------------------------------------------------------------------------------


def sign_detached(content: bytes, key: SmKey, signed_at: datetime) -> bytes:
    """The message (DER) over `content`, which is not inside. Raises NoGmssl."""
    attributes = cms.CMSAttributes([
        cms.CMSAttribute({"type": "content_type", "values": [_DATA]}),
        cms.CMSAttribute({"type": "message_digest", "values": [sm3(content)]}),
        cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": signed_at.replace(microsecond=0)})]}),
    ])
    return _assembled(x509.Certificate.load(key.certificate), attributes, key.sign(attributes.dump()))


def check_detached(signature: bytes, content: bytes) -> SecondSigner:
    """Judge a second signature over `content`, strictly in the form written here. Raises SignatureFault; NoGmssl."""
    try:
        return _judged(signature, content)
    except (SignatureFault, NoGmssl):
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise SignatureFault(CHECK, _("第二签名（SM2）已损坏，读不出来")) from None


def _judged(signature: bytes, content: bytes) -> SecondSigner:
    """As `check_detached`; damaged bytes raise whatever the library raises at them."""
    certificate, attributes, octets, facts = _parts(_Message.load(signature, strict=True)["content"])
    point, pair = _point(certificate.dump()), _Pair.load(octets, strict=True)
    if facts["message_digest"] != sm3(content):
        raise SignatureFault(CHECK, _("第二签名（SM2）与它的清单对不上"))
    one_form = pair.dump() == octets and _assembled(certificate, attributes, octets) == signature
    if not one_form or not _holds(point, attributes.dump(), pair["r"].native, pair["s"].native):
        raise SignatureFault(CHECK, _("第二签名（SM2）不成立"))
    if not _self_signed(certificate, point):
        raise SignatureFault(CHECK, _("第二签名（SM2）的证书不成立"))
    begins, ends = (certificate["tbs_certificate"]["validity"][end].native for end in ("not_before", "not_after"))
    if not begins <= facts["signing_time"] <= ends:
        raise SignatureFault(CHECK, _("第二签名（SM2）的证书在签名时不在有效期内"))
    subject = certificate.subject.native
    return SecondSigner(subject["common_name"], subject["organizational_unit_name"], hashlib.sha256(certificate.dump()).hexdigest(),
                        facts["signing_time"])


def _self_signed(certificate: x509.Certificate, point: bytes) -> bool:
    """Whether the certificate is as its bearer made it."""
    body, octets = certificate["tbs_certificate"], certificate["signature_value"].native
    pair = _Pair.load(octets, strict=True)
    one_form = pair.dump() == octets and _certified(body, octets) == certificate.dump()
    return one_form and _holds(point, body.dump(), pair["r"].native, pair["s"].native)


def _parts(signed: cms.SignedData) -> tuple[x509.Certificate, cms.CMSAttributes, bytes, dict[str, Any]]:
    """Certificate, signed attributes, signature, and what the attributes say. Raises ValueError and the like."""
    (signer,), (choice,) = signed["signer_infos"], signed["certificates"]
    attributes = signer["signed_attrs"].untag()
    facts = {each["type"].native: each["values"][0].native for each in attributes}
    if set(facts) != {"content_type", "message_digest", "signing_time"} or facts["content_type"] != _DATA:
        raise ValueError("signed attributes")
    return choice.chosen, attributes, signer["signature"].native, facts


def signed_attributes(signature: bytes) -> tuple[bytes, bytes]:
    """The bytes that the signature is over, and the signature (DER pair): what `openssl dgst -sm3` is given."""
    _, attributes, octets, _ = _parts(_Message.load(signature, strict=True)["content"])
    return attributes.dump(), octets


def _assembled(certificate: x509.Certificate, attributes: cms.CMSAttributes, octets: bytes) -> bytes:
    """The one form of a message of these parts."""
    digest = algos.DigestAlgorithm({"algorithm": _SM3})
    signer = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", {"issuer": certificate.issuer, "serial_number": certificate.serial_number}),
        "digest_algorithm": digest, "signed_attrs": attributes, "signature_algorithm": {"algorithm": _SM2_SIGN}, "signature": octets})
    return _Message({"content_type": _SIGNED, "content": cms.SignedData({
        "version": "v1", "digest_algorithms": [digest], "encap_content_info": {"content_type": _DATA},
        "certificates": [certificate], "signer_infos": [signer]})}).dump()


# SM2 ------------------------------------------------------------------------------------------------------------


def _arithmetic(point: bytes = b"\4" + _G, secret: int = 0) -> Any:
    """gmssl's calculator. Raises NoGmssl."""
    try:
        from gmssl.sm2 import CryptSM2
    except ImportError:
        raise NoGmssl() from None
    found = CryptSM2(format(secret, "064x"), "")
    # Set here, not given to it: it strips every leading 0 and 4 from a key, also those that belong to it.
    found.public_key = point[1:].hex()
    return found


def _hashed(point: bytes, message: bytes) -> bytes:
    """What is signed: SM3 over the signer's id, the curve and the key, then over that and the message (GB/T 32918.2, 5.5)."""
    numbers = b"".join(number.to_bytes(32, "big") for number in (_A, _B))
    return sm3(sm3((len(DISTID) * 8).to_bytes(2, "big"), DISTID, numbers, _G, point[1:]), message)


def _signed_by(secret: int, point: bytes, message: bytes) -> bytes:
    calculator, hashed = _arithmetic(point, secret), _hashed(point, message)
    found = None
    while found is None:
        # Its own choice of this number is not made for secrets.
        found = calculator.sign(hashed, format(secrets.randbelow(_N - 1) + 1, "064x"))
    return _Pair({"r": int(found[:64], 16), "s": int(found[64:], 16)}).dump()


def _holds(point: bytes, message: bytes, r: int, s: int) -> bool:
    """Whether the signature is this key's. The range of r and s and the key's place on the curve are checked here: gmssl does not."""
    if not (1 <= r < _N and 1 <= s < _N):
        return False
    try:
        return bool(_arithmetic(point).verify(f"{r:064x}{s:064x}", _hashed(point, message)))
    except (TypeError, ValueError):        # a sum of points that lies at infinity
        return False


def _point(certificate: bytes) -> bytes:
    """The public key (65 bytes). Raises ValueError unless it is an SM2 point on its curve."""
    public = x509.Certificate.load(certificate, strict=True).public_key
    point = public["public_key"].native
    x, y = int.from_bytes(point[1:33], "big"), int.from_bytes(point[33:], "big")
    on_curve = x < _P and y < _P and (y * y - (x * x * x + _A * x + _B)) % _P == 0
    if public.algorithm != "ec" or public.curve != ("named", "sm2") or len(point) != 65 or point[:1] != b"\4" or not on_curve:
        raise ValueError("no SM2 key")
    return point
