"""Re-keying in the window: chosen, typed blind by keyboard, compared, decided; nothing typed first is in sight meanwhile."""

import json

import pytest
from page_stage import desk, done, stage, texts  # noqa: F401 (fixtures)
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from unionclient.ui import ask, draft
from unionclient.ui.rekey.begin_dialog import BeginDialog
from unionclient.ui.rekey.page import RekeyPage
from unionclient.workspace import Edit

FIRST = ("91110101MA3000002X", "2001-01-01", "1", "2009-09-09")


@pytest.fixture
def ids(workspace):
    return workspace.save("unit", [Edit(None, {"name": f"北京{name}有限公司", "uscc": FIRST[0], "registered_on": FIRST[1], "biz_status": FIRST[2],
                                               "status_from": FIRST[3]}) for name in "甲乙"]).ledgers["unit"][0]


@pytest.fixture
def page(stage, workspace, ids, monkeypatch):
    """The blind grid of three fields of both units; every question is answered yes."""
    monkeypatch.setattr(ask, "confirm", lambda parent, title, text, then, **_more: then())
    begun = workspace.begin_rekey("unit", ids, ["uscc", "registered_on", "biz_status"])
    made = stage(RekeyPage)
    made.open_at(round=begun.id)
    made.typing.reader.setText("李四")
    made.typing.grid.setFocus()
    return made


def put(page, qtbot, text, key):
    grid = page.typing.grid
    qtbot.keyClick(grid, text[0])
    line = next(e for e in grid.viewport().findChildren(QLineEdit) if e.isVisible())
    qtbot.keyClicks(line, text[1:])
    qtbot.keyClick(line._popup if getattr(line, "choosing", False) else line, key)


def here(page):
    return page.typing.grid.currentIndex().row(), page.typing.grid.currentIndex().column()


def test_the_proposed_fields_are_ticked_and_the_selection_is_offered_first(desk, ids, qtbot):
    begun = []
    dialog = BeginDialog(desk, "unit", begun.append, None, chosen=ids[:1], narrowed=ids)
    qtbot.addWidget(dialog)
    assert [dialog.scope.itemText(n) for n in range(3)] == ["所选的 1 条", "筛选出的 2 条", "全部 2 条"]
    assert dialog.count.text() == "1 条记录，3 个项目，共 3 格"
    dialog.scope.setCurrentIndex(2)
    dialog.go.click()
    assert (begun[0].records, begun[0].fields) == (2, ("uscc", "registered_on", "status_from"))


def test_no_role_of_any_cell_tells_what_was_entered_first(page, qtbot):
    put(page, qtbot, "123", Qt.Key.Key_Tab)
    model, told = page.typing.model, []
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            told += [str(model.data(model.index(row, column), role)) for role in range(0, 300)]
    assert any("123" == text for text in told) and any("北京甲" in text for text in told)
    assert not [text for text in told for first in (FIRST[0], FIRST[1], "存续") if first in text]


def test_tab_goes_through_the_row_and_enter_to_the_next_rows_begin(page, qtbot, workspace):
    put(page, qtbot, "91110101MA3000002X", Qt.Key.Key_Tab)
    put(page, qtbot, "2001.1.1", Qt.Key.Key_Tab)
    assert here(page) == (0, 3)
    put(page, qtbot, "-", Qt.Key.Key_Return)
    assert here(page) == (1, 1)
    put(page, qtbot, "x", Qt.Key.Key_Return)    # the last row: to the top of the next column
    assert here(page) == (0, 2)
    assert {cell.text for cell in workspace.rekeyed(page.typing.round.id).values()} == {"91110101MA3000002X", "2001.1.1", "-", "x"}


def test_compared_and_decided_by_keys_and_taken_back(page, qtbot, desk, workspace, ids):
    put(page, qtbot, "91110101MA3000002Y", Qt.Key.Key_Tab)
    put(page, qtbot, "20010101", Qt.Key.Key_Tab)
    page.typing.compare()
    done(desk, qtbot)
    panel = page.differences
    assert [row[:5] for row in texts(panel.table)] == [["1", "北京甲有限公司", "统一社会信用代码", "91110101MA3000002X", "91110101MA3000002Y"]]
    assert panel.tiles.texts() == ["50.00%", "1", "1"]
    desk.changed.connect(page.refresh)
    qtbot.keyClick(panel.table, "2")
    done(desk, qtbot)
    assert workspace.record("unit", ids[0])["uscc"] == "91110101MA3000002Y" and texts(panel.table) == []
    desk.publish(workspace.undo())
    done(desk, qtbot)
    assert workspace.record("unit", ids[0])["uscc"] == FIRST[0] and texts(panel.table)[0][5] == "待决定"


def test_a_cell_being_typed_when_the_program_died_goes_back_into_the_second_reading_only(page, qtbot, desk, workspace, ids, monkeypatch):
    qtbot.keyClick(page.typing.grid, "9")
    desk.draft.keep()
    assert json.loads(desk.draft.path.read_text("utf-8"))["rekeyed"] == page.typing.round.id
    asked = []
    monkeypatch.setattr(draft.ask, "confirm", lambda parent, title, text, then, **_more: (asked.append(text), then()))
    draft.offer(desk, page)
    assert "双录单位基本信息“北京甲有限公司”的“统一社会信用代码”" in asked[0]
    assert workspace.rekeyed(page.typing.round.id)[ids[0], "uscc"].text == "9" and workspace.record("unit", ids[0])["uscc"] == FIRST[0]
