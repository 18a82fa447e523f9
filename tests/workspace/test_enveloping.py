"""Encrypted packages: judged by what is inside, and nothing of them is kept before that holds."""

import pytest
from click.testing import CliRunner
from submission.bench import CHEAP, PASSPHRASE, pack
from submission.trusting import enrolled, new_authority

from unionclient.cli import main
from unionclient.submission import profile
from unionclient.submission.encryption import encrypt
from unionclient.submission.keys import add_certificate, make_key
from unionclient.submission.certificate import read_answer
from unionclient.submission.requests import make_request


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A folder with a district's trust file and encryption key, and a street's package, open and encrypted."""
    folder = tmp_path_factory.mktemp("envelopes")
    authority = new_authority(folder / "ca")
    own = make_key(folder / "encryption-key.json", PASSPHRASE, name="区总工会", street_code="110101", purpose=profile.ENCRYPTION, **CHEAP)
    issued = authority.issue(make_request(own), purpose=profile.ENCRYPTION)
    add_certificate(folder / "encryption-key.json", PASSPHRASE, *read_answer(issued.content))
    (folder / "district.cer").write_bytes(issued.content)
    street = enrolled(authority, folder / "street.json")
    (folder / "trust.uct").write_bytes(authority.state.content)
    pack(folder / "a.asice", street)
    return folder


@pytest.fixture
def run(town, monkeypatch):
    monkeypatch.setenv("UNIONCLIENT_PASSPHRASE", PASSPHRASE)

    def call(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done
    return call


@pytest.fixture
def closed(town, run, tmp_path):
    assert run("encrypt", town / "a.asice", "--trust", town / "trust.uct", "--out", tmp_path / "a.asice.p7m").exit_code == 0
    return tmp_path / "a.asice.p7m"


def test_verify_judges_what_is_inside(town, run, closed):
    done = run("verify", closed, "--key", town / "encryption-key.json", "--trust", town / "trust.uct")
    assert done.exit_code == 0 and "已解密" in done.output, done.output


def test_the_folders_own_key_and_trust_file_are_found(town, run, closed):
    assert run("--store", town, "verify", closed).exit_code == 0


def test_decrypt_gives_the_very_package_back(town, run, closed):
    assert run("decrypt", closed, "--key", town / "encryption-key.json", "--trust", town / "trust.uct").exit_code == 0
    assert closed.with_suffix("").read_bytes() == (town / "a.asice").read_bytes()


def test_a_certificate_file_serves_as_well_as_the_trust_file(town, run, tmp_path):
    assert run("encrypt", town / "a.asice", "--to", town / "district.cer", "--out", tmp_path / "b.p7m").exit_code == 0
    assert run("verify", tmp_path / "b.p7m", "--key", town / "encryption-key.json", "--trust", town / "trust.uct").exit_code == 0


def test_without_the_key_nothing_is_judged(town, run, closed):
    done = run("verify", closed, "--trust", town / "trust.uct")
    assert done.exit_code == 5 and "已加密" in done.output


def test_a_changed_file_is_invalid(town, run, closed):
    octets = bytearray(closed.read_bytes())
    octets[-200] ^= 1
    closed.write_bytes(bytes(octets))
    assert run("verify", closed, "--key", town / "encryption-key.json").exit_code == 1
    assert run("decrypt", closed, "--key", town / "encryption-key.json").exit_code == 1
    assert not closed.with_suffix("").exists()


@pytest.mark.parametrize(("inner", "code"), [("unsigned", 3), ("changed", 1), ("stranger", 2)])
def test_nothing_is_written_of_what_does_not_hold(town, run, tmp_path, inner, code):
    content = bytearray((town / "a.asice").read_bytes())
    if inner == "changed":
        content[content.index(b"manifest.json") + 40] ^= 1
    elif inner == "unsigned":
        content = b"PK\3\4 a letter"
    else:
        pack(tmp_path / "s.asice", make_key(tmp_path / "s.json", PASSPHRASE, name="东花市街道总工会", street_code="110101013", **CHEAP))
        content = (tmp_path / "s.asice").read_bytes()
    from asn1crypto import pem

    _, _, certificate = pem.unarmor((town / "district.cer").read_bytes())
    (tmp_path / "x.asice.p7m").write_bytes(encrypt(bytes(content), [certificate]))
    done = run("decrypt", tmp_path / "x.asice.p7m", "--key", town / "encryption-key.json", "--trust", town / "trust.uct")
    assert done.exit_code == code, done.output
    assert not (tmp_path / "x.asice").exists()


def test_a_package_that_is_not_sound_is_not_encrypted(town, run, tmp_path):
    (tmp_path / "bad.asice").write_bytes((town / "a.asice").read_bytes()[:-1])
    assert run("encrypt", tmp_path / "bad.asice", "--trust", town / "trust.uct").exit_code == 5
    assert not (tmp_path / "bad.asice.p7m").exists()


def test_a_file_that_stands_is_not_written_over(town, run, closed):
    closed.with_suffix("").write_text("mine")
    assert run("decrypt", closed, "--key", town / "encryption-key.json").exit_code == 5
    assert closed.with_suffix("").read_text() == "mine"


def test_a_wrong_passphrase_is_told(town, run, closed, monkeypatch):
    monkeypatch.setenv("UNIONCLIENT_PASSPHRASE", "not this one")
    done = run("verify", closed, "--key", town / "encryption-key.json")
    assert done.exit_code == 5 and "口令不对" in done.output
