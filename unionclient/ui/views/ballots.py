"""The member ballots beside the score sheet: counts, rates in three readings, verdict."""

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import Tiles, beside, beside_list, button, combo, label, open_record, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.widgets import Elided
from unionclient.definition.words import _

READINGS = (("both", _("满意＋基本满意")), ("strict", _("仅满意")), ("half", _("基本满意折半")))
SETTING = "ballot_satisfaction"


class Ballots(QWidget):
    """Left the ballots, right what the chosen one comes to. The numbers themselves are typed in the ledger."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.table = ListTable([Column(_("工会"), 0, _union), Column(_("年度"), 3, _year), Column(_("次数"), 3, _round)], _("会员评家"), self)
        self.table.picked.connect(self._show)
        self.table.chosen.connect(self._open)
        beside_list(self, self.table, self._result(), widest=330)

    def _result(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(10)
        self.name = Elided("", "heading", self)
        self.reading = combo(_("满意率口径"), self, READINGS)
        self.reading.activated.connect(self._set_reading)
        self.edit = button(_("到台账中填写"), self, self._open_picked)
        right.addLayout(beside(self.name, label(_("口径"), self, "muted"), self.reading, self.edit))
        card, inner = sheet(self)
        self.verdict = label("", card, "title", wrap=True)
        self.turnout = label("", card, "muted", wrap=True)
        inner.addWidget(self.verdict)
        inner.addWidget(self.turnout)
        right.addWidget(card)
        self.rates = Tiles((_("收回率"), _("参评率"), *(words for _name, words in READINGS)), self)
        right.addWidget(self.rates)
        self.problems = ListTable([Column(_("级别"), 6, _level), Column(_("问题"), 0, _message), Column(_("怎样改"), 16, _mend)],
                                  _("会员评家的问题"), self)
        right.addWidget(self.problems, 1)
        return right

    def put(self, rows: list[tuple[str, str, str, str]]) -> None:
        """(id, union, year, round) of every ballot."""
        kept = {row[0] for row in self.table.picks()}
        self.table.put(rows)
        at = next((n for n, row in enumerate(rows) if row[0] in kept), 0)
        self.table.selectRow(at)
        self._show()

    def _show(self) -> None:
        picked = self.table.picks()
        self.edit.setEnabled(bool(picked))
        if not picked:
            self.name.setText(_("没有选中会员评家"))
            say_on(self.verdict, _("—"), "title")
            self.turnout.setText("")
            self.rates.put([None] * 5)
            self.problems.put([])
            return
        self.name.setText(f"{picked[0][1]}　{picked[0][2]}")
        try:
            result = self._desk.ws.ballot(picked[0][0])
        except UnionClientError as error:
            self.turnout.setText(str(error))
            return
        self.reading.setCurrentIndex(max(self.reading.findData(result.reading), 0))
        self.verdict.setText(result.verdict)
        self.turnout.setText(_("有效票应达到应评会员的 {t}，{r}。结论按“{w}”计算。").format(
            t=result.turnout_needed, r=_("已达到") if result.valid_ballot else _("没有达到"), w=result.reading_title))
        self.rates.put([_rate(result.return_rate), _rate(result.turnout),
                        *(_rate(result.satisfaction[name]) for name, _words in READINGS)])
        self.problems.put(result.problems)

    def _set_reading(self) -> None:
        self._desk.ws.set_setting(SETTING, self.reading.currentData())
        self._show()

    def _open_picked(self) -> None:
        for row in self.table.picks():
            self._open(row)

    def _open(self, row: tuple[str, str, str, str]) -> None:
        open_record(self._desk, "home_ballot", row[0])


def _rate(value: Any) -> str | None:
    return None if value is None else f"{value}%"


def _union(row: tuple) -> str:
    return row[1]


def _year(row: tuple) -> str:
    return row[2]


def _round(row: tuple) -> str:
    return row[3]


def _level(problem: Any) -> Cell:
    return Cell(problem.level.title, problem.level, sort=problem.level.rank)


def _message(problem: Any) -> str:
    return problem.message


def _mend(problem: Any) -> str:
    return problem.mend
