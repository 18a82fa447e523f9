"""The check page: run every rule, read the findings in groups, jump to the cell, explain what is as it is."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLineEdit, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.ui import ask, icons
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.views.finding_groups import FindingGroups
from unionclient.ui.views.frame import View, beside, button, combo, label, local_time, open_record, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _


_SHORT = 8             # characters of the definitions' digest in the header
_SHOWN = 5             # earlier explanations read out before they are taken again


@dataclass(frozen=True, slots=True)
class Checked:
    """A report with what surrounds it: whose unit each finding is, and what was said of it before a value changed."""

    report: Any
    units: Mapping[tuple[str, str], str] = field(default_factory=dict)
    earlier: Mapping[str, Any] = field(default_factory=dict)


class CheckPage(View):
    """Says either that nothing was checked, or when, with how many findings, and whether that still holds."""

    title = _("检查")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.report: Any = None
        self._earlier: Mapping[str, Any] = {}
        self._units: Mapping[tuple[str, str], str] = {}
        self._repeated: tuple[tuple[Any, str], ...] = ()
        self._since = 0
        self._levels: dict[Level, Any] = {}
        self.run = button(_("检查全部"), self, self.check, "primary")
        self.until = combo(_("检查到哪一天"), self, _untils(desk))
        self.until.setCurrentIndex(self.until.count() - 1)
        self.run_one = button(_("检查这本台账"), self, self.check_ledger)
        self.run_one.setToolTip(_("只检查右边选定的台账；结果里就只有这一本的问题"))
        self.head.addWidget(self.until)
        self.head.addWidget(self.run_one)
        self.head.addWidget(self.run)
        self.groups = FindingGroups(desk, self)
        self.groups.changed.connect(self._filter)
        self.body.addLayout(self._filters())
        self.table = ListTable(self._columns(), _("检查出的问题"), self, several=True)
        self.table.chosen.connect(self._go)
        self.table.picked.connect(self._show_picked)
        both = QHBoxLayout()
        both.setSpacing(10)
        both.addWidget(self.groups)
        both.addWidget(self.table, 1)
        self.body.addLayout(both, 1)
        self.body.addWidget(self._explaining())
        desk.changed.connect(self._count_change)
        self._show_report()

    # layout -------------------------------------------------------------------------------------------------

    def _filters(self) -> FlowLayout:
        row = FlowLayout()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.everything = self._chip(_("全部"), None)
        row.addWidget(self.everything)
        for level in Level:
            self._levels[level] = self._chip(level.title, level)
            row.addWidget(self._levels[level])
        self.unexplained = QCheckBox(_("只看没有说明的"), self)
        self.unexplained.toggled.connect(self._filter)
        self.ledger = combo(_("按台账筛选"), self)
        self.ledger.setMinimumWidth(170)
        self.unexplained.setFixedHeight(self.ledger.sizeHint().height())  # in line with its neighbours
        self.ledger.activated.connect(self._filter)
        row.addWidget(self.groups.way)
        row.addWidget(self.unexplained)
        row.addWidget(self.ledger)
        return row

    def _chip(self, text: str, level: Level | None) -> Any:
        chip = button(text, self, self._filter)
        chip.setCheckable(True)
        chip.setChecked(level is None)
        if level is not None:
            chip.setIcon(icons.mark(level))
        self._group.addButton(chip)
        return chip

    def _columns(self) -> list[Column]:
        return [Column(_("级别"), 6, _level), Column(_("台账"), 8, self._ledger_title), Column(_("记录"), 15, _record),
                Column(_("栏目"), 9, self._fields), Column(_("问题"), 0, _message), Column(_("说明"), 8, _told)]

    def _explaining(self) -> QWidget:
        card, inner = sheet(self)
        self.detail = label("", card, wrap=True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QLineEdit(card)
        self.text.setAccessibleName(_("对选中问题的说明"))
        self.text.setPlaceholderText(_("写明为什么会这样，例如依据的文件或事由；可以选中多条一起说明"))
        self.text.returnPressed.connect(self.explain)
        self.keep = button(_("保存说明"), card, self.explain)
        self.jump = button(_("到台账中改正"), card, self._go_first)
        self.again = button(_("沿用以前的说明…"), card, self._ask_again)
        self.recheck = button(_("复查这一条"), card, self.check_record)
        self.join = button(_("合并相同的记录"), card, self._join)
        self.wrong = label("", card, "block", wrap=True)
        self.wrong.hide()
        inner.addLayout(beside(self.detail, self.recheck, self.jump, self.join, least=420))
        inner.addLayout(beside(self.text, self.keep, self.again, least=240))
        inner.addWidget(self.wrong)
        return card

    # verbs --------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        """A change only makes the report older; everything (None) reads the kept report again."""
        if changes is None:
            self.read(_("读取检查结果"), _last, self._take)
        else:
            self._show_report()

    def open_at(self, **where: Any) -> None:
        """`ledger` shows only its findings; `run` begins a check."""
        if where.get("run"):
            self.check()
        if "ledger" in where and self.ledger.findData(where["ledger"]) >= 0:
            self.ledger.setCurrentIndex(self.ledger.findData(where["ledger"]))
            self._filter()

    def check(self) -> None:
        """Check everything beside the window."""
        self.desk.jobs.run(_("正在检查全部台账"), partial(_check, self.until.currentData(), None), self._found, parent=self)

    def check_ledger(self) -> None:
        """Check the chosen ledger alone; without one, say how to choose it."""
        ledger = self.ledger.currentData()
        if ledger is None:
            self.desk.say(_("请先在右边选定一本台账。"))
            return
        self.desk.jobs.run(_("正在检查{t}").format(t=self._title_of(ledger)), partial(_check, self.until.currentData(), ledger), self._found, parent=self)

    def check_record(self) -> None:
        """Judge the selected finding's record once more, without checking everything."""
        for finding in self.table.picks()[:1]:
            place = (finding.issue.ledger, finding.issue.record or "")
            self.desk.jobs.run(_("复查{r}").format(r=finding.label), partial(_recheck, self.until.currentData(), place),
                               partial(self._rechecked, finding), parent=self)

    def _rechecked(self, finding: Any, issues: tuple) -> None:
        if any(i.rule == finding.issue.rule and i.fields == finding.issue.fields for i in issues):
            told = _("复查：这个问题还在。{r} 现在有 {n} 个问题。").format(r=finding.label, n=len(issues))
        elif issues:
            told = _("复查：这个问题已经改好。{r} 还有 {n} 个别的问题：{m}").format(r=finding.label, n=len(issues), m=issues[0].message)
        else:
            told = _("复查：{r} 没有问题了。列表在下次检查时更新。").format(r=finding.label)
        self.detail.setText(told)

    def explain(self) -> None:
        """Keep one text for the selected findings that may be explained; its faults are shown under the line."""
        say_on(self.wrong, "")
        chosen = [f for f in self.table.picks() if f.issue.level in (Level.EXPLAIN, Level.CONFIRM)]
        if not chosen:
            say_on(self.wrong, _("请先在表中选中“需要说明”或“请核实”的问题。“必须改正”的问题要在台账里改正。"), "block")
            return
        self.desk.jobs.run(_("保存说明"), partial(_explain, tuple(chosen), self.text.text()), self._explained,
                           failed=self._not_explained, parent=self)

    def _explained(self, report: Any) -> None:
        self.text.clear()
        self.desk.say(_("说明已保存。"))
        self._take(report)

    def _not_explained(self, error: UnionClientError) -> None:
        say_on(self.wrong, "".join(part for part in (error.what, error.todo) if part), "block")
        self.text.setFocus()

    def _ask_again(self) -> None:
        """Read out what was said before; it is kept anew only when the officer says so."""
        chosen = [(f, self._earlier[f.key].text) for f in self.table.picks() if f.key in self._earlier]
        told = [_("{r}：{t}").format(r=f.label, t=text) for f, text in chosen[:_SHOWN]]
        if len(chosen) > _SHOWN:
            told.append(_("等 {n} 条").format(n=len(chosen)))
        self._repeated = tuple(chosen)
        ask.confirm(self, _("沿用以前的说明"), _("填写这些说明以后，记录改过，或者说明已随前一期报表报送。现在仍然是同样的原因吗？"), self._say_again, yes=_("沿用这些说明"),
                    more="\n".join(told), grave=True)

    def _say_again(self) -> None:
        self.desk.jobs.run(_("保存说明"), partial(_repeat, self._repeated), self._explained, failed=self._not_explained, parent=self)

    def _found(self, checked: Checked) -> None:
        """What an officer's own check found: the gravest is chosen, and the keyboard is in the list."""
        self._take(checked)
        if self.table.rows.items and self.isVisible():
            self.table.selectRow(0)
            self.table.setFocus()

    def _take(self, checked: Checked) -> None:
        self.report, self._units, self._earlier = checked.report, checked.units, checked.earlier
        self._since = 0
        self._show_report()

    def _count_change(self, _changes: Any) -> None:
        self._since += 1

    # showing ------------------------------------------------------------------------------------------------

    def _show_report(self) -> None:
        report = self.report
        counts = Counter(f.issue.level for f in report.findings) if report else Counter()
        self.everything.setText(_("全部 {n}").format(n=len(report.findings) if report else 0))
        for level, chip in self._levels.items():
            chip.setText(f"{level.title} {counts[level]}")
        if report is None:
            say_on(self.note, _("还没有检查"))
        else:
            changed = report.changes_since + self._since
            told = self._checked_words(report)
            if report.definitions != self.desk.ws.library.sha256:
                told += _("。台账定义已经更新，请重新检查")
            if changed:
                told += _("。之后又改了 {n} 次，请重新检查").format(n=changed)
            say_on(self.note, told, "warn" if changed else "muted" if report.findings else "good")
        self._offer_ledgers()
        self.groups.put(report.findings if report else (), self._units)
        self._filter()

    def _checked_words(self, report: Any) -> str:
        """When, what, by which definitions, and how many still ask for something."""
        remain = sum(f.open for f in report.findings)
        told = [_("检查于 {at}").format(at=local_time(report.at)), _("定义 {d}").format(d=report.definitions[:_SHORT])]
        if report.ledger is not None:
            told.append(_("只检查了{t}").format(t=self._title_of(report.ledger)))
        told.append(_("{n} 个问题").format(n=len(report.findings)))
        if report.findings:
            told.append(_("还有 {n} 个要处理").format(n=remain) if remain else _("都已处理"))
        return _("，").join(told)

    def _offer_ledgers(self) -> None:
        before = self.ledger.currentData()
        counts = Counter(f.issue.ledger for f in self.report.findings) if self.report else Counter()
        self.ledger.clear()
        self.ledger.addItem(_("全部台账"), None)
        for name, ledger in self.desk.ws.library.ledgers.items():
            if counts[name]:
                self.ledger.addItem(f"{ledger.title} {counts[name]}", name)
            elif ledger.menu:
                self.ledger.addItem(ledger.title, name)
        self.ledger.setCurrentIndex(max(self.ledger.findData(before), 0) if before else 0)

    def _filter(self) -> None:
        level = next((level for level, chip in self._levels.items() if chip.isChecked()), None)
        ledger, bare = self.ledger.currentData(), self.unexplained.isChecked()
        found = self.report.findings if self.report else ()
        self.table.put([f for f in found if self.groups.holds(f) and level in (None, f.issue.level) and ledger in (None, f.issue.ledger)
                        and (f.explained is None or not bare)])

    def _show_picked(self) -> None:
        picked = self.table.picks()
        self.jump.setEnabled(bool(picked))
        self.join.setEnabled(1 <= len({f.issue.record for f in picked}) <= 2 and len({f.issue.ledger for f in picked}) == 1)
        self.keep.setEnabled(bool(picked))
        self.again.setVisible(any(f.key in self._earlier for f in picked))
        self.recheck.setEnabled(len(picked) == 1 and bool(picked[0].issue.record))
        say_on(self.wrong, "")
        if not picked:
            self.detail.setText(_("选中一条问题，这里显示怎样改正；双击到台账中的那一格。"))
        elif len(picked) == 1:
            issue = picked[0].issue
            parts = (issue.mend, _("依据：{b}").format(b=issue.basis) if issue.basis else "",
                     _("编号 {r}").format(r=issue.rule),
                     _("已说明：{t}（{w}）").format(t=picked[0].explained.text, w=picked[0].explained.who) if picked[0].explained else "")
            self.detail.setText(issue.message + "\n" + "　".join(part for part in parts if part))
        else:
            may = sum(f.issue.level in (Level.EXPLAIN, Level.CONFIRM) for f in picked)
            self.detail.setText(_("选中 {n} 条，其中 {m} 条可以说明。").format(n=len(picked), m=may))

    def _go(self, finding: Any) -> None:
        issue = finding.issue
        if not open_record(self.desk, issue.ledger, issue.record, issue.fields[0] if issue.fields else None):
            self.desk.say(_("这条记录已不在台账里，请重新检查。"))

    def _go_first(self) -> None:
        for finding in self.table.picks()[:1]:
            self._go(finding)

    def _join(self) -> None:
        from unionclient.ui.join_dialog import offer_join

        picked = self.table.picks()
        offer_join(self.desk, picked[0].issue.ledger, list(dict.fromkeys(f.issue.record for f in picked)), self)

    def _ledger_title(self, finding: Any) -> str:
        return self._title_of(finding.issue.ledger)

    def _title_of(self, ledger: str) -> str:
        return self.desk.ws.library.ledgers[ledger].title

    def _fields(self, finding: Any) -> str:
        fields = self.desk.ws.library.ledgers[finding.issue.ledger].fields
        return _("、").join(fields[name].title for name in finding.issue.fields if name in fields)


def _untils(desk: Desk) -> list[tuple[str, str]]:
    """(period code, words): today, and the period one works on where it is over already: that is what will be submitted."""
    code = str(desk.config.get("period", "")) or desk.ws.setting("ui.period") or ""
    past = code[:4].isdigit() and int(code[:4]) < dt.date.today().year
    return [("", _("按今天检查")), *([(code, _("按{}年检查").format(code[:4]))] if past else [])]


def _check(period: str, ledger: str | None, workspace: Any, progress: Any) -> Checked:
    return _with_units(workspace, workspace.check(ledger, progress=progress, period=period))


def _last(workspace: Any, _progress: Any) -> Checked:
    return _with_units(workspace, workspace.last_check())


def _with_units(workspace: Any, report: Any) -> Checked:
    if report is None:
        return Checked(None)
    return Checked(report, workspace.units_of(report.findings), workspace.earlier_explanations(report.findings))


def _recheck(period: str, place: tuple[str, str], workspace: Any, progress: Any) -> tuple:
    return workspace.recheck(*place, progress=progress, period=period)


def _explain(findings: tuple, text: str, workspace: Any, progress: Any) -> Checked:
    workspace.explain(findings, text)
    return _last(workspace, progress)


def _repeat(chosen: tuple, workspace: Any, progress: Any) -> Checked:
    for finding, text in chosen:
        workspace.explain([finding], text)
    return _last(workspace, progress)


def _level(finding: Any) -> Cell:
    return Cell(finding.issue.level.title, finding.issue.level, sort=finding.issue.level.rank)


def _record(finding: Any) -> str:
    return finding.label


def _message(finding: Any) -> str:
    return finding.issue.message


def _told(finding: Any) -> Cell:
    if finding.explained:
        return Cell(_("已说明"), tone="good", tip=finding.explained.text)
    return Cell(_("待说明"), tone="muted") if finding.issue.level in (Level.EXPLAIN, Level.CONFIRM) else Cell("")
