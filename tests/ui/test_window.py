"""Working in the window as an officer does: keys, mouse, paste, undo, search and filter."""

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from unionclient.definition.condition import Clause, Condition
from unionclient.ui.grid.paste_preview import PastePreview
from unionclient.workspace import Edit

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


def put(page, row, field):
    page.grid.go_to(row, page.model.column_of(field))
    page.grid.setFocus()


def cells(page, field):
    return [page.model.text(row, page.model.column_of(field)) for row in range(page.model.records)]


def editor(page):
    return next(e for e in page.grid.viewport().findChildren(QLineEdit) if e.isVisible())


def type_in(qtbot, page, text):
    """The first key opens the cell; the others go to its input. Chinese arrives as an input method commits it."""
    if text.isascii():
        qtbot.keyClick(page.grid, text[0])
        qtbot.keyClicks(editor(page), text[1:])
    else:
        commit(page.grid, text)


def commit(widget, text):
    QApplication.sendEvent(widget, QInputMethodEvent("guo", []))
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(qtbot, page, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        qtbot.keyClick(page.grid, key, modifier)


def test_typing_replaces_and_enter_saves_and_moves_down(page, qtbot, workspace, units):
    put(page, 0, "community_code")
    type_in(qtbot, page, "abc")
    qtbot.keyClick(editor(page), KEY.Key_Return)
    assert workspace.record("unit", units[0])["community_code"] == "abc"
    assert page.grid.currentIndex().row() == 1


def test_f2_edits_what_is_there_and_tab_moves_right(page, qtbot, workspace, units):
    put(page, 0, "community_code")
    press(qtbot, page, KEY.Key_F2)
    qtbot.keyClick(editor(page), KEY.Key_End)
    qtbot.keyClicks(editor(page), "X")
    qtbot.keyClick(editor(page), KEY.Key_Tab)
    assert workspace.record("unit", units[0])["community_code"] == "忠实里社区X"
    assert page.grid.currentIndex().column() == page.model.column_of("community_code") + 1


def test_escape_leaves_the_cell_as_it_was(page, qtbot, workspace, units):
    put(page, 0, "community_code")
    type_in(qtbot, page, "abc")
    qtbot.keyClick(editor(page), KEY.Key_Escape)
    assert workspace.record("unit", units[0])["community_code"] == "忠实里社区"
    assert workspace.undo_title == "准备"


def test_enter_after_tabs_goes_back_to_the_first_column(page, qtbot):
    put(page, 0, "name")
    press(qtbot, page, KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Return)
    here = page.grid.currentIndex()
    assert (here.row(), here.column()) == (1, page.model.column_of("name"))


def test_chinese_from_an_input_method_opens_the_cell_and_is_kept(page, qtbot, workspace, units):
    put(page, 0, "building")
    commit(page.grid, "国瑞大厦")
    page.grid.finish_editing()
    assert workspace.record("unit", units[0])["building"] == "国瑞大厦"


def test_a_fault_is_said_under_the_cell_while_one_types(page, qtbot):
    put(page, 0, "uscc")
    type_in(qtbot, page, "12345")
    tip = page.grid.itemDelegate()._tip
    qtbot.waitUntil(lambda: tip.isVisible() and tip.words.text().startswith("必须改正"))


def test_a_code_is_found_by_a_part_of_its_title(page, qtbot, workspace, units):
    put(page, 0, "holding")
    type_in(qtbot, page, "私人")
    popup = editor(page)._popup
    assert popup.isVisible()
    qtbot.keyClick(popup, KEY.Key_Return)
    qtbot.waitUntil(lambda: workspace.record("unit", units[0])["holding"] == "5")


def test_delete_clears_the_selected_cells_as_one_step(page, qtbot, workspace):
    page.grid.select_cells(page.model.index(0, 1), page.model.index(2, 1))
    press(qtbot, page, KEY.Key_Delete)
    assert cells(page, "name") == ["", "", ""]
    workspace.undo()
    assert workspace.undo_title == "准备"


def test_a_pasted_block_is_one_step_and_goes_on_below_the_last_row(page, window, qtbot, workspace):
    QApplication.clipboard().setText("北京丁有限公司\t91110101MA0000015M\n北京戊有限公司\t\n北京己有限公司\t")
    put(page, 2, "name")
    press(qtbot, page, KEY.Key_V, modifier=CTRL)
    page.grid.findChild(PastePreview).go.click()
    assert cells(page, "name") == ["北京甲有限公司", "北京乙有限公司", "北京丁有限公司", "北京戊有限公司", "北京己有限公司"]
    window.undo()
    assert sorted(cells(page, "name")) == sorted(["北京甲有限公司", "北京乙有限公司", "北京丙有限公司"])


def test_one_value_is_pasted_onto_every_selected_cell(page, qtbot):
    QApplication.clipboard().setText("龙潭社区")
    column = page.model.column_of("community_code")
    page.grid.select_cells(page.model.index(0, column), page.model.index(2, column))
    press(qtbot, page, KEY.Key_V, modifier=CTRL)
    assert cells(page, "community_code") == ["龙潭社区"] * 3


def test_paste_on_a_sorted_view_hits_the_rows_shown(page, qtbot):
    page.grid.sortByColumn(page.model.column_of("name"), Qt.SortOrder.DescendingOrder)
    shown = cells(page, "name")
    QApplication.clipboard().setText("一\n二")
    put(page, 0, "building")
    press(qtbot, page, KEY.Key_V, modifier=CTRL)
    assert dict(zip(cells(page, "name"), cells(page, "building"), strict=True)) == {shown[0]: "一", shown[1]: "二", shown[2]: ""}


def test_a_picture_on_the_clipboard_is_refused_in_words(page, window, qtbot):
    from PySide6.QtGui import QImage

    QApplication.clipboard().setImage(QImage(4, 4, QImage.Format.Format_RGB32))
    put(page, 0, "name")
    press(qtbot, page, KEY.Key_V, modifier=CTRL)
    assert "没有文字" in window.statusBar().currentMessage()


def test_copied_cells_paste_back_to_the_same_values(page, qtbot, workspace, units):
    workspace.save("unit", [Edit(units[0], {"holding": "5", "is_group": "是"})])
    page.refresh(None)
    last = page.model.columnCount() - 1
    page.grid.select_cells(page.model.index(0, 2), page.model.index(0, last))
    press(qtbot, page, KEY.Key_C, modifier=CTRL)
    put(page, 2, "uscc")
    press(qtbot, page, KEY.Key_V, modifier=CTRL)
    first, third = workspace.record("unit", units[0]), workspace.record("unit", units[2])
    assert {**first.values, "name": ""} == {**third.values, "name": ""}


def test_fill_down_repeats_the_top_row_as_one_step(page, qtbot, workspace):
    column = page.model.column_of("community_code")
    page.grid.select_cells(page.model.index(0, column), page.model.index(2, column))
    press(qtbot, page, KEY.Key_D, modifier=CTRL)
    assert cells(page, "community_code") == ["忠实里社区"] * 3
    assert workspace.undo_title == "向下填充2行"


def test_retiring_asks_for_a_reason_and_can_be_undone(page, window, answers, workspace, units):
    put(page, 1, "name")
    page.grid.retire_rows()
    assert answers.asked == ["作废记录"] and cells(page, "name") == ["北京甲有限公司", "北京丙有限公司"]
    assert workspace.history("unit", units[1])[0].reason == "单位重复登记"
    window.undo()
    assert len(cells(page, "name")) == 3


def test_undo_and_redo_name_their_step_and_work_from_the_keyboard(window, page, qtbot):
    put(page, 0, "building")
    type_in(qtbot, page, "A")
    qtbot.keyClick(editor(page), KEY.Key_Return)
    qtbot.waitUntil(lambda: window.bar.undo.text() == "撤销：修改所在楼宇")
    window.undo()
    assert cells(page, "building")[0] == ""
    qtbot.waitUntil(lambda: window.bar.redo.text() == "重做：修改所在楼宇")
    window.redo()
    assert cells(page, "building")[0] == "A"


def test_undo_of_a_step_on_another_page_goes_there(window, page, workspace, units):
    changes = workspace.save("union_org", [Edit(None, {"name": "甲工会"})], title="新增工会")
    window.desk.publish(changes)
    changes = workspace.save("union_org", [Edit(changes.ledgers["union_org"][0][0], {"name": "乙工会"})])
    window.desk.publish(changes)
    window.undo()
    assert window.current == "union_org"
    assert window.pages["union_org"].model.text(0, 1) == "甲工会"


def test_the_search_looks_into_every_column_and_says_how_many(page, qtbot):
    commit(page.search, "广渠门")
    qtbot.waitUntil(lambda: page.model.records == 1)
    assert page._state.text() == "筛选出 1 条，共 3 条" and page._clear.isVisible()
    page.clear_filter()
    assert page.model.records == 3 and page._state.text() == "全部 3 条"


@pytest.mark.parametrize(("field", "operator", "typed", "found"), [
    ("name", "contains", "甲", ["北京甲有限公司"]),
    ("registered_on", "<=", "2001年1月1日", ["北京甲有限公司"]),
    ("biz_address", "filled", None, ["北京丙有限公司"]),
    ("biz_address", "empty", None, ["北京甲有限公司", "北京乙有限公司"]),
    ("street_code", "=", "东花市街道", ["北京甲有限公司", "北京乙有限公司", "北京丙有限公司"]),
])
def test_a_filter_is_put_together_from_field_operator_and_value(page, field, operator, typed, found):
    bar = page.filter
    bar.field.setCurrentIndex(bar.field.findData(field))
    bar.field.activated.emit(bar.field.currentIndex())
    bar.operator.setCurrentIndex(bar.operator.findData(operator))
    bar.operator.activated.emit(bar.operator.currentIndex())
    if typed:
        bar._value.setText(typed)
    bar.add()
    assert cells(page, "name") == found


def test_a_filter_value_that_cannot_be_read_is_said_and_not_applied(page):
    bar = page.filter
    bar.field.setCurrentIndex(bar.field.findData("registered_on"))
    bar.field.activated.emit(bar.field.currentIndex())
    bar._value.setText("去年")
    bar.add()
    assert bar._fault.text() and page.model.records == 3


def test_a_jump_clears_the_filter_that_hides_the_record(window, page, units):
    page.narrow_to(Condition((Clause("name", "contains", "甲"),)))
    window.desk.open("unit", record=units[2], field="biz_address")
    here = page.grid.currentIndex()
    assert page.model.record(here.row()).id == units[2] and here.column() == page.model.column_of("biz_address")


def test_the_finder_looks_into_all_ledgers_and_opens_what_is_chosen(window, qtbot, workspace, units):
    workspace.save("union_org", [Edit(None, {"name": "龑堃工会委员会"})])
    finder = window.bar.finder
    finder.setText("龑堃")
    finder.look()
    found = finder._listed.item(0)
    assert found.text().endswith("龑堃工会委员会")
    finder._go(found.index())
    assert window.current == "union_org" and window.pages["union_org"].grid.currentIndex().row() == 0


def test_what_is_being_typed_is_saved_when_the_page_is_left(window, page, qtbot, workspace, units):
    put(page, 0, "building")
    type_in(qtbot, page, "大楼")
    window.show_page("union_org")
    assert workspace.record("unit", units[0])["building"] == "大楼"


def test_selected_numbers_are_added_up_exactly(window, workspace, units):
    workspace.save("employee_stat", [Edit(None, {"unit_id": u, "employees": str(n)}) for u, n in zip(units, (3, 5, 10), strict=True)])
    window.show_page("employee_stat")
    stat = window.pages["employee_stat"]
    column = stat.model.column_of("employees")
    stat.grid.select_cells(stat.model.index(0, column), stat.model.index(2, column))
    assert window._selection.text() == "选中 3 格　合计 18　平均 6.00"


def test_widths_page_and_size_are_remembered(window, page, workspace, look, qtbot):
    from unionclient.ui.config import Config
    from unionclient.ui.main_window import MainWindow

    page.grid.setColumnWidth(1, 333)
    window.show_page("union_org")
    again = MainWindow(workspace, Config(), look)
    again.deleteLater()
    assert again.current == "union_org" and again.page("unit").grid.columnWidth(1) == 333


def test_the_first_columns_stay_when_the_grid_is_scrolled_right(page, qtbot):
    bar = page.grid.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    assert page.grid.frozen.isVisible()
    put(page, 0, "old_code")
    assert page.grid.visualRect(page.grid.currentIndex()).left() >= page.grid.frozen.covers
    bar.setValue(0)
    assert not page.grid.frozen.isVisible()


def test_an_unfocused_combo_box_ignores_the_wheel(page, qtbot):
    page.filter.show()
    page.grid.setFocus()
    box = page.filter.field
    wheel = QWheelEvent(box.rect().center(), box.mapToGlobal(box.rect().center()), QPoint(0, -120), QPoint(0, -120),
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == 0


def test_the_finding_of_the_cell_one_comes_to_is_told_and_goes_with_the_cursor(window, page):
    put(page, 1, "registered_on")
    assert "去年" in window.statusBar().currentMessage()
    put(page, 0, "registered_on")
    assert window.statusBar().currentMessage() == ""


def test_a_page_read_slowly_is_told_in_the_status_bar_and_holds_up_no_key(window, qtbot):
    go_on, got = threading.Event(), []
    home = window.page("home")
    home.read("读取待办", lambda workspace, progress: go_on.wait(5), got.append)
    qtbot.waitUntil(lambda: window._reading.text() == "正在读取待办……")
    assert QApplication.activeModalWidget() is None and window._stop.isVisibleTo(window)
    go_on.set()
    qtbot.waitUntil(lambda: bool(got))
    assert window._reading.text() == "" and not window._stop.isVisibleTo(window)


def named(window, text):
    """What the finder lists."""
    finder = window.bar.finder
    finder.setText(text)
    finder.look()
    return [finder._listed.item(row).text() for row in range(finder._listed.rowCount())]


@pytest.mark.parametrize("text", ["批量修改", "plxg"])
def test_the_finder_names_what_can_be_done_here_with_its_keys(window, text):
    assert "批量修改所选各行　Ctrl+Shift+H" in named(window, text)


def test_a_button_named_in_the_finder_is_pressed(window, page, qtbot):
    at = named(window, "新增").index("新增")
    window.bar.finder._go(window.bar.finder._listed.item(at).index())
    qtbot.waitUntil(lambda: page.grid.currentIndex().row() == page.model.records)


def test_who_opens_a_page_by_name_types_on_in_its_grid(window, qtbot):
    window.activateWindow()
    window.bar.finder.setFocus()
    named(window, "隐患排查治理")
    window.bar.finder._go(window.bar.finder._listed.item(0).index())
    assert window.focusWidget() is window.pages["hazard"].grid


@pytest.mark.parametrize("text", ["隐患排查治理", "yhpczl"])
def test_the_finder_opens_pages_by_name_and_by_pinyin(window, text):
    finder = window.bar.finder
    finder.setText(text)
    finder.look()
    finder._go(finder._listed.item(0).index())
    assert window.current == "hazard"
