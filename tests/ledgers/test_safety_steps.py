"""What follows by itself in focus 4: hazards and hotline reports go their steps, accidents put their questions."""

import pytest

from tests.street import Street
from unionclient.definition.phrases import plain
from unionclient.workspace import Edit


def _new(workspace, ledger, parent=None, **typed):
    changes = workspace.save(ledger, [Edit(None, typed, parent)])
    return changes.ledgers[ledger][0][0]


def _unit(workspace, name="北京甲公司"):
    return _new(workspace, "unit", name=name)


def _hazard(workspace, **typed):
    visit = _new(workspace, "safety_inspection", unit_id="北京甲公司", inspected_on="2017-04-10", inspectors="张三、李四")
    return _new(workspace, "hazard", visit, item_desc="灭火器压力不足，指针不在绿区", grade="1", **typed)


def _status(workspace, ledger, record):
    return workspace.record(ledger, record)["status"]


def _rules(workspace, ledger, record):
    return {issue.rule for issue in workspace.issues(workspace.record(ledger, record))}


# hazards ----------------------------------------------------------------------------------------------------

def test_the_dates_carry_a_hazard_from_registration_to_closing(workspace):
    _unit(workspace)
    hazard = _hazard(workspace, mode="2")
    told = []
    for typed in ({"owner_person": "王五", "due_on": "2017-04-24"}, {"done_on": "2017-04-21"},
                  {"rechecked_on": "2017-04-22", "rechecker": "张三", "recheck_result": "1", "closed_on": "2017-04-22"}):
        workspace.save("hazard", [Edit(hazard, typed)])
        told.append(_status(workspace, "hazard", hazard))
    assert told == ["20", "30", "50"]


def test_a_failed_recheck_sends_a_hazard_back_and_the_second_round_closes_it(workspace):
    _unit(workspace)
    hazard = _hazard(workspace, mode="2", owner_person="王五", due_on="2017-04-24", done_on="2017-04-21")
    workspace.save("hazard", [Edit(hazard, {"rechecked_on": "2017-04-22", "recheck_result": "2"})])
    assert _status(workspace, "hazard", hazard) == "40"
    workspace.save("hazard", [Edit(hazard, {"status": "20", "due_on": "2017-05-05", "rounds": "1"})])
    assert (_status(workspace, "hazard", hazard), "G-STEP" in _rules(workspace, "hazard", hazard)) == ("20", False)
    workspace.save("hazard", [Edit(hazard, {"rechecked_on": "2017-05-04", "recheck_result": "1", "closed_on": "2017-05-04"})])
    assert _status(workspace, "hazard", hazard) == "50"


@pytest.mark.parametrize("start, step, taken", [
    ("10", "20", True), ("10", "60", True), ("10", "50", False), ("20", "30", True), ("20", "50", False), ("30", "40", True), ("30", "50", True),
    ("40", "20", True), ("40", "50", False), ("60", "50", True), ("50", "10", False), ("50", "20", False),
])
def test_a_hazard_takes_only_its_steps(workspace, start, step, taken):
    hazard = _hazard(workspace, status=start)
    workspace.save("hazard", [Edit(hazard, {"status": step})])
    assert _status(workspace, "hazard", hazard) == (step if taken else start)
    assert ("G-STEP" in _rules(workspace, "hazard", hazard)) is not taken


def test_what_is_mended_on_the_spot_closes_without_a_recheck(workspace):
    hazard = _hazard(workspace, mode="1", closed_on="2017-04-10")
    assert _status(workspace, "hazard", hazard) == "50"
    assert not {"HZ006", "G-STEP"} & _rules(workspace, "hazard", hazard)


def test_a_hazard_is_of_the_inspected_unit_unless_it_names_its_own(workspace):
    unit = _unit(workspace)
    assert workspace.record("hazard", _hazard(workspace))["unit_id"] == unit


def test_undo_takes_back_the_step_with_the_date_that_brought_it(workspace):
    hazard = _hazard(workspace, mode="2", owner_person="王五", due_on="2017-04-24")
    workspace.save("hazard", [Edit(hazard, {"done_on": "2017-04-21"})])
    workspace.undo()
    record = workspace.record("hazard", hazard)
    assert (record["status"], record["done_on"]) == ("20", None)


# hotline ----------------------------------------------------------------------------------------------------

def _report(workspace, **typed):
    return _new(workspace, "hotline_report", received_at="2017-05-09 09:30", channel="1", content="三层消防通道堆满纸箱无法通行", **typed)


def test_a_safety_report_opens_a_hazard_and_both_know_each_other(workspace):
    unit = _unit(workspace)
    report = workspace.record("hotline_report", _report(workspace, category="5", unit_id="北京甲公司"))
    hazard = workspace.record("hazard", report["hazard_id"])
    assert (hazard["source"], hazard["unit_id"], hazard["grade"], hazard["status"]) == ("2", unit, "1", "10")
    assert (hazard["found_on"].isoformat(), hazard["item_desc"]) == ("2017-05-09", "三层消防通道堆满纸箱无法通行")
    assert "G-PARENT" not in _rules(workspace, "hazard", hazard.id)     # it needs no inspection


def test_undo_takes_the_hazard_away_with_the_report(workspace):
    _report(workspace, category="5")
    workspace.undo()
    assert (workspace.count("hotline_report"), workspace.count("hazard")) == (0, 0)


@pytest.mark.parametrize("typed, due", [({}, "2017-05-16"), ({"due_on": "2017-05-19"}, "2017-05-19")])
def test_a_report_without_a_limit_gets_five_working_days(workspace, typed, due):
    report = _report(workspace, category="1", **typed)      # 2017-05-09 is a Tuesday
    assert workspace.record("hotline_report", report)["due_on"].isoformat() == due


def test_a_report_of_another_kind_or_with_a_hazard_of_its_own_opens_none(workspace):
    _report(workspace, category="1")
    hazard = _hazard(workspace)
    _report(workspace, category="5", hazard_id=hazard)
    assert workspace.count("hazard") == 1


def test_a_safety_report_changed_later_opens_no_second_hazard(workspace):
    report = _report(workspace, category="5")
    workspace.save("hotline_report", [Edit(report, {"category": "1"})])
    workspace.save("hotline_report", [Edit(report, {"category": "5", "hazard_id": ""})])
    assert workspace.count("hazard") == 1


def test_a_hazard_found_by_nobody_in_particular_still_needs_its_inspection(workspace):
    hazard = _new(workspace, "hazard", item_desc="安全出口上锁，疏散通道堵塞", grade="1")
    assert "G-PARENT" in _rules(workspace, "hazard", hazard)


def test_a_report_goes_on_as_it_is_assigned_answered_and_asked_back(workspace):
    report = _report(workspace, category="1")
    told = []
    for typed in ({"assigned_to": "权益部"}, {"replied_on": "2017-05-12", "result": "已补发工资"}, {"satisfaction": "1"}):
        workspace.save("hotline_report", [Edit(report, typed)])
        told.append(_status(workspace, "hotline_report", report))
    assert told == ["2", "4", "5"]


@pytest.mark.parametrize("start, step, taken", [("1", "2", True), ("1", "4", False), ("2", "3", True), ("3", "4", True), ("4", "5", True), ("5", "1", False)])
def test_a_report_takes_only_its_steps(workspace, start, step, taken):
    report = _report(workspace, category="1", status=start)
    workspace.save("hotline_report", [Edit(report, {"status": step})])
    assert _status(workspace, "hotline_report", report) == (step if taken else start)


# accidents --------------------------------------------------------------------------------------------------

def test_an_accident_puts_the_six_questions_once(workspace):
    _unit(workspace)
    accident = _new(workspace, "accident", unit_id="北京甲公司", occurred_at="2017-09-01 10:00", place="仓库", type="1",
                    deaths="0", serious="1", minor="0", reported_at="2017-09-01 11:00")
    workspace.save("accident", [Edit(accident, {"minor": "1"})])
    assert [b["question"] for b in workspace.children("backtrace_item", accident)] == list("abcdef")


M = 100_000_000  # a million yuan in fen


@pytest.mark.parametrize("deaths, serious, loss, grade", [
    (0, 0, None, "1"), (2, 9, 10 * M - 1, "1"), (3, 0, None, "2"), (0, 10, None, "2"), (0, 0, 10 * M, "2"),
    (9, 49, 50 * M - 1, "2"), (10, 0, None, "3"), (0, 50, None, "3"), (0, 0, 50 * M, "3"),
    (29, 99, 100 * M - 1, "3"), (30, 0, None, "4"), (0, 100, None, "4"), (0, 0, 100 * M, "4"),
])
def test_an_accidents_grade_excludes_its_upper_bounds(street, deaths, serious, loss, grade):
    with street.case([("accident", {"id": "a", "deaths": deaths, "serious": serious, "loss": loss})]):
        assert street.connection.execute("SELECT grade FROM accident").fetchone()[0] == grade


@pytest.fixture(scope="module")
def street():
    made = Street()
    yield made
    made.connection.close()


ANSWERS = [
    ("a", "事故前12个月检查 2 次，其中有结论和双方签字的 1 次"), ("b", "事故当日未销号的隐患 2 条，其中逾期 1 条"),
    ("c", "事故当日在任的负责人和安全员 2 人，12个月内安全培训合格的 1 人"), ("d", "最近一次检查在 2017-08-01，检查人：孙七、周八，陪同人：赵六"),
    ("e", "事故前12个月12351热线反映 2 件，其中安全隐患 1 件"), ("f", "相关隐患是 A01 项，事故前12个月同类检查项记为合格的有 1 项次"),
]


def test_the_ledgers_answer_the_six_questions_as_of_the_accident(street):
    visit = {"unit_id": "u", "kind": "2", "inspectors": "张三、李四"}
    rows = [
        ("unit", {"id": "u", "name": "甲"}), ("accident", {"id": "a", "unit_id": "u", "occurred_at": "2017-09-01 10:00", "hazard_id": "h1"}),
        ("safety_inspection", {**visit, "id": "i0", "inspected_on": "2016-08-31", "conclusion": "1", "sign_unit": 1, "sign_team": 1}),   # a day too early
        ("safety_inspection", {**visit, "id": "i1", "inspected_on": "2017-04-10", "conclusion": "2", "sign_unit": 1, "sign_team": 1}),
        ("safety_inspection", {**visit, "id": "i2", "inspected_on": "2017-08-01", "inspectors": "孙七、周八", "accompanied_by": "赵六"}),
        ("safety_inspection", {**visit, "id": "i3", "inspected_on": "2017-09-02"}),                                                       # after it
        ("hazard", {"id": "h1", "parent_id": "i1", "item_code": "A01", "due_on": "2017-08-31", "status": "20"}),                          # a day over
        ("hazard", {"id": "h2", "parent_id": "i2", "due_on": "2017-09-01", "closed_on": "2017-09-02", "status": "50"}),                   # closed after it
        ("hazard", {"id": "h3", "parent_id": "i1", "due_on": "2017-04-24", "closed_on": "2017-04-22", "status": "50"}),
        *(("checklist_result", {"id": f"k{n}", "parent_id": "i1", "item_code": c, "result": r}) for n, (c, r) in enumerate((("A01", "2"), ("A02", "1"), ("B01", "1")))),
        ("safety_person", {"id": "s1", "person_id": "p1", "unit_id": "u", "role": "1", "begins_on": "2015-01-01"}),
        ("safety_person", {"id": "s2", "person_id": "p2", "unit_id": "u", "role": "4", "begins_on": "2015-01-01"}),
        ("safety_person", {"id": "s3", "person_id": "p3", "unit_id": "u", "role": "3", "begins_on": "2015-01-01", "ends_on": "2017-09-01"}),   # left that day
        ("training_class", {"id": "c", "kind": "4", "end_on": "2017-03-01", "hours": 80}),
        *(("training_attendance", {"id": f"t{n}", "parent_id": "c", "person_id": p, "passed": ok}) for n, (p, ok) in enumerate((("p1", 1), ("p2", 0), ("p3", 1)))),
        *(("hotline_report", {"id": f"r{n}", "unit_id": "u", "received_at": at, "category": c}) for n, (at, c) in enumerate((
            ("2017-05-09 09:30", "5"), ("2016-09-01 09:30", "1"), ("2016-08-31 09:30", "5"), ("2017-09-02 09:30", "5")))),
        *(("backtrace_item", {"id": q, "parent_id": "a", "question": q}) for q, _ in ANSWERS),
    ]
    with street.case(rows):
        facts = street.facts("backtrace")
    assert [(q, plain(facts[q]["answer"])) for q, _ in ANSWERS] == ANSWERS


# rosters ----------------------------------------------------------------------------------------------------

def _take(workspace, folder, ledger, text):
    path = folder / f"{ledger}.csv"
    path.write_text(text, encoding="utf-8-sig")
    plan = workspace.plan_import(ledger, path)
    workspace.apply_import(plan)
    return plan


def test_three_rosters_speak_of_one_person_and_a_fourth_finds_the_model_worker_by_name(workspace, tmp_path):
    _unit(workspace)
    number = "110101199003070011"  # the standard's printed sample
    for ledger, text in (
        ("safety_person", f"单位名称,姓名,身份证号,安全职务,任职日期\n北京甲公司,王大明,{number},主要负责人,2016-03-01\n"),
        ("model_worker", f"姓名,身份证号,荣誉称号,获得年份,工作单位,现状\n王大明,{number},市劳模,2015,北京甲公司,在职\n"),
        ("skill_cert", f"姓名,身份证号,工种,技能等级,发证机关,证书编号,发证日期\n王大明,{number},电工,高级,市鉴定中心,B-1,2017-05-01\n"),
    ):
        assert _take(workspace, tmp_path, ledger, text).new == 1
    plan = _take(workspace, tmp_path, "model_service", "姓名,称号,类别,日期,金额,签字\n王大明,市劳模,慰问,2017-01-20,1000,是\n赵无名,市劳模,慰问,2017-01-20,1000,是\n")
    assert (workspace.count("person"), plan.new, plan.rejected) == (1, 1, 1)
    worker = workspace.records("model_worker")[0]
    assert [s["kind"] for s in workspace.children("model_service", worker.id)] == ["3"]
