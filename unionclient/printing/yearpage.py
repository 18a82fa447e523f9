"""The year on one A4 page: every aimed figure with target, done, rate, a painted bar and its state; the others below, smaller.

One page, whatever there is: rows shrink together. Printed in grey, so a state is told by sign and words. The readings chosen
are the footnotes.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from unionclient.definition.ledger import Ledger, PrintForm
from unionclient.definition.words import _, marked
from unionclient.printing import frame, typeset
from unionclient.printing.fonts import HEI_BOLD, SONG
from unionclient.printing.painter import A4, HEAD_GREY, MARGIN, Painter
from unionclient.printing.printer import write_whole
from unionclient.printing.sheet import Job, PrintContext
from unionclient.printing.typeset import PT

TITLE = marked("工会工作指标年度一览表")
MOST = 120.0                            # per cent at the right end of a bar; longer ones end there
SIGNS = {"met": "√", "behind": "△", "below": "×", "wrong": "×", "none": ""}
STATES = {"met": marked("已达标"), "behind": marked("落后进度"), "below": marked("未达标"), "wrong": marked("数据有误"), "none": "—"}
ON_TIME = marked("○进度正常")
_GAP, _TOP, _HEAD = 5.0, 30.0, 6.0
_WIDTHS = (("number", 11.5), ("title", 0.0), ("done", 17.0), ("target", 15.5), ("rate", 13.0), ("bar", 20.0), ("state", 15.5))
_TITLES = {"number": marked("编号"), "title": marked("指标"), "done": marked("完成"), "target": marked("目标"), "rate": marked("完成率"),
           "bar": marked("进度"), "state": marked("状态")}
_NOTE_SIZE, _NOTE_STEP, _MARK_SIZE = 6.5, 3.0, 4.5
_OTHER_COLUMNS, _OTHER_STEP = 4, 0.66   # figures without a target: columns, height of a row against that of an aimed one
_ROOM_OF_NOTES = 0.28                   # of the page's height, at most


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as the page shows it; `share`, `aim` and `pace` in per cent, None for none. `rests_on` are ids of readings."""

    id: str
    title: str
    group: str
    target: str
    done: str
    rate: str
    share: float | None
    aim: float | None
    pace: float | None
    state: str
    on_time: bool
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading the street chose, printed as a footnote."""

    id: str
    title: str
    words: str


def print_year(lines: Sequence[Line], readings: Sequence[Reading], out: Path, *, context: PrintContext) -> Path:
    """Writes the page to `out`; raises PrintError where a font is missing or the file cannot be written."""
    title = _(TITLE)
    form = PrintForm("BB02", title, "K1", "figures", landscape=True, options={"confidential": False})
    job = Job(form, Ledger("figures", title, {}), (), context)
    created = f"D:{context.printed_at:%Y%m%d%H%M%S}+08'00'" if context.printed_at else ""
    paper = Painter(landscape=True, title=title, author=context.union_name, created=created)
    _draw(paper, job, lines, readings)
    frame.foot(paper, job, 1, 1)
    paper.end_page()
    write_whole(Path(out), paper.finish())
    return Path(out)


def _draw(paper: Painter, job: Job, lines: Sequence[Line], readings: Sequence[Reading]) -> None:
    frame.title(paper, job.form.title, 17.5)
    frame.three(paper, (_("填报单位：{union}").format(union=job.context.union_name), _("统计期间：{period}").format(period=job.context.period_text),
                        _("进度条：竖线为目标，下方尖角为时间进度")), 26.5)
    notes = _notes(readings, paper.grid)
    bottom = A4[0] - frame.FOOT - len(notes) * _NOTE_STEP - 3.0
    marks = {reading.id: f"{number}" for number, reading in enumerate(readings, 1)}
    aimed = [line for line in lines if line.aim is not None]
    others = [line for line in lines if line.aim is None]
    columns = _columns(aimed) if aimed else []
    most = max((sum(2 if heading else 1 for heading, _ in column) for column in columns), default=0)
    below = math.ceil(len(others) / _OTHER_COLUMNS)
    step = min((bottom - _TOP - _HEAD) / (most + (1.3 + below * _OTHER_STEP if others else 0)), 5.6)
    wide = (paper.grid - _GAP) / 2
    for number, column in enumerate(columns):
        _column(paper, column, MARGIN + number * (wide + _GAP), wide, step, marks)
    if others:
        _others(paper, others, _TOP + (_HEAD + (most + 0.3) * step if columns else 0.0), step, below)
    for number, text in enumerate(notes):
        paper.write(MARGIN, bottom + 4.5 + number * _NOTE_STEP, text, size=_NOTE_SIZE)


def _others(paper: Painter, lines: Sequence[Line], y: float, step: float, rows: int) -> None:
    """Figures without a target: number, title and value, in narrow columns read downwards."""
    size, high, wide = min(8.5, step / PT / 1.35), step * _OTHER_STEP, paper.grid / _OTHER_COLUMNS
    paper.box(MARGIN, y, paper.grid, step, weight=0.5, fill=0.95)
    _text(paper, _("其他指标（没有区下达的目标）"), MARGIN, y, paper.grid, step, font=HEI_BOLD, size=size)
    y += step
    small = min(7.5, high / PT / 1.25)
    for at, line in enumerate(lines):
        x, top = MARGIN + at // rows * wide, y + at % rows * high
        _text(paper, line.id, x, top, 11.0, high, size=small)
        _text(paper, line.title, x + 11.0, top, wide - 26.0, high, size=small)
        _text(paper, line.done if line.rate == "—" else line.rate, x + wide - 15.0, top, 14.0, high, size=small, align="right")
    for number in range(1, _OTHER_COLUMNS):
        paper.line(MARGIN + number * wide, y, MARGIN + number * wide, y + rows * high, weight=0.2)
    paper.box(MARGIN, y, paper.grid, rows * high, weight=0.5)


def _columns(lines: Sequence[Line]) -> list[list[tuple[str, Line]]]:
    """Two columns of (heading or "", line), cut where they are about equally long; a heading opens each group."""
    told: list[tuple[str, Line]] = []
    last = None
    for line in lines:
        told.append((line.group if line.group != last else "", line))
        last = line.group
    half = math.ceil(sum(2 if heading else 1 for heading, _ in told) / 2)
    first: list[tuple[str, Line]] = []
    room = half
    while told and room > 0:
        room -= 2 if told[0][0] else 1
        first.append(told.pop(0))
    if told and not told[0][0]:
        told[0] = (_("{group}（续）").format(group=told[0][1].group), told[0][1])
    return [first, told] if told else [first]


def _column(paper: Painter, lines: Sequence[tuple[str, Line]], left: float, wide: float, step: float, marks: dict[str, str]) -> None:
    places, x = {}, left
    rest = wide - sum(width for _, width in _WIDTHS)
    for name, width in _WIDTHS:
        places[name] = (x, width or rest)
        x += width or rest
    paper.box(left, _TOP, wide, _HEAD, fill=HEAD_GREY)
    for name, (at, width) in places.items():
        _text(paper, _(_TITLES[name]), at, _TOP, width, _HEAD, font=HEI_BOLD, size=8.5, align="center")
    y = _TOP + _HEAD
    size = min(8.5, step / PT / 1.35)
    for heading, line in lines:
        if heading:
            paper.box(left, y, wide, step, weight=0.3, fill=0.95)
            _text(paper, heading, left, y, wide, step, font=HEI_BOLD, size=size)
            y += step
        _row(paper, line, places, y, step, size, marks)
        paper.line(left, y + step, left + wide, y + step, weight=0.3)
        y += step
    for at in (left, left + wide):
        paper.line(at, _TOP, at, y, weight=0.5)


def _row(paper: Painter, line: Line, places: dict[str, tuple[float, float]], y: float, high: float, size: float, marks: dict[str, str]) -> None:
    alarm = line.state in ("behind", "below", "wrong") and not line.on_time
    state = _(ON_TIME) if line.on_time else f"{SIGNS[line.state]}{_(STATES[line.state])}"
    texts = {"number": (line.id, "left"), "done": (line.done, "right"), "target": (line.target, "right"),
             "rate": (line.rate, "right"), "state": (state, "left")}
    for name, (text, align) in texts.items():
        at, width = places[name]
        _text(paper, text, at, y, width, high, font=HEI_BOLD if name == "state" and alarm else SONG, size=size, align=align)
    at, width = places["title"]
    noted = ",".join(marks[name] for name in line.rests_on if name in marks)
    room = typeset.width(noted, SONG, _MARK_SIZE) + 0.4 if noted else 0.0
    end = _text(paper, line.title, at, y, width - room, high, size=size)
    if noted:
        paper.write(end + 0.3, y + high * 0.45, noted, size=_MARK_SIZE)
    at, width = places["bar"]
    _bar(paper, line, at + 1.0, y, width - 2.0, high)


def _bar(paper: Painter, line: Line, x: float, y: float, wide: float, high: float) -> None:
    thick = min(high * 0.46, 2.4)
    top = y + (high - thick) / 2
    paper.box(x, top, wide, thick, weight=0.2, fill=1.0)
    if line.share:
        paper.box(x, top, min(line.share, MOST) / MOST * wide, thick, weight=0.2, fill=0.72 if line.state == "met" else 0.45)
    if line.aim is not None:
        at = x + min(line.aim, MOST) / MOST * wide
        paper.line(at, top - 0.7, at, top + thick + 0.7, weight=0.9)
    if line.pace is not None and line.pace < 100:
        at = x + line.pace / MOST * wide
        paper.line(at, top + thick, at - 0.7, top + thick + 1.0, weight=0.5)
        paper.line(at, top + thick, at + 0.7, top + thick + 1.0, weight=0.5)


def _text(paper: Painter, text: str, x: float, y: float, wide: float, high: float, *, font: str = SONG, size: float,
          align: str = "left") -> float:
    """Writes one line, shrunk to its place; what does not fit at the least size is cut with an ellipsis. Its right edge."""
    room = wide - 1.6
    while typeset.width(text, font, size) > room and size > 4.5:
        size -= 0.25
    while typeset.width(text, font, size) > room and len(text) > 2:
        text = f"{text[:-2]}…"
    at = {"left": x + 0.8, "center": x + wide / 2, "right": x + wide - 0.8}[align]
    paper.write(at, y + high / 2 + 0.36 * size * PT, text, font=font, size=size, align=align)
    return x + 0.8 + typeset.width(text, font, size) if align == "left" else x + wide


def _notes(readings: Sequence[Reading], grid: float) -> tuple[str, ...]:
    told = "　".join(_("{number} {title}：{words}").format(number=number, title=reading.title, words=reading.words) for number, reading in enumerate(readings, 1))
    text = _("口径：{readings}。　* 为按全区目标平均的建议数。").format(readings=told) if told else _("* 为按全区目标平均的建议数。")
    lines = typeset.wrap(text, grid, SONG, _NOTE_SIZE)
    return tuple(lines[:int(_ROOM_OF_NOTES * A4[0] / _NOTE_STEP)])
