"""Where the table is on a sheet: header rows found by the headings they hit, columns led to fields, rows told apart.

Merged headings of two or three rows are joined ("会员情况.女"); totals, footers and repeated headers are no data.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.text import fold, heading_key
from unionclient.sheets.book import Cell, Sheet, shown

Target = tuple[str, str]            # ledger id, field id
RECORD_HEADING, RECORD_ID = "系统编号", "id"   # the last column of our own exports: the surest way to know a record again
IGNORED_HEADINGS = frozenset(("序号", "编号", "问题", "行号", "no", "no."))
_SEARCH_ROWS = 15
_TOTAL = re.compile(r"(本页|本表|本社区|社区|街道|全街道?|本期)?(合计|小计|总计|共计|累计|总数)[:：]?[\d,.]*[人个家户元条]?")
_FOOTER = re.compile(r"(填表人|填报人|审核人|负责人|制表人?|复核人|经办人|填报日期|填报单位|联系电话|单位负责人|单位（?盖章|备注[:：]|说明[:：]?|注[:：]|注意)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its heading as shown, and the field it leads to (None: not known)."""

    index: int
    heading: str
    target: Target | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's table. `first_data` is the first row under the header; `fingerprint` names the layout."""

    header: tuple[int, int]
    first_data: int
    columns: tuple[Column, ...]
    fingerprint: str

    @property
    def mapped(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.target)


def heading_targets(ledger: Ledger, library: Library) -> dict[str, Target]:
    """Every heading key that leads somewhere: the feeds' columns, then the ledger's own titles and aliases.

    A feed's column wins over a reference field of the same heading, because it can find the record by more than a name.
    """
    words: dict[str, Target] = {dotted_key(RECORD_HEADING): (ledger.id, RECORD_ID)}
    for feed in ledger.feeds:
        for name, headings in feed.columns.items():
            for heading in headings:
                words.setdefault(dotted_key(heading), (feed.ledger, name))
    for field in ledger.live_fields:
        for heading in (field.title, *field.aliases):
            words.setdefault(dotted_key(heading), (ledger.id, field.id))
    if ledger.parent:
        parent = library.ledgers[ledger.parent]
        words.setdefault(dotted_key(parent.title), (ledger.id, "parent_id"))
    return words


def dotted_key(heading: str) -> str:
    return ".".join(heading_key(part) for part in heading.split("."))


def find_layout(sheet: Sheet, words: Mapping[str, Target], chosen: Mapping[str, Target | None] | None = None) -> Layout | None:
    """The best header of the sheet, or None if nothing on it looks like one.

    `chosen` overrides single headings (as shown) with a field or with None.
    """
    best: tuple[int, int, int, list[str]] | None = None
    for row in range(min(_SEARCH_ROWS, sheet.height)):
        for depth in (1, 2, 3):
            if row + depth > sheet.height:
                break
            headings = _joined(sheet, row, depth)
            hits = len({t for h in headings if (t := lead(h, words))})
            if hits and (best is None or hits > best[0] or hits == best[0] and row == best[1] and _bound(sheet, row, depth)):
                best = (hits, row, depth, headings)
    if best is None:
        return None
    hits, row, depth, headings = best
    filled = sum(1 for h in headings if h)
    if hits < 2 and filled > 1:
        return None
    return _layout(row, depth, headings, words, chosen or {})


def lead(heading: str, words: Mapping[str, Target]) -> Target | None:
    """The field a heading leads to: as a whole, else by its last part where that is unmistakable."""
    key = dotted_key(heading)
    if key in words:
        return words[key]
    last = key.rsplit(".", 1)[-1]
    return words.get(last) if "." in key and len(last) > 2 else None


def _layout(row: int, depth: int, headings: list[str], words: Mapping[str, Target], chosen: Mapping[str, Target | None]) -> Layout:
    columns, taken = [], set()
    for index, heading in enumerate(headings):
        if not heading:
            continue
        target = chosen[heading] if heading in chosen else lead(heading, words)
        if target in taken:
            target = None           # the first of two columns for one field is taken, the second is reported
        if target:
            taken.add(target)
        columns.append(Column(index, heading, target))
    keys = "\x1f".join(dotted_key(c.heading) for c in columns)
    return Layout((row, row + depth - 1), row + depth, tuple(columns), hashlib.sha256(keys.encode()).hexdigest()[:16])


def _joined(sheet: Sheet, row: int, depth: int) -> list[str]:
    """The headings of `depth` rows from `row`, joined by dots; groups reach right inside their merge."""
    levels = [[_text(cell) for cell in sheet.row(row + step)] for step in range(depth)]
    covered = [[False] * sheet.width for _ in range(depth)]
    for top, left, bottom, right in sheet.merges:
        for step in range(depth):
            if not top <= row + step <= bottom:
                continue
            for column in range(left, min(right, sheet.width - 1) + 1):
                if row + step == max(top, row):
                    levels[step][column] = _text(sheet.columns[left][top]) if column < sheet.width else ""
                else:
                    covered[step][column] = True
    if not any(top <= row + depth - 1 and bottom >= row for top, _, bottom, _ in sheet.merges):
        _spread(levels)
    return [".".join(dict.fromkeys(levels[s][c] for s in range(depth) if levels[s][c] and not covered[s][c]))
            for c in range(sheet.width)]


def _spread(levels: list[list[str]]) -> None:
    """In a file without merges a group heading reaches right over blanks that have words below them."""
    for step in range(len(levels) - 1):
        for column in range(1, len(levels[step])):
            if not levels[step][column] and levels[step + 1][column] and levels[step + 1][column - 1]:
                levels[step][column] = levels[step][column - 1]


def _bound(sheet: Sheet, row: int, depth: int) -> bool:
    """A merge ties all `depth` rows together, so they are one header."""
    return any(top <= row and bottom >= row + depth - 1 and bottom > top for top, _, bottom, _ in sheet.merges)


def _text(cell: Cell) -> str:
    return " ".join(shown(cell).split())


def filled_columns(sheet: Sheet, layout: Layout) -> dict[int, list[Any]]:
    """Cells of the mapped columns with vertical merges filled inside the merge, and only there."""
    cells = {c.index: list(sheet.columns[c.index]) for c in layout.mapped}
    for top, left, bottom, right in sheet.merges:
        if top >= layout.first_data and bottom > top:
            for column in range(left, right + 1):
                if column in cells:
                    value = sheet.columns[left][top]
                    cells[column][top:bottom + 1] = [value] * (min(bottom, sheet.height - 1) - top + 1)
    return cells


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A 小计 or 合计 row; `grand` for the latter."""

    row: int
    grand: bool


def sort_rows(sheet: Sheet, layout: Layout) -> tuple[list[int], list[TotalRow]]:
    """(rows that are data, rows that are totals); blanks, footers and repeated headers are neither."""
    data, totals = [], []
    header = [tuple(fold(_text(c)) for c in sheet.row(r)) for r in range(layout.header[0], layout.header[1] + 1)]
    mapped = [c.index for c in layout.mapped]
    for row, cells in _rows_from(sheet, layout.first_data):
        first = next((text for cell in cells if cell is not None and (text := _text(cell))), "")
        if not first or all(cells[i] is None or not _text(cells[i]) for i in mapped) and not _TOTAL.fullmatch(first):
            continue
        if _TOTAL.fullmatch(first.replace(" ", "")):
            totals.append(TotalRow(row, "小计" not in first))
        elif not _FOOTER.match(first) and tuple(fold(_text(c)) for c in cells) not in header:
            data.append(row)
    return data, totals


def _rows_from(sheet: Sheet, start: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    yield from enumerate(zip(*(column[start:] for column in sheet.columns), strict=True), start)
