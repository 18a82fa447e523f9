"""A package looked into before it is answered: its ledgers, their records as the street would see them, its checks in words.

Limits: a shelf with only the tables asked for is made each time and goes away again; nothing is kept.
"""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.record import Record
from unionclient.definition.words import _, marked
from unionclient.store import records as stored
from unionclient.store.database import Store
from unionclient.store.received import ReceivedPackage
from unionclient.store.shelf import make_shelf, opened_shelf
from unionclient.workspace.district import contents, receiving
from unionclient.workspace.district.consolidating import shelf_of
from unionclient.workspace.district.facts import Note, RecordLine
from unionclient.workspace.naming import Names

_OTHERS = {"amends": marked("更正")}


def check_words(note: Note) -> tuple[str, str]:
    """(what was checked, what came out)."""
    from unionclient.submission.checks import CHECKS, sentence_of, title_of

    if note.check not in CHECKS:
        return _(_OTHERS.get(note.check, note.check)), note.detail
    return title_of(note.check), note.detail or sentence_of(note.check, note.level != "fail")


def ledgers(store: Store, package: ReceivedPackage) -> list[tuple[str, str, int]]:
    """(ledger id, title, rows) of every table in a package that this program knows, in screen order."""
    rows = contents.opened(receiving.place(store, package)).rows
    return [(ledger.id, ledger.title, rows[ledger.id][0]) for ledger in store.library.ledgers.values() if ledger.id in rows]


def rows(store: Store, package: ReceivedPackage, ledger_id: str) -> list[RecordLine]:
    """All records of one ledger of a package."""
    found = contents.opened(receiving.place(store, package))
    ledger = store.library.ledgers[ledger_id]
    wanted = _named(store.library, ledger)
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        shelf = Path(folder) / "shelf"
        make_shelf(shelf, store.library, (part for part in contents.shelved(found, store.library) if part.ledger in wanted), {})
        with opened_shelf(shelf, store.library) as opened:
            return _lines(opened, ledger, stored.select(opened.connection, ledger, "1 ORDER BY rowid"))


def labels(store: Store, package: ReceivedPackage, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(ledger id, record id) → what names the record, for those that are in the package."""
    wanted: dict[str, set[str]] = {}
    for ledger_id, record_id in places:
        if ledger_id in store.library.ledgers and record_id:
            wanted.setdefault(ledger_id, set()).add(record_id)
    return {(line.ledger, line.id): line.label for ledger_id, ids in wanted.items() for line in rows(store, package, ledger_id) if line.id in ids}


def record(store: Store, period: str, street: str, ledger_id: str, record_id: str) -> RecordLine | None:
    """One record of a body's consolidated package, or None."""
    ledger = store.library.ledgers[ledger_id]
    with shelf_of(store, period, street) as (shelf, _):
        return next(iter(_lines(shelf, ledger, stored.select(shelf.connection, ledger, "id = ?", (record_id,)))), None)


def _lines(shelf: Store, ledger: Ledger, found: Iterable[Record]) -> list[RecordLine]:
    names, lines = Names(shelf), []
    for each in found:
        cells = tuple((field.title, text) for field in ledger.live_fields if (text := names.show(ledger, each, field.id)))
        lines.append(RecordLine(ledger.id, ledger.title, each.id, names.label_of(ledger, each), "", cells))
    return lines


def _named(library: Library, ledger: Ledger) -> set[str]:
    """The ledger and all that its labels rest on."""
    found, waiting = set(), [ledger.id]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        each = library.ledgers[name]
        shown = each.live_fields if name == ledger.id else [each.fields[field] for field in each.label if field in each.fields]
        waiting += [field.ref for field in shown if field.type == "reference" and field.ref]
        waiting += [each.parent] if each.parent else []
    return found
