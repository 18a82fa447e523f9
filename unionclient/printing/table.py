"""A ruled table: grey header of one or two rows with merges, body rows that grow with their text, cut into pages.

Limits: a body cell spans columns only in total rows; rows taller than a page are continued on the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby

from unionclient.printing import typeset
from unionclient.printing.fonts import HEI_BOLD, SONG
from unionclient.printing.painter import HEAD_GREY, PAD, Painter
from unionclient.printing.sheet import ABSENT
from unionclient.printing.typeset import Fitted

_TOTAL_GREY = 0.95
_SPARE = 3.0                            # a total row may be this much higher than other rows, mm


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table; `width` in mm, `group` the text of the first header row over it."""

    path: str
    title: str
    width: float
    align: str = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A body cell over `span` columns."""

    text: Fitted
    span: int = 1
    align: str = "left"


@lru_cache(maxsize=8192)  # a roster says the same in many rows
def _cell(text: str, wide: float, align: str, size: float, least: float) -> Cell:
    """A measured body cell; a dash for a missing value stands in the middle."""
    return Cell(typeset.fit(text, wide - 2 * PAD, font=SONG, size=size, least=least), 1, "center" if text == ABSENT else align)


@dataclass(frozen=True, slots=True)
class Line:
    """A body row, measured."""

    cells: tuple[Cell, ...]
    height: float
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Columns with their place on the paper and the sizes of their text."""

    columns: tuple[Column, ...]
    left: float
    size: float = 9.0
    least: float = 8.0
    row: float = 7.5                    # least height of a body row, mm

    @property
    def width(self) -> float:
        return sum(column.width for column in self.columns)

    @property
    def grouped(self) -> bool:
        return any(column.group for column in self.columns)

    def _title(self, text: str, width: float) -> Fitted:
        found = typeset.fit(text, width - 2 * PAD, font=HEI_BOLD, size=self.size, least=self.least)
        return found if "\n" in text else typeset.evened(found, width - 2 * PAD)

    @property
    def head_rows(self) -> tuple[float, ...]:
        """Heights of the header's rows."""
        own = max((self._title(c.title, c.width).height for c in self.columns if c.group or not self.grouped), default=0.0) + 2 * PAD
        if not self.grouped:
            return (max(own, 8.0),)
        above = max(self._title(text, wide).height for _, wide, _, text in self._groups()) + 2 * PAD
        first, second = max(above, 6.5), max(own, 6.5)
        tall = max((self._title(c.title, c.width).height for c in self.columns if not c.group), default=0.0) + 2 * PAD
        return first, max(second, tall - first)

    @property
    def head(self) -> float:
        return sum(self.head_rows)

    def _groups(self) -> list[tuple[float, float, int, str]]:
        """Merged cells of the first header row: x, width, number of columns, text."""
        found: list[tuple[float, float, int, str]] = []
        x, last = self.left, ""
        for column in self.columns:
            if column.group and column.group == last:
                start, wide, count, text = found[-1]
                found[-1] = (start, wide + column.width, count + 1, text)
            elif column.group:
                found.append((x, column.width, 1, column.group))
            x, last = x + column.width, column.group
        return found

    def draw_head(self, paper: Painter, y: float) -> float:
        """Draw the header at `y`; the y below it."""
        first, *rest = self.head_rows
        whole = first + sum(rest)
        for x, wide, _, text in self._groups():
            self._draw_title(paper, text, x, y, wide, first)
        x = self.left
        for column in self.columns:
            top, high = (y + first, rest[0]) if column.group else (y, whole)
            self._draw_title(paper, column.title, x, top, column.width, high)
            x += column.width
        return y + whole

    def _draw_title(self, paper: Painter, text: str, x: float, y: float, wide: float, high: float) -> None:
        paper.box(x, y, wide, high, fill=HEAD_GREY)
        paper.lay(self._title(text, wide), x, y, wide, high, align="center")

    def line(self, texts: Sequence[str], *, row: float | None = None, merged: int = 0) -> Line:
        """Measure a body row of one text per column; the first `merged` ones share a cell with other rows and do not count."""
        cells = tuple([_cell(text, column.width, column.align, self.size, self.least)
                       for text, column in zip(texts, self.columns, strict=True)])
        highest = max([cell.text.height for cell in cells[merged:] if len(cell.text.lines) > 1], default=0.0)
        return Line(cells, max(row or self.row, highest + 2 * PAD))

    def total(self, label: str, texts: Sequence[str], *, label_span: int) -> Line:
        """Measure a total row: the label over the first columns, then one text per column."""
        wide = sum(column.width for column in self.columns[:label_span])
        cells = [Cell(typeset.fit(label, wide - 2 * PAD, font=HEI_BOLD, size=self.size, least=self.least), label_span, "center")]
        for text, column in zip(texts[label_span:], self.columns[label_span:], strict=True):
            cells.append(Cell(typeset.fit(text, column.width - 2 * PAD, font=HEI_BOLD, size=self.size, least=6.0), 1, column.align))
        return Line(tuple(cells), max(self.row, *(cell.text.height + 2 * PAD for cell in cells)), True)

    def draw_boxes(self, paper: Painter, y: float, height: float) -> None:
        """The empty cells of one body row."""
        edges = list(accumulate((column.width for column in self.columns), initial=self.left))
        paper.lattice(edges, [y, y + height])

    def draw_texts(self, paper: Painter, line: Line, y: float) -> None:
        """The texts of one body row, without its ruling."""
        x = self.left
        for column, cell in zip(self.columns, line.cells, strict=True):
            paper.lay(cell.text, x, y, column.width, line.height, align=cell.align)
            x += column.width

    def draw_lines(self, paper: Painter, lines: Sequence[Line], y: float, *, merged: int = 0) -> float:
        """Draw body rows from `y`; equal neighbours in the first `merged` columns become one cell. The y below."""
        edges = list(accumulate((column.width for column in self.columns), initial=self.left))
        heights = list(accumulate((line.height for line in lines), initial=y))
        for total, block in groupby(range(len(lines)), key=lambda n: lines[n].total):
            rows = list(block)
            if not total:
                paper.lattice(edges[merged:], [heights[n] for n in (*rows, rows[-1] + 1)])
            for n in rows:
                number = 0
                for cell in lines[n].cells:
                    x, wide = edges[number], edges[number + cell.span] - edges[number]
                    if total:
                        paper.box(x, heights[n], wide, lines[n].height, fill=_TOTAL_GREY)
                    if total or number >= merged:
                        paper.lay(cell.text, x, heights[n], wide, lines[n].height, align=cell.align)
                    number += cell.span
        for column in range(merged):
            self._draw_merged(paper, lines, y, column)
        return heights[-1]

    def _draw_merged(self, paper: Painter, lines: Sequence[Line], y: float, number: int) -> None:
        x = self.left + sum(column.width for column in self.columns[:number])
        column = self.columns[number]
        start = 0
        while start < len(lines):
            end, high = start, 0.0
            words = self._words(lines[start], number)
            while end < len(lines) and (end == start or words) and self._words(lines[end], number) == words:
                high += lines[end].height
                end += 1
            if words is not None:
                paper.box(x, y, column.width, high)
                paper.lay(typeset.fit_box(words, column.width - 2 * PAD, high - PAD, font=SONG, size=self.size),
                          x, y, column.width, high, align="center")
            y += high
            start = end

    @staticmethod
    def _words(line: Line, number: int) -> str | None:
        """Text of a merged column's cell; None in a total row, which merges with nothing."""
        return None if line.total else "".join(line.cells[number].text.lines)

    def pages(self, lines: Sequence[Line], first: float, following: float, foot: float) -> list[list[Line]]:
        """Cut rows into pages.

        `first` and `following` are the heights for body rows on the first and any later page; `foot` is the room that
        must be left below the last row. A total row never stands alone on a page.
        """
        found: list[list[Line]] = [[]]
        room = first
        most = max(min(first, following) - foot - self.row - _SPARE, 4 * self.row)
        for line in self.cut(lines, most):
            if found[-1] and line.height > room + 1e-6:
                last = found[-1]
                keep = _tail(last) if line.total else 0
                carried = last[-keep:] if 0 < keep < len(last) else []
                found[-1] = last[:len(last) - len(carried)]
                found.append(carried)
                room = following - sum(l.height for l in carried)
            found[-1].append(line)
            room -= line.height
        if room < foot and len(found[-1]) > 1:
            last = found[-1]
            keep = _tail(last)
            found[-1], tail = last[:-keep], last[-keep:]
            if not found[-1]:
                found.pop()
            found.append(tail)
        return found

    def cut(self, lines: Sequence[Line], most: float) -> list[Line]:
        """Rows taller than `most` become several, each with a part of the lines of every cell."""
        found = []
        for line in lines:
            while line.height > most:
                upper, lower = [], []
                for cell in line.cells:
                    fits = max(1, int((most - 2 * PAD) / (cell.text.height / max(len(cell.text.lines), 1)))) if cell.text.lines else 0
                    upper.append(replace(cell, text=replace(cell.text, lines=cell.text.lines[:fits])))
                    lower.append(replace(cell, text=replace(cell.text, lines=cell.text.lines[fits:])))
                found.append(replace(line, cells=tuple(upper), height=most))
                line = replace(line, cells=tuple(lower), height=max(self.row, *(c.text.height + 2 * PAD for c in lower)))
            found.append(line)
        return found


def _tail(lines: Sequence[Line]) -> int:
    """How many lines at the end belong together: the total rows, and the row above them."""
    return 1 + next((n for n, line in enumerate(reversed(lines)) if not line.total), 0)
