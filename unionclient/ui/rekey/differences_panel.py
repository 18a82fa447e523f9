"""The list of disagreements of one round: both values, who entered them, and the decision; above it the numbers."""

import difflib
import html
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask, theme
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.rekey.anew_dialog import AnewDialog
from unionclient.ui.views.frame import Tiles, combo, local_time, open_record, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.widgets import button, label, tool
from unionclient.definition.words import _
from unionclient.workspace.rekey_book import said
from unionclient.workspace.rekeying import DIFFERS, SPELT, Difference, Result, Round

_TONES = {"open": "warn", "verified": "good", "changed": "block", "gone": "muted"}


class DifferencesPanel(QWidget):
    """`bar` stands at the right of the page's title. `away`: back to the list of rounds; `again`: the list has to be read anew;
    `told`: whose round it is.
    """

    told = Signal(str)
    away = Signal()
    again = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.round: Round | None = None
        self._all: tuple[Difference, ...] = ()
        self._deciding: Difference | None = None
        self.bar = QWidget(self)
        head = QHBoxLayout(self.bar)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(button(_("返回"), self.away.emit, self.bar, icon="left", tip=_("回到双录的列表（Esc）")))
        head.addWidget(button(_("导出清单"), self._export, self.bar, icon="export", tip=_("不一致清单和核对结果写成 Excel 文件，可以打印存档")))
        self.tiles = Tiles((_("不一致率"), _("待决定"), _("已核对无误")), self)
        self.shown = combo(_("显示哪些"), self, [("open", _("待决定的")), ("differing", _("全部不一致的")), ("spelt", _("只是写法不同的")),
                                                ("changed", _("核对后又改过的"))])
        self.shown.currentIndexChanged.connect(self._show)
        self.first = button(_("保留首次（1）"), self._take_first, self)
        self.second = button(_("改为第二次（2）"), self._take_second, self)
        self.anew = button(_("重新填写…（3）"), self._take_anew, self)
        self.go = tool("right", _("到台账里的这条记录（Enter）"), self._go, self)
        row = FlowLayout(8)
        for widget in (self.shown, self.first, self.second, self.anew):
            row.addWidget(widget)
        self.table = ListTable([Column(_("行"), 3, _place, right=True), Column(_("记录"), 0, _key), Column(_("项目"), 8, _heading),
                                Column(_("首次录入"), 11, _first), Column(_("第二次录入"), 11, _second), Column(_("处理"), 8, _said)],
                               _("不一致清单"), self, several=True)
        self.table.picked.connect(self._picked)
        self.table.chosen.connect(self._open)
        self.nothing = label("", "good", self)
        card, inner = sheet(self)
        self.both = QLabel(card)
        self.both.setTextFormat(Qt.TextFormat.RichText)
        self.both.setWordWrap(True)
        self.both.setMinimumHeight(self.fontMetrics().lineSpacing() * 2 + 8)
        self.table.setMinimumHeight(self.fontMetrics().lineSpacing() * 6)
        self.both.setAlignment(Qt.AlignmentFlag.AlignTop)
        beside = QHBoxLayout()
        beside.addWidget(self.both, 1)
        beside.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for part in (self.tiles, row, self.nothing, self.table, card):
            layout.addLayout(part) if part is row else layout.addWidget(part, 1 if part is self.table else 0)
        self.setFocusProxy(self.table)
        for keys, deed in (("1", self._take_first), ("2", self._take_second), ("3", self._take_anew), ("Escape", self.away.emit)):
            for place in (self, self.bar):
                shortcut = QShortcut(QKeySequence(keys), place)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(deed)

    def put(self, result: Result, found: Sequence[Difference]) -> None:
        """A round's numbers and list; the cursor stays at its place."""
        if self.round is None or self.round.id != result.round.id:
            self.shown.setCurrentIndex(0 if result.total.open else 1)
        self.round, self._all = result.round, tuple(found)
        total = result.total
        told = [_("{}，比对 {} 格，{} 格不一致").format(self.desk.ws.library.ledgers[self.round.ledger].title, total.compared, total.differing)]
        told += [_("{who} 录 {count} 格（{first} — {last}）").format(who=who, count=count, first=local_time(first), last=local_time(last)[11:])
                for who, count, first, last in result.readers]
        left = total.cells - total.compared
        self.told.emit(_("；").join(told + ([_("还有 {} 格没有比对").format(left)] if left and not self.round.closed_at else [])))
        self.tiles.put([total.rate or None, total.open, total.verified])
        self._show()

    def _show(self) -> None:
        which = self.shown.currentData()
        listed = [each for each in self._all if {"open": each.state == "open", "differing": each.agrees == DIFFERS, "spelt": each.agrees == SPELT,
                                                 "changed": each.state == "changed"}[which]]
        row = self.table.currentIndex().row()
        self.table.put(listed)
        self.nothing.setVisible(not listed)
        self.nothing.setText({"open": _("没有待决定的了。"), "differing": _("两次录入没有不一致的。"), "spelt": _("没有写法不同的。"),
                              "changed": _("核对过的内容后来都没有改动。")}[which])
        if listed:
            self.table.selectRow(max(0, min(row, len(listed) - 1)))
        self._picked()

    def _picked(self) -> None:
        picks = [each for each in self.table.picks() if each.state not in ("gone", "changed")]
        for made in (self.first, self.second):
            made.setEnabled(bool(picks))
        self.anew.setEnabled(len(picks) == 1)
        here = next(iter(self.table.picks()), None)
        self.go.setEnabled(here is not None)
        self.both.setText(_side_by_side(here) if here else "")

    # deciding -------------------------------------------------------------------------------------------------------

    def _cells(self) -> list[tuple[str, str]]:
        return [(each.record, each.field) for each in self.table.picks() if each.state not in ("gone", "changed")]

    def _take_first(self) -> None:
        self._decide("first", self._cells(), None, _("保留首次录入的 {} 处，台账没有改动"))

    def _take_second(self) -> None:
        self._decide("second", self._cells(), None, _("改为第二次录入的 {} 处，可以撤销"))

    def _take_anew(self) -> None:
        picks = [each for each in self.table.picks() if each.state not in ("gone", "changed")]
        if len(picks) == 1:
            self._deciding = picks[0]
            AnewDialog(self.desk, self.round.ledger, picks[0], self._typed_anew, self).open()

    def _typed_anew(self, typed: Any) -> None:
        self._decide("anew", [(self._deciding.record, self._deciding.field)], typed, _("重新填写了 {} 处，可以撤销"))

    def _decide(self, choice: str, cells: list[tuple[str, str]], typed: Any, words: str) -> None:
        if not cells:
            return
        try:
            changes = self.desk.ws.decide_rekeyed(self.round.id, cells, choice, typed)
        except UnionClientError as error:
            ask.fault(self, error)
            return
        self.desk.say(words.format(len(cells)))
        if changes:
            self.desk.publish(changes)      # the page reads the list anew with everybody else
        else:
            self.again.emit()

    # elsewhere ------------------------------------------------------------------------------------------------------

    def _go(self) -> None:
        for each in self.table.picks()[:1]:
            self._open(each)

    def _open(self, each: Difference) -> None:
        open_record(self.desk, self.round.ledger, each.record, each.field)

    def _export(self) -> None:
        title = self.desk.ws.library.ledgers[self.round.ledger].title
        ask.save_file(self, _("导出双录核对结果"), _("{}双录核对结果.xlsx").format(title), [_("Excel 工作簿 (*.xlsx)")], self._export_to)

    def _export_to(self, path: Any) -> None:
        self.desk.jobs.run(_("正在导出双录核对结果"), _Export(self.round.id, path), self._exported, parent=self)

    def _exported(self, path: Any) -> None:
        self.desk.say(_("已导出到 {}").format(path))


class _Export:
    """The job of an export."""

    def __init__(self, found: str, path: Any) -> None:
        self._round, self._path = found, path

    def __call__(self, workspace: Any, _progress: Any) -> Any:
        return workspace.export_rekey(self._round, self._path)


def read_list(found: str) -> "_List":
    """The job that reads a round's numbers and list."""
    return _List(found)


class _List:
    def __init__(self, found: str) -> None:
        self._round = found

    def __call__(self, workspace: Any, _progress: Any) -> tuple[Result, list[Difference]]:
        return workspace.rekey_result(self._round), workspace.rekey_differences(self._round)


def _side_by_side(each: Difference) -> str:
    """Both values, one below the other, with the signs that differ set off."""
    ink = theme.tones().block
    pieces: tuple[list[str], list[str]] = ([], [])
    for same, *parts in _parts(each.first, each.second):
        for side, part in zip(pieces, parts, strict=True):
            words = html.escape(part)
            side.append(words if same or not part else f"<b style='color:{ink}'><u>{words}</u></b>")
    lines = [(_("首次"), "".join(pieces[0]) or _("（空）"), each.first_who, each.first_at),
             (_("第二次"), "".join(pieces[1]) or _("（空）"), each.second_who, each.second_at)]
    muted = theme.tones().muted
    told = "".join(f"<tr><td style='color:{muted}; padding-right:14px'>{name}</td><td style='padding-right:18px'>{words}</td>"
                   f"<td style='color:{muted}'>{html.escape(who)}　{local_time(at)}</td></tr>" for name, words, who, at in lines)
    notes = [each.problem] if each.problem else []
    if each.chosen_by:
        notes.append(_("{who} {at} 决定：{what}").format(who=each.chosen_by, at=local_time(each.chosen_at), what=said(each)))
    if each.state in ("changed", "verified") and each.now not in (each.first, each.second):
        notes.append(_("现在是“{}”").format(each.now or _("空")))
    return f"<table>{told}</table>" + (f"<p style='margin:4px 0 0 0; color:{muted}'>{html.escape('；'.join(notes))}</p>" if notes else "")


def _parts(first: str, second: str) -> list[tuple[bool, str, str]]:
    """(same, part of the first, part of the second): sign by sign where they are of one length, as two readings of a number mostly are."""
    if len(first) == len(second):
        return [(a == b, a, b) for a, b in zip(first, second, strict=True)]
    found = difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [(kind == "equal", first[a:b], second[c:d]) for kind, a, b, c, d in found]


def _place(each: Difference) -> Cell:
    return Cell(str(each.place), sort=each.place)


def _key(each: Difference) -> str:
    return each.key


def _heading(each: Difference) -> str:
    return each.heading


def _first(each: Difference) -> Cell:
    return Cell(each.first or _("（空）"), tone="" if each.first else "muted")


def _second(each: Difference) -> Cell:
    return Cell(each.second or _("（空）"), tone="" if each.second else "muted", tip=each.problem)


def _said(each: Difference) -> Cell:
    return Cell(said(each), tone=_TONES[each.state], dot=True)
