"""The only file that imports a SQLite driver, so that an encrypted one can take its place.

Opens connections with the settings the store rests on, and adds the SQL functions that definition SQL may call.
"""

import datetime as dt
import sqlite3
from pathlib import Path

from unionclient.definition.formats import FORMATS, mask_id, name_key
from unionclient.definition.phrases import packed

Connection = sqlite3.Connection
Cursor = sqlite3.Cursor
DatabaseFault = sqlite3.DatabaseError
OperationalFault = sqlite3.OperationalError
VERSION = sqlite3.sqlite_version_info
LEAST_VERSION = (3, 37, 0)  # STRICT tables

_READ_ACTIONS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_FORBIDDEN_FUNCTIONS = {"load_extension", "writefile", "readfile", "edit"}


def connect(path: Path, *, create: bool = False) -> Connection:
    """A read-write connection in autocommit; transactions are begun by hand.

    A new file is made with synchronous=EXTRA before it becomes WAL: with FULL a power cut at creation
    could wipe what was committed since (handbook, reliability §3).
    """
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    if create:
        connection.execute("PRAGMA synchronous=EXTRA")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-16000")
    connection.execute("PRAGMA trusted_schema=OFF")
    return connection


def connect_plain(path: Path) -> Connection:
    """A bare connection, for a copy that is not yet anybody's store."""
    return sqlite3.connect(path, isolation_level=None)


def connect_reader(path: Path) -> Connection:
    """A connection for definition SQL: it can make its own temp views until `seal` is called."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-16000")
    add_functions(connection)
    return connection


def seal(connection: Connection) -> None:
    """From now on the connection reads only: no write, no attach, no pragma, no extension."""
    connection.execute("PRAGMA query_only=ON")
    connection.set_authorizer(_authorize)


def unseal(connection: Connection) -> None:
    """Lifts `seal`, for the program's own temp tables only."""
    connection.set_authorizer(None)
    connection.execute("PRAGMA query_only=OFF")


def _authorize(action: int, first: str | None, second: str | None, schema: str | None, trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK if action in _READ_ACTIONS else sqlite3.SQLITE_DENY


def add_functions(connection: Connection) -> None:
    """The functions named in forms/README.md: name_key, uscc_ok, resident_id_ok, days_between, mask_id, words."""
    for name, count, function in (
        ("name_key", 1, lambda text: None if text is None else name_key(str(text))),
        ("uscc_ok", 1, lambda text: _passes("uscc", text)),
        ("resident_id_ok", 1, lambda text: _passes("resident_id", text)),
        ("days_between", 2, _days_between),
        ("mask_id", 1, lambda text: None if text is None else mask_id(str(text))),
        ("words", -1, packed),
    ):
        connection.create_function(name, count, function, deterministic=True)


def _passes(format_name: str, text: str | None) -> int | None:
    return None if text is None else int(FORMATS[format_name].check(str(text)) is None)


def _days_between(first: str | None, second: str | None) -> int | None:
    """Days from `first` to `second` (ISO dates), negative when `second` is earlier."""
    try:
        return (dt.date.fromisoformat(second[:10]) - dt.date.fromisoformat(first[:10])).days
    except (TypeError, ValueError):
        return None
