"""Workbooks of a package: nothing in them acts, and they say the same as the CSV they were made from.

A workbook that names a `source_member` holds one sheet whose heading row bears titles of that table; below it stands
one line per record, without a total line. Limits: `.xlsx` only; OPC signatures are not looked at; values are compared
by row count and by the sums of the columns given in `totals`, not cell by cell.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO

from unionclient.submission.sheetparts import cell_text, is_filled, placed_cells, shared_strings, sheet_parts, sheet_rows
from unionclient.submission.tabledata import Column

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_PARTS = 500
MOST_BYTES = 256 * 2**20
MOST_RATIO = 200
MOST_SHEETS = 50
MOST_ROWS = 200_000
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
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
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
    titles = {_plain(column.title): column.name for column in columns}
    from lxml.etree import XMLSyntaxError

    try:
        return _added_up(content, titles, wanted)
    except (XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError, IndexError, TypeError) as fault:
        if isinstance(fault, WorkbookFault):
            raise
        raise WorkbookFault("workbook-source", "工作簿读不出来") from None


def _added_up(content: bytes, titles: Mapping[str, str], wanted: Sequence[str]) -> tuple[int, dict[str, str]]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        strings = shared_strings(book)
        found = [_heading(book, part, strings, titles) for part in sheet_parts(book)[:MOST_SHEETS]]
        best = max(found, key=lambda heading: len(heading.columns), default=None)
        if best is None or not best.columns:
            raise WorkbookFault("workbook-source", "找不到与数据表对应的表头")
        if missing := set(wanted) - set(best.columns.values()):
            raise WorkbookFault("workbook-source", f"表中没有应核对合计的列 {'、'.join(sorted(missing))}")
        return _below(book, best, strings, set(wanted))


@dataclass(frozen=True, slots=True)
class _Heading:
    """Where the headings stand: the sheet's part, the row (counted in the file), column name by place."""

    part: str
    row: int
    columns: dict[int, str]


def _heading(book: zipfile.ZipFile, part: str, strings: Sequence[str], titles: Mapping[str, str]) -> _Heading:
    """The row with the most column titles among the first of a sheet."""
    best = _Heading(part, 0, {})
    for number, row in enumerate(sheet_rows(book, part), 1):
        if number > HEADING_WITHIN:
            break
        texts = ((place, _plain(cell_text(cell, strings))) for place, cell in placed_cells(row))
        columns = {place: titles[text] for place, text in texts if text in titles}
        if len(columns) > len(best.columns):
            best = _Heading(part, number, columns)
    return best


def _plain(title: str) -> str:
    return re.sub(r"\s+", "", title)


def _below(book: zipfile.ZipFile, heading: _Heading, strings: Sequence[str], wanted: set[str]) -> tuple[int, dict[str, str]]:
    sums = {place: Decimal(0) for place, name in heading.columns.items() if name in wanted}
    count = 0
    for number, row in enumerate(sheet_rows(book, heading.part), 1):
        if number > MOST_ROWS:
            raise WorkbookFault("workbook-content", f"工作表超过 {MOST_ROWS} 行")
        if number <= heading.row or not any(map(is_filled, row)):
            continue
        count += 1
        if sums:
            for place, cell in placed_cells(row):
                if place in sums:
                    sums[place] += _amount(cell_text(cell, strings), number)
    return count, {heading.columns[place]: format(total, "f") for place, total in sums.items()}


def _amount(text: str, number: int) -> Decimal:
    try:
        amount = Decimal(text or 0)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) >= 10**18:
        raise WorkbookFault("workbook-source", f"第 {number} 行的数读不出来")
    # Spreadsheets write binary fractions with all their digits: 12.300000000000001 is 12.3.
    return round(amount, 6)
