"""What is done with whole rows of a grid: one value into many, a copy of a row, values that a new row repeats."""

from typing import TYPE_CHECKING, Any

from unionclient.definition.ledger import PARENT, Field
from unionclient.ui import ask
from unionclient.ui.grid.model import STATUS, RecordModel
from unionclient.definition.words import _
from unionclient.workspace import Edit

if TYPE_CHECKING:
    from unionclient.ui.grid.view import RecordGrid

MOST_CHANGED = 20_000   # rows changed at once
MOST_COPIED = 200       # rows copied at once


def chosen_rows(grid: "RecordGrid", most: int) -> list[int] | None:
    """Rows of records in the selection, in order; None if there are more than `most`."""
    ranges = grid.selectionModel().selection()
    if sum(r.height() for r in ranges) > most * max(grid.model().columnCount(), 1):
        return None
    rows = sorted({row for r in ranges for row in range(r.top(), r.bottom() + 1) if not grid.model().is_new(row)})
    return rows if len(rows) <= most else None


def change_many(grid: "RecordGrid") -> None:
    """Ask for a field and a value, then write it into all selected rows."""
    from unionclient.ui.bulk_dialog import BulkDialog

    rows, model = chosen_rows(grid, MOST_CHANGED), grid.model()
    if rows is None:
        ask.tell(grid, _("选中的太多"), _("一次最多修改 {} 条。").format(MOST_CHANGED), _("请先筛选，再分几次修改。"))
    elif rows:
        field = model.field(max(grid.currentIndex().column(), STATUS))
        BulkDialog(model, [model.record(row) for row in rows], field.id if field else "", grid).open()
    else:
        grid.desk.say(_("请先选中要修改的行"))


def duplicate(grid: "RecordGrid") -> None:
    """The selected records once more, without what must differ; the cursor goes to the first thing to fill in."""
    rows, model = chosen_rows(grid, MOST_COPIED), grid.model()
    if rows is None:
        ask.tell(grid, _("选中的太多"), _("一次最多复制 {} 条。").format(MOST_COPIED))
        return
    if not rows:
        grid.desk.say(_("请先选中要复制的行"))
        return
    copied = [field for field in model.all_fields if _repeats(model, field)]
    edits = []
    for row in rows:
        record = model.record(row)
        values = {f.id: v for f in copied if f.id != PARENT and (v := record.values.get(f.id)) not in (None, ())}
        edits.append(Edit(None, values, record.parent))
    first = model.records
    model.save(edits, _("复制{}条{}").format(len(edits), model.ledger.title))
    left_out = [c for c in range(1, model.columnCount()) if model.may_edit(c) and model.fields[c - 1] not in copied]
    grid.go_to(first, left_out[0] if left_out else 1)
    grid.desk.say(_("已复制 {} 条，编号、证件等不能相同的内容没有复制，请填写").format(len(edits)))


def _repeats(model: RecordModel, field: Field) -> bool:
    """A field that may say the same in two records. Names, numbers and days by which a record is recognised may not."""
    ledger = model.ledger
    if field.id == PARENT:
        return True
    if field.readonly or field.computed is not None or field.type == "attachment" or field.fill or field.personal:
        return False
    if field.id in ledger.key or (ledger.status and field.id == ledger.status.field):
        return False
    recognised = {name for way in ledger.match for name in way}
    return field.id not in recognised or field.type in ("reference", "code", "bool")


class Sticky:
    """Columns whose last value a new row begins with; remembered on this computer, ledger by ledger."""

    def __init__(self, config: Any, remembered: str) -> None:
        self._config, self._key = config, f"sticky/{remembered}"
        kept = config.get(self._key, []) if remembered else []
        self._fields: list[str] = [name for name in kept if isinstance(name, str)] if isinstance(kept, list) else []
        self._remembered = bool(remembered)
        self.last: str | None = None        # the record that was made last

    def __contains__(self, field: str) -> bool:
        return field in self._fields

    def toggle(self, field: str) -> bool:
        """True: it is repeated from now on."""
        held = field not in self._fields
        self._fields = [*self._fields, field] if held else [name for name in self._fields if name != field]
        if self._remembered:
            self._config.put(self._key, list(self._fields))
        return held

    def values(self, model: RecordModel) -> dict[str, Any]:
        """What a new row of `model` begins with: from the record made last, else from the last one shown."""
        if not self._fields:
            return {}
        record = model.source.ws.record(model.ledger.id, self.last) if self.last else None
        if record is None or record.void:
            record = model.record(model.records - 1) if model.records else None
        if record is None:
            return {}
        known = {field.id for field in model.all_fields}
        found = {name: record.parent if name == PARENT else record.values.get(name) for name in self._fields if name in known}
        return {name: value for name, value in found.items() if value not in (None, ())}
