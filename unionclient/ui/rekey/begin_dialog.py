"""What is to be typed a second time: which ledger, which records, which fields."""

import random
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.widgets import button, Choice, label, room_of
from unionclient.definition.words import _

_ID = int(Qt.ItemDataRole.UserRole)
_SAMPLES = (1, 5, 10, 20)      # one record of so many


class BeginDialog(QDialog):
    """`chosen` and `narrowed`: ids of the selected and of the filtered records, in the order shown; none where all are meant.

    `then` gets the round that was begun.
    """

    def __init__(self, desk: Desk, ledger: str, then: Callable[[Any], None], parent: QWidget, *, chosen: Sequence[str] = (),
                 narrowed: Sequence[str] = ()) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("开始双录"))
        self._desk, self._then = desk, then
        self._first, self._chosen, self._narrowed = ledger, list(chosen), list(narrowed)
        told = label(_("由另一个人照着原件再录一遍所选的项目，录的时候看不到原来的内容。录完比对，两次不一样的列成清单，由您决定用哪一个；在您决定之前台账不会改动。"),
                     "muted", self)
        told.setWordWrap(True)
        self.ledger = Choice(_("台账"), self)
        for each in desk.ws.library.ledgers.values():
            if each.menu and any(field.retyped for field in each.live_fields):
                self.ledger.addItem(each.title, each.id)
        self.ledger.setCurrentIndex(max(self.ledger.findData(ledger), 0))
        self.scope = Choice(_("哪些记录"), self)
        self.sample = Choice(_("全录还是抽查"), self)
        for every in _SAMPLES:
            self.sample.addItem(_("全部都录") if every == 1 else _("随机抽查，每 {} 条抽 1 条").format(every), every)
        self.fields = QListWidget(self)
        self.fields.setAccessibleName(_("要再录一遍的项目"))
        self.fields.itemChanged.connect(self._judge)
        self.count = label("", "muted", self)
        self.count.setWordWrap(True)
        top = QGridLayout()
        top.setHorizontalSpacing(10)
        top.setVerticalSpacing(8)
        for row, (name, widget) in enumerate(((_("台账"), self.ledger), (_("记录"), self.scope), ("", self.sample))):
            top.addWidget(label(name, "muted", self), row, 0)
            top.addWidget(widget, row, 1)
        top.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.count, 1)
        foot.addWidget(button(_("取消"), self.reject, self))
        self.go = button(_("开始录入"), self._go, self, kind="primary")
        self.go.setDefault(True)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(told)
        layout.addLayout(top)
        layout.addWidget(label(_("要再录一遍的项目（空格键勾选）"), "heading", self))
        layout.addWidget(self.fields, 1)
        layout.addLayout(foot)
        room = room_of(self)
        self.resize(min(520, room.width() - 80), min(600, room.height() - 80))
        self.ledger.currentIndexChanged.connect(self._ledger_chosen)
        self.scope.currentIndexChanged.connect(self._judge)
        self.sample.currentIndexChanged.connect(self._judge)
        self._ledger_chosen()
        self.fields.setFocus()

    def _ledger_chosen(self) -> None:
        name, ws = self.ledger.currentData(), self._desk.ws
        mine = name == self._first
        self.scope.blockSignals(True)
        self.scope.clear()
        for words, ids in ((_("所选的 {} 条"), self._chosen), (_("筛选出的 {} 条"), self._narrowed)):
            if mine and ids:
                self.scope.addItem(words.format(len(ids)), ids)
        self.scope.addItem(_("全部 {} 条").format(ws.count(name)), None)
        self.scope.blockSignals(False)
        self.fields.blockSignals(True)
        self.fields.clear()
        for field in ws.rekey_fields(name):
            item = QListWidgetItem(field.heading, self.fields)
            item.setData(_ID, field.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if field.twice else Qt.CheckState.Unchecked)
        self.fields.setCurrentRow(0)
        self.fields.blockSignals(False)
        self._judge()

    def ticked(self) -> list[str]:
        """The chosen fields in the order of the ledger."""
        items = (self.fields.item(row) for row in range(self.fields.count()))
        return [item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _records(self) -> int:
        ids = self.scope.currentData()
        return -(-(len(ids) if ids else self._desk.ws.count(self.ledger.currentData())) // self.sample.currentData())

    def _judge(self) -> None:
        records, fields = self._records(), len(self.ticked())
        self.go.setEnabled(bool(records and fields))
        self.count.setText(_("{} 条记录，{} 个项目，共 {} 格").format(records, fields, records * fields) if records and fields
                           else _("这本台账还没有记录。") if not records else _("请至少勾选一个项目。"))

    def _go(self) -> None:
        ws, name = self._desk.ws, self.ledger.currentData()
        ids = self.scope.currentData() or [record.id for record in ws.rows(name, ws.find(name))]
        if self.sample.currentData() > 1:
            taken = set(random.sample(ids, self._records()))
            ids = [each for each in ids if each in taken]
        begun = ws.begin_rekey(name, ids, self.ticked())
        self.accept()
        self._then(begun)
