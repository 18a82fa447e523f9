"""What the program writes by itself into a new record: defaults and `fill` templates such as names and numbers.

A template holds `{field}`, `{reference.field}`, `{parent_id.field}`, `{street}` (last three digits of the street
code) and `{#n}`, the next free running number of n digits. What is written is data, so its words are Chinese whatever the window speaks.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.values import TYPES
from unionclient.definition.words import CHINESE, speaking
from unionclient.store import records
from unionclient.store.database import Store
from unionclient.store.tables import quoted
from unionclient.workspace.naming import Names

_PART = re.compile(r"\{([^{}]+)\}")


class Filler:
    """Fills one batch of new records; remembers the numbers and records of the batch itself."""

    def __init__(self, store: Store, names: Names, street: str) -> None:
        self._store = store
        self._names = names
        self._street = street
        self._batch: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._numbers: dict[tuple[str, str, str], int] = {}
        self._plans: dict[str, tuple[list[tuple[str, Any]], list[Field]]] = {}

    @speaking(CHINESE)
    def fill(self, ledger: Ledger, record: str, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> dict[str, Any]:
        """`values` with defaults and templates added where nothing was given."""
        ledger, full = self._store.library.ledgers[ledger.id], dict(values)
        defaults, templates = self._plan(ledger)
        for name, value in defaults:
            if full.get(name) is None and name not in raw:
                full[name] = value
        for field in templates:
            if full.get(field.id) is None and field.id not in raw:
                text = self._text(ledger, field, full, raw, parent)
                if text:
                    full[field.id] = TYPES[field.type].parse(text, field).value
        self._batch[ledger.id, record] = full
        return full

    def _plan(self, ledger: Ledger) -> tuple[list[tuple[str, Any]], list[Field]]:
        """(field, default value) and the fields with a template, worked out once per batch."""
        if ledger.id not in self._plans:
            live = ledger.live_fields
            defaults = [(f.id, TYPES[f.type].parse(f.default, f).value) for f in live if f.default is not None]
            self._plans[ledger.id] = (defaults, [f for f in live if f.fill])
        return self._plans[ledger.id]

    def _text(self, ledger: Ledger, field: Field, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> str | None:
        missing = False
        digits = 0

        def part(match: re.Match) -> str:
            nonlocal missing, digits
            path = match.group(1)
            if path.startswith("#"):
                digits = int(path[1:])
                return "\x00"
            text = self._street[-3:] if path == "street" else self._word(ledger, path, values, raw, parent)
            missing = missing or not text
            return text

        text = _PART.sub(part, field.fill or "")
        if missing:
            return None
        return self._numbered(ledger, field, text, digits) if digits else text

    def _word(self, ledger: Ledger, path: str, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> str:
        first, _, rest = path.partition(".")
        target = ledger.parent if first == "parent_id" else ledger.fields[first].ref if first in ledger.fields else None
        if target is None:
            value = values.get(first)
            if value is None:
                return raw.get(first, "")
            if isinstance(value, dt.date):
                return value.strftime("%Y%m%d")
            return TYPES[ledger.fields[first].type].show(value, ledger.fields[first])
        record = parent if first == "parent_id" else values.get(first)
        if record is None:
            return raw.get(first, "")
        other = self._store.library.ledgers[target]
        stored = self._batch.get((target, record)) or next(records.select(self._store.connection, other, "id = ?", (record,)), None)
        if stored is None:
            return ""
        if rest:
            value = stored.get(rest)
            return "" if value is None else TYPES[other.fields[rest].type].show(value, other.fields[rest])
        shown = (TYPES[other.fields[n].type].show(v, other.fields[n]) for n in other.label
                 if other.fields[n].type != "reference" and (v := stored.get(n)) is not None)
        return " ".join(shown)

    def _numbered(self, ledger: Ledger, field: Field, text: str, digits: int) -> str:
        before, after = text.split("\x00")
        key = (ledger.id, field.id, text)
        if key not in self._numbers:
            column = quoted(field.id)
            taken = [row[0] for row in self._store.connection.execute(
                f"SELECT {column} FROM {quoted(ledger.id)} WHERE substr({column}, 1, ?) = ?", (len(before), before))]
            used = [int(t[len(before):len(t) - len(after)]) for t in taken
                    if t.endswith(after) and t[len(before):len(t) - len(after)].isdigit()]
            self._numbers[key] = max(used, default=0)
        self._numbers[key] += 1
        return f"{before}{self._numbers[key]:0{digits}d}{after}"
