"""From claimed records to planned writes: what the accepted rows say together, against what is stored.

An empty cell never erases. Where rows of one file say different things of one record, the later row holds and is told.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from unionclient.definition.formats import name_key
from unionclient.definition.issue import Level
from unionclient.definition.record import Write
from unionclient.definition.words import _
from unionclient.sheets.book import shown
from unionclient.sheets.layout import PARENT
from unionclient.sheets.matching import Entry, Pool, same_name
from unionclient.sheets.plan import Lookup, Sift
from unionclient.sheets.slots import Slot
from unionclient.sheets.telling import Telling

REMARK = "remark"
IsCalled = Callable[[str, str, str], bool]      # (ledger, record, text): the text is that record's name


class Merged:
    """Writes in order, and what becomes of every row."""

    def __init__(self, size: int) -> None:
        self.writes: list[Write] = []
        self.outcomes: list[str] = ["same"] * size
        self.written: set[str] = set()


def merge_slot(slot: Slot, telling: Telling, phrases: Mapping[int, Sequence[str]]) -> None:
    """Lays the accepted rows of a slot into its records, in the order of the rows."""
    names = [name for name in slot.given if name != PARENT]
    columns = [slot.given[name] for name in names]
    parents = slot.given.get(PARENT)
    rows = list(zip(*columns)) if columns else [()] * len(slot.entries)
    rejected, seen = telling.rejected, set()
    for position, entry in enumerate(slot.entries):
        if entry is None or position in rejected:
            continue
        row = rows[position]
        if parents is not None and parents[position] is not None:
            entry.parent = parents[position]
        if slot.feed is not None:
            if (entry.id, row) in seen:
                entry.rows.append(position)
                continue
            seen.add((entry.id, row))
        if not entry.rows:
            entry.first = position
            entry.values.update([pair for pair in zip(names, row) if pair[1] is not None])
        else:
            _add(slot, entry, position, zip(names, row), telling)
        entry.rows.append(position)
        for name, texts in slot.raw.items():
            if position in texts and name != PARENT:
                entry.raw[name] = texts[position]
    for position, words in phrases.items():
        entry = slot.entries[position]
        if entry is not None and position not in rejected:
            entry.values[REMARK] = _with_phrases(entry, words)


def _add(slot: Slot, entry: Entry, position: int, pairs: Any, telling: Telling) -> None:
    """A further row about a record that an earlier row has claimed."""
    number = telling.table_of(position)
    if slot.feed is None:
        column = next((c for name in slot.ledger.key if (c := slot.column(name, number)) is not None), None)
        telling.find(position, column, "IMP-REPEAT", Level.CONFIRM,
                     _("与{place}是同一条记录").format(place=telling.place(entry.first, position)), "", _("重复的行合成一条，后面的为准；请核对"))
    for name, value in pairs:
        before = entry.values.get(name)
        if value is None or same_name(slot.ledger, name, value, before):
            continue
        if before is not None and before != value and (column := slot.column(name, number)) is not None and name != REMARK:
            telling.find(position, column, "IMP-DIFFER", Level.CONFIRM,
                         _("与{place}填的不同，按这一行记").format(place=telling.place(entry.by(name), position)), shown(value), _("同一条记录前后不一致，请核对"))
        if before != value:
            entry.said_by[name] = position
            entry.values[name] = value


def _with_phrases(entry: Entry, words: Sequence[str]) -> str:
    """The remark with what the program has to add to it, once."""
    stored = entry.record.values.get(REMARK) if entry.record is not None else None
    text = entry.values.get(REMARK) or stored or ""
    for phrase in words:
        if phrase not in text:
            text = f"{text}；{phrase}" if text else phrase
    return text


def unborn_names(slots: Sequence[Slot], pools: Mapping[str, Pool]) -> None:
    """A name no stored record bears may be that of a record this very file makes."""
    known: dict[str, dict[str, str | None]] = {}
    for slot in slots:
        for name, texts in slot.raw.items():
            ledger = slot.ledger.fields[name].ref if name in slot.ledger.fields else None
            if ledger not in pools or not pools[ledger].made:
                continue
            if ledger not in known:
                known[ledger] = _names(pools[ledger])
            for position in texts:
                entry = slot.entries[position]
                found = known[ledger].get(name_key(texts[position]) or "")
                if entry is not None and found and found != entry.id and name in entry.raw and name not in entry.values:
                    entry.values[name] = found
                    del entry.raw[name]


def _names(pool: Pool) -> dict[str, str | None]:
    names: dict[str, str | None] = {}
    for entry in pool.made:
        if not entry.rows:
            continue
        for field in dict.fromkeys((*pool.ledger.label, *pool.identifiers)):
            value = entry.values.get(field)
            if isinstance(value, str) and pool.ledger.fields[field].type == "text" and (key := name_key(value)):
                names[key] = entry.id if names.get(key, entry.id) == entry.id else None
    return names


def write_slot(slot: Slot, pool: Pool, lookup: Lookup, telling: Telling, merged: Merged, is_called: IsCalled,
               sift: Sift | None = None) -> None:
    """Plans the writes of a slot's records, and lets the rules judge each as it will stand."""
    standing: list[tuple[int, Mapping[str, Any], Mapping[str, str]]] = []
    for entry in dict.fromkeys(slot.entries):
        if entry is None or not entry.rows or entry.id in merged.written:
            continue
        merged.written.add(entry.id)
        if entry.raw:
            entry.raw = {name: text for name, text in entry.raw.items() if name not in entry.values}
        if entry.record is None:
            values, raw = lookup.complete(slot.ledger, entry.id, entry.values, entry.raw, entry.parent), entry.raw
            merged.writes.append(Write(slot.ledger.id, entry.id, True, values, raw, entry.parent))
            _outcome(merged, entry.rows[0], "new" if slot.feed is None else "changed")
            for position in set(entry.said_by.values()):
                _outcome(merged, position, "changed")
        else:
            changed = _changes(slot, entry, telling, is_called)
            if changed is None:
                continue
            merged.writes.append(changed)
            _tell_renamed(slot, pool, entry, changed.values, telling)
            values = {**entry.record.values, **changed.values}
            raw = {n: t for n, t in {**entry.record.raw, **changed.raw}.items() if values.get(n) is None}
            for name in (*changed.values, *changed.raw):
                _outcome(merged, entry.by(name), "changed")
            if changed.parent is not None:
                _outcome(merged, entry.rows[0], "changed")
        standing.append((entry.rows[0], values, raw))
    doubtful = sift(slot.ledger, [row[1:] for row in standing]) if sift else range(len(standing))
    for place in sorted(doubtful):
        position, values, raw = standing[place]
        for issue in lookup.judge(slot.ledger, values, raw):
            telling.issue(position, slot, issue)


def _changes(slot: Slot, entry: Entry, telling: Telling, is_called: IsCalled) -> Write | None:
    stored = entry.record
    if not entry.raw and entry.parent in (None, stored.parent) and entry.values.items() <= stored.values.items():
        return None         # most rows of a list that comes again
    values = {n: v for n, v in entry.values.items()
              if stored.values.get(n) != v and not same_name(slot.ledger, n, v, stored.values.get(n))}
    texts: dict[str, str] = {}
    for name, text in entry.raw.items():
        if name in entry.values or stored.raw.get(name) == text:
            continue
        if stored.values.get(name) is None:
            texts[name] = text
        elif not is_called(slot.ledger.fields[name].ref, stored.values[name], text):
            column = slot.column(name, telling.table_of(entry.rows[0]))
            telling.find(entry.rows[0], column, "G-REF", Level.EXPLAIN, _("没有找到名为“{text}”的{title}，保留原来登记的").format(text=text, title=slot.ledger.fields[name].title),
                         text, _("请核对名称"), name)
    moved = entry.parent is not None and entry.parent != stored.parent
    if not (values or texts or moved):
        return None
    return Write(slot.ledger.id, entry.id, False, {**dict.fromkeys(texts), **values}, texts, entry.parent if moved else None)


def _tell_renamed(slot: Slot, pool: Pool, entry: Entry, changed: Mapping[str, Any], telling: Telling) -> None:
    """A record known by its code gets another name: right after a renaming, wrong after a slip in the code."""
    fields = slot.ledger.fields
    for code in pool.identifiers:
        if code in changed or entry.values.get(code) is None:
            continue
        for name in pool.identity:
            before, now = entry.record.values.get(name), changed.get(name)
            if name in fields and fields[name].type == "text" and before and now and name_key(before) != name_key(now):
                column = slot.column(code, telling.table_of(entry.rows[0]))
                telling.find(entry.rows[0], column, "IMP-RENAME", Level.CONFIRM,
                             _("{title}与已登记的“{before}”相同，{other}将改为“{now}”").format(
                                 title=fields[code].title, before=before, other=fields[name].title, now=now), shown(entry.values[code]),
                             _("确已改名的可以导入；不是同一个的，请先改正{title}").format(title=fields[code].title), code)


def _outcome(merged: Merged, position: int, outcome: str) -> None:
    if merged.outcomes[position] == "same" or outcome == "new":
        merged.outcomes[position] = outcome
