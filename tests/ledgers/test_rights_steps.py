"""Steps of focus 2: what a status allows, what follows by itself, what the program writes into a new row."""

import pytest

from unionclient.workspace import Edit


@pytest.fixture
def contract(workspace):
    """Id of a drafted general contract."""
    workspace.save("unit", [Edit(None, {"name": "甲公司"})])
    return workspace.save("collective_contract", [Edit(None, {"kind": "综合", "unit_id": "甲公司"})]).ledgers["collective_contract"][0][0]


@pytest.fixture
def congress(workspace):
    """Id of a congress held with 40 delegates."""
    workspace.save("unit", [Edit(None, {"name": "甲公司"})])
    return workspace.save("workers_congress", [Edit(None, {
        "unit_id": "甲公司", "term_no": 1, "session_no": 1, "held_on": "2017-03-20", "delegates": 40, "present": 36, "agenda": "工作报告"})
    ]).ledgers["workers_congress"][0][0]


def _rules(workspace, ledger, record):
    return {issue.rule for issue in workspace.issues(workspace.record(ledger, record))}


def test_a_contract_moves_on_by_the_dates_filled_in(workspace, contract):
    states = []
    for change in ({"signed_on": "2017-01-10", "valid_from": "2017-01-10", "valid_to": "2018-01-09"}, {"filed_on": "2017-01-16"}, {"review": "无异议"}):
        workspace.save("collective_contract", [Edit(contract, change)])
        states.append(workspace.show("collective_contract", workspace.record("collective_contract", contract), "status"))
    assert states == ["已签", "已报送", "生效"]


def test_a_contract_entered_whole_is_in_force_at_once(workspace):
    made = workspace.save("collective_contract", [Edit(None, {
        "kind": "工资专项", "signed_on": "2017-01-10", "valid_from": "2017-01-10", "valid_to": "2018-01-09", "filed_on": "2017-01-16", "review": "1"})])
    assert workspace.record("collective_contract", made.ledgers["collective_contract"][0][0])["status"] == "4"


def test_a_contract_sent_back_is_filed_again(workspace, contract):
    workspace.save("collective_contract", [Edit(contract, {"signed_on": "2017-01-10", "valid_from": "2017-01-10", "valid_to": "2018-01-09", "filed_on": "2017-01-16"})])
    states = []
    for change in ({"review": "退回"}, {"review": "待审", "filed_on": "2017-02-01"}):
        workspace.save("collective_contract", [Edit(contract, change)])
        states.append(workspace.record("collective_contract", contract)["status"])
    assert states == ["2", "3"]


def test_a_draft_cannot_be_declared_expired(workspace, contract):
    workspace.save("collective_contract", [Edit(contract, {"status": "到期"})])
    assert workspace.record("collective_contract", contract)["status"] == "1"
    assert "G-STEP" in _rules(workspace, "collective_contract", contract)


def test_a_status_typed_with_its_dates_needs_no_help(workspace, contract):
    workspace.save("collective_contract", [Edit(contract, {"status": "已签", "signed_on": "2017-01-10", "valid_from": "2017-01-10", "valid_to": "2018-01-09"})])
    assert workspace.record("collective_contract", contract)["status"] == "2"
    assert "G-STEP" not in _rules(workspace, "collective_contract", contract)


def test_a_covered_unit_begins_with_its_contract(workspace):
    area = workspace.save("collective_contract", [Edit(None, {"kind": "综合", "level": "区域性", "valid_from": "2017-03-10", "valid_to": "2018-03-09"})])
    parent = area.ledgers["collective_contract"][0][0]
    workspace.save("unit", [Edit(None, {"name": "乙公司"})])
    made = workspace.save("contract_coverage", [Edit(None, {"unit_id": "乙公司", "employees": 9}, parent=parent)])
    row = workspace.record("contract_coverage", made.ledgers["contract_coverage"][0][0])
    assert row["begins_on"].isoformat() == "2017-03-10"


def test_a_filed_congress_says_so_and_undo_takes_both_back(workspace, congress):
    workspace.save("workers_congress", [Edit(congress, {"filed_on": "2017-03-30", "filed_to": "街道总工会"})])
    assert workspace.record("workers_congress", congress)["status"] == "3"
    workspace.undo()
    record = workspace.record("workers_congress", congress)
    assert (record["status"], record["filed_on"]) == ("2", None)


def test_a_congress_filed_is_not_prepared_again(workspace, congress):
    workspace.save("workers_congress", [Edit(congress, {"status": "筹备"})])
    assert workspace.record("workers_congress", congress)["status"] == "2"


@pytest.mark.parametrize(("votes", "passed"), [(21, True), (20, False)])
def test_a_vote_passes_with_more_than_half_of_all_delegates(workspace, congress, votes, passed):
    made = workspace.save("congress_vote", [Edit(None, {"matter": "工资调整", "votes_for": votes}, parent=congress)])
    row = workspace.record("congress_vote", made.ledgers["congress_vote"][0][0])
    assert (row["delegates"], row["passed"]) == (40, passed)


@pytest.mark.parametrize("told", [None, "否"])
def test_the_founding_ledger_hears_of_the_womens_organisation(workspace, told):
    workspace.save("unit", [Edit(None, {"name": "甲公司"})])
    union = workspace.save("union_org", [Edit(None, {
        "unit_id": "甲公司", "union_type": "01", "approved_on": "2017-03-01", "approval_no": "东花工发〔2017〕1号", "founded_on": "2017-03-05",
        "employees_at_founding": 50, "has_women": told})]).ledgers["union_org"][0][0]
    workspace.save("women_org", [Edit(None, {"union_id": union, "form": "女工委", "founded_on": "2017-03-08", "members_f": 12})])
    record = workspace.record("union_org", union)
    assert (record["has_women"], record["women_on"].isoformat()) == (True, "2017-03-08")


def test_a_project_is_approved_before_it_begins(workspace):
    made = workspace.save("women_project", [Edit(None, {"name": "母婴室", "begins_on": "2017-03-01", "ends_on": "2017-09-01", "budget": "5000"})])
    project = made.ledgers["women_project"][0][0]
    workspace.save("women_project", [Edit(project, {"status": "实施"})])
    assert workspace.record("women_project", project)["status"] == "1"
    for step in ("批准", "实施", "结项", "评估"):
        workspace.save("women_project", [Edit(project, {"status": step})])
    assert workspace.record("women_project", project)["status"] == "5"
