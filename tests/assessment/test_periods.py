"""Period codes and the days they stand for."""

import datetime as dt

import pytest

from unionclient.assessment.periods import PeriodError, read_period

PERIODS = """
    | code    | begins     | ends       | label          |
    | 2017M03 | 2017-03-01 | 2017-03-31 | 2017年3月      |
    | 2017M12 | 2017-12-01 | 2017-12-31 | 2017年12月     |
    | 2016M02 | 2016-02-01 | 2016-02-29 | 2016年2月      |
    | 2017Q1  | 2017-01-01 | 2017-03-31 | 2017年第1季度  |
    | 2017Q4  | 2017-10-01 | 2017-12-31 | 2017年第4季度  |
    | 2017H1  | 2017-01-01 | 2017-06-30 | 2017年上半年   |
    | 2017H2  | 2017-07-01 | 2017-12-31 | 2017年下半年   |
    | 2017Y   | 2017-01-01 | 2017-12-31 | 2017年         |
"""


def _rows(table):
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()[1:]]


@pytest.mark.parametrize(("code", "begins", "ends", "label"), _rows(PERIODS))
def test_a_code_stands_for_its_days(code, begins, ends, label):
    period = read_period(code)
    assert (period.code, period.begins.isoformat(), period.ends.isoformat(), period.label) == (code, begins, ends, label)
    assert period.cutoff == period.ends
    assert period.year_begins.isoformat() == f"{code[:4]}-01-01"


@pytest.mark.parametrize(("typed", "code"), [("2017q3", "2017Q3"), (" ２０１７Ｙ ", "2017Y"), ("2017M3", "2017M03")])
def test_a_code_may_be_typed_loosely(typed, code):
    assert read_period(typed).code == code


@pytest.mark.parametrize("typed", ["", "2017", "2017Q5", "2017M13", "2017M00", "2017H3", "17Q1", "2017年", "2017Y1", "0017Y"])
def test_another_code_is_refused_in_chinese(typed):
    with pytest.raises(PeriodError) as error:
        read_period(typed)
    assert "不是统计期代码" in error.value.what
    assert "2017Q1" in error.value.todo


def test_a_cutoff_lies_inside_its_period():
    assert read_period("2017Y", dt.date(2017, 11, 30)).cutoff == dt.date(2017, 11, 30)
    with pytest.raises(PeriodError, match="2018-01-01"):
        read_period("2017Y", dt.date(2018, 1, 1))
    with pytest.raises(PeriodError):
        read_period("2017Q2", dt.date(2017, 3, 31))


def test_the_row_for_definition_sql_is_iso_text():
    assert read_period("2017Q2").row(dt.date(2017, 5, 4)) == {
        "begins": "2017-04-01", "ends": "2017-06-30", "cutoff": "2017-06-30", "year": 2017,
        "year_begins": "2017-01-01", "today": "2017-05-04"}
