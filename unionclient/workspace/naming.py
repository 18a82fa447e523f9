"""Names of records: what a reference shows, and which record a typed name means."""

from collections.abc import Iterable
from typing import Any

from unionclient.definition.formats import name_key
from unionclient.definition.ledger import PARENT, Ledger
from unionclient.definition.record import Record
from unionclient.definition.values import TYPES
from unionclient.definition.words import CHINESE, _, language, speaking
from unionclient.store import records
from unionclient.store.changelog import Change
from unionclient.store.database import Store

_Place = tuple[str, str]
"""(language, ledger): a label speaks the language of its titles."""


class Names:
    """Labels by record id and ids by label, read once per ledger and forgotten when the ledger changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._labels: dict[_Place, dict[str, str]] = {}
        self._keys: dict[_Place, dict[str, str | None]] = {}
        self._whole: dict[_Place, dict[str, str]] = {}  # of ledgers whose every label was wanted

    def renamed(self, done: Iterable[Change]) -> set[str]:
        """The ledgers in which a record came, went, or changed in what it is called or recognised by."""
        return {change.ledger for change in done if change.op != "update" or change.new.keys() & self._naming_fields(change.ledger)}

    def _naming_fields(self, ledger_id: str) -> set[str]:
        ledger = self._store.library.ledgers[ledger_id]
        return {*ledger.label, *(name for way in ledger.match for name in way), PARENT, "void"}

    def forget(self, ledgers: Iterable[str]) -> None:
        """Called after a write. A label may rest on other ledgers' labels, so those go too."""
        gone = set(ledgers)
        if gone:
            gone |= {ledger.id for ledger in self._store.library.ledgers.values() if any(ledger.fields[n].ref in gone for n in ledger.label)}
        for kept in (self._labels, self._keys, self._whole):
            for place in [place for place in kept if place[1] in gone]:
                del kept[place]

    def label(self, ledger_id: str, record_id: str | None) -> str:
        """What names the record on screen and paper; "" for none."""
        if not record_id:
            return ""
        known = self._labels.setdefault((language(), ledger_id), {})
        if record_id not in known:
            ledger = self._store.library.ledgers[ledger_id]
            found = next(records.select(self._store.connection, ledger, "id = ?", (record_id,)), None)
            known[record_id] = self.label_of(ledger, found) if found else _("（已删除的记录）")
        return known[record_id]

    def meet(self, ledger_id: str, wanted: Iterable[str]) -> None:
        """Reads the labels of many records with few questions, for `label` to give."""
        known = self._labels.setdefault((language(), ledger_id), {})
        strange = [record for record in dict.fromkeys(wanted) if record and record not in known]
        if not strange:
            return
        ledger = self._store.library.ledgers[ledger_id]
        found = list(records.by_id(self._store.connection, ledger, strange))
        for name in ledger.label:
            if ledger.fields[name].type == "reference":
                self.meet(ledger.fields[name].ref, (record.values[name] for record in found))
        known.update((record.id, self.label_of(ledger, record)) for record in found)

    def labels(self, ledger_id: str) -> dict[str, str]:
        """Record id → label of all alive records, in the order they were entered."""
        kept = self._whole.get((language(), ledger_id))
        if kept is None:
            ledger = self._store.library.ledgers[ledger_id]
            kept = self._whole[language(), ledger_id] = {record.id: self.label_of(ledger, record) for record in
                                             records.select(self._store.connection, ledger, "void = 0 ORDER BY rowid")}
        return kept

    def label_of(self, ledger: Ledger, record: Record) -> str:
        shown = (self.show(ledger, record, name) for name in ledger.label)
        return " ".join(text for text in shown if text) or _("（未命名）")

    def show(self, ledger: Ledger, record: Record, name: str) -> str:
        """A field as the officer reads it: code titles, reference labels, unreadable text as typed."""
        if name == PARENT:
            return self.label(ledger.parent, record.parent) if record.parent else ""
        field = ledger.fields[name]
        value = record.values.get(name)
        if value is None or name in record.raw:
            return record.raw.get(name, "")
        if field.type == "reference":
            return self.label(field.ref, value)
        return TYPES[field.type].show(value, field)

    def resolve(self, ledger_id: str, text: str) -> str | None:
        """The id of the one alive record that bears this name or identifier; None if none or several do."""
        keys = self._keys.get((language(), ledger_id))
        if keys is None:
            keys = self._keys[language(), ledger_id] = self._read_keys(ledger_id)
        return keys.get(text) if text in keys else keys.get(name_key(text) or "")

    def _read_keys(self, ledger_id: str) -> dict[str, str | None]:
        ledger = self._store.library.ledgers[ledger_id]
        identity = [n for n in dict.fromkeys((*ledger.label, *(n for combo in ledger.match for n in combo)))
                    if n in ledger.fields and ledger.fields[n].type == "text"]
        keys: dict[str, str | None] = {}
        for record in records.select(self._store.connection, ledger, "void = 0"):
            words: set[Any] = {name_key(str(record.values[n])) for n in identity if record.values.get(n) is not None}
            words.update(self._labels_in_all(ledger, record))
            for word in words:
                if word:  # a name borne twice means nobody: the officer must choose
                    keys[word] = record.id if keys.get(word, record.id) == record.id else None
            keys[record.id] = record.id
        return keys

    def _labels_in_all(self, ledger: Ledger, record: Record) -> set[Any]:
        """The record's label as compared, also the Chinese one: workbooks may bear either."""
        words = {name_key(self.label_of(ledger, record))}
        if self._store.library.chinese is not None:
            with speaking(CHINESE):
                words.add(name_key(self.label_of(self._store.library.ledgers[ledger.id], record)))
        return words
