"""One figure unfolded from left to right: its streets, the units of the street chosen, the records of the unit chosen."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QSplitter, QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.ui.desk import Desk
from unionclient.ui.district.parts import value_words
from unionclient.ui.district.remark_dialog import show_record
from unionclient.ui.flow import Half
from unionclient.ui.views.frame import beside, button, label, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

NOBODY = _("未注明单位")
_SIDES = (("of", _("完成")), ("per", _("应完成")), ("missing", _("还缺")))
_SPANS = (("now", _("本期")), ("year", _("全年累计")))


@dataclass(frozen=True, slots=True)
class Share:
    """A body's line: its part of the figure, or why there is none."""

    code: str
    name: str
    part: Any
    why: str = ""


class Unfolded(Half):
    """`put` shows a figure of a period; each choice reads the next list beside the window."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._period = ""
        self._each: Any = None
        self.record_dialog: Any = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 6, 0, 0)
        whole.setSpacing(6)
        self.heading = label("", self, "heading", wrap=True)
        self._choice = QButtonGroup(self)
        self.sides = {}
        for name, words in (*_SIDES, *_SPANS):
            made = button(words, self, self._side_chosen)
            made.setCheckable(True)
            made.setChecked(name in ("of", "now"))
            self.sides[name] = made
        self._choice.setExclusive(True)
        for made in self.sides.values():
            self._choice.addButton(made)
        whole.addLayout(beside(self.heading, *self.sides.values(), least=200))
        self.note = label("", self, "muted", wrap=True)
        whole.addWidget(self.note)
        self.streets = ListTable([
            Column(_("报送单位"), 0, _name), Column(_("完成"), 5, _done, right=True), Column(_("应完成"), 5, _whole, right=True),
            Column(_("数值"), 6, self._value, right=True), Column(_("累计"), 5, _so_far, right=True)], _("各报送单位"), self)
        self.units = ListTable([Column(_("单位"), 0, _unit), Column(_("记录数"), 4, _count, right=True)], _("各单位"), self)
        self.records = ListTable([Column(_("记录（双击查看）"), 0, _record)], _("记录"), self)
        lists = QSplitter(Qt.Orientation.Horizontal, self)
        lists.setChildrenCollapsible(False)
        for made, stretch in ((self.streets, 6), (self.units, 5), (self.records, 5)):
            lists.addWidget(made)
            lists.setStretchFactor(lists.indexOf(made), stretch)
        lists.setSizes([440, 330, 330])
        whole.addWidget(lists, 1)
        self.empty = label("", self, "warn", wrap=True)
        self.empty.hide()
        whole.addWidget(self.empty)
        self.streets.picked.connect(self._street_picked)
        self.units.picked.connect(self._unit_picked)
        self.records.chosen.connect(self._open)

    @property
    def side(self) -> tuple[str, bool]:
        """(side, cumulative) as `District.figure_units` takes them."""
        name = next((name for name, made in self.sides.items() if made.isChecked() and not made.isHidden()), "of")
        return ("of", name == "year") if name in ("now", "year") else (name, False)

    def put(self, period: str, each: Any) -> None:
        """`each` is a `DistrictFigure`, or None."""
        same = each is not None and self._each is not None and each.figure.id == self._each.figure.id
        chosen = next((share.code for share in self.streets.picks()), None) if same else None
        self._period, self._each = period, each
        self.heading.setText(f"{each.figure.id} {each.figure.title}" if each else _("选中一项指标，这里展开到街道、单位和记录。"))
        rate = each is not None and each.figure.denominator is not None
        flow = each is not None and each.figure.year_to_date is not None
        for name, _words in _SIDES:
            self.sides[name].setVisible(rate)
        for name, _words in _SPANS:
            self.sides[name].setVisible(flow)
        for names in (("of", "per", "missing") if rate else ("now", "year") if flow else (),):
            if names and not any(self.sides[name].isChecked() for name in names):
                self.sides[names[0]].setChecked(True)
        told = [each.figure.problem, *each.notes, _("口径：{r}").format(r=each.figure.reading) if each.figure.reading else ""] if each else []
        self.note.setText("　".join(text for text in told if text))
        self.note.setVisible(bool(self.note.text()))
        self.streets.setColumnHidden(2, not rate)
        self.streets.setColumnHidden(3, not rate)
        self.streets.setColumnHidden(4, not flow)
        shares = _shares(each) if each else []
        self.streets.blockSignals(True)
        self.streets.put(shares)
        self.streets.blockSignals(False)
        at = next((n for n, share in enumerate(shares) if share.code == chosen), 0)
        if shares and shares[at].part is not None:
            self.streets.selectRow(at)
        else:
            self._street_picked()

    def _side_chosen(self) -> None:
        self._street_picked()

    def _share(self) -> Share | None:
        return next((share for share in self.streets.picks() if share.part is not None), None)

    def _street_picked(self) -> None:
        share = self._share()
        self.units.put([])
        self.records.put([])
        self.empty.hide()
        if share is not None:
            ask = (self._period, self._each.figure.id, share.code, *self.side)
            self._desk.jobs.run(_("查找单位"), partial(_units, ask), self._take_units, parent=self, reading=True)

    def _take_units(self, found: tuple[tuple, list[Any]]) -> None:
        share = self._share()
        if share is None or found[0] != (self._period, self._each.figure.id, share.code, *self.side):
            return
        self.units.put(found[1])
        if found[1]:
            self.units.selectRow(0)
        elif share.part.again and share.part.numerator:
            say_on(self.empty, _("{s}签名的数是 {n}，报送的数据里没有找到对应的记录；请向街道问清楚。").format(s=share.name, n=share.part.numerator), "warn")

    def _unit_picked(self) -> None:
        share, part = self._share(), next(iter(self.units.picks()), None)
        self.records.put([])
        if share is not None and part is not None:
            ask = (self._period, self._each.figure.id, share.code, *self.side, part.unit or "")
            self._desk.jobs.run(_("查找记录"), partial(_records, ask), self._take_records, parent=self, reading=True)

    def _take_records(self, found: tuple[tuple, list[Any]]) -> None:
        share, part = self._share(), next(iter(self.units.picks()), None)
        if share and part and found[0] == (self._period, self._each.figure.id, share.code, *self.side, part.unit or ""):
            self.records.put(found[1])

    def _open(self, line: Any) -> None:
        self.record_dialog = show_record(line, self)

    def _value(self, share: Share) -> Cell:
        if share.part is None:
            return Cell(share.why, tone="muted", sort=-1.0)
        value = share.part.value
        return Cell(value_words(value, self._each.figure.kind), sort=float(value) if value is not None else -1.0)


def _shares(each: Any) -> list[Share]:
    """Those that reported, then those whose package lacks the figure, then those that handed in nothing."""
    return [*(Share(part.code, part.name, part) for part in each.parts),
            *(Share(body.code, body.name, None, _("没有这项")) for body in each.lacking),
            *(Share(body.code, body.name, None, _("没有接收到")) for body in each.missing)]


def _units(ask: tuple, district: Any, _progress: Any) -> tuple[tuple, list[Any]]:
    period, figure, street, side, cumulative = ask
    return ask, district.figure_units(period, figure, street, side, cumulative=cumulative)


def _records(ask: tuple, district: Any, _progress: Any) -> tuple[tuple, list[Any]]:
    period, figure, street, side, cumulative, unit = ask
    return ask, district.figure_records(period, figure, street, side, unit=unit, cumulative=cumulative)


def _name(share: Share) -> Cell:
    if share.part is None:
        return Cell(_("{name}（{why}）").format(name=share.name, why=share.why), tone="muted", sort="~" + share.code)
    if share.part.again:
        numbers = " / ".join("—" if number is None else str(number) for number in share.part.again)
        return Cell(share.name, mark=Level.EXPLAIN, sort=share.code, tip=_("按报送的数据重算是 {n}，与签名的数不同").format(n=numbers))
    return Cell(share.name, sort=share.code)


def _done(share: Share) -> Cell:
    return Cell("—" if share.part is None else f"{share.part.numerator:,}", sort=-1 if share.part is None else share.part.numerator)


def _whole(share: Share) -> Cell:
    number = share.part.denominator if share.part else None
    return Cell("—" if number is None else f"{number:,}", sort=-1 if number is None else number)


def _so_far(share: Share) -> Cell:
    number = share.part.year_to_date if share.part else None
    return Cell("—" if number is None else f"{number:,}", sort=-1 if number is None else number)


def _unit(part: Any) -> str:
    return part.title or NOBODY


def _count(part: Any) -> Cell:
    return Cell(f"{part.count:,}", sort=part.count)


def _record(line: Any) -> Cell:
    return Cell(line.label, tip="\n".join(_("{title}：{text}").format(title=title, text=text) for title, text in line.cells[:12]))
