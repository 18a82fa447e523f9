"""Which rows of many may be at fault, and by what: the row rules held against whole columns.

Most values of a ledger stand in it many times, and a rule is asked once for each where it can. What is wrong with a row
is for `rules.judge_row` to say: it may find less than is suspected here, but never more.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from unionclient.definition.ledger import Ledger, Rule
from unionclient.validation.rules import Fault, field_judges, looks_at, rule_faults

Doubts = dict[int, set[str] | None]
"""Place of a row → the fields and rules by which it may be at fault; None: any. Rows without fault are not in it."""

_FEW = 1000
"""So many different sets of values are tried before a rule is asked of every row."""
_UNSAID = frozenset((None,))
_NOTHING = frozenset((None, ()))


def doubts(ledger: Ledger, columns: Mapping[str, Sequence[Any]], raws: Sequence[Any], today: dt.date) -> Doubts:
    """What may be wrong with the rows, in their order.

    `columns`: Python values by field id, equally long; a field without a column is empty in every row. `raws`: what each row
    holds of unreadable texts; a row that has some is in doubt altogether.
    """
    blank = [None] * len(raws)
    filled = {name: set(values) for name, values in columns.items()}
    found: Doubts = {}
    for field, judge in field_judges(ledger):
        faulty = {value for value in filled.get(field.id, _UNSAID)
                  if (field.required if value is None else judge is not None and judge(value, None) is not None)}
        if faulty:
            _note(found, field.id, (place for place, value in enumerate(columns.get(field.id, blank)) if value in faulty))
    for rule, fault in rule_faults(ledger):
        if _may_fault(rule, fault, filled, today):
            names = looks_at(rule)
            rows = zip(*(columns.get(name, blank) for name in names))
            _note(found, rule.id, (place for place, row in enumerate(rows) if fault(dict(zip(names, row)), today)))
    found.update((place, None) for place, raw in enumerate(raws) if raw)
    return dict(sorted(found.items()))


def _note(found: Doubts, name: str, places: Iterable[int]) -> None:
    for place in places:
        found.setdefault(place, set()).add(name)


def _may_fault(rule: Rule, fault: Fault, filled: Mapping[str, set[Any]], today: dt.date) -> bool:
    """False if the rule faults no row that could be made of the values of its columns."""
    if rule.kind == "required_when" and not any(filled.get(name, _UNSAID) & _NOTHING for name in rule.fields):
        return False
    names = looks_at(rule)
    values = [filled.get(name, _UNSAID) for name in names]
    return prod(map(len, values)) > _FEW or any(fault(dict(zip(names, row)), today) for row in product(*values))
