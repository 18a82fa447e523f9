"""What follows by itself in the ledgers of focus 5, the steps of their states, and lists that must agree with the figures."""

import re
from decimal import Decimal

import pytest

from unionclient.workspace import Edit


def _new(workspace, ledger, values, parent=None):
    return workspace.save(ledger, [Edit(None, values, parent)]).ledgers[ledger][0][0]


@pytest.fixture
def union(workspace):
    return _new(workspace, "union_org", {"name": "甲公司工会委员会", "union_type": "01"})


@pytest.fixture
def case(workspace):
    return _new(workspace, "mediation_case", {"case_no": "（2017）东街调字第1号", "accepted_on": "2017-03-01", "status": "调解中"})


def test_a_case_goes_step_by_step_and_not_back(workspace, case):
    workspace.save("mediation_case", [Edit(case, {"status": "结案", "closed_on": "2017-03-10", "outcome": "达成协议", "agreement_no": "协1"})])
    assert workspace.record("mediation_case", case)["status"] == "4"
    workspace.save("mediation_case", [Edit(case, {"status": "受理"})])
    kept = workspace.record("mediation_case", case)
    assert (kept["status"], kept.raw["status"]) == ("4", "受理")
    assert "G-STEP" in {issue.rule for issue in workspace.issues(kept)}


def test_a_follow_up_moves_the_case_on_and_tells_what_was_performed(workspace, case):
    workspace.save("mediation_case", [Edit(case, {"status": "结案", "closed_on": "2017-03-10", "outcome": "达成协议", "performed": "未履行"})])
    _new(workspace, "case_followup", {"happened_on": "2017-04-10", "performed": "全部履行", "satisfaction": "满意"}, case)
    moved = workspace.record("mediation_case", case)
    assert (moved["status"], moved["performed"]) == ("6", "2")
    workspace.undo()
    back = workspace.record("mediation_case", case)
    assert (back["status"], back["performed"], workspace.count("case_followup")) == ("4", "0", 0)


def test_a_follow_up_of_an_open_case_moves_nothing(workspace, case):
    _new(workspace, "case_followup", {"happened_on": "2017-04-10", "performed": "未履行", "satisfaction": "满意"}, case)
    assert workspace.record("mediation_case", case)["status"] == "3"


def test_a_case_that_gets_its_result_is_concluded(workspace, case):
    workspace.save("mediation_case", [Edit(case, {"closed_on": "2017-03-10", "outcome": "撤回申请"})])
    assert workspace.record("mediation_case", case)["status"] == "4"
    workspace.undo()
    assert workspace.record("mediation_case", case)["status"] == "3"


def test_choosing_a_task_writes_its_title(workspace):
    task = _new(workspace, "work_task", {"code": "J28", "owner": "王五", "due_on": "2017-12-01"})
    assert workspace.record("work_task", task)["title"] == "建立街道律师顾问制度"


def test_a_new_certificate_closes_the_task_of_its_union_only(workspace, union):
    other = _new(workspace, "union_org", {"name": "乙公司工会委员会", "union_type": "01"})
    tasks = [_new(workspace, "work_task", {"code": "J30", "union_id": u, "owner": "王五", "due_on": "2017-12-01"}) for u in (union, other)]
    cert = _new(workspace, "legal_person_cert", {"union_id": union, "old_cert_no": "京工法字1号", "issued_on": "2014-03-01", "valid_to": "2019-02-28"})
    assert workspace.record("legal_person_cert", cert)["registered_name"] == "甲公司工会委员会"
    assert workspace.record("work_task", tasks[0])["status"] == "1"
    workspace.save("legal_person_cert", [Edit(cert, {"code": "81110101MC0000012H", "issued_on": "2017-06-01"})])
    done, open_one = (workspace.record("work_task", task) for task in tasks)
    assert (done["status"], done["done_on"].isoformat(), open_one["status"]) == ("3", "2017-06-01", "1")


def test_a_change_done_at_the_registration_office_closes_its_task(workspace, union):
    task = _new(workspace, "work_task", {"code": "G01", "union_id": union, "owner": "王五", "due_on": "2017-12-01"})
    cert = _new(workspace, "legal_person_cert", {"union_id": union, "old_cert_no": "京工法字1号"})
    event = _new(workspace, "cert_event", {"kind": "变更", "happened_on": "2017-05-01", "what": "法定代表人", "submitted_on": "2017-05-10"}, cert)
    assert workspace.record("work_task", task)["status"] == "1"
    workspace.save("cert_event", [Edit(event, {"accepted_on": "2017-05-12", "issued_on": "2017-05-20"})])
    done = workspace.record("work_task", task)
    assert (done["status"], done["done_on"].isoformat()) == ("3", "2017-05-20")


def test_a_certificate_struck_off_says_so(workspace, union):
    cert = _new(workspace, "legal_person_cert", {"union_id": union, "old_cert_no": "京工法字1号"})
    _new(workspace, "cert_event", {"kind": "注销", "happened_on": "2017-05-01", "accepted_on": "2017-05-12", "issued_on": "2017-05-20"}, cert)
    assert workspace.record("legal_person_cert", cert)["status"] == "2"


# lists that must agree with the figures ---------------------------------------------------------------------


def test_every_target_of_the_figures_can_be_allocated(workspace):
    with_target = {i.id for i in workspace.library.indicators.values() if i.target is not None}
    assert with_target == set(workspace.library.codes["target"].codes)
    assert len(with_target) == 43


def test_the_sums_of_streets_are_held_against_the_districts_figures(workspace):
    told = dict(re.findall(r"\('(T\d-\d\d\w?)', words\('[^']*'\), (\d+)\)", workspace.library.checks["YL07"].sql))
    counts = {i.id: i.target for i in workspace.library.indicators.values() if i.kind == "C" and i.target is not None}
    assert told == counts


def test_only_counts_may_be_more_than_a_hundred(workspace):
    rates = {i.id for i in workspace.library.indicators.values() if i.kind != "C" and i.target is not None}
    clause = workspace.library.ledgers["target_allocation"].rules["TA002"].when.clauses[0]
    assert set(clause.value) == {i.id for i in workspace.library.indicators.values() if i.target is not None} - rates


def test_a_share_in_per_cent_keeps_its_fraction(workspace):
    saved = _new(workspace, "target_allocation", {"target_id": "T3-01", "year": "2017", "value": "3.5"})
    assert workspace.record("target_allocation", saved)["street_code"] == "110101013"
    [figure] = [f for f in workspace.figures("2017Y") if f.id == "T3-01"]
    assert (figure.target, figure.target_text) == (Decimal("3.5"), "≥3.5%")


def test_the_work_list_says_why_a_union_has_no_valid_certificate(workspace, union):
    _new(workspace, "legal_person_cert", {"union_id": union, "old_cert_no": "京工法字1号", "issued_on": "2014-03-01", "valid_to": "2019-02-28"})
    workspace.save("union_org", [Edit(union, {"founded_on": "2014-01-01", "approved_on": "2013-12-20", "status": "正常"})])
    [line] = workspace.worklist("T5-07", "2017Y").lines
    assert (line.record, line.why) == (union, "还是旧证，没有换发18位代码的新证")
