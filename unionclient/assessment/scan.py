"""What a figure must count, and one pass over each population that counts it for all figures at once.

A figure is one to three numbers: "of" (numerator, 本期), "per" (denominator), "year" (累计 of a flow). Numbers are whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from unionclient.assessment.periods import Period
from unionclient.definition.condition import Condition
from unionclient.definition.ledger import Indicator, Library

Key = tuple[str, str]
"""(figure id, "of" | "per" | "year")."""


@dataclass(frozen=True, slots=True)
class Question:
    """One number of a figure: the column of the pass that counts it, and its bound values."""

    figure: str
    number: str
    population: str
    sql: str
    values: tuple[Any, ...]


def questions(indicator: Indicator, period: Period) -> tuple[Question, ...]:
    """What must be counted for a figure in a period."""
    of, per = conditions(indicator)
    asked = []

    def ask(number: str, population: str, condition: Condition, measure: str) -> None:
        sql, values = measured(measure, condition)
        asked.append(Question(indicator.id, number, population, sql, tuple(values)))

    counted = of if indicator.of_population else Condition((*per.clauses, *of.clauses))
    ask("of", indicator.of_population or indicator.population, counted, indicator.measure)
    if indicator.per is not None:
        ask("per", indicator.population, per, indicator.per_measure or indicator.measure)
    elif is_flow(indicator) and period.begins != period.year_begins:
        ask("year", indicator.of_population or indicator.population, conditions(indicator, cumulative=True)[0], indicator.measure)
    return tuple(asked)


def conditions(indicator: Indicator, cumulative: bool = False) -> tuple[Condition, Condition]:
    """(of, per) of a figure; `cumulative` for 累计 instead of 本期."""
    of, per = indicator.of, indicator.per or Condition()
    return (_from_new_year(of), _from_new_year(per)) if cumulative else (of, per)


def is_flow(indicator: Indicator) -> bool:
    """Counts events inside the period, rather than a stock at the cutoff."""
    return indicator.kind == "C" and any(clause.parameter == "begins" for clause in indicator.of.clauses)


def scan(connection: Any, asked: Iterable[Question]) -> dict[Key, int]:
    """The numbers asked for, from one pass over each population they name."""
    found: dict[Key, int] = {}
    for population, columns in _by_population(asked).items():
        row = connection.execute(f'SELECT {_columns(columns)} FROM "{population}"', _bound(columns)).fetchone()
        found |= {(q.figure, q.number): int(number) for q, number in zip(columns, row, strict=True)}
    return found


def scan_by(connection: Any, library: Library, asked: Iterable[Question], column: str) -> dict[str | None, dict[Key, int]]:
    """The same numbers for each value of `column`, again one pass for each population; those without it are left out."""
    found: dict[str | None, dict[Key, int]] = {}
    for population, columns in _by_population(asked).items():
        if column not in library.populations[population].columns:
            continue
        rows = connection.execute(f'SELECT "{column}", {_columns(columns)} FROM "{population}" GROUP BY 1', _bound(columns))
        for part, *numbers in rows:
            found.setdefault(part or None, {}).update(
                {(q.figure, q.number): int(number) for q, number in zip(columns, numbers, strict=True)})
    return found


def measured(measure: str, condition: Condition) -> tuple[str, list[Any]]:
    """`count`, `distinct:column` or `sum:column` under a condition as a column of a pass, with its bound values."""
    clause, values = condition.where()
    kind, _, column = measure.partition(":")
    if kind == "count":
        return f"count(CASE WHEN {clause} THEN 1 END)", values
    if kind == "distinct":
        return f'count(DISTINCT CASE WHEN {clause} THEN "{column}" END)', values
    return f'coalesce(sum(CASE WHEN {clause} THEN "{column}" END), 0)', values


def _from_new_year(condition: Condition) -> Condition:
    """The same condition with the period beginning at New Year: 累计 instead of 本期."""
    return Condition(tuple(replace(c, parameter="year_begins") if c.parameter == "begins" else c for c in condition.clauses))


def _by_population(asked: Iterable[Question]) -> Mapping[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for question in asked:
        found.setdefault(question.population, []).append(question)
    return found


def _columns(asked: list[Question]) -> str:
    return ", ".join(question.sql for question in asked)


def _bound(asked: list[Question]) -> list[Any]:
    return [value for question in asked for value in question.values]
