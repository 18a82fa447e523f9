"""Asks for the signing passphrase: once to use a key, twice to make one. It is handed on and kept nowhere."""

from collections.abc import Callable

from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from unionclient.ui.views.frame import label, say_on
from unionclient.ui.views.question import Question
from unionclient.definition.words import _

LEAST = 8


class Passphrase(Question):
    """`then(words)` is called with a passphrase of at least eight characters; `new` asks for it twice.

    `title`, `told` (why it is asked for) and `ok` (the deed) replace the words for a submission; `least` is the fewest characters.
    """

    def __init__(self, new: bool, then: Callable[[str], None], parent: QWidget, *, title: str = "", told: str = "", ok: str = "",
                 least: int = LEAST) -> None:
        super().__init__(title or (_("设置签名口令") if new else _("签名口令")), then, parent, width=420)
        told = told or (_("第一次报送，现在为本街道建立签名钥匙。口令至少8位，以后每次报送都要用；忘记了不能找回，要重新建立钥匙。") if new
                        else _("请输入本街道的签名口令。"))
        form = QFormLayout()
        self.twice = Twice(self, form, new, least)
        self.first, self.second = self.twice.first, self.twice.second
        self.wrong = label(" ", self, "muted")
        self.lay_out(ok or _("签名并生成"), label(told, self, wrap=True), form, self.wrong)

    def ready(self) -> bool:
        say_on(self.wrong, self.twice.fault() or " ", "block")  # the line keeps its room, so that nothing moves while typing
        return self.twice.said()

    def answer(self) -> tuple[str]:
        return (self.first.text(),)


class Twice:
    """The lines of a passphrase in `form`: one, or two that must be alike where it is `new`."""

    def __init__(self, asking: Question, form: QFormLayout, new: bool, least: int) -> None:
        self._least = least
        self.first = asking.line(_("签名口令"), secret=True)
        self.second: QLineEdit | None = asking.line(_("再输入一次"), secret=True) if new else None
        form.addRow(_("签名口令"), self.first)
        if self.second is not None:
            form.addRow(_("再输入一次"), self.second)

    def fault(self) -> str:
        words = self.first.text()
        if 0 < len(words) < self._least:
            return _("口令至少{n}位。").format(n=self._least)
        if self.second is not None and self.second.text() and self.second.text() != words:
            return _("两次输入的口令不一样。")
        return ""

    def said(self) -> bool:
        words = self.first.text()
        return len(words) >= self._least and (self.second is None or self.second.text() == words)
