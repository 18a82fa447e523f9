"""The pages at the left: ledgers in groups that open and close; below them, always in sight, the pages of the main job."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from unionclient.ui import icons, theme
from unionclient.ui.pages import PageSpec
from unionclient.ui.widgets import rule
from unionclient.definition.words import CHINESE, _, language

_PAGE = int(Qt.ItemDataRole.UserRole)
_COUNT = _PAGE + 1
_ICON = _PAGE + 2
_OPEN = _PAGE + 3      # of a heading: True or False; None where the group cannot be closed
_INSET = _PAGE + 4     # of a page that belongs to the one above
_WIDTH, _WIDER = 204, 244    # pixels; Chinese titles are short
_IN_SIGHT = 6      # of them, on a screen that is low
_PINNED = 13       # pages of the main job that are shown without scrolling


class Navigation(QFrame):
    """`chosen` carries a page's id."""

    chosen = Signal(str)

    def __init__(self, ledgers: Sequence[PageSpec], works: Sequence[PageSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "navigation")
        self.setFixedWidth(_WIDTH if language() == CHINESE else _WIDER)
        self.ledgers = _PageList(ledgers, _("台账"), self, closing=True)
        self.works = _PageList(works, _("核对与上报"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 1, 6)
        layout.setSpacing(2)
        layout.addWidget(self.ledgers, 1)
        self._lists = [self.ledgers]
        if works:
            self.works.fit()
            layout.addWidget(rule(self))
            layout.addWidget(self.works)
            self._lists.append(self.works)
        self.works.setVisible(bool(works))
        for pages in self._lists:
            pages.currentItemChanged.connect(self._changed)

    def mark(self, page: str) -> None:
        """Show which page is open, without opening it."""
        for pages in self._lists:
            pages.mark(page)

    def set_count(self, page: str, count: int) -> None:
        for pages in self._lists:
            pages.set_count(page, count)

    def fit(self) -> None:
        """The letters changed."""
        self.works.fit()

    def _changed(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_PAGE):
            self.chosen.emit(item.data(_PAGE))


class _PageList(QListWidget):
    """Groups as headings, pages below them. With `closing` a group shows its pages while it is open: one at the start."""

    def __init__(self, pages: Sequence[PageSpec], name: str, parent: QWidget, *, closing: bool = False) -> None:
        super().__init__(parent)
        self._whole = 0
        self.setProperty("kind", "navigation")
        self.setAccessibleName(name)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_NavigationDelegate(self))
        self._items: dict[str, QListWidgetItem] = {}
        self._headings: dict[str, QListWidgetItem] = {}
        self._groups: dict[str, list[QListWidgetItem]] = {}
        for group in dict.fromkeys(page.group for page in pages):
            heading = QListWidgetItem(group, self)
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled if closing else Qt.ItemFlag.NoItemFlags)
            self._headings[group] = heading
            for page in (p for p in pages if p.group == group):
                item = QListWidgetItem(page.title, self)
                item.setData(_PAGE, page.id)
                item.setData(_ICON, page.icon)
                item.setData(_INSET, page.inset)
                item.setToolTip(page.title)
                self._items[page.id] = item
                self._groups.setdefault(group, []).append(item)
        if closing:
            for n, group in enumerate(self._headings):
                self._open(group, n == 0)
            self.itemClicked.connect(self._toggle)

    def _open(self, group: str, opened: bool) -> None:
        self._headings[group].setData(_OPEN, opened)
        self._headings[group].setToolTip(_("收起这一组") if opened else _("展开这一组"))
        for item in self._groups[group]:
            item.setHidden(not opened)

    def _toggle(self, item: QListWidgetItem) -> None:
        if item.data(_OPEN) is not None:
            self._open(item.text(), not item.data(_OPEN))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 (Qt's name)
        item = self.currentItem()
        if item is not None and item.data(_OPEN) is not None and event.key() in (
                Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._open(item.text(), event.key() == Qt.Key.Key_Right or event.key() != Qt.Key.Key_Left and not item.data(_OPEN))
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 (Qt's name)
        """Qt makes the first item current when a list without one gets the focus; that must not open a page."""
        none = self.currentItem() is None
        self.blockSignals(True)
        super().focusInEvent(event)
        if none:
            self.setCurrentItem(None)
            self.clearSelection()
        self.blockSignals(False)

    def mark(self, page: str) -> None:
        self.blockSignals(True)
        item = self._items.get(page)
        if item is not None and item.isHidden():
            self._open(next(group for group, items in self._groups.items() if item in items), True)
        self.setCurrentItem(item)
        if item is None:
            self.clearSelection()
        else:
            self.scrollToItem(item)
            if self.row(item) <= 1:
                self.scrollToTop()
        self.blockSignals(False)

    def set_count(self, page: str, count: int) -> None:
        """Every group's heading bears the sum of its pages."""
        if page in self._items:
            item = self._items[page]
            item.setData(_COUNT, count)
            for group, items in self._groups.items():
                if item in items:
                    self._headings[group].setData(_COUNT, sum(other.data(_COUNT) or 0 for other in items if not other.data(_INSET)))

    def fit(self) -> None:
        """As high as its lines; on a low screen a few stay in sight and the rest is scrolled."""
        self._whole = self._height_of(min(self.count(), _PINNED))
        self.setMaximumHeight(self._whole)
        self.setMinimumHeight(self._height_of(min(self.count(), _IN_SIGHT)))
        self.updateGeometry()

    def _height_of(self, rows: int) -> int:
        return sum(self.sizeHintForRow(row) for row in range(rows)) + 8

    def sizeHint(self) -> QSize:  # noqa: N802 (Qt's name)
        hint = super().sizeHint()
        return QSize(hint.width(), self._whole) if self._whole else hint


class _NavigationDelegate(QStyledItemDelegate):
    """Paints headings small and muted, pages with icon and count."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        height = option.fontMetrics.height()
        if index.data(_PAGE):
            return QSize(0, height + 8)
        if index.data(_OPEN) is not None:
            return QSize(0, height + 9)
        return QSize(0, height + (4 if index.row() == 0 else 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        painter.save()
        if index.data(_PAGE):
            self._paint_page(painter, option, index)
        elif index.data(_OPEN) is not None:
            self._paint_group(painter, option, index)
        else:
            font = QFont(option.font)
            font.setPointSizeF(font.pointSizeF() * 0.86)
            painter.setFont(font)
            painter.setPen(QColor(theme.tones().muted))
            painter.drawText(option.rect.adjusted(8, 0, 0, -3), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, index.data())
        painter.restore()

    def _paint_group(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """A group that opens and closes: an arrow, its name, and how many records while it is closed."""
        tones, rect = theme.tones(), option.rect
        if option.state & (option.state.State_MouseOver | option.state.State_HasFocus):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(tones.line))
            painter.setPen(QColor(tones.accent) if option.state & option.state.State_HasFocus else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        icons.icon("down" if index.data(_OPEN) else "right", "muted").paint(painter, QRect(rect.left() + 8, rect.top() + (rect.height() - 15) // 2, 15, 15))
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(tones.text))
        told = f"{index.data(_COUNT):,}" if not index.data(_OPEN) and index.data(_COUNT) else ""
        room = rect.adjusted(28, 0, -14 - option.fontMetrics.horizontalAdvance(told), 0)
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(option.font)
        painter.setPen(QColor(tones.muted))
        painter.drawText(rect.adjusted(0, 0, -9, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)

    def _paint_page(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        tones, rect, state = theme.tones(), option.rect, option.state
        chosen = bool(state & state.State_Selected)
        if chosen or state & state.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(tones.chosen if chosen else tones.line))
            painter.setPen(QColor(tones.accent) if state & state.State_HasFocus else Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        ink = tones.on_chosen if chosen else tones.text
        inset = 14 if index.data(_INSET) else 0
        icons.icon(index.data(_ICON), "on_chosen" if chosen else "muted").paint(
            painter, QRect(rect.left() + 8 + inset, rect.top() + (rect.height() - 17) // 2, 17, 17))
        told = f"{index.data(_COUNT):,}" if index.data(_COUNT) else ""
        painter.setPen(QColor(ink if chosen else tones.muted))
        painter.drawText(rect.adjusted(0, 0, -9, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)
        room = rect.adjusted(33 + inset, 0, -14 - option.fontMetrics.horizontalAdvance(told), 0)
        painter.setPen(QColor(ink))
        title = option.fontMetrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
