"""Work lists and the year's page on their way to screen, workbook and paper."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import Period, read_period
from unionclient.assessment.worklist import work_rows
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Field, FormColumn, Ledger, PrintForm
from unionclient.definition.words import _, marked
from unionclient.store import changelog
from unionclient.store.database import Store
from unionclient.workspace import choosing, counting
from unionclient.workspace.naming import Names

_COLUMNS = (("name", marked("名称"), 34, 62.0), ("unit", marked("单位"), 30, 52.0), ("community", marked("社区"), 16, 30.0), ("why", marked("缺什么"), 44, 0.0))


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One record to be worked on, in words; `unit` is "" where the record is the unit itself."""

    record: str
    name: str
    unit: str
    community: str
    why: str


@dataclass(frozen=True, slots=True)
class WorkPage:
    """The work list of a figure; `ledger` is "" where a figure can name nobody."""

    figure: str
    title: str
    period: str
    ledger: str
    lines: tuple[WorkLine, ...]


def work_page(store: Store, names: Names, figure: str, code: str) -> WorkPage:
    """The work list of `figure` with names for its ids."""
    period = read_period(code)
    found = work_rows(counting.reading_for(store, period), store.library, figure, period)
    lines = []
    for todo in found.rows:
        unit = "" if todo.unit == todo.record else names.label("unit", todo.unit) or names.label("union_org", todo.union)
        name = names.label(found.ledger, todo.record)
        lines.append(WorkLine(todo.record, name, "" if unit == name else unit, todo.community or "", todo.why))
    return WorkPage(figure, found.title, period.label, found.ledger, tuple(lines))


def export(page: WorkPage, path: Path) -> int:
    """The list as a workbook; returns the number of rows."""
    from unionclient.sheets.writer import write_ledger

    columns = _filled(page)
    fields = [Field(name, _(title), width=width) for name, title, width, _wide in columns]
    rows = [[getattr(line, name) or None for name, *_rest in columns] for line in page.lines]
    write_ledger(path, page.title, [field.title for field in fields], fields, rows, banner=_("{title}（{period}）").format(title=page.title, period=page.period))
    return len(rows)


def print_roster(store: Store, page: WorkPage, period: Period, out: Path) -> Path:
    """The list as a roster, with room for what was done about it."""
    from unionclient.printing.printer import print_form
    from unionclient.printing.sheet import PrintRow

    if not page.lines:
        raise UnionClientError(_("名单是空的，没有可以打印的。"), "", _("请另选一项指标。"))
    columns = _filled(page)
    ledger = Ledger("worklist", page.title, {name: Field(name, _(title)) for name, title, *_rest in columns})
    form = PrintForm("GZ01", page.title, "K1", "worklist",
                     tuple(FormColumn(name, _(title), wide) for name, title, _width, wide in columns), landscape=True,
                     options={"confidential": False, "unit": _("个")})
    rows = [PrintRow({name: getattr(line, name) for name, *_rest in columns}) for line in page.lines]
    return print_form(form, ledger, rows, out, context=_context(store, period))


def print_year(store: Store, figures: Sequence[Figure], period: Period, out: Path) -> Path:
    """All figures on one page; see `printing.yearpage`."""
    from unionclient.printing import yearpage

    used = {name for figure in figures for name in figure.rests_on}
    readings = tuple(yearpage.Reading(c.setting.id, c.setting.title, c.words) for c in choosing.choices(store) if c.setting.id in used)
    bars = tuple(yearpage.Line(f.id, f.title, heading, *_bar(f), f.rests_on)
                 for heading, members in counting.by_group(figures) for f in members)
    return yearpage.print_year(bars, readings, out, context=_context(store, period))


def _bar(figure: Figure) -> tuple[Any, ...]:
    """(target, done, rate, share, aim, pace, state, on time) of a line; shares in per cent of the target or of the whole."""
    done = str(figure.numerator if figure.year_to_date is None else figure.year_to_date) if figure.kind == "C" else \
        f"{figure.numerator}/{figure.denominator}" if figure.denominator else "—"
    rate = figure.done_rate if figure.kind == "C" else figure.value
    aim = None if figure.target is None else 100.0 if figure.kind == "C" else float(figure.target)
    return (figure.target_brief, done, "—" if rate is None else f"{rate}%", None if rate is None else float(rate), aim,
            None if figure.pace is None else float(figure.pace), "wrong" if figure.problem else figure.state, figure.on_time)


def _filled(page: WorkPage) -> list[tuple[str, str, int, float]]:
    """The columns that say anything on this list."""
    return [column for column in _COLUMNS if column[0] in ("name", "why") or any(getattr(line, column[0]) for line in page.lines)]


def _context(store: Store, period: Period) -> Any:
    from unionclient.printing.sheet import PrintContext

    code = store.library.codes["street"].codes[store.setting("street") or ""]
    return PrintContext(street_name=code.title, union_name=_("{street}总工会").format(street=code.title), period_text=period.label,
                        officer=store.setting("officer") or "", printed_at=dt.datetime.now(), log_head=changelog.head(store.connection)[1])
