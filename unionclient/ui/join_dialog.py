"""Two records of the same thing side by side: one chooses, field by field, what the one that stays shall hold."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.record import Record
from unionclient.ui import ask, theme
from unionclient.ui.desk import Desk
from unionclient.ui.widgets import button, label, room_of
from unionclient.definition.words import _

_KEEP, _GONE = 1, 2                     # columns of the table; column 0 names the field


class JoinDialog(QDialog):
    """Left the record that stays, right the one that goes into it. A click on a value takes it."""

    def __init__(self, desk: Desk, ledger: Ledger, keep: Record, gone: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("合并两条{}").format(ledger.title))
        self.desk, self.ledger, self.keep, self.gone = desk, ledger, keep, gone
        self.rows: list[Field] = []
        self.taken: dict[str, int] = {}
        told = label(_("点选要保留的内容：加粗的一格留下。左边一条保留，右边一条并入后作废；指向它的会员、检查等记录一起转过来，可以撤销。"), "muted", self)
        told.setWordWrap(True)
        self.table = QTableWidget(0, 3, self)
        self.table.setAccessibleName(_("两条记录的内容"))
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.cellActivated.connect(self._take)
        self.table.cellClicked.connect(self._take)
        foot = QHBoxLayout()
        foot.addWidget(button(_("左右对调"), self._swap, self))
        foot.addStretch(1)
        foot.addWidget(button(_("取消"), self.reject, self))
        foot.addWidget(button(_("合并"), self._join, self, kind="primary"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addWidget(told)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        room = room_of(self)
        self.resize(min(860, room.width() - 80), min(600, room.height() - 80))
        self._fill()

    def _fill(self) -> None:
        """Fields in which the two differ come first; where only one holds something, that is taken."""
        fields = [f for f in self.ledger.live_fields if f.computed is None and f.type != "attachment"]
        held = [f for f in fields if self._text(self.keep, f) or self._text(self.gone, f)]
        self.rows = sorted(held, key=lambda f: self._text(self.keep, f) == self._text(self.gone, f))
        self.taken = {f.id: _KEEP if self._text(self.keep, f) else _GONE for f in self.rows}
        self.table.setHorizontalHeaderLabels([_("项目"), _("保留的一条"), _("并入的一条")])
        self.table.setRowCount(len(self.rows))
        for row in range(len(self.rows)):
            self._show_row(row)

    def _text(self, record: Record, field: Field) -> str:
        return self.desk.ws.show(self.ledger.id, record, field.id)

    def _show_row(self, row: int) -> None:
        field = self.rows[row]
        texts = [field.title, self._text(self.keep, field), self._text(self.gone, field)]
        same = texts[_KEEP] == texts[_GONE]
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text or "—")
            font = item.font()
            font.setBold(column == self.taken[field.id] and not same)
            item.setFont(font)
            if same or column == 0:
                item.setForeground(QColor(theme.tones().muted))
            elif column == self.taken[field.id]:
                item.setBackground(QColor(theme.tones().chosen))
                item.setForeground(QColor(theme.tones().on_chosen))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _("{}：{}，{}").format(
                field.title, text or _("空"), _("保留") if column == self.taken[field.id] else _("不保留")))
            self.table.setItem(row, column, item)

    def _take(self, row: int, column: int) -> None:
        if column in (_KEEP, _GONE):
            self.taken[self.rows[row].id] = column
            self._show_row(row)

    def _swap(self) -> None:
        self.keep, self.gone = self.gone, self.keep
        self._fill()

    def values(self) -> dict[str, Any]:
        """What the record that stays takes over from the other."""
        return {f.id: self.gone.values.get(f.id) for f in self.rows
                if self.taken[f.id] == _GONE and self.gone.values.get(f.id) != self.keep.values.get(f.id)}

    def _join(self) -> None:
        changes = self.desk.ws.join(self.ledger.id, self.keep.id, self.gone.id, self.values())
        self.desk.publish(changes)
        self.desk.say(_("已合并，另一条已作废，可以撤销"))
        self.accept()


def offer_join(desk: Desk, ledger: str, ids: list[str], parent: QWidget) -> None:
    """Joins the two records chosen; of one alone looks for its twin."""
    rows = [record for found in ids if (record := desk.ws.record(ledger, found)) is not None]
    if len(rows) == 1:
        rows += desk.ws.twins(ledger, rows[0].id)[:1]
    if len(rows) == 2:
        JoinDialog(desk, desk.ws.library.ledgers[ledger], rows[0], rows[1], parent).open()
    else:
        ask.tell(parent, _("合并记录"), _("没有找到与它相同的记录。"), _("也可以在表格里选中两条，再选“合并”。"))
