"""Dates in every form the offices use; what could mean two days is asked."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from unionclient.definition.dates import read_date, read_datetime, read_month

MARCH_1 = dt.date(2017, 3, 1)


@pytest.mark.parametrize("raw", [
    "2017-03-01", "2017/3/1", "2017.3.1", "2017年3月1日", "２０１７．３．１", "20170301", 20170301, 20170301.0, 42795, 42795.0,
    42795.4, "二〇一七年三月一日", "二○一七年三月一日", dt.date(2017, 3, 1), dt.datetime(2017, 3, 1, 9, 30), "2017-03-01T09:30:00",
    "2017-03-01 00:00:00", " 2017-3-1 ", "2017 年 3 月 1 日", "'2017-03-01", "2017-3.1", "2017年3月1号",
])
def test_all_forms_of_the_handbook_give_the_same_day(raw):
    reading = read_date(raw)
    assert reading.value == MARCH_1 and reading.problem is None


@pytest.mark.parametrize(("raw", "day"), [
    ("二〇一七年十二月二十五日", dt.date(2017, 12, 25)), ("一九九〇年十月廿一日", dt.date(1990, 10, 21)),
    ("25/3/2017", dt.date(2017, 3, 25)), ("3/3/2017", dt.date(2017, 3, 3)), ("2000-02-29", dt.date(2000, 2, 29)),
])
def test_other_sure_dates_are_read(raw, day):
    assert read_date(raw).value == day


def test_a_1904_workbook_counts_its_days_from_1904():
    assert read_date(42795 - 1462, date1904=True).value == MARCH_1


@pytest.mark.parametrize("raw", [None, "", " ", "-", "/", "无", "—", "－", "\u3000"])
def test_the_signs_for_nothing_are_empty(raw):
    for read in (read_date, read_month, read_datetime):
        assert read(raw).value is None and read(raw).problem is None


@pytest.mark.parametrize(("raw", "named"), [
    (2017.3, "2017年3月"), (2017.1, "2017年1月，也可能是2017年10月"), ("2017.1", "2017年10月"), ("2017.3", "2017年3月"),
    (2017.12, "2017年1月2日"), ("17.3.1", "2017年3月1日"), ("3/1/2017", "2017年3月1日，也可能是2017年1月3日"),
    ("2017年3月", "缺少日"), ("201703", "缺少日"), (201703, "缺少日"), ("一九九〇年三月", "1990年3月"), ("2017", "缺少月和日"),
    ("2017年", "缺少月和日"), ("3月1日", "没有写年份"), ("42795", "2017年3月1日"), ("170301", "2017年3月1日"),
    ("17年3月1日", "2017年3月1日"),
])
def test_a_date_that_could_be_several_is_asked(raw, named):
    problem = read_date(raw).problem
    assert problem.kind == "ambiguous" and named in problem.message and problem.mend


@pytest.mark.parametrize("raw", [
    "2017-02-29", "2017-02-30", "2017-13-01", "20171301", "abc", "长期", "至今", "0001-01-01", "9999-12-31", "1899-12-31",
    dt.date(9999, 1, 1), dt.date(1899, 12, 30), True, False, float("nan"), float("inf"), 1e400, 19999, 70000, -1, 0, 0.5,
    3.14, dt.time(9, 0), "2017年3月上旬", "2017-3-1-1", "二〇一七年十十月一日", "99999999", "2017-00-10", [1],
])
def test_what_is_no_date_is_refused(raw):
    reading = read_date(raw)
    assert reading.value is None and reading.problem.kind == "unreadable" and reading.problem.message


@pytest.mark.parametrize("raw", [
    "2017-03", "2017年3月", "201703", 201703, 201703.0, "2017.03", "2017/3", "2017.3", 2017.3, "2017-03-15", MARCH_1,
    dt.datetime(2017, 3, 9), 42795, "二〇一七年三月", "２０１７年３月", "2017年3月份",
])
def test_a_month_is_read_from_a_month_or_a_day(raw):
    assert read_month(raw).value == "2017-03"


@pytest.mark.parametrize(("raw", "kind"), [
    (2017.1, "ambiguous"), ("2017.1", "ambiguous"), ("2017", "ambiguous"), ("17年3月", "ambiguous"), ("2017-13", "unreadable"),
    (201713, "unreadable"), ("abc", "unreadable"), (True, "unreadable"), (float("nan"), "unreadable"), ("1800-01", "unreadable"),
])
def test_a_month_is_not_guessed(raw, kind):
    assert read_month(raw).problem.kind == kind


def test_october_written_out_is_october():
    assert read_month("2017.10").value == "2017-10"


@pytest.mark.parametrize(("raw", "moment"), [
    ("2017-03-01 09:30", (9, 30)), ("2017/3/1 9:30", (9, 30)), ("2017-03-01T09:30:59", (9, 30)), ("2017年3月1日9时30分", (9, 30)),
    ("2017年3月1日 下午2点", (14, 0)), ("2017年3月1日上午9点半", (9, 30)), (dt.datetime(2017, 3, 1, 9, 30, 5), (9, 30)),
    (42795 + 9.5 / 24, (9, 30)), ("2017.3.1 9：30", (9, 30)), ("2017-03-01 09:30:00+08:00", (9, 30)),
])
def test_moments_are_read_to_the_minute(raw, moment):
    assert read_datetime(raw).value == dt.datetime(2017, 3, 1, *moment)


def test_a_day_without_a_time_is_told():
    reading = read_datetime("2017-03-01")
    assert reading.value == dt.datetime(2017, 3, 1) and [n.kind for n in reading.notes] == ["no_time"]


@pytest.mark.parametrize("raw", ["2017-03-01 25:00", "2017-03-01 09:75", "abc", "9:30", dt.datetime(9999, 1, 1)])
def test_a_time_that_does_not_exist_is_refused(raw):
    assert read_datetime(raw).problem.kind == "unreadable"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_back_from_its_written_forms(day):
    for form in ("{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}", "{0:%Y%m%d}"):
        assert read_date(form.format(day)).value == day


@given(st.one_of(st.text(max_size=30), st.text("0123456789./-年月日: 二〇一十", max_size=14), st.floats(), st.integers()))
def test_nothing_typed_breaks_the_reading(raw):
    for read in (read_date, read_month, read_datetime):
        reading = read(raw)
        assert reading.value is None or reading.problem is None
