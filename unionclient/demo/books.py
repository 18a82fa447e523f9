"""The sample street as workbooks of the kind offices keep: merged headings, mixed dates, subtotals, a few planted faults."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

from unionclient.demo.street import DemoStreet, DemoUnit

FOUNDING = "东花市街道2017年建会台账.xlsx"
ROSTER = "东花市街道会员花名册.xlsx"
HAZARDS = "东花市街道隐患排查台账.csv"
DAMAGED = 1.10101199003077e17
"""An identity number typed as a number: the last digits are gone."""


def write_books(street: DemoStreet, folder: Path) -> tuple[Path, Path, Path]:
    """The three files; planted faults: two ambiguous dates, a damaged identity number, swapped dates, a wrong gender."""
    folder.mkdir(parents=True, exist_ok=True)
    return _founding(street, folder / FOUNDING), _roster(street, folder / ROSTER), _hazards(street, folder / HAZARDS)


def _dated(day: dt.date, number: int) -> object:
    """A date as one of the forms people type."""
    forms = (day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", int(f"{day:%Y%m%d}"),
             dt.datetime(day.year, day.month, day.day), f"{day.year}/{day.month}/{day.day}")
    return forms[number % len(forms)]


def _founding(street: DemoStreet, path: Path) -> Path:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook()
    sheet = book.active
    sheet.title = "建会台账"
    sheet.append(["东花市街道总工会2017年度建会台账"])
    sheet.append(["填报单位：（盖章）", *[None] * 11, "填报日期：2017年9月30日"])
    sheet.append(["序 号", "社区", "单位名称\n（全称）", "统一社会信用代码", "工会类型", "批复", None, "成立日期", "职工\n人数", "会员情况",
                  None, None, "主席", None, "备注"])
    sheet.append([*[None] * 5, "日期", "文号", None, None, "总数", "女", "农民工", "姓名", "电话", None])
    for area in ("A1:O1", "F3:G3", "J3:L3", "M3:N3", *(f"{c}3:{c}4" for c in "ABCDEHIO")):
        sheet.merge_cells(area)
    sheet["A1"].font = Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center")
    for row in _founding_rows(street.units):
        sheet.append(row)
    total = sum(u.employees for u in street.units)
    sheet.append(["合计", *[None] * 7, total])
    sheet.append([])
    sheet.append(["填表人：", None, None, None, "审核人："])
    note = book.create_sheet("填表说明")
    note["A1"] = "1.本表由街道总工会填报。2.职工人数含劳务派遣工。"
    book.save(path)
    return path


def _founding_rows(units: tuple[DemoUnit, ...]) -> Iterator[list[object]]:
    for n, unit in enumerate(units):
        approved, founded = _dated(unit.approved_on, n), _dated(unit.founded_on, n + 3)
        if n in (11, 23):
            founded = 2017.1                       # ambiguous: January or October
        if n == 17:
            approved, founded = unit.founded_on.isoformat(), unit.approved_on.isoformat()
        code = f" {unit.uscc[:9]} {unit.uscc[9:]}" if n == 5 else unit.uscc.translate(_WIDE) if n == 8 else unit.uscc
        employees = f"约{unit.employees}" if n == 13 else f"{unit.employees}人" if n == 14 else unit.employees
        number = unit.approval_no.replace("〔", "[").replace("〕", "]") if n == 6 else unit.approval_no
        chair = f"{unit.chair[0]}  {unit.chair[1:]}" if n == 2 else unit.chair
        phone = int(unit.phone) if n == 4 else f"{unit.phone}/010-64010000" if n == 9 else unit.phone
        yield [n + 1, unit.community, unit.name, code, unit.union_type, approved, number, founded, employees, unit.members,
               "-" if n == 10 else unit.women, unit.migrants, chair, phone, None]


_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _roster(street: DemoStreet, path: Path) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet.append(["东花市街道总工会会员花名册"])
    sheet.append(["单位：", None, None, "截止2017年9月"])
    sheet.append(["序号", "姓名", "性别", "民族", "证件类型", "证件号码", "出生日期", "手机号", "学历", "政治面貌", "用工形式", "工作单位",
                  "所属工会", "入会日期", "入会方式", "备注"])
    for n, m in enumerate(street.members):
        gender = ("男" if m.gender == "女" else "女") if n == 40 else m.gender
        number: object = DAMAGED if n in (20, 90) else m.id_no.lower() if n == 30 else m.id_no
        sheet.append([n + 1, f" {m.name}\u200b" if n == 7 else m.name, gender, f"{m.ethnicity}族" if n % 9 == 0 else m.ethnicity,
                      "居民身份证", number, dt.datetime(m.birth_date.year, m.birth_date.month, m.birth_date.day),
                      int(m.phone) if n == 50 else m.phone, m.education, m.political, "合同制", m.unit, f"{m.unit}工会委员会",
                      _dated(m.joined_on, n), "新发展", None])
    sheet.append(["合计", f"{len(street.members)}人"])
    book.save(path)
    return path


def _hazards(street: DemoStreet, path: Path) -> Path:
    """A CSV in GB18030, as WPS writes it."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(["检查日期", "受检单位", "检查人", "隐患描述", "隐患部位", "级别", "整改措施", "责任人", "整改期限", "复查日期", "复查结果", "销号日期"])
    for n, h in enumerate(street.hazards):
        closed = h.inspected_on - dt.timedelta(days=3) if n == 19 and h.rechecked_on else h.rechecked_on
        out.writerow([_text(_dated(h.inspected_on, n)), h.unit, h.inspectors, h.desc, h.location, h.grade, "立即整改", h.owner,
                      h.due_on.isoformat(), h.rechecked_on or "", "通过" if h.rechecked_on else "", closed or ""])
    path.write_bytes(text.getvalue().encode("gb18030"))
    return path


def _text(value: object) -> str:
    return value.date().isoformat() if isinstance(value, dt.datetime) else str(value)
