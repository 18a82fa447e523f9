"""Two records of the same thing become one: who is whose twin, and what is written when they are joined."""

from collections.abc import Mapping
from typing import Any

from unionclient.definition.formats import name_key
from unionclient.definition.ledger import Ledger
from unionclient.definition.record import Record, Write
from unionclient.store import records
from unionclient.store.database import Store
from unionclient.store.tables import quoted


def twins(store: Store, ledger: Ledger, record: Record) -> list[Record]:
    """Other alive records that agree with this one in a way of recognising, texts compared as names are; most alike first."""
    found: dict[str, tuple[int, Record]] = {}
    own = [_key(ledger, record, way) for way in ledger.match]
    for other in records.select(store.connection, ledger, "void = 0 AND id <> ? ORDER BY rowid", (record.id,)):
        for rank, way in enumerate(ledger.match):
            if own[rank] is not None and _key(ledger, other, way) == own[rank]:
                found.setdefault(other.id, (rank, other))
    return [other for _, other in sorted(found.values(), key=lambda pair: pair[0])]


def _key(ledger: Ledger, record: Record, way: tuple[str, ...]) -> tuple[Any, ...] | None:
    """What a record is recognised by; None while a part of it is empty."""
    parts = tuple(name_key(value) if isinstance(value := record.value(name), str) and name in ledger.fields
                  and ledger.fields[name].type == "text" else value for name in way)
    return None if None in parts else parts


def writes(store: Store, ledger: Ledger, keep: str, gone: str, values: Mapping[str, Any]) -> list[Write]:
    """`keep` takes `values`; whatever points to `gone`, its child rows too, points to `keep` from now on."""
    made = [Write(ledger.id, keep, False, dict(values))] if values else []
    for other in store.library.ledgers.values():
        for field in other.fields.values():
            if field.ref == ledger.id:
                made += [Write(other.id, row[0], False, {field.id: keep}) for row in store.connection.execute(
                    f"SELECT id FROM {quoted(other.id)} WHERE {quoted(field.id)} = ?", (gone,))]
        if other.parent == ledger.id:
            made += [Write(other.id, row[0], False, {}, {}, keep) for row in store.connection.execute(
                f"SELECT id FROM {quoted(other.id)} WHERE parent_id = ?", (gone,))]
    return made
