"""Sheets by year: a street's own sheet of a later year replaces ours from that year on; what was scored keeps its own."""

import re

import pytest

from unionclient.assessment.scoresheets import ANKANG, HOME, TRIPLE, sheet_for, sheet_of
from unionclient.definition.faults import DefinitionError, UnionClientError
from unionclient.definition.library import builtin_library, load_library
from unionclient.definition.places import root

OURS = builtin_library()


@pytest.fixture
def own(tmp_path):
    """A street's folder with next year's home sheet: item A1 weighs a point less, A2 a point more."""
    text = (root() / "forms" / "750_sheet_home.toml").read_text("utf-8").replace("HE2017", "HE2018").replace('"2017.1"', '"2018.1"')
    parts = text.split("[sheet.HE2018.items.A2]")
    parts[0] = re.sub(r'(items\.A1\].*?points = )"3"', r'\1"2"', parts[0], flags=re.S)
    parts[1] = re.sub(r'points = "4"', 'points = "5"', parts[1], count=1)
    (tmp_path / "750_next_year.toml").write_text("[sheet.HE2018.items.A2]".join(parts), "utf-8")
    return tmp_path


@pytest.mark.parametrize("family", [HOME, TRIPLE, ANKANG])
def test_our_own_sheets_hold_from_the_first_year_on(family):
    assert sheet_for(OURS, family, 2017).id == sheet_for(OURS, family, 2030).id == sheet_for(OURS, family, 2012).id == f"{family}2017"


def test_a_sheet_of_the_streets_own_holds_from_its_year(own):
    library = load_library(own)
    assert [sheet_for(library, HOME, year).id for year in (2016, 2017, 2018, 2020)] == ["HE2017", "HE2017", "HE2018", "HE2018"]
    assert sheet_for(library, HOME, 2018).items["A1"].points == 2


def test_what_was_scored_keeps_its_sheet(own):
    assert sheet_of(load_library(own), HOME, "HE2017", 2018).id == "HE2017"
    assert sheet_of(load_library(own), HOME, None, 2018).id == "HE2018"


def test_a_sheet_that_has_gone_is_said_so():
    with pytest.raises(UnionClientError, match="HE2011"):
        sheet_of(OURS, HOME, "HE2011", 2017)


def test_a_family_nobody_defined_is_said_so():
    with pytest.raises(UnionClientError, match="没有"):
        sheet_for(OURS, "ZZ", 2017)


@pytest.mark.parametrize(("before", "after", "words"), [
    ('population = "union_facts", of = "members"', 'population = "union_fact", of = "members"', "没有总体“union_fact”"),
    ('of = "members"', 'of = "member"', "没有列“member”"), ('["audit_missing", "1.5"', '["audit_lacking", "1.5"', "没有列“audit_lacking”"),
    ('V5 = "overdue_major"', 'V5 = "overdue_huge"', "没有列“overdue_huge”"), ("sheet.HE2018", "sheet.home2018", "不合规")])
def test_a_sheet_that_names_what_is_not_there_is_refused_at_load(own, before, after, words):
    path = own / "750_next_year.toml"
    assert before in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    with pytest.raises(DefinitionError, match=words):
        load_library(own)


def test_a_street_sheet_of_figures_that_are_not_there_is_refused_at_load(tmp_path):
    text = (root() / "forms" / "751_sheet_triple.toml").read_text("utf-8").replace("SL2017", "SL2018").replace('"T1-02"', '"T1-99"')
    (tmp_path / "751_next_year.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionError, match="没有指标“T1-99”"):
        load_library(tmp_path)


def test_a_sheet_whose_points_do_not_sum_is_refused_at_load(own):
    path = own / "750_next_year.toml"
    path.write_text(path.read_text("utf-8").replace('points = "5"', 'points = "6"', 1), "utf-8")
    with pytest.raises(DefinitionError, match="不等于总分 100"):
        load_library(own)
