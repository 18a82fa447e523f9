"""Brushes and marks of the grid in the colours of the moment, made once per theme."""

from PySide6.QtGui import QBrush, QColor, QIcon

from unionclient.definition.issue import Level
from unionclient.ui import icons, theme


class Paints:
    """`tint` behind a cell with a finding, (the two graver levels only), `mark` beside its text."""

    def __init__(self) -> None:
        tones = theme.tones()
        self._tints = {level: QBrush(QColor(tones.tint(level))) for level in (Level.BLOCK, Level.EXPLAIN)}
        self._marks = {level: icons.mark(level) for level in Level}

    def tint(self, level: Level) -> QBrush | None:
        return self._tints.get(level)

    def mark(self, level: Level) -> QIcon:
        return self._marks[level]
