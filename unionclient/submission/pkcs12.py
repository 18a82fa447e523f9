"""A key that comes as a `.p12` file: from the district, or from a certificate service.

Limits: whoever made the file knew the private key, so a signature with it proves less than one with a key made here;
the code of the file only guards its transport, from then on the key lies under the street's own passphrase.
"""

from collections.abc import Sequence
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission.keys import SigningKey
from unionclient.submission.requests import refuse_weak

_MOST = 256 * 1024
_KEPT = marked("没有改动任何文件。")


def read_p12(content: bytes, code: str) -> SigningKey:
    """The key, its certificate and the issuers in a `.p12`; `code` is the one it was sent with.

    Raises SubmissionError: wrong code or no such file, no key or certificate inside, key too weak.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

    try:
        if len(content) > _MOST:
            raise ValueError("too long")
        private, certificate, others = load_key_and_certificates(content, code.encode("utf-8") or None)
    except (ValueError, TypeError, UnsupportedAlgorithm, UnicodeEncodeError):
        raise SubmissionError(_("打不开这个 .p12 文件：提取码不对，或者文件已损坏"), _(_KEPT), _("请核对随文件一起告知的提取码。")) from None
    if private is None or certificate is None:
        raise SubmissionError(_("这个 .p12 文件里没有钥匙或证书"), _(_KEPT), _("请向发来文件的人重新要一份。"))
    refuse_weak(private.public_key())
    if private.public_key() != certificate.public_key():
        raise SubmissionError(_("这个 .p12 文件里的证书不是发给其中钥匙的"), _(_KEPT), _("请向发来文件的人重新要一份。"))
    return SigningKey(private, certificate.public_bytes(Encoding.DER), _chain(certificate, others))


def _chain(certificate: Any, others: Sequence[Any]) -> tuple[bytes, ...]:
    """The issuers (DER) up to a root; none where the file does not have them all, since a signature carries all or none."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.serialization import Encoding

    chain, below = [], certificate
    left = {other.subject: other for other in others}
    try:
        while below.issuer in left:
            above = left.pop(below.issuer)
            below.verify_directly_issued_by(above)
            chain.append(above.public_bytes(Encoding.DER))
            below = above
        below.verify_directly_issued_by(below)
    except (ValueError, TypeError, InvalidSignature):
        return ()
    return tuple(chain)
