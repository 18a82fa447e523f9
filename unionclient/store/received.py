"""The district's book: packages received, their states, remarks on them. Every write is the caller's transaction."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.definition.places import root
from unionclient.definition.words import _, marked
from unionclient.store.changelog import now_text
from unionclient.store.driver import Connection

RECEIVED, ACCEPTED, RETURNED = "received", "accepted", "returned"
STATES = {RECEIVED: marked("待答复"), ACCEPTED: marked("已接收"), RETURNED: marked("已退回")}
_COLUMNS = ("sha256", "package_id", "street", "street_name", "period", "seq", "kind", "prev_sha256", "amends", "file", "size", "signer",
            "created_at", "received_at", "who", "state", "checks", "answered_at", "answered_by", "receipt", "note")
_REMARK = ("member", "sheet", "row_key", "cell", "message", "rule", "severity")


@dataclass(frozen=True, slots=True)
class ReceivedPackage:
    """A package that was judged sound. `checks` are (id, "ok" | "warn" | "fail", detail); `receipt` is the file name of the answer."""

    sha256: str
    package_id: str
    street: str
    street_name: str
    period: str
    seq: int
    kind: str
    prev_sha256: str | None
    amends: str | None
    file: str
    size: int
    signer: str
    created_at: str
    received_at: str
    who: str
    state: str = RECEIVED
    checks: tuple[tuple[str, str, str], ...] = ()
    answered_at: str | None = None
    answered_by: str | None = None
    receipt: str | None = None
    note: str | None = None

    @property
    def state_title(self) -> str:
        return _(STATES[self.state])


@dataclass(frozen=True, slots=True)
class KeptRemark:
    """A remark as the officer wrote it; fields as in a receipt's. `id` is its place in the book."""

    id: int
    member: str
    sheet: str
    row_key: str
    cell: str
    message: str
    rule: str
    severity: str


def prepare(connection: Connection) -> None:
    """The tables of the book, where they are not there yet."""
    text = re.sub(r"--[^\n]*", "", (root() / "db" / "district.sql").read_text(encoding="utf-8"))
    for statement in filter(None, map(str.strip, text.split(";"))):
        connection.execute(statement)


def enter(connection: Connection, package: ReceivedPackage) -> None:
    values = [getattr(package, name) for name in _COLUMNS]
    values[_COLUMNS.index("checks")] = json.dumps(package.checks, ensure_ascii=False)
    connection.execute(f"INSERT INTO received ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})", values)


def packages(connection: Connection, *, street: str | None = None, state: str | None = None, period: str | None = None) -> list[ReceivedPackage]:
    """Packages in the book, newest received first."""
    asked = {"street": street, "state": state, "period": period}
    given = {name: value for name, value in asked.items() if value is not None}
    where = " AND ".join(f"{name} = ?" for name in given) or "1"
    rows = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM received WHERE {where} ORDER BY received_at DESC, seq DESC", tuple(given.values()))
    return [_package(row) for row in rows]


def package(connection: Connection, sha256: str) -> ReceivedPackage | None:
    row = connection.execute(f"SELECT {', '.join(_COLUMNS)} FROM received WHERE sha256 = ?", (sha256,)).fetchone()
    return _package(row) if row else None


def _package(row: Sequence[Any]) -> ReceivedPackage:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["checks"] = tuple(tuple(check) for check in json.loads(values["checks"]))
    return ReceivedPackage(**values)


def answer(connection: Connection, sha256: str, state: str, *, who: str, receipt: str, note: str) -> None:
    connection.execute("UPDATE received SET state = ?, answered_at = ?, answered_by = ?, receipt = ?, note = ? WHERE sha256 = ?",
                       (state, now_text(), who, receipt, note, sha256))


def add_remarks(connection: Connection, sha256: str, remarks: Iterable[Sequence[str]], who: str) -> None:
    """`remarks` are (member, sheet, row_key, cell, message, rule, severity)."""
    at = now_text()
    connection.executemany(
        f"INSERT INTO remark (package, {', '.join(_REMARK)}, at, who) VALUES (?, {', '.join('?' * len(_REMARK))}, ?, ?)",
        [(sha256, *remark, at, who) for remark in remarks])


def remarks(connection: Connection, sha256: str) -> list[KeptRemark]:
    rows = connection.execute(f"SELECT id, {', '.join(_REMARK)} FROM remark WHERE package = ? ORDER BY id", (sha256,))
    return [KeptRemark(*row) for row in rows]


def drop_remark(connection: Connection, remark: int) -> None:
    connection.execute("DELETE FROM remark WHERE id = ?", (remark,))
