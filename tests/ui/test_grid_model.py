"""The model of a ledger: pages, faults, writing, and news of changes."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from unionclient.definition.condition import Clause, Condition
from unionclient.definition.faults import UnionClientError
from unionclient.ui.config import Config
from unionclient.ui.desk import Desk
from unionclient.ui.grid.model import BACKGROUND, DECORATION, DISPLAY, EDIT, SPOKEN, STATUS, TOOLTIP, RecordModel
from unionclient.ui.grid.source import ChildSource, LedgerSource
from unionclient.workspace import Edit


@pytest.fixture
def desk(workspace, look, tmp_path):
    made = Desk(workspace, Config(tmp_path))
    yield made
    made.jobs.finish()


@pytest.fixture
def model(desk, units, qtmodeltester):
    made = RecordModel(desk, LedgerSource(desk.ws, "unit"))
    qtmodeltester.check(made)
    return made


def at(model, row, field):
    return model.index(row, model.column_of(field))


def names(model):
    return [model.text(row, model.column_of("name")) for row in range(model.records)]


def test_the_model_keeps_the_rules_of_item_models_through_all_changes(model, desk, units):
    model.setData(at(model, 3, "name"), "北京丁有限公司")
    model.setData(at(model, 0, "name"), "北京甲甲有限公司")
    desk.ws.retire("unit", units[:1], "重复")
    model.refresh(desk.ws.undo())
    model.refresh(desk.ws.undo())
    model.sort(model.column_of("name"), Qt.SortOrder.DescendingOrder)
    model.narrow("甲", Condition())
    assert names(model) == ["北京甲有限公司"]


def test_display_is_text_and_edit_is_the_value(model):
    assert at(model, 0, "registered_on").data(DISPLAY) == "2001-01-01"
    assert model.data(at(model, 0, "registered_on"), EDIT) == dt.date(2001, 1, 1)


def test_an_unreadable_text_is_shown_as_typed_with_mark_tint_and_words(model):
    cell = at(model, 1, "registered_on")
    assert cell.data(DISPLAY) == "去年"
    assert cell.data(BACKGROUND) is not None and not cell.data(DECORATION).isNull()
    assert "必须改正" in cell.data(TOOLTIP)


def test_the_status_column_shows_the_gravest_finding_of_the_row(model):
    assert not model.index(1, STATUS).data(DECORATION).isNull()
    assert model.issues(1, STATUS)[0].level == "block"
    assert model.index(1, STATUS).data(SPOKEN)


def test_a_cell_is_spoken_with_its_finding(model):
    assert at(model, 1, "registered_on").data(SPOKEN).startswith("去年，")


def test_typing_into_the_last_row_makes_a_record_and_a_new_last_row(model, workspace):
    assert model.setData(at(model, 3, "name"), "北京丁有限公司")
    assert model.records == 4 and model.rowCount() == 5 and workspace.count("unit") == 4
    assert model.headerData(4, Qt.Orientation.Vertical) == "＊"


def test_nothing_typed_into_the_last_row_makes_no_record(model, workspace):
    assert not model.setData(at(model, 3, "name"), "")
    assert workspace.count("unit") == 3


def test_an_edited_row_stays_in_its_place_until_the_next_sort(model):
    model.sort(model.column_of("name"))
    before = names(model)
    model.setData(at(model, 0, "name"), "最后有限公司")
    assert names(model) == ["最后有限公司", *before[1:]]


def test_other_peoples_new_records_join_only_if_the_filter_lets_them(model, workspace):
    model.narrow("", Condition((Clause("community_code", "=", "忠实里社区"),)))
    model.refresh(workspace.save("unit", [Edit(None, {"name": "北京戊有限公司"})]))
    assert names(model) == ["北京甲有限公司"]
    model.refresh(workspace.save("unit", [Edit(None, {"name": "北京己有限公司", "community_code": "忠实里社区"})]))
    assert names(model) == ["北京甲有限公司", "北京己有限公司"]


def test_a_retired_record_leaves_and_undo_brings_it_back(model, workspace, units):
    model.refresh(workspace.retire("unit", [units[1]], "重复登记"))
    assert names(model) == ["北京甲有限公司", "北京丙有限公司"]
    model.refresh(workspace.undo())
    assert sorted(names(model)) == sorted(["北京甲有限公司", "北京乙有限公司", "北京丙有限公司"])


def test_the_same_changes_heard_twice_are_taken_once(model, workspace):
    changes = workspace.save("unit", [Edit(None, {"name": "北京戊有限公司"})])
    model.refresh(changes)
    model.refresh(changes)
    assert model.records == 4


def test_a_name_changed_elsewhere_shows_in_ledgers_that_refer_to_it(desk, workspace, units):
    workspace.save("union_org", [Edit(None, {"name": "甲工会", "unit_id": units[0]})])
    unions = RecordModel(desk, LedgerSource(workspace, "union_org"))
    column = unions.column_of("unit_id")
    assert unions.text(0, column) == "北京甲有限公司"
    unions.refresh(workspace.save("unit", [Edit(units[0], {"name": "北京甲乙有限公司"})]))
    assert unions.text(0, column) == "北京甲乙有限公司"


def test_of_a_thousand_rows_only_those_looked_at_are_read(desk, workspace, monkeypatch):
    workspace.save("unit", [Edit(None, {"name": f"北京第{n}有限公司"}) for n in range(1000)])
    model = RecordModel(desk, LedgerSource(workspace, "unit"))
    read = []
    rows = workspace.rows
    monkeypatch.setattr(workspace, "rows", lambda ledger, rowids: read.append(len(rowids)) or rows(ledger, rowids))
    assert model.text(900, 1) == "北京第900有限公司"
    assert read == [104]


def test_a_child_grid_shows_and_adds_only_the_children_of_its_parent(desk, workspace, units, qtmodeltester):
    inspections = workspace.save("safety_inspection", [Edit(None, {"unit_id": units[0]}), Edit(None, {"unit_id": units[1]})])
    first, second = inspections.ledgers["safety_inspection"][0]
    model = RecordModel(desk, ChildSource(workspace, "hazard", first))
    qtmodeltester.check(model)
    model.setData(at(model, 0, "location"), "一层库房")
    model.refresh(workspace.save("hazard", [Edit(None, {"location": "别处"}, parent=second)]))
    assert model.records == 1
    assert [r.values["location"] for r in workspace.children("hazard", first)] == ["一层库房"]


@pytest.fixture
def hazards(desk, units):
    """The page of a child ledger: two inspections, one hazard under the first."""
    made = desk.ws.save("safety_inspection", [Edit(None, {"unit_id": unit, "inspected_on": "2017-05-04"}) for unit in units[:2]])
    first, second = made.ledgers["safety_inspection"][0]
    desk.ws.save("hazard", [Edit(None, {"item_desc": "灭火器压力不足，指针不在绿区"}, first)])
    return RecordModel(desk, LedgerSource(desk.ws, "hazard")), first, second


def test_a_child_on_its_own_page_shows_and_changes_what_it_hangs_on(hazards, desk):
    model, first, second = hazards
    assert model.fields[0].title == desk.ws.library.ledgers["safety_inspection"].title and model.text(0, 1) == desk.ws.label("safety_inspection", first)
    model.setData(model.index(0, 1), second)
    assert model.record(0).parent == second and model.text(0, 1) == desk.ws.label("safety_inspection", second)
    desk.ws.undo()
    assert desk.ws.record("hazard", model.record(0).id).parent == first


def test_a_child_typed_on_its_own_page_is_told_until_its_parent_is_chosen(hazards):
    model, first, _second = hazards
    model.setData(at(model, 1, "item_desc"), "安全出口上锁，疏散通道堆放纸箱")
    assert "G-PARENT" in {issue.rule for issue in model.issues(1, 1)}
    model.setData(model.index(1, 1), first)
    assert model.record(1).parent == first and not [i for i in model.issues(1, 1) if i.rule == "G-PARENT"]


def test_a_parent_nobody_bears_is_refused_in_words(hazards):
    model, first, _second = hazards
    with pytest.raises(UnionClientError, match="没有找到名为“查无此项”"):
        model.setData(model.index(0, 1), "查无此项")
    assert model.record(0).parent == first


def test_children_sort_by_what_they_hang_on(hazards):
    model, _first, _second = hazards
    model.sort(1)
    assert model.records == 1
