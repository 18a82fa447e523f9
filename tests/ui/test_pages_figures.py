"""The figures page and the log page."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)
from PySide6.QtGui import QImage

from unionclient.ui.views.chart import Course, CourseChart
from unionclient.ui.views.figure_table import Heading, Row
from unionclient.ui.views.figures_page import FiguresPage
from unionclient.ui.views.log_page import LogPage
from unionclient.workspace import Edit


@pytest.fixture
def union(desk):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲公司", "community_code": "忠实里社区"})])
    made = desk.ws.save("union_org", [Edit(None, {"unit_id": "北京甲公司", "union_type": "独立", "founded_on": "2017-05-01",
                                                  "employees_at_founding": 120})])
    return made.ledgers["union_org"][0][0]


@pytest.fixture
def figures(desk, stage, qtbot, union):
    desk.config.put("period", "2017Y")
    page = stage(FiguresPage)
    done(desk, qtbot)
    return page


def pick(page, desk, qtbot, figure):
    page.table.choose(figure)
    done(desk, qtbot)


def press(page, name):
    page.views[name].click()
    return texts(page.lists[name])


def test_every_figure_stands_under_its_heading_with_state_in_words(figures, desk):
    rows = figures.table.rows.items
    assert [row.figure.id for row in rows if isinstance(row, Row)] != [] and isinstance(rows[0], Heading)
    assert sum(isinstance(row, Row) for row in rows) == len(desk.ws.library.indicators)
    assert rows[0].text == "聚焦1　组织建设"
    assert all(shown[-1] for shown, row in zip(texts(figures.table), rows, strict=True) if isinstance(row, Row))


def test_painted_cells_have_words_for_those_who_do_not_see_them(figures):
    row = next(at for at, row in enumerate(figures.table.rows.items) if isinstance(row, Row))
    model = figures.table.model()
    assert "第2季度 1" in model.index(row, 1).data() and "完成率" in model.index(row, 2).data()


def test_the_records_behind_a_figure_open_their_ledger(figures, desk, qtbot, union):
    pick(figures, desk, qtbot, "T1-01")
    assert press(figures, "of") == [["北京甲公司工会委员会"]]
    heard = Heard()
    desk.asked.connect(heard.take)
    figures.lists["of"].doubleClicked.emit(figures.lists["of"].model().index(0, 0))
    assert [(w.page, dict(w.place)) for w in heard.all] == [("union_org", {"record": union})]


def test_a_red_figure_says_who_is_missing_and_why(figures, desk, qtbot, union):
    pick(figures, desk, qtbot, "T1-05")
    assert figures.views["missing"].text() == "缺谁 1"
    row = press(figures, "missing")[0]
    assert row[:2] == ["北京甲公司工会委员会", "北京甲公司"] and "会员评家" in row[3]
    heard = Heard()
    desk.asked.connect(heard.take)
    figures.lists["missing"].doubleClicked.emit(figures.lists["missing"].model().index(0, 0))
    assert [(w.page, dict(w.place)) for w in heard.all] == [("union_org", {"record": union})]


def test_the_work_list_is_written_as_workbook_and_paper(figures, desk, qtbot, answers, tmp_path):
    pick(figures, desk, qtbot, "T1-05")
    for deed, name in ((figures.save, "list.xlsx"), (figures.paper, "list.pdf")):
        answers.paths = [tmp_path / name]
        deed.click()
        done(desk, qtbot)
        assert (tmp_path / name).stat().st_size > 1000


def test_the_year_is_printed(figures, desk, qtbot, answers, tmp_path):
    answers.paths = [tmp_path / "year.pdf"]
    figures._ask_year()
    done(desk, qtbot)
    assert (tmp_path / "year.pdf").read_bytes().startswith(b"%PDF")


def test_a_figure_is_shown_by_community_and_by_month(figures, desk, qtbot):
    pick(figures, desk, qtbot, "T4-06")
    assert press(figures, "community") == [["忠实里社区", "0", "1", "0.00%"]]
    pick(figures, desk, qtbot, "T1-01")
    months = press(figures, "month")
    assert [row[1] for row in months] == ["0"] * 4 + ["1"] + ["0"] * 7 and months[11][2] == "1"
    assert figures.chart.course.values[3:6] == (0.0, 1.0, 1.0)


def test_only_what_presses_and_only_one_part_can_be_shown(figures, desk, qtbot):
    figures.pressing.setChecked(True)
    assert all(row.figure.alarm for row in figures.table.rows.items if isinstance(row, Row))
    figures.pressing.setChecked(False)
    figures.group.setCurrentIndex(2)
    figures.group.activated.emit(2)
    assert [row.text for row in figures.table.rows.items if isinstance(row, Heading)] == [figures.group.currentText()]


def test_another_period_is_computed_and_remembered(figures, desk, qtbot):
    figures.period.put("2016Y")
    figures.period.year.activated.emit(figures.period.year.currentIndex())
    done(desk, qtbot)
    assert figures.note.text().startswith("2016年全年") and desk.config.get("period") == "2016Y"


@pytest.mark.parametrize("values", [(None,) * 12, (0.0,) * 12, (1.0, 2.0, None), (250.0,)])
def test_a_course_is_painted_whatever_its_values(qtbot, values):
    chart = CourseChart("走势")
    qtbot.addWidget(chart)
    chart.resize(240, 120)
    chart.put(Course("入会", tuple(f"{n}月" for n in range(1, len(values) + 1)), values, 100.0, "%", True))
    image = QImage(chart.size(), QImage.Format.Format_ARGB32)
    chart.render(image)
    assert "目标 100%" in chart.accessibleDescription()


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
