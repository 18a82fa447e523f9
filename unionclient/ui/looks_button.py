"""The button for theme and size of letters."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from unionclient.ui import icons
from unionclient.ui.language import TITLE
from unionclient.ui.theme import Look
from unionclient.definition.words import LANGUAGES, _

CHOICES = (("system", _("跟随系统")), ("light", _("浅色")), ("dark", _("深色")), ("contrast", _("高对比度")))
SIZES = (("standard", _("标准字号")), ("large", _("大字号")))


class LooksButton(QToolButton):
    """`wanted` carries (theme, size), `language_wanted` a key of `LANGUAGES`."""

    wanted = Signal(object)
    language_wanted = Signal(str)

    def __init__(self, look: Look, spoken: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setIcon(icons.icon("look"))
        self.setIconSize(QSize(18, 18))
        self.setToolTip(_("外观和字号"))
        self.setAccessibleName(_("外观和字号"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        for choices, chosen in ((CHOICES, look.choice), (SIZES, look.size)):
            group = QActionGroup(menu)
            for key, title in choices:
                action = QAction(title, menu, checkable=True)
                action.setData(key)
                action.setChecked(key == chosen)
                group.addAction(action)
                menu.addAction(action)
            group.triggered.connect(self._chosen)
            menu.addSeparator()
        self._add_languages(menu.addMenu(TITLE), spoken)
        self.setMenu(menu)

    def _add_languages(self, menu: QMenu, spoken: str) -> None:
        group = QActionGroup(menu)
        for name, title in LANGUAGES.items():
            action = QAction(title, menu, checkable=True)
            action.setData(name)
            action.setChecked(name == spoken)
            group.addAction(action)
            menu.addAction(action)
        group.triggered.connect(self._language_chosen)

    def _language_chosen(self, action: QAction) -> None:
        self.language_wanted.emit(action.data())

    def _chosen(self, action: QAction) -> None:
        key = action.data()
        self.wanted.emit((self._look.choice, key) if key in dict(SIZES) else (key, self._look.size))
