"""Sealing a signed package for the district: CMS AuthEnvelopedData, AES-256-GCM, the content key under RSA-OAEP with SHA-256.

Sign first, then encrypt: what comes out of `decrypt` is a package still to be judged, and nothing of it may be shown before
its own signature holds. `openssl cms -decrypt` reads the same file. Limits: RSA recipients only, one content of at most a
package's size, all of it in memory; who encrypted is not said here, only the signature inside says it.
Source: RFC 5083, RFC 5084, RFC 8017.
"""

import secrets
from collections.abc import Sequence
from typing import Any

from asn1crypto import algos, cms, core, x509

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission.container import MOST_BYTES
from unionclient.submission.keys import SigningKey
from unionclient.submission.signing import RSA_BITS_LEAST

SUFFIX = ".p7m"
MOST_RECIPIENTS = 8
_KEY, _NONCE, _TAG = 32, 12, 16
_SEQUENCE, _SET, _OBJECT, _INTEGER, _OCTETS, _EXPLICIT, _IMPLICIT = 0x30, 0x31, 0x06, 0x02, 0x04, 0xA0, 0x80
_ENVELOPE = 64 * 2**10          # what the envelope may add to its content
# RSAES-OAEP with SHA-256 and MGF1 over SHA-256, as openssl writes it (no NULL behind the digests), so that each reads the other.
_OAEP = bytes.fromhex("303806092a864886f70d010107302ba00d300b0609608648016503040201a11a301806092a864886f70d010108300b0609608648016503040201")
_KEPT = marked("没有解开任何内容。")


class NotForThisKey(SubmissionError):
    """The file was encrypted to another certificate."""


class _GcmParameters(core.Sequence):
    """RFC 5084, section 3.2; lengths in bytes."""

    _fields = [("aes_nonce", core.OctetString), ("aes_icvlen", core.Integer, {"default": 12})]


def encrypt(content: bytes, certificates: Sequence[bytes]) -> bytes:
    """`content` as CMS (DER) that the bearers of `certificates` (DER, RSA) alone can open.

    Raises SubmissionError where a certificate is not for encryption; ValueError without recipients or over the size of a package.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not 0 < len(certificates) <= MOST_RECIPIENTS or len(content) > MOST_BYTES:
        raise ValueError(f"{len(certificates)} recipients, {len(content)} bytes")
    secret, nonce = AESGCM.generate_key(_KEY * 8), secrets.token_bytes(_NONCE)
    # RFC 5084 keeps the tag beside the content; the library leaves it at the end.
    sealed = AESGCM(secret).encrypt(nonce, content, None)
    recipients = [_recipient(check_recipient(each), secret) for each in certificates]
    return _assembled(recipients, nonce, sealed[:-_TAG], sealed[-_TAG:])


def check_recipient(certificate: bytes) -> x509.Certificate:
    """The certificate read. Raises SubmissionError unless one can encrypt to it: RSA from 2048 bits, for key encipherment."""
    kept, mend = _("没有加密，没有写出文件。"), _("请向区总工会要新的信任文件。")
    try:
        read = x509.Certificate.load(certificate, strict=True)
        usage = read.key_usage_value.native if read.key_usage_value else {"key_encipherment"}
        fit = read.public_key.algorithm == "rsa" and read.public_key.bit_size >= RSA_BITS_LEAST
    except (ValueError, TypeError, KeyError):
        raise SubmissionError(_("区里的加密证书读不出来，可能已损坏"), kept, mend) from None
    if not fit or "key_encipherment" not in usage:
        raise SubmissionError(_("这张证书不能用来加密"), kept, mend)
    return read


def is_encrypted(content: bytes) -> bool:
    """Whether this is such a file by its first bytes; says nothing of its being sound."""
    return core.ObjectIdentifier("1.2.840.113549.1.9.16.1.23").dump() in content[:32]


def decrypt(content: bytes, *keys: SigningKey) -> bytes:
    """What was encrypted to one of `keys` (the present one first, then older ones). Raises SubmissionError.

    A wrong byte anywhere gives one and the same message: which step failed would help who tries.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(content) > MOST_BYTES + _ENVELOPE:
        raise SubmissionError(_("加密文件太大，不是报送包"), _(_KEPT), _("请确认选对了文件。"))
    damaged = SubmissionError(_("加密文件打不开，可能损坏或被改过"), _(_KEPT), _("请街道重新拷贝一份。"))
    try:
        recipients, nonce, octets, tag = _parsed(content)
        key, place = _addressed(recipients, keys)
        wrapped = recipients[place]["encrypted_key"].native
        # As with signatures: one form, so that nothing outside the encrypted bytes is left to choice.
        recipients[place] = _information(x509.Certificate.load(key.certificate), wrapped)
        if _assembled(recipients, nonce, octets, tag) != content:
            raise damaged
        return AESGCM(_opened(key, wrapped)).decrypt(nonce, octets + tag, None)
    except (InvalidTag, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        raise damaged from None


def _recipient(certificate: x509.Certificate, secret: bytes) -> cms.KeyTransRecipientInfo:
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    public: Any = load_der_public_key(certificate.public_key.dump())
    return _information(certificate, public.encrypt(secret, _padding()))


def _information(certificate: x509.Certificate, wrapped: bytes) -> cms.KeyTransRecipientInfo:
    """One recipient's part: whose certificate, and the content key wrapped for it."""
    return cms.KeyTransRecipientInfo({
        "version": "v0",
        "rid": cms.RecipientIdentifier("issuer_and_serial_number", {
            "issuer": certificate.issuer, "serial_number": certificate.serial_number}),
        "key_encryption_algorithm": cms.KeyEncryptionAlgorithm.load(_OAEP),
        "encrypted_key": wrapped,
    })


def _padding() -> Any:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    return padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


def _assembled(recipients: Sequence[cms.KeyTransRecipientInfo], nonce: bytes, octets: bytes, tag: bytes) -> bytes:
    """The one form of an envelope of these parts; the reader compares with it byte by byte."""
    return cms.ContentInfo({"content_type": "authenticated_enveloped_data", "content": cms.AuthEnvelopedData({
        "version": "v0",
        "recipient_infos": [cms.RecipientInfo("ktri", each) for each in recipients],
        "auth_encrypted_content_info": {
            "content_type": "data",
            "content_encryption_algorithm": {
                "algorithm": "aes256_gcm", "parameters": _GcmParameters({"aes_nonce": nonce, "aes_icvlen": _TAG})},
            "encrypted_content": octets},
        "mac": tag})}).dump()


def _parsed(content: bytes) -> tuple[list[cms.KeyTransRecipientInfo], bytes, bytes, bytes]:
    """Recipients, nonce, encrypted bytes and tag. Raises SubmissionError, or what the library raises on damaged bytes.

    The headers are walked by hand and only small pieces go to the library: a foreign file has up to 256 MB, and some forms
    of it (no lengths, a million recipients) would keep the library busy for minutes.
    """
    if not is_encrypted(content):
        raise SubmissionError(_("这不是加密的报送包"), _(_KEPT), _("请确认选对了文件。"))
    begins, ends = _span(content, 0, len(content), _SEQUENCE)
    after = _span(content, begins, ends, _OBJECT)[1]
    begins, ends = _span(content, *_span(content, after, ends, _EXPLICIT), _SEQUENCE)
    version_ends = _span(content, begins, ends, _INTEGER)[1]
    recipients_end = _span(content, version_ends, ends, _SET)[1]
    begins, inner_ends = _span(content, recipients_end, ends, _SEQUENCE)
    type_ends = _span(content, begins, inner_ends, _OBJECT)[1]
    algorithm_ends = _span(content, type_ends, inner_ends, _SEQUENCE)[1]
    octets = content[slice(*_span(content, algorithm_ends, inner_ends, _IMPLICIT))]
    tag = content[slice(*_span(content, inner_ends, ends, _OCTETS))]
    if recipients_end - version_ends > _ENVELOPE or algorithm_ends - type_ends > _ENVELOPE:
        raise ValueError("envelope too large")
    recipients = list(cms.RecipientInfos.load(content[version_ends:recipients_end], strict=True))
    algorithm = algos.EncryptionAlgorithm.load(content[type_ends:algorithm_ends], strict=True)
    if algorithm["algorithm"].native != "aes256_gcm" or any(each.name != "ktri" for each in recipients):
        raise SubmissionError(_("加密文件用了不允许的算法"), _(_KEPT), _("请街道用本程序重新报送。"))
    nonce = _GcmParameters.load(algorithm["parameters"].dump(), strict=True)["aes_nonce"].native
    # A short tag would be guessable, and the library below takes what it is given.
    if not 0 < len(recipients) <= MOST_RECIPIENTS or (len(nonce), len(tag)) != (_NONCE, _TAG):
        raise ValueError("recipients, nonce or tag")
    return [each.chosen for each in recipients], nonce, octets, tag


def _span(content: bytes, at: int, limit: int, tag: int) -> tuple[int, int]:
    """Where the value of the element at `at` begins and ends, before `limit`. Raises ValueError: other tag, no length, too long."""
    if at + 2 > limit or content[at] != tag:
        raise ValueError("tag")
    size, begins = content[at + 1], at + 2
    if size >= 0x80:
        begins += size & 0x7F
        size = int.from_bytes(content[at + 2:begins], "big")
        if not at + 2 < begins <= at + 6:
            raise ValueError("length")
    if begins + size > limit:
        raise ValueError("length")
    return begins, begins + size


def _addressed(recipients: Sequence[cms.KeyTransRecipientInfo], keys: Sequence[SigningKey]) -> tuple[SigningKey, int]:
    """The key that this was encrypted to, and the place of its part among `recipients`."""
    for key in keys:
        own = x509.Certificate.load(key.certificate)
        for place, each in enumerate(recipients):
            rid = each["rid"]
            if rid.name == "issuer_and_serial_number" and (rid.chosen["issuer"].dump(), rid.chosen["serial_number"].native) == (
                    own.issuer.dump(), own.serial_number):
                return key, place
    raise NotForThisKey(_("这个文件不是加密给这把钥匙的"), _(_KEPT), _("街道用的可能是旧的信任文件；请用当时的钥匙打开，或请街道重新报送。"))


def _opened(key: SigningKey, wrapped: bytes) -> bytes:
    """The content key. Raises ValueError where it does not come out."""
    from cryptography.hazmat.primitives.asymmetric import rsa

    if not isinstance(key.private, rsa.RSAPrivateKey):
        raise ValueError("no RSA key")
    secret = key.private.decrypt(wrapped, _padding())
    if len(secret) != _KEY:
        raise ValueError("length of the content key")
    return secret
