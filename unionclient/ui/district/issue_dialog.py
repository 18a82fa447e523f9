"""Compares a request's fingerprint by telephone and asks for the passphrase; only then a certificate is issued."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.ui.views.facts import Fingerprint
from unionclient.ui.views.frame import label
from unionclient.definition.words import _

LEAST = 4


class IssueDialog(QDialog):
    """`then(request, passphrase)`. A renewal is vouched for by the old key; anything else by the telephone."""

    def __init__(self, asked: Any, bodies: Sequence[Any], then: Callable[[Any, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("答复证书申请"))
        self.setMinimumWidth(560)
        self._asked, self._then = asked, then
        body = next((each for each in bodies if each.code == asked.code), None)
        self._known = body is not None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(10)
        whole.addWidget(label(f"{asked.name}　{asked.code}", self, "heading"))
        whole.addWidget(label(_("登记册里的名称：{n}").format(n=body.name) if body else _("报送单位里没有代码 {c}，不能签发。请街道核对代码后重新申请。").format(c=asked.code),
                              self, "muted" if body else "block", wrap=True))
        self.compared = QCheckBox(_("已打电话核对，对方念的指纹与上面完全一样"), self)
        self.compared.toggled.connect(self._judge)
        if asked.renews is None:
            whole.addWidget(label(_("请打电话给这个单位（用您原来就有的号码），请对方把申请指纹一组一组念出来核对："), self, wrap=True))
            whole.addWidget(self._fingerprint())
            whole.addWidget(self.compared)
        else:
            self.compared.hide()
            whole.addWidget(label(_("这是换证申请，由现在的钥匙签名，不用再打电话核对。新钥匙的指纹："), self, wrap=True))
            whole.addWidget(self._fingerprint())
        self.words = QLineEdit(self)
        self.words.setEchoMode(QLineEdit.EchoMode.Password)
        self.words.setAccessibleName(_("区里的口令"))
        self.words.setMinimumHeight(self.words.sizeHint().height() + 4)
        self.words.textChanged.connect(self._judge)
        form = QFormLayout()
        form.addRow(_("区里的口令"), self.words)
        whole.addLayout(form)
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(_("签发证书"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        whole.addWidget(buttons)
        self._judge()

    def _fingerprint(self) -> QWidget:
        made = Fingerprint(self)
        made.put(self._asked.fingerprint)
        return made

    def _judge(self) -> None:
        compared = self.compared.isChecked() or self._asked.renews is not None
        self.ok.setEnabled(self._known and compared and len(self.words.text()) >= LEAST)

    def _accept(self) -> None:
        if self.ok.isEnabled():
            words = self.words.text()
            self.accept()
            self._then(self._asked, words)
