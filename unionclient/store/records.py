"""Reading and writing the rows of ledgers: every write here returns the changes that the log must hold."""

import datetime as dt
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from unionclient.definition.condition import Condition
from unionclient.definition.ledger import PARENT, Code, Ledger, Library
from unionclient.definition.record import Record, Write
from unionclient.definition.values import TYPES
from unionclient.store.changelog import Change, now_text
from unionclient.store.driver import Connection, Cursor
from unionclient.store.tables import quoted

_SYSTEM = ("rowid", "id", "parent_id", "raw", "void", "version")
_AT_ONCE = 500      # ids asked for in one question
_DATED = {"date": dt.date.fromisoformat, "bool": bool}
_PLAIN = {"text", "int", "decimal", "money", "month", "code", "reference"}


def _converters(ledger: Ledger) -> list[tuple[str, Any]]:
    """(field id, function from the stored value) of the fields whose stored value is not the value itself."""
    return [(f.id, _DATED.get(f.type) or TYPES[f.type].from_sql) for f in ledger.fields.values() if f.type not in _PLAIN]


def select(connection: Connection, ledger: Ledger, where: str, values: Sequence[Any] = ()) -> Iterator[Record]:
    """Records of `main.<ledger>` for which the SQL `where` (and what may follow it) holds."""
    converters = _converters(ledger)
    for row in _selected(connection, ledger, where, values):
        yield _record(ledger, converters, row)


def by_id(connection: Connection, ledger: Ledger, ids: Sequence[str]) -> Iterator[Record]:
    """The records of `ids`, as far as they are there, in the order of the table."""
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start:start + _AT_ONCE]
        yield from list(select(connection, ledger, f"id IN ({', '.join('?' * len(part))})", part))


def _selected(connection: Connection, ledger: Ledger, where: str, values: Sequence[Any] = ()) -> Cursor:
    names = ", ".join((*_SYSTEM, *map(quoted, ledger.fields)))
    return connection.execute(f"SELECT {names} FROM main.{quoted(ledger.id)} AS t WHERE {where}", values)


def _record(ledger: Ledger, converters: Sequence[tuple[str, Any]], row: Sequence[Any]) -> Record:
    rowid, record_id, parent, raw, void, version = row[:6]
    found = dict(zip(ledger.fields, row[6:], strict=True))
    for name, convert in converters:
        if (value := found[name]) is not None:
            found[name] = convert(value)
    return Record(ledger.id, record_id, found, json.loads(raw) if raw else {}, parent, version, bool(void), rowid)


class Batch:
    """Some records by column, for what looks at all of them and needs few of them whole."""

    def __init__(self, ledger: Ledger, rows: Sequence[Sequence[Any]]) -> None:
        self._ledger = ledger
        self._converters = _converters(ledger)
        self._rows = rows
        columns = list(zip(*rows, strict=True))
        self.parents: Sequence[str | None] = columns[_SYSTEM.index("parent_id")]
        self.raws: Sequence[str | None] = columns[_SYSTEM.index("raw")]
        self._stored = dict(zip(ledger.fields, columns[len(_SYSTEM):], strict=True))

    def __len__(self) -> int:
        return len(self._rows)

    def values(self) -> dict[str, Sequence[Any]]:
        """Python values by field id; each different stored value is read once."""
        found = dict(self._stored)
        for name, convert in self._converters:
            known = {stored: None if stored is None else convert(stored) for stored in set(found[name])}
            found[name] = [known[stored] for stored in found[name]]
        return found

    def record(self, place: int) -> Record:
        return _record(self._ledger, self._converters, self._rows[place])


def batches(connection: Connection, ledger: Ledger, where: str, size: int) -> Iterator[Batch]:
    """The records that `select` gives, `size` at a time."""
    cursor = _selected(connection, ledger, where)
    while rows := cursor.fetchmany(size):
        yield Batch(ledger, rows)


def columns(connection: Connection, ledger: Ledger, where: str) -> tuple[list[tuple[Any, ...]], dict[str, Any]]:
    """The same records by column, for work on all of them: (id, parent, raw texts as JSON or None), and by field id the stored
    values with the function that makes them values (None where they are). Columns are empty lists where no record is found.
    """
    fields, converters = tuple(ledger.fields), dict(_converters(ledger))
    names = ", ".join(("id", "parent_id", "raw", *map(quoted, fields)))
    found = connection.execute(f"SELECT {names} FROM main.{quoted(ledger.id)} AS t WHERE {where}").fetchall()
    kept = list(zip(*found, strict=True)) or [()] * (3 + len(fields))
    return kept[:3], {name: (column, converters.get(name)) for name, column in zip(fields, kept[3:], strict=True)}


def find(connection: Connection, library: Library, ledger: Ledger, search: str, where: Condition,
         order: Sequence[tuple[str, bool]]) -> array:
    """Rowids of the alive rows that match, in order. Sorting and filtering are SQL's."""
    sql, values = where.where(lambda name: f"t.{quoted(name)}")
    parts, bound = ["void = 0", sql], list(values)
    for word in search.split():
        text, more = _search(library, ledger, word)
        parts.append(text)
        bound += more
    keys = [f"{_sort_key(library, ledger, name)} {'ASC' if up else 'DESC'}" for name, up in order]
    statement = (f"SELECT rowid FROM {quoted(ledger.id)} AS t WHERE {' AND '.join(parts)} "
                 f"ORDER BY {', '.join([*keys, 't.rowid'])}")
    return array("q", (row[0] for row in connection.execute(statement, bound)))


def _label_sql(library: Library, ledger: Ledger, alias: str) -> str:
    parts = [f"coalesce({alias}.{quoted(name)}, '')" for name in ledger.label
             if ledger.fields[name].type != "reference"]
    return " || ' ' || ".join(parts) or f"{alias}.id"


def _sort_key(library: Library, ledger: Ledger, name: str) -> str:
    field = library.parent_field(ledger.id) if name == PARENT else ledger.fields.get(name)
    if field is None or field.type != "reference":
        return f"t.{quoted(name)}"
    target = library.ledgers[field.ref]
    return f"(SELECT {_label_sql(library, target, 'r')} FROM {quoted(target.id)} r WHERE r.id = t.{quoted(name)})"


def like(text: str) -> str:
    """A LIKE pattern (ESCAPE '\\') that finds `text` anywhere."""
    return "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def _titles(library: Library, code: Code) -> tuple[str, ...]:
    """What a code is called on screen, and in Chinese, which is its first alias where titles are translated."""
    return (code.title, *code.aliases[:1]) if library.chinese is not None else (code.title,)


def _search(library: Library, ledger: Ledger, word: str) -> tuple[str, list[Any]]:
    """One word looked for in every column that may hold it, codes and references by what is shown.

    LIKE is needed only for letters, which it finds in either case; else `instr` says the same in half the time. A word
    that is not all ASCII stands in no number and in no date.
    """
    sought, wanted = ("{} LIKE ? ESCAPE '\\'", like(word)) if any(sign.isascii() and sign.isalpha() for sign in word) else ("instr({}, ?) > 0", word)
    parts = [f"(t.raw IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(t.raw) j WHERE {sought.format('j.value')}))"]
    values = [wanted]
    for item in ledger.live_fields:
        column = f"t.{quoted(item.id)}"
        if item.codes is not None:
            codes = [c.code for c in item.codes.codes.values() if any(word.casefold() in title.casefold() for title in _titles(library, c))]
            if codes:
                parts.append(f"{column} IN ({', '.join('?' * len(codes))})")
                values += codes
        elif item.type == "reference":
            target = library.ledgers[item.ref]
            parts.append(f"{column} IN (SELECT r.id FROM {quoted(target.id)} r "
                         f"WHERE {_label_sql(library, target, 'r')} LIKE ? ESCAPE '\\')")
            values.append(like(word))
        elif item.type == "text" or (item.type not in ("bool", "attachment") and word.isascii()):
            parts.append(sought.format(column))
            values.append(wanted)
    return "(" + " OR ".join(parts) + ")", values


def write(connection: Connection, library: Library, writes: Iterable[Write], *, who: str, origin: str,
          batch: str | None = None) -> list[Change]:
    """Writes records in order; returns one change per record that really changed."""
    changes: list[Change] = []
    waiting: list[tuple[Ledger, Write]] = []
    for item in writes:
        ledger = library.ledgers[item.ledger]
        if waiting and (not item.is_new or waiting[0][0] is not ledger):
            changes += _insert(connection, waiting, who, origin, batch)
            waiting = []
        if item.is_new:
            waiting.append((ledger, item))
        else:
            changes += _update(connection, ledger, item, who)
    if waiting:
        changes += _insert(connection, waiting, who, origin, batch)
    return changes


def _insert(connection: Connection, items: list[tuple[Ledger, Write]], who: str, origin: str, batch: str | None) -> list[Change]:
    ledger, now = items[0][0], now_text()
    fields = ledger.stored_fields
    names = ["id", "parent_id", *(f.id for f in fields), "raw", "origin", "batch", "created_at", "created_by",
             "updated_at", "updated_by"]
    named = tuple(f.id for f in fields)
    odd = [(place, TYPES[f.type].to_sql) for place, f in enumerate(fields) if f.type not in _PLAIN]
    rows, changes = [], []
    for _, item in items:
        row = list(map(item.values.get, named))
        for place, to_sql in odd:
            if row[place] is not None:
                row[place] = to_sql(row[place])
        raw = json.dumps(dict(item.raw), ensure_ascii=False) if item.raw else None
        full = (item.id, item.parent, *row, raw, origin, batch, now, who, now, who)
        rows.append(full)
        changes.append(Change(ledger.id, item.id, "insert", None,
                              {n: v for n, v in zip(names, full) if v is not None}))
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO {quoted(ledger.id)} ({', '.join(map(quoted, names))}) VALUES ({marks})", rows)
    return changes


def _update(connection: Connection, ledger: Ledger, item: Write, who: str) -> list[Change]:
    names = [name for name in item.values if name in ledger.fields and ledger.fields[name].computed is None]
    columns = ["raw", "parent_id", *names]
    row = connection.execute(
        f"SELECT {', '.join(map(quoted, columns))} FROM {quoted(ledger.id)} WHERE id = ?", (item.id,)).fetchone()
    if row is None:
        return []
    before = dict(zip(columns, row, strict=True))
    raw = json.loads(before["raw"]) if before["raw"] else {}
    after: dict[str, Any] = {}
    for name in names:
        value = item.values[name]
        after[name] = None if value is None else TYPES[ledger.fields[name].type].to_sql(value)
        raw.pop(name, None)
        if name in item.raw:
            raw[name] = item.raw[name]
    after["raw"] = json.dumps(raw, ensure_ascii=False) if raw else None
    if item.parent is not None:
        after["parent_id"] = item.parent
    changed = [name for name, value in after.items() if before[name] != value]
    if not changed:
        return []
    return [set_columns(connection, ledger, item.id, {n: after[n] for n in changed}, who)]


def set_columns(connection: Connection, ledger: Ledger, record: str, new: Mapping[str, Any], who: str) -> Change:
    """Sets stored columns of one record (SQL values) and tells what stood there before."""
    names = list(new)
    old = connection.execute(
        f"SELECT {', '.join(map(quoted, names))} FROM {quoted(ledger.id)} WHERE id = ?", (record,)).fetchone()
    sets = ", ".join(f"{quoted(n)} = ?" for n in names)
    connection.execute(f"UPDATE {quoted(ledger.id)} SET {sets}, updated_at = ?, updated_by = ?, version = version + 1 "
                       "WHERE id = ?", (*new.values(), now_text(), who, record))
    return Change(ledger.id, record, "update", dict(zip(names, old, strict=True)), dict(new))


def invert(connection: Connection, ledger: Ledger, change: Change, who: str) -> Change | None:
    """Takes one change back. None when the record no longer stands as the change left it."""
    table = quoted(ledger.id)
    if change.op == "insert":
        if not _stands(connection, table, change.record, change.new or {}):
            return None
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (change.record,))
        return Change(ledger.id, change.record, "delete", change.new, None)
    if change.op == "delete":
        names = list(change.old or {})
        connection.execute(f"INSERT INTO {table} ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})",
                           list((change.old or {}).values()))
        return Change(ledger.id, change.record, "insert", None, change.old)
    if not _stands(connection, table, change.record, change.new or {}):
        return None
    return set_columns(connection, ledger, change.record, change.old or {}, who)


def _stands(connection: Connection, table: str, record: str, values: Mapping[str, Any]) -> bool:
    names = [n for n in values if n not in ("updated_at", "updated_by", "version")]
    row = connection.execute(f"SELECT {', '.join(map(quoted, names))} FROM {table} WHERE id = ?", (record,)).fetchone()
    return row is not None and list(row) == [values[n] for n in names]


def earlier_texts(connection: Connection, columns: Sequence[tuple[str, str]], limit: int) -> list[str]:
    """The texts alive records hold in (ledger, column) pairs, those used most first."""
    each = " UNION ALL ".join(f"SELECT {quoted(column)} AS text FROM {quoted(ledger)} WHERE void = 0 AND {quoted(column)} IS NOT NULL"
                              for ledger, column in columns)
    return [row[0] for row in connection.execute(f"SELECT text FROM ({each}) GROUP BY text ORDER BY count(*) DESC, text LIMIT ?", (limit,))]
