"""Cases of the checks over elections, ballots, inspections, evaluations, honours and the street's score."""

from tests.ledgers.cases import CheckCase

UNION = ("union_org", {"id": "o1", "name": "甲公司工会委员会", "unit_id": "u1", "union_type": "01", "founded_on": "2012-03-01", "status": "2",
                       "term_start": "2012-03-01", "term_end": "2017-03-01"})
UNIT = ("unit", {"id": "u1", "name": "甲公司", "unit_type": "170", "holding": "5", "biz_status": "1", "legal_rep": "赵一"})
STAFF = ("employee_stat", {"unit_id": "u1", "as_of": "2017-01-01", "employees": 100})
PEOPLE = [("person", {"id": f"p{n}", "name": name}) for n, name in enumerate(("赵一", "钱二", "孙三", "李四", "周五", "吴六"), 1)]
STREET = {"street": "110101013"}


def election(**values):
    return ("election", {"id": "e1", "union_id": "o1", "term_no": 2, "kind": "2", "expected": 100, "valid": 90, "status": "4",
                         "held_on": "2017-02-20", **values})


def candidate(name, person, votes, elected=None, post="6", **values):
    return ("election_candidate", {"id": name, "parent_id": "e1", "post": post, "person_id": person, "votes_for": votes, "elected": elected, **values})


def post(seats, candidates, which="6"):
    return ("election_post", {"id": f"t{which}", "parent_id": "e1", "post": which, "seats": seats, "candidates": candidates})


def members(count, union="o1"):
    return [("membership", {"id": f"m{union}{n}", "id_no": f"{union}{n}", "name": "某", "union_id": union, "unit_id": "u1", "status": "1",
                            "joined_on": "2016-01-01"}) for n in range(count)]


def chair(name, person, begins, ends=None):
    return ("union_cadre", {"id": name, "union_id": "o1", "post": "1", "person_id": person, "begins_on": begins, "ends_on": ends})


def ballot(name="b1", union="o1", eligible=120, valid=100, satisfied=70, basic=20, unsatisfied=10, round_=1, **values):
    return ("home_ballot", {"id": name, "union_id": union, "year": 2017, "round": round_, "form": "1", "held_on": "2017-06-01",
                            "eligible": eligible, "issued": eligible, "returned": eligible, "valid": valid, "satisfied": satisfied,
                            "basic": basic, "unsatisfied": unsatisfied, "abstain": valid - satisfied - basic - unsatisfied, **values})


def evaluation(name="v1", union="o1", **values):
    return ("home_evaluation", {"id": name, "union_id": union, "year": 2017, "sheet_id": "HE2017", "status": "5", **values})


def team(roles="1222", streets=(13, 13, 13, 9), unions=(None, None, None, None), parent="i1"):
    """Members g1 … of an inspection: roles, streets by number, own unions."""
    return [("inspection_member", {"id": f"g{n}", "parent_id": parent, "person_id": f"p{n}", "role": role,
                                   "street_code": f"110101{street:03}", "union_id": union})
            for n, (role, street, union) in enumerate(zip(roles, streets, unions, strict=False), 1)]


def inspection(**values):
    return ("home_inspection", {"id": "i1", "union_id": "o1", "year": 2017, "inspected_on": "2017-09-01", "conclusion": "2", **values})


def honour(name="h1", union="o1", **values):
    return ("honour_recommendation", {"id": name, "kind": "1", "level": "1", "year": 2017, "union_id": union, "status": "5",
                                      "applied_on": "2017-10-01", "votes_for": 20, "votes_total": 30, **values})


SOUND = [UNIT, STAFF, UNION, ballot(satisfied=90, basic=5, unsatisfied=5), evaluation(final=920, grade="model")]
OTHER = ("union_org", {"id": "o2", "name": "乙社区联合工会", "union_type": "03", "founded_on": "2015-01-01", "status": "2"})
FIRST = ("election", {"id": "e0", "union_id": "o1", "term_no": 1, "kind": "1", "held_on": "2012-03-01", "status": "6"})


def items(**marks):
    """Two items of 3 and 4 points under the evaluation v1."""
    return [("evaluation_item", {"id": "x1", "parent_id": "v1", "item_code": "A1", "points": 30, "self": marks.get("a")}),
            ("evaluation_item", {"id": "x2", "parent_id": "v1", "item_code": "A2", "points": 40, "self": marks.get("b"), "auto": marks.get("auto")})]


CHECKS = [
    CheckCase("X16", rows=[UNION, *PEOPLE, chair("k1", "p2", "2012-03-01"), chair("k2", "p3", "2017-03-02")], finds=["k1", "k2"]),
    CheckCase("X16", rows=[UNION, *PEOPLE, chair("k1", "p2", "2012-03-01", "2017-03-01"), chair("k2", "p3", "2017-03-02")], finds=[]),
    CheckCase("X17", rows=[UNION], finds=["o1"]),
    CheckCase("X17", rows=[UNION, election(prev_term_end="2017-03-01")], finds=[]),
    CheckCase("HO17", rows=[UNION, chair("k1", "p2", "2012-03-01", "2017-06-30")], finds=["o1"]),            # six months are over on 12-30
    CheckCase("HO17", rows=[UNION, chair("k1", "p2", "2012-03-01", "2017-07-01"), chair("k2", "p3", "2012-03-01", "2015-01-01")], finds=[]),
    CheckCase("HO17", rows=[UNION, chair("k1", "p2", "2012-03-01", "2016-06-29"), chair("k2", "p3", "2016-07-01")], finds=[]),
    # 50 of 100 expected is half, not more than half; of 90 present it would be more
    CheckCase("X19", rows=[UNION, *PEOPLE, election(), candidate("c1", "p2", 50, 1), candidate("c2", "p3", 51, 1)], finds=["c1"]),
    CheckCase("X19", rows=[UNION, *PEOPLE, election(), candidate("c1", "p2", 50, 0), candidate("c2", "p3", 51, 1)], finds=[]),
    CheckCase("HO01", rows=[UNION, *PEOPLE, election(), candidate("c1", "p2", 80, votes_against=10, votes_abstain=1)], finds=["c1"]),
    CheckCase("HO01", rows=[UNION, *PEOPLE, election(), candidate("c1", "p2", 80, votes_against=9, votes_abstain=1)], finds=[]),
    CheckCase("HO02", rows=[UNION, election(), post(1, 2), candidate("c1", "p2", 60, 1), candidate("c2", "p3", 55, 1)], finds=["t6"]),
    CheckCase("HO02", rows=[UNION, election(), post(2, 3), candidate("c1", "p2", 60, 1), candidate("c2", "p3", 55, 1), candidate("c3", "p4", 40, 0)], finds=[]),
    CheckCase("HO03", rows=[UNION, *PEOPLE, election(), candidate("c1", "p2", 60, 0), candidate("c2", "p3", 55, 1)], finds=["c1"]),
    CheckCase("HO03", rows=[UNION, *PEOPLE, election(), candidate("c1", "p2", 60, 1), candidate("c2", "p3", 55, 0), candidate("c3", "p4", 70, 0, post="1")], finds=[]),
    CheckCase("HO04", rows=[UNION, election(), post(1, 3), candidate("c1", "p2", 60), candidate("c2", "p3", 30)], finds=["t6"]),
    CheckCase("HO04", rows=[UNION, election(), post(1, 2), candidate("c1", "p2", 60), candidate("c2", "p3", 30)], finds=[]),
    CheckCase("HO05", rows=[UNION, FIRST, election(term_no=3)], finds=["e1"]),
    CheckCase("HO05", rows=[UNION, FIRST, election(term_no=2)], finds=[]),
    CheckCase("HO06", rows=[UNION, election(prev_term_end="2016-08-01", held_on="2017-01-29")], finds=["e1"]),     # 181 days
    CheckCase("HO06", rows=[UNION, election(prev_term_end="2016-08-01", held_on="2017-01-28")], finds=[]),         # 180 days
    CheckCase("HO07", rows=[UNION, election(reported_on="2017-03-01", result_approved_on="2017-03-17")], finds=["e1"]),
    CheckCase("HO07", rows=[UNION, election(reported_on="2017-03-01", result_approved_on="2017-03-16")], finds=[]),
    CheckCase("HO08", rows=[UNIT, UNION, *PEOPLE, election(), candidate("c1", "p1", 60)], finds=["c1"]),
    CheckCase("HO08", rows=[UNIT, UNION, *PEOPLE, election(), candidate("c1", "p2", 60)], finds=[]),
    CheckCase("HO09", rows=[UNION, election(), post(1, 2)], finds=["e1"]),
    CheckCase("HO09", rows=[UNION, election(), post(1, 2), candidate("c1", "p2", 60)], finds=[]),
    CheckCase("HO10", rows=[UNION], finds=["o1"], period="2016Y", today="2017-01-10"),
    CheckCase("HO10", rows=[UNION, election(prev_term_end="2017-03-01", status="2", held_on=None)], finds=[], period="2016Y", today="2017-01-10"),
    CheckCase("X28", rows=[UNION, ballot(returned=99, valid=99), ("ballot_object", {"id": "j1", "parent_id": "b1", "object": "1", "valid": 100})], finds=["j1"]),
    CheckCase("X28", rows=[UNION, ballot(returned=99, valid=95), ("ballot_object", {"id": "j1", "parent_id": "b1", "object": "1", "valid": 99})], finds=[]),
    CheckCase("X29", rows=[UNION, ballot(eligible=99, valid=65)], finds=["b1"]),                                   # 65*3 = 195 < 99*2 = 198
    CheckCase("X29", rows=[UNION, ballot(eligible=99, valid=66)], finds=[]),                                       # 198 = 198
    CheckCase("X29", rows=[UNION, ballot(eligible=100, valid=30)], finds=[], settings={"ballot_turnout": "30%"}),
    CheckCase("X29", rows=[UNION, ballot(eligible=99, valid=65), ballot("b2", round_=2, eligible=99, valid=90)], finds=[]),
    CheckCase("HO11", rows=[UNION, ballot(satisfied=60, basic=19, unsatisfied=21)], finds=["b1"]),                 # 79 %
    CheckCase("HO11", rows=[UNION, ballot(satisfied=60, basic=20, unsatisfied=20)], finds=[]),
    CheckCase("HO11", rows=[UNION, ballot(satisfied=60, basic=20, unsatisfied=20)], finds=["b1"], settings={"ballot_satisfaction": "half"}),   # 70 %
    CheckCase("HO12", rows=[UNION, ballot("b2", round_=2, redo_of="2017-04-01", held_on="2017-06-01")], finds=["b2"]),   # 61 days
    CheckCase("HO12", rows=[UNION, ballot("b2", round_=2, redo_of="2017-04-02", held_on="2017-06-01")], finds=[]),
    CheckCase("HO13", rows=[UNION, *members(10), ballot(eligible=7, valid=7, satisfied=7, basic=0, unsatisfied=0)], finds=["b1"]),
    CheckCase("HO13", rows=[UNION, *members(10), ballot(eligible=8, valid=7, satisfied=7, basic=0, unsatisfied=0)], finds=[]),
    CheckCase("HO14", rows=[UNION, ballot(), ("ballot_comment", {"id": "k1", "parent_id": "b1", "topic": "增加活动", "due_on": "2017-10-01"})], finds=["k1"]),
    CheckCase("HO14", rows=[UNION, ballot(), ("ballot_comment", {"id": "k1", "parent_id": "b1", "topic": "增加活动", "due_on": "2017-10-01", "done_on": "2017-11-01"})], finds=[]),
    CheckCase("X31", rows=[UNION, evaluation(self_total=60), *items(a=30, b=40)], finds=["v1"]),
    CheckCase("X31", rows=[UNION, evaluation(self_total=60), *items(a=30, auto=30)], finds=[]),                     # a computed mark fills the column
    CheckCase("X31", rows=[UNION, evaluation(self_total=70), *items(a=45, b=40)], finds=[]),                        # 4.5 of 3 points counts 3
    CheckCase("HO15", rows=[("triple_creation", {"id": "z1", "year": 2017, "self_total": 1500}),
                            ("triple_item", {"parent_id": "z1", "item_code": "SL01", "self": 1000})], finds=["z1"]),
    CheckCase("HO15", rows=[("triple_creation", {"id": "z1", "year": 2017, "self_total": 1508}),
                            ("triple_item", {"id": "n1", "parent_id": "z1", "item_code": "SL01", "self": 1000, "auto": 900}),
                            ("triple_item", {"id": "n2", "parent_id": "z1", "item_code": "SL02", "auto": 508})], finds=[]),
    CheckCase("HO16", rows=[UNION, evaluation()], finds=["v1"]),                                                    # term ended 2017-03-01, year end is later than 09-01
    CheckCase("HO16", rows=[UNION, evaluation(veto_code="V7")], finds=[]),
    CheckCase("HO20", rows=[UNION, *PEOPLE, inspection(), *team(unions=("o1", None, None, None))], finds=["g1"]),
    CheckCase("HO20", rows=[UNION, *PEOPLE, inspection(), *team(), ("union_cadre", {"union_id": "o1", "person_id": "p2", "post": "1", "begins_on": "2015-01-01"})], finds=["g2"]),
    CheckCase("HO20", rows=[UNION, *PEOPLE, inspection(), *team(), ("union_cadre", {"union_id": "o1", "person_id": "p2", "post": "1", "ends_on": "2017-01-01"})], finds=[]),
    CheckCase("HO21", rows=[UNION, inspection(), *team("122", (13, 13, 9))], finds=["i1"], settings=STREET),
    CheckCase("HO21", rows=[UNION, inspection(), *team(streets=(13, 13, 13, 13))], finds=["i1"], settings=STREET),
    CheckCase("HO21", rows=[UNION, inspection(), *team()], finds=[], settings=STREET),
    CheckCase("HO22", rows=[UNION, *members(91), inspection(sampled_members=9)], finds=["i1"]),                     # 90 < 91
    CheckCase("HO22", rows=[UNION, *members(90), inspection(sampled_members=9)], finds=[]),
    CheckCase("HO23", rows=[UNION, inspection(), *team(), *team("1", parent="i2")[:0], ("inspection_member", {"id": "g9", "parent_id": "i2", "role": "2"}),
                            ("inspection_item", {"id": "y1", "parent_id": "i1", "item_code": "A1", "member_id": "g9", "mark": 30})], finds=["y1"]),
    CheckCase("HO23", rows=[UNION, inspection(), *team(), ("inspection_item", {"id": "y1", "parent_id": "i1", "item_code": "A1", "member_id": "g1", "mark": 30})], finds=[]),
    CheckCase("HO24", rows=[UNION, inspection(), *team("12"), ("inspection_item", {"id": "y1", "parent_id": "i1", "item_code": "A1", "member_id": "g1", "mark": 30})], finds=["g2"]),
    CheckCase("HO24", rows=[UNION, inspection(), *team("12"), ("inspection_item", {"id": "y1", "parent_id": "i1", "item_code": "A1", "member_id": "g1", "mark": 30}),
                            ("inspection_item", {"id": "y2", "parent_id": "i1", "item_code": "A1", "member_id": "g2", "mark": 25})], finds=[]),
    CheckCase("HO30", rows=[UNION, honour(), honour("h0", year=2015, status="7", awarded_on="2015-04-20")], finds=["h1"]),
    CheckCase("HO30", rows=[UNION, honour(), ("workers_home", {"union_id": "o1", "home_kind": "1", "level": "3", "honour_on": "2014-05-01"})], finds=["h1"]),
    CheckCase("HO30", rows=[UNION, honour(level="2"), honour("h0", year=2015, status="7", awarded_on="2015-04-20"),
                            ("workers_home", {"union_id": "o1", "home_kind": "1", "level": "3"})], finds=[]),
    CheckCase("HO31", rows=[*SOUND[:4], evaluation(final=899, grade="advanced"), honour()], finds=["h1"]),          # 89.9 < 90
    CheckCase("HO31", rows=[*SOUND, honour()], finds=[]),
    CheckCase("HO31", rows=[*SOUND, ballot("b0", satisfied=40, basic=19, unsatisfied=41, held_on="2015-10-02", year=2015), honour()], finds=["h1"]),   # 59 % within two years
    CheckCase("HO31", rows=[*SOUND, ballot("b0", satisfied=40, basic=19, unsatisfied=41, held_on="2015-10-01", year=2015), honour()], finds=[]),
    CheckCase("HO31", rows=[*SOUND, honour(level="2", lower_title_on="2016-10-02")], finds=["h1"]),                 # a day short of a year
    CheckCase("HO31", rows=[*SOUND, honour(level="2", lower_title_on="2016-10-01")], finds=[]),
    CheckCase("HO32", rows=[*SOUND, OTHER, honour(), honour("h2", "o2"), ("honour_quota", {"id": "q1", "year": 2017, "kind": "1", "level": "1", "quota": 1})], finds=["q1"]),
    CheckCase("HO32", rows=[*SOUND, OTHER, honour(), honour("h2", "o2"),
                            ("honour_quota", {"id": "q1", "year": 2017, "kind": "1", "level": "1", "quota": 2}),
                            ("honour_quota", {"id": "q2", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": "2", "quota": 1})], finds=[]),
    CheckCase("HO33", rows=[UNION, *PEOPLE, honour(), honour("h2", kind="3", person_id="p2")], finds=["h2"]),
    CheckCase("HO33", rows=[UNION, *PEOPLE, honour(status="9"), honour("h2", kind="3", person_id="p2")], finds=[]),
    CheckCase("HO34", rows=[("honour_quota", {"id": "q1", "year": 2017, "kind": "1", "level": "1", "quota": 2}),
                            ("honour_quota", {"id": "q2", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": "1", "quota": 1}),
                            ("honour_quota", {"id": "q3", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": "2", "quota": 2})], finds=["q1"]),
    CheckCase("HO34", rows=[("honour_quota", {"id": "q1", "year": 2017, "kind": "1", "level": "1", "quota": 3}),
                            ("honour_quota", {"id": "q2", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": "1", "quota": 1}),
                            ("honour_quota", {"id": "q3", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": "2", "quota": 2})], finds=[]),
    # unique rules
    CheckCase("EL024", rows=[UNION, election(), ("election", {"id": "e2", "union_id": "o1", "term_no": 2, "kind": "2", "held_on": "2017-02-20"})], finds=["e1", "e2"]),
    CheckCase("EL024", rows=[UNION, election(), ("election", {"id": "e2", "union_id": "o1", "term_no": 2, "kind": "3", "held_on": "2017-02-20"})], finds=[]),
    CheckCase("HB016", rows=[UNION, ballot(), ballot("b2")], finds=["b1", "b2"]),
    CheckCase("HB016", rows=[UNION, ballot(), ballot("b2", round_=2)], finds=[]),
    CheckCase("HI007", rows=[UNION, inspection(), ("home_inspection", {"id": "i2", "union_id": "o1", "year": 2017})], finds=["i1", "i2"]),
    CheckCase("HI007", rows=[UNION, inspection(), ("home_inspection", {"id": "i2", "union_id": "o1", "year": 2016})], finds=[]),
    CheckCase("HE012", rows=[UNION, evaluation(), evaluation("v2")], finds=["v1", "v2"]),
    CheckCase("HE012", rows=[UNION, OTHER, evaluation(), evaluation("v2", "o2")], finds=[]),
    CheckCase("HN019", rows=[UNION, *PEOPLE, honour("h1", kind="3", person_id="p2"), honour("h2", kind="3", person_id="p2")], finds=["h1", "h2"]),
    CheckCase("HN019", rows=[UNION, *PEOPLE, honour("h1", kind="3", person_id="p2"), honour("h2", kind="3", person_id="p3")], finds=[]),
    CheckCase("HN020", rows=[UNION, honour(), honour("h2")], finds=["h1", "h2"]),
    CheckCase("HN020", rows=[UNION, honour(), honour("h2", level="2")], finds=[]),
    CheckCase("HN021", rows=[UNION, honour(kind="2", branch_name="一组"), honour("h2", kind="2", branch_name="一组")], finds=["h1", "h2"]),
    CheckCase("HN021", rows=[UNION, honour(kind="2", branch_name="一组"), honour("h2", kind="2", branch_name="二组")], finds=[]),
    CheckCase("HQ002", rows=[("honour_quota", {"id": f"q{n}", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": "1", "quota": n}) for n in (1, 2)], finds=["q1", "q2"]),
    CheckCase("HQ002", rows=[("honour_quota", {"id": f"q{n}", "year": 2017, "kind": "1", "level": "1", "enterprise_kind": str(n), "quota": n}) for n in (1, 2)], finds=[]),
    CheckCase("TC007", rows=[("triple_creation", {"id": f"z{n}", "year": 2017}) for n in (1, 2)], finds=["z1", "z2"]),
    CheckCase("TC007", rows=[("triple_creation", {"id": f"z{n}", "year": 2015 + n}) for n in (1, 2)], finds=[]),
]
