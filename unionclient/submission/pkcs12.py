"""A key that comes as a `.p12` file: from the district, or from a certificate service.

Limits: whoever made the file knew the private key, so a signature with it proves less than one with a key made here;
the code of the file only guards its transport, from then on the key lies under the street's own passphrase.
"""

from unionclient.definition.faults import SubmissionError
from unionclient.submission.keys import SigningKey
from unionclient.submission.requests import refuse_weak

_MOST = 256 * 1024
_KEPT = "没有改动任何文件。"


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
        raise SubmissionError("打不开这个 .p12 文件：提取码不对，或者文件已损坏", _KEPT, "请核对随文件一起告知的提取码。") from None
    if private is None or certificate is None:
        raise SubmissionError("这个 .p12 文件里没有钥匙或证书", _KEPT, "请向发来文件的人重新要一份。")
    refuse_weak(private.public_key())
    if private.public_key() != certificate.public_key():
        raise SubmissionError("这个 .p12 文件里的证书不是发给其中钥匙的", _KEPT, "请向发来文件的人重新要一份。")
    chain, issuer = [], certificate.issuer
    left = {other.subject: other for other in others}
    while issuer in left:
        above = left.pop(issuer)
        chain.append(above.public_bytes(Encoding.DER))
        issuer = above.issuer
    return SigningKey(private, certificate.public_bytes(Encoding.DER), tuple(chain))
