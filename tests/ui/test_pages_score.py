"""The score page: marks, totals, veto, computed marks, new evaluations; and the ballots beside it."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)
from PySide6.QtCore import Qt

from unionclient.ui.views.new_evaluation import NewEvaluation
from unionclient.ui.views.score_page import ScorePage
from unionclient.ui.views.score_sheet import COLUMNS
from unionclient.workspace import Edit

COLUMN = {name: at for at, (name, *_rest) in enumerate(COLUMNS)}
COUNTS = {"held_on": "2017-06-01", "form": "会议", "eligible": 120, "issued": 118, "returned": 110, "valid": 108, "satisfied": 70,
          "basic": 20, "unsatisfied": 10, "abstain": 8}


@pytest.fixture
def union(desk):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲公司"})])
    return desk.ws.save("union_org", [Edit(None, {"unit_id": "北京甲公司", "union_type": "独立", "founded_on": "2017-05-01"})]
                        ).ledgers["union_org"][0][0]


@pytest.fixture
def page(desk, stage, union):
    desk.ws.save("home_evaluation", [Edit(None, {"union_id": union, "year": 2017})])
    return stage(ScorePage)


def cell(page, code, column):
    row = next(n for n, row in enumerate(page.sheet.sheet.rows) if not isinstance(row, str) and row.item.code == code)
    return page.sheet.sheet.index(row, COLUMN[column])


def test_the_sheet_shows_every_item_under_its_section(page, desk):
    sheet = next(iter(desk.ws.library.sheets.values()))
    assert sum(not isinstance(row, str) for row in page.sheet.sheet.rows) == len(sheet.items)
    assert page.sheet.sheet.rows[0] == next(iter(sheet.items.values())).section


def test_a_mark_is_saved_when_its_cell_is_left_and_adds_up(page, desk, qtbot):
    heard = Heard()
    desk.changed.connect(heard.take)
    page.sheet.sheet.setData(cell(page, "A1", "self"), "2.5")
    done(desk, qtbot)
    assert cell(page, "A1", "self").data() == "2.5" and page.tiles.texts()[0] == "2.5" and len(heard.all) == 1
    assert "A1" in " ".join(row[1] for row in texts(page.problems))


def test_a_mark_that_is_no_number_is_refused_in_words(page, desk, qtbot):
    page.sheet.sheet.setData(cell(page, "A1", "self"), "很好")
    done(desk, qtbot)
    assert page.wrong.isVisible() and "很好" in page.wrong.text() and cell(page, "A1", "self").data() == ""


def test_not_applicable_takes_the_item_out(page, desk, qtbot):
    page.sheet.sheet.setData(cell(page, "A1", "na"), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    done(desk, qtbot)
    assert page.tiles.texts()[3] == str(page.opened.sheet.items["A1"].points)


def test_marks_are_computed_from_the_ledgers(page, desk, qtbot):
    page.auto.click()
    done(desk, qtbot)
    assert any(line.values.get("auto") is not None for line in page.opened.lines)


def test_a_veto_sets_the_grade(page, desk, qtbot):
    page.veto.setCurrentIndex(page.veto.findData("V3"))
    page.veto.activated.emit(page.veto.currentIndex())
    done(desk, qtbot)
    assert page.tiles.texts()[5] == "不合格"
    assert desk.ws.record("home_evaluation", page.opened.record.id)["grade"] == "failed"


def test_the_sheet_model_keeps_the_rules_of_models(page, qtmodeltester):
    qtmodeltester.check(page.sheet.sheet)


def test_a_new_evaluation_is_made_and_opened(desk, stage, qtbot, union):
    page = stage(ScorePage)
    dialog = NewEvaluation(desk, page._make, page)
    dialog.year.setText("2016")
    dialog.hand_on()
    done(desk, qtbot)
    assert page.opened.record["year"] == 2016 and page.opened.record["union_id"] == union


def test_a_ballot_shows_its_verdict_in_three_readings(page, desk, qtbot, union):
    desk.ws.save("home_ballot", [Edit(None, {"union_id": union, "year": 2017, "round": 1, **COUNTS})])
    page.refresh(None)
    done(desk, qtbot)
    assert page.ballots.verdict.text() == "通过" and page.ballots.rates.texts()[2:] == ["83.33%", "64.81%", "74.07%"]
    page.ballots.reading.setCurrentIndex(1)
    page.ballots.reading.activated.emit(1)
    assert page.ballots.verdict.text().startswith("未通过")


def test_the_dialog_for_a_new_evaluation_is_freed_on_close(page, desk, qtbot):
    page.new.click()
    dialog = page.findChild(NewEvaluation)
    with qtbot.waitSignal(dialog.destroyed, timeout=2000):
        dialog.reject()
