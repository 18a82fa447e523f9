"""Which columns a ledger shows and in which order; by keyboard: Space shows or hides, Alt+arrows move."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from unionclient.definition.ledger import Field
from unionclient.ui.widgets import button, label, room_of
from unionclient.definition.words import _

_ID = int(Qt.ItemDataRole.UserRole)


class ColumnDialog(QDialog):
    """`then` gets the ids to show, in order. The field `named` says what a row is about and stays."""

    def __init__(self, fields: Sequence[Field], shown: Sequence[Field], named: str, then: Callable[[list[str]], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("选择显示的列"))
        self._fields, self._named, self._then = fields, named, then
        told = label(_("打勾的显示。用“上移”“下移”或 Alt+方向键改变先后。藏起来的列照样保存、检查和上报。"), "muted", self)
        told.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(_("表格的列"))
        self.list.installEventFilter(self)
        self._fill([*shown, *(field for field in fields if field not in shown)], {field.id for field in shown})
        side = QVBoxLayout()
        side.setSpacing(8)
        for title, deed in ((_("上移"), self.up), (_("下移"), self.down), (_("全部显示"), self._all), (_("恢复原样"), self._plain)):
            side.addWidget(button(title, deed, self))
        side.addStretch(1)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addWidget(self.list, 1)
        middle.addLayout(side)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(button(_("取消"), self.reject, self))
        go = button(_("确定"), self._go, self, kind="primary")
        go.setDefault(True)
        foot.addWidget(go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(told)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        room = room_of(self)
        self.resize(min(460, room.width() - 80), min(560, room.height() - 80))
        self.list.setFocus()

    def _fill(self, fields: Sequence[Field], shown: set[str]) -> None:
        self.list.clear()
        for field in fields:
            item = QListWidgetItem(field.title, self.list)
            item.setData(_ID, field.id)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            if field.id == self._named:
                item.setToolTip(_("说明每一行是谁，总要显示"))
            else:
                flags |= Qt.ItemFlag.ItemIsUserCheckable
            item.setFlags(flags)
            item.setCheckState(Qt.CheckState.Checked if field.id in shown or field.id == self._named else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)

    def chosen(self) -> list[str]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item.data(_ID) for item in items if item.checkState() == Qt.CheckState.Checked]

    def up(self) -> None:
        self._move(-1)

    def down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if 0 <= row and 0 <= row + step < self.list.count():
            self.list.insertItem(row + step, self.list.takeItem(row))
            self.list.setCurrentRow(row + step)

    def _all(self) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setCheckState(Qt.CheckState.Checked)

    def _plain(self) -> None:
        self._fill(self._fields, {field.id for field in self._fields})

    def _go(self) -> None:
        self.accept()
        self._then(self.chosen())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(event.key())
            if step is not None:
                self._move(step)
                return True
        return False
