"""`BlindGrid`: the table in which chosen fields are typed a second time, with the keys of the ledger's grid and none of its sights."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyleOptionViewItem, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.editors.choice import ChoiceLine
from unionclient.ui.grid.blind_model import KEY, BlindModel
from unionclient.ui.grid.delegate import FieldDelegate
from unionclient.ui.grid.entry import TAB, EntryTable

_PAD = 9
_NAMED = 34        # half-width characters of the heading that names a row
_WIDEST = 420
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class BlindDelegate(FieldDelegate):
    """The inputs of the grid, filled with what the second reader typed and judged by that alone."""

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        if editor.changed:
            return
        cell = index.model().cell(index)
        if isinstance(editor, ChoiceLine) and cell and cell.value is not None:
            editor.show_value(cell.value)
        else:
            editor.show_value(None, cell.text if cell else "")
        self._say(list(index.model().issues(index.row(), index.column())))

    def _touched(self) -> None:
        self._pause.start()
        if self._editor is not None and self._index.isValid():
            model = self._index.model()
            self._desk.draft.watch(self._editor, model.ledger.id, model.ids[self._index.row()], None, self._editor.field.id,
                                   rekeyed=model.round.id)

    def _judge(self) -> None:
        if self._editor is None or not self._index.isValid():
            return
        model, field = self._index.model(), self._editor.field
        given = str(self._editor.typed() or "").strip()
        self._say(self._desk.ws.judge_rekeyed(model.round.id, model.ids[self._index.row()], field.id, self._editor.typed())
                  if given and not self._editor.choosing else [])


class BlindGrid(EntryTable):
    """`ended`: Tab after the last cell; `left_back`: Shift+Tab before the first cell."""

    ended = Signal()
    left_back = Signal()

    def __init__(self, desk: Desk, model: BlindModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.begin(model, BlindDelegate(desk, self))
        self.setTabKeyNavigation(False)
        letters = self.fontMetrics()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(letters.height() + _PAD)
        self.verticalHeader().setFixedWidth(_NAMED * letters.horizontalAdvance("宽") // 2 + 22)     # the name stays in sight
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setColumnHidden(KEY, True)
        columns = self.horizontalHeader()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumHeight(letters.height() + _PAD + 2)
        for column, field in enumerate(model.fields, 1):
            wide = max(int(field.width * letters.horizontalAdvance("0") * 1.15) + 22, columns.fontMetrics().horizontalAdvance(field.heading) + 34)
            self.setColumnWidth(column, min(wide, _WIDEST))

    def model(self) -> BlindModel:
        return super().model()

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:  # noqa: N802 (Qt's name)
        super().initViewItemOption(option)
        option.decorationPosition = QStyleOptionViewItem.Position.Right
        option.decorationSize = QSize(14, 14)

    def finish_editing(self) -> None:
        """Keep what stands in an open input."""
        self._delegate.finish()

    def fill_selection(self) -> None:
        """Ctrl+Enter ends the cell like Enter: no value is typed into several cells at once here."""
        self._leave((1, 0))

    # moving ---------------------------------------------------------------------------------------------------------

    def go_to(self, index: QModelIndex) -> None:
        """The cursor alone on a cell that is in sight."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def move_cursor(self, down: int, right: int) -> None:
        """Tab to the next cell and row; Enter below (or to the next column's top), after Tabs to where they began; past the last cell out."""
        here, model = self.currentIndex(), self.model()
        if not here.isValid():
            return
        row, column, by_columns = here.row() + down, here.column(), down > 0 and self._tab_start is None
        if right:
            self._tab_start = max(here.column(), KEY + 1) if self._tab_start is None else self._tab_start
            row, column = self._stop(here, right)
        elif down > 0 and self._tab_start is not None:
            column, self._tab_start = self._tab_start, None
        if row >= model.rowCount() and by_columns and column < len(model.fields):
            row, column = 0, column + 1
        if row >= model.rowCount():
            self.ended.emit()
        elif row < 0:
            self.left_back.emit()
        else:
            self.go_to(model.index(row, max(column, KEY + 1)))

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:  # noqa: N802
        """Never onto the column that only names the row."""
        place = super().moveCursor(action, modifiers)
        return place.siblingAtColumn(max(place.column(), KEY + 1))

    def _stop(self, here: QModelIndex, step: int) -> tuple[int, int]:
        """The next cell of the rows that may still be typed in; -1 or the number of rows where there is none."""
        model, columns = self.model(), len(self.model().fields)
        at = here.row() * columns + max(here.column() - 1, 0) + step
        while 0 <= at < model.rowCount() * columns:
            row, column = at // columns, at % columns + 1
            if model.flags(model.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                return row, column
            at += step
        return (-1 if at < 0 else model.rowCount()), here.column()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTER:
            self.move_cursor(-1 if back else 1, 0)
        elif event.key() in TAB:
            self.move_cursor(0, -1 if back or event.key() == Qt.Key.Key_Backtab else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.model().setData(self.currentIndex(), "")
        else:
            if event.key() in _MOVES:       # typing goes on with the row
                self._tab_start = None
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._tab_start = None
        super().mousePressEvent(event)
