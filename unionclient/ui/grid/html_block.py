"""A block of cells as Excel and WPS also put it on the clipboard: an HTML table, the only form that tells merged cells.

Only the first table counts; tables within cells, styles and hidden marks are passed over. Nothing of it is trusted: a
merge reaches no further down than the rows that are really there, and no further right than `WIDEST` columns.
"""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

WIDEST = 1000   # columns; more than any ledger has
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAKS = ("br", "p", "div", "li")

Place = tuple[int, int]  # row and column, from 0


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """`rows` of places where each cell's text stands; None: a merge from the left leaves nothing to paste.

    A cell merged over several rows is named in each of them, since in a ledger every row speaks for itself; merged over
    several columns it is named in the first only.
    """

    rows: tuple[tuple[Place | None, ...], ...]
    texts: dict[Place, str]
    merges: int

    def filled(self, plain: list[list[str]]) -> list[list[str | None]]:
        """The cells' texts: out of the plain text beside the table where it has the same shape, else the table's own.

        The plain text is the better witness: Excel breaks long lines of its HTML anywhere.
        """
        same = len(plain) == len(self.rows) and all(len(p) == len(r) for p, r in zip(plain, self.rows, strict=True))
        return [[None if at is None else plain[at[0]][at[1]] if same else self.texts[at] for at in row] for row in self.rows]


class _Table(HTMLParser):
    """Fills `rows` and `texts`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[Place | None]] = []
        self.texts: dict[Place, str] = {}
        self.merges = 0
        self._depth = 0                                 # of tables
        self._done = False
        self._cell: list[str] | None = None
        self._spans = (1, 1)                            # rows and columns of the open cell
        self._hanging: dict[int, tuple[int, Place | None]] = {}  # column → (rows it still reaches down, where it stands)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += not self._done
        elif self._depth != 1 or self._done:
            return
        elif tag == "tr":
            self._end_cell()
            self._end_row()
            self.rows.append([])
        elif tag in ("td", "th"):
            self._end_cell()
            if not self.rows:
                self.rows.append([])
            told = dict(attrs)
            self._spans = _span(told.get("rowspan")), min(_span(told.get("colspan")), WIDEST)
            self._cell = []
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_cell()
                self._end_row()
                self._done = True
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(_BLANKS.sub(" ", data))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        text = "\n".join(line.strip(" ") for line in "".join(self._cell).split("\n")).strip("\n").replace("\xa0", " ")
        self._cell = None
        self._take_hanging()
        down, right = self._spans
        self.merges += down > 1 or right > 1
        row = self.rows[-1]
        here = len(self.rows) - 1, len(row)
        self.texts[here] = text
        for step in range(min(right, WIDEST - len(row))):
            told = here if step == 0 else None
            if down > 1:
                self._hanging[len(row)] = (down - 1, told)
            row.append(told)

    def _take_hanging(self) -> None:
        """Cells of merges that began in a row above."""
        row = self.rows[-1]
        while len(row) in self._hanging:
            left, stands = self._hanging.pop(len(row))
            if left > 1:
                self._hanging[len(row)] = (left - 1, stands)
            row.append(stands)

    def _end_row(self) -> None:
        """What a merge from above covers to the right of the row's last cell."""
        row = self.rows[-1] if self.rows else []
        while any(column >= len(row) for column in self._hanging):
            if len(row) not in self._hanging:
                row.append(None)
            self._take_hanging()


def _span(told: str | None) -> int:
    return max(int(told), 1) if told and told.isascii() and told.isdigit() and len(told) < 8 else 1


def read_html(html: str) -> HtmlBlock | None:
    """The first table of a page, or None if there is none."""
    table = _Table()
    table.feed(html)
    table.close()
    return HtmlBlock(tuple(map(tuple, table.rows)), table.texts, table.merges) if any(table.rows) else None
