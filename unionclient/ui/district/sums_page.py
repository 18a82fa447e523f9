"""The sums: every figure over all streets, each unfolding to street, unit and record; who is missing; against another period.

What was accepted since the last time is brought in first, so the sums are never older than the answers.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from unionclient.definition.issue import Level
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.district.parts import PeriodChoice, Tidings, chosen_period, fraction, period_words, value_words
from unionclient.ui.district.unfolded import Unfolded
from unionclient.ui.views.frame import button, combo, label, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

_STATES = {"met": "good", "behind": "warn", "below": "block"}
_NAMED = 20      # missing bodies named before the line is cut


@dataclass(frozen=True, slots=True)
class Line:
    """A figure and the same figure before."""

    each: Any
    compared: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a period; `missing` names bodies, `problems` packages that could not be brought in."""

    periods: list[str]
    period: str
    before: str
    lines: list[Line]
    missing: list[str]
    problems: tuple[str, ...]


class SumsPage(Tidings):
    """Adds nothing itself: sums, states and remarks come with each figure."""

    title = _("汇总")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self.period = PeriodChoice(desk, self, self._compute)
        self.before = combo(_("与哪一期比较"), self, [("", _("与上一期比较"))])
        self.before.setMinimumWidth(150)
        self.before.activated.connect(self._compute)
        self.group = combo(_("工作板块"), self, [("", _("全部板块"))])
        self.group.setMinimumWidth(130)
        self.group.activated.connect(self._show_lines)
        self.again = button(_("重建汇总…"), self, self._ask_rebuild)
        for made in (self.group, self.period.box, self.before, self.again):
            self.head.addWidget(made)
        self.missing = label("", self, wrap=True)
        self.body.addWidget(self.missing)
        self.table = ListTable([
            Column(_("编号"), 4, _id), Column(_("指标"), 0, _title), Column(_("全区合计"), 6, _sum, right=True), Column(_("数值"), 4, _value, right=True),
            Column(_("累计"), 4, _so_far, right=True), Column(_("目标"), 6, _target, right=True), Column(_("状态"), 7, _state),
            Column(_("上期"), 4, _then, right=True), Column(_("与上期比"), 8, _change, right=True), Column(_("单位数"), 3, _bodies, right=True)],
            _("全区指标"), self)
        self.table.picked.connect(self._picked)
        self.unfolded = Unfolded(desk, self)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.unfolded)
        halves.setStretchFactor(0, 6)
        halves.setStretchFactor(1, 5)
        self.body.addWidget(halves, 1)

    def refresh(self, changes: Any) -> None:
        self._compute()

    def open_at(self, **where: Any) -> None:
        """`period` and `figure` choose what is shown."""
        if "period" in where:
            self.desk.config.put("district.period", where["period"])
            self.period.put([where["period"]], where["period"])
        self._wanted = where.get("figure")
        self._compute()

    _wanted: str | None = None

    def _compute(self) -> None:
        self.read(_("汇总"), partial(_look, self.period.code, self.before.currentData() or "", False), self._show)

    def _ask_rebuild(self) -> None:
        ask.confirm(self, _("重建汇总"), _("从已接收的报送包重新生成全部汇总吗？"), self._rebuild, yes=_("重建"),
                    more=_("平时不用重建，新接收的报送包会自动汇总。报送包多时要几分钟；结果与现在相同。"))

    def _rebuild(self) -> None:
        self.read(_("重建汇总"), partial(_look, self.period.code, self.before.currentData() or "", True), self._show)

    # showing ------------------------------------------------------------------------------------------------

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.period.put(shown.periods, shown.period)
        chosen = self.before.currentData()
        self.before.clear()
        self.before.addItem(_("与上一期比较"), "")
        for code in shown.periods:
            if code != shown.period:
                self.before.addItem(_("与{p}比较").format(p=period_words(code)), code)
        self.before.setCurrentIndex(max(self.before.findData(chosen), 0))
        group = self.group.currentData()
        self.group.clear()
        self.group.addItem(_("全部板块"), "")
        for name in dict.fromkeys(line.each.figure.group for line in shown.lines):
            self.group.addItem(name, name)
        self.group.setCurrentIndex(max(self.group.findData(group), 0))
        self._say(shown)
        self._show_lines()

    def _say(self, shown: Shown) -> None:
        there = {part.code for line in shown.lines for part in line.each.parts}
        if not shown.period:
            self.note.setText("")
            say_on(self.missing, _("还没有接收过报送包。在收件箱里接收以后，这里自动汇总。"))
            return
        self.note.setText(_("{p}：{n} 项指标，{k} 个单位已报").format(p=period_words(shown.period), n=len(shown.lines), k=len(there)))
        names = _("、").join(shown.missing[:_NAMED]) + ("……" if len(shown.missing) > _NAMED else "")
        told = _("△ 没有接收到的 {n} 个：{names}").format(n=len(shown.missing), names=names) if shown.missing else _("✓ 应报单位都已报送。")
        if shown.problems:
            told += "\n" + _("✗ 没有汇总进来：{p}").format(p=_("；").join(shown.problems))
        say_on(self.missing, told, "block" if shown.problems else "warn" if shown.missing else "good")

    def _show_lines(self) -> None:
        if self.shown is None:
            return
        picked = self._wanted or next((line.each.figure.id for line in self.table.picks()), None)
        self._wanted = None
        group = self.group.currentData()
        lines = [line for line in self.shown.lines if group in ("", None, line.each.figure.group)]
        self.table.blockSignals(True)
        self.table.put(lines)
        self.table.blockSignals(False)
        if lines:
            self.table.selectRow(next((n for n, line in enumerate(lines) if line.each.figure.id == picked), 0))
        self._picked()

    def _picked(self) -> None:
        line = next(iter(self.table.picks()), None)
        self.unfolded.put(self.shown.period if self.shown else "", line.each if line else None)


def _look(period: str, before: str, rebuild: bool, district: Any, progress: Any) -> Shown:
    done = district.consolidate(progress, rebuild=rebuild)
    periods = district.periods()
    code = chosen_period(period, periods)
    if not code:
        return Shown(periods, "", "", [], [], done.problems)
    before = before if before in periods and before != code else ""
    compared = {each.id: each for each in district.compare(code, before or None)}
    lines = [Line(each, compared.get(each.figure.id)) for each in district.figures(code)]
    return Shown(periods, code, before, lines, missing_words(district, code), done.problems)


def missing_words(district: Any, period: str) -> list[str]:
    """Bodies without an accepted package by name; what lies with the district or went back says so."""
    states: dict[str, str] = {}
    for package in district.packages(period=period):      # newest first
        states.setdefault(package.street, package.state_title)
    return [body.name + (_("（{s}）").format(s=states[body.code]) if body.code in states else "") for body in district.missing(period)]


# cells --------------------------------------------------------------------------------------------------------


def _id(line: Line) -> str:
    return line.each.figure.id


def _title(line: Line) -> Cell:
    """A figure that needs care bears the mark."""
    notes = (line.each.figure.problem, *line.each.notes)
    told = "\n".join(note for note in notes if note)
    return Cell(line.each.figure.title, mark=Level.EXPLAIN if told else None, tip=told or line.each.figure.title)


def _sum(line: Line) -> Cell:
    figure = line.each.figure
    return Cell(fraction(figure.numerator, figure.denominator), sort=figure.numerator)


def _value(line: Line) -> Cell:
    figure = line.each.figure
    return Cell(value_words(figure.value, figure.kind) if figure.kind != "C" else "", sort=float(figure.value) if figure.value is not None else -1.0)


def _so_far(line: Line) -> Cell:
    figure = line.each.figure
    return Cell("" if figure.year_to_date is None else f"{figure.year_to_date:,}", sort=figure.year_to_date or 0)


def _target(line: Line) -> str:
    return line.each.figure.target_text


def _state(line: Line) -> Cell:
    figure = line.each.figure
    if figure.problem:
        return Cell(figure.state_text, mark=Level.BLOCK, tone="block", tip=figure.problem)
    if figure.state == "met":
        return Cell(figure.state_text, icon="check", tone="good")
    mark = Level.HINT if figure.on_time else {"behind": Level.EXPLAIN, "below": Level.BLOCK}.get(figure.state)
    return Cell(figure.state_text, mark=mark, tone="" if figure.on_time else _STATES.get(figure.state, ""))


def _then(line: Line) -> Cell:
    before = line.compared.before if line.compared else None
    if before is None or before.value is None:
        return Cell("—", sort=-1.0)
    return Cell(value_words(before.value, before.kind), sort=float(before.value))


def _change(line: Line) -> Cell:
    """Words and arrow; no colour, since more is not always better."""
    if line.compared is None or line.compared.change is None:
        return Cell("—", sort=0.0)
    change = line.compared.change
    text = line.compared.text
    return Cell(text.replace(_("个百分点"), _("点")).replace(_("（报送单位不同）"), "*"), sort=float(change), tip=text)


def _bodies(line: Line) -> Cell:
    absent = [body.name for body in (*line.each.missing, *line.each.lacking)]
    return Cell(str(len(line.each.parts)), sort=len(line.each.parts), tip=_("缺：{n}").format(n=_("、").join(absent)) if absent else "")
