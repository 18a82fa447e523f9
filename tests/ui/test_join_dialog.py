"""Joining two records in the window: differences first, a click takes a value."""

import pytest

from unionclient.ui.join_dialog import JoinDialog, offer_join
from unionclient.workspace import Edit


@pytest.fixture
def dialog(window, workspace):
    made = workspace.save("unit", [Edit(None, {"name": "北京丙有限公司", "contact": "张三"}),
                                   Edit(None, {"name": "北京丙（新）有限公司", "contact": "李四", "contact_phone": "64012345"})])
    keep, gone = (workspace.record("unit", i) for i in made.ledgers["unit"][0])
    opened = JoinDialog(window.desk, workspace.library.ledgers["unit"], keep, gone, window)
    opened.open()
    return opened


def _row(dialog, field):
    return [f.id for f in dialog.rows].index(field)


def test_fields_that_differ_come_first_and_an_empty_one_takes_the_other(dialog):
    assert {f.id for f in dialog.rows[:3]} == {"name", "contact", "contact_phone"}
    assert dialog.values() == {"contact_phone": "010-64012345"}


def test_a_click_takes_the_value_and_swapping_turns_the_sides(dialog):
    dialog.table.cellClicked.emit(_row(dialog, "contact"), 2)
    assert dialog.values() == {"contact": "李四", "contact_phone": "010-64012345"}
    dialog._swap()
    assert dialog.keep["contact"] == "李四" and dialog.values() == {}


def test_joining_leaves_one_record_and_can_be_undone(dialog, workspace, window):
    count = workspace.count("unit")
    dialog._join()
    assert workspace.count("unit") == count - 1
    window.undo()
    assert workspace.count("unit") == count


def test_a_record_without_a_twin_is_told_so(window, workspace, units, answers):
    offer_join(window.desk, "unit", [units[0]], window)
    assert "没有找到与它相同的记录。" in answers.asked
