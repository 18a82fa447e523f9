"""Layouts for a narrow window: `FlowLayout` goes on in the next line, `EvenLayout` sets equal cells in as many rows as are needed.

`Half` makes room for such lines in a splitter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_GAP = 6


@dataclass(slots=True)
class _Piece:
    """An item: `stretch` is its share of what is left of its line, `least` its width below which it goes to the next, `part` its part."""

    item: QLayoutItem
    stretch: int
    least: int
    part: int

    def wish(self, room: int) -> int:
        """The width it asks for, in pixels, of a line of `room`."""
        wanted = max(self.least, self.item.minimumSize().width()) if self.stretch else self.item.sizeHint().width()
        return min(wanted, room)


class FlowLayout(QLayout):
    """Left to right, top to bottom; takes no room while empty.

    A part (`begin_part`) stays in one line if it can: what belongs together is not torn apart while a line can hold it.
    """

    def __init__(self, gap: int = _GAP) -> None:
        super().__init__()
        self._pieces: list[_Piece] = []
        self._gap = gap
        self._part = 0
        self._heights: dict[int, int] = {}     # by width, until an item changes: a page asks many times while it is laid out
        self.setContentsMargins(0, 0, 0, 0)

    def begin_part(self) -> None:
        """What is added from here on belongs together."""
        self._part += 1

    def add(self, widget: QWidget, stretch: int = 1, least: int = 0) -> None:
        """A widget that takes its share of what its line leaves, but never less than `least` pixels where the line has them."""
        self.addWidget(widget)
        self._pieces[-1].stretch, self._pieces[-1].least = stretch, least

    def add_room(self) -> None:
        """What is left of the line stands here, empty."""
        self.add(QWidget())

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 (Qt's name)
        self._pieces.append(_Piece(item, 0, 0, self._part))
        self.invalidate()

    def count(self) -> int:
        return len(self._pieces)

    def itemAt(self, number: int) -> QLayoutItem | None:  # noqa: N802
        return self._pieces[number].item if 0 <= number < len(self._pieces) else None

    def takeAt(self, number: int) -> QLayoutItem | None:  # noqa: N802
        return self._pieces.pop(number).item if 0 <= number < len(self._pieces) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """All in one line."""
        sizes = [piece.item.sizeHint() for piece in self._seen()]
        return QSize(sum(size.width() + self._gap for size in sizes) - self._gap if sizes else 0, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: N802
        size = QSize()
        for piece in self._seen():
            size = size.expandedTo(piece.item.minimumSize())
        return size

    def _seen(self) -> list[_Piece]:
        return [piece for piece in self._pieces if not piece.item.isEmpty()]

    def _lines(self, room: int) -> Iterator[list[tuple[_Piece, int]]]:
        """The lines, each of pieces and their widths."""
        line: list[_Piece] = []
        for part in self._parts():
            together = self._width(part, room)
            if line and self._width(line, room) + self._gap + together > room:
                yield self._share(line, room)
                line = []
            for piece in part:
                if together > room and line and self._width([*line, piece], room) > room:
                    yield self._share(line, room)
                    line = []
                line.append(piece)
        if line:
            yield self._share(line, room)

    def _parts(self) -> list[list[_Piece]]:
        parts: dict[int, list[_Piece]] = {}
        for piece in self._seen():
            parts.setdefault(piece.part, []).append(piece)
        return list(parts.values())

    def _width(self, pieces: Sequence[_Piece], room: int) -> int:
        return sum(piece.wish(room) + self._gap for piece in pieces) - self._gap

    def _share(self, line: list[_Piece], room: int) -> list[tuple[_Piece, int]]:
        """What the line leaves goes to those that stretch, to none more than its greatest width."""
        widths = [piece.wish(room) for piece in line]
        left, taking = room - self._width(line, room), [at for at, piece in enumerate(line) if piece.stretch]
        while left > 0 and taking:
            shares = sum(line[at].stretch for at in taking)
            more = {at: left * line[at].stretch // shares for at in taking}
            full = {at: most for at in taking if (most := line[at].item.maximumSize().width() - widths[at]) < more[at]}
            for at, width in (full or more).items():
                widths[at] += width
                left -= width
            taking = [at for at in taking if at not in full] if full else []
        return list(zip(line, widths, strict=True))

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        """Place the items, each in the middle of its line's height; the height of all lines."""
        y = rect.y()
        for line in self._lines(rect.width()):
            heights = [_height(piece.item, width) for piece, width in line]
            tallest, x = max(heights), rect.x()
            for (piece, width), height in zip(line, heights, strict=True):
                if move:
                    piece.item.setGeometry(QRect(QPoint(x, y + (tallest - height) // 2), QSize(width, height)))
                x += width + self._gap
            y += tallest + self._gap
        return max(y - self._gap - rect.y(), 0)


class EvenLayout(FlowLayout):
    """Cells of one width; in a narrow window in several rows of as many cells each, none of them left over if it can be."""

    def _lines(self, room: int) -> Iterator[list[tuple[_Piece, int]]]:
        seen = self._seen()
        if not seen:
            return
        widest = max(piece.item.minimumSize().width() for piece in seen)
        fit = min(max((room + self._gap) // (widest + self._gap), 1), len(seen))
        rows = -(-len(seen) // fit)
        across = -(-len(seen) // rows)
        cells = room - self._gap * (across - 1)
        for start in range(0, len(seen), across):
            yield [(piece, cells * (at + 1) // across - cells * at // across) for at, piece in enumerate(seen[start:start + across])]


class Half(QWidget):
    """A part of a splitter, which does not ask for a height by width: its least height is that of the lines it needs at its width."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        least, layout = super().minimumSizeHint(), self.layout()
        return least.expandedTo(QSize(0, layout.totalMinimumHeightForWidth(self.width()))) if layout is not None and layout.hasHeightForWidth() else least

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
