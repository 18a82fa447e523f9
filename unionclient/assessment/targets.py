"""What a street is to reach: its allocation where there is one, else a proposed share of the district's figure.

The work programme gives district totals only; the street's quota comes by letter and stands in `target_allocation`.
Until then a count is split over the streets by largest remainder, a proposal the officer may replace: by the units
without a union where they are known for every street (external figure 4), else equally.
Rates and states hold for every street as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.definition.ledger import Indicator, Library
from unionclient.definition.words import _

STREETS = tuple(f"110101{number:03}" for number in range(1, 18))
"""The 17 streets the district's totals are split over (GB/T 2260 area 110101); other reporting bodies get no share."""


@dataclass(frozen=True, slots=True)
class Target:
    """The figure to reach: a count, or per cent for rates. `proposed` marks a count that no letter confirms."""

    value: Decimal
    proposed: bool = False
    source: str = ""


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Shares of `total` in proportion to `weights`, whole numbers that sum to it, by largest remainder.

    Equal remainders go to the earlier one, so the split is the same on every machine. `total` ≥ 0, weights ≥ 0;
    raises ValueError when there is nothing to weigh by.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0 or total < 0:
        raise ValueError(f"cannot split {total} by {list(weights)}")
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in by_remainder[: total - sum(shares)]:
        shares[n] += 1
    return tuple(shares)


def read_targets(connection: Any, library: Library, year: int, street: str | None) -> dict[str, Target]:
    """Targets by indicator id for one street and calendar year; `street` None is the district itself.

    An indicator without a target, or a count for a body that is none of the 17 streets and has no allocation,
    is left out. Source of the split: domain handbook 2.9 (largest remainder, a proposal).
    """
    allocated = _allocations(connection, library, year, street)
    weights = _weights(connection, library, year)
    found: dict[str, Target] = {}
    for indicator in library.indicators.values():
        target = allocated.get(indicator.id) or _proposal(indicator, street, weights)
        if target is not None:
            found[indicator.id] = target
    return found


def _proposal(indicator: Indicator, street: str | None, weights: Sequence[int]) -> Target | None:
    if indicator.target is None:
        return None
    value = Decimal(indicator.target)
    if indicator.kind != "C" or street is None:
        return Target(value, False, indicator.source)
    if street not in STREETS:
        return None
    share = split(int(value), weights or [1] * len(STREETS))[STREETS.index(street)]
    told = _("区目标 {value} 按各街道未建会单位数分解的建议数") if weights else _("区目标 {value} 平均分到 {n} 个街道的建议数")
    return Target(Decimal(share), True, told.format(value=int(value), n=len(STREETS)))


def _weights(connection: Any, library: Library, year: int) -> tuple[int, ...]:
    """Units without a union by street, the newest figure of each up to the year; empty unless all 17 are known."""
    if "external_stat" not in library.ledgers:
        return ()
    rows = connection.execute("SELECT street_code, value, max(period) FROM external_stat WHERE name = '4' AND value IS NOT NULL"
                              " AND substr(period, 1, 4) <= ? GROUP BY street_code", (str(year),))
    known = {row[0]: row[1] for row in rows}
    return tuple(known[street] for street in STREETS) if set(STREETS) <= set(known) and any(known.values()) else ()


def _allocations(connection: Any, library: Library, year: int, street: str | None) -> Mapping[str, Target]:
    ledger = library.ledgers.get("target_allocation")
    if ledger is None or street is None:
        return {}
    places = ledger.fields["value"].places
    rows = connection.execute("SELECT target_id, value, doc_no FROM target_allocation WHERE year = ? AND value IS NOT NULL"
                              " AND coalesce(street_code, ?) = ? ORDER BY created_at, id", (year, street, street))
    counts = {i.id for i in library.indicators.values() if i.kind == "C"}
    return {figure: Target(Decimal(value).scaleb(-places), doc_no is None and figure in counts, doc_no or _("没有下达文号"))
            for figure, value, doc_no in rows}
