"""Files that came and are not taken in yet: verdict of each, and every check of the one that is chosen."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from unionclient.ui.district.differences import difference_columns
from unionclient.ui.district.parts import kind_words, level_cell, period_words, verdict_cell
from unionclient.ui.flow import Half
from unionclient.ui.tabs import Tabs
from unionclient.ui.views.frame import beside, button, label, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

CHECKS, DIFFERENCES = range(2)
_GRAVITY = {"fail": 0, "warn": 1, "ok": 2}
_SEEN = {"valid": "good", "encrypted": "muted", "duplicate": "muted", "replay": "warn", "untrusted": "warn"}
_EMPTY = _("收件箱是空的。把街道交来的报送包或整个文件夹拖到这里，或按“放入文件”。")


class Arrivals(QWidget):
    """`page` does the deeds."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.table = ListTable([
            Column(_("结论"), 7, _verdict), Column(_("报送单位"), 9, _whose), Column(_("统计期"), 9, _period), Column(_("序号"), 3, _seq),
            Column(_("种类"), 4, _kind), Column(_("文件"), 17, _file), Column(_("说明"), 0, _message)], _("收到的文件"), self, several=True)
        self.table.picked.connect(self._picked)
        below = Half(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        self.verdict = label("", below, "heading", wrap=True)
        self.take = button(_("收下选中的"), below, self._take, "primary")
        self.take_all = button(_("收下全部合格的"), below, self._take_all)
        self.away = button(_("移出收件箱…"), below, self._away)
        column.addLayout(beside(self.verdict, self.take, self.take_all, self.away, least=240))
        self.lists = Tabs(below)
        self.checks = ListTable([Column(_("结果"), 5, _result), Column(_("核验内容"), 10, self._check_title), Column(_("说明"), 0, self._check_text)],
                                _("核验结果"), self.lists)
        self.differences = ListTable(difference_columns(), _("与上一次接收的比较"), self.lists)
        self.lists.addTab(self.checks, _("核验"))
        self.lists.addTab(self.differences, _("与上一次接收的比较"))
        self.lists.currentChanged.connect(self._compare)
        column.addWidget(self.lists, 1)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(below)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.addWidget(halves)

    def put(self, entries: list[Any]) -> None:
        """Those that can be taken in come first."""
        self.table.put(sorted(entries, key=lambda entry: (entry.verdict != "valid", entry.path.name)))
        self.take_all.setEnabled(any(_takable(entry) for entry in entries))
        if entries:
            self.table.selectRow(0)
        self._picked()

    def _picked(self) -> None:
        picked = self.table.picks()
        self.take.setEnabled(any(_takable(entry) for entry in picked))
        self.away.setEnabled(bool(picked))
        self.differences.put([])
        self.lists.setTabText(DIFFERENCES, _("与上一次接收的比较"))
        self.lists.setTabEnabled(DIFFERENCES, bool(picked) and picked[0].verdict == "valid")
        if not picked:
            say_on(self.verdict, _EMPTY if not self.table.rows.items else _("选中一个文件，这里显示核验的每一项。"), "muted")
            self.checks.put([])
            return
        entry = picked[0]
        say_on(self.verdict, _("{name}：{message}").format(name=entry.path.name, message=entry.message), _SEEN.get(entry.verdict, "block"))
        self.checks.put(sorted(entry.notes, key=lambda note: _GRAVITY[note.level]))
        self._compare()

    def _compare(self) -> None:
        """Only when it is looked at: the file has to be opened for it."""
        entry = next((entry for entry in self.table.picks() if entry.verdict == "valid"), None)
        if entry is not None and self.lists.currentIndex() == DIFFERENCES:
            self._page.desk.jobs.run(_("与上一次接收的比较"), partial(_preview, entry.path), self._take_differences, parent=self, reading=True)

    def _take_differences(self, found: tuple[Any, tuple[Any, ...]]) -> None:
        entry, differences = found
        if any(each.path == entry.path for each in self.table.picks()[:1]):
            self.differences.put(differences)
            self.lists.setTabText(DIFFERENCES, _("与上一次接收的比较（{n}）").format(n=len(differences)) if differences else _("与上一次接收的比较（没有不同，或没有上一次）"))

    def _check_title(self, note: Any) -> str:
        return self._page.desk.ws.check_words(note)[0]

    def _check_text(self, note: Any) -> str:
        return self._page.desk.ws.check_words(note)[1]

    def _take(self) -> None:
        self._page.receive(sorted((entry for entry in self.table.picks() if _takable(entry)), key=lambda entry: entry.path.name))

    def _take_all(self) -> None:
        self._page.receive(sorted((entry for entry in self.table.rows.items if _takable(entry)), key=lambda entry: entry.path.name))

    def _away(self) -> None:
        self._page.set_aside(self.table.picks())


def _preview(path: Path, district: Any, _progress: Any) -> tuple[Any, tuple[Any, ...]]:
    return district.preview(path)


def _takable(entry: Any) -> bool:
    """An encrypted one shows what it is only when it is opened; one that waits for the number before it may follow in the same go."""
    return entry.verdict in ("valid", "encrypted", "replay")


def _verdict(entry: Any) -> Cell:
    return verdict_cell(entry.verdict)


def _whose(entry: Any) -> str:
    return entry.street_name or "—"


def _period(entry: Any) -> str:
    return period_words(entry.period) if entry.period else "—"


def _seq(entry: Any) -> Cell:
    return Cell(str(entry.seq) if entry.seq else "—", sort=entry.seq)


def _kind(entry: Any) -> str:
    return kind_words(entry.kind) if entry.kind else "—"


def _file(entry: Any) -> Cell:
    return Cell(entry.path.name, tip=_("{f}\n{n:,} 字节\nSHA-256 {h}").format(f=entry.path, n=entry.size, h=entry.sha256))


def _message(entry: Any) -> str:
    return entry.message


def _result(note: Any) -> Cell:
    return level_cell(note.level)
