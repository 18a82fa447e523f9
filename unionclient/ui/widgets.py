"""Small widgets of the house: titles, buttons of three ranks, a combo box that leaves the wheel alone."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QPushButton, QSizePolicy, QStyle, QStyleOptionComboBox, QStylePainter, QToolButton, QWidget

from unionclient.ui import icons

_ARROW = 30     # pixels of a drop-down beside its words
_STUMP = 5      # characters, of which one is the ellipsis: too few to tell anything


def label(text: str, kind: str, parent: QWidget) -> QLabel:
    """A text of the sheet's kinds: "title", "heading", "muted", "small", "block", "warn", "hint", "good"."""
    words = QLabel(text, parent)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setProperty("kind", kind)
    return words


class Elided(QLabel):
    """A text in one line that gives way: what has no room ends in an ellipsis and stands in the tip; a stump is not shown at all."""

    def __init__(self, text: str, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 (Qt's name)
        super().setText(text)
        self.setToolTip(text)

    def shown(self) -> str:
        """The text as it stands there."""
        letters = self.fontMetrics()
        words = letters.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        return words if words == self.text() or len(words) > _STUMP else ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QStylePainter(self)
        painter.drawItemText(self.rect(), int(self.alignment()), self.palette(), self.isEnabled(), self.shown(), self.foregroundRole())


def set_kind(widget: QWidget, kind: str) -> None:
    """Another look for a widget that is already shown."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, pressed: Callable[[], None], parent: QWidget, *, kind: str = "", icon: str = "", tip: str = "") -> QPushButton:
    """A push button; kind "primary" (one to a page), "" or "quiet". `pressed` is a bound method."""
    made = QPushButton(text, parent)
    made.setProperty("kind", kind)
    if icon:
        made.setIcon(icons.icon(icon, "on_accent" if kind == "primary" else "text"))
        made.setIconSize(QSize(16, 16))
    made.setToolTip(tip)
    made.setAutoDefault(False)
    made.clicked.connect(pressed)
    return made


def tool(icon: str, title: str, pressed: Callable[[], None], parent: QWidget) -> QToolButton:
    """A button that is an icon; `title` is its tip and its accessible name."""
    made = QToolButton(parent)
    made.setIcon(icons.icon(icon))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(title)
    made.setAccessibleName(title)
    made.clicked.connect(pressed)
    return made


def rule(parent: QWidget) -> QFrame:
    """A hairline."""
    line = QFrame(parent)
    line.setProperty("kind", "rule")
    return line


def room_of(widget: QWidget) -> QRect:
    """The part of the screen that windows may take.

    Not by `widget.screen()`: PySide makes the screen a child of the widget that was asked, and a collection may take it along.
    """
    found = QGuiApplication.screenAt(widget.mapToGlobal(widget.rect().center())) or QGuiApplication.primaryScreen()
    return found.availableGeometry()


def keep_on_screen(popup: QWidget) -> None:
    """Move a list that hangs over the right edge of the screen back onto it."""
    edge = room_of(popup).right() - popup.width()
    if popup.x() > edge:
        popup.move(edge, popup.y())


class Choice(QComboBox):
    """A combo box that takes the wheel only when focused, and draws the house's arrow."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(17)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, self.width() - _ARROW)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        arrow = self.rect().adjusted(self.width() - 22, 0, -6, 0)
        icons.icon("down", "muted").paint(painter, arrow, Qt.AlignmentFlag.AlignCenter)
