"""What the tables of score sheets share: sections as rows of their own, widths by the letters, Enter to the item below."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QLineEdit, QStyledItemDelegate, QTableView, QWidget

from unionclient.ui import theme
from unionclient.ui.views.table import fit_columns, least_size

_NO_PARENT = QModelIndex()


class SectionModel(QAbstractTableModel):
    """Rows are section titles (texts) and lines; typing only announces `typed`, the page saves and puts again."""

    typed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []

    @property
    def titles(self) -> Sequence[str]:
        """The headings of the columns."""
        raise NotImplementedError

    def rowCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex = _NO_PARENT) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section < len(self.titles):
            return self.titles[section]
        return None

    def take(self, lines: Sequence[Any], *, afresh: bool = False) -> None:
        """New lines; with the same items only values change, so that selection and editor stay, unless all is to be laid out `afresh`."""
        rows = with_sections(lines)
        same = not afresh and [name_of(row) for row in rows] == [name_of(row) for row in self.rows]
        if same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(self.titles) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class SectionTable(QTableView):
    """Over a model whose `rows` are section titles (texts) and lines. `widths` in characters, 0 takes what is left."""

    def __init__(self, model: Any, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = model
        self.setModel(model)
        self.setItemDelegate(_Marks(self))
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.SelectedClicked)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.lay_out()
        model.modelReset.connect(self.lay_out)

    @property
    def widths(self) -> Sequence[int]:
        raise NotImplementedError

    def lay_out(self) -> None:
        """Widths and row height follow the size of the letters; a section takes the whole row."""
        self.clearSpans()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        fit_columns(self, self.widths)
        for at, row in enumerate(self.lines.rows):
            if isinstance(row, str):
                self.setSpan(at, 0, 1, len(self.widths))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 (Qt's name)
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self.lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            fit_columns(self, self.widths)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return least_size(self, super().minimumSizeHint())

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 (Qt's name)
        super().closeEditor(editor, hint)
        if hint != QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            return
        here, rows = self.currentIndex(), self.lines.rows
        below = next((n for n in range(here.row() + 1, len(rows)) if not isinstance(rows[n], str)), None)
        if below is not None:
            self.setCurrentIndex(self.lines.index(below, here.column()))


def with_sections(lines: Sequence[Any]) -> list[Any]:
    """The lines with the title of their section before the first of each."""
    rows: list[Any] = []
    for line in lines:
        if not rows or line.item.section != rows[-1].item.section:
            rows.append(line.item.section)
        rows.append(line)
    return rows


def name_of(row: Any) -> str:
    """A section's title, or the code of a line's item."""
    return row if isinstance(row, str) else row.item.code


def section_data(title: str, column: int, role: int) -> Any:
    """What a model answers for a section's row."""
    if role == Qt.ItemDataRole.DisplayRole and column == 0:
        return title
    if role == Qt.ItemDataRole.BackgroundRole:
        return QBrush(QColor(theme.tones().stripe))
    if role == Qt.ItemDataRole.FontRole:
        font = QFont(theme.ui_font())
        font.setBold(True)
        return font
    return None


class _Marks(QStyledItemDelegate):
    """A plain line as editor, in the looks of the grids."""

    def createEditor(self, parent: QWidget, option: Any, index: QModelIndex) -> QWidget:  # noqa: N802 (Qt's name)
        line = QLineEdit(parent)
        line.setProperty("place", "cell")
        line.setAccessibleName(str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or ""))
        return line
