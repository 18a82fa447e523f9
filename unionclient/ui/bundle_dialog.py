"""What the district sent down, looked at before it is taken over: targets with old and new value, files of definitions."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask, theme
from unionclient.ui.desk import Desk
from unionclient.ui.widgets import button, label, room_of
from unionclient.definition.words import _
from unionclient.workspace.bundles import SAME, STATES, BundlePreview

FILES = (_("区里下发的文件 (*.asice)"),)
_HEADINGS = (_("项目"), _("年度"), _("现在"), _("下发"), _("文号"), _("改动"))


class BundleDialog(QDialog):
    """One row for each thing the bundle holds; nothing is changed before “采用” is pressed."""

    def __init__(self, desk: Desk, preview: BundlePreview, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("区里下发的文件"))
        self.desk, self.preview = desk, preview
        told = label(_("{d}，{t:%Y-%m-%d} 下发。{n}").format(d=preview.district_name, t=preview.issued_at, n=preview.note), "", self)
        told.setWordWrap(True)
        self.note = label(self._told(), "muted", self)
        self.note.setWordWrap(True)
        self.table = QTableWidget(0, len(_HEADINGS), self)
        self.table.setAccessibleName(_("下发的内容"))
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setHorizontalHeaderLabels(_HEADINGS)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._fill()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(_("不采用"), self.reject, self))
        self.take = button(_("采用"), self._take, self, kind="primary")
        self.take.setEnabled(not preview.mistakes)
        foot.addWidget(self.take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        for part in (told, self.note):
            layout.addWidget(part)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        room = room_of(self)
        self.resize(min(820, room.width() - 80), min(520, room.height() - 80))

    def _told(self) -> str:
        if self.preview.mistakes:
            return _("定义文件有错误，不能采用，请告诉区总工会：{m}").format(m=_("；").join(self.preview.mistakes[:3]))
        if not self.preview.changes:
            return _("没有要改动的内容。")
        return _("采用后改动 {n} 处：目标可以撤销，定义文件在重新打开程序后生效。").format(n=self.preview.changes)

    def _fill(self) -> None:
        targets, forms = self.preview.targets, self.preview.forms
        self.table.setRowCount(len(targets) + len(forms))
        for row, line in enumerate(targets):
            self._row(row, line.state, f"{line.figure} {line.title}", str(line.year), "—" if line.before is None else f"{line.before.normalize():f}",
                      f"{line.after.normalize():f}", line.doc_no)
        for row, form in enumerate(forms, len(targets)):
            self._row(row, form.state, _("定义文件 {n}").format(n=form.name), "", "", "", "")

    def _row(self, row: int, state: str, *texts: str) -> None:
        for column, text in enumerate((*texts, _(STATES[state]))):
            item = QTableWidgetItem(text)
            if state == SAME:
                item.setForeground(QColor(theme.tones().muted))
            self.table.setItem(row, column, item)

    def _take(self) -> None:
        try:
            changes = self.desk.ws.import_bundle(self.preview)
        except UnionClientError as error:
            ask.fault(self, error)
            return
        self.desk.publish(changes)
        self.desk.say(_("已采用区里下发的文件，改动 {n} 处").format(n=self.preview.changes))
        self.accept()


def offer_bundle(desk: Desk, path: Path, parent: QWidget) -> None:
    """Looks at a file and, where it is the district's, opens the dialog."""
    try:
        preview: Any = desk.ws.look_at_bundle(path)
    except UnionClientError as error:
        ask.fault(parent, error)
        return
    BundleDialog(desk, preview, parent).open()
