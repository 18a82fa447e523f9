"""What follows by itself in organisation work: prospects end, coverage ends, transfers change the superior, events the state."""

import datetime as dt

import pytest

from unionclient.workspace import Edit


def save(workspace, ledger, parent=None, **fields):
    """Id of the new record."""
    return workspace.save(ledger, [Edit(None, fields, parent=parent)]).ledgers[ledger][0][0]


@pytest.fixture
def unit(workspace):
    return save(workspace, "unit", name="北京甲公司")


@pytest.fixture
def prospect(workspace, unit):
    return save(workspace, "founding_prospect", unit_id=unit, lead_source="1", listed_on="2017-02-01", est_employees="20", status="10")


def found(workspace, unit, **other):
    return save(workspace, "union_org", unit_id=unit, union_type="01", founded_on="2017-05-10", approved_on="2017-05-01",
                approval_no="东花工发〔2017〕1号", employees_at_founding="20", **other)


def state(workspace, prospect):
    record = workspace.record("founding_prospect", prospect)
    return record["status"], record["closed_on"]


def test_a_visit_contacts_the_prospect_and_consent_moves_it_on(workspace, prospect):
    save(workspace, "prospect_visit", parent=prospect, visited_on="2017-02-10", method="1", visitors="李四", result="2")
    assert state(workspace, prospect)[0] == "20"
    save(workspace, "prospect_visit", parent=prospect, visited_on="2017-03-10", method="1", visitors="李四", result="1")
    assert state(workspace, prospect)[0] == "30"


def test_a_meeting_moves_the_prospect_of_a_unit_that_agrees(workspace, unit, prospect):
    meeting = save(workspace, "communication_meeting", kind="1", held_on="2017-03-10", place="社区服务中心", host="李四", units_invited="2",
                   units_attended="1", units_agreed="1", attendees="5", joined_on_site="0")
    save(workspace, "meeting_unit", parent=meeting, unit_id=unit, agreed="是")
    assert state(workspace, prospect)[0] == "30"


def test_a_founding_closes_the_prospect_on_its_day(workspace, unit, prospect):
    found(workspace, unit)
    assert state(workspace, prospect) == ("50", dt.date(2017, 5, 10))


def test_a_union_in_preparation_closes_nothing_until_it_is_founded(workspace, unit, prospect):
    union = found(workspace, unit, status="1")
    assert state(workspace, prospect)[0] == "10"
    workspace.save("union_org", [Edit(union, {"status": "2"})])
    assert state(workspace, prospect)[0] == "50"


def test_coverage_closes_the_prospect_and_an_own_union_ends_the_coverage(workspace, unit, prospect):
    joint = save(workspace, "union_org", name="南里社区联合工会", union_type="03", founded_on="2014-01-01")
    cover = save(workspace, "union_coverage", union_id=joint, unit_id=unit, covered_from="2017-03-01", employees="20")
    assert state(workspace, prospect) == ("60", dt.date(2017, 3, 1))
    found(workspace, unit)
    ended = workspace.record("union_coverage", cover)
    assert (ended["status"], ended["covered_to"]) == ("2", dt.date(2017, 5, 9))
    assert state(workspace, prospect)[0] == "60"        # what is closed stays as it was
    workspace.undo()                                     # the founding and all that followed are one step
    assert workspace.record("union_coverage", cover)["covered_to"] is None


def test_a_dissolved_joint_union_covers_nobody(workspace, unit):
    joint = save(workspace, "union_org", name="南里社区联合工会", union_type="03", founded_on="2014-01-01")
    cover = save(workspace, "union_coverage", union_id=joint, unit_id=unit, covered_from="2017-03-01", employees="20")
    workspace.save("union_org", [Edit(joint, {"status": "5", "dissolved_on": "2017-09-30"})])
    assert workspace.record("union_coverage", cover)["covered_to"] == dt.date(2017, 9, 30)


@pytest.mark.parametrize(("case", "direction", "dated"), [
    ("1", None, "moved_out_on"), ("3", None, "moved_in_on"), ("2", "1", "moved_out_on"), ("5", "2", "moved_in_on"), ("5", "3", None),
])
def test_a_finished_transfer_changes_the_superior(workspace, unit, case, direction, dated):
    street = save(workspace, "union_org", name="东花市街道总工会", union_type="07", founded_on="2004-01-01")
    union = found(workspace, unit, parent_union_id=street)
    moved = save(workspace, "affiliation_transfer", union_id=union, case_type=case, direction=direction, from_org="甲总工会",
                 to_org="东城园工会联合会", applied_on="2017-06-01", from_agreed_on="2017-06-10", to_agreed_on="2017-06-20",
                 effective_on="2017-07-01", members_moved="20", funds_settled="是", status="3")
    assert workspace.record("union_org", union)["parent_union_id"] == street
    workspace.save("affiliation_transfer", [Edit(moved, {"status": "4"})])
    record = workspace.record("union_org", union)
    assert (record["parent_name"], record["parent_union_id"]) == ("东城园工会联合会", None)
    assert {name: record[name] for name in ("moved_in_on", "moved_out_on") if record[name]} == ({dated: dt.date(2017, 7, 1)} if dated else {})


def test_a_transfer_goes_through_both_sides(workspace, unit):
    moved = save(workspace, "affiliation_transfer", union_id=found(workspace, unit), case_type="1", from_org="甲", to_org="乙",
                 applied_on="2017-06-01", members_moved="20", funds_settled="是", status="1")
    workspace.save("affiliation_transfer", [Edit(moved, {"status": "4"})])
    record = workspace.record("affiliation_transfer", moved)
    assert record["status"] == "1"
    assert "G-STEP" in {issue.rule for issue in workspace.issues(record)}


@pytest.mark.parametrize(("event", "after"), [("2", "3"), ("4", "2"), ("5", "4"), ("6", "5"), ("7", "6"), ("3", "1")])
def test_an_event_sets_the_state_of_the_membership(workspace, event, after):
    member = save(workspace, "membership", name="张三", id_no="110101199003070011", joined_on="2015-03-01")
    save(workspace, "membership_event", parent=member, event=event, happened_on="2017-06-30")
    assert workspace.record("membership", member)["status"] == after


def test_fees_by_the_tax_office_mark_the_open_prospect(workspace, unit, prospect):
    save(workspace, "fee_collection", unit_id=unit, period="2017-03", channel="1", due="100", paid="100", paid_on="2017-04-10")
    assert workspace.record("founding_prospect", prospect)["tax_collect"] is True


def test_a_score_of_a_social_worker_weighs_two_three_five(workspace):
    person = save(workspace, "person", name="张三")
    record = save(workspace, "cadre_assessment", person_id=person, year="2017", self_score="95", station_score="90", street_score="88.5")
    assert workspace.show("cadre_assessment", workspace.record("cadre_assessment", record), "total") == "90.25"  # 19 + 27 + 44.25
