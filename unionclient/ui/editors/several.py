"""`CodesLine`: several codes of a list, typed with 、 between them or ticked in a list."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from unionclient.definition.choices import find_codes, written_all
from unionclient.definition.ledger import Field
from unionclient.ui.editors.choice import listed
from unionclient.ui.editors.dates import below
from unionclient.ui.editors.line import FieldLine
from unionclient.definition.words import _

_KEY = int(Qt.ItemDataRole.UserRole)


class TickPopup(QFrame):
    """The list with a tick box for each code; every tick is written into the line at once."""

    def __init__(self, line: "CodesLine") -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self._line = line
        self.list = QListWidget(self)
        self.list.setAccessibleName(line.field.title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.list)
        for code in line.field.codes.codes.values():
            if not code.retired:
                item = QListWidgetItem(listed(code), self.list)
                item.setData(_KEY, code.code)
        self.list.itemChanged.connect(self._ticked)
        self.list.itemActivated.connect(self._close)

    def tick(self, chosen: tuple[str, ...]) -> None:
        self.list.blockSignals(True)
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setCheckState(Qt.CheckState.Checked if item.data(_KEY) in chosen else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.setCurrentRow(0)

    def _ticked(self) -> None:
        items = (self.list.item(row) for row in range(self.list.count()))
        self._line.take(tuple(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked))

    def _close(self) -> None:
        self.close()


class CodesLine(FieldLine):
    """Several codes; the button opens a list to tick."""

    def __init__(self, field: Field, parent: QWidget, *, cell: bool = False) -> None:
        super().__init__(field, parent, cell=cell)
        self._popup: TickPopup | None = None
        if not field.readonly:
            self.add_button("down", _("打开列表")).triggered.connect(self.open_list)

    def open_list(self) -> None:
        self.opened.emit()
        if self._popup is None:
            self._popup = TickPopup(self)
        self._popup.tick(find_codes(self.field.codes, self.text())[0] if self.text().strip() else ())
        rows = min(self._popup.list.count(), 12)
        self._popup.resize(max(self.width(), 260), rows * max(self._popup.list.sizeHintForRow(0), 20) + 24)
        self._popup.move(below(self, self._popup))
        self._popup.show()
        self._popup.list.setFocus()

    def take(self, chosen: tuple[str, ...]) -> None:
        """The codes ticked in the list."""
        self.setText(written_all(self.field.codes, chosen) if chosen else "")
        self.touched.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self.open_list()
            return
        super().keyPressEvent(event)

    def typed(self) -> Any:
        return self.text()
