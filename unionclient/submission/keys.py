"""The street's own signing key: made here, kept under a passphrase, used for one signature at a time.

Limits: the certificate is self-signed, so it proves "the same key as before", not "this street"; the district
confirms it by its fingerprint. A passphrase that is lost cannot be recovered. Python cannot promise that the
private key is wiped from memory.
"""

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from unionclient.definition.faults import SubmissionError
from unionclient.submission.files import write_whole

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.x509 import Certificate

SCHEMA = "unionclient-key/1"
PASSPHRASE_LENGTH = 8
KEY_BITS = 3072
VALID_DAYS = 730
# Document signing as Microsoft Office asks for it; emailProtection lets `openssl cms -verify` pass by its default purpose.
DOCUMENT_SIGNING = "1.3.6.1.4.1.311.10.3.12"
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
# The file is foreign once it lies on a stick: a forged cost must not eat the machine's memory (128 * n * r bytes).
SCRYPT_N_MOST = 2**18

_DAMAGED = ("签名钥匙文件已损坏", "没有改动任何文件。", "请用备份中的钥匙文件替换后再试。")


class Signer(Protocol):
    """What signs: a key file here, a USB token elsewhere. `certificate` is DER."""

    @property
    def certificate(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes:
        """Signature over SHA-256 of `message`: PKCS#1 v1.5 for RSA, DER-coded ECDSA for P-256."""
        ...


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An opened RSA key and its certificate (DER)."""

    private: "RSAPrivateKey"
    certificate: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hex digits: what the officer reads out to the district by telephone."""
        return hashlib.sha256(self.certificate).hexdigest()

    def sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding

        return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())


def make_key(
    path: Path | str, passphrase: str, *, name: str, street_code: str,
    bits: int = KEY_BITS, scrypt_n: int = SCRYPT_N, now: datetime | None = None,
) -> SigningKey:
    """Make a key and its certificate and keep both in the new file `path`.

    `name` is the union's or officer's name (1-64 characters, certificate CN), `street_code` its OU.
    `bits` and `scrypt_n` are lowered by tests only. Raises SubmissionError: passphrase too short, file exists.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    path = Path(path)
    secret = _secret(passphrase)
    if path.exists():
        raise SubmissionError("签名钥匙已经存在", "原有钥匙没有改动。", "要换新钥匙，请先把原文件移到别处保存。")
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    certificate = _self_signed(private, name, street_code, now or datetime.now(UTC))
    plain = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    der = certificate.public_bytes(serialization.Encoding.DER)
    write_whole(path, _sealed(plain, der, secret, scrypt_n))
    return SigningKey(private, der)


def load_key(path: Path | str, passphrase: str) -> SigningKey:
    """Open the key file `path`.

    Raises SubmissionError "口令不对" for a wrong passphrase, another message for a missing or damaged file.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    envelope = _envelope(Path(path))
    wrapping = _wrapping_key(_normal(passphrase), envelope["salt"], envelope["n"])
    try:
        plain = AESGCM(wrapping).decrypt(envelope["nonce"], envelope["secret"], envelope["certificate"])
    except InvalidTag:
        raise SubmissionError("口令不对", "钥匙文件没有改动。", "请核对大小写和输入法后再试。") from None
    private = load_der_private_key(plain, password=None)
    return SigningKey(private, envelope["certificate"])


def read_certificate(path: Path | str) -> bytes:
    """The certificate (DER) in the key file `path`; needs no passphrase."""
    return _envelope(Path(path))["certificate"]


def _secret(passphrase: str) -> bytes:
    if len(unicodedata.normalize("NFKC", passphrase)) < PASSPHRASE_LENGTH:
        raise SubmissionError(
            f"口令太短，至少要 {PASSPHRASE_LENGTH} 个字符", "没有生成钥匙。", "请换一个更长的口令，例如几个不相干的词。")
    return _normal(passphrase)


def _normal(passphrase: str) -> bytes:
    """The same passphrase typed with another input method (full-width digits) gives the same bytes."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _wrapping_key(secret: bytes, salt: bytes, n: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=n, r=SCRYPT_R, p=SCRYPT_P).derive(secret)


def _sealed(plain: bytes, certificate: bytes, secret: bytes, n: int) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cipher = AESGCM(_wrapping_key(secret, salt, n)).encrypt(nonce, plain, certificate)
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "kdf": {"name": "scrypt", "n": n, "r": SCRYPT_R, "p": SCRYPT_P, "salt": _text(salt)},
        "cipher": {"name": "AES-256-GCM", "nonce": _text(nonce), "content": _text(cipher)},
        "certificate": _text(certificate),
    }
    body["sha256"] = _sum(body)
    return (json.dumps(body, indent=2) + "\n").encode("ascii")


def _sum(body: dict[str, Any]) -> str:
    """Tells a damaged file from a wrong passphrase; AES-GCM alone cannot."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode("ascii")).hexdigest()


def _envelope(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        raise SubmissionError("还没有签名钥匙", "", "请先生成签名钥匙。") from None
    except UnicodeDecodeError:
        raise SubmissionError(*_DAMAGED) from None
    except OSError as fault:
        raise SubmissionError("签名钥匙文件无法读取", "没有改动任何文件。", fault.strerror or "") from fault
    try:
        body = json.loads(text)
        claimed = body.pop("sha256")
        if body["schema"] != SCHEMA:
            raise SubmissionError("签名钥匙由其他版本的程序生成", "没有改动任何文件。", "请用最新版本的程序打开。")
        kdf, cipher = body["kdf"], body["cipher"]
        known = (kdf["name"], kdf["r"], kdf["p"], cipher["name"]) == ("scrypt", SCRYPT_R, SCRYPT_P, "AES-256-GCM")
        if claimed != _sum(body) or not known or not 2 <= kdf["n"] <= SCRYPT_N_MOST:
            raise SubmissionError(*_DAMAGED)
        return {
            "n": kdf["n"], "salt": _bytes(kdf["salt"]), "nonce": _bytes(cipher["nonce"]),
            "secret": _bytes(cipher["content"]), "certificate": _bytes(body["certificate"]),
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise SubmissionError(*_DAMAGED) from None


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _self_signed(private: "RSAPrivateKey", name: str, street_code: str, now: datetime) -> "Certificate":
    """A leaf certificate that nobody vouches for; profile of the street keys, so that the district's CA can take over."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

    try:
        subject = x509.Name([
            x509.NameAttribute(NameOID.COMMON_NAME, name.strip()),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, street_code.strip()),
        ])
    except ValueError:
        raise SubmissionError("名称或街道代码不能写进证书", "没有生成钥匙。", "名称应为 1 至 64 个字，街道代码不能为空。") from None
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False)
    purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier(DOCUMENT_SIGNING)])
    # One day back: the receiver's clock may be slow, and a certificate from the future is refused everywhere.
    begins = now - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject).issuer_name(subject).public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins).not_valid_after(begins + timedelta(days=VALID_DAYS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(purposes, critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
