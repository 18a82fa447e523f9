"""The check page: run, staleness, filters, jumps and explanations."""

from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

import pytest

from unionclient.definition.issue import Level
from unionclient.ui import ask
from unionclient.ui.views.check_page import CheckPage
from unionclient.workspace import Edit


def checked(desk, stage, qtbot):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲公司", "uscc": "91110101MA0000015M"}), Edit(None, {"uscc": "错"})])
    page = stage(CheckPage)
    page.check()
    done(desk, qtbot)
    return page


def test_before_the_first_check_the_page_says_so(stage):
    assert stage(CheckPage).note.text() == "还没有检查"


def test_a_street_without_records_has_0_findings(desk, stage, qtbot):
    page = stage(CheckPage)
    page.check()
    done(desk, qtbot)
    assert page.note.text().startswith("检查于 ") and page.note.text().endswith("，0 个问题")


def test_findings_are_listed_gravest_first_and_filtered_by_level(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    levels = [row[0] for row in texts(page.table)]
    assert levels == sorted(levels, key=[level.title for level in Level].index) and levels[0] == "必须改正"
    page._levels[Level.EXPLAIN].click()
    assert {row[0] for row in texts(page.table)} == {"需要说明"}


def test_after_a_check_the_keyboard_is_at_the_gravest_finding(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    assert page.window().focusWidget() is page.table and page.table.picks() == [page.report.findings[0]]


def test_a_later_change_makes_the_check_out_of_date(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    changes = desk.ws.save("unit", [Edit(None, {"name": "北京乙公司"})])
    desk.publish(changes)
    page.refresh(changes)
    assert page.note.text().endswith("之后又改了 1 次，请重新检查")
    page.refresh(None)
    done(desk, qtbot)
    assert page.note.text().endswith("之后又改了 1 次，请重新检查")


def test_double_click_goes_to_the_cell_of_the_record(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    heard = Heard()
    desk.asked.connect(heard.take)
    finding = page.table.rows.item(0)
    page.table.doubleClicked.emit(page.table.model().index(0, 0))
    assert [(w.page, dict(w.place)) for w in heard.all] == [("unit", {"record": finding.issue.record, "field": finding.issue.fields[0]})]


def test_an_empty_phrase_is_refused_beside_the_line(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    page._levels[Level.EXPLAIN].click()
    page.table.selectAll()
    page.text.setText("核实无误")
    page.explain()
    done(desk, qtbot)
    assert page.wrong.isVisible() and "没有说明原因" in page.wrong.text() and page.text.text() == "核实无误"


def test_one_text_explains_all_selected_findings(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    page._levels[Level.EXPLAIN].click()
    page.table.selectAll()
    page.text.setText("单位刚迁入，行业类别待市监局回函后补齐")
    page.explain()
    done(desk, qtbot)
    assert {row[-1] for row in texts(page.table)} == {"已说明"}
    page.unexplained.setChecked(True)
    assert texts(page.table) == []


def test_the_header_says_when_by_which_definitions_and_how_many_remain(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    remain = sum(f.open for f in page.report.findings)
    assert f"，定义 {desk.ws.library.sha256[:8]}，{len(page.report.findings)} 个问题，还有 {remain} 个要处理" in page.note.text()


@pytest.mark.parametrize(("way", "group"), [("rule", "G-FORMAT"), ("unit", "北京甲公司"), ("level", "需要说明"), ("ledger", "单位基本信息")])
def test_findings_are_grouped_and_a_group_shows_its_own_alone(desk, stage, qtbot, way, group):
    page = checked(desk, stage, qtbot)
    page.groups.way.setCurrentIndex(page.groups.way.findData(way))
    page.groups.way.activated.emit(page.groups.way.currentIndex())
    rows = texts(page.groups.table)
    assert rows[0] == ["全部", str(len(page.report.findings))] and sum(int(n) for _, n in rows[1:]) == len(page.report.findings)
    at, (_title, number) = next((n, row) for n, row in enumerate(rows) if row[0].startswith(group))
    page.groups.table.selectRow(at)
    assert len(texts(page.table)) == int(number)


def test_one_ledger_is_checked_alone_and_the_header_says_so(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    page.ledger.setCurrentIndex(page.ledger.findData("unit"))
    page.check_ledger()
    done(desk, qtbot)
    assert "，只检查了单位基本信息，" in page.note.text() and {f.issue.ledger for f in page.report.findings} == {"unit"}


def test_one_record_is_judged_again_after_it_was_mended(desk, stage, qtbot):
    page = checked(desk, stage, qtbot)
    at = next(n for n, f in enumerate(page.report.findings) if f.issue.fields == ("uscc",))
    page.table.selectRow(at)
    page.check_record()
    done(desk, qtbot)
    assert "这个问题还在" in page.detail.text()
    desk.ws.save("unit", [Edit(page.report.findings[at].issue.record, {"uscc": ""})])
    page.check_record()
    done(desk, qtbot)
    assert "复查：" in page.detail.text() and "还在" not in page.detail.text()


def test_an_earlier_explanation_is_taken_again_only_when_the_officer_says_so(desk, stage, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda parent, title, text, then, **more: asked.append((more["more"], then)))
    desk.ws.save("unit", [Edit(None, {"name": "甲公司", "uscc": "91110101MA0000015M", "unit_type": "170", "biz_address": "东花市大街1号"})])
    union = desk.ws.save("union_org", [Edit(None, {"unit_id": "甲公司", "members_at_founding": "60", "employees_at_founding": "50"})])
    desk.ws.explain([f for f in desk.ws.check().findings if f.issue.rule == "UO005"], "含退休后保留会籍的人员12人")
    desk.ws.save("union_org", [Edit(union.ledgers["union_org"][0][0], {"members_at_founding": "61"})])
    page = stage(CheckPage)
    page.check()
    done(desk, qtbot)
    at = next(n for n, f in enumerate(page.report.findings) if f.issue.rule == "UO005")
    page.table.selectRow(at)
    assert page.report.findings[at].explained is None and page.again.isVisibleTo(page)
    page.again.click()
    assert "含退休后保留会籍的人员12人" in asked[0][0] and desk.ws.last_check().findings[at].explained is None
    asked[0][1]()
    done(desk, qtbot)
    assert next(f for f in page.report.findings if f.issue.rule == "UO005").explained.text == "含退休后保留会籍的人员12人"
