"""Whom a figure lacks: the records still to be worked on, each with the reason in words.

For a rate these are its missing ones; for a count, those the definitions name (`[worklist.…]`), as the units without a union.
"""

from dataclasses import dataclass
from typing import Any

from unionclient.assessment import scan
from unionclient.assessment.figures import check_period
from unionclient.assessment.periods import Period
from unionclient.definition.condition import Condition
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Indicator, Library, Population, Worklist
from unionclient.definition.phrases import told
from unionclient.definition.words import _

_PLACES = ("unit_id", "union_id", "community")


@dataclass(frozen=True, slots=True)
class Todo:
    """A record of `WorkRows.ledger` that a figure lacks. `unit`, `union` and `community` where its population knows them."""

    record: str
    unit: str | None
    union: str | None
    community: str | None
    why: str


@dataclass(frozen=True, slots=True)
class WorkRows:
    """The work list of a figure; `ledger` is "" where a figure has none. `title` says what is listed."""

    figure: str
    title: str
    ledger: str
    rows: tuple[Todo, ...]


def work_rows(connection: Any, library: Library, figure: str, period: Period) -> WorkRows:
    """The work list of one figure, by community; `connection` is a reading prepared for the same period."""
    indicator = library.indicators.get(figure)
    if indicator is None:
        raise UnionClientError(_("没有指标“{figure}”。").format(figure=figure), "", _("请从指标页选择。"))
    check_period(connection, period)
    work = library.worklists.get(figure) or Worklist(figure)
    asked = _asked(library, indicator, work)
    if asked is None:
        return WorkRows(figure, "", "", ())
    population, clause, bound = asked
    places = [name for name in _PLACES if name in population.columns]
    facts = tuple(dict.fromkeys(name for reason in work.why for name in reason.columns))
    reasons = [reason.when.where() for reason in work.why]
    columns = ['"record"', *(f'"{name}"' for name in (*places, *facts)), *(sql for sql, _bound in reasons)]
    rows = connection.execute(f'SELECT {", ".join(columns)} FROM "{population.id}" WHERE {clause}',
                              [*(value for _sql, values in reasons for value in values), *bound]).fetchall()
    found: dict[str, Todo] = {}
    for record, *cells in rows:
        at = dict(zip(places, cells, strict=False))
        known = dict(zip(facts, (told(cell) if isinstance(cell, str) else cell for cell in cells[len(places):]), strict=False))
        holds = cells[len(places) + len(facts):]
        said = [reason.words.format_map(known) for reason, true in zip(work.why, holds, strict=True) if true]
        unit = record if population.ledger == "unit" else at.get("unit_id")
        found.setdefault(record, Todo(record, unit, at.get("union_id"), at.get("community"),
                                      _("；").join(said) or work.otherwise or _("还没有计入“{indicator}”").format(indicator=indicator.title)))
    listed = sorted(found.values(), key=lambda todo: (todo.community is None, todo.community or "", todo.record))
    return WorkRows(figure, work.title or _("缺“{indicator}”").format(indicator=indicator.title), population.ledger, tuple(listed))


def _asked(library: Library, indicator: Indicator, work: Worklist) -> tuple[Population, str, list[Any]] | None:
    """Population and WHERE of the list; None where nobody can be named."""
    if work.population:
        clause, bound = (work.where or Condition()).where()
        return library.populations[work.population], clause, bound
    if indicator.per is None or indicator.of_population:
        return None
    of, per = scan.conditions(indicator, cumulative=True)
    counted, bound = of.where()
    within, more = per.where()
    if work.where is not None:
        further, last = work.where.where()
        return library.populations[indicator.population], f"{within} AND NOT {counted} AND {further}", [*more, *bound, *last]
    return library.populations[indicator.population], f"{within} AND NOT {counted}", [*more, *bound]
