"""Inspection marks: the mean of the members to half a point, or the leader's; nobody scores the own union."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from unionclient.assessment.inspections import ItemMark, TeamMark, round_half, settle
from unionclient.definition.faults import UnionClientError
from unionclient.definition.library import builtin_library

SHEET = builtin_library().sheets["HE2017"]


def marks(item, **by):
    return [TeamMark(member, item, Decimal(mark)) for member, mark in by.items()]


@pytest.mark.parametrize(("given_", "value"), [
    (("3", "3", "2.5", "2"), "2.5"),        # 10.5 / 4 = 2.625
    (("3", "2.5"), "3.0"),                  # 2.75 is a quarter from both: upwards
    (("2", "2.4"), "2.0"),                  # 2.2
    (("2", "2.5"), "2.5"),                  # 2.25: upwards
    (("0", "0", "0.7"), "0.0"),             # 0.233
])
def test_the_mean_is_rounded_to_half_a_point(given_, value):
    found = settle(SHEET, marks("A1", **{f"m{n}": mark for n, mark in enumerate(given_)}))["A1"]
    assert (found.value, len(found.by)) == (Decimal(value), len(given_))


def test_an_item_nobody_scored_stays_open():
    assert settle(SHEET, [])["A1"] == ItemMark(None)


def test_the_leader_decides_where_the_setting_says_so():
    found = settle(SHEET, marks("A1", head="2.2", other="3"), leader="head", reading="leader")
    assert (found["A1"].value, found["A1"].by) == (Decimal("2.2"), ("head",))
    assert settle(SHEET, marks("A1", other="3"), leader="head", reading="leader")["A1"].value is None


def test_marks_of_a_member_of_the_inspected_union_do_not_count():
    found = settle(SHEET, marks("A1", own="3", guest="1"), barred={"own"})["A1"]
    assert (found.value, found.by) == (Decimal(1), ("guest",))


def test_a_mark_outside_the_points_counts_as_the_end():
    assert settle(SHEET, marks("A1", a="9"))["A1"].value == 3
    assert settle(SHEET, marks("A1", a="-1"))["A1"].value == 0


def test_marks_far_apart_are_shown():
    assert not settle(SHEET, marks("A2", a="2", b="4"))["A2"].wide
    assert settle(SHEET, marks("A2", a="1.9", b="4"))["A2"].wide


def test_an_item_of_another_sheet_is_left_out():
    assert "Z9" not in settle(SHEET, marks("Z9", a="1"))


def test_an_unknown_reading_is_refused():
    with pytest.raises(UnionClientError, match="没有"):
        settle(SHEET, [], reading="best")


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_the_result_is_a_half_point_next_to_the_mean_and_between_the_marks(tenths):
    found = settle(SHEET, [TeamMark(f"m{n}", "F3", Decimal(t) / 10) for n, t in enumerate(tenths)])["F3"]
    mean = Fraction(sum(tenths), 10 * len(tenths))
    assert found.value * 2 == int(found.value * 2)
    assert abs(Fraction(found.value) - mean) <= Fraction(1, 4)
    assert 0 <= found.value <= 6


@given(st.fractions(min_value=0, max_value=100))
def test_rounding_goes_up_at_the_quarter(value):
    assert -Fraction(1, 4) < Fraction(round_half(value)) - value <= Fraction(1, 4)
