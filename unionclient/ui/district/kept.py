"""Packages that were taken in: what differs from the period before, what is to be mended, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.ui.district.differences import difference_columns
from unionclient.ui.district.parts import kind_words, level_cell, period_words, state_cell
from unionclient.ui.flow import Half
from unionclient.ui.tabs import Tabs
from unionclient.ui.views.frame import beside, button, combo, label, local_time
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _
from unionclient.workspace.district.facts import Note

DIFFERENCES, REMARKS, CHECKS = range(3)
_ALL = (("", _("全部")), ("received", _("待答复")), ("accepted", _("已接收")), ("returned", _("已退回")))
_GRAVITY = {"fail": 0, "warn": 1, "ok": 2}


@dataclass(frozen=True, slots=True)
class Detail:
    """All that is shown of one package; `labels` name the records of the remarks; `earlier`: one was accepted before it."""

    package: Any
    differences: list[Any]
    remarks: list[Any]
    checks: list[tuple[str, str, str]]
    labels: Mapping[tuple[str, str], str]
    earlier: bool


class Kept(QWidget):
    """`page` does the deeds."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self._packages: list[Any] = []
        self._can_answer = False
        self._detail: Detail | None = None
        self.table = ListTable([
            Column(_("状态"), 5, state_cell), Column(_("报送单位"), 9, _whose), Column(_("统计期"), 9, _period), Column(_("序号"), 3, _seq),
            Column(_("种类"), 4, _kind), Column(_("收到"), 9, _received), Column(_("答复"), 9, _answered), Column(_("说明"), 0, _note)],
            _("已收下的报送包"), self, several=True)
        self.table.picked.connect(self._look)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self._below())
        halves.setStretchFactor(0, 4)
        halves.setStretchFactor(1, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._filters())
        whole.addWidget(halves, 1)

    # layout -------------------------------------------------------------------------------------------------

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.state = combo(_("状态"), self, _ALL)
        self.street = combo(_("报送单位"), self, [("", _("全部单位")), *((body.code, body.name) for body in self._page.desk.ws.bodies())])
        for made in (label(_("只看"), self), self.state, self.street):
            row.addWidget(made)
        self.state.activated.connect(self._filter)
        self.street.activated.connect(self._filter)
        row.addStretch(1)
        return row

    def _below(self) -> QWidget:
        below = Half(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        self.told = label("", below, "heading", wrap=True)
        self.accept = button(_("接收…"), below, self._accept, "primary")
        self.back = button(_("退回…"), below, self._return)
        self.paper = button(_("打印回执"), below, self._print)
        self.save = button(_("回执存到 U 盘…"), below, self._save, "primary")
        column.addLayout(beside(self.told, self.back, self.accept, self.paper, self.save, least=240))
        self.lists = Tabs(below)
        self.differences = ListTable(difference_columns(), _("与上一次接收的比较"), self.lists)
        self.lists.addTab(self.differences, "")
        self.lists.addTab(self._remarks(), "")
        self.checks = ListTable([Column(_("结果"), 5, _result), Column(_("核验内容"), 10, _check), Column(_("说明"), 0, _detail)], _("核验结果"), self.lists)
        self.lists.addTab(self.checks, "")
        column.addWidget(self.lists, 1)
        return below

    def _remarks(self) -> QWidget:
        page = QWidget(self.lists)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        self.remarks = ListTable([Column(_("轻重"), 5, _weight), Column(_("台账"), 9, self._ledger), Column(_("记录"), 14, self._row),
                                  Column(_("栏目"), 8, self._field), Column(_("要改什么"), 0, _message)], _("要街道改的"), page, several=True)
        self.remarks.picked.connect(self._show_picked_remark)
        row = QHBoxLayout()
        self.add = button(_("查看数据，写意见…"), page, self._add)
        self.drop = button(_("删去选中的意见"), page, self._drop)
        row.addWidget(self.add)
        row.addWidget(self.drop)
        row.addStretch(1)
        column.addWidget(self.remarks, 1)
        column.addLayout(row)
        return page

    # showing ------------------------------------------------------------------------------------------------

    def put(self, packages: list[Any], wanted: str | None, can_answer: bool) -> None:
        """`wanted` is the digest of the package to choose; else the one chosen before, else the first."""
        self._packages, self._can_answer = packages, can_answer
        if wanted and not any(each.sha256 == wanted for each in self._wanted()):
            self.state.setCurrentIndex(0)
            self.street.setCurrentIndex(0)
        self._filter(wanted)

    def show_street(self, code: str) -> None:
        self.street.setCurrentIndex(max(self.street.findData(code), 0))
        self.state.setCurrentIndex(0)
        self._filter()

    def _wanted(self) -> list[Any]:
        state, street = self.state.currentData(), self.street.currentData()
        return [each for each in self._packages if state in ("", each.state) and street in ("", each.street)]

    def _filter(self, wanted: Any = None) -> None:
        before = wanted if isinstance(wanted, str) else next((each.sha256 for each in self.table.picks()), None)
        rows = self._wanted()
        self.table.blockSignals(True)
        self.table.put(rows)
        self.table.blockSignals(False)
        at = next((n for n, each in enumerate(rows) if each.sha256 == before), 0)
        if rows:
            self.table.selectRow(at)
        self._look()

    def look_again(self) -> None:
        """Remarks changed."""
        self._look()

    def _look(self) -> None:
        picked = self.table.picks()
        if not picked:
            self._show(None)
            return
        self._page.desk.jobs.run(_("读取报送包"), partial(_detail_of, picked[0].sha256), self._take, parent=self, reading=True)

    def _take(self, detail: Detail) -> None:
        if any(each.sha256 == detail.package.sha256 for each in self.table.picks()[:1]):
            self._show(detail)

    def _several(self) -> list[Any]:
        """Of several chosen packages those that wait, in the order they are to be answered; none where one alone is chosen."""
        picked = self.table.picks()
        waiting = [each for each in picked if each.state == "received"]
        return sorted(waiting, key=lambda each: (each.street, each.seq)) if len(picked) > 1 else []

    def _show(self, detail: Detail | None) -> None:
        self._detail = detail
        package = detail.package if detail else None
        several = self._several()
        waiting, answered = bool(package and package.state == "received"), bool(package and package.state != "received")
        self.accept.setText(_("接收选中的 {n} 个…").format(n=len(several)) if several else _("接收…"))
        for made, wanted in ((self.accept, waiting or bool(several)), (self.back, waiting and not several), (self.paper, answered), (self.save, answered)):
            made.setVisible(wanted)
        for made in (self.accept, self.back):
            made.setEnabled(self._can_answer)
            made.setToolTip("" if self._can_answer else _("请先在“街道与证书”里建立签发机构"))
        self.add.setEnabled(bool(package))
        self.add.setText(_("查看数据，写意见…") if waiting or not package else _("查看数据…"))
        self.told.setText(_told(detail) if detail else _("还没有收下的报送包。") if not self._packages else _("选中一个报送包，这里显示它的内容。"))
        self.differences.put(detail.differences if detail else [])
        self.remarks.put(detail.remarks if detail else [])
        self.checks.put(sorted(detail.checks, key=lambda check: _GRAVITY[check[0]]) if detail else [])
        counts = (len(detail.differences), len(detail.remarks), sum(check[0] != "ok" for check in detail.checks)) if detail else (0, 0, 0)
        for at, (words, count) in enumerate(zip((_("与上一次接收的比较"), _("要街道改的"), _("核验")), counts, strict=True)):
            self.lists.setTabText(at, _("{words}（{count}）").format(words=words, count=count) if count else words)
        self._show_picked_remark()

    def _show_picked_remark(self) -> None:
        self.drop.setEnabled(bool(self._detail and self._detail.package.state == "received" and self.remarks.picks()))

    # deeds --------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        self._page.answer(self._several() or [self._detail.package], True, len(self._detail.remarks))

    def _return(self) -> None:
        self._page.answer([self._detail.package], False, len(self._detail.remarks))

    def _add(self) -> None:
        self.lists.setCurrentIndex(REMARKS)
        self._page.remark(self._detail.package)

    def _drop(self) -> None:
        self._page.drop_remarks(self._detail.package, self.remarks.picks())

    def _print(self) -> None:
        self._page.print_receipt(self._detail.package)

    def _save(self) -> None:
        self._page.save_receipts([each for each in self.table.picks() if each.state != "received"])

    # words --------------------------------------------------------------------------------------------------

    def _ledger(self, remark: Any) -> str:
        ledger = self._page.desk.ws.library.ledgers.get(remark.sheet)
        return ledger.title if ledger else _("整个报送包")

    def _row(self, remark: Any) -> Cell:
        return Cell(self._detail.labels.get((remark.sheet, remark.row_key), remark.row_key) if self._detail else "", tip=remark.row_key)

    def _field(self, remark: Any) -> str:
        ledger = self._page.desk.ws.library.ledgers.get(remark.sheet)
        return ledger.fields[remark.cell].title if ledger and remark.cell in ledger.fields else ""


def _detail_of(which: str, district: Any, _progress: Any) -> Detail:
    package = district.package(which)
    checks = [(level, *district.check_words(Note(check, level, detail))) for check, level, detail in package.checks]
    remarks = district.remarks(which)
    labels = district.record_labels(which, [(remark.sheet, remark.row_key) for remark in remarks])
    earlier = any(each.seq < package.seq for each in district.packages(street=package.street, state="accepted"))
    return Detail(package, district.differences(which), remarks, checks, labels, earlier)


def _told(detail: Detail) -> str:
    package = detail.package
    words = f"{package.street_name} {period_words(package.period)} " + _("第 {n} 号：").format(n=package.seq) + package.state_title
    words = _("{words}。{note}").format(words=words, note=package.note) if package.note else words
    if detail.earlier:
        return words + ("" if detail.differences else _("。与上一次接收的完全相同"))
    return words + _("。以前没有接收过这个单位的，没有可以比较的")


def _whose(package: Any) -> str:
    return package.street_name


def _period(package: Any) -> Cell:
    return Cell(period_words(package.period), sort=package.period)


def _seq(package: Any) -> Cell:
    return Cell(str(package.seq), sort=package.seq)


def _kind(package: Any) -> str:
    return kind_words(package.kind)


def _received(package: Any) -> Cell:
    return Cell(local_time(package.received_at), tip=_("经办人 {w}\nSHA-256 {h}").format(w=package.who, h=package.sha256))


def _answered(package: Any) -> str:
    return local_time(package.answered_at) if package.answered_at else "—"


def _note(package: Any) -> str:
    return package.note or ""


def _weight(remark: Any) -> Cell:
    mark = {"block": Level.BLOCK, "explain": Level.EXPLAIN}.get(remark.severity, Level.HINT)
    return Cell({Level.BLOCK: _("必须改"), Level.EXPLAIN: _("要说明")}.get(mark, _("提示")), mark=mark)


def _message(remark: Any) -> str:
    return remark.message


def _result(check: tuple[str, str, str]) -> Cell:
    return level_cell(check[0])


def _check(check: tuple[str, str, str]) -> str:
    return check[1]


def _detail(check: tuple[str, str, str]) -> str:
    return check[2]
