"""Asks which union is evaluated in which year, and makes the evaluation."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.views.question import Question
from unionclient.definition.words import _

MOST = 30  # unions listed at once


class NewEvaluation(Question):
    """`then(union id, year)` is called when both are given."""

    def __init__(self, desk: Desk, then: Callable[[str, int], None], parent: QWidget) -> None:
        super().__init__(_("新建考核"), then, parent, width=420)
        self.resize(460, 420)
        self._desk = desk
        self.year = self.line(_("年度"), str(dt.date.today().year))
        self.year.setValidator(QIntValidator(2000, 2100, self.year))
        self.search = QLineEdit(self)
        self.search.setAccessibleName(_("查找工会"))
        self.search.setPlaceholderText(_("输入工会名称的一部分"))
        self.search.textEdited.connect(self._find)
        self.unions = QListWidget(self)
        self.unions.setAccessibleName(_("工会"))
        self.unions.itemDoubleClicked.connect(self.hand_on)
        form = QFormLayout()
        form.addRow(_("年度"), self.year)
        form.addRow(_("工会"), self.search)
        self.lay_out(_("新建"), form, self.unions)
        self.unions.currentItemChanged.connect(self.judge)
        self._find("")
        self.search.setFocus()

    def _find(self, text: str) -> None:
        self.unions.clear()
        for record, name in self._desk.ws.choices("union_org", text, MOST):
            item = QListWidgetItem(name, self.unions)
            item.setData(Qt.ItemDataRole.UserRole, record)
        self.unions.setCurrentRow(0)
        self.judge()

    def ready(self) -> bool:
        return self.unions.currentItem() is not None and self.year.hasAcceptableInput()

    def answer(self) -> tuple[str, int]:
        return self.unions.currentItem().data(Qt.ItemDataRole.UserRole), int(self.year.text())
