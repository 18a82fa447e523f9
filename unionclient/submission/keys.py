"""The street's own signing key: made here, kept under a passphrase, used for one signature at a time.

A new key has a self-signed certificate, which proves "the same key as before", not "this street"; the district's
authority puts an issued one in its place (`add_certificate`). Limits: a passphrase that is lost cannot be recovered.
Python cannot promise that the private key is wiped from memory.
"""

import base64
import binascii
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.submission import profile
from unionclient.submission.files import write_whole
from unionclient.submission.profile import DOCUMENT_SIGNING, VALID_DAYS

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

__all__ = ["DOCUMENT_SIGNING", "VALID_DAYS", "Signer", "SigningKey", "add_certificate", "change_passphrase", "is_token", "keep_key", "keep_secret",
           "keep_token", "load_key", "make_key", "read_certificate", "read_chain", "read_secret"]

SCHEMA = "unionclient-key/1"
TOKEN_SCHEMA = "unionclient-token/1"
PASSPHRASE_LENGTH = 8
KEY_BITS = 3072
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1
# The file is foreign once it lies on a stick: a forged cost must not eat the machine's memory (128 * n * r bytes).
SCRYPT_N_MOST = 2**18



class Signer(Protocol):
    """What signs: a key file here, a USB token elsewhere. `certificate` is DER; `chain` are its issuers, nearest first."""

    @property
    def certificate(self) -> bytes: ...

    @property
    def chain(self) -> tuple[bytes, ...]: ...

    def sign(self, message: bytes) -> bytes:
        """Signature over SHA-256 of `message`: PKCS#1 v1.5 for RSA, DER-coded ECDSA for P-256."""
        ...


@dataclass(frozen=True, slots=True)
class SigningKey:
    """An opened RSA or P-256 key, its certificate (DER) and the issuers above it (empty while it is self-signed)."""

    private: "RSAPrivateKey | EllipticCurvePrivateKey"
    certificate: bytes
    chain: tuple[bytes, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, 64 hex digits: what the officer reads out to the district by telephone."""
        return hashlib.sha256(self.certificate).hexdigest()

    def sign(self, message: bytes) -> bytes:
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
        return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())


def make_key(
    path: Path | str, passphrase: str, *, name: str, street_code: str, purpose: str = profile.SIGNING,
    bits: int = KEY_BITS, scrypt_n: int = SCRYPT_N, now: datetime | None = None,
) -> SigningKey:
    """Make a key and its certificate and keep both in the new file `path`.

    `name` is the union's or officer's name (1-64 characters, certificate CN), `street_code` its OU. `purpose` is
    signing or encryption. `bits` and `scrypt_n` are lowered by tests only. Raises SubmissionError: passphrase too
    short, file exists.
    """
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    _secret(passphrase)
    _refuse_existing(Path(path))
    owner = profile.subject(name, street_code)
    private = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    certificate = profile.leaf(owner, owner, private.public_key(), now or datetime.now(UTC), purpose).sign(private, hashes.SHA256())
    key = SigningKey(private, certificate.public_bytes(serialization.Encoding.DER))
    keep_key(path, passphrase, key, scrypt_n=scrypt_n)
    return key


def keep_key(path: Path | str, passphrase: str, key: SigningKey, *, scrypt_n: int = SCRYPT_N) -> None:
    """Keep an opened key in the new file `path`. Raises SubmissionError as `make_key`."""
    secret = _secret(passphrase)
    _refuse_existing(Path(path))
    write_whole(Path(path), _sealed(_plain(key), (key.certificate, *key.chain), secret, scrypt_n))


def add_certificate(path: Path | str, passphrase: str, certificate: bytes, chain: tuple[bytes, ...]) -> Any:
    """Put an issued certificate (DER) and its issuers into the key file. Raises SubmissionError: it is for another key."""
    from cryptography import x509

    key = load_key(path, passphrase)
    mine, given = (x509.load_der_x509_certificate(octets).public_key() for octets in (key.certificate, certificate))
    if mine != given:
        raise SubmissionError(_("证书不是发给这把钥匙的"), _("钥匙文件没有改动。"), _("请确认拿回的是本街道最近一次申请的证书。"))
    if not isinstance(key, SigningKey):
        write_whole(Path(path), _token_note(key.place, certificate, chain))
        return replace(key, certificate=certificate, chain=chain)
    issued = SigningKey(key.private, certificate, chain)
    write_whole(Path(path), _sealed(_plain(issued), (certificate, *chain), _normal(passphrase), _envelope(Path(path))["n"]))
    return issued


def change_passphrase(path: Path | str, old: str, new: str) -> None:
    """The same key under another passphrase. Raises SubmissionError: old one wrong, new one too short."""
    if is_token(path):
        raise SubmissionError(_("USB 钥匙的口令要用它自带的程序修改"), _("没有改动任何文件。"))
    plain, chain = read_secret(path, old)
    write_whole(Path(path), _sealed(plain, chain, _secret(new), _envelope(Path(path))["n"]))


def keep_secret(path: Path | str, passphrase: str, plain: bytes, certificate: bytes, *, scrypt_n: int = SCRYPT_N) -> None:
    """Keep the bytes of a key of another kind (SM2) and its certificate as `keep_key` keeps a key."""
    secret = _secret(passphrase)
    _refuse_existing(Path(path))
    write_whole(Path(path), _sealed(plain, (certificate,), secret, scrypt_n))


def read_secret(path: Path | str, passphrase: str) -> tuple[bytes, tuple[bytes, ...]]:
    """The bytes of the private key in the file `path`, and its certificates. Raises SubmissionError as `load_key`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    envelope = _envelope(Path(path))
    if envelope["token"] is not None:
        raise SubmissionError(_("这把钥匙在 USB 钥匙上，取不出来"), _("没有改动任何文件。"))
    chain = (envelope["certificate"], *envelope["chain"])
    wrapping = _wrapping_key(_normal(passphrase), envelope["salt"], envelope["n"])
    try:
        return AESGCM(wrapping).decrypt(envelope["nonce"], envelope["secret"], b"".join(chain)), chain
    except InvalidTag:
        raise SubmissionError(_("口令不对"), _("钥匙文件没有改动。"), _("请核对大小写和输入法后再试。")) from None


def load_key(path: Path | str, passphrase: str) -> Any:
    """Open the key file `path`: a `SigningKey`, or the `Token` that a token's file names (its PIN is the passphrase).

    Raises SubmissionError "口令不对" for a wrong passphrase, another message for a missing or damaged file.
    """
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    envelope = _envelope(Path(path))
    if envelope["token"] is not None:
        from unionclient.submission.tokens import open_token

        return open_token(envelope["token"], passphrase, envelope["certificate"], envelope["chain"])
    plain, (certificate, *chain) = read_secret(path, passphrase)
    # What was opened is what this program sealed: proving an RSA key's numbers once more would cost each deed a twentieth of a second.
    return SigningKey(load_der_private_key(plain, password=None, unsafe_skip_rsa_key_validation=True), certificate, tuple(chain))


def read_certificate(path: Path | str) -> bytes:
    """The certificate (DER) in the key file `path`; needs no passphrase."""
    return _envelope(Path(path))["certificate"]


def read_chain(path: Path | str) -> tuple[bytes, ...]:
    """The certificate and its issuers (DER), nearest first; needs no passphrase."""
    envelope = _envelope(Path(path))
    return (envelope["certificate"], *envelope["chain"])


def is_token(path: Path | str) -> bool:
    """Whether the key named in the file `path` lies on a USB token."""
    return _envelope(Path(path))["token"] is not None


def keep_token(path: Path | str, token: dict[str, str], certificate: bytes, chain: tuple[bytes, ...]) -> None:
    """Note in the new file `path` which token signs (library, label, id of the key) and with which certificate."""
    _refuse_existing(Path(path))
    write_whole(Path(path), _token_note(token, certificate, chain))


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise SubmissionError(_("签名钥匙已经存在"), _("原有钥匙没有改动。"), _("要换新钥匙，请用“换证”，不要重新生成。"))


def _plain(key: SigningKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    return key.private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _secret(passphrase: str) -> bytes:
    if len(unicodedata.normalize("NFKC", passphrase)) < PASSPHRASE_LENGTH:
        raise SubmissionError(
            _("口令太短，至少要 {count} 个字符").format(count=PASSPHRASE_LENGTH), _("没有生成钥匙。"),
            _("请换一个更长的口令，例如几个不相干的词。"))
    return _normal(passphrase)


def _normal(passphrase: str) -> bytes:
    """The same passphrase typed with another input method (full-width digits) gives the same bytes."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _wrapping_key(secret: bytes, salt: bytes, n: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    return Scrypt(salt=salt, length=32, n=n, r=SCRYPT_R, p=SCRYPT_P).derive(secret)


def _sealed(plain: bytes, chain: tuple[bytes, ...], secret: bytes, n: int) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    cipher = AESGCM(_wrapping_key(secret, salt, n)).encrypt(nonce, plain, b"".join(chain))
    return _summed({
        "schema": SCHEMA,
        "kdf": {"name": "scrypt", "n": n, "r": SCRYPT_R, "p": SCRYPT_P, "salt": _text(salt)},
        "cipher": {"name": "AES-256-GCM", "nonce": _text(nonce), "content": _text(cipher)},
        "certificate": _text(chain[0]),
        **({"chain": [_text(above) for above in chain[1:]]} if len(chain) > 1 else {}),
    })


def _token_note(token: dict[str, str], certificate: bytes, chain: tuple[bytes, ...]) -> bytes:
    return _summed({"schema": TOKEN_SCHEMA, "token": token, "certificate": _text(certificate), "chain": [_text(above) for above in chain]})


def _summed(body: dict[str, Any]) -> bytes:
    return (json.dumps({**body, "sha256": _sum(body)}, indent=2) + "\n").encode("ascii")


def _sum(body: dict[str, Any]) -> str:
    """Tells a damaged file from a wrong passphrase; AES-GCM alone cannot."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode("ascii")).hexdigest()


def _envelope(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text("ascii")
    except FileNotFoundError:
        raise SubmissionError(_("还没有签名钥匙"), "", _("请先生成签名钥匙。")) from None
    except UnicodeDecodeError:
        raise _damaged() from None
    except OSError as fault:
        raise SubmissionError(_("签名钥匙文件无法读取"), _("没有改动任何文件。"), fault.strerror or "") from fault
    try:
        body = json.loads(text)
        claimed = body.pop("sha256")
        if body["schema"] not in (SCHEMA, TOKEN_SCHEMA):
            raise SubmissionError(_("签名钥匙由其他版本的程序生成"), _("没有改动任何文件。"), _("请用最新版本的程序打开。"))
        if claimed != _sum(body):
            raise _damaged()
        held = {"certificate": _bytes(body["certificate"]), "chain": tuple(_bytes(above) for above in body.get("chain", ()))}
        if body["schema"] == TOKEN_SCHEMA:
            return {**held, "token": {name: str(body["token"][name]) for name in ("library", "label", "key")}}
        kdf, cipher = body["kdf"], body["cipher"]
        known = (kdf["name"], kdf["r"], kdf["p"], cipher["name"]) == ("scrypt", SCRYPT_R, SCRYPT_P, "AES-256-GCM")
        if not known or not 2 <= kdf["n"] <= SCRYPT_N_MOST:
            raise _damaged()
        return {
            **held, "token": None, "n": kdf["n"], "salt": _bytes(kdf["salt"]), "nonce": _bytes(cipher["nonce"]),
            "secret": _bytes(cipher["content"])}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise _damaged() from None


def _damaged() -> SubmissionError:
    return SubmissionError(_("签名钥匙文件已损坏"), _("没有改动任何文件。"), _("请用备份中的钥匙文件替换后再试。"))


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
