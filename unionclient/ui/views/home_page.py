"""The first page: what is overdue and what falls due, findings to mend, figures behind, the package of the period; each leads to its rows."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.ui.desk import Desk
from unionclient.ui.flow import Half
from unionclient.ui.views.frame import Tiles, View, button, label, open_record, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _
from unionclient.workspace.reminding import Due, DueRecord, submission_day

_LISTED = 400    # lines listed of one matter; the page behind it has all


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to be done: where it is, when, and what; `page` and `place` open it."""

    name: str
    when: str
    what: str
    page: str
    place: dict[str, Any] = field(default_factory=dict)
    late: bool = False


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of things to be done; `late` of them are overdue or bar the way, `all` in all."""

    title: str
    icon: str
    late: int
    all: int
    mend: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the page shows, read beside the window."""

    day: dt.date
    period: str
    matters: tuple[Matter, ...]
    late: int
    soon: int
    blocking: int | None
    behind: int
    met: int
    sent: str


_MATTERS = 250         # pixels, so that a matter can be read beside its numbers


class HomePage(View):
    """Matters at the left, the lines of the chosen one at the right; a double click goes there."""

    title = _("首页")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.facts: Facts | None = None
        self.head.addWidget(button(_("重新检查"), self, self._check))
        self.tiles = Tiles((_("已逾期"), _("快到期"), _("必须改正"), _("要抓紧的指标"), _("已达标的指标")), self)
        self.body.addWidget(self.tiles)
        self.matters = ListTable([Column(_("要办的事"), 0, _matter), Column(_("急"), 4, _late, right=True), Column(_("共"), 4, _all, right=True)],
                                 _("要办的事"), self)
        self.lines = ListTable([Column(_("对象"), 0, _name), Column(_("什么时候"), 10, _when), Column(_("情况"), 18, _what)], _("这件事的各条"), self)
        self.matters.picked.connect(self._show_lines)
        self.matters.chosen.connect(self._first)
        self.lines.chosen.connect(self._go)
        right = Half(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.mend = label("", right, "muted", wrap=True)
        column.addWidget(self.mend)
        column.addWidget(self.lines, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        self.matters.setMinimumWidth(_MATTERS)
        split.addWidget(self.matters)
        split.addWidget(right)
        split.setSizes([380, 720])
        self.body.addWidget(split, 1)

    def refresh(self, changes: Any) -> None:
        self.read(_("读取待办"), gather, self._take)

    def _take(self, facts: Facts) -> None:
        chosen = next((m.title for m in self.matters.picks()), "")
        self.facts = facts
        self.tiles.put((facts.late, facts.soon, facts.blocking, facts.behind, facts.met))
        say_on(self.note, _("按 {day} 计算。{sent}").format(day=facts.day.isoformat(), sent=facts.sent))
        self.matters.put(facts.matters)
        at = next((n for n, m in enumerate(facts.matters) if m.title == chosen), 0)
        if facts.matters:
            self.matters.selectRow(at)
        else:
            say_on(self.mend, _("没有要办的事。从左边选一本台账开始录入，或用“导入”读入现有的表格。"), "good")

    def _show_lines(self) -> None:
        picked = self.matters.picks()
        self.lines.put(picked[0].lines if picked else ())
        if picked:
            more = _("（只列出前 {n} 条）").format(n=_LISTED) if picked[0].all > len(picked[0].lines) else ""
            say_on(self.mend, picked[0].mend + more)

    def _first(self, matter: Matter) -> None:
        for line in matter.lines[:1]:
            self._go(line)

    def _go(self, line: Line) -> None:
        if "record" in line.place and line.page in self.desk.ws.library.ledgers:
            open_record(self.desk, line.page, line.place["record"], line.place.get("field"))
        else:
            self.desk.open(line.page, **line.place)

    def _check(self) -> None:
        self.desk.open("check", run=True)


def gather(workspace: Any, _progress: Any) -> Facts:
    """Everything the page says, from one workspace."""
    day, period = workspace.working_day, workspace.setting("ui.period") or f"{dt.date.today().year}Y"
    dues = workspace.due(day)
    report = workspace.last_check()
    figures = [f for f in workspace.figures(period) if f.state != "none"]
    behind = [f for f in figures if f.alarm]
    returned = [item for item in workspace.returned_items() if not item.done]
    matters = [_of_returned(returned)] if returned else []
    matters += [_of_due(due) for due in sorted(dues, key=lambda due: -due.late)]
    if report is not None and any(f.issue.level == Level.BLOCK or f.open for f in report.findings):
        matters.append(_of_findings(report))
    if behind and workspace.count("unit"):
        matters.append(_of_figures(behind))
    return Facts(day, period, tuple(matters), sum(d.late for d in dues),
                 sum(len(d.rows) - d.late for d in dues), None if report is None else report.counts()["block"], len(behind),
                 sum(f.state == "met" for f in figures), _said_of(workspace.report(period), day))


def _of_due(due: Due) -> Matter:
    lines = tuple(_due_line(due, row) for row in due.rows[:_LISTED])
    return Matter(due.reminder.title, "calendar", due.late, len(due.rows), due.reminder.mend, lines)


def _due_line(due: Due, row: DueRecord) -> Line:
    left = _("逾期 {n} 天").format(n=-row.days) if row.days < 0 else _("今天到期") if row.days == 0 else _("还有 {n} 天").format(n=row.days)
    return Line(row.label, row.due.isoformat(), left, due.reminder.ledger, {"record": row.record, "field": due.reminder.due}, row.days < 0)


def _of_findings(report: Any) -> Matter:
    open_ones = [f for f in report.findings if f.issue.level == Level.BLOCK or f.open]
    lines = tuple(Line(f.label, f.issue.level.title, f.issue.message, f.issue.ledger,
                       {"record": f.issue.record, "field": f.issue.fields[0] if f.issue.fields else ""}, f.issue.level == Level.BLOCK)
                  for f in open_ones[:_LISTED] if f.issue.record)
    return Matter(_("检查出的问题"), "check", sum(f.issue.level == Level.BLOCK for f in open_ones), len(open_ones),
                  _("必须改正的改好才能报送；需要说明的写明原因。在“检查”页可以一起处理。"), lines)


def _of_figures(behind: list[Any]) -> Matter:
    lines = tuple(Line(f"{f.id} {f.title}", f.state_text, _("{v}{u}，目标 {t}").format(v=f.value_text, u=f.unit, t=f.target_text), "figures",
                       {"figure": f.id}, True) for f in behind)
    return Matter(_("要抓紧的指标"), "figures", len(behind), len(behind), _("双击看缺哪些单位、为什么缺。"), lines)


def _of_returned(items: list[Any]) -> Matter:
    lines = tuple(Line(item.label or _("整个报送包"), item.level.title, item.message, item.ledger or "submit",
                       {"record": item.record, "field": item.field} if item.ledger else {}, True) for item in items[:_LISTED])
    return Matter(_("区里退回要改的"), "submit", len(items), len(items), _("逐条改正后，在“报送”页更正重报。"), lines)


def _said_of(report: Any, day: dt.date) -> str:
    """Where the report of the period stands, and by when it should be handed in."""
    due = submission_day(report.period)
    told = _("{p}报送：{s}。{todo}").format(p=report.label, s=report.state.title, todo=report.todo)
    if report.package is not None and not report.amending:
        return told
    days = (due - day).days
    return told + (_("应在 {due} 前交。").format(due=due.isoformat()) if days < 0 else _("应在 {due} 前交，还有 {n} 天。").format(due=due.isoformat(), n=days))


def _matter(matter: Matter) -> Cell:
    return Cell(matter.title, icon=matter.icon, sort=matter.title)


def _late(matter: Matter) -> Cell:
    return Cell(f"{matter.late:,}" if matter.late else "", tone="block" if matter.late else "", sort=matter.late)


def _all(matter: Matter) -> Cell:
    return Cell(f"{matter.all:,}", sort=matter.all)


def _name(line: Line) -> str:
    return line.name


def _when(line: Line) -> str:
    return line.when


def _what(line: Line) -> Cell:
    return Cell(line.what, tone="block" if line.late else "", sort=line.what)
