"""A large ledger is sorted and searched beside the window; how many rows are large is lowered to two."""

import threading

import pytest
from PySide6.QtCore import Qt

from unionclient.ui.grid import model as model_of
from unionclient.workspace import Edit


@pytest.fixture
def large(window, monkeypatch):
    """The page of three units; `large.gate` closed holds back every answer."""
    monkeypatch.setattr(model_of, "MANY", 2)
    page = window.pages["unit"]
    page.gate = threading.Event()
    page.gate.set()
    answer = model_of.Question.answer
    monkeypatch.setattr(model_of.Question, "answer", lambda question, ws: (page.gate.wait(10), answer(question, ws))[1])
    yield page
    page.gate.set()
    window.desk.finish()


def names(page):
    return [page.model.text(row, page.model.column_of("name"))[2] for row in range(page.model.records)]


def sort(page, order):
    page.grid.sortByColumn(page.model.column_of("name"), order)


def test_the_old_order_stays_with_a_sign_until_the_new_one_is_there(large, qtbot):
    large.gate.clear()
    sort(large, Qt.SortOrder.AscendingOrder)
    assert names(large) == ["甲", "乙", "丙"] and "正在排序" in large._state.text()
    large.gate.set()
    qtbot.waitUntil(lambda: not large.model.is_looking)
    assert names(large) == ["丙", "乙", "甲"]
    assert "全部 3 条" in large._state.text()


def test_the_next_press_breaks_off_the_sort_before_it(large, qtbot, monkeypatch):
    large.gate.clear()
    sort(large, Qt.SortOrder.DescendingOrder)
    sort(large, Qt.SortOrder.AscendingOrder)
    shown = []
    large.model.modelReset.connect(lambda: shown.append(names(large)))
    large.gate.set()
    qtbot.waitUntil(lambda: not large.model.is_looking)
    assert shown == [sorted(names(large))] and large.model.source.order == (("name", True),)


def test_what_comes_while_it_is_sorted_is_sorted_with_the_rest(large, qtbot, workspace):
    sort(large, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: not large.model.is_looking)
    large.gate.clear()
    sort(large, Qt.SortOrder.AscendingOrder)
    large.model.refresh(workspace.save("unit", [Edit(None, {"name": "北京丁有限公司"})]))
    large.gate.set()
    qtbot.waitUntil(lambda: not large.model.is_looking)
    assert names(large) == sorted(["甲", "乙", "丙", "丁"])


def test_a_place_hidden_by_the_filter_is_gone_to_when_the_rows_are_there(large, qtbot, units):
    large.search.setText("丙")
    large._narrow()
    qtbot.waitUntil(lambda: not large.model.is_looking)
    large.open_at(record=units[0], field="contact")
    qtbot.waitUntil(lambda: large.model.records == 3 and large.grid.currentIndex().row() == 0)


def test_a_statement_is_broken_off_in_the_middle(workspace, qtbot, window):
    begun, told = threading.Event(), []

    def endless(ws, progress):
        begun.set()
        ws._store.connection.execute("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n").fetchone()

    def given_up():
        window.desk.lookups.drop(number)
        return told

    number = window.desk.lookups.run("数", endless, failed=told.append)
    begun.wait(5)
    qtbot.waitUntil(lambda: bool(given_up()))
    assert type(told[0]).__name__ == "Cancelled"
