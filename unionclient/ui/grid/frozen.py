"""The first columns stay in sight when the grid is scrolled to the right: a second view laid over the grid's left end.

It only shows: a click marks the row in the column where the cursor already is, so nothing jumps.
"""

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from unionclient.ui.grid.drawing import Drawing
from unionclient.ui.grid.model import STATUS

_SHARE = 0.6  # of the grid's width that the fixed columns may take; beyond it they scroll away


class FrozenColumns(QTableView):
    """Columns 0 … `last` of `grid`."""

    def __init__(self, grid: QTableView, last: int) -> None:
        super().__init__(grid)
        self._grid = grid
        self._last = last
        self._drawing = Drawing(self)
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(grid.verticalScrollMode())
        self.setWordWrap(False)
        self.setObjectName("frozen")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(grid.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(grid.horizontalHeader().minimumSectionSize())
        self.horizontalHeader().setDefaultAlignment(grid.horizontalHeader().defaultAlignment())
        for column in range(last + 1, self.model().columnCount()):
            self.setColumnHidden(column, True)
        self.hide()
        grid.horizontalHeader().sectionResized.connect(self._resized)
        grid.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(grid.verticalScrollBar().setValue)
        grid.horizontalScrollBar().valueChanged.connect(self.place)
        self.clicked.connect(self._clicked)

    def width_of_columns(self) -> int:
        return sum(self._grid.columnWidth(column) for column in range(self._last + 1))

    @property
    def covers(self) -> int:
        """Pixels of the grid's left end that are covered now."""
        return self.width_of_columns() if self.isVisible() else 0

    def place(self, _value: int = 0) -> None:
        """Over the grid's left end, or away while nothing is scrolled."""
        width = self.width_of_columns()
        shown = self._grid.horizontalScrollBar().value() > 0 and width < self._grid.viewport().width() * _SHARE
        if shown:
            for column in range(STATUS, self._last + 1):
                self.setColumnWidth(column, self._grid.columnWidth(column))
            frame = self._grid.frameWidth()
            header = self._grid.horizontalHeader().height()
            self.horizontalHeader().setFixedHeight(header)
            self.setGeometry(QRect(self._grid.verticalHeader().width() + frame, frame, width + 1,
                                   header + self._grid.viewport().height()))
            self.verticalScrollBar().setValue(self._grid.verticalScrollBar().value())
            self.raise_()
        self.setVisible(shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 (Qt's name)
        self._drawing.draw(event, cursor=self._grid.hasFocus())

    def _resized(self) -> None:
        self.place()

    def _clicked(self, index: QModelIndex) -> None:
        column = max(self._grid.currentIndex().column(), self._last + 1)
        self._grid.setCurrentIndex(self.model().index(index.row(), column))
        self._grid.setFocus()
