"""A clerk at the keyboard: types rows into a table cell by cell, with real key events through the window, and keeps the time of each cell.

A cell lasts from its first key until the next cell is ready: saved, painted, nothing waiting. Chinese comes as an input
method hands it over; codes are typed by the initials of their pinyin and taken from the list by Tab.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QWidget

FIELDS = ("name", "uscc", "registered_on", "community_code", "biz_address", "unit_type", "holding", "industry", "is_company",
          "legal_rep", "contact", "contact_phone")


@dataclass(frozen=True, slots=True)
class Cell:
    """What is typed into a cell, and what is stored then."""

    keys: str
    stored: object


def rows(count: int) -> Iterator[list[Cell]]:
    """`count` made-up units, the cells of `FIELDS` in their order."""
    import datetime as dt

    from unionclient.demo.street import uscc

    for n in range(1, count + 1):
        day = dt.date(2003, 1 + n % 12, 1 + n % 28)
        code, name, phone = uscc(n), f"北京第{n}商贸有限公司", f"1380013{n:04d}"
        yield [Cell(name, name), Cell(code, code), Cell(f"{day.year}.{day.month}.{day.day}", day), Cell("忠实里社区", "忠实里社区"),
               Cell(f"广渠门内大街{n}号", f"广渠门内大街{n}号"), Cell("gyqy", "110"), Cell("gykg", "3"), Cell("jzy", "E"), Cell("是", True),
               Cell("王建国", "王建国"), Cell("李秀英", "李秀英"), Cell(phone, phone)]


def press(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as the window system brings it: shortcuts, open lists and the input in focus come in Qt's own order.

    Nothing waits when the next one comes, as with people's fingers.
    """
    QTest.keyClick(window.windowHandle(), key, held)
    QCoreApplication.processEvents()


def write(window: QWidget, text: str) -> None:
    """Letters as keys, Chinese words as an input method commits them."""
    word = ""
    for sign in text:
        if ord(sign) > 127:
            word += sign
            continue
        _commit(word)
        word = ""
        QTest.keyClick(window.windowHandle(), sign)
        QCoreApplication.processEvents()
    _commit(word)


def _commit(word: str) -> None:
    if word:
        event = QInputMethodEvent()
        event.setCommitString(word)
        focus = QGuiApplication.focusObject()
        if focus is None:
            raise RuntimeError("nothing has the keyboard")
        QCoreApplication.sendEvent(focus, event)
        QCoreApplication.processEvents()


def type_rows(window: QWidget, grid: QTableView, table: Sequence[Sequence[Cell]]) -> list[float]:
    """Types rows from the cell with the cursor on, each cell ended by Tab; returns milliseconds per cell.

    Tab after the last cell of a row goes on in the next, which in the window is a new one.
    """
    took = []
    for row in table:
        for cell in row:
            begun = time.perf_counter()
            write(window, cell.keys)
            press(window, Qt.Key.Key_Tab)
            took.append((time.perf_counter() - begun) * 1000)
    return took


def plain_grid(count: int) -> QTableView:
    """The yardstick: Qt's own table over its own model, in a window by itself, with the cursor on the first cell."""
    from PySide6.QtGui import QStandardItemModel

    view = QTableView()
    view.setModel(QStandardItemModel(count + 1, len(FIELDS), view))
    view.resize(1366, 768)
    view.show()
    view.activateWindow()
    view.setFocus()
    view.setCurrentIndex(view.model().index(0, 0))
    QCoreApplication.processEvents()
    return view


def units_grid(window: QWidget) -> QTableView:
    """The grid of the page of units in a main window, with the twelve columns, the cursor on the first cell of a new row."""
    window.show()
    window.activateWindow()
    window.show_page("unit")
    grid = window.pages["unit"].grid
    grid.choose_columns(FIELDS)
    grid.start_new()
    QCoreApplication.processEvents()
    return grid
