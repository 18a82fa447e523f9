"""Workbooks of a package: nothing in them acts, and they say the same as the CSV they were made from.

A workbook that names a `source_member` holds one sheet whose heading row bears titles of that table; below it stands
one line per record, without a total line. Limits: `.xlsx` only; OPC signatures are not looked at; values are compared
by row count and by the sums of the columns given in `totals`, not cell by cell.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from unionclient.submission.tabledata import Column

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PARTS = 500
MOST_BYTES = 256 * 2**20
MOST_RATIO = 200
MOST_SHEETS = 50
MOST_ROWS = 200_000
MOST_COLUMNS = 300
HEADING_WITHIN = 20
_ACTING = re.compile(r"vbaproject|externallink|embeddings|activex|connections|ctrlprops|macrosheets|querytable", re.IGNORECASE)


class WorkbookFault(ValueError):
    """Why a workbook is refused; `check` is `workbook-content` or `workbook-source`."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


def refuse_acting(content: bytes) -> None:
    """Raise WorkbookFault for macros, links to other files, embedded objects, entity tricks and bombs."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            _parts_within_limits(parts.infolist())
            for part in parts.infolist():
                _refuse_part(part.filename, parts.read(part))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError):
        raise WorkbookFault("workbook-content", "工作簿已损坏") from None


def _parts_within_limits(parts: Sequence[zipfile.ZipInfo]) -> None:
    dense = any(part.file_size > 2**20 and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES or dense:
        raise WorkbookFault("workbook-content", "工作簿展开后过大，可能是压缩炸弹")
    if len({part.filename.casefold() for part in parts}) != len(parts):
        raise WorkbookFault("workbook-content", "工作簿内有重名的部件")


def _refuse_part(name: str, content: bytes) -> None:
    if _ACTING.search(name):
        raise WorkbookFault("workbook-content", "工作簿含有宏、外部链接或嵌入的对象")
    # UTF-16 would hide the word from this search; nothing that we write uses it.
    if name.lower().endswith((".xml", ".rels")) and (b"<!DOCTYPE" in content or b"\0" in content):
        raise WorkbookFault("workbook-content", "工作簿含有不允许的 XML 内容")


def add_up(content: bytes, columns: Sequence[Column], wanted: Sequence[str]) -> tuple[int, dict[str, str]]:
    """Rows under the heading and the exact sums of the columns named in `wanted`. Raises WorkbookFault."""
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    try:
        if len(book.worksheets) > MOST_SHEETS:
            raise WorkbookFault("workbook-content", "工作簿的工作表过多")
        titles = {_plain(column.title): column.name for column in columns}
        best = max((_heading(sheet, titles) for sheet in book.worksheets), key=lambda found: len(found[2]), default=None)
        if best is None or not best[2]:
            raise WorkbookFault("workbook-source", "找不到与数据表对应的表头")
        return _below(best, wanted)
    finally:
        book.close()


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    # What a sheet says of its own size is not believed: one false word there costs minutes.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)


def _heading(sheet: Any, titles: Mapping[str, str]) -> tuple[Any, int, dict[int, str]]:
    """The row with the most column titles among the first of a sheet: its number and which column stands where."""
    best: tuple[Any, int, dict[int, str]] = (sheet, 0, {})
    for number, row in enumerate(_rows(sheet), 1):
        if number > HEADING_WITHIN:
            break
        found = {place: titles[_plain(cell)] for place, cell in enumerate(row) if isinstance(cell, str) and _plain(cell) in titles}
        if len(found) > len(best[2]):
            best = (sheet, number, found)
    return best


def _plain(title: str) -> str:
    return re.sub(r"\s+", "", title)


def _below(heading: tuple[Any, int, dict[int, str]], wanted: Sequence[str]) -> tuple[int, dict[str, str]]:
    sheet, top, columns = heading
    if missing := set(wanted) - set(columns.values()):
        raise WorkbookFault("workbook-source", f"表中没有应核对合计的列 {'、'.join(sorted(missing))}")
    sums = {place: Decimal(0) for place, name in columns.items() if name in wanted}
    count = 0
    for number, row in enumerate(_rows(sheet), 1):
        if number > MOST_ROWS:
            raise WorkbookFault("workbook-content", f"工作表超过 {MOST_ROWS} 行")
        if number <= top or all(cell is None or cell == "" for cell in row):
            continue
        count += 1
        for place in sums:
            sums[place] += _amount(row[place] if place < len(row) else None, number)
    return count, {columns[place]: format(total, "f") for place, total in sums.items()}


def _amount(cell: Any, number: int) -> Decimal:
    if cell is None or cell == "":
        return Decimal(0)
    try:
        # repr of a float is the shortest text that reads back to it: 0.1 is added as 0.1.
        amount = Decimal(repr(cell) if isinstance(cell, float) else str(cell))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) >= 10**18:
        raise WorkbookFault("workbook-source", f"第 {number} 行的数读不出来")
    return amount
