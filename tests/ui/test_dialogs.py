"""Every dialog is freed when it is closed, and every input has a name for those who do not see it."""

import gc
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import (
    QAbstractItemView, QAbstractSpinBox, QApplication, QCheckBox, QComboBox, QDateTimeEdit, QLineEdit, QPlainTextEdit, QPushButton, QToolButton, QWidget,
)

from unionclient.definition.faults import StoreError
from unionclient.definition.library import builtin_library
from unionclient.ui import ask
from unionclient.ui.crash import CrashWindow
from unionclient.ui.first_run import FirstRun
from unionclient.ui.record_dialog import RecordDialog
from unionclient.ui.work import ProgressDialog
from unionclient.workspace import Workspace
from unionclient.workspace.district import District


class Deed:
    def __init__(self):
        self.done = []

    def do(self, *what):
        self.done.append(what)


def opened(parent):
    """The dialog that is open now."""
    return next(w for w in parent.findChildren(QWidget) if w.isWindow() and w.isVisible())


def make_record_dialog(parent, desk):
    RecordDialog(desk, desk.ws.library.ledgers["unit"], None, None, parent).open()


def make_crash(parent, desk):
    CrashWindow("account", parent).open()


def make_progress(parent, desk):
    ProgressDialog("正在导入", parent).open()


def make_tell(parent, desk):
    ask.tell(parent, "标题", "内容")


def make_fault(parent, desk):
    ask.fault(parent, StoreError("磁盘已满。"))


def make_confirm(parent, desk):
    ask.confirm(parent, "标题", "内容", Deed().do, yes="删除", grave=True)


def make_line(parent, desk):
    ask.line(parent, "标题", "原因：", Deed().do)


@pytest.mark.parametrize("make", [make_record_dialog, make_crash, make_progress, make_tell, make_fault, make_confirm, make_line])
def test_a_closed_dialog_is_freed(make, window, qtbot):
    make(window, window.desk)
    dialog = opened(window)
    kept = weakref.ref(dialog)
    dialog.end() if isinstance(dialog, ProgressDialog) else dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)
    del dialog
    gc.collect()
    assert kept() is None


def test_the_file_dialogs_are_chinese_and_freed(window):
    ask.open_file(window, "选择文件", ["表格 (*.xlsx)"], Deed().do)
    dialog = opened(window)
    assert dialog.labelText(dialog.DialogLabel.Accept) == "打开" and dialog.labelText(dialog.DialogLabel.Reject) == "取消"
    dialog.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(dialog)


def test_a_confirmed_question_does_its_deed_and_a_refused_one_does_not(window, qtbot):
    for press, wanted in (("删除", 1), ("取消", 0)):
        deed = Deed()
        ask.confirm(window, "标题", "内容", deed.do, yes="删除")
        box = opened(window)
        next(b for b in box.buttons() if b.text() == press).click()
        assert len(deed.done) == wanted
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_line_shorter_than_asked_for_is_not_taken(window, qtbot):
    deed = Deed()
    ask.line(window, "标题", "原因：", deed.do, least=2)
    dialog = opened(window)
    qtbot.keyClick(dialog.line, Qt.Key.Key_A)
    assert not dialog._ok.isEnabled()
    qtbot.keyClick(dialog.line, Qt.Key.Key_B)
    dialog._ok.click()
    assert deed.done == [("ab",)]


INPUTS = (QLineEdit, QComboBox, QPlainTextEdit, QCheckBox, QPushButton, QToolButton, QAbstractItemView)


def nameless(root):
    """Focusable inputs that a screen reader would have no name for. Buttons have their text."""
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, INPUTS) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        # Parts of Qt's own, made by an input for itself.
        if isinstance(widget.parent(), (QComboBox, QLineEdit)) or isinstance(widget.window().parent(), QComboBox) or widget.objectName().startswith("qt_"):
            continue
        if widget.windowType() == Qt.WindowType.Popup or widget.objectName() == "choices":
            continue
        if not (widget.accessibleName() or getattr(widget, "text", str)()):
            yield f"{type(widget).__name__} in {type(widget.parent()).__name__}"


def test_every_input_of_the_window_has_an_accessible_name(window, page):
    page.filter.show()
    page.grid.go_to(0, 1)
    page.open_form()
    window.show_page("safety_inspection")
    window.pages["safety_inspection"].open_form()
    assert list(nameless(window)) == []


def test_every_input_of_the_first_questions_has_an_accessible_name(look, qtbot):
    dialog = FirstRun(tuple(builtin_library().codes["street"].codes.values()), Workspace.exists, District.is_district)
    qtbot.addWidget(dialog)
    assert list(nameless(dialog)) == []


def test_no_optional_value_is_entered_in_a_widget_that_cannot_be_empty(window, page):
    page.open_form()
    unfit = [w for w in page.findChildren(QWidget) if isinstance(w, (QAbstractSpinBox, QDateTimeEdit))
             and not isinstance(w.parent().parent(), QWidget) and w.isVisible()]
    assert unfit == []


def test_every_theme_paints_the_window(window, page, look):
    page.grid.go_to(1, 1)
    page.open_form()
    seen = set()
    for choice in ("light", "dark", "contrast"):
        window.bar.looks_wanted.emit((choice, "standard"))
        seen.add(window.grab().toImage().pixelColor(5, 5).name())
    window.bar.looks_wanted.emit(("light", "standard"))
    assert len(seen) == 3
    QApplication.processEvents()
