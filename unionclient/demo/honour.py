"""The sample year of elections, ballots, inspections, evaluations, honours and the street's own score.

Eight older unions reach the end of their term: five hold their election in time, one late, one is put off with leave, one has
not held it. Planted, all of them to be explained: a candidate who bears the name of the employer's head (HO08), an inspected
home whose self-score lies far above the inspection (OW-L12-4), a ballot under 80 per cent that is held again, a comment nobody
answered (HO14), a recommendation without the votes (rank), one home and officer of the same union (HO33), ballots whose union has grown since its founding (HO13).
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from unionclient.definition.record import Record
from unionclient.demo import street as made_up
from unionclient.demo.cast import Cast
from unionclient.workspace import Edit, Workspace

_OLD = ("印刷", "服装", "锁具", "钟表", "眼镜", "工艺美术", "电机", "文具")
_POSTS = (("1", 1), ("3", 1), ("5", 1), ("6", 4))        # post, seats; the committee has one candidate more than seats
_TOPICS = (("希望增加体检项目", "与社区卫生站联系，增加两项"), ("文体活动多安排在下班后", "每月安排一次下班后的活动"),
           ("职工书屋开放时间太短", "中午增开一小时"), ("希望公开工会经费使用情况", "每季度在公开栏公布"), ("食堂晚餐供应早", "与行政协商延后半小时"))
_DEEDS = ("该工会坚持服务职工、维护权益，组织健全，按期换届，经审、女职工组织同步建立；每年召开职工代表大会，厂务公开按季度公布；"
          "集体合同和工资专项集体合同按期签订并报送；全年组织隐患排查两次以上，整改全部销号；开展技能培训、劳动竞赛、文体活动，"
          "职工参与率在八成以上；建立困难职工帮扶台账，做到家访、慰问、帮扶及时；会员评家满意率连续三年在百分之九十以上。"
          "职工之家有固定场所，图书、健身、母婴设施齐全，每天开放，由专人管理，深受职工欢迎。")
_PUBLIC = (dt.date(2017, 11, 20), dt.date(2017, 11, 27))


def add(workspace: Workspace, cast: Cast) -> None:
    """Plays the ledgers L11 to L15 of the year."""
    older = _older_unions(workspace, cast)
    _elections(workspace, cast, older)
    _ballots(workspace, cast)
    inspected = _evaluations(workspace, cast)
    _honours(workspace, cast, inspected)
    _street_score(workspace, cast)


def _made(workspace: Workspace, ledger: str, edits: Sequence[Edit], title: str) -> tuple[str, ...]:
    return workspace.save(ledger, edits, title=title).ledgers.get(ledger, ((), (), ()))[0]


# elections --------------------------------------------------------------------------------------------------


def _older_unions(workspace: Workspace, cast: Cast) -> list[Record]:
    """Unions of earlier years with a term that ends this year, in older units that are registered with them."""
    names = [f"北京{word}{turn}厂" for turn in ("", *"一二三四五六七八九十百千万亿") for word in _OLD][: 8 * cast.scale]
    units = _made(workspace, "unit", [Edit(None, {
        "name": name, "uscc": made_up.uscc(820000 + n * 11), "unit_type": "120", "holding": "2", "industry": "C", "biz_status": "1",
        "community_code": cast.communities[n % len(cast.communities)], "biz_address": f"广渠门内大街{n + 7}号", "contact": cast.name(),
        "contact_phone": cast.phone(), "legal_rep": cast.name(), "safety_scope": "否", "is_hitech": "否", "in_park": "否", "is_group": "否",
        "is_company": "否", "has_board": "否", "has_supervisors": "否"}) for n, name in enumerate(names)], "登记老单位")
    people = [24 + n * 7 % 60 for n in range(len(units))]
    workspace.save("employee_stat", [Edit(None, {"unit_id": unit, "as_of": dt.date(cast.year, 6, 30), "employees": number, "female": number // 3,
                                                 "migrant": 0, "dispatched": 0}) for unit, number in zip(units, people, strict=True)], title="登记职工情况")
    edits = []
    for n, (unit, number) in enumerate(zip(units, people, strict=True)):
        founded = dt.date(cast.year - 5, n % 8 + 2, 10 + n % 9)
        edits.append(Edit(None, {
            "unit_id": unit, "name": f"{names[n]}工会委员会", "union_type": "01", "approved_on": founded - dt.timedelta(days=20),
            "approval_no": f"东花工发〔{founded.year}〕{n + 1}号", "founded_on": founded, "employees_at_founding": number,
            "members_at_founding": number - 1, "term_start": founded, "term_end": founded.replace(year=cast.year) - dt.timedelta(days=1),
            "has_audit": "是", "audit_on": founded, "has_women": "是", "women_on": founded, "fee_mode": "1", "chair_fulltime": "否"}))
    made = _made(workspace, "union_org", edits, "补登以前年度建立的工会")
    return [workspace.record("union_org", union) for union in made]


def _elections(workspace: Workspace, cast: Cast, older: Sequence[Record]) -> None:
    """Of every eight: five in time, one seventy days late, one put off and then held, one only reminded of."""
    chairs = [cast.person() for _ in older]
    workspace.save("union_cadre", [Edit(None, {"union_id": u.id, "person_id": chair, "post": "1", "begins_on": u["term_start"], "fulltime": "2",
                                               "appoint_mode": "1"}) for u, chair in zip(older, chairs, strict=True)], title="登记上届主席")
    edits, put_off = [], []
    for n, union in enumerate(older):
        due, case = union["term_end"], n % 8
        if case == 6:
            put_off.append(Edit(None, {"union_id": union.id, "term_no": 1, "kind": "4", "prev_term_end": due, "extended_to": due + dt.timedelta(days=90),
                                       "applied_on": due - dt.timedelta(days=30), "approved_on": due - dt.timedelta(days=12),
                                       "approval_no": f"东花工发〔{cast.year}〕{90 + n}号", "status": "3"}))
        if case == 7:
            edits.append(Edit(None, {"union_id": union.id, "term_no": 2, "kind": "2", "prev_term_end": due, "status": "1"}))
            continue
        held = due + dt.timedelta(days=(-20, -12, -5, -30, -8, 70, 60)[case])
        edits.append(Edit(None, _election(union, n, due, held, cast.year)))
    workspace.save("election", put_off, title="登记延期换届")
    made = _made(workspace, "election", edits, "登记换届选举")
    held = [workspace.record("election", e) for e in made]
    for election, chair in zip(held, chairs, strict=True):
        if election["status"] == "5":
            _candidates(workspace, cast, election, chair)
    approved = [Edit(e.id, {"status": "6", "result_approved_on": e["reported_on"] + dt.timedelta(days=9), "result_no": f"东花工发〔{cast.year}〕{120 + n}号"})
                for n, e in enumerate(held) if e["status"] == "5"]
    workspace.save("election", approved, title="登记选举结果批复")
    tasks = [Edit(t.id, {"status": "3", "done_on": t["begins_on"] + dt.timedelta(days=18)}) for t in workspace.records("work_task")
             if t["code"] == "G01" and t["status"] == "1"]
    workspace.save("work_task", tasks[:-1], title="法人变更登记已办理")


def _election(union: Record, number: int, due: dt.date, held: dt.date, year: int) -> dict[str, object]:
    expected = union["members_at_founding"]
    present = expected - expected // 12
    return {"union_id": union.id, "term_no": 2, "kind": "2", "prev_term_end": due, "term_years": "5", "applied_on": held - dt.timedelta(days=40),
            "approved_on": held - dt.timedelta(days=28), "approval_no": f"东花工发〔{year}〕{60 + number}号", "held_on": held,
            "assembly": "1" if expected < 100 else "2", "expected": expected, "present": present, "issued": present, "returned": present,
            "valid": present, "barred_checked": "是", "chief_teller": "周建国", "tellers": "吴秀英、郑立新",
            "reported_on": held + dt.timedelta(days=4), "status": "5"}


def _candidates(workspace: Workspace, cast: Cast, election: Record, chair: str) -> None:
    """The old chair stands again in every second union; one more candidate than seats for the committee."""
    valid, again = election["valid"], election["term_no"] and int(election["prev_term_end"].day) % 2 == 0
    posts = [Edit(None, {"post": post, "seats": seats, "candidates": seats + (post == "6"), "differential": "是" if post == "6" else "否"}, election.id)
             for post, seats in _POSTS]
    workspace.save("election_post", posts, title="登记选举职位")
    rows = []
    for post, seats in _POSTS:
        for place in range(seats + (post == "6")):
            person = chair if again and (post, place) == ("1", 0) else cast.person(woman=True if post == "5" else None)
            votes = max(valid - place * max(valid // 9, 1), 1) if place < seats else valid // 4
            rows.append(Edit(None, {"post": post, "person_id": person, "job": ("部门经理", "会计", "车间主任", "班组长", "职员")[place % 5],
                                    "nominated_by": "会员小组提名", "votes_for": votes, "votes_against": (valid - votes) // 2,
                                    "votes_abstain": valid - votes - (valid - votes) // 2, "elected": "是" if place < seats else "否",
                                    "fulltime": "2"}, election.id))
    workspace.save("election_candidate", rows, title="登记候选人得票")
    if election["prev_term_end"].month == 6:
        head = workspace.record("unit", workspace.record("union_org", election["union_id"])["unit_id"])["legal_rep"]
        if head:                            # bears the name of the employer's head: to be looked into
            first = next(c for c in workspace.children("election_candidate", election.id) if c["post"] == "6")
            workspace.save("person", [Edit(first["person_id"], {"name": head})], title="登记人员信息")


# ballots ----------------------------------------------------------------------------------------------------


def _ballots(workspace: Workspace, cast: Cast) -> None:
    """What the year's ballots lack: report, notice, publication, votes by object, comments; one is held again."""
    ballots = [b for b in workspace.records("home_ballot") if b["year"] == cast.year]
    if not ballots:
        return
    workspace.save("home_ballot", [
        Edit(b.id, {"notice_on": b["held_on"] - dt.timedelta(days=7), "report_on": b["held_on"], "result_public_on": b["held_on"] + dt.timedelta(days=5),
                    "frontline": b["valid"] * 2 // 3}) for b in ballots], title="补填评家材料")
    poor = ballots[1]
    valid = poor["valid"]
    low = {"satisfied": valid // 2, "basic": valid // 5, "abstain": 0}
    workspace.save("home_ballot", [Edit(poor.id, {**low, "unsatisfied": valid - low["satisfied"] - low["basic"], "held_on": dt.date(cast.year, 10, 16),
                                                  "notice_on": dt.date(cast.year, 10, 9), "report_on": dt.date(cast.year, 10, 16)})], title="改正测评票数")
    workspace.save("home_ballot", [Edit(None, {
        "union_id": poor["union_id"], "year": cast.year, "round": 2, "redo_of": dt.date(cast.year, 10, 16), "held_on": dt.date(cast.year, 12, 11), "form": "1",
        "eligible": poor["eligible"], "issued": poor["issued"], "returned": poor["returned"], "valid": valid, "satisfied": valid * 3 // 4,
        "basic": valid // 8, "unsatisfied": valid - valid * 3 // 4 - valid // 8, "abstain": 0, "tellers": "周建国、吴秀英",
        "notice_on": dt.date(cast.year, 12, 4), "report_on": dt.date(cast.year, 12, 11), "result_public_on": dt.date(cast.year, 12, 15)})], title="登记重新测评")
    objects, comments = [], []
    for n, ballot in enumerate(ballots):
        for kind in ("1", "2", "3"):
            basic = ballot["valid"] // 12
            objects.append(Edit(None, {"object": kind, "valid": ballot["valid"], "satisfied": ballot["valid"] - basic, "basic": basic, "unsatisfied": 0, "abstain": 0}, ballot.id))
        topic, measure = _TOPICS[n % len(_TOPICS)]
        due = dt.date(cast.year, 12, 20)
        comments.append(Edit(None, {"topic": topic, "number": n % 6 + 2, "measure": measure, "due_on": due,
                                    "done_on": None if n == 2 else due - dt.timedelta(days=4), "fed_back_on": None if n == 2 else due}, ballot.id))
    workspace.save("ballot_object", objects, title="登记分项测评")
    workspace.save("ballot_comment", comments, title="登记评家意见")


# inspections and evaluations --------------------------------------------------------------------------------


def _evaluations(workspace: Workspace, cast: Cast) -> list[Record]:
    """Ten homes scored by themselves and the street, six of them inspected; their evaluations are then public or graded."""
    known = {e["union_id"]: e.id for e in workspace.records("home_evaluation")}
    for evaluation in known.values():       # scored before the other ledgers were there
        _score(workspace, evaluation, 3)
    voted = {b["union_id"] for b in workspace.records("home_ballot")}
    unions = [u for u in cast.unions if u.id in voted and u.id not in known][:10]
    made = _made(workspace, "home_evaluation", [Edit(None, {"union_id": u.id, "year": cast.year, "status": "3"}) for u in unions], "登记职工之家考核")
    team = [cast.person() for _ in range(4)]
    for n, (union, evaluation) in enumerate(zip(unions, made, strict=True)):
        _score(workspace, evaluation, n)
        if n < 6:
            _inspect(workspace, union, n, team)
    steps = [Edit(e, {"status": "4", "public_from": _PUBLIC[0], "public_to": _PUBLIC[1]}) for e in made[:8]]
    workspace.save("home_evaluation", steps, title="公示考核结果")
    workspace.save("home_evaluation", [Edit(e, {"status": "5"}) for e in made[:6]], title="考核定级")
    return unions


def _score(workspace: Workspace, evaluation: str, number: int) -> None:
    """Computed marks as they are; by hand the better homes lose a point here and there, the weaker ones more."""
    workspace.fill_auto(evaluation)
    marks: dict[str, dict[str, object]] = {}
    for at, line in enumerate(workspace.evaluation(evaluation).lines):
        auto, points = line.values.get("auto"), line.item.points
        if auto is not None:
            mark = Decimal(auto).scaleb(-1)
            marks[line.item.code] = {"self": str(mark), "review": str(mark), "deduct_reason": line.auto_words if mark < points else ""}
            continue
        lost = Decimal("0.5") if (at + number) % 7 == 0 else Decimal(0)
        less = lost + (Decimal("0.5") if (at * 3 + number) % 11 == 0 else Decimal(0))
        marks[line.item.code] = {"self": str(points - lost), "review": str(points - less),
                                 "deduct_reason": "档案缺一类" if less else None}
    workspace.set_marks(evaluation, marks)


def _inspect(workspace: Workspace, union: Record, number: int, people: Sequence[str]) -> None:
    """A leader and three members, one from the next street; the fifth home is found much weaker than it said."""
    day = dt.date(2017, 10, 10) + dt.timedelta(days=number * 3)
    inspection, = _made(workspace, "home_inspection", [Edit(None, {
        "union_id": union.id, "year": 2017, "sheet_id": "HE2017", "inspected_on": day, "place": "职工之家", "sampled_members": 12, "interview_satisfied": 11, "materials_seen": 8,
        "opinions": "组织健全，台账齐全，建议延长开放时间。", "conclusion": "1" if number < 3 else "2", "next_on": day.replace(year=2018), "signed": "是"})], "登记验家")
    members = _made(workspace, "inspection_member", [
        Edit(None, {"person_id": person, "role": "1" if n == 0 else "2", "street_code": "110101014" if n == 3 else "110101013",
                    "post": ("街道总工会副主席", "街道工会干事", "基层工会主席", "邻近街道工会干事")[n], "signed": "是"}, inspection)
        for n, person in enumerate(people)], "登记评审组")
    weak = number == 4
    rows = []
    for at, item in enumerate(workspace.inspection(inspection).sheet.items.values()):
        for n, member in enumerate(members):
            mark = item.points - (Decimal("0.5") if (at + n + number) % 9 == 0 or (at + number) % 6 == 0 else 0) - (Decimal(1) if weak and at % 2 else 0)
            rows.append(Edit(None, {"item_code": item.code, "member_id": member, "points": item.points, "mark": max(mark, Decimal("0.5")),
                                    "note": "记录不全" if weak and at % 2 and n == 0 else None}, inspection))
    workspace.save("inspection_item", rows, title="登记验家打分")
    workspace.settle_inspection(inspection)
    open_reasons = [line.item.code for line in workspace.evaluation(_evaluation_of(workspace, union)).lines
                    if line.values.get("auto") is not None and line.values.get("inspect") not in (None, line.values["auto"])]
    if open_reasons:
        workspace.set_marks(_evaluation_of(workspace, union), {code: {"override_reason": "按现场查看的情况打分"} for code in open_reasons})


def _evaluation_of(workspace: Workspace, union: Record) -> str:
    return next(e.id for e in workspace.records("home_evaluation") if e["union_id"] == union.id)


# honours ----------------------------------------------------------------------------------------------------


def _honours(workspace: Workspace, cast: Cast, unions: Sequence[Record]) -> None:
    """Six homes, two sub-homes and three officers recommended at the district's level; places for three, one and two."""
    applied, voted = dt.date(cast.year, 11, 6), dt.date(cast.year, 11, 15)
    common = {"year": cast.year, "level": "1", "applied_on": applied, "voted_on": voted, "votes_total": 31, "deeds": _DEEDS,
              "opinion_unit": "同意推荐。", "opinion_unit_on": applied, "opinion_street": "同意推荐，已公示。", "opinion_street_on": dt.date(cast.year, 11, 28)}
    edits = [Edit(None, {**common, "kind": "1", "union_id": u.id, "votes_for": 15 if n == 3 else 28 - n, "status": "3"}) for n, u in enumerate(unions[:6])]
    edits += [Edit(None, {**common, "kind": "2", "union_id": u.id, "branch_name": ("客服一组", "仓储班组")[n % 2], "votes_for": 26, "status": "3"})
              for n, u in enumerate(unions[1:3])]
    edits += [Edit(None, {**common, "kind": "3", "union_id": u.id, "person_id": cast.person(), "votes_for": 27 - n, "status": "3",
                          "union_work_from": dt.date(cast.year - (2 if n == 2 else 6), 3, 1), "resume": "长期从事基层工会工作，曾任工会委员、女工委员。"})
              for n, u in enumerate(unions[:3])]
    made = _made(workspace, "honour_recommendation", edits, "登记两模一优推荐")
    quota = [("1", None, 3), ("1", "1", 1), ("1", "2", 2), ("2", None, 1), ("3", None, 2)]
    workspace.save("honour_quota", [Edit(None, {"year": cast.year, "kind": kind, "level": "1", "enterprise_kind": unit, "quota": number,
                                                "doc_no": f"东工发〔{cast.year}〕31号"}) for kind, unit, number in quota], title="登记两模一优名额")
    chosen: set[str] = set()
    for kind in ("1", "2", "3"):
        workspace.keep_ranking(cast.year, kind, "1")
        chosen |= {p.record for p in workspace.ranking(cast.year, kind, "1").places if p.place.chosen}
    workspace.save("honour_recommendation", [Edit(h, {"status": "4", "public_from": _PUBLIC[0], "public_to": _PUBLIC[1]}) for h in made if h in chosen],
                   title="公示推荐对象")
    voted_down = [r.id for r in workspace.records("honour_recommendation") if 2 * r["votes_for"] <= r["votes_total"]]
    workspace.save("honour_recommendation", [Edit(h, {"status": "9"}) for h in voted_down], title="未入围")


def _street_score(workspace: Workspace, cast: Cast) -> None:
    """Computed from the year's figures; two marks by hand with their reasons."""
    score, = _made(workspace, "triple_creation", [Edit(None, {"year": cast.year, "status": "1"})], "登记三级联创自评")
    workspace.compute_street_score(score)
    lines = workspace.street_score(score).lines
    by_hand = {line.item.code: {"self": "0", "note": "本年没有这项工作"} for line in lines if line.now.value is None}
    first = lines[0]
    if first.now.value is not None and first.now.value < first.item.points:
        by_hand[first.item.code] = {"self": str(min(first.now.value + Decimal("0.5"), first.item.points)), "note": "另有一家已批复，待开成立大会"}
    workspace.set_street_marks(score, by_hand or {first.item.code: {"self": str(first.now.value)}})
    workspace.save("triple_creation", [Edit(score, {"status": "2"})], title="完成三级联创自评")
