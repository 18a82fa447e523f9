"""Sending down: the year's targets by street, definitions and code lists to go along, what was sent before."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from unionclient.ui.flow import Half
from unionclient.ui.views.frame import EARLIEST_YEAR, beside, button, combo, label, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

_STREET = 3      # characters of a street's name above its column


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be sent down."""

    year: int
    forms: tuple[Path, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Aim:
    """A figure's targets: street code → (value, letter's number), the number None where it is only proposed."""

    figure: str
    title: str
    values: Mapping[str, Any]


class SendTab(QWidget):
    """`page` does the deeds."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._forms: list[Path] = []
        self._shown: Any = None
        this_year = dt.date.today().year
        self.year = combo(_("年度"), self, [(year, _("{y}年").format(y=year)) for year in range(this_year + 1, EARLIEST_YEAR - 1, -1)])
        self.year.setCurrentIndex(max(self.year.findData(page.desk.config.get("district.year")), 1 if page.desk.config.get("district.year") is None else 0))
        self.year.activated.connect(self._year_chosen)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(8)
        self.told = label("", self, "muted", wrap=True)
        whole.addLayout(beside(self.told, self.year, button(_("写出目标表…"), self, page.ask_blank),
                               button(_("导入目标表…"), self, page.ask_targets), least=260))
        streets = [body for body in page.desk.ws.bodies() if body.kind == "street"]
        self.targets = ListTable([Column(_("目标"), 12, _aim), *(Column(body.name.removesuffix("街道").removesuffix(" Street")[:_STREET], _STREET, partial(_value, body.code), right=True)
                                                               for body in streets)], _("各街道的年度目标"), self)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.targets)
        halves.addWidget(self._below())
        halves.setStretchFactor(0, 1)
        halves.setSizes([400, 200])
        whole.addWidget(halves, 1)

    def _below(self) -> QWidget:
        below = Half(self)
        columns = QHBoxLayout(below)
        columns.setContentsMargins(0, 6, 0, 0)
        columns.setSpacing(12)
        card, inner = sheet(below)
        inner.addWidget(label(_("这次下发"), card, "heading"))
        self.forms = ListTable([Column(_("一并下发的定义和代码表"), 0, _form)], _("一并下发的定义和代码表"), card, several=True)
        self.forms.picked.connect(self._judge)
        self.forms.setMinimumHeight(90)
        inner.addWidget(self.forms, 1)
        self.drop = button(_("去掉选中的"), card, self._drop)
        self.note = QLineEdit(card)
        self.note.setAccessibleName(_("给街道的说明"))
        self.note.setPlaceholderText(_("给街道的说明，街道采用前会看到"))
        inner.addLayout(beside(self.note, button(_("添加定义文件…"), card, self._page.ask_forms), self.drop, least=230))
        self.preview = label("", card, wrap=True)
        self.go = button(_("签名并写出下发文件…"), card, self._send, "primary")
        inner.addLayout(beside(self.preview, self.go))
        columns.addWidget(card, 6)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label(_("下发过的"), below, "heading"))
        self.sent = ListTable(self._page.file_columns(_("文件")), _("下发过的文件"), below, several=True)
        self.sent.picked.connect(self._judge)
        right.addWidget(self.sent, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        self.carry = button(_("存到 U 盘…"), below, self._carry)
        row.addWidget(self.carry)
        right.addLayout(row)
        columns.addLayout(right, 5)
        return below

    @property
    def year_code(self) -> str:
        return str(self.year.currentData())

    def _year_chosen(self) -> None:
        self._page.desk.config.put("district.year", self.year.currentData())
        self._page.show_year()

    def put(self, shown: Any) -> None:
        self._shown = shown
        self.targets.put([Aim(*row) for row in shown.targets])
        self.sent.put(shown.sent)
        if shown.sent:
            self.sent.selectRow(0)
        self._judge()

    def add_forms(self, paths: list[Path]) -> None:
        """One file of a name; a later one takes its place."""
        self._forms = [*(path for path in self._forms if path.name not in {new.name for new in paths}), *paths]
        self.forms.put(self._forms)
        self._judge()

    def done(self, _path: Path) -> None:
        """Sent: the next bundle begins empty."""
        self._forms = []
        self.forms.put([])
        self.note.clear()

    def _drop(self) -> None:
        gone = self.forms.picks()
        self._forms = [path for path in self._forms if path not in gone]
        self.forms.put(self._forms)
        self._judge()

    def _given(self) -> tuple[int, int]:
        """(targets allocated, figures they are for)."""
        counts = [sum(value is not None and value[1] is not None for value in row[2].values()) for row in (self._shown.targets if self._shown else ())]
        return sum(counts), sum(count > 0 for count in counts)

    def _judge(self) -> None:
        shown = self._shown
        targets, figures = self._given()
        self.drop.setEnabled(bool(self.forms.picks()))
        self.carry.setEnabled(bool(self.sent.picks()))
        self.go.setEnabled(bool(shown and shown.can_send and (targets or self._forms)))
        say_on(self.told, _("已下达 {n} 条，{k} 项指标；灰色的是按建议方案算的，还没有下达，不会下发").format(n=targets, k=figures))
        parts = [_("{n} 条目标").format(n=targets)] if targets else []
        parts += [_("{n} 个定义文件").format(n=len(self._forms))] if self._forms else []
        if shown is not None and not shown.can_send:
            say_on(self.preview, _("还没有区里的签名钥匙，请先在“街道与证书”里建立签发机构。"), "warn")
        elif not parts:
            say_on(self.preview, _("没有可以下发的：请先导入目标表，或添加定义文件。"))
        else:
            parts += [_("信任文件第 {n} 号").format(n=shown.trust.serial)] if shown and shown.trust else []
            say_on(self.preview, _("将下发：{p}").format(p=_("、").join(parts)), "good")

    def _send(self) -> None:
        self._page.send_down(Order(int(self.year_code), tuple(self._forms), self.note.text().strip()))

    def _carry(self) -> None:
        self._page.carry_sent(self.sent.picks())


def _aim(aim: Aim) -> Cell:
    return Cell(f"{aim.figure} {aim.title}")


def _value(code: str, aim: Aim) -> Cell:
    value = aim.values.get(code)
    if value is None:
        return Cell("", sort=-1.0)
    number, doc_no = value
    text = f"{number.normalize():f}"
    if doc_no is None:
        return Cell(text, tone="muted", sort=float(number), tip=_("{v}（建议数，还没有下达）").format(v=text))
    return Cell(text, sort=float(number), tip=_("{v}　{d}").format(v=text, d=doc_no or _("没有写下达文号")))


def _form(path: Path) -> Cell:
    return Cell(path.name, tip=str(path))
