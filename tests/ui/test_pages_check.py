"""The check page: run, staleness, filters, jumps and explanations."""

from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

from unionclient.definition.issue import Level
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
