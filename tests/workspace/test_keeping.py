"""Figures are held against the packages they were signed in: X27, X39, X40."""

import datetime as dt

import pytest

from unionclient.assessment.periods import read_period
from unionclient.store import driver
from unionclient.store.database import DATABASE
from unionclient.workspace import Edit, Workspace, keeping


def found(issues, rule):
    return [issue for issue in issues if issue.rule == rule]


@pytest.fixture
def founded(workspace):
    """Two unions founded in the first quarter of 2017; their ids."""
    workspace.save("unit", [Edit(None, {"name": name}) for name in ("北京甲公司", "北京乙公司")])
    made = workspace.save("union_org", [Edit(None, {"unit_id": name, "union_type": "01", "founded_on": "2017-02-01", "status": "2"})
                                        for name in ("北京甲公司", "北京乙公司")])
    return made.ledgers["union_org"][0]


def sign(workspace, code, seq):
    """Stands in for a submission: what it leaves in the store."""
    store = workspace._store
    with store.transaction():
        store.connection.execute("INSERT INTO submission VALUES (?, ?, ?, '', '', NULL, '', '', '', 'packed')", (f"p{seq}", seq, code))
        keeping.keep(store, f"p{seq}", workspace.figures(code))


def test_a_ledger_that_still_says_the_same_is_no_finding(workspace, founded):
    sign(workspace, "2017Q1", 1)
    workspace.save("union_org", [Edit(None, {"unit_id": "北京甲公司", "union_type": "01", "founded_on": "2017-05-01"})])
    assert list(keeping.figure_issues(workspace._store)) == []


def test_X39_a_change_before_the_cut_off_of_a_package_blocks(workspace, founded):
    sign(workspace, "2017Q1", 1)
    workspace.save("union_org", [Edit(founded[0], {"founded_on": "2017-04-02"})])
    told = found(keeping.figure_issues(workspace._store), "X39")
    assert [(i.level, i.ledger) for i in told if "独立建会单位新增" in i.message and "百人" not in i.message] == [("block", "union_org")]
    assert any("第 1 号报送包里是 本期 2、累计 2，现在同一截止日是 本期 1、累计 1" in i.message for i in told)


def test_X39_names_a_reading_that_was_changed_since(workspace, founded):
    sign(workspace, "2017Q1", 1)
    workspace.set_setting("founding_date_rule", "approval")
    assert any("统计口径也变了" in i.message for i in found(keeping.figure_issues(workspace._store), "X39"))


def test_X39_a_new_package_of_the_same_period_takes_its_place(workspace, founded):
    sign(workspace, "2017Q1", 1)
    workspace.save("union_org", [Edit(founded[0], {"founded_on": "2017-04-02"})])
    assert found(keeping.figure_issues(workspace._store, read_period("2017Q2")), "X39")
    assert not found(keeping.figure_issues(workspace._store, read_period("2017Q1")), "X39")   # this package is about to replace it
    sign(workspace, "2017Q1", 2)
    assert not found(keeping.figure_issues(workspace._store), "X39")


def test_X39_asks_for_words_while_the_package_cannot_be_amended(workspace, founded):
    sign(workspace, "2017Q1", 1)
    workspace._store.connection.execute("UPDATE submission SET state = 'sent'")
    workspace.save("union_org", [Edit(founded[0], {"founded_on": "2017-04-02"})])
    assert {i.level for i in found(keeping.figure_issues(workspace._store), "X39")} == {"explain"}


def test_a_submission_keeps_its_figures(workspace, tmp_path):
    done = workspace.submit("2017Q1", tmp_path, lambda new: "测试用口令一二三", zero_note="本期没有发生这项工作")
    kept = keeping.packages(workspace._store)
    assert [(p.seq, p.period.code) for p in kept] == [(done.seq, "2017Q1")]
    assert set(kept[0].figures) == set(workspace.library.indicators)


def test_X40_what_was_counted_since_new_year_must_not_become_less(workspace, founded):
    sign(workspace, "2017Q1", 1)
    workspace.retire("union_org", [founded[0]], "重复登记")
    told = found(keeping.figure_issues(workspace._store), "X40")
    assert [(i.level, i.message) for i in told if "独立建会单位新增" in i.message and "百人" not in i.message] == [
        ("explain", "2017年“独立建会单位新增”的累计由2017年第1季度的 2 减为目前的 1")]


def test_X40_is_silent_while_the_year_only_grows(workspace, founded):
    sign(workspace, "2017M01", 1)     # nothing yet in January
    sign(workspace, "2017Q1", 2)
    assert not found(keeping.figure_issues(workspace._store), "X40")


def test_X27_a_rate_above_the_whole_blocks_and_is_not_shown(workspace):
    year = dt.date.today().year
    workspace.save("unit", [Edit(None, {"name": "北京甲公司", "biz_status": "1"})])
    workspace.save("union_org", [Edit(None, {"unit_id": "北京甲公司", "union_type": "01", "founded_on": "2016-05-01", "status": "2"})])
    workspace.save("employee_stat", [Edit(None, {"unit_id": "北京甲公司", "as_of": f"{year - 1}-12-31", "employees": 1})])
    workspace.save("membership", [Edit(None, {"name": f"会员{n}", "id_no": f"X{n}", "id_type": "9", "unit_id": "北京甲公司", "status": "1",
                                              "joined_on": "2016-06-01", "join_mode": "1"}) for n in "一二"])
    figure = next(f for f in workspace.figures(f"{year}Y") if f.id == "T1-R1")
    assert (figure.numerator, figure.denominator, figure.value) == (2, 1, None) and "大于分母" in figure.problem
    told = found(workspace.check().findings and [f.issue for f in workspace.last_check().findings], "X27")
    assert [(i.level, i.ledger) for i in told] == [("block", "membership")] and "分子 2 大于分母 1" in told[0].message


def test_X27_is_silent_at_the_whole(workspace):
    assert not found(keeping.figure_issues(workspace._store), "X27")


def test_a_store_of_the_first_version_gets_the_table(tmp_path):
    Workspace.create(tmp_path / "s", street="110101013", officer="张三").close()
    old = driver.connect(tmp_path / "s" / DATABASE)
    old.execute("DROP TABLE submission_figure")
    old.execute("PRAGMA user_version=1")
    old.close()
    with Workspace.open(tmp_path / "s") as opened:
        assert keeping.packages(opened._store) == [] and opened.officer == "张三"
