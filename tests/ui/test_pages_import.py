"""The import page: dry run, mapping, answers, taking in, undo, corrections."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

from unionclient.ui import ask
from unionclient.ui.views.import_page import ImportPage

ROWS = """单位全称,统一社会信用代码,备注之外
北京甲公司,91110101MA0000015M,甲
北京乙公司,,乙
"""


@pytest.fixture
def page(desk, stage):
    return stage(ImportPage)


@pytest.fixture
def tried(page, desk, qtbot, tmp_path):
    file = tmp_path / "单位.csv"
    file.write_text(ROWS, encoding="utf-8")
    page.open_at(ledger="unit", file=file)
    done(desk, qtbot)
    return page


def test_nothing_is_offered_before_a_file_is_chosen(page):
    assert page.stack.currentIndex() == 0 and not page.apply.isVisible()


def test_a_dry_run_shows_counts_and_writes_nothing(tried, desk):
    assert tried.tiles.texts() == ["2", "0", "0", "0"] and tried.note.text().startswith("试算完成")
    assert desk.ws.count("unit") == 0


def test_a_column_without_a_field_is_said_and_can_be_led_to_one(tried, desk, qtbot):
    assert "备注之外" in tried.notes.text() and tried.mapping.box("备注之外").currentText() == "不导入"
    box = tried.mapping.box("备注之外")
    box.setCurrentIndex(box.findText("备注"))
    box.activated.emit(box.currentIndex())
    done(desk, qtbot)
    assert tried.plan.unknown_columns == () and tried.mapping.box("备注之外").currentText() == "备注"


def test_an_import_is_told_published_and_taken_back_in_one_step(tried, desk, qtbot):
    heard = Heard()
    desk.changed.connect(heard.take)
    tried.apply.click()
    done(desk, qtbot)
    assert desk.ws.count("unit") == 2 and tried.told.text().startswith("已导入单位") and "unit" in heard.all[0].ledgers
    tried.undo.click()
    done(desk, qtbot)
    assert desk.ws.count("unit") == 0 and tried.told.text().startswith("已撤销") and not tried.undo.isVisible()


def test_an_ambiguous_cell_can_be_answered_without_touching_the_file(page, desk, qtbot, tmp_path):
    file = tmp_path / "建会.csv"
    file.write_text("单位名称,工会名称,成立日期\n北京甲公司,北京甲公司工会委员会,2017.1\n", encoding="utf-8")
    page.open_at(ledger="union_org", file=file)
    done(desk, qtbot)
    assert page.tiles.texts()[3] == "1" and page.corrections.isEnabled()
    row = next(at for at, finding in enumerate(page.findings.rows.items) if finding.rule == "IMP-AMBIGUOUS")
    page.findings.selectRow(row)
    page.answer.setText("2017-01-10")
    page.again.click()
    done(desk, qtbot)
    assert page.tiles.texts()[3] == "0"


def test_rejected_rows_go_to_a_corrections_workbook(page, desk, qtbot, tmp_path, monkeypatch):
    file = tmp_path / "建会.csv"
    file.write_text("单位名称,工会名称,成立日期\n北京甲公司,北京甲公司工会委员会,2017.1\n", encoding="utf-8")
    page.open_at(ledger="union_org", file=file)
    done(desk, qtbot)
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, filters, then: then(tmp_path / name))
    page.corrections.click()
    done(desk, qtbot)
    assert (tmp_path / "建会-改正表.xlsx").is_file()


def test_a_file_that_is_no_table_is_refused_in_words(page, desk, qtbot, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(ask, "fault", lambda parent, error: told.append(error.what))
    file = tmp_path / "坏.xlsx"
    file.write_bytes(b"not a workbook")
    page.open_at(ledger="unit", file=file)
    done(desk, qtbot)
    assert len(told) == 1 and page.stack.currentIndex() == 0
