"""A record form in a dialog of its own, for child records and for records named on other pages."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from unionclient.definition.ledger import Ledger
from unionclient.ui.desk import Desk
from unionclient.ui.record_form import RecordForm
from unionclient.ui.widgets import room_of
from unionclient.definition.words import _


class RecordDialog(QDialog):
    """Every field is saved when it is left, so there is only one button: close."""

    def __init__(self, desk: Desk, ledger: Ledger, record: str | None, parent_id: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(ledger.title if record else _("新增{}").format(ledger.title))
        self.form = RecordForm(desk, ledger, self, parent_id=parent_id, steps=False)
        self.form.close_wanted.connect(self.close)
        desk.changed.connect(self._changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        self.form.show_record(record)
        room = room_of(self)
        self.resize(min(620, room.width() - 80), min(660, room.height() - 80))

    def _changed(self, changes: Any) -> None:
        self.form.refresh(changes)

    def reject(self) -> None:
        self.form.leave()
        super().reject()

    def closeEvent(self, event) -> None:
        self.form.leave()
        super().closeEvent(event)
