"""Asks which union is evaluated in which year, and makes the evaluation."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from unionclient.ui.desk import Desk
from unionclient.definition.words import _

MOST = 30  # unions listed at once


class NewEvaluation(QDialog):
    """`then(union id, year)` is called when both are given."""

    def __init__(self, desk: Desk, then: Callable[[str, int], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("新建考核"))
        self.resize(460, 420)
        self._desk, self._then = desk, then
        self.year = QLineEdit(str(dt.date.today().year), self)
        self.year.setValidator(QIntValidator(2000, 2100, self.year))
        self.year.setAccessibleName(_("年度"))
        self.search = QLineEdit(self)
        self.search.setAccessibleName(_("查找工会"))
        self.search.setPlaceholderText(_("输入工会名称的一部分"))
        self.search.textEdited.connect(self._find)
        self.unions = QListWidget(self)
        self.unions.setAccessibleName(_("工会"))
        self.unions.itemDoubleClicked.connect(self._accept)
        self.unions.currentItemChanged.connect(self._judge)
        form = QFormLayout()
        form.addRow(_("年度"), self.year)
        form.addRow(_("工会"), self.search)
        buttons = QDialogButtonBox(self)
        self.ok = buttons.addButton(_("新建"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addLayout(form)
        layout.addWidget(self.unions, 1)
        layout.addWidget(buttons)
        self.year.textChanged.connect(self._judge)
        self._find("")
        self.search.setFocus()

    def _find(self, text: str) -> None:
        self.unions.clear()
        for record, name in self._desk.ws.choices("union_org", text, MOST):
            item = QListWidgetItem(name, self.unions)
            item.setData(Qt.ItemDataRole.UserRole, record)
        self.unions.setCurrentRow(0)
        self._judge()

    def _judge(self, *_changed: Any) -> None:
        self.ok.setEnabled(self.unions.currentItem() is not None and self.year.hasAcceptableInput())

    def _accept(self, *_item: Any) -> None:
        if self.ok.isEnabled():
            record, year = self.unions.currentItem().data(Qt.ItemDataRole.UserRole), int(self.year.text())
            self.accept()
            self._then(record, year)
