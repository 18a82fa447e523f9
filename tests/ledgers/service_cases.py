"""Training, degrees, walking app, events, volunteers, publicity: rules, checks and figures as cases."""

from tests.ledgers.cases import CheckCase, FigureCase, rule_table
from unionclient.definition.library import builtin_library

RULES = rule_table("""
TRC001 | start_on=2017-03-05; end_on=2017-03-04 | start_on=2017-03-05; end_on=2017-03-05
TRC002 | attended=31; enrolled=30 | attended=30; enrolled=30
TRC003 | passed=31; attended=30 | passed=30; attended=30
TRC004 | status=3; enrolled=30; attended=28 | status=2
TRC005 | kind=1 | kind=1; course_code=TS-05
TRC006 | kind=2; free=否 | kind=1; free=否
TRC007 | status=3; end_on=2018-01-11 | status=2; end_on=2018-01-11
TRC008 | enrolled=31; planned=30 | enrolled=30; planned=30
TRC009 | status=1; end_on=2018-01-09 | status=1; end_on=2018-01-10
TRC010 | kind=3 | kind=5
TRC011 | status=3; attended=0 | status=3; attended=1
TRA001 | passed=否; cert_no=A-01 | passed=是; cert_no=A-01
TRA002 | passed=是; hours_attended=0 | passed=否; hours_attended=0
DEG001 | enrolled_on=2017-09-01; graduated_on=2017-09-01 | enrolled_on=2015-09-01; graduated_on=2017-07-01
DEG002 | status=2 | status=1
DEG003 | status=1; graduated_on=2017-07-01 | status=2; graduated_on=2017-07-01
DEG004 | enrolled_on=2018-01-11 | enrolled_on=2018-01-10
DEG005 | free=是; fee=0 | free=否; fee=0
STP001 | active=51; registered=50 | active=50; registered=50
STP002 | as_of=2018-01-11 | as_of=2018-01-10
STP003 | registered=50; active=0 | registered=0; active=0
EVT001 | held_on=2017-03-05; end_on=2017-03-04 | held_on=2017-03-05; end_on=2017-03-05
EVT002 | persons=61; attendances=60 | persons=60; attendances=60
EVT003 | female_persons=21; persons=20 | female_persons=20; persons=20
EVT004 | held_on=2018-01-11 | held_on=2018-01-10
EVT005 | actual=1000.01; budget=1000 | actual=1000; budget=1000
EVT006 | persons=0 | persons=1
EVT007 | kind=7; persons=20; female_persons=0 | kind=1; persons=20; female_persons=0
EVT008 | title=春季健步走 | title=春季健步走; summary=沿河健步五公里
EVU001 | persons=5; female_persons=6 | persons=5; female_persons=5
EVE001 | award=一等奖 | award=一等奖; score=92.5
VOL001 | registered_on=2018-01-11 | registered_on=2018-01-10
VOL002 | registered_on=2017-03-05; ended_on=2017-03-04 | registered_on=2017-03-05; ended_on=2017-03-05
VOL003 | status=2 | status=2; ended_on=2017-06-01
VOL004 | status=1; ended_on=2017-06-01 | status=2; ended_on=2017-06-01
VOL005 | status=1 | status=1; insured=否
VSV001 | served_on=2018-01-11 | served_on=2018-01-10
PUB001 | published_on=2018-01-11 | published_on=2018-01-10
PUB002 | title=劳模讲堂开讲 | title=劳模讲堂开讲; url_or_page=第3版
PUB003 | media=6; level=1 | media=1; level=1
INF001 | trained_on=2018-01-11 | trained_on=2018-01-10
INF002 | appointed_on=2017-03-05; ended_on=2017-03-04 | appointed_on=2017-03-05; ended_on=2017-03-05
INF003 | appointed_on=2017-03-05 | appointed_on=2017-03-05; trained_on=2017-04-01
OPN001 | noted_on=2018-01-11 | noted_on=2018-01-10
OPN002 | tone=3 | tone=2
OPN003 | noted_on=2017-03-05; closed_on=2017-03-04 | noted_on=2017-03-05; closed_on=2017-03-05
OPN004 | tone=3; people=10 | tone=3; people=9
""")


# small towns ------------------------------------------------------------------------------------------------

def unit(key, employees=None, female=None, as_of="2017-06-30", **values):
    """A unit and, where a headcount is given, its snapshot."""
    rows = [("unit", {"id": key, "name": f"{key}公司", **values})]
    if employees is not None:
        rows.append(("employee_stat", {"id": f"h-{key}", "unit_id": key, "as_of": as_of, "employees": employees, "female": female}))
    return rows


def person(key, id_no=None, gender=None):
    return ("person", {"id": key, "name": key, "id_no": id_no, "gender": gender})


def training(key, kind="1", end_on="2017-05-20", hours=200, status="3", **values):
    """A class; hours are tenths."""
    return ("training_class", {"id": key, "title": key, "kind": kind, "start_on": end_on, "end_on": end_on, "hours": hours,
                               "sessions": 1, "free": 1, "status": status, **values})


def trainee(key, of, who, at="u", hours=200, passed=1):
    return ("training_attendance", {"id": key, "parent_id": of, "person_id": who, "unit_id": at, "hours_attended": hours, "passed": passed})


def event(key, kind="1", held_on="2017-05-20", persons=10, women=0, **values):
    return ("event", {"id": key, "title": key, "kind": kind, "held_on": held_on, "end_on": held_on, "place": "职工之家",
                      "attendances": persons, "persons": persons, "female_persons": women, **values})


def came(key, at, who, of="u"):
    return ("event_attendee", {"id": key, "parent_id": at, "person_id": who, "unit_id": of})


def covers(key, at, of="u", persons=None, women=None):
    return ("event_unit", {"id": key, "parent_id": at, "unit_id": of, "persons": persons, "female_persons": women})


def volunteer(key, who, registered_on="2017-03-01", status="1", **values):
    return ("volunteer", {"id": key, "person_id": who, "registered_on": registered_on, "status": status, **values})


def report(key, at, as_of, registered, active):
    return ("step_app", {"id": key, "unit_id": at, "as_of": as_of, "registered": registered, "active": active})


def sponsored(key, who, enrolled_on="2014-09-01", graduated_on="2017-07-01", status="2", free=1, school="开放大学"):
    return ("degree_sponsorship", {"id": key, "person_id": who, "school": school, "enrolled_on": enrolled_on, "graduated_on": graduated_on,
                                   "status": status, "free": free})


def article(key, title="劳模讲堂开讲", media="1", published_on="2017-05-20", author="张三", **values):
    return ("publicity_item", {"id": key, "title": title, "media": media, "published_on": published_on, "author": author, **values})


def share(target, value):
    """The street's own target, stored with the decimals of its ledger."""
    places = builtin_library().ledgers["target_allocation"].fields["value"].places
    return ("target_allocation", {"id": f"g-{target}", "target_id": target, "year": 2017, "value": value * 10 ** places})


def people(count, prefix="p"):
    return [person(f"{prefix}{n}") for n in range(count)]


def trainees(count, of="c"):
    """So many different persons at class `of`, all hours attended."""
    return [row for n in range(count) for row in (person(f"p{n}"), trainee(f"a{n}", of, f"p{n}"))]


# checks -----------------------------------------------------------------------------------------------------

ROLL = [training("c", attended=2, passed=1), *people(2), trainee("a0", "c", "p0"), trainee("a1", "c", "p1", passed=0)]

CHECKS = [
    # X26: ten employees, four of them women; women are looked at where the persons fit
    CheckCase("X26", [*unit("u", 10, 4), event("e", persons=11), covers("x", "e"),
                      event("f", persons=8, women=5), covers("y", "f")], ["e", "f"]),
    CheckCase("X26", [*unit("u", 10, 4), event("e", persons=10, women=4), covers("x", "e"),
                      event("f", persons=11, held_on="2016-05-20"), covers("y", "f")], []),
    CheckCase("L21-1", [training(k, title=t, start_on=d, kind="2", teacher="李老师", place="街道文化中心") for k, t, d in (
        ("c1", "摄影班（第一讲）", "2017-05-06"), ("c2", "摄影班（第二讲）", "2017-05-13"), ("c3", "摄影班（第三讲）", "2017-05-20"))], ["c1", "c2", "c3"]),
    CheckCase("L21-1", [training(k, title=t, start_on=d, kind="2", teacher=who, place="街道文化中心") for k, t, d, who in (
        ("c1", "摄影班第一期", "2017-05-06", "李老师"), ("c2", "摄影班第二期", "2017-05-13", "李老师"),
        ("c3", "书法班", "2017-05-06", "王老师"), ("c4", "书法班", "2017-05-21", "王老师"), ("c5", "书法班", "2017-05-22", "赵老师"))], []),
    CheckCase("L21-2", [training("c", hours=160), *trainees(1), trainee("b", "c", "p0", hours=161)], ["a0", "b"]),
    CheckCase("L21-2", [training("c", hours=200), *trainees(1)], []),
    CheckCase("L21-3", [training("c"), person("p"), trainee("a", "c", "p", hours=119)], ["a"]),
    CheckCase("L21-3", [training("c"), *people(2), trainee("a", "c", "p0", hours=120), trainee("b", "c", "p1", hours=119, passed=0)], []),
    CheckCase("L21-4", [training("c", attended=3, passed=1), *ROLL[1:]], ["c"]),
    CheckCase("L21-4", ROLL, []),
    CheckCase("L22-1", [person("p"), sponsored("d", "p", "2016-09-01", "2017-07-01")], ["d"]),
    CheckCase("L22-1", [person("p"), sponsored("d", "p", "2014-09-01", "2017-07-01")], []),
    CheckCase("L22-2", [person("p"), sponsored("d", "p"), sponsored("f", "p", school="电视大学")], ["d", "f"]),
    CheckCase("L22-2", [*people(2), sponsored("d", "p0"), sponsored("f", "p1"), sponsored("g", "p1", school="电视大学", status="3")], []),
    CheckCase("L23-1", [*unit("u"), report("s1", "u", "2017-03-31", 50, 40), report("s2", "u", "2017-04-30", 12, 10)], ["s2"]),
    CheckCase("L23-1", [*unit("u"), report("s1", "u", "2017-03-31", 50, 40), report("s2", "u", "2017-04-30", 50, 10)], []),
    CheckCase("L23-2", [*unit("u"), report("s1", "u", "2016-12-31", 50, 40), report("s2", "u", "2017-01-31", 50, 40)], ["s2"]),
    CheckCase("L23-2", [*unit("u"), report("s1", "u", "2016-12-31", 50, 40), report("s2", "u", "2017-01-31", 50, 41),
                        report("s3", "u", "2017-02-28", 50, 41)], []),
    CheckCase("L23-3", [*unit("u", 49), report("s", "u", "2017-03-31", 50, 40)], ["s"]),
    CheckCase("L23-3", [*unit("u", 50), report("s", "u", "2017-03-31", 50, 40)], []),
    # all six pairs of neighbours of the shorter title (职工 工健 健步 步走 走活 活动) stand in the longer one; half would do
    CheckCase("L24-1", [event("e", title="职工健步走活动"), event("f", title="东花市职工健步走活动启动"),
                        event("g", title="书画展")], ["e", "f"]),
    CheckCase("L24-1", [event("e", title="职工健步走活动"), event("f", title="职工健步走活动", place="龙潭公园"),
                        event("g", title="职工健步走活动", held_on="2017-05-21"), event("h", title="书画展"),
                        *(row for k, n in (("i", "u"), ("j", "v")) for row in (event(k, title="拔河赛"), covers(f"x{k}", k, n)))], []),
    CheckCase("L24-1", [row for k in "ij" for row in (event(k, title="拔河赛"), covers(f"x{k}", k))], ["i", "j"]),
    CheckCase("L24-2", [*people(2), event("e", persons=3), came("a", "e", "p0"), came("b", "e", "p1")], ["e"]),
    CheckCase("L24-2", [*people(2), event("e", persons=2), came("a", "e", "p0"), came("b", "e", "p1"), event("f", persons=5)], []),
    CheckCase("L24-3", [*unit("u"), *unit("v"), event("e"), covers("x", "e", persons=6), covers("y", "e", "v")], ["e"]),
    CheckCase("L24-3", [*unit("u"), *unit("v"), event("e"), covers("x", "e", persons=6), covers("y", "e", "v", persons=4),
                        event("f"), covers("z", "f")], []),
    CheckCase("L24-4", [event("e"), covers("x", "e", persons=6), covers("y", "e", "v", persons=5)], ["e"]),
    CheckCase("L24-4", [event("e", women=3), covers("x", "e", persons=6, women=3), covers("y", "e", "v", persons=4)], []),
    CheckCase("L24-5", [("union_org", {"id": "o", "name": "联合工会"}), event("e", organiser_union_id="o")], ["e"]),
    CheckCase("L24-5", [event("e"), covers("x", "e")], []),
    CheckCase("L24-6", [event("e", list_attached=1)], ["e"]),
    CheckCase("L24-6", [person("p"), event("e", list_attached=1, persons=1), came("a", "e", "p"), event("f", list_attached=1, photos="f1"),
                        event("g", list_attached=0)], []),
    CheckCase("L25-1", [person("p", "110101199003070011"), person("q", "110101199003070011"), volunteer("v", "p", team="助老队"),
                        volunteer("w", "q", team="环保队")], ["v", "w"]),
    CheckCase("L25-1", [*people(2), volunteer("v", "p0"), volunteer("w", "p0", status="2"), volunteer("x", "p1")], []),
    CheckCase("L25-2", [person("p"), volunteer("v", "p")], ["v"]),
    CheckCase("L25-2", [person("p", "110101199003070011"), person("q"), volunteer("v", "p"), volunteer("w", "q", status="2")], []),
    CheckCase("L25-3", [person("p"), volunteer("v", "p"), *(("volunteer_service", {
        "id": f"s{n}", "parent_id": "v", "served_on": "2017-05-20", "hours": 121}) for n in range(2))], ["s0", "s1"]),
    CheckCase("L25-3", [person("p"), volunteer("v", "p"), *(("volunteer_service", {
        "id": f"s{n}", "parent_id": "v", "served_on": "2017-05-20", "hours": 120}) for n in range(2))], []),
    CheckCase("L25-4", [person("p"), volunteer("v", "p"), ("volunteer_service", {
        "id": "s", "parent_id": "v", "served_on": "2017-02-28", "hours": 20})], ["s"]),
    CheckCase("L25-4", [person("p"), volunteer("v", "p"), ("volunteer_service", {
        "id": "s", "parent_id": "v", "served_on": "2017-03-01", "hours": 20})], []),
    CheckCase("L26-1", [article("i"), article("j", media="5", published_on="2017-05-22")], ["i", "j"]),
    CheckCase("L26-1", [article("i"), article("j", media="5", original_id="i"), article("k", published_on="2016-05-20"),
                        article("l", author="李四")], []),
    CheckCase("L26-2", [*unit("u"), person("张三"), ("info_officer", {"id": "o", "person_id": "张三", "unit_id": "u",
                        "appointed_on": "2017-01-05", "items_year": 3}), article("i", unit_id="u"), article("j", "二", officer_id="o")], ["o"]),
    CheckCase("L26-2", [*unit("u"), person("张三"), ("info_officer", {"id": "o", "person_id": "张三", "unit_id": "u",
                        "appointed_on": "2017-01-05", "items_year": 2}), article("i", unit_id="u"), article("j", "二", officer_id="o"),
                        article("k", "三", unit_id="v"), article("l", "二", "5", officer_id="o", original_id="j")], []),
    CheckCase("L26-3", [article("i", original_id="i"), article("j", published_on="2017-05-22"),
                        article("k", original_id="j", published_on="2017-05-21"),
                        article("l", original_id="k", published_on="2017-05-23")], ["i", "k", "l"]),
    CheckCase("L26-3", [article("i"), article("j", original_id="i", published_on="2017-05-21")], []),
    # unique rules
    CheckCase("TRA003", [training("c"), person("p"), trainee("a", "c", "p"), trainee("b", "c", "p")], ["a", "b"]),
    CheckCase("TRA003", [training("c"), training("d"), person("p"), trainee("a", "c", "p"), trainee("b", "d", "p")], []),
    CheckCase("DEG006", [person("p"), sponsored("d", "p"), sponsored("f", "p", status="1")], ["d", "f"]),
    CheckCase("DEG006", [person("p"), sponsored("d", "p"), sponsored("f", "p", school="电视大学")], []),
    CheckCase("STP004", [*unit("u"), report("s", "u", "2017-03-31", 5, 4), report("t", "u", "2017-03-31", 6, 4)], ["s", "t"]),
    CheckCase("STP004", [*unit("u"), report("s", "u", "2017-03-31", 5, 4), report("t", "u", "2017-04-30", 6, 4)], []),
    CheckCase("EVT009", [event("e", title="书画展", organiser_union_id="o"), event("f", title="书画展", organiser_union_id="o")], ["e", "f"]),
    CheckCase("EVT009", [event("e", title="书画展", organiser_union_id="o"), event("f", title="书画展", organiser_union_id="r")], []),
    CheckCase("EVU002", [*unit("u"), event("e"), covers("x", "e"), covers("y", "e")], ["x", "y"]),
    CheckCase("EVU002", [*unit("u"), event("e"), event("f"), covers("x", "e"), covers("y", "f")], []),
    CheckCase("EVA001", [person("p"), event("e"), came("a", "e", "p"), came("b", "e", "p")], ["a", "b"]),
    CheckCase("EVA001", [person("p"), event("e"), event("f"), came("a", "e", "p"), came("b", "f", "p")], []),
    CheckCase("EVE002", [event("e", "5"), *(("event_entry", {"id": k, "parent_id": "e", "title": "我的师傅", "author": "张三"}) for k in "ab")], ["a", "b"]),
    CheckCase("EVE002", [event("e", "5"), *(("event_entry", {"id": k, "parent_id": "e", "title": "我的师傅", "author": w}) for k, w in (
        ("a", "张三"), ("b", "李四")))], []),
    CheckCase("VSV002", [person("p"), volunteer("v", "p"), *(("volunteer_service", {
        "id": k, "parent_id": "v", "served_on": "2017-05-20", "activity": "助老", "hours": 20}) for k in "ab")], ["a", "b"]),
    CheckCase("VSV002", [person("p"), volunteer("v", "p"), *(("volunteer_service", {
        "id": k, "parent_id": "v", "served_on": d, "activity": "助老", "hours": 20}) for k, d in (("a", "2017-05-20"), ("b", "2017-05-21")))], []),
    CheckCase("PUB004", [article("i"), article("j")], ["i", "j"]),
    CheckCase("PUB004", [article("i"), article("j", media="5")], []),
    CheckCase("INF004", [*unit("u"), person("p"), *(("info_officer", {"id": k, "person_id": "p", "unit_id": "u"}) for k in "ab")], ["a", "b"]),
    CheckCase("INF004", [*unit("u"), *unit("v"), person("p"), *(("info_officer", {"id": k, "person_id": "p", "unit_id": n}) for k, n in (
        ("a", "u"), ("b", "v")))], []),
]


# figures ----------------------------------------------------------------------------------------------------

TWO_EVENTS = [*unit("u", 10, 5), *people(8), event("e", persons=6), *(came(f"a{n}", "e", f"p{n}") for n in range(6)),
              event("f", "2", "2017-06-20", persons=6), *(came(f"b{n}", "f", f"p{n}") for n in range(2, 8))]
UNLISTED = [*unit("u", 10), event("e", persons=7), covers("x", "e"), event("f", "2", persons=8), covers("y", "f")]

FIGURES = [
    FigureCase("T3-01", "7 of 200 trained: 7*1000 >= 200*35 (7000 = 7000), met", [*unit("u", 200), *unit("v", 0), training("c"), *trainees(7)],
               of=7, per=200, state="met", value="3.50", missing=["v"], counted=["u"]),
    FigureCase("T3-01", "699 of 20000 is 3.495, shown 3.50, but 699*1000 = 699000 < 700000: below",
               [*unit("u", 20000), training("c"), *trainees(699)], of=699, per=20000, state="below", value="3.50"),
    FigureCase("T3-01", "trained, but nobody is employed: no rate", [training("c")], of=0, per=0, state="none", value="—"),
    FigureCase("T3-01", "one person at two classes and under two records of one number is one; 11.9 of 20 hours, a cancelled class,"
               " last year's and a safety class do not count: 2 of 100",
               [*unit("u", 60), *unit("v", 40), training("c"), training("c2", end_on="2017-06-20"), training("c3", status="9"),
                training("c4", end_on="2016-12-31"), training("c5", kind="4"),
                person("p", "110101199003070011"), person("p2", "110101199003070011"), *people(4, "q"),
                trainee("a1", "c", "p"), trainee("a2", "c2", "p2", "v"), trainee("a3", "c", "q0", hours=119), trainee("a4", "c", "q1", hours=120),
                trainee("a5", "c3", "q2"), trainee("a6", "c4", "q2"), trainee("a7", "c5", "q3")], of=2, per=100, counted=["u", "v"]),
    FigureCase("T3-01", "the district's union base: the unit without a union leaves both sides, 2 of 100",
               [*unit("u", 100), *unit("v", 100), ("union_org", {"id": "o", "unit_id": "u", "founded_on": "2010-01-05", "status": "2"}),
                training("c"), *trainees(2), person("q"), trainee("b", "c", "q", "v")], of=2, per=100, settings={"staff_base": "unionised"}),
    FigureCase("T3-02", "2 graduated in the year, both free; target 2: met", [share("T3-02", 2), *people(2), *(sponsored(f"d{n}", f"p{n}") for n in range(2))],
               of=2, state="met"),
    FigureCase("T3-02", "8 of 9: below", [share("T3-02", 9), *people(8), *(sponsored(f"d{n}", f"p{n}") for n in range(8))],
               of=8, state="below"),
    FigureCase("T3-02", "nobody is sponsored", [], of=0, state="below"),
    FigureCase("T3-02", "enrolled, withdrawn, not free and last year's graduates do not count; one person twice is one",
               [*people(5), sponsored("d0", "p0"), sponsored("d1", "p0", school="电视大学"), sponsored("d2", "p1", "2017-09-01", None, "1"),
                sponsored("d3", "p2", status="3"), sponsored("d4", "p3", free=0), sponsored("d5", "p4", graduated_on="2016-07-01")],
               of=1, counted=["d0", "d1"]),
    FigureCase("T3-02", "by enrolment: 1 enrolled in the year, the graduate of 2014 not",
               [*people(2), sponsored("d0", "p0"), sponsored("d1", "p1", "2017-09-01", None, "1")], of=1, counted=["d1"],
               settings={"count_when": "enrolled"}),
    FigureCase("T3-03", "2 free classes; target 2: met", [share("T3-03", 2), training("c", "2"), training("d", "2")], of=2, state="met"),
    FigureCase("T3-03", "1 of 2: below", [share("T3-03", 2), training("c", "2")], of=1, state="below"),
    FigureCase("T3-03", "no class at all", [], of=0, state="below"),
    FigureCase("T3-03", "a class of 8 sessions is one; other kinds, a cancelled class and one that ends next year do not count: 1",
               [training("c", "2", sessions=8), training("d", "1"), training("e", "2", status="9"), training("f", "2", "2018-01-05")],
               of=1, counted=["c"]),
    FigureCase("T3-03", "by sessions: 8 + 1 = 9", [training("c", "2", sessions=8), training("d", "2")], of=9, settings={"count_sessions": "sessions"}),
    FigureCase("T3-04", "30 + 20 = 50 use it; target 50: met", [share("T3-04", 50), *unit("u"), *unit("v"), report("s", "u", "2017-12-31", 40, 30),
               report("t", "v", "2017-11-30", 20, 20)], of=50, state="met"),
    FigureCase("T3-04", "49 of 50: below", [share("T3-04", 50), *unit("u"), report("s", "u", "2017-12-31", 60, 49)], of=49, state="below"),
    FigureCase("T3-04", "no report", [], of=0, state="below"),
    FigureCase("T3-04", "months are not added up and last year's report is not this year's: 25",
               [*unit("u"), *unit("v"), report("s1", "u", "2017-03-31", 30, 20), report("s2", "u", "2017-04-30", 35, 25),
                report("t", "v", "2016-12-31", 80, 70)], of=25, counted=["s2"]),
    FigureCase("T3-04", "registered alone: 35", [*unit("u"), report("s", "u", "2017-04-30", 35, 0)], of=35, settings={"step_count_rule": "registered"}),
    FigureCase("T3-05", "6 + 6 attendances of 8 people; 8*100 >= 10*80: met", TWO_EVENTS, of=8, per=10, state="met", value="80.00"),
    FigureCase("T3-05", "15999 of 20000 is 79.995, shown 80.00, but 1599900 < 1600000: below",
               [*unit("u", 20000), event("e", persons=15999), covers("x", "e")], of=15999, per=20000, state="below", value="80.00"),
    FigureCase("T3-05", "no headcount: no rate", [event("e", persons=5)], of=0, per=0, state="none", value="—"),
    FigureCase("T3-05", "without a list 7 and 8 are not 15 people: the best attended event counts, 8", UNLISTED, of=8, per=10),
    FigureCase("T3-05", "only lists count: nobody", UNLISTED, of=0, per=10, missing=["u"], settings={"participation_rule": "listed"}),
    FigureCase("T3-05", "one person under two units is one; talks do not count; an event of several units counts each unit's own number: 1 + 3 = 4",
               [*unit("u", 10), *unit("v", 10), *unit("w", 5), person("p"), event("e", persons=1), came("a", "e", "p"),
                event("f", held_on="2017-06-01", persons=1), came("b", "f", "p", "v"), event("g", "3", persons=9), covers("x", "g", "w"),
                event("h", persons=7), covers("y", "h", "u", persons=3), covers("z", "h", "w")], of=4, per=25, missing=["w"], counted=["u", "v"]),
    FigureCase("T3-05", "an own union's event without any unit named is its unit's: 9 of 10",
               [*unit("u", 10), ("union_org", {"id": "o", "unit_id": "u", "founded_on": "2010-01-05"}), event("e", persons=9, organiser_union_id="o")],
               of=9, per=10, state="met"),
    FigureCase("T3-06", "3 numbers; target 3: met", [share("T3-06", 3), *(row for n in range(3) for row in (
               person(f"p{n}", f"11010119900307001{n}"), volunteer(f"v{n}", f"p{n}")))], of=3, state="met"),
    FigureCase("T3-06", "2 of 3: below", [share("T3-06", 3), *(row for n in range(2) for row in (
               person(f"p{n}", f"11010119900307001{n}"), volunteer(f"v{n}", f"p{n}")))], of=2, state="below"),
    FigureCase("T3-06", "nobody registered", [], of=0, state="below"),
    FigureCase("T3-06", "one number in two teams is one; without a number, withdrawn or registered later does not count; withdrawn later does: 2",
               [person("p", "1"), person("q", "1"), person("r"), person("s", "2"), person("t", "3"), person("w", "4"), volunteer("v1", "p"),
                volunteer("v2", "q"), volunteer("v3", "r"), volunteer("v4", "s", status="2", ended_on="2017-06-01"),
                volunteer("v5", "t", "2018-01-05"), volunteer("v6", "w", status="2", ended_on="2018-02-01")], of=2),
    FigureCase("T3-06", "new in the year: 1", [person("p", "1"), person("q", "2"), volunteer("v", "p", "2016-12-31"), volunteer("w", "q")],
               of=1, counted=["w"], settings={"volunteer_rule": "new"}),
    FigureCase("OW-L21-1", "one person at two classes of two kinds, and another: 2", [training("c"), training("d", "4"), *people(2),
               trainee("a", "c", "p0"), trainee("b", "d", "p0"), trainee("e", "d", "p1")], of=2),
    FigureCase("OW-L21-1", "11.9 of 20 hours is not 60 per cent: 0", [training("c"), person("p"), trainee("a", "c", "p", hours=119)], of=0),
    FigureCase("OW-L21-1", "half of the hours are asked for: 10.0 of 20 is enough", [training("c"), person("p"), trainee("a", "c", "p", hours=100)],
               of=1, settings={"trained_share": "50"}),
    FigureCase("OW-L23-1", "50 - 30 = 20 new, 10 of a unit without a report last year: 30", [*unit("u"), *unit("v"), report("s1", "u", "2016-11-30", 20, 9),
               report("s2", "u", "2016-12-31", 30, 9), report("s3", "u", "2017-06-30", 50, 9), report("t", "v", "2017-06-30", 10, 9)], of=30),
    FigureCase("OW-L23-1", "last year's number copied: 0", [*unit("u"), report("s", "u", "2016-12-31", 30, 9), report("t", "u", "2017-01-31", 30, 9)], of=0),
    FigureCase("OW-L23-1", "no report this year: 0", [*unit("u"), report("s", "u", "2016-12-31", 30, 9)], of=0),
    FigureCase("OW-L24-1", "culture and sport: 2, talks not", [event("e"), event("f", "2"), event("g", "3")], of=2, counted=["e", "f"]),
    FigureCase("OW-L24-1", "last year's event does not count", [event("e", held_on="2016-12-31")], of=0),
    FigureCase("OW-L24-1", "second quarter, counted from New Year: 2", [event("e", held_on="2017-02-01"), event("f")], of=2, period="2017Q2"),
    FigureCase("OW-L25-1", "1 of 2 has served: 50.00", [person("p", "1"), person("q", "2"), volunteer("v", "p"), volunteer("w", "q"), ("volunteer_service", {
               "id": "s", "parent_id": "v", "served_on": "2017-05-20", "hours": 20})], of=1, per=2, value="50.00", missing=["w"]),
    FigureCase("OW-L25-1", "last year's service does not count: 0 of 1", [person("p", "1"), volunteer("v", "p"), ("volunteer_service", {
               "id": "s", "parent_id": "v", "served_on": "2016-05-20", "hours": 20})], of=0, per=1, value="0.00"),
    FigureCase("OW-L25-1", "no volunteers", [], of=0, per=0, value="—"),
    FigureCase("OW-L26-1", "an article and its copy in another medium: 1", [article("i"), article("j", media="5", original_id="i")], of=1, counted=["i"]),
    FigureCase("OW-L26-1", "last year's: 0", [article("i", published_on="2016-12-31")], of=0),
    FigureCase("OW-L26-1", "two articles: 2", [article("i"), article("j", "安全月启动")], of=2),
    FigureCase("OW-L26-2", "1 by their own row, 1 by a class, of 3 in office: 66.67", [*people(4), training("c", "6"), trainee("a", "c", "p1"), *((
               "info_officer", {"id": f"o{n}", "person_id": f"p{n}", "appointed_on": "2016-01-05", "trained_on": t, "ended_on": e})
               for n, (t, e) in enumerate((("2017-04-01", None), (None, None), ("2016-04-01", None), ("2017-04-01", "2017-06-30"))))],
               of=2, per=3, value="66.67", missing=["o2"]),
    FigureCase("OW-L26-2", "attended and not passed: 0 of 1", [person("p"), training("c", "6"), trainee("a", "c", "p", passed=0),
               ("info_officer", {"id": "o", "person_id": "p", "appointed_on": "2016-01-05"})], of=0, per=1),
    FigureCase("OW-L26-2", "no officers", [], of=0, per=0, value="—"),
    FigureCase("OW-L26-3", "1 of 2 closed; good news and closed next year aside", [("opinion_note", {"id": k, "noted_on": "2017-05-20", "tone": t, "closed_on": c})
               for k, t, c in (("a", "3", "2017-06-01"), ("b", "3", "2018-01-05"), ("c", "1", None))], of=1, per=2, value="50.00", missing=["b"]),
    FigureCase("OW-L26-3", "last year's note is not of this year", [("opinion_note", {"id": "a", "noted_on": "2016-05-20", "tone": "3"})], of=0, per=0, value="—"),
    FigureCase("OW-L26-3", "all closed: 1 of 1", [("opinion_note", {"id": "a", "noted_on": "2017-05-20", "tone": "3", "closed_on": "2017-05-20"})], of=1, per=1),
    FigureCase("OW-L26-4", "named as officer, or author from the same unit: 2 of 3; a copy and last year's article are none",
               [person("张三"), person("李四"), person("王五"), *((
                   "info_officer", {"id": f"o{n}", "person_id": p, "unit_id": "u", "appointed_on": "2016-01-05"}) for n, p in enumerate(("张三", "李四", "王五"))),
                article("i", officer_id="o0"), article("j", "二", author="李四", unit_id="u"), article("k", "三", officer_id="o2", original_id="i"),
                article("l", "四", officer_id="o2", published_on="2016-12-31")], of=2, per=3, value="66.67", missing=["o2"]),
    FigureCase("OW-L26-4", "the author's name at another unit is somebody else: 0 of 1", [person("张三"), ("info_officer", {
               "id": "o", "person_id": "张三", "unit_id": "u", "appointed_on": "2016-01-05"}), article("i", unit_id="v")], of=0, per=1),
    FigureCase("OW-L26-4", "no officers", [article("i")], of=0, per=0, value="—"),
]
