"""Figures held against those of packages already signed, and against themselves: X27, X39, X40.

A package is the word of the street at a cut-off day: the ledgers must still say the same of that day, and what was
counted since New Year cannot become less. Source: domain handbook 13.6, 14.4.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import Period
from unionclient.definition.issue import Level
from unionclient.definition.words import CHINESE, _, marked, speaking

BASIS = marked("工作手册 §13.6、§14.4")


@dataclass(frozen=True, slots=True)
class KeptFigure:
    """A figure as a package was signed with it."""

    id: str
    numerator: int
    denominator: int | None
    year_to_date: int | None
    reading: str


@dataclass(frozen=True, slots=True)
class KeptPackage:
    """The newest package of a period; `waiting` for the district's answer it cannot be amended yet."""

    seq: int
    period: Period
    figures: Mapping[str, KeptFigure]
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class FigureProblem:
    """`figure` is the id of the figure it is about; the rest as in a finding.

    `facts` is the value in Chinese whatever is spoken: an explanation is kept under it.
    """

    rule: str
    level: Level
    figure: str
    message: str
    value: str
    mend: str
    facts: str


def order(period: Period) -> tuple[dt.date, int]:
    """Packages in the order of what they report: by cut-off day, the shorter period first."""
    return period.cutoff, -period.begins.toordinal()


def over_the_whole(figures: Sequence[Figure]) -> list[FigureProblem]:
    """X27: a rate whose numerator is larger than its denominator."""
    found = []
    for f in figures:
        if f.denominator is not None and f.numerator > f.denominator > 0:
            told = _("{label}“{title}”的分子 {numerator} 大于分母 {denominator}，超过 100%").format(
                label=f.period.label, title=f.title, numerator=f.numerator, denominator=f.denominator)
            value = f"{f.id} {f.period.code} {f.numerator}/{f.denominator}"
            found.append(FigureProblem("X27", Level.BLOCK, f.id, told, value, _("常见原因是把人次当作人数，或职工数没有更新，请核对台账"), value))
    return found


def differs(package: KeptPackage, now: Sequence[Figure], readings: Mapping[str, str] = MappingProxyType({})) -> list[FigureProblem]:
    """X39: the ledgers no longer say of the package's cut-off day what it was signed with. `now`: the same period computed today.

    `readings`: figure id → its reading in Chinese, as packages keep it, where the figures' own are in another language.
    Blocks, for the package is to be amended; while that is not possible yet, the correction is to be explained (§14.4).
    """
    level = Level.EXPLAIN if package.waiting else Level.BLOCK
    mend = (_("误改的请改回；确属更正的写明原因，等区里答复后更正报送") if package.waiting else
            _("误改的请改回；确属更正的，请先更正报送{label}，并写明原因").format(label=package.period.label))
    found = []
    for figure in now:
        then = package.figures.get(figure.id)
        if then is None or _numbers(then) == _numbers(figure):
            continue
        told = _("{label}“{title}”：第 {seq} 号报送包里是 {then}，现在同一截止日是 {now}")
        if then.reading != readings.get(figure.id, figure.reading):
            told = _("{label}“{title}”：第 {seq} 号报送包里是 {then}，现在同一截止日是 {now}，统计口径也变了（原为“{reading}”）")
        message = told.format(label=package.period.label, title=figure.title, seq=package.seq, then=_shown(then), now=_shown(figure),
                              reading=then.reading)
        found.append(FigureProblem("X39", level, figure.id, message, *_both(
            lambda: f"{figure.id} {package.period.code} {_shown(then)} {_shown(figure)}", mend)))
    return found


def falls(packages: Sequence[KeptPackage], now: Sequence[Figure]) -> list[FigureProblem]:
    """X40: 累计 became less than in an earlier package. All of one calendar year; `now` are its figures as of today."""
    steps = sorted(packages, key=lambda p: order(p.period))
    found = []
    for figure in now:
        counted = [(p.period, p.figures[figure.id].year_to_date) for p in steps if figure.id in p.figures]
        counted = [(period, number) for period, number in (*counted, (None, figure.year_to_date)) if number is not None]
        for (earlier, before), (later, after) in pairwise(counted):
            if after < before:
                told = _("{year}年“{title}”的累计由{earlier}的 {before} 减为{later}的 {after}").format(
                    year=figure.period.year, title=figure.title, earlier=_when(earlier), before=before, later=_when(later), after=after)
                found.append(FigureProblem("X40", Level.EXPLAIN, figure.id, told, *_both(
                    lambda: f"{figure.id} {_when(earlier)} {before} {_when(later)} {after}",
                    _("累计只增不减，请核对是否误删或改了日期；确属更正的请写明原因"))))
    return found


def _both(say: Callable[[], str], mend: str) -> tuple[str, str, str]:
    """(value as spoken, mend, the same value in Chinese)."""
    with speaking(CHINESE):
        facts = say()
    return say(), mend, facts


def _when(period: Period | None) -> str:
    return period.label if period else _("目前")


def _numbers(figure: KeptFigure | Figure) -> tuple[int | None, ...]:
    return figure.numerator, figure.denominator, figure.year_to_date


def _shown(figure: KeptFigure | Figure) -> str:
    if figure.denominator is not None:
        return f"{figure.numerator}/{figure.denominator}"
    if figure.year_to_date is None:
        return str(figure.numerator)
    return _("本期 {numerator}、累计 {year_to_date}").format(numerator=figure.numerator, year_to_date=figure.year_to_date)

