"""Packages, PDFs and workbooks of other people: a verdict each, never a traceback."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from unionclient.submission.pades import PdfFault, check_pdf
from unionclient.submission.verify import verify
from unionclient.submission.worker import verify_file

ASICE = ("ASiC-E-CAdES-BpLTA.sce", "asice-path.asice", "cades-invalid-digest-algo.asics", "emptyCertStore.asice",
         "multifiles-ok.asice", "onefile-ok.asice", "pt-empty.asice", "removed-doc.asice")
PDF = ("minimal-signed-twice-both-created.pdf", "one-byterange.pdf", "tail-uncovered.pdf")


@pytest.fixture
def signed(shared) -> Path:
    folder = shared / "corpora" / "signed"
    if not folder.is_dir():
        pytest.skip("the corpus of signed files beside the project is not here")
    return folder


@pytest.mark.parametrize("name", ASICE)
def test_a_container_of_another_program_is_refused_with_a_reason(signed, name):
    verdict = verify(signed / "asice" / name)
    assert (verdict.valid, verdict.exit_code, verdict.manifest) == (False, 1, None) and verdict.message


@pytest.mark.parametrize("name", PDF)
def test_a_pdf_is_no_package(signed, name):
    verdict = verify(signed / "pdf" / name)
    assert verdict.exit_code == 2 and "不是报送包" in verdict.message


@pytest.mark.parametrize("name", PDF)
def test_an_odd_signed_pdf_is_refused_with_a_reason(signed, name):
    with pytest.raises(PdfFault):
        check_pdf((signed / "pdf" / name).read_bytes(), moment=datetime(2022, 1, 1, tzinfo=UTC))


def test_a_signed_workbook_is_no_package(signed):
    for path in sorted((signed / "xlsx").iterdir()):
        assert verify(path).exit_code == 1


def test_every_signed_file_gets_a_verdict_from_the_checking_process_too(signed):
    for path in (signed / "asice" / ASICE[4], signed / "pdf" / PDF[0]):
        assert verify_file(path) == verify(path)
