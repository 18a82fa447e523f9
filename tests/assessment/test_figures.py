"""Figures by hand: the arithmetic stands beside each case."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from unionclient.assessment import figures
from unionclient.assessment.autoscores import auto_scores
from unionclient.assessment.figures import read_out
from unionclient.assessment.periods import read_period
from unionclient.assessment.targets import Target, read_targets
from unionclient.definition.condition import Condition
from unionclient.definition.faults import UnionClientError
from unionclient.definition.library import builtin_library
from unionclient.store.database import Store

UNIONS = """
    | id | union_type | founded_on | approved_on | employees_at_founding | dissolved_on | status |
    | a  | 01         | 2017-01-01 | 2016-12-20  | 100                   |              | 2      |
    | b  | 01         | 2017-03-31 | 2017-03-20  | 99                    |              | 2      |
    | c  | 01         | 2017-04-01 | 2017-03-30  | 300                   | 2017-11-01   | 5      |
    | d  | 01         | 2016-12-31 | 2016-12-20  | 400                   |              | 2      |
    | e  | 03         | 2017-05-01 | 2017-04-20  | 900                   |              | 2      |
    | f  | 01         | 2018-01-01 | 2017-12-28  | 900                   |              | 2      |
"""


def test_new_unions_are_events_of_the_period_and_of_the_year(street):
    street.fill("union_org", UNIONS)
    year, quarter = street.figures("2017Y"), street.figures("2017Q2")
    assert year["T1-01"].numerator == 3       # a, b, c: c counts though dissolved; d and f are of other years, e is no own union
    assert year["T1-02"].numerator == 2       # a (100 is 百人以上), c; b has 99
    assert (quarter["T1-01"].numerator, quarter["T1-01"].year_to_date) == (1, 3)   # 本期 c; 累计 a, b, c
    assert year["T1-01"].year_to_date == 3
    assert (quarter["T1-02"].numerator, quarter["T1-02"].year_to_date) == (1, 2)


def test_the_founding_date_may_be_read_as_the_approval(street):
    street.fill("union_org", UNIONS)
    street.set("founding_date_rule", "approval")
    found = street.figures("2017Y")["T1-01"]
    assert found.numerator == 3               # b, c, f by approval date; a was approved in 2016
    assert found.reading.startswith("按批复日期计入")


def test_covered_units_are_distinct_and_of_community_unions_only(street):
    street.fill("union_org", UNIONS)
    street.fill("union_coverage", """
        | id | union_id | unit_id | covered_from | covered_to |
        | p  | e        | u1      | 2017-02-01   | 2017-05-01 |
        | q  | e        | u1      | 2017-06-01   |            |
        | r  | e        | u2      | 2017-06-01   |            |
        | s  | a        | u3      | 2017-06-01   |            |
        | t  | e        | u4      | 2016-06-01   |            |
    """)
    assert street.figures("2017Y")["T1-03"].numerator == 2     # u1 (twice), u2; u3 is not community, u4 last year
    assert street.figures("2017Q1")["T1-03"].numerator == 1
    assert street.records("T1-03", "of") == ("union_coverage", ["p", "q", "r"])
    assert street.records("T1-03", "of", "2017H2") == ("union_coverage", [])
    assert street.records("T1-03", "of", "2017H2", cumulative=True) == ("union_coverage", ["p", "q", "r"])


MEMBERS = """
    | id | id_no | join_mode | joined_on  | status |
    | a  | X1    | 1         | 2017-01-05 | 1      |
    | b  | X1    | 1         | 2017-02-05 | 1      |
    | c  | X2    | 2         | 2017-02-05 | 1      |
    | d  | X3    | 1         | 2016-12-31 | 1      |
    | e  | X4    | 1         | 2017-12-31 | 4      |
    | f  |       | 1         | 2017-05-05 | 1      |
"""


def test_new_members_are_distinct_numbers_newly_joined(street):
    street.fill("membership", MEMBERS)
    assert street.figures("2017Y")["T1-04"].numerator == 2    # X1 once, X4; X2 moved in, X3 is of 2016, no number no person
    street.set("new_member_rule", "with_transfers")
    found = street.figures("2017Y")["T1-04"]
    assert found.numerator == 3
    assert "转入" in found.reading


def test_a_rate_is_decided_on_whole_numbers_not_on_its_rounded_percentage(street):
    # 1959/2000 = 97.95 %, which a report in whole tenths would show as 98.0 %; 1959*100 = 195900 < 2000*98 = 196000
    street.connection.executemany("INSERT INTO union_org (id, union_type, founded_on) VALUES (?, '01', '2015-01-01')",
                                  [(f"u{n}",) for n in range(2000)])
    ballot = "INSERT INTO home_ballot (id, union_id, year, held_on, round, valid, eligible) VALUES (?, ?, 2017, '2017-11-01', 1, 2, 3)"
    street.connection.executemany(ballot, [(f"b{n}", f"u{n}") for n in range(1959)])
    goal, period = {"T1-05": Target(Decimal(98))}, street.at("2017Y")

    def now():
        return next(f for f in figures.compute(street.connection, street.library, period, goal) if f.id == "T1-05")

    assert (now().numerator, now().denominator, now().value, now().state) == (1959, 2000, Decimal("97.95"), "below")
    assert now().alarm
    street.connection.execute(ballot, ("last", "u1999"))
    assert (now().value, now().state, now().state_text) == (Decimal("98.00"), "met", "已达标")   # 196000 >= 196000


def test_a_rate_without_denominator_is_a_dash_and_neither_met_nor_missed(street):
    found = street.figures("2017Y")
    for name in ("T1-05", "T1-R1", "T1-R2", "T4-06", "SF-01", "SF-02", "SF-04", "HR-01"):
        assert (found[name].denominator, found[name].value, found[name].value_text) == (0, None, "—"), name
        assert (found[name].state, found[name].state_text, found[name].done_rate) == ("none", "—", None), name


def test_units_with_two_inspections_out_of_those_in_scope(street):
    street.fill("unit", "| id | biz_status | safety_scope |\n| u1 | 1 | 1 |\n| u2 | 1 | 1 |\n| u3 | 1 | 1 |\n| u4 | 1 | 0 |")
    for unit, day in (("u1", "2017-03-01"), ("u1", "2017-09-01"), ("u2", "2017-03-01"), ("u2", "2017-03-11"), ("u4", "2017-03-01")):
        street.fill("safety_inspection", "| unit_id | inspected_on | kind | conclusion | sign_unit | sign_team |\n"
                                         f"| {unit} | {day} | 1 | 1 | 1 | 1 |")
    found = street.figures("2017Y")["T4-06"]
    assert (found.numerator, found.denominator, found.value) == (1, 3, Decimal("33.33"))   # u1 of u1, u2 (10 days apart), u3
    assert found.state == "below"
    assert street.records("T4-06", "of") == ("unit", ["u1"])
    assert street.records("T4-06", "per") == ("unit", ["u1", "u2", "u3"])
    assert street.records("T4-06", "missing") == ("unit", ["u2", "u3"])


def test_membership_rate_divides_persons_by_employees_of_unionised_units(street):
    street.fill("unit", "| id | biz_status |\n| u1 | 1 |\n| u2 | 1 |\n| u3 | 1 |")
    street.fill("union_org", "| id | union_type | unit_id | founded_on |\n| a | 01 | u1 | 2016-01-01 |\n| k | 03 | | 2016-01-01 |")
    street.fill("union_coverage", "| union_id | unit_id | covered_from |\n| k | u2 | 2016-05-01 |")
    street.fill("employee_stat", "| unit_id | as_of | employees |\n| u1 | 2017-01-31 | 5 |\n| u2 | 2017-01-31 | 3 |\n| u3 | 2017-01-31 | 50 |")
    street.fill("membership", MEMBERS)
    found = street.figures("2017Y")["T1-R1"]
    # in the register: a and b (one person), c, d, f = 4; e has left. Employees 5 + 3 = 8; u3 has no union.
    assert (found.numerator, found.denominator, found.value) == (4, 8, Decimal("50.00"))
    assert (found.target, found.state) == (None, "none")
    assert street.records("T1-R1", "of") == ("membership", ["a", "b", "c", "d", "f"])
    assert street.records("T1-R1", "per") == ("unit", ["u1", "u2"])
    assert street.records("T1-R1", "missing") == ("unit", [])


def test_a_rate_above_the_whole_is_refused_with_the_reason(street):
    street.fill("unit", "| id | biz_status |\n| u1 | 1 |")
    street.fill("union_org", "| id | union_type | unit_id | founded_on |\n| a | 01 | u1 | 2016-01-01 |")
    street.fill("employee_stat", "| unit_id | as_of | employees |\n| u1 | 2017-01-31 | 3 |")
    street.fill("membership", MEMBERS)
    found = street.figures("2017Y")["T1-R1"]
    assert (found.numerator, found.denominator, found.value, found.state) == (4, 3, None, "none")
    assert "超过100%" in found.problem
    assert (found.state_text, found.alarm) == ("数据有误", True)


def test_the_worked_hazard_of_the_handbook(street):
    # Found 04-10, due 04-24, rechecked 04-22 and passed at once, closed: on time 1 of 1.
    head = "| found_on | due_on | rechecked_on | recheck_result | rounds | closed_on | status |\n"
    street.fill("hazard", head + "| 2017-04-10 | 2017-04-24 | 2017-04-22 | 1 | | 2017-04-22 | 50 |")
    found = street.figures("2017Q2")
    assert [(found[n].numerator, found[n].denominator) for n in ("SF-01", "SF-02", "SF-04")] == [(1, 1)] * 3
    assert found["SF-03"].numerator == 0
    street.fill("hazard", head + "| 2017-04-10 | 2017-04-24 | 2017-05-02 | 1 | 1 | 2017-05-02 | 50 |")   # late, second recheck
    street.fill("hazard", head + "| 2017-04-10 | 2017-04-24 | | | | | 20 |")                              # overdue
    found = street.figures("2017Q2")
    assert [found[n].value_text for n in ("SF-01", "SF-02", "SF-03", "SF-04")] == ["66.67", "33.33", "1", "50.00"]
    assert found["SF-03"].year_to_date is None      # a stock at the cutoff has no 累计


@pytest.mark.parametrize(("done", "code", "today", "state", "text", "alarm"), [
    (73, "2017Y", "2018-06-01", "met", "已达标", False),
    (72, "2017Y", "2018-06-01", "below", "未达标", True),
    (18, "2017Q1", "2018-06-01", "below", "未到目标，进度正常", False),   # 18/73 = 90/365 exactly: keeps pace
    (17, "2017Q1", "2018-06-01", "behind", "落后于进度", True),
    (18, "2017Y", "2017-03-31", "below", "未到目标，进度正常", False),    # the year's page, looked at on the 90th day
    (17, "2017Y", "2017-03-31", "behind", "落后于进度", True),
    (0, "2017Y", "2016-06-01", "below", "未到目标，进度正常", False),     # the year has not begun
])
def test_a_count_is_behind_when_under_its_share_of_the_year(street, done, code, today, state, text, alarm):
    street.connection.executemany("INSERT INTO union_org (id, union_type, founded_on) VALUES (?, '01', '2017-02-01')",
                                  [(f"u{n}",) for n in range(done)])
    period = street.at(code, today)
    found = figures.compute(street.connection, street.library, period, {"T1-01": Target(Decimal(73))})[0]
    assert (found.id, found.state, found.state_text, found.alarm) == ("T1-01", state, text, alarm)


def test_a_figure_words_its_target_and_done_rate(street):
    street.fill("union_org", UNIONS)
    found = street.figures("2017Y")
    assert (found["T1-01"].target, found["T1-01"].target_text) == (Decimal(39), "≥39 个（建议数）")
    assert found["T1-01"].done_rate == Decimal("7.69")          # 3/39
    assert (found["T1-05"].target_text, found["SF-01"].target_text) == ("≥100%", "—")


def test_readings_show_the_words_of_the_chosen_setting():
    text = "按{rule|a=甲|b=乙}，至少{days|30=30}天"
    assert read_out(text, {}) == "按甲，至少30天"
    assert read_out(text, {"rule": "b", "days": "45"}) == "按乙，至少45天"
    assert read_out("无选项", {"rule": "b"}) == "无选项"


def test_an_unknown_figure_or_side_is_refused_in_chinese(street):
    for figure, side in (("T9-99", "of"), ("T1-01", "all")):
        with pytest.raises(UnionClientError, match="没有指标"):
            street.records(figure, side)


def test_a_count_has_neither_denominator_nor_missing_records(street):
    street.fill("union_org", UNIONS)
    assert street.records("T1-01", "of") == ("union_org", ["a", "b", "c"])
    assert street.records("T1-01", "per") == street.records("T1-01", "missing") == ("union_org", [])


def test_a_reading_of_another_period_is_a_bug_not_a_number(street):
    street.at("2017Q1")
    other = street.at("2017Q2")
    street.at("2017Q1")
    with pytest.raises(ValueError, match="2017Q2"):
        figures.compute(street.connection, street.library, other, {})


def test_all_figures_of_a_population_come_from_one_scan(street):
    period, seen = street.at("2017Q2"), []

    class Counting:
        def execute(self, sql, values=()):
            seen.append(sql)
            return street.connection.execute(sql, values)

    found = figures.compute(Counting(), street.library, period, {})
    used = {i.population for i in street.library.indicators.values()} | {
        i.of_population for i in street.library.indicators.values() if i.of_population}
    assert len(found) == len(street.library.indicators)
    assert sum(" FROM \"" in sql for sql in seen) == len(used)


def test_both_sides_of_a_rate_unfold_to_as_many_records_as_were_counted(street):
    street.fill("union_org", UNIONS)
    street.fill("home_ballot", "| union_id | year | held_on | round | valid | eligible |\n| a | 2017 | 2017-05-01 | 1 | 5 | 6 |")
    found = street.figures("2017Y")["T1-05"]
    of, per, missing = (street.records("T1-05", side)[1] for side in figures.SIDES)
    assert (len(of), len(per)) == (found.numerator, found.denominator) == (1, 4)     # a of a, b, d, e
    assert sorted(of + missing) == per


def test_a_target_to_stay_under_is_met_from_below(street):
    indicator = dataclasses.replace(street.library.indicators["SF-03"], op="<=")
    library = dataclasses.replace(street.library, indicators={"SF-03": indicator})
    street.fill("hazard", "| found_on | due_on | status |\n| 2017-01-01 | 2017-02-01 | 20 |")
    period = street.at("2017Y")
    for goal, state in ((1, "met"), (0, "below")):
        assert figures.compute(street.connection, library, period, {"SF-03": Target(Decimal(goal))})[0].state == state


def test_every_indicator_names_its_source_and_its_conditions_name_facts(street):
    for indicator in street.library.indicators.values():
        assert indicator.source and indicator.reading and indicator.group, indicator.id
        assert isinstance(indicator.of, Condition)
    street.at("2017Y", dt.date.today().isoformat())
    for population in street.library.populations.values():
        cursor = street.connection.execute(f"SELECT * FROM {population.id}")
        assert {c[0] for c in cursor.description} <= set(population.columns), population.id


def test_figures_and_marks_run_on_the_stores_own_sealed_reading(tmp_path):
    library, period = builtin_library(), read_period("2017H1")
    store = Store.create(tmp_path, library)
    try:
        reading = store.reading(period.row(dt.date(2017, 8, 1)))
        goals = read_targets(reading, library, 2017, "110101001")
        found = {f.id: f for f in figures.compute(reading, library, period, goals)}
        assert found["T1-01"].state == "behind"                       # 0 of 40, 181 days gone
        assert figures.records(reading, library, "T4-06", period, "missing") == ("unit", [])
        assert {auto.value for auto in auto_scores(reading, library, library.sheets["HE2017"], "nobody").values()} == {None}
    finally:
        store.close()
