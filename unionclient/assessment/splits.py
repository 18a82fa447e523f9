"""Figures in parts: by a column of their population (community), and through the year month by month.

A part is counted by the same conditions as the whole. Distinct persons are distinct inside each part, so that parts
may sum to more than the whole.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.assessment import scan
from unionclient.assessment.figures import Figure, check_period
from unionclient.assessment.periods import Period, read_period
from unionclient.assessment.shares import percent
from unionclient.definition.ledger import Indicator, Library

COMMUNITY = "community"
STEPS = {"month": ("M", 12), "quarter": ("Q", 4)}


@dataclass(frozen=True, slots=True)
class Part:
    """A figure's numbers for one value of the column (`key` None: not filled in).

    `value` is per cent for rates, None where there is nothing to divide by or the numerator is the larger; the number
    itself for counts.
    """

    key: str | None
    numerator: int
    denominator: int | None
    year_to_date: int | None
    value: Decimal | None

    @property
    def done(self) -> int:
        """累计 where there is one."""
        return self.numerator if self.year_to_date is None else self.year_to_date


@dataclass(frozen=True, slots=True)
class Point:
    """A figure at the end of a month or quarter: `value` as in `Figure`, `done` 累计 for counts; None for time to come."""

    period: str
    label: str
    value: Decimal | None
    done: int | None


def by_column(connection: Any, library: Library, period: Period, column: str = COMMUNITY,
              only: Collection[str] | None = None) -> dict[str, tuple[Part, ...]]:
    """Figure id → its parts by `column`, one pass for each population; a figure whose populations lack it is left out.

    `connection` is a reading prepared for the same period.
    """
    check_period(connection, period)
    asked = {i.id: scan.questions(i, period) for i in library.indicators.values() if only is None or i.id in only}
    asked = {name: questions for name, questions in asked.items()
             if all(column in library.populations[q.population].columns for q in questions)}
    numbers = scan.scan_by(connection, library, [q for questions in asked.values() for q in questions], column)
    keys = sorted(numbers, key=lambda key: (key is None, key or ""))
    return {name: tuple(part for key in keys if (part := _part(library.indicators[name], key, numbers[key])))
            for name in asked}


def _part(indicator: Indicator, key: str | None, numbers: dict[scan.Key, int]) -> Part | None:
    """None where the figure counts nothing in this part."""
    numerator, denominator = numbers.get((indicator.id, "of"), 0), None
    year = numbers.get((indicator.id, "year"), numerator) if scan.is_flow(indicator) else None
    if indicator.per is None:
        return Part(key, numerator, None, year, Decimal(numerator)) if numerator or year else None
    denominator = numbers.get((indicator.id, "per"), 0)
    value = None if numerator > denominator else percent(numerator, denominator)
    return Part(key, numerator, denominator, None, value) if numerator or denominator else None


def steps(year: int, kind: str = "month") -> tuple[Period, ...]:
    """The months or quarters of a year."""
    letter, count = STEPS[kind]
    width = 2 if letter == "M" else 1
    return tuple(read_period(f"{year}{letter}{number:0{width}}") for number in range(1, count + 1))


def point(period: Period, figure: Figure | None) -> Point:
    """A figure computed for a step as a point of the year's course; `figure` None where the step lies in the future."""
    if figure is None:
        return Point(period.code, period.label, None, None)
    done = figure.numerator if figure.year_to_date is None else figure.year_to_date
    return Point(period.code, period.label, figure.value, done)
