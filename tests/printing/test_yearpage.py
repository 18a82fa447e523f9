"""The year's page: one A4 page across, whatever there is to show; states in words, readings as footnotes."""

import pytest

from printing import examples
from printing.conftest import Printed
from unionclient.printing.yearpage import Line, Reading, print_year


def line(number=1, **more):
    facts = {"id": f"T{number}", "title": f"指标{number}", "group": f"聚焦{number // 20 + 1}　组织建设", "target": "≥98%", "done": "97/100", "rate": "97.00%",
             "share": 97.0, "aim": 98.0, "pace": None, "state": "below", "on_time": False}
    return Line(**{**facts, **more})


@pytest.fixture
def page(tmp_path):
    def run(lines, readings=()):
        return Printed(print_year(lines, readings, tmp_path / "year.pdf", context=examples.CONTEXT))

    return run


@pytest.mark.parametrize("count", [1, 43, 90, 140])
def test_any_number_of_figures_is_one_page_across(page, count):
    sheet = page([line(number) for number in range(count)])
    assert len(sheet.pages) == 1 and "第1页" in sheet.text
    assert all(f"指标{number}" in sheet.text for number in range(count))


def test_figures_without_a_target_stand_below_with_their_value(page):
    sheet = page([line(1), line(2, aim=None, target="—", state="none", rate="63.15%"), line(3, aim=None, target="—", state="none", rate="—", done="12")])
    below = sheet.text.partition("其他指标")[2]
    assert "指标1" not in below and "指标263.15%" in below and "指标312" in below
    assert "其他指标" in page([line(2, aim=None)]).text


def test_states_are_told_in_words(page):
    sheet = page([line(1), line(2, state="met"), line(3, state="behind", pace=50.0), line(4, on_time=True), line(5, state="wrong")])
    assert all(words in sheet.text for words in ("×未达标", "√已达标", "△落后进度", "○进度正常", "×数据有误"))


def test_chosen_readings_are_footnotes_of_the_figures_that_rest_on_them(page):
    sheet = page([line(1, rests_on=("rule",)), line(2)], [Reading("rule", "建会日期", "成立大会日期")])
    assert "1建会日期：成立大会日期" in sheet.text


def test_a_proposed_target_is_marked_and_explained(page):
    sheet = page([line(1, target="≥39 个*")])
    assert "≥39个*" in sheet.text and "*为按全区目标平均的建议数" in sheet.text
