"""The signing key: one file, one passphrase, and clear words when either is wrong."""

import json
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from submission.bench import CHEAP, PASSPHRASE

from unionclient.definition.faults import SubmissionError
from unionclient.submission.keys import DOCUMENT_SIGNING, VALID_DAYS, change_passphrase, load_key, make_key, read_certificate

NAME, CODE = "东花市街道总工会", "110101013"


@pytest.fixture(scope="module")
def key_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "street.key"
    make_key(path, PASSPHRASE, name=NAME, street_code=CODE, **CHEAP)
    return path


def test_a_key_opened_with_its_passphrase_signs_like_the_one_made(key_file):
    key = load_key(key_file, PASSPHRASE)
    assert key.certificate == read_certificate(key_file)
    x509.load_der_x509_certificate(key.certificate).public_key()
    assert len(key.sign(b"text")) == 2048 // 8


def test_the_certificate_names_union_and_street_and_is_for_signing_for_two_years(key_file):
    certificate = x509.load_der_x509_certificate(read_certificate(key_file))
    named = {item.oid: item.value for item in certificate.subject}
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert named == {NameOID.COMMON_NAME: NAME, NameOID.ORGANIZATIONAL_UNIT_NAME: CODE}
    assert {oid.dotted_string for oid in purposes} == {"1.3.6.1.5.5.7.3.4", DOCUMENT_SIGNING}
    assert usage.digital_signature and usage.content_commitment and not usage.key_cert_sign
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc == timedelta(days=VALID_DAYS)
    assert certificate.not_valid_before_utc < datetime.now(UTC)


def test_a_new_key_has_3072_bits_and_the_full_cost_unless_a_test_asks_for_less(tmp_path):
    key = make_key(tmp_path / "k", PASSPHRASE, name=NAME, street_code=CODE)
    kdf = json.loads((tmp_path / "k").read_text())["kdf"]
    assert key.private.key_size == 3072
    assert (kdf["name"], kdf["n"], kdf["r"], kdf["p"]) == ("scrypt", 2**17, 8, 1)


def test_the_private_key_is_nowhere_readable_in_the_file(key_file):
    text = key_file.read_text()
    assert "PRIVATE" not in text and set(json.loads(text)) == {"schema", "kdf", "cipher", "certificate", "sha256"}


def test_only_the_officer_may_read_the_file(key_file):
    assert key_file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("wrong", ["东花市-街道-工会 ", "XXXXXXXXXX", "", "\ud800"])
def test_a_wrong_passphrase_is_called_so(key_file, wrong):
    with pytest.raises(SubmissionError, match="^口令不对"):
        load_key(key_file, wrong)


def test_a_passphrase_typed_in_full_width_is_the_same(tmp_path):
    make_key(tmp_path / "k", "abc-12345", name=NAME, street_code=CODE, **CHEAP)
    load_key(tmp_path / "k", "ａｂｃ－１２３４５")


def test_a_short_passphrase_is_refused_before_a_key_is_made(tmp_path):
    with pytest.raises(SubmissionError, match="口令太短，至少要 8 个字符"):
        make_key(tmp_path / "k", "1234567", name=NAME, street_code=CODE, **CHEAP)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_key_is_never_overwritten(key_file):
    before = key_file.read_bytes()
    with pytest.raises(SubmissionError, match="已经存在"):
        make_key(key_file, PASSPHRASE, name=NAME, street_code=CODE, **CHEAP)
    assert key_file.read_bytes() == before


@pytest.mark.parametrize("name", ["", "长" * 65])
def test_a_name_that_no_certificate_holds_is_refused(tmp_path, name):
    with pytest.raises(SubmissionError, match="不能写进证书"):
        make_key(tmp_path / "k", PASSPHRASE, name=name, street_code=CODE, **CHEAP)


def _with(text: str, *way, value) -> str:
    tree = json.loads(text)
    node = tree
    for step in way[:-1]:
        node = node[step]
    node[way[-1]] = value
    return json.dumps(tree)


@pytest.mark.parametrize("spoil", [
    lambda text: "",
    lambda text: text[:300],
    lambda text: "null",
    lambda text: "[1]",
    lambda text: "[" * 100_000,
    lambda text: "口令",
    lambda text: text.replace('"n": 16', '"n": 32'),
    lambda text: text.replace('"salt": "', '"salt": "A'),
    lambda text: _with(text, "kdf", "n", value=2**40),
    lambda text: _with(text, "kdf", "salt", value=7),
    lambda text: _with(text, "certificate", value="AAAA"),
], ids=lambda spoil: None)
def test_a_damaged_file_is_not_called_a_wrong_passphrase(key_file, tmp_path, spoil):
    (tmp_path / "k").write_text(spoil(key_file.read_text()), encoding="utf-8")
    with pytest.raises(SubmissionError, match="已损坏"):
        load_key(tmp_path / "k", PASSPHRASE)


def test_every_changed_byte_of_the_file_is_noticed(key_file, tmp_path):
    content = key_file.read_bytes()
    for place in range(0, len(content) - 1, 97):
        changed = bytearray(content)
        changed[place] ^= 0x01
        (tmp_path / "k").write_bytes(changed)
        with pytest.raises(SubmissionError):
            load_key(tmp_path / "k", PASSPHRASE)


def test_a_missing_key_file_says_what_to_do(tmp_path):
    with pytest.raises(SubmissionError, match="还没有签名钥匙"):
        load_key(tmp_path / "none", PASSPHRASE)


def test_nothing_half_written_stays_behind(tmp_path):
    (tmp_path / "folder").write_text("a file where the folder should be")
    with pytest.raises(SubmissionError, match="无法写入"):
        make_key(tmp_path / "folder" / "k", PASSPHRASE, name=NAME, street_code=CODE, **CHEAP)


def test_openssl_reads_the_certificate(key_file, openssl):
    shown = subprocess.run([openssl, "x509", "-inform", "DER", "-noout", "-checkend", "0", "-purpose"],
                           input=read_certificate(key_file), capture_output=True, check=True)
    assert b"S/MIME signing : Yes" in shown.stdout


def test_the_passphrase_can_be_changed_and_the_key_stays(tmp_path):
    made = make_key(tmp_path / "k", PASSPHRASE, name=NAME, street_code=CODE, **CHEAP)
    change_passphrase(tmp_path / "k", PASSPHRASE, "another-passphrase")
    assert load_key(tmp_path / "k", "another-passphrase").certificate == made.certificate
    with pytest.raises(SubmissionError, match="^口令不对"):
        load_key(tmp_path / "k", PASSPHRASE)


@pytest.mark.parametrize(("old", "new", "said"), [("wrong-passphrase", "another-passphrase", "口令不对"), (PASSPHRASE, "short", "口令太短")])
def test_a_passphrase_is_not_changed_by_a_mistake(tmp_path, old, new, said):
    make_key(tmp_path / "k", PASSPHRASE, name=NAME, street_code=CODE, **CHEAP)
    before = (tmp_path / "k").read_bytes()
    with pytest.raises(SubmissionError, match=said):
        change_passphrase(tmp_path / "k", old, new)
    assert (tmp_path / "k").read_bytes() == before
