"""The field being typed survives a crash: kept apart, asked about at the next start, gone once saved."""

import json
import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox

from unionclient.definition.faults import StoreError
from unionclient.ui import draft
from unionclient.workspace import Edit


@pytest.fixture
def file(workspace):
    return workspace.folder / draft.FILE


@pytest.fixture
def asked(monkeypatch):
    """Takes the place of the question: keeps its words and the two deeds."""
    found = []
    monkeypatch.setattr(draft.ask, "confirm", lambda parent, title, text, then, *, otherwise, **_more: found.append((text, then, otherwise)))
    monkeypatch.setattr(draft.ask, "tell", lambda parent, title, text, more="": found.append((text, more)))
    return found


def type_in_cell(page, qtbot, row, field, text):
    page.grid.go_to(row, page.model.column_of(field))
    page.grid.setFocus()
    qtbot.keyClick(page.grid, text[0])
    for sign in text[1:]:
        qtbot.keyClick(next(e for e in page.grid.viewport().findChildren(QLineEdit) if e.isVisible()), sign)


def leave_behind(file, units, **told):
    file.write_text(json.dumps({"ledger": "unit", "record": units[0], "parent": None, "field": "contact", "text": "李四",
                                "at": "2017-11-23T14:30:00", **told}), "utf-8")


def test_what_is_typed_in_a_cell_is_on_disk_within_a_second_and_no_record_has_it(page, qtbot, file, workspace, units):
    type_in_cell(page, qtbot, 0, "contact", "lisi")
    qtbot.waitUntil(file.exists, timeout=2000)
    kept = json.loads(file.read_text("utf-8"))
    assert (kept["ledger"], kept["record"], kept["field"], kept["text"]) == ("unit", units[0], "contact", "lisi")
    assert workspace.record("unit", units[0]).values["contact"] is None
    assert os.name != "posix" or file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_saved_or_given_up_the_draft_is_gone(page, qtbot, file, window, key):
    type_in_cell(page, qtbot, 0, "contact", "lisi")
    window.desk.draft.keep()
    assert file.exists()
    qtbot.keyClick(next(e for e in page.grid.viewport().findChildren(QLineEdit) if e.isVisible()), key)
    assert not file.exists()


def test_what_is_typed_in_the_form_is_kept_and_gone_once_saved(page, qtbot, file, window):
    page.grid.go_to(0, 1)
    page.open_form()
    line = page.form.fields.rows["contact"].input
    qtbot.keyClicks(line, "wangwu")
    window.desk.draft.keep()
    assert json.loads(file.read_text("utf-8"))["text"] == "wangwu"
    page.leave()
    assert not file.exists()


def test_a_text_that_could_not_be_saved_stays_in_the_draft(page, qtbot, file, workspace, monkeypatch):
    def refuse(*_args, **_more):
        raise StoreError("磁盘已满。", "", "")

    type_in_cell(page, qtbot, 0, "contact", "lisi")
    monkeypatch.setattr(workspace, "save", refuse)
    delegate = page.grid.itemDelegate()
    line = next(e for e in page.grid.viewport().findChildren(QLineEdit) if e.isVisible())
    with pytest.raises(StoreError):
        delegate.setModelData(line, page.model, page.grid.currentIndex())
    delegate._closed()
    monkeypatch.undo()
    assert json.loads(file.read_text("utf-8"))["text"] == "lisi"


def test_the_next_start_asks_by_record_and_time_and_fills_it_in(window, page, file, units, asked, workspace):
    leave_behind(file, units)
    window.desk.draft._there = True
    draft.offer(window.desk, window)
    text, fill, _away = asked[0]
    assert "11月23日 14:30" in text and "北京甲有限公司" in text and "李四" in text
    fill()
    assert workspace.record("unit", units[0]).values["contact"] == "李四" and not file.exists()
    assert workspace.undo_title == "填回没有保存的" + workspace.library.ledgers["unit"].fields["contact"].title


def test_not_wanted_it_is_thrown_away(window, file, units, asked, workspace):
    leave_behind(file, units)
    window.desk.draft._there = True
    draft.offer(window.desk, window)
    asked[0][2]()
    assert not file.exists() and workspace.record("unit", units[0]).values["contact"] is None


def test_of_a_new_record_it_makes_the_record(window, file, units, asked, workspace):
    leave_behind(file, units, record=None, field="name", text="北京丁有限公司")
    draft.offer(window.desk, window)
    assert "新的一条" in asked[0][0]
    asked[0][1]()
    assert workspace.count("unit") == 4


def test_of_a_retired_record_its_text_is_shown_and_nothing_filled_in(window, file, units, asked, workspace):
    leave_behind(file, units)
    workspace.retire("unit", units[:1], "重复")
    draft.offer(window.desk, window)
    assert "李四" in asked[0][0] and "作废" in asked[0][1]


@pytest.mark.parametrize("content", ["", "{", "[]", "{\"ledger\": 1}", "null"])
def test_a_damaged_draft_is_passed_over(window, file, asked, content):
    file.write_text(content, "utf-8")
    draft.offer(window.desk, window)
    assert not asked


@pytest.mark.parametrize("told", [{"ledger": "gone"}, {"field": "gone"}, {"text": "  "}])
def test_a_draft_of_nothing_known_is_thrown_away(window, file, units, asked, told):
    leave_behind(file, units, **told)
    window.desk.draft._there = True
    draft.offer(window.desk, window)
    assert not asked and not file.exists()


def test_the_question_has_two_named_answers_and_both_end_it(window, file, units, qtbot):
    leave_behind(file, units)
    window.desk.draft._there = True
    draft.offer(window.desk, window)
    box = window.findChild(QMessageBox)
    assert [button.text() for button in box.buttons()] == ["填回去", "不要了"]
    box.buttons()[1].click()
    assert not file.exists()


def test_a_workspace_knows_nothing_of_the_draft(window, page, qtbot, workspace, units):
    type_in_cell(page, qtbot, 0, "contact", "lisi")
    window.desk.draft.keep()
    assert workspace.undo_title == "准备"
    page.leave()
    workspace.save("unit", [Edit(units[0], {"contact": "王"})])
