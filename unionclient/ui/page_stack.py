"""The pages of a window, one in sight; on a screen too small for a page it can be scrolled, so nothing is ever cut off."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget


class PageStack(QStackedWidget):
    """Takes and gives the pages themselves; the scrolling frame around each is its own affair."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._frames: dict[QWidget, QScrollArea] = {}

    def add_page(self, page: QWidget) -> None:
        frame = QScrollArea(self)
        frame.setFrameShape(QFrame.Shape.NoFrame)
        frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        frame.setWidgetResizable(True)
        frame.setWidget(page)
        self._frames[page] = frame
        self.addWidget(frame)

    def show_page(self, page: QWidget) -> None:
        self.setCurrentWidget(self._frames[page])

    @property
    def page(self) -> QWidget | None:
        """The page in sight."""
        frame = self.currentWidget()
        return frame.widget() if isinstance(frame, QScrollArea) else None
