"""Asks why a certificate is revoked, and for the passphrase."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.ui.views.frame import combo, label
from unionclient.definition.words import _
from unionclient.workspace.certifying import reasons

LEAST = 4


class RevokeDialog(QDialog):
    """`then(reason, passphrase)`."""

    def __init__(self, state: Any, then: Callable[[str, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("吊销证书"))
        self.setMinimumWidth(480)
        self._then = then
        self.reason = combo(_("原因"), self, reasons())
        self.words = QLineEdit(self)
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setAccessibleName(_("区里的口令"))
        self.words.setMinimumHeight(self.words.sizeHint().height() + 4)
        self.words.textChanged.connect(self._judge)
        form = QFormLayout()
        form.addRow(_("原因"), self.reason)
        form.addRow(_("区里的口令"), self.words)
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(_("吊销"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(label(f"{state.body.name}　{state.body.code}", self, "heading"))
        whole.addWidget(label(_("吊销以后，用这张证书签的报送包不再收下，也不能恢复；这个单位要重新申请。已经接收的不受影响。"), self, wrap=True))
        whole.addLayout(form)
        whole.addWidget(buttons)
        self._judge()

    def _judge(self) -> None:
        self.ok.setEnabled(len(self.words.text()) >= LEAST)

    def _accept(self) -> None:
        if self.ok.isEnabled():
            reason, words = self.reason.currentData(), self.words.text()
            self.accept()
            self._then(reason, words)
