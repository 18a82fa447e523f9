"""An editable table of marks: items under their sections, columns that say how to show a row and whether it may be typed.

Typing only announces `typed`; the page saves and puts the rows again. The home evaluation has a table of its own (score_sheet).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QLineEdit, QStyledItemDelegate, QTableView, QWidget

from unionclient.ui import theme

_NO_PARENT = QModelIndex()


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


class MarkModel(QAbstractTableModel):
    """Rows have an `item` with `code` and `section`; a section's title is a row of its own (a text)."""

    typed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[MarkColumn, ...] = ()
        self.rows: list[Any] = []

    def put(self, columns: Sequence[MarkColumn], lines: Sequence[Any]) -> None:
        """New rows; with the same items and columns only values change, so that selection and editor stay."""
        rows: list[Any] = []
        for line in lines:
            if not rows or line.item.section != rows[-1].item.section:
                rows.append(line.item.section)
            rows.append(line)
        same = ([name_of(row) for row in rows], [c.title for c in columns]) == ([name_of(row) for row in self.rows], [c.title for c in self.columns])
        if same:
            self.columns, self.rows = tuple(columns), rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self.columns, self.rows = tuple(columns), rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self.columns):
            return self.columns[section].title
        return None

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
            return _section(row, index.column(), role)
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


def name_of(row: Any) -> str:
    """A section's title, or the code of a row's item."""
    return row if isinstance(row, str) else row.item.code


def _section(title: str, column: int, role: int) -> Any:
    if role == Qt.ItemDataRole.DisplayRole and column == 0:
        return title
    if role == Qt.ItemDataRole.BackgroundRole:
        return QBrush(QColor(theme.tones().stripe))
    if role == Qt.ItemDataRole.FontRole:
        font = QFont(theme.ui_font())
        font.setBold(True)
        return font
    return None


class MarkTable(QTableView):
    """Shows a `MarkModel`; Enter goes to the item below, as in a spreadsheet."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.marks = MarkModel(self)
        self.setModel(self.marks)
        self.setItemDelegate(_Marks(self))
        self.setAccessibleName(name)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.SelectedClicked)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.marks.modelReset.connect(self._lay_out)

    def _lay_out(self) -> None:
        """Widths and row height follow the size of the letters; a section takes the whole row."""
        self.clearSpans()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        letter = self.fontMetrics().horizontalAdvance("宽")
        for at, column in enumerate(self.marks.columns):
            mode = QHeaderView.ResizeMode.Interactive if column.width else QHeaderView.ResizeMode.Stretch
            self.horizontalHeader().setSectionResizeMode(at, mode)
            if column.width:
                self.setColumnWidth(at, column.width * letter + 22)
        for at, row in enumerate(self.marks.rows):
            if isinstance(row, str):
                self.setSpan(at, 0, 1, len(self.marks.columns))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lay_out()

    def cell(self, code: str, key: str) -> QModelIndex:
        """The cell of an item in the column that takes `key`."""
        row = next(n for n, row in enumerate(self.marks.rows) if name_of(row) == code and not isinstance(row, str))
        return self.marks.index(row, next(n for n, column in enumerate(self.marks.columns) if column.key == key))

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 (Qt's name)
        super().closeEditor(editor, hint)
        if hint != QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            return
        here = self.currentIndex()
        below = here.row() + 1
        while below < len(self.marks.rows) and isinstance(self.marks.rows[below], str):
            below += 1
        if below < len(self.marks.rows):
            self.setCurrentIndex(self.marks.index(below, here.column()))


class _Marks(QStyledItemDelegate):
    """A plain line as editor, in the looks of the grids."""

    def createEditor(self, parent: QWidget, option: Any, index: QModelIndex) -> QWidget:  # noqa: N802 (Qt's name)
        line = QLineEdit(parent)
        line.setProperty("place", "cell")
        line.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        return line
