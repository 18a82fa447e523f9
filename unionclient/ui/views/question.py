"""`Question`: a dialog that asks for a few things, offers its deed when they are there, and hands them on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.definition.words import _


class Question(QDialog):
    """A dialog makes its inputs, calls `lay_out`, and says in `ready` and `answer` when and what is handed to `then`.

    What is typed is kept nowhere; the dialog is freed as soon as it is closed.
    """

    def __init__(self, title: str, then: Callable[..., None], parent: QWidget, *, width: int = 500) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self._then = then

    def line(self, name: str, text: str = "", *, secret: bool = False) -> QLineEdit:
        """An input with its accessible name; of a `secret` no letter is shown or offered again."""
        made = QLineEdit(text, self)
        made.setAccessibleName(name)
        made.setMinimumHeight(made.sizeHint().height() + 4)
        if secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
            made.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        made.textChanged.connect(self.judge)
        return made

    def lay_out(self, deed: str, *parts: QWidget | QLayout) -> None:
        """The parts from above to below, then the buttons; a list takes the height that is left."""
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(deed, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.hand_on)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for part in (*parts, buttons):
            column.addLayout(part) if isinstance(part, QLayout) else column.addWidget(part)
        self.judge()

    def ready(self) -> bool:
        """Whether everything is there."""
        raise NotImplementedError

    def answer(self) -> tuple[Any, ...]:
        """What `then` is called with."""
        raise NotImplementedError

    def judge(self, *_changed: Any) -> None:
        self.ok.setEnabled(self.ready())

    def hand_on(self, *_pressed: Any) -> None:
        if self.ok.isEnabled():
            answer = self.answer()
            self.accept()
            self._then(*answer)
