"""The street's own yearly score beside the score sheet: items with their figures, computed and typed marks, totals."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import EARLIEST_YEAR, Tiles, beside, button, combo, label, open_record, say_on
from unionclient.ui.views.mark_table import Marked, MarkColumn, MarkTable, code_of, plain, points_of, rule_of, title_of
from unionclient.ui.widgets import Elided
from unionclient.definition.words import _
from unionclient.workspace import Edit

LEDGER = "triple_creation"
LEDGERS = {LEDGER, "triple_item", "target_allocation"}


class StreetScorePanel(QWidget):
    """One score a year. The marks follow from the year's figures; a typed one stands beside them with its reason."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.opened: Any = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(self._head())
        self.tiles = Tiles((_("系统计算"), _("街道自评"), _("区核定"), _("不适用的分值"), _("折算后")), self)
        whole.addWidget(self.tiles)
        self.note = label("", self, "muted", wrap=True)
        whole.addWidget(self.note)
        self.sheet = MarkTable(_("三级联创指标"), self)
        self.sheet.marks.typed.connect(self._typed)
        self.sheet.doubleClicked.connect(self._to_figure)
        whole.addWidget(self.sheet, 1)
        self.wrong = label("", self, "block", wrap=True)
        self.wrong.hide()
        whole.addWidget(self.wrong)
        self._show()

    def _head(self) -> QLayout:
        this_year = dt.date.today().year
        self.year = combo(_("年度"), self, [(y, _("{y}年").format(y=y)) for y in range(this_year, EARLIEST_YEAR - 1, -1)])
        wanted = str(self._desk.config.get("period", "") or self._desk.ws.setting("ui.period") or "")[:4]
        self.year.setCurrentIndex(max(self.year.findData(int(wanted)) if wanted.isdigit() else 0, 0))
        self.year.activated.connect(self.read)
        self.name = Elided("", "heading", self)
        self.compute = button(_("按指标计算"), self, self._compute, "primary")
        self.compute.setToolTip(_("按本年度各项指标算出每一项的得分"))
        self.edit = button(_("签字和报区"), self, self._open_record)
        self.paper = button(_("打印"), self, self._print)
        return beside(self.name, self.year, self.compute, self.edit, self.paper)

    # reading ------------------------------------------------------------------------------------------------

    def read(self, *_index: Any) -> None:
        self._desk.jobs.run(_("打开三级联创"), partial(_opened, self.year.currentData()), self._take, failed=self._failed, parent=self, reading=True)

    def _take(self, found: tuple[int, Any]) -> None:
        year, opened = found
        if year == self.year.currentData():
            self.opened = opened
            self._show()

    def _show(self) -> None:
        opened = self.opened
        self.edit.setEnabled(opened is not None)
        self.paper.setEnabled(opened is not None)
        self.name.setText("" if opened is None else f"{opened.sheet.title}　{opened.sheet.version}")
        if opened is None:
            self.tiles.put([None] * 5)
            say_on(self.note, _("这一年还没有三级联创自评，按“按指标计算”开始。"))
            self.sheet.marks.put((), ())
            return
        total = opened.total
        self.tiles.put([total.auto, total.self, total.verified, total.na_points, total.scaled])
        told = _("有 {n} 项的指标在计算以后变了，请重新计算：{c}。").format(n=len(opened.stale), c=_("、").join(opened.stale)) if opened.stale else _(
            "得分按年度指标计算；自评与计算不同的，在说明里写明依据。双击指标可以看是哪些单位。")
        say_on(self.note, told, "warn" if opened.stale else "muted")
        self.sheet.marks.put(_COLUMNS, opened.lines)

    # writing ------------------------------------------------------------------------------------------------

    def _compute(self) -> None:
        say_on(self.wrong, "")
        self._desk.jobs.run(_("计算三级联创"), partial(_computed, self.year.currentData()), self._written, failed=self._failed, parent=self)

    def _typed(self, marked: Marked) -> None:
        say_on(self.wrong, "")
        self._desk.jobs.run(_("保存评分"), partial(_saved, self.opened.record.id, marked), self._written, failed=self._failed, parent=self)

    def _written(self, done: tuple[list[Any], tuple[int, Any]]) -> None:
        changes, found = done
        self._take(found)
        for change in changes:
            self._desk.publish(change)

    def _failed(self, error: UnionClientError) -> None:
        say_on(self.wrong, "".join(part for part in (error.what, error.todo) if part), "block")
        self._show()

    # ways ---------------------------------------------------------------------------------------------------

    def _to_figure(self, index: Any) -> None:
        """A double click on what may not be typed goes to the figure behind the item."""
        line = self.sheet.marks.rows[index.row()]
        if isinstance(line, str) or self.sheet.marks.columns[index.column()].key:
            return
        names = (line.item.auto or {}).get("figures", ())
        if names:
            self._desk.open("figures", figure=names[0], period=f"{self.year.currentData()}Y")

    def _open_record(self) -> None:
        open_record(self._desk, LEDGER, self.opened.record.id)

    def _print(self) -> None:
        self._desk.open("print", form="F79", records=(self.opened.record.id,))


def _hundredths(value: int | None) -> str:
    return "" if value is None else str(Decimal(value).scaleb(-2))


def _stored(line: Any, name: str) -> str:
    return "" if line.row is None else _hundredths(line.row.get(name))


def _target(line: Any) -> str:
    return line.now.target_text


def _done(line: Any) -> str:
    return line.now.done_text or line.now.words


def _words(line: Any) -> str:
    return line.now.words


def _auto(line: Any) -> str:
    return _stored(line, "auto")


def _self(line: Any) -> str:
    return _stored(line, "self")


def _verified(line: Any) -> str:
    return _stored(line, "verified")


def _note(line: Any) -> str:
    return "" if line.row is None else line.row.get("note") or ""


_COLUMNS = (
    MarkColumn(_("编号"), 3, code_of), MarkColumn(_("指标"), 9, title_of, tip=rule_of, tone=plain), MarkColumn(_("分值"), 2, points_of, right=True),
    MarkColumn(_("目标"), 7, _target), MarkColumn(_("完成"), 10, _done, tip=_words), MarkColumn(_("系统计算"), 4, _auto, right=True),
    MarkColumn(_("自评"), 3, _self, "self", True), MarkColumn(_("区核定"), 3, _verified, "verified", True), MarkColumn(_("说明"), 0, _note, "note"))


def _of_year(workspace: Any, year: int) -> str | None:
    return next((r.id for r in workspace.records(LEDGER) if r["year"] == year), None)


def _opened(year: int, workspace: Any, _progress: Any) -> tuple[int, Any]:
    record = _of_year(workspace, year)
    return year, workspace.street_score(record) if record else None


def _computed(year: int, workspace: Any, _progress: Any) -> tuple[list[Any], tuple[int, Any]]:
    """Makes the year's score if there is none, and fills it."""
    changes, record = [], _of_year(workspace, year)
    if record is None:
        changes.append(workspace.save(LEDGER, [Edit(None, {"year": year})]))
        record = changes[0].ledgers[LEDGER][0][0]
    changes.append(workspace.compute_street_score(record))
    return changes, (year, workspace.street_score(record))


def _saved(record: str, marked: Marked, workspace: Any, _progress: Any) -> tuple[list[Any], tuple[int, Any]]:
    changes = workspace.set_street_marks(record, {marked.code: {marked.key: marked.text}})
    opened = workspace.street_score(record)
    return [changes], (opened.record["year"], opened)
