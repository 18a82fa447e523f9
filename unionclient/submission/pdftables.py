"""The tables printed in a PDF, read back from what is drawn: ruled lines, the text between them, row by row.

Enough for the forms of this program and any table with ruled lines; where there are none, there are no rows. Limits:
horizontal text, fonts with a ToUnicode map of single bytes or plain Latin; the first pages only, since a long roster takes long.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from itertools import zip_longest
from typing import Any
from unicodedata import decimal

import pikepdf

MOST_PAGES, MOST_MARKS = 40, 1_000_000
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4,8})>")
_OPERATORS = "m l cm q Q BT Tm Td TD Tf Tj TJ"
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class _Marks:
    """What a page draws, in points: heights of level lines, upright lines (x, from, to), texts with where they begin."""

    levels: set[float] = field(default_factory=set)
    uprights: set[tuple[float, float, float]] = field(default_factory=set)
    texts: list[tuple[float, float, str]] = field(default_factory=list)

    def line(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        (x, y), (to_x, to_y) = begin, end
        if abs(y - to_y) < 0.1:
            self.levels.add(round(y, 1))
        elif abs(x - to_x) < 0.1:
            self.uprights.add((round(x, 1), min(y, to_y), max(y, to_y)))


def table_rows(content: bytes) -> list[list[str]]:
    """The rows between ruled lines of the first pages, cells from left to right. Raises ValueError where the PDF cannot be read."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            rows: list[list[str]] = []
            left = MOST_MARKS
            for page in pdf.pages[:MOST_PAGES]:
                marks = _marks(page)
                left -= len(marks.uprights) + len(marks.levels) + len(marks.texts)
                if left < 0:
                    raise ValueError("too many marks")
                rows += _rows(marks)
            return rows
    except (pikepdf.PdfError, RuntimeError, TypeError, AttributeError, IndexError, OverflowError):
        raise ValueError("the PDF cannot be read") from None


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _marks(page: Any) -> _Marks:
    found = _Marks()
    fonts = _fonts(page)
    state, stack, text, at, font = _SAME, [], _SAME, (0.0, 0.0), {}
    for operands, operator in pikepdf.parse_content_stream(page, _OPERATORS):
        sign = str(operator)
        if sign == "q":
            stack.append(state)
        elif sign == "Q":
            state = stack.pop() if stack else _SAME
        elif sign == "cm":
            state = _times(_matrix(operands), state)
        elif sign in ("m", "l"):
            to = _placed(_times((1, 0, 0, 1, float(operands[0]), float(operands[1])), state))
            if sign == "l":
                found.line(at, to)
            at = to
        elif sign == "BT":
            text = _SAME
        elif sign == "Tm":
            text = _matrix(operands)
        elif sign in ("Td", "TD"):
            text = _times((1, 0, 0, 1, float(operands[0]), float(operands[1])), text)
        elif sign == "Tf":
            font = fonts.get(str(operands[0]), {})
        elif sign in ("Tj", "TJ"):
            pieces = operands[0] if sign == "TJ" else operands
            octets = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
            found.texts.append((*_placed(_times(text, state)), "".join(font.get(each, chr(each)) for each in octets)))
    return found


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in operands)
    return (a, b, c, d, e, f)


def _placed(matrix: Matrix) -> tuple[float, float]:
    return matrix[4], matrix[5]


def _fonts(page: Any) -> dict[str, dict[int, str]]:
    """For each font of the page its characters by byte; empty for plain Latin ones."""
    fonts = page.get("/Resources", {}).get("/Font", {})
    return {str(name): _characters(font) for name, font in fonts.items()}


def _characters(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {}
    return {int(code, 16): bytes.fromhex(character.decode("ascii")).decode("utf-16-be", "replace")
            for code, character in _MAPPED.findall(font.ToUnicode.read_bytes())}


def _rows(marks: _Marks) -> list[list[str]]:
    """A text belongs to the cell in which it begins; a line of cells between two level lines is a row."""
    levels = sorted(marks.levels)
    rows: dict[int, dict[int, list[tuple[float, float, str]]]] = {}
    edges: dict[int, list[float]] = {}
    for x, y, said in marks.texts:
        band = bisect_right(levels, y)
        if not 0 < band < len(levels):
            continue
        if band not in edges:
            edges[band] = sorted({edge for edge, low, high in marks.uprights if low <= y <= high})
        place = bisect_right(edges[band], x)
        if 0 < place < len(edges[band]):
            rows.setdefault(band, {}).setdefault(place, []).append((-y, x, said))
    return [[_said(rows[band].get(place, ())) for place in range(1, len(edges[band]))] for band in sorted(rows, reverse=True)]


def _said(texts: Iterable[tuple[float, float, str]]) -> str:
    """The texts of a cell from the top line down, each line in the order in which it is drawn."""
    return "".join(said for _, _, said in sorted(texts, key=lambda text: text[0]))


# holding rows against a table -------------------------------------------------------------------------------------

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# A cell that says a number, perhaps with its sign and unit, or a code; not a sentence with a number in it.
_NUMBERED = re.compile(r"[≥≤<>=+\-−¥￥]?\s*\d.{0,40}|[!-~]{0,20}\d[!-~]{0,20}")


def numbers(text: str) -> list[Decimal]:
    """The numbers in a text: 2,386 is 2386, 53.010 is 53.01; dates and codes fall into their digits."""
    return [Decimal(spelt) for spelt in _spelt(text)]


def _spelt(text: str) -> list[str]:
    """The numbers in a text, equal ones spelt alike: 53.01 for 053.010, .5 for 0.50."""
    return [_alike(found) for found in _NUMBER.findall(text) if len(found) < 30]


def _alike(found: str) -> str:
    if found.isascii() and found.isdigit() and found[0] != "0":      # nearly always
        return found
    plain = found.replace(",", "") if found.isascii() else "".join(str(decimal(sign, sign)) for sign in found if sign != ",")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0"


def _cell_numbers(cell: str) -> list[str]:
    return _spelt(cell) if _NUMBERED.fullmatch(cell) and "*" not in cell else []


class Records:
    """The records of a table by the numbers in them."""

    def __init__(self, records: Iterable[Sequence[str]]) -> None:
        self._columns = list(zip_longest(*records, fillvalue=""))
        self._holders: dict[str, set[int]] = {}

    def _learn(self, wanted: set[str]) -> None:
        """Who holds the numbers that are asked for: few of all there are. A text that stands in many cells is read once."""
        new = wanted - self._holders.keys()
        self._holders.update((number, set()) for number in new)
        for column in self._columns if new else ():
            held = {text: found for text in set(column) if (found := new.intersection(_spelt(text)))}
            for place, text in enumerate(column) if held else ():
                for number in held.get(text, ()):
                    self._holders[number].add(place)

    def strangers(self, rows: Sequence[Sequence[str]], columns: Iterable[int]) -> list[int]:
        """Rows (from 0) whose numbers in `columns` (from 0) no single record has together."""
        chosen = tuple(columns)
        said_by_row = [{number for column in chosen if column < len(row) for number in _cell_numbers(row[column])} for row in rows]
        self._learn(set().union(*said_by_row))
        found = []
        for place, said in enumerate(said_by_row):
            sets = sorted((self._holders[number] for number in said), key=len)
            if sets and not set.intersection(*sets):
                found.append(place)
        return found

    def held(self, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
        """The columns (from 0) whose numbers all stand, row by row, in one record: what can be checked again later.

        The first column counts the rows and is left out; columns worked out from other ledgers fall away.
        """
        self._learn({number for row in rows for cell in row[1:] for number in _cell_numbers(cell)})
        kept: list[int] = []
        for column in range(1, max(map(len, rows), default=0)):
            said = any(column < len(row) and _cell_numbers(row[column]) for row in rows)
            if said and not self.strangers(rows, [*kept, column]):
                kept.append(column)
        return tuple(kept)
