"""What is cut off in a window as it stands: texts without their room, columns narrower than their headings, parts outside their parent."""

import itertools
from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from unionclient.ui.widgets import Elided

SLACK = 1       # pixels: sizes are rounded
_ARROW = 30     # of a drop-down, with its edges
_EDGES = 18     # of an input


def settle() -> None:
    """Layouts that wait are laid out, from the innermost to the page's frame."""
    for _ in range(8):
        QCoreApplication.sendPostedEvents()


def cut_off(top: QWidget) -> list[str]:
    """A sentence for each fault below `top`."""
    seen = [widget for widget in top.findChildren(QWidget) if widget.isVisibleTo(top) and not widget.isWindow() and not isinstance(widget.parent(), QMenu)]
    return [f"{type(widget).__name__} {_named(widget)}: {fault}" for widget in seen for fault in (*_faults(widget), *_overlaps(widget))]


def tabs_in(page: QWidget) -> Iterator[str]:
    """Turns over every tab of a page, also those within tabs; gives the words of the tab in sight."""
    outer = next((tabs for tabs in page.findChildren(QTabWidget) if tabs.isVisibleTo(page)), None)
    if outer is None:
        yield ""
        return
    for at in range(outer.count()):
        if outer.isTabVisible(at) and outer.isTabEnabled(at):
            outer.setCurrentIndex(at)
            settle()
            for inner in tabs_in(outer.currentWidget()):
                yield f"{outer.tabText(at)} {inner}"


def _named(widget: QWidget) -> str:
    return repr(widget.accessibleName() or getattr(widget, "text", str)())


def _faults(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    scrolled = isinstance(parent, QAbstractScrollArea) or isinstance(parent.parentWidget(), QAbstractScrollArea)
    if not scrolled and not isinstance(widget, QToolButton) and not parent.rect().contains(widget.geometry()):
        yield f"{widget.geometry()} in {parent.rect()}"
    for kind, room in _ROOMS.items():
        if isinstance(widget, kind):
            wanted = room(widget)
            if widget.width() < wanted.width() - SLACK or widget.height() < wanted.height() - SLACK:
                yield f"{widget.size()} of {wanted}"
    if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal and widget.model():
        yield from _headings(widget)


def _overlaps(parent: QWidget) -> Iterator[str]:
    """What lies in one layout lies beside each other."""
    if parent.layout() is None or isinstance(parent, QStackedWidget):
        return
    inside = [child for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
              if child.isVisibleTo(parent) and not child.isWindow() and not child.geometry().isEmpty()]
    for one, other in itertools.combinations(inside, 2):
        shared = one.geometry() & other.geometry()
        if shared.width() > SLACK and shared.height() > SLACK:
            yield f"{_named(one)} {one.geometry()} over {_named(other)} {other.geometry()}"


def _label(label: QLabel) -> QSize:
    if not label.text() or isinstance(label, Elided):
        return QSize()
    return QSize(0, label.heightForWidth(label.width())) if label.wordWrap() else label.minimumSizeHint()


def _button(button: QAbstractButton) -> QSize:
    return button.minimumSizeHint() if button.text() else QSize()


def _choice(box: QComboBox) -> QSize:
    return QSize(box.fontMetrics().horizontalAdvance(box.currentText()) + _ARROW, 0)


def _input(line: QLineEdit) -> QSize:
    return QSize(line.fontMetrics().horizontalAdvance(line.placeholderText()) + _EDGES if line.placeholderText() else 0, 0)


def _bar(bar: QTabBar) -> QSize:
    return QSize(sum(bar.tabRect(at).width() for at in range(bar.count()) if bar.isTabVisible(at)), 0)


def _list(table: QAbstractItemView) -> QSize:
    """A row and a half at least."""
    return QSize(0, table.height() - table.viewport().height() + table.fontMetrics().height() * 2) if table.accessibleName() else QSize()


_ROOMS = {QLabel: _label, QAbstractButton: _button, QComboBox: _choice, QLineEdit: _input, QTabBar: _bar, QAbstractItemView: _list}


def _headings(header: QHeaderView) -> Iterator[str]:
    for at in range(header.count()):
        title = str(header.model().headerData(at, header.orientation()) or "")
        if not header.isSectionHidden(at) and header.sectionSize(at) < header.fontMetrics().horizontalAdvance(title) + SLACK:
            yield f"heading {title} in {header.sectionSize(at)}"
