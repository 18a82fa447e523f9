"""The district's report on paper: the figures in one table, a painted chart by street for each aimed figure, and what was found.

A4 upright, grey only: a bar's length and the number beside it say the same. Same contents, same bytes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from unionclient.definition.ledger import Ledger, PrintForm
from unionclient.definition.words import _, marked
from unionclient.printing import frame, typeset
from unionclient.printing.fonts import HEI_BOLD, SONG
from unionclient.printing.painter import A4, MARGIN, Painter
from unionclient.printing.printer import write_whole
from unionclient.printing.sheet import Job, PrintContext
from unionclient.printing.table import Column, Table

_LATER = 24.0
_COLUMNS = (("id", marked("编号"), 17.0, "left"), ("title", marked("指标"), 54.0, "left"), ("done", marked("完成情况"), 43.0, "right"),
            ("target", marked("目标"), 20.0, "right"), ("state", marked("状态"), 22.0, "left"), ("change", marked("与上期比"), 34.0, "right"))
_CHART_HIGH, _CHARTS_ACROSS, _GAP = 62.0, 2, 6.0
_NAME, _NUMBER = 17.0, 15.0             # room for a street's name and for its number at the right
_NOTE_STEP, _NOTE_SIZE = 5.2, 9.5


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in the table, as shown text; `heading` opens a group where it differs from the row above."""

    id: str
    title: str
    done: str
    target: str
    state: str
    change: str
    heading: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One body in a chart: `length` None where it has no value, `shown` the number behind the bar."""

    name: str
    length: float | None
    shown: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure by street; `aim` is where the target line stands, in the measure of the bars, or None. `full` is the right end."""

    title: str
    bars: Sequence[Bar]
    aim: float | None
    aim_text: str
    full: float


@dataclass(frozen=True, slots=True)
class Report:
    """What the report says: lead lines under the title, table, charts, and paragraphs of findings by heading."""

    title: str
    lead: Sequence[str]
    rows: Sequence[Row]
    charts: Sequence[Chart]
    findings: Sequence[tuple[str, Sequence[str]]]


def print_report(report: Report, out: Path, *, context: PrintContext) -> Path:
    """Writes the report to `out`; raises PrintError where a font is missing or the file cannot be written."""
    form = PrintForm("BB11", report.title, "K1", "figures", options={"confidential": False})
    job = Job(form, Ledger("figures", report.title, {}), (), context)
    created = f"D:{context.printed_at:%Y%m%d%H%M%S}+08'00'" if context.printed_at else ""
    paper = Painter(landscape=False, title=report.title, author=context.union_name, created=created)
    pages = [*_table_pages(report), *_chart_pages(report.charts), *_finding_pages(report.findings)]
    for number, page in enumerate(pages, 1):
        page(paper)
        frame.foot(paper, job, number, len(pages))
        paper.end_page()
    write_whole(Path(out), paper.finish())
    return Path(out)


Page = Callable[[Painter], None]


def _table_pages(report: Report) -> list[Page]:
    table = Table(tuple(Column(path, _(title), wide, align) for path, title, wide, align in _COLUMNS), MARGIN, size=9.0, row=6.4)
    lines, last = [], None
    for row in report.rows:
        if row.heading != last:
            lines.append(table.total(row.heading, [""] * len(_COLUMNS), label_span=len(_COLUMNS)))
            last = row.heading
        lines.append(table.line((row.id, row.title, row.done, row.target, row.state, row.change)))
    lead = [line for text in report.lead for line in typeset.wrap(text, A4[0] - 2 * MARGIN, SONG, 10.5)]
    top = 28.0 + len(lead) * 5.4
    bottom = A4[1] - frame.FOOT - 2.0
    parts = table.pages(lines, bottom - top - table.head, bottom - _LATER - table.head, 0.0)
    return [partial(_table_page, table=table, lines=part, title=report.title, lead=lead if number == 0 else None, top=top if number == 0 else _LATER)
            for number, part in enumerate(parts)]


def _table_page(paper: Painter, *, table: Table, lines: Sequence, title: str, lead: Sequence[str] | None, top: float) -> None:
    frame.title(paper, title if lead is not None else _("{title}（续）").format(title=title), 17.5, size=18 if lead is not None else 13)
    for number, text in enumerate(lead or ()):
        paper.write(MARGIN, 28.0 + number * 5.4, text, size=10.5)
    table.draw_lines(paper, lines, table.draw_head(paper, top))


# charts -----------------------------------------------------------------------------------------------------------


def _chart_pages(charts: Sequence[Chart]) -> list[Page]:
    room = A4[1] - frame.FOOT - _LATER
    each = _CHARTS_ACROSS * int(room // _CHART_HIGH)
    return [partial(_chart_page, charts=charts[start:start + each]) for start in range(0, len(charts), each)]


def _chart_page(paper: Painter, *, charts: Sequence[Chart]) -> None:
    frame.title(paper, _("各报送单位完成情况"), 17.5, size=15)
    wide = (paper.grid - _GAP) / _CHARTS_ACROSS
    for number, chart in enumerate(charts):
        across, down = number % _CHARTS_ACROSS, number // _CHARTS_ACROSS
        _chart(paper, chart, MARGIN + across * (wide + _GAP), _LATER + down * _CHART_HIGH, wide)


def _chart(paper: Painter, chart: Chart, x: float, y: float, wide: float) -> None:
    title = typeset.fit_line(chart.title, wide, font=HEI_BOLD, size=9.5)
    paper.write(x, y + 4.0, title.lines[0], font=HEI_BOLD, size=title.size)
    left, room = x + _NAME, wide - _NAME - _NUMBER
    top, bottom = y + 6.0, y + _CHART_HIGH - 6.5
    step = (bottom - top) / max(len(chart.bars), 12)
    size = min(7.5, step / typeset.PT * 0.82)
    for number, bar in enumerate(chart.bars):
        middle = top + (number + 0.5) * step
        name = typeset.fit_line(bar.name, _NAME - 1.0, font=SONG, size=size)
        paper.write(left - 1.0, middle + size * 0.13, name.lines[0], size=name.size, align="right")
        long = min(bar.length, chart.full) / chart.full * room if bar.length is not None and chart.full > 0 else 0.0
        if long > 0:
            paper.box(left, middle - step * 0.31, long, step * 0.62, weight=0.2, fill=0.62)
        shown = typeset.fit_line(bar.shown, _NUMBER - 1.0, font=SONG, size=size)
        paper.write(x + wide, middle + size * 0.13, shown.lines[0], size=shown.size, align="right")
    end = top + len(chart.bars) * step
    paper.line(left, top, left, end, weight=0.5)
    if chart.aim is not None and 0 < chart.aim <= chart.full:
        at = left + chart.aim / chart.full * room
        paper.line(at, top - 0.6, at, end + 0.6, weight=0.7, dash=(2, 1.5))
        paper.write(at, end + 3.2, chart.aim_text, size=7.0, align="center")


# findings ---------------------------------------------------------------------------------------------------------


def _finding_pages(findings: Sequence[tuple[str, Sequence[str]]]) -> list[Page]:
    lines: list[tuple[str, bool]] = []
    for heading, paragraphs in findings:
        lines.append((heading, True))
        for number, text in enumerate(paragraphs, 1):
            lines += [(line, False) for line in typeset.wrap(_("{number}．{text}").format(number=number, text=text), A4[0] - 2 * MARGIN, SONG, _NOTE_SIZE)]
    each = int((A4[1] - frame.FOOT - _LATER - 4.0) // _NOTE_STEP)
    return [partial(_finding_page, lines=lines[start:start + each]) for start in range(0, len(lines), each)]


def _finding_page(paper: Painter, *, lines: Sequence[tuple[str, bool]]) -> None:
    frame.title(paper, _("需要说明的问题"), 17.5, size=15)
    for number, (text, heading) in enumerate(lines):
        paper.write(MARGIN, _LATER + 4.0 + number * _NOTE_STEP, text, font=HEI_BOLD if heading else SONG, size=10.5 if heading else _NOTE_SIZE)
