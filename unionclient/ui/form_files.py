"""Attachments of a record in the form: add, open, remove.

A file is opened as a copy in a private folder that is emptied when the window closes.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from unionclient.definition.ledger import Field
from unionclient.definition.record import Record
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.widgets import button
from unionclient.definition.words import _
from unionclient.workspace import Edit

_KEY = int(Qt.ItemDataRole.UserRole)
_FOLDER = Path(tempfile.gettempdir()) / "unionclient-files"
_LINES = 3


class FilesBox(QWidget):
    """The attached files of one field of one saved record."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.desk = desk
        self._record: Record | None = None
        self._ids: tuple[str, ...] = ()
        self.list = QListWidget(self)
        self.list.setAccessibleName(field.title)
        self.list.itemActivated.connect(self.open_file)
        self.list.itemSelectionChanged.connect(self._selected)
        self._add = button(_("添加…"), self._ask, self, icon="attach")
        self._open = button(_("打开"), self.open_file, self)
        self._remove = button(_("移除"), self.remove, self)
        row = QHBoxLayout()
        row.setSpacing(6)
        for made in (self._add, self._open, self._remove):
            row.addWidget(made)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.list)
        layout.addLayout(row)
        self.setFocusProxy(self.list)

    def show_files(self, record: Record | None, ids: tuple[str, ...]) -> None:
        """The names of the files; nothing can be added before the record is there."""
        if record is self._record and ids == self._ids and self.list.count() == len(ids):
            return
        self._record, self._ids = record, tuple(ids)
        self.list.clear()
        for file_id in ids:
            found = self.desk.ws.attachment(file_id)
            item = QListWidgetItem(f"{found.name}　{_size(found.size)}" if found else _("文件不在了"), self.list)
            item.setData(_KEY, file_id)
        line = self.list.sizeHintForRow(0) if ids else 24
        self.list.setVisible(bool(ids))
        self.list.setFixedHeight(min(len(ids), _LINES) * max(line, 24) + 6)
        self._add.setEnabled(record is not None and not self.field.readonly)
        self._add.setToolTip("" if record else _("先填写一项内容，再添加附件"))
        self._selected()

    def _selected(self) -> None:
        chosen = self.list.currentItem() is not None
        self._open.setVisible(chosen)
        self._remove.setVisible(chosen and not self.field.readonly)

    def _ask(self) -> None:
        ask.open_files(self, _("添加附件"), [_("图片、文档 (*.jpg *.jpeg *.png *.pdf *.doc *.docx *.xls *.xlsx *.wps *.et)"), _("所有文件 (*)")], self.add)

    def add(self, paths: list[Path]) -> None:
        """Take files into the store and hang them on the record; each is its own step."""
        record = self._record.id
        for path in paths:
            self.desk.publish(self.desk.ws.attach(self._record.ledger, record, self.field.id, path))
        self.desk.say(_("已添加 {} 个附件").format(len(paths)))

    def open_file(self, _item: Any = None) -> None:
        item = self.list.currentItem()
        found = self.desk.ws.attachment(item.data(_KEY)) if item else None
        if found is None:
            return
        folder = _FOLDER / found.id
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / found.name
        path.write_bytes(found.content)
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            ask.tell(self, _("打不开附件"), _("这台电脑没有能打开“{}”的程序。").format(found.name), _("可以换一台电脑查看，文件仍保存在台账里。"))

    def remove(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            rest = tuple(file_id for file_id in self._ids if file_id != item.data(_KEY))
            self.desk.publish(self.desk.ws.save(self._record.ledger, [Edit(self._record.id, {self.field.id: rest})], title=_("移除附件")))


def wipe_previews() -> None:
    """Remove the copies made for opening; at start and at the end."""
    shutil.rmtree(_FOLDER, ignore_errors=True)


def _size(count: int) -> str:
    return f"{count / 1048576:.1f} MB" if count >= 1048576 else f"{max(count // 1024, 1)} KB"
