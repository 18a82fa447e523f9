"""The table of the figures: gathered under the parts of the work programme, with painted bar and line in each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from unionclient.definition.issue import Level
from unionclient.ui import theme
from unionclient.ui.views.chart import Bar, paint_bar, paint_line
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

PROPOSED = _("（建议）")


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names the figures below it."""

    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A figure and its course by quarter for the small line, empty until it has been worked out."""

    figure: Any
    course: list[float | None]


class FigureTable(ListTable):
    """`put_groups` shows figures under headings; `figure` is the one picked, if any."""

    def __init__(self, parent: QWidget) -> None:
        columns = [Column(_("指标"), 0, _own(_title)), Column(_("走势"), 5, _own(_course)), Column(_("进度"), 7, _own(_progress)),
                   Column(_("本期"), 6, _own(_now), right=True), Column(_("累计"), 4, _own(_so_far), right=True),
                   Column(_("目标"), 8, _own(_target), right=True), Column(_("完成率"), 5, _own(_rate), right=True),
                   Column(_("状态"), 8, _own(_state))]
        super().__init__(columns, _("指标"), parent)
        self.setSortingEnabled(False)
        self.setItemDelegate(_Painted(self))

    def put_groups(self, groups: Sequence[tuple[str, Sequence[Row]]]) -> None:
        rows: list[Heading | Row] = []
        for heading, members in groups:
            rows += [Heading(heading), *members]
        self.clearSpans()
        self.put(rows)
        for at, row in enumerate(rows):
            if isinstance(row, Heading):
                self.setSpan(at, 0, 1, len(self.rows.columns))

    @property
    def figure(self) -> Any:
        return next((row.figure for row in self.picks() if isinstance(row, Row)), None)

    def choose(self, figure: str | None) -> bool:
        """Select a figure by its id."""
        for at, row in enumerate(self.rows.items):
            if isinstance(row, Row) and row.figure.id == figure:
                self.selectRow(at)
                return True
        return False

    def first(self) -> str | None:
        return next((row.figure.id for row in self.rows.items if isinstance(row, Row)), None)


class _Painted(QStyledItemDelegate):
    """Draws headings, bars and lines; everything else as usual."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        row = self.parent().rows.item(index.row())
        if isinstance(row, Heading):
            _paint_heading(painter, option.rect, row.text, option)
            return
        super().paint(painter, option, index)
        drawn = {1: _draw_course, 2: _draw_bar}.get(index.column())
        if drawn:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawn(painter, QRectF(option.rect).adjusted(8, 7, -8, -7), row)
            painter.restore()

    def displayText(self, value: Any, locale: Any) -> str:  # noqa: N802 (Qt's name)
        """Bars and lines have words for screen readers only."""
        return "" if str(value).startswith(_SPOKEN) else super().displayText(value, locale)


_SPOKEN = "\u200b"     # before the words of a painted cell: they are spoken, not drawn


def _paint_heading(painter: QPainter, rect: QRect, text: str, option: QStyleOptionViewItem) -> None:
    tones = theme.tones()
    painter.save()
    painter.fillRect(rect, QColor(tones.chosen if option.state & QStyle.StateFlag.State_Selected else tones.stripe))
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(tones.on_chosen if option.state & QStyle.StateFlag.State_Selected else tones.text))
    painter.drawText(rect.adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def _draw_bar(painter: QPainter, rect: QRectF, row: Row) -> None:
    paint_bar(painter, rect, bar_of(row.figure))


def _draw_course(painter: QPainter, rect: QRectF, row: Row) -> None:
    paint_line(painter, rect, row.course)


def bar_of(figure: Any) -> Bar:
    """Counts against their target, rates against the whole."""
    share = figure.done_rate if figure.kind == "C" else figure.value
    aim = None if figure.target is None else 100.0 if figure.kind == "C" else float(figure.target)
    return Bar(None if share is None else float(share), aim, None if figure.pace is None else float(figure.pace), tone_of(figure) or "accent")


def tone_of(figure: Any) -> str:
    if figure.state == "met":
        return "good"
    return "block" if figure.alarm else "hint" if figure.on_time else ""


def rate_words(figure: Any) -> str:
    rate = figure.done_rate if figure.kind == "C" else figure.value
    return "—" if rate is None else f"{rate}%"


def _own(show: Callable[[Row], Cell]) -> Callable[[Any], Cell]:
    """A heading shows its text in the first column only; that spans all."""
    def shown(row: Any) -> Cell:
        return show(row) if isinstance(row, Row) else Cell(row.text)
    return shown


def _title(row: Row) -> Cell:
    return Cell(f"{row.figure.id}　{row.figure.title}", tip=row.figure.title)


def _course(row: Row) -> Cell:
    told = [_("第{n}季度 {v}").format(n=n, v=f"{value:g}") for n, value in enumerate(row.course, 1) if value is not None]
    return Cell(_SPOKEN + _("；").join(told), tip="\n".join(told))


def _progress(row: Row) -> Cell:
    told = [_("完成率 {r}").format(r=rate_words(row.figure))]
    if row.figure.pace is not None:
        told.append(_("时间进度 {p}%").format(p=row.figure.pace))
    return Cell(_SPOKEN + _("；").join(told), tip="\n".join(told))


def _target(row: Row) -> Cell:
    figure = row.figure
    return Cell(figure.target_brief.removesuffix("*") + PROPOSED if figure.target_proposed else figure.target_text)


def _now(row: Row) -> Cell:
    figure = row.figure
    if figure.kind == "C":
        return Cell(f"{figure.numerator} {figure.unit}")
    return Cell(f"{figure.numerator}/{figure.denominator}" if figure.denominator or figure.numerator else "—")


def _so_far(row: Row) -> Cell:
    return Cell("" if row.figure.year_to_date is None else str(row.figure.year_to_date))


def _rate(row: Row) -> Cell:
    return Cell(rate_words(row.figure))


def _state(row: Row) -> Cell:
    """Sign and words tell the state; the colour only repeats it."""
    figure, tone = row.figure, tone_of(row.figure)
    if figure.state == "met":
        return Cell(figure.state_text, icon="check", tone=tone)
    mark = Level.HINT if figure.on_time else Level.BLOCK if figure.problem else {"behind": Level.EXPLAIN, "below": Level.BLOCK}.get(figure.state)
    return Cell(figure.state_text, mark=mark, tone=tone, tip=figure.problem)
