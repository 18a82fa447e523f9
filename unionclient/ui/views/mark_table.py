"""An editable table of marks: items under their sections, columns that say how to show a row and whether it may be typed.

Typing only announces `typed`; the page saves and puts the rows again. The home evaluation has a table of its own (score_sheet).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from unionclient.ui import theme
from unionclient.ui.views.section_table import SectionModel, SectionTable, name_of, section_data


@dataclass(frozen=True, slots=True)
class MarkColumn:
    """A column: `show` gives the text of a row; `key` names what is typed there, "" where nothing may be. `width` 0 takes the rest."""

    title: str
    width: int
    show: Callable[[Any], str]
    key: str = ""
    right: bool = False
    tip: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """What an officer put into a cell: the item's code, the column's key, the text."""

    code: str
    key: str
    text: str


class MarkModel(SectionModel):
    """Rows have an `item` with `code` and `section`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[MarkColumn, ...] = ()

    @property
    def titles(self) -> list[str]:
        return [column.title for column in self.columns]

    def put(self, columns: Sequence[MarkColumn], lines: Sequence[Any]) -> None:
        other = [column.title for column in columns] != self.titles
        if other:
            self.beginResetModel()
            self.columns, self.rows = tuple(columns), []
            self.endResetModel()
        self.columns = tuple(columns)
        self.take(lines, afresh=other)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].key else flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if isinstance(row, str):
            return section_data(row, index.column(), role)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.show(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return (column.tip(row) if column.tip else column.show(row)) or None
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = column.tone(row) if column.tone else "" if column.key else "muted"
            return QBrush(QColor(getattr(theme.tones(), tone))) if tone else None
        return None

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        row, column = self.rows[index.row()], self.columns[index.column()]
        text = str(value).strip()
        if isinstance(row, str) or not column.key or role != Qt.ItemDataRole.EditRole or text == column.show(row):
            return False
        self.typed.emit(Marked(row.item.code, column.key, text))
        return True


class MarkTable(SectionTable):
    """Shows a `MarkModel`."""

    def __init__(self, name: str, parent: QWidget) -> None:
        self.marks = MarkModel(parent)
        super().__init__(self.marks, name, parent)

    @property
    def widths(self) -> list[int]:
        return [column.width for column in self.marks.columns]

    def cell(self, code: str, key: str) -> QModelIndex:
        """The cell of an item in the column that takes `key`."""
        row = next(n for n, row in enumerate(self.marks.rows) if name_of(row) == code and not isinstance(row, str))
        return self.marks.index(row, next(n for n, column in enumerate(self.marks.columns) if column.key == key))


# what every sheet shows of an item -----------------------------------------------------------------------------------


def code_of(line: Any) -> str:
    return line.item.code


def title_of(line: Any) -> str:
    return line.item.title


def rule_of(line: Any) -> str:
    return line.item.rule


def points_of(line: Any) -> str:
    return str(line.item.points)


def plain(_line: Any) -> str:
    """No tone: a title is not second-rank text, though it cannot be typed."""
    return ""
