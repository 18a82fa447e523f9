"""The lists beside a period's report: what must be mended or explained, empty ledgers, the district's remarks, packages and steps."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import beside, button, label, local_time, open_record
from unionclient.ui.views.report_track import TITLES, TONES
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _
from unionclient.workspace.zeronotes import USUAL


class _List(QWidget):
    """A table with a row of controls below."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 8, 0, 0)
        self.column.setSpacing(8)

    def _title(self, row: Any) -> str:
        ledger = getattr(row, "issue", row).ledger
        return self.desk.ws.library.ledgers[ledger].title if ledger else _("整个报送包")

    def _field(self, row: Any) -> str:
        fields = self.desk.ws.library.ledgers[row.ledger].fields if row.ledger else {}
        return fields[row.field].title if row.field in fields else ""


class Findings(_List):
    """What the last check left open; `explain(findings, text)` keeps one text for those selected."""

    def __init__(self, desk: Desk, explain: Callable[[list, str], None], parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._explain = explain
        self.table = ListTable([Column(_("级别"), 6, _level), Column(_("台账"), 9, self._title), Column(_("记录"), 14, _record),
                                Column(_("问题"), 0, _message)], _("要改正和说明的问题"), self, several=True)
        self.table.chosen.connect(self._go)
        self.table.picked.connect(self._show_picked)
        self.text = QLineEdit(self)
        self.text.setAccessibleName(_("对选中问题的说明"))
        self.text.setPlaceholderText(_("写明为什么会这样；双击到台账里改正"))
        self.text.setToolTip(_("选中“需要说明”或“请核实”的问题，写明为什么会这样；双击到台账里改正"))
        self.text.returnPressed.connect(self._keep)
        self.keep = button(_("保存说明"), self, self._keep)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(beside(self.text, self.keep))

    def put(self, report: Any) -> int:
        """The open findings of a check (None: none was made); how many stop a package."""
        found = [f for f in report.findings if f.open] if report is not None else []
        self.table.put(found)
        self._show_picked()
        return sum(f.issue.level in (Level.BLOCK, Level.EXPLAIN) for f in found)

    def _may(self) -> list[Any]:
        return [f for f in self.table.picks() if f.issue.level in (Level.EXPLAIN, Level.CONFIRM)]

    def _show_picked(self) -> None:
        self.keep.setEnabled(bool(self._may()))

    def _keep(self) -> None:
        if self._may():
            self._explain(self._may(), self.text.text())

    def _go(self, finding: Any) -> None:
        issue = finding.issue
        if not open_record(self.desk, issue.ledger, issue.record, issue.fields[0] if issue.fields else None):
            self.desk.say(_("这条记录已不在台账里，请重新审核。"))


class ZeroNotes(_List):
    """The empty ledgers of the period; `note(text, ledgers or None)` keeps a text, `again()` takes over those said before."""

    def __init__(self, desk: Desk, note: Callable[[str, list | None], None], again: Callable[[], None], parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._note = note
        self.table = ListTable([Column(_("空白台账"), 12, _note_title), Column(_("零报告说明"), 0, _note_text),
                                Column(_("以前的说明"), 16, _note_before)], _("空白台账"), self, several=True)
        self.text = QComboBox(self)
        self.text.setEditable(True)
        self.text.setAccessibleName(_("零报告说明"))
        self.text.addItems([_(text) for text in USUAL])
        self.chosen = button(_("写入选中的"), self, self._keep_chosen)
        self.rest = button(_("写入全部没有说明的"), self, self._keep_rest)
        self.before = button(_("沿用以前的说明"), self, again)
        self.column.addWidget(self.table, 1)
        self.column.addLayout(beside(self.text, self.chosen, self.rest, self.before, least=220))
        self.table.picked.connect(self._show_picked)

    def put(self, notes: list[Any]) -> int:
        """How many have no note yet."""
        self.table.put(sorted(notes, key=lambda n: bool(n.text)))
        missing = [n for n in notes if not n.text]
        self.rest.setEnabled(bool(missing))
        self.before.setVisible(any(n.before for n in missing))
        self._show_picked()
        return len(missing)

    def _show_picked(self) -> None:
        self.chosen.setEnabled(bool(self.table.picks()))

    def _keep_chosen(self) -> None:
        self._note(self.text.currentText(), [n.ledger for n in self.table.picks()])

    def _keep_rest(self) -> None:
        self._note(self.text.currentText(), None)


class Returns(_List):
    """The district's remarks as a work list; a double click goes to the cell."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.table = ListTable([Column("", 5, _done), Column(_("台账"), 9, self._title), Column(_("记录"), 14, _item_label),
                                Column(_("栏目"), 8, self._field), Column(_("退回意见"), 0, _item_message)], _("退回意见"), self)
        self.table.chosen.connect(self._go)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(label(_("双击到台账中的那一格；改了就算改好。原来没有错的，审核后在“要改正和说明”里写明，说明随更正一起报送。"), self, "muted", wrap=True))

    def put(self, items: list[Any]) -> int:
        """How many are still to be done."""
        self.table.put(items)
        return sum(not item.done and not item.answer and item.level != Level.HINT for item in items)

    def _go(self, item: Any) -> None:
        if item.ledger and not open_record(self.desk, item.ledger, item.record or None, item.field or None):
            self.desk.say(_("这条记录已不在台账里。"))


class Packages(_List):
    """The period's packages, and every step of its report; `verify(package)` on a double click."""

    def __init__(self, desk: Desk, verify: Callable[[Any], None], open_folder: Callable[[], None],
                 back_up: Callable[[], None], parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.table = ListTable([Column(_("序号"), 3, _seq), Column(_("状态"), 5, _state), Column(_("种类"), 8, self._kind),
                                Column(_("时间"), 9, _when), Column(_("经办人"), 6, _who), Column(_("文件"), 0, _file)], _("报送包"), self)
        self.steps = ListTable([Column(_("时间"), 9, _when), Column(_("步骤"), 7, _step), Column(_("之后"), 5, _step_state),
                                Column(_("经办人"), 6, _who), Column(_("说明"), 0, _reason)], _("经过"), self)
        self.table.chosen.connect(verify)
        self.column.addWidget(self.table, 2)
        self.backup = button(_("导出备份（不检查）…"), self, back_up, "quiet")
        self.column.addLayout(beside(label(_("经过"), self, "heading"), label(_("双击报送包可以核验"), self, "muted"),
                                     button(_("打开文件夹"), self, open_folder, "quiet"), self.backup, least=60))
        self.column.addWidget(self.steps, 3)
        self._seqs: dict[str, int] = {}

    def put(self, packages: list[Any], steps: list[Any]) -> None:
        self._seqs = {p.id: p.seq for p in packages}
        self.table.put(packages)
        self.steps.put(list(reversed(steps)))

    def _kind(self, package: Any) -> str:
        words = _("更正第{n}号").format(n=self._seqs.get(package.amends, "?")) if package.amends else _("报送")
        return words if package.masked else words + _("，未遮盖")


def report_columns() -> list[Column]:
    """Columns of the list of periods."""
    return [Column(_("统计期"), 0, _label), Column(_("状态"), 6, _report_state)]


def _label(report: Any) -> str:
    return report.label


def _report_state(report: Any) -> Cell:
    return Cell(TITLES[report.state.value], tone=TONES[report.state.value], dot=True, tip=report.todo)


def _level(finding: Any) -> Cell:
    return Cell(finding.issue.level.title, finding.issue.level, sort=finding.issue.level.rank)


def _record(finding: Any) -> str:
    return finding.label


def _message(finding: Any) -> Cell:
    return Cell(finding.issue.message, tip=f"{finding.issue.message}\n{finding.issue.mend}".strip())


def _note_title(note: Any) -> str:
    return note.title


def _note_text(note: Any) -> Cell:
    return Cell(note.text) if note.text else Cell(_("还没有说明"), tone="block")


def _note_before(note: Any) -> str:
    return note.before


def _done(item: Any) -> Cell:
    if item.done or item.answer:
        return Cell(_("✓ 已改") if item.done else _("✓ 已说明"), tone="good", tip=item.answer)
    return Cell(_("提示"), tone="muted") if item.level == Level.HINT else Cell(_("✗ 待改"), tone="block")


def _item_label(item: Any) -> str:
    return item.label


def _item_message(item: Any) -> str:
    return item.message


def _seq(package: Any) -> Cell:
    return Cell(str(package.seq), sort=package.seq)


def _state(package: Any) -> str:
    return package.state_title


def _when(row: Any) -> str:
    return local_time(row.at)


def _who(row: Any) -> str:
    return row.who


def _file(package: Any) -> Cell:
    return Cell(package.carried, tip=f"{package.folder}\nSHA-256 {package.sha256}")


def _step(step: Any) -> str:
    return step.step.title


def _step_state(step: Any) -> str:
    return step.state.title


def _reason(step: Any) -> str:
    return step.reason
