"""Re-keying (双录): chosen fields of chosen records typed a second time, unseen, and held against what stands.

Nothing here changes a ledger: what the officer decides is returned as writes, for the verb to carry out. Values are compared as
they are read, not as they are spelt. A cell counts as verified as long as the record holds the value that was found or made right.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Issue
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.record import Record, Write
from unionclient.definition.text import fold
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.store import records
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.validation.rules import judge_row
from unionclient.workspace.naming import Names

DIFFERS, SAME, SPELT = 0, 1, 2
"""What comparing came to: not the same; the same; the same, spelt otherwise."""
CHOICES = ("first", "second", "anew")
_PART = 500        # ids in one question to the store
_NAMED = 2         # fields that name a row whose label is being typed


@dataclass(frozen=True, slots=True)
class Round:
    """One re-keying: `fields` in the order they are typed; `at`, `who`: when and by whom it was begun."""

    id: str
    ledger: str
    fields: tuple[str, ...]
    at: str
    who: str
    closed_at: str
    records: int


@dataclass(frozen=True, slots=True)
class Row:
    """A record to be typed again: where it stands in the round, and what tells it apart without telling what is asked."""

    place: int
    record: str
    key: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What the second reader typed into a cell: `value` or, where it could not be read, `raw`. `fixed`: compared already."""

    text: str
    value: Any
    raw: str
    who: str
    at: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A typed cell as it is kept, with what the record holds now (None: the record is gone). Values are JSON [stored value, raw text]."""

    record: str
    field: str
    place: int
    typed: str
    value: str
    at: str
    who: str
    agrees: int | None
    first: str | None
    first_at: str
    first_who: str
    kept: str | None
    choice: str | None
    chosen_at: str
    chosen_by: str
    now: str | None

    @property
    def state(self) -> str:
        """"typed" (not compared), "verified", "open" (asks for a decision), "changed" (verified once, another value since), "gone"."""
        if self.now is None:
            return "gone"
        if self.agrees is None:
            return "typed"
        if self.now == self.kept:
            return "verified"
        taken_back = self.choice in ("second", "anew") and self.now == self.first
        return "open" if taken_back or (self.agrees == DIFFERS and self.choice is None) else "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of the list: both values as shown, who entered them and when, and what was decided (`choice` of `CHOICES`, or "")."""

    record: str
    field: str
    heading: str
    place: int
    key: str
    first: str
    first_who: str
    first_at: str
    second: str
    second_who: str
    second_at: str
    problem: str        # why the second text could not be read
    agrees: int
    state: str
    choice: str
    now: str
    chosen_by: str
    chosen_at: str


@dataclass(slots=True)
class Tally:
    """Cells counted: all, typed, compared; of those compared the same, spelt otherwise (among the same), differing; as they stand."""

    cells: int = 0
    typed: int = 0
    compared: int = 0
    same: int = 0
    spelt: int = 0
    differing: int = 0
    open: int = 0
    verified: int = 0
    changed: int = 0
    gone: int = 0

    @property
    def rate(self) -> str:
        """Differing of those compared, in per cent with two decimals; "" before anything was compared."""
        if not self.compared:
            return ""
        hundredths = (self.differing * 20_000 + self.compared) // (2 * self.compared)
        return f"{hundredths // 100}.{hundredths % 100:02}%"

    def count(self, cell: Cell) -> None:
        self.typed += 1
        if cell.agrees is not None:
            self.compared += 1
            self.same += cell.agrees != DIFFERS
            self.spelt += cell.agrees == SPELT
            self.differing += cell.agrees == DIFFERS
        if cell.state != "typed":
            setattr(self, cell.state, getattr(self, cell.state) + 1)


@dataclass(frozen=True, slots=True)
class Result:
    """How a round stands: everything, field by field, and who typed how many cells from when to when."""

    round: Round
    total: Tally
    fields: Mapping[str, Tally]
    readers: tuple[tuple[str, int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a choice comes to: writes for the ledger (none where the first value stays), and the cells with the value each keeps."""

    writes: tuple[Write, ...]
    kept: tuple[tuple[Cell, str], ...]


# rounds -------------------------------------------------------------------------------------------------------------

def rounds(store: Store, ledger: str | None = None, name: str | None = None) -> list[Round]:
    """All rounds (of a ledger, or the one called `name`), those not closed first, the newest first among them."""
    found = store.connection.execute(
        "SELECT r.id, r.ledger, r.fields, r.at, r.who, coalesce(r.closed_at, ''), (SELECT count(*) FROM rekey_row w WHERE w.round = r.id) "
        "FROM rekey_round r WHERE (?1 IS NULL OR r.ledger = ?1) AND (?2 IS NULL OR r.id = ?2) "
        "ORDER BY r.closed_at IS NOT NULL, r.at DESC, r.id DESC", (ledger, name))
    return [Round(row[0], row[1], tuple(json.loads(row[2])), *row[3:]) for row in found if row[1] in store.library.ledgers]


def find_round(store: Store, name: str) -> Round:
    """Raises UnionClientError where there is none of that name."""
    found = rounds(store, None, name)
    if not found:
        raise UnionClientError(_("没有找到这一轮双录。"), _("台账没有改动。"), _("请在“双录核对”里重新选择。"))
    return found[0]


def begin(store: Store, name: str, ledger: Ledger, ids: Sequence[str], fields: Sequence[str], who: str) -> None:
    """Keeps which records and fields are to be typed again. Raises UnionClientError where there is nothing to type."""
    chosen = [each for each in dict.fromkeys(fields) if each in ledger.fields and ledger.fields[each].retyped]
    if not ids or not chosen:
        raise UnionClientError(_("没有可以双录的内容。"), _("台账没有改动。"), _("请至少选一条记录、一个项目。"))
    store.connection.execute("INSERT INTO rekey_round VALUES (?, ?, ?, ?, ?, NULL)", (name, ledger.id, json.dumps(chosen), now_text(), who))
    store.connection.executemany("INSERT INTO rekey_row VALUES (?, ?, ?)",
                                 [(name, place, record) for place, record in enumerate(dict.fromkeys(ids), 1)])


def record_ids(store: Store, name: str) -> list[str]:
    """The records of a round in the order they are typed."""
    return [row[0] for row in store.connection.execute("SELECT record FROM rekey_row WHERE round = ? ORDER BY place", (name,))]


def rows(store: Store, names: Names, found: Round, ids: Sequence[str]) -> list[Row]:
    """What names the rows of `ids`, without a value that is to be typed or that would give one away."""
    ledger = store.library.ledgers[found.ledger]
    hidden = _hidden(ledger, found.fields)
    places = dict(store.connection.execute("SELECT w.record, w.place FROM rekey_row w JOIN json_each(?2) j ON j.value = w.record WHERE w.round = ?1",
                                           (found.id, json.dumps(list(ids)))).fetchall())
    known = {record.id: record for record in _records(store, ledger, ids)}
    return [Row(places[each], each, row_key(names, ledger, known[each], hidden) if each in known and not known[each].void
                else _("（已作废的记录）")) for each in ids if each in places]


def row_key(names: Names, ledger: Ledger, record: Record, hidden: frozenset[str] = frozenset()) -> str:
    """The record's label without `hidden` fields; where nothing is left, the first other fields that are filled in."""
    parts = [names.label(ledger.parent, record.parent)] if ledger.parent and record.parent else []
    told = [text for name in dict.fromkeys((*ledger.label, *ledger.key)) if name not in hidden and (text := names.show(ledger, record, name))]
    if not told:
        others = (f for f in ledger.live_fields if f.id not in hidden and f.type != "attachment")
        told = [text for f in others if (text := names.show(ledger, record, f.id))]
    return " ".join([*parts, *told[:_NAMED]]) or _("（没有别的内容）")


def _hidden(ledger: Ledger, fields: Iterable[str]) -> frozenset[str]:
    """The fields to be typed, and those that would tell their values: filled from them, computed from them, tied to an identity number."""
    asked = set(fields)
    words = re.compile(r"\b(" + "|".join(map(re.escape, asked)) + r")\b")
    told = {f.id for f in ledger.fields.values() if words.search(f"{f.fill or ''} {f.computed or ''}")}
    for rule in ledger.rules.values():
        if rule.kind == "matches_id" and asked & set(rule.fields):
            told |= set(rule.fields)
    return frozenset(asked | told)


def _records(store: Store, ledger: Ledger, ids: Iterable[str]) -> Iterator[Record]:
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _PART):
        part = wanted[start:start + _PART]
        yield from records.select(store.connection, ledger, f"id IN ({', '.join('?' * len(part))})", part)


# typing -------------------------------------------------------------------------------------------------------------

def typed(store: Store, found: Round, record: str | None = None) -> dict[tuple[str, str], Typed]:
    """(record, field) → what the second reader typed so far (in one record)."""
    ledger = store.library.ledgers[found.ledger]
    cells = {}
    for of, name, text, value, who, at, agrees in store.connection.execute(
            "SELECT record, field, typed, value, who, at, agrees FROM rekey_entry WHERE round = ?1 AND (?2 IS NULL OR record = ?2)",
            (found.id, record)):
        stored, raw = json.loads(value)
        cells[of, name] = Typed(text, TYPES[ledger.fields[name].type].from_sql(stored), raw or "", who, at, agrees is not None)
    return cells


def put(store: Store, found: Round, record: str, name: str, text: str, value: Any, raw: str | None, who: str) -> Typed | None:
    """Keeps a second reading; `text` "" takes it back. Raises UnionClientError where the cell has been compared or is not asked for."""
    if name not in found.fields or found.closed_at:
        raise UnionClientError(_("这一格不在这一轮双录里。"), _("台账没有改动。"))
    key = (found.id, record, name)
    compared = store.connection.execute("SELECT 1 FROM rekey_entry WHERE round = ? AND record = ? AND field = ? AND agrees IS NOT NULL", key)
    if compared.fetchone():
        raise UnionClientError(_("这一格已经比对过，不能再改。"), _("第二次录入的内容没有改动。"), _("请在不一致清单里决定用哪一个。"))
    if not text:
        store.connection.execute("DELETE FROM rekey_entry WHERE round = ? AND record = ? AND field = ?", key)
        return None
    stored, at = stored_cell(store.library.ledgers[found.ledger].fields[name], value, raw), now_text()
    store.connection.execute("INSERT OR REPLACE INTO rekey_entry (round, record, field, typed, value, at, who) VALUES (?, ?, ?, ?, ?, ?, ?)",
                             (*key, text, stored, at, who))
    return Typed(text, value, raw or "", who, at, False)


def stored_cell(field: Field, value: Any, raw: str | None) -> str:
    """A value (or what was typed and could not be read) as it is kept and compared."""
    return json.dumps([None if value is None else TYPES[field.type].to_sql(value), raw or None], ensure_ascii=False)


def judge(ledger: Ledger, name: str, value: Any, raw: str | None, row: Mapping[str, Any]) -> list[Issue]:
    """What is wrong with a second reading by itself: only what can be said without the values it will be held against.

    `row`: the other values the second reader typed in this row.
    """
    found = judge_row(ledger, {**dict.fromkeys(ledger.fields), **row, name: value}, {name: raw} if raw else {})
    wanted = ledger.fields[name].format_when
    blind = wanted is not None and not all(clause.field in row for clause in wanted.clauses)
    return [issue for issue in found if issue.rule.startswith("G-") and issue.rule not in ("G-REQUIRED", "G-PARENT") and name in issue.fields
            and not (blind and issue.rule == "G-FORMAT")]


# comparing ----------------------------------------------------------------------------------------------------------

def cells(store: Store, found: Round) -> list[Cell]:
    """The typed cells of a round in the order of rows and fields, with what stands in the ledger now."""
    ledger = store.library.ledgers[found.ledger]
    kept = store.connection.execute(
        "SELECT e.record, e.field, w.place, e.typed, e.value, e.at, e.who, e.agrees, e.first, coalesce(e.first_at, ''), "
        "coalesce(e.first_who, ''), e.kept, e.choice, coalesce(e.chosen_at, ''), coalesce(e.chosen_by, '') "
        "FROM rekey_entry e JOIN rekey_row w ON w.round = e.round AND w.record = e.record WHERE e.round = ?", (found.id,)).fetchall()
    alive = {record.id: record for record in _records(store, ledger, (row[0] for row in kept)) if not record.void}
    order = {name: at for at, name in enumerate(found.fields)}
    made = [Cell(*row, standing(ledger, alive[row[0]], row[1]) if row[0] in alive else None) for row in kept]
    return sorted(made, key=lambda cell: (cell.place, order[cell.field]))


def standing(ledger: Ledger, record: Record, name: str) -> str:
    return stored_cell(ledger.fields[name], record.values.get(name), record.raw.get(name))


def compare(store: Store, names: Names, found: Round) -> tuple[int, int]:
    """Holds every cell typed since the last time against what stands; returns (compared, differing). The ledger is only read."""
    ledger = store.library.ledgers[found.ledger]
    waiting = [cell for cell in cells(store, found) if cell.state == "typed"]
    differing = 0
    for cell in waiting:
        agrees = _agrees(names, ledger, cell)
        at, who = source(store, ledger, cell.record, cell.field) if agrees != SAME else ("", "")
        store.connection.execute(
            "UPDATE rekey_entry SET agrees = ?, first = ?, first_at = ?, first_who = ?, kept = ? WHERE round = ? AND record = ? AND field = ?",
            (agrees, cell.now, at, who, cell.value if agrees == DIFFERS else cell.now, found.id, cell.record, cell.field))
        differing += agrees == DIFFERS
    return len(waiting), differing


def _agrees(names: Names, ledger: Ledger, cell: Cell) -> int:
    field = ledger.fields[cell.field]
    first, second = shown(names, ledger, cell.field, cell.now), shown(names, ledger, cell.field, cell.value)
    if cell.now == cell.value:
        stored, raw = json.loads(cell.value)
        plain = TYPES[field.type].edit(TYPES[field.type].from_sql(stored), field) if raw is None else raw
        short = plain.rstrip("0").rstrip(".") if field.type in ("money", "decimal") else plain     # 13800 as good as 13800.00
        return SAME if stored is None and raw is None or cell.typed in (first, plain, short) else SPELT
    unread = json.loads(cell.now)[1] or json.loads(cell.value)[1]
    by_words = field.type in ("text", "reference") or unread
    return SPELT if by_words and first and fold(first) == fold(second) else DIFFERS


def shown(names: Names, ledger: Ledger, name: str, cell: str | None) -> str:
    """A kept value as the officer reads it."""
    if cell is None:
        return ""
    value, raw = json.loads(cell)
    kind = TYPES[ledger.fields[name].type]
    return names.show(ledger, Record(ledger.id, "", {name: kind.from_sql(value)}, {name: raw} if raw else {}), name)


def source(store: Store, ledger: Ledger, record: str, name: str) -> tuple[str, str]:
    """(when, who) the value that stands was written, by the log."""
    path = f"$.{name}"
    row = store.connection.execute(
        "SELECT at, who FROM change WHERE ledger = ?1 AND record = ?2 AND op IN ('insert', 'update') AND (op = 'insert' "
        "OR json_type(new, ?3) IS NOT NULL OR json_extract(json_extract(new, '$.raw'), ?3) IS NOT json_extract(json_extract(old, '$.raw'), ?3)) "
        "ORDER BY seq DESC LIMIT 1", (ledger.id, record, path)).fetchone()
    return row or ("", "")


# the list and the decision ------------------------------------------------------------------------------------------

def differences(store: Store, names: Names, found: Round) -> list[Difference]:
    """What differed, or differed in spelling only, or was verified and has another value since."""
    ledger = store.library.ledgers[found.ledger]
    listed = [cell for cell in cells(store, found) if cell.agrees in (DIFFERS, SPELT) or cell.state == "changed"]
    known = {record.id: record for record in _records(store, ledger, (cell.record for cell in listed))}
    return [_difference(store, names, ledger, cell, known.get(cell.record)) for cell in listed]


def _difference(store: Store, names: Names, ledger: Ledger, cell: Cell, record: Record | None) -> Difference:
    field, value = ledger.fields[cell.field], json.loads(cell.value)
    first, at, who = cell.first, cell.first_at, cell.first_who
    if cell.state == "open" and cell.now != cell.first:      # somebody wrote another value since they were compared
        first, (at, who) = cell.now, source(store, ledger, cell.record, cell.field)
    problem = next((issue.message for issue in judge(ledger, cell.field, None, value[1], {}) if value[1]), "")
    second = shown(names, ledger, cell.field, cell.value)
    return Difference(
        cell.record, cell.field, field.title, cell.place, row_key(names, ledger, record) if record else "", shown(names, ledger, cell.field, first),
        who, at, cell.typed if cell.agrees == SPELT else second, cell.who, cell.at, problem, cell.agrees or 0, cell.state, cell.choice or "",
        shown(names, ledger, cell.field, cell.now), cell.chosen_by, cell.chosen_at)


def decide(store: Store, found: Round, wanted: Sequence[tuple[str, str]], choice: str, anew: str | None = None) -> Decision:
    """What `choice` of `CHOICES` writes for the cells (record, field); `anew` is the third value as `stored_cell` makes it.

    Raises UnionClientError where a second text that could not be read would take the place of a value.
    """
    ledger = store.library.ledgers[found.ledger]
    asked = set(wanted)
    by_record: dict[str, tuple[dict[str, Any], dict[str, str]]] = {}
    kept = []
    for cell in cells(store, found):
        if (cell.record, cell.field) not in asked or cell.agrees is None or cell.state == "gone":
            continue
        first = cell.now if cell.choice is None else cell.first
        target = {"first": first, "second": cell.value, "anew": anew}[choice]
        if choice == "second" and json.loads(target)[1] and ledger.fields[cell.field].type != "reference":
            raise UnionClientError(_("第{place}行{title}第二次录入的“{text}”读不懂，不能用它代替。").format(
                place=cell.place, title=ledger.fields[cell.field].title, text=cell.typed), _("台账没有改动。"), _("请重新填写，或保留首次录入的内容。"))
        if target != cell.now:
            values, raws = by_record.setdefault(cell.record, ({}, {}))
            value, raw = json.loads(target)
            values[cell.field] = TYPES[ledger.fields[cell.field].type].from_sql(value)
            if raw:
                raws[cell.field] = raw
        kept.append((cell, target))
    return Decision(tuple(Write(ledger.id, record, False, *parts) for record, parts in by_record.items()), tuple(kept))


def keep_decision(store: Store, found: Round, decision: Decision, choice: str, who: str) -> None:
    """Notes what was decided, before it is written; the value that stood until the first decision stays known as the first one."""
    at = now_text()
    for cell, target in decision.kept:
        first = (cell.now, *source_kept(store, found, cell)) if cell.choice is None else (cell.first, cell.first_at, cell.first_who)
        store.connection.execute(
            "UPDATE rekey_entry SET choice = ?, kept = ?, chosen_at = ?, chosen_by = ?, first = ?, first_at = ?, first_who = ? "
            "WHERE round = ? AND record = ? AND field = ?", (choice, target, at, who, *first, found.id, cell.record, cell.field))


def source_kept(store: Store, found: Round, cell: Cell) -> tuple[str, str]:
    """Who wrote the first value, as found when it was compared, unless another one stood in its place before the decision."""
    return (cell.first_at, cell.first_who) if cell.now == cell.first else source(store, store.library.ledgers[found.ledger], cell.record, cell.field)


def result(store: Store, found: Round) -> Result:
    """The numbers of a round."""
    total, by_field = Tally(found.records * len(found.fields)), {name: Tally(found.records) for name in found.fields}
    readers: dict[str, tuple[int, str, str]] = {}
    for cell in cells(store, found):
        total.count(cell)
        by_field[cell.field].count(cell)
        count, first, last = readers.get(cell.who, (0, cell.at, cell.at))
        readers[cell.who] = (count + 1, min(first, cell.at), max(last, cell.at))
    return Result(found, total, by_field, tuple((who, *told) for who, told in readers.items()))


def verified(store: Store, ledger: Ledger, record: Record) -> dict[str, tuple[str, str]]:
    """Field → (who, when) typed the same value a second time, or decided what is right; only where it still stands."""
    marks = {}
    for name, kept, who, at in store.connection.execute(
            "SELECT e.field, e.kept, coalesce(e.chosen_by, e.who), coalesce(e.chosen_at, e.at) AS moment FROM rekey_entry e "
            "JOIN rekey_round r ON r.id = e.round WHERE e.record = ? AND r.ledger = ? AND e.kept IS NOT NULL ORDER BY moment",
            (record.id, ledger.id)):
        if name in ledger.fields and json.loads(kept)[1] is None and standing(ledger, record, name) == kept:
            marks[name] = (who, at)
    return marks
