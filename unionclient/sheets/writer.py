"""Writes a ledger as .xlsx by streaming: large ledgers in a second or two, the same bytes for the same rows.

Text stays text (identity numbers, formulas as typed), dates are dates, numbers numbers; code columns have a list.
Limits: one sheet, 1,048,575 rows, 32,767 characters a cell. Only what an office needs of the format is written
(ECMA-376 part 1, §18); texts that repeat are shared, those of a column of unique ones stand in their cells.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Field
from unionclient.definition.words import _
from unionclient.sheets import xlsxparts as parts
from unionclient.sheets.book import letter
from unionclient.sheets.files import written_whole
from unionclient.sheets.layout import RECORD_HEADING

MOST_ROWS, MOST_CHARACTERS = 1_048_575, 32_767
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOSE = re.compile(r"^\s|\s$|\s\s|\n")             # blanks that XML readers may drop
_ACTIVE = ("=", "+", "-", "@", "\t")                # what a spreadsheet would take for a formula when edited
_ODD = re.compile(rf"{_SPECIAL.pattern}|{_LOOSE.pattern}|^[=+@-]")      # what a text needs care for; most need none
_EPOCH, _MOMENT = dt.date(1899, 12, 30), dt.datetime(1899, 12, 30)
_STAMP = (1980, 1, 1, 0, 0, 0)                      # in every member of the container, so that bytes repeat
_CHUNK = 4096
# Cells are made without their row and repeat; the number takes the place of this sign, which no text can hold.
_ROW = "\0"
_MOST_KEPT = 50_000                                 # cells of a column that are remembered: dates, numbers
_LONG = 10_000_000                                  # cells from which a sheet may need more than 2 GB

Body = Callable[[Any], str]         # a value → its cell behind `<c r="A2`


def write_ledger(path: Path, title: str, headings: Sequence[str], fields: Sequence[Field | None], rows: Sequence[Sequence[Any]], *,
                 banner: str | None = None) -> Path:
    """Writes rows under `headings`; `fields` gives each column's type, None for plain text; `banner` a title row above.

    Values: text, int (scaled for decimals, fen for money), date, datetime or None.
    """
    if len(rows) > MOST_ROWS - bool(banner):
        raise UnionClientError(_("一张表最多 {most} 行，现有 {n} 行。").format(most=MOST_ROWS, n=len(rows)), _("没有写出文件。"), _("请分批导出。"))
    sheet = _Sheet(headings, fields, rows, banner)
    with written_whole(path) as part, zipfile.ZipFile(part, "w") as book:
        for name, text in parts.fixed_parts(title, len(headings), len(rows), sheet.head_row):
            _member(book, name, [text])
        _member(book, "xl/worksheets/sheet1.xml", sheet.pieces(), long=len(rows) * len(headings) > _LONG)
        _member(book, "xl/sharedStrings.xml", sheet.shared_pieces())
    return path


def _member(book: zipfile.ZipFile, name: str, pieces: Sequence[str] | Iterator[str], *, long: bool = False) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    with book.open(info, "w", force_zip64=long) as member:
        for piece in pieces:
            member.write(piece.encode("utf-8"))


class _Sheet:
    """One sheet on its way into the container; knows the texts it shares."""

    def __init__(self, headings: Sequence[str], fields: Sequence[Field | None], rows: Sequence[Sequence[Any]], banner: str | None) -> None:
        self.headings, self.fields, self.rows, self.banner = headings, fields, rows, banner
        self.head_row = 2 if banner else 1
        self.letters = [letter(n) for n in range(len(headings))]
        self._shared: dict[str, int] = {}

    def pieces(self) -> Iterator[str]:
        last = self.letters[-1]
        # The record id is for the program alone: there when the file comes back, not on screen or paper.
        widths = [0 if heading in (RECORD_HEADING, _(RECORD_HEADING)) else (field.width if field else 20) + 2
                  for heading, field in zip(self.headings, self.fields, strict=True)]
        yield parts.sheet_begin(widths, self.head_row)
        if self.banner:
            yield f'<row r="1" ht="36" customHeight="1"><c r="A1{self._inline(self.banner, parts.BANNER, "A1")}</row>'
        cells = "".join(f'<c r="{at}{self.head_row}{self._inline(heading, parts.HEAD, at)}'
                        for at, heading in zip(self.letters, self.headings, strict=True))
        yield f'<row r="{self.head_row}" ht="30" customHeight="1">{cells}</row>'
        yield from self._data()
        end = self.head_row + len(self.rows)
        yield parts.sheet_end(
            f"A{self.head_row}:{last}{end}", f"A1:{last}1" if self.banner and last != "A" else "",
            [(f"{at}{self.head_row + 1}:{at}{min(end + 200, MOST_ROWS + 1)}", words) for at, field in zip(self.letters, self.fields)
             if (words := parts.list_words(field))], any(field is not None and field.personal for field in self.fields))

    def _data(self) -> Iterator[str]:
        columns = [_Column(f'<c r="{at}{_ROW}', self._body(field, at, repeats := self._repeats(n)), field, repeats)
                   for n, (field, at) in enumerate(zip(self.fields, self.letters, strict=True))]
        number = self.head_row
        for start in range(0, len(self.rows), _CHUNK):
            chunk = self.rows[start:start + _CHUNK]
            cells = [column.cells(values) for column, values in zip(columns, zip(*chunk, strict=True), strict=True)]
            lines = []
            for row in zip(*cells, strict=True):
                number += 1
                lines.append(f'<row r="{_ROW}">{"".join(row)}</row>'.replace(_ROW, str(number)))
            yield "".join(lines)

    def _repeats(self, column: int) -> bool:
        """Judged by the first thousands of rows: most texts of the column stand there more than once."""
        sample = [row[column] for row in self.rows[:_CHUNK] if row[column] is not None]
        return len(sample) >= 2 * len(set(sample))

    # cells --------------------------------------------------------------------------------------------------

    def _body(self, field: Field | None, at: str, repeats: bool) -> Body:
        text = self._shared_text(at) if repeats else lambda value: self._inline(value if isinstance(value, str) else str(value), parts.TEXT, at)
        kind = field.type if field else "text"
        if kind in ("date", "datetime"):
            return lambda v: _dated(v) if isinstance(v, dt.date) else text(v)
        if kind == "int":
            return lambda v: f'" s="{parts.WHOLE}"><v>{v}</v></c>' if type(v) is int else text(v)
        if kind in ("money", "decimal"):
            places = 2 if kind == "money" else field.places
            style = parts.MONEY if kind == "money" else parts.decimal_style(places)
            return lambda v: f'" s="{style}"><v>{_scaled(v, places)}</v></c>' if type(v) is int else text(v)
        return text

    def _shared_text(self, at: str) -> Body:
        def body(value: Any) -> str:
            written = self._checked(value if isinstance(value, str) else str(value), at)
            style = parts.QUOTED if written[:1] in _ACTIVE and written else parts.TEXT
            number = self._shared.setdefault(written, len(self._shared))
            return f'" s="{style}" t="s"><v>{number}</v></c>'
        return body

    def _inline(self, value: str, style: int, at: str) -> str:
        if len(value) <= MOST_CHARACTERS and not _ODD.search(value):
            return f'" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>'
        text = self._checked(value, at)
        if style == parts.TEXT and text[:1] in _ACTIVE and text:
            style = parts.QUOTED
        return f'" s="{style}" t="inlineStr"><is>{_t(text)}</is></c>'

    def _checked(self, text: str, at: str) -> str:
        if len(text) > MOST_CHARACTERS:
            raise UnionClientError(_("{at} 列有一格文字超过 {most} 个字，表格放不下。").format(at=at, most=MOST_CHARACTERS), _("没有写出文件。"), _("请缩短后再导出。"))
        return ILLEGAL.sub("", text) if _SPECIAL.search(text) else text

    def shared_pieces(self) -> Iterator[str]:
        yield parts.SHARED_BEGIN.format(len(self._shared))
        yield from (f"<si>{_t(text)}</si>" for text in self._shared)
        yield "</sst>"


class _Column(dict[Any, str]):
    """Cells of one column by value: those that repeat are made once."""

    def __init__(self, begin: str, body: Body, field: Field | None, repeats: bool) -> None:
        super().__init__({None: ""})
        self._begin, self._body = begin, body
        self._numbers = field is not None and field.type in ("int", "money", "decimal")
        # Texts that hardly repeat are not worth the memory; those that do are shared, and few.
        self._most = None if repeats else _MOST_KEPT if field is not None and (self._numbers or field.type in ("date", "datetime")) else 0

    def cells(self, values: Sequence[Any]) -> list[str]:
        # To a dict True is 1 and 1.0 is 1; in a sheet they are not.
        if self._numbers and not {bool, float}.isdisjoint(map(type, values)) or self._most == 0:
            begin, body = self._begin, self._body
            return ["" if value is None else begin + body(value) for value in values]
        return list(map(self.__getitem__, values))

    def __missing__(self, value: Any) -> str:
        cell = self._begin + self._body(value)
        if self._most is None or len(self) < self._most:
            self[value] = cell
        return cell


def _t(text: str) -> str:
    if _SPECIAL.search(text):
        text = escape(text, {"\r": "&#13;"})
    return f'<t xml:space="preserve">{text}</t>' if _LOOSE.search(text) else f"<t>{text}</t>"


def _dated(value: dt.date) -> str:
    if isinstance(value, dt.datetime):
        seconds = (value - _MOMENT).total_seconds()
        return f'" s="{parts.STAMPED}"><v>{seconds / 86400:.10f}</v></c>'
    days = (value - _EPOCH).days
    if days < 61:       # Excel has a 29 February 1900 and nothing before that year
        return f'" s="{parts.TEXT}" t="inlineStr"><is><t>{value.isoformat()}</t></is></c>'
    return f'" s="{parts.DATE}"><v>{days}</v></c>'


def _scaled(value: int, places: int) -> str:
    """An integer scaled by 10**places as exact decimal text."""
    if not places:
        return str(value)
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
