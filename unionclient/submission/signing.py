"""CMS signatures, CAdES B-B: detached over a package's list of members, attached for the trust file and renewals.

Limits: one signer, no time stamp, no revocation data: the signing time is the signer's claim. RSA from 2048 bits
(PKCS#1 v1.5) and P-256, SHA-256/384/512; all else is refused. Trust in the certificate is not judged here.
Source: ETSI EN 319 122-1, RFC 5652, RFC 5035.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from unionclient.definition.words import _
from unionclient.submission.keys import Signer

if TYPE_CHECKING:
    from asn1crypto import cms
    from asn1crypto import x509 as asn1_x509

DIGESTS = ("sha256", "sha384", "sha512")
RSA_BITS_LEAST = 2048
MOST_CERTIFICATES = 4
_ATTRIBUTES = ("content_type", "message_digest", "signing_time", "signing_certificate_v2")


class SignatureFault(ValueError):
    """Why a signature does not hold; `check` is the id of the check."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


@dataclass(frozen=True, slots=True)
class Signed:
    """What a sound signature says: certificate (DER), the time the signer claims, and the other certificates inside."""

    certificate: bytes
    signed_at: datetime
    others: tuple[bytes, ...] = ()

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The signer's certificate first, then whatever came with it; nothing of it is believed yet."""
        return (self.certificate, *self.others)


def sign_detached(content: bytes, key: Signer, signed_at: datetime) -> bytes:
    """CMS SignedData (DER) over `content`, which is not inside; certificate and its issuers included."""
    return _signed_by(content, key, signed_at, None)


def sign_attached(content: bytes, key: Signer, signed_at: datetime) -> bytes:
    """As `sign_detached`, with `content` inside."""
    return _signed_by(content, key, signed_at, content)


def _signed_by(content: bytes, key: Signer, signed_at: datetime, inside: bytes | None) -> bytes:
    from asn1crypto import cms, tsp, x509

    certificate = x509.Certificate.load(key.certificate)
    issuer_serial = tsp.IssuerSerial({
        "issuer": [x509.GeneralName("directory_name", certificate.issuer)], "serial_number": certificate.serial_number})
    binding = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({
        "hash_algorithm": {"algorithm": "sha256"},
        "cert_hash": hashlib.sha256(key.certificate).digest(), "issuer_serial": issuer_serial})]})
    attributes = cms.CMSAttributes([
        cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
        cms.CMSAttribute({"type": "message_digest", "values": [hashlib.sha256(content).digest()]}),
        cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": signed_at.replace(microsecond=0)})]}),
        cms.CMSAttribute({"type": "signing_certificate_v2", "values": [binding]}),
    ])
    others = [x509.Certificate.load(above) for above in key.chain]
    return _assembled(certificate, others, "sha256", _mechanism(certificate), attributes, key.sign(attributes.dump()), inside)


def _assembled(certificate: "asn1_x509.Certificate", others: list[Any], digest: str, mechanism: str,
               attributes: "cms.CMSAttributes", octets: bytes, inside: bytes | None) -> bytes:
    """The one form of a signature in which these parts are written; the reader compares with it byte by byte."""
    from asn1crypto import algos, cms

    algorithm = algos.DigestAlgorithm({"algorithm": digest})
    signer = cms.SignerInfo({
        "version": "v1",
        "sid": cms.SignerIdentifier("issuer_and_serial_number", {
            "issuer": certificate.issuer, "serial_number": certificate.serial_number}),
        "digest_algorithm": algorithm,
        "signed_attrs": attributes,
        "signature_algorithm": {"algorithm": mechanism},
        "signature": octets,
    })
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData({
        "version": "v1", "digest_algorithms": [algorithm],
        "encap_content_info": {"content_type": "data", **({} if inside is None else {"content": inside})},
        "certificates": [certificate, *others], "signer_infos": [signer]})}).dump()


def _mechanism(certificate: "asn1_x509.Certificate") -> str:
    return "sha256_ecdsa" if certificate.public_key.algorithm == "ec" else "sha256_rsa"


def check_detached(signature: bytes, content: bytes) -> Signed:
    """Judge a signature over `content`, strictly in the form written here. Raises SignatureFault at the first fault."""
    with _readable():
        return _judged(signature, *_parsed(signature), content, None)


def check_attached(signature: bytes) -> tuple[bytes, Signed]:
    """The content inside a signature and what the signature says. Raises SignatureFault at the first fault."""
    with _readable():
        signed, signer = _parsed(signature)
        content = signed["encap_content_info"]["content"].native
        if not isinstance(content, bytes):
            raise SignatureFault("signature", _("签名文件里没有内容"))
        return content, _judged(signature, signed, signer, content, content)


@contextmanager
def _readable() -> Iterator[None]:
    """Fields are decoded only when they are looked at, so a damaged one may show itself anywhere in the judgement."""
    from cryptography.exceptions import UnsupportedAlgorithm

    try:
        yield
    except SignatureFault:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, UnsupportedAlgorithm):
        raise SignatureFault("signature", _("签名文件已损坏，读不出来")) from None


def _judged(signature: bytes, signed: "cms.SignedData", signer: "cms.SignerInfo", content: bytes, inside: bytes | None) -> Signed:
    certificate, others = _certificate_of(signed, signer)
    digest, mechanism = _allowed(signer, certificate)
    attributes = _attributes(signer)
    _bound(attributes["signing_certificate_v2"], certificate)
    if attributes["content_type"].native != "data" or attributes["message_digest"].native != hashlib.new(digest, content).digest():
        raise SignatureFault("signature", _("签名与签名清单的内容对不上，清单在签名后被改过"))
    octets, covered = signer["signature"].native, signer["signed_attrs"].untag()
    _verify(certificate, octets, covered.dump(), digest)
    others = _chained(certificate, others)
    # Several signers, unsigned attributes, another way to write a length: nothing outside the signed bytes is left to choice.
    if _assembled(certificate, others, digest, mechanism, covered, octets, inside) != signature:
        raise SignatureFault("signature", _("签名文件的写法不合规定：应为一个签名人、他的证书和上级证书，不含其他内容"))
    return Signed(certificate.dump(), attributes["signing_time"].native.astimezone(UTC), tuple(other.dump() for other in others))


def _parsed(signature: bytes) -> "tuple[cms.SignedData, cms.SignerInfo]":
    # tsp teaches cms to read the signing-certificate attribute.
    from asn1crypto import cms, tsp  # noqa: F401

    if not signature:
        raise SignatureFault("signature-present", _("签名文件是空的，包没有签名"))
    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        raise SignatureFault("signature", _("签名文件不是 CMS 签名"))
    signed = info["content"]
    signers, certificates = list(signed["signer_infos"]), list(signed["certificates"])
    if not signers or not certificates:
        raise SignatureFault("signature-present", _("签名文件中没有签名或没有证书"))
    return signed, signers[0]


def _certificate_of(signed: "cms.SignedData", signer: "cms.SignerInfo") -> "tuple[asn1_x509.Certificate, list[Any]]":
    """The signer's certificate, and the few others beside it."""
    from asn1crypto import x509

    beside = [choice.chosen for choice in signed["certificates"]]
    sid = signer["sid"]
    if not all(isinstance(each, x509.Certificate) for each in beside) or sid.name != "issuer_and_serial_number":
        raise SignatureFault("signature", _("签名文件中没有签名人的证书"))
    if len(beside) > MOST_CERTIFICATES:
        raise SignatureFault("signature", _("签名文件中的证书超过 {count} 张").format(count=MOST_CERTIFICATES))
    issuer, serial = sid.chosen["issuer"].dump(), sid.chosen["serial_number"].native
    own = [each for each in beside if each.issuer.dump() == issuer and each.serial_number == serial]
    if len(own) != 1:
        raise SignatureFault("signing-certificate", _("签名人与所附证书不是同一个"))
    return own[0], [each for each in beside if each is not own[0]]


def _chained(certificate: "asn1_x509.Certificate", others: list[Any]) -> list[Any]:
    """The certificates beside the signer's, nearest issuer first; they must lead up to a root, so that no byte of them is free."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    found, left, below = [], list(others), certificate
    while left:
        above = next((each for each in left if each.subject.dump() == below.issuer.dump()), None)
        if above is None:
            raise SignatureFault("signature", _("签名文件中夹带了无关的证书"))
        left.remove(above)
        found.append(above)
        below = above
    try:
        chain = [x509.load_der_x509_certificate(each.dump()) for each in (certificate, *found, *found[-1:])]
        for below, above in pairwise(chain):
            below.verify_directly_issued_by(above)
    except (InvalidSignature, x509.InvalidVersion):
        raise SignatureFault("signature", _("签名文件中的上级证书没有签发签名人的证书，或者不完整")) from None
    return found


def _allowed(signer: "cms.SignerInfo", certificate: "asn1_x509.Certificate") -> tuple[str, str]:
    """The names of digest and mechanism, where these and the key are all on the list."""
    digest, mechanism = signer["digest_algorithm"]["algorithm"].native, signer["signature_algorithm"]["algorithm"].native
    key = certificate.public_key
    if digest not in DIGESTS:
        raise SignatureFault("algorithms", _("使用了不允许的摘要算法 {algorithm}").format(algorithm=digest))
    if key.algorithm == "rsa" and mechanism in (f"{digest}_rsa", "rsassa_pkcs1v15"):
        if key.bit_size < RSA_BITS_LEAST:
            raise SignatureFault("algorithms", _("签名钥匙只有 {bits} 位，至少要 {least} 位").format(bits=key.bit_size, least=RSA_BITS_LEAST))
        return digest, mechanism
    if key.algorithm == "ec" and mechanism == f"{digest}_ecdsa" and key.curve == ("named", "secp256r1"):
        return digest, mechanism
    raise SignatureFault("algorithms", _("使用了不允许的签名算法 {algorithm}").format(algorithm=mechanism))


def _attributes(signer: "cms.SignerInfo") -> dict[str, Any]:
    """The signed attributes, each with its one value."""
    found: dict[str, Any] = {}
    for attribute in signer["signed_attrs"]:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise SignatureFault("signature", _("签名属性重复"))
        found[name] = attribute["values"][0]
    if "signing_certificate_v2" not in found:
        raise SignatureFault("signing-certificate", _("签名没有绑定签名人证书（缺少 CAdES 签名证书属性）"))
    if missing := set(_ATTRIBUTES) - set(found):
        raise SignatureFault("signature", _("签名缺少属性 {names}").format(names=_("、").join(sorted(missing))))
    return found


def _bound(binding: Any, certificate: "asn1_x509.Certificate") -> None:
    """The signed attribute names this very certificate: none other with the same key or name can take its place."""
    first = binding["certs"][0]
    algorithm = first["hash_algorithm"]["algorithm"].native
    if algorithm not in DIGESTS:
        raise SignatureFault("algorithms", _("签名证书属性使用了不允许的摘要算法 {algorithm}").format(algorithm=algorithm))
    if first["cert_hash"].native != hashlib.new(algorithm, certificate.dump()).digest():
        raise SignatureFault("signing-certificate", _("签名绑定的证书不是所附的证书"))


def _verify(certificate: "asn1_x509.Certificate", octets: bytes, message: bytes, digest: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    public = load_der_public_key(certificate.public_key.dump())
    chosen = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}[digest]()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(octets, message, ec.ECDSA(chosen))
        else:
            public.verify(octets, message, padding.PKCS1v15(), chosen)
    except InvalidSignature:
        raise SignatureFault("signature", _("签名不成立：签名文件被改过，或者不是用所附证书签的")) from None
