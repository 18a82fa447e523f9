"""The bar above the pages: street and officer, undo and redo by name, search over all ledgers, looks."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from unionclient.ui import icons
from unionclient.ui.deeds import Deed
from unionclient.ui.desk import Desk
from unionclient.ui.finder import Finder
from unionclient.ui.language import kept
from unionclient.ui.looks_button import LooksButton
from unionclient.ui.theme import Look
from unionclient.ui.widgets import label, tool
from unionclient.definition.words import _

_TITLES = ((1150, 14), (1000, 8), (0, 4))  # width of the bar → characters of a step's title beside the arrow


class TopBar(QFrame):
    """`undo_wanted`, `redo_wanted`, `help_wanted`; `looks_wanted` carries (theme, size), `language_wanted` a language."""

    undo_wanted = Signal()
    redo_wanted = Signal()
    looks_wanted = Signal(object)
    language_wanted = Signal(str)
    help_wanted = Signal()

    def __init__(self, desk: Desk, look: Look, deeds: Callable[[], Sequence[Deed]], parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self._room = _TITLES[-1][1]
        self.setProperty("kind", "bar")
        self.setFixedHeight(52)
        street = label(desk.ws.street.title, "heading", self)
        officer = label(_("经办人 {}").format(desk.ws.officer), "muted", self)
        self.undo = self._step("undo", self.undo_wanted.emit)
        self.redo = self._step("redo", self.redo_wanted.emit)
        self.finder = Finder(desk, deeds, self)
        self.finder.setMinimumWidth(180)
        self.finder.setMaximumWidth(300)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(street)
        layout.addWidget(officer)
        layout.addSpacing(18)
        layout.addWidget(self.undo)
        layout.addWidget(self.redo)
        layout.addStretch(1)
        layout.addWidget(self.finder, 3)
        layout.addWidget(tool("help", _("这本台账怎样填写（F1）"), self.help_wanted.emit, self))
        looks = LooksButton(look, kept(desk.config), self)
        looks.wanted.connect(self.looks_wanted)
        looks.language_wanted.connect(self.language_wanted)
        layout.addWidget(looks)
        self.show_steps()

    def _step(self, icon: str, pressed: Any) -> QToolButton:
        made = QToolButton(self)
        made.setIcon(icons.icon(icon))
        made.setIconSize(QSize(18, 18))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        made.clicked.connect(pressed)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        room = next(letters for width, letters in _TITLES if event.size().width() >= width)
        if room != self._room:
            self._room = room
            self.show_steps()

    def show_steps(self) -> None:
        """Name the steps that can be taken back and repeated."""
        for made, word, keys, title in ((self.undo, _("撤销"), "Ctrl+Z", self.desk.ws.undo_title),
                                        (self.redo, _("重做"), "Ctrl+Y", self.desk.ws.redo_title)):
            made.setEnabled(title is not None)
            short = title if title is None or len(title) <= self._room else title[:self._room] + "…"
            made.setText(_("{}：{}").format(word, short) if title else word)
            made.setToolTip(_("{text}（{keys}）").format(text=made.text() if title is None else _("{}：{}").format(word, title), keys=keys))
            made.setAccessibleName(made.text())
