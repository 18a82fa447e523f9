"""Ledger definition → STRICT table. A definition only grows, so the only later change is ADD COLUMN.

Computed fields are virtual columns: nothing of them is stored, so they alone may be taken away and made anew.
"""

import re
from collections.abc import Collection, Mapping

from unionclient.definition.faults import StoreError
from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.places import root
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.store.driver import Connection

SYSTEM_BEFORE = ("id TEXT PRIMARY KEY NOT NULL", "parent_id TEXT")
SYSTEM_AFTER = (
    "raw TEXT", "void INTEGER NOT NULL DEFAULT 0", "void_reason TEXT", "origin TEXT", "batch TEXT",
    "created_at TEXT NOT NULL", "created_by TEXT NOT NULL", "updated_at TEXT NOT NULL", "updated_by TEXT NOT NULL",
    "version INTEGER NOT NULL DEFAULT 1",
)
SCHEMA_VERSION = 4


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def fixed_statements(known: Collection[str] = ()) -> list[str]:
    """The statements of `db/schema.sql` one by one, so that they fit into one transaction; then the version.

    Those that would make what is `known` are left out: the schema, too, only grows.
    """
    lines = (root() / "db" / "schema.sql").read_text(encoding="utf-8").splitlines()
    text = "\n".join(line.split("--")[0] for line in lines)
    statements = [s.strip() for s in re.split(r";(?!\s*END)", text) if s.strip()]
    statements = [s for s in statements if s.split(None, 3)[2] not in known]
    return [*statements, f"PRAGMA user_version={SCHEMA_VERSION}"]


def columns_of(ledger: Ledger) -> dict[str, str]:
    """Stored field column → SQL type, retired fields too: what was once kept stays."""
    return {field.id: TYPES[field.type].sql for field in ledger.stored_fields}


def computed_of(ledger: Ledger, kept: str = "VIRTUAL") -> dict[str, str]:
    """Computed field → the words of its column. A new table keeps what is computed (STORED); SQLite adds a column only as VIRTUAL."""
    return {field.id: f"{quoted(field.id)} {TYPES[field.type].sql} GENERATED ALWAYS AS ({field.computed}) {kept}"
            for field in ledger.fields.values() if field.computed is not None}


def column_lines(ledger: Ledger) -> list[str]:
    """The field columns as CREATE TABLE takes them."""
    return [*(f"{quoted(name)} {kind}" for name, kind in columns_of(ledger).items()), *computed_of(ledger, "STORED").values()]


def migrate(connection: Connection, library: Library) -> list[str]:
    """Makes missing ledger tables and columns; returns what was added, in words for the log.

    Raises `StoreError` when a stored column would have to change its type: a definition only grows.
    """
    known = {row[0]: (row[1], row[2]) for row in connection.execute("SELECT ledger, version, sha256 FROM definition")}
    changed = [l for l in library.ledgers.values() if known.get(l.id) != (l.version, l.sha256)]
    if not changed:
        return []
    from sqlite_utils import Database  # 0.2 s: only when a definition is new

    database, added = Database(connection), []
    for ledger in changed:
        if database[ledger.id].exists():
            added += _add_columns(database, ledger)
            _compute_anew(connection, ledger)
        else:
            added += _create(connection, ledger)
        # Few rows hold a text that could not be read, and every new name asks for them.
        connection.execute(f"CREATE INDEX IF NOT EXISTS {quoted(f'{ledger.id}_unread')} ON {quoted(ledger.id)} (id) WHERE raw IS NOT NULL")
        connection.execute("INSERT OR REPLACE INTO definition VALUES (?, ?, ?)", (ledger.id, ledger.version, ledger.sha256))
    return added


def _create(connection: Connection, ledger: Ledger) -> list[str]:
    columns = ", ".join((*SYSTEM_BEFORE, *column_lines(ledger), *SYSTEM_AFTER))
    connection.execute(f"CREATE TABLE {quoted(ledger.id)} ({columns}) STRICT")
    for name in indexed(ledger):
        # `void` beside it: whoever reads alive rows only finds the answer in the index itself
        connection.execute(f"CREATE INDEX {quoted(f'{ledger.id}_{name}')} ON {quoted(ledger.id)} ({quoted(name)}, void)")
    return [ledger.id]


def _compute_anew(connection: Connection, ledger: Ledger) -> None:
    """The computed columns as the definition has them now."""
    table = quoted(ledger.id)
    have = {row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})") if row[6] in (2, 3)}  # generated: virtual, stored
    for name in have:
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {quoted(name)}")
    for line in computed_of(ledger).values():
        connection.execute(f"ALTER TABLE {table} ADD COLUMN {line}")


def indexed(ledger: Ledger) -> list[str]:
    """References, the parent and the first field of each way of recognising a record."""
    names = [f.id for f in ledger.fields.values() if f.type == "reference"]
    names += [combo[0] for combo in ledger.match if combo]
    if ledger.parent:
        names.append("parent_id")
    return list(dict.fromkeys(names))


def _add_columns(database, ledger: Ledger) -> list[str]:
    have: Mapping[str, str] = {c.name: c.type for c in database[ledger.id].columns}
    added = []
    for name, kind in columns_of(ledger).items():
        if name not in have:
            database[ledger.id].add_column(name, str if kind == "TEXT" else int)
            added.append(f"{ledger.id}.{name}")
        elif have[name] != kind:
            raise StoreError(
                _("台账“{ledger}”的字段 {name} 改了类型，已有数据是按原类型保存的。").format(ledger=ledger.title, name=name),
                _("数据没有改动。"), _("请恢复原来的类型，另加一个新字段，并把旧字段标为 retired = true。"))
    return added
