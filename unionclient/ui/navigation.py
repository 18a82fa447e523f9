"""The list of pages at the left: groups as headings, pages below them, with their number of records."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from unionclient.ui import icons, theme
from unionclient.ui.pages import PageSpec
from unionclient.ui.words import _

_PAGE = int(Qt.ItemDataRole.UserRole)
_COUNT = _PAGE + 1
_ICON = _PAGE + 2
_WIDTH = 204


class Navigation(QListWidget):
    """`chosen` carries a page's id."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "navigation")
        self.setAccessibleName(_("页面"))
        self.setFixedWidth(_WIDTH)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_NavigationDelegate(self))
        self._items: dict[str, QListWidgetItem] = {}
        for group in dict.fromkeys(page.group for page in pages):
            heading = QListWidgetItem(group, self)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            for page in (p for p in pages if p.group == group):
                item = QListWidgetItem(page.title, self)
                item.setData(_PAGE, page.id)
                item.setData(_ICON, page.icon)
                item.setToolTip(page.title)
                self._items[page.id] = item
        self.currentItemChanged.connect(self._changed)

    def mark(self, page: str) -> None:
        """Show which page is open, without opening it."""
        self.blockSignals(True)
        self.setCurrentItem(self._items[page])
        self.blockSignals(False)

    def set_count(self, page: str, count: int) -> None:
        if page in self._items:
            self._items[page].setData(_COUNT, count)

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_PAGE):
            self.chosen.emit(item.data(_PAGE))


class _NavigationDelegate(QStyledItemDelegate):
    """Paints headings small and muted, pages with icon and count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        height = option.fontMetrics.height()
        if index.data(_PAGE):
            return QSize(0, height + 13)
        return QSize(0, height + (10 if index.row() == 0 else 18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones, rect = theme.tones(), option.rect
        painter.save()
        if not index.data(_PAGE):
            font = QFont(option.font)
            font.setPointSizeF(font.pointSizeF() * 0.86)
            painter.setFont(font)
            painter.setPen(QColor(tones.muted))
            painter.drawText(rect.adjusted(6, 0, 0, -3), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, index.data())
            painter.restore()
            return
        chosen = bool(option.state & option.state.State_Selected)
        if chosen or option.state & option.state.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(tones.chosen if chosen else tones.line))
            painter.setPen(QColor(tones.accent) if option.state & option.state.State_HasFocus else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        ink = tones.on_chosen if chosen else tones.text
        icons.icon(index.data(_ICON), "on_chosen" if chosen else "muted").paint(
            painter, QRect(rect.left() + 8, rect.top() + (rect.height() - 17) // 2, 17, 17))
        count = index.data(_COUNT)
        told = "" if not count else f"{count:,}"
        painter.setPen(QColor(ink if chosen else tones.muted))
        painter.drawText(rect.adjusted(0, 0, -9, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
        room = rect.adjusted(33, 0, -14 - option.fontMetrics.horizontalAdvance(told), 0)
        painter.setPen(QColor(ink))
        title = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
