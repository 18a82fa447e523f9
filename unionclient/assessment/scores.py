"""Score sheets: three columns of marks, not-applicable items, gates and vetoes, and the grade they come to.

The sheet is data (`forms/750_sheet_home.toml`); the program's own marks come from `autoscores`. All arithmetic is
exact; only the shown result is rounded. Source: domain handbook 9 and 9.1.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from unionclient.assessment.problem import Problem
from unionclient.assessment.shares import half_up, read_share
from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.definition.ledger import ScoreItem, ScoreSheet
from unionclient.definition.words import _, marked

COLUMNS = {"self": marked("自评"), "review": marked("街道复核"), "inspect": marked("验家")}
"""Columns of the form, least to most senior."""
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemScore:
    """The marks of one item; None is not marked. `auto` is what the program computed, taken where a column is empty.

    Another mark than `auto` needs `override_reason`; a mark under the full points needs `deduct_reason`;
    `na` takes the item out of the sheet.
    """

    self: Decimal | None = None
    review: Decimal | None = None
    inspect: Decimal | None = None
    auto: Decimal | None = None
    override_reason: str | None = None
    na: bool = False
    deduct_reason: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """A sheet added up.

    `totals`: plain sums by column, None for a column nobody marked. `counted`: the most senior column whose items are
    all marked ("" while there is none). `obtained` of `possible` points in it; `base` = obtained / possible × 100 to one
    decimal; `final` = base with bonus, at most 100; None while nothing counts. `grade`, `grade_title`: the band of the
    exact result, lowered by `capped_by` (codes of must-have items with 0 points, or of the veto).
    `self_inspect_gap` is |自评 − 验家| of two complete columns; `gap_flagged` puts it on the training list.
    """

    totals: dict[str, Decimal | None]
    counted: str
    na_points: Decimal
    obtained: Decimal
    possible: Decimal
    base: Decimal | None
    bonus: Decimal
    final: Decimal | None
    grade: str
    grade_title: str
    capped_by: tuple[str, ...]
    self_inspect_gap: Decimal | None
    gap_flagged: bool
    problems: tuple[Problem, ...]


def sheet_problems(sheet: ScoreSheet) -> tuple[str, ...]:
    """What is wrong with a sheet, in Chinese; a sheet with problems is not scored with."""
    found: list[str] = []
    points = sum((item.points for item in sheet.items.values()), _ZERO)
    if points != sheet.total:
        found.append(_("各项满分之和是 {points}，不等于总分 {total}").format(points=points, total=sheet.total))
    found += [_("{code} 的满分 {points} 应大于 0").format(code=item.code, points=item.points) for item in sheet.items.values() if item.points <= 0]
    starts = [band[0] for band in sheet.bands]
    if not starts or starts != sorted(set(starts), reverse=True) or starts[-1] > 0:
        found.append(_("等级应从高到低排列，最低一级从 0 分起"))
    grades = {band[1] for band in sheet.bands}
    found += [_("等级表里没有 {key} 所写的等级“{grade}”").format(key=key, grade=sheet.options[key]) for key in ("must_cap", "veto_grade")
              if key in sheet.options and sheet.options[key] not in grades]
    for item in sheet.items.values():
        found += _auto_problems(item)
    return tuple(found)


def _auto_problems(item: ScoreItem) -> list[str]:
    auto = item.auto
    if auto is None:
        return []
    if "population" not in auto or ("bands" in auto) == ("deduct" in auto):
        return [_("{code} 的 auto 要写明 population，并在 bands 和 deduct 中写一种").format(code=item.code)]
    try:
        if "deduct" in auto:
            wrong = any(len(line) != 3 or not Decimal(line[1]) > 0 for line in auto["deduct"])
        else:
            shares = [read_share(line[0]) for line in auto["bands"]]
            wrong = (shares != sorted(shares, reverse=True) or shares[-1] != 0 or not {"of", "per"} <= set(auto)
                     or any(not 0 <= Decimal(line[1]) <= item.points for line in auto["bands"]))
    except (ArithmeticError, ValueError, IndexError, TypeError):
        wrong = True
    return [_("{code} 的 auto 写法不对：bands 从高到低到 0，得分不超过满分；deduct 每行是事实、每次扣分、说明").format(code=item.code)] if wrong else []


def read_items(rows: Iterable[Mapping[str, Any]], places: int = 1) -> dict[str, ItemScore]:
    """Rows of the ledger `evaluation_item` (stored marks are whole numbers scaled by 10**places) → marks by item code."""
    def mark(row: Mapping[str, Any], name: str) -> Decimal | None:
        value = row.get(name)
        return None if value is None else Decimal(value).scaleb(-places)

    return {row["item_code"]: ItemScore(mark(row, "self"), mark(row, "review"), mark(row, "inspect"), mark(row, "auto"),
                                        row.get("override_reason"), bool(row.get("na")), row.get("deduct_reason"))
            for row in rows if row.get("item_code")}


def score(sheet: ScoreSheet, items: Mapping[str, ItemScore], *, bonus: Decimal = _ZERO,
          veto: str | None = None) -> ScoreResult:
    """Adds the sheet up. A mark outside 0 … points is a problem and counts as the nearest end.

    Raises `UnionClientError` on a sheet that is itself wrong; everything the officer can mend is in `problems`.
    """
    if faults := sheet_problems(sheet):
        raise UnionClientError(_("评分表“{sheet}”有误").format(sheet=sheet.title), _("评分没有改动。"), _("；").join(faults))
    marks = {code: items.get(code, ItemScore()) for code in sheet.items}
    applicable = [item for item in sheet.items.values() if not marks[item.code].na]
    started = {column: any(getattr(marks[i.code], column) is not None for i in applicable) for column in COLUMNS}
    sums = {column: sum((_counting(marks[i.code], column, i) or _ZERO for i in applicable), _ZERO) for column in COLUMNS}
    totals = {column: sums[column] if started[column] else None for column in COLUMNS}
    complete = [column for column in COLUMNS if started[column] and not _unmarked(column, marks, applicable)]
    counted = complete[-1] if complete else ""  # a half-filled column would be an unjust result
    possible = sum((item.points for item in applicable), _ZERO)
    extra = min(max(bonus, _ZERO), sheet.bonus_max)
    exact = Fraction(sums[counted]) / Fraction(possible) * 100 if counted and possible else None
    whole = None if exact is None else min(exact + Fraction(extra), Fraction(100))
    grade, title, capped_by = _grade(sheet, whole, _failed_musts(marks, applicable, counted), veto)
    gap = abs(sums["self"] - sums["inspect"]) if {"self", "inspect"} <= set(complete) else None
    flagged = gap is not None and gap > Decimal(sheet.options.get("difference", "10"))
    problems = [*_mark_problems(sheet, marks, items), *_column_problems(started, marks, applicable, counted),
                *_sheet_wide_problems(sheet, bonus, veto, gap if flagged else None)]
    return ScoreResult(
        totals, counted, sheet.total - possible, sums[counted] if counted else _ZERO, possible,
        None if exact is None else half_up(exact, 1), extra, None if whole is None else half_up(whole, 1),
        grade, title, capped_by, gap, flagged, tuple(problems))


def _counting(mark: ItemScore, column: str, item: ScoreItem) -> Decimal | None:
    """The mark of a column as it counts: the typed one, else the computed one, within 0 … points."""
    typed = getattr(mark, column)
    value = mark.auto if typed is None else typed
    return None if value is None else min(max(value, _ZERO), item.points)


def _unmarked(column: str, marks: Mapping[str, ItemScore], applicable: list[ScoreItem]) -> list[str]:
    return [item.code for item in applicable if _counting(marks[item.code], column, item) is None]


def _failed_musts(marks: Mapping[str, ItemScore], applicable: list[ScoreItem], counted: str) -> tuple[str, ...]:
    if not counted:
        return ()
    return tuple(item.code for item in applicable if item.must and _counting(marks[item.code], counted, item) == 0)


def _grade(sheet: ScoreSheet, result: Fraction | None, musts: tuple[str, ...],
           veto: str | None) -> tuple[str, str, tuple[str, ...]]:
    """(code, title, what lowered it): any veto gives the veto grade, a must-have item at 0 caps the grade."""
    order = [(code, title) for _, code, title in sheet.bands]
    if veto:
        code, title = next((g for g in order if g[0] == sheet.options.get("veto_grade")), order[-1])
        return code, title, (veto,)
    if result is None:
        return "", "", ()
    reached = next(n for n, band in enumerate(sheet.bands) if result >= Fraction(band[0]))
    cap = next((n for n, grade in enumerate(order) if grade[0] == sheet.options.get("must_cap")), 0)
    if musts and reached < cap:
        return *order[cap], musts
    return *order[reached], ()


# -- what the officer has to mend or explain -------------------------------------------------------------------

def _mark_problems(sheet: ScoreSheet, marks: Mapping[str, ItemScore], items: Mapping[str, ItemScore]) -> list[Problem]:
    found = [Problem("X31", Level.BLOCK, _("评分表里没有项目 {code}").format(code=code), code) for code in items if code not in sheet.items]
    for item in sheet.items.values():
        mark = marks[item.code]
        if mark.na:
            if item.must and not mark.deduct_reason:
                found.append(Problem("HE-NA", Level.EXPLAIN, _("{code} 是必备项，记为空项要写明原因").format(code=item.code), item.code, "na"))
            continue
        for column, title in COLUMNS.items():
            found += _one_mark(item, mark, column, _(title))
    return found


def _one_mark(item: ScoreItem, mark: ItemScore, column: str, title: str) -> list[Problem]:
    typed = getattr(mark, column)
    if typed is None:
        return []
    if not 0 <= typed <= item.points:
        return [Problem("X30", Level.BLOCK, _("{code} 的{title}分 {typed} 应在 0 到 {points} 之间").format(
            code=item.code, title=title, typed=typed, points=item.points), item.code, column)]
    if mark.auto is not None and typed != mark.auto:
        if not mark.override_reason:
            return [Problem("HE-AUTO", Level.EXPLAIN, _("{code} 的{title}分 {typed} 与台账计算的 {auto} 不同，要写明原因").format(
                code=item.code, title=title, typed=typed, auto=mark.auto),
                            item.code, column, _("填写“改分原因”，或改回计算分"))]
    elif mark.auto is None and typed < item.points and not mark.deduct_reason:
        return [Problem("HE-DEDUCT", Level.EXPLAIN, _("{code} 的{title}分 {typed} 少于满分 {points}，要写明扣分原因").format(
            code=item.code, title=title, typed=typed, points=item.points),
                        item.code, column)]
    return []


def _column_problems(started: Mapping[str, bool], marks: Mapping[str, ItemScore], applicable: list[ScoreItem],
                     counted: str) -> list[Problem]:
    found = []
    for column, title in COLUMNS.items():
        missing = _unmarked(column, marks, applicable) if started[column] else []
        if missing:
            told = _("{title}还有 {n} 项没有打分（{items}），暂按{counted}计分") if counted else _("{title}还有 {n} 项没有打分（{items}）")
            found.append(Problem("HE-EMPTY", Level.CONFIRM,
                                 told.format(title=_(title), n=len(missing), items=_("、").join(missing), counted=_(COLUMNS.get(counted, ""))), column=column))
    return found


def _sheet_wide_problems(sheet: ScoreSheet, bonus: Decimal, veto: str | None, gap: Decimal | None) -> list[Problem]:
    found = []
    if not 0 <= bonus <= sheet.bonus_max:
        found.append(Problem("HE-BONUS", Level.BLOCK, _("加分 {bonus} 应在 0 到 {bonus_max} 之间").format(bonus=bonus, bonus_max=sheet.bonus_max), column="bonus"))
    if veto and veto not in sheet.vetoes:
        found.append(Problem("HE-VETO", Level.BLOCK, _("评分表里没有否决项 {veto}").format(veto=veto), column="veto_code",
                             mend=_("可选：{names}").format(names=_("、").join(sheet.vetoes))))
    if gap is not None:
        found.append(Problem("HE-GAP", Level.HINT, _("自评与验家相差 {gap} 分，列入培训名单").format(gap=gap)))
    return found
