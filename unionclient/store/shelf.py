"""A shelf: the ledgers of one package, in the shape of a store, so that definition SQL, names and figures read them as at home.

Made once and read only. Computed columns hold what the package says of them, since their causes may have been masked.
Limits: no log, no history, no attachments' bytes; rows of ledgers and fields this program does not know are left out.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.values import TYPES
from unionclient.store import driver, tables
from unionclient.store.database import DATABASE, Store
from unionclient.store.tables import quoted

_SYSTEM = ("raw TEXT", "void INTEGER NOT NULL DEFAULT 0", "void_reason TEXT", "origin TEXT", "batch TEXT", "created_at TEXT",
           "created_by TEXT", "updated_at TEXT", "updated_by TEXT", "version INTEGER NOT NULL DEFAULT 1")


@dataclass(frozen=True, slots=True)
class Shelved:
    """Rows for one ledger: `names` are its columns (`id`, `parent_id`, field ids), rows hold SQL values."""

    ledger: str
    names: Sequence[str]
    rows: Iterable[Sequence[Any]]


def make_shelf(folder: Path, library: Library, parts: Iterable[Shelved], settings: Mapping[str, str]) -> dict[str, int]:
    """A new shelf in `folder`; returns ledger → number of rows. The folder appears whole or not at all."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    connection = driver.connect_plain(part / DATABASE)
    try:
        # It can be made again from the package at any time: a power cut may lose it.
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN")
        for statement in tables.fixed_statements():
            connection.execute(statement)
        counts = dict.fromkeys(library.ledgers, 0)
        for ledger in library.ledgers.values():
            connection.execute(f"CREATE TABLE {quoted(ledger.id)} ({', '.join(_columns(ledger))}) STRICT")
        for given in parts:
            counts[given.ledger] = _fill(connection, given)
        for ledger in library.ledgers.values():
            for name in tables.indexed(ledger) if counts[ledger.id] else ():
                connection.execute(f"CREATE INDEX {quoted(f'{ledger.id}_{name}')} ON {quoted(ledger.id)} ({quoted(name)}, void)")
        connection.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", sorted(settings.items()))
        connection.execute("COMMIT")
    finally:
        connection.close()
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    return counts


def _columns(ledger: Ledger) -> list[str]:
    fields = [f"{quoted(field.id)} {TYPES[field.type].sql}" for field in ledger.fields.values()]
    return ["id TEXT PRIMARY KEY NOT NULL", "parent_id TEXT", *fields, *_SYSTEM]


def _fill(connection: driver.Connection, given: Shelved) -> int:
    marks = ", ".join("?" * len(given.names))
    names = ", ".join(map(quoted, given.names))
    return connection.executemany(f"INSERT INTO {quoted(given.ledger)} ({names}) VALUES ({marks})", given.rows).rowcount


@contextmanager
def opened_shelf(folder: Path, library: Library) -> Iterator[Store]:
    """The shelf as a store to read from; nothing is ever written to it."""
    connection = driver.connect_plain(folder / DATABASE)
    connection.execute("PRAGMA query_only=ON")
    store = Store(folder, library, connection, None)
    try:
        yield store
    finally:
        store.close()
