"""The corrections workbook: rejected rows as they stood, with what is wrong, ready to be mended and imported again.

One header row with the joined headings, which the importer knows again; the last column is for people and not read.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.definition.words import _, marked
from unionclient.sheets.book import address, shown
from unionclient.sheets.files import written_whole
from unionclient.sheets.plan import ImportPlan, RejectedRow
from unionclient.sheets.writer import ILLEGAL, MOST_CHARACTERS
from unionclient.sheets.xlsxparts import sheet_name

PROBLEM = marked("问题")
LONGEST_NUMBER = 10**15         # a longer one is damaged already and stays what it shows
_PROBLEM_WIDTH = 48             # in half-width characters, and the widest any column becomes
_RED, _PINK, _GREY = "C00000", "FCE4E4", "E7E6E6"


def write_corrections(plan: ImportPlan, path: Path) -> Path:
    """One sheet per source sheet: its headings in one row, the original cells with the faulty ones marked, a red last column."""
    from openpyxl import Workbook

    if not plan.rejected_rows:
        raise UnionClientError(_("没有未导入的行，不需要改正表。"))
    book = Workbook()
    book.remove(book.active)
    add_rejected(book, plan)
    with written_whole(path) as part:
        book.save(part)
    return path


def add_rejected(book: Any, plan: ImportPlan) -> None:
    """A sheet of the rejected rows for every sheet of the plan that has some."""
    faulty: dict[str, set[str]] = {}
    for finding in plan.findings:
        if finding.level == Level.BLOCK:
            faulty.setdefault(finding.sheet, set()).add(finding.cell)
    for name, headings in plan.headings.items():
        rows = [r for r in plan.rejected_rows if r.sheet == name]
        if rows:
            _write_sheet(book.create_sheet(sheet_name(name)), headings, rows, faulty.get(name, set()))


def _write_sheet(sheet: Any, headings: Sequence[str], rows: Sequence[RejectedRow], faulty: set[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    kept = {n: heading for n, heading in enumerate(headings) if heading and heading not in (PROBLEM, _(PROBLEM))}
    last = len(kept) + 1
    for column, heading in enumerate((*kept.values(), _(PROBLEM)), 1):
        cell = sheet.cell(1, column)
        _fill(cell, heading)
        cell.font = Font(bold=True, color=_RED if column == last else "000000")
        cell.fill = PatternFill("solid", fgColor=_GREY)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for at, row in enumerate(rows, 2):
        for column, n in enumerate(kept, 1):
            cell = sheet.cell(at, column)
            _fill(cell, row.cells[n] if n < len(row.cells) else None)
            if address(row.row, n) in faulty:
                cell.fill = PatternFill("solid", fgColor=_PINK)
        told = sheet.cell(at, last)
        _fill(told, _("{problems}（原第{row}行）").format(problems=_("；").join(row.problems), row=row.row + 1))
        told.font = Font(color=_RED)
        told.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[at].height = 15 * (1 + _wide(told.value) // _PROBLEM_WIDTH)
    _set_page(sheet, kept, rows)


def _set_page(sheet: Any, kept: Mapping[int, str], rows: Sequence[RejectedRow]) -> None:
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    for column, n in enumerate((*kept, None), 1):
        letters = sheet.cell(1, column).column_letter
        longest = _PROBLEM_WIDTH if n is None else max(_wide(kept[n]), *(_wide(shown(r.cells[n])) for r in rows if n < len(r.cells)), 0)
        sheet.column_dimensions[letters].width = min(max(longest + 2, 8), _PROBLEM_WIDTH + 2)


def _wide(text: str) -> int:
    """Width in half-width characters."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _fill(cell: Any, value: Any) -> None:
    """A number or date stays one, or it would be read differently the next time; all else is text, also an "=1+1"."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < LONGEST_NUMBER:
        cell.value = value
    elif isinstance(value, dt.date):
        plain = not isinstance(value, dt.datetime) or value.time() == dt.time()
        cell.value, cell.number_format = value, "yyyy-mm-dd" if plain else "yyyy-mm-dd hh:mm"
    else:
        cell.number_format = "@"
        if value is not None:
            cell.value, cell.data_type = ILLEGAL.sub("", shown(value))[:MOST_CHARACTERS], "s"
