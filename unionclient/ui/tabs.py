"""`Tabs` and `Stack` ask only for the room of the page in sight, so that a hidden one never makes the window's page scroll."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

_LINE = 1      # pixels of the line under the tabs


class Stack(QStackedWidget):
    """Pages, one in sight. Its height is the least that page needs; it grows with what it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._turned)

    def _turned(self, _index: int) -> None:
        self.layout().invalidate()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        return _least(self.currentWidget())


class Tabs(QTabWidget):
    """Plain tabs under the house's line. Its height is the least its tab needs; it grows with what it is given."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.currentChanged.connect(self._turned)

    def _turned(self, _index: int) -> None:
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        least, bar = _least(self.currentWidget()), self.tabBar()
        return QSize(max(least.width(), bar.minimumSizeHint().width()), least.height() + bar.sizeHint().height() + _LINE)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return _height(self.currentWidget(), width) + self.tabBar().sizeHint().height() + _LINE


def _least(page: QWidget | None) -> QSize:
    return QSize() if page is None else page.minimumSizeHint().expandedTo(page.minimumSize())


def _height(page: QWidget | None, width: int) -> int:
    if page is None or page.layout() is None or not page.layout().hasHeightForWidth():
        return _least(page).height()
    return page.layout().totalMinimumHeightForWidth(width)
