"""Looks through a received package record by record, and notes what the street is to mend; stays open for several remarks."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.district.parts import period_words
from unionclient.ui.views.frame import button, combo, label, say_on
from unionclient.ui.views.table import Column, ListTable
from unionclient.ui.widgets import room_of
from unionclient.definition.words import _
from unionclient.workspace.district.district import Remark

_WEIGHTS = (("block", _("必须改")), ("explain", _("要说明")), ("hint", _("提示")))


class RemarkDialog(QDialog):
    """`then()` is called after each remark. A package that was answered can only be looked at."""

    def __init__(self, desk: Desk, package: Any, then: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{package.street_name} {period_words(package.period)} " + _("第 {n} 号").format(n=package.seq))
        room = room_of(self)
        self.resize(min(1060, room.width() - 40), min(620, room.height() - 80))
        self._desk, self._package, self._then = desk, package, then
        self._lines: list[Any] = []
        self.ledger = combo(_("台账"), self)
        self.ledger.setMinimumWidth(220)
        self.ledger.activated.connect(self._read)
        self.search = QLineEdit(self)
        self.search.setAccessibleName(_("查找记录"))
        self.search.setPlaceholderText(_("查找：名称、号码或任何一栏里的字"))
        self.search.textChanged.connect(self._filter)
        self.records = ListTable([Column(_("记录"), 0, _label)], _("记录"), self)
        self.records.picked.connect(self._picked)
        self.cells = ListTable([Column(_("栏目"), 10, _title), Column(_("内容"), 0, _text)], _("这条记录的内容"), self)
        self.cells.picked.connect(self._judge)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.ledger)
        row.addWidget(self.search, 1)
        whole.addLayout(row)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.records)
        halves.addWidget(self.cells)
        whole.addWidget(halves, 1)
        whole.addLayout(self._writing())
        desk.jobs.run(_("读取报送包"), partial(_ledgers, package.sha256), self._take_ledgers, parent=self, reading=True)

    def _writing(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.place = label("", self, "muted", wrap=True)
        row = QHBoxLayout()
        self.weight = combo(_("轻重"), self, _WEIGHTS)
        self.message = QLineEdit(self)
        self.message.setAccessibleName(_("要改什么"))
        self.message.setPlaceholderText(_("写明哪里不对、怎样改"))
        self.message.textChanged.connect(self._judge)
        self.message.returnPressed.connect(self._note)
        self.note = button(_("记下"), self, self._note, "primary")
        self.close_button = button(_("关闭"), self, self.reject)
        waiting = self._package.state == "received"
        for made in (self.weight, self.message, self.note):
            made.setVisible(waiting)
            row.addWidget(made, 1 if made is self.message else 0)
        row.addStretch(0 if waiting else 1)
        row.addWidget(self.close_button)
        column.addWidget(self.place)
        column.addLayout(row)
        self._judge()
        return column

    def _take_ledgers(self, ledgers: list[tuple[str, str, int]]) -> None:
        for ledger, title, rows in ledgers:
            self.ledger.addItem(_("{t}（{n:,}）").format(t=title, n=rows), ledger)
        self._read()

    def _read(self) -> None:
        if self.ledger.currentData():
            self._desk.jobs.run(_("读取记录"), partial(_rows, self._package.sha256, self.ledger.currentData()), self._take_rows, parent=self, reading=True)

    def _take_rows(self, lines: list[Any]) -> None:
        self._lines = lines
        self._filter()

    def _filter(self) -> None:
        wanted = self.search.text().strip()
        found = [line for line in self._lines if wanted in line.label or any(wanted in text for _title, text in line.cells)]
        self.records.put(found)
        if found:
            self.records.selectRow(0)
        self._picked()

    def _picked(self) -> None:
        picked = self.records.picks()
        self.cells.put(picked[0].cells if picked else [])
        self._judge()

    def _judge(self) -> None:
        line, cell = next(iter(self.records.picks()), None), next(iter(self.cells.picks()), None)
        if self._package.state != "received":
            say_on(self.place, _("这个报送包已经答复，只能查看。"))
            return
        where = _("整个报送包") if line is None else f"{line.ledger_title}　{line.label}" + (f"　{cell[0]}" if cell else "")
        say_on(self.place, _("意见写在：{w}").format(w=where) + ("" if cell or line is None else _("（选中右边一栏，就写在那一栏）")))
        self.note.setEnabled(bool(self.message.text().strip()))

    def _note(self) -> None:
        if not self.note.isEnabled():
            return
        line, cell = next(iter(self.records.picks()), None), next(iter(self.cells.picks()), None)
        ledger = self._desk.ws.library.ledgers[line.ledger] if line else None
        field = next((each.id for each in ledger.live_fields if cell and each.title == cell[0]), "") if ledger else ""
        remark = Remark(f"data/{line.ledger}.csv" if line else "", line.ledger if line else "", line.id if line else "", field,
                        self.message.text().strip(), severity=self.weight.currentData())
        self._desk.jobs.run(_("记下意见"), partial(_add, self._package.sha256, remark), self._noted, parent=self)

    def _noted(self, _nothing: Any) -> None:
        self.message.clear()
        say_on(self.place, _("✓ 已记下，可以接着写下一条。"), "good")
        self._then()


def show_record(line: Any, parent: QWidget) -> "RecordDialog":
    """A record as submitted, to be read."""
    made = RecordDialog(line, parent)
    made.open()
    return made


class RecordDialog(QDialog):
    """Every filled cell of one record."""

    def __init__(self, line: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{line.ledger_title}　{line.label}")
        self.resize(560, min(520, room_of(self).height() - 80))
        self.cells = ListTable([Column(_("栏目"), 10, _title), Column(_("内容"), 0, _text)], _("这条记录的内容"), self)
        self.cells.put(line.cells)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.addWidget(label(_("按街道报送的原样显示，区里不修改；有错请退回或打电话。"), self, "muted", wrap=True))
        whole.addWidget(self.cells, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("关闭"), self, self.reject))
        whole.addLayout(row)


def _ledgers(which: str, district: Any, _progress: Any) -> list[tuple[str, str, int]]:
    return district.package_ledgers(which)


def _rows(which: str, ledger: str, district: Any, _progress: Any) -> list[Any]:
    return district.package_rows(which, ledger)


def _add(which: str, remark: Any, district: Any, _progress: Any) -> None:
    district.add_remark(which, remark)


def _label(line: Any) -> str:
    return line.label


def _title(cell: tuple[str, str]) -> str:
    return cell[0]


def _text(cell: tuple[str, str]) -> str:
    return cell[1]
