"""Model workers, skills, the Ankang Cup, safety persons, hazards, hotline, accidents: rules and checks as cases."""

from tests.ledgers.cases import CheckCase, rule_table
from tests.ledgers.safety_figures import FIGURES
from tests.ledgers.safety_town import (
    accident, cert, entrant, entry, hazard, person, post, question, report, service, skill, unit, visit, worker,
)

__all__ = ["CHECKS", "FIGURES", "RULES"]

RULES = rule_table("""
MW001 | honour=1 | honour=4
MW002 | honour=4; person_id=p1 | honour=3; person_id=p1
MW003 | honour=4 | honour=4; unit_id=u1
MW004 | status=4 | status=4; status_from=2017-05-01
MW005 | status_from=2018-01-11 | status_from=2018-01-10
MW006 | honour=2 | honour=2; certificate_no=1995-086
MS001 | happened_on=2018-01-11 | happened_on=2018-01-10
MS002 | amount=0.01 | amount=0.01; signed=否
MS003 | amount=500; signed=否 | amount=500; signed=是
MS004 | kind=3 | kind=3; amount=0
MN001 | kind=1 | kind=1; person_id=p1
MN002 | kind=2; person_id=p1 | kind=1; person_id=p1
MN003 | unit_opinion_on=2017-03-02; street_opinion_on=2017-03-01 | unit_opinion_on=2017-03-01; street_opinion_on=2017-03-01; district_opinion_on=2017-03-20
MN004 | public_from=2017-03-05; public_to=2017-03-04 | public_from=2017-03-05; public_to=2017-03-05
MN005 | result=1; public_from=2017-03-05 | result=1; public_from=2017-03-05; public_to=2017-03-12
MN006 | result=2; unit_opinion_on=2017-03-01 | result=2; unit_opinion_on=2017-03-01; street_opinion_on=2017-03-02
MN007 | street_opinion_on=2018-01-11 | street_opinion_on=2018-01-10
MN008 | deeds=爱岗敬业 | deeds=二十年扎根一线维修岗位带徒三十多人，攻克电梯制动难题十余项，累计为单位节约维修费用上百万元，多次在暴雨中抢修，获得职工和居民一致好评
IS001 | founded_on=2018-01-11 | founded_on=2018-01-10
IR001 | achieved_on=2018-01-11 | achieved_on=2018-01-10
IR002 | title=自动拧紧装置 | title=自动拧紧装置; person_id=p1
IR003 | title=自动拧紧装置 | title=自动拧紧装置; achieved_on=2017-05-01
SE001 | winners=11; participants=10 | winners=10; participants=10
SE002 | held_on=2017-05-02; ended_on=2017-05-01 | held_on=2017-05-02; ended_on=2017-05-02
SE003 | held_on=2018-01-11 | held_on=2018-01-10
SE004 | level=3 | level=2
SE005 | participants=0 | participants=1
SK002 | issued_on=2018-01-11 | issued_on=2018-01-10
AK001 | quiz_persons=101; persons=100 | quiz_persons=100; persons=100
AK002 | quiz_pass=81; quiz_persons=80 | quiz_pass=80; quiz_persons=80
AK003 | teams=11; persons=10 | teams=10; persons=11
AK004 | teams=10; persons=10 | teams=1; persons=1
AK005 | result=1; self_score=79.9 | result=1; self_score=80
AK006 | result=2; injuries=1 | result=0; injuries=1
AK008 | result=1; veto_code=V2 | result=0; veto_code=V2
AK007 | entered_on=2018-01-11 | entered_on=2018-01-10
AI001 | na=是; self=2 | na=否; self=2
AI002 | self=3; inspect=2.9 | self=3; inspect=3
SP001 | begins_on=2017-05-02; ends_on=2017-05-01 | begins_on=2017-05-02; ends_on=2017-05-02
SP002 | role=3 | role=5
SP003 | cert_no=AQ-01 | cert_no=AQ-01; cert_valid_to=2019-05-01
SP004 | begins_on=2018-01-11 | begins_on=2018-01-10
CR001 | result=2 | result=1
HZ023 | status=40 | status=40; rounds=1
HZ024 | source=3 | source=3; unit_id=u1
HZ025 | grade=2 | grade=2; listed=否
HZ026 | mode=1; status=60 | mode=2; status=50
HR010 | category=5 | category=5; unit_id=u1
AC001 | occurred_at=2017-09-01 10:00; reported_at=2017-09-01 09:59 | occurred_at=2017-09-01 10:00; reported_at=2017-09-01 10:00
AC002 | occurred_at=2018-01-11 00:10 | occurred_at=2018-01-10 23:00
AC003 | deaths=0; serious=0; minor=0 | deaths=0; serious=0; minor=1
BI001 | done_on=2018-01-11 | done_on=2018-01-10
BI002 | done_on=2017-10-02; due_on=2017-10-01 | done_on=2017-10-01; due_on=2017-10-01
""")


ID = "110101193003070010"  # made up
SAME_PICTURE = [("attachment", {"id": "f1", "name": "a.jpg", "size": 9, "sha256": "aa"}), ("attachment", {"id": "f2", "name": "b.jpg", "size": 9, "sha256": "aa"}),
                ("attachment", {"id": "f3", "name": "c.jpg", "size": 9, "sha256": "cc"})]

CHECKS = [
    CheckCase("X32", [visit("i"), hazard("h1", status="20", due_on="2017-04-24"), hazard("h2", status="30")], ["h1", "h2"]),
    # a mode speaks in rule HZ008; a hazard just registered has no owner yet
    CheckCase("X32", [visit("i"), hazard("h1", status="20", mode="2"), hazard("h2", status="10"),
                      hazard("h3", status="20", owner_person="王五", due_on="2017-04-24")], []),
    CheckCase("X33", [visit("i"), hazard("h1", status="50"), hazard("h2", status="50", recheck_result="2"), hazard("h3", closed_on="2017-05-01")],
              ["h1", "h2", "h3"]),
    CheckCase("X33", [visit("i"), hazard("h1", status="50", closed_on="2017-05-01", recheck_result="1"), hazard("h2", status="50", mode="1"),
                      hazard("h3", status="30", recheck_result="1")], []),
    # h1: the unit's own escort rechecked; h2: its owner stood among the inspectors of the re-inspection
    CheckCase("X34", [visit("i", accompanied_by="赵六"), visit("r", kind="5", day="2017-04-22", inspectors="孙七、王五"),
                      hazard("h1", rechecker="赵六", owner_person="周八"),
                      hazard("h2", rechecker="孙七", owner_person="王五", rechecked_on="2017-04-22")], ["h1", "h2"]),
    CheckCase("X34", [visit("i", accompanied_by="赵六"), visit("r", kind="5", day="2017-04-22", inspectors="孙七、李四"),
                      hazard("h1", rechecker="孙七", owner_person="王五", rechecked_on="2017-04-22")], []),
    # u1 has one that counts, u2 two only 29 days apart, u3 two, u4 is out of scope
    CheckCase("X35", [*unit("u1"), *unit("u2"), *unit("u3"), *unit("u4", safety_scope=0), visit("i1", "u1"), visit("i2", "u2", "2017-04-01"),
                      visit("i3", "u2", "2017-04-30"), visit("i4", "u3", "2017-04-01"), visit("i5", "u3", "2017-05-01")], ["u1", "u2"]),
    CheckCase("X35", [*unit("u1"), visit("i1", "u1")], [], period="2017H1"),      # the year is not over
    CheckCase("X35", [*unit("u1"), visit("i1", "u1")], [], today="2017-11-30"),

    CheckCase("L27-1", [person("p1", ID), worker("w1", "p1", status="2"), ("membership", {"id": "m", "id_no": ID, "status": "6"}),
                        person("p2", birth_date="1917-05-01"), worker("w2", "p2", status="2"),
                        person("p3", birth_date="1942-05-01"), worker("w3", "p3")], ["w1", "w2", "w3"]),
    CheckCase("L27-1", [person("p1", ID), worker("w1", "p1", status="4"), ("membership", {"id": "m", "id_no": ID, "status": "6"}),
                        person("p2", birth_date="1918-01-01"), worker("w2", "p2", status="2")], []),
    CheckCase("L27-2", [person("p1", birth_date="1990-05-01"), worker("w1", "p1", year=2019), worker("w2", "p1", year=2005)], ["w1", "w2"]),
    CheckCase("L27-2", [person("p1", birth_date="1990-05-01"), worker("w1", "p1", year=2006), worker("w2", "p1", year=2018)], []),
    CheckCase("L27-3", [person("p1"), worker("w1", "p1", status="4", status_from="2017-04-01"), service("s1", "w1", day="2017-04-02")], ["s1"]),
    CheckCase("L27-3", [person("p1"), worker("w1", "p1", status="4", status_from="2017-04-01"), service("s1", "w1", day="2017-04-01"),
                        person("p2"), worker("w2", "p2", status="2", status_from="2017-01-01"), service("s2", "w2")], []),
    CheckCase("SN001", [skill("e"), entrant("n1", "e", "p1"), entrant("n2", "e", "p1"), entrant("n3", "e", "p2")], ["n1", "n2"]),
    CheckCase("SN001", [skill("e"), skill("f"), entrant("n1", "e", "p1"), entrant("n2", "f", "p1")], []),
    CheckCase("SK001", [cert("c1", "p1", cert_no="B-7"), cert("c2", "p2", cert_no="B-7")], ["c1", "c2"]),
    CheckCase("SK001", [cert("c1", "p1"), cert("c2", "p2")], []),
    # the second certificate of the same person, trade and level; a blank in the trade makes no other trade
    CheckCase("L28-1", [person("p1"), cert("c1", "p1", "2014-05-20"), cert("c2", "p1", trade="电 工")], ["c2"]),
    CheckCase("L28-1", [person("p1"), person("p2"), cert("c1", "p1", "2014-05-20"), cert("c2", "p1", replaces=1), cert("c3", "p1", level="4"),
                        cert("c4", "p1", trade="焊工"), cert("c5", "p2")], []),
    CheckCase("L28-2", [skill("e", persons=3), entrant("n1", "e", "p1"), entrant("n2", "e", "p2"), entrant("n3", "e", "p2")], ["e"]),
    CheckCase("L28-2", [skill("e", persons=2), entrant("n1", "e", "p1"), entrant("n2", "e", "p2"), skill("f", persons=5)], []),
    CheckCase("L28-3", [*unit("u", 10), skill("e", persons=11)], ["e"]),
    CheckCase("L28-3", [*unit("u", 10), skill("e", persons=10), skill("f", persons=11), entrant("n1", "f", "p1"), skill("g", persons=11, day="2016-12-31")], []),
    CheckCase("L28-4", [skill("e", at=None)], ["e"]),
    CheckCase("L28-4", [skill("e", at="u"), skill("f", at=None), entrant("n1", "f", "p1")], []),
    CheckCase("L29-1", [*unit("u", 49), entry("k", persons=50)], ["k"]),
    CheckCase("L29-1", [*unit("u", 50), entry("k", persons=50), entry("l", year=2016, persons=60)], []),
    CheckCase("L29-2", [*unit("u"), entry("k", injuries=0), accident()], ["k"]),
    CheckCase("L29-2", [*unit("u"), entry("k", injuries=1), accident(), accident("b", day="2016-09-01 10:00"), accident("c", minor=0)], []),
    CheckCase("L29-3", [*unit("u"), entry("k", self_score=905, check_score=900),
                        ("ankang_item", {"id": "x1", "parent_id": "k", "self": 500, "inspect": 500}),
                        ("ankang_item", {"id": "x2", "parent_id": "k", "self": 400, "inspect": 400})], ["k"]),
    CheckCase("L29-3", [*unit("u"), entry("k", self_score=920, check_score=910, bonus=20), entry("l", self_score=950),
                        ("ankang_item", {"id": "x1", "parent_id": "k", "self": 500, "inspect": 500}),
                        ("ankang_item", {"id": "x2", "parent_id": "k", "self": 400, "inspect": 390})], []),
    CheckCase("L30-1", [*unit("u"), *unit("v"), person("p1", ID), person("p2", ID), post("s1", "p1", "u"), post("s2", "p2", "v", "4")], ["s1", "s2"]),
    CheckCase("L30-1", [*unit("u"), *unit("v"), person("p1"), post("s1", "p1", "u", ends_on="2017-03-01"), post("s2", "p1", "v", begins="2017-03-02"),
                        post("s3", "p1", "v", "5")], []),
    CheckCase("L30-2", [*unit("u"), person("p1"), post("s1", "p1", cert_valid_to="2017-12-30")], ["s1"]),
    CheckCase("L30-2", [*unit("u"), person("p1"), post("s1", "p1", cert_valid_to="2017-12-31"), post("s2", "p1", role="3", ends_on="2017-06-01", cert_valid_to="2017-05-01")], []),
    CheckCase("L30-3", [*unit("u"), *unit("v"), person("p1"), post("s1", "p1", "u"), post("s2", "p1", "u", "5")], ["u", "v"]),
    CheckCase("L30-3", [*unit("u"), *unit("v", safety_scope=0), person("p1"), post("s1", "p1", "u"), post("s2", "p1", "u", "4")], []),
    CheckCase("L31-1", [visit("i"), hazard("h", found_on="2017-04-10", due_on="2017-05-11")], ["h"]),
    CheckCase("L31-1", [visit("i"), hazard("h", due_on="2017-05-10"), hazard("g", due_on="2017-09-10", grade="2"),
                        hazard("k", due_on="2017-06-10", rounds=1)], []),
    CheckCase("L31-2", [visit("i"), hazard("h", grade="2", reported_on="2017-04-12")], ["h"]),
    CheckCase("L31-2", [visit("i"), hazard("h", grade="2", reported_on="2017-04-11"), hazard("g", grade="1", reported_on="2017-05-01")], []),
    # handbook 7.8: three bad items are three hazards
    CheckCase("L31-3", [visit("i", items_checked=40, items_bad=3), hazard("h1"), hazard("h2")], ["i"]),
    CheckCase("L31-3", [visit("i", items_checked=40, items_bad=3), hazard("h1"), hazard("h2"), hazard("h3"),
                        visit("r", kind="5", items_bad=1), visit("j", items_bad=0)], []),
    CheckCase("L31-4", [visit("i", items_checked=2, items_bad=0),
                        *(("checklist_result", {"id": f"k{n}", "parent_id": "i", "item_code": f"A0{n}", "result": r}) for n, r in enumerate("123"))], ["i"]),
    CheckCase("L31-4", [visit("i", items_checked=2, items_bad=1), visit("j", items_checked=9),
                        *(("checklist_result", {"id": f"k{n}", "parent_id": "i", "item_code": f"A0{n}", "result": r}) for n, r in enumerate("123"))], []),
    CheckCase("L31-5", [*unit("u"), *unit("v"), *SAME_PICTURE, visit("i", photos="f3,f1"), visit("j", "v", photos="f2")], ["i", "j"]),
    CheckCase("L31-5", [*unit("u"), *unit("v"), *SAME_PICTURE, visit("i", photos="f1"), visit("k", day="2017-08-01", photos="f2"), visit("j", "v", photos="f3")], []),
    CheckCase("L31-6", [*unit("u"), visit("i"), visit("j", day="2017-06-10")], ["u"]),
    CheckCase("L31-6", [*unit("u"), visit("i"), visit("j", day="2017-07-01"), *unit("v"), visit("k", "v")], []),
    CheckCase("L32-1", [*unit("u"), *unit("v"), visit("i"), hazard("h"), report("r", unit_id="v", hazard_id="h")], ["r"]),
    CheckCase("L32-1", [*unit("u"), *unit("v"), visit("i"), hazard("h"), report("r", unit_id="u", hazard_id="h"),
                        hazard("g", of=None, unit_id="v", source="2"), report("s", unit_id="v", hazard_id="g")], []),
    # no limit typed: a week, so 2017-12-23 is due on 12-30
    CheckCase("L32-2", [report("r1", due_on="2017-12-30"), report("r2", "2017-12-23 08:00")], ["r1", "r2"]),
    CheckCase("L32-2", [report("r1", due_on="2017-12-31"), report("r2", "2017-12-24 08:00"), report("r3", due_on="2017-05-15", status="4", replied_on="2017-06-01")], []),
    CheckCase("L33-1", [*unit("u"), accident()], ["a"]),
    CheckCase("L33-1", [*unit("u"), accident(), question("b")], []),
    CheckCase("L33-2", [*unit("u"), accident(), question("b1"), question("b2", "d"), question("b3", "f"), question("b4", "g", finding="现场没有警示牌")], ["b1", "b2", "b3"]),
    CheckCase("L33-2", [*unit("u"), accident(), question("b1", finding="检查两次，均有签字")], []),
    CheckCase("L33-3", [*unit("u"), accident(), question("b1", due_on="2017-12-30")], ["b1"]),
    CheckCase("L33-3", [*unit("u"), accident(), question("b1", due_on="2017-12-31"), question("b2", "b", due_on="2017-10-01", done_on="2017-12-01")], []),
]
