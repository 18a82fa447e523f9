"""The append-only, hash-chained change log: one mechanism for audit, undo and, later, merge.

A chain shows that a row was edited, removed or reordered since the last anchor (a printed or submitted head);
whoever can rewrite the whole file can rebuild the chain.
"""

import datetime as dt
import hashlib
import json
import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.definition.words import _
from unionclient.store.driver import Connection

GENESIS = "0" * 64
_COLUMNS = ("seq", "site", "hlc", "txn", "at", "who", "verb", "title", "ledger", "record", "op", "old", "new", "reason",
            "undoes", "prev_hash", "hash")
_INSERT = f"INSERT INTO change ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


@dataclass(frozen=True, slots=True)
class Change:
    """One record touched: `old` and `new` hold only the columns that changed, as SQL values."""

    ledger: str
    record: str
    op: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """A change as it stands in the log."""

    seq: int
    txn: str
    at: str
    who: str
    verb: str
    title: str
    ledger: str
    record: str
    op: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    reason: str
    undoes: str | None
    hash: str


@dataclass(frozen=True, slots=True)
class LogVerdict:
    """Whether the chain holds; `broken_seq` is the first row that does not fit."""

    ok: bool
    count: int
    broken_seq: int | None
    message: str
    head: str


def uuid7() -> str:
    """A time-ordered UUID (RFC 9562 version 7) as text."""
    stamp = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big")
    value = (stamp << 80) | (0x7 << 76) | (chance >> 64 & 0xFFF) << 64 | (0b10 << 62) | (chance & ((1 << 62) - 1))
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def now_text() -> str:
    """The present as UTC ISO text with milliseconds."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def head(connection: Connection) -> tuple[int, str]:
    """(number of the last change, its hash); (0, zeros) for a new store."""
    row = connection.execute("SELECT seq, hash FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, GENESIS)


def _next_clock(last: str | None) -> str:
    """Hybrid logical clock: milliseconds and a counter; never behind the last one."""
    stamp = time.time_ns() // 1_000_000
    if last:
        old, count = last.split("-")
        if int(old) >= stamp:
            return f"{int(old):015d}-{int(count) + 1:06d}"
    return f"{stamp:015d}-000000"


def _digest(values: Sequence[Any]) -> str:
    return hashlib.sha256("\x1f".join("\x00" if v is None else str(v) for v in values).encode()).hexdigest()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else _encode(values)


def append(connection: Connection, changes: Iterable[Change], *, site: str, who: str, verb: str, title: str,
           txn: str, reason: str = "", undoes: str | None = None) -> int:
    """Writes the changes of one transaction; returns how many. The caller holds the transaction."""
    last = connection.execute("SELECT seq, hash, hlc FROM change ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous, clock = last if last else (0, GENESIS, None)
    at, clock = now_text(), _next_clock(clock)
    rows = []
    for change in changes:
        seq += 1
        values = (seq, site, clock, txn, at, who, verb, title, change.ledger, change.record, change.op,
                  _json(change.old), _json(change.new), reason or None, undoes, previous)
        previous = _digest(values)
        rows.append((*values, previous))
    connection.executemany(_INSERT, rows)
    return len(rows)


def verify(connection: Connection) -> LogVerdict:
    """Walks the whole chain: finds the first edited, removed or reordered row."""
    expected, previous = 1, GENESIS
    for row in connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM change ORDER BY seq"):
        if row[0] != expected:
            message = _("操作日志缺少第 {number} 条，可能被删除。").format(number=expected)
            return LogVerdict(False, expected - 1, expected, message, previous)
        if row[-2] != previous or _digest(row[:-1]) != row[-1]:
            message = _("操作日志第 {number} 条与前后对不上，可能被改动或调换。").format(number=expected)
            return LogVerdict(False, expected - 1, expected, message, previous)
        expected, previous = expected + 1, row[-1]
    return LogVerdict(True, expected - 1, None, _("操作日志完整，共 {count} 条。").format(count=expected - 1), previous)


def entries(connection: Connection, where: str = "1", values: Sequence[Any] = (), *, limit: int = -1,
            newest_first: bool = True) -> list[ChangeEntry]:
    """Log rows as values, newest first unless told otherwise."""
    order = "DESC" if newest_first else "ASC"
    rows = connection.execute(
        "SELECT seq, txn, at, who, verb, title, ledger, record, op, old, new, reason, undoes, hash FROM change "
        f"WHERE {where} ORDER BY seq {order} LIMIT ?", (*values, limit))
    return [ChangeEntry(*row[:9], json.loads(row[9]) if row[9] else {}, json.loads(row[10]) if row[10] else {},
                        row[11] or "", row[12], row[13]) for row in rows]


@dataclass(frozen=True, slots=True)
class Step:
    """One officer's action that can be taken back or repeated."""

    txn: str
    title: str
    first: int
    last: int


class Steps:
    """The steps that can be undone and those that can be redone, the next one last in each.

    Read from the log alone, so they survive a restart: an undo moves a step to the second list, a redo moves it back,
    any other write clears the second. The log only grows, so each reading goes on where the last one ended.
    """

    def __init__(self) -> None:
        self._seen = 0
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def read(self, connection: Connection) -> tuple[Sequence[Step], Sequence[Step]]:
        rows = connection.execute(
            "SELECT txn, max(title), min(seq), max(seq), max(verb), max(undoes) FROM change "
            "WHERE seq > ? AND op <> 'mark' GROUP BY txn ORDER BY min(seq)", (self._seen,))
        for txn, title, first, last, verb, undoes in rows:
            self._take(Step(txn, title, first, last), verb, undoes)
            self._seen = last
        return self._done, self._undone

    def _take(self, step: Step, verb: str, undoes: str | None) -> None:
        done, undone = self._done, self._undone
        if verb == "undo" and done and done[-1].txn == undoes:
            undone.append(done.pop())
        elif verb == "redo" and undone and undone[-1].txn == undoes:
            done.append(undone.pop())
        else:
            done.append(step)
            undone.clear()
