"""The navigation opens pages when the officer chooses, never because it got the focus."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from unionclient.definition.library import builtin_library
from unionclient.ui.navigation import _COUNT, Navigation
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


def test_a_group_opens_for_the_page_that_is_shown_and_closes_by_key(qtbot):
    navigation = Navigation([page for page in all_pages(builtin_library()) if page not in WORK_PAGES], (), None)
    qtbot.addWidget(navigation)
    pages = navigation.ledgers
    assert not pages._items["unit"].isHidden() and pages._items["hazard"].isHidden()
    navigation.mark("hazard")
    assert not pages._items["hazard"].isHidden() and pages.currentItem() is pages._items["hazard"]
    group = next(name for name, items in pages._groups.items() if pages._items["hazard"] in items)
    pages.setCurrentItem(pages._headings[group])
    qtbot.keyClick(pages, Qt.Key.Key_Left)
    assert pages._items["hazard"].isHidden()
    qtbot.keyClick(pages, Qt.Key.Key_Return)
    assert not pages._items["hazard"].isHidden()


def test_a_closed_group_says_how_many_records_it_holds(qtbot):
    navigation = Navigation([page for page in all_pages(builtin_library()) if page not in WORK_PAGES], (), None)
    qtbot.addWidget(navigation)
    navigation.set_count("unit", 3)
    navigation.set_count("person", 4)
    assert navigation.ledgers._headings["基础资料"].data(_COUNT) == 7
