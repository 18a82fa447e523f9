"""`EntryTable`: a table into which values are typed cell by cell, with Excel's way of opening and leaving a cell."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from unionclient.ui.grid.delegate import FieldDelegate

TAB = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class EntryTable(QTableView):
    """A subclass says by `move_cursor(down, right)` where Enter and Tab lead; `_tab_start` is the column where Tabs began."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tab_start: int | None = None
        self._delegate: FieldDelegate

    def begin(self, model: Any, delegate: FieldDelegate) -> None:
        """Shows `model`, a ledger's rows; its cells are typed into by `delegate`."""
        self.setModel(model)
        self._delegate = delegate
        delegate.left.connect(self._leave)
        self.setItemDelegate(delegate)
        self.setAccessibleName(model.ledger.title)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)

    def move_cursor(self, down: int, right: int) -> None:
        raise NotImplementedError

    def _leave(self, step: tuple[int, int]) -> None:
        self.setFocus()
        self.move_cursor(*step)

    def edit(self, index: QModelIndex, *how) -> bool | None:
        """F2 and double click put the caret behind what stands there, as in Excel; typing replaces it."""
        opened = super().edit(index, *how)
        trigger = QAbstractItemView.EditTrigger
        if how and how[0] in (trigger.EditKeyPressed, trigger.DoubleClicked) and opened:
            self._delegate.to_end()
        return opened

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        """Text that an input method hands over at once (a Chinese comma, handwriting) opens the cell; Qt would lose it."""
        was_open = self._delegate.is_open
        super().inputMethodEvent(event)
        if event.commitString() and not was_open and self._delegate.is_open:
            self._delegate.take(event.commitString())

    def event(self, event: QEvent) -> bool:
        # Tab would otherwise leave the grid before keyPressEvent sees it.
        if isinstance(event, QKeyEvent) and event.type() == event.Type.KeyPress and event.key() in TAB:
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.keyPressEvent(event)
                return True
        return super().event(event)
