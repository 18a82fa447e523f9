"""One value into one field of all selected rows, in one step: which field, which value, how many rows it replaces something in."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from unionclient.definition.record import Record
from unionclient.ui.editors.kinds import make_input
from unionclient.ui.grid.model import RecordModel
from unionclient.ui.widgets import button, Choice, label, room_of
from unionclient.definition.words import _


class BulkDialog(QDialog):
    """`records` are those selected; `first` is the field the cursor stood in."""

    def __init__(self, model: RecordModel, records: Sequence[Record], first: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("批量修改{}").format(model.ledger.title))
        self._model, self._records = model, records
        self._fields = {field.id: field for column, field in enumerate(model.fields, 1) if model.may_edit(column)}
        self.field = Choice(_("要修改的项目"), self)
        for field in self._fields.values():
            self.field.addItem(field.title, field.id)
        self.field.setCurrentIndex(max(self.field.findData(first), 0))
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.input: Any = None
        self.empty = QCheckBox(_("清空这一项"), self)
        self.empty.toggled.connect(self._judge)
        self.told = label("", "muted", self)
        self.told.setWordWrap(True)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for widget in (label(_("把"), "", self), self.field, label(_("改为"), "", self)):
            self._row.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(button(_("取消"), self.reject, self))
        self.go = button(_("修改"), self._go, self, kind="primary")
        self.go.setDefault(True)
        foot.addWidget(self.go)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(label(_("已选 {} 条记录").format(len(records)), "heading", self))
        layout.addLayout(self._row)
        layout.addWidget(self.empty)
        layout.addWidget(self.told)
        layout.addStretch(1)
        layout.addLayout(foot)
        self.setMinimumWidth(min(520, room_of(self).width() - 80))
        self._field_chosen()

    def _field_chosen(self) -> None:
        if self.input is not None:
            self._row.removeWidget(self.input)
            self.input.deleteLater()
        self.input = make_input(self._fields[self.field.currentData()], self._model.source.ws, self, cell=False)
        if hasattr(self.input, "toPlainText"):
            self.input.setMinimumWidth(240)
        self.input.setAccessibleName(_("新的内容"))
        self.input.touched.connect(self._judge)
        self.input.settled.connect(self._judge)
        self._row.addWidget(self.input, 1)
        QWidget.setTabOrder(self.field, self.input)
        QWidget.setTabOrder(self.input, self.empty)
        self.input.setFocus()
        self._judge()

    def value(self) -> Any:
        """What is to be written: typed text, a key of a choice, None to clear."""
        return None if self.empty.isChecked() else self.input.typed()

    def _judge(self) -> None:
        """Says what would happen; a text that cannot be read goes into no row."""
        name, value = self.field.currentData(), self.value()
        self.input.setEnabled(not self.empty.isChecked())
        given = self.empty.isChecked() or bool(str(value or "").strip())
        self.go.setEnabled(False)
        if not given:
            self.told.setText(_("填上新的内容，或选“清空这一项”。"))
            return
        tried, issues = self._model.source.ws.try_values(self._model.ledger.id, {name: value}, self._records[0].id)
        if name in tried.raw:
            self.told.setText(next((issue.message for issue in issues if name in issue.fields), _("读不懂，请改一改。")))
            return
        held = [r.parent if name not in r.values else r.raw.get(name) or r.values[name] for r in self._records]
        replaced = sum(there not in (None, (), "") and there != tried.values.get(name) for there in held)
        self.told.setText(_("其中 {} 条原来有别的内容，会被替换。可以一次撤销。").format(replaced) if replaced else _("不会替换别的内容。可以一次撤销。"))
        self.go.setEnabled(True)

    def _go(self) -> None:
        field, value = self._fields[self.field.currentData()], self.value()
        edits = [self._model.edit_to(record.id, {field.id: value}) for record in self._records]
        self.accept()
        self._model.save(edits, _("批量修改{}{}条").format(field.title, len(edits)))
        self._model.desk.say(_("已修改 {} 条的“{}”，可以撤销").format(len(edits), field.title))
