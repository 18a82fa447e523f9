"""Working days between two days: Monday to Friday, both ends counted."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from unionclient.validation.rules import workdays

MONDAY = dt.date(2017, 9, 4)


@pytest.mark.parametrize(("first", "last", "days"), [
    ("2017-09-04", "2017-09-08", 5), ("2017-09-04", "2017-09-10", 5), ("2017-09-05", "2017-09-11", 5),
    ("2017-09-08", "2017-09-14", 5), ("2017-09-09", "2017-09-10", 0), ("2017-09-04", "2017-09-04", 1), ("2017-09-04", "2017-09-15", 10)])
def test_weekends_do_not_count(first, last, days):
    assert workdays(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == days


@given(st.integers(0, 60), st.integers(0, 400))
def test_counting_at_once_is_counting_one_by_one(start, length):
    first = MONDAY + dt.timedelta(days=start)
    days = [first + dt.timedelta(days=n) for n in range(length + 1)]
    assert workdays(first, days[-1]) == sum(day.weekday() < 5 for day in days)
