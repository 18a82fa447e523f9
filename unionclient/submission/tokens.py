"""A key on a USB token (PKCS#11): made there, never read out; the token signs and everything else stays the same.

Limits: needs the optional package python-pkcs11 and the token maker's library; RSA (PKCS#1 v1.5) and P-256. One
session for each signature, because a token that is logged in twice in a process refuses.
"""

import hashlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission import profile
from unionclient.submission.keys import KEY_BITS, keep_token

KEY_LABEL = "unionclient"
_KEPT = marked("没有改动任何文件。")


@dataclass(frozen=True, slots=True)
class Token:
    """A signer whose private key lies on a token; `place` names library, token and key. The PIN is held while it lives."""

    place: dict[str, str]
    pin: str
    certificate: bytes
    chain: tuple[bytes, ...] = ()

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.certificate).hexdigest()

    def sign(self, message: bytes) -> bytes:
        with _session(self.place, self.pin) as session:
            return _signature(_private(session, self.place["key"]), message)


def available() -> bool:
    """Whether the optional package is installed."""
    return importlib.util.find_spec("pkcs11") is not None


def tokens_in(library: str) -> list[str]:
    """Labels of the tokens plugged in. Raises SubmissionError where the library cannot be used."""
    with _spoken():
        return [token.label for token in _library(library).get_tokens() if token.label]


def open_token(place: dict[str, str], pin: str, certificate: bytes, chain: tuple[bytes, ...] = ()) -> Token:
    """Raises SubmissionError: package or token missing, wrong PIN, key not there or not the certificate's."""
    from cryptography import x509

    with _session(place, pin) as session:
        public = _public(session, place["key"])
    if x509.load_der_x509_certificate(certificate).public_key() != public:
        raise SubmissionError(_("USB 钥匙里的钥匙与证书不是一对"), _(_KEPT), _("请插上申请证书时用的那一个 USB 钥匙。"))
    return Token(place, pin, certificate, chain)


def make_token_key(path: Path | str, library: str, label: str, pin: str, *, name: str, street_code: str,
                   key: str = KEY_LABEL, bits: int = KEY_BITS, now: datetime | None = None) -> Token:
    """Make a key on the token `label` (or take the one called `key`) and note it in the new file `path`.

    The file holds no secret; the certificate in it is self-signed until the district's takes its place.
    """
    place = {"library": library, "label": label, "key": key}
    owner = profile.subject(name, street_code)
    with _session(place, pin) as session:       # says so in words where the package for tokens is not installed
        from pkcs11 import KeyType

        if _private(session, key, must=False) is None:
            session.generate_keypair(KeyType.RSA, bits, label=key, store=True)
        public, private = _public(session, key), _private(session, key)
        certificate = profile.self_signed(owner, public, lambda message: _signature(private, message), now or datetime.now(UTC))
    keep_token(path, place, certificate, ())
    return Token(place, pin, certificate)


@contextmanager
def _session(place: dict[str, str], pin: str) -> Iterator[Any]:
    with _spoken():
        token = _library(place["library"]).get_token(token_label=place["label"])
        with token.open(rw=True, user_pin=pin) as session:
            yield session


def _library(library: str) -> Any:
    import pkcs11

    found = pkcs11.lib(library)
    found.reinitialize()  # a token plugged in since the last look is seen only then
    return found


@contextmanager
def _spoken() -> Iterator[None]:
    """The faults of tokens in the officer's words."""
    if not available():
        raise SubmissionError(_("没有安装 USB 钥匙支持"), _(_KEPT), _("请安装 unionclient[token]，或者改用钥匙文件。"))
    from pkcs11 import exceptions

    try:
        yield
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange):
        raise SubmissionError(_("口令不对"), _("USB 钥匙没有改动。"), _("请核对口令；连续输错几次，USB 钥匙会被锁住。")) from None
    except exceptions.PinLocked:
        raise SubmissionError(_("USB 钥匙已被锁住"), _(_KEPT), _("请用它自带的程序解锁。")) from None
    except (exceptions.NoSuchToken, exceptions.TokenNotPresent, exceptions.DeviceRemoved):
        raise SubmissionError(_("没有找到 USB 钥匙"), _(_KEPT), _("请插好后再试。")) from None
    except exceptions.NoSuchKey:
        raise SubmissionError(_("USB 钥匙里没有这把钥匙"), _(_KEPT), _("请确认插的是申请证书时用的那一个。")) from None
    except (exceptions.PKCS11Error, RuntimeError, OSError) as fault:
        raise SubmissionError(_("USB 钥匙用不了"), _(_KEPT), _("请检查驱动程序的位置（{kind}）。").format(kind=type(fault).__name__)) from fault


def _private(session: Any, key: str, *, must: bool = True) -> Any:
    from pkcs11 import ObjectClass
    from pkcs11.exceptions import NoSuchKey

    try:
        return session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=key)
    except NoSuchKey:
        if must:
            raise
        return None


def _public(session: Any, key: str) -> Any:
    """The public key of cryptography that belongs to the token's private key."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
    from cryptography.hazmat.primitives.serialization import load_der_public_key
    from pkcs11 import Attribute, KeyType, ObjectClass
    from pkcs11.util.ec import encode_ec_public_key

    found = session.get_key(object_class=ObjectClass.PUBLIC_KEY, label=key)
    if found.key_type == KeyType.EC:
        return load_der_public_key(encode_ec_public_key(found))
    modulus, exponent = (int.from_bytes(found[part], "big") for part in (Attribute.MODULUS, Attribute.PUBLIC_EXPONENT))
    return RSAPublicNumbers(exponent, modulus).public_key()


def _signature(private: Any, message: bytes) -> bytes:
    from pkcs11 import KeyType, Mechanism
    from pkcs11.util.ec import encode_ecdsa_signature

    if private.key_type == KeyType.EC:
        return encode_ecdsa_signature(private.sign(hashlib.sha256(message).digest(), mechanism=Mechanism.ECDSA))
    return private.sign(message, mechanism=Mechanism.SHA256_RSA_PKCS)
