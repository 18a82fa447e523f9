"""The district's report: workbook and PDF say what the figures say, and come out the same again."""

import io
import random
import shutil
import subprocess

import pytest
from district.town import accepted
from openpyxl import load_workbook

from unionclient.definition.faults import SubmissionError
from unionclient.definition.library import builtin_library


@pytest.fixture
def reported(town, tmp_path):
    district, one, two = town
    library, dice = builtin_library(), random.Random(7)
    for street in (one, two):
        for period in ("2017Q2", "2017Q3"):
            figures = {i.id: (dice.randint(0, 40), 50, 60) if i.per is not None else (dice.randint(0, 40), None, 60) for i in library.indicators.values()}
            accepted(district, street.pack(period, figures=figures))
    district.consolidate()
    return district, district.report("2017Q3", tmp_path / "out")


def test_the_workbook_holds_the_sums_and_every_part(reported):
    district, made = reported
    book = load_workbook(io.BytesIO(made.workbook.read_bytes()))
    assert book.sheetnames == ["全区指标", "街道对比", "明细", "报送情况", "跨街道核对"]
    rows = {row[0]: row for row in book["全区指标"].iter_rows(min_row=3, values_only=True)}
    for each in district.figures("2017Q3"):
        row = rows[each.figure.id]
        assert (row[3], row[4], row[13]) == (each.figure.numerator, each.figure.denominator, 2)
    parts = list(book["明细"].iter_rows(min_row=3, values_only=True))
    assert sum(row[4] for row in parts if row[0] == "T1-01") == rows["T1-01"][3]
    assert sum(row[2] == "没有报送" for row in book["报送情况"].iter_rows(min_row=3, values_only=True)) == 15


def test_the_same_packages_give_the_same_report(reported, tmp_path):
    district, made = reported
    district.consolidate(rebuild=True)
    again = district.report("2017Q3", tmp_path / "again")
    assert again.workbook.read_bytes() == made.workbook.read_bytes()
    assert again.pdf.read_bytes() == made.pdf.read_bytes()


def test_the_pdf_names_every_figure_and_street(reported):
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed")
    told = subprocess.run([tool, "-raw", str(reported[1].pdf), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    assert "东花市" in told and "没有报送的 15 个" in told
    assert all(indicator in told for indicator in ("T1-01", "T2-01", "T5-07"))


def test_a_period_without_packages_has_no_report(town):
    with pytest.raises(SubmissionError, match="还没有汇总"):
        town[0].report("2016Y")
