"""Figures of focus 4 (T4-01 … T4-06) and the safety ledgers' own, computed by hand. The arithmetic stands in each `why`."""

from tests.ledgers.cases import FigureCase
from tests.ledgers.safety_town import (
    accident, cert, entrant, entry, hazard, person, post, question, report, service, skill, trainee, training, unit, visit, worker,
)


def workers(count, active):
    """So many model workers, the first `active` of them with a day of service."""
    return [row for n in range(count) for row in (
        person(f"p{n:02}"), worker(f"w{n:02}", f"p{n:02}"), *([service(f"s{n:02}", f"w{n:02}")] if n < active else []))]


def guest(who, kind="8", day="2017-05-20", event="e"):
    """`who` on the list of an event."""
    return [("event", {"id": event, "kind": kind, "title": "劳模进社区", "held_on": day, "end_on": day}),
            ("event_attendee", {"id": f"{event}-{who}", "parent_id": event, "person_id": who, "unit_id": "u"})]


def staff(count, trained, role="1"):
    """So many in a safety post of unit u, the first `trained` of them passed a safety class."""
    return [*unit("u"), training("c"), *(row for n in range(count) for row in (
        person(f"p{n:02}"), post(f"s{n:02}", f"p{n:02}", role=role), *([trainee(f"t{n:02}", "c", f"p{n:02}")] if n < trained else [])))]


def inspected(count, twice):
    """So many units in scope, the first `twice` of them with two inspections that count, the others with one."""
    return [row for n in range(count) for row in (
        *unit(f"u{n:02}"), visit(f"i{n:02}", f"u{n:02}", "2017-03-01"), *([visit(f"j{n:02}", f"u{n:02}", "2017-09-01")] if n < twice else []))]


MODEL_WORKERS = [
    FigureCase("T4-01", "17 of 20: 17*100 = 1700 >= 20*85 = 1700, met", workers(20, 17), 17, 20, "met", "85.00", missing=["w17", "w18", "w19"]),
    FigureCase("T4-01", "33 of 39: 3300 < 39*85 = 3315, just failed, shown as 84.62", workers(39, 33), 33, 39, "below", "84.62"),
    FigureCase("T4-01", "nobody in the base: no rate", [person("p1"), worker("w1", "p1", status="3")], 0, 0, "none", "—"),
    FigureCase("T4-01", "the dead, the moved, the sick and a team's certificate are not in the base, one of two is active: 1/2",
               [*(person(f"p{n}") for n in range(6)), worker("w0", "p0"), service("s0", "w0", "5"), worker("w1", "p1", status="2"),
                worker("w2", "p2", status="4"), worker("w3", "p3", status="5"), worker("w4", "p4", status="3"), worker("w5", "p5", honour="4")],
               1, 2, "below", missing=["w1"]),
    FigureCase("T4-01", "with the sick in the base: 1/3", [*(person(f"p{n}") for n in range(3)), worker("w0", "p0"), service("s0", "w0"),
                                                            worker("w1", "p1", status="2"), worker("w4", "p2", status="3")],
               1, 3, missing=["w1", "w4"], settings={"model_worker_base": "all"}),
    FigureCase("T4-01", "two honours are one person, active under one of them: 1/1",
               [person("p1"), worker("w1", "p1"), worker("w2", "p1", honour="3", year=2010), service("s", "w2")], 1, 1, "met", missing=[]),
    FigureCase("T4-01", "on the list of an event of kind 8, a culture event does not count: 1/2",
               [person("p1"), person("p2"), worker("w1", "p1"), worker("w2", "p2"), *guest("p1"), *guest("p2", kind="1", event="f")], 1, 2, missing=["w2"]),
    FigureCase("T4-01", "care (kinds 1-3, 6) is no activity, last year's service is not this year's: 0/2",
               [person("p1"), person("p2"), worker("w1", "p1"), worker("w2", "p2"), service("s1", "w1", "3"), service("s2", "w2", day="2016-12-31")], 0, 2),
    FigureCase("T4-01", "who died after the cutoff was in the base: 0/1",
               [person("p1"), worker("w1", "p1", status="4", status_from="2018-01-01")], 0, 1, missing=["w1"]),
    FigureCase("OW-L27-1", "one worker, one migrant worker of four medal nominations: 2/4; a unit's certificate is not asked",
               [("medal_nomination", {"id": f"m{n}", "kind": "1", "year": 2017, "category": c}) for n, c in enumerate("1432")]
               + [("medal_nomination", {"id": "m9", "kind": "2", "year": 2017, "category": "9"})], 2, 4, "none", "50.00"),
    FigureCase("OW-L27-1", "no nomination this year: no rate", [("medal_nomination", {"id": "m", "kind": "1", "year": 2016, "category": "1"})], 0, 0, value="—"),
    FigureCase("OW-L27-1", "all front-line: 1/1", [("medal_nomination", {"id": "m", "kind": "1", "year": 2017, "category": "1"})], 1, 1, value="100.00"),
    FigureCase("OW-L27-2", "one manager of three: 33.33",
               [("medal_nomination", {"id": f"m{n}", "kind": "1", "year": 2017, "category": c}) for n, c in enumerate("132")], 1, 3, value="33.33"),
    FigureCase("OW-L27-2", "no nomination: no rate", [], 0, 0, value="—"),
    FigureCase("OW-L27-2", "none a manager: 0/1", [("medal_nomination", {"id": "m", "kind": "1", "year": 2017, "category": "1"})], 0, 1, value="0.00"),
    FigureCase("OW-L27-3", "two services of the year", [worker("w"), service("a", "w", "1"), service("b", "w"), service("c", "w", day="2016-05-01")], 2),
    FigureCase("OW-L27-3", "one by the half-year", [worker("w"), service("a", "w", "1"), service("b", "w", day="2017-07-01")], 1, period="2017H1"),
    FigureCase("OW-L27-3", "none", [], 0),
    FigureCase("OW-L27-4", "one of the year, one without a date does not count",
               [("innovation_result", {"id": "a", "title": "甲", "achieved_on": "2017-05-01"}), ("innovation_result", {"id": "b", "title": "乙"})], 1),
    FigureCase("OW-L27-4", "finished at New Year counts, a day before does not",
               [("innovation_result", {"id": "a", "title": "甲", "achieved_on": "2017-01-01"}), ("innovation_result", {"id": "b", "title": "乙", "achieved_on": "2016-12-31"})], 1),
    FigureCase("OW-L27-4", "none", [], 0),
]

SKILLS = [
    FigureCase("T4-02", "one class of 60 without a list in a unit of 100: 6000 >= 100*60, met", [*unit("u", 100), skill("e", "4", persons=60)], 60, 100, "met"),
    FigureCase("T4-02", "599 of 1000: 59900 < 60000, just failed", [*unit("u", 1000), skill("e", "4", persons=599), *unit("v", 0)], 599, 1000, "below", "59.90", missing=["v"]),
    FigureCase("T4-02", "no headcount: no rate", [*unit("u"), skill("e", "4", persons=5)], 5, 0, "none"),
    FigureCase("T4-02", "two classes of the same unit without lists, 30 and 40: the larger counts, never 70", [*unit("u", 100), skill("e", "4", persons=30),
                                                                                                            skill("f", "4", persons=40, day="2017-09-01")], 40, 100),
    FigureCase("T4-02", "p1 in a training class and in a skill class is one person; p2 heard 119 of 200 tenths of hours, 60 % is 120",
               [*unit("u", 10), person("p1"), person("p2"), training("c", "3"), trainee("t1", "c", "p1", hours=120), trainee("t2", "c", "p2", hours=119),
                skill("e", "4"), entrant("n1", "e", "p1")], 1, 10),
    FigureCase("T4-02", "a safety class and a contest are no skill training: 0/10",
               [*unit("u", 10), person("p1"), training("c", "4"), trainee("t1", "c", "p1"), skill("e", "1", persons=5)], 0, 10, missing=["u"]),
    FigureCase("T4-02", "only listed ones by setting: 0/10", [*unit("u", 10), skill("e", "4", persons=5)], 0, 10, settings={"participation_rule": "listed"}),
    FigureCase("T4-03", "60 of 100 at a contest: 6000 >= 6000, met", [*unit("u", 100), skill("e", persons=60)], 60, 100, "met"),
    FigureCase("T4-03", "the same 40 people at two contests by name are 40: 4000 < 6000, below",
               [*unit("u", 100), skill("e", persons=40), skill("f", "3", persons=40, day="2017-09-01"), *(person(f"p{n}") for n in range(40)),
                *(entrant(f"{e}{n}", e, f"p{n}") for e in "ef" for n in range(40))], 40, 100, "below", "40.00"),
    FigureCase("T4-03", "599 of 1000: 59900 < 60000, just failed", [*unit("u", 1000), skill("e", "2", persons=599)], 599, 1000, "below"),
    FigureCase("T4-03", "a unit struck off is no base and its people do not count: no rate",
               [*unit("u", 10, biz_status="3", status_from="2017-03-01"), skill("e", persons=5)], 0, 0, "none", "—"),
    FigureCase("T4-03", "a person listed under two units is one person: 1/20",
               [*unit("u", 10), *unit("v", 10), person("p1"), skill("e", persons=1), skill("f", at="v", persons=1, day="2017-09-01"),
                entrant("n1", "e", "p1"), entrant("n2", "f", "p1", "v")], 1, 20, missing=["u"]),
    FigureCase("T4-03", "unionised units only by setting: v has no union, 5/10", [*unit("u", 10), *unit("v", 90), skill("e", persons=5),
               ("union_org", {"id": "o", "name": "u工会", "unit_id": "u", "union_type": "01", "founded_on": "2015-01-01", "status": "2"})],
               5, 10, settings={"staff_base": "unionised"}),
    FigureCase("T4-04", "3 certified of 10 at the contest: 300 >= 10*30, met", [*unit("u", 20), skill("e", persons=10), *(cert(f"c{n}", f"p{n}") for n in range(3))], 3, 10, "met"),
    FigureCase("T4-04", "29 of 97: 2900 < 97*30 = 2910, just failed", [*unit("u", 200), skill("e", persons=97), *(cert(f"c{n}", f"p{n}") for n in range(29))], 29, 97, "below"),
    FigureCase("T4-04", "nobody at a contest: no rate", [*unit("u", 20), cert("c1", "p1")], 1, 0, "none", "—"),
    FigureCase("T4-04", "renewed, replaced and second certificates are not gained: p1 none (renewal of 2014's), p2 none (marked), p3 two trades are one person: 1/10",
               [*unit("u", 20), skill("e", persons=10), cert("c0", "p1", "2014-05-20"), cert("c1", "p1"), cert("c2", "p2", replaces=1),
                cert("c3", "p3"), cert("c4", "p3", trade="焊工")], 1, 10, "below", counted=["c3", "c4"]),
    FigureCase("T4-04", "divided by trainees by setting: 1 of 4", [*unit("u", 20), skill("e", persons=10), skill("f", "4", persons=4), cert("c1", "p1")],
               1, 4, "below", "25.00", settings={"cert_rate_base": "trained"}),
    FigureCase("T4-04", "a certificate after the cutoff waits: 0/10", [*unit("u", 20), skill("e", persons=10, day="2017-02-01"), cert("c1", "p1", "2017-07-01")], 0, 10, period="2017H1"),
    FigureCase("OW-L28-1", "two persons, one with two certificates", [cert("c1", "p1"), cert("c2", "p1", trade="焊工"), cert("c3", "p2")], 2),
    FigureCase("OW-L28-1", "a renewal and last year's do not count", [cert("c1", "p1", replaces=1), cert("c2", "p2", "2016-12-31")], 0),
    FigureCase("OW-L28-1", "one by the half-year", [cert("c1", "p1"), cert("c2", "p2", "2017-07-01")], 1, period="2017H1"),
]

ANKANG = [
    FigureCase("OW-L29-1", "40+35 of 50+50 persons: 75.00, not the mean of rates", [entry("a", "u", quiz_persons=40), entry("b", "v", quiz_persons=35)], 75, 100, value="75.00"),
    FigureCase("OW-L29-1", "no entry this year: no rate", [entry("a", year=2016, quiz_persons=40)], 0, 0, value="—"),
    FigureCase("OW-L29-1", "teams typed into persons: 40 of 8 is no rate", [entry("a", persons=8, quiz_persons=40)], 40, 8, value="—"),
    FigureCase("OW-L29-2", "two units", [entry("a", "u"), entry("b", "v"), entry("c", "u", 2016)], 2),
    FigureCase("OW-L29-2", "a unit entered twice is one", [entry("a"), entry("b")], 1),
    FigureCase("OW-L29-2", "none", [], 0),
]

POSTS = [
    FigureCase("T4-05a", "3 of 3: 300 >= 300, met", staff(3, 3), 3, 3, "met", missing=[]),
    FigureCase("T4-05a", "99 of 100: 9900 < 10000, just failed by one", staff(100, 99), 99, 100, "below", "99.00", missing=["s99"]),
    FigureCase("T4-05a", "no principal: no rate", staff(1, 1, role="3"), 0, 0, "none", "—"),
    FigureCase("T4-05a", "not passed, last year's class, a business class, a left post, a unit out of scope: 0/3",
               [*unit("u"), *unit("v", safety_scope=0), *(person(f"p{n}") for n in range(5)), training("c"), training("d", day="2016-12-20"), training("e", "5"),
                post("s0", "p0"), trainee("t0", "c", "p0", passed=0), post("s1", "p1"), trainee("t1", "d", "p1"), post("s2", "p2", role="2"), trainee("t2", "e", "p2"),
                post("s3", "p3", ends_on="2017-12-31"), trainee("t3", "c", "p3"), post("s4", "p4", "v"), trainee("t4", "c", "p4")], 0, 3, missing=["s0", "s1", "s2"]),
    FigureCase("T4-05a", "principal of two units, trained once: 1/1",
               [*unit("u"), *unit("v"), person("p1"), training("c"), trainee("t", "c", "p1"), post("s1", "p1"), post("s2", "p1", "v")], 1, 1, "met"),
    FigureCase("T4-05b", "2 of 2 officers, one part-time: met", [*staff(1, 1, role="3"), person("q"), post("x", "q", role="4"), trainee("y", "c", "q")], 2, 2, "met"),
    FigureCase("T4-05b", "199 of 200: 19900 < 20000, just failed, shown as 99.50", staff(200, 199, role="4"), 199, 200, "below", "99.50", missing=["s199"]),
    FigureCase("T4-05b", "no officer, an inspector of the union group (role 5) is none: no rate", staff(1, 1, role="5"), 0, 0, "none", "—"),
    FigureCase("OW-L30-1", "one certificate to the day of the cutoff, one a day short: 1/2",
               [*unit("u"), post("s1", cert_valid_to="2017-12-31"), post("s2", cert_valid_to="2017-12-30", role="4")], 1, 2, value="50.00"),
    FigureCase("OW-L30-1", "nobody: no rate", [], 0, 0, value="—"),
    FigureCase("OW-L30-1", "without a certificate: 0/1; role 5 needs none", [*unit("u"), post("s1"), post("s2", role="5")], 0, 1, value="0.00"),
]

INSPECTIONS = [
    FigureCase("T4-06", "3 of 3 units: met", inspected(3, 3), 3, 3, "met", missing=[]),
    FigureCase("T4-06", "49 of 50: 4900 < 5000, just failed", inspected(50, 49), 49, 50, "below", "98.00", missing=["u49"]),
    FigureCase("T4-06", "no unit in scope: no rate", unit("u", safety_scope=0), 0, 0, "none", "—"),
    FigureCase("T4-06", "days 0 and 29 count once; days 0, 20, 40 twice: 1/2",
               [*unit("u"), visit("i", day="2017-04-01"), visit("j", day="2017-04-30"),
                *unit("v"), visit("k", "v", "2017-03-01"), visit("l", "v", "2017-03-21"), visit("m", "v", "2017-04-10")], 1, 2, "below", missing=["u"]),
    FigureCase("T4-06", "gap of 29 days by setting: 1/1", [*unit("u"), visit("i", day="2017-04-01"), visit("j", day="2017-04-30")], 1, 1, "met", settings={"min_gap_days": "29"}),
    FigureCase("T4-06", "a re-inspection, one without conclusion, one with one signature: 0/1",
               [*unit("u"), visit("i", day="2017-02-01", kind="5"), visit("j", day="2017-04-01", conclusion=None), visit("k", day="2017-06-01", sign_unit=0),
                visit("l", day="2017-09-01")], 0, 1, "below", missing=["u"]),
    # handbook 7.8: issued 04-10, due 04-24, rechecked and closed 04-22
    FigureCase("SF-01", "the handbook's hazard: 1/1", [visit("i"), hazard("h", mode="2", due_on="2017-04-24", closed_on="2017-04-22", recheck_result="1")], 1, 1, value="100.00"),
    FigureCase("SF-01", "one closed, one open, one due after the cutoff: 1/2", [visit("i"), hazard("h", due_on="2017-04-24", closed_on="2017-06-22"),
               hazard("g", due_on="2017-05-01"), hazard("f", due_on="2018-01-01")], 1, 2, value="50.00", missing=["g"]),
    FigureCase("SF-01", "none due: no rate", [visit("i"), hazard("h")], 0, 0, value="—"),
    FigureCase("SF-01", "a hotline hazard without an inspection counts: 0/1",
               [*unit("u"), hazard("h", of=None, source="2", unit_id="u", found_on="2017-05-09", due_on="2017-05-20")], 0, 1, missing=["h"]),
    FigureCase("SF-02", "closed on the last day: 1/1", [visit("i"), hazard("h", due_on="2017-04-24", closed_on="2017-04-24")], 1, 1, value="100.00"),
    FigureCase("SF-02", "closed a day late: 0/1", [visit("i"), hazard("h", due_on="2017-04-24", closed_on="2017-04-25")], 0, 1, value="0.00", missing=["h"]),
    FigureCase("SF-02", "none due: no rate", [], 0, 0, value="—"),
    FigureCase("SF-03", "one a day over, one due today, one mended on the spot", [visit("i"), hazard("h", due_on="2017-12-30"), hazard("g", due_on="2017-12-31"),
               hazard("f", due_on="2017-05-01", status="60")], 1, counted=["h"]),
    FigureCase("SF-03", "closed after the cutoff was open then", [visit("i"), hazard("h", due_on="2017-05-01", closed_on="2017-07-10")], 1, period="2017H1"),
    FigureCase("SF-03", "none", [visit("i"), hazard("h", due_on="2017-05-01", closed_on="2017-07-10")], 0),
    FigureCase("SF-04", "two rechecked, one passed the first time: 1/2", [visit("i"), hazard("h", rechecked_on="2017-05-01", recheck_result="1"),
               hazard("g", rechecked_on="2017-06-01", recheck_result="1", rounds=1)], 1, 2, value="50.00", missing=["g"]),
    FigureCase("SF-04", "not passed: 0/1", [visit("i"), hazard("h", rechecked_on="2017-05-01", recheck_result="2")], 0, 1, value="0.00"),
    FigureCase("SF-04", "none rechecked: no rate", [visit("i"), hazard("h")], 0, 0, value="—"),
]

HOTLINE = [
    FigureCase("HR-01", "answered on the last day, and without a limit within a week: 2/2",
               [report("r1", status="4", due_on="2017-05-15", replied_on="2017-05-15"), report("r2", status="5", replied_on="2017-05-15")], 2, 2, value="100.00"),
    FigureCase("HR-01", "a day late, and closed without a reply date: 0/2",
               [report("r1", status="4", due_on="2017-05-15", replied_on="2017-05-16"), report("r2", status="4")], 0, 2, value="0.00", missing=["r1", "r2"]),
    FigureCase("HR-01", "due next year: no rate", [report("r1", "2017-12-30 09:00")], 0, 0, value="—"),
    FigureCase("HR-02", "satisfied, fairly, not: 2/3", [report(f"r{s}", status="5", replied_on="2017-05-15", satisfaction=s) for s in "123"], 2, 3, value="66.67", missing=["r3"]),
    FigureCase("HR-02", "nobody asked: no rate", [report("r1", status="4", replied_on="2017-05-15")], 0, 0, value="—"),
    FigureCase("HR-02", "answered last year: no rate", [report("r1", "2016-12-20 09:00", status="5", replied_on="2016-12-22", satisfaction="1")], 0, 0, value="—"),
]

ACCIDENTS = [
    FigureCase("OW-L33-1", "two of the year", [accident("a"), accident("b", day="2017-01-01 00:00"), accident("c", day="2016-12-31 23:59")], 2),
    FigureCase("OW-L33-1", "one by the half-year", [accident("a"), accident("b", day="2017-06-30 23:59")], 1, period="2017H1"),
    FigureCase("OW-L33-1", "none", [], 0),
    FigureCase("OW-L33-2", "one done, one open, one due next year: 1/2", [accident(), question("q1", due_on="2017-10-01", done_on="2017-09-20"),
               question("q2", "b", due_on="2017-10-01"), question("q3", "c", due_on="2018-01-01")], 1, 2, value="50.00", missing=["q2"]),
    FigureCase("OW-L33-2", "done after the cutoff: 0/1", [accident(), question("q1", due_on="2017-10-01", done_on="2018-01-05")], 0, 1, value="0.00"),
    FigureCase("OW-L33-2", "none due: no rate", [accident(), question("q1")], 0, 0, value="—"),
]

FIGURES = [*MODEL_WORKERS, *SKILLS, *ANKANG, *POSTS, *INSPECTIONS, *HOTLINE, *ACCIDENTS]
