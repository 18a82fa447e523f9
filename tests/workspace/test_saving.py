"""Saving never refuses: what is typed is kept, shown and judged; names link to records by themselves."""

from unionclient.workspace import Edit


def _new(workspace, ledger, values, parent=None):
    return workspace.save(ledger, [Edit(None, values, parent)]).ledgers[ledger][0][0]


def test_an_unreadable_text_is_kept_as_typed_with_its_finding(workspace):
    record = workspace.record("employee_stat", _new(workspace, "employee_stat", {"employees": "很多"}))
    assert record["employees"] is None
    assert record.raw == {"employees": "很多"}
    assert "G-UNREAD" in {issue.rule for issue in workspace.issues(record)}


def test_mending_an_unreadable_text_clears_it(workspace):
    made = _new(workspace, "employee_stat", {"employees": "很多"})
    workspace.save("employee_stat", [Edit(made, {"employees": "120人"})])
    record = workspace.record("employee_stat", made)
    assert (record["employees"], dict(record.raw)) == (120, {})


def test_clearing_a_cell_empties_it(workspace):
    made = _new(workspace, "unit", {"name": "甲公司", "remark": "旧"})
    workspace.save("unit", [Edit(made, {"remark": ""})])
    assert workspace.record("unit", made)["remark"] is None


def test_a_typed_name_becomes_a_reference(workspace):
    unit = _new(workspace, "unit", {"name": "北京甲（东城）公司"})
    union = workspace.record("union_org", _new(workspace, "union_org", {"unit_id": "北京甲(东城)公司", "union_type": "独立"}))
    assert union["unit_id"] == unit
    assert union["name"] == "北京甲（东城）公司工会委员会"


def test_a_name_nobody_bears_waits_and_links_when_somebody_does(workspace):
    member = _new(workspace, "membership", {"name": "王五", "unit_id": "北京乙公司"})
    assert workspace.record("membership", member).raw == {"unit_id": "北京乙公司"}
    unit = _new(workspace, "unit", {"name": "北京乙公司"})
    assert workspace.record("membership", member)["unit_id"] == unit
    workspace.undo()  # one step: the unit and the link
    assert workspace.record("membership", member).raw == {"unit_id": "北京乙公司"}


def test_a_name_borne_twice_is_left_to_the_officer(workspace):
    _new(workspace, "unit", {"name": "北京丙公司", "uscc": "91110101MA0000015M"})
    _new(workspace, "unit", {"name": "北京丙公司"})
    member = workspace.record("membership", _new(workspace, "membership", {"name": "王五", "unit_id": "北京丙公司"}))
    assert member.raw == {"unit_id": "北京丙公司"}


def test_numbers_are_given_in_order(workspace):
    unit = {"name": "甲公司"}
    _new(workspace, "unit", unit)
    values = {"unit_id": "甲公司", "inspected_on": "2017-03-05", "inspectors": "张三、李四"}
    made = workspace.save("safety_inspection", [Edit(None, values), Edit(None, {**values, "inspectors": "王五、赵六"})])
    numbers = [workspace.record("safety_inspection", r)["no"] for r in made.ledgers["safety_inspection"][0]]
    assert numbers == ["AQ-013-20170305-001", "AQ-013-20170305-002"]
    hazard = workspace.record("hazard", _new(workspace, "hazard", {"item_desc": "安全出口上锁"}, made.ledgers["safety_inspection"][0][1]))
    assert hazard["no"] == "AQ-013-20170305-002-01"
    assert str(hazard["found_on"]) == "2017-03-05"


def test_search_looks_into_codes_and_names_of_references(workspace):
    _new(workspace, "unit", {"name": "东方广告公司"})
    _new(workspace, "union_org", {"unit_id": "东方广告公司", "union_type": "独立", "name": "甲工会"})
    assert len(workspace.find("union_org", search="东方")) == 1
    assert len(workspace.find("union_org", search="独立基层")) == 1
    assert len(workspace.find("union_org", search="楼宇")) == 0
    assert len(workspace.find("union_org", search="100%")) == 0


def test_retired_records_leave_lists_and_come_back(workspace):
    made = _new(workspace, "unit", {"name": "甲公司"})
    workspace.retire("unit", [made], "重复登记")
    assert workspace.count("unit") == 0
    workspace.restore("unit", [made])
    assert workspace.count("unit") == 1


def test_an_attachment_is_kept_with_the_record(workspace, tmp_path):
    made = _new(workspace, "safety_inspection", {"inspectors": "张三、李四"})
    photo = tmp_path / "照片.png"
    photo.write_bytes(b"\x89PNG fake")
    workspace.attach("safety_inspection", made, "photos", photo)
    kept = workspace.attachment(workspace.record("safety_inspection", made)["photos"][0])
    assert (kept.name, kept.content) == ("照片.png", b"\x89PNG fake")
    workspace.undo()
    assert workspace.record("safety_inspection", made)["photos"] is None


def test_trying_values_saves_nothing(workspace):
    record, issues = workspace.try_values("unit", {"name": "甲公司", "uscc": "91110101MA0000015N"})
    assert "G-FORMAT" in {issue.rule for issue in issues}
    assert workspace.count("unit") == 0
    assert record["name"] == "甲公司"


def test_a_passport_number_is_not_held_against_the_identity_cards_format(workspace):
    for kind, number, wrong in (("1", "110101199003070012", True), ("5", "G12345678", False)):
        _, issues = workspace.try_values("membership", {"id_type": kind, "id_no": number})
        assert ("G-FORMAT" in {issue.rule for issue in issues}) == wrong


def test_names_written_by_a_twin_are_known_once_heard_of(workspace):
    assert _new(workspace, "membership", {"name": "甲", "unit_id": "北京丁公司"})
    twin = workspace.fork()
    changes = twin.save("unit", [Edit(None, {"name": "北京戊公司"})])
    twin.close()
    workspace.heard(changes)
    member = _new(workspace, "membership", {"name": "乙", "unit_id": "北京戊公司"})
    assert workspace.record("membership", member)["unit_id"] == changes.ledgers["unit"][0][0]


def test_the_streets_own_export_makes_no_record_beside_those_it_holds(workspace, tmp_path):
    workspace.save("unit", [Edit(None, {"name": "甲公司"})])
    workspace.save("union_org", [Edit(None, {"unit_id": "甲公司", "founded_on": "2017-03-05", "employees_at_founding": "50", "members_at_founding": "40"})])
    path = tmp_path / "建会.xlsx"
    workspace.export("union_org", path)
    plan = workspace.plan_import("union_org", path)
    assert (plan.new, plan.changed, plan.same) == (0, 0, 1)


def test_two_rows_of_one_record_fill_what_hangs_on_it_with_the_last_each_time(workspace, tmp_path):
    from openpyxl import Workbook

    path, book = tmp_path / "建会.xlsx", Workbook()
    for row in (["单位名称", "成立日期", "建会时职工数", "建会时会员数"], ["北京甲公司", "2017-03-05", 50, 10], ["北京甲公司", "2017-03-05", 50, 20]):
        book.active.append(row)
    book.save(path)
    workspace.apply_import(workspace.plan_import("union_org", path))
    again = workspace.plan_import("union_org", path)
    assert [r.values["members"] for r in workspace.records("employee_stat")] == [20] and (again.new, again.changed) == (0, 0)
