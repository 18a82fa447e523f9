"""The score sheet as an editable table: sections, items, three columns of marks, reasons."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from unionclient.definition.ledger import Ledger
from unionclient.definition.values import TYPES
from unionclient.ui import theme
from unionclient.ui.views.section_table import SectionModel, SectionTable, section_data
from unionclient.definition.words import _

# (field of the item's record or of the sheet's item, heading, width in characters, may be typed)
COLUMNS = (("code", _("编号"), 2, False), ("title", _("项目"), 0, False), ("points", _("满分"), 2, False),
           ("self", _("自评"), 2, True), ("review", _("街道复核"), 4, True), ("inspect", _("验家"), 2, True),
           ("auto", _("系统计算"), 4, False), ("na", _("不适用"), 3, True), ("deduct_reason", _("扣分原因"), 6, True),
           ("override_reason", _("改分原因"), 5, True))
_NUMBERS = ("points", "self", "review", "inspect", "auto")


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer put into a cell of the sheet."""

    code: str
    field: str
    value: Any


class ScoreModel(SectionModel):
    """Rows have an `item` of the sheet and the values of its record."""

    def __init__(self, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = ledger.fields

    @property
    def titles(self) -> list[str]:
        return [title for _name, title, _width, _may in COLUMNS]

    def put(self, lines: Any) -> None:
        self.take(lines)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        name, _title, _width, may = COLUMNS[index.column()]
        if name == "na":
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if may else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, name = self.rows[index.row()], COLUMNS[index.column()][0]
        if isinstance(row, str):
            return section_data(row, index.column(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return "" if name == "na" else self._text(row, name)
        if role == Qt.ItemDataRole.CheckStateRole and name == "na":
            return Qt.CheckState.Checked if row.values.get("na") else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if name in _NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, name)
        if role == Qt.ItemDataRole.ForegroundRole and (row.values.get("na") or name in ("code", "points", "auto")):
            return QBrush(QColor(theme.tones().muted))
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        row, name = self.rows[index.row()], COLUMNS[index.column()][0]
        if isinstance(row, str):
            return False
        if role == Qt.ItemDataRole.CheckStateRole and name == "na":
            self.typed.emit(Typed(row.item.code, name, Qt.CheckState(value) == Qt.CheckState.Checked))
            return True
        if role != Qt.ItemDataRole.EditRole or str(value).strip() == self._text(row, name):
            return False
        self.typed.emit(Typed(row.item.code, name, str(value).strip()))
        return True

    def _text(self, row: Any, name: str) -> str:
        if name in ("code", "points"):
            return str(getattr(row.item, name))
        if name == "title":
            return f"★ {row.item.title}" if row.item.must else row.item.title
        value = row.values.get(name)
        return "" if value is None else TYPES[self._fields[name].type].edit(value, self._fields[name])

    def _tip(self, row: Any, name: str) -> str | None:
        if name == "auto":
            return row.auto_words or None
        if name == "title":
            must = _("必备项：得 0 分时等级受限") if row.item.must else ""
            return "\n".join(part for part in (row.item.title, row.item.rule, must) if part)
        return self._text(row, name) or None if name in ("deduct_reason", "override_reason") else None


class ScoreTable(SectionTable):
    """Shows a `ScoreModel`; `moved` follows the cell."""

    moved = Signal()

    def __init__(self, ledger: Ledger, parent: QWidget) -> None:
        self.sheet = ScoreModel(ledger, parent)
        super().__init__(self.sheet, _("评分表"), parent)

    @property
    def widths(self) -> list[int]:
        return [width for _name, _title, width, _may in COLUMNS]

    def line(self) -> Any:
        """The score line of the present cell, or None."""
        here = self.currentIndex()
        row = self.sheet.rows[here.row()] if here.isValid() else None
        return None if isinstance(row, str) else row

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: N802 (Qt's name)
        super().currentChanged(current, previous)
        self.moved.emit()
