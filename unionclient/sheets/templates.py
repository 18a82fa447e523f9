"""The form a unit fills in WPS or Excel: one sheet a ledger, headings locked, lists to choose from, what is known filled in.

A hidden sheet carries who it was made for, so that the file is known again however it is renamed. Small styled books: openpyxl.
"""

import json
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.definition.ledger import Field
from unionclient.sheets.book import Book, letter, shown
from unionclient.sheets.files import written_whole
from unionclient.sheets.layout import RECORD_HEADING
from unionclient.sheets.writer import ILLEGAL, MOST_CHARACTERS
from unionclient.sheets.xlsxparts import sheet_name

MARK_SHEET, LIST_SHEET = "_layout", "_lists"
VERSION = 1
EMPTY_ROWS = 60                         # rows offered beside those filled in
_LONGEST_LIST = 240                     # signs of a list inside the rule itself; a longer one stands on a sheet
_GREY, _BLUE, _WHITE = "E7E6E6", "1F4E79", "FFFFFF"
_HEAD_ROW = 3
_EXAMPLES = {"date": "填日期，如 2017-03-05", "month": "填年月，如 2017-03", "int": "填整数", "decimal": "填数字", "money": "填金额（元）",
             "bool": "选是或否", "code": "从列表选择", "codes": "可选几项，用、隔开"}


@dataclass(frozen=True, slots=True)
class Page:
    """One ledger's sheet: its fields, and rows of cells as an export has them, the record id last."""

    ledger: str
    title: str
    fields: Sequence[Field]
    rows: Sequence[Sequence[Any]]
    help: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the hidden sheet says: for whom the form was made, and which sheet is which ledger."""

    unit: str
    unit_name: str
    ledgers: Mapping[str, str]          # sheet → ledger


def write_template(path: Path, unit: str, unit_name: str, pages: Sequence[Page]) -> Path:
    """The form of one unit with a sheet for each page."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    lists = _Lists(book)
    names = {}
    for page in pages:
        name = sheet_name(page.title)
        names[name] = page.ledger
        _write_page(book.create_sheet(name), page, unit_name, lists)
    mark = book.create_sheet(MARK_SHEET)
    mark["A1"] = json.dumps({"version": VERSION, "unit": unit, "name": unit_name, "ledgers": names}, ensure_ascii=False)
    mark.sheet_state = "veryHidden"
    lists.close()
    with written_whole(path) as part:
        book.save(part)
    return path


def layout_of(book: Book) -> Layout | None:
    """What a returned form says of itself; None where the hidden sheet is gone or not ours."""
    for sheet in book.sheets:
        if sheet.name == MARK_SHEET and sheet.height:
            try:
                told = json.loads(shown(sheet.row(0)[0]))
                return Layout(str(told["unit"]), str(told["name"]), {str(k): str(v) for k, v in told["ledgers"].items()})
            except (ValueError, KeyError, TypeError, AttributeError):
                return None
    return None


class _Lists:
    """The sheet of long lists: a column each, made when first wanted."""

    def __init__(self, book: Any) -> None:
        self._book, self._sheet, self._known = book, None, {}

    def formula(self, key: str, words: Sequence[str]) -> str:
        told = ",".join(words)
        if len(told) <= _LONGEST_LIST and not any("," in word or '"' in word for word in words):
            return f'"{told}"'
        if key not in self._known:
            if self._sheet is None:
                self._sheet = self._book.create_sheet(LIST_SHEET)
            column = len(self._known) + 1
            for row, word in enumerate(words, 1):
                self._sheet.cell(row, column, word)
            name = letter(column - 1)
            self._known[key] = f"'{LIST_SHEET}'!${name}$1:${name}${len(words)}"
        return self._known[key]

    def close(self) -> None:
        if self._sheet is not None:
            self._sheet.sheet_state = "hidden"


def _write_page(sheet: Any, page: Page, unit_name: str, lists: _Lists) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    last = len(page.fields) + 1
    sheet.cell(1, 1, page.title).font = Font(bold=True, size=16)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(len(page.fields), 1))
    sheet.cell(2, 1, f"填报单位：{unit_name}　　蓝色列名的必须填写；灰色的不要改动；填好后保存，交回街道总工会。{page.help}")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=max(len(page.fields), 1))
    sheet.cell(2, 1).alignment = Alignment(wrap_text=True, vertical="center")
    sheet.row_dimensions[2].height = 34
    line = Side(style="thin", color="BFBFBF")
    rows = range(_HEAD_ROW + 1, _HEAD_ROW + 1 + len(page.rows) + EMPTY_ROWS)
    for column, field in enumerate((*page.fields, None), 1):
        head = sheet.cell(_HEAD_ROW, column, field.heading if field else RECORD_HEADING)
        needed = bool(field and field.required)
        head.font = Font(bold=True, color=_WHITE if needed else "000000")
        head.fill = PatternFill("solid", fgColor=_BLUE if needed else _GREY)
        head.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[letter(column - 1)].width = min(max(field.width if field else 8, 8) + 4, 40)
        first = sheet.cell(rows[0], column)
        first.number_format = "yyyy-mm-dd" if field and field.type == "date" else "@"
        first.border = Border(line, line, line, line)
        first.protection = Protection(locked=field is None)
        for row in rows[1:]:        # the same style is not worked out again for every cell: three quarters of the time
            sheet.cell(row, column)._style = copy(first._style)
        if field:
            _offer(sheet, field, f"{letter(column - 1)}{rows[0]}:{letter(column - 1)}{rows[-1]}", lists)
    for row, cells in zip(rows, page.rows):
        for column, value in enumerate(cells, 1):
            _fill(sheet.cell(row, column), value)
    sheet.column_dimensions[letter(last - 1)].hidden = True
    sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, 1)
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.sort = False     # allowed
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"


def _offer(sheet: Any, field: Field, cells: str, lists: _Lists) -> None:
    """The list of a code field, and for every field the words that appear when its cell is entered."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(allow_blank=True, showErrorMessage=False)
    if field.type == "bool":
        rule = DataValidation("list", formula1='"是,否"', allow_blank=True, showErrorMessage=True)
    elif field.type == "code" and field.codes:
        words = [code.title for code in field.codes.codes.values() if not code.retired]
        rule = DataValidation("list", formula1=lists.formula(field.codes.id, words), allow_blank=True, showErrorMessage=True)
        rule.errorStyle = "warning"
    rule.errorTitle, rule.error = "请从列表中选择", f"{field.title}要从列表中选择。"
    told = "。".join(part for part in (_EXAMPLES.get(field.type, ""), field.help) if part)
    if told:
        rule.promptTitle, rule.prompt, rule.showInputMessage = field.title[:32], told[:250], True
    elif rule.type is None:
        return
    rule.add(cells)
    sheet.add_data_validation(rule)


def _fill(cell: Any, value: Any) -> None:
    if value is None or value == "":
        return
    if hasattr(value, "year") and not hasattr(value, "hour"):
        cell.value = value
        return
    cell.value, cell.data_type = ILLEGAL.sub("", shown(value))[:MOST_CHARACTERS], "s"
