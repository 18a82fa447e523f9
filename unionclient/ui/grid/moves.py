"""Where the cursor of a grid goes by keys: ends and edges as in Excel, and from finding to finding."""

from typing import TYPE_CHECKING

from unionclient.ui.grid.model import STATUS, RecordModel
from unionclient.definition.words import _

if TYPE_CHECKING:
    from unionclient.ui.grid.view import RecordGrid

_FAR = 3000      # rows looked at, one by one, for an edge or a finding


def first_cell(model: RecordModel) -> tuple[int, int]:
    return 0, STATUS + 1


def last_cell(model: RecordModel) -> tuple[int, int]:
    return max(model.records - 1, 0), model.columnCount() - 1


def tab_stop(model: RecordModel, row: int, column: int, step: int) -> tuple[int, int]:
    """The next cell that may be typed in (step 1) or the one before it (-1), row after row in the order shown.

    After the last cell of the last record comes the empty row for a new one; there Tab goes round. Before the very first
    cell there is nothing. Where nothing may be typed in, every cell is a stop.
    """
    stops = [c for c in range(STATUS + 1, model.columnCount()) if model.may_edit(c)] or list(range(STATUS + 1, model.columnCount()))
    ahead = [c for c in stops if (c > column if step > 0 else c < column)]
    if ahead:
        return row, ahead[0] if step > 0 else ahead[-1]
    if step > 0:
        return min(row + 1, model.rowCount() - 1), stops[0]
    return (row - 1, stops[-1]) if row else (0, stops[0])


def edge(model: RecordModel, row: int, column: int, down: int, right: int) -> tuple[int, int]:
    """As Excel's Ctrl+arrow: to the end of the filled cells, or over the empty ones to the next filled cell."""
    last_row, last_column = last_cell(model)
    row = min(row, last_row)
    steps = 0

    def inside(r: int, c: int) -> bool:
        return 0 <= r <= last_row and STATUS < c <= last_column

    def filled(r: int, c: int) -> bool:
        return bool(model.text(r, c))

    nearby = inside(row + down, column + right) and filled(row, column) and filled(row + down, column + right)
    while inside(row + down, column + right):
        if nearby and not filled(row + down, column + right):
            break
        row, column, steps = row + down, column + right, steps + 1
        if not nearby and filled(row, column):
            break
        if steps >= _FAR:
            return (last_row if down > 0 else 0 if down else row), column
    return row, column


def finding(grid: "RecordGrid", step: int) -> tuple[int, int] | None:
    """The next faulty cell after the cursor (step 1) or before it (-1), row by row; None if there is none near."""
    model, here = grid.model(), grid.currentIndex()
    row, column = (here.row(), here.column()) if here.isValid() else (0, STATUS)
    for distance in range(_FAR):
        at = row + step * distance
        if not 0 <= at < model.records:
            return None
        faulty = faulty_columns(model, at)
        ahead = [c for c in faulty if distance or (c > column if step > 0 else c < column)]
        if ahead:
            return at, ahead[0] if step > 0 else ahead[-1]
    return None


def faulty_columns(model: RecordModel, row: int) -> list[int]:
    """The columns of a row's findings, from the left."""
    if not model.issues(row, STATUS):
        return []
    return [c for c in range(STATUS + 1, model.columnCount()) if model.issues(row, c)] or [STATUS + 1]


def say_row(grid: "RecordGrid") -> None:
    """Tells what is wrong in the current row and goes to its first faulty cell."""
    model, here = grid.model(), grid.currentIndex()
    if not here.isValid() or model.is_new(here.row()):
        grid.desk.say(_("这一行还没有内容"))
        return
    issues = model.issues(here.row(), STATUS)
    if not issues:
        grid.desk.say(_("第 {} 行没有发现问题").format(here.row() + 1))
        return
    grid.go_to(here.row(), faulty_columns(model, here.row())[0])
    more = _("，还有 {} 个").format(len(issues) - 1) if len(issues) > 1 else ""
    grid.desk.say(_("{}：{}{}").format(issues[0].level.title, issues[0].message, more))
