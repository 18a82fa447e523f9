"""What surrounds the findings of a check: whose unit each is, what was said of it before, and whether one record still has any.

Limits: looks at records as they stand now, which may be later than the check.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from unionclient.assessment.periods import Period
from unionclient.definition.issue import Issue
from unionclient.definition.ledger import Ledger, Library
from unionclient.store.database import Store
from unionclient.validation.explanations import Explanation, may_explain
from unionclient.workspace import checking
from unionclient.workspace.checking import Finding
from unionclient.workspace.naming import Names

_FURTHEST = 4          # steps from a record to its unit: grandchild, child, union, unit
Place = tuple[str, str]
"""(ledger, record)."""


def units_of(store: Store, names: Names, findings: Iterable[Finding]) -> Mapping[Place, str]:
    """The name of the unit that each finding's record belongs to; records that belong to none are not in it."""
    starts = {(f.issue.ledger, f.issue.record) for f in findings if f.issue.record}
    at: dict[Place, Place] = {start: start for start in starts}
    for _step in range(_FURTHEST):
        wanted: dict[str, set[str]] = defaultdict(set)
        for ledger, record in at.values():
            if ledger != "unit":
                wanted[ledger].add(record)
        if not wanted:
            break
        onward = {place: target for ledger, ids in wanted.items() for place, target in _onward(store, ledger, ids)}
        at = {start: place if place[0] == "unit" else onward[place] for start, place in at.items() if place[0] == "unit" or place in onward}
    return {start: names.label("unit", place[1]) for start, place in at.items() if place[0] == "unit"}


def _onward(store: Store, ledger_id: str, ids: set[str]) -> Iterator[tuple[Place, Place]]:
    """One step nearer to the unit: by the record's unit, its union, or its parent."""
    ledger = store.library.ledgers[ledger_id]
    step = _column(store.library, ledger)
    if step is None:
        return
    column, target = step
    rows = store.connection.execute(
        f'SELECT id, "{column}" FROM "{ledger_id}" WHERE "{column}" IS NOT NULL AND id IN (SELECT value FROM json_each(?))', (json.dumps(sorted(ids)),))
    for record, to in rows:
        yield (ledger_id, record), (target, to)


def _column(library: Library, ledger: Ledger) -> tuple[str, str] | None:
    for target in ("unit", "union_org"):
        named = next((field.id for field in ledger.live_fields if field.ref == target and field.type == "reference"), None)
        if named and target != ledger.id and target in library.ledgers:
            return named, target
    return ("parent_id", ledger.parent) if ledger.parent else None


def earlier_explanations(store: Store, findings: Iterable[Finding]) -> Mapping[str, Explanation]:
    """Finding key → the newest explanation of the same rule on the same record that does not hold any more.

    A value it explained has changed, or it went with an earlier period's package. The officer may say the same again.
    """
    bare = {(f.issue.rule, f.issue.ledger, f.issue.record): f.key for f in findings if f.explained is None and may_explain(f.issue)}
    found: dict[str, Explanation] = {}
    for rule, ledger, record, *told in store.connection.execute("SELECT rule, ledger, record, key, text, who, at FROM explanation ORDER BY at"):
        key = bare.get((rule, ledger, record))
        if key is not None:
            found[key] = Explanation(*told)
    return found


def recheck(store: Store, names: Names, place: Place, progress: Any = None, submitting: Period | None = None) -> tuple[Issue, ...]:
    """What stands against one record now, by its own rules and the checks of its ledger. The kept run stays as it is."""
    ledger, record = place
    return tuple(issue for issue in checking.all_issues(store, names, ledger, progress, submitting) if issue.record == record)
