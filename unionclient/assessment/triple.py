"""The street's own yearly score (三级联创): every item follows from figures of the year, by a method the sheet names.

Methods: "count" gives points in proportion to done over target, at most all; "rate" gives all points at the target, none up
to the floor (a share of the target), and in proportion between; "state" all or nothing. Two figures of one item count half
each; one that has nothing to divide by leaves its part to the other. Exact until the mark, two decimals, half upwards.
Source: domain handbook 9.5 (items and weights are a proposal of the handbook).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.assessment.shares import half_up, read_share
from unionclient.definition.ledger import ScoreItem, ScoreSheet
from unionclient.definition.text import behind
from unionclient.definition.words import _

METHODS = ("count", "rate", "state")
FLOOR = Fraction(80, 100)
_KEYS = {"figures", "method", "floor", "target"}


@dataclass(frozen=True, slots=True)
class TripleMark:
    """An item computed. `value` is None where it cannot be, with the reason in `words`; `na` where there is nothing to divide by."""

    item: ScoreItem
    value: Decimal | None
    target_text: str
    done_text: str
    words: str
    na: bool = False


@dataclass(frozen=True, slots=True)
class TripleTotal:
    """Sums of the columns, None for one nobody marked. `na_points`: points of items with nothing to divide by;
    `scaled`: the counted column over the other points, per cent, two decimals, None while nothing is marked."""

    auto: Decimal | None
    self: Decimal | None
    verified: Decimal | None
    na_points: Decimal
    scaled: Decimal | None


def triple_problems(sheet: ScoreSheet, figures: Mapping[str, Any]) -> tuple[str, ...]:
    """What is wrong with a sheet of this kind, in Chinese; `figures` are the ids there are."""
    found = []
    for item in sheet.items.values():
        auto = item.auto
        if auto is None:
            continue
        names = auto.get("figures")
        if not isinstance(names, list) or not names or set(auto) - _KEYS or auto.get("method") not in METHODS:
            found.append(_("{code} 的 auto 要写明 figures（指标编号的列表）和 method（{methods}）").format(code=item.code, methods=_("、").join(METHODS)))
            continue
        found += [_("{code} 的指标“{name}”不存在").format(code=item.code, name=name) for name in names if name not in figures]
        try:
            wrong = not 0 <= read_share(auto.get("floor", "80%")) < 1 or not Decimal(str(auto.get("target", "1"))) > 0
        except (ArithmeticError, ValueError):
            wrong = True
        if wrong:
            found.append(_("{code} 的 floor 应是不到 100% 的比例，target 应是大于 0 的数").format(code=item.code))
    return tuple(found)


def compute(sheet: ScoreSheet, figures: Mapping[str, Figure], *, floor: Fraction = FLOOR) -> dict[str, TripleMark]:
    """Item code → mark from the figures of the year. `floor` holds where the item names none."""
    return {code: _item(item, figures, floor) for code, item in sheet.items.items()}


def _item(item: ScoreItem, figures: Mapping[str, Figure], floor: Fraction) -> TripleMark:
    auto = item.auto
    if auto is None:
        return TripleMark(item, None, "", "", _("按材料打分"))
    missing = [name for name in auto["figures"] if name not in figures]
    if missing:
        return TripleMark(item, None, "", "", _("没有指标 {names}，请按材料打分").format(names=_("、").join(missing)))
    named = [figures[name] for name in auto["figures"]]
    own = Decimal(str(auto["target"])) if "target" in auto else None
    floor = read_share(auto["floor"]) if "floor" in auto else floor
    shares = [(_share(figure, own, auto["method"], floor), figure) for figure in named]
    told = [share for share, _figure in shares if share is not None]
    targets, done = _("；").join(_target_text(f, own) for f in named), _("；").join(_done_text(f) for f in named)
    if not told:
        dead = all(f.denominator == 0 for f in named)
        words = _("没有可计算的对象，记为不适用") if dead else _("没有下达目标数") if all(_goal(f, own) is None for f in named) else _("数据不全")
        return TripleMark(item, None, targets, done, words, dead)
    value = half_up(Fraction(item.points) * sum(told, Fraction(0)) / len(told), 2)
    return TripleMark(item, value, targets, done, "" if len(told) == len(named) else _("其中一项没有可计算的对象"))


def _goal(figure: Figure, own: Decimal | None) -> Decimal | None:
    return own if own is not None else figure.target


def _share(figure: Figure, own: Decimal | None, method: str, floor: Fraction) -> Fraction | None:
    """Part of the points (0 … 1); None without a target or with nothing to divide by."""
    goal = _goal(figure, own)
    if goal is None or figure.problem:
        return None
    if figure.denominator is None:
        done = Fraction(figure.numerator if figure.year_to_date is None else figure.year_to_date)
    elif figure.denominator == 0:
        return None
    else:
        done = Fraction(figure.numerator * 100, figure.denominator)
    reached = Fraction(1) if goal == 0 else done / Fraction(goal)
    return share_of_points(reached, method, floor)


def share_of_points(reached: Fraction, method: str, floor: Fraction = FLOOR) -> Fraction:
    """`reached` is done over target; the part of the points it earns."""
    if reached >= 1:
        return Fraction(1)
    if method == "count":
        return max(reached, Fraction(0))
    if method == "state" or reached <= floor:
        return Fraction(0)
    return (reached - floor) / (1 - floor)


def _target_text(figure: Figure, own: Decimal | None) -> str:
    return figure.target_text if own is None else f"≥{own.normalize():f}{behind(figure.unit)}"


def _done_text(figure: Figure) -> str:
    if figure.denominator is None:
        done = figure.numerator if figure.year_to_date is None else figure.year_to_date
        return f"{done}{behind(figure.unit)}"
    return "—" if figure.value is None else _("{value}%（{numerator}/{denominator}）").format(
        value=figure.value, numerator=figure.numerator, denominator=figure.denominator)


def add_up(sheet: ScoreSheet, rows: Mapping[str, Mapping[str, Any]], na: frozenset[str] = frozenset()) -> TripleTotal:
    """Totals of stored marks (hundredths). In a column somebody began, an open item takes the mark of the column before it."""
    columns = {"auto": ("auto",), "self": ("self", "auto"), "verified": ("verified", "self", "auto")}
    sums: dict[str, Decimal | None] = {}
    for column, order in columns.items():
        begun = any(row.get(column) is not None for row in rows.values())
        marks = [next((row[name] for name in order if row.get(name) is not None), 0) for row in rows.values()]
        sums[column] = Decimal(sum(marks)).scaleb(-2) if begun else None
    na_points = sum((item.points for code, item in sheet.items.items() if code in na and not _marked(rows.get(code))), Decimal(0))
    counted = next((sums[c] for c in ("verified", "self", "auto") if sums[c] is not None), None)
    possible = sheet.total - na_points
    scaled = half_up(Fraction(counted) / Fraction(possible) * 100, 2) if counted is not None and possible > 0 else None
    return TripleTotal(sums["auto"], sums["self"], sums["verified"], na_points, scaled)


def _marked(row: Mapping[str, Any] | None) -> bool:
    return row is not None and any(row.get(name) is not None for name in ("auto", "self", "verified"))
