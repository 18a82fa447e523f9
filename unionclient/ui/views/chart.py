"""Painted charts: a bar to its target with the mark of the time gone, a small line, and the course of a year.

Whatever a chart tells by colour or place it also tells in words, on screen and to a screen reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from unionclient.definition.text import behind
from unionclient.ui import theme
from unionclient.definition.words import _

MOST = 120.0     # per cent at the right edge of a bar; longer ones end there


@dataclass(frozen=True, slots=True)
class Bar:
    """`share`, `aim` and `pace` in per cent; None has no bar, or no mark. `tone` names a colour of the theme."""

    share: float | None
    aim: float | None
    pace: float | None
    tone: str


def paint_bar(painter: QPainter, rect: QRectF, bar: Bar) -> None:
    """The bar in the middle of `rect`: a stroke where the target stands, a peak below where the time gone stands."""
    tones, thick = theme.tones(), min(rect.height(), 9.0)
    track = QRectF(rect.left(), rect.center().y() - thick / 2, rect.width(), thick)
    painter.setPen(QPen(QColor(tones.line), 1))
    painter.setBrush(QColor(tones.stripe))
    painter.drawRoundedRect(track, 3, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    if bar.share is not None:
        painter.setBrush(QColor(getattr(tones, bar.tone)))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(_place(bar.share, track.width()), 2.0), thick), 3, 3)
    if bar.pace is not None and bar.pace < 100:
        x = track.left() + _place(bar.pace, track.width())
        painter.setBrush(QColor(tones.text))
        painter.drawPolygon(QPolygonF([QPointF(x, track.bottom()), QPointF(x - 3.5, track.bottom() + 5), QPointF(x + 3.5, track.bottom() + 5)]))
    if bar.aim is not None:
        x = track.left() + _place(bar.aim, track.width())
        painter.setPen(QPen(QColor(tones.text), 2))
        painter.drawLine(QPointF(x, track.top() - 3), QPointF(x, track.bottom() + 3))


def paint_line(painter: QPainter, rect: QRectF, values: Sequence[float | None]) -> None:
    """A small line through the values there are, from the least to the greatest of them; the last one as a point."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return
    low, high = min(0.0, *(v for _, v in known)), max(v for _, v in known)
    wide, tall = rect.width() / max(len(values) - 1, 1), rect.height()
    points = [QPointF(rect.left() + at * wide, rect.bottom() - (tall * (value - low) / (high - low) if high > low else 0.0)) for at, value in known]
    painter.setPen(QPen(QColor(theme.tones().accent), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(points))
    painter.setBrush(QColor(theme.tones().accent))
    painter.drawEllipse(points[-1], 2.2, 2.2)


def _place(share: float, width: float) -> float:
    return min(max(share, 0.0), MOST) / MOST * width


@dataclass(frozen=True, slots=True)
class Course:
    """A figure through the year: one value for each label (None: still to come), the target's height, and what is counted.

    `even` draws the way to the target that the time asks for, from zero to the target at the year's end.
    """

    title: str
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    aim: float | None
    unit: str
    even: bool = False


class CourseChart(QWidget):
    """The line of a year with its target; empty until `put`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.course: Course | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def put(self, course: Course | None) -> None:
        self.course = course
        told = [] if course is None else [f"{label} {_number(value)}{behind(course.unit)}" for label, value in
                                          zip(course.labels, course.values, strict=True) if value is not None]
        aim = [] if course is None or course.aim is None else [_("目标 {n}").format(n=f"{_number(course.aim)}{behind(course.unit)}")]
        self.setAccessibleDescription(_("；").join(([course.title] if course else []) + aim + told))
        self.setToolTip("\n".join(told))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(320, 170)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(220, 110)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        if self.course is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, self.course)
        painter.end()

    def _paint(self, painter: QPainter, course: Course) -> None:
        tones, letters = theme.tones(), self.fontMetrics()
        known = [value for value in course.values if value is not None]
        top = max([*known, course.aim or 0.0, 1.0])
        margin = max(letters.horizontalAdvance(f"{_number(top)}{behind(course.unit)}"), letters.horizontalAdvance("0")) + 8
        area = QRectF(margin, letters.height() / 2 + 2, self.width() - margin - 14, self.height() - 1.6 * letters.height() - 8)
        wide = area.width() / max(len(course.labels) - 1, 1)
        painter.setPen(QColor(tones.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(tones.muted))
        for height in dict.fromkeys((0.0, course.aim if course.aim is not None else top)):
            y = area.bottom() - area.height() * height / top
            painter.drawText(QRectF(0, y - letters.height() / 2, margin - 6, letters.height()), Qt.AlignmentFlag.AlignRight, f"{_number(height)}{behind(course.unit)}")
        self._paint_labels(painter, course, area, wide)
        if course.aim is not None:
            y = area.bottom() - area.height() * course.aim / top
            painter.setPen(QPen(QColor(tones.text), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            if course.even:
                painter.setPen(QPen(QColor(tones.faint), 1.2, Qt.PenStyle.DotLine))
                painter.drawLine(area.bottomLeft(), QPointF(area.right(), y))
        points = [QPointF(area.left() + at * wide, area.bottom() - area.height() * value / top)
                  for at, value in enumerate(course.values) if value is not None]
        painter.setPen(QPen(QColor(tones.accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(tones.accent))
        for point in points:
            painter.drawEllipse(point, 3, 3)
        self._paint_last(painter, course, points, area)

    def _paint_labels(self, painter: QPainter, course: Course, area: QRectF, wide: float) -> None:
        """As many labels as fit, always the first and the last."""
        letters = self.fontMetrics()
        each = max(1, -(-(max(letters.horizontalAdvance(label) for label in course.labels) + 4) // max(int(wide), 1)))
        for at, label in enumerate(course.labels):
            if at % each == 0 and (len(course.labels) - 1 - at >= each or at == len(course.labels) - 1) or at == len(course.labels) - 1:
                across = letters.horizontalAdvance(label) + 4
                left = min(area.left() + at * wide - across / 2, self.width() - across)
                painter.drawText(QRectF(left, area.bottom() + 5, across, letters.height()), Qt.AlignmentFlag.AlignHCenter, label)

    def _paint_last(self, painter: QPainter, course: Course, points: list[QPointF], area: QRectF) -> None:
        """The last value in words beside its point."""
        known = [value for value in course.values if value is not None]
        if not known:
            return
        letters, words = self.fontMetrics(), f"{_number(known[-1])}{behind(course.unit)}"
        wide, last = letters.horizontalAdvance(words) + 4, points[-1]
        x = min(max(last.x() - wide / 2, area.left()), self.width() - wide)
        y = last.y() - letters.height() - 6 if last.y() - letters.height() - 6 > 0 else last.y() + 6
        back = QColor(theme.tones().surface)
        back.setAlpha(215)
        painter.fillRect(QRectF(x, y, wide, letters.height()), back)
        painter.setPen(QColor(theme.tones().text))
        painter.drawText(QRectF(x, y, wide, letters.height()), Qt.AlignmentFlag.AlignCenter, words)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
