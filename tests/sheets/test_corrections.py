"""Rejected rows as a workbook: what stood there, what is wrong, and that it can be imported after mending."""

import openpyxl
import pytest

from tests.sheets.books import FOUNDING, uscc, union_row, xlsx
from unionclient.definition.faults import UnionClientError


@pytest.fixture
def corrected(workspace, tmp_path):
    """Imports rows, writes the corrections; gives the plan and the path."""
    def call(rows, **how):
        plan = workspace.plan_import("union_org", xlsx(tmp_path / "表.xlsx", rows, **how))
        workspace.apply_import(plan)
        return plan, workspace.write_corrections(plan, tmp_path / "改正.xlsx")
    return call


def counts(plan):
    return plan.new, plan.changed, plan.same, plan.rejected


BAD = union_row(1, 成立日期=2017.1, 主席电话="=1+1", 会员人数="若干")


def test_the_sheet_holds_the_headings_the_cells_and_a_red_last_column(corrected):
    _, path = corrected([["标题"], FOUNDING, union_row(2), BAD])
    sheet = openpyxl.load_workbook(path).active
    assert [c.value for c in sheet[1]] == [*FOUNDING, "问题"]
    assert [c.value for c in sheet[2]][:-1] == [*BAD[:-1], "#CALC!"] and sheet.max_row == 2
    told = sheet.cell(2, len(FOUNDING) + 1)
    assert "成立日期：" in told.value and "会员人数：" in told.value and "原第4行" in told.value and told.font.color.rgb == "00C00000"
    assert sheet["C2"].number_format == "@" and sheet["K2"].number_format == "@"


def test_the_faulty_cells_are_marked(corrected):
    _, path = corrected([FOUNDING, BAD])
    sheet = openpyxl.load_workbook(path).active
    marked = {c.coordinate for c in sheet[2] if c.fill.fgColor.rgb == "00FCE4E4"}
    assert {"G2", "I2"} <= marked and "B2" not in marked


def test_unmended_rows_stay_out_for_the_same_reasons(corrected, workspace):
    plan, path = corrected([FOUNDING, BAD])
    again = workspace.plan_import("union_org", path)
    assert counts(again) == (0, 0, 0, 1) and again.unknown_columns == ()
    assert {f.rule for f in again.findings} == {f.rule for f in plan.findings}


def test_mended_rows_come_in(corrected, workspace):
    _, path = corrected([FOUNDING, union_row(2), BAD])
    book = openpyxl.load_workbook(path)
    book.active["G2"], book.active["I2"], book.active["K2"] = "2017-10-08", 51, "13800138001"
    book.save(path)
    again = workspace.plan_import("union_org", path)
    workspace.apply_import(again)
    assert counts(again) == (1, 0, 0, 0) and workspace.count("union_org") == 2
    assert uscc(1) in [r.values["uscc"] for r in workspace.records("unit")]


def test_joined_headings_and_filled_merges_survive(corrected, workspace):
    top = ["社区", "单位名称", "批复", None, "成立日期", "会员情况", None]
    low = [None, None, "日期", "文号", None, "总数", "女"]
    rows = [["南里社区", "甲公司", "2017-03-01", "东花工发〔2017〕1号", "2017-03-05", 5, 2], [None, "乙公司", "2017-03-01", "东花工发〔2017〕2号", 2017.1, 5, 2]]
    _, path = corrected([top, low, *rows], merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:G1", "A3:A4"])
    sheet = openpyxl.load_workbook(path).active
    assert [c.value for c in sheet[1]] == ["社区", "单位名称", "批复.日期", "批复.文号", "成立日期", "会员情况.总数", "会员情况.女", "问题"]
    assert sheet["A2"].value == "南里社区"
    assert workspace.plan_import("union_org", path).unknown_columns == ()


def test_a_second_round_of_corrections_has_one_column_of_problems(corrected, workspace, tmp_path):
    _, path = corrected([FOUNDING, BAD])
    second = workspace.write_corrections(workspace.plan_import("union_org", path), tmp_path / "再改.xlsx")
    assert [c.value for c in openpyxl.load_workbook(second).active[1]].count("问题") == 1


def test_nothing_rejected_makes_no_workbook(workspace, tmp_path):
    plan = workspace.plan_import("union_org", xlsx(tmp_path / "表.xlsx", [FOUNDING, union_row(1)]))
    with pytest.raises(UnionClientError, match="没有未导入的行"):
        workspace.write_corrections(plan, tmp_path / "改正.xlsx")
