"""Marks the ledgers give by themselves, and the words beside them."""

from decimal import Decimal

import pytest

from unionclient.assessment.autoscores import auto_scores, auto_vetoes, mark
from unionclient.definition.library import builtin_library

SHEET = builtin_library().sheets["HE2017"]


def marks(street, code="2017Y"):
    street.at(code)
    return auto_scores(street.connection, street.library, SHEET, "a")


@pytest.fixture
def home(street):
    """Union a in unit u1: 200 employees, 179 members, two inspections, one ballot, no fault."""
    street.fill("unit", "| id | biz_status | safety_scope |\n| u1 | 1 | 1 |")
    street.fill("union_org", "| id | union_type | unit_id | founded_on | term_end | has_audit | has_women |\n"
                             "| a | 01 | u1 | 2015-01-01 | 2018-01-01 | 1 | 1 |")
    street.fill("employee_stat", "| unit_id | as_of | employees |\n| u1 | 2017-01-31 | 200 |")
    street.connection.executemany(
        "INSERT INTO membership (id, id_no, union_id, joined_on, status) VALUES (?, ?, 'a', '2016-01-01', '1')",
        [(f"m{n}", f"X{n}") for n in range(179)])
    for day in ("2017-03-01", "2017-09-01"):
        street.fill("safety_inspection", "| unit_id | inspected_on | kind | conclusion | sign_unit | sign_team |\n"
                                         f"| u1 | {day} | 1 | 1 | 1 | 1 |")
    street.fill("home_ballot", "| union_id | year | round | held_on | eligible | issued | returned | valid | satisfied | basic | unsatisfied | abstain |\n"
                               "| a | 2017 | 1 | 2017-11-01 | 179 | 141 | 137 | 137 | 118 | 10 | 9 | 0 |")
    return street


def test_a_sound_home_gets_its_marks_with_their_grounds(home):
    found = marks(home)
    assert {code: auto.value for code, auto in found.items()} == {
        "A2": 3,      # 179*100 = 17900 < 200*90 = 18000: not yet 90 %, though 89.5 rounds to 90
        "A3": 4, "A4": 3, "C6": 5,
        "C1": 0, "C2": 0, "C3": 0, "D1": 0, "D2": 0, "D3": 0,   # no contract, congress or open management is registered
        "A5": 0, "A6": None, "C4": 0, "C5": 0, "E1": 1, "E2": 0,   # no certificate, chair, mediation, supervision, training or event
        "F2": 4,      # 3*137 = 411 >= 2*179 = 358
        "F3": 6,      # (118+10)*100 = 12800 >= 137*90 = 12330
    }
    assert found["A2"].words == "入会率 89.50%（会员 179 人，职工 200 人）"
    assert found["A4"].words == "台账中没有扣分情形"
    assert "人工核扣" in found["C6"].by_hand


def test_contracts_congress_and_open_management_give_their_marks(home):
    """A general contract not filed (5 - 2), a wage contract by five of eight steps (4 - 3 * 0.5), a congress never filed (5; 2 - 2)."""
    home.fill("collective_contract", """
        | kind | level | unit_id | union_id | signed_on  | valid_from | valid_to   | filed_on   | standard_steps |
        | 1    | 1     | u1      | a        | 2017-02-01 | 2017-02-01 | 2019-01-31 |            |                |
        | 2    | 1     | u1      | a        | 2017-02-01 | 2017-02-01 | 2018-01-31 | 2017-02-05 | 1,4,5,6,7      |
    """)
    home.fill("workers_congress", "| unit_id | level | held_on | delegates | present |\n| u1 | 1 | 2017-01-20 | 30 | 20 |")
    found = marks(home)
    assert {code: found[code].value for code in ("C1", "C2", "C3", "D1", "D2", "D3")} == {
        "C1": 3, "C2": Decimal("2.5"), "C3": 0, "D1": 5, "D2": 0, "D3": 0}
    assert found["C1"].words == "综合集体合同没有报送"


CERT = "| id | union_id | code | issued_on | valid_from | valid_to | legal_rep | status |\n| c1 | a | 81110101MC0000012H | 2016-01-01 | 2016-01-01 | {to} | {name} | 1 |"


@pytest.fixture
def chair(home):
    """The chair 张三, in office, and a finished class of the year."""
    home.fill("person", "| id | name |\n| p1 | 张三 |")
    home.fill("union_cadre", "| union_id | person_id | post | begins_on |\n| a | p1 | 1 | 2015-01-01 |")
    home.fill("training_class", "| id | kind | hours | start_on | end_on |\n| k1 | 5 | 8 | 2017-04-01 | 2017-04-02 |")
    return home


def test_the_certificate_is_in_force_and_names_the_chair(chair):
    home = chair
    assert marks(home)["A5"].value == 0
    home.fill("legal_person_cert", CERT.format(to="2020-12-31", name="李四"))
    assert (marks(home)["A5"].value, marks(home)["A5"].words) == (2, "证书上的法定代表人不是现任主席")
    home.connection.execute("UPDATE legal_person_cert SET legal_rep = '张三'")
    assert marks(home)["A5"].value == 3
    home.connection.execute("UPDATE legal_person_cert SET valid_to = '2017-12-30'")
    assert marks(home)["A5"].value == 0


def test_the_chair_is_trained_and_full_time_from_200_employees(chair):
    home = chair
    assert (marks(home)["A6"].value, marks(home)["A6"].words) == (0, "主席本年没有参加培训；满200人没有专职主席")
    home.fill("training_attendance", "| parent_id | person_id | unit_id | hours_attended |\n| k1 | p1 | u1 | 8 |")
    home.set("trained_share", "60")
    assert marks(home)["A6"].value == 1
    home.connection.execute("UPDATE employee_stat SET employees = 199")
    assert marks(home)["A6"].value == 3


def test_mediation_and_supervision_are_set_up(home):
    home.fill("mediation_org", "| id | level | name | unit_id | founded_on |\n| m1 | 4 | 甲公司调解委员会 | u1 | 2016-01-01 |")
    home.fill("legal_supervision_org", "| id | union_id | founded_on |\n| s1 | a | 2018-01-01 |")
    found = marks(home)
    assert (found["C4"].value, found["C5"].value) == (3, 0)     # the supervision is founded after the cutoff


def test_vetoes_are_proposed_from_several_populations(home):
    home.fill("accident", "| id | unit_id | occurred_at | deaths | serious | minor |\n| x1 | u1 | 2017-06-01 09:00 | 0 | 2 | 5 |")
    home.fill("fee_collection", "| unit_id | period | channel | due | paid |\n| u1 | 2016-12 | 1 | 1000 | 0 |")
    assert vetoes(home) == ()                                   # two serious injuries; a month is not overdue a year yet
    home.connection.execute("UPDATE accident SET serious = 3")
    home.connection.execute("UPDATE fee_collection SET period = '2016-11'")
    assert vetoes(home) == ("V1", "V3")


def vetoes(street):
    street.at("2017Y")
    return auto_vetoes(street.connection, street.library, SHEET, "a")


def test_one_more_member_reaches_the_band(home):
    home.fill("membership", "| id | id_no | union_id | joined_on | status |\n| last | last | a | 2016-01-01 | 1 |")
    assert marks(home)["A2"].value == 4


def test_satisfaction_follows_the_chosen_reading(home):
    home.set("ballot_satisfaction", "strict")
    assert marks(home)["F3"].value == 5          # 118/137 = 86.13 %
    home.set("ballot_satisfaction", "half")
    assert marks(home)["F3"].value == 5          # (2*118+10)/(2*137) = 246/274 = 89.78 %


def test_deductions_name_their_ground_and_stop_at_zero(home):
    home.connection.execute("UPDATE union_org SET has_audit = 0, has_women = NULL, term_end = '2017-06-30'")
    home.connection.execute("DELETE FROM safety_inspection WHERE inspected_on = '2017-09-01'")
    home.fill("safety_inspection", "| id | unit_id | inspected_on | kind |\n| i9 | u1 | 2017-02-01 | 5 |")
    for n in range(4):
        home.fill("hazard", f"| id | parent_id | due_on | status | grade |\n| h{n} | i9 | 2017-02-20 | 20 | 1 |")
    found = marks(home)
    assert (found["A4"].value, found["A4"].words) == (0, "未建立经审组织；未建立女职工组织")   # 3 - 1.5 - 1.5
    assert (found["A3"].value, found["A3"].words) == (0, "本届任期已满未换届")
    assert (found["C6"].value, found["C6"].words) == (0, "有效排查少1次；逾期未整改4处")       # 5 - 2 - 4 < 0


def test_what_cannot_be_computed_is_left_to_the_officer_with_the_reason(street):
    street.fill("union_org", "| id | union_type | founded_on |\n| a | 03 | 2015-01-01 |")
    found = marks(street)
    assert {code for code, auto in found.items() if auto.value is None} == {"A2", "A6", "C6", "D1", "D2", "D3", "E1", "E2", "F2", "F3"}
    assert found["F3"].words == "本年没有会员评家记录"
    assert found["A2"].words == "没有职工人数或会员名册"


def test_a_union_that_is_not_alive_has_no_automatic_marks(home):
    assert {auto.value for auto in marks(home, "2014Y").values()} == {None}


def test_a_joint_union_answers_for_its_covered_units(street):
    street.fill("unit", "| id | biz_status | safety_scope |\n| u1 | 1 | 1 |\n| u2 | 1 | 1 |\n| u3 | 1 | 1 |")
    street.fill("union_org", "| id | union_type | founded_on | has_audit | has_women |\n| a | 03 | 2015-01-01 | 1 | 1 |")
    street.fill("union_coverage", "| union_id | unit_id | covered_from | covered_to |\n| a | u1 | 2016-01-01 | |\n| a | u2 | 2016-01-01 | |\n| a | u3 | 2016-01-01 | 2017-05-01 |")
    street.fill("employee_stat", "| unit_id | as_of | employees |\n| u1 | 2017-01-31 | 4 |\n| u2 | 2017-01-31 | 6 |\n| u3 | 2017-01-31 | 90 |")
    street.fill("membership", "| id_no | union_id | joined_on | status |\n" + "\n".join(f"| X{n} | a | 2016-01-01 | 1 |" for n in range(9)))
    for unit, day in (("u1", "2017-03-01"), ("u1", "2017-09-01"), ("u2", "2017-03-01")):
        street.fill("safety_inspection", f"| unit_id | inspected_on | kind | conclusion | sign_unit | sign_team |\n| {unit} | {day} | 1 | 1 | 1 | 1 |")
    found = marks(street)
    assert (found["A2"].value, found["A2"].words) == (4, "入会率 90.00%（会员 9 人，职工 10 人）")   # u3 has left
    assert (found["C6"].value, found["C6"].words) == (3, "有效排查少1次")                          # its worst unit, u2


def test_the_last_ballot_of_the_year_counts(home):
    home.fill("home_ballot", "| id | union_id | year | round | held_on | eligible | valid | satisfied | basic |\n| again | a | 2017 | 2 | 2017-12-20 | 179 | 179 | 100 | 0 |")
    assert marks(home)["F3"].value == 0          # 100/179 = 55.87 %


def test_the_ledgers_propose_vetoes(home):
    home.connection.execute("UPDATE union_org SET term_end = '2017-06-30'")
    home.fill("hazard", "| parent_id | due_on | status | grade |\n| r1 | 2017-03-20 | 20 | 2 |")
    home.at("2017Y")
    assert auto_vetoes(home.connection, home.library, SHEET, "a") == ("V5", "V7")     # 06-30 + 6 months = 12-30 < 12-31
    home.at("2017H2")
    home.connection.execute("UPDATE union_org SET term_end = '2017-07-01'")
    assert auto_vetoes(home.connection, home.library, SHEET, "a") == ("V5",)


def test_a_large_enterprise_with_neither_congress_nor_contract_is_proposed_for_a_veto(home):
    home.connection.execute("UPDATE unit SET unit_type = '170'")
    home.at("2017Y")
    assert auto_vetoes(home.connection, home.library, SHEET, "a") == ("V4",)
    home.fill("workers_congress", "| unit_id | level | held_on | delegates | present |\n| u1 | 1 | 2017-01-20 | 30 | 20 |")
    assert auto_vetoes(home.connection, home.library, SHEET, "a") == ()


@pytest.mark.parametrize(("valid", "points"), [(67, 4), (66, 2), (50, 2), (49, 0), (0, 0)])
def test_turnout_bands_are_exact_fractions(valid, points):
    assert mark(SHEET.items["F2"], {"valid": valid, "eligible": 100}).value == Decimal(points)   # 66/100 < 2/3 < 67/100
    assert mark(SHEET.items["F2"], {"valid": 2, "eligible": 3}).value == 4
