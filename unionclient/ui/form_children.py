"""Child records in the form: a small grid for each child ledger, with add, details and retire."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from unionclient.definition.ledger import Ledger
from unionclient.ui.desk import Desk
from unionclient.ui.grid.model import RecordModel
from unionclient.ui.grid.source import ChildSource
from unionclient.ui.grid.view import RecordGrid
from unionclient.ui.widgets import Elided, button, label
from unionclient.definition.words import _

_FEWEST, _MOST = 3, 8  # rows shown without scrolling


class ChildSection(QWidget):
    """The children of the shown record in one child ledger. `step_wanted`: 1 the next section, -1 the record above."""

    step_wanted = Signal(object)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ledger = ledger
        self.source = ChildSource(desk.ws, ledger.id, "")
        self.model = RecordModel(desk, self.source, self)
        self.grid = RecordGrid(desk, self.model, self, remembered=f"{ledger.id}/child")
        self.grid.form_wanted.connect(self.open_form)
        self.grid.step_wanted.connect(self._step)
        self._title = Elided(ledger.title, "heading", self)
        self._count = label("", "muted", self)
        self._add = button(_("新增"), self.grid.start_new, self, icon="add")
        self._details = button(_("详情"), self.open_form, self)
        self._retire = button(_("作废"), self.grid.retire_rows, self)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._title, 1)
        row.addWidget(self._count)
        for made in (self._add, self._details, self._retire):
            row.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addWidget(self.grid)
        self.grid.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        for signal in (self.model.modelReset, self.model.rowsInserted, self.model.rowsRemoved):
            signal.connect(self._fit)
        self._fit()

    def show_parent(self, record: str | None) -> None:
        """The children of another record; without a record nothing can be added."""
        if record != self.source.parent:
            self.source.parent = record or ""
            self.model.reload()
        for widget in (self.grid, self._add, self._details, self._retire):
            widget.setEnabled(bool(record))

    def refresh(self, changes: Any) -> None:
        self.model.refresh(changes)

    def enter(self) -> bool:
        """The cursor into the children, at the empty row if there are none. False: nothing can be entered yet."""
        if not self.grid.isEnabled():
            return False
        if not self.grid.currentIndex().isValid() or self.grid.currentIndex().row() >= self.model.rowCount():
            if self.model.records:
                self.grid.go_to(0, 1)
            else:
                self.grid.start_new()
        self.grid.setFocus()
        return True

    def _step(self, step: int) -> None:
        self.step_wanted.emit((self, step))

    def leave(self) -> None:
        self.grid.finish_editing()

    def open_form(self) -> None:
        """All fields of a child in a dialog: of the current row, or a new one."""
        from unionclient.ui.record_dialog import RecordDialog

        self.grid.finish_editing()
        here = self.grid.currentIndex()
        record = self.model.record(here.row()) if here.isValid() else None
        RecordDialog(self.desk, self.ledger, record.id if record else None, self.source.parent, self).open()

    def _fit(self) -> None:
        self._count.setText(_("{} 条").format(self.model.records))
        rows = max(_FEWEST, min(self.model.rowCount(), _MOST))
        height = self.grid.verticalHeader().defaultSectionSize()
        self.grid.setFixedHeight(rows * height + height + 18)
