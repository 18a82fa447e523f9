"""A key that comes as a .p12 file: taken with its code, refused with a reason."""

import subprocess

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat, pkcs12
from submission.bench import PASSPHRASE
from submission.trusting import NOW, enrolled, new_authority, new_key

from unionclient.definition.faults import SubmissionError
from unionclient.submission.keys import keep_key, load_key
from unionclient.submission.pkcs12 import read_p12
from unionclient.submission.signing import check_detached, sign_detached

CODE = "T7Q4-M2XK-9WDP-HB3R-6"


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    folder = tmp_path_factory.mktemp("p12")
    return enrolled(new_authority(folder / "ca"), folder / "key")


def _p12(key, *, private=None, certificate=True, code=CODE) -> bytes:
    above = [x509.load_der_x509_certificate(each) for each in key.chain]
    own = x509.load_der_x509_certificate(key.certificate) if certificate else None
    return pkcs12.serialize_key_and_certificates(
        b"street", private or key.private, own, above, BestAvailableEncryption(code.encode()) if code else NoEncryption())


def test_it_becomes_a_key_file_under_the_streets_own_passphrase(key, tmp_path):
    keep_key(tmp_path / "k", PASSPHRASE, read_p12(_p12(key), CODE), scrypt_n=16)
    opened = load_key(tmp_path / "k", PASSPHRASE)
    assert (opened.certificate, opened.chain) == (key.certificate, key.chain)
    assert check_detached(sign_detached(b"text", opened, NOW), b"text").chain == (key.certificate, *key.chain)


@pytest.mark.parametrize("legacy", [False, True])
def test_a_file_made_by_openssl_is_read(key, tmp_path, openssl, legacy):
    (tmp_path / "key.pem").write_bytes(key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (tmp_path / "cert.pem").write_bytes(pem.armor("CERTIFICATE", key.certificate))
    (tmp_path / "root.pem").write_bytes(pem.armor("CERTIFICATE", key.chain[0]))
    old = ["-certpbe", "PBE-SHA1-3DES", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1"] if legacy else []
    subprocess.run([openssl, "pkcs12", "-export", "-inkey", "key.pem", "-in", "cert.pem", "-certfile", "root.pem", "-out", "f.p12",
                    "-passout", f"pass:{CODE}", *old], cwd=tmp_path, check=True, capture_output=True)
    assert read_p12((tmp_path / "f.p12").read_bytes(), CODE).chain == key.chain


def test_a_p256_key_is_taken_too(tmp_path, openssl):
    run = {"cwd": tmp_path, "check": True, "capture_output": True}
    subprocess.run([openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "k.pem", "-out", "c.pem",
                    "-subj", "/CN=Union/OU=110101013", "-addext", "keyUsage=critical,digitalSignature"], **run)
    subprocess.run([openssl, "pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem", "-out", "f.p12", "-passout", f"pass:{CODE}"], **run)
    key = read_p12((tmp_path / "f.p12").read_bytes(), CODE)
    assert isinstance(key.private, ec.EllipticCurvePrivateKey)
    assert check_detached(sign_detached(b"text", key, NOW), b"text").certificate == key.certificate


@pytest.mark.parametrize(("make", "code", "said"), [
    (lambda key: _p12(key), "wrong", "提取码不对"),
    (lambda key: _p12(key), "", "提取码不对"),
    (lambda key: b"", CODE, "提取码不对"),
    (lambda key: key.certificate, CODE, "提取码不对"),
    (lambda key: _p12(key, certificate=False), CODE, "没有钥匙或证书"),
    (lambda key: bytes(300_000), CODE, "提取码不对"),
    (lambda key: _p12(key), "\ud800", "提取码不对"),
], ids=["wrong code", "no code", "empty", "a certificate", "no certificate inside", "too long", "no text"])
def test_what_cannot_be_used_is_refused(key, make, code, said):
    with pytest.raises(SubmissionError, match=said):
        read_p12(make(key), code)


def test_a_short_key_is_refused(key, tmp_path):
    short = new_key(tmp_path / "short", bits=1024)
    with pytest.raises(SubmissionError, match="不够长"):
        read_p12(_p12(short), CODE)


def test_a_file_without_a_code_needs_none(key):
    assert read_p12(_p12(key, code=""), "").certificate == key.certificate
