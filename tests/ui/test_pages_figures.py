"""The figures page and the log page."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

from unionclient.ui.views.figures_page import FiguresPage
from unionclient.ui.views.log_page import LogPage
from unionclient.workspace import Edit


@pytest.fixture
def union(desk):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲公司"})])
    made = desk.ws.save("union_org", [Edit(None, {"unit_id": "北京甲公司", "union_type": "独立", "founded_on": "2017-05-01",
                                                  "employees_at_founding": 120})])
    return made.ledgers["union_org"][0][0]


@pytest.fixture
def figures(desk, stage, qtbot, union):
    desk.config.put("period", "2017Y")
    page = stage(FiguresPage)
    done(desk, qtbot)
    return page


def test_every_indicator_has_a_row_with_state_in_words_and_a_bar(figures, desk):
    rows = texts(figures.table)
    assert len(rows) == len(desk.ws.library.indicators) == len(figures.chart.bars)
    assert all(row[-1] for row in rows)


def test_the_records_behind_a_figure_open_their_ledger(figures, desk, qtbot, union):
    assert texts(figures.table)[0][0].startswith("T1-01") and texts(figures.records) == [["北京甲公司工会委员会"]]
    heard = Heard()
    desk.asked.connect(heard.take)
    figures.records.doubleClicked.emit(figures.records.model().index(0, 0))
    assert [(w.page, dict(w.place)) for w in heard.all] == [("union_org", {"record": union})]


def test_missing_records_of_a_rate_can_be_listed(figures, desk, qtbot):
    figures._choose("T1-05")
    done(desk, qtbot)
    figures.sides["missing"].click()
    assert figures.sides["missing"].text() == "缺 1" and texts(figures.records) == [["北京甲公司工会委员会"]]


def test_another_period_is_computed_and_remembered(figures, desk, qtbot):
    figures.period.put("2016Y")
    figures.period.year.activated.emit(figures.period.year.currentIndex())
    done(desk, qtbot)
    assert figures.note.text().startswith("2016年全年") and desk.config.get("period") == "2016Y"


def test_the_log_shows_deeds_newest_first_with_what_they_changed(desk, stage, union):
    desk.ws.save("union_org", [Edit(union, {"founded_on": "2017-06-01"})])
    page = stage(LogPage)
    assert [row[2] for row in texts(page.table)][:2] == ["修改建会台账1条", "新增建会台账1条"]
    page.table.selectRow(0)
    assert "2017-05-01 → 2017-06-01" in page.detail.text()


def test_the_log_is_verified_with_a_verdict_in_words(desk, stage, qtbot, union):
    page = stage(LogPage)
    page.verify.click()
    done(desk, qtbot)
    assert page.verdict.text().startswith("✓ ")
