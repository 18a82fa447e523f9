"""Draws the cells of a grid: grounds, lines, texts and marks of the rows in sight, in one go.

Qt's own way asks the model seven times for every cell and has the style sheet draw each by itself: four times as long for
a page. Limits: rows are of one height; text is one line. An open input is a widget above its cell and draws itself.
"""

from typing import Any

from PySide6.QtCore import QItemSelection, QLine, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHeaderView, QTableView

from unionclient.ui import theme
from unionclient.ui.grid.paint import MARK

_EDGE = 7          # pixels between a cell's edge and its text
_KEPT = 20_000     # fitted texts remembered
_RIGHT, _CENTER = int(Qt.AlignmentFlag.AlignRight), int(Qt.AlignmentFlag.AlignHCenter)

Column = tuple[int, int, int]
"""(column, left edge, width) in pixels of the viewport."""


class Drawing:
    """One for each view. `draw` answers its paint event."""

    def __init__(self, view: QTableView) -> None:
        self._view = view
        self._model: Any = None
        self._fitted: dict[tuple[str, int, int], tuple[str, int]] = {}      # of (text, room, alignment), for one font
        self._font = ""
        self._pens: tuple[QPen, QPen] = (QPen(), QPen())                    # of plain and of selected cells
        self._marked = QColor()
        self._height = self._down = self._wide = 0

    def draw(self, event: QPaintEvent, *, cursor: bool) -> None:
        """The cells within the event's region; `cursor`: a frame around the current one."""
        view, area = self._view, event.rect()
        view.executeDelayedItemsLayout()
        tones = theme.tones()
        painter = QPainter(view.viewport())
        painter.fillRect(area, QColor(tones.surface))
        rows, columns = self._rows(area), self._columns(area)
        if rows and columns:
            self._model = view.model()
            self._measure(painter)
            top = view.rowViewportPosition(rows.start)
            painter.setPen(QColor(tones.line))
            painter.drawLines(_lines(len(rows), columns, top, self._height))
            chosen = _chosen(view.selectionModel().selection(), rows)
            for row in rows:
                self._row(painter, row, columns, top + (row - rows.start) * self._height, chosen.get(row, []))
            if cursor:
                self._cursor(painter)
        painter.end()

    def _measure(self, painter: QPainter) -> None:
        """What all cells share: colours, height, where the text stands."""
        tones, letters = theme.tones(), painter.fontMetrics()
        self._pens = (QPen(QColor(tones.text)), QPen(QColor(tones.on_chosen)))
        self._marked = QColor(tones.chosen)
        self._height = self._view.verticalHeader().defaultSectionSize()
        self._down = (self._height - 1 - letters.height()) // 2 + letters.ascent()
        self._wide = letters.horizontalAdvance("宽")
        font = painter.font().key()
        if font != self._font or len(self._fitted) > _KEPT:
            self._fitted.clear()
            self._font = font

    def _rows(self, area: QRect) -> range:
        first, last = self._view.rowAt(area.top()), self._view.rowAt(area.bottom())
        if first < 0:
            return range(0)
        return range(first, (last if last >= 0 else self._view.model().rowCount() - 1) + 1)

    def _columns(self, area: QRect) -> list[Column]:
        view, last = self._view, self._view.model().columnCount() - 1
        first, end = view.columnAt(area.left()), view.columnAt(area.right())
        spans = ((c, view.columnViewportPosition(c), view.columnWidth(c)) for c in range(first, (end if end >= 0 else last) + 1) if first >= 0)
        return [span for span in spans if span[2]]

    def _row(self, painter: QPainter, row: int, columns: list[Column], y: int, spans: list[tuple[int, int]]) -> None:
        """Grounds, marks and texts of one row."""
        model, pens, height, down = self._model, self._pens, self._height, self._down
        texts, marks = model.line(row)
        plain, write = pens[0], painter.drawText
        painter.setPen(plain)
        for column, x, width in columns:
            room = width - 2 * _EDGE
            held = bool(spans) and any(left <= column <= right for left, right in spans)
            level = marks.get(column)
            if held:
                painter.fillRect(x, y, width - 1, height - 1, self._marked)
            elif level is not None and column and (tint := model.paints.tint(level)):
                painter.fillRect(x, y, width - 1, height - 1, tint)
            if level is not None:
                at = x + (width - MARK) // 2 if column == 0 else x + width - MARK - _EDGE + 2
                painter.drawPixmap(at, y + (height - 1 - MARK) // 2, model.paints.stamp(level))
                room -= MARK
            text = texts[column]
            if text is None:
                text = model.text(row, column)
            if text:
                moved = 0
                align = model.aligned[column] & (_RIGHT | _CENTER)
                if align or len(text) * self._wide > room or "\n" in text:
                    key = (text, room, align)
                    if key not in self._fitted:
                        self._fitted[key] = _fit(painter.fontMetrics(), *key)
                    text, moved = self._fitted[key]
                if spans:
                    painter.setPen(pens[held])
                write(x + _EDGE + moved, y + down, text)

    def _cursor(self, painter: QPainter) -> None:
        """Where one types, also within a block that is selected."""
        place = self._view.visualRect(self._view.currentIndex())
        if place.isValid():
            painter.setPen(QPen(QColor(theme.tones().accent), 2))
            painter.drawRect(place.adjusted(1, 1, -1, -1))


def _chosen(selection: QItemSelection, rows: range) -> dict[int, list[tuple[int, int]]]:
    """Row in sight → (first, last) column of each selected stretch."""
    found: dict[int, list[tuple[int, int]]] = {}
    for block in selection:
        for row in range(max(block.top(), rows.start), min(block.bottom() + 1, rows.stop)):
            found.setdefault(row, []).append((block.left(), block.right()))
    return found


def _lines(rows: int, columns: list[Column], top: int, height: int) -> list[QLine]:
    left, right, bottom = columns[0][1], columns[-1][1] + columns[-1][2] - 1, top + rows * height - 1
    return ([QLine(left, y, right, y) for y in range(top + height - 1, bottom + 1, height)]
            + [QLine(x + width - 1, top, x + width - 1, bottom) for _column, x, width in columns])


def _fit(letters: QFontMetrics, text: str, room: int, align: int) -> tuple[str, int]:
    """The text on one line, cut with … to `room` pixels, and how far it is moved to the right."""
    line = letters.elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, room)
    spare = max(room - letters.horizontalAdvance(line), 0) if align else 0
    return line, spare if align & _RIGHT else spare // 2


class RowNumbers(QHeaderView):
    """The numbers before the rows, drawn in one go for the same reason; what can be done with them is Qt's."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        self.setSectionsClickable(True)
        self.setHighlightSections(True)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        view, tones, painter = self._view, theme.tones(), QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tones.stripe))
        first, last, records = view.rowAt(event.rect().top()), view.rowAt(event.rect().bottom()), view.model().records
        if first >= 0:
            rows = range(first, (last if last >= 0 else view.model().rowCount() - 1) + 1)
            chosen = _chosen(view.selectionModel().selection(), rows)
            height, width, top = self.defaultSectionSize(), self.viewport().width(), view.rowViewportPosition(first)
            centred = int(Qt.AlignmentFlag.AlignCenter)
            for row in rows:
                y = top + (row - first) * height
                if row in chosen:
                    painter.fillRect(0, y, width, height, QColor(tones.chosen))
                painter.setPen(QColor(tones.on_chosen if row in chosen else tones.muted))
                painter.drawText(0, y, width - 1, height - 1, centred, str(row + 1) if row < records else "＊")
            painter.setPen(QColor(tones.line))
            painter.drawLines(_lines(len(rows), [(0, 0, width)], top, height))
        painter.end()
