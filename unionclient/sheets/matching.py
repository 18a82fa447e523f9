"""Which record a row means: the ledger's ways of recognising one, strongest first, and never against what both say.

A `Pool` holds the alive records of one ledger and those this import makes. Rows come to it as tuples of comparable
identity keys; equal tuples are one claim. No row is read here and nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from unionclient.definition.formats import name_key
from unionclient.definition.ledger import Ledger
from unionclient.definition.record import Record

PARENT = "parent_id"
_NAMES = ("unit_name", "person_name")

Claim = tuple[tuple[Any, ...], str | None]     # (identity keys, record id the file itself names)


@dataclass(slots=True, eq=False)
class Entry:
    """A record of the store, or one this import makes (`record` None). `first` is the row that claimed it first."""

    id: str
    keys: tuple[Any, ...]
    record: Record | None = None
    first: int | None = None
    values: dict[str, Any] = field(default_factory=dict)     # what the file says of it
    raw: dict[str, str] = field(default_factory=dict)        # texts the file gives for references nobody bears
    parent: str | None = None
    rows: list[int] = field(default_factory=list)            # accepted rows, in order
    said_by: dict[str, int] = field(default_factory=dict)    # field → row, where it was not the first row

    @property
    def is_new(self) -> bool:
        return self.record is None

    def by(self, name: str) -> int:
        """The row that gave a field its value."""
        return self.said_by.get(name, self.rows[0])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a claim comes to. Without `entry` no way of recognising is complete, or `several` records fit equally."""

    entry: Entry | None
    several: int = 0
    doubles: tuple[tuple[Entry, tuple[str, ...]], ...] = ()  # claimed by other rows: equal in these fields, else different


def key_column(ledger: Ledger, name: str, values: Sequence[Any]) -> Sequence[Any]:
    """The comparable form of a column of one identity field; names lose widths, blanks and brackets' width."""
    if name == PARENT or ledger.fields[name].format not in _NAMES:
        return values
    known = {value: name_key(value) for value in set(values) if value is not None}
    known[None] = None
    return [known[value] for value in values]


def _either(ours: Any, theirs: Any) -> Any:
    return theirs if ours is None else ours


def agree(some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    """No identity field that both have is different."""
    return all(mine is None or theirs is None or mine == theirs for mine, theirs in zip(some, others))


def same_name(ledger: Ledger, name: str, ours: Any, theirs: Any) -> bool:
    """An identifying name that differs in blanks and widths alone: no other name, it stays as it was printed first."""
    return (isinstance(ours, str) and isinstance(theirs, str) and ledger.fields[name].format in _NAMES
            and any(name in combo for combo in ledger.match) and name_key(ours) == name_key(theirs))


class Pool:
    """All alive records of one ledger, findable by every way of recognising them."""

    def __init__(self, ledger: Ledger, existing: Iterable[Record], new_id: Any) -> None:
        self.ledger = ledger
        self.combos = ledger.match or (ledger.key or ledger.label,)
        self.identity = tuple(dict.fromkeys(name for combo in self.combos for name in combo))
        self._at = [tuple(self.identity.index(name) for name in combo) for combo in self.combos]
        self._pick = [itemgetter(*at) for at in self._at]       # one field: its key itself, several: a tuple
        self._one = [len(at) == 1 for at in self._at]
        self._new_id = new_id
        self._records = list(existing)
        self._entries: list[Entry | None] = [None] * len(self._records)
        self._keys = self._existing_keys()
        self._indexes: list[dict[Any, int | list[int]] | None] = [None] * len(self.combos)
        self._by_id: dict[str, int] | None = None
        self._claimed: set[int] = set()

    def _existing_keys(self) -> list[tuple[Any, ...]]:
        columns = [key_column(self.ledger, name, [r.parent if name == PARENT else r.values.get(name) for r in self._records])
                   for name in self.identity]
        return list(zip(*columns))

    @property
    def made(self) -> list[Entry]:
        """The records this import would make, in order."""
        return [e for e in self._entries[len(self._records):] if e is not None]

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Text fields that recognise a record by themselves and are no names: codes and numbers."""
        fields = self.ledger.fields
        return tuple(combo[0] for combo in self.combos if len(combo) == 1 and combo[0] != PARENT
                     and fields[combo[0]].type == "text" and fields[combo[0]].format not in _NAMES)

    def assign(self, claims: Mapping[Claim, int], *, make: bool = True) -> dict[Claim, Verdict]:
        """{claim: verdict}; `claims` gives each claim's first row. `make` False finds only.

        Claims that name a record by its id come first, then those with the strongest complete way, so that a row that
        says more is never robbed by one that says less; among equals, those that fit in every identity field.
        """
        verdicts: dict[Claim, Verdict] = {}
        named = [claim for claim in claims if claim[1] is not None]
        for agreeing in (True, False):
            for claim in named:
                if claim not in verdicts and (at := self._named(claim, agreeing)) is not None:
                    verdicts[claim] = Verdict(self._take(at, claim[0], claims[claim]))
        by_strength: list[list[Claim]] = [[] for _ in range(len(self._at) + 1)]
        for claim in claims:
            if claim not in verdicts:
                by_strength[self._strength(claim[0])].append(claim)
        for strength, group in enumerate(by_strength):
            for claim in group if self._records and strength < len(self._at) else ():
                at = self._exact(claim[0], strength)
                if at is not None and at not in self._claimed:
                    verdicts[claim] = Verdict(self._take(at, claim[0], claims[claim]))
            for claim in group:
                if claim not in verdicts:
                    verdicts[claim] = self._decide(claim[0], claims[claim], strength, make)
        return verdicts

    # ways of recognising ------------------------------------------------------------------------------------

    def _strength(self, keys: tuple[Any, ...]) -> int:
        """Rank of the strongest complete way; the number of ways if none is complete."""
        for rank in range(len(self._at)):
            if self._key(rank, keys) is not None:
                return rank
        return len(self._at)

    def _index(self, rank: int) -> dict[Any, int | list[int]]:
        """Position, or positions, by key of one way; made when first asked for."""
        index = self._indexes[rank]
        if index is None:
            index = self._indexes[rank] = {}
            for position, keys in enumerate(self._keys):
                self._put(rank, keys, position)
        return index

    def _key(self, rank: int, keys: tuple[Any, ...]) -> Any:
        """The key of one way, or None if it is not complete."""
        key = self._pick[rank](keys)
        return key if self._one[rank] or None not in key else None

    def _put(self, rank: int, keys: tuple[Any, ...], position: int) -> None:
        index, key = self._indexes[rank], self._key(rank, keys)
        if index is None or key is None:
            return
        there = index.setdefault(key, position)
        if isinstance(there, list):
            index[key] = there if position in there else [*there, position]
        elif there != position:
            index[key] = [there, position]

    def _found(self, rank: int, keys: tuple[Any, ...]) -> Sequence[int]:
        key = self._key(rank, keys)
        there = self._index(rank).get(key) if key is not None else None
        if there is None:
            return ()
        found = there if isinstance(there, list) else (there,)
        return [at for at in found if self._key(rank, self._keys[at]) == key]   # a renamed record left its old key behind

    def _named(self, claim: Claim, agreeing: bool) -> int | None:
        """The record whose id the file gives, unless another row took it: a copied row is a new record."""
        if self._by_id is None:
            self._by_id = {record.id: position for position, record in enumerate(self._records)}
        at = self._by_id.get(claim[1] or "")
        if at is None or (agreeing or at in self._claimed) and not self._agrees(at, claim[0]):
            return None
        return at

    def _exact(self, keys: tuple[Any, ...], rank: int) -> int | None:
        """The one record that differs in no identity field and fits in most of them, if it is stored."""
        key = self._key(rank, keys)
        alone = None if key is None else self._index(rank).get(key)
        if isinstance(alone, int) and self._keys[alone] == keys:        # most rows of a list that comes again
            return alone if alone < len(self._records) else None
        best = self._best([at for at in self._found(rank, keys) if self._agrees(at, keys)], keys)
        return best[0] if len(best) == 1 and best[0] < len(self._records) else None

    def _agrees(self, position: int, keys: tuple[Any, ...]) -> bool:
        return agree(keys, self._keys[position])

    def _best(self, positions: list[int], keys: tuple[Any, ...]) -> list[int]:
        """Those of `positions` that are equal in the most identity fields."""
        if len(positions) < 2:
            return positions
        score = {at: sum(mine is not None and mine == theirs for mine, theirs in zip(keys, self._keys[at])) for at in positions}
        top = max(score.values())
        return [at for at in positions if score[at] == top]

    def _denied(self, rank: int, position: int, keys: tuple[Any, ...]) -> bool:
        """Found by a weaker way, but a field that is a stronger way by itself says otherwise."""
        for at in self._at[:rank]:
            if len(at) == 1:
                mine, theirs = keys[at[0]], self._keys[position][at[0]]
                if mine is not None and theirs is not None and mine != theirs:
                    return True
            elif len(self._at[rank]) > 1 and set(at) > set(self._at[rank]) and not agree(
                    [keys[n] for n in at], [self._keys[position][n] for n in at]):
                return True     # a fuller way tells them apart, as another place tells two hazards apart
        return False

    # deciding -----------------------------------------------------------------------------------------------

    def _decide(self, keys: tuple[Any, ...], row: int, strength: int, make: bool) -> Verdict:
        if strength == len(self._at):
            return Verdict(None)
        if make and self._is_strange(keys, strength):
            return Verdict(self._make(keys, row))
        doubles: dict[int, tuple[str, ...]] = {}
        for rank in range(strength, len(self._at)):
            found = [at for at in self._found(rank, keys) if at not in doubles and not self._denied(rank, at, keys)]
            if not found:
                continue
            agreeing = self._best([at for at in found if self._agrees(at, keys)], keys)
            fitting = agreeing or [at for at in found if at not in self._claimed]
            if len(fitting) > 1:
                return Verdict(None, len(fitting))
            if fitting:
                return Verdict(self._take(fitting[0], keys, row), doubles=self._told(doubles))
            doubles |= dict.fromkeys(found, self.combos[rank])
        return Verdict(self._make(keys, row) if make else None, doubles=self._told(doubles) if doubles else ())

    def _is_strange(self, keys: tuple[Any, ...], strength: int) -> bool:
        """Nothing bears the key of any way: most rows of a new list."""
        for rank in range(strength, len(self._at)):
            key = self._key(rank, keys)
            if key is not None and key in self._index(rank):
                return False
        return True

    def _told(self, doubles: Mapping[int, tuple[str, ...]]) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
        return tuple((self._entry(at), names) for at, names in doubles.items())

    def _entry(self, position: int) -> Entry:
        entry = self._entries[position]
        if entry is None:
            record = self._records[position]
            entry = self._entries[position] = Entry(record.id, self._keys[position], record, parent=record.parent)
        return entry

    def _take(self, position: int, keys: tuple[Any, ...], row: int) -> Entry:
        entry = self._entry(position)
        if position not in self._claimed:
            self._claimed.add(position)
            entry.first = row
        if keys != (known := self._keys[position]) and (merged := tuple(map(_either, keys, known))) != known:
            self._keys[position] = entry.keys = merged
            for rank in range(len(self._at)):
                self._put(rank, merged, position)
        return entry

    def _make(self, keys: tuple[Any, ...], row: int) -> Entry:
        entry = Entry(self._new_id(), keys, first=row)
        position = len(self._entries)
        self._entries.append(entry)
        self._keys.append(keys)
        self._claimed.add(position)
        for rank in range(len(self._at)):
            self._put(rank, keys, position)
        return entry
