"""Forms out and back in the window."""

import pytest
from openpyxl import load_workbook
from page_stage import desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)
from PySide6.QtCore import Qt

from unionclient.ui import ask
from unionclient.ui.views.collect_page import CollectPage
from unionclient.workspace import Edit


@pytest.fixture
def page(desk, stage, monkeypatch, tmp_path):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲有限公司", "community_code": "忠实里社区"}), Edit(None, {"name": "北京乙有限公司"})])
    made = stage(CollectPage)
    made.folder = tmp_path / "forms"
    monkeypatch.setattr(ask, "folder", lambda parent, title, start, then: then(made.folder))
    return made


def _tick(page, title):
    item = next(page.ledgers.item(n) for n in range(page.ledgers.count()) if page.ledgers.item(n).text() == title)
    item.setCheckState(Qt.CheckState.Checked)


def test_nothing_can_be_written_before_a_ledger_is_chosen(page):
    assert not page.write.isEnabled() and not page.take.isEnabled() and not page.letters.isEnabled()
    _tick(page, "职工人数")
    assert page.write.isEnabled() and page.chosen() == ["employee_stat"]


def test_forms_go_to_the_units_of_a_community(page, desk, qtbot):
    _tick(page, "职工人数")
    page.community.setCurrentIndex(page.community.findData("忠实里社区"))
    page.write.click()
    done(desk, qtbot)
    assert [p.name for p in page.folder.iterdir()] == ["北京甲有限公司_填报表.xlsx"]


def test_what_came_back_is_tried_then_taken_in_unit_by_unit(page, desk, qtbot):
    _tick(page, "职工人数")
    page.write.click()
    done(desk, qtbot)
    (page.folder / "北京乙有限公司_填报表.xlsx").unlink()
    path = page.folder / "北京甲有限公司_填报表.xlsx"
    book = load_workbook(path)
    sheet = book["职工人数"]
    sheet.cell(4, 1).value, sheet.cell(4, 2).value = "2017-06-30", "120"
    book.save(path)
    page.read_folder.click()
    done(desk, qtbot)
    assert texts(page.files)[0][0] == "北京甲有限公司" and texts(page.missing) == [["北京乙有限公司"]]
    assert page.tiles.texts() == ["1", "1", "1", "0", "0", "0"] and desk.ws.count("employee_stat") == 0
    page.take.click()
    done(desk, qtbot)
    assert desk.ws.count("employee_stat") == 1 and "已写入 1 个单位" in page.told.text()
