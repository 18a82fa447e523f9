"""Packages encrypted to the district: openssl reads them, we read openssl's, and no changed byte passes."""

import random
import subprocess
from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from submission.bench import CHEAP, PASSPHRASE

from unionclient.definition.faults import SubmissionError
from unionclient.submission import profile
from unionclient.submission.encryption import decrypt, encrypt, is_encrypted
from unionclient.submission.keys import SigningKey, make_key

CONTENT = bytes(range(256)) * 20


@pytest.fixture(scope="module")
def bearers(tmp_path_factory):
    """Two keys for encryption: the district's, and another."""
    folder = tmp_path_factory.mktemp("encryption")
    return [make_key(folder / name, PASSPHRASE, name=name, street_code="110101", purpose=profile.ENCRYPTION, **CHEAP) for name in ("区总工会", "别的单位")]


@pytest.fixture
def by_openssl(openssl, bearers, tmp_path):
    """`openssl cms` in a folder with the district's key and certificate."""
    (tmp_path / "key.pem").write_bytes(bearers[0].private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    (tmp_path / "cert.pem").write_bytes(x509.load_der_x509_certificate(bearers[0].certificate).public_bytes(serialization.Encoding.PEM))

    def run(*words):
        return subprocess.run([openssl, "cms", *words], cwd=tmp_path, capture_output=True, text=True)
    return run, tmp_path


def test_the_bearer_of_the_certificate_opens_it(bearers):
    sealed = encrypt(CONTENT, [bearers[0].certificate])
    assert is_encrypted(sealed) and CONTENT[:64] not in sealed
    assert decrypt(sealed, bearers[0]) == CONTENT


def test_each_of_several_recipients_opens_it(bearers):
    sealed = encrypt(CONTENT, [each.certificate for each in bearers])
    assert [decrypt(sealed, each) for each in bearers] == [CONTENT, CONTENT]


def test_an_older_key_is_tried_too(bearers):
    assert decrypt(encrypt(CONTENT, [bearers[1].certificate]), *bearers) == CONTENT


def test_the_same_content_never_looks_the_same(bearers):
    assert encrypt(CONTENT, [bearers[0].certificate]) != encrypt(CONTENT, [bearers[0].certificate])


def test_another_key_is_told_that_it_is_not_for_it(bearers):
    with pytest.raises(SubmissionError, match="不是加密给这把钥匙的"):
        decrypt(encrypt(CONTENT, [bearers[0].certificate]), bearers[1])


def test_a_key_with_the_same_certificate_but_not_the_same_secret_opens_nothing(bearers):
    with pytest.raises(SubmissionError, match="打不开"):
        decrypt(encrypt(CONTENT, [bearers[0].certificate]), SigningKey(bearers[1].private, bearers[0].certificate))


def test_openssl_opens_it(bearers, by_openssl):
    run, folder = by_openssl
    (folder / "a.p7m").write_bytes(encrypt(CONTENT, [bearers[0].certificate]))
    done = run("-decrypt", "-inform", "DER", "-in", "a.p7m", "-inkey", "key.pem", "-recip", "cert.pem", "-out", "out")
    assert done.returncode == 0, done.stderr
    assert (folder / "out").read_bytes() == CONTENT


def test_openssl_refuses_it_where_the_content_was_changed(bearers, by_openssl):
    run, folder = by_openssl
    sealed = bytearray(encrypt(CONTENT, [bearers[0].certificate]))
    sealed[-100] ^= 1
    (folder / "a.p7m").write_bytes(bytes(sealed))
    assert run("-decrypt", "-inform", "DER", "-in", "a.p7m", "-inkey", "key.pem", "-recip", "cert.pem", "-out", "out").returncode != 0


def test_what_openssl_encrypts_is_read_here(bearers, by_openssl):
    run, folder = by_openssl
    (folder / "a").write_bytes(CONTENT)
    done = run("-encrypt", "-aes-256-gcm", "-binary", "-in", "a", "-outform", "DER", "-out", "a.p7m", "-recip", "cert.pem",
               "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256")
    assert done.returncode == 0, done.stderr
    assert decrypt((folder / "a.p7m").read_bytes(), bearers[0]) == CONTENT


@pytest.mark.parametrize("words", [("-aes-256-cbc", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"), ("-aes-256-gcm",),
                                   ("-aes-128-gcm", "-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256"),
                                   ("-aes-256-gcm", "-keyopt", "rsa_padding_mode:oaep")], ids=["CBC", "PKCS#1 padding", "AES-128", "OAEP with SHA-1"])
def test_weaker_ways_to_encrypt_are_refused(bearers, by_openssl, words):
    run, folder = by_openssl
    (folder / "a").write_bytes(CONTENT)
    done = run("-encrypt", "-binary", "-in", "a", "-outform", "DER", "-out", "a.p7m", "-recip", "cert.pem", *words)
    assert done.returncode == 0, done.stderr
    with pytest.raises(SubmissionError):
        decrypt((folder / "a.p7m").read_bytes(), bearers[0])


def test_no_changed_byte_passes(bearers):
    sealed, chance = encrypt(b"x" * 60, [bearers[0].certificate]), random.Random(5)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(SubmissionError):
            decrypt(bytes(changed), bearers[0])


@pytest.mark.parametrize("change", [lambda octets: octets[:-1], lambda octets: octets + b"\0", lambda octets: octets[:40], lambda octets: b"",
                                    lambda octets: b"PK\3\4" + octets], ids=["cut", "tail", "stump", "empty", "other"])
def test_cut_and_lengthened_files_are_refused(bearers, change):
    with pytest.raises(SubmissionError):
        decrypt(change(encrypt(CONTENT, [bearers[0].certificate])), bearers[0])


def test_a_certificate_for_signing_is_no_recipient(key):
    with pytest.raises(SubmissionError, match="不能用来加密"):
        encrypt(CONTENT, [key.certificate])


def test_a_key_too_short_is_no_recipient(tmp_path):
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa

    owner, short = profile.subject("区总工会", "110101"), rsa.generate_private_key(public_exponent=65537, key_size=1024)
    weak = profile.leaf(owner, owner, short.public_key(), datetime.now(UTC), profile.ENCRYPTION).sign(short, hashes.SHA256())
    with pytest.raises(SubmissionError, match="不能用来加密"):
        encrypt(CONTENT, [weak.public_bytes(serialization.Encoding.DER)])


def test_what_is_no_certificate_is_no_recipient():
    with pytest.raises(SubmissionError, match="读不出来"):
        encrypt(CONTENT, [b"no certificate"])


def element(tag: int, value: bytes, *, length: bytes | None = None) -> bytes:
    size = len(value).to_bytes(4, "big")
    return bytes([tag]) + (b"\x84" + size if length is None else length) + value


@pytest.mark.parametrize("inner", [
    element(0x02, b"\0") + element(0x31, element(0x30, b"") * 2_000_000),
    element(0x02, b"\0") + element(0x31, b"\5\0" * 8_000_000 + b"\0\0", length=b"\x80"),
    element(0x30, b"\x30\x80" * 8_000_000, length=b"\x80"),
], ids=["a million recipients", "no lengths", "nested"])
def test_forms_made_to_keep_a_reader_busy_are_refused_at_once(bearers, inner):
    import time

    from asn1crypto import core

    kind = core.ObjectIdentifier("1.2.840.113549.1.9.16.1.23").dump()
    begun = time.process_time()
    with pytest.raises(SubmissionError):
        decrypt(element(0x30, kind + element(0xA0, element(0x30, inner))), bearers[0])
    assert time.process_time() - begun < 1
