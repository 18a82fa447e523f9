"""The corrections workbook: rejected rows as they stood, with what is wrong, ready to be mended and imported again."""

import datetime as dt
from pathlib import Path
from typing import Any

from unionclient.definition.faults import UnionClientError
from unionclient.sheets.book import shown
from unionclient.sheets.files import written_whole
from unionclient.sheets.plan import ImportPlan
from unionclient.sheets.writer import ILLEGAL, MOST_CHARACTERS

PROBLEM = "问题"
LONGEST_NUMBER = 10**15         # a longer one is damaged already and stays what it shows


def write_corrections(plan: ImportPlan, path: Path) -> Path:
    """One sheet per source sheet: its headings in one row, the original cells, a red last column that says what to mend."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    if not plan.rejected_rows:
        raise UnionClientError("没有未导入的行，不需要改正表。")
    book = Workbook()
    book.remove(book.active)
    for name, headings in plan.headings.items():
        rows = [r for r in plan.rejected_rows if r.sheet == name]
        if not rows:
            continue
        kept = [n for n, heading in enumerate(headings) if heading]
        sheet = book.create_sheet(name[:31])
        sheet.append([headings[n] for n in kept] + [PROBLEM])
        for row in rows:
            sheet.append([None] * (len(kept) + 1))
            at = sheet.max_row
            for column, n in enumerate(kept, 1):
                value = row.cells[n] if n < len(row.cells) else None
                cell = sheet.cell(at, column)
                _fill(cell, value)
            told = sheet.cell(at, len(kept) + 1, "；".join(row.problems) + f"（原第{row.row + 1}行）")
            told.data_type = "s"
            told.font = Font(color="C00000", bold=True)
            told.alignment = Alignment(wrap_text=True)
        for cell in sheet[1]:
            cell.font = Font(bold=True, color="C00000" if cell.value == PROBLEM else "000000")
            cell.fill = PatternFill("solid", fgColor="E7E6E6")
        sheet.freeze_panes = "A2"
        for column in range(1, len(kept) + 2):
            sheet.column_dimensions[sheet.cell(1, column).column_letter].width = 60 if column > len(kept) else 16
    with written_whole(path) as part:
        book.save(part)
    return path


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
