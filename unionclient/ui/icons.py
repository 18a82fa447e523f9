"""Line icons and finding marks, drawn from paths of our own in the colours of the palette.

Icons follow a change of theme by themselves: they are painted with the palette of the moment.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from unionclient.definition.issue import Level
from unionclient.ui import theme

# Paths on a 24 x 24 sheet, drawn as lines 1.7 wide.
_LINES = {
    "add": "M12 5v14M5 12h14",
    "attach": "M19 11.5l-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.9-7.9a3.1 3.1 0 0 1 4.4 4.4l-7.8 7.8a1.6 1.6 0 0 1-2.2-2.2l6.9-6.9",
    "award": "M12 3.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM8.7 13.8L7.5 20.5l4.5-2.4 4.5 2.4-1.2-6.7",
    "calendar": "M4.5 6h15v13.5h-15zM4.5 10h15M8.5 3.5v4M15.5 3.5v4",
    "check": "M12 3.5l7 2.6v5.3c0 4.3-2.9 7.5-7 9.1-4.1-1.6-7-4.8-7-9.1V6.1zM8.8 11.9l2.3 2.3 4.2-4.4",
    "close": "M6 6l12 12M18 6L6 18",
    "columns": "M4 5h16v14H4zM9.3 5v14M14.7 5v14",
    "deed": "M13 3.5L6.5 13.5h5L10.5 20.5l7-10.5h-5z",
    "down": "M6 9.5l6 6 6-6",
    "export": "M12 14.5V4M8 8l4-4 4 4M4.5 14v5.5h15V14",
    "figures": "M4 19.5h16M6.5 16.5v-5M11 16.5V6M15.5 16.5v-8M19 16.5V4",
    "filter": "M4 5.5h16l-6.2 7.3v5.7l-3.6-1.8v-3.9z",
    "folder": "M3.5 6h6l2 2.3h9V19h-17z",
    "form": "M4 4.5h16v15H4zM13.5 4.5v15M16 8.5h2M16 12h2",
    "help": "M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 0 0 0-17zM9.4 9.8c.2-3.3 5.3-3.2 5.2 0-.1 1.9-2.5 2-2.5 4M12.1 16.8v.2",
    "history": "M4.2 12a7.8 7.8 0 1 0 2.4-5.6L4.2 8.6M4.2 4.3v4.3h4.3M12 8v4.4l3 1.8",
    "home": "M4 11.2L12 4l8 7.2M6.2 9.5v10h11.6v-10M10 19.5v-5.4h4v5.4",
    "import": "M12 4v10.5M8 10.5l4 4 4-4M4.5 14v5.5h15V14",
    "key": "M8.5 4a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9zM11.8 11.8L20 20M16.2 16.2l2.6-2.6",
    "ledger": "M5 4h14v16H5zM5 9h14M5 14.5h14M10.5 9v11",
    "left": "M14.5 6l-6 6 6 6",
    "log": "M6 4h12v16H6zM9 8.5h6M9 12h6M9 15.5h4",
    "look": "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
    "person": "M12 4.2a3.8 3.8 0 1 0 0 7.6a3.8 3.8 0 0 0 0-7.6zM4.8 20c.6-4 3.4-5.8 7.2-5.8s6.6 1.8 7.2 5.8",
    "print": "M7 9V4h10v5M7 16.5H4V9h16v7.5h-3M7 13.5h10V20H7z",
    "rekey": "M14 7.5V4H4.5v12.5H9M9 7.5h10.5V20H9zM11.7 13.8l2 2.1 3.3-4",
    "redo": "M19.5 9.5H9.8a5 5 0 0 0 0 10H14M15.5 5.5l4 4-4 4",
    "remove": "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
    "right": "M9.5 6l6 6-6 6",
    "search": "M10.8 4.3a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13zM15.6 15.6l4.4 4.4",
    "submit": "M20 4L3.8 10.4l6.4 3 3 6.6zM10.2 13.4L20 4",
    "undo": "M4.5 9.5h9.7a5 5 0 0 1 0 10H10M8.5 5.5l-4 4 4 4",
    "up": "M6 15l6-6 6 6",
}
# Shape tells the level as well as colour does: disc with a cross bar, triangle, ring with ?, ring with i.
_MARKS = {
    Level.BLOCK: ('<circle cx="12" cy="12" r="9.5" fill="{ink}"/>'
                  '<path d="M8.3 8.3l7.4 7.4M15.7 8.3l-7.4 7.4" stroke="{paper}" stroke-width="2.4" stroke-linecap="round"/>'),
    Level.EXPLAIN: ('<path d="M12 2.8L22.3 21H1.7z" fill="{ink}"/>'
                    '<path d="M12 9.3v5.4M12 17.7v.4" stroke="{paper}" stroke-width="2.4" stroke-linecap="round"/>'),
    Level.CONFIRM: ('<circle cx="12" cy="12" r="9" fill="none" stroke="{ink}" stroke-width="2.2"/>'
                    '<path d="M9.3 9.6c.2-3.4 5.5-3.3 5.4 0-.1 2-2.6 2.1-2.6 4.2M12.1 17v.3" fill="none" stroke="{ink}"'
                    ' stroke-width="2.1" stroke-linecap="round"/>'),
    Level.HINT: ('<circle cx="12" cy="12" r="9" fill="none" stroke="{ink}" stroke-width="2"/>'
                 '<path d="M12 11v6M12 7.2v.4" stroke="{ink}" stroke-width="2.3" stroke-linecap="round"/>'),
}
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{}</svg>'


def icon(name: str, tone: str = "text") -> QIcon:
    """The line icon `name` in the theme's tone `tone` ("text", "muted", "accent", "on_accent")."""
    return QIcon(_Lines(name, tone))


def mark(level: Level) -> QIcon:
    """The mark of a finding's level."""
    return QIcon(_Mark(level))


@cache
def _renderer(svg: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(svg.encode()))


class _Drawn(QIconEngine):
    """Paints one SVG; subclasses say which."""

    def svg(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        raise NotImplementedError

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(rect.center().x() + 0.5 - side / 2, rect.center().y() + 0.5 - side / 2, side, side)
        _renderer(self.svg(mode, state)).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


class _Lines(_Drawn):
    def __init__(self, name: str, tone: str) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def svg(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tones = theme.tones()
        on = state == QIcon.State.On and self._tone == "text"  # a pressed-in button
        ink = tones.faint if mode == QIcon.Mode.Disabled else getattr(tones, "on_chosen" if on else self._tone)
        return _SVG.format(f'<path d="{_LINES[self._name]}" fill="none" stroke="{ink}" stroke-width="1.7"'
                           ' stroke-linecap="round" stroke-linejoin="round"/>')

    def clone(self) -> QIconEngine:
        return _Lines(self._name, self._tone)

    def key(self) -> str:
        return f"{self._name}/{self._tone}"


class _Mark(_Drawn):
    def __init__(self, level: Level) -> None:
        super().__init__()
        self._level = level

    def svg(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tones = theme.tones()
        return _SVG.format(_MARKS[self._level].format(ink=tones.ink(self._level), paper=tones.surface))

    def clone(self) -> QIconEngine:
        return _Mark(self._level)

    def key(self) -> str:
        return self._level.value
