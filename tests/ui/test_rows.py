"""Whole rows by keyboard: one value into many, a copy, values a new row repeats, from a record to its children and back."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt

from unionclient.ui.bulk_dialog import BulkDialog
from unionclient.ui.grid import rows
from unionclient.workspace import Edit

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def put(page, row, field):
    page.grid.put_cursor(page.model.index(row, page.model.column_of(field)))


def select(page, top, bottom, field):
    column = page.model.column_of(field)
    put(page, top, field)
    page.grid.selectionModel().select(QItemSelection(page.model.index(top, column), page.model.index(bottom, column)),
                                      QItemSelectionModel.SelectionFlag.ClearAndSelect)


def cells(page, field):
    return [page.model.text(row, page.model.column_of(field)) for row in range(page.model.records)]


def bulk(page, qtbot):
    qtbot.keyClick(page.grid, Qt.Key.Key_H, CTRL_SHIFT)
    return page.grid.findChild(BulkDialog)


def test_one_value_goes_into_all_selected_rows_as_one_step(page, qtbot, window):
    select(page, 0, 1, "contact")
    dialog = bulk(page, qtbot)
    assert dialog.field.currentData() == "contact" and not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.input, "wang")
    dialog.go.click()
    assert cells(page, "contact") == ["wang", "wang", ""]
    window.undo()
    assert cells(page, "contact") == ["", "", ""]


def test_it_says_how_many_rows_lose_something(page, qtbot, workspace, units):
    page.model.write({0: {"contact": "甲"}}, "修改")
    select(page, 0, 2, "contact")
    dialog = bulk(page, qtbot)
    qtbot.keyClicks(dialog.input, "wang")
    assert "其中 1 条" in dialog.told.text()


def test_a_text_that_cannot_be_read_goes_into_no_row(page, qtbot):
    select(page, 0, 2, "registered_on")
    dialog = bulk(page, qtbot)
    qtbot.keyClicks(dialog.input, "someday")
    assert not dialog.go.isEnabled() and dialog.told.text()


def test_clearing_many_rows_must_be_meant(page, qtbot):
    select(page, 0, 2, "biz_address")
    dialog = bulk(page, qtbot)
    dialog.empty.setChecked(True)
    dialog.go.click()
    assert cells(page, "biz_address") == ["", "", ""]


def test_too_many_rows_are_refused_in_words(page, answers, monkeypatch):
    monkeypatch.setattr(rows, "MOST_CHANGED", 2)
    select(page, 0, 2, "contact")
    page.grid.change_many()
    assert answers.asked == ["一次最多修改 2 条。"]


def test_a_copied_row_repeats_all_but_what_names_it(page, qtbot, workspace, units):
    workspace.save("unit", [Edit(units[0], {"contact": "甲", "uscc": "91110101MA0000015M", "holding": "5"})])
    page.refresh(None)
    put(page, 0, "contact")
    qtbot.keyClick(page.grid, Qt.Key.Key_D, CTRL_SHIFT)
    made = page.model.record(3)
    assert made.values["community_code"] == page.model.record(0).values["community_code"] and made.values["holding"] == "5"
    assert made.values["uscc"] is None and made.values["name"] is None
    here = page.grid.currentIndex()
    assert here.row() == 3 and page.model.fields[here.column() - 1].id not in ("holding", "community_code")


def test_a_copied_child_hangs_on_the_same_record(window, workspace, units):
    made = workspace.save("safety_inspection", [Edit(None, {"unit_id": units[0], "inspected_on": "2017-05-04"})])
    parent = made.ledgers["safety_inspection"][0][0]
    workspace.save("hazard", [Edit(None, {"item_desc": "灭火器压力不足"}, parent)])
    window.show_page("hazard")
    page = window.pages["hazard"]
    page.refresh(None)
    page.grid.go_to(0, 1)
    page.grid.duplicate_rows()
    assert [record.parent for record in workspace.records("hazard")] == [parent, parent]


def test_a_sticky_column_begins_new_rows_with_the_last_value(page, qtbot, window, workspace):
    put(page, 0, "community_code")
    qtbot.keyClick(page.grid, Qt.Key.Key_R, CTRL_SHIFT)
    assert "沿用" in page.model.headerData(page.model.column_of("community_code"), Qt.Orientation.Horizontal)
    page.model.write({2: {"community_code": "忠实里社区"}}, "修改")
    page.model.setData(page.model.index(3, page.model.column_of("name")), "北京丁有限公司")
    assert cells(page, "community_code")[3] == "忠实里社区"
    page.model.write({3: {"community_code": "龙潭社区"}}, "修改")
    page.grid.sortByColumn(page.model.column_of("name"), Qt.SortOrder.DescendingOrder)
    page.model.setData(page.model.index(4, page.model.column_of("name")), "北京戊有限公司")
    assert cells(page, "community_code")[4] == "龙潭社区"
    assert window.config.get("sticky/unit") == ["community_code"]


def test_what_is_typed_goes_before_what_is_repeated(page):
    page.model.sticky.toggle("contact")
    page.model.write({2: {"contact": "甲"}}, "修改")
    page.model.setData(page.model.index(3, page.model.column_of("contact")), "乙")
    assert cells(page, "contact")[3] == "乙"


def test_a_paste_repeats_nothing(page):
    from unionclient.ui.grid.pasteplan import plan_paste

    page.model.sticky.toggle("community_code")
    plan = plan_paste(page.model, [["北京丁有限公司"]], 3, page.model.column_of("name"))
    page.model.save(plan.edits, "粘贴")
    assert page.model.record(3).values["community_code"] is None


@pytest.mark.parametrize("kept", [None, "community_code", [1, None]])
def test_a_damaged_memory_of_sticky_columns_is_none(window, kept):
    window.config.put("sticky/unit", kept)
    assert rows.Sticky(window.config, "unit")._fields == []


def test_alt_down_goes_to_the_children_and_alt_up_back(window, workspace, units, qtbot):
    workspace.save("safety_inspection", [Edit(None, {"unit_id": units[0], "inspected_on": "2017-05-04"})])
    window.show_page("safety_inspection")
    page = window.pages["safety_inspection"]
    page.refresh(None)
    page.grid.go_to(0, 2)
    page.grid.setFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Down, ALT)
    first = page.form.children_of[0]
    assert window.focusWidget() is first.grid and first.grid.currentIndex().row() == 0
    qtbot.keyClick(first.grid, Qt.Key.Key_Down, ALT)
    assert window.focusWidget() is page.form.children_of[1 % len(page.form.children_of)].grid
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up, ALT)
    assert window.focusWidget() is page.grid and page.grid.currentIndex().row() == 0


def test_alt_up_on_a_childs_own_page_goes_to_what_it_hangs_on(window, workspace, units):
    made = workspace.save("safety_inspection", [Edit(None, {"unit_id": unit, "inspected_on": "2017-05-04"}) for unit in units[:2]])
    second = made.ledgers["safety_inspection"][0][1]
    workspace.save("hazard", [Edit(None, {"item_desc": "灭火器压力不足"}, second)])
    window.show_page("hazard")
    page = window.pages["hazard"]
    page.refresh(None)
    page.grid.go_to(0, 1)
    page.grid.to_parent()
    above = window.pages["safety_inspection"]
    assert window.current == "safety_inspection" and above.model.record(above.grid.currentIndex().row()).id == second


def test_where_there_is_no_level_it_is_said(page, window):
    page.grid.go_to(0, 1)
    page.grid.to_parent()
    assert "上面没有" in window.statusBar().currentMessage()
    page.grid.go_to(page.model.records, 1)
    page.grid.to_children()
    assert "先填写" in window.statusBar().currentMessage()
