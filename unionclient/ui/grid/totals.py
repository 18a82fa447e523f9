"""What the status bar says about selected cells: how many, their sum and average."""

from PySide6.QtCore import QItemSelection

from unionclient.definition.values import TYPES
from unionclient.ui.grid.model import STATUS, RecordModel
from unionclient.definition.words import _

_MOST = 20_000  # cells that are added up; beyond that only counted
_NUMBERS = ("int", "decimal", "money")


def selection_totals(model: RecordModel, selection: QItemSelection) -> str:
    """E.g. "选中 12 格　合计 345　平均 28.75"; "" for a single cell. Sums only one column of numbers, exactly."""
    count = sum(r.width() * r.height() for r in selection)
    if count <= 1:
        return ""
    told = _("选中 {} 格").format(count)
    columns = {column for r in selection for column in range(r.left(), r.right() + 1) if column > STATUS}
    field = model.fields[columns.pop() - 1] if len(columns) == 1 else None
    if field is None or field.type not in _NUMBERS or count > _MOST:
        return told
    rows = (row for r in selection for row in range(r.top(), r.bottom() + 1))
    values = [v for row in rows if (record := model.record(row)) and (v := record.values.get(field.id)) is not None]
    if not values:
        return told
    places = {"int": 0, "money": 2}.get(field.type, field.places)
    total, mean = TYPES[field.type].show(sum(values), field), sum(values) / len(values) / 10**places
    return f"{told}　{_('合计')} {total}　{_('平均')} {mean:,.2f}"
