"""The navigation opens pages when the officer chooses, never because it got the focus."""

from PySide6.QtWidgets import QWidget

from unionclient.definition.library import builtin_library
from unionclient.ui.navigation import Navigation
from unionclient.ui.pages import WORK_PAGES, all_pages


def test_getting_the_focus_opens_no_page(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    pages = [page for page in all_pages(builtin_library()) if page not in WORK_PAGES]
    navigation = Navigation(pages, WORK_PAGES, window)
    opened = []
    navigation.chosen.connect(opened.append)
    navigation.mark("print")
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    for pages in navigation._lists:
        pages.setFocus()
        qtbot.waitUntil(pages.hasFocus)
    assert opened == []
