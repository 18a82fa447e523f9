"""Excel's keys in the grid, one table: where the cursor stands, what is selected, which keys, what stands there then.

Cells are written row:field; the page holds three units with contact 甲, 乙 and none.
"""

import datetime as dt

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from unionclient.ui.grid.keys import KEYS
from unionclient.workspace import Edit

TODAY = dt.date.today().isoformat()
# keys one after another · cursor before · other end of the selection · cursor after · what then stands where
TABLE = """
| keys             | at                | to                | then              | stands                                   |
| Return           | 0:contact         |                   | 1:contact         |                                          |
| Shift+Return     | 1:contact         |                   | 0:contact         |                                          |
| Tab              | 0:legal_rep       |                   | 0:contact         |                                          |
| Shift+Tab        | 0:contact         |                   | 0:legal_rep       |                                          |
| Tab Tab Return   | 0:legal_rep       |                   | 1:legal_rep       |                                          |
| 李 Return         | 0:contact         |                   | 1:contact         | 0:contact=李                              |
| 李 Tab            | 0:contact         |                   | 0:contact_phone   | 0:contact=李                              |
| 李 Esc            | 0:contact         |                   | 0:contact         | 0:contact=甲                              |
| F2 李 Return      | 0:contact         |                   | 1:contact         | 0:contact=甲李                            |
| Del              | 0:contact         | 1:contact         | 0:contact         | 0:contact= 1:contact=                    |
| Ctrl+D           | 0:contact         | 2:contact         | 0:contact         | 1:contact=甲 2:contact=甲                 |
| Ctrl+D           | 2:contact         |                   | 2:contact         | 2:contact=乙                              |
| Ctrl+R           | 0:legal_rep       | 0:contact         | 0:legal_rep       | 0:contact=赵                              |
| Ctrl+Return      | 0:contact         | 2:contact         | 0:contact         | 1:contact=甲 2:contact=甲                 |
| 李 Ctrl+Return    | 0:contact         | 2:contact         | 0:contact         | 0:contact=李 1:contact=李 2:contact=李     |
| Ctrl+;           | 0:status_from     |                   | 0:status_from     | 0:status_from=TODAY                      |
| Ctrl+'           | 2:contact         |                   | 2:contact         | 2:contact=乙                              |
| Ctrl+'           | 3:contact         |                   | 3:contact         | 3:contact=                               |
| Ctrl+Home        | 2:contact         |                   | 0:name            |                                          |
| Ctrl+End         | 0:name            |                   | 2:remark          |                                          |
| Ctrl+Down        | 0:contact         |                   | 1:contact         |                                          |
| Ctrl+Up          | 2:contact         |                   | 1:contact         |                                          |
| Ctrl+Right       | 0:legal_rep       |                   | 0:contact         |                                          |
| Ctrl+Left        | 0:contact         |                   | 0:legal_rep       |                                          |
| Ctrl+C           | 0:contact         |                   | 0:contact         | clipboard=甲                              |
| Ctrl+X           | 0:contact         |                   | 0:contact         | 0:contact= clipboard=甲                   |
| Ctrl+V           | 2:contact         |                   | 2:contact         | 2:contact=丙                              |
| Ctrl+V           | 0:contact         | 2:contact         | 0:contact         | 0:contact=丙 1:contact=丙 2:contact=丙     |
"""
ROWS = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in TABLE.strip().splitlines()[1:]]


@pytest.fixture
def grid(window, page, workspace, units):
    workspace.save("unit", [Edit(units[0], {"contact": "甲", "legal_rep": "赵"}), Edit(units[1], {"contact": "乙"})])
    page.refresh(None)
    QApplication.clipboard().setText("丙")
    return page.grid


def _index(grid, cell):
    row, field = cell.split(":")
    return grid.model().index(int(row), grid.model().column_of(field))


def _type(qtbot, grid, key):
    """A key, or a Chinese character as an input method hands it over, to whatever has the keyboard."""
    focus = QApplication.focusWidget()
    target = focus if focus is not None and grid.isAncestorOf(focus) else grid
    if ord(key[0]) > 127:
        event = QInputMethodEvent()
        event.setCommitString(key)
        QApplication.sendEvent(target, event)
    else:
        combination = QKeySequence(key)[0]
        qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize(("keys", "at", "to", "then", "stands"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_keys_do_what_they_do_in_excel(grid, qtbot, keys, at, to, then, stands):
    grid.setFocus()
    grid.put_cursor(_index(grid, at))
    if to:
        grid.selectionModel().select(QItemSelection(_index(grid, at), _index(grid, to)), QItemSelectionModel.SelectionFlag.Select)
    for key in keys.split():
        _type(qtbot, grid, key)
    assert grid.currentIndex() == _index(grid, then)
    for fact in stands.split():
        cell, text = fact.split("=")
        shown = QApplication.clipboard().text() if cell == "clipboard" else grid.model().text(_index(grid, cell).row(), _index(grid, cell).column())
        assert shown == text.replace("TODAY", TODAY), fact


def test_shift_space_selects_the_row_and_ctrl_space_is_left_to_the_input_method(grid, qtbot):
    grid.put_cursor(_index(grid, "1:contact"))
    qtbot.keyClick(grid, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert {i.row() for i in grid.selectionModel().selectedIndexes()} == {1}
    assert len(grid.selectionModel().selectedIndexes()) == grid.model().columnCount()
    assert not any("Ctrl+Space" == key for key in KEYS)


def test_f8_goes_from_finding_to_finding_and_back(grid, qtbot):
    grid.put_cursor(_index(grid, "0:name"))
    seen = []
    for _step in range(3):
        qtbot.keyClick(grid, Qt.Key.Key_F8)
        here = grid.currentIndex()
        assert grid.model().issues(here.row(), here.column())
        seen.append((here.row(), here.column()))
    assert seen == sorted(set(seen))
    qtbot.keyClick(grid, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == seen[-2]


def test_f7_tells_the_row_and_goes_to_its_first_fault(grid, qtbot):
    told = []
    grid.desk.said.connect(told.append)
    grid.put_cursor(_index(grid, "1:remark"))
    qtbot.keyClick(grid, Qt.Key.Key_F7)
    here = grid.currentIndex()
    assert told and grid.model().issues(here.row(), here.column())


def test_f9_checks_everything_on_the_page_of_checks(grid, qtbot, window, workspace):
    qtbot.keyClick(grid, Qt.Key.Key_F9)
    assert window.current == "check"
    qtbot.waitUntil(lambda: workspace.last_check() is not None, timeout=15000)
    window.desk.jobs.finish()


@pytest.mark.parametrize("verb", sorted({verb for verb, _words in KEYS.values()}))
def test_every_key_of_the_table_is_a_verb_of_the_grid(grid, verb):
    assert callable(getattr(grid, verb))
