"""The verbs of figures: a period's figures, their parts and course through the year, and the records behind them."""

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from unionclient.assessment import figures, scan, splits, targets
from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import Period, read_period
from unionclient.assessment.splits import Part, Point
from unionclient.definition.ledger import Library
from unionclient.definition.text import behind
from unionclient.definition.words import _, marked
from unionclient.store.database import Store

NOT_FILLED = marked("未填社区")


def reading_for(store: Store, period: Period, passes: int = 1, only: Collection[str] | None = None, today: dt.date | None = None) -> Any:
    """The sealed connection with `period` set, ready to pass `passes` times over the populations of the figures."""
    return store.reading(period.row(today or dt.date.today()), _scans(store.library, period, passes, only))


def _scans(library: Library, period: Period, passes: int, only: Collection[str] | None) -> dict[str, int]:
    named = {q.population for i in library.indicators.values() if only is None or i.id in only
             for q in scan.questions(i, period)}
    return dict.fromkeys(named, passes)


def all_figures(store: Store, code: str, *, only: Collection[str] | None = None, passes: int = 1) -> tuple[Figure, ...]:
    """All figures of a period (or those of `only`). `passes` > 1 when parts of them will be asked for next."""
    period = read_period(code)
    reader = reading_for(store, period, passes, only)
    wanted = targets.read_targets(reader, store.library, period.year, store.setting("street"))
    return figures.compute(reader, store.library, period, wanted, only)


def figure_records(store: Store, figure: str, code: str, side: str, *, cumulative: bool = False) -> tuple[str, list[str]]:
    """(ledger, record ids) behind a figure; see `figures.records`."""
    period = read_period(code)
    return figures.records(reading_for(store, period, 1, [figure]), store.library, figure, period, side, cumulative=cumulative)


def figure_parts(store: Store, code: str, *, only: Collection[str] | None = None) -> dict[str, tuple[Part, ...]]:
    """Figure id → its parts by community, for the figures whose population knows one."""
    period = read_period(code)
    return splits.by_column(reading_for(store, period, 1, only), store.library, period, only=only)


def figure_course(store: Store, year: int, kind: str = "month", *, only: Collection[str] | None = None,
                  progress: Any = None) -> dict[str, tuple[Point, ...]]:
    """Figure id → one point for each month (or quarter) of `year`; those that have not begun are empty."""
    today, found = dt.date.today(), []
    steps = splits.steps(year, kind)
    for done, period in enumerate(steps):
        if progress:
            progress(_("统计{label}").format(label=period.label), done, len(steps))
        computed = all_figures(store, period.code, only=only) if period.begins <= today else ()
        found.append((period, {figure.id: figure for figure in computed}))
    names = [name for name in store.library.indicators if only is None or name in only]
    return {name: tuple(splits.point(period, computed.get(name)) for period, computed in found) for name in names}


def by_group(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
    """(heading, figures) in the order groups first appear; the heading names the part of the work programme, if any."""
    groups: dict[str, list[Figure]] = {}
    for figure in figures:
        groups.setdefault(figure.group, []).append(figure)
    found = []
    for group, members in groups.items():
        focus = next((figure.focus for figure in members if figure.target is not None and figure.focus), "")
        found.append((f"{focus}　{group}" if focus else group, members))
    return found


def figure_facts(figure: Figure) -> dict[str, Any]:
    """A figure for `--json` and for text."""
    rate = figure.kind != "C"
    text = f"{figure.value_text}{'%' if rate and figure.value is not None else ''}"
    shown = (_("{value}（{numerator}/{denominator}）") if rate else _("{value}{unit}，累计 {year_to_date}") if figure.year_to_date is not None else "{value}{unit}").format(
        value=text, numerator=figure.numerator, denominator=figure.denominator, unit=behind(figure.unit), year_to_date=figure.year_to_date)
    return {"id": figure.id, "title": figure.title, "group": figure.group, "focus": figure.focus, "kind": figure.kind,
            "unit": figure.unit, "numerator": figure.numerator, "denominator": figure.denominator,
            "value": number(figure.value), "year_to_date": figure.year_to_date,
            "target": number(figure.target), "target_text": figure.target_text, "target_proposed": figure.target_proposed,
            "done_rate": number(figure.done_rate), "pace": number(figure.pace), "state": figure.state,
            "state_title": figure.state_text, "reading": figure.reading, "problem": figure.problem,
            "period": figure.period.code, "shown": shown}


def split_facts(workspace: Any, code: str, by: str) -> dict[str, list[dict[str, Any]]]:
    """Figure id → its parts by "community", or its points by "month" or "quarter" of the period's year, for `--json` and text."""
    if by == "community":
        return {name: [_part_facts(part) for part in parts] for name, parts in workspace.figure_parts(code).items()}
    course = workspace.figure_course(read_period(code).year, by)
    return {name: [{"period": point.period, "title": point.label, "value": number(point.value), "done": point.done,
                    "shown": "—" if point.value is None else _("{value}，累计 {done}").format(value=point.value, done=point.done) if point.done is not None and
                    workspace.library.indicators[name].kind == "C" else f"{point.value}%"} for point in points]
            for name, points in course.items()}


def _part_facts(part: Part) -> dict[str, Any]:
    shown = f"{part.done}" if part.denominator is None else _("{value}（{numerator}/{denominator}）").format(
        value="—" if part.value is None else f"{part.value}%", numerator=part.numerator, denominator=part.denominator)
    return {"community": part.key, "title": part.key or _(NOT_FILLED), "numerator": part.numerator, "denominator": part.denominator,
            "year_to_date": part.year_to_date, "value": number(part.value), "shown": shown}


def number(value: Decimal | None) -> int | float | None:
    """For programs: a whole number as such, else with its two decimals; decisions were made before, on exact numbers."""
    return None if value is None else int(value) if value == int(value) else float(value)
