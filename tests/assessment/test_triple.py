"""The street's yearly score: items from figures by count, rate and state, exact to the mark."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import read_period
from unionclient.assessment.triple import add_up, compute, share_of_points, triple_problems
from unionclient.definition.library import builtin_library
from unionclient.assessment.shares import percent

LIBRARY = builtin_library()
SHEET = LIBRARY.sheets["SL2017"]
YEAR = read_period("2017Y")


def count(name, done, target):
    goal = None if target is None else Decimal(target)
    return Figure(name, name, "", "C", "个", done, None, Decimal(done), done, goal, f"≥{target} 个", False, None, "none", False, "", YEAR)


def rate(name, done, base, target="98"):
    goal = None if target is None else Decimal(target)
    return Figure(name, name, "", "R", "%", done, base, percent(done, base), None, goal, f"≥{target}%", False, None, "none", False, "", YEAR)


def mark(code, *figures):
    return compute(SHEET, {f.id: f for f in figures})[code]


def test_the_twenty_items_sum_to_a_hundred():
    assert len(SHEET.items) == 20 and sum(item.points for item in SHEET.items.values()) == 100
    assert [SHEET.items[f"SL{n:02}"].points for n in range(1, 21)] == [10, 6, 8, 10, 5, 5, 6, 5, 4, 6, 4, 3, 4, 3, 4, 4, 5, 4, 2, 2]


def test_every_figure_of_the_sheet_exists():
    assert triple_problems(SHEET, LIBRARY.indicators) == ()


@pytest.mark.parametrize(("done", "points"), [(0, "0.00"), (20, "5.00"), (23, "5.75"), (40, "10.00"), (55, "10.00")])
def test_a_count_earns_in_proportion_and_never_more_than_all(done, points):
    assert mark("SL01", count("T1-01", done, 40)).value == Decimal(points)


@pytest.mark.parametrize(("done", "points"), [
    (98, "6.00"), (97, "5.69"),             # 97/98: (0.98980 - 0.8) / 0.2 * 6 = 5.6939
    (784, "0.00"), (785, "0.03")])          # 78.4 of 98 is the floor itself; 78.5: 0.0306
def test_a_rate_earns_from_the_floor_to_the_target(done, points):
    base = 100 if done < 100 else 1000
    assert mark("SL07", rate("T2-01", done, base)).value == Decimal(points)


def test_a_state_is_all_or_nothing():
    assert mark("SL20", rate("T5-07", 30, 30, "100")).value == 2
    assert mark("SL20", rate("T5-07", 29, 30, "100")).value == 0


def test_the_sheet_may_name_a_target_the_figure_has_not():
    found = mark("SL06", rate("OW-L15-1", 9, 10, None))
    assert (found.value, found.target_text) == (Decimal("2.50"), "≥100%")       # (0.9 - 0.8) / 0.2 * 5


def test_two_figures_count_half_each_and_one_without_a_base_leaves_its_half():
    both = (rate("T5-04", 30, 100, "30"), rate("T5-05", 56, 100, "70"))         # full; 56 of 70 is the floor
    assert mark("SL18", *both).value == Decimal("2.00")
    found = mark("SL18", both[0], rate("T5-05", 0, 0, "70"))
    assert (found.value, found.words) == (Decimal("4.00"), "其中一项没有可计算的对象")


def test_nothing_to_divide_by_is_not_applicable_and_not_naught():
    found = mark("SL07", rate("T2-01", 0, 0))
    assert (found.value, found.na, found.done_text) == (None, True, "—")


def test_without_a_target_or_a_figure_the_item_is_scored_by_hand():
    assert (mark("SL01", count("T1-01", 5, None)).value, mark("SL01", count("T1-01", 5, None)).words) == (None, "没有下达目标数")
    assert mark("SL01").words == "没有指标 T1-01，请按材料打分"


def test_a_rate_above_a_hundred_is_not_scored():
    broken = dataclasses.replace(rate("T2-01", 101, 100), problem="分子大于分母")
    assert mark("SL07", broken).value is None


@pytest.mark.parametrize("auto", [{}, {"figures": []}, {"figures": "T1-01", "method": "count"}, {"figures": ["T9-99"], "method": "count"},
                                  {"figures": ["T1-01"], "method": "best"}, {"figures": ["T1-01"], "method": "rate", "floor": "100%"},
                                  {"figures": ["T1-01"], "method": "rate", "floor": "八成"}, {"figures": ["T1-01"], "method": "rate", "target": "0"},
                                  {"figures": ["T1-01"], "method": "rate", "weight": "3"}])
def test_a_wrong_item_is_found(auto):
    items = dict(SHEET.items) | {"SL01": dataclasses.replace(SHEET.items["SL01"], auto=auto)}
    assert [p for p in triple_problems(dataclasses.replace(SHEET, items=items), LIBRARY.indicators) if p.startswith("SL01")]


def test_totals_take_the_open_items_from_the_column_before():
    rows = {"SL01": {"auto": 500, "self": 600}, "SL02": {"auto": 300}, "SL03": {"verified": 700}}
    total = add_up(SHEET, rows)
    assert (total.auto, total.self, total.verified) == (Decimal("8.00"), Decimal("9.00"), Decimal("16.00"))
    assert add_up(SHEET, {}).self is None and add_up(SHEET, {}).scaled is None


def test_items_with_nothing_to_divide_by_are_weighed_out():
    total = add_up(SHEET, {"SL01": {"auto": 1000}}, frozenset({"SL20", "SL19"}))
    assert (total.na_points, total.scaled) == (Decimal(4), Decimal("10.42"))     # 10 / 96
    assert add_up(SHEET, {"SL20": {"self": 200}}, frozenset({"SL20"})).na_points == 0


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 400), st.integers(1, 300), st.sampled_from(["count", "rate", "state"]))
def test_more_done_never_earns_less_and_never_more_than_all(done, target, method):
    here, there = (share_of_points(Fraction(n, target), method) for n in (done, done + 1))
    assert 0 <= here <= there <= 1
    assert (here == 1) == (done >= target)
