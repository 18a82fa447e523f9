"""Workbooks of a package: nothing in them acts, and they say the same as the CSV they were made from.

A workbook that names a `source_member` holds one sheet whose heading row bears titles of that table; below it stands
one line per record, without a total line. Limits: `.xlsx` only; OPC signatures are not looked at; numbers and dates are
compared cell by cell, texts are not.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from io import BytesIO

from unionclient.definition.words import _
from unionclient.submission.sheetparts import cell_text, is_filled, placed_cells, shared_strings, sheet_parts, sheet_rows
from unionclient.submission.tabledata import Column, Keyed

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHEETS = 50
MOST_ROWS = 200_000
HEADING_WITHIN = 20
# zipfile reads what `inert` let pass, but minds fields that mean nothing here, such as the version.
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OverflowError)


class WorkbookFault(ValueError):
    """Why a workbook is refused; `check` is `workbook-content` or `workbook-source`."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


def refuse_acting(content: bytes) -> None:
    """Raise WorkbookFault for macros, formulas, links to other files, embedded objects, entity tricks and bombs."""
    from unionclient.submission.inert import refuse_acting as refuse
    from unionclient.submission.opcparts import OpcFault

    try:
        refuse(content)
    except OpcFault as fault:
        raise WorkbookFault("workbook-content", str(fault)) from None


def add_up(content: bytes, columns: Sequence[Column], wanted: Sequence[str], keyed: Keyed | None = None) -> tuple[int, dict[str, str]]:
    """Rows under the heading and the exact sums of every column of numbers; those in `wanted` must be there.

    With `keyed`, and a column of the key in the workbook, each row's numbers and dates must be those of its record.
    Raises WorkbookFault.
    """
    titles = {_plain(column.title): column.name for column in columns}
    from lxml.etree import XMLSyntaxError

    try:
        return _added_up(content, titles, wanted, {column.name: column.type for column in columns}, keyed)
    except (XMLSyntaxError, *_ZIP_FAULTS, KeyError, ValueError, IndexError, TypeError) as fault:
        if isinstance(fault, WorkbookFault):
            raise
        raise WorkbookFault("workbook-source", _("工作簿读不出来")) from None


def _added_up(content: bytes, titles: Mapping[str, str], wanted: Sequence[str], types: Mapping[str, str],
              keyed: Keyed | None) -> tuple[int, dict[str, str]]:
    with zipfile.ZipFile(BytesIO(content)) as book:
        strings = shared_strings(book)
        found = [_heading(book, part, strings, titles) for part in sheet_parts(book)[:MOST_SHEETS]]
        best = max(found, key=lambda heading: len(heading.columns), default=None)
        if best is None or not best.columns:
            raise WorkbookFault("workbook-source", _("找不到与数据表对应的表头"))
        if missing := set(wanted) - set(best.columns.values()):
            raise WorkbookFault("workbook-source", _("表中没有应核对合计的列 {names}").format(names=_("、").join(sorted(missing))))
        return _below(book, best, strings, types, keyed)


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


def _below(book: zipfile.ZipFile, heading: _Heading, strings: Sequence[str], types: Mapping[str, str],
           keyed: Keyed | None) -> tuple[int, dict[str, str]]:
    watched = {place: name for place, name in heading.columns.items() if types[name] in ("integer", "number")}
    sums = dict.fromkeys(watched.values(), Decimal(0))
    if keyed is not None and keyed.key in heading.columns.values():
        watched |= {place: name for place, name in heading.columns.items() if name == keyed.key or types[name] == "date"}
    else:
        keyed = None
    columns = tuple(name for name in watched.values() if keyed is None or name != keyed.key)
    count, seen = 0, set()
    for number, row in enumerate(sheet_rows(book, heading.part), 1):
        if number > MOST_ROWS:
            raise WorkbookFault("workbook-content", _("工作表超过 {count} 行").format(count=MOST_ROWS))
        if number <= heading.row or not any(map(is_filled, row)):
            continue
        count += 1
        if not watched:
            continue
        said = {watched[place]: cell_text(cell, strings) for place, cell in placed_cells(row) if place in watched}
        for name in sums.keys() & said.keys():
            sums[name] += _amount(said[name], number)
        if keyed is not None:
            seen.add(_held(said, columns, keyed, types, number))
    if keyed is not None and len(seen) != count:
        raise WorkbookFault("workbook-source", _("同一条记录列了两次"))
    return count, {name: format(total, "f") for name, total in sums.items()}


def _held(said: Mapping[str, str], columns: Sequence[str], keyed: Keyed, types: Mapping[str, str], number: int) -> str:
    """The key of a row whose numbers and dates are those of its record."""
    key = said.get(keyed.key, "")
    record = keyed.records.get(key)
    if record is None:
        raise WorkbookFault("workbook-source", _("第 {number} 行的编号不在数据里").format(number=number))
    for name in columns:
        text, expected = said.get(name, ""), record[name]
        if types[name] == "date":
            same = _day(text) == expected
        else:
            same = text == expected or bool(text and expected) and _amount(text, number) == Decimal(expected)
        if not same:
            raise WorkbookFault("workbook-source", _("第 {number} 行的 {name} 与数据不一致").format(number=number, name=name))
    return key


def _day(text: str) -> str:
    """A date as spreadsheets count it (days from 1899-12-30), as ISO; other text unchanged."""
    return (date(1899, 12, 30) + timedelta(days=int(text))).isoformat() if text.isdecimal() and len(text) < 7 else text


def _amount(text: str, number: int) -> Decimal:
    try:
        amount = Decimal(text or 0)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or abs(amount) >= 10**18:
        raise WorkbookFault("workbook-source", _("第 {number} 行的数读不出来").format(number=number))
    # Spreadsheets write binary fractions with all their digits: 12.300000000000001 is 12.3.
    return round(amount, 6)
