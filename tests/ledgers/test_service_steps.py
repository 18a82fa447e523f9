"""Steps of focus 3 that a status allows, and those that follow from the end of a class."""

import datetime as dt

import pytest

from unionclient.workspace import Edit


def _new(workspace, ledger, values, parent=None):
    return workspace.save(ledger, [Edit(None, values, parent)]).ledgers[ledger][0][0]


@pytest.fixture
def class_of_officers(workspace):
    """A class of information officers under way: 张三 passed it, 李四 did not."""
    made = _new(workspace, "training_class", {"title": "信息员业务培训", "kind": "6", "start_on": "2017-05-20", "hours": "8", "status": "2"})
    officers = {}
    for name, passed in (("张三", True), ("李四", False)):
        person = _new(workspace, "person", {"name": name})
        officers[name] = _new(workspace, "info_officer", {"person_id": person, "appointed_on": "2016-01-05"})
        _new(workspace, "training_attendance", {"person_id": person, "hours_attended": "8", "passed": passed}, made)
    return made, officers


def test_the_end_of_a_class_dates_the_training_of_those_who_passed(workspace, class_of_officers):
    made, officers = class_of_officers
    workspace.save("training_class", [Edit(made, {"status": "3"})])
    assert workspace.record("info_officer", officers["张三"])["trained_on"] == dt.date(2017, 5, 20)
    assert workspace.record("info_officer", officers["李四"])["trained_on"] is None
    workspace.undo()
    assert workspace.record("info_officer", officers["张三"])["trained_on"] is None


def test_a_class_of_mediators_dates_theirs(workspace):
    person = _new(workspace, "person", {"name": "张三"})
    mediator = _new(workspace, "mediator", {"person_id": person, "lawyer": "否"})
    made = _new(workspace, "training_class", {"title": "调解员培训", "kind": "7", "start_on": "2017-05-20", "status": "2"})
    _new(workspace, "training_attendance", {"person_id": person, "passed": "是"}, made)
    workspace.save("training_class", [Edit(made, {"status": "3"})])
    assert workspace.record("mediator", mediator)["trained_on"] == dt.date(2017, 5, 20)


@pytest.mark.parametrize("ledger, values, wish, title", [
    ("training_class", {"title": "摄影班", "status": "9"}, "3", "结班"),
    ("training_class", {"title": "摄影班", "status": "3"}, "1", "计划"),
    ("degree_sponsorship", {"school": "开放大学", "status": "2"}, "1", "在读"),
    ("degree_sponsorship", {"school": "开放大学", "status": "3"}, "2", "毕业"),
])
def test_a_step_back_is_kept_as_typed(workspace, ledger, values, wish, title):
    made = _new(workspace, ledger, values)
    workspace.save(ledger, [Edit(made, {"status": wish})])
    record = workspace.record(ledger, made)
    assert (record["status"], record.raw["status"]) == (values["status"], title)
    assert "G-STEP" in {issue.rule for issue in workspace.issues(record)}


def test_a_class_of_one_day_goes_from_plan_to_end_at_once(workspace):
    made = _new(workspace, "training_class", {"title": "消防讲座", "start_on": "2017-05-20"})
    workspace.save("training_class", [Edit(made, {"status": "3"})])
    record = workspace.record("training_class", made)
    assert (record["status"], record["sessions"], record["end_on"]) == ("3", 1, dt.date(2017, 5, 20))
