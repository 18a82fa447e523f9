"""Inspection marks, the ranking of honours and the street's score on the score page."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

from unionclient.ui.views.score_page import TABS, ScorePage
from unionclient.workspace import Edit


def saved(desk, ledger, *rows, parent=None):
    return desk.ws.save(ledger, [Edit(None, row, parent) for row in rows]).ledgers[ledger][0]


@pytest.fixture
def union(desk):
    return saved(desk, "union_org", {"name": "甲公司工会委员会", "union_type": "01", "founded_on": "2012-05-20", "status": "2"})[0]


@pytest.fixture
def team(desk, union):
    people = saved(desk, "person", {"name": "赵一"}, {"name": "钱二"})
    record = saved(desk, "home_inspection", {"union_id": union, "year": 2017, "inspected_on": "2017-10-12"})[0]
    members = saved(desk, "inspection_member", *({"person_id": p, "role": "1" if n == 0 else "2"} for n, p in enumerate(people)), parent=record)
    return record, members


def show(stage, desk, qtbot, tab):
    page = stage(ScorePage)
    page.open_at(tab=tab)
    done(desk, qtbot)
    return page


def put(page, desk, qtbot, code, key, text):
    page.sheet.marks.setData(page.sheet.cell(code, key), text)
    done(desk, qtbot)


def test_every_tab_has_its_place(stage, desk, qtbot):
    page = show(stage, desk, qtbot, "street")
    assert page.tabs.count() == len(TABS) and page.tabs.currentWidget() is page.street


def test_a_members_mark_is_typed_under_the_members_name(stage, desk, qtbot, team):
    page = show(stage, desk, qtbot, "inspection").inspections
    heard = Heard()
    desk.changed.connect(heard.take)
    assert [c.title for c in page.sheet.marks.columns] == ["编号", "项目", "满分", "赵一（组长）", "钱二", "得分"]
    put(page, desk, qtbot, "A1", team[1][0], "3")
    put(page, desk, qtbot, "A1", team[1][1], "2")
    row = page.sheet.cell("A1", team[1][0]).row()
    assert page.sheet.marks.index(row, 5).data() == "2.5" and page.tiles.texts() == ["2", "28", "—"] and len(heard.all) == 2
    assert not page.settle.isEnabled()


def test_a_mark_that_is_no_number_is_refused_in_words(stage, desk, qtbot, team):
    page = show(stage, desk, qtbot, "inspection").inspections
    put(page, desk, qtbot, "A1", team[1][0], "很好")
    assert page.wrong.isVisible() and "很好" in page.wrong.text() and page.sheet.cell("A1", team[1][0]).data() == ""


def test_a_member_of_the_inspected_union_is_named(stage, desk, qtbot, team, union):
    desk.ws.save("inspection_member", [Edit(team[1][1], {"union_id": union})])
    page = show(stage, desk, qtbot, "inspection").inspections
    assert "钱二（本工会会员）不能评审自己的工会" in page.note.text()


def test_the_finished_inspection_goes_into_the_evaluation(stage, desk, qtbot, team):
    for item in desk.ws.library.sheets["HE2017"].items.values():
        desk.ws.set_team_mark(team[0], item.code, team[1][0], {"mark": str(item.points)})
    page = show(stage, desk, qtbot, "inspection")
    page.inspections.settle.click()
    done(desk, qtbot)
    assert desk.ws.records("home_evaluation")[0]["inspect_total"] == 1000
    assert page.inspections.tiles.texts() == ["2", "0", "100.0"] or page.inspections.tiles.texts()[2] == "100"


def test_the_ranking_shows_order_places_and_what_is_lacking(stage, desk, qtbot, union):
    saved(desk, "home_evaluation", {"union_id": union, "year": 2017, "final": "95", "grade": "model", "status": "5"})
    saved(desk, "home_ballot", {"union_id": union, "year": 2017, "round": 1, "held_on": "2017-11-01", "form": "1", "eligible": 50, "issued": 50, "returned": 50,
                                "valid": 50, "satisfied": 48, "basic": 2, "unsatisfied": 0, "abstain": 0})
    other = saved(desk, "union_org", {"name": "乙公司工会委员会", "union_type": "01", "founded_on": "2012-05-20", "status": "2"})[0]
    saved(desk, "honour_recommendation", *({"kind": "1", "level": "1", "year": 2017, "union_id": u, "votes_for": 20, "votes_total": 30} for u in (other, union)))
    saved(desk, "honour_quota", {"year": 2017, "kind": "1", "level": "1", "quota": 1, "doc_no": "东工〔2017〕9号"})
    page = show(stage, desk, qtbot, "honours").honours
    page.year.setCurrentIndex(page.year.findData(2017))
    page.year.activated.emit(0)
    done(desk, qtbot)
    rows = texts(page.table)
    assert [row[0] for row in rows] == ["1", "—"] and rows[0][1] == "甲公司工会委员会" and rows[0][7] == "入围"
    assert "考核得分没有达到要求" in rows[1][7] and page.tiles.texts() == ["2", "1", "1", "1"]
    page.keep.click()
    done(desk, qtbot)
    assert [r["rank"] for r in desk.ws.records("honour_recommendation")] == [None, 1]


def test_the_streets_score_is_begun_computed_and_marked(stage, desk, qtbot, union):
    page = show(stage, desk, qtbot, "street").street
    page.year.setCurrentIndex(page.year.findData(2017))
    page.year.activated.emit(0)
    done(desk, qtbot)
    assert page.opened is None and "还没有" in page.note.text()
    page.compute.click()
    done(desk, qtbot)
    assert len([r for r in page.sheet.marks.rows if not isinstance(r, str)]) == 20 and page.tiles.texts()[0] != "—"
    put(page, desk, qtbot, "SL01", "self", "4.25")
    put(page, desk, qtbot, "SL01", "note", "另有一家待批复")
    kept = desk.ws.records("triple_item")[0]
    assert (kept["self"], kept["note"]) == (425, "另有一家待批复") and page.sheet.cell("SL01", "self").data() == "4.25"


def test_a_double_click_on_an_item_goes_to_its_figure(stage, desk, qtbot):
    page = show(stage, desk, qtbot, "street").street
    page.compute.click()
    done(desk, qtbot)
    asked = Heard()
    desk.asked.connect(asked.take)
    page.sheet.doubleClicked.emit(page.sheet.marks.index(page.sheet.cell("SL01", "self").row(), 1))
    assert asked.all[0].page == "figures" and asked.all[0].place["figure"] == "T1-01"


@pytest.mark.parametrize("tab", ["inspection", "street"])
def test_the_mark_models_keep_the_rules_of_models(stage, desk, qtbot, qtmodeltester, team, tab):
    page = show(stage, desk, qtbot, tab)
    qtmodeltester.check((page.inspections if tab == "inspection" else page.street).sheet.marks)


def test_the_contest_shows_its_sections_and_what_stands_against_a_title(stage, desk, qtbot):
    unit = saved(desk, "unit", {"name": "北京甲公司"})[0]
    entry = saved(desk, "ankang_entry", {"unit_id": unit, "year": 2017, "teams": 2, "persons": 30, "quiz_persons": 30, "quiz_pass": 30, "injuries": 0})[0]
    page = show(stage, desk, qtbot, "contest").contest
    assert page.note.text() == "还没有逐项打分。"
    sheet = desk.ws.library.sheets["AK2017"]
    desk.ws.set_contest_marks(entry, {code: {"self": str(item.points)} for code, item in sheet.items.items()})
    page.read()
    done(desk, qtbot)
    assert page.tiles.texts()[0] == "100.0" and "可以评优胜" in page.note.text() and [row[3] for row in texts(page.sections)] == ["100.00%"] * 5
    put(page, desk, qtbot, "A1", "self", "0.5")
    assert "不能评优胜" in page.note.text() and texts(page.sections)[0][3] == "79.17%"
    assert desk.ws.record("ankang_entry", entry)["self_score"] == 975
