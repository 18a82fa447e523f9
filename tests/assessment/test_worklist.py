"""Whom a figure lacks: the records of the list and the reason beside each."""

import dataclasses

import pytest

from unionclient.assessment.splits import by_column
from unionclient.assessment.worklist import work_rows
from unionclient.definition.condition import Clause, Condition
from unionclient.definition.ledger import Reason, Worklist
from unionclient.definition.library import read_library
from unionclient.definition.places import root

NO_BALLOT = Reason(Condition((Clause("ballot_valid_in_year", "=", False),)), "没有有效测评")


@pytest.fixture
def town(street):
    street.fill("unit", "| id | name |\n| u1 | 甲 |\n| u2 | 乙 |")
    street.fill("union_org", """
        | id | union_type | founded_on | unit_id |
        | a  | 01         | 2017-01-10 | u1      |
        | b  | 01         | 2017-05-01 | u2      |
    """)
    street.fill("home_ballot", "| id | union_id | year | held_on | valid | eligible |\n| x | a | 2017 | 2017-11-01 | 2 | 3 |")
    return street


def rows(street, figure, *work):
    library = dataclasses.replace(street.library, worklists={w.figure: w for w in work})
    return work_rows(street.connection, library, figure, street.at("2017Y"))


def test_the_missing_ones_of_a_rate_are_listed_with_the_reason(town):
    found = rows(town, "T1-05", Worklist("T1-05", "没有测评的工会", None, None, (NO_BALLOT,)))
    assert (found.title, found.ledger) == ("没有测评的工会", "union_org")
    assert [(t.record, t.unit, t.why) for t in found.rows] == [("b", "u2", "没有有效测评")]


def test_a_figure_without_words_of_its_own_names_itself(town):
    assert [t.why for t in rows(town, "T1-05").rows] == ["还没有计入“会员评家开展率”"]


def test_a_count_lists_whom_the_definition_names(town):
    large = Reason(Condition((Clause("employees", ">=", 100),)), "职工 {employees} 人", ("employees",))
    work = Worklist("T1-01", "", "units", Condition((Clause("is_unionised", "=", False),)), (large,), "职工数没有登记")
    town.fill("unit", "| id | name |\n| u3 | 丙 |\n| u4 | 丁 |")
    town.fill("employee_stat", "| id | unit_id | as_of | employees |\n| s | u3 | 2017-03-01 | 120 |")
    found = rows(town, "T1-01", work)
    assert [(t.record, t.unit, t.why) for t in found.rows] == [("u3", "u3", "职工 120 人"), ("u4", "u4", "职工数没有登记")]


def test_a_count_without_a_list_lacks_nobody(town):
    assert (rows(town, "T1-04").ledger, rows(town, "T1-04").rows) == ("", ())


MISTAKES = [
    ('[worklist.T9-99]\nwhy = []', "没有指标“T9-99”"),
    ('[worklist.T1-01]\nwhy = []', "population"),
    ('[worklist.T1-05]\nwhy = [{ when = [["nothing", "=", 1]], words = "无" }]', "没有列“nothing”"),
    ('[worklist.T1-05]\nwhy = [{ when = [["is_normal", "=", true]], words = "{nobody}" }]', "没有列“nobody”"),
    ('[worklist.T1-05]\nwhy = [{ when = [["is_normal", "=", true]] }]', "缺少“words”"),
    ('[worklist.T1-05]\nwhy = []\nwhere = [["nothing", "=", 1]]', "没有列“nothing”"),
    ('[worklist.T1-05]\nwhy = []\nwhen = 1', "when"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
def test_a_wrong_work_list_is_told_when_the_definitions_are_read(tmp_path, text, told):
    (tmp_path / "work.toml").write_text(text, encoding="utf-8")
    program = tmp_path / "program"
    program.mkdir()
    for path in (root() / "forms").iterdir():
        if path.name != "707_worklists.toml":
            (program / path.name).symlink_to(path)
    (tmp_path / "own").mkdir()
    (tmp_path / "work.toml").rename(tmp_path / "own" / "work.toml")
    _, mistakes = read_library((program, tmp_path / "own"))
    assert any(told in str(m) for m in mistakes if m.file == "work.toml"), [str(m) for m in mistakes]


def test_every_figure_with_a_target_has_a_work_list(street):
    aimed = {name for name, indicator in street.library.indicators.items() if indicator.target is not None}
    assert sorted(aimed - set(street.library.worklists)) == []


def test_every_work_list_and_every_split_can_be_read(street):
    period = street.at("2017Y")
    for figure in street.library.worklists:
        assert work_rows(street.connection, street.library, figure, period).rows == ()
    assert all(parts == () for parts in by_column(street.connection, street.library, period).values())
