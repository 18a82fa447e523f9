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


class Rows:
    """What the rows of one workbook became, each a variant of a sound row."""

    def __init__(self, workspace, path, ledger, head, rows):
        self.plan = workspace.plan_import(ledger, xlsx(path, [head, *rows]))
        workspace.apply_import(self.plan)
        kept_out = {row.row for row in self.plan.rejected_rows}
        kept = [n for n in range(1, len(rows) + 1) if n not in kept_out]
        self.record = dict(zip(kept, workspace.records(ledger), strict=True))

    def told(self, column, number):
        return {f.rule for f in self.plan.findings if f.cell == f"{column}{number + 1}"}


@pytest.fixture
def founding(workspace, tmp_path):
    """Imports a 建会台账 with one row for each of `cells` under `heading`."""
    def call(heading, cells):
        rows = [union_row(n, **{heading: cell}) for n, cell in enumerate(cells, 1)]
        return Rows(workspace, tmp_path / "a.xlsx", "union_org", FOUNDING, rows)
    return call


@pytest.fixture
def roster(workspace, tmp_path):
    def call(heading, cells):
        rows = [member(n, **{heading: cell}) for n, cell in enumerate(cells, 1)]
        return Rows(workspace, tmp_path / "a.xlsx", "membership", ROSTER, rows)
    return call


# dates ------------------------------------------------------------------------------------------------------------

def test_dates_in_every_form_become_one_day(founding):
    cells = ["2017-03-01", "2017/3/1", "2017.3.1", "2017年3月1日", "２０１７．３．１", "20170301", 20170301, 42795, 42795.0, "二〇一七年三月一日",
             dt.date(2017, 3, 1), dt.datetime(2017, 3, 1, 9, 30), " 2017-3-1 ", "'2017-03-01", "2017－03－01", "2017 年 3 月 1 日", "2017.03.01",
             "2017-03-01 00:00:00", "2017年03月01日", "2017年3月1号", "2017/03/01", "２０１７年３月１日", "２０１７０３０１"]
    made = founding("批复日期", cells)
    assert made.plan.rejected == 0
    assert [c for n, c in enumerate(cells, 1) if made.record[n].values["approved_on"] != DAY] == []


def test_ambiguous_dates_are_asked_at_their_cell(founding):
    cells = [2017.3, 2017.1, "2017.1", "17.3.1", "2017年3月", "一九九〇年三月", "3月1日", "2017", 201703, "17/3/1", 2017.12]
    made = founding("批复日期", cells)
    assert made.plan.rejected == len(cells)
    assert [c for n, c in enumerate(cells, 1) if "IMP-AMBIGUOUS" not in made.told("E", n)] == []


def test_dates_that_are_none_are_refused_at_their_cell(founding):
    cells = ["2017-02-29", "2017-13-01", "三月", "2017-03-01至2017-03-05", "待定", "2017.2.30", 20170230, 99]
    made = founding("批复日期", cells)
    assert made.plan.rejected == len(cells)
    assert [c for n, c in enumerate(cells, 1) if "G-UNREAD" not in made.told("E", n)] == []


def test_days_count_from_1904_where_the_workbook_does(workspace, tmp_path):
    rows = [FOUNDING, union_row(1, 批复日期=dt.datetime(2017, 3, 1), 成立日期=42795 - 1462)]
    plan = workspace.plan_import("union_org", xlsx(tmp_path / "a.xlsx", rows, epoch=1904))
    workspace.apply_import(plan)
    union = workspace.records("union_org")[0]
    assert (union.values["approved_on"], union.values["founded_on"]) == (DAY, DAY)


# numbers ----------------------------------------------------------------------------------------------------------

def test_counts_lose_their_words(founding):
    cells = {"120人": 120, "1,200": 1200, "１２０": 120, 120.0: 120, "120 名": 120, "1，200人": 1200, "0": 0, " 120": 120}
    made = founding("职工人数", cells)
    assert made.plan.rejected == 0
    assert [r.values["employees_at_founding"] for r in made.record.values()] == list(cells.values())


def test_approximate_and_chinese_counts_come_in_with_a_note(founding):
    cells = ["约120", "120左右", "一百二十", "120余人", "近120人", "一百二十人", "约 120 人", "大约120", "１２０人左右"]
    made = founding("职工人数", cells)
    assert made.plan.rejected == 0
    assert [r.values["employees_at_founding"] for r in made.record.values()] == [120] * len(cells)
    assert [c for n, c in enumerate(cells, 1) if "IMP-NOTE" not in made.told("H", n)] == []


def test_signs_for_nothing_are_empty(founding):
    cells = ["-", "/", "无", "—", "", None, " ", "－", "——"]
    made = founding("会员人数", cells)
    assert made.plan.rejected == 0 and [r.values.get("members_at_founding") for r in made.record.values()] == [None] * len(cells)


def test_counts_that_are_none_are_refused(founding):
    cells = ["若干", "100-120", "12.5", "98%", "一百多", "120/100"]
    made = founding("职工人数", cells)
    assert [c for n, c in enumerate(cells, 1) if n in made.record and "IMP-NOTE" not in made.told("H", n)] == []


# identifiers and names --------------------------------------------------------------------------------------------

def test_codes_are_read_however_they_are_written(workspace, tmp_path):
    ways = [lambda c: c, lambda c: f"'{c}", lambda c: f" {c.lower()} ", lambda c: f"{c[:9]} {c[9:]}", lambda c: f"\t{c}\n",
            lambda c: "".join(chr(ord(x) + 0xFEE0) for x in c), lambda c: f"{c}\u200b", lambda c: f"{c[:8]}-{c[8:16]}-{c[16:]}"]
    rows = [union_row(n, 统一社会信用代码=way(uscc(n))) for n, way in enumerate(ways, 1)]
    Rows(workspace, tmp_path / "a.xlsx", "union_org", FOUNDING, rows)
    assert [u.values["uscc"] for u in workspace.records("unit")] == [uscc(n) for n in range(1, len(ways) + 1)]


def test_numbers_that_lost_digits_are_refused_at_their_cell(roster):
    cells = [1.1010519491231e17, 110101199001011234, "1.10105E+17", "110105194912310000", 110101199001011234.0]
    made = roster("证件号码", [*cells, resident(90)])
    assert made.plan.rejected == len(cells) and made.plan.new == 1
    assert [c for n, c in enumerate(cells, 1) if "IMP-DAMAGED" not in made.told("C", n)] == []


@pytest.mark.parametrize("heading,field,cells", [
    ("手机号", "phone", {13800138000: "13800138000", "138 0013 8000/13900139000": "13800138000", "13800138000、010-64012345": "13800138000",
                     13800138000.5: None, "+86 138-0013-8000": "13800138000", "13800138000,13900139000": "13800138000",
                     "010-64012345": "010-64012345", "(010)64012345": "010-64012345"}),
    ("姓名", "name", {"张  三": "张三", "张三(女)": "张三", "张三（回）": "张三", "买买提•艾力": "买买提·艾力", "买买提.艾力": "买买提·艾力", "　张三　": "张三",
                    "买买提・艾力": "买买提·艾力", "买买提．艾力": "买买提·艾力", "欧阳 震华": "欧阳震华", "张三\u200b": "张三"}),
    ("政治面貌", "political", {"党员": "01", "群众 ": "13", "团员": "03", "中共党员(预备)": "02", "中共预备党员": "02", "共青团员": "03"}),
    ("性别", "gender", {"女性": "2", "2": "2", "女 ": "2", "男": "1", 1: "1"}),
    ("民族", "ethnicity", {"汉": "01", "维吾尔": "05", "蒙古族": "02", "维吾尔族": "05", "01": "01"}),
])
def test_members_cells_are_settled(roster, heading, field, cells):
    made = roster(heading, cells)
    found = [made.record[n].values.get(field) if n in made.record else None for n in range(1, len(cells) + 1)]
    assert [(c, f) for (c, meant), f in zip(cells.items(), found) if meant not in (None, f)] == []


def test_marks_are_yes_no_or_unanswered(workspace, tmp_path):
    cells = [("√", True), ("是", True), ("有", True), ("Y", True), (1, True), (True, True), ("✓", True), ("×", False), ("否", False), ("无", False),
             ("X", False), (0, False), (None, None), ("", None), ("  ", None), ("-", None)]
    rows = [[*union_row(n), cell] for n, (cell, _) in enumerate(cells, 1)]
    made = Rows(workspace, tmp_path / "a.xlsx", "union_org", [*FOUNDING, "经审组织"], rows)
    assert made.plan.rejected == 0
    assert [(c, r.values.get("has_audit")) for (c, meant), r in zip(cells, made.record.values()) if r.values.get("has_audit") is not meant] == []


def test_an_unknown_word_for_a_code_is_refused(founding):
    made = founding("工会类型", ["俱乐部"])
    assert made.plan.rejected == 1 and "G-UNREAD" in made.told("D", 1)


def test_readable_but_wrong_comes_in_with_its_finding(workspace, tmp_path):
    wrong = uscc(1)[:-1] + ("1" if uscc(1)[-1] != "1" else "2")
    row = union_row(1, 统一社会信用代码=wrong, 批复日期="2017-04-01", 主席电话="1380013800", 会员人数=900)
    made = Rows(workspace, tmp_path / "a.xlsx", "union_org", FOUNDING, [row])
    assert made.plan.new == 1 and workspace.records("unit")[0].values["uscc"] == wrong
    assert "G-FORMAT" in made.told("C", 1) and "G-FORMAT" in made.told("K", 1)
    rules = {f.rule for f in made.plan.findings}
    assert "UO002" in rules and {"ES002", "UO005"} & rules


# formulas ---------------------------------------------------------------------------------------------------------

def test_a_formula_never_calculated_is_refused_with_what_to_do(founding):
    made = founding("职工人数", ["=60+60"])
    assert made.plan.rejected == 1 and "保存" in next(f.mend for f in made.plan.findings if f.cell == "H2")


def test_an_error_in_a_cell_is_refused(founding):
    cells = ["#REF!", "#N/A", "#DIV/0!"]
    made = founding("职工人数", cells)
    assert made.plan.rejected == 3 and all("G-UNREAD" in made.told("H", n) for n in (1, 2, 3))


# kinds of files ---------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("encoding,separator", [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("gb18030", "\t"), ("utf-16", "\t"), ("utf-16", ",")])
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
