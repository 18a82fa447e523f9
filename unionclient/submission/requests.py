"""Asking the district for a certificate: PKCS#10, and for a renewal the same signed by the old key.

The request names union and street and proves that the asker holds the key; who the asker is, the district learns by
telephone from the request's fingerprint, or from the old key's signature. Limits: names and key only, no attributes.
Source: RFC 2986; the renewal is CMS SignedData (RFC 5652) with the request inside, both in PEM armour.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission import profile
from unionclient.submission.keys import Signer
from unionclient.submission.signing import RSA_BITS_LEAST, Signed, SignatureFault, check_attached, sign_attached

if TYPE_CHECKING:
    from cryptography.x509 import CertificateSigningRequest

SUFFIX = ".p10"
_MOST = 64 * 1024
_REFUSED = marked("没有发出证书。")


@dataclass(frozen=True, slots=True)
class Request:
    """A sound request: union name, street code, the key it is for, and the old key that vouches for it, if any."""

    name: str
    code: str
    public: Any
    fingerprint: str
    renews: Signed | None


def fingerprint(public: Any) -> str:
    """SHA-256 of a public key (SPKI), 64 hex digits: the same for the request and for the certificate that answers it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def certificate_key(certificate: bytes) -> str:
    """The fingerprint of the key in a certificate (DER)."""
    from cryptography import x509

    return fingerprint(x509.load_der_x509_certificate(certificate).public_key())


def spoken(digits: str) -> str:
    """A fingerprint in groups of four, to be read out by telephone."""
    return " ".join(digits[place:place + 4] for place in range(0, len(digits), 4)).upper()


def make_request(key: Signer) -> bytes:
    """The request (PEM) for the key's own certificate, with the names its present certificate has."""
    from cryptography import x509

    certificate = x509.load_der_x509_certificate(key.certificate)
    return build(certificate.public_key(), certificate.subject, key.sign)


def build(public: Any, owner: Any, sign: Callable[[bytes], bytes]) -> bytes:
    """The request (PEM) for any key that can sign: `public` and `owner` of cryptography, `sign` as `Signer.sign`."""
    from asn1crypto import csr, keys, pem, x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    info = csr.CertificationRequestInfo({
        "version": "v1", "subject": x509.Name.load(owner.public_bytes()),
        "subject_pk_info": keys.PublicKeyInfo.load(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)),
        "attributes": []})
    mechanism = "sha256_ecdsa" if isinstance(public, ec.EllipticCurvePublicKey) else "sha256_rsa"
    request = csr.CertificationRequest({
        "certification_request_info": info, "signature_algorithm": {"algorithm": mechanism}, "signature": sign(info.dump())})
    return pem.armor("CERTIFICATE REQUEST", request.dump())


def renewal(old: Signer, new: Signer, *, now: datetime | None = None) -> bytes:
    """The request for `new`, signed by the key that is registered today: no telephone call is needed for it."""
    return vouched(old, make_request(new), now=now)


def vouched(old: Signer, request: bytes, *, now: datetime | None = None) -> bytes:
    """A request (PEM) signed by the old key, as PEM."""
    from asn1crypto import pem

    return pem.armor("CMS", sign_attached(request, old, now or datetime.now(UTC)))


def read_request(content: bytes) -> Request:
    """Read a request or a renewal. Raises SubmissionError where it is damaged, weak, unsigned or names nobody."""
    renews = None
    if content.lstrip()[:40].startswith(b"-----BEGIN CMS-----"):
        content, renews = _unwrapped(content)
    request, names = _parsed(content)
    if names is None:
        raise SubmissionError(_("申请里没有写明单位名称和街道代码"), _(_REFUSED), _("请街道重新生成申请。"))
    public = request.public_key()
    refuse_weak(public)
    return Request(*names, public, fingerprint(public), renews)


def refuse_weak(public: Any) -> None:
    """Raise SubmissionError where a key is not RSA from 2048 bits or P-256."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    strong = (isinstance(public, rsa.RSAPublicKey) and RSA_BITS_LEAST <= public.key_size <= 8192
              or isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1))
    if not strong:
        raise SubmissionError(_("申请里的钥匙不够长或种类不对"), _(_REFUSED), _("只接受 {count} 位以上的 RSA 和 P-256。").format(count=RSA_BITS_LEAST))


def _unwrapped(content: bytes) -> tuple[bytes, Signed]:
    from asn1crypto import pem

    if len(content) > _MOST:
        raise SubmissionError(_("这不是证书申请"), _(_REFUSED), _("请选择街道交来的申请文件。"))
    try:
        return check_attached(pem.unarmor(content)[2])
    except SignatureFault as fault:
        raise SubmissionError(_("换证申请上旧钥匙的签名不成立：{reason}").format(reason=fault), _(_REFUSED), _("请街道重新生成申请。")) from None
    except (ValueError, TypeError):
        raise SubmissionError(_("换证申请已损坏"), _(_REFUSED), _("请街道重新生成申请。")) from None


def _parsed(content: bytes) -> "tuple[CertificateSigningRequest, tuple[str, str] | None]":
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        if len(content) > _MOST:
            raise ValueError("too long")
        pem = content.lstrip().startswith(b"-----BEGIN")
        request = x509.load_pem_x509_csr(content) if pem else x509.load_der_x509_csr(content)
        sound = request.is_signature_valid
        request.public_key()
        names = profile.names_of(request)
    except (ValueError, TypeError, UnsupportedAlgorithm, x509.InvalidVersion):
        raise SubmissionError(_("这不是证书申请，或者已经损坏"), _(_REFUSED), _("请选择街道交来的申请文件。")) from None
    if not sound:
        raise SubmissionError(_("申请上的签名不成立，内容被改过"), _(_REFUSED), _("请街道重新生成申请。"))
    return request, names
