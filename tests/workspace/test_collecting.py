"""Forms that go out to units and come back renamed, reordered, half filled, or without their hidden sheet."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from unionclient.definition.faults import UnionClientError
from unionclient.workspace import Edit

HEAD = 3


@pytest.fixture
def asked(workspace, tmp_path):
    """Three units, forms for headcounts and members; the first unit has a union and a member."""
    made = workspace.save("unit", [Edit(None, {"name": f"北京{c}有限公司", "uscc": u}) for c, u in
                                   (("甲", "91110101MA0000015M"), ("乙", "91110101MA1000113B"), ("丙", ""))])
    units = made.ledgers["unit"][0]
    union = workspace.save("union_org", [Edit(None, {"name": "甲工会", "unit_id": units[0], "union_type": "01", "status": "2"})]).ledgers["union_org"][0][0]
    workspace.save("membership", [Edit(None, {"name": "张三", "gender": "男", "id_no": "110101199003070011", "unit_id": units[0], "union_id": union})])
    paths = workspace.write_templates(["employee_stat", "membership"], tmp_path / "out")
    return units, union, paths


def _column(sheet, heading):
    return next(cell.column for cell in sheet[HEAD] if str(cell.value).startswith(heading))


def _fill(path, target, **cells):
    """Fills the first empty row of the headcount sheet; `target` is where the unit saves it."""
    book = load_workbook(path)
    sheet = book["职工人数"]
    for heading, value in cells.items():
        sheet.cell(HEAD + 1, _column(sheet, heading)).value = value
    target.parent.mkdir(exist_ok=True)
    book.save(target)


def test_a_form_is_prefilled_locked_and_offers_lists(asked):
    _units, _union, paths = asked
    assert [p.name for p in paths] == ["北京甲有限公司_填报表.xlsx", "北京乙有限公司_填报表.xlsx", "北京丙有限公司_填报表.xlsx"]
    sheet = load_workbook(paths[0])["会员台账"]
    assert sheet.protection.sheet and sheet.cell(HEAD, 1).protection.locked and not sheet.cell(HEAD + 1, 1).protection.locked
    assert sheet.cell(HEAD + 1, _column(sheet, "姓名")).value == "张三"
    assert not any("工作单位" in str(cell.value) for cell in sheet[HEAD])
    gender = next(v for v in sheet.data_validations.dataValidation if v.type == "list" and "男" in (v.formula1 or ""))
    assert gender.showErrorMessage
    assert load_workbook(paths[1])["会员台账"].cell(HEAD + 1, 1).value is None


def test_renamed_files_are_known_and_each_is_one_step(workspace, asked, tmp_path):
    units, _union, paths = asked
    _fill(paths[0], tmp_path / "back" / "新建表格(3).xlsx", 截止日期="2017-06-30", 职工人数="120")
    _fill(paths[1], tmp_path / "back" / "b.xlsx", 截止日期="2017.6.30", 职工人数=35)
    found = workspace.plan_collection(tmp_path / "back")
    assert [(f.unit, f.new, f.rejected) for f in found.files] == [(units[1], 1, 0), (units[0], 1, 0)]
    assert [name for _, name in found.missing] == ["北京丙有限公司"]
    assert not workspace.records("employee_stat")
    done = workspace.apply_collected(found.files)
    assert len(done) == 2 and {s["unit_id"]: s["employees"] for s in workspace.records("employee_stat")} == {units[0]: 120, units[1]: 35}
    assert workspace.undo_title == "收回北京甲有限公司填报表（新增1，修改0）"
    workspace.undo()
    assert [s["unit_id"] for s in workspace.records("employee_stat")] == [units[1]]


def test_what_was_filled_in_and_not_touched_is_the_same(workspace, asked, tmp_path):
    _units, _union, paths = asked
    _fill(paths[0], tmp_path / "back" / "a.xlsx", 截止日期="2017-06-30", 职工人数="120")
    (found,) = workspace.plan_collection(tmp_path / "back").files
    assert (found.new, found.same, found.changed) == (1, 1, 0)


def test_a_member_added_by_the_unit_belongs_to_its_union(workspace, asked, tmp_path):
    units, union, paths = asked
    book = load_workbook(paths[0])
    sheet = book["会员台账"]
    for heading, value in {"姓名": "李四", "性别": "女", "证件号码": "11010119900307002X", "入会日期": "2017-05-04"}.items():
        sheet.cell(HEAD + 2, _column(sheet, heading)).value = value
    (tmp_path / "back").mkdir()
    book.save(tmp_path / "back" / "a.xlsx")
    workspace.apply_collected(workspace.plan_collection(tmp_path / "back").files)
    new = next(m for m in workspace.records("membership") if m["name"] == "李四")
    assert (new["unit_id"], new["union_id"]) == (units[0], union)


def test_columns_in_another_order_and_a_lost_hidden_sheet_are_no_matter(workspace, asked, tmp_path):
    units, *_ = asked
    book = Workbook()
    sheet = book.active
    sheet.append(["填报单位：北京乙有限公司"])
    sheet.append(["职工人数", "其中女职工", "截止日期"])
    sheet.append([35, 12, "2017-06-30"])
    (tmp_path / "back").mkdir()
    book.save(tmp_path / "back" / "职工.xlsx")
    (found,) = workspace.plan_collection(tmp_path / "back").files
    assert (found.unit, found.new) == (units[1], 1)


@pytest.mark.parametrize(("name", "content", "problem"), [
    ("别的.csv", "日期,事项\n2017-01-01,开会\n", "认不出是哪个单位的填报表"), ("坏.xlsx", "不是表格", "")])
def test_what_is_no_form_is_told_and_harms_nothing(workspace, asked, tmp_path, name, content, problem):
    (tmp_path / "back").mkdir()
    (tmp_path / "back" / name).write_text(content, encoding="utf-8")
    (found,) = workspace.plan_collection(tmp_path / "back").files
    assert found.problem and problem in found.problem and not found.may_apply


def test_two_files_of_one_unit_are_in_doubt(workspace, asked, tmp_path):
    _units, _union, paths = asked
    for name in ("a.xlsx", "b.xlsx"):
        _fill(paths[1], tmp_path / "back" / name, 截止日期="2017-06-30", 职工人数="35")
    first, second = workspace.plan_collection(tmp_path / "back").files
    assert not any("还交了" in d for d in first.doubts) and "这个单位还交了“a.xlsx”，请核对以哪一份为准" in second.doubts


def test_a_letter_names_every_fault_with_cell_and_mend(workspace, asked, tmp_path):
    _units, _union, paths = asked
    _fill(paths[1], tmp_path / "back" / "b.xlsx", 截止日期="2017年6月", 职工人数="约几十", 其中女职工="12")
    found = workspace.plan_collection(tmp_path / "back")
    (letter,) = workspace.write_letters(found, tmp_path / "letters")
    book = load_workbook(letter)
    rows = [[cell.value for cell in row] for row in book["问题清单"].iter_rows(min_row=4)]
    assert letter.name == "北京乙有限公司_请改正.xlsx" and any(row[2] and "截止日期" in row[3] for row in rows) and all(row[5] for row in rows)
    assert "职工人数" in book.sheetnames


def test_a_ledger_that_is_not_the_units_is_refused(workspace, tmp_path):
    with pytest.raises(UnionClientError, match="不是按单位填报的台账"):
        workspace.write_templates(["external_stat"], Path(tmp_path))
