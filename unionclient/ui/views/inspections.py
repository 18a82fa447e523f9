"""Inspections beside the score sheet: each member's marks, what an item comes to, and the way into the evaluation."""

from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import Tiles, button, say_on
from unionclient.ui.views.mark_table import Marked, MarkColumn, code_of, plain, points_of, rule_of
from unionclient.ui.views.sheet_panel import SheetPanel
from unionclient.definition.words import _

LEDGER = "home_inspection"
LEDGERS = {LEDGER, "inspection_member", "inspection_item", "union_cadre"}


class Inspections(SheetPanel):
    """Left the inspections, right the marks of the chosen one: a column for each member of the team."""

    ledger = LEDGER
    opening = _("打开验家")

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self.new = button(_("到台账中登记验家"), self, self._to_ledger)
        self.edit = button(_("评审组和结论"), self, self.open_picked)
        self.edit.setToolTip(_("到验家台账登记评审组成员、走访人数和结论"))
        self.settle = button(_("记入考核"), self, self._settle, "primary")
        self.settle.setToolTip(_("把验家得分写进同一工会、同一年度考核的“验家”一列"))
        self.tiles = Tiles((_("评审人"), _("未打分的项"), _("验家得分")), self)
        self.lay_out((_("工会"), _("验家")), _("验家打分"), (self.edit, self.settle), ((self.note, 0), (self.tiles, 0)), above=self.new)

    # reading ------------------------------------------------------------------------------------------------

    def open_one(self, record: str) -> Any:
        return partial(_opened, record)

    def show_opened(self) -> None:
        opened = self.opened
        self.edit.setEnabled(opened is not None)
        self.settle.setEnabled(opened is not None and opened.total is not None)
        if opened is None:
            self.name.setText(_("没有选中验家"))
            say_on(self.note, _("先在验家台账登记受检工会和评审组成员，再到这里打分。"))
            self.tiles.put([None] * 3)
            self.sheet.marks.put((), ())
            return
        self.name.setText(self.desk.ws.label(LEDGER, opened.record.id))
        barred = [_("{name}（{barred}）").format(name=m.name, barred=m.barred) for m in opened.team if m.barred]
        told = _("得分按{r}。").format(r=opened.reading)
        if barred:
            told += _("{b}不能评审自己的工会，打分不计。").format(b=_("、").join(barred))
        if not opened.team:
            told += _("还没有登记评审组成员。")
        say_on(self.note, told, "warn" if barred or not opened.team else "muted")
        self.tiles.put([len(opened.team), len(opened.open_items), opened.total])
        self.sheet.marks.put(_columns(opened), opened.lines)

    # writing ------------------------------------------------------------------------------------------------

    def typed(self, marked: Marked) -> None:
        self.save(_("保存打分"), partial(_save, self.opened.record.id, marked))

    def _settle(self) -> None:
        self.save(_("记入考核"), partial(_settled, self.opened.record.id), self._settled)

    def _settled(self, changes: Any) -> None:
        self.desk.say(_("验家得分已记入考核。") if changes else _("考核里的验家得分没有变化。"))
        self.desk.publish(changes)

    def _to_ledger(self) -> None:
        self.desk.open(LEDGER)


def _columns(opened: Any) -> list[MarkColumn]:
    members = [MarkColumn(member.name + (_("（组长）") if member.leader else ""), 7 if member.leader else 4, partial(_mark_of, member.record), member.record, True,
                          partial(_note_of, member.record)) for member in opened.team]
    return [MarkColumn(_("编号"), 2, code_of), MarkColumn(_("项目"), 0, _title, tip=rule_of, tone=plain), MarkColumn(_("满分"), 2, points_of, right=True),
            *members, MarkColumn(_("得分"), 3, _result, right=True, tip=_spread, tone=_tone)]


def _mark_of(member: str, line: Any) -> str:
    row = line.marks.get(member)
    return "" if row is None else f"{Decimal(row['mark']).scaleb(-1).normalize():f}"


def _note_of(member: str, line: Any) -> str:
    row = line.marks.get(member)
    return (row.get("note") or "") if row is not None else ""


def _title(line: Any) -> str:
    return f"★ {line.item.title}" if line.item.must else line.item.title


def _result(line: Any) -> str:
    return "" if line.result.value is None else str(line.result.value)


def _spread(line: Any) -> str:
    return _("各人打分相差 {s} 分，请商量后再定").format(s=line.result.spread) if line.result.wide else ""


def _tone(line: Any) -> str:
    return "warn" if line.result.wide else ""


def _opened(record: str, workspace: Any, _progress: Any) -> Any:
    return workspace.inspection(record)


def _save(record: str, marked: Marked, workspace: Any, _progress: Any) -> tuple[Any, Any]:
    return workspace.set_team_mark(record, marked.code, marked.key, {"mark": marked.text}), workspace.inspection(record)


def _settled(record: str, workspace: Any, _progress: Any) -> Any:
    return workspace.settle_inspection(record)
