"""All rounds of re-keying: how far each is, and the ways on from there."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import local_time, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.widgets import button, label
from unionclient.definition.words import _
from unionclient.workspace.rekeying import Result


@dataclass(frozen=True, slots=True)
class Listed:
    """A round with its numbers."""

    ledger: str
    fields: str
    result: Result

    @property
    def typing(self) -> bool:
        """Something is still to be typed or compared."""
        return not self.result.round.closed_at and self.result.total.compared < self.result.total.cells


class RoundsPanel(QWidget):
    """`typing_wanted`, `list_wanted`, `end_wanted`: with the id of the round in sight; `new_wanted`."""

    typing_wanted = Signal(str)
    list_wanted = Signal(str)
    end_wanted = Signal(object)
    new_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.table = ListTable([Column(_("台账"), 7, _ledger), Column(_("项目"), 0, _fields), Column(_("记录"), 4, _records, right=True),
                                Column(_("已录"), 6, _typed, right=True), Column(_("不一致率"), 5, _rate, right=True), Column(_("状态"), 8, _state),
                                Column(_("第二次录入"), 7, _readers), Column(_("开始"), 8, _begun)], _("双录"), self)
        self.on = button(_("继续录入"), self._on, self, kind="primary")
        self.differences = button(_("不一致清单"), self._differences, self)
        self.end = button(_("结束这一轮"), self._end, self)
        self.new = button(_("开始新的双录…"), self.new_wanted.emit, self, icon="add")
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.on, self.differences, self.end):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.new)
        self.some = QWidget(self)
        inner = QVBoxLayout(self.some)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self.table, 1)
        inner.addLayout(row)
        self.none, told = sheet(self)
        told.setSpacing(12)
        told.addWidget(label(_("还没有做过双录"), "heading", self.none))
        words = label(_("双录是由另一个人照着原件把要紧的项目再录一遍，程序比对两次录入，把不一样的列出来。在您决定之前，台账不会改动。\n"
                        "在台账里选好或筛选出记录，点“双录”（Ctrl+Shift+K）；也可以在这里开始。"), "muted", self.none)
        words.setWordWrap(True)
        told.addWidget(words)
        start = QHBoxLayout()
        self.first = button(_("开始双录…"), self.new_wanted.emit, self.none, kind="primary")
        start.addWidget(self.first)
        start.addStretch(1)
        told.addLayout(start)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.none, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.some, 1)
        self.table.picked.connect(self._picked)
        self.table.chosen.connect(self._chosen)
        self._picked()
        self.none.hide()

    def put(self, listed: list[Listed]) -> None:
        here = next(iter(self.table.picks()), None)
        self.table.put(listed)
        self.none.setVisible(not listed)
        self.some.setVisible(bool(listed))
        self.setFocusProxy(self.table if listed else self.first)
        if listed:
            self.table.selectRow(next((n for n, each in enumerate(listed) if here and each.result.round.id == here.result.round.id), 0))

    def _picked(self) -> None:
        here = next(iter(self.table.picks()), None)
        self.on.setEnabled(bool(here and here.typing))
        self.differences.setEnabled(bool(here and here.result.total.compared))
        self.end.setEnabled(bool(here and not here.result.round.closed_at))

    def _chosen(self, here: Listed) -> None:
        (self.typing_wanted if here.typing and not here.result.total.open else self.list_wanted).emit(here.result.round.id)

    def _on(self) -> None:
        for here in self.table.picks():
            self.typing_wanted.emit(here.result.round.id)

    def _differences(self) -> None:
        for here in self.table.picks():
            self.list_wanted.emit(here.result.round.id)

    def _end(self) -> None:
        for here in self.table.picks():
            self.end_wanted.emit(here)


def read_rounds(workspace: Any, _progress: Any) -> list[Listed]:
    """The job that reads them."""
    made = []
    for each in workspace.rekey_rounds():
        ledger = workspace.library.ledgers[each.ledger]
        made.append(Listed(ledger.title, _("、").join(ledger.fields[name].title for name in each.fields), workspace.rekey_result(each.id)))
    return made


def _ledger(each: Listed) -> str:
    return each.ledger


def _fields(each: Listed) -> str:
    return each.fields


def _records(each: Listed) -> Cell:
    return Cell(f"{each.result.round.records:,}", sort=each.result.round.records)


def _typed(each: Listed) -> Cell:
    total = each.result.total
    return Cell(f"{total.typed:,} / {total.cells:,}", sort=total.typed)


def _rate(each: Listed) -> str:
    return each.result.total.rate or "—"


def _state(each: Listed) -> Cell:
    total = each.result.total
    if total.open:
        return Cell(_("{} 处待决定").format(total.open), tone="warn", dot=True)
    if each.result.round.closed_at:
        return Cell(_("已结束"), tone="muted", dot=True)
    if total.compared == total.cells:
        return Cell(_("已核对"), tone="good", dot=True)
    return Cell(_("录入中"), tone="accent", dot=True)


def _readers(each: Listed) -> str:
    return _("、").join(who for who, *_counts in each.result.readers)


def _begun(each: Listed) -> Cell:
    return Cell(local_time(each.result.round.at), sort=each.result.round.at)
