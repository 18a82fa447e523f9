"""The language of the window: kept on this computer, chosen before the window's modules are read, so a change waits for the next start."""

from PySide6.QtWidgets import QComboBox, QWidget

from unionclient.definition.words import CHINESE, LANGUAGES, choose, language
from unionclient.ui.config import Config

TITLE = "界面语言 / Language"
"""In both languages: who looks for it may read only one of them."""
_KEPT = "language"
_LATER = {CHINESE: "下次打开程序时使用中文 / Chinese from the next start on", "en": "下次打开程序时使用英文 / English from the next start on"}


def speak_as_kept() -> None:
    """Speak what was chosen in an earlier window; to be called before any other module of the window is imported."""
    choose(str(Config().get(_KEPT, CHINESE)))


def keep(config: Config, name: str) -> str:
    """Keep the choice; returns what is to be said of it, in both languages."""
    config.put(_KEPT, name)
    return _LATER[name]


def kept(config: Config) -> str:
    """The language of the next start."""
    return str(config.get(_KEPT, language()))


class LanguageChoice(QComboBox):
    """The choice as a box; what follows is up to its owner (`activated`, `currentData`)."""

    def __init__(self, config: Config, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(TITLE)
        for name, title in LANGUAGES.items():
            self.addItem(title, name)
        self.setCurrentIndex(max(self.findData(kept(config)), 0))
