"""Figures: what the ledgers say at a period's end, against the targets, and the records behind each number.

All figures of one population come from one scan of it. Numerators and denominators stay whole numbers and
every decision is made on them; the percentage is for show only.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from unionclient.assessment import scan
from unionclient.assessment.periods import Period
from unionclient.assessment.shares import percent
from unionclient.assessment.targets import Target
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Indicator, Library, Setting
from unionclient.definition.words import _, marked

SIDES = ("of", "per", "missing")
STATES = {"met": marked("已达标"), "behind": marked("落后于进度"), "below": marked("未达标"), "none": "—"}
WRONG = marked("数据有误")
"""The state of a rate above the whole: nothing is decided on it until the ledgers are put right."""
_READING = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")
_FOCUS = re.compile(r"聚焦(\d)")
EMPTY: Mapping[str, Setting] = MappingProxyType({})
_OPERATOR = {">=": "≥", "<=": "≤", "=": "＝"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator computed.

    Counts (kind "C"): `numerator` and `value` are 本期, the events inside the period; `year_to_date` is 累计, which
    the target, `done_rate` and `state` are held against; a stock figure has no `year_to_date`. Rates ("R", "S"):
    `value` is per cent of `denominator` with two decimals, None where there is nothing to divide by.
    `state`: "met"; "behind" (a count under its time share before the year is over: red); "below" (not reached);
    "none" (no target, or no denominator). `on_time` is True for a count that is not reached yet but keeps pace.
    `done_rate` is per cent of the target; `pace` the per cent that the days gone ask for, of a count with a target.
    `problem` says in Chinese why a rate is not shown. `focus` is the part of the work programme the target stands in;
    `rests_on` are the settings its reading depends on.
    """

    id: str
    title: str
    group: str
    kind: str
    unit: str
    numerator: int
    denominator: int | None
    value: Decimal | None
    year_to_date: int | None
    target: Decimal | None
    target_text: str
    target_proposed: bool
    done_rate: Decimal | None
    state: str
    on_time: bool
    reading: str
    period: Period
    problem: str = ""
    pace: Decimal | None = None
    focus: str = ""
    rests_on: tuple[str, ...] = ()

    @property
    def value_text(self) -> str:
        """As shown and printed: "58", "97.95", or "—" where there is no value."""
        return "—" if self.value is None else str(self.value)

    @property
    def target_brief(self) -> str:
        """The target where room is short: a star for a proposed one."""
        if not self.target_proposed:
            return self.target_text
        return self.target_text.removesuffix(_("{target}（建议数）").format(target="")) + "*"

    @property
    def state_text(self) -> str:
        if self.problem:
            return _(WRONG)
        return _("未到目标，进度正常") if self.on_time else _(STATES[self.state])

    @property
    def alarm(self) -> bool:
        """True where the state is to be shown in red (with its text, never by colour alone)."""
        return bool(self.problem) or self.state in ("behind", "below") and not self.on_time


def compute(connection: Any, library: Library, period: Period, targets: Mapping[str, Target],
            only: Collection[str] | None = None) -> tuple[Figure, ...]:
    """All figures of `library` (or those of `only`), in its order; one scan for each population.

    `connection` is a reading prepared for the same period: populations as views, `period` and `setting` beside them.
    """
    today = check_period(connection, period)
    indicators = [i for i in library.indicators.values() if only is None or i.id in only]
    numbers = scan.scan(connection, [q for i in indicators for q in scan.questions(i, period)])
    settings = dict(connection.execute("SELECT key, value FROM setting").fetchall())
    return tuple(_figure(indicator, numbers, targets.get(indicator.id), period, today, settings, library)
                 for indicator in indicators)


def of_numbers(library: Library, figure_id: str, numbers: Mapping[scan.Key, int], period: Period, target: Target | None, today: dt.date,
               settings: Mapping[str, str]) -> Figure:
    """A figure from numbers that were counted elsewhere, such as sums over streets; `numbers` as `scan.scan` gives them."""
    return _figure(library.indicators[figure_id], numbers, target, period, today, settings, library)


def records(connection: Any, library: Library, figure_id: str, period: Period, side: str = "of",
            *, cumulative: bool = False) -> tuple[str, list[str]]:
    """Ledger and record ids behind a figure, from the conditions that counted them.

    "of": what counts; "per": the denominator; "missing": in the denominator and not counted. `cumulative` takes
    累计 instead of 本期. A count has no denominator, and a rate over two populations names nobody as missing: empty.
    """
    indicator = library.indicators.get(figure_id)
    if indicator is None or side not in SIDES:
        raise UnionClientError(_("没有指标“{figure_id}”的“{side}”明细").format(figure_id=figure_id, side=side), "", _("请从指标页选择。"))
    check_period(connection, period)
    population = library.populations[(indicator.of_population if side == "of" else None) or indicator.population]
    if side != "of" and indicator.per is None or side == "missing" and indicator.of_population:
        return population.ledger, []
    of, per = scan.conditions(indicator, cumulative)
    counted, bound = of.where()
    within, more = per.where()
    if side == "of":
        clause, values = f"{counted} AND {within}", [*bound, *more]
        if indicator.of_population:
            clause, values = counted, bound
    elif side == "per":
        clause, values = within, more
    else:
        clause, values = f"{within} AND NOT {counted}", [*more, *bound]
    rows = connection.execute(  # a row of a population that stands for no record, such as a number from outside, has none
        f'SELECT DISTINCT record FROM "{population.id}" WHERE {clause} AND record IS NOT NULL ORDER BY record', values)
    return population.ledger, [row[0] for row in rows]


def check_period(connection: Any, period: Period) -> dt.date:
    """Today as the reading has it. Populations read `period` in SQL, so it must be the one we label the result with."""
    begins, cutoff, today = connection.execute("SELECT begins, cutoff, today FROM period").fetchone()
    if (begins, cutoff) != (period.begins.isoformat(), period.cutoff.isoformat()):
        raise ValueError(f"the reading is of {begins} to {cutoff}, not of {period.code}")
    return dt.date.fromisoformat(today[:10])


# -- from numbers to a figure --------------------------------------------------------------------------------

def _figure(indicator: Indicator, numbers: Mapping[tuple[str, str], int], target: Target | None, period: Period,
            today: dt.date, settings: Mapping[str, str], library: Library) -> Figure:
    source = (library.chinese or library).indicators[indicator.id].source
    numerator = numbers[indicator.id, "of"]
    denominator = numbers.get((indicator.id, "per"))
    goal = target.value if target else None
    year, problem, pace = None, "", _pace(period, min(today, period.cutoff))
    if indicator.per is None:
        year = numbers.get((indicator.id, "year"), numerator) if scan.is_flow(indicator) else None
        done = numerator if year is None else year
        value: Decimal | None = Decimal(numerator)
        done_rate, state, on_time = _hold_count(done, goal, indicator.op, pace)
    else:
        value = percent(numerator, denominator or 0)
        if denominator and numerator > denominator:
            value, problem = None, _("分子 {numerator} 大于分母 {denominator}，比率超过100%，请先核对台账").format(
                numerator=numerator, denominator=denominator)
        done_rate, state = _hold_rate(numerator, denominator or 0, goal, indicator.op) if value is not None else (None, "none")
        on_time = False
    return Figure(
        indicator.id, indicator.title, indicator.group, indicator.kind, indicator.unit, numerator, denominator, value,
        year, goal, _target_text(indicator, target), bool(target and target.proposed), done_rate, state, on_time,
        read_out(indicator.reading, settings, library.settings), period, problem,
        percent(*pace) if indicator.kind == "C" and goal is not None else None,
        _("聚焦{number}").format(number=found[1]) if (found := _FOCUS.search(source)) else "", rests_on(indicator.reading))


def _pace(period: Period, day: dt.date) -> tuple[int, int]:
    """(days gone, days of the year) at the end of `day`; a day before the year is no day gone."""
    whole = (dt.date(period.year + 1, 1, 1) - period.year_begins).days
    return min(max((day - period.year_begins).days + 1, 0), whole), whole


def _hold_count(done: int, target: Decimal | None, operator: str, pace: tuple[int, int]) -> tuple[Decimal | None, str, bool]:
    """(done rate, state, keeps pace). Time share: done/target < days gone/days of the year is behind (a proposal)."""
    if target is None:
        return None, "none", False
    wanted, scale = target.as_integer_ratio()
    done_rate = percent(done * scale, wanted) if wanted else None
    if _reaches(done * scale, wanted, operator):
        return done_rate, "met", False
    gone, whole = pace
    if gone >= whole or operator != ">=":
        return done_rate, "below", False
    if done * scale * whole < wanted * gone:
        return done_rate, "behind", False
    return done_rate, "below", True


def _hold_rate(numerator: int, denominator: int, target: Decimal | None, operator: str) -> tuple[Decimal | None, str]:
    """(done rate, state), decided on numerator*100 against denominator*target, never on the rounded percentage."""
    if target is None:
        return None, "none"
    wanted, scale = target.as_integer_ratio()
    left, right = numerator * 100 * scale, denominator * wanted
    return percent(left, right), "met" if _reaches(left, right, operator) else "below"


def _reaches(left: int, right: int, operator: str) -> bool:
    if operator == ">=":
        return left >= right
    return left <= right if operator == "<=" else left == right


def _target_text(indicator: Indicator, target: Target | None) -> str:
    if target is None:
        return "—"
    number = f"{target.value.normalize():f}"
    unit = indicator.unit if indicator.unit == "%" else f" {indicator.unit}"
    text = f"{_OPERATOR[indicator.op]}{number}{unit}"
    return _("{target}（建议数）").format(target=text) if target.proposed else text


def read_out(reading: str, settings: Mapping[str, str], known: Mapping[str, Setting] = EMPTY) -> str:
    """The reading as printed: {setting} becomes the words of the street's choice, the default's where none was made.

    The older {setting|value=words|…} brings its words along, the first being the default. A chosen value without
    words of its own is printed as it is (a number of days, a share).
    """
    def chosen(found: re.Match[str]) -> str:
        value = settings.get(found[1])
        if found[2] is None:
            return known[found[1]].words(value) if found[1] in known else value or found[0]
        words = dict(part.split("=", 1) for part in found[2].split("|"))
        value = value or next(iter(words))
        return words.get(value, value)

    return _READING.sub(chosen, reading)


def rests_on(reading: str) -> tuple[str, ...]:
    """The settings a reading names."""
    return tuple(dict.fromkeys(found[1] for found in _READING.finditer(reading)))
