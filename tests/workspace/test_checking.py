"""The check: not checked, out of date, or checked with N findings; explanations hold until the value changes."""

import pytest

from unionclient.assessment.periods import read_period
from unionclient.validation.explanations import ExplanationError
from unionclient.workspace import Edit, checking


def _union(workspace, **more):
    workspace.save("unit", [Edit(None, {"name": "甲公司", "uscc": "91110101MA0000015M", "unit_type": "170", "biz_address": "东花市大街1号"})])
    values = {"unit_id": "甲公司", "union_type": "01", "approved_on": "2017-03-01", "approval_no": "东花工发〔2017〕1号",
              "founded_on": "2017-03-05", "employees_at_founding": "50", "members_at_founding": "60", **more}
    return workspace.save("union_org", [Edit(None, values)]).ledgers["union_org"][0][0]


def _rules(report):
    return {f.issue.rule for f in report.findings}


def test_nothing_is_said_before_the_first_check(workspace):
    assert workspace.last_check() is None


def test_a_check_is_kept_and_goes_out_of_date(workspace):
    _union(workspace)
    report = workspace.check()
    assert "UO005" in _rules(report)
    assert not workspace.last_check().stale
    workspace.save("unit", [Edit(None, {"name": "乙公司"})])
    assert workspace.last_check().changes_since == 1


def test_zero_findings_is_said_as_such(workspace):
    _union(workspace)
    report = workspace.check("hotline_report")
    assert (report.findings, report.stale) == ((), False)


def test_an_explanation_holds_until_the_value_changes(workspace):
    union = _union(workspace)
    finding = next(f for f in workspace.check().findings if f.issue.rule == "UO005")
    assert workspace.explain([finding], "含退休后保留会籍的人员12人") == 1
    again = next(f for f in workspace.check().findings if f.issue.rule == "UO005")
    assert again.explained.text.startswith("含退休")
    workspace.save("union_org", [Edit(union, {"members_at_founding": "61"})])
    changed = next(f for f in workspace.check().findings if f.issue.rule == "UO005")
    assert changed.explained is None


@pytest.mark.parametrize("text", ["", "无", "情况属实", "核实无误。", "已核实", "好好好好好好好", "   "])
def test_an_empty_phrase_is_no_explanation(workspace, text):
    _union(workspace)
    finding = next(f for f in workspace.check().findings if f.issue.rule == "UO005")
    with pytest.raises(ExplanationError):
        workspace.explain([finding], text)


def test_a_blocking_finding_cannot_be_explained_away(workspace):
    _union(workspace, approved_on="2017-04-01")
    finding = next(f for f in workspace.check().findings if f.issue.rule == "UO002")
    assert workspace.explain([finding], "批复文件补发晚了一个月") == 0


def test_a_child_row_without_its_parent_is_told(workspace):
    workspace.save("hazard", [Edit(None, {"item_desc": "安全出口上锁，疏散通道堵塞"})])
    assert "G-PARENT" in _rules(workspace.check("hazard"))


def test_a_package_is_judged_as_of_its_cutoff(workspace):
    """A contract that ran out in 2018 is no fault of the package of 2017, and one of that of 2018."""
    workspace.save("collective_contract", [Edit(None, {
        "kind": "1", "signed_on": "2017-01-10", "valid_from": "2017-01-10", "valid_to": "2018-01-09", "status": "4"})])

    def found(period):
        report = checking.check(workspace._store, workspace._names, "张三", "collective_contract", None, period)
        return "X21" in _rules(report)

    assert (found(read_period("2017Y")), found(read_period("2018Q1")), found(None)) == (False, True, True)


def test_a_check_as_of_a_past_period_leaves_alone_what_ran_out_since(workspace):
    unit = workspace.save("unit", [Edit(None, {"name": "北京甲有限公司"})]).ledgers["unit"][0][0]
    workspace.save("collective_contract", [Edit(None, {"unit_id": unit, "kind": "1", "level": "1", "signed_on": "2017-03-01",
                                                       "valid_from": "2017-03-01", "valid_to": "2018-02-28", "status": "4"})])
    assert "X21" not in _rules(workspace.check("collective_contract", period="2017Y"))
    assert "X21" in _rules(workspace.check("collective_contract"))
