"""A small styled workbook of several tables: what a report hands over to be read, sorted and copied from.

Text stays text, numbers are numbers; head frozen and filtered, print set-up A4. Limits: for some thousands of rows; large ledgers go
through `writer`. Same tables, same bytes.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.definition.words import _
from unionclient.sheets.files import written_whole
from unionclient.sheets.writer import ILLEGAL, MOST_CHARACTERS
from unionclient.sheets.xlsxparts import sheet_name

_GREY, _STAMP = "E7E6E6", (1980, 1, 1, 0, 0, 0)
_MADE = dt.datetime(1980, 1, 1)
_WHEN = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*<")


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet: a banner above, headings with column widths (half-width characters), rows of text, int, Decimal or None."""

    name: str
    banner: str
    headings: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Any]]


def write_tables(path: Path, tables: Sequence[SheetTable]) -> Path:
    """Writes the workbook. Raises UnionClientError where it cannot be written."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.created = book.properties.modified = _MADE
    book.properties.creator = ""
    for table in tables:
        _fill(book.create_sheet(sheet_name(table.name)), table)
    whole = io.BytesIO()
    book.save(whole)
    with written_whole(path) as part:
        _repack(whole, part)
    return path


def _repack(whole: io.BytesIO, part: Path) -> None:
    """The same parts without the clock: times of the members, and the one openpyxl writes on saving."""
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _WHEN.sub(rb"\g<1>1980-01-01T00:00:00Z<", content)
            target.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)


def _fill(sheet: Any, table: SheetTable) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    wrapped, top = Alignment(wrap_text=True, vertical="center"), Alignment(wrap_text=True, vertical="top")
    _put(sheet.cell(1, 1), table.banner)
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    sheet.row_dimensions[1].height = 28
    for at, (heading, width) in enumerate(table.headings, 1):
        cell = sheet.cell(2, at)
        _put(cell, heading)
        cell.font, cell.alignment, cell.fill = Font(bold=True), wrapped, PatternFill("solid", fgColor=_GREY)
        sheet.column_dimensions[get_column_letter(at)].width = width
    for number, row in enumerate(table.rows, 3):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at)
            _put(cell, value)
            cell.alignment = top
    sheet.freeze_panes = sheet.cell(3, 3)
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(table.headings))}{len(table.rows) + 2}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    sheet.oddFooter.center.text = _("第 &P 页，共 &N 页")


def _put(cell: Any, value: Any) -> None:
    """Text that begins with = stays text."""
    if isinstance(value, str):
        cell.value = ILLEGAL.sub("", value)[:MOST_CHARACTERS]
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@", "\t")):
            cell.style = "Normal"
            cell.quotePrefix = True
    elif isinstance(value, Decimal):
        cell.value = value
        cell.number_format = "0.00"
    else:
        cell.value = value
