"""The command line about scores: homes, the ranking of honours, the street's yearly score, the contest."""

import json

import pytest
from click.testing import CliRunner

from unionclient.cli import main
from unionclient.workspace import Edit, Workspace


@pytest.fixture
def run(tmp_path):
    """A command on a street with one scored home, its ballot, its recommendation and a contest entry."""
    folder = tmp_path / "store"
    with Workspace.create(folder, street="110101013", officer="张三") as ws:
        def put(ledger, values):
            return ws.save(ledger, [Edit(None, values)]).ledgers[ledger][0][0]

        unit = put("unit", {"name": "北京甲公司"})
        union = put("union_org", {"unit_id": unit, "union_type": "01", "founded_on": "2012-05-04", "status": "2"})
        home = put("home_evaluation", {"union_id": union, "year": 2017})
        ws.set_marks(home, {code: {"self": str(item.points)} for code, item in ws.library.sheets["HE2017"].items.items()})
        put("home_ballot", {"union_id": union, "year": 2017, "round": 1, "held_on": "2017-11-01", "form": "1", "eligible": 50, "issued": 50, "returned": 50,
                            "valid": 50, "satisfied": 50, "basic": 0, "unsatisfied": 0, "abstain": 0})
        put("honour_recommendation", {"kind": "1", "level": "1", "year": 2017, "union_id": union, "votes_for": 20, "votes_total": 30})
        put("honour_quota", {"year": 2017, "kind": "1", "level": "1", "quota": 1})
        entry = put("ankang_entry", {"unit_id": unit, "year": 2017, "injuries": 0})
        ws.set_contest_marks(entry, {"A1": {"self": "3"}})

    def call(*words):
        result = CliRunner().invoke(main, ["--store", str(folder), "score", *words, "--year", "2017"], catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    return call


def test_homes_are_told_with_score_and_grade(run):
    assert "北京甲公司工会委员会：100.0 分 模范" in run("homes")
    assert json.loads(run("homes", "--json"))[0]["grade"] == "model"


def test_the_ranking_is_told_and_kept(run):
    assert "  1 北京甲公司工会委员会：100.0 分，满意率 100.00%，会员 0 人，入围" in run("honours", "--keep")
    assert json.loads(run("honours", "--json"))[0]["chosen"] is True
    assert run("honours", "--kind", "officer") == ""


def test_the_streets_score_is_computed_on_demand(run):
    assert "还没有" in run("street")
    assert "SL01 独立建会完成率（10 分）" in run("street", "--compute")
    assert len(json.loads(run("street", "--json"))["items"]) == 20


def test_the_contest_says_what_stands_against_a_title(run):
    assert "北京甲公司：3.0 分，“一 组织领导”得" in run("contest")
    assert json.loads(run("contest", "--json"))[0]["results"]["self"]["fit"] is False
