"""A USB token (softhsm2 stands in for it): it signs packages and PDFs, openssl agrees, and its faults are said in words."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from submission.bench import make_pdf, pack
from submission.trusting import STREET, certificates, new_authority

from unionclient.definition.faults import SubmissionError
from unionclient.submission import container, requests, tokens
from unionclient.submission.keys import add_certificate, change_passphrase, is_token, load_key
from unionclient.submission.pades import sign_pdf
from unionclient.submission.verify import verify

PIN, LABEL = "12345678", "street"
LIBRARIES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The stand-in's library, with one token of its own."""
    program, found = _program("softhsm2-util"), next((path for path in LIBRARIES if Path(path).exists()), None)
    if found is None:
        pytest.skip("the library of softhsm2 is not installed")
    if not tokens.available():
        pytest.skip("python-pkcs11 is not installed (unionclient[token])")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "conf")
    subprocess.run([program, "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", "87654321"], check=True, capture_output=True)
    yield found
    os.environ.pop("SOFTHSM2_CONF") if before is None else os.environ.update(SOFTHSM2_CONF=before)


@pytest.fixture(scope="module")
def street(library, tmp_path_factory):
    """(authority, key file of the token with the district's certificate in it)"""
    folder = tmp_path_factory.mktemp("street")
    authority = new_authority(folder / "ca")
    made = tokens.make_token_key(folder / "key", library, LABEL, PIN, name=STREET[0], street_code=STREET[1], bits=2048)
    first, *above = certificates(authority.issue(requests.make_request(made)))
    add_certificate(folder / "key", PIN, first, tuple(above))
    return authority, folder / "key"


def test_the_token_is_found_by_its_label(library):
    assert tokens.tokens_in(library) == [LABEL]


def test_its_file_holds_no_secret(street):
    assert is_token(street[1]) and PIN not in street[1].read_text()


def test_a_package_signed_by_the_token_is_valid_and_openssl_agrees(street, tmp_path):
    authority, file = street
    package = pack(tmp_path / "p.asice", load_key(file, PIN))
    assert verify(package.path, trust=authority.state).valid
    opened = container.open_container(package.path.read_bytes())
    for name in container.META:
        (tmp_path / Path(name).name).write_bytes(opened.read(name))
    (tmp_path / "ca.pem").write_bytes(authority.state.ca_pem())
    done = subprocess.run([_program("openssl"), "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "signature001.p7s", "-content", "ASiCManifest001.xml",
                           "-CAfile", "ca.pem", "-crl_check", "-out", "out"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_pdfsig_calls_a_pdf_of_the_token_valid(street, tmp_path):
    (tmp_path / "a.pdf").write_bytes(sign_pdf(make_pdf(), load_key(street[1], PIN), reason="x"))
    done = subprocess.run([_program("pdfsig"), "a.pdf"], cwd=tmp_path, capture_output=True, text=True)
    assert "Signature is Valid" in done.stdout and STREET[0] in done.stdout


def test_its_key_cannot_be_read_out(library, street):
    import pkcs11

    with pkcs11.lib(library).get_token(token_label=LABEL).open(user_pin=PIN) as session:
        private = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=tokens.KEY_LABEL)
        assert private[pkcs11.Attribute.SENSITIVE] and not private[pkcs11.Attribute.EXTRACTABLE]


def test_asking_again_takes_the_key_that_is_there(library, street, tmp_path):
    again = tokens.make_token_key(tmp_path / "key", library, LABEL, PIN, name=STREET[0], street_code=STREET[1], bits=2048)
    assert requests.certificate_key(again.certificate) == requests.certificate_key(load_key(street[1], PIN).certificate)


@pytest.mark.parametrize(("place", "pin", "said"), [
    ({}, "00000000", "口令不对"),
    ({}, "1", "口令不对"),
    ({"label": "another"}, PIN, "没有找到 USB 钥匙"),
    ({"key": "another"}, PIN, "没有这把钥匙"),
    ({"library": "/no/such/library.so"}, PIN, "用不了"),
])
def test_faults_are_said_in_words(library, street, place, pin, said):
    held = load_key(street[1], PIN)
    with pytest.raises(SubmissionError, match=said):
        tokens.open_token({**held.place, **place}, pin, held.certificate)


def test_another_tokens_certificate_is_noticed(street, tmp_path):
    authority, file = street
    held = load_key(file, PIN)
    with pytest.raises(SubmissionError, match="不是一对"):
        tokens.open_token(held.place, PIN, authority.root)


def test_a_tokens_pin_is_changed_with_its_own_program(street):
    with pytest.raises(SubmissionError, match="自带的程序"):
        change_passphrase(street[1], PIN, "87654321")


def test_a_certificate_for_another_key_is_refused(street):
    with pytest.raises(SubmissionError, match="不是发给这把钥匙的"):
        add_certificate(street[1], PIN, street[0].root, ())


def test_a_p256_key_on_the_token_signs_too(library, street, tmp_path):
    import pkcs11
    from pkcs11.util.ec import encode_named_curve_parameters

    with pkcs11.lib(library).get_token(token_label=LABEL).open(rw=True, user_pin=PIN) as session:
        curve = session.create_domain_parameters(pkcs11.KeyType.EC, {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}, local=True)
        curve.generate_keypair(label="curve", store=True)
    made = tokens.make_token_key(tmp_path / "key", library, LABEL, PIN, name=STREET[0], street_code=STREET[1], key="curve")
    assert verify(pack(tmp_path / "p.asice", made).path).sound
    assert requests.read_request(requests.make_request(made)).code == STREET[1]


def test_a_street_renews_on_the_same_token_and_the_old_key_vouches(library, workspace, tmp_path):
    authority = new_authority(tmp_path / "ca")
    before = workspace.make_token_key(library, LABEL, PIN)
    assert before.on_token and not before.issued
    for step in (workspace.write_request, workspace.renew_key):
        step(tmp_path / "r.p10", PIN)
        (tmp_path / "a.cer").write_bytes(authority.issue((tmp_path / "r.p10").read_bytes()).content)
        state = workspace.import_certificate(tmp_path / "a.cer", PIN)
        assert state.on_token and state.issued and state.fingerprint != before.fingerprint
        before = state
    assert verify(pack(tmp_path / "p.asice", workspace.signer(PIN)).path, trust=authority.state).valid
    assert [entry.code for entry in authority.state.register] == [STREET[1]] * 2
