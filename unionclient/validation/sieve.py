"""Which of many rows must be judged one by one: the row rules held against whole columns.

Most values of a ledger stand in it many times, and a rule is asked once for each where it can. What is wrong with a row
that is held back is for `rules.judge_row` to say: it may find nothing, but never something in a row that was let through.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

from unionclient.definition.ledger import Ledger, Rule
from unionclient.validation.rules import Fault, field_judges, looks_at, rule_faults

_FEW = 1000
"""So many different sets of values are tried before a rule is asked of every row."""


def held_back(ledger: Ledger, columns: Mapping[str, Sequence[Any]], raws: Sequence[Any], today: dt.date) -> set[int]:
    """Places of the rows that some row rule may fault.

    `columns`: Python values by field id, equally long; a field without a column is empty in every row. `raws`: what each row
    holds of unreadable texts, of which any holds it back.
    """
    size = len(raws)
    filled = {name: set(values) for name, values in columns.items()}
    found = {place for place, raw in enumerate(raws) if raw}
    for field, judge in field_judges(ledger):
        faulty = {value for value in filled.get(field.id, _EMPTY)
                  if (field.required if value is None else judge is not None and judge(value, None) is not None)}
        if faulty:
            found.update(place for place, value in enumerate(columns.get(field.id, [None] * size)) if value in faulty)
    for rule, fault in rule_faults(ledger):
        if _may_fault(rule, fault, filled, today):
            names = looks_at(rule)
            rows = zip(*(columns.get(name) or [None] * size for name in names))
            found.update(place for place, row in enumerate(rows) if fault(dict(zip(names, row)), today))
    return found


_EMPTY = frozenset((None,))


def _may_fault(rule: Rule, fault: Fault, filled: Mapping[str, set[Any]], today: dt.date) -> bool:
    """False if the rule faults no row that could be made of the values of its columns."""
    if rule.kind == "required_when" and not any(filled.get(name, _EMPTY) & _NOTHING for name in rule.fields):
        return False
    names = looks_at(rule)
    values = [filled.get(name, _EMPTY) for name in names]
    return prod(map(len, values)) > _FEW or any(fault(dict(zip(names, row)), today) for row in product(*values))


_NOTHING = frozenset((None, ()))
