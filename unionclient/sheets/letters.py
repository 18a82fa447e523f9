"""What goes back to a unit: a list of the faults in its form, and the rows that stayed out, to be mended in place and sent again.

Limits: in Chinese whatever is spoken, for the units read it; the plans must have been made in Chinese as well.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from unionclient.definition.issue import Level
from unionclient.sheets.corrections import add_rejected
from unionclient.sheets.files import written_whole
from unionclient.sheets.plan import ImportPlan

_HEADS = (("台账", 18), ("工作表", 14), ("单元格", 9), ("栏目", 16), ("填的内容", 24), ("问题", 46), ("怎样改", 40))
_TOLD = (Level.BLOCK, Level.EXPLAIN, Level.CONFIRM)


def write_letter(path: Path, unit: str, plans: Sequence[ImportPlan], titles: Mapping[str, str]) -> Path:
    """Sheet 问题清单 first, then a sheet of rejected rows for every sheet of the form that has some."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet = book.active
    sheet.title = "问题清单"
    sheet["A1"] = f"{unit}：填报表中有下列问题，请改正后交回街道总工会。"
    sheet["A1"].font = Font(bold=True, size=13)
    for column, (head, width) in enumerate(_HEADS, 1):
        cell = sheet.cell(3, column, head)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
        sheet.column_dimensions[cell.column_letter].width = width
    row = 4
    for plan in plans:
        for finding in sorted((f for f in plan.findings if f.level in _TOLD), key=lambda f: f.level.rank):
            told = (titles.get(plan.ledger, plan.ledger), finding.sheet, finding.cell, finding.heading, finding.value,
                    f"{finding.level.title}：{finding.message}", finding.mend)
            for column, text in enumerate(told, 1):
                cell = sheet.cell(row, column)
                cell.value, cell.data_type, cell.alignment = str(text or ""), "s", Alignment(wrap_text=True, vertical="top")
            row += 1
    sheet.freeze_panes = "A4"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for plan in plans:
        add_rejected(book, plan)
    with written_whole(path) as part:
        book.save(part)
    return path
