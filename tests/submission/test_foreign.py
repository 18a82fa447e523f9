"""Packages, PDFs and workbooks of other people: a verdict and a look for each, never a traceback."""

import contextlib
import os
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from unionclient.submission.checks import CHECKS, RESULTS
from unionclient.submission.foreignasic import read_foreign
from unionclient.submission.looking import look, look_into
from unionclient.submission.opcverify import check_signatures
from unionclient.submission.pades import PdfFault, check_pdf, refuse_active
from unionclient.submission.verify import verify
from unionclient.submission.worker import look_at, verify_file

SIGNED = Path(os.environ.get("UNIONCLIENT_SHARED") or Path(__file__).resolve().parents[3] / "shared") / "corpora" / "signed"
FILES = [f"{path.parent.name}/{path.name}" for path in sorted(SIGNED.glob("*/*"))]
pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of signed files beside the project is not here")


@pytest.mark.parametrize("name", FILES)
def test_every_foreign_file_gets_a_verdict(name):
    verdict = verify(SIGNED / name)
    assert verdict.result in RESULTS and not verdict.sound and verdict.manifest is None
    assert verdict.failed[0].id in CHECKS and verdict.message


@pytest.mark.parametrize("name", FILES)
def test_every_foreign_file_can_be_looked_at(name):
    facts = look(SIGNED / name)
    assert facts["lines"] and "Error" not in str(facts["fault"]) and "（" not in str(facts["fault"] or "")


@pytest.mark.parametrize(("name", "check"), [
    ("asice/onefile-ok.asice", "profile"), ("asice/pt-empty.asice", "profile"), ("asice/ASiC-E-CAdES-BpLTA.sce", "profile"),
    ("pdf/one-byterange.pdf", "file"), ("xlsx/ms-office-2010-signed.xlsx", "file"), ("xlsx/bug58630.xlsx", "file")])
def test_what_is_no_package_of_ours_is_called_so(name, check):
    assert [each.id for each in verify(SIGNED / name).failed] == [check]


# Whether the signatures compute over every file, and what is wrong where they do not.
ASICE = {
    "ASiC-E-CAdES-BpLTA.sce": (True, ""), "multifiles-ok.asice": (True, ""), "onefile-ok.asice": (True, ""),
    "asice-path.asice": (False, "没有签名"), "pt-empty.asice": (False, "没有签名"), "emptyCertStore.asice": (False, "没有签名人的证书"),
    "removed-doc.asice": (False, "不在容器里"), "cades-invalid-digest-algo.asics": (False, "太弱")}


@pytest.mark.parametrize("name", ASICE)
def test_a_container_of_another_program_is_read_leniently(name):
    holds, told = ASICE[name]
    found = read_foreign((SIGNED / "asice" / name).read_bytes())
    remarks = " ".join([*found.remarks, *(remark for each in found.signatures for remark in each.remarks)])
    assert found.holds == holds and told in remarks


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("asice/")])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_foreign_container_that_was_cut_or_changed_never_holds(name, share):
    content = (SIGNED / name).read_bytes()
    at = int(len(content) * share)
    for broken in (content[:at], content[:at] + bytes([content[at] ^ 0x5A]) + content[at + 1:]):
        facts = look_into(broken)
        assert facts["lines"] or facts["fault"]


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("pdf/")])
def test_an_odd_signed_pdf_is_refused_with_a_reason(name):
    with pytest.raises(PdfFault):
        check_pdf((SIGNED / name).read_bytes(), moment=datetime(2022, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("pdf/")])
def test_a_damaged_pdf_is_refused_in_words(name):
    """Bytes changed at places drawn by a fixed seed; what pyHanko and qpdf raise then is of many kinds."""
    whole, draw = (SIGNED / name).read_bytes(), random.Random(name)
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(draw.choice((1, 5, 40))):
            content[draw.randrange(len(content))] = draw.randrange(256)
        with contextlib.suppress(PdfFault):
            refuse_active(bytes(content))
        with pytest.raises(PdfFault):
            check_pdf(bytes(content), moment=datetime(2022, 1, 1, tzinfo=UTC))


def test_a_workbook_signed_by_microsoft_office_verifies_with_its_old_digests():
    content = (SIGNED / "xlsx" / "ms-office-2010-signed.xlsx").read_bytes()
    assert len(check_signatures(content, legacy=True)) == 1 and look_into(content)["fault"] == "使用了不允许的摘要算法 sha1"


def test_every_signed_file_gets_the_same_verdict_from_the_checking_process():
    for name in ("asice/onefile-ok.asice", "pdf/one-byterange.pdf"):
        assert verify_file(SIGNED / name) == verify(SIGNED / name)
        assert look_at(SIGNED / name) == look(SIGNED / name)


@pytest.mark.parametrize("name", ["asice/onefile-ok.asice", "xlsx/hello-world-signed.xlsx"])
def test_inspect_shows_a_foreign_file(name):
    done = subprocess.run([sys.executable, "-m", "unionclient", "inspect", SIGNED / name], capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == 0 and done.stdout.splitlines()[0] in ("签名容器（不是本程序的报送包）", "Office 文件") and not done.stderr
