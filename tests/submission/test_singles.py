"""`xlsx verify` and `pdf verify`: a file taken out of its package still proves itself, alone."""

import json
import re
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from submission.bench import make_pdf, make_workbook, member_table
from submission.test_opc import CHANGED, foreign, replaced, rezipped  # noqa: F401
from submission.trusting import OTHER, enrolled, new_authority

from unionclient.cli import main
from unionclient.submission.opc import sign_workbook
from unionclient.submission.pades import sign_pdf
from unionclient.submission.singles import PDF, WORKBOOK, verify_single

NOW = datetime.now(UTC)
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    return new_authority(tmp_path_factory.mktemp("district") / "ca")


@pytest.fixture(scope="module")
def street(tmp_path_factory, district):
    return enrolled(district, tmp_path_factory.mktemp("street") / "key")


@pytest.fixture(scope="module")
def files(tmp_path_factory, street):
    """A signed workbook and a signed PDF on disk."""
    folder = tmp_path_factory.mktemp("files")
    (folder / "a.xlsx").write_bytes(sign_workbook(make_workbook(member_table()), street, signed_at=NOW, comment="报送"))
    (folder / "a.pdf").write_bytes(sign_pdf(make_pdf(), street, reason="报送"))
    return folder


@pytest.fixture
def written(tmp_path):
    """Writes a file to be judged."""
    def write(content: bytes, name: str = "b.xlsx"):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name
    return write


def failed(path, kind=WORKBOOK, **how) -> tuple[str, list[str]]:
    verdict = verify_single(path, kind, **how)
    assert all(check.sentence for check in verdict.checks)
    return verdict.result, [check.id for check in verdict.failed]


@pytest.mark.parametrize(("name", "kind"), [("a.xlsx", WORKBOOK), ("a.pdf", PDF)])
def test_with_the_trust_file_a_file_is_valid_and_its_signer_named(files, district, name, kind):
    verdict = verify_single(files / name, kind, trust=district.state)
    assert (verdict.result, verdict.exit_code, verdict.trusted, verdict.signer.street_code) == ("valid", 0, True, "110101013")


@pytest.mark.parametrize(("name", "kind"), [("a.xlsx", WORKBOOK), ("a.pdf", PDF)])
def test_without_anything_to_go_by_the_signer_is_not_known(files, name, kind):
    assert failed(files / name, kind) == ("untrusted", [])


@pytest.mark.parametrize(("name", "kind"), [("a.xlsx", WORKBOOK), ("a.pdf", PDF)])
def test_a_revoked_signer_is_refused(tmp_path, district, written, name, kind):
    key = enrolled(district, tmp_path / "key", OTHER)
    path = written(sign_workbook(make_workbook(member_table()), key, signed_at=NOW) if kind == WORKBOOK else sign_pdf(make_pdf(), key, reason="x"), name)
    assert failed(path, kind, trust=district.state) == ("valid", [])
    district.revoke(key.fingerprint)
    assert failed(path, kind, trust=district.state) == ("untrusted", ["trust-revoked"])


def test_another_root_of_the_same_name_is_not_believed(tmp_path, files):
    assert failed(files / "a.xlsx", trust=new_authority(tmp_path / "other").state) == ("untrusted", ["trust-chain"])


@pytest.mark.parametrize("name", CHANGED)
def test_a_changed_workbook_is_refused(files, written, district, name):
    result, ids = failed(written(CHANGED[name][0]((files / "a.xlsx").read_bytes())), trust=district.state)
    assert result in ("invalid", "unsafe") and ids[0] in ("workbook-signature", "workbook-content")


@pytest.mark.parametrize(("kind", "content", "check"), [
    (WORKBOOK, b"", "file"), (WORKBOOK, b"%PDF-1.7", "file"), (WORKBOOK, b"PK\3\4junk", "workbook-content"), (PDF, b"PK\3\4", "file"),
    (PDF, b"%PDF-1.7 junk", "pdf-signature"), (WORKBOOK, make_workbook(member_table()), "workbook-signature"), (PDF, make_pdf(), "pdf-signature")],
    ids=["empty", "a PDF as workbook", "junk", "a ZIP as PDF", "junk as PDF", "unsigned workbook", "unsigned PDF"])
def test_what_is_no_signed_file_is_refused(written, kind, content, check):
    assert failed(written(content), kind)[1] == [check]


def test_a_missing_file_is_a_verdict_too(tmp_path):
    assert failed(tmp_path / "none.xlsx") == ("invalid", ["file"])


def test_a_macro_in_a_signed_workbook_makes_it_unsafe(written, street, district):
    book = rezipped(make_workbook(member_table()), {"xl/vbaProject.bin": b"x"})
    book = replaced(book, "[Content_Types].xml", b"<Default ", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default ')
    assert failed(written(sign_workbook(book, street, signed_at=NOW)), trust=district.state) == ("unsafe", ["workbook-content"])


def test_every_foreign_file_gets_a_verdict(shared):
    for path in sorted((shared / "corpora" / "signed").glob("*/*")):
        for kind in (WORKBOOK, PDF):
            assert failed(path, kind)[0] in ("invalid", "unsafe", "untrusted")


def test_the_verb_answers_in_words_json_and_exit_codes(files, district, tmp_path, written):
    trust = tmp_path / "trust.uct"
    trust.write_bytes(district.trust())

    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        return done.exit_code, done.output

    code, said = run("xlsx", "verify", files / "a.xlsx", "--trust", trust, "--json")
    assert code == 0 and json.loads(said)["signer"]["name"] == "东花市街道总工会"
    code, said = run("pdf", "verify", files / "a.pdf", "--trust", trust)
    assert code == 0 and "有效" in said
    code, said = run("xlsx", "verify", written(CHANGED["a number"][0]((files / "a.xlsx").read_bytes())), "--trust", trust)
    assert code == 1 and "签名后被改过" in said
    code, said = run("xlsx", "verify", files / "a.xlsx", "--english")
    assert code == 2 and said and not HAN.search(said)
    assert run("xlsx", "verify", tmp_path / "none.xlsx")[0] == run("pdf", "verify")[0] == 5
