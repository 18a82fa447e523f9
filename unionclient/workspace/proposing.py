"""Rows the definitions propose for a year (`[proposed]`): the tasks of the work programme, the street's targets."""

from collections.abc import Iterator, Mapping
from typing import Any

from unionclient.assessment import targets
from unionclient.assessment.periods import read_period
from unionclient.definition.build_proposals import TEMPLATE
from unionclient.definition.ledger import Code, Ledger, Proposal
from unionclient.definition.values import TYPES
from unionclient.definition.words import CHINESE, speaking
from unionclient.store import records
from unionclient.store.database import Store
from unionclient.workspace import counting


@speaking(CHINESE)
def proposals(store: Store, ledger_id: str, year: int) -> list[dict[str, str]]:
    """Typed values of the proposed rows that no row of the ledger stands for yet; a code without a target has none.

    They are data, so their words are Chinese whatever the window speaks.
    """
    ledger = store.library.ledgers[ledger_id]
    proposal = ledger.proposal
    if proposal is None:
        return []
    goals = _goals(store, year) if any("{target}" in text for text in proposal.set.values()) else {}
    held = {tuple(record.values[name] for name in proposal.same) for record in _of_year(store, ledger, proposal, year)}
    rows = (_row(code, proposal, year, goals) for code in store.library.codes[proposal.codes].codes.values()
            if not code.retired and code.code not in proposal.left_out)
    return [row for row in rows if row is not None and _key(ledger, proposal, row) not in held]


def _row(code: Code, proposal: Proposal, year: int, goals: Mapping[str, str]) -> dict[str, str] | None:
    words = {**{name: str(fact) for name, fact in code.facts.items()}, "code": code.code, "title": code.title, "year": str(year)}
    if goals:
        if code.code not in goals:
            return None
        words["target"] = goals[code.code]
    return {name: TEMPLATE.sub(lambda found: words.get(found[1], ""), text) for name, text in proposal.set.items()}


def _goals(store: Store, year: int) -> dict[str, str]:
    """Figure → what the street is to reach, as typed."""
    reader = counting.reading_for(store, read_period(f"{year}Y"), 1, [])
    found = targets.read_targets(reader, store.library, year, store.setting("street"))
    return {figure: f"{target.value.normalize():f}" for figure, target in found.items()}


def _of_year(store: Store, ledger: Ledger, proposal: Proposal, year: int) -> Iterator[Any]:
    for record in records.select(store.connection, ledger, "void = 0"):
        day = record.values[proposal.year_of] if proposal.year_of else None
        if proposal.year_of is None or day is not None and day.year == year:
            yield record


def _key(ledger: Ledger, proposal: Proposal, row: Mapping[str, str]) -> tuple[Any, ...]:
    fields = [ledger.fields[name] for name in proposal.same]
    return tuple(TYPES[field.type].parse(row[field.id], field).value for field in fields)
