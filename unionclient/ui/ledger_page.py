"""The page of one ledger: title, search, filter, grid, and the record form at the right when wanted."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QFrame, QLineEdit, QSplitter, QVBoxLayout, QWidget

from unionclient.definition.condition import Clause, Condition
from unionclient.ui import ask, icons
from unionclient.ui.desk import Desk
from unionclient.ui.filter_bar import FilterBar
from unionclient.ui.flow import FlowLayout, Half
from unionclient.ui.grid import actions
from unionclient.ui.grid.model import STATUS, RecordModel
from unionclient.ui.grid.source import LedgerSource
from unionclient.ui.grid.totals import selection_totals
from unionclient.ui.grid.view import RecordGrid
from unionclient.ui.view_button import ViewButton
from unionclient.ui.widgets import Elided, button, label
from unionclient.definition.words import _

_PAUSE = 220        # ms after the last key before the search runs
_NARROW = 420       # pixels of the grid's side below which its tools have no words
_PANEL = 430        # first width of the record form


class LedgerPage(QWidget):
    """Follows `pages.Page`. `open_at(record=id, field=id, ids=[…])` jumps to a cell or shows only some records."""

    def __init__(self, desk: Desk, ledger: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ledger = desk.ws.library.ledgers[ledger]
        self.title = self.ledger.title
        self.model = RecordModel(desk, LedgerSource(desk.ws, ledger), self)
        self.grid = RecordGrid(desk, self.model, self, remembered=ledger)
        self.form: QFrame | None = None
        self._year = 0                  # of the proposed rows that are being asked about
        self.filter = FilterBar(self.ledger, desk.ws, self)
        self.filter.hide()
        self._build()
        self._connect()
        self._count()

    def _build(self) -> None:
        left = _Left(self)
        top = FlowLayout(8)
        top.addWidget(label(self.title, "title", self))
        self.help = Elided(self.ledger.help, "muted", self)
        top.add(self.help)
        top.begin_part()
        if self.ledger.proposal is not None:
            left.add_tool(top, button(_("取建议"), self._propose, self, icon="down", tip=_("写入程序建议的条目：{}").format(self.ledger.proposal.title)))
        if self.desk.has("import"):
            left.add_tool(top, button(_("导入"), self._import, self, icon="import"))
        left.add_tool(top, button(_("导出"), self._export, self, icon="export", tip=_("把这本台账写成 Excel 文件")))
        if self.desk.has("print"):
            left.add_tool(top, button(_("打印"), self._print, self, icon="print"))
        if self.desk.has("rekey"):
            left.add_tool(top, button(_("双录"), self.rekey, self, icon="rekey", tip=_("由另一个人再录一遍所选项目，列出不一致的（Ctrl+Shift+K）")))
        left.add_tool(top, button(_("新增"), self.grid.start_new, self, kind="primary", icon="add", tip=_("到表格最后一行填写（Ctrl+N）")))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("在本台账中查找"))
        self.search.setToolTip(_("在本台账中查找，可用空格隔开几个词"))
        self.search.setAccessibleName(_("在本台账中查找"))
        self.search.setClearButtonEnabled(False)
        self.search.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(150)
        self.search.setMaximumWidth(330)
        self._funnel = button(_("筛选"), self._toggle_filter, self, icon="filter")
        self._funnel.setCheckable(True)
        self._state = label("", "muted", self)
        self._clear = button(_("清除筛选"), self.clear_filter, self, kind="quiet", icon="close")
        self.view = ViewButton(self, self)
        self._panel = button(_("详情"), self.toggle_form, self, icon="form", tip=_("在右侧打开本行的全部内容（F4）"))
        self._panel.setCheckable(True)
        row = FlowLayout(8)
        row.add(self.search, 3)
        left.add_tool(row, self._funnel)
        for widget in (self._state, self._clear):
            row.addWidget(widget)
        row.add_room()
        left.add_tool(row, self.view)
        left.add_tool(row, self._panel)
        layout = QVBoxLayout(left)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addLayout(row)
        layout.addWidget(self.filter)
        layout.addWidget(self.filter.chips)
        layout.addWidget(self.grid, 1)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.addWidget(left)
        self.split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self.setFocusProxy(self.grid)

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._narrow)
        self.search.textEdited.connect(self._pause.start)
        self.search.returnPressed.connect(self._search_now)
        self.filter.changed.connect(self._narrow)
        self.grid.form_wanted.connect(self.open_form)
        self.grid.step_wanted.connect(self._go_level)
        self.grid.rekey_wanted.connect(self.rekey)
        self.grid.narrow_wanted.connect(self._narrow_to_cell)
        self.grid.selectionModel().selectionChanged.connect(self._selected)
        self.grid.selectionModel().currentRowChanged.connect(self._row_changed)
        self.model.modelReset.connect(self._count)
        self.model.looking.connect(self._looking)
        self.model.rowsInserted.connect(self._count)
        self.model.rowsRemoved.connect(self._count)
        self.model.modelAboutToBeReset.connect(self._remember_place)
        self.model.modelReset.connect(self._restore_place)
        self._place: tuple[str, int] | None = None
        self._then: dict[str, Any] = {}     # where to go when the rows have been found
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._focus_search)
        new = QShortcut(QKeySequence.StandardKey.New, self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.grid.start_new)

    # Page ---------------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self.model.refresh(changes)
        if self.form is not None:
            self.form.refresh(changes)

    def open_at(self, record: str = "", field: str = "", ids: tuple[str, ...] = (), form: bool = False, **_more: Any) -> None:
        """A cell; with `ids`, as the first of those records. Whatever hides the record is cleared."""
        record = record or (ids[0] if ids else "")
        if not record:
            return
        if field and self.model.column_of(field) == STATUS:
            self.grid.choose_columns([*(shown.id for shown in self.model.fields), field])
        row = self.model.row_of(record)
        if row is None and self.model.source.narrowed:
            self.clear_filter()
            row = self.model.row_of(record)
        if row is None and self.model.is_looking:
            self._then = {"record": record, "field": field, "form": form}
            return
        if row is None:
            self.desk.say(_("这条记录已作废或不存在"))
            return
        self.grid.go_to(row, self.model.column_of(field) if field else 1)
        self.grid.setFocus()
        if form:
            self.open_form()

    def topic(self) -> tuple[str, str]:
        """(ledger, field) that help is wanted for."""
        if self.form is not None and self.form.isVisible() and self.form.current:
            return self.ledger.id, self.form.current
        field = self.model.field(self.grid.currentIndex().column()) if self.grid.currentIndex().isValid() else None
        return self.ledger.id, field.id if field else ""

    def leave(self) -> None:
        """Save what is being typed before another page is shown."""
        self.grid.finish_editing()
        if self.form is not None:
            self.form.leave()

    # search and filter --------------------------------------------------------------------------------------------

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _search_now(self) -> None:
        self._pause.stop()
        self._narrow()
        self.grid.setFocus()

    def _narrow(self) -> None:
        self.grid.finish_editing()
        self.model.narrow(self.search.text(), self.filter.condition)    # a reset counts anew

    def _toggle_filter(self) -> None:
        self.filter.setVisible(self._funnel.isChecked())
        if self._funnel.isChecked():
            self.filter.field.setFocus()

    def clear_filter(self) -> None:
        self.search.clear()
        self.filter.clear()
        self._narrow()

    def narrow_to(self, condition: Condition) -> None:
        """A filter set from another page."""
        self.filter.narrow_to(condition)

    def _narrow_to_cell(self, clauses: tuple[Clause, ...]) -> None:
        held = self.filter.toggle(clauses)
        words = _("，").join(map(self.filter.say, clauses))
        self.desk.say(_("只看：{}").format(words) if held else _("不再只看：{}").format(words))

    def _count(self) -> None:
        if self.model.is_looking:
            return
        narrowed = self.model.source.narrowed
        self._state.setText(_("筛选出 {} 条，共 {} 条").format(self.model.records, self.model.whole) if narrowed
                            else _("全部 {} 条").format(self.model.records))
        self._clear.setVisible(narrowed)

    def _looking(self, begun: bool) -> None:
        """A large ledger is sorted or searched: the old rows stay until the new ones are there, or something else is asked."""
        if begun:
            self._state.setText(_("正在排序和查找……"))
            self._clear.setVisible(self.model.source.narrowed)
            return
        self._count()
        place, self._then = self._then, {}
        if place:
            self.open_at(**place)

    # place --------------------------------------------------------------------------------------------------------

    def _remember_place(self) -> None:
        here = self.grid.currentIndex()
        record = self.model.record(here.row()) if here.isValid() else None
        field = self.model.field(here.column()) if here.isValid() else None
        self._place = (record.id, field.id if field else "") if record and record.id else None

    def _restore_place(self) -> None:
        """After a new sort or filter the cursor stays on its record, if that is still shown."""
        if self._place is None:
            return
        row = self.model.row_of(self._place[0])
        if row is not None:
            self.grid.go_to(row, self.model.column_of(self._place[1]) or 1)

    def _selected(self) -> None:
        self.desk.counted.emit(selection_totals(self.model, self.grid.selectionModel().selection()))

    # record form --------------------------------------------------------------------------------------------------

    def toggle_form(self) -> None:
        if self.form is not None and self.form.isVisible():
            self.close_form()
        else:
            self.open_form()

    def open_form(self) -> None:
        """The record form at the right, on the current row."""
        self.grid.finish_editing()
        if self.form is None:
            from unionclient.ui.record_form import RecordForm

            self.form = RecordForm(self.desk, self.ledger, self)
            self.form.close_wanted.connect(self.close_form)
            self.form.step_wanted.connect(self._step)
            self.form.made.connect(self._made)
            self.form.up_wanted.connect(self.grid.setFocus)
            self.split.addWidget(self.form)
            width = self.desk.config.get("panel", _PANEL)
            self.split.setSizes([max(self.width() - width, 300), width])
            self.split.setStretchFactor(0, 1)
            self.split.setStretchFactor(1, 0)
            self.split.splitterMoved.connect(self._panel_moved)
        self.form.show()
        self._panel.setChecked(True)
        self.help.hide()
        self._show_in_form(self.grid.currentIndex())
        QTimer.singleShot(0, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self.grid.currentIndex().isValid():
            self.grid.scrollTo(self.grid.currentIndex())

    def close_form(self) -> None:
        if self.form is not None:
            self.form.leave()
            self.form.hide()
        self._panel.setChecked(False)
        self.help.show()
        self.grid.setFocus()

    def _go_level(self, step: int) -> None:
        """By keyboard to the children of the current record, or to the record it hangs on."""
        here = self.grid.currentIndex()
        record = self.model.record(here.row()) if here.isValid() else None
        if step > 0:
            if record is None:
                self.desk.say(_("先填写这一条，再填它下面的记录"))
            elif not self.desk.ws.library.children(self.ledger.id):
                self.desk.say(_("{}下面没有别的台账").format(self.title))
            else:
                self.open_form()
                self.form.enter_children()
        elif record is None or record.parent is None or not self.desk.has(self.ledger.parent):
            self.desk.say(_("这一条上面没有记录"))
        else:
            self.desk.open(self.ledger.parent, record=record.parent)

    def _panel_moved(self) -> None:
        self.desk.config.put("panel", self.form.width())

    def _row_changed(self, current: QModelIndex) -> None:
        if self.form is not None and self.form.isVisible():
            self._show_in_form(current)

    def _show_in_form(self, index: QModelIndex) -> None:
        record = self.model.record(index.row()) if index.isValid() else None
        self.form.show_record(record.id if record else None)

    def _step(self, step: int) -> None:
        here = self.grid.currentIndex()
        row = max(0, min((here.row() if here.isValid() else 0) + step, self.model.rowCount() - 1))
        self.grid.go_to(row, max(here.column(), STATUS + 1))

    def _made(self, record: str) -> None:
        """The form made a record: the grid's cursor goes to it."""
        row = self.model.row_of(record)
        if row is not None:
            self.grid.go_to(row, 1)

    # proposed rows ------------------------------------------------------------------------------------------------

    def _propose(self) -> None:
        """Offer the rows the definitions propose for the year one works on."""
        self.grid.finish_editing()
        code = str(self.desk.config.get("period", "")) or self.desk.ws.setting("ui.period") or ""
        self._year = year = int(code[:4]) if code[:4].isdigit() else dt.date.today().year
        count = len(self.desk.ws.proposals(self.ledger.id, year))
        if not count:
            ask.tell(self, _("取建议"), _("{}年的建议都已登记。").format(year))
            return
        ask.confirm(self, _("取建议"), _("{}年还有 {} 条建议没有登记，写入吗？").format(year, count), self._take_proposals,
                    yes=_("写入"), more=_("{}。写入后可以逐条修改，也可以撤销。").format(self.ledger.proposal.title))

    def _take_proposals(self) -> None:
        changes = self.desk.ws.propose(self.ledger.id, self._year)
        self.desk.publish(changes)
        self.desk.say(_("写入 {} 条建议").format(changes.count))

    # doors to other pages -------------------------------------------------------------------------------------------

    def _import(self) -> None:
        self.desk.open("import", ledger=self.ledger.id)

    def _print(self) -> None:
        """The selected records where there are several, else the ledger."""
        chosen = actions.chosen_records(self.grid)
        self.desk.open("print", ledger=self.ledger.id, **({"records": tuple(chosen)} if len(chosen) > 1 else {}))

    def rekey(self) -> None:
        """Choose what of the selected, filtered or all records is typed a second time."""
        if not self.desk.has("rekey"):
            return
        from unionclient.ui.rekey.begin_dialog import BeginDialog

        self.grid.finish_editing()
        chosen = actions.chosen_records(self.grid)
        source = self.model.source
        narrowed = [record.id for record in source.rows(source.find())] if source.narrowed else []
        BeginDialog(self.desk, self.ledger.id, self._rekey, self, chosen=chosen if len(chosen) > 1 else (), narrowed=narrowed).open()

    def _rekey(self, begun: Any) -> None:
        self.desk.open("rekey", round=begun.id)

    def _export(self) -> None:
        ask.save_file(self, _("导出台账"), f"{self.desk.ws.street.title}{self.title}.xlsx", [_("Excel 工作簿 (*.xlsx)")], self._export_to)

    def _export_to(self, path: Any) -> None:
        self.desk.jobs.run(_("正在导出{}").format(self.title), _Export(self.ledger.id, path), self._exported, parent=self)

    def _exported(self, path: Any) -> None:
        self.desk.say(_("已导出到 {}").format(path))


class _Left(Half):
    """The grid with its tools; where the record form leaves little room, the tools are icons alone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words: dict[QAbstractButton, str] = {}      # of the tools, while they are icons
        self._tools: list[QAbstractButton] = []

    def add_tool(self, row: FlowLayout, made: QAbstractButton) -> None:
        self._tools.append(made)
        made.setAccessibleName(made.accessibleName() or made.text())
        made.setToolTip(made.toolTip() or made.text())
        row.addWidget(made)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        if narrow and not self._words:
            self._words = {made: made.text() for made in self._tools}
            for made in self._tools:
                made.setText("")
        elif not narrow and self._words:
            for made, words in self._words.items():
                made.setText(made.text() or words)     # a view may have been chosen meanwhile
            self._words = {}


class _Export:
    """The job of an export."""

    def __init__(self, ledger: str, path: Any) -> None:
        self._ledger, self._path = ledger, path

    def __call__(self, workspace: Any, progress: Any) -> Any:
        workspace.export(self._ledger, self._path)
        return self._path
