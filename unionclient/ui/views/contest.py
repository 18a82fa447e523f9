"""The Ankang contest beside the score sheet: marks by item, the sections' shares, what stands against a title."""

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import Tiles, button, say_on
from unionclient.ui.views.mark_table import Marked, MarkColumn, code_of, plain, points_of, rule_of, title_of
from unionclient.ui.views.sheet_panel import SheetPanel
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

LEDGER = "ankang_entry"
LEDGERS = {LEDGER, "ankang_item"}


class ContestPanel(SheetPanel):
    """Left the entries, right the chosen one's sheet."""

    ledger = LEDGER
    opening = _("打开安康杯")

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.edit = button(_("到台账中填写"), self, self.open_picked)
        self.paper = button(_("打印"), self, self._print)
        self.tiles = Tiles((_("自评分"), _("考核分"), _("其中鼓励分"), _("伤亡事故（起）")), self)
        self.sections = ListTable([Column(_("部分"), 0, _section), Column(_("满分"), 4, _points, right=True), Column(_("自评"), 4, _own, right=True),
                                   Column(_("得分率"), 5, _own_rate, right=True), Column(_("考核"), 4, _checked, right=True),
                                   Column(_("得分率"), 5, _checked_rate, right=True)], _("各部分得分"), self)
        self.lay_out((_("参赛单位"), _("安康杯参赛单位")), _("安康杯评分项"), (self.edit, self.paper),
                     ((self.tiles, 0), (self.note, 0), (self.sections, 2)), share=3)

    # reading ------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read the list of entries; the picked one is opened again."""
        self.desk.jobs.run(_("读取安康杯"), _entries, self.put, failed=self.failed, parent=self, reading=True)

    def open_one(self, record: str) -> Any:
        return partial(_opened, record)

    def show_opened(self) -> None:
        opened = self.opened
        for made in (self.edit, self.paper):
            made.setEnabled(opened is not None)
        if opened is None:
            self.name.setText(_("没有选中参赛单位"))
            self.tiles.put([None] * 4)
            say_on(self.note, _("先在安康杯竞赛台账登记参赛单位。"))
            self.sections.put([])
            self.sheet.marks.put((), ())
            return
        own, checked = opened.results.get("self"), opened.results.get("inspect")
        counted = checked or own
        self.name.setText(self.desk.ws.label(LEDGER, opened.record.id))
        self.tiles.put([own and own.total, checked and checked.total, counted and counted.bonus, opened.record.get("injuries")])
        if counted is None:
            say_on(self.note, _("还没有逐项打分。"))
        elif counted.fit:
            say_on(self.note, _("各部分都在规定比例以上，没有否决情形，可以评优胜。"), "good")
        else:
            say_on(self.note, _("不能评优胜：{w}。").format(w=_("；").join(counted.against)), "warn")
        titles = dict.fromkeys(item.section for item in opened.sheet.items.values())
        self.sections.put([(title, own and own.sections[n], checked and checked.sections[n]) for n, title in enumerate(titles)])
        self.sheet.marks.put(_COLUMNS, opened.lines)

    # writing ------------------------------------------------------------------------------------------------

    def typed(self, marked: Marked) -> None:
        self.save(_("保存评分"), partial(_saved, self.opened.record.id, marked))

    def _print(self) -> None:
        self.desk.open("print", form="F47", records=(self.opened.record.id,))


def _tenths(line: Any, name: str) -> str:
    value = None if line.row is None else line.row.get(name)
    return "" if value is None else f"{Decimal(value).scaleb(-1).normalize():f}"


def _self(line: Any) -> str:
    return _tenths(line, "self")


def _inspect(line: Any) -> str:
    return _tenths(line, "inspect")


def _na(line: Any) -> str:
    return _("是") if line.row is not None and line.row.get("na") else ""


def _reason(line: Any) -> str:
    return "" if line.row is None else line.row.get("deduct_reason") or ""


_COLUMNS = (MarkColumn(_("编号"), 2, code_of), MarkColumn(_("考核内容"), 0, title_of, tip=rule_of, tone=plain), MarkColumn(_("满分"), 2, points_of, right=True),
            MarkColumn(_("自评"), 3, _self, "self", True), MarkColumn(_("考核"), 3, _inspect, "inspect", True), MarkColumn(_("不适用"), 3, _na, "na"),
            MarkColumn(_("扣分原因"), 9, _reason, "deduct_reason"))


def _section(row: tuple) -> str:
    return row[0]


def _points(row: tuple) -> str:
    found = row[2] or row[1]
    return "" if found is None else str(found.points)


def _own(row: tuple) -> str:
    return "" if row[1] is None else str(row[1].marks)


def _own_rate(row: tuple) -> Cell:
    return _rate(row[1])


def _checked(row: tuple) -> str:
    return "" if row[2] is None else str(row[2].marks)


def _checked_rate(row: tuple) -> Cell:
    return _rate(row[2])


def _rate(found: Any) -> Cell:
    if found is None or found.rate is None:
        return Cell("")
    return Cell(f"{found.rate}%", tone="" if found.enough else "warn", sort=found.rate)


def _entries(workspace: Any, _progress: Any) -> list[list[str]]:
    """(id, unit, year) of every entry, newest year first."""
    rows = [[r.id, workspace.show(LEDGER, r, "unit_id"), workspace.show(LEDGER, r, "year")] for r in workspace.records(LEDGER)]
    return sorted(rows, key=_of_year, reverse=True)


def _of_year(row: list[str]) -> str:
    return row[2]


def _opened(record: str, workspace: Any, _progress: Any) -> Any:
    return workspace.contest(record)


def _saved(record: str, marked: Marked, workspace: Any, _progress: Any) -> tuple[Any, Any]:
    return workspace.set_contest_marks(record, {marked.code: {marked.key: marked.text}}), workspace.contest(record)
