"""Ctrl+V: what is on the clipboard, onto the cells shown. Small clean blocks go straight in; others are shown first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from unionclient.ui import ask
from unionclient.ui.grid.actions import block
from unionclient.ui.grid.clipboard import read_block
from unionclient.ui.grid.html_block import read_html
from unionclient.ui.grid.pasteplan import PastePlan, plan_paste
from unionclient.definition.words import _

if TYPE_CHECKING:
    from unionclient.ui.grid.view import RecordGrid

LARGEST = 100_000      # cells; beyond that the import is the right door
LARGEST_HTML = 20_000_000  # signs of HTML that are looked through for merged cells
SMALL = 500            # changed cells that go in without a preview


def paste(grid: "RecordGrid") -> None:
    """A block from the clipboard onto the cells from the selection's corner; a single value onto all selected cells."""
    area = block(grid)
    if area is None:
        return
    rows, merges = read_clipboard(QApplication.clipboard().mimeData())
    if not rows:
        grid.desk.say(_("剪贴板里没有文字，不能粘贴到表格"))
        return
    top, left, bottom, right = area
    if len(rows) == 1 and len(rows[0]) == 1:
        rows = [rows[0] * (right - left + 1) for _row in range(bottom - top + 1)]
    if sum(map(len, rows)) > LARGEST:
        ask.tell(grid, _("内容太多"), _("一次最多粘贴 {} 格。").format(LARGEST), _("请把表格存为文件，用“导入”读入。"))
        return
    plan = plan_paste(grid.model(), rows, top, left, merges)
    if plan.rejected or plan.added or plan.merges or plan.changed > SMALL:
        from unionclient.ui.grid.paste_preview import PastePreview

        PastePreview(grid, plan, (top, left)).open()
    else:
        carry_out(grid, plan, (top, left))


def read_clipboard(content: QMimeData | None) -> tuple[list[list[str | None]], int]:
    """(rows of cells, merged cells among them). HTML is looked at for merged cells, and where there is no plain text."""
    text = content.text() if content is not None and content.hasText() else ""
    plain: list[list[str | None]] = [list(row) for row in read_block(text)] if text else []
    html = content.html() if content is not None and content.hasHtml() else ""
    table = read_html(html) if html and len(html) <= LARGEST_HTML else None
    if table is not None and (table.merges or not plain):
        return table.filled(plain), table.merges
    return plain, 0


def carry_out(grid: "RecordGrid", plan: PastePlan, corner: tuple[int, int]) -> None:
    """Write the plan as one step and mark what it covered."""
    model = grid.model()
    model.save(plan.edits, _("粘贴{}行").format(len(plan.edits)))
    top, left = corner
    down, right = plan.area
    grid.select_cells(model.index(top, left), model.index(max(min(top + down, model.records) - 1, top),
                                                          min(left + right, model.columnCount()) - 1))
    told = _("已粘贴：{}").format(plan.headline) if plan.edits else _("粘贴的内容与原来相同，没有改动")
    grid.desk.say(_("，").join([told, *plan.notes]))
