"""Which record a row means: the ledger's ways of recognising one, strongest first, and never against what both say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from unionclient.definition.formats import name_key
from unionclient.definition.ledger import Ledger
from unionclient.definition.record import Record

_NAMES = ("unit_name", "person_name")
PARENT = "parent_id"


@dataclass(slots=True)
class Entry:
    """A record of the store or of this very import; `claimed` is the row that took it as its own."""

    id: str
    values: dict[str, Any]
    parent: str | None
    raw: dict[str, str] = field(default_factory=dict)
    is_new: bool = False
    claimed: Any = None
    touched: bool = False        # this import gave or confirmed its identity


class Matcher:
    """All alive records of one ledger, findable by every way of recognising them."""

    def __init__(self, ledger: Ledger, existing: Iterable[Record]) -> None:
        self.ledger = ledger
        self.combos = ledger.match
        self.identity = tuple(dict.fromkeys(name for combo in self.combos for name in combo))
        self._index: list[dict[tuple, list[Entry]]] = [{} for _ in self.combos]
        self.by_id: dict[str, Entry] = {}
        for record in existing:
            self.add(Entry(record.id, dict(record.values), record.parent, dict(record.raw)))

    def key(self, name: str, values: Mapping[str, Any], parent: str | None) -> Any:
        """The comparable form of one identity field."""
        if name == PARENT:
            return parent
        value = values.get(name)
        if isinstance(value, str) and self.ledger.fields[name].format in _NAMES:
            return name_key(value)
        return value

    def _combo_key(self, combo: tuple[str, ...], values: Mapping[str, Any], parent: str | None) -> tuple | None:
        key = tuple(self.key(name, values, parent) for name in combo)
        return None if any(part is None for part in key) else key

    def add(self, entry: Entry) -> None:
        self.by_id[entry.id] = entry
        for index, combo in zip(self._index, self.combos, strict=True):
            key = self._combo_key(combo, entry.values, entry.parent)
            if key is not None:
                found = index.setdefault(key, [])
                if entry not in found:
                    found.append(entry)

    def identifiable(self, values: Mapping[str, Any], parent: str | None) -> bool:
        """Some way of recognising is complete."""
        return not self.combos or any(self._combo_key(combo, values, parent) is not None for combo in self.combos)

    def identifiers(self, values: Mapping[str, Any]) -> list[str]:
        """Text fields with a value that recognise a record by themselves and are no names."""
        return [combo[0] for combo in self.combos if len(combo) == 1 and combo[0] != PARENT and values.get(combo[0]) is not None
                and self.ledger.fields[combo[0]].type == "text" and self.ledger.fields[combo[0]].format not in _NAMES]

    def candidates(self, values: Mapping[str, Any], parent: str | None) -> Iterable[tuple[Entry, bool]]:
        """(record, whether every identity field that both have is equal), best first.

        A record found by a weaker way is left out when a field that is a stronger way by itself says otherwise.
        """
        seen: set[int] = set()
        for rank, combo in enumerate(self.combos):
            key = self._combo_key(combo, values, parent)
            if key is None:
                continue
            found = self._index[rank].get(key, ())
            same = [(e, self.agrees(e, values, parent)) for e in found
                    if id(e) not in seen and not self._denied(rank, e, values, parent)]
            seen |= {id(e) for e in found}
            yield from sorted(same, key=lambda pair: not pair[1])

    def _denied(self, rank: int, entry: Entry, values: Mapping[str, Any], parent: str | None) -> bool:
        for combo in self.combos[:rank]:
            if len(combo) == 1:
                mine, theirs = self.key(combo[0], values, parent), self.key(combo[0], entry.values, entry.parent)
                if mine is not None and theirs is not None and mine != theirs:
                    return True
        return False

    def agrees(self, entry: Entry, values: Mapping[str, Any], parent: str | None) -> bool:
        for name in self.identity:
            mine, theirs = self.key(name, values, parent), self.key(name, entry.values, entry.parent)
            if mine is not None and theirs is not None and mine != theirs:
                return False
        return True


def changes(entry: Entry, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> tuple[dict[str, Any], dict[str, str], bool]:
    """(values to set, texts to keep, whether the parent changes). An empty cell never erases what is there."""
    new = {n: v for n, v in values.items() if v is not None and entry.values.get(n) != v}
    texts = {n: t for n, t in raw.items() if entry.raw.get(n) != t and entry.values.get(n) is None}
    return new, texts, parent is not None and parent != entry.parent
