"""A read-only table for lists on the work pages: rows are any objects, columns say how to show them.

Nothing is edited here; the ledgers' grid is a room of its own.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from unionclient.definition.issue import Level
from unionclient.ui import icons, theme

_NO_PARENT = QModelIndex()
_EDGE, _LEAN = 18, 12      # pixels of a column beside its letters, and where there is little room
_REST = 10      # characters a column that takes what is left should have
_FEW = 5        # characters a column keeps when all become narrower
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: `mark` is the sign of a level, `icon` a line icon, `dot` a spot in `tone` before the text.

    `sort` orders by other than the text.
    """

    text: str
    mark: Level | None = None
    tone: str = ""
    dot: bool = False
    sort: Any = None
    tip: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of `ListTable`: `show` makes text or a `Cell` of a row; `width` in characters, 0 takes what is left."""

    title: str
    width: int
    show: Callable[[Any], "str | Cell"]
    right: bool = False


class ListModel(QAbstractTableModel):
    """Rows as objects; `put` replaces them all."""

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Any] = []

    def put(self, rows: Sequence[Any]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def item(self, row: int) -> Any:
        return self._rows[row]

    @property
    def items(self) -> tuple[Any, ...]:
        return tuple(self._rows)

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Vertical or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.columns[section])
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role not in _ROLES:
            return None
        cell = _cell(column, self._rows[index.row()])
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.tip or cell.text or None
        if role == Qt.ItemDataRole.ForegroundRole:
            return QBrush(QColor(getattr(theme.tones(), cell.tone))) if cell.tone else None
        if cell.mark is not None:
            return _mark(cell.mark)
        if cell.icon:
            return icons.icon(cell.icon, cell.tone or "text")
        return dot(getattr(theme.tones(), cell.tone)) if cell.dot and cell.tone else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        shown = self.columns[column]
        self.layoutAboutToBeChanged.emit()
        before = {id(row): at for at, row in enumerate(self._rows)}
        self._rows.sort(key=lambda row: _key(_cell(shown, row)), reverse=order == Qt.SortOrder.DescendingOrder)
        after = {before[id(row)]: at for at, row in enumerate(self._rows)}
        old = self.persistentIndexList()
        self.changePersistentIndexList(old, [self.index(after[i.row()], i.column()) for i in old])
        self.layoutChanged.emit()


_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole)


class ListTable(QTableView):
    """Shows a `ListModel`; `chosen` gives the row object on double-click or Enter, `picked` follows the selection."""

    chosen = Signal(object)
    picked = Signal()

    def __init__(self, columns: Sequence[Column], name: str, parent: QWidget | None = None, *, several: bool = False) -> None:
        super().__init__(parent)
        self.rows = ListModel(columns, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection if several
                              else QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self._lay_out(columns)
        self.doubleClicked.connect(self._double)
        self.selectionModel().selectionChanged.connect(self._selected)

    def put(self, rows: Sequence[Any]) -> None:
        """Show these rows; the order is theirs until a heading is pressed."""
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.rows.put(rows)
        self.picked.emit()

    def selectRow(self, row: int) -> None:  # noqa: N802 (Qt's name)
        """Select this row alone. Qt's own asks the keyboard, and with Shift held takes nothing at all."""
        self.selectionModel().setCurrentIndex(self.rows.index(row, 0), _ALONE)

    def picks(self) -> list[Any]:
        return [self.rows.item(index.row()) for index in sorted(self.selectionModel().selectedRows(), key=QModelIndex.row)]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._double(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _lay_out(self, columns: Sequence[Column]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        fit_columns(self, [column.width for column in self.rows.columns])

    def setColumnHidden(self, column: int, hidden: bool) -> None:  # noqa: N802 (Qt's name)
        super().setColumnHidden(column, hidden)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return least_size(self, super().minimumSizeHint())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            fit_columns(self, [column.width for column in self.rows.columns])

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._fit()

    def _double(self, index: QModelIndex) -> None:
        self.chosen.emit(self.rows.item(index.row()))

    def _selected(self) -> None:
        self.picked.emit()


def fit_columns(table: QTableView, widths: Sequence[int]) -> None:
    """Give the columns their widths in characters (0: what is left); where that leaves too little, the wide ones become narrower.

    No column falls below its heading, nor below a few characters; a table that is narrower still scrolls, and then the columns of what is
    left keep their width, up to half the table.
    """
    header, letter, room = table.horizontalHeader(), table.fontMetrics().horizontalAdvance("宽"), table.viewport().width()
    seen = [at for at in range(len(widths)) if not table.isColumnHidden(at)]
    wanted = {at: max((widths[at] or _REST) * letter + _EDGE, _heading(table, at)) for at in seen}
    over = sum(wanted.values()) - room
    if over > 0:
        least = {at: min(max(header.sectionSizeHint(at), _least(widths[at], letter)), wanted[at]) for at in seen}
        slack = sum(wanted.values()) - sum(least.values())
        share = min(over / slack, 1) if slack else 0
        wanted = {at: wanted[at] - math.ceil((wanted[at] - least[at]) * share) for at in seen}
        if share == 1:
            wanted |= {at: max(least[at], min(_REST * letter + _EDGE, room // 2)) for at in seen if not widths[at]}
    tight = sum(wanted.values()) > room
    for at in seen:
        stretches = not widths[at] and not tight
        header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive)
        if not stretches:
            table.setColumnWidth(at, wanted[at])


def _heading(table: QTableView, at: int) -> int:
    """What a heading takes without room for the sign of sorting: words of Latin letters are longer than the widths say."""
    title = table.model().headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or ""
    return table.horizontalHeader().fontMetrics().horizontalAdvance(str(title)) + _LEAN


def _least(width: int, letter: int) -> int:
    """A narrow column has digits only; a wide one may have a mark before its words."""
    return width * letter + _LEAN if 0 < width <= _FEW else _FEW * letter + _EDGE


def least_size(table: QTableView, least: QSize) -> QSize:
    """The headings and two rows: below that a page scrolls rather than show a list as a slit."""
    head = 0 if table.horizontalHeader().isHidden() else table.horizontalHeader().sizeHint().height()
    return QSize(least.width(), head + 2 * table.verticalHeader().defaultSectionSize() + 2 * table.frameWidth())


def _cell(column: Column, row: Any) -> Cell:
    shown = column.show(row)
    return shown if isinstance(shown, Cell) else Cell(shown)


def _key(cell: Cell) -> tuple[bool, Any]:
    return (True, cell.text) if cell.sort is None else (False, cell.sort)


def _side(column: Column) -> Any:
    return (Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


@cache
def _mark(level: Level) -> QIcon:
    return icons.mark(level)


@cache
def dot(colour: str) -> QIcon:
    """A spot of colour before a state's words; the words say the same."""
    pixmap = QPixmap(32, 32)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(7, 7, 18, 18)
    painter.end()
    return QIcon(pixmap)
