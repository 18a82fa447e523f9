"""`FieldDelegate`: the input in a cell, what is said under it while one types, and the keys that end it."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from unionclient.definition.issue import Issue
from unionclient.ui.desk import Desk
from unionclient.ui.editors.kinds import make_input
from unionclient.ui.editors.line import FieldLine
from unionclient.ui.grid.tip import CellTip
from unionclient.definition.words import _

_PAUSE = 150  # ms after the last key before the text is judged
_STEPS = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1),
          Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
_TURNED = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)     # Shift turns them round; Shift+Tab mostly comes as Backtab


class FieldDelegate(QStyledItemDelegate):
    """One cell is edited at a time. `left` says where the cursor goes next, in rows and columns."""

    left = Signal(object)

    def __init__(self, desk: Desk, view: QTableView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._editor: FieldLine | None = None
        self._index = QPersistentModelIndex()
        self._tip = CellTip(view.viewport())
        self._unsaved = False   # saving was refused by disk or store: the draft stays
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._judge)

    # the input ---------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        field = index.model().field(index.column())
        editor = make_input(field, self._desk.ws, parent, cell=True)
        steps = index.model().ledger.status
        if steps and field.id == steps.field:
            record = index.model().record(index.row())
            editor.offered = self._desk.ws.next_steps(index.model().ledger.id, record.id if record else None)
        editor.setAccessibleName(_("{}，第{}行").format(field.title, index.row() + 1))
        editor.touched.connect(self._touched)
        editor.settled.connect(self._settle)
        editor.opened.connect(self._tip.hide)
        editor.destroyed.connect(self._closed)
        self._editor, self._index = editor, QPersistentModelIndex(index)
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        if editor.changed:
            return  # news from elsewhere must not overwrite what is being typed
        record = index.model().record(index.row())
        name = editor.field.id
        editor.show_value(record.value(name) if record else None, record.raw.get(name, "") if record else "")
        self._say(index.model().issues(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        if editor.changed:
            self._unsaved = True
            model.setData(index, editor.typed())
            self._unsaved = False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        rect = option.rect.adjusted(-1, -1, 1, 1)
        room = self._view.viewport().width()
        rect.setWidth(min(max(rect.width(), 120), max(room - rect.left(), rect.width())))
        editor.setGeometry(rect)

    def destroyEditor(self, editor: QWidget, index: QModelIndex) -> None:
        self._forget()
        super().destroyEditor(editor, index)

    def _closed(self) -> None:
        self._forget()

    def _forget(self) -> None:
        if self._editor is not None:
            (self._desk.draft.let_go if self._unsaved else self._desk.draft.drop)()
        self._editor, self._unsaved = None, False
        self._pause.stop()
        self._tip.hide()

    def _touched(self) -> None:
        self._pause.start()
        if self._editor is not None and self._index.isValid():
            model = self._index.model()
            record = model.record(self._index.row())
            self._desk.draft.watch(self._editor, model.ledger.id, record.id if record else None, model.source.parent, self._editor.field.id)

    # judging while one types -------------------------------------------------------------------------------------

    def _judge(self) -> None:
        if self._editor is None or not self._index.isValid():
            return
        if self._editor.choosing:
            self._say([])
            return
        model = self._index.model()
        record = model.record(self._index.row())
        field = self._editor.field
        _tried, issues = self._desk.ws.try_values(model.ledger.id, {field.id: self._editor.typed()},
                                                  record.id if record else None, model.source.parent)
        self._say([issue for issue in issues if field.id in issue.fields])

    def _say(self, issues: list[Issue]) -> None:
        if self._editor is None:
            return
        self._tip.say(issues, self._editor)
        self._editor.set_state(min((i.level for i in issues), key=_rank, default=None))

    # ending ------------------------------------------------------------------------------------------------------

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and editor is self._editor:
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.finish()
                self._view.fill_selection()
                return True
            step = _STEPS.get(event.key())
            if step is not None and event.key() in _TURNED and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                step = -step[0], -step[1]
            if step is not None and not self._keeps(event):
                self.finish()
                self.left.emit(step)
                return True
        return super().eventFilter(editor, event)

    def _keeps(self, event: QKeyEvent) -> bool:
        """Keys the input needs for itself: with Ctrl or Alt, and the arrow that opens a list."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return True
        return event.key() == Qt.Key.Key_Down and self._editor.field.type in ("code", "codes", "bool", "reference")

    @property
    def is_open(self) -> bool:
        return self._editor is not None

    def take(self, text: str) -> None:
        """The text in place of what stands in the input that has just been opened, as if typed."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        self._editor.selectAll()
        QApplication.sendEvent(self._editor, event)

    def to_end(self) -> None:
        """The caret behind the text of the open input, nothing of it selected."""
        if self._editor is not None:
            self._editor.end(False)

    def finish(self) -> None:
        """Save the open input, if any, and close it."""
        editor = self._editor
        if editor is not None:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _settle(self) -> None:
        # The list's own event is still being handled: end the input after it.
        QTimer.singleShot(0, self.finish)


def _rank(level) -> int:
    return level.rank
