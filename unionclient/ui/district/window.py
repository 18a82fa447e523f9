"""The district's window: the same shell as a street's, other pages."""

from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from unionclient.ui.config import Config
from unionclient.ui.district.pages import PAGES
from unionclient.ui.language import kept
from unionclient.ui.looks_button import LooksButton
from unionclient.ui.navigation import Navigation
from unionclient.ui.shell import Shell
from unionclient.ui.theme import Look
from unionclient.ui.widgets import label
from unionclient.definition.words import _


class DistrictWindow(Shell):
    """A deed on one page (`desk.changed`) is shown by all."""

    def __init__(self, district: Any, config: Config, look: Look) -> None:
        super().__init__(district, config, look, PAGES)
        self.setWindowTitle(_("{} 收报与汇总").format(district.name))
        self.navigation = Navigation(PAGES, (), self)
        looks = LooksButton(look, kept(config), self)
        looks.wanted.connect(self.dress)
        looks.language_wanted.connect(self.speak)
        self.bar = _Bar(district, looks, self)
        self.build()
        self._saved.setText(_("街道报送的文件原样保存，不会改动"))
        self.desk.changed.connect(self._changed)
        self._count()
        self.restore("inbox" if district.has_key or district.packages() else "register")      # nothing can be answered without a key

    def _changed(self, changes: Any) -> None:
        self.hear(changes)
        self._count()

    def _count(self) -> None:
        """Beside the inbox: packages that wait for an answer."""
        self.navigation.set_count("inbox", len(self.ws.packages(state="received")))


class _Bar(QFrame):
    """Whose window this is, and its looks."""

    def __init__(self, district: Any, looks: LooksButton, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setFixedHeight(52)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(label(district.name, "heading", self))
        row.addWidget(label(_("经办人 {}").format(district.officer), "muted", self))
        row.addStretch(1)
        row.addWidget(looks)
