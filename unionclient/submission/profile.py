"""What a certificate of this program looks like: the district's root, and the leaves for signing and for encryption.

Limits: X.509 v3 with two subject fields, union name (CN) and street code (OU). The purposes are those that openssl,
Microsoft Office, LibreOffice and PDF readers ask of a document signature.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _

if TYPE_CHECKING:
    from cryptography import x509

SIGNING, ENCRYPTION = "signing", "encryption"
VALID_DAYS = 730
ROOT_DAYS = 3652
# Document signing as Microsoft Office asks for it; emailProtection lets `openssl cms -verify` pass by its default purpose.
DOCUMENT_SIGNING = "1.3.6.1.4.1.311.10.3.12"
# One day back: the receiver's clock may be slow, and a certificate from the future is refused everywhere.
BACKDATED = timedelta(days=1)


def subject(name: str, code: str) -> "x509.Name":
    """CN `name` (1-64 characters), OU `code`. Raises SubmissionError where no certificate could hold them."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    try:
        return x509.Name([
            x509.NameAttribute(NameOID.COMMON_NAME, name.strip()),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, code.strip()),
        ])
    except ValueError:
        raise SubmissionError(_("名称或街道代码不能写进证书"), _("没有生成钥匙。"), _("名称应为 1 至 64 个字，街道代码不能为空。")) from None


def names_of(certificate: "x509.Certificate | x509.CertificateSigningRequest") -> tuple[str, str] | None:
    """Union name and street code, where the subject has exactly one of each."""
    from cryptography.x509.oid import NameOID

    found = [certificate.subject.get_attributes_for_oid(oid) for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME)]
    if not all(len(names) == 1 for names in found):
        return None
    return str(found[0][0].value), str(found[1][0].value)


def leaf(owner: "x509.Name", issuer: "x509.Name", public: Any, now: datetime, purpose: str) -> "x509.CertificateBuilder":
    """A certificate of two years for a street: `purpose` SIGNING or ENCRYPTION; its issuer still has to sign it."""
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    signing = purpose == SIGNING
    purposes = [ExtendedKeyUsageOID.EMAIL_PROTECTION] + ([x509.ObjectIdentifier(DOCUMENT_SIGNING)] if signing else [])
    begins = now.replace(microsecond=0) - BACKDATED
    return (
        x509.CertificateBuilder()
        .subject_name(owner).issuer_name(issuer).public_key(public).serial_number(x509.random_serial_number())
        .not_valid_before(begins).not_valid_after(begins + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=signing, content_commitment=signing, key_encipherment=not signing), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def self_signed(owner: "x509.Name", public: Any, sign: Callable[[bytes], bytes], now: datetime) -> bytes:
    """A leaf (DER) signed by whatever can sign, such as a token: built with a throw-away key, whose signature is replaced."""
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding

    curve = isinstance(public, ec.EllipticCurvePublicKey)
    other = ec.generate_private_key(ec.SECP256R1()) if curve else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    certificate = leaf(owner, owner, public, now, SIGNING).sign(other, hashes.SHA256())
    made = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
    made["signature_value"] = sign(certificate.tbs_certificate_bytes)
    return made.dump(force=True)


def root(owner: "x509.Name", public: Any, now: datetime) -> "x509.CertificateBuilder":
    """The district's root: signs leaves, lists and the trust file; ten years, and no authority below it."""
    from cryptography import x509

    begins = now.replace(microsecond=0) - BACKDATED
    return (
        x509.CertificateBuilder()
        .subject_name(owner).issuer_name(owner).public_key(public).serial_number(x509.random_serial_number())
        .not_valid_before(begins).not_valid_after(begins + timedelta(days=ROOT_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(digital_signature=True, key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(**named: bool) -> "x509.KeyUsage":
    from cryptography import x509

    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
    return x509.KeyUsage(**{use: named.get(use, False) for use in every})
