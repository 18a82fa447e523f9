"""What stands in cells: dates in all forms, numbers with words, marks, formulas and errors, in every kind of file."""

import datetime as dt
import shutil

import pytest

from tests.sheets.books import FOUNDING, resident, text, union_row, uscc, xls, xlsx

DAY = dt.date(2017, 3, 1)
ROSTER = ["姓名", "性别", "证件号码", "手机号", "入会日期", "民族", "出生日期", "政治面貌"]


def member(number=1, **other):
    row = dict(zip(ROSTER, ["李小红", "女", resident(2 * number), "13900139001", "2017-03-01", "汉族", "1980-01-01", "群众"]))
    return list({**row, **other}.values())


def counts(plan):
    return plan.new, plan.changed, plan.same, plan.rejected


@pytest.fixture
def founding(workspace, tmp_path):
    """Imports one row of a 建会台账 with some cells replaced; gives (plan, union, stored values by ledger)."""
    def call(**cells):
        plan = workspace.plan_import("union_org", xlsx(tmp_path / "a.xlsx", [FOUNDING, union_row(1, **cells)]))
        workspace.apply_import(plan)
        return plan, {name: (workspace.records(name) or [None])[0] for name in ("union_org", "unit", "employee_stat", "person")}
    return call


# dates ------------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("cell", ["2017-03-01", "2017/3/1", "2017.3.1", "2017年3月1日", "２０１７．３．１", "20170301", 20170301, 42795, 42795.0,
                                  "二〇一七年三月一日", dt.date(2017, 3, 1), dt.datetime(2017, 3, 1, 9, 30), " 2017-3-1 ", "'2017-03-01",
                                  "2017－03－01", "2017 年 3 月 1 日", "2017.03.01", "2017-03-01 00:00:00"])
def test_dates_in_every_form_become_one_day(founding, cell):
    plan, made = founding(批复日期=cell)
    assert counts(plan) == (1, 0, 0, 0) and made["union_org"].values["approved_on"] == DAY


@pytest.mark.parametrize("cell", [2017.3, 2017.1, "2017.1", "17.3.1", "2017年3月", "一九九〇年三月", "3月1日", "2017", 201703])
def test_ambiguous_dates_are_asked(founding, cell):
    plan, _ = founding(批复日期=cell)
    assert counts(plan) == (0, 0, 0, 1)
    assert ("E2", "IMP-AMBIGUOUS", "approved_on") in {(f.cell, f.rule, f.field) for f in plan.findings}


@pytest.mark.parametrize("cell", ["2017-02-29", "2017-13-01", "三月", "2017-03-01至2017-03-05", "待定"])
def test_dates_that_are_none_are_refused(founding, cell):
    plan, _ = founding(批复日期=cell)
    assert counts(plan) == (0, 0, 0, 1) and ("E2", "G-UNREAD") in {(f.cell, f.rule) for f in plan.findings}


def test_days_count_from_1904_where_the_workbook_does(workspace, tmp_path):
    rows = [FOUNDING, union_row(1, 批复日期=dt.datetime(2017, 3, 1), 成立日期=42795 - 1462)]
    plan = workspace.plan_import("union_org", xlsx(tmp_path / "a.xlsx", rows, epoch=1904))
    workspace.apply_import(plan)
    union = workspace.records("union_org")[0]
    assert (union.values["approved_on"], union.values["founded_on"]) == (DAY, DAY)


# numbers ----------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("cell,meant", [("120人", 120), ("1,200", 1200), ("１２０", 120), (120.0, 120), ("120 名", 120), ("1，200人", 1200), ("0", 0)])
def test_counts_lose_their_words(founding, cell, meant):
    plan, made = founding(职工人数=cell)
    assert plan.rejected == 0 and made["employee_stat"].values["employees"] == meant


@pytest.mark.parametrize("cell,meant", [("约120", 120), ("120左右", 120), ("一百二十", 120), ("120余人", 120), ("近120人", 120)])
def test_approximate_and_chinese_counts_come_in_with_a_note(founding, cell, meant):
    plan, made = founding(职工人数=cell)
    assert plan.rejected == 0 and made["employee_stat"].values["employees"] == meant
    assert "IMP-NOTE" in {f.rule for f in plan.findings if f.cell == "H2"}


@pytest.mark.parametrize("cell", ["-", "/", "无", "—", "", None, " ", "－"])
def test_signs_for_nothing_are_empty(founding, cell):
    plan, made = founding(会员人数=cell, 主席电话=cell, 统一社会信用代码=cell)
    assert plan.rejected == 0
    assert made["employee_stat"].values.get("members") is None and made["unit"].values.get("uscc") is None
    assert [f.rule for f in plan.findings if f.cell == "J2"] == ["IMP-PART"]     # a chair without phone cannot be told apart


@pytest.mark.parametrize("cell", ["若干", "100-120", "12.5", "98%"])
def test_counts_that_are_none_are_refused(founding, cell):
    assert counts(founding(职工人数=cell)[0]) == (0, 0, 0, 1)


# identifiers and names --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("write", [lambda c: c, lambda c: f"'{c}", lambda c: f" {c.lower()} ", lambda c: f"{c[:9]} {c[9:]}",
                                   lambda c: "".join(chr(ord(x) + 0xFEE0) for x in c), lambda c: f"{c}\u200b", lambda c: f"\t{c}\n"])
def test_codes_are_read_however_they_are_written(founding, write):
    _, made = founding(统一社会信用代码=write(uscc(1)))
    assert made["unit"].values["uscc"] == uscc(1)


@pytest.mark.parametrize("cell", [1.1010519491231e17, 110101199001011234, "1.10105E+17", "110105194912310000", 110101199001011234.0])
def test_numbers_that_lost_digits_are_refused_at_their_cell(workspace, tmp_path, cell):
    plan = workspace.plan_import("membership", xlsx(tmp_path / "a.xlsx", [ROSTER, member(证件号码=cell), member(2)]))
    assert counts(plan) == (1, 0, 0, 1) and ("C2", "IMP-DAMAGED") in {(f.cell, f.rule) for f in plan.findings}


@pytest.mark.parametrize("heading,cell,field,meant", [
    ("手机号", 13800138000, "phone", "13800138000"), ("手机号", "138 0013 8000/13900139000", "phone", "13800138000"),
    ("手机号", "13800138000、010-64012345", "phone", "13800138000"), ("手机号", 13800138000.0, "phone", "13800138000"),
    ("手机号", "+86 138-0013-8000", "phone", "13800138000"),
    ("姓名", "张  三", "name", "张三"), ("姓名", "张三(女)", "name", "张三"), ("姓名", "买买提•艾力", "name", "买买提·艾力"),
    ("姓名", "买买提.艾力", "name", "买买提·艾力"), ("姓名", "　张三　", "name", "张三"), ("姓名", "买买提・艾力", "name", "买买提·艾力"),
    ("政治面貌", "党员", "political", "01"), ("政治面貌", "群众 ", "political", "13"), ("政治面貌", "团员", "political", "03"),
    ("政治面貌", "中共党员(预备)", "political", "02"), ("性别", "女性", "gender", "2"), ("性别", 2, "gender", "2"), ("性别", "2", "gender", "2"),
    ("民族", "汉", "ethnicity", "01"), ("民族", "维吾尔", "ethnicity", "05"), ("民族", "蒙古族", "ethnicity", "02"),
])
def test_members_cells_are_settled(workspace, tmp_path, heading, cell, field, meant):
    plan = workspace.plan_import("membership", xlsx(tmp_path / "a.xlsx", [ROSTER, member(**{heading: cell})]))
    workspace.apply_import(plan)
    assert counts(plan) == (1, 0, 0, 0) and workspace.records("membership")[0].values[field] == meant


@pytest.mark.parametrize("cell,meant", [("√", True), ("是", True), ("有", True), ("Y", True), (1, True), (True, True), ("✓", True), ("×", False), ("否", False),
                                        ("无", False), ("X", False), (0, False), (None, None), ("", None), ("  ", None)])
def test_marks_are_yes_no_or_unanswered(workspace, tmp_path, cell, meant):
    rows = [[*FOUNDING, "经审组织"], [*union_row(1), cell]]
    plan = workspace.plan_import("union_org", xlsx(tmp_path / "a.xlsx", rows))
    workspace.apply_import(plan)
    assert plan.rejected == 0 and workspace.records("union_org")[0].values.get("has_audit") is meant


def test_an_unknown_word_for_a_code_is_refused(founding):
    plan, _ = founding(工会类型="俱乐部")
    assert counts(plan) == (0, 0, 0, 1) and ("D2", "G-UNREAD") in {(f.cell, f.rule) for f in plan.findings}


def test_readable_but_wrong_comes_in_with_its_finding(founding):
    wrong = uscc(1)[:-1] + ("1" if uscc(1)[-1] != "1" else "2")
    plan, made = founding(统一社会信用代码=wrong, 批复日期="2017-04-01", 主席电话="1380013800", 会员人数=900)
    assert counts(plan) == (1, 0, 0, 0) and made["unit"].values["uscc"] == wrong
    assert {("C2", "G-FORMAT"), ("K2", "G-FORMAT")} <= {(f.cell, f.rule) for f in plan.findings}
    assert {"UO002"} <= {f.rule for f in plan.findings} and {"ES002", "UO005"} & {f.rule for f in plan.findings}


# formulas ---------------------------------------------------------------------------------------------------------

def test_a_formula_never_calculated_is_refused_with_what_to_do(founding):
    plan, _ = founding(职工人数="=60+60")
    told = [f for f in plan.findings if f.cell == "H2"]
    assert plan.rejected == 1 and "保存" in told[0].mend


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_in_a_cell_is_refused(founding, cell):
    plan, _ = founding(职工人数=cell)
    assert plan.rejected == 1 and "H2" in {f.cell for f in plan.findings if f.level == "block"}


# kinds of files ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_text_files_of_every_encoding_and_separator(workspace, tmp_path, encoding, separator):
    rows = [["东花市街道总工会建会台账"], FOUNDING, union_row(1, 主席姓名="王㛃堃"), union_row(2), ["合计"]]
    plan = workspace.plan_import("union_org", text(tmp_path / "a.csv", rows, encoding=encoding, separator=separator))
    workspace.apply_import(plan)
    assert counts(plan) == (2, 0, 0, 0) and "王㛃堃" in [p.values["name"] for p in workspace.records("person")]


@pytest.mark.parametrize("name", ["a.xls", "a.et", "a.xlsx", "a.csv"])
def test_an_old_workbook_is_read_whatever_it_is_called(workspace, tmp_path, name):
    shutil.move(xls(tmp_path / "old.xls", [FOUNDING, union_row(1, 主席电话=13800138001.0), union_row(2)]), tmp_path / name)
    plan = workspace.plan_import("union_org", tmp_path / name)
    assert counts(plan) == (2, 0, 0, 0)
