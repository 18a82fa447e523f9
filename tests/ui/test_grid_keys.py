"""Excel's keys in the grid, one table: where the cursor stands, what is selected, which keys, what stands there then.

Cells are written row:field; the page holds three units with contact 甲, 乙 and none.
"""

import datetime as dt

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication

from benchmarks import clerk
from unionclient.ui.grid.keys import KEYS
from unionclient.workspace import Edit, Workspace

TODAY = dt.date.today().isoformat()
# keys one after another · cursor before · other end of the selection · cursor after · what then stands where
TABLE = """
| keys             | at                | to                | then              | stands                                   |
| Return           | 0:contact         |                   | 1:contact         |                                          |
| Shift+Return     | 1:contact         |                   | 0:contact         |                                          |
| Tab              | 0:legal_rep       |                   | 0:contact         |                                          |
| Shift+Tab        | 0:contact         |                   | 0:legal_rep       |                                          |
| Shift+Tab        | 0:name            |                   | 0:name            |                                          |
| Tab              | 2:remark          |                   | 3:name            |                                          |
| Tab Tab Return   | 0:legal_rep       |                   | 1:legal_rep       |                                          |
| 李 Tab 李 Tab 李 Return | 0:legal_rep |                   | 1:legal_rep       | 0:legal_rep=李 0:contact=李 0:contact_phone=李 |
| 李 Tab 李 Return   | 3:name            |                   | 4:name            | 3:name=李 3:uscc=李                        |
| 李 Return         | 0:contact         |                   | 1:contact         | 0:contact=李                              |
| 李 Tab            | 0:contact         |                   | 0:contact_phone   | 0:contact=李                              |
| 李 Esc            | 0:contact         |                   | 0:contact         | 0:contact=甲                              |
| 李 Shift+Tab      | 0:contact         |                   | 0:legal_rep       | 0:contact=李                              |
| 李 Shift+Return   | 1:contact         |                   | 0:contact         | 1:contact=李                              |
| F2 李 Esc         | 0:contact         |                   | 0:contact         | 0:contact=甲                              |
| g y k g Tab      | 0:holding         |                   | 0:industry        | 0:holding=国有控股                        |
| g y k g Return   | 0:holding         |                   | 1:holding         | 0:holding=国有控股                        |
| g y k g Esc Esc  | 0:holding         |                   | 0:holding         | 0:holding=                               |
| y Tab            | 0:is_company      |                   | 0:has_board       | 0:is_company=是                           |
| s Tab            | 0:is_company      |                   | 0:has_board       | 0:is_company=是                           |
| 李 Tab            | 3:name            |                   | 3:uscc            | 3:name=李                                 |
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
| Home             | 2:contact         |                   | 2:name            |                                          |
| Ctrl+Home        | 2:contact         |                   | 0:name            |                                          |
| Ctrl+End         | 0:name            |                   | 2:remark          |                                          |
| Ctrl+Down        | 0:contact         |                   | 1:contact         |                                          |
| Ctrl+Up          | 2:contact         |                   | 1:contact         |                                          |
| Ctrl+Right       | 0:legal_rep       |                   | 0:contact         |                                          |
| Ctrl+Left        | 0:contact         |                   | 0:legal_rep       |                                          |
| Ctrl+C           | 0:contact         |                   | 0:contact         | clipboard=甲                              |
| Ctrl+C           | 0:legal_rep       | 1:contact         | 0:legal_rep       | clipboard=赵⇥甲⏎⇥乙                       |
| Ctrl+X           | 0:legal_rep       | 1:contact         | 0:legal_rep       | 0:legal_rep= 1:contact= clipboard=赵⇥甲⏎⇥乙 |
| Ctrl+X           | 0:contact         |                   | 0:contact         | 0:contact= clipboard=甲                   |
| Ctrl+V           | 2:contact         |                   | 2:contact         | 2:contact=丙                              |
| Ctrl+V           | 0:contact         | 2:contact         | 0:contact         | 0:contact=丙 1:contact=丙 2:contact=丙     |
| Ctrl+Space       | 1:contact         | 2:contact         | 1:contact         | 1:contact=乙                              |
"""
ROWS = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in TABLE.strip().splitlines()[1:]]


@pytest.fixture(scope="module")
def bench(tmp_path_factory, look):
    """A window on three units that all tests of this module share; each leaves it as it was."""
    from unionclient.ui.config import Config
    from unionclient.ui.main_window import MainWindow

    folder = tmp_path_factory.mktemp("keys")
    config = Config(folder / "config")
    config.put("page", "unit")
    with Workspace.create(folder / "store", street="110101013", officer="张三") as workspace:
        workspace.save("unit", [Edit(None, {"name": "北京甲有限公司", "contact": "甲", "legal_rep": "赵"}),
                                Edit(None, {"name": "北京乙有限公司", "contact": "乙", "registered_on": "去年"}),
                                Edit(None, {"name": "北京丙有限公司"})], title="准备")
        window = MainWindow(workspace, config, look)
        window.resize(1366, 768)
        window.show()
        yield window
        window.desk.jobs.finish()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(bench):
    bench.show_page("unit")
    yield bench
    bench.show_page("unit")
    while bench.ws.undo_title != "准备":
        bench.undo()


@pytest.fixture
def workspace(window):
    return window.ws


@pytest.fixture
def grid(window):
    QApplication.clipboard().setText("丙")
    window.activateWindow()
    QCoreApplication.processEvents()
    return window.pages["unit"].grid


def _index(grid, cell):
    row, field = cell.split(":")
    return grid.model().index(int(row), grid.model().column_of(field))


def _type(grid, key):
    """A key as the window system brings it, or a Chinese character as an input method hands it over."""
    if ord(key[0]) > 127:
        clerk.write(grid.window(), key)
    else:
        combination = QKeySequence(key)[0]
        clerk.press(grid.window(), combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize(("keys", "at", "to", "then", "stands"), ROWS, ids=[f"{row[0]} {row[1]}" for row in ROWS])
def test_keys_do_what_they_do_in_excel(grid, keys, at, to, then, stands):
    grid.setFocus()
    grid.put_cursor(_index(grid, at))
    if to:
        grid.selectionModel().select(QItemSelection(_index(grid, at), _index(grid, to)), QItemSelectionModel.SelectionFlag.Select)
    for key in keys.split():
        _type(grid, key)
    assert grid.currentIndex() == _index(grid, then)
    for fact in stands.split():
        cell, text = fact.split("=")
        shown = QApplication.clipboard().text().rstrip("\n").replace("\t", "⇥").replace("\n", "⏎") if cell == "clipboard" else grid.model().text(_index(grid, cell).row(), _index(grid, cell).column())
        assert shown == text.replace("TODAY", TODAY), fact


# a page with a computed column and one of files; the first and the last row are a record's and the empty one's
STOPS = """
| key       | at               | then             |
| Tab       | 0:accompanied_by | 0:profile        |
| Tab       | 0:profile        | 0:remark         |
| Tab       | 0:remark         | 1:inspected_on   |
| Tab       | 1:remark         | 1:inspected_on   |
| Shift+Tab | 0:remark         | 0:profile        |
| Shift+Tab | 0:profile        | 0:accompanied_by |
| Shift+Tab | 1:inspected_on   | 0:remark         |
| Shift+Tab | 0:inspected_on   | 0:inspected_on   |
"""


def test_tab_stops_where_one_may_type_in_the_order_shown(window, workspace):
    workspace.save("safety_inspection", [Edit(None, {"inspected_on": "2017-05-04"})])
    window.show_page("safety_inspection")
    grid = window.pages["safety_inspection"].grid
    grid.choose_columns(["inspected_on", "accompanied_by", "half", "profile", "photos", "remark"])
    grid.setFocus()
    for line in STOPS.strip().splitlines()[1:]:
        key, at, then = (cell.strip() for cell in line.strip("|").split("|"))
        grid.put_cursor(_index(grid, at))
        _type(grid, key)
        assert grid.currentIndex() == _index(grid, then), line


def test_shift_space_selects_the_row_and_ctrl_space_is_left_to_the_input_method(grid, qtbot):
    grid.put_cursor(_index(grid, "1:contact"))
    before = grid.selectionModel().selectedIndexes()
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier, " ")
    grid.keyPressEvent(event)
    assert not event.isAccepted() and not grid.is_editing and grid.selectionModel().selectedIndexes() == before
    qtbot.keyClick(grid, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert {i.row() for i in grid.selectionModel().selectedIndexes()} == {1}
    assert len(grid.selectionModel().selectedIndexes()) == grid.model().columnCount()


def test_ctrl_k_leads_to_the_finder_of_deeds_and_places(grid, window):
    _type(grid, "Ctrl+K")
    assert window.bar.finder.hasFocus()


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
