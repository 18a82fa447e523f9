"""Slots: the ledgers a row of the file feeds, and the file's columns as values of their fields.

All sheets are laid end to end; a position is a data row of the whole file. Every distinct cell of a column is read once.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionclient.definition.ledger import Feed, Field, Ledger, Library
from unionclient.definition.reading import Reading
from unionclient.definition.text import EMPTY_TEXT
from unionclient.definition.values import TYPES
from unionclient.sheets.book import NOT_CALCULATED, Cell, Sheet, address, shown
from unionclient.sheets.datarows import TotalRow, filled_columns, sort_rows
from unionclient.sheets.layout import PARENT, RECORD_ID, Column, Layout, feed_keys
from unionclient.sheets.matching import Entry

_DATED = ("date", "datetime", "month")
_1904 = 1462                            # days between the two calendars of Excel
_UNCALCULATED = "#CALC!"                # Excel's own word for a formula without a result

Tell = Callable[[int, Column, Cell, Reading], None]
Fault = Callable[[int, Column, str], None]


@dataclass(slots=True)
class Table:
    """A sheet's data rows; `start` is the position of its first one in the whole file."""

    sheet: Sheet
    layout: Layout
    rows: list[int]
    totals: list[TotalRow]
    sections: list[int]
    start: int
    cells: dict[int, list[Cell]] = field(default_factory=dict)     # mapped columns, vertical merges filled

    def row(self, number: int) -> tuple[Cell, ...]:
        """A row of the sheet as it was read; a faulty cell shows an error, so that it is refused again while it stands."""
        faults = {index: _UNCALCULATED if what == NOT_CALCULATED else what
                  for index in range(self.sheet.width) if (what := self.sheet.faults.get((number, index)))}
        return tuple(faults.get(index, self.cells[index][number] if index in self.cells else cell)
                     for index, cell in enumerate(self.sheet.row(number)))


class Tables:
    """All tables of a file, end to end."""

    def __init__(self, found: Sequence[tuple[Sheet, Layout]]) -> None:
        self.tables: list[Table] = []
        self.size = 0
        for sheet, layout in found:
            rows = sort_rows(sheet, layout)
            self.tables.append(Table(sheet, layout, rows.data, rows.totals, rows.sections, self.size))
            self.size += len(rows.data)
        self._starts = [table.start for table in self.tables]

    def at(self, position: int) -> tuple[int, Table, int]:
        """(number of the table, table, row of its sheet) of a position."""
        number = bisect_right(self._starts, position) - 1
        table = self.tables[number]
        return number, table, table.rows[position - table.start]


@dataclass(slots=True)
class Slot:
    """One ledger a row feeds: the main one (`feed` None), one before it (`into`) or after it (`link`)."""

    key: str
    ledger: Ledger
    feed: Feed | None
    values: dict[str, list[Any]] = field(default_factory=dict)          # field → values by position
    texts: dict[str, list[str | None]] = field(default_factory=dict)    # reference, parent, id columns as text
    raw: dict[str, dict[int, str]] = field(default_factory=dict)        # references nobody bears: field → position → text
    where: dict[str, dict[int, Column]] = field(default_factory=dict)   # field → table → column it came from
    given: dict[str, list[Any]] = field(default_factory=dict)           # all the file says, links and copies included
    idents: list[tuple[Any, ...]] = field(default_factory=list)         # identity keys by position
    entries: list[Entry | None] = field(default_factory=list)

    @property
    def makes(self) -> bool:
        return self.feed is None or self.feed.make

    @property
    def title(self) -> str:
        return self.ledger.title

    def column(self, name: str, table: int) -> Column | None:
        return self.where.get(name, {}).get(table)

    def own(self, position: int) -> Any:
        """Some value the file itself gives this slot in a row; None if it gives none."""
        return next((v for values in (*self.values.values(), *self.texts.values()) if (v := values[position]) is not None), None)

    def spoken(self, position: int) -> str:
        """The words by which the row names this slot's record; "" where it says something else of it only."""
        for name in self.ledger.label:
            value = self.values[name][position] if name in self.values else None
            if value is not None:
                return TYPES[self.ledger.fields[name].type].show(value, self.ledger.fields[name])
        return ""


def make_slots(ledger: Ledger, library: Library) -> list[Slot]:
    """Feeds before the main record in their order, the main record, feeds after it."""
    feeds = feed_keys(ledger)
    return [*(Slot(key, library.ledgers[feed.ledger], feed) for key, feed in feeds if feed.into),
            Slot(ledger.id, ledger, None),
            *(Slot(key, library.ledgers[feed.ledger], feed) for key, feed in feeds if not feed.into)]


def read_tables(tables: Tables, slots: Sequence[Slot], answers: Mapping[tuple[str, str], str], tell: Tell, fault: Fault) -> None:
    """Fills `values` and `texts` of the slots; what could not be read as it stands goes to `tell` and `fault`."""
    by_key = {slot.key: slot for slot in slots}
    for number, table in enumerate(tables.tables):
        if not table.rows:
            continue
        cells = table.cells = filled_columns(table.sheet, table.layout)
        given = _answered(table, answers)
        for column in table.layout.mapped:
            key, name = column.target
            slot = by_key[key]
            slot.where.setdefault(name, {})[number] = column
            if table.sheet.date1904 and name in slot.ledger.fields and slot.ledger.fields[name].type in _DATED:
                cells[column.index] = [_from_1900(cell) for cell in cells[column.index]]
            column_cells = [cells[column.index][row] for row in table.rows]
            for position, text in given.get(column.index, {}).items():
                column_cells[position] = text
            _read(table, column, slot, name, column_cells, tables.size, tell)
        _report_faults(table, given, fault)


def _answered(table: Table, answers: Mapping[tuple[str, str], str]) -> dict[int, dict[int, str]]:
    """{column: {place in the table's rows: typed text}} of what the officer answered for single cells."""
    wanted = {cell: text for (sheet, cell), text in answers.items() if sheet == table.sheet.name}
    found: dict[int, dict[int, str]] = {}
    if not wanted:
        return found
    numbers = {cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for cell in wanted}
    for place, row in enumerate(table.rows):
        if str(row + 1) in numbers:
            for column in table.layout.mapped:
                text = wanted.get(address(row, column.index))
                if text is not None:
                    found.setdefault(column.index, {})[place] = text
    return found


def _read(table: Table, column: Column, slot: Slot, name: str, cells: list[Cell], size: int, tell: Tell) -> None:
    definition = None if name in (PARENT, RECORD_ID) else slot.ledger.fields[name]
    if definition is None or definition.type == "reference":
        into: dict[str, list[Any]] = slot.texts
        values = _texts(cells)
        odd: dict[Any, Reading] = {}
    else:
        into = slot.values
        values, odd = read_column(cells, definition)
    target = into.setdefault(name, [None] * size)
    target[table.start:table.start + len(cells)] = values
    if odd:
        for place, cell in enumerate(cells):
            reading = odd.get((type(cell), cell))
            if reading is not None:
                tell(table.start + place, column, cell, reading)


def _texts(cells: list[Cell]) -> list[str | None]:
    known: dict[Cell, str | None] = {}
    for cell in set(cells):
        text = " ".join(shown(cell).split())
        known[cell] = None if text in EMPTY_TEXT else text
    return [known[cell] for cell in cells]


def _from_1900(cell: Cell) -> Cell:
    """A plain number under a date heading of a 1904 workbook, as every other workbook counts it."""
    return cell + _1904 if type(cell) in (int, float) and 18_000 <= cell <= 60_000 else cell


def read_column(cells: Sequence[Cell], definition: Field) -> tuple[list[Any], dict[Any, Reading]]:
    """(values, {(type, cell): reading} of those cells that have a problem or a note)."""
    parse = TYPES[definition.type].parse
    odd: dict[Any, Reading] = {}

    def read(cell: Cell) -> Any:
        reading = parse(cell, definition)
        if reading.problem or reading.notes:
            odd[type(cell), cell] = reading
        return reading.value

    if bool in set(map(type, cells)):           # True == 1: one must not stand for the other
        known = {(type(cell), cell): None for cell in cells}
        for kind, cell in known:
            known[kind, cell] = read(cell)
        return [known[type(cell), cell] for cell in cells], odd
    known = {cell: read(cell) for cell in set(cells)}
    return [known[cell] for cell in cells], odd


def _report_faults(table: Table, given: Mapping[int, Mapping[int, str]], fault: Fault) -> None:
    if not table.sheet.faults:
        return
    columns = {c.index: c for c in table.layout.mapped}
    places = {row: place for place, row in enumerate(table.rows)}
    for (row, index), what in sorted(table.sheet.faults.items()):
        if index in columns and row in places and places[row] not in given.get(index, {}):
            fault(table.start + places[row], columns[index], what)
