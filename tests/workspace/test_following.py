"""Status machines, steps that follow by themselves, computed fields, unique rules and settings: with ledgers made for it."""

import datetime as dt

import pytest

from unionclient.workspace import Edit, Workspace

CASE = '''
[ledger]
id = "case_file"
title = "案件"
source = "测试"
version = 1
key = ["no"]

[fields]
no = { title = "编号", required = true }
opened_on = { title = "立案日", type = "date" }
closed_on = { title = "结案日", type = "date" }
level = { title = "级别" }
won = { title = "胜", type = "int" }
lost = { title = "负", type = "int" }
balance = { title = "胜负差", type = "int", computed = "won - lost" }
state = { title = "进度", type = "code", codes = "case_state" }

[codes.case_state]
title = "进度"
codes = { 1 = "登记", 2 = "受理", 3 = "办结" }

[status]
field = "state"
steps = { 1 = ["2"], 2 = ["3"] }

[rules]
ZF001 = { kind = "unique", fields = ["opened_on", "state"], when = [["state", "!=", "3"]], message = "{opened_on} 已有{state}的{level}案件", mend = "请核对", basis = "测试" }

[[follows]]
id = "ZF-F1"
title = "结案后自动登记回访"
when = [["state", "=", "3"], ["closed_on", "filled"]]
ledger = "visit"
match = { case_id = "id" }
set = { due_on = "{closed_on+30d}", note = "{no}号案件回访", before_on = "{closed_on-1d}" }
make = true
once = true

[[follows]]
id = "ZF-F2"
title = "结案后发言人名单归档"
when = [["state", "=", "3"]]
each = "speaker"
each_when = [["kept", "=", true]]
ledger = "roll"
match = { name = "child.name" }
set = { last_case = "{no}" }
make = true

[settings.visit_rule]
title = "回访按哪一天算"
choices = { closed = "结案日", opened = "立案日" }
source = "测试"
'''
SPEAKER = '''
[ledger]
id = "speaker"
title = "发言人"
parent = "case_file"
source = "测试"
version = 1

[fields]
name = { title = "姓名", required = true }
kept = { title = "归档", type = "bool" }
'''
VISIT = '''
[ledger]
id = "visit"
title = "回访"
source = "测试"
version = 1
label = ["note"]

[fields]
case_id = { title = "案件", type = "reference", ref = "case_file" }
due_on = { title = "应回访日", type = "date" }
before_on = { title = "此前", type = "date" }
note = { title = "说明" }
done = { title = "已回访", type = "bool" }

[[follows]]
id = "ZF-F3"
title = "登记回访后写入案卷"
when = [["due_on", "filled"]]
ledger = "roll"
match = { name = "note" }
set = { last_case = "{case_id.no}" }
make = true
'''
ROLL = '''
[ledger]
id = "roll"
title = "名录"
source = "测试"
version = 1

[fields]
name = { title = "名称", required = true }
last_case = { title = "最近案件" }
'''


@pytest.fixture
def office(tmp_path):
    forms = tmp_path / "store" / "forms"
    forms.mkdir(parents=True)
    for name, text in (("950_case", CASE), ("951_speaker", SPEAKER), ("952_visit", VISIT), ("953_roll", ROLL)):
        (forms / f"{name}.toml").write_text(text, encoding="utf-8")
    with Workspace.create(tmp_path / "store", street="110101013", officer="张三") as opened:
        yield opened


def _one(office, **values):
    return office.save("case_file", [Edit(None, values)]).ledgers["case_file"][0][0]


def test_a_status_takes_the_next_step_only_and_keeps_what_was_typed(office):
    case = _one(office, no="1", state="登记")
    office.save("case_file", [Edit(case, {"state": "办结"})])
    kept = office.record("case_file", case)
    assert (kept["state"], kept.raw["state"]) == ("1", "办结")
    assert office.show("case_file", kept, "state") == "办结"
    (issue,) = [i for i in office.issues(kept) if i.rule == "G-STEP"]
    assert issue.mend == "下一步可以改为：受理"
    office.save("case_file", [Edit(case, {"state": "受理"})])
    assert (office.record("case_file", case)["state"], office.record("case_file", case).raw) == ("2", {})


@pytest.mark.parametrize(("state", "steps"), [("登记", ("1", "2")), ("受理", ("2", "3")), ("办结", ("3",))])
def test_the_next_states_are_offered(office, state, steps):
    assert office.next_steps("case_file", _one(office, no="1", state=state)) == steps


def test_a_new_record_may_start_in_any_state(office):
    assert office.next_steps("case_file", None) is None
    assert office.record("case_file", _one(office, no="1", state="办结"))["state"] == "3"


def test_what_follows_happens_in_the_same_step_and_goes_back_with_it(office):
    case = _one(office, no="7", state="受理")
    changes = office.save("case_file", [Edit(case, {"state": "办结", "closed_on": "2017-05-02"})])
    (visit,) = office.records("visit")
    assert (visit["case_id"], visit["due_on"], visit["before_on"], visit["note"]) == (case, dt.date(2017, 6, 1), dt.date(2017, 5, 1), "7号案件回访")
    assert set(changes.ledgers) == {"case_file", "visit", "roll"}
    assert [r["last_case"] for r in office.records("roll")] == ["7"]        # follows in turn from the visit
    assert [e.reason for e in office.history("visit", visit.id)] == ["结案后自动登记回访"]
    office.undo()
    assert not office.records("visit") and not office.records("roll") and office.record("case_file", case)["state"] == "2"
    office.redo()
    assert len(office.records("visit")) == 1
    assert office.verify_log().ok


def test_a_follow_fires_on_coming_into_its_state_not_on_every_later_change(office):
    case = _one(office, no="7", state="办结", closed_on="2017-05-02")
    (visit,) = office.records("visit")
    office.retire("visit", [visit.id], "不用回访")
    office.save("case_file", [Edit(case, {"won": "3"})])
    assert not office.records("visit")


def test_a_follow_goes_over_the_child_rows_that_fulfil_its_condition(office):
    case = _one(office, no="7", state="受理")
    office.save("speaker", [Edit(None, {"name": "甲", "kept": "是"}, case), Edit(None, {"name": "乙", "kept": "否"}, case)])
    office.save("roll", [Edit(None, {"name": "甲", "last_case": "3"})])
    office.save("case_file", [Edit(case, {"state": "办结"})])
    assert {r["name"]: r["last_case"] for r in office.records("roll")} == {"甲": "7"}


def test_a_computed_field_follows_its_row_and_is_never_typed(office):
    case = _one(office, no="1", won="5", lost="2", balance="99")
    assert office.record("case_file", case)["balance"] == 3
    office.save("case_file", [Edit(case, {"lost": "6"})])
    assert office.record("case_file", case)["balance"] == -1
    assert len(office.find("case_file", order=[("balance", True)])) == 1
    office.undo()
    assert office.record("case_file", case)["balance"] == 3


def test_a_computed_field_is_made_anew_when_its_definition_changes(office, tmp_path):
    case = _one(office, no="1", won="5", lost="2")
    office.close()
    path = tmp_path / "store" / "forms" / "950_case.toml"
    path.write_text(CASE.replace("won - lost", "won + lost"), encoding="utf-8")
    with Workspace.open(tmp_path / "store") as again:
        assert again.record("case_file", case)["balance"] == 7


def test_a_unique_rule_finds_both_records_and_names_them_in_words(office):
    first = _one(office, no="1", state="登记", level="区级", opened_on="2017-03-01")
    second = _one(office, no="2", state="登记", level="区级", opened_on="2017-03-01")
    _one(office, no="3", state="办结", opened_on="2017-03-01")
    _one(office, no="4", state="办结", opened_on="2017-03-01")
    found = [f.issue for f in office.check().findings if f.issue.rule == "ZF001"]
    assert {i.record for i in found} == {first, second}
    assert found[0].message == "2017-03-01 已有登记的区级案件"


def test_a_setting_gives_its_default_until_the_street_chooses(office):
    reading = office._store.reading({"begins": "2017-01-01", "ends": "2017-12-31", "cutoff": "2017-12-31", "year": 2017,
                                     "year_begins": "2017-01-01", "today": "2018-01-01"})
    asked = "SELECT value FROM setting WHERE key = 'visit_rule'"
    assert reading.execute(asked).fetchone() == ("closed",)
    office.set_setting("visit_rule", "opened")
    assert reading.execute(asked).fetchall() == [("opened",)]
    assert office.library.settings["visit_rule"].words("opened") == "立案日"
