"""What falls due: before, on and after its day, and no more once it is done."""

import datetime as dt

import pytest

from unionclient.workspace import Edit
from unionclient.workspace.reminding import submission_day

DAY = dt.date(2017, 6, 10)


def _rows(workspace, reminder, day=DAY):
    return next(((d.late, [row.days for row in d.rows]) for d in workspace.due(day) if d.reminder.id == reminder), (0, []))


def _hazard(workspace, **values):
    inspection = workspace.save("safety_inspection", [Edit(None, {"no": "AQ-1"})]).ledgers["safety_inspection"][0][0]
    return workspace.save("hazard", [Edit(None, {"item_desc": "安全出口上锁，堆放纸箱", **values}, inspection)]).ledgers["hazard"][0][0]


@pytest.mark.parametrize(("due", "told"), [("2017-06-18", (0, [])), ("2017-06-17", (0, [7])), ("2017-06-10", (0, [0])), ("2017-06-09", (1, [-1]))])
def test_a_hazard_is_told_a_week_before_its_day_and_after_it(workspace, due, told):
    _hazard(workspace, due_on=due)
    assert _rows(workspace, "hazard") == told


def test_what_is_done_is_told_no_more(workspace):
    hazard = _hazard(workspace, due_on="2017-06-01")
    workspace.save("hazard", [Edit(hazard, {"closed_on": "2017-06-02"})])
    assert _rows(workspace, "hazard") == (0, [])


def test_of_a_thing_renewed_only_the_last_is_told(workspace):
    unit = workspace.save("unit", [Edit(None, {"name": "北京甲有限公司"})]).ledgers["unit"][0][0]
    workspace.save("collective_contract", [Edit(None, {"unit_id": unit, "kind": "2", "valid_to": "2017-06-01"})])
    assert _rows(workspace, "contract") == (1, [-9])
    workspace.save("collective_contract", [Edit(None, {"unit_id": unit, "kind": "2", "valid_to": "2018-06-01"})])
    assert _rows(workspace, "contract") == (0, [])


def test_one_works_on_the_last_day_of_a_year_that_is_over(workspace):
    assert workspace.working_day == dt.date.today()
    workspace.set_setting("ui.period", "2017Q3")
    assert workspace.working_day == dt.date(2017, 9, 30)


@pytest.mark.parametrize(("period", "day"), [("2017M03", dt.date(2017, 4, 5)), ("2017M12", dt.date(2018, 1, 5)), ("2017Q3", dt.date(2017, 10, 10)),
                                             ("2017H1", dt.date(2017, 7, 10)), ("2017Y", dt.date(2018, 1, 15))])
def test_a_report_is_due_as_the_handbook_says(period, day):
    assert submission_day(period) == day


def test_every_reminder_names_a_date_that_can_be_asked_for(workspace):
    assert workspace.due(DAY) == () and len(workspace.library.reminders) >= 13
