"""Figures held against those of packages already signed, and against themselves: X27, X39, X40.

A package is the word of the street at a cut-off day: the ledgers must still say the same of that day, and what was
counted since New Year cannot become less. Source: domain handbook 13.6, 14.4.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import Period
from unionclient.definition.issue import Level

BASIS = "工作手册 §13.6、§14.4"


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
    """`figure` is the id of the figure it is about; the rest as in a finding."""

    rule: str
    level: Level
    figure: str
    message: str
    value: str
    mend: str


def order(period: Period) -> tuple[dt.date, int]:
    """Packages in the order of what they report: by cut-off day, the shorter period first."""
    return period.cutoff, -period.begins.toordinal()


def over_the_whole(figures: Sequence[Figure]) -> list[FigureProblem]:
    """X27: a rate whose numerator is larger than its denominator."""
    return [FigureProblem("X27", Level.BLOCK, f.id, f"{f.period.label}“{f.title}”的分子 {f.numerator} 大于分母 {f.denominator}，超过 100%",
                          f"{f.id} {f.period.code} {f.numerator}/{f.denominator}", "常见原因是把人次当作人数，或职工数没有更新，请核对台账")
            for f in figures if f.denominator is not None and f.numerator > f.denominator > 0]


def differs(package: KeptPackage, now: Sequence[Figure]) -> list[FigureProblem]:
    """X39: the ledgers no longer say of the package's cut-off day what it was signed with. `now`: the same period computed today.

    Blocks, for the package is to be amended; while that is not possible yet, the correction is to be explained (§14.4).
    """
    level = Level.EXPLAIN if package.waiting else Level.BLOCK
    mend = ("误改的请改回；确属更正的写明原因，等区里答复后更正报送" if package.waiting else
            f"误改的请改回；确属更正的，请先更正报送{package.period.label}，并写明原因")
    found = []
    for figure in now:
        then = package.figures.get(figure.id)
        if then is None or _numbers(then) == _numbers(figure):
            continue
        why = f"，统计口径也变了（原为“{then.reading}”）" if then.reading != figure.reading else ""
        found.append(FigureProblem(
            "X39", level, figure.id,
            f"{package.period.label}“{figure.title}”：第 {package.seq} 号报送包里是 {_shown(then)}，现在同一截止日是 {_shown(figure)}{why}",
            f"{figure.id} {package.period.code} {_shown(then)} {_shown(figure)}",
            mend))
    return found


def falls(packages: Sequence[KeptPackage], now: Sequence[Figure]) -> list[FigureProblem]:
    """X40: 累计 became less than in an earlier package. All of one calendar year; `now` are its figures as of today."""
    steps = [(package.period.label, package.figures) for package in sorted(packages, key=lambda p: order(p.period))]
    found = []
    for figure in now:
        counted = [(label, figures[figure.id].year_to_date) for label, figures in steps if figure.id in figures]
        counted = [(label, number) for label, number in (*counted, ("目前", figure.year_to_date)) if number is not None]
        for (label, before), (later, after) in pairwise(counted):
            if after < before:
                found.append(FigureProblem(
                    "X40", Level.EXPLAIN, figure.id,
                    f"{figure.period.year}年“{figure.title}”的累计由{label}的 {before} 减为{later}的 {after}",
                    f"{figure.id} {label} {before} {later} {after}", "累计只增不减，请核对是否误删或改了日期；确属更正的请写明原因"))
    return found


def _numbers(figure: KeptFigure | Figure) -> tuple[int | None, ...]:
    return figure.numerator, figure.denominator, figure.year_to_date


def _shown(figure: KeptFigure | Figure) -> str:
    if figure.denominator is not None:
        return f"{figure.numerator}/{figure.denominator}"
    return str(figure.numerator) if figure.year_to_date is None else f"本期 {figure.numerator}、累计 {figure.year_to_date}"

