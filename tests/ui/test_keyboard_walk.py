"""Without a mouse and without sight: every input of every page and dialog has a name, and Tab comes to it."""

import pytest
from every_dialog import DISTRICT, STREET, dialogs_of_the_program, dressed
from keyboard_faults import faults
from page_stage import done
from PySide6.QtCore import Qt

from unionclient.ui.pages import WORK_PAGES


def test_every_dialog_of_the_program_is_walked():
    walked = {*STREET, *DISTRICT, "RecordDialog"}
    assert dialogs_of_the_program() - walked - {"_Line"} == set()


@pytest.mark.parametrize("page", [spec.id for spec in WORK_PAGES])
def test_every_input_of_a_work_page_is_named_and_reached_by_tab(window, qtbot, page):
    window.show_page(page)
    done(window.desk, qtbot)
    assert list(faults(window)) == []


def test_every_input_of_the_ledger_pages_and_their_forms_is_named_and_reached_by_tab(window):
    for ledger in dressed(window.ws.library):
        window.show_page(ledger)
        page = window.pages[ledger]
        page.filter.show()
        page.grid.start_new()
        page.open_form()
        assert list(faults(window)) == [], ledger


def test_every_input_of_the_districts_pages_is_named_and_reached_by_tab(district_window, qtbot):
    for page in district_window.specs:
        district_window.show_page(page)
        done(district_window.desk, qtbot)
        assert list(faults(district_window)) == [], page


@pytest.mark.parametrize("name", STREET)
def test_every_input_of_a_dialog_is_named_and_reached_by_tab(window, name):
    made = STREET[name](window)
    made.open()
    try:
        assert list(faults(made)) == []
    finally:
        made.end() if name == "ProgressDialog" else made.close()


@pytest.mark.parametrize("name", DISTRICT)
def test_every_input_of_the_districts_dialogs_is_named_and_reached_by_tab(district_window, name, qtbot, monkeypatch):
    from unionclient.ui.district import remark_dialog

    monkeypatch.setattr(remark_dialog, "_ledgers", lambda *_: [])
    made = DISTRICT[name](district_window)
    made.open()
    done(district_window.desk, qtbot)
    try:
        assert list(faults(made)) == []
    finally:
        made.close()


def test_f6_leaves_the_grid_and_comes_round_again(window, page, qtbot):
    page.grid.setFocus()
    seen = []
    for _ in range(3):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        seen.append(next(name for name, part in (("bar", window.bar), ("navigation", window.navigation), ("page", page))
                         if part.isAncestorOf(window.focusWidget())))
    assert seen == ["bar", "navigation", "page"] and window.focusWidget() is page.grid
    qtbot.keyClick(page.grid, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.navigation.isAncestorOf(window.focusWidget())
