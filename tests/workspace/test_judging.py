"""The verbs of inspections, honours and the street's score on a real store."""

import datetime as dt
from decimal import Decimal

import pytest

from unionclient.definition.faults import UnionClientError
from unionclient.definition.places import root
from unionclient.workspace import Edit, Workspace


def saved(workspace, ledger, *rows, parent=None):
    return workspace.save(ledger, [Edit(None, row, parent) for row in rows]).ledgers[ledger][0]


@pytest.fixture
def union(workspace):
    return saved(workspace, "union_org", {"name": "甲公司工会委员会", "union_type": "01", "founded_on": "2012-05-20", "status": "2"})[0]


@pytest.fixture
def team(workspace, union):
    """(inspection, member ids): a leader and two members."""
    people = saved(workspace, "person", {"name": "赵一"}, {"name": "钱二"}, {"name": "孙三"})
    record = saved(workspace, "home_inspection", {"union_id": union, "year": 2017, "inspected_on": "2017-10-12"})[0]
    members = saved(workspace, "inspection_member", *({"person_id": p, "role": "1" if n == 0 else "2"} for n, p in enumerate(people)), parent=record)
    return record, members


def test_a_members_mark_is_kept_with_who_gave_it(workspace, team):
    record, (head, second, _) = team
    workspace.set_team_mark(record, "A1", head, {"mark": "3"})
    workspace.set_team_mark(record, "A1", second, {"mark": "2", "note": "缺名册"})
    line = workspace.inspection(record).lines[0]
    assert (line.result.value, {m: r["mark"] for m, r in line.marks.items()}) == (Decimal("2.5"), {head: 30, second: 20})
    assert workspace.record("home_inspection", record)["sheet_id"] == "HE2017"
    workspace.set_team_mark(record, "A1", second, {"mark": "3"})
    assert workspace.inspection(record).lines[0].result.value == 3 and workspace.count("inspection_item") == 2


def test_a_mark_that_is_no_number_is_refused(workspace, team):
    with pytest.raises(UnionClientError, match="不是分数"):
        workspace.set_team_mark(team[0], "A1", team[1][0], {"mark": "很好"})
    assert workspace.count("inspection_item") == 0


def test_nobody_scores_the_own_union(workspace, union, team):
    record, (head, second, _) = team
    workspace.save("inspection_member", [Edit(second, {"union_id": union})])
    workspace.set_team_mark(record, "A1", head, {"mark": "3"})
    workspace.set_team_mark(record, "A1", second, {"mark": "0"})
    opened = workspace.inspection(record)
    assert [m.barred for m in opened.team] == ["", "本工会会员", ""] and opened.lines[0].result.value == 3


def test_the_marks_become_the_third_column_of_the_evaluation(workspace, union, team):
    record, (head, *_) = team
    opened = workspace.inspection(record)
    for line in opened.lines:
        workspace.set_team_mark(record, line.item.code, head, {"mark": str(line.item.points), "note": "齐全" if line.item.code == "A1" else ""})
    changes = workspace.settle_inspection(record)
    evaluation = workspace.records("home_evaluation")[0]
    assert (evaluation["inspect_total"], evaluation["grade"], evaluation["leader"], evaluation["team"]) == (1000, "model", "赵一", "钱二、孙三")
    assert (evaluation["sheet_id"], evaluation["inspected_on"], len(changes.ledgers["evaluation_item"][0])) == ("HE2017", dt.date(2017, 10, 12), 29)
    item = next(i for i in workspace.records("evaluation_item") if i["item_code"] == "A1")
    assert (item["inspected_by"], item["deduct_reason"], item["points"]) == ("赵一", "齐全", 30)
    workspace.settle_inspection(record)
    assert workspace.count("home_evaluation") == 1 and workspace.count("evaluation_item") == 29
    workspace.undo()
    assert workspace.count("evaluation_item") in (0, 29)


def test_an_open_item_is_named_before_anything_is_entered(workspace, team):
    with pytest.raises(UnionClientError, match="还有 29 项没有打分"):
        workspace.settle_inspection(team[0])
    assert workspace.count("home_evaluation") == 0


def recommend(workspace, union, score, satisfied, votes=20, **values):
    saved(workspace, "home_evaluation", {"union_id": union, "year": 2017, "final": score, "grade": "model", "status": "5"})
    saved(workspace, "home_ballot", {"union_id": union, "year": 2017, "round": 1, "held_on": "2017-11-01", "form": "1", "eligible": 100, "issued": 100,
                                     "returned": 100, "valid": 100, "satisfied": satisfied, "basic": 0, "unsatisfied": 100 - satisfied, "abstain": 0})
    return saved(workspace, "honour_recommendation", {"kind": "1", "level": "1", "year": 2017, "union_id": union, "applied_on": "2017-11-20",
                                                      "votes_for": votes, "votes_total": 30, **values})[0]


def test_the_ranking_goes_by_score_and_the_quota_takes_the_best(workspace):
    first, second, third = saved(workspace, "union_org", *({"name": f"{n}号工会", "union_type": "01", "founded_on": "2012-05-20", "status": "2"} for n in "甲乙丙"))
    best, good, voted_down = recommend(workspace, first, "96.5", 98), recommend(workspace, second, "95", 97), recommend(workspace, third, "99", 99, votes=15)
    saved(workspace, "honour_quota", {"year": 2017, "kind": "1", "level": "1", "quota": 1, "doc_no": "东工〔2017〕9号"})
    found = workspace.ranking(2017, "1", "1")
    assert [(p.record, p.place.rank, p.place.chosen, p.place.told) for p in found.places] == [
        (best, 1, True, "入围"), (good, 2, False, "名额已满"), (voted_down, None, False, "票决没有过半数")]
    assert (found.places[0].score, found.places[0].rate, found.quota) == (Decimal("96.5"), Decimal("98.00"), {None: 1})
    workspace.keep_ranking(2017, "1", "1")
    row = workspace.record("honour_recommendation", best)
    assert (row["rank"], row["home_score"], row["ballot_rate"]) == (1, 965, 9800)


@pytest.fixture
def score(workspace):
    return saved(workspace, "triple_creation", {"year": 2017})[0]


def test_the_streets_score_follows_from_its_figures(workspace, score):
    unit = saved(workspace, "unit", {"name": "甲公司"})[0]
    saved(workspace, "union_org", *({"name": f"{n}号工会", "unit_id": unit, "union_type": "01", "founded_on": "2017-05-20", "status": "2"} for n in range(10)))
    saved(workspace, "target_allocation", {"target_id": "T1-01", "year": 2017, "street_code": "110101013", "value": 40, "doc_no": "东工〔2017〕2号"})
    workspace.compute_street_score(score)
    line = workspace.street_score(score).lines[0]
    assert (line.row["auto"], line.row["title"], line.row["target_text"], line.row["done_text"]) == (250, "独立建会完成率", "≥40 个", "10个")
    kept = workspace.record("triple_creation", score)
    assert (kept["auto_total"] >= 250, kept["self_total"], kept["sheet_id"]) == (True, None, "SL2017")
    assert workspace.street_score(score).stale == ()


def test_the_streets_own_marks_add_up_with_the_computed_ones(workspace, score):
    workspace.compute_street_score(score)
    workspace.set_street_marks(score, {"SL01": {"self": "7.5", "note": "另有三家待批复"}})
    kept, total = workspace.record("triple_creation", score), workspace.street_score(score).total
    assert Decimal(kept["self_total"]).scaleb(-2) == total.self >= Decimal("7.5")
    workspace.set_street_marks(score, {"SL01": {"verified": "5"}})
    assert workspace.record("triple_creation", score)["verified_total"] == kept["self_total"] - 250


def test_a_figure_that_changed_since_is_told(workspace, score):
    workspace.compute_street_score(score)
    unit = saved(workspace, "unit", {"name": "甲公司"})[0]
    saved(workspace, "union_org", {"name": "甲公司工会", "unit_id": unit, "union_type": "01", "founded_on": "2017-05-20", "status": "2"})
    assert "SL01" in workspace.street_score(score).stale


def test_a_streets_own_sheet_of_next_year_leaves_this_years_evaluations_alone(tmp_path):
    own = tmp_path / "street" / "forms"
    own.mkdir(parents=True)
    text = (root() / "forms" / "750_sheet_home.toml").read_text("utf-8").replace("HE2017", "HE2018").replace('title = "职工之家考核评分表"', 'title = "本街道评分表"')
    (own / "750_own.toml").write_text(text, "utf-8")
    with Workspace.create(own.parent, street="110101013", officer="张三") as street:
        union = saved(street, "union_org", {"name": "甲公司工会委员会", "union_type": "01", "founded_on": "2012-05-20", "status": "2"})[0]
        old, new = saved(street, "home_evaluation", {"union_id": union, "year": 2017}, {"union_id": union, "year": 2018})
        for record in (old, new):
            street.set_marks(record, {"A1": {"self": "2"}})
        assert [street.record("home_evaluation", r)["sheet_id"] for r in (old, new)] == ["HE2017", "HE2018"]
        assert [street.evaluation(r).sheet.title for r in (old, new)] == ["职工之家考核评分表", "本街道评分表"]


def test_the_contests_marks_add_up_with_the_bonus(workspace):
    unit = saved(workspace, "unit", {"name": "甲公司"})[0]
    entry = saved(workspace, "ankang_entry", {"unit_id": unit, "year": 2017, "injuries": 1, "bonus": "2"})[0]
    workspace.set_contest_marks(entry, {"A1": {"self": "3", "inspect": "2"}, "B1": {"na": "是"}})
    kept, opened = workspace.record("ankang_entry", entry), workspace.contest(entry)
    assert (kept["self_score"], kept["check_score"], kept["sheet_id"]) == (50, 40, "AK2017")
    assert opened.results["self"].sections[1].points == 29 and "本年有伤亡事故 1 起" in opened.results["inspect"].against
    with pytest.raises(UnionClientError, match="不是分数"):
        workspace.set_contest_marks(entry, {"A1": {"self": "很好"}})
