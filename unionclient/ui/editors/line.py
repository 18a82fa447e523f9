"""`FieldLine`: the input of a field as a line of text, and what all inputs have in common."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QPalette, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from unionclient.definition.issue import Level
from unionclient.definition.ledger import Field
from unionclient.definition.values import TYPES
from unionclient.ui import icons
from unionclient.definition.words import _

STATES = {None: "", Level.BLOCK: "block", Level.EXPLAIN: "warn", Level.CONFIRM: "warn", Level.HINT: ""}
_EXAMPLES = {"date": _("如 2017-3-5"), "month": _("如 2017-03"), "datetime": _("如 2017-3-5 9:30"), "bool": _("是 / 否")}


class FieldLine(QLineEdit):
    """A line for texts, numbers and months; further kinds add a list or a calendar behind a button.

    `touched`: the officer typed or chose something. `settled`: a choice was made that needs no further typing.
    """

    touched = Signal()
    settled = Signal()
    opened = Signal()      # a list or calendar opens

    def __init__(self, field: Field, parent: QWidget, *, cell: bool = False) -> None:
        super().__init__(parent)
        self.field = field
        self.cell = cell
        self._shown = ""
        self.setProperty("state", "")       # set already when the sheet is first put on, which takes as long as all the rest
        self.setAccessibleName(field.title)
        if field.help:
            self.setAccessibleDescription(field.help)
        if cell:
            self.setProperty("place", "cell")
            self.setFrame(False)
        else:
            self.setPlaceholderText(_EXAMPLES.get(field.type, ""))
        self.setReadOnly(field.readonly)
        self.textEdited.connect(self._text_edited)

    def show_value(self, value: Any, raw: str = "") -> None:
        """Show a Python value, or the text `raw` that could not be read."""
        self._shown = raw or self.text_of(value)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def text_of(self, value: Any) -> str:
        return TYPES[self.field.type].edit(value, self.field)

    @property
    def changed(self) -> bool:
        """Something else stands there now than was shown."""
        return self.text() != self._shown

    def typed(self) -> Any:
        """What goes to `Workspace.save`: the text, or a key that names the choice."""
        return self.text()

    @property
    def choosing(self) -> bool:
        """A list is open, so the text is only the beginning of a choice."""
        return False

    def set_state(self, level: Level | None) -> None:
        """Tint the input by the gravest finding; the words stand beside it."""
        if self.property("state") != STATES[level]:
            self.setProperty("state", STATES[level])
            self.style().unpolish(self)
            self.style().polish(self)

    def add_button(self, icon: str, title: str) -> QAction:
        """A button at the line's right end."""
        action = self.addAction(icons.icon(icon, "muted"), QLineEdit.ActionPosition.TrailingPosition)
        action.setText(title)
        action.setToolTip(title)
        return action

    def _text_edited(self) -> None:
        self.touched.emit()


class FieldText(QPlainTextEdit):
    """A paragraph for long texts, in the form only."""

    touched = Signal()
    settled = Signal()
    left = Signal()

    def __init__(self, field: Field, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._shown = ""
        self.setAccessibleName(field.title)
        self.setTabChangesFocus(True)
        self.setReadOnly(field.readonly)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 18)
        self.setPalette(QPalette())
        self.textChanged.connect(self.touched)

    def show_value(self, value: Any, raw: str = "") -> None:
        self._shown = raw or TYPES[self.field.type].edit(value, self.field)
        self.blockSignals(True)
        self.setPlainText(self._shown)
        self.blockSignals(False)

    @property
    def changed(self) -> bool:
        return self.toPlainText() != self._shown

    def typed(self) -> Any:
        return self.toPlainText()

    def set_state(self, level: Level | None) -> None:
        if self.property("state") != STATES[level]:
            self.setProperty("state", STATES[level])
            self.style().unpolish(self)
            self.style().polish(self)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
