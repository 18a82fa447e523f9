"""Asks what a package needs: the signing passphrase, the reason of an amendment, and whether numbers of persons go out in full."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.ui.views.frame import label, say_on
from unionclient.definition.words import _

LEAST, LEAST_KNOWN, LEAST_REASON = 8, 4, 6


@dataclass(frozen=True, slots=True)
class Order:
    """What the officer said; the passphrase is handed on and kept nowhere. `amends` is the number of the package amended, or None."""

    words: str
    reason: str
    unmasked: bool


class PackDialog(QDialog):
    """`then(Order)` is called when everything is there. `new`: the key is made by this package, so the passphrase is asked twice."""

    def __init__(self, period: str, new: bool, amends: int | None, reason: str, then: Callable[[Order], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("生成{p}报送包").format(p=period) if amends is None else _("生成{p}更正包").format(p=period))
        self.setMinimumWidth(500)
        self._then = then
        self._least = LEAST if new else LEAST_KNOWN
        self.first = self._secret(_("签名口令"))
        self.second = self._secret(_("再输入一次")) if new else None
        self.reason = self._line(_("更正原因"), reason) if amends is not None else None
        self.unmasked = QCheckBox(_("证件号码和电话不遮盖（记入操作日志）"), self)
        self.unmasked.toggled.connect(self._judge)
        self.told = label(_("默认遮盖，如 110101********002X。区里要求完整号码时才勾选。"), self, "muted", wrap=True)
        form = QFormLayout()
        if self.reason is not None:
            form.addRow(_("更正原因"), self.reason)
        form.addRow(_("签名口令"), self.first)
        if self.second is not None:
            form.addRow(_("再输入一次"), self.second)
        self.wrong = label(" ", self, "muted")
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(_("签名并生成"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(_told(new, amends), self, wrap=True))
        layout.addLayout(form)
        for widget in (self.unmasked, self.told, self.wrong, buttons):
            layout.addWidget(widget)
        (self.first if self.reason is None or reason else self.reason).setFocus()
        self._judge()

    def _line(self, name: str, text: str = "") -> QLineEdit:
        line = QLineEdit(text, self)
        line.setAccessibleName(name)
        line.setMinimumHeight(line.sizeHint().height() + 4)
        line.textChanged.connect(self._judge)
        return line

    def _secret(self, name: str) -> QLineEdit:
        line = self._line(name)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        return line

    def _fault(self) -> str:
        words = self.first.text()
        if self.reason is not None and 0 < len(self.reason.text().strip()) < LEAST_REASON:
            return _("更正原因至少写{n}个字。").format(n=LEAST_REASON)
        if 0 < len(words) < self._least:
            return _("口令至少{n}位。").format(n=self._least)
        if self.second is not None and self.second.text() and self.second.text() != words:
            return _("两次输入的口令不一样。")
        return ""

    def _judge(self) -> None:
        fault = self._fault()
        say_on(self.wrong, fault or " ", "block")  # the line keeps its room, so that nothing moves while typing
        said = (len(self.first.text()) >= self._least and (self.second is None or self.second.text() == self.first.text())
                and (self.reason is None or len(self.reason.text().strip()) >= LEAST_REASON))
        self.ok.setEnabled(said and not fault)
        say_on(self.told, self.told.text(), "warn" if self.unmasked.isChecked() else "muted")

    def _accept(self) -> None:
        if self.ok.isEnabled():
            order = Order(self.first.text(), self.reason.text().strip() if self.reason else "", self.unmasked.isChecked())
            self.accept()
            self._then(order)


def _told(new: bool, amends: int | None) -> str:
    if new:
        return _("还没有签名钥匙，现在先建立一把。口令至少8位，以后每次报送都要用；忘记了不能找回。证书要到“钥匙与证书”里申请。")
    if amends is not None:
        return _("更正包写明更正第{n}号报送包和更正原因；第{n}号的文件不动。").format(n=amends)
    return _("请输入本街道的签名口令。")
