"""The import page: a foreign workbook is tried first, seen with its findings, mended or led to other columns, then taken in."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.tabs import Stack
from unionclient.ui.views.frame import Tiles, View, beside, button, combo, label, say_on, sheet
from unionclient.ui.views.mapping import MappingTable
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".csv", ".txt")
SHEETS = _("电子表格") + f" ({' '.join('*' + ending for ending in ENDINGS)})"
WORKBOOK = _("Excel 工作簿") + " (*.xlsx)"


class ImportPage(View):
    """Nothing is written before 导入 is pressed; one import is one step to undo."""

    title = _("导入")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.plan: Any = None
        self._file: Path | None = None
        self._answers: dict[tuple[str, str], str] = {}
        self._mapping: Mapping[str, Any] | None = None
        self._done = ""
        self.take_dropped(self.take_file, ENDINGS)
        self.body.addLayout(self._choosing())
        self.body.addLayout(self._outcome())
        self.stack = Stack(self)
        self.stack.addWidget(self._waiting())
        self.stack.addWidget(self._tried())
        self.body.addWidget(self.stack, 1)
        self.body.addLayout(self._deeds())
        self._show_plan()

    # layout -------------------------------------------------------------------------------------------------

    def _choosing(self) -> FlowLayout:
        row = FlowLayout(8)
        menu = [(ledger.id, ledger.title) for ledger in self.desk.ws.library.ledgers.values() if ledger.menu]
        self.ledger = combo(_("导入到哪个台账"), self, menu)
        self.ledger.setMinimumWidth(200)
        self.ledger.activated.connect(self._start_over)
        self.path = QLineEdit(self)
        self.path.setReadOnly(True)
        self.path.setAccessibleName(_("要导入的文件"))
        self.path.setPlaceholderText(_("还没有选择文件；也可以把文件拖到这一页"))
        self.choose = button(_("选择文件…"), self, self._ask_file)
        row.addWidget(label(_("导入到"), self))
        row.addWidget(self.ledger)
        row.begin_part()
        row.add(self.path, least=320)
        row.addWidget(self.choose)
        return row

    def _outcome(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.told = label("", self, "good", wrap=True)
        self.told.hide()
        self.undo = button(_("撤销这次导入"), self, self._undo)
        self.undo.hide()
        row.addWidget(self.told)
        row.addWidget(self.undo)
        row.addStretch(1)
        return row

    def _waiting(self) -> QWidget:
        card, inner = sheet(self.stack)
        words = label(_("选好台账和文件，程序先试算一遍：哪些是新增，哪些有改动，哪些行有问题。\n"
                        "看过以后再决定是否导入；导入后可以一步撤销。\n\n"
                        "可以导入 xlsx、xls、et、ods、csv。表头认得出常见的写法，认不出的列可以自己指定。"), card, "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inner.addWidget(words, 1)
        return card

    def _tried(self) -> QWidget:
        page = QWidget(self.stack)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        self.tiles = Tiles((_("新增"), _("有改动"), _("相同"), _("不能导入")), page)
        whole.addWidget(self.tiles)
        self.notes = label("", page, "muted", wrap=True)
        whole.addWidget(self.notes)
        both = QHBoxLayout()
        both.setSpacing(12)
        left = QVBoxLayout()
        left.addWidget(label(_("列的对应"), page, "heading"))
        self.mapping = MappingTable(self.desk.ws.library, page)
        self.mapping.changed.connect(self._map)
        left.addWidget(self.mapping, 1)
        both.addLayout(left, 2)
        both.addLayout(self._findings(page), 5)
        whole.addLayout(both, 1)
        return page

    def _findings(self, page: QWidget) -> QVBoxLayout:
        right = QVBoxLayout()
        self.heading = label(_("发现的问题"), page, "heading")
        right.addWidget(self.heading)
        self.findings = ListTable([Column(_("级别"), 6, _level), Column(_("位置"), 8, _place), Column(_("表头"), 6, _heading),
                                   Column(_("原值"), 8, _value), Column(_("问题"), 0, _message), Column(_("怎样改"), 8, _mend)],
                                  _("导入时发现的问题"), page)
        self.findings.picked.connect(self._show_finding)
        right.addWidget(self.findings, 1)
        self.detail = label("", page, "muted", wrap=True)
        right.addWidget(self.detail)
        self.answer = QLineEdit(page)
        self.answer.setAccessibleName(_("这一格应为"))
        self.answer.setPlaceholderText(_("这一格应为…（只影响这次导入，不改原文件）"))
        self.answer.returnPressed.connect(self._answer)
        self.again = button(_("按此再试算"), page, self._answer)
        right.addLayout(beside(self.answer, self.again, least=290))
        return right

    def _deeds(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel = button(_("取消"), self, self._clear)
        self.corrections = button(_("导出改正表…"), self, self._ask_corrections)
        self.corrections.setToolTip(_("把不能导入的行写成一份表，改好后再导入"))
        self.apply = button(_("导入"), self, self._apply, "primary")
        for made in (self.cancel, self.corrections, self.apply):
            row.addWidget(made)
        return row

    # choosing and trying ------------------------------------------------------------------------------------

    def open_at(self, **where: Any) -> None:
        """`ledger` and `file` choose what is tried."""
        if "ledger" in where:
            self.ledger.setCurrentIndex(max(self.ledger.findData(where["ledger"]), 0))
        if "file" in where:
            self.take_file(Path(where["file"]))

    def _ask_file(self) -> None:
        ask.open_file(self, _("选择要导入的文件"), [SHEETS], self.take_file)

    def take_file(self, file: Path) -> None:
        """Try `file` for the chosen ledger."""
        self._file = file
        self.path.setText(str(file))
        self._start_over()

    def _start_over(self) -> None:
        self._answers, self._mapping, self.plan = {}, None, None
        self._tell("")
        self._show_plan()
        self._try()

    def _try(self) -> None:
        if self._file is None:
            return
        job = partial(_plan, self.ledger.currentData(), self._file, self._mapping, dict(self._answers))
        self.desk.jobs.run(_("试算 {f}").format(f=self._file.name), job, self._take_plan, failed=self._not_read, parent=self)

    def _take_plan(self, plan: Any) -> None:
        self.plan = plan
        self._show_plan()

    def _not_read(self, error: UnionClientError) -> None:
        self._show_plan()
        ask.fault(self, error)

    def _map(self) -> None:
        self._mapping = self.mapping.targets()
        self._try()

    def _answer(self) -> None:
        picked, text = self.findings.picks(), self.answer.text().strip()
        if picked and text:
            self._answers[(picked[0].sheet, picked[0].cell)] = text
            self._try()

    # showing ------------------------------------------------------------------------------------------------

    def _show_plan(self) -> None:
        plan = self.plan
        self.stack.setCurrentIndex(0 if plan is None else 1)
        for made in (self.cancel, self.corrections, self.apply):
            made.setVisible(plan is not None)
        say_on(self.note, "" if plan is None else _("试算完成，还没有写入台账。共 {n} 行").format(n=plan.rows))
        if plan is None:
            return
        self.tiles.put((plan.new, plan.changed, plan.same, plan.rejected))
        self.apply.setEnabled(bool(plan.writes))
        self.corrections.setEnabled(bool(plan.rejected))
        unknown = plan.unknown_columns
        parts = [_("{n} 列没有对应的栏目，不会导入：{c}").format(n=len(unknown), c=_("、").join(unknown))] if unknown else []
        say_on(self.notes, _("。").join([*parts, *plan.notes]), "warn" if unknown else "muted")
        self.mapping.put(plan.ledger, plan.columns)
        self.findings.put(sorted(plan.findings, key=_gravity))
        self.heading.setText(_("发现的问题 {n}").format(n=len(plan.findings)))
        self._show_finding()

    def _show_finding(self) -> None:
        picked = self.findings.picks()
        may = bool(picked) and bool(picked[0].cell)
        for made in (self.answer, self.again):
            made.setEnabled(may)
        self.answer.clear()
        if picked:
            one = picked[0]
            self.detail.setText("　".join(part for part in (f"{one.sheet} {one.cell}", one.message, one.mend) if part))
        else:
            self.detail.setText(_("选中一条，可以在这里写明这一格应是什么。") if self.findings.rows.items else _("没有问题。"))

    # taking in ----------------------------------------------------------------------------------------------

    def _apply(self) -> None:
        self.apply.setEnabled(False)
        self.desk.jobs.run(_("正在导入"), partial(_apply, self.plan), self._applied, failed=self._not_applied, parent=self)

    def _applied(self, changes: Any) -> None:
        plan, self.plan = self.plan, None
        self._done = changes.title
        self._show_plan()
        self._file = None
        self.path.clear()
        told = _("已导入{t}：新增 {n}，有改动 {c}，相同 {s}，不能导入 {r}。").format(
            t=self.ledger.currentText(), n=plan.new, c=plan.changed, s=plan.same, r=plan.rejected)
        self._tell(told, can_undo=bool(changes))
        self.desk.publish(changes)

    def _not_applied(self, error: UnionClientError) -> None:
        self._show_plan()
        ask.fault(self, error)

    def _undo(self) -> None:
        self.desk.jobs.run(_("正在撤销"), partial(_undo, self._done), self._undone, parent=self)

    def _undone(self, changes: Any) -> None:
        self._tell(_("已撤销：{t}。").format(t=changes.title))
        self.desk.publish(changes)

    def _tell(self, text: str, *, can_undo: bool = False) -> None:
        say_on(self.told, text, "good")
        self.undo.setVisible(can_undo)

    def _clear(self) -> None:
        self._file, self.plan = None, None
        self.path.clear()
        self._show_plan()

    def _ask_corrections(self) -> None:
        name = _("{stem}-改正表.xlsx").format(stem=Path(self.plan.file).stem)
        ask.save_file(self, _("导出改正表"), name, [WORKBOOK], self._write_corrections)

    def _write_corrections(self, out: Path) -> None:
        self.desk.jobs.run(_("导出改正表"), partial(_corrections, self.plan, out), self._corrections_written, parent=self)

    def _corrections_written(self, out: Path) -> None:
        self.desk.say(_("改正表已写到 {p}").format(p=out))


def _plan(ledger: str, file: Path, mapping: Any, answers: Any, workspace: Any, progress: Any) -> Any:
    return workspace.plan_import(ledger, file, mapping=mapping, answers=answers, progress=progress)


def _apply(plan: Any, workspace: Any, _progress: Any) -> Any:
    return workspace.apply_import(plan)


def _undo(title: str, workspace: Any, _progress: Any) -> Any:
    if workspace.undo_title != title:
        raise UnionClientError(_("导入以后台账又有别的改动。"), _("数据没有改动。"), _("请用工具栏上的撤销逐步退回。"))
    return workspace.undo()


def _corrections(plan: Any, out: Path, workspace: Any, _progress: Any) -> Path:
    return workspace.write_corrections(plan, out)


def _gravity(finding: Any) -> int:
    return Level(finding.level).rank


def _level(finding: Any) -> Cell:
    level = Level(finding.level)
    return Cell(level.title, level, sort=level.rank)


def _place(finding: Any) -> Cell:
    return Cell(f"{finding.sheet} {finding.cell}".strip())


def _heading(finding: Any) -> str:
    return finding.heading


def _value(finding: Any) -> str:
    return finding.value


def _message(finding: Any) -> str:
    return finding.message


def _mend(finding: Any) -> str:
    return finding.mend
