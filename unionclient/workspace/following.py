"""What follows by itself: the steps that a record's new state brings about in other ledgers, and the steps a status may take.

Everything here is read from the definitions (`[status]`, `[[follows]]`) and written in the transaction of its cause.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from unionclient.definition.build_steps import TEMPLATE
from unionclient.definition.condition import Condition
from unionclient.definition.ledger import Field, Follow, Ledger, Library
from unionclient.definition.record import Record, Write
from unionclient.definition.values import TYPES
from unionclient.definition.words import CHINESE, speaking
from unionclient.store import records
from unionclient.store.changelog import Change, uuid7
from unionclient.store.driver import Connection
from unionclient.store.tables import quoted
from unionclient.workspace.filling import Filler

ROUNDS = 5
"""How many steps may follow one from another; definitions that go in a circle end there."""

Stood = Mapping[tuple[str, str], Record]
"""(ledger, record id) → the record as it stood before a write; new records are not in it."""


def stood_before(connection: Connection, library: Library, writes: Sequence[Write]) -> Stood:
    """The records that `writes` change and from which something may follow, or whose status is held to its steps."""
    wanted: dict[str, list[str]] = {}
    for item in writes:
        if not item.is_new and library.ledgers[item.ledger].follows:
            wanted.setdefault(item.ledger, []).append(item.id)
    return {(ledger, record.id): record for ledger, ids in wanted.items() for record in records.by_id(connection, library.ledgers[ledger], ids)}


def hold_to_steps(connection: Connection, library: Library, writes: Sequence[Write], *, jumps: bool = False) -> list[Write]:
    """The writes, each status that is no step from the one that stands left as it is and the new one kept as typed text.

    `jumps`: a state that can be reached in several steps is taken, as from a sheet that shows only the last of them.
    """
    held = []
    for item in writes:
        steps = library.ledgers[item.ledger].status
        after = item.values.get(steps.field) if steps and not item.is_new else None
        if after is not None:
            row = connection.execute(f"SELECT {quoted(steps.field)} FROM {quoted(item.ledger)} WHERE id = ?", (item.id,)).fetchone()
            before = row[0] if row else None
            if before is not None and not (steps.leads(before, after) if jumps else steps.allows(before, after)):
                title = (library.chinese or library).ledgers[item.ledger].fields[steps.field].codes.title_of(after)
                item = replace(item, values={**item.values, steps.field: before}, raw={**item.raw, steps.field: title})
        held.append(item)
    return held


def carry(connection: Connection, library: Library, writes: Sequence[Write], stood: Stood, filler: Filler, who: str) -> list[tuple[str, list[Change]]]:
    """Writes all that follows from `writes`, and from that in turn; (title of the step, its changes), in order."""
    done: list[tuple[str, list[Change]]] = []
    for _ in range(ROUNDS):
        steps = list(follow(connection, library, writes, stood, filler))
        writes = [item for _, made in steps for item in made]
        if not writes:
            break
        stood = stood_before(connection, library, writes)
        for step, made in steps:
            changes = records.write(connection, library, made, who=who, origin="follow")
            if changes:
                done.append((step.title, changes))
    return done


def follow(connection: Connection, library: Library, writes: Sequence[Write], stood: Stood, filler: Filler) -> Iterator[tuple[Follow, list[Write]]]:
    """Each step that follows from `writes`, which have been written, with what it writes."""
    touched: dict[str, list[str]] = {}
    for item in writes:
        if library.ledgers[item.ledger].follows:
            touched.setdefault(item.ledger, []).append(item.id)
    for ledger_id, ids in touched.items():
        ledger = library.ledgers[ledger_id]
        for record in records.by_id(connection, ledger, list(dict.fromkeys(ids))):
            before = stood.get((ledger_id, record.id))
            for step in ledger.follows:
                if _holds(step, record) and not (before and _holds(step, before)):
                    made = list(_writes(connection, library, ledger, step, record, filler))
                    if made:
                        yield step, made


def _holds(step: Follow, record: Record) -> bool:
    return not record.void and step.when.holds(record.values, {"today": dt.date.today()})


def _writes(connection: Connection, library: Library, ledger: Ledger, step: Follow, record: Record, filler: Filler) -> Iterator[Write]:
    causes: list[Record | None] = [None]
    if step.each:
        rows = records.select(connection, library.ledgers[step.each], "parent_id = ? AND void = 0 ORDER BY rowid", (record.id,))
        causes = [child for child in list(rows) if step.each_when.holds(child.values)]
    target = library.ledgers[step.ledger]
    for child in causes:
        source = _Source(connection, library, ledger, record, child)
        match = {name: source.value(text) for name, text in step.match.items()}
        if any(value is None for value in match.values()):
            continue
        where = _compared(step.where, source, target)
        found = list(_matching(connection, target, where, match)) if where is not None else []
        set_now = {name: source.template(text, target.fields.get(name)) for name, text in step.set.items()}
        for row in found:
            yield Write(target.id, row, False, {n: v for n, v in set_now.items() if n != "parent_id"})
        if not found and step.make and not (step.once and _exists(connection, target, match)):
            given = {n: v for n, v in {**match, **set_now}.items() if v is not None and n != "id"}
            parent, new = given.pop("parent_id", None), uuid7()
            yield Write(target.id, new, True, filler.fill(target, new, given, {}, parent), {}, parent)


def _compared(where: Condition, source: "_Source", target: Ledger) -> Condition | None:
    """The further condition with values of the cause put in; None where one of them is empty, for nothing compares with it."""
    clauses = []
    for clause in where.clauses:
        if isinstance(clause.value, str) and TEMPLATE.fullmatch(clause.value):
            field = target.fields[clause.field]
            value = source.template(clause.value, field)
            if value is None:
                return None
            clause = replace(clause, value=TYPES[field.type].to_sql(value))
        clauses.append(clause)
    return Condition(tuple(clauses))


def _matching(connection: Connection, target: Ledger, where: Condition, match: Mapping[str, Any]) -> Iterator[str]:
    sql, values = where.where(lambda name: f"t.{quoted(name)}")
    same = " AND ".join(f"t.{quoted(name)} = ?" for name in match)
    yield from (row[0] for row in connection.execute(
        f"SELECT t.id FROM {quoted(target.id)} t WHERE t.void = 0 AND {same} AND {sql}",
        [*_stored(target, match), *values]).fetchall())


def _exists(connection: Connection, target: Ledger, match: Mapping[str, Any]) -> bool:
    same = " AND ".join(f"{quoted(name)} = ?" for name in match)
    return connection.execute(f"SELECT 1 FROM {quoted(target.id)} WHERE void = 0 AND {same}", _stored(target, match)).fetchone() is not None


def _stored(target: Ledger, match: Mapping[str, Any]) -> list[Any]:
    return [TYPES[target.fields[n].type].to_sql(v) if n in target.fields else v for n, v in match.items()]


class _Source:
    """Where a step's values come from: the cause, its child row, and what they refer to."""

    def __init__(self, connection: Connection, library: Library, ledger: Ledger, record: Record, child: Record | None) -> None:
        self._connection = connection
        self._library = library.chinese or library     # what a step writes is data
        self._ledger = self._library.ledgers[ledger.id]
        self._record = record
        self._child = child

    def value(self, path: str) -> Any:
        """`field`, `id`, `parent_id`, `child.field` or `reference.field` of the cause."""
        return self._found(*(path.split(".", 1) if "." in path else (path, None)))[0]

    @speaking(CHINESE)
    def template(self, text: str, field: Field | None) -> Any:
        """A template as a value of `field`; None where something it names is empty or cannot be read."""
        whole = TEMPLATE.fullmatch(text)
        if whole:
            value, source = self._found(whole[1], whole[2])
            if whole[3] and isinstance(value, dt.date):
                value += dt.timedelta(days=int(whole[3]))
            if field is None or source is None or source.type == field.type:
                return value
            return TYPES[field.type].parse(TYPES[source.type].show(value, source), field).value if value is not None else None
        empty = False

        def part(found: Any) -> str:
            nonlocal empty
            value, source = self._found(found[1], found[2])
            if value is None:
                empty = True
                return ""
            return TYPES[source.type].show(value, source) if source else str(value)

        told = TEMPLATE.sub(part, text)
        if empty or not told:
            return None
        return TYPES[field.type].parse(told, field).value if field else told

    def _found(self, name: str, rest: str | None) -> tuple[Any, Field | None]:
        if name == "child" and rest and self._child is not None:
            return self._of(self._library.ledgers[self._child.ledger], self._child, rest)
        if rest is None:
            return self._of(self._ledger, self._record, name)
        key, _ = self._of(self._ledger, self._record, name)
        other = self._ledger.parent if name == "parent_id" else self._ledger.fields[name].ref
        if key is None or other is None:
            return None, None
        found = next(records.by_id(self._connection, self._library.ledgers[other], [key]), None)
        return self._of(self._library.ledgers[other], found, rest) if found else (None, None)

    @staticmethod
    def _of(ledger: Ledger, record: Record, name: str) -> tuple[Any, Field | None]:
        if name == "id":
            return record.id, None
        if name == "parent_id":
            return record.parent, None
        return record.values.get(name), ledger.fields[name]
