"""Columns, saved views and the filter from a cell: what is in force is kept, seen, and taken back by the same way."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from unionclient.definition.condition import Clause, Condition
from unionclient.ui.column_dialog import ColumnDialog
from unionclient.ui.grid import columnset
from unionclient.ui.ledger_page import LedgerPage
from unionclient.ui.saved_views import SavedViews, View
from unionclient.workspace import Edit

DOWN = Qt.SortOrder.DescendingOrder


def ids(page):
    return [field.id for field in page.model.fields]


def names(page):
    return [page.model.text(row, page.model.column_of("name")) for row in range(page.model.records)]


def put(page, row, field):
    page.grid.put_cursor(page.model.index(row, page.model.column_of(field)))


def test_chosen_columns_are_shown_in_that_order_and_again_next_time(page, window):
    page.grid.choose_columns(["name", "contact", "building"])
    assert ids(page) == ["name", "contact", "building"] and page.model.columnCount() == 4
    assert page.model.headerData(2, Qt.Orientation.Horizontal) == page.ledger.fields["contact"].heading
    assert ids(LedgerPage(window.desk, "unit", window)) == ["name", "contact", "building"]


def test_a_field_new_in_the_definitions_is_shown_at_the_end(page, window):
    page.grid.choose_columns(["name", "contact"])
    kept = window.config.get("columns/unit")
    window.config.put("columns/unit", {**kept, "hidden": [name for name in kept["hidden"] if name != "building"]})
    assert columnset.kept(window.config, "unit", page.model.all_fields) == ["name", "contact", "building"]


def test_all_columns_as_defined_are_remembered_as_nothing(page, window):
    page.grid.choose_columns(["name"])
    page.grid.choose_columns([])
    assert window.config.get("columns/unit") is None and page.model.fields == page.model.all_fields


def test_widths_follow_their_field(page):
    page.grid.setColumnWidth(page.model.column_of("contact"), 222)
    page.grid.choose_columns(["name", "building", "contact"])
    assert page.grid.columnWidth(3) == 222


def test_typing_and_pasting_go_by_the_columns_shown(page, workspace, units):
    page.grid.choose_columns(["name", "building", "contact"])
    page.model.write({0: {"contact": "甲"}}, "修改")
    put(page, 0, "building")
    page.grid.tab()
    assert page.grid.currentIndex().column() == page.model.column_of("contact")
    assert workspace.record("unit", units[0]).values["contact"] == "甲"


def test_a_jump_to_a_hidden_column_shows_it(page, window, units):
    page.grid.choose_columns(["name"])
    window.desk.open("unit", record=units[1], field="registered_on")
    assert ids(page) == ["name", "registered_on"] and page.grid.currentIndex().column() == 2


def test_sorting_by_a_column_that_is_then_hidden_stays_and_its_arrow_goes(page):
    page.grid.sortByColumn(page.model.column_of("name"), DOWN)
    before = names(page)
    page.grid.choose_columns(["uscc", "name"])
    assert names(page) == before and page.grid.horizontalHeader().sortIndicatorSection() == 2
    page.model.choose(["uscc"])
    page.grid._fit_columns()
    assert page.grid.horizontalHeader().sortIndicatorSection() == -1 and page.model.source.order == (("name", False),)


@pytest.mark.parametrize("fixed", ["name"])
def test_the_column_dialog_moves_and_hides_by_keyboard_and_keeps_the_name(page, qtbot, fixed):
    page.view.choose_columns()
    dialog = page.findChild(ColumnDialog)
    first = dialog.chosen()[0]
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.chosen()[1] == first
    for row in range(dialog.list.count()):
        dialog.list.setCurrentRow(row)
        qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.chosen() == [fixed]
    dialog._go()
    assert ids(page) == [fixed] and page.view.text().startswith("视图（")


def test_a_view_brings_search_filter_sort_and_columns_back(page, window, workspace):
    page.grid.choose_columns(["name", "registered_on"])
    page.search.setText("北京")
    page.filter.narrow_to(Condition((Clause("registered_on", "<=", dt.date(2001, 1, 1)),)))
    page.grid.sortByColumn(page.model.column_of("name"), DOWN)
    page.view.save("老单位")
    page.view.plain()
    assert page.model.records == 3 and page.model.fields == page.model.all_fields and page.search.text() == ""
    page.view.apply(SavedViews(workspace, "unit").all()[0])
    assert names(page) == ["北京甲有限公司"] and ids(page) == ["name", "registered_on"]
    assert page.model.source.order == (("name", False),) and page.view.text() == "视图：老单位"


@pytest.mark.parametrize("clause", [
    Clause("registered_on", ">=", dt.date(2001, 2, 3)), Clause("name", "contains", "甲"), Clause("contact", "empty"),
    Clause("is_group", "=", True), Clause("holding", "!=", "5")])
def test_every_kind_of_value_in_a_view_reads_back_the_same(workspace, clause):
    views = SavedViews(workspace, "unit")
    views.put(View("一", where=Condition((clause,)), order=(("name", True),), columns=("name",)))
    assert views.all() == [View("一", "", Condition((clause,)), (("name", True),), ("name",))]


def test_what_the_definitions_no_longer_know_is_passed_over_in_a_view(workspace):
    views = SavedViews(workspace, "unit")
    workspace.set_setting("ui.views.unit", '{"旧": {"where": [["gone", "=", "1"]], "order": [["gone", true]], "columns": ["gone", "name"]}, "坏": 3}')
    assert views.all() == [View("旧", columns=("name",))]


@pytest.mark.parametrize("kept", ["", "{", "[]", "3"])
def test_damaged_views_are_none(workspace, kept):
    workspace.set_setting("ui.views.unit", kept)
    assert SavedViews(workspace, "unit").all() == []


def test_the_menu_lists_views_marks_the_one_in_force_and_deletes(page):
    page.view.save("全部样子")
    menu = page.view.menu_now()
    assert [(a.text(), a.isChecked()) for a in menu.actions()][0] == ("全部样子", True)
    page.view._drop(next(a for m in menu.actions() if m.menu() for a in m.menu().actions()))
    assert page.view.views.all() == [] and page.view.text() == "视图"


@pytest.mark.parametrize(("row", "field", "found"), [
    (0, "community_code", ["北京甲有限公司"]),
    (0, "registered_on", ["北京甲有限公司"]),
    (0, "biz_address", ["北京甲有限公司", "北京乙有限公司"]),
    (2, "biz_address", ["北京丙有限公司"]),
])
def test_a_cell_narrows_to_rows_like_it_and_widens_again(page, qtbot, row, field, found):
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    put(page, row, field)
    qtbot.keyClick(page.grid, Qt.Key.Key_L, keys)
    assert names(page) == found
    put(page, 0, field)
    qtbot.keyClick(page.grid, Qt.Key.Key_L, keys)
    assert len(names(page)) == 3


def test_an_unreadable_cell_is_no_filter_and_says_so(page, window):
    put(page, 1, "registered_on")
    page.grid.narrow_to_cell()
    assert page.model.records == 3 and "不能用来筛选" in window.statusBar().currentMessage()


def test_what_is_filtered_is_seen_while_the_filter_row_is_closed(page):
    put(page, 0, "community_code")
    page.grid.narrow_to_cell()
    chips = page.filter.chips.findChildren(QPushButton)
    assert not page.filter.isVisible() and page.filter.chips.isVisible() and "忠实里社区" in chips[0].text()
    page.clear_filter()
    assert not page.filter.chips.isVisible()


def test_a_child_ledger_narrows_by_what_it_hangs_on(window, workspace, units):
    made = workspace.save("safety_inspection", [Edit(None, {"unit_id": unit, "inspected_on": "2017-05-04"}) for unit in units[:2]])
    first, second = made.ledgers["safety_inspection"][0]
    workspace.save("hazard", [Edit(None, {"item_desc": "灭火器压力不足"}, first), Edit(None, {"item_desc": "安全出口上锁"}, second)])
    window.show_page("hazard")
    page = window.pages["hazard"]
    page.refresh(None)
    page.grid.put_cursor(page.model.index(1, 1))
    page.grid.narrow_to_cell()
    assert page.model.records == 1 and page.model.record(0).parent == second
    page.view.save("一次检查")
    page.view.plain()
    page.view.apply(page.view.views.all()[0])
    assert page.model.records == 1
