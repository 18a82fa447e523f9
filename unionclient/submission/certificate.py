"""The signer's certificate: who it names, what it is for, when it holds.

Limits: a certificate is taken at its word; whether it is the street's is told by the trust file (`trust`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.submission.profile import names_of
from unionclient.submission.signing import SignatureFault, Signed

# A package signed in time and carried late is still taken; after that the street needs a new certificate.
GRACE = timedelta(days=90)
_CLOCK_SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignerFacts:
    """Name (CN) and street code (OU) as the certificate says, its SHA-256, its dates and the claimed signing time."""

    name: str
    street_code: str
    fingerprint: str
    not_before: datetime
    not_after: datetime
    signed_at: datetime
    self_signed: bool

    def tree(self) -> dict[str, Any]:
        return {
            "name": self.name, "street_code": self.street_code, "fingerprint": self.fingerprint,
            "not_before": self.not_before.isoformat(), "not_after": self.not_after.isoformat(),
            "signed_at": self.signed_at.isoformat(), "self_signed": self.self_signed,
        }


def signer_facts(tree: dict[str, Any]) -> SignerFacts:
    """The facts back from `SignerFacts.tree`."""
    moments = {key: datetime.fromisoformat(tree[key]) for key in ("not_before", "not_after", "signed_at")}
    return SignerFacts(**{**tree, **moments})


def fingerprints(trusted: Iterable[bytes]) -> set[str]:
    """SHA-256 of certificates given as DER or PEM. Raises ValueError for anything else."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    found = set()
    for octets in trusted:
        pem = octets.lstrip().startswith(b"-----BEGIN")
        certificate = x509.load_pem_x509_certificate(octets) if pem else x509.load_der_x509_certificate(octets)
        found.add(hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest())
    return found


def read_signer(signed: Signed) -> SignerFacts:
    """The facts of a signature's certificate; it must name its bearer and be for signing. Raises SignatureFault."""
    return _facts(signed.certificate, signed.signed_at)


def read_facts(certificate: bytes) -> SignerFacts:
    """The facts of a certificate (DER) that has signed nothing yet: `signed_at` is its first moment. Raises SubmissionError."""
    from cryptography import x509

    try:
        return _facts(certificate, None)
    except (SignatureFault, ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as fault:
        raise SubmissionError(_("证书不能用：{reason}").format(reason=fault) if isinstance(fault, SignatureFault) else _("证书读不出来，可能已损坏"),
                              _("没有改动任何文件。"), _("请向区总工会重新要一份。")) from None


def read_answer(content: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    """The certificate (DER) that came back from the district and its issuers, in PEM or DER.

    Raises SubmissionError where there is none, or the ones beside it did not issue it.
    """
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        found = (x509.load_pem_x509_certificates(content) if b"-----BEGIN" in content else [x509.load_der_x509_certificate(content)])
        for below, above in pairwise([*found, found[-1]] if len(found) > 1 else found):
            below.verify_directly_issued_by(above)
    except (ValueError, TypeError, x509.InvalidVersion):
        raise SubmissionError(_("文件里没有证书，或者已损坏"), _("没有改动任何文件。"), _("请选择区总工会发回的证书文件（.cer）。")) from None
    except InvalidSignature:
        raise SubmissionError(_("证书不是由文件里的根证书签发的"), _("没有改动任何文件。"), _("请向区总工会重新要一份。")) from None
    first, *above = [each.public_bytes(Encoding.DER) for each in found]
    return first, tuple(above)


def _facts(octets: bytes, signed_at: datetime | None) -> SignerFacts:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    certificate = x509.load_der_x509_certificate(octets)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        allowed = usage.digital_signature
    except x509.ExtensionNotFound:
        allowed = False
    names = names_of(certificate)
    if not allowed or names is None:
        raise SignatureFault("certificate-use", _("证书不是用来签名的，或者没有写明单位名称和街道代码"))
    try:
        certificate.verify_directly_issued_by(certificate)
        self_signed = True
    except (ValueError, TypeError, InvalidSignature):
        self_signed = False
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return SignerFacts(*names, hashlib.sha256(octets).hexdigest(), begins, ends, signed_at or begins, self_signed)


def check_dates(signer: SignerFacts, moment: datetime) -> str:
    """A remark in Chinese where the dates hold (empty: nothing to remark). Raises SignatureFault where they do not."""
    begins, ends = signer.not_before, signer.not_after
    if moment < begins:
        raise SignatureFault("certificate-dates", _("证书要到 {day:%Y-%m-%d} 才生效，两边的时钟可能有一个不准").format(day=begins))
    if not begins <= signer.signed_at <= ends:
        raise SignatureFault("certificate-dates", _("签名时证书不在有效期内"))
    if moment > ends + GRACE:
        raise SignatureFault("certificate-dates", _("证书已于 {day:%Y-%m-%d} 过期").format(day=ends))
    if moment > ends:
        return _("签名时证书有效，现已于 {day:%Y-%m-%d} 过期").format(day=ends)
    if signer.signed_at > moment + _CLOCK_SLACK:
        return _("签名时间晚于现在，报送单位的时钟可能不准")
    return ""
