"""Asks which USB token shall hold the key: its driver, its name, its PIN."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import button, combo, label
from unionclient.definition.words import _

_DRIVERS = (_("驱动程序") + " (*.dll *.so *.dylib)", _("所有文件") + " (*)")
_PLACE = "token.library"
_LEAST = 4


class TokenDialog(QDialog):
    """`then(library, label, pin)` is called with a token that is plugged in."""

    def __init__(self, desk: Desk, then: Callable[[str, str, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("用 USB 钥匙"))
        self.setMinimumWidth(520)
        self._desk, self._then = desk, then
        self.library = QLineEdit(str(desk.config.get(_PLACE) or ""), self)
        self.library.setReadOnly(True)
        self.library.setAccessibleName(_("驱动程序"))
        self.tokens = combo(_("USB 钥匙"), self)
        self.pin = QLineEdit(self)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setAccessibleName(_("USB 钥匙的口令"))
        self.pin.textChanged.connect(self._judge)
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(_("生成钥匙"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(_("钥匙在 USB 钥匙里生成，读不出来；以后签名要插上它。驱动程序由厂家提供（PKCS#11）。"), self, wrap=True))
        layout.addLayout(self._form())
        layout.addWidget(buttons)
        self._judge()
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
        self._judge()

    def _judge(self) -> None:
        self.ok.setEnabled(self.tokens.count() > 0 and len(self.pin.text()) >= _LEAST)

    def _accept(self) -> None:
        if self.ok.isEnabled():
            chosen = self.library.text(), self.tokens.currentData(), self.pin.text()
            self.accept()
            self._then(*chosen)


def _tokens(library: str, workspace: Any, _progress: Any) -> list[str]:
    return workspace.tokens_in(library)
