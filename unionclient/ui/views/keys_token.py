"""Asks which USB token shall hold the key: its driver, its name, its PIN."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import button, combo, label
from unionclient.ui.views.question import Question
from unionclient.definition.words import _

_DRIVERS = (_("驱动程序") + " (*.dll *.so *.dylib)", _("所有文件") + " (*)")
_PLACE = "token.library"
_LEAST = 4


class TokenDialog(Question):
    """`then(library, label, pin)` is called with a token that is plugged in."""

    def __init__(self, desk: Desk, then: Callable[[str, str, str], None], parent: QWidget) -> None:
        super().__init__(_("用 USB 钥匙"), then, parent, width=520)
        self._desk = desk
        self.library = self.line(_("驱动程序"), str(desk.config.get(_PLACE) or ""))
        self.library.setReadOnly(True)
        self.tokens = combo(_("USB 钥匙"), self)
        self.pin = self.line(_("USB 钥匙的口令"), secret=True)
        self.lay_out(_("生成钥匙"), label(_("钥匙在 USB 钥匙里生成，读不出来；以后签名要插上它。驱动程序由厂家提供（PKCS#11）。"), self, wrap=True), self._form())
        if self.library.text():
            self._look(Path(self.library.text()))

    def _form(self) -> QFormLayout:
        form, row = QFormLayout(), QHBoxLayout()
        row.addWidget(self.library, 1)
        row.addWidget(button(_("选择…"), self, self._ask))
        form.addRow(_("驱动程序"), row)
        form.addRow(_("USB 钥匙"), self.tokens)
        form.addRow(_("口令"), self.pin)
        return form

    def _ask(self) -> None:
        ask.open_file(self, _("选择 USB 钥匙的驱动程序"), list(_DRIVERS), self._look)

    def _look(self, path: Path) -> None:
        self.library.setText(str(path))
        self._desk.jobs.run(_("查找 USB 钥匙"), partial(_tokens, str(path)), self._found, parent=self)

    def _found(self, labels: list[str]) -> None:
        self._desk.config.put(_PLACE, self.library.text())
        self.tokens.clear()
        for each in labels:
            self.tokens.addItem(each, each)
        self.judge()

    def ready(self) -> bool:
        return self.tokens.count() > 0 and len(self.pin.text()) >= _LEAST

    def answer(self) -> tuple[str, str, str]:
        return self.library.text(), self.tokens.currentData(), self.pin.text()


def _tokens(library: str, workspace: Any, _progress: Any) -> list[str]:
    return workspace.tokens_in(library)
