"""Asks why a certificate is revoked, and for the passphrase."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFormLayout, QWidget

from unionclient.ui.views.frame import combo, label
from unionclient.ui.views.question import Question
from unionclient.definition.words import _
from unionclient.workspace.certifying import reasons

LEAST = 4


class RevokeDialog(Question):
    """`then(reason, passphrase)`."""

    def __init__(self, state: Any, then: Callable[[str, str], None], parent: QWidget) -> None:
        super().__init__(_("吊销证书"), then, parent, width=480)
        self.reason = combo(_("原因"), self, reasons())
        self.words = self.line(_("区里的口令"), secret=True)
        form = QFormLayout()
        form.addRow(_("原因"), self.reason)
        form.addRow(_("区里的口令"), self.words)
        self.lay_out(_("吊销"), label(f"{state.body.name}　{state.body.code}", self, "heading"),
                     label(_("吊销以后，用这张证书签的报送包不再收下，也不能恢复；这个单位要重新申请。已经接收的不受影响。"), self, wrap=True), form)

    def ready(self) -> bool:
        return len(self.words.text()) >= LEAST

    def answer(self) -> tuple[str, str]:
        return self.reason.currentData(), self.words.text()
