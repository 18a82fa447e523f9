"""The read-only table of the work pages."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from unionclient.ui.views.table import Column, ListTable


def test_a_row_is_selected_alone_whatever_key_is_held(qtbot):
    table = ListTable([Column("数", 5, str)], "几个数", several=True)
    qtbot.addWidget(table)
    table.put([1, 2, 3])
    table.selectRow(0)
    QTest.keyPress(table, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    table.selectRow(2)
    QTest.keyRelease(table, Qt.Key.Key_Shift)
    assert table.picks() == [3]
