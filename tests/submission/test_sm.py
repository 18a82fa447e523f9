"""The optional second signature by SM2 and SM3, each way against openssl."""

import subprocess
from datetime import UTC, datetime

import pytest
from asn1crypto import x509
from submission.bench import PASSPHRASE

from unionclient.definition.faults import SubmissionError
from unionclient.submission import keys, sm
from unionclient.submission.signing import SignatureFault

pytest.importorskip("gmssl", reason="the optional package gmssl is not installed")

CONTENT = "第二签名的清单".encode()
NOW = datetime.now(UTC)
DISTID = ("-sigopt", "distid:1234567812345678")


@pytest.fixture(scope="module")
def smkey(tmp_path_factory):
    return sm.make_key(tmp_path_factory.mktemp("sm") / "k", PASSPHRASE, name="东花市街道总工会", street_code="110101013", scrypt_n=2**4)


@pytest.fixture
def run(openssl, tmp_path):
    def call(*words):
        return subprocess.run([openssl, *words], cwd=tmp_path, capture_output=True, text=True)
    return call


def test_the_digest_is_that_of_the_standard():
    assert sm.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_signature_holds_and_names_its_signer(smkey):
    found = sm.check_detached(sm.sign_detached(CONTENT, smkey, NOW), CONTENT)
    assert (found.name, found.street_code, found.fingerprint) == ("东花市街道总工会", "110101013", smkey.fingerprint)


def test_openssl_agrees_over_the_signed_attributes(smkey, run, tmp_path):
    covered, octets = sm.signed_attributes(sm.sign_detached(CONTENT, smkey, NOW))
    for name, content in (("covered", covered), ("octets", octets), ("cert.der", smkey.certificate), ("other", covered + b" ")):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "public.pem").write_text(run("x509", "-inform", "DER", "-in", "cert.der", "-pubkey", "-noout").stdout)
    verify = ("dgst", "-sm3", "-verify", "public.pem", *DISTID, "-signature", "octets")
    assert "Verified OK" in run(*verify, "covered").stdout
    assert run(*verify, "other").returncode != 0


def test_the_certificate_holds_by_openssl_and_openssls_own_here(smkey, run, tmp_path):
    """`openssl verify` has no way to give the signer's id to a certificate that is its own root: it fails its own; hence by dgst."""
    ours = x509.Certificate.load(smkey.certificate)
    for name, content in (("body", ours["tbs_certificate"].dump()), ("octets", ours["signature_value"].native), ("cert.der", smkey.certificate)):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "public.pem").write_text(run("x509", "-inform", "DER", "-in", "cert.der", "-pubkey", "-noout").stdout)
    assert "Verified OK" in run("dgst", "-sm3", "-verify", "public.pem", *DISTID, "-signature", "octets", "body").stdout
    run("genpkey", "-algorithm", "SM2", "-out", "key.pem")
    assert run("req", "-x509", "-new", "-key", "key.pem", "-sm3", *DISTID, "-subj", "/CN=a/OU=b", "-outform", "DER", "-out", "theirs.der").returncode == 0
    theirs = x509.Certificate.load((tmp_path / "theirs.der").read_bytes())
    assert sm._self_signed(theirs, sm._point(theirs.dump()))


def test_what_openssl_signs_holds_here(run, tmp_path):
    assert run("genpkey", "-algorithm", "SM2", "-out", "key.pem").returncode == 0
    run("pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "public.der")
    (tmp_path / "text").write_bytes(CONTENT)
    assert run("dgst", "-sm3", "-sign", "key.pem", *DISTID, "-out", "octets", "text").returncode == 0
    point = (tmp_path / "public.der").read_bytes()[-65:]
    pair = sm._Pair.load((tmp_path / "octets").read_bytes())
    assert sm._holds(point, CONTENT, pair["r"].native, pair["s"].native)
    assert not sm._holds(point, CONTENT + b"x", pair["r"].native, pair["s"].native)


def test_keys_that_begin_with_zeros_and_fours_sign_as_others_do(smkey):
    """The library would strip such digits from a key as if they were the mark of an uncompressed point."""
    calculator = sm._arithmetic()
    secret, point = next((secret, point) for secret in range(1, 400)
                         if (point := bytes.fromhex(calculator._kg(secret, sm._G.hex())))[:1].hex()[0] in "04")
    pair = sm._Pair.load(sm._signed_by(secret, b"\4" + point, CONTENT))
    assert sm._holds(b"\4" + point, CONTENT, pair["r"].native, pair["s"].native)


def test_no_changed_byte_passes(smkey):
    signature = sm.sign_detached(CONTENT, smkey, NOW)
    for place in range(0, len(signature), 7):
        changed = bytearray(signature)
        changed[place] ^= 1
        with pytest.raises(SignatureFault):
            sm.check_detached(bytes(changed), CONTENT)


def test_other_content_is_refused(smkey):
    with pytest.raises(SignatureFault, match="对不上"):
        sm.check_detached(sm.sign_detached(CONTENT, smkey, NOW), CONTENT + b"x")


@pytest.mark.parametrize("pair", [(0, 1), (1, 0), (sm._N, 1), (1, sm._N), (1, sm._N - 1)])
def test_numbers_out_of_range_are_no_signature(smkey, pair):
    assert not sm._holds(sm._point(smkey.certificate), CONTENT, *pair)


def test_the_key_file_opens_with_its_passphrase_alone(tmp_path):
    made = sm.make_key(tmp_path / "k", PASSPHRASE, name="东花市街道总工会", street_code="110101013", scrypt_n=2**4)
    assert sm.load_key(tmp_path / "k", PASSPHRASE) == made
    with pytest.raises(SubmissionError, match="口令不对"):
        sm.load_key(tmp_path / "k", "another one")
    keys.change_passphrase(tmp_path / "k", PASSPHRASE, "换过的新口令八个字")
    assert sm.load_key(tmp_path / "k", "换过的新口令八个字") == made


def test_without_gmssl_the_message_is_plain(monkeypatch, smkey):
    import sys

    monkeypatch.setitem(sys.modules, "gmssl.sm2", None)
    with pytest.raises(SubmissionError, match="没有安装 gmssl"):
        sm.sign_detached(CONTENT, smkey, NOW)
