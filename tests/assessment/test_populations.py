"""The facts of `sets.sql`, each with the trap it is there for."""

import pytest

from unionclient.definition.formats import FORMATS


def _visits(street, *days, **other):
    """Valid inspections of unit u1 at the given dates; `other` overrides columns."""
    row = {"unit_id": "u1", "kind": "1", "conclusion": "1", "sign_unit": "1", "sign_team": "1", **other}
    for day in days:
        street.fill("safety_inspection", f"| inspected_on | {' | '.join(row)} |\n| {day} | {' | '.join(row.values())} |")


def _unit(street, more=""):
    street.fill("unit", "| id | name | biz_status | safety_scope |\n| u1 | 甲公司 | 1 | 1 |" + more)


def _valid(street, code="2017Y"):
    return street.facts("safety_units", code)["u1"]["inspections_valid"]


def test_three_inspections_at_days_0_20_40_are_two_valid_ones(street):
    _unit(street)
    _visits(street, "2017-03-01", "2017-03-21", "2017-04-10")  # day 20 is too near to day 0, day 40 is not
    assert _valid(street) == 2


@pytest.mark.parametrize(("days", "count"), [
    (("2017-03-01", "2017-03-31"), 2),                              # 30 days apart is enough
    (("2017-03-01", "2017-03-30"), 1),                              # 29 days is not
    (("2017-03-01", "2017-03-01"), 1),                              # twice on one day
    (("2017-04-10", "2017-03-01", "2017-03-21"), 2),                # typed out of order
    (("2017-01-01", "2017-01-29", "2017-02-26", "2017-03-26"), 2),  # 28 days each: 0 and 56 count, 84 is 28 after 56
    (("2016-12-31", "2017-01-02"), 1),                              # last year's does not count, nor hold the next back
])
def test_valid_inspections_are_taken_greedily_by_date(street, days, count):
    _unit(street)
    _visits(street, *days)
    assert _valid(street) == count


@pytest.mark.parametrize("column, value", [("kind", "5"), ("conclusion", ""), ("sign_unit", "0"), ("sign_team", "")])
def test_an_inspection_lacking_something_does_not_count(street, column, value):
    _unit(street)
    _visits(street, "2017-03-01", **{column: value})
    assert _valid(street) == 0


def test_one_units_inspections_do_not_hold_back_another(street):
    _unit(street, "\n| u2 | 乙公司 | 1 | 1 |")
    _visits(street, "2017-03-01")
    _visits(street, "2017-03-02", unit_id="u2")
    facts = street.facts("safety_units")
    assert (facts["u1"]["inspections_valid"], facts["u2"]["inspections_valid"]) == (1, 1)


def test_the_gap_between_inspections_is_a_setting(street):
    _unit(street)
    _visits(street, "2017-03-01", "2017-03-21", "2017-04-10")
    street.set("min_gap_days", "20")
    assert _valid(street) == 3


def test_inspections_after_the_cutoff_wait_for_the_next_report(street):
    _unit(street)
    _visits(street, "2017-03-01", "2017-05-01")
    assert _valid(street, "2017Q1") == 1


def test_a_closed_unit_leaves_the_scope_from_its_date(street):
    street.fill("unit", """
        | id | name | biz_status | status_from | safety_scope |
        | a  | 甲   | 1          |             | 1            |
        | b  | 乙   | 3          | 2017-05-31  | 1            |
        | c  | 丙   | 4          | 2018-02-01  | 1            |
        | d  | 丁   | 1          |             | 0            |
        | e  | 戊   | 2          | 2017-01-01  | 1            |
        | f  | 己   | 1          |             |              |
    """)
    assert {k: v["in_scope"] for k, v in street.facts("safety_units").items()} == {"a": 1, "b": 0, "c": 1, "d": 0, "e": 1, "f": 0}
    assert street.facts("safety_units", "2017Q1")["b"]["in_scope"] == 1


def test_headcount_is_the_newest_snapshot_by_the_cutoff(street):
    _unit(street)
    street.fill("employee_stat", """
        | unit_id | as_of      | employees |
        | u1      | 2016-12-31 | 90        |
        | u1      | 2017-06-30 | 110       |
        | u1      | 2018-01-31 | 500       |
    """)
    assert street.facts("units", "2017Y")["u1"]["employees"] == 110
    assert street.facts("units", "2017Q1")["u1"]["employees"] == 90


def test_a_union_is_normal_between_founding_and_dissolution(street):
    street.fill("union_org", """
        | id | union_type | founded_on | dissolved_on | status |
        | a  | 01         | 2015-01-01 |              | 2      |
        | b  | 01         | 2015-01-01 | 2017-12-31   | 5      |
        | c  | 01         | 2015-01-01 | 2018-03-01   | 5      |
        | d  | 01         | 2018-01-01 |              | 2      |
        | e  | 01         | 2015-01-01 |              | 3      |
        | f  | 01         | 2017-01-01 |              | 1      |
        | g  | 01         | 2015-01-01 |              | 5      |
    """)
    assert {k for k, v in street.facts("unions").items() if v["is_normal"]} == {"a", "c", "e"}


@pytest.mark.parametrize(("valid", "eligible", "setting", "holds"), [
    (66, 99, None, 1),     # 3*66 = 198 >= 2*99 = 198
    (66, 100, None, 0),    # 198 < 200
    (0, 0, None, 0),       # nobody eligible is no ballot
    (30, 100, "30%", 1),   # 100*30 >= 30*100
    (29, 100, "30%", 0),
    (50, 100, "1/2", 1),
])
def test_a_ballot_is_valid_by_whole_numbers(street, valid, eligible, setting, holds):
    if setting:
        street.set("ballot_turnout", setting)
    street.fill("union_org", "| id | union_type | founded_on |\n| a | 01 | 2015-01-01 |")
    street.fill("home_ballot", f"| union_id | year | held_on | round | valid | eligible |\n| a | 2017 | 2017-11-02 | 1 | {valid} | {eligible} |")
    assert street.facts("unions")["a"]["ballot_valid_in_year"] == holds


def test_a_ballot_of_another_year_or_after_the_cutoff_does_not_count(street):
    street.fill("union_org", "| id | union_type | founded_on |\n| a | 01 | 2015-01-01 |")
    street.fill("home_ballot", "| union_id | year | held_on | round | valid | eligible |\n| a | 2017 | 2017-11-02 | 1 | 9 | 9 |")
    assert street.facts("unions", "2017Y")["a"]["ballot_valid_in_year"] == 1
    assert street.facts("unions", "2017H1")["a"]["ballot_valid_in_year"] == 0
    assert street.facts("unions", "2018Y")["a"]["ballot_valid_in_year"] == 0


MEMBER = "| id | name | id_type | id_no | gender | birth_date | ethnicity | phone | union_id | joined_on | join_mode | status |"


def test_a_member_who_left_after_the_cutoff_was_still_in(street):
    street.fill("membership", """
        | id | id_no | joined_on  | status |
        | a  | 1     | 2016-01-01 | 1      |
        | b  | 2     | 2016-01-01 | 3      |
        | c  | 3     | 2016-01-01 | 3      |
        | d  | 4     | 2018-01-01 | 1      |
        | e  | 5     | 2016-01-01 | 2      |
    """)
    street.fill("membership_event", """
        | parent_id | event | happened_on |
        | b         | 2     | 2017-06-01  |
        | c         | 2     | 2018-02-01  |
    """)
    assert {k for k, v in street.facts("members").items() if v["in_register"]} == {"a", "c"}


def test_only_sound_single_complete_members_are_qualified(street):
    good, bad = "11010519491231002X", "110105194912310021"   # the printed sample of GB 11643, and its check digit wrong
    street.fill("membership", f"""
        {MEMBER}
        | a | 张一 | 1 | {good}    | 2 | 1949-12-31 | 01 | 13800138000 | x | 2017-01-01 | 1 | 1 |
        | b | 张二 | 1 | {bad}     | 2 | 1949-12-31 | 01 | 13800138000 | x | 2017-01-01 | 1 | 1 |
        | c | 张三 | 5 | E12345678 | 1 | 1980-01-01 | 01 |             | x | 2017-01-01 | 1 | 1 |
        | d | 张四 | 5 | E1        | 1 | 1980-01-01 | 01 | 13800138000 | x | 2017-01-01 | 1 | 1 |
        | e | 张五 | 5 | E2        | 1 | 1980-01-01 | 01 | 13800138000 | x | 2017-01-01 | 1 | 1 |
        | f | 张五 | 5 | E2        | 1 | 1980-01-01 | 01 | 13800138000 | y | 2017-01-01 | 1 | 1 |
    """)
    facts = street.facts("members")
    assert {k for k, v in facts.items() if v["is_qualified"]} == {"a", "d"}
    assert {k for k, v in facts.items() if v["persons"]} == {"a", "b", "c", "d", "e"}  # E2 is one person


def test_a_number_that_belies_gender_or_birth_is_not_qualified(street):
    good = "11010519491231002X"   # a woman born 1949-12-31
    for n, (gender, birth) in enumerate([("1", "1949-12-31"), ("2", "1949-12-30")]):
        street.connection.execute("DELETE FROM membership")
        street.fill("membership", f"{MEMBER}\n| m{n} | 张一 | 1 | {good} | {gender} | {birth} | 01 | 13800138000 | x | 2017-01-01 | 1 | 1 |")
        assert street.facts("members")[f"m{n}"]["is_qualified"] == 0


def test_a_hazard_is_overdue_until_it_is_closed_or_mended_on_the_spot(street):
    street.fill("hazard", """
        | id | found_on   | due_on     | closed_on  | status |
        | a  | 2017-03-01 | 2017-03-20 | 2017-03-20 | 50     |
        | b  | 2017-03-01 | 2017-03-20 | 2017-03-21 | 50     |
        | c  | 2017-03-01 | 2017-03-20 |            | 20     |
        | d  | 2017-03-01 | 2017-03-31 |            | 20     |
        | e  | 2017-03-01 | 2017-03-20 | 2017-05-01 | 50     |
        | f  | 2017-03-01 | 2017-03-20 |            | 60     |
        | g  | 2017-05-01 | 2017-05-20 |            | 10     |
    """)
    facts = street.facts("hazards", "2017Q1")
    assert set(facts) == {"a", "b", "c", "d", "e", "f"}          # g was found after the cutoff
    assert {k for k, v in facts.items() if v["overdue"]} == {"c", "e"}   # d is due on the cutoff day itself
    assert {k for k, v in facts.items() if v["closed"]} == {"a", "b"}
    assert {k for k, v in facts.items() if v["closed_on_time"]} == {"a"}


def test_a_hotline_report_is_on_time_by_its_limit_or_a_week(street):
    street.fill("hotline_report", """
        | id | received_at      | due_on     | replied_on | status |
        | a  | 2017-03-01 09:30 | 2017-03-10 | 2017-03-10 | 4      |
        | b  | 2017-03-01 09:30 | 2017-03-10 | 2017-03-11 | 5      |
        | c  | 2017-03-01 09:30 |            | 2017-03-08 | 4      |
        | d  | 2017-03-01 09:30 |            | 2017-03-09 | 4      |
        | e  | 2017-03-01 09:30 | 2017-03-10 | 2017-03-05 | 3      |
        | f  | 2017-03-31 09:30 |            |            | 1      |
    """)
    facts = street.facts("hotline", "2017Q1")
    assert {k for k, v in facts.items() if v["on_time"]} == {"a", "c"}
    assert {k for k, v in facts.items() if v["is_due"]} == {"a", "b", "c", "d", "e"}


def test_the_check_digit_in_SQL_agrees_with_the_format(street):
    bodies = [f"{region}010519{year}{month:02}15{serial:03}" for region, year, month, serial in
              [("11", 60 + n % 39, 1 + n % 12, (37 * n + 2) % 1000) for n in range(60)] + [("99", 70, 5, 2), ("83", 70, 5, 4)]]
    numbers = [body + last for body in bodies for last in "0123456789X"]
    rows = [(f"m{n}", number, "2" if int(number[16]) % 2 == 0 else "1", f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
            for n, number in enumerate(numbers)]
    street.connection.executemany(
        "INSERT INTO membership (id, id_no, gender, birth_date, id_type, name, ethnicity, phone, unit_id, joined_on, status)"
        " VALUES (?, ?, ?, ?, '1', '甲', '01', '13800138000', 'u', '2017-01-01', '1')", rows)
    qualified = {facts["id_no"] for facts in street.facts("members").values() if facts["is_qualified"]}
    assert qualified == {number for number in numbers if FORMATS["resident_id"].check(number) is None}
    assert len(qualified) == 61


def test_a_union_that_is_dissolved_or_moved_away_covers_nobody(street):
    street.fill("unit", "| id |\n| u1 |\n| u2 |\n| u3 |")
    street.fill("union_org", """
        | id | union_type | founded_on | dissolved_on | moved_out_on | status |
        | a  | 03         | 2015-01-01 |              |              | 2      |
        | b  | 03         | 2015-01-01 | 2017-06-30   |              | 5      |
        | c  | 03         | 2015-01-01 |              | 2017-06-30   | 2      |
    """)
    street.fill("union_coverage", """
        | id | union_id | unit_id | covered_from |
        | p  | a        | u1      | 2016-01-01   |
        | q  | b        | u2      | 2016-01-01   |
        | r  | c        | u3      | 2016-01-01   |
    """)
    assert {unit for unit, facts in street.facts("units").items() if facts["is_unionised"]} == {"u1"}
    assert {unit for unit, facts in street.facts("units", "2017Q1").items() if facts["is_unionised"]} == {"u1", "u2", "u3"}
