"""What is done to selected cells and rows of a grid: copy, clear, fill, retire. One `save` each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QApplication

from unionclient.definition.condition import Clause
from unionclient.definition.ledger import PARENT
from unionclient.definition.values import TYPES
from unionclient.ui import ask
from unionclient.ui.grid.clipboard import write_block
from unionclient.ui.grid.model import STATUS
from unionclient.definition.words import _

if TYPE_CHECKING:
    from unionclient.ui.grid.view import RecordGrid

LARGEST_COPY = 2_000_000
LEAST_REASON = 2
_QUOTED = 12            # characters of a cell that a menu repeats


def block(grid: "RecordGrid") -> tuple[int, int, int, int] | None:
    """(first row, first column, last row, last column) around the selection, without the status column."""
    ranges = grid.selectionModel().selection()
    if not ranges:
        here = grid.currentIndex()
        return (here.row(), max(here.column(), 1), here.row(), max(here.column(), 1)) if here.isValid() else None
    return (min(r.top() for r in ranges), max(STATUS + 1, min(r.left() for r in ranges)),
            max(r.bottom() for r in ranges), max(STATUS + 1, max(r.right() for r in ranges)))


def chosen_records(grid: "RecordGrid") -> list[str]:
    """Ids of the records in the selection, in the order shown."""
    model = grid.model()
    rows = sorted({row for r in grid.selectionModel().selection() for row in range(r.top(), r.bottom() + 1)})
    return [record.id for row in rows if (record := model.record(row)) is not None and record.id]


def copy(grid: "RecordGrid") -> bool:
    """The block as text for Excel and WPS, identifiers and dates unchanged."""
    area, model = block(grid), grid.model()
    if area is None:
        return False
    top, left, bottom, right = area
    bottom = min(bottom, model.records - 1)
    if bottom < top or (bottom - top + 1) * (right - left + 1) > LARGEST_COPY:
        return False
    rows = [[model.typed_text(row, column) for column in range(left, right + 1)] for row in range(top, bottom + 1)]
    QApplication.clipboard().setText(write_block(rows))
    grid.desk.say(_("已复制 {} 行 {} 列").format(len(rows), right - left + 1))
    return True


def clear(grid: "RecordGrid", title: str) -> None:
    """Empty the selected cells that may be typed in. `title` with {} for the number of cells."""
    model = grid.model()
    cells: dict[int, dict[str, None]] = {}
    count = 0
    for index in _selected(grid):
        if model.may_edit(index.column()) and not model.is_new(index.row()) and model.text(index.row(), index.column()):
            cells.setdefault(index.row(), {})[model.fields[index.column() - 1].id] = None
            count += 1
    if cells:
        model.write(cells, title.format(count))
        grid.desk.say(_("已清除 {} 格，可以撤销").format(count))


def _selected(grid: "RecordGrid") -> list[QModelIndex]:
    return grid.selectionModel().selectedIndexes() or [grid.currentIndex()]


def fill_down(grid: "RecordGrid") -> None:
    """The top row of the selection into all rows below it; with one row selected, the row above into it."""
    area, model = block(grid), grid.model()
    if area is None:
        return
    top, left, bottom, right = area
    if top == bottom:
        top -= 1
    if top < 0 or model.is_new(top):
        return
    bottom = min(bottom, model.records - 1)
    columns = [c for c in range(left, right + 1) if model.may_edit(c)]
    values = {model.fields[c - 1].id: _source_value(model, top, c) for c in columns}
    model.write({row: dict(values) for row in range(top + 1, bottom + 1)}, _("向下填充{}行").format(bottom - top))


def fill_right(grid: "RecordGrid") -> None:
    """The left column of the selection into all columns right of it; with one column selected, the one before into it."""
    area, model = block(grid), grid.model()
    if area is None:
        return
    top, left, bottom, right = area
    if left == right:
        left -= 1
    bottom = min(bottom, model.records - 1)
    columns = [c for c in range(left + 1, right + 1) if model.may_edit(c)]
    if left <= STATUS or bottom < top or not columns:
        return
    model.write({row: {model.fields[c - 1].id: model.typed_text(row, left) or None for c in columns} for row in range(top, bottom + 1)},
                _("向右填充{}列").format(len(columns)))


def fill_selection(grid: "RecordGrid") -> None:
    """What stands in the current cell into every selected cell that may be typed in."""
    model, here = grid.model(), grid.currentIndex()
    if not here.isValid() or here.column() <= STATUS or model.is_new(here.row()):
        return
    text = model.typed_text(here.row(), here.column()) or None
    cells: dict[int, dict[str, str | None]] = {}
    for index in _selected(grid):
        if model.may_edit(index.column()) and not model.is_new(index.row()) and index != here:
            cells.setdefault(index.row(), {})[model.fields[index.column() - 1].id] = text
    if cells:
        model.write(cells, _("填入{}格").format(sum(map(len, cells.values()))))


def copy_above(grid: "RecordGrid") -> None:
    """The cell above into this one; in the empty last row it begins a new record."""
    model, here = grid.model(), grid.currentIndex()
    if here.isValid() and here.row() > 0 and model.may_edit(here.column()):
        value = _source_value(model, here.row() - 1, here.column())
        if value is not None:
            model.setData(here, value)


def clauses_here(grid: "RecordGrid") -> tuple[Clause, ...]:
    """What holds for the current cell, as a filter; () where nothing can be said: no record, text that could not be read."""
    model, here = grid.model(), grid.currentIndex()
    if not here.isValid() or here.column() <= STATUS or model.is_new(here.row()) or not model.source.sortable:
        return ()
    field, record = model.fields[here.column() - 1], model.record(here.row())
    value = record.parent if field.id == PARENT else record.values.get(field.id)
    if field.id in record.raw or (field.type in ("attachment", "datetime") and value):
        return ()
    if value is None or value == ():
        return (Clause(field.id, "empty"),)
    if field.type == "codes":
        return tuple(Clause(field.id, "has", code) for code in value)
    return (Clause(field.id, "=", value),)


def narrow_words(grid: "RecordGrid") -> str:
    """How the menu names it."""
    model, here = grid.model(), grid.currentIndex()
    text = model.text(here.row(), here.column()) if here.isValid() and here.column() > STATUS else ""
    if not text:
        return _("只看这一列没有填写的")
    return _("只看“{}”").format(text if len(text) <= _QUOTED else text[:_QUOTED] + "…").replace("&", "&&")


def _source_value(model, row: int, column: int):
    field = model.fields[column - 1]
    if field.type == "reference":
        record = model.record(row)
        return record.value(field.id) or record.raw.get(field.id)
    return model.typed_text(row, column) or None


def retire(grid: "RecordGrid") -> None:
    """Ask for a reason, then take the selected records out of all lists; undo brings them back."""
    ids = chosen_records(grid)
    if ids:
        _Retirement(grid, ids).ask()


class _Retirement:
    """Holds the chosen ids while the reason is asked for."""

    def __init__(self, grid: "RecordGrid", ids: list[str]) -> None:
        self._grid, self._ids = grid, ids

    def ask(self) -> None:
        ask.line(self._grid, _("作废记录"),
                 _("作废 {} 条记录。作废后不再出现在台账和统计里，历史仍然保留，可以撤销。\n作废原因：").format(len(self._ids)),
                 self.go, least=LEAST_REASON)

    def go(self, reason: str) -> None:
        model = self._grid.model()
        changes = model.source.ws.retire(model.ledger.id, self._ids, reason)
        model.refresh(changes)
        self._grid.desk.publish(changes)
        self._grid.desk.say(_("已作废 {} 条").format(len(self._ids)))
