"""Two records of the same thing become one, with all that hung on either."""

from unionclient.workspace import Edit


def _twice(workspace):
    made = workspace.save("unit", [Edit(None, {"name": "北京甲（东城）有限公司", "contact": "张三"}),
                                   Edit(None, {"name": "北京甲(东城)有限公司", "contact_phone": "64012345"}),
                                   Edit(None, {"name": "北京乙有限公司"})])
    keep, gone, other = made.ledgers["unit"][0]
    workspace.save("employee_stat", [Edit(None, {"unit_id": gone, "as_of": "2017-06-30", "employees": "12"})])
    inspection = workspace.save("safety_inspection", [Edit(None, {"unit_id": gone})]).ledgers["safety_inspection"][0][0]
    return keep, gone, other, inspection


def test_a_twin_is_found_by_its_name_whatever_the_brackets(workspace):
    keep, gone, other, _ = _twice(workspace)
    assert [r.id for r in workspace.twins("unit", keep)] == [gone]
    assert workspace.twins("unit", other) == []


def test_what_hung_on_the_one_that_goes_hangs_on_the_one_that_stays(workspace):
    keep, gone, _, inspection = _twice(workspace)
    workspace.join("unit", keep, gone, {"contact_phone": "010-64012345"})
    assert workspace.record("safety_inspection", inspection)["unit_id"] == keep
    assert [s["unit_id"] for s in workspace.records("employee_stat")] == [keep]
    stays = workspace.record("unit", keep)
    assert (stays["contact"], stays["contact_phone"]) == ("张三", "010-64012345")
    assert workspace.record("unit", gone).void and workspace.count("unit") == 2


def test_a_join_is_one_step_and_goes_back_as_one(workspace):
    keep, gone, _, inspection = _twice(workspace)
    before = workspace.record("unit", keep).values
    workspace.join("unit", keep, gone, {"contact_phone": "010-64012345"})
    assert workspace.undo_title == "合并单位基本信息“北京甲（东城）有限公司”"
    workspace.undo()
    assert workspace.record("unit", keep).values == before and not workspace.record("unit", gone).void
    assert workspace.record("safety_inspection", inspection)["unit_id"] == gone


def test_children_move_to_the_parent_that_stays(workspace):
    made = workspace.save("safety_inspection", [Edit(None, {"no": "AQ-1"}), Edit(None, {"no": "AQ-2"})])
    first, second = made.ledgers["safety_inspection"][0]
    workspace.save("hazard", [Edit(None, {"item_desc": "安全出口上锁"}, second)])
    workspace.join("safety_inspection", first, second, {})
    assert [h["item_desc"] for h in workspace.children("hazard", first)] == ["安全出口上锁"]
