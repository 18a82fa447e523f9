"""The checks of focus 2, each on a street where it speaks and on one where it is silent. `rights_cases` hands them to the tests.

Read at 2017Y on 2018-01-10, so the cutoff is 2017-12-31.
"""

from tests.ledgers.cases import CheckCase
from tests.ledgers.rights_figures import COMMUNITY, area, congress, contract, employer, opened, seat, union, unit, women


def person(key, gender=None, id_no=None, name=None):
    return [("person", {"id": key, "name": name or f"人{key}", "gender": gender, "id_no": id_no})]


def cadre(key, post, who, **facts):
    return [("union_cadre", {"id": f"k{key}{post}", "union_id": f"o{key}", "post": post, "person_id": who, "begins_on": "2016-01-01", **facts})]


def talk(key, held_on, **facts):
    return [("negotiation", {"id": f"n{held_on}", "parent_id": key, "round": 1, "held_on": held_on, **facts})]


def vote(key, delegates, votes_for, against=0, abstain=0):
    return [("congress_vote", {"id": f"b{delegates}{votes_for}", "parent_id": key, "matter": "工资调整", "delegates": delegates,
                               "votes_for": votes_for, "votes_against": against, "abstain": abstain})]


def proposal(key, parent, **facts):
    return [("proposal", {"id": key, "parent_id": parent, "title": f"提案{key}", **facts})]


def disclosure(key, parent, day, **facts):
    return [("disclosure", {"id": key, "parent_id": parent, "disclosed_on": day, "topic": "1", "form": "2", **facts})]


def project(key, **facts):
    return [("women_project", {"id": key, "name": f"项目{key}", "owner_union_id": "oa", "begins_on": "2017-03-01", "ends_on": "2017-09-01", **facts})]


A = employer("a")

CONTRACTS = [
    CheckCase("X20", A + contract("a", "1", valid_to="2020-01-11") + contract("a", "2", valid_to="2018-01-11"), ["c1a", "c2a"]),
    CheckCase("X20", A + contract("a", "1", valid_to="2020-01-10") + contract("a", "2", valid_to="2018-01-10"), []),
    CheckCase("X21", A + contract("a", valid_to="2017-12-30") + contract("a", "2", status="5", valid_to="2017-06-30"), ["c1a", "c2a"]),
    CheckCase("X21", A + contract("a", valid_to="2017-12-31") + contract("a", "2", status="6", valid_to="2017-06-30"), []),
    CheckCase("X21", A + contract("a", valid_to="2017-11-30"), [], today="2017-10-09"),
    CheckCase("X22", A + contract("a", filed_on="2017-01-21") + contract("a", "2", filed_on=None, review="0", status="2"), ["c1a", "c2a"]),
    CheckCase("X22", A + contract("a", filed_on="2017-01-20") + contract("a", "2", filed_on=None, review="0", status="2", signed_on="2017-12-25")
              + contract("a", "3", filed_on=None, review="0", status="7"), []),
    CheckCase("Y1601", A + contract("a", valid_to="2018-01-08"), ["c1a"]),
    CheckCase("Y1601", A + contract("a") + contract("a", "2", valid_to="2017-07-09"), []),
    CheckCase("Y1602", A + contract("a") + contract("a", id="again", valid_from="2018-01-09", valid_to="2019-01-08"), ["again"]),
    CheckCase("Y1602", A + contract("a") + contract("a", id="next", valid_from="2018-01-10", valid_to="2019-01-09") + contract("a", "2")
              + employer("b") + contract("b", ended_on="2017-07-01") + contract("b", id="new", valid_from="2017-07-01", valid_to="2018-06-30"), []),
    CheckCase("Y1603", A + contract("a", valid_to="2018-02-28"), ["c1a"]),
    CheckCase("Y1603", A + contract("a", valid_to="2018-03-02") + contract("a", "2", valid_to="2018-01-09")
              + contract("a", "2", id="next", valid_from="2018-01-10", valid_to="2019-01-09"), []),
    CheckCase("Y1604", A + contract("a", covered=21, covered_female=8) + contract("a", "2", covered=20, covered_female=9), ["c1a", "c2a"]),
    CheckCase("Y1604", A + contract("a", covered=20, covered_female=8) + contract("a", "2", covered=90, status="6"), []),
    CheckCase("Y1605", contract("q", "1", level="2", unit_id=None), ["c1q"]),
    CheckCase("Y1605", A + area("q", "1", "a") + contract("r", "1", level="2", unit_id=None, status="1"), []),
    CheckCase("Y1606", A + employer("b") + area("q", "1", "a", "b", covered=19), ["c1q"]),
    CheckCase("Y1606", A + employer("b") + area("q", "1", "a", "b", covered=18) + area("r", "2", "a"), []),
    CheckCase("Y1607", A + contract("a", filed_on="2017-12-27"), ["c1a"]),
    CheckCase("Y1607", A + contract("a", filed_on="2017-12-26") + contract("a", "2", filed_on="2018-01-05", review="0"), []),
    CheckCase("Y1608", A + person("p", name="赵一") + cadre("a", "1", "p") + contract("a", worker_rep="钱二"), ["c1a"]),
    CheckCase("Y1608", A + person("p", name="赵一") + cadre("a", "1", "p") + contract("a", worker_rep="赵一") + employer("b")
              + contract("b", worker_rep="孙三"), []),
    CheckCase("Y1609", A + contract("a", offer_on="2016-12-01") + talk("c1a", "2016-11-30") + talk("c1a", "2017-01-11"), ["n2016-11-30", "n2017-01-11"]),
    CheckCase("Y1609", A + contract("a", offer_on="2016-12-01") + talk("c1a", "2016-12-01") + talk("c1a", "2017-01-10"), []),
    CheckCase("Y1610", A + women("a") + contract("a"), ["c1a"]),
    CheckCase("Y1610", A + women("a") + contract("a") + contract("a", "3") + employer("b") + contract("b"), []),
    CheckCase("Y1611", A + contract("a", congress_on="2017-03-21") + congress("a"), ["c1a"]),
    CheckCase("Y1611", A + contract("a", congress_on="2017-03-20") + congress("a") + contract("a", "2", congress_on="2016-12-20"), []),
    CheckCase("CG002", A + area("q", "1", "a", "a"), ["g1q0", "g1q1"]),
    CheckCase("CG002", A + area("q", "1", "a") + area("r", "2", "a"), []),
    CheckCase("NG007", A + contract("a") + talk("c1a", "2016-12-02") + talk("c1a", "2016-12-03"), ["n2016-12-02", "n2016-12-03"]),
    CheckCase("NG007", A + contract("a") + talk("c1a", "2016-12-02") + talk("c1a", "2016-12-03", round=2), []),
    CheckCase("CC030", A + contract("a") + contract("a", id="again", valid_from="2018-01-10", valid_to="2019-01-09"), ["again", "c1a"]),
    CheckCase("CC030", A + contract("a") + contract("a", "2") + contract("a", id="next", signed_on="2018-01-08"), []),
    CheckCase("CC031", A + contract("a", contract_no="集2017-1") + contract("a", id="again", contract_no="集2017-1"), ["again", "c1a"]),
    CheckCase("CC031", A + contract("a", contract_no="集2017-1") + contract("a", "2", contract_no="集2017-1") + contract("a", id="new"), []),
]

DEMOCRACY = [
    CheckCase("Y1701", A + congress("a", 2), ["ma2"]),
    CheckCase("Y1701", A + congress("a", 1) + congress("a", 2, held_on="2017-09-01") + employer("b") + congress("b", 3, held_on="2016-05-01"), []),
    CheckCase("Y1702", A + congress("a", 1) + congress("a", 2, held_on="2017-03-19"), ["ma2"]),
    CheckCase("Y1702", A + congress("a", 1) + congress("a", 2, held_on="2017-03-20") + congress("a", 1, id="group", level="2", held_on="2017-09-01"), []),
    CheckCase("Y1703", congress("a") + A + vote("ma1", 31, 16) + vote("ma1", 30, 19, 1, 1), ["b3116", "b3019"]),
    CheckCase("Y1703", congress("a") + A + vote("ma1", 30, 18, 1, 1), []),
    CheckCase("Y1704", A + congress("a") + proposal("r", "ma1", done_on="2017-03-19"), ["r"]),
    CheckCase("Y1704", A + congress("a") + proposal("r", "ma1", done_on="2017-03-20"), []),
    CheckCase("Y1705", A + congress("a") + proposal("r", "ma1", due_on="2017-12-30"), ["r"]),
    CheckCase("Y1705", A + congress("a") + proposal("r", "ma1", due_on="2017-12-31") + proposal("s", "ma1", due_on="2017-06-01", done_on="2017-07-01"), []),
    CheckCase("Y1706", unit("a") + congress("a", level="2"), ["ma1"]),
    CheckCase("Y1706", unit("a", is_group=1) + congress("a", level="2") + unit("b") + congress("b"), []),
    CheckCase("WC015", A + congress("a") + congress("a", id="again", held_on="2017-04-01"), ["again", "ma1"]),
    CheckCase("WC015", A + congress("a") + congress("a", 2) + congress("a", id="group", level="2"), []),
    CheckCase("CV103", A + congress("a") + vote("ma1", 30, 16) + vote("ma1", 30, 17), ["b3016", "b3017"]),
    CheckCase("CV103", A + congress("a") + congress("a", 2) + vote("ma1", 30, 16) + vote("ma2", 30, 17), []),
    CheckCase("PR005", A + congress("a") + proposal("r", "ma1", title="食堂") + proposal("s", "ma1", title="食堂"), ["r", "s"]),
    CheckCase("PR005", A + congress("a") + congress("a", 2) + proposal("r", "ma1", title="食堂") + proposal("s", "ma2", title="食堂"), []),
    CheckCase("Y1801", A + opened("a") + disclosure("d", "aa", "2014-04-30"), ["d"]),
    CheckCase("Y1801", A + opened("a") + disclosure("d", "aa", "2014-05-01"), []),
    CheckCase("Y1802", A + opened("a") + disclosure("d", "aa", "2017-05-01", satisfied=15, basic=5, unsatisfied=1), ["d"]),
    CheckCase("Y1802", A + opened("a") + disclosure("d", "aa", "2017-05-01", satisfied=15, basic=5), []),
    CheckCase("OA005", A + opened("a") + opened("a", id="again"), ["aa", "again"]),
    CheckCase("OA005", A + opened("a") + employer("b") + opened("b"), []),
    CheckCase("Y1901", unit("a", has_board=0, has_supervisors=1) + seat("a", "1") + seat("a", "2"), ["ea1"]),
    CheckCase("Y1901", unit("a", has_board=1, has_supervisors=1) + seat("a", "1") + seat("a", "2") + unit("b") + seat("b", "1"), []),
    CheckCase("Y1902", unit("a") + person("p1") + seat("a", "1", term_end="2017-12-30"), ["ea1"]),
    CheckCase("Y1902", unit("a") + person("p1") + seat("a", "1", term_end="2017-12-31") + seat("a", "2", term_end="2016-04-01")
              + seat("a", "2", id="next", term_end="2019-04-01") + unit("b", biz_status="3") + seat("b", "1", term_end="2016-04-01"), []),
    CheckCase("Y1903", unit("a") + congress("a") + seat("a", "1", elected_on="2017-03-21"), ["ea1"]),
    CheckCase("Y1903", unit("a") + congress("a") + seat("a", "1", elected_on="2017-03-20") + seat("a", "2"), []),
    CheckCase("ED005", unit("a") + seat("a", "1") + seat("a", "1", id="again"), ["again", "ea1"]),
    CheckCase("ED005", unit("a") + seat("a", "1") + seat("a", "2") + seat("a", "1", id="next", elected_on="2019-04-01"), []),
]

WOMEN = [
    CheckCase("X25", A + person("p", "1") + women("a", director_id="p"), ["wa"]),
    CheckCase("X25", A + person("p", None, "110101199003070011") + women("a", director_id="p"), ["wa"]),
    CheckCase("X25", A + person("p", "2", "110101199003070011") + women("a", director_id="p") + employer("b")
              + person("q", None, "110101198811150023") + women("b", director_id="q"), []),
    CheckCase("Y2001", A + women("a", members_f=9), ["wa"]),
    CheckCase("Y2001", A + women("a", members_f=8) + unit("b", None) + union("b") + women("b", members_f=90), []),
    CheckCase("Y2002", A + women("a", "2012-02-29"), ["wa"]),
    CheckCase("Y2002", A + women("a", "2012-03-01"), []),
    CheckCase("Y2003", unit("a") + union("a", has_women=1), ["oa"]),
    CheckCase("Y2003", unit("a") + union("a", has_women=1) + women("a") + unit("b") + union("b", has_women=0) + COMMUNITY, []),
    CheckCase("Y2004", A + person("p") + women("a", director_id="p"), ["wa"]),
    CheckCase("Y2004", A + person("p") + women("a", director_id="p") + cadre("a", "5", "p") + employer("b") + women("b", form="2", director_id="p"), []),
    CheckCase("Y2005", A + project("j", persons=9), ["j"]),
    CheckCase("Y2005", A + project("j", persons=8), []),
    CheckCase("WO004", A + women("a") + women("a", id="again"), ["again", "wa"]),
    CheckCase("WO004", A + women("a") + employer("b") + women("b"), []),
    CheckCase("WP004", A + project("j", name="母婴室") + project("k", name="母婴室"), ["j", "k"]),
    CheckCase("WP004", A + project("j", name="母婴室") + project("k", name="母婴室", begins_on="2018-03-01"), []),
]

CHECKS = [*CONTRACTS, *DEMOCRACY, *WOMEN]
