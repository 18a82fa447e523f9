"""The verbs of workbooks: plan and apply an import, write the corrections, export a ledger."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from unionclient.definition.issue import Issue
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.memory import uncollected
from unionclient.definition.record import Record, Write
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.store import records
from unionclient.store.changelog import now_text, uuid7
from unionclient.store.database import Store
from unionclient.validation.rules import judge_row
from unionclient.validation.sieve import doubts
from unionclient.workspace.filling import Filler
from unionclient.workspace.naming import Names


class StoreLookup:
    """What the importer asks of the store (see `sheets.plan.Lookup`)."""

    def __init__(self, store: Store, names: Names, street: str) -> None:
        self._store = store
        self._names = names
        self._filler = Filler(store, names, street)

    def existing(self, ledger: str) -> Iterable[Record]:
        return records.select(self._store.connection, self._store.library.ledgers[ledger], "void = 0 ORDER BY rowid")

    def resolve(self, ledger: str, text: str) -> str | None:
        return self._names.resolve(ledger, text)

    def new_id(self) -> str:
        return uuid7()

    def complete(self, ledger: Ledger, record: str, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> dict[str, Any]:
        return self._filler.fill(ledger, record, values, raw, parent)

    def judge(self, ledger: Ledger, values: Mapping[str, Any], raw: Mapping[str, str]) -> list[Issue]:
        return judge_row(ledger, values, raw)

    def sift(self, ledger: Ledger, rows: Sequence[tuple[Mapping[str, Any], Mapping[str, str]]]) -> Collection[int]:
        if not rows:
            return ()
        names = tuple(ledger.fields)
        columns = zip(*[tuple(map(values.get, names)) for values, _ in rows])
        return doubts(ledger, dict(zip(names, columns)), [raw for _, raw in rows], dt.date.today())


@uncollected()
def plan(store: Store, names: Names, ledger: str, path: Path, *, mapping: Mapping[str, Any] | None,
         answers: Mapping[tuple[str, str], str] | None, cancelled: Any = None) -> Any:
    """Reads the file in its worker process and plans; a mapping kept for this layout is used unless one is given."""
    from unionclient.sheets.importer import plan_import
    from unionclient.sheets.reader import read_book

    book = read_book(path, cancelled=cancelled)
    definition = store.library.ledgers[ledger]
    lookup = StoreLookup(store, names, store.setting("street") or "")
    if mapping is None:
        first = plan_import(definition, store.library, book, lookup, answers=answers, sift=lookup.sift)
        mapping = _remembered(store, ledger, first.fingerprint)
        if mapping is None:
            return first
        lookup = StoreLookup(store, names, store.setting("street") or "")
    return plan_import(definition, store.library, book, lookup, mapping=mapping, answers=answers, sift=lookup.sift)


def _remembered(store: Store, ledger: str, fingerprint: str) -> dict[str, Any] | None:
    row = store.connection.execute("SELECT mapping FROM import_layout WHERE fingerprint = ? AND ledger = ?",
                                   (fingerprint, ledger)).fetchone()
    return {heading: tuple(target) if target else None for heading, target in json.loads(row[0]).items()} if row else None


def remember(store: Store, plan: Any, mapping: Mapping[str, Any]) -> None:
    """Keeps what the officer chose for the headings of a layout."""
    store.connection.execute("INSERT OR REPLACE INTO import_layout VALUES (?, ?, ?, ?)",
                             (plan.fingerprint, plan.ledger, json.dumps(mapping, ensure_ascii=False), now_text()))


def writes_of(plan: Any) -> list[Write]:
    """The planned writes, new records first and ledger by ledger, so that they go in by the thousand."""
    order: dict[str, int] = {}
    for item in plan.writes:
        order.setdefault(item.ledger, len(order))
    return sorted(plan.writes, key=lambda w: (not w.is_new, order[w.ledger] if w.is_new else 0))


def keep_batch(store: Store, plan: Any, batch: str, who: str) -> None:
    store.connection.execute("INSERT INTO import_batch VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             (batch, plan.ledger, plan.file, plan.sha256, now_text(), who, plan.new, plan.changed, plan.same,
                              plan.rejected))


@uncollected()
def export(store: Store, names: Names, ledger: str, path: Path, chosen: Sequence[str] | None = None) -> int:
    """Writes a ledger as a workbook that can be imported again without any change; returns the number of rows."""
    from unionclient.sheets.layout import RECORD_HEADING
    from unionclient.sheets.writer import write_ledger

    definition = store.library.ledgers[ledger]
    rows = table_rows(store, names, definition, chosen)
    above = [store.library.ledgers[definition.parent].title] if definition.parent else []
    headings = [*above, *(f.title for f in definition.live_fields), _(RECORD_HEADING)]
    fields = [*(None for _ in above), *definition.live_fields, None]
    write_ledger(path, definition.title, headings, fields, rows)
    return len(rows)


def table_rows(store: Store, names: Names, definition: Ledger, chosen: Sequence[str] | None = None) -> list[tuple[Any, ...]]:
    """Rows as a sheet shows them, the record id last: references and codes by name, unreadable texts as typed, the rest as values."""
    (ids, parents, raws), found = records.columns(store.connection, definition, "void = 0 ORDER BY rowid")
    columns: list[Sequence[Any]] = []
    if definition.parent:
        labelled = _Remembered(lambda parent: names.label(definition.parent, parent))
        columns.append([labelled[parent] for parent in parents])
    above = len(columns)
    fields = definition.live_fields
    for field in fields:
        stored, convert = found[field.id]
        shown = _shown(names, field, convert)
        columns.append(stored if shown is None else [value if value is None else shown[value] for value in stored])
    rows = list(zip(*columns, ids, strict=True))
    for place, raw in enumerate(raws):
        if raw is not None:
            rows[place] = _with_raw(rows[place], fields, above, json.loads(raw))
    wanted = None if chosen is None else set(chosen)
    return rows if wanted is None else [row for row in rows if row[-1] in wanted]


class _Remembered(dict[Any, Any]):
    """Cells by stored value: most values of a ledger stand in it many times."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


_BY_NAME = ("reference", "code", "codes", "bool", "attachment")


def _shown(names: Names, field: Field, convert: Callable[[Any], Any] | None) -> "_Remembered | None":
    """What makes a cell of a stored value; None where it is one."""
    if field.type == "reference":
        return _Remembered(lambda value: names.label(field.ref, value))
    if field.type in _BY_NAME:
        kind = TYPES[field.type]
        text = kind.edit if field.type == "codes" else kind.show     # several titles must be told apart when they come back
        return _Remembered(lambda value: text(convert(value) if convert else value, field))
    return _Remembered(convert) if convert else None


def _with_raw(row: tuple[Any, ...], fields: Sequence[Field], above: int, raw: Mapping[str, str]) -> tuple[Any, ...]:
    """A row with the texts that could not be read in their places."""
    cells = list(row)
    for place, field in enumerate(fields, above):
        if field.id in raw and (cells[place] is None or field.type in _BY_NAME):
            cells[place] = raw[field.id]
    return tuple(cells)
