"""A note under the cell or field that is being typed in: what is wrong with it as it stands."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from unionclient.definition.issue import Issue
from unionclient.ui import icons
from unionclient.definition.words import _

_KINDS = {0: "block", 1: "warn", 2: "warn", 3: "hint"}


class CellTip(QFrame):
    """Icon and words of the gravest finding, placed below a widget inside `parent`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "tip")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._icon = QLabel(self)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 5, 10, 5)
        layout.setSpacing(6)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1)
        self.hide()

    def say(self, issues: Sequence[Issue], below: QWidget) -> None:
        """Show the gravest of `issues` below (or above) `below`; nothing to say hides the note."""
        if not issues:
            self.hide()
            return
        worst = min(issues, key=lambda issue: issue.level.rank)
        self._icon.setPixmap(icons.mark(worst.level).pixmap(16, 16))
        self.words.setText(_("{}：{}").format(worst.level.title, worst.message) + (f"\n{worst.mend}" if worst.mend else ""))
        self.words.setProperty("kind", _KINDS[worst.level.rank])
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.adjustSize()
        self.move(self._place(below))
        self.show()
        self.raise_()

    def _place(self, below: QWidget) -> QPoint:
        room = self.parentWidget().rect()
        corner = below.mapTo(self.parentWidget(), QPoint(0, below.height() + 3))
        if corner.y() + self.height() > room.bottom():
            corner.setY(below.mapTo(self.parentWidget(), QPoint(0, 0)).y() - self.height() - 3)
        corner.setX(max(4, min(corner.x(), room.right() - self.width() - 4)))
        return corner
