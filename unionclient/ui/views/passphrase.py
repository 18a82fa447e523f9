"""Asks for the signing passphrase: once to use a key, twice to make one. It is handed on and kept nowhere."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.ui.views.frame import label, say_on
from unionclient.definition.words import _

LEAST = 8


class Passphrase(QDialog):
    """`then(words)` is called with a passphrase of at least eight characters; `new` asks for it twice.

    `title`, `told` (why it is asked for) and `ok` (the deed) replace the words for a submission; `least` is the fewest characters.
    """

    def __init__(self, new: bool, then: Callable[[str], None], parent: QWidget, *, title: str = "", told: str = "", ok: str = "",
                 least: int = LEAST) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title or (_("设置签名口令") if new else _("签名口令")))
        self.setMinimumWidth(420)
        self._then = then
        self._least = least
        self.first = self._line(_("签名口令"))
        self.second = self._line(_("再输入一次")) if new else None
        told = told or (_("第一次报送，现在为本街道建立签名钥匙。口令至少8位，以后每次报送都要用；忘记了不能找回，要重新建立钥匙。") if new
                        else _("请输入本街道的签名口令。"))
        form = QFormLayout()
        form.addRow(_("签名口令"), self.first)
        if self.second is not None:
            form.addRow(_("再输入一次"), self.second)
        self.wrong = label(" ", self, "muted")
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(ok or _("签名并生成"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(label(told, self, wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.wrong)
        layout.addWidget(buttons)
        self._judge()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setAccessibleName(name)
        line.setMinimumHeight(line.sizeHint().height() + 4)
        line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        line.textChanged.connect(self._judge)
        return line

    def _judge(self) -> None:
        words = self.first.text()
        fault = ""
        if 0 < len(words) < self._least:
            fault = _("口令至少{n}位。").format(n=self._least)
        elif self.second is not None and self.second.text() and self.second.text() != words:
            fault = _("两次输入的口令不一样。")
        say_on(self.wrong, fault or " ", "block")  # the line keeps its room, so that nothing moves while typing
        self.ok.setEnabled(len(words) >= self._least and (self.second is None or self.second.text() == words))

    def _accept(self) -> None:
        if self.ok.isEnabled():
            words = self.first.text()
            self.accept()
            self._then(words)
