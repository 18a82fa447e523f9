"""Accepted packages → `consolidated/`: an index of figures and, for each package, a shelf of its ledgers.

Uses nothing but the files in `accepted/` and the definitions, so it can be thrown away and made again. Each package's figures are
counted again from its rows; both numbers are kept.
"""

import datetime as dt
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from unionclient.assessment import figures as assessment
from unionclient.assessment.periods import Period, PeriodError, read_period
from unionclient.definition.faults import StoreError, SubmissionError
from unionclient.definition.places import root
from unionclient.definition.words import _
from unionclient.store import driver
from unionclient.store.database import Store
from unionclient.store.shelf import make_shelf, opened_shelf
from unionclient.workspace import counting
from unionclient.workspace.district import contents, keeping
from unionclient.workspace.district.contents import Contents
from unionclient.workspace.district.facts import Consolidated

CONSOLIDATED, ACCEPTED, INDEX = "consolidated", "accepted", "index.db"
_VERSION = 1
_TABLES = ("figure", "reading", "ledger_rows")


@contextmanager
def index_of(store: Store) -> Iterator[driver.Connection]:
    """The index; made empty where there is none, or one of another make."""
    folder = store.folder / CONSOLIDATED
    folder.mkdir(exist_ok=True)
    connection = driver.connect_plain(folder / INDEX)
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            connection = _fresh(connection, folder)
        yield connection
    except driver.DatabaseFault as fault:
        raise StoreError(_("汇总库打不开，可能已损坏。"), _("收到的报送包都在，没有改动。"), _("请用“重建汇总”从报送包重新生成。")) from fault
    finally:
        connection.close()


def _fresh(connection: driver.Connection, folder: Path) -> driver.Connection:
    connection.close()
    (folder / INDEX).unlink()
    connection = driver.connect_plain(folder / INDEX)
    text = re.sub(r"--[^\n]*", "", (root() / "db" / "consolidated.sql").read_text(encoding="utf-8"))
    for statement in filter(None, map(str.strip, text.split(";"))):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version={_VERSION}")
    return connection


def consolidate(store: Store, progress: Callable | None, rebuild: bool) -> Consolidated:
    """Adds what is new, takes out what is gone; see `District.consolidate`."""
    began, problems = time.monotonic(), []
    if rebuild:
        shutil.rmtree(store.folder / CONSOLIDATED, ignore_errors=True)
    with index_of(store) as index:
        there = {path.relative_to(store.folder / ACCEPTED).as_posix(): path
                 for path in sorted((store.folder / ACCEPTED).glob("*/*.asice"))}
        stamps = {name: _stamp(path) for name, path in there.items()}
        have = {row[0]: row[1:] for row in index.execute("SELECT file, stamp, definitions, sha256, shelf FROM package")}
        stale = [name for name, (stamp, made_by, _sha256, _shelf) in have.items() if stamps.get(name) != stamp or made_by != store.library.sha256]
        for name in stale:
            _take_out(store, index, *have[name][2:])
        trust = keeping.trust_of(store)
        new = [name for name in there if name not in have or name in stale]
        for done, name in enumerate(new):
            if progress:
                progress(_("汇总{stem}").format(stem=Path(name).stem), done, len(new))
            try:
                _add(store, index, _believed(there[name], trust), name, stamps[name])
            except (SubmissionError, PeriodError) as fault:
                problems.append(_("{name}：{what}").format(name=name, what=fault.what))
        index.execute("UPDATE package SET current = (seq = (SELECT max(o.seq) FROM package o WHERE o.street = package.street "
                      "AND o.period = package.period))")
        count, rows = index.execute("SELECT (SELECT count(*) FROM package), (SELECT coalesce(sum(rows), 0) FROM ledger_rows)").fetchone()
    return Consolidated(count, len(new) - len(problems), sum(name not in there for name in stale), rows, time.monotonic() - began, tuple(problems))


def _stamp(path: Path) -> str:
    facts = path.stat()
    return f"{facts.st_size}-{facts.st_mtime_ns}"


def _take_out(store: Store, index: driver.Connection, sha256: str, shelf: str) -> None:
    index.execute("BEGIN")
    for table in _TABLES:
        index.execute(f"DELETE FROM {table} WHERE package = ?", (sha256,))
    index.execute("DELETE FROM package WHERE sha256 = ?", (sha256,))
    index.execute("COMMIT")
    shutil.rmtree(store.folder / CONSOLIDATED / shelf, ignore_errors=True)


def _believed(path: Path, trust: Any) -> Contents:
    """A package whose signature holds and whose signer was registered for the street, whatever became of the certificate since."""
    found = contents.opened(path)
    entry = trust.registered(found.signer) if trust else None
    if trust and (entry is None or entry.code != found.manifest.street.code):
        raise SubmissionError(_("签名的证书不是登记给这个报送单位的"), "", _("请查明这个文件是怎样放进来的。"))
    return found


def _add(store: Store, index: driver.Connection, found: Contents, name: str, stamp: str) -> None:
    manifest, period = found.manifest, read_period(found.manifest.period.label)
    shelf = f"{manifest.street.code}-{period.code}-{manifest.seq:04d}"
    counts = make_shelf(store.folder / CONSOLIDATED / shelf, store.library, contents.shelved(found, store.library), found.settings)
    again = _again(store, shelf, period, manifest.created_at.date())
    index.execute("BEGIN")
    index.execute("INSERT OR REPLACE INTO package VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)", (
        found.sha256, manifest.package_id, manifest.street.code, manifest.street.name, period.code, manifest.seq, manifest.kind,
        manifest.created_at.isoformat(), store.library.sha256, shelf, name, stamp))
    index.executemany("INSERT OR REPLACE INTO figure VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [
        (found.sha256, figure.id, figure.numerator, figure.denominator, figure.year_to_date, *again.get(figure.id, (None, None, None)))
        for figure in sorted(found.figures.values(), key=lambda figure: figure.id)])
    index.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", [(found.sha256, *pair) for pair in sorted(found.settings.items())])
    index.executemany("INSERT OR REPLACE INTO ledger_rows VALUES (?, ?, ?)",
                      [(found.sha256, ledger, rows) for ledger, rows in sorted(counts.items()) if rows])
    index.execute("COMMIT")


def _again(store: Store, shelf: str, period: Period, day: dt.date) -> dict[str, tuple[int, int | None, int | None]]:
    """Figure id → (numerator, denominator, 累计) counted from the shelf's rows; empty where definition SQL fails on them."""
    with opened_shelf(store.folder / CONSOLIDATED / shelf, store.library) as opened:
        try:
            reader = counting.reading_for(opened, period, today=day)
            found = assessment.compute(reader, store.library, period, {})
        except driver.DatabaseFault:
            return {}
    return {figure.id: (figure.numerator, figure.denominator, figure.year_to_date) for figure in found}


@contextmanager
def shelf_of(store: Store, period: str, street: str) -> Iterator[tuple[Store, Any]]:
    """(the shelf of a body's current package, the day it was made). Raises SubmissionError where it has none for the period."""
    with index_of(store) as index:
        row = index.execute("SELECT shelf, created_at FROM package WHERE period = ? AND street = ? AND current = 1", (period, street)).fetchone()
    if row is None:
        raise SubmissionError(_("{street} 没有 {period} 的报送包").format(street=street, period=period), "", _("请先接收并汇总这个街道的报送包。"))
    with opened_shelf(store.folder / CONSOLIDATED / row[0], store.library) as opened:
        yield opened, dt.datetime.fromisoformat(row[1]).date()


