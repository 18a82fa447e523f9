"""The home evaluation sheet: sums, gates, vetoes, not-applicable items, and what the officer must explain."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from unionclient.assessment.scores import ItemScore, read_items, score, sheet_problems
from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.definition.library import builtin_library

SHEET = builtin_library().sheets["HE2017"]


def full(column="self", **less):
    """Full marks in one column, but for the items given as CODE=mark."""
    return {code: ItemScore(**{column: Decimal(str(less.get(code, item.points)))}, deduct_reason="见记录")
            for code, item in SHEET.items.items()}


def rules(result):
    return [problem.rule for problem in result.problems]


def test_the_sheet_has_29_items_in_six_sections_of_the_stated_points():
    sections = {}
    for item in SHEET.items.values():
        sections[item.section[0]] = sections.get(item.section[0], 0) + item.points
    assert len(SHEET.items) == 29
    assert sections == {"一": 20, "二": 12, "三": 22, "四": 14, "五": 16, "六": 16}
    assert {item.code for item in SHEET.items.values() if item.must} == {"A1", "A3", "B4", "C1", "C6", "D1", "F1"}
    assert list(SHEET.vetoes) == [f"V{n}" for n in range(1, 9)]
    assert sheet_problems(SHEET) == ()


def test_full_marks_are_100_and_model():
    result = score(SHEET, full())
    assert (result.final, result.grade, result.grade_title, result.problems) == (Decimal("100.0"), "model", "模范", ())
    assert result.totals == {"self": Decimal(100), "review": None, "inspect": None}


@pytest.mark.parametrize(("lost", "grade"), [("10", "模范"), ("10.1", "先进"), ("20", "先进"), ("20.1", "合格"), ("30", "合格"), ("30.1", "不合格")])
def test_bands_begin_at_their_number(lost, grade):
    items, left = full(), Decimal(lost)
    for code, item in SHEET.items.items():          # takes the points off item by item, must-haves keep something
        take = min(left, item.points - (Decimal("0.1") if item.must else 0))
        items[code], left = ItemScore(self=item.points - take, deduct_reason="见记录"), left - take
    assert score(SHEET, items).grade_title == grade


def test_the_most_senior_complete_column_counts():
    items = {code: ItemScore(self=i.points, review=i.points - 1, inspect=i.points - Decimal("0.5"), deduct_reason="见记录")
             for code, i in SHEET.items.items()}
    result = score(SHEET, items)
    assert result.totals == {"self": Decimal(100), "review": Decimal(71), "inspect": Decimal("85.5")}   # 100-29, 100-14.5
    assert (result.counted, result.final, result.grade) == ("inspect", Decimal("85.5"), "advanced")
    items = {code: dataclasses.replace(mark, inspect=None) for code, mark in items.items()}
    assert score(SHEET, items).counted == "review"


def test_a_half_filled_column_is_named_and_does_not_count_yet():
    items = full("self")
    items["A1"] = dataclasses.replace(items["A1"], inspect=Decimal(3))
    result = score(SHEET, items)
    assert (result.counted, result.final, rules(result)) == ("self", Decimal("100.0"), ["HE-EMPTY"])
    assert "验家还有 28 项没有打分" in result.problems[0].message and "暂按自评计分" in result.problems[0].message


def test_a_sheet_nobody_finished_has_no_result():
    assert (score(SHEET, {}).final, score(SHEET, {}).grade, score(SHEET, {}).counted) == (None, "", "")
    result = score(SHEET, {"A1": ItemScore(self=Decimal(3))})
    assert (result.final, result.totals["self"]) == (None, Decimal(3))


def test_not_applicable_items_leave_the_sheet_and_the_rest_is_weighed_up():
    items = full(D4=0, E1=1)
    items["D4"] = ItemScore(na=True)                 # 3 points out; (97 - 3) / 97 * 100 = 96.907…
    result = score(SHEET, items)
    assert (result.na_points, result.obtained, result.possible) == (Decimal(3), Decimal(94), Decimal(97))
    assert result.final == Decimal("96.9")


def test_a_sheet_with_nothing_applicable_has_no_result():
    result = score(SHEET, {code: ItemScore(na=True, deduct_reason="新建") for code in SHEET.items})
    assert (result.final, result.na_points, result.problems) == (None, Decimal(100), ())


def test_a_must_have_item_at_zero_caps_the_grade():
    result = score(SHEET, full(B4=0))
    assert (result.final, result.grade_title, result.capped_by) == (Decimal("98.0"), "合格", ("B4",))
    assert score(SHEET, full(B4="0.5")).grade_title == "模范"


def test_the_cap_never_lifts_a_grade():
    items = {code: ItemScore(self=Decimal(0), deduct_reason="见记录") for code in SHEET.items}
    assert (score(SHEET, items).grade, score(SHEET, items).capped_by) == ("failed", ())


def test_a_must_have_item_marked_not_applicable_needs_a_reason():
    items = full() | {"C1": ItemScore(na=True)}
    assert rules(score(SHEET, items)) == ["HE-NA"]
    assert rules(score(SHEET, items | {"C1": ItemScore(na=True, deduct_reason="无企业职工")})) == []


@pytest.mark.parametrize("veto", list(SHEET.vetoes))
def test_any_veto_fails_the_home_whatever_its_points(veto):
    result = score(SHEET, full(), veto=veto)
    assert (result.final, result.grade_title, result.capped_by) == (Decimal("100.0"), "不合格", (veto,))


def test_a_veto_the_sheet_does_not_know_is_a_finding():
    assert rules(score(SHEET, full(), veto="V9")) == ["HE-VETO"]


def test_bonus_is_shown_apart_and_the_result_stays_at_100():
    result = score(SHEET, full(E1=0), bonus=Decimal("2.5"))
    assert (result.base, result.bonus, result.final) == (Decimal("96.0"), Decimal("2.5"), Decimal("98.5"))
    assert score(SHEET, full(E1=0), bonus=Decimal(5)).final == Decimal("100.0")
    over = score(SHEET, full(E1=0), bonus=Decimal(6))
    assert (over.bonus, rules(over)) == (Decimal(5), ["HE-BONUS"])
    assert score(SHEET, full(), bonus=Decimal(-1)).bonus == 0


@pytest.mark.parametrize(("mark", "counts"), [("3.1", "100.0"), ("-1", "97.0")])
def test_X30_a_mark_outside_the_points_is_a_finding_and_counts_as_the_end(mark, counts):
    result = score(SHEET, full(A1=mark))
    assert (rules(result), result.problems[0].level, result.problems[0].item) == (["X30"], Level.BLOCK, "A1")
    assert result.final == Decimal(counts)


def test_a_gap_of_more_than_ten_between_self_and_inspection_is_flagged():
    items = {code: ItemScore(self=i.points, inspect=i.points, deduct_reason="见记录") for code, i in SHEET.items.items()}
    items |= {code: dataclasses.replace(items[code], inspect=Decimal(0)) for code in ("A2", "E1", "B3")[:2]}   # 8 off
    assert (score(SHEET, items).self_inspect_gap, score(SHEET, items).gap_flagged) == (Decimal(8), False)
    items["B4"] = dataclasses.replace(items["B4"], inspect=Decimal(0))                                          # 10 off
    assert not score(SHEET, items).gap_flagged
    items["C5"] = dataclasses.replace(items["C5"], inspect=Decimal("1.9"))                                      # 10.1 off
    assert score(SHEET, items).gap_flagged and "HE-GAP" in rules(score(SHEET, items))


def test_an_empty_column_takes_the_computed_mark_once_the_column_is_begun():
    items = full() | {"A2": ItemScore(auto=Decimal(3))}
    assert (score(SHEET, items).final, rules(score(SHEET, items))) == (Decimal("99.0"), [])
    assert score(SHEET, {"A2": ItemScore(auto=Decimal(3))}).totals["self"] is None


def test_another_mark_than_the_computed_one_needs_a_reason():
    items = full() | {"A2": ItemScore(self=Decimal(4), auto=Decimal(3))}
    assert rules(score(SHEET, items)) == ["HE-AUTO"]
    items["A2"] = ItemScore(self=Decimal(4), auto=Decimal(3), override_reason="新增职工名册已补报")
    assert (rules(score(SHEET, items)), score(SHEET, items).final) == ([], Decimal("100.0"))


def test_a_deduction_needs_a_reason_unless_the_program_made_it():
    assert rules(score(SHEET, full() | {"E3": ItemScore(self=Decimal(2))})) == ["HE-DEDUCT"]
    assert rules(score(SHEET, full() | {"A4": ItemScore(self=Decimal("1.5"), auto=Decimal("1.5"))})) == []


def test_an_item_of_another_sheet_is_a_finding():
    assert rules(score(SHEET, full() | {"Z9": ItemScore(self=Decimal(1))})) == ["X31"]


@pytest.mark.parametrize(("change", "words"), [
    ({"total": Decimal(99)}, "不等于总分 99"),
    ({"bands": ()}, "等级"),
    ({"bands": tuple(reversed(SHEET.bands))}, "从高到低"),
    ({"bands": SHEET.bands[:-1]}, "从 0 分起"),
    ({"options": {"must_cap": "none"}}, "must_cap"),
    ({"options": {"veto_grade": "none"}}, "veto_grade"),
])
def test_a_sheet_that_does_not_add_up_is_refused(change, words):
    broken = dataclasses.replace(SHEET, **change)
    assert any(words in problem for problem in sheet_problems(broken))
    with pytest.raises(UnionClientError, match="有误"):
        score(broken, {})


@pytest.mark.parametrize("auto", [
    {}, {"population": "union_facts"}, {"population": "p", "bands": [["90%", "4"]], "of": "a", "per": "b"},
    {"population": "p", "bands": [["80%", "3"], ["90%", "4"], ["0", "0"]], "of": "a", "per": "b"},
    {"population": "p", "bands": [["90%", "5"], ["0", "0"]], "of": "a", "per": "b"},
    {"population": "p", "bands": [["九成", "4"], ["0", "0"]], "of": "a", "per": "b"},
    {"population": "p", "bands": [["90%", "4"], ["0", "0"]], "of": "a"},
    {"population": "p", "deduct": [["fact", "1"]]}, {"population": "p", "deduct": [["fact", "x", "缺"]]},
    {"population": "p", "deduct": [["fact", "0", "缺"]]}, {"population": "p", "deduct": [], "bands": []},
])
def test_a_wrong_auto_rule_is_found(auto):
    items = dict(SHEET.items) | {"A2": dataclasses.replace(SHEET.items["A2"], auto=auto)}
    assert [p for p in sheet_problems(dataclasses.replace(SHEET, items=items)) if p.startswith("A2 的 auto")]


def test_stored_marks_are_tenths():
    rows = [{"item_code": "A4", "self": 15, "review": None, "inspect": 30, "auto": 15, "na": None, "override_reason": "已补建"}]
    assert read_items(rows) == {"A4": ItemScore(self=Decimal("1.5"), inspect=Decimal(3), auto=Decimal("1.5"), override_reason="已补建")}


# -- properties -------------------------------------------------------------------------------------------------

_marks = st.fixed_dictionaries({code: st.tuples(st.integers(0, int(item.points * 10)), st.booleans())
                                for code, item in SHEET.items.items()})


def _items(marks):
    return {code: ItemScore(self=None if na else Decimal(tenths) / 10, na=na, deduct_reason="见记录") for code, (tenths, na) in marks.items()}


@settings(max_examples=80, deadline=None)
@given(_marks, st.integers(0, 50))
def test_a_result_lies_between_0_and_100_and_is_the_exact_quotient(marks, bonus):
    result = score(SHEET, _items(marks), bonus=Decimal(bonus) / 10)
    possible = sum(SHEET.items[code].points for code, (_, na) in marks.items() if not na)
    if not possible:
        assert result.final is None
        return
    exact = min(Fraction(sum(tenths for tenths, na in marks.values() if not na), 10) / Fraction(possible) * 100 + Fraction(bonus, 10), 100)
    assert 0 <= result.final <= 100
    assert abs(Fraction(result.final) - exact) <= Fraction(1, 20)
    assert result.na_points + result.possible == 100
    assert result.problems == ()


@settings(max_examples=60, deadline=None)
@given(_marks, st.sampled_from(list(SHEET.items)))
def test_a_better_mark_never_lowers_the_result_or_the_grade(marks, code):
    marks = marks | {code: (0, False)}
    order = [band[1] for band in SHEET.bands]
    before = score(SHEET, _items(marks))
    after = score(SHEET, _items(marks | {code: (int(SHEET.items[code].points * 10), False)}))
    assert after.final > before.final
    assert order.index(after.grade) <= order.index(before.grade)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(list(SHEET.items)), max_size=28), st.integers(0, 10))
def test_equal_marks_give_the_same_share_whatever_is_not_applicable(na, tenth):
    items = {code: ItemScore(self=item.points * tenth / 10, na=code in na, deduct_reason="见记录") for code, item in SHEET.items.items()}
    assert score(SHEET, items).base == Decimal(tenth * 10).quantize(Decimal("0.1"))
