"""The first page: what is to be done, gravest first, each leading to its rows."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

from unionclient.ui.views.home_page import HomePage
from unionclient.workspace import Edit


@pytest.fixture
def late(desk):
    """A hazard twelve days over its limit and a union whose term ends in two months, in a year that is over."""
    desk.ws.set_setting("ui.period", "2017Q3")
    unit = desk.ws.save("unit", [Edit(None, {"name": "北京甲公司"})]).ledgers["unit"][0][0]
    inspection = desk.ws.save("safety_inspection", [Edit(None, {"unit_id": unit})]).ledgers["safety_inspection"][0][0]
    hazard = desk.ws.save("hazard", [Edit(None, {"item_desc": "安全出口上锁，堆放纸箱", "due_on": "2017-09-18"}, inspection)]).ledgers["hazard"][0][0]
    desk.ws.save("union_org", [Edit(None, {"name": "甲工会", "status": "2", "term_end": "2017-11-30"})])
    return hazard


def test_an_empty_street_is_told_how_to_begin(stage):
    page = stage(HomePage)
    assert "从左边选一本台账开始录入" in page.mend.text()


def test_overdue_matters_come_first_and_say_by_how_many_days(stage, late):
    page = stage(HomePage)
    assert texts(page.matters)[0][:2] == ["隐患整改到期", "1"]
    assert texts(page.lines)[0][1:] == ["2017-09-18", "逾期 12 天"]
    assert page.tiles.texts()[:2] == ["1", "1"]
    assert "2017-09-30" in page.note.text() and "2017-10-10" in page.note.text()


def test_a_line_leads_to_its_record(stage, late, desk):
    page = stage(HomePage)
    heard = Heard()
    desk.asked.connect(heard.take)
    page.lines.chosen.emit(page.lines.rows.item(0))
    assert (heard.all[0].page, heard.all[0].place["record"]) == ("hazard", late)


def test_findings_and_figures_behind_are_matters_too(stage, late, desk, qtbot):
    desk.ws.check(period="2017Q3")
    page = stage(HomePage)
    titles = [row[0] for row in texts(page.matters)]
    assert {"检查出的问题", "隐患整改到期", "工会届满"} <= set(titles)


def test_the_page_follows_what_is_mended(stage, late, desk, qtbot):
    page = stage(HomePage)
    changes = desk.ws.save("hazard", [Edit(late, {"closed_on": "2017-09-20", "recheck_result": "1", "rechecked_on": "2017-09-20"})])
    page.refresh(changes)
    done(desk, qtbot)
    assert "隐患整改到期" not in [row[0] for row in texts(page.matters)]
