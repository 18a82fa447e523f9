"""Asks what an answer needs: a note to the street and the district's passphrase."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QWidget

from unionclient.ui.district.parts import period_words
from unionclient.ui.views.frame import label, say_on
from unionclient.ui.views.question import Question
from unionclient.definition.words import _

LEAST = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """The passphrase is handed on and kept nowhere."""

    words: str
    note: str


class AnswerDialog(Question):
    """`then(Answer)` is called when everything is there. A return needs remarks or a note; several packages get the same note."""

    def __init__(self, packages: Sequence[Any], accept: bool, remarks: int, then: Callable[[Answer], None], parent: QWidget) -> None:
        super().__init__(_("接收报送包") if accept else _("退回报送包"), then, parent)
        self._needs_note = not accept and remarks == 0
        self.note = QPlainTextEdit(self)
        self.note.setAccessibleName(_("给街道的说明"))
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText(_("写进回执") if not self._needs_note else _("写明为什么退回、要改什么"))
        self.note.setFixedHeight(self.note.fontMetrics().height() * 4 + 20)
        self.note.textChanged.connect(self.judge)
        self.words = self.line(_("区里的口令"), secret=True)
        form = QFormLayout()
        form.addRow(_("给街道的说明"), self.note)
        form.addRow(_("区里的口令"), self.words)
        self.wrong = label(" ", self, "muted")
        self.lay_out(_("接收并签发回执") if accept else _("退回并签发回执"), label(_named(packages), self, "heading", wrap=True),
                     label(_told(accept, remarks if len(packages) == 1 else 0), self, wrap=True), form, self.wrong)
        (self.words if accept else self.note).setFocus()

    def ready(self) -> bool:
        lacks = self._needs_note and not self.note.toPlainText().strip()
        say_on(self.wrong, _("还没有记下要改的内容，请写明退回的理由。") if lacks else " ", "block")
        return not lacks and len(self.words.text()) >= LEAST

    def answer(self) -> tuple[Answer]:
        return (Answer(self.words.text(), self.note.toPlainText().strip()),)


def _named(packages: Sequence[Any]) -> str:
    if len(packages) > 1:
        return _("{n} 个报送包：{names}").format(n=len(packages), names=_("、").join(dict.fromkeys(each.street_name for each in packages)))
    package = packages[0]
    return f"{package.street_name} {period_words(package.period)} " + _("第 {n} 号").format(n=package.seq)


def _told(accept: bool, remarks: int) -> str:
    if accept:
        return _("接收以后计入汇总，答复不能撤回。") + (_("记下的 {n} 条意见作为提示写进回执。").format(n=remarks) if remarks else "")
    return (_("回执里写明 {n} 条要改的内容，街道改好后重新报送。").format(n=remarks) if remarks
            else _("退回的不计入汇总，街道改好后重新报送。"))
