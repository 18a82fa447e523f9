"""The record form: fields saved as they are left, messages, children, attachments, history."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from unionclient.ui.form_fields import FieldRow
from unionclient.workspace import Edit


@pytest.fixture
def form(window, page):
    page.grid.go_to(0, 1)
    page.open_form()
    return page.form


def fill(row: FieldRow, text: str) -> None:
    """Type into a field and leave it."""
    row.input.setFocus()
    row.input.selectAll()
    row.input.insert(text)
    row.input.textEdited.emit(row.input.text())
    row.input.editingFinished.emit()


def test_the_form_shows_the_current_row_and_follows_it(form, page):
    assert form.fields.rows["name"].input.text() == "北京甲有限公司"
    page.grid.go_to(1, 1)
    assert form.fields.rows["registered_on"].input.text() == "去年"
    assert form.fields.rows["registered_on"].words.text()


def test_leaving_a_field_saves_it_and_the_grid_shows_it(form, page, workspace, units):
    fill(form.fields.rows["building"], "国瑞大厦")
    assert workspace.record("unit", units[0])["building"] == "国瑞大厦"
    assert page.model.text(0, page.model.column_of("building")) == "国瑞大厦"
    assert workspace.undo_title == "修改所在楼宇"


def test_a_date_typed_in_any_form_is_shown_in_one(form, workspace, units):
    row = form.fields.rows["registered_on"]
    fill(row, "2017年3月5日")
    assert row.input.text() == "2017-03-05"


def test_a_faulty_text_is_saved_as_typed_and_said_below_the_field(form, workspace, units):
    row = form.fields.rows["registered_on"]
    fill(row, "2017-02-30")
    assert workspace.record("unit", units[0]).raw == {"registered_on": "2017-02-30"}
    assert row.input.text() == "2017-02-30" and row.words.isVisible() and row.input.property("state") == "block"


def test_a_code_is_chosen_from_the_list_of_its_field(form, qtbot, workspace, units):
    line = form.fields.rows["holding"].input
    line.show_all()
    assert line._listed.rowCount() == len(line.field.codes.codes)
    qtbot.keyClick(line._popup, Qt.Key.Key_Down)
    qtbot.keyClick(line._popup, Qt.Key.Key_Return)
    assert workspace.record("unit", units[0])["holding"] is not None


def test_a_new_record_begins_with_its_first_field(page, form, workspace):
    page.grid.start_new()
    assert form.record is None and form.fields.rows["name"].input.text() == ""
    fill(form.fields.rows["name"], "北京丁有限公司")
    assert workspace.count("unit") == 4 and form.record["name"] == "北京丁有限公司"
    assert page.model.record(page.grid.currentIndex().row()).id == form.record.id


def test_looking_at_an_empty_form_makes_no_record(page, form, workspace):
    page.grid.start_new()
    page.close_form()
    assert workspace.count("unit") == 3


def test_undo_shows_in_the_open_form(form, window):
    fill(form.fields.rows["building"], "国瑞大厦")
    window.undo()
    assert form.fields.rows["building"].input.text() == ""


def test_stepping_to_the_next_record_saves_what_is_being_typed(form, workspace, units):
    row = form.fields.rows["building"]
    row.input.setFocus()
    row.input.insert("半句")
    form._next()
    assert workspace.record("unit", units[0])["building"] == "半句"
    assert form.record.id == units[1]


def test_required_fields_are_marked_and_have_it_in_their_name(form):
    row = form.fields.rows["name"]
    assert row.input.accessibleName() == "单位名称，必填"


def test_the_history_says_who_when_what_and_old_to_new(form, workspace):
    fill(form.fields.rows["community_code"], "广渠门社区")
    form.tabs.setCurrentWidget(form.history)
    told = form.history.toPlainText()
    assert "张三" in told and "忠实里社区 → 广渠门社区" in told


@pytest.fixture
def inspection(window, workspace, units):
    changes = workspace.save("safety_inspection", [Edit(None, {"unit_id": units[0]})])
    window.show_page("safety_inspection")
    shown = window.pages["safety_inspection"]
    shown.grid.go_to(0, 1)
    shown.open_form()
    return shown.form, changes.ledgers["safety_inspection"][0][0]


def test_children_are_added_in_the_small_grid_and_counted(inspection, workspace):
    form, record = inspection
    section = form.children_of[0]
    assert section.ledger.parent == "safety_inspection"
    section.model.setData(section.model.index(0, section.model.column_of("location")), "库房")
    assert [child.values["location"] for child in workspace.children(section.ledger.id, record)] == ["库房"]
    assert section._count.text() == "1 条"


def test_a_child_opens_in_a_dialog_of_its_own(inspection, qtbot, workspace):
    form, record = inspection
    section = form.children_of[0]
    section.model.setData(section.model.index(0, section.model.column_of("location")), "库房")
    section.grid.go_to(0, 1)
    section.open_form()
    dialog = section.children()[-1]
    assert dialog.form.record.parent == record
    fill(dialog.form.fields.rows["location"], "二层库房")
    assert workspace.children(section.ledger.id, record)[0]["location"] == "二层库房"
    dialog.close()


def test_files_are_attached_and_removed_each_as_one_step(inspection, workspace, answers, tmp_path):
    form, record = inspection
    row = next(r for r in form.fields.rows.values() if r.is_files)
    (tmp_path / "照片.png").write_bytes(b"\x89PNG 1234")
    answers.paths = [tmp_path / "照片.png"]
    row.input._ask()
    assert row.input.list.count() == 1 and "照片.png" in row.input.list.item(0).text()
    row.input.list.setCurrentRow(0)
    row.input.remove()
    assert row.input.list.count() == 0 and workspace.undo_title == "移除附件"


def test_a_refused_file_is_a_fault_in_words(inspection, answers, tmp_path):
    from unionclient.definition.faults import UnionClientError

    form, _record = inspection
    row = next(r for r in form.fields.rows.values() if r.is_files)
    (tmp_path / "a.exe").write_bytes(b"MZ")
    with pytest.raises(UnionClientError, match="程序文件"):
        row.input.add([tmp_path / "a.exe"])


def test_the_panel_fits_a_small_screen(window, page, form):
    assert window.minimumSizeHint().width() <= 1366 and window.minimumSizeHint().height() <= 728
    assert form.scroll.widget().width() <= form.scroll.viewport().width()


def test_a_status_offers_its_next_steps_only(window, workspace):
    made = workspace.save("union_org", [Edit(None, {"name": "甲工会", "status": "2"})]).ledgers["union_org"][0][0]
    window.show_page("union_org")
    page = window.pages["union_org"]
    page.grid.go_to(0, 1)
    page.open_form()
    line = page.form.fields.rows["status"].input
    steps = workspace.next_steps("union_org", made)
    assert [key for key, _title in line.entries("")] == [c for c in line.field.codes.codes if c in steps]


def test_a_code_is_found_by_its_pinyin(form):
    line = form.fields.rows["industry"].input
    assert line.field.codes.title_of(line.entries("jzy")[0][0]) == "建筑业"
    assert line.field.codes.title_of(line.entries("jianzhu")[0][0]) == "建筑业"


def test_a_text_typed_before_is_found_by_its_pinyin_in_any_ledger(form, workspace):
    workspace.save("founding_prospect", [Edit(None, {"unit_id": "北京甲有限公司", "community_code": "花市枣苑社区"})])
    line = form.fields.rows["community_code"].input
    line.setText("hszy")
    line._text_edited()
    assert line._popup.currentIndex().data() == "花市枣苑社区"
    line._choose(line._popup.currentIndex())
    assert line.typed() == "花市枣苑社区"


def test_a_new_text_stays_as_typed_though_the_list_offers_others(form, units):
    line = form.fields.rows["community_code"].input
    line.setText("忠实")
    line._text_edited()
    assert line._listed.item(0).text() == "忠实里社区" and not line._popup.currentIndex().isValid() and line.typed() == "忠实"
    line._popup.hide()


def test_the_list_follows_what_an_input_method_is_composing(form, qtbot):
    line = form.fields.rows["industry"].input
    line.setFocus()
    QApplication.sendEvent(line, QInputMethodEvent("jian zhu", []))
    assert line._popup.isVisible() and line._listed.item(0).text().endswith("建筑业")
    line._popup.hide()


def test_a_record_is_found_by_the_pinyin_of_its_name(form, workspace, units):
    workspace.save("unit", [Edit(units[2], {"name": "北京朝阳门餐饮有限公司"})])
    assert workspace.choices("unit", "cym") == workspace.choices("unit", "zymcy") == [(units[2], "北京朝阳门餐饮有限公司")]
