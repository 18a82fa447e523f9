"""What somebody with the keyboard alone, or with a reader of screens, would miss on a page or dialog."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QAbstractScrollArea, QComboBox, QDialogButtonBox, QLineEdit, QListView, QPlainTextEdit, QTextEdit, QWidget,
)

INPUTS = (QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QAbstractButton, QAbstractItemView, QAbstractSpinBox)


def inputs(root):
    """The inputs one works with; the parts Qt makes for an input of its own are that input."""
    for widget in root.findChildren(QWidget):
        within = widget.parentWidget()
        if not isinstance(widget, INPUTS) or widget.window() is not root.window() or widget.objectName().startswith("qt_"):
            continue
        if isinstance(within, (QComboBox, QLineEdit, QAbstractItemView, QAbstractSpinBox)) or (
                isinstance(within, QAbstractScrollArea) and isinstance(widget, QAbstractButton)):
            continue
        if widget.objectName() in ("frozen", "choices") or within is not None and isinstance(within.parentWidget(), QListView):
            continue
        yield widget


def chain(root):
    """The widgets Tab goes through, in its order."""
    seen, widget = [], root.nextInFocusChain()
    while widget is not root and widget not in seen and len(seen) < 5000:
        seen.append(widget)
        widget = widget.nextInFocusChain()
    return seen


def faults(root):
    """What somebody with the keyboard alone, or with a reader of screens, would miss on `root`."""
    order = set(chain(root.window()))
    for widget in inputs(root):
        place = f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r} in {type(widget.parent()).__name__}"
        if not (widget.accessibleName().strip() or (isinstance(widget, QAbstractButton) and widget.text().strip())):
            yield f"no name: {place}"
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(widget.parent(), QDialogButtonBox):
            yield f"Tab passes by: {place}"
        if widget not in order:
            yield f"not in the order of Tab: {place}"
        if isinstance(widget, QAbstractItemView) and getattr(widget, "tabKeyNavigation", bool)() and not type(widget).__name__ == "RecordGrid":
            yield f"Tab stays inside: {place}"
        if isinstance(widget, (QPlainTextEdit, QTextEdit)) and not widget.isReadOnly() and not widget.tabChangesFocus():
            yield f"Tab stays inside: {place}"
