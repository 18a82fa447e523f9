"""Sums that unfold, cross-checks, reports and sending down, over packages of two streets."""

import pytest
from district.town import accepted, pack_ledgers, units_table
from page_stage import done, texts

from unionclient.ui.district import report_page
from unionclient.ui.district.remark_dialog import RecordDialog
from unionclient.workspace import Edit


@pytest.fixture
def reported(town):
    """Two periods of the first street, one of the second; one unit stands in both."""
    district, first, second = town
    twin = ("a", "甲公司", "91110101MA00A1B2X8")
    accepted(district, first.pack("2017Q2", figures={"T1-01": (2, None, 2), "T2-01": (8, 10)}),
             first.pack("2017Q3", figures={"T1-01": (3, None, 5), "T2-01": (8, 10)}, tables=[units_table([twin])]),
             second.pack("2017Q3", figures={"T1-01": (4, None, 6), "T2-01": (45, 90)}, tables=[units_table([twin])]))
    return district


@pytest.fixture
def opened(reported, window, qtbot):
    def open_page(name):
        window.show_page(name)
        done(window.desk, qtbot)
        return window.pages[name]

    return open_page


def line_of(page, figure):
    return next(row for row in texts(page.table) if row[0] == figure)


def choose(page, figure, window, qtbot):
    page.table.selectRow([row[0] for row in texts(page.table)].index(figure))
    done(window.desk, qtbot)


def test_sums_are_of_numerators_and_denominators(opened):
    page = opened("sums")
    assert line_of(page, "T2-01")[2:4] == ["53/100", "53.00%"]
    assert line_of(page, "T1-01")[2] == "7" and line_of(page, "T1-01")[4] == "11" and line_of(page, "T1-01")[9] == "2"


def test_who_is_missing_is_named(opened):
    page = opened("sums")
    assert page.missing.text().startswith("△ 没有接收到的 15 个：") and "东花市" not in page.missing.text()


def test_a_figure_is_held_against_the_period_before(opened):
    page = opened("sums")
    assert line_of(page, "T1-01")[7] == "2" and line_of(page, "T1-01")[8].startswith("增加 5")


def test_a_figure_unfolds_to_its_streets(opened, window, qtbot):
    page = opened("sums")
    choose(page, "T2-01", window, qtbot)
    streets = texts(page.unfolded.streets)
    assert {row[0]: row[1:4] for row in streets[:2]} == {"东花市街道": ["8", "10", "80.00%"], "东直门街道": ["45", "90", "50.00%"]}
    assert len(streets) == 17 and streets[-1][0].endswith("（没有接收到）")


def test_a_street_unfolds_to_units_and_records(town, workspace, window, qtbot):
    district, street, _ = town
    unit, = workspace.save("unit", [Edit(None, {"name": "北京食品有限公司", "unit_type": "159"})]).ledgers["unit"][0]
    workspace.save("union_org", [Edit(None, {"unit_id": unit, "name": "食品工会", "union_type": "01", "founded_on": "2017-08-01",
                                             "approved_on": "2017-08-01", "status": "2"})])
    accepted(district, pack_ledgers(street, workspace, "2017Q3"))
    window.show_page("sums")
    done(window.desk, qtbot)
    page = window.pages["sums"]
    choose(page, "T1-01", window, qtbot)
    assert texts(page.unfolded.streets)[0][:2] == ["东花市街道", "1"]
    assert texts(page.unfolded.units) == [["北京食品有限公司", "1"]]
    line, = page.unfolded.records.rows.items
    page.unfolded._open(line)
    assert "食品" in line.label and any("食品" in row[1] for row in texts(page.findChild(RecordDialog).cells))


def test_a_number_without_records_is_said(opened, window, qtbot):
    page = opened("sums")
    choose(page, "T1-01", window, qtbot)
    assert page.unfolded.units.rows.items == () and "没有找到对应的记录" in page.unfolded.empty.text()


def test_another_period_is_chosen(opened, window, qtbot):
    page = opened("sums")
    page.period.box.setCurrentIndex(page.period.box.findData("2017Q2"))
    page.period.box.activated.emit(1)
    done(window.desk, qtbot)
    assert "2017年第2季度" in page.note.text() and line_of(page, "T1-01")[2] == "2"


def test_a_unit_in_two_streets_is_found_and_shown(opened, window, qtbot):
    page = opened("cross")
    assert texts(page.table)[0][1] == "同一信用代码的单位在两个街道"
    assert sorted(row[0] for row in texts(page.places)) == ["东直门街道", "东花市街道"]
    page._open(page.places.rows.items[0])
    done(window.desk, qtbot)
    assert ["单位名称", "甲公司"] in texts(page.findChild(RecordDialog).cells)


def test_a_report_is_written_and_listed(opened, window, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(report_page, "show_file", seen.append)
    page = opened("report")
    page.write.click()
    done(window.desk, qtbot)
    assert sorted(row[1] for row in texts(page.reports)) == ["PDF（带图）", "工作簿"]
    page.reports.selectRow(0)
    page.open.click()
    assert seen[0].parent == window.ws.folder / "reports"


def test_targets_are_read_and_sent_down_with_definitions(opened, window, qtbot, told, tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["目标编号", "年度", "街道", "目标值", "下达文号"], ["T1-01", 2017, "东花市街道", 52, "东工发〔2017〕3号"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    window.config.put("district.year", 2017)
    page = opened("report")
    assert not page.send.go.isEnabled()
    page.take_targets(tmp_path / "t.xlsx")
    done(window.desk, qtbot)
    assert page.send.preview.text().startswith("将下发：1 条目标") and not told
    page.send.go.click()
    done(window.desk, qtbot)
    sent = texts(page.send.sent)
    assert len(sent) == 1 and sent[0][0].startswith("DOWN-2017-")
    page.send.carry.click()
    done(window.desk, qtbot)
    assert (told.folder / sent[0][0]).is_file()


def test_wrong_definitions_are_told_and_nothing_is_sent(opened, window, qtbot, told, tmp_path):
    (tmp_path / "901_x.toml").write_text("[ledger]\nid = 1\n")
    page = opened("report")
    page.send.add_forms([tmp_path / "901_x.toml"])
    page.send.go.click()
    done(window.desk, qtbot)
    assert len(told) == 2 and page.send.forms.rows.items and not (window.ws.folder / "sent-down").exists()


def test_the_data_is_exported_for_a_database(opened, window, qtbot, told):
    page = opened("report")
    page._export_csv(told.folder)
    done(window.desk, qtbot)
    assert page.exported.text().startswith("✓") and (told.folder / "figures.sql").is_file()


def test_the_log_tells_what_was_done(opened):
    assert any("给东花市街道发证书" in row[2] for row in texts(opened("district_log").table))


def test_before_anything_came_the_pages_say_so(window, qtbot):
    for name, widget, told in (("sums", "missing", "还没有接收过报送包"), ("cross", "verdict", "还没有接收过报送包"), ("report", "state", "还没有接收过报送包")):
        window.show_page(name)
        done(window.desk, qtbot)
        assert told in getattr(window.pages[name], widget).text()


def test_every_page_stands_in_light_and_dark(opened, window, look, qtbot):
    for choice in ("dark", "contrast", "light"):
        window.dress((choice, "large" if choice == "dark" else "standard"))
        for name in window.specs:
            opened(name).grab()
    assert look.choice == "light"
