"""Neither of two readings is right: a third one is typed, with both in sight."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.editors.kinds import make_input
from unionclient.ui.widgets import button, label, room_of
from unionclient.definition.words import _
from unionclient.workspace.rekeying import Difference


class AnewDialog(QDialog):
    """`then` gets what was typed (text or the key of a choice)."""

    def __init__(self, desk: Desk, ledger: str, each: Difference, then: Callable[[Any], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("重新填写{}").format(each.heading))
        self._desk, self._ledger, self._each, self._then = desk, ledger, each, then
        self.input = make_input(desk.ws.library.ledgers[ledger].fields[each.field], desk.ws, self)
        self.input.setAccessibleName(_("正确的内容"))
        self.input.touched.connect(self._judge)
        self.told = label("", "block", self)
        self.told.setWordWrap(True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for row, (name, text) in enumerate(((_("首次录入"), each.first or _("空")), (_("第二次录入"), each.second or _("空")))):
            words = label(text, "", self)
            words.setWordWrap(True)
            grid.addWidget(label(name, "muted", self), row, 0)
            grid.addWidget(words, row, 1)
        grid.addWidget(label(_("正确的内容"), "heading", self), 2, 0)
        grid.addWidget(self.input, 2, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(button(_("取消"), self.reject, self))
        self.go = button(_("保存"), self._go, self, kind="primary")
        self.go.setDefault(True)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        name = label(each.key, "heading", self)
        name.setWordWrap(True)
        layout.addWidget(name)
        layout.addLayout(grid)
        layout.addWidget(self.told)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.setMinimumWidth(min(480, room_of(self).width() - 80))
        self.input.setFocus()
        self._judge()

    def _judge(self) -> None:
        """The record's own checks, as in the ledger; a faulty value is saved all the same, and marked there."""
        typed = self.input.typed()
        self.go.setEnabled(bool(str(typed or "").strip()))
        issues = []
        if self.go.isEnabled():
            _tried, issues = self._desk.ws.try_values(self._ledger, {self._each.field: typed}, self._each.record)
        self.told.setText("\n".join(issue.message for issue in issues if self._each.field in issue.fields))

    def _go(self) -> None:
        typed = self.input.typed()
        self.accept()
        self._then(typed)
