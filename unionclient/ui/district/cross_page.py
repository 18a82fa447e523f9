"""Cross-street checks: one unit or person in two streets, transfers that only one side knows."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.ui.desk import Desk
from unionclient.ui.district.parts import PeriodChoice, Tidings, chosen_period, period_words
from unionclient.ui.district.remark_dialog import show_record
from unionclient.ui.flow import Half
from unionclient.ui.views.frame import combo, label, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _


@dataclass(frozen=True, slots=True)
class Shown:
    """The findings of a period over the bodies that handed in; `there` counts them."""

    periods: list[str]
    period: str
    findings: list[Any]
    missing: list[Any]
    there: int


class CrossPage(Tidings):
    """The findings; below, the records of the one that is chosen, as their streets sent them."""

    title = _("跨街道核对")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self.record_dialog: Any = None
        self.period = PeriodChoice(desk, self, self._compute)
        self.kind = combo(_("哪种核对"), self, [("", _("全部核对"))])
        self.kind.setMinimumWidth(200)
        self.kind.activated.connect(self._filter)
        for made in (self.kind, self.period.box):
            self.head.addWidget(made)
        self.verdict = label("", self, wrap=True)
        self.body.addWidget(self.verdict)
        self.table = ListTable([Column(_("级别"), 6, _level), Column(_("核对"), 16, _check), Column(_("说明"), 0, _message)], _("跨街道核对的结果"), self)
        self.table.picked.connect(self._picked)
        below = Half(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(_("涉及的记录（双击查看街道报送的原样；请有关街道核对后更正）"), below, "muted", wrap=True))
        self.places = ListTable([Column(_("报送单位"), 10, _street), Column(_("台账"), 12, self._ledger), Column(_("记录"), 0, _label)], _("涉及的记录"), below)
        self.places.chosen.connect(self._open)
        column.addWidget(self.places, 1)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(below)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 1)
        self.body.addWidget(halves, 1)

    def refresh(self, changes: Any) -> None:
        self._compute()

    def _compute(self) -> None:
        self.read(_("跨街道核对"), partial(_look, self.period.code), self._show)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.period.put(shown.periods, shown.period)
        kind = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(_("全部核对"), "")
        for check, title in dict.fromkeys((each.check, each.title) for each in shown.findings):
            number = sum(each.check == check for each in shown.findings)
            self.kind.addItem(_("{t}（{n}）").format(t=title, n=number), check)
        self.kind.setCurrentIndex(max(self.kind.findData(kind), 0))
        if not shown.period:
            say_on(self.verdict, _("还没有接收过报送包。"))
        elif shown.there < 2:
            say_on(self.verdict, _("{p}只有 {n} 个单位报送，没有可以互相核对的。").format(p=period_words(shown.period), n=shown.there))
        elif shown.findings:
            say_on(self.verdict, _("△ {p}，{k} 个单位之间核对，有 {n} 处要问清楚").format(p=period_words(shown.period), k=shown.there, n=len(shown.findings)), "warn")
        else:
            say_on(self.verdict, _("✓ {p}，{k} 个单位之间没有发现问题").format(p=period_words(shown.period), k=shown.there), "good")
        absent = _("，{n} 个没有报送的没有核对").format(n=len(shown.missing)) if shown.period and shown.missing else ""
        self.note.setText(_("同一单位、同一人、划转两边对不上") + absent)
        self._filter()

    def _filter(self) -> None:
        kind = self.kind.currentData()
        rows = [each for each in (self.shown.findings if self.shown else []) if kind in ("", None, each.check)]
        self.table.put(rows)
        if rows:
            self.table.selectRow(0)
        self._picked()

    def _picked(self) -> None:
        picked = next(iter(self.table.picks()), None)
        self.places.put(picked.places if picked else [])

    def _open(self, place: Any) -> None:
        self.run(_("读取记录"), partial(_record, self.shown.period, place), self._opened)

    def _opened(self, line: Any) -> None:
        if line is None:
            self.desk.say(_("这条记录已不在汇总里。"))
        else:
            self.record_dialog = show_record(line, self)

    def _ledger(self, place: Any) -> str:
        ledger = self.desk.ws.library.ledgers.get(place.ledger)
        return ledger.title if ledger else place.ledger


def _look(period: str, district: Any, progress: Any) -> Shown:
    district.consolidate(progress)
    periods = district.periods()
    code = chosen_period(period, periods)
    if not code:
        return Shown(periods, "", [], [], 0)
    streets = {part.code for each in district.figures(code) for part in each.parts}
    return Shown(periods, code, district.cross_checks(code, progress), district.missing(code), len(streets))


def _record(period: str, place: Any, district: Any, _progress: Any) -> Any:
    return district.consolidated_record(period, place.street, place.ledger, place.record)


def _level(finding: Any) -> Cell:
    mark = Level.EXPLAIN if finding.level == "explain" else Level.HINT
    return Cell(mark.title, mark=mark, sort=mark.rank)


def _check(finding: Any) -> Cell:
    return Cell(finding.title, sort=finding.check)


def _message(finding: Any) -> str:
    return finding.message


def _street(place: Any) -> str:
    return place.street_name


def _label(place: Any) -> str:
    return place.label
