"""The log page: who did what and when, what it changed, and whether the chain of entries holds."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from unionclient.definition.values import TYPES
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import View, button, label, local_time, open_record, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

NEWEST = 3000   # entries read at once; older ones stay in the log and are checked all the same
SHOWN = 12      # changed values told of one step


@dataclass(frozen=True, slots=True)
class Step:
    """What one deed wrote: its entries under one title."""

    at: str
    who: str
    title: str
    reason: str
    entries: tuple[Any, ...]
    whole: bool = True     # False: older entries of this deed were not read


class LogPage(View):
    """One row for each deed, newest first; below it what it changed."""

    title = _("操作日志")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.verify = button(_("核对日志"), self, self._verify)
        self.verify.setToolTip(_("逐条核对日志有没有被改动、删除或调换"))
        self.head.addWidget(self.verify)
        self.verdict = label("", self, wrap=True)
        self.verdict.hide()
        self.body.addWidget(self.verdict)
        self.table = ListTable([Column(_("时间"), 10, _when), Column(_("经办人"), 7, _who), Column(_("做了什么"), 22, _what),
                                Column(_("条数"), 5, _count, right=True), Column(_("台账"), 12, self._ledgers),
                                Column(_("原因"), 0, _why)], _("操作日志"), self)
        self.table.picked.connect(self._show_step)
        self.table.chosen.connect(self._go)
        self.body.addWidget(self.table, 1)
        card, inner = sheet(self)
        self.detail = label("", card, wrap=True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setMinimumHeight(84)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.detail)
        self.body.addWidget(card)
        self._show_step()

    def refresh(self, changes: Any) -> None:
        self.read(_("读取操作日志"), _read, self._take)

    def _take(self, steps: tuple[Step, ...]) -> None:
        self.table.put(steps)
        entries = sum(len(step.entries) for step in steps)
        say_on(self.note, _("最近 {n} 步").format(n=len(steps)) if entries >= NEWEST else _("共 {n} 步").format(n=len(steps)))

    def _verify(self) -> None:
        self.desk.jobs.run(_("核对操作日志"), _check, self._judge, parent=self)

    def _judge(self, verdict: Any) -> None:
        say_on(self.verdict, f"{'✓' if verdict.ok else '✗'} {verdict.message}", "good" if verdict.ok else "block")

    def _show_step(self) -> None:
        picked = self.table.picks()
        if not picked:
            self.detail.setText(_("选中一步，这里显示它改了什么；双击到那条记录。"))
            return
        lines = [line for entry in picked[0].entries[:SHOWN] if (line := self._told(entry))]
        more = len(picked[0].entries) - SHOWN
        if more > 0:
            lines.append(_("……还有 {n} 条").format(n=more))
        self.detail.setText("\n".join(lines[:5] + ([_("……")] if len(lines) > 6 else lines[5:])))

    def _told(self, entry: Any) -> str:
        ledger = self.desk.ws.library.ledgers.get(entry.ledger)
        if ledger is None or entry.op == "mark":
            return "　".join(f"{value}" for value in entry.new.values() if isinstance(value, str)) if entry.verb == "explain" else ""
        name = self.desk.ws.label(entry.ledger, entry.record)
        if entry.op != "update":
            return f"{ledger.title}　{name}"
        parts = [_("{title}：{before} → {after}").format(title=ledger.fields[n].title, before=_shown(ledger, n, entry.old), after=_shown(ledger, n, entry.new))
                 for n in entry.new if n in ledger.fields]
        return f"{name}　" + _("；").join(parts)

    def _ledgers(self, step: Step) -> str:
        known = self.desk.ws.library.ledgers
        return _("、").join(dict.fromkeys(known[e.ledger].title for e in step.entries if e.ledger in known))

    def _go(self, step: Step) -> None:
        for entry in step.entries[:1]:
            if entry.ledger in self.desk.ws.library.ledgers:
                open_record(self.desk, entry.ledger, entry.record)


def _read(workspace: Any, _progress: Any) -> tuple[Step, ...]:
    """The newest entries, gathered by deed, newest first."""
    gathered: dict[str, list[Any]] = {}
    for entry in sorted(workspace.log(NEWEST), key=_seq, reverse=True):
        gathered.setdefault(entry.txn, []).append(entry)
    steps = [Step(e[0].at, e[0].who, _deed(e[0]), e[0].reason, tuple(reversed(e))) for e in gathered.values()]
    if sum(len(step.entries) for step in steps) >= NEWEST:
        steps[-1] = replace(steps[-1], whole=False)
    return tuple(steps)


def _check(workspace: Any, _progress: Any) -> Any:
    return workspace.verify_log()


def _seq(entry: Any) -> int:
    return entry.seq


def _deed(entry: Any) -> str:
    before = {"undo": _("撤销："), "redo": _("重做：")}.get(entry.verb, "")
    return before + entry.title


def _shown(ledger: Any, name: str, values: Mapping[str, Any]) -> str:
    """A kept value in the officer's words; references stay unnamed, since the other record may be gone."""
    kept = values.get(name)
    if kept is None:
        return _("空")
    field = ledger.fields[name]
    if field.type in ("reference", "attachment"):
        return _("另一条记录") if field.type == "reference" else _("附件")
    kind = TYPES[field.type]
    return kind.show(kind.from_sql(kept), field)


def _when(step: Step) -> Cell:
    return Cell(local_time(step.at), sort=step.at)


def _who(step: Step) -> str:
    return step.who


def _what(step: Step) -> str:
    return step.title


def _count(step: Step) -> Cell:
    count = str(len(step.entries)) if step.whole else _("{n} 以上").format(n=len(step.entries))
    return Cell(count, sort=len(step.entries))


def _why(step: Step) -> str:
    return step.reason
