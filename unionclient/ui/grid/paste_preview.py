"""Before a block is pasted: how many cells change, how many rows are added, what cannot be accepted and why."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout

from unionclient.ui.grid.pasteplan import PastePlan
from unionclient.ui.grid.pasting import carry_out
from unionclient.ui.widgets import button, label, room_of
from unionclient.definition.words import _

if TYPE_CHECKING:
    from unionclient.ui.grid.view import RecordGrid

_LISTED = 500   # rejected cells that are listed; all are counted


class PastePreview(QDialog):
    """One button writes the plan as it stands here, the other leaves all as it was."""

    def __init__(self, grid: "RecordGrid", plan: PastePlan, corner: tuple[int, int]) -> None:
        super().__init__(grid)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("粘贴到{}").format(grid.model().ledger.title))
        self._grid, self.plan, self._corner = grid, plan, corner
        self.headline = label(plan.headline, "heading", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self.headline)
        for told in plan.notes:
            note = label(told, "muted", self)
            note.setWordWrap(True)
            layout.addWidget(note)
        self.table: QTableWidget | None = None
        if plan.rejected:
            self._put_rejected(layout)
        else:
            layout.addStretch(1)
        after = label(_("粘贴后可以一次撤销。"), "muted", self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(after)
        foot.addStretch(1)
        foot.addWidget(button(_("取消"), self.reject, self))
        self.go = button(_("粘贴"), self._carry_out, self, kind="primary")
        self.go.setDefault(True)
        self.go.setEnabled(bool(plan.edits))
        foot.addWidget(self.go)
        layout.addLayout(foot)
        room = room_of(self)
        self.resize(min(760 if plan.rejected else 460, room.width() - 80), min(480, room.height() - 80) if plan.rejected else 0)
        self.go.setFocus()

    def _put_rejected(self, layout: QVBoxLayout) -> None:
        words = label(_("不能接受的格子会原样留下文字，标上问题，请随后改正；写明“不改动”的除外。"), "block", self)
        words.setWordWrap(True)
        layout.addWidget(words)
        listed = self.plan.rejected[:_LISTED]
        self.table = QTableWidget(len(listed), 4, self)
        self.table.setAccessibleName(_("不能接受的格子"))
        self.table.setHorizontalHeaderLabels([_("行"), _("项目"), _("要粘贴的内容"), _("原因")])
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        for place, item in enumerate(listed):
            for column, text in enumerate((str(item.row), item.heading, item.text, item.reason)):
                cell = QTableWidgetItem(text)
                cell.setToolTip(text)
                self.table.setItem(place, column, cell)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setColumnWidth(1, 130)
        self.table.setColumnWidth(2, 190)
        header.setStretchLastSection(True)
        layout.addWidget(self.table, 1)
        if len(self.plan.rejected) > _LISTED:
            layout.addWidget(label(_("这里只列出前 {} 格。").format(_LISTED), "muted", self))

    def _carry_out(self) -> None:
        self.accept()
        carry_out(self._grid, self.plan, self._corner)
