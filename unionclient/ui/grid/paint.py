"""Brushes and marks of the grid in the colours of the moment, made once per theme."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QIcon, QPixmap

from unionclient.definition.issue import Level
from unionclient.ui import icons, theme


MARK = 14   # pixels


class Paints:
    """`tint` behind a cell with a finding, (the two graver levels only), `mark` beside its text."""

    def __init__(self) -> None:
        tones = theme.tones()
        self._tints = {level: QBrush(QColor(tones.tint(level))) for level in (Level.BLOCK, Level.EXPLAIN)}
        # Drawn once: a page has a hundred of them, and drawing one anew takes longer than all the rest of its cell.
        sharp = QGuiApplication.instance().devicePixelRatio()
        self._stamps = {level: icons.mark(level).pixmap(QSize(MARK, MARK), sharp) for level in Level}
        self._marks = {level: QIcon(stamp) for level, stamp in self._stamps.items()}

    def tint(self, level: Level) -> QBrush | None:
        return self._tints.get(level)

    def mark(self, level: Level) -> QIcon:
        return self._marks[level]

    def stamp(self, level: Level) -> QPixmap:
        """The mark as it is drawn."""
        return self._stamps[level]
