"""The figures page: a period's indicators against their targets, and the records behind each number."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.views.chart import Bar, BarChart
from unionclient.ui.views.frame import PeriodPicker, View, button, label, open_record, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.words import _

SIDES = (("of", _("已完成")), ("per", _("应完成")), ("missing", _("缺")))
PROPOSED = _("（建议）")


class FiguresPage(View):
    """The table decides nothing: state and rate come with each figure, decided on whole numbers."""

    title = _("指标")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._figures: tuple[Any, ...] = ()
        self._behind: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self.period = PeriodPicker(desk, self)
        self.period.changed.connect(self._compute)
        self.head.addWidget(self.period)
        self.table = ListTable([Column(_("指标"), 0, _title), Column(_("目标"), 14, _target, right=True), Column(_("本期"), 8, _now, right=True),
                                Column(_("累计"), 6, _so_far, right=True), Column(_("完成率"), 7, _rate, right=True),
                                Column(_("状态"), 11, _state)], _("指标"), self)
        self.table.picked.connect(self._pick)
        self.body.addWidget(self.table, 5)
        self.reading = label("", self, "muted", wrap=True)
        self.body.addWidget(self.reading)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        behind = QVBoxLayout()
        behind.setSpacing(8)
        behind.addLayout(self._sides())
        self.records = ListTable([Column(_("记录"), 0, _record_label)], _("指标背后的记录"), self)
        self.records.horizontalHeader().hide()
        self.records.chosen.connect(self._go)
        behind.addWidget(self.records, 1)
        lower.addLayout(behind, 5)
        lower.addWidget(self._charted(), 4)
        self.body.addLayout(lower, 4)
        self._pick()

    def _charted(self) -> QWidget:
        card, inner = sheet(self)
        inner.addWidget(label(_("完成情况（竖线为目标）"), card, "heading"))
        scroll = QScrollArea(card)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chart = BarChart(_("完成情况图"), scroll)
        scroll.setWidget(self.chart)
        scroll.viewport().setAutoFillBackground(False)
        self.chart.setAutoFillBackground(False)
        inner.addWidget(scroll, 1)
        return card

    def _sides(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._group = QButtonGroup(self)
        self.sides = {}
        for side, words in SIDES:
            made = button(words, self, self._show_records)
            made.setCheckable(True)
            made.setChecked(side == "of")
            self._group.addButton(made)
            self.sides[side] = made
            row.addWidget(made)
        self.hint = label("", self, "muted")
        row.addWidget(self.hint, 1)
        return row

    def refresh(self, changes: Any) -> None:
        self._compute()

    def open_at(self, **where: Any) -> None:
        """`period` and `figure` choose what is shown."""
        if "period" in where:
            self.period.put(where["period"])
            self._compute()
        self._choose(where.get("figure"))

    def _compute(self) -> None:
        self.read(_("计算指标"), partial(_figures, self.period.code), self._take)

    def _take(self, figures: tuple[Any, ...]) -> None:
        picked = self.table.picks()
        self._figures = figures
        self.table.put(figures)
        self.chart.put([_bar(figure) for figure in figures])
        met = sum(f.state == "met" for f in figures)
        late = sum(f.alarm for f in figures)
        say_on(self.note, _("{p}：{n} 项指标，{m} 项已达标，{k} 项需要抓紧").format(p=self.period.words, n=len(figures), m=met, k=late))
        self._choose(picked[0].id if picked else figures[0].id if figures else None)

    def _choose(self, figure: str | None) -> None:
        for row, item in enumerate(self.table.rows.items):
            if item.id == figure:
                self.table.selectRow(row)

    def _pick(self) -> None:
        picked = self.table.picks()
        self._behind = {}
        self._show_records()
        if not picked:
            self.reading.setText(_("选中一项指标，这里显示它的口径和背后的记录。"))
            return
        figure = picked[0]
        self.reading.setText("　".join(part for part in (_("口径：{r}").format(r=figure.reading) if figure.reading else "",
                                                       figure.problem) if part) or " ")
        self.desk.jobs.run(_("查找记录"), partial(_records, figure.id, figure.period.code, figure.kind == "C" and figure.year_to_date is not None),
                           self._take_records, parent=self)

    def _take_records(self, found: tuple[str, dict[str, tuple[str, list[tuple[str, str]]]]]) -> None:
        picked = self.table.picks()
        if picked and picked[0].id == found[0]:
            self._behind = found[1]
            self._show_records()

    def _show_records(self) -> None:
        for side, words in SIDES:
            known = self._behind.get(side)
            self.sides[side].setText(f"{words} {len(known[1])}" if known else words)
            self.sides[side].setEnabled(bool(known) and (side == "of" or bool(self._behind["per"][1])))
        side = next((side for side, made in self.sides.items() if made.isChecked()), "of")
        ledger, rows = self._behind.get(side, ("", []))
        self.records.put([(ledger, record, words) for record, words in rows])
        title = self.desk.ws.library.ledgers[ledger].title if ledger else ""
        self.hint.setText(_("{t}；双击打开").format(t=title) if rows else _("没有记录") if self._behind else "")

    def _go(self, row: tuple[str, str, str]) -> None:
        open_record(self.desk, row[0], row[1])


def _figures(code: str, workspace: Any, _progress: Any) -> Any:
    return workspace.figures(code)


def _records(figure: str, code: str, cumulative: bool, workspace: Any, _progress: Any) -> Any:
    """Records of the three sides with their names; a count's are those of 累计, which the target is held against."""
    found = {}
    for side, _words in SIDES:
        ledger, ids = workspace.figure_records(figure, code, side, cumulative=cumulative)
        found[side] = (ledger, [(record, workspace.label(ledger, record)) for record in ids])
    return figure, found


def _bar(figure: Any) -> Bar:
    if figure.kind == "C":
        share = None if figure.done_rate is None else float(figure.done_rate)
        aim = None if figure.target is None else 100.0
    else:
        share = None if figure.value is None else float(figure.value)
        aim = None if figure.target is None else float(figure.target)
    return Bar(figure.title, share, aim, _rate(figure).text, _tone(figure) or "accent")


def _tone(figure: Any) -> str:
    if figure.state == "met":
        return "good"
    return "block" if figure.alarm else "hint" if figure.on_time else ""


def _title(figure: Any) -> Cell:
    return Cell(f"{figure.id}　{figure.title}", tip=figure.title)


def _target(figure: Any) -> str:
    return figure.target_text + (PROPOSED if figure.target_proposed and "建议" not in figure.target_text else "")


def _now(figure: Any) -> Cell:
    text = str(figure.numerator) if figure.denominator is None else f"{figure.numerator}/{figure.denominator}"
    return Cell(f"{text} {figure.unit}" if figure.kind == "C" else text, sort=figure.numerator)


def _so_far(figure: Any) -> Cell:
    return Cell("" if figure.year_to_date is None else str(figure.year_to_date), sort=figure.year_to_date or 0)


def _rate(figure: Any) -> Cell:
    rate = figure.done_rate if figure.kind == "C" else figure.value
    return Cell("—" if rate is None else f"{rate}%", sort=-1 if rate is None else rate)


def _state(figure: Any) -> Cell:
    return Cell(figure.state_text, tone=_tone(figure), dot=True)


def _record_label(row: tuple[str, str, str]) -> str:
    return row[2]
