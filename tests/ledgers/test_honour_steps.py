"""What an approved election, a grade, an award and an inspection bring about by themselves, and which steps a status may take."""

import datetime as dt

import pytest

from unionclient.definition.faults import DefinitionError
from unionclient.definition.library import load_library
from unionclient.definition.places import root
from unionclient.workspace import Edit

HELD = dt.date(2017, 5, 20)


@pytest.fixture
def union(workspace):
    return workspace.save("union_org", [Edit(None, {
        "name": "甲公司工会委员会", "union_type": "01", "founded_on": "2012-05-20", "approved_on": "2012-05-01", "approval_no": "东工〔2012〕1号",
        "employees_at_founding": 60, "term_start": "2012-05-20", "term_end": "2017-05-19", "status": "3"})]).ledgers["union_org"][0][0]


@pytest.fixture
def people(workspace):
    return workspace.save("person", [Edit(None, {"name": name}) for name in ("赵一", "钱二", "孙三")]).ledgers["person"][0]


def election(workspace, union, kind="2", **values):
    return workspace.save("election", [Edit(None, {
        "union_id": union, "term_no": 2, "kind": kind, "held_on": HELD, "term_years": "5", "expected": 50, "present": 48, "issued": 48,
        "returned": 48, "valid": 48, "prev_term_end": "2017-05-19", "status": "5", **values})]).ledgers["election"][0][0]


def stands(workspace, record, person, post="1", elected=True, **values):
    workspace.save("election_candidate", [Edit(None, {"post": post, "person_id": person, "votes_for": 40, "elected": elected, **values}, record)])


def approve(workspace, record):
    return workspace.save("election", [Edit(record, {"status": "6", "result_approved_on": "2017-06-01", "result_no": "东工〔2017〕8号"})])


def cadres(workspace):
    return {(c["person_id"], c["post"]): (c["begins_on"], c["ends_on"], c["appoint_mode"], c["approval_no"]) for c in workspace.records("union_cadre")}


def test_an_approved_new_term_changes_who_is_in_office(workspace, union, people):
    old, new, lost = people
    workspace.save("union_cadre", [Edit(None, {"union_id": union, "person_id": old, "post": post, "begins_on": "2012-05-20"}) for post in ("1", "6")])
    record = election(workspace, union)
    stands(workspace, record, new)
    stands(workspace, record, old, post="6")
    stands(workspace, record, lost, elected=False)
    approve(workspace, record)
    day_before = HELD - dt.timedelta(days=1)
    assert cadres(workspace) == {
        (old, "1"): (dt.date(2012, 5, 20), day_before, None, None), (old, "6"): (HELD, None, "1", "东工〔2017〕8号"),
        (new, "1"): (HELD, None, "1", "东工〔2017〕8号")}
    assert len(workspace.records("union_cadre")) == 4       # the old committee seat ended, the new one is a row of its own


def test_an_approved_new_term_moves_the_unions_term_and_names_the_change_of_its_certificate(workspace, union, people):
    record = election(workspace, union)
    stands(workspace, record, people[0])
    approve(workspace, record)
    held = workspace.record("union_org", union)
    assert (held["term_start"], held["term_end"], held["status"]) == (HELD, dt.date(2022, 5, 19), "2")
    task, = workspace.records("work_task")
    assert (task["code"], task["union_id"], task["due_on"], task["title"]) == ("G01", union, dt.date(2017, 7, 1), "办理工会法人变更登记")


def test_one_step_takes_it_all_back(workspace, union, people):
    record = election(workspace, union)
    stands(workspace, record, people[0])
    approve(workspace, record)
    workspace.undo()
    assert workspace.records("union_cadre") == [] and workspace.records("work_task") == []
    assert workspace.record("union_org", union)["term_end"] == dt.date(2017, 5, 19)
    assert workspace.record("election", record)["status"] == "5"


def test_a_by_election_changes_its_post_and_not_the_term(workspace, union, people):
    old, new, stays = people
    workspace.save("union_cadre", [Edit(None, {"union_id": union, "person_id": old, "post": "1", "begins_on": "2014-01-01"}),
                                   Edit(None, {"union_id": union, "person_id": stays, "post": "3", "begins_on": "2014-01-01"})])
    record = election(workspace, union, kind="3", term_no=1, term_years=None)
    stands(workspace, record, new)
    approve(workspace, record)
    found = cadres(workspace)
    assert found[old, "1"][1] == HELD - dt.timedelta(days=1) and found[new, "1"][2] == "2" and found[stays, "3"][1] is None
    assert workspace.record("union_org", union)["term_end"] == dt.date(2017, 5, 19)
    assert workspace.count("work_task") == 1


@pytest.mark.parametrize("begins", [HELD, dt.date(2017, 6, 1)])
def test_an_elected_person_entered_beforehand_is_not_entered_twice(workspace, union, people, begins):
    workspace.save("union_cadre", [Edit(None, {"union_id": union, "person_id": people[0], "post": "1", "begins_on": begins})])
    record = election(workspace, union)
    stands(workspace, record, people[0])
    approve(workspace, record)
    assert cadres(workspace) == {(people[0], "1"): (HELD, None, "1", "东工〔2017〕8号")} and workspace.count("union_cadre") == 1


def test_an_old_cadre_whose_first_day_nobody_knows_leaves_too(workspace, union, people):
    workspace.save("union_cadre", [Edit(None, {"union_id": union, "person_id": people[1], "post": "2"})])
    record = election(workspace, union)
    stands(workspace, record, people[0])
    approve(workspace, record)
    assert cadres(workspace)[people[1], "2"][1] == HELD - dt.timedelta(days=1)


def test_a_comparison_with_what_the_cause_does_not_have_is_refused_at_load(tmp_path):
    text = (root() / "forms" / "140_election.toml").read_text("utf-8").replace('id = "election"', 'id = "vote"', 1).replace("EL", "EV")
    (tmp_path / "140_vote.toml").write_text(text.replace('["begins_on", "<", "{held_on}"]', '["begins_on", "<", "{met_on}"]'), "utf-8")
    with pytest.raises(DefinitionError, match="没有字段“met_on”"):
        load_library(tmp_path)


def test_audit_and_womens_members_do_not_enter_the_register_of_cadres(workspace, union, people):
    record = election(workspace, union)
    stands(workspace, record, people[0], post="62")
    approve(workspace, record)
    assert workspace.count("union_cadre") == 0


@pytest.mark.parametrize(("ledger", "values", "step", "taken"), [
    ("election", {"term_no": 2, "kind": "2", "status": "1"}, "4", False), ("election", {"term_no": 2, "kind": "2", "status": "4"}, "5", True),
    ("home_evaluation", {"year": 2017, "status": "1"}, "3", False), ("home_evaluation", {"year": 2017, "status": "2"}, "4", True),
    ("honour_recommendation", {"kind": "1", "level": "1", "year": 2017, "status": "1"}, "5", False),
    ("honour_recommendation", {"kind": "1", "level": "1", "year": 2017, "status": "5"}, "7", True)])
def test_a_status_takes_only_its_steps(workspace, union, ledger, values, step, taken):
    record = workspace.save(ledger, [Edit(None, {"union_id": union, **values})]).ledgers[ledger][0][0]
    workspace.save(ledger, [Edit(record, {"status": step})])
    row = workspace.record(ledger, record)
    assert row["status"] == (step if taken else values["status"])
    assert bool(row.raw) is not taken


def home(workspace, union, level="0"):
    return workspace.save("workers_home", [Edit(None, {"union_id": union, "home_kind": "1", "level": level, "area_m2": 40, "address": "花市大街1号",
                                                       "facilities": "1", "manager": "钱二"})]).ledgers["workers_home"][0][0]


@pytest.mark.parametrize(("grade", "before", "after"), [("model", "0", "2"), ("advanced", "1", "2"), ("qualified", "0", "1"), ("qualified", "2", "2"),
                                                        ("model", "4", "4"), ("failed", "0", "0")])
def test_a_grade_raises_the_home_and_never_lowers_it(workspace, union, grade, before, after):
    made = home(workspace, union, before)
    record = workspace.save("home_evaluation", [Edit(None, {"union_id": union, "year": 2017, "status": "4", "grade": grade,
                                                           "public_to": "2017-11-10"})]).ledgers["home_evaluation"][0][0]
    workspace.save("home_evaluation", [Edit(record, {"status": "5"})])
    assert workspace.record("workers_home", made)["level"] == after


@pytest.mark.parametrize(("level", "after"), [("1", "3"), ("2", "4"), ("3", "5")])
def test_an_award_gives_the_home_its_title(workspace, union, level, after):
    made = home(workspace, union, "2")
    record = workspace.save("honour_recommendation", [Edit(None, {"kind": "1", "level": level, "year": 2017, "union_id": union, "status": "5"})]
                            ).ledgers["honour_recommendation"][0][0]
    workspace.save("honour_recommendation", [Edit(record, {"status": "7", "awarded_on": "2017-12-20"})])
    row = workspace.record("workers_home", made)
    assert (row["level"], row["honour_on"]) == (after, dt.date(2017, 12, 20))


def test_a_concluded_inspection_leaves_its_day_in_the_evaluation(workspace, union):
    record = workspace.save("home_evaluation", [Edit(None, {"union_id": union, "year": 2017})]).ledgers["home_evaluation"][0][0]
    workspace.save("home_inspection", [Edit(None, {"union_id": union, "year": 2017, "inspected_on": "2017-10-12", "conclusion": "2"})])
    assert workspace.record("home_evaluation", record)["inspected_on"] == dt.date(2017, 10, 12)
