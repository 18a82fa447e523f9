"""A painted bar chart of what is done against what is asked; every bar also carries its words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from unionclient.ui import theme

MOST = 120.0     # per cent at the right edge; longer bars end there


@dataclass(frozen=True, slots=True)
class Bar:
    """`share` and `aim` in per cent of the whole width's 100; None has no bar, or no mark. `tone` names a colour of the theme."""

    name: str
    share: float | None
    aim: float | None
    words: str
    tone: str


class BarChart(QWidget):
    """Horizontal bars, one for each figure, with a mark where the target stands."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)

    def put(self, bars: Sequence[Bar]) -> None:
        self._bars = tuple(bars)
        self.setAccessibleDescription("；".join(f"{bar.name} {bar.words}" for bar in self._bars))
        self.updateGeometry()
        self.update()

    @property
    def bars(self) -> tuple[Bar, ...]:
        return self._bars

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return QSize(320, self._row() * len(self._bars) + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, self._row() * len(self._bars) + 8)

    def _row(self) -> int:
        return self.fontMetrics().height() + 18

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, bar in enumerate(self._bars):
            self._paint(painter, bar, at * self._row())
        painter.end()

    def _paint(self, painter: QPainter, bar: Bar, top: int) -> None:
        tones, letters = theme.tones(), self.fontMetrics()
        width, text_high, thick = self.width() - 4.0, letters.height(), 8.0
        line = QRectF(0, top, width, text_high)
        words = letters.horizontalAdvance(bar.words) + 10
        painter.setPen(QColor(tones.text))
        painter.drawText(line.adjusted(0, 0, -words, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                         letters.elidedText(bar.name, Qt.TextElideMode.ElideRight, int(width - words)))
        painter.setPen(QColor(getattr(tones, bar.tone)))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, bar.words)
        track = QRectF(0, top + text_high + 2, width, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tones.line))
        painter.drawRoundedRect(track, 4, 4)
        if bar.share is not None:
            painter.setBrush(QColor(getattr(tones, bar.tone)))
            painter.drawRoundedRect(QRectF(0, track.top(), max(min(bar.share, MOST) / MOST * width, 2), thick), 4, 4)
        if bar.aim is not None:
            x = min(bar.aim, MOST) / MOST * width
            painter.setPen(QPen(QColor(tones.text), 2))
            painter.drawLine(int(x), int(track.top() - 3), int(x), int(track.bottom() + 3))
