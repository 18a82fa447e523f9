"""The table that leads columns of a file to fields: one row for each column, a drop-down to lead it elsewhere."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from unionclient.definition.ledger import Library
from unionclient.ui.views.frame import combo
from unionclient.definition.words import _

NOWHERE = _("不导入")
_OWN = {"id": _("系统编号"), "parent_id": _("上级记录")}


class MappingTable(QTableWidget):
    """`put` shows a plan's columns; `changed` after the officer led one elsewhere; `targets` gives all of them."""

    changed = Signal()

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(0, 2, parent)
        self._library = library
        self._headings: list[str] = []
        self._choices: QStandardItemModel | None = None
        self.setAccessibleName(_("列的对应"))
        self.setTabKeyNavigation(False)
        self.setHorizontalHeaderLabels([_("文件里的列"), _("台账栏目")])
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, self.fontMetrics().horizontalAdvance(_("宽")) * 8)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(36)
        self.setShowGrid(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QTableWidget.ScrollMode.ScrollPerPixel)

    def put(self, ledger: str, columns: Sequence[Any]) -> None:
        """A heading that stands over several columns or sheets is one row; it leads to one place."""
        targets: dict[str, Any] = {}
        for column in columns:
            if column.heading:
                targets[column.heading] = targets.get(column.heading) or column.target
        self._headings = list(targets)
        before, options = self._choices, _options(self._library, ledger, self)
        self._choices = options
        self.setRowCount(len(targets))
        for row, (heading, target) in enumerate(targets.items()):
            item = QTableWidgetItem(heading)
            item.setToolTip(heading)
            self.setItem(row, 0, item)
            box = combo(_("“{h}”对应的栏目").format(h=heading), self)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setModel(options)
            box.setCurrentIndex(max(_find(options, target), 0))
            box.setToolTip(box.currentText())
            box.activated.connect(self._activated)
            self.setCellWidget(row, 1, box)
        if before is not None:
            before.deleteLater()

    def box(self, heading: str) -> QComboBox:
        return self.cellWidget(self._headings.index(heading), 1)

    def targets(self) -> dict[str, tuple[str, str] | None]:
        """Heading → (ledger, field), or None for a column that is not taken in."""
        return {heading: self.cellWidget(row, 1).currentData() for row, heading in enumerate(self._headings)}

    def _activated(self) -> None:
        self.changed.emit()


def _options(library: Library, ledger_id: str, parent: QWidget) -> QStandardItemModel:
    """Where a column may lead: nowhere, the ledger's own fields, the fields its feeds fill."""
    model = QStandardItemModel(parent)
    ledger = library.ledgers[ledger_id]
    _add(model, NOWHERE, None)
    for field in ledger.live_fields:
        _add(model, field.title, (ledger_id, field.id))
    if ledger.parent:
        _add(model, library.ledgers[ledger.parent].title, (ledger_id, "parent_id"))
    for feed in ledger.feeds:
        fed = library.ledgers[feed.ledger]
        for name in feed.columns:
            _add(model, f"{fed.title} · {fed.fields[name].title if name in fed.fields else _OWN.get(name, name)}", (feed.ledger, name))
    _add(model, _OWN["id"], (ledger_id, "id"))
    return model


def _add(model: QStandardItemModel, words: str, target: tuple[str, str] | None) -> None:
    item = QStandardItem(words)
    item.setData(target, Qt.ItemDataRole.UserRole)
    model.appendRow(item)


def _find(model: QStandardItemModel, target: tuple[str, str] | None) -> int:
    wanted = None if target is None else tuple(target)
    for row in range(model.rowCount()):
        kept = model.item(row).data(Qt.ItemDataRole.UserRole)
        if (None if kept is None else tuple(kept)) == wanted:
            return row
    return 0
