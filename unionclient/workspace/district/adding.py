"""Figures of the district: sums over the bodies' signed figures, who is missing, and one period against another.

Everything here is read from the index of `consolidated/` and the definitions; nothing depends on the day it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.assessment import figures as assessment
from unionclient.assessment import scan, targets
from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import Period, read_period
from unionclient.assessment.shares import percent
from unionclient.definition.ledger import Indicator
from unionclient.definition.words import _
from unionclient.store.database import Store
from unionclient.workspace.district import bodies
from unionclient.workspace.district.consolidating import index_of
from unionclient.workspace.district.facts import Body, Comparison, DistrictFigure, StreetFigure

_STEPS = {"M": 12, "Q": 4, "H": 2, "Y": 1}


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What the index holds for one period: signed figures by id, the bodies that handed in, their settings."""

    shares: Mapping[str, tuple[StreetFigure, ...]]
    there: Mapping[str, str]
    readings: Mapping[str, Mapping[str, str]]


def periods(store: Store) -> list[str]:
    """Period codes with a consolidated package, newest first."""
    with index_of(store) as index:
        found = {row[0] for row in index.execute("SELECT DISTINCT period FROM package WHERE current = 1")}
    return sorted(found, key=lambda code: (read_period(code).ends, code), reverse=True)


def figures(store: Store, code: str) -> list[DistrictFigure]:
    """All figures of a period in the order of the definitions; see `District.figures`."""
    period = read_period(code)
    gathered = _gather(store, period)
    absent = tuple(body for body in expected(store) if body.code not in gathered.there)
    reader = store.reading(period.row(period.cutoff))
    wanted = targets.read_targets(reader, store.library, period.year, None)
    return [_district_figure(store, indicator, period, gathered, absent, wanted.get(indicator.id))
            for indicator in store.library.indicators.values() if gathered.there]


def _gather(store: Store, period: Period) -> _Gathered:
    shares: dict[str, list[StreetFigure]] = {}
    readings: dict[str, dict[str, str]] = {}
    names = {body.code: body.name for body in bodies.bodies(store.library)}
    with index_of(store) as index:
        packages = index.execute("SELECT sha256, street, street_name FROM package WHERE period = ? AND current = 1 ORDER BY street", (period.code,)).fetchall()
        there = {street: names.get(street, name) for _, street, name in packages}
        for package, street, _ in packages:
            readings[street] = dict(index.execute("SELECT key, value FROM reading WHERE package = ?", (package,)).fetchall())
            for row in index.execute("SELECT id, numerator, denominator, year_to_date, again_numerator, again_denominator, again_year_to_date "
                                     "FROM figure WHERE package = ?", (package,)):
                shares.setdefault(row[0], []).append(_share(street, there[street], package, row[1:4], row[4:7]))
    return _Gathered({name: tuple(found) for name, found in shares.items()}, there, readings)


def _share(street: str, name: str, package: str, signed: tuple, again: tuple) -> StreetFigure:
    numerator, denominator, year = signed
    value = Decimal(numerator) if denominator is None else percent(numerator, denominator)
    return StreetFigure(street, name, numerator, denominator, year, value, package, again if again[0] is not None and again != signed else None)


def _district_figure(store: Store, indicator: Indicator, period: Period, gathered: _Gathered, absent: tuple[Body, ...],
                     target: Any) -> DistrictFigure:
    parts = gathered.shares.get(indicator.id, ())
    figure = assessment.of_numbers(store.library, indicator.id, added(indicator, parts), period, target, period.cutoff, {})
    have = {part.code for part in parts}
    lacking = tuple(bodies.body(store.library, code) for code in gathered.there if code not in have)
    return DistrictFigure(figure, parts, absent, lacking, tuple(_notes(store, indicator, figure, parts, gathered)))


def added(indicator: Indicator, parts: tuple[StreetFigure, ...]) -> dict[scan.Key, int]:
    """The sums: numerators, denominators, 累计. Whole numbers, so the order of the parts does not matter."""
    numbers = {(indicator.id, "of"): sum(part.numerator for part in parts)}
    if indicator.per is not None:
        numbers[indicator.id, "per"] = sum(part.denominator or 0 for part in parts)
    elif scan.is_flow(indicator):
        numbers[indicator.id, "year"] = sum(part.numerator if part.year_to_date is None else part.year_to_date for part in parts)
    return numbers


def _notes(store: Store, indicator: Indicator, figure: Figure, parts: tuple[StreetFigure, ...], gathered: _Gathered) -> list[str]:
    """What to know before the figure is used."""
    found = []
    unlike = [part.name for part in parts if part.again]
    if unlike:
        found.append(_("按报送的数据重算与签名的数不同：{names}").format(names=_("、").join(unlike)))
    for key in figure.rests_on:
        setting = store.library.settings.get(key)
        chosen = {part.code: gathered.readings.get(part.code, {}).get(key) or (setting.default if setting else "") for part in parts}
        if len(set(chosen.values())) > 1:
            words = sorted({setting.words(value) if setting else value for value in chosen.values()})
            found.append(_("各街道口径不同（{setting}：{readings}），合计仅供参考").format(
                setting=setting.title if setting else key, readings=_("；").join(words)))
    population = store.library.populations[indicator.population]
    if indicator.per is not None and population.ledger == "external_stat" and len({part.denominator for part in parts}) == 1 and len(parts) > 1:
        found.append(_("分母来自外部数据，{n} 个街道报了同一个数，可能是全区数被重复相加").format(n=len(parts)))
    return found


def expected(store: Store) -> list[Body]:
    """Who should hand in: every street, and the further bodies that ever did."""
    with index_of(store) as index:
        seen = {row[0] for row in index.execute("SELECT DISTINCT street FROM package")}
    return [body for body in bodies.bodies(store.library) if body.kind == "street" or body.code in seen]


def missing(store: Store, code: str) -> list[Body]:
    """Expected bodies without a consolidated package for the period."""
    with index_of(store) as index:
        there = {row[0] for row in index.execute("SELECT street FROM package WHERE period = ? AND current = 1", (read_period(code).code,))}
    return [body for body in expected(store) if body.code not in there]


# one period against another -------------------------------------------------------------------------------------


def earlier(code: str) -> str:
    """The period of the same kind before this one: 2017Q1 → 2016Q4."""
    period = read_period(code)
    kind = period.code[4]
    if kind == "Y":
        return f"{period.year - 1}Y"
    number, most = int(period.code[5:]), _STEPS[kind]
    year, number = (period.year, number - 1) if number > 1 else (period.year - 1, most)
    return f"{year}{kind}{number:0{2 if kind == 'M' else 1}}"


def compare(store: Store, code: str, before: str | None) -> list[Comparison]:
    """Every figure of a period beside the same figure of another."""
    now = {each.figure.id: each for each in figures(store, code)}
    then = {each.figure.id: each for each in figures(store, before or earlier(code))}
    return [_compared(now.get(name), then.get(name)) for name in store.library.indicators if name in now or name in then]


def _compared(now: DistrictFigure | None, then: DistrictFigure | None) -> Comparison:
    figure = (now or then).figure
    after, before = now and now.figure, then and then.figure
    change = after.value - before.value if after and before and after.value is not None and before.value is not None else None
    unit = _("个百分点") if figure.kind != "C" else figure.unit
    told = "—" if change is None else _("持平") if change == 0 else _("增加 {number} {unit}") if change > 0 else _("减少 {number} {unit}")
    text = told.format(number=abs(change or 0), unit=unit)
    unlike = now and then and {part.code for part in now.parts} != {part.code for part in then.parts}
    return Comparison(figure.id, figure.title, figure.unit, figure.kind, before, after, change, text + (_("（报送单位不同）") if unlike else ""))
