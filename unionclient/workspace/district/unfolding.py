"""A figure unfolded: one body's records behind it by unit, and the records themselves, as submitted.

Records are found by the same conditions that count, on the package's shelf. Limits: what was masked or kept back by the street
stays so here; a figure whose recount differs from the signed one shows the recounted records.
"""

import datetime as dt
from collections.abc import Iterator

from unionclient.assessment import figures as assessment
from unionclient.assessment.periods import read_period
from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.record import Record
from unionclient.definition.words import _, marked
from unionclient.store import records as stored
from unionclient.store.database import Store
from unionclient.workspace import counting
from unionclient.workspace.district.consolidating import shelf_of
from unionclient.workspace.district.facts import RecordLine, UnitPart
from unionclient.workspace.naming import Names

NONE = marked("未注明单位")


def units(store: Store, code: str, figure: str, street: str, side: str, cumulative: bool) -> list[UnitPart]:
    """Counts by unit, largest first."""
    with shelf_of(store, read_period(code).code, street) as (shelf, day):
        finder, counts = _Units(shelf), {}
        for record in _behind(shelf, day, code, figure, side, cumulative):
            unit = finder.of(record)
            counts[unit] = counts.get(unit, 0) + 1
        parts = [UnitPart(unit, finder.title(unit), count) for unit, count in counts.items()]
    return sorted(parts, key=lambda part: (-part.count, part.title, part.unit or ""))


def records(store: Store, code: str, figure: str, street: str, side: str, unit: str | None, cumulative: bool) -> list[RecordLine]:
    """The records, in the order of their ids."""
    with shelf_of(store, read_period(code).code, street) as (shelf, day):
        finder, names, found = _Units(shelf), Names(shelf), []
        for record in _behind(shelf, day, code, figure, side, cumulative):
            mine = finder.of(record)
            if unit is not None and (mine or "") != unit:
                continue
            ledger = shelf.library.ledgers[record.ledger]
            cells = tuple((field.title, text) for field in ledger.live_fields if (text := names.show(ledger, record, field.id)))
            found.append(RecordLine(ledger.id, ledger.title, record.id, names.label_of(ledger, record), finder.title(mine), cells))
    return found


def _behind(shelf: Store, day: dt.date, code: str, figure: str, side: str, cumulative: bool) -> Iterator[Record]:
    period = read_period(code)
    reader = counting.reading_for(shelf, period, 1, [figure], today=day)
    ledger, ids = assessment.records(reader, shelf.library, figure, period, side, cumulative=cumulative)
    yield from fetched(shelf, shelf.library.ledgers[ledger], ids)


def fetched(shelf: Store, ledger: Ledger, ids: list[str]) -> Iterator[Record]:
    """Records by id, in that order."""
    for start in range(0, len(ids), 500):
        part = ids[start:start + 500]
        found = {record.id: record for record in stored.select(shelf.connection, ledger, f"id IN ({', '.join('?' * len(part))})", part)}
        yield from (found[record] for record in part if record in found)


class _Units:
    """The unit a record belongs to: named by itself, by its union, or by the record above it."""

    def __init__(self, shelf: Store) -> None:
        self._shelf, self._library = shelf, shelf.library
        self._known: dict[tuple[str, str], str | None] = {}
        self._names = Names(shelf)

    def of(self, record: Record) -> str | None:
        """A unit's id, "union_org:" and a union's id where the union has no unit of its own, or None."""
        if record.ledger == "unit":
            return record.id
        ledger = self._library.ledgers[record.ledger]
        for target in ("unit", "union_org"):
            for field in _references(self._library, ledger.id, target):
                if (value := record.values.get(field)) is not None:
                    return value if target == "unit" else self._through("union_org", value)
        if record.ledger == "union_org":
            return f"union_org:{record.id}"
        return self._through(ledger.parent, record.parent) if ledger.parent and record.parent else None

    def _through(self, ledger: str, record: str) -> str | None:
        if (ledger, record) not in self._known:
            self._known[ledger, record] = None      # a circle of parents ends here
            above = next(iter(fetched(self._shelf, self._library.ledgers[ledger], [record])), None)
            self._known[ledger, record] = self.of(above) if above else None
        return self._known[ledger, record]

    def title(self, unit: str | None) -> str:
        if unit is None:
            return _(NONE)
        ledger, _colon, record = unit.rpartition(":")
        return self._names.label(ledger or "unit", record)


def _references(library: Library, ledger: str, target: str) -> list[str]:
    return [field.id for field in library.ledgers[ledger].live_fields if field.type == "reference" and field.ref == target]


