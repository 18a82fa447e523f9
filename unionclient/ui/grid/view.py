"""`RecordGrid`: the table of a ledger with Excel's keys, as `keys.KEYS` lists them. Every deed is one `save`, so one undo step."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.grid import actions, columnset, moves, pasting
from unionclient.ui.grid import rows as rows_of
from unionclient.ui.grid.delegate import FieldDelegate
from unionclient.ui.grid.drawing import Drawing, RowNumbers
from unionclient.ui.grid.entry import EntryTable
from unionclient.ui.grid.frozen import FrozenColumns
from unionclient.ui.grid.keys import KEYS
from unionclient.ui.grid.model import STATUS, RecordModel
from unionclient.definition.words import _

_PAD = 9        # pixels of height around a line of text
_STATUS = 30    # width of the status column
_WIDEST = 420


class RecordGrid(EntryTable):
    """`form_wanted`: the officer asked for the record form of the current row (F4, double click beside a cell)."""

    form_wanted = Signal()
    step_wanted = Signal(object)        # 1: to the children of the current record; -1: to the record it hangs on
    rekey_wanted = Signal()             # the selected rows are to be typed a second time
    narrow_wanted = Signal(object)      # tuple of Clauses that hold for the current cell: show only such rows, or all again

    def __init__(self, desk: Desk, model: RecordModel, parent: QWidget, *, remembered: str = "") -> None:
        super().__init__(parent)
        self.desk = desk
        self._remembered = remembered
        self.frozen: FrozenColumns | None = None
        self._drawing = Drawing(self)
        self.begin(model, FieldDelegate(desk, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setCornerButtonEnabled(True)
        self._set_headers(model)
        self.doubleClicked.connect(self._double_clicked)
        self.verticalHeader().sectionDoubleClicked.connect(self._row_double_clicked)
        self._told = False          # the status bar tells a finding of the cell one stands on
        self.selectionModel().currentChanged.connect(self._moved)
        self._fit_columns()

    def model(self) -> RecordModel:
        return super().model()

    def _named_column(self) -> int:
        """The first column that names the record, if it stands among the first; it stays in sight."""
        column = self.model().column_of(self.model().ledger.label[0]) if self.model().ledger.label else 1
        return column if 1 <= column <= 3 else 1

    def scrollTo(self, index: QModelIndex, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Never leaves the cell under the fixed columns."""
        super().scrollTo(index, hint)
        covered = self.frozen.covers if self.frozen else 0
        left = self.visualRect(index).left()
        if covered and left < covered and index.column() > self._named_column():
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - (covered - left))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.frozen is not None:
            self.frozen.place()

    def _set_headers(self, model: RecordModel) -> None:
        height = self.fontMetrics().height() + _PAD
        rows = RowNumbers(self)
        self.setVerticalHeader(rows)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(height)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        rows.setMinimumWidth(40)
        columns = self.horizontalHeader()
        columns.setHighlightSections(True)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setMinimumSectionSize(_STATUS)
        columns.setMinimumHeight(height + 2)
        model.sticky = rows_of.Sticky(self.desk.config, self._remembered)
        if self._remembered:
            model.choose(columnset.kept(self.desk.config, self._remembered, model.all_fields))
        columns.sectionResized.connect(self._widths_changed)
        if model.source.sortable:
            columns.setSortIndicatorClearable(True)
            columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            self.setSortingEnabled(True)

    def _fit_columns(self) -> None:
        """Widths as kept, and the fixed columns, for the columns that are shown now."""
        model, columns = self.model(), self.horizontalHeader()
        kept = self.desk.config.get(f"widths/{self._remembered}", {}) if self._remembered else {}
        letter, heading = self.fontMetrics().horizontalAdvance("0"), columns.fontMetrics()
        columns.blockSignals(True)
        self.setColumnWidth(STATUS, _STATUS)
        for column, field in enumerate(model.fields, 1):
            proposed = max(int(field.width * letter * 1.15) + 22, heading.horizontalAdvance(model.heading(column)) + 34)
            self.setColumnWidth(column, int(kept.get(field.id, min(proposed, _WIDEST))))
        columns.blockSignals(False)
        if model.source.sortable:
            self._show_order()
            if self.frozen is not None:
                self.frozen.deleteLater()
            self.frozen = FrozenColumns(self, self._named_column())
            self.frozen.place()

    def _show_order(self) -> None:
        """The arrow of the heading says how the rows are sorted, also by a column that is hidden now: then nowhere."""
        order = self.model().source.order
        column = self.model().column_of(order[0][0]) if order else STATUS
        ascending = not order or order[0][1]
        columns = self.horizontalHeader()
        columns.blockSignals(True)
        columns.setSortIndicator(column if column > STATUS else -1,
                                 Qt.SortOrder.AscendingOrder if ascending else Qt.SortOrder.DescendingOrder)
        columns.blockSignals(False)
        columns.viewport().update()

    def choose_columns(self, fields: Sequence[str]) -> None:
        """Show these fields in this order, and next time again."""
        self.finish_editing()
        self.model().choose(fields)
        if self._remembered:
            columnset.keep(self.desk.config, self._remembered, self.model().fields, self.model().all_fields)
        self._fit_columns()

    def order_by(self, order: tuple[tuple[str, bool], ...]) -> None:
        """Sort as a saved view says."""
        self.model().order_by(order)
        self._show_order()

    def _widths_changed(self, column: int, _old: int, width: int) -> None:
        if self._remembered and column > STATUS:
            key = f"widths/{self._remembered}"
            self.desk.config.put(key, {**self.desk.config.get(key, {}), self.model().fields[column - 1].id: width})

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        self._drawing.draw(event, cursor=self.hasFocus())

    # moving -------------------------------------------------------------------------------------------------------

    def move_cursor(self, down: int, right: int) -> None:
        """The cursor by rows, or to the next cell to be typed in; Enter after Tabs returns to where they began."""
        here = self.currentIndex()
        if not here.isValid():
            return
        row, column = here.row() + down, here.column()
        if right:
            self._tab_start = here.column() if self._tab_start is None else self._tab_start
            row, column = moves.tab_stop(self.model(), here.row(), here.column(), right)
        elif down > 0 and self._tab_start is not None:
            column, self._tab_start = self._tab_start, None
        row = max(0, min(row, self.model().rowCount() - 1))
        start = self._tab_start
        self.put_cursor(self.model().index(row, column))
        self._tab_start = start

    def put_cursor(self, index: QModelIndex) -> None:
        """On one cell alone, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def go_to(self, row: int, column: int) -> None:
        """Select a cell and bring it into view."""
        index = self.model().index(row, max(column, STATUS))
        self.put_cursor(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def _moved(self, current: QModelIndex, previous: QModelIndex) -> None:
        self._tab_start = None      # `move_cursor` alone keeps it
        self._tell_finding(current)

    def _tell_finding(self, here: QModelIndex) -> None:
        """What is wrong with the cell the cursor comes to, without a key or a mouse; gone when the cursor goes on."""
        issues = self.model().issues(here.row(), here.column()) if here.isValid() and here.column() > STATUS else ()
        if issues or self._told:
            self.desk.say(issues[0].message if issues else "")
        self._told = bool(issues)

    def start_new(self) -> None:
        """The cursor into the empty last row, at the first cell to be typed in."""
        model = self.model()
        column = next((n for n in range(1, model.columnCount()) if model.may_edit(n)), 1)
        self.go_to(model.records, column)
        self.setFocus()

    # keys and mouse -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verb = KEYS.get(QKeySequence(event.keyCombination()).toString().replace("Num+", ""))
        if verb is not None:
            getattr(self, verb[0])()
            return
        if event.key() == Qt.Key.Key_Space and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()      # the input method's; Qt would change the selection
            return
        super().keyPressEvent(event)
        self._explain_no_edit(event)

    def _explain_no_edit(self, event: QKeyEvent) -> None:
        """Typing on a cell that cannot be typed in must not be swallowed in silence."""
        field = self.model().field(self.currentIndex().column()) if self.currentIndex().isValid() else None
        if field is not None and event.text().strip() and not self.model().may_edit(self.currentIndex().column()):
            self.desk.say(_("附件请按 F4 在右侧添加") if field.type == "attachment" else _("{}由程序填写，不能改动").format(field.title))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """The cursor begins on a cell, not on the mark of the row, where Qt would put it."""
        if not self.currentIndex().isValid():
            self.selectionModel().setCurrentIndex(self.model().index(*moves.first_cell(self.model())), QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        if not self.model().may_edit(index.column()):
            self.form_wanted.emit()

    def _row_double_clicked(self, row: int) -> None:
        self.go_to(row, max(self.currentIndex().column(), 1))
        self.form_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, keys, deed, on in (
                (_("打开详情"), "F4", self.form_wanted.emit, True), (None, "", None, True),
                (_("复制"), "Ctrl+C", self.copy, True), (_("剪切"), "Ctrl+X", self.cut, True),
                (_("粘贴"), "Ctrl+V", self.paste, True), (_("清除内容"), "Delete", self.clear_cells, True),
                (_("向下填充"), "Ctrl+D", self.fill_down, True), (_("向右填充"), "Ctrl+R", self.fill_right, True),
                (_("填入所选各格"), "Ctrl+Enter", self.fill_selection, True), (None, "", None, True),
                (actions.narrow_words(self), "Ctrl+Shift+L", self.narrow_to_cell, bool(actions.clauses_here(self))),
                (None, "", None, True),
                (_("批量修改所选各行…"), "Ctrl+Shift+H", self.change_many, bool(actions.chosen_records(self))),
                (_("复制所选各行为新的记录"), "Ctrl+Shift+D", self.duplicate_rows, bool(actions.chosen_records(self))),
                (_("双录所选各行…"), "Ctrl+Shift+K", self.rekey_rows, self.model().source.sortable and bool(actions.chosen_records(self))),
                (self._sticky_words(), "Ctrl+Shift+R", self.toggle_sticky, self.model().may_edit(max(self.currentIndex().column(), STATUS))),
                (None, "", None, True),
                (_("合并相同的记录…"), "", self.join_rows, 1 <= len(actions.chosen_records(self)) <= 2),
                (_("作废所选记录…"), "", self.retire_rows, bool(actions.chosen_records(self)))):
            if title is None:
                menu.addSeparator()
                continue
            action = menu.addAction(title)
            action.setShortcut(QKeySequence(keys))
            action.setEnabled(on)
            action.triggered.connect(deed)
        menu.popup(event.globalPos())

    @property
    def is_editing(self) -> bool:
        return self._delegate.is_open

    def finish_editing(self) -> None:
        """Save an open input; called before anything that reads or leaves the page."""
        self._delegate.finish()

    # deeds --------------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        actions.copy(self)

    def cut(self) -> None:
        if actions.copy(self):
            actions.clear(self, _("剪切{}格"))

    def paste(self) -> None:
        pasting.paste(self)

    def clear_cells(self) -> None:
        actions.clear(self, _("清除{}格"))

    def fill_down(self) -> None:
        actions.fill_down(self)

    def fill_right(self) -> None:
        actions.fill_right(self)

    def fill_selection(self) -> None:
        actions.fill_selection(self)

    def copy_above(self) -> None:
        actions.copy_above(self)

    def rekey_rows(self) -> None:
        self.rekey_wanted.emit()

    def narrow_to_cell(self) -> None:
        """Only rows with the same content in this column, or all of them again."""
        clauses = actions.clauses_here(self)
        if clauses:
            self.narrow_wanted.emit(clauses)
        else:
            self.desk.say(_("这一格不能用来筛选"))

    def change_many(self) -> None:
        rows_of.change_many(self)

    def duplicate_rows(self) -> None:
        rows_of.duplicate(self)

    def _sticky_words(self) -> str:
        field = self.model().field(max(self.currentIndex().column(), STATUS))
        if field is None:
            return _("新增时沿用上一条")
        held = field.id in self.model().sticky
        return (_("新增时不再沿用上一条的“{}”") if held else _("新增时沿用上一条的“{}”")).format(field.title)

    def toggle_sticky(self) -> None:
        """New rows begin with the last value of this column, or no longer."""
        model, column = self.model(), self.currentIndex().column()
        if column <= STATUS or not model.may_edit(column):
            self.desk.say(_("这一列不能沿用"))
            return
        field = model.fields[column - 1]
        held = model.sticky.toggle(field.id)
        model.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)
        self._fit_columns()
        self.desk.say((_("新增记录时，“{}”沿用上一条的内容") if held else _("新增记录时，“{}”不再沿用")).format(field.title))

    def to_children(self) -> None:
        self.finish_editing()
        self.step_wanted.emit(1)

    def to_parent(self) -> None:
        self.finish_editing()
        self.step_wanted.emit(-1)

    def choose_row(self) -> None:
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(self.currentIndex(), flag.ClearAndSelect | flag.Rows)

    def open_form(self) -> None:
        self.form_wanted.emit()

    def enter(self) -> None:
        self.move_cursor(1, 0)

    def enter_back(self) -> None:
        self._tab_start = None
        self.move_cursor(-1, 0)

    def tab(self) -> None:
        self.move_cursor(0, 1)

    def tab_back(self) -> None:
        self.move_cursor(0, -1)

    def row_start(self) -> None:
        self._jump((self.currentIndex().row(), moves.first_cell(self.model())[1]))

    def to_first(self) -> None:
        self._jump(moves.first_cell(self.model()))

    def to_last(self) -> None:
        self._jump(moves.last_cell(self.model()))

    def edge_up(self) -> None:
        self._to_edge(-1, 0)

    def edge_down(self) -> None:
        self._to_edge(1, 0)

    def edge_left(self) -> None:
        self._to_edge(0, -1)

    def edge_right(self) -> None:
        self._to_edge(0, 1)

    def _to_edge(self, down: int, right: int) -> None:
        here = self.currentIndex()
        if here.isValid():
            self._jump(moves.edge(self.model(), here.row(), max(here.column(), STATUS + 1), down, right))

    def _jump(self, cell: tuple[int, int]) -> None:
        index = self.model().index(*cell)
        self.put_cursor(index)
        self.scrollTo(index)

    def judge_row(self) -> None:
        moves.say_row(self)

    def judge_all(self) -> None:
        """Every rule over every ledger, on the page of checks."""
        self.finish_editing()
        if self.desk.has("check"):
            self.desk.open("check", run=True)

    def next_finding(self) -> None:
        self._to_finding(1, _("往下没有发现问题"))

    def previous_finding(self) -> None:
        self._to_finding(-1, _("往上没有发现问题"))

    def _to_finding(self, step: int, nothing: str) -> None:
        cell = moves.finding(self, step)
        if cell is None:
            self.desk.say(nothing)
            return
        self.go_to(*cell)
        self.desk.say(self.model().issues(*cell)[0].message)

    def write_today(self) -> None:
        index = self.currentIndex()
        field = self.model().field(index.column()) if index.isValid() else None
        if field is not None and field.type == "date":
            self.model().setData(index, dt.date.today().isoformat())

    def retire_rows(self) -> None:
        actions.retire(self)

    def join_rows(self) -> None:
        from unionclient.ui.join_dialog import offer_join

        offer_join(self.desk, self.model().ledger.id, actions.chosen_records(self), self)

    def select_cells(self, first: QModelIndex, last: QModelIndex) -> None:
        """Mark a block, after a paste."""
        from PySide6.QtCore import QItemSelection

        self.selectionModel().select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        QTimer.singleShot(0, self.setFocus)
