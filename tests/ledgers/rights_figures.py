"""The figures of focus 2 computed by hand; every row is a stored value. `rights_cases` hands them to the tests.

The street is read at 2017Y, so the cutoff is 2017-12-31. A contract filed by 2017-12-16 has had its 15 days by then.
"""

from tests.ledgers.cases import FigureCase


def unit(key, employees=20, **facts):
    """A company with a headcount of the year, two in five of them women."""
    rows = [("unit", {"id": key, "name": f"单位{key}", "unit_type": "170", "holding": "5", "biz_status": "1", **facts})]
    if employees is not None:
        rows.append(("employee_stat", {"id": f"s{key}", "unit_id": key, "as_of": "2017-06-30", "employees": employees,
                                       "female": employees * 2 // 5}))
    return rows


def union(key, **facts):
    """The own union `o…` of a unit, founded years ago."""
    return [("union_org", {"id": f"o{key}", "name": f"单位{key}工会", "union_type": "01", "unit_id": key, "founded_on": "2012-03-01",
                           "status": "2", **facts})]


def employer(key, employees=20, **facts):
    return unit(key, employees, **facts) + union(key)


def contract(key, kind="1", **facts):
    """The unit's own contract `c…` of a kind, in force all the year."""
    return [("collective_contract", {"id": f"c{kind}{key}", "kind": kind, "level": "1", "unit_id": key, "union_id": f"o{key}",
                                     "signed_on": "2017-01-10", "valid_from": "2017-01-10", "valid_to": "2018-01-09",
                                     "filed_on": "2017-01-16", "review": "1", "status": "4", "independent": 1, "standard_ok": 1, **facts})]


def area(key, kind, *units, **facts):
    """An area contract with the units it covers."""
    rows = contract(key, kind, level="2", unit_id=None, union_id=None, independent=0, **facts)
    return rows + [("contract_coverage", {"id": f"g{kind}{key}{n}", "parent_id": f"c{kind}{key}", "unit_id": covered,
                                          "employees": 9, "begins_on": "2017-01-10"}) for n, covered in enumerate(units)]


def women(key, founded_on="2012-03-01", **facts):
    return [("women_org", {"id": f"w{key}", "union_id": f"o{key}", "form": "1", "founded_on": founded_on, "members_f": 12,
                           "director_treatment": 1, **facts})]


def congress(key, session=1, **facts):
    return [("workers_congress", {"id": f"m{key}{session}", "unit_id": key, "level": "1", "term_no": 1, "session_no": session,
                                  "held_on": "2017-03-20", "delegates": 30, "present": 20, "agenda": "1,3", "db_ok": 1,
                                  "status": "2", **facts})]


def opened(key, *days, **facts):
    """Open management of a unit with its publications."""
    rows = [("open_affairs", {"id": f"a{key}", "unit_id": key, "system_since": "2014-05-01", "leading_group": 1, "forms": "2",
                              "db_ok": 1, **facts})]
    return rows + [("disclosure", {"id": f"d{key}{n}", "parent_id": f"a{key}", "disclosed_on": day, "topic": "3", "form": "2"})
                   for n, day in enumerate(days)]


def seat(key, post, **facts):
    return [("employee_director", {"id": f"e{key}{post}", "unit_id": key, "person_id": "p1", "post": post, "elected_on": "2016-04-01",
                                   "term_end": "2019-03-31", **facts})]


def many(count, make, *, start=0):
    """The rows of `make` for u0, u1, … in one list."""
    return [row for n in range(start, start + count) for row in make(f"u{n:04d}")]


FULL = {"negotiated_on": "2016-12-20", "congress_on": "2017-01-05", "cong_expected": 30, "cong_present": 20, "cong_agree": 16,
        "worker_rep": "张甲", "employer_rep": "李乙", "covered": 20, "covered_female": 8, "filing_no": "京人社2017-1", "db_entered_on": "2017-02-01",
        "db_ok": 1}
BOARD = {"is_company": 1, "has_board": 1, "has_supervisors": 1}
COMMUNITY = [("union_org", {"id": "oj", "name": "社区联合工会", "union_type": "03", "founded_on": "2010-01-05", "status": "2"})]


def covered(key, **facts):
    return [("union_coverage", {"id": f"v{key}", "union_id": "oj", "unit_id": key, "covered_from": "2015-01-01", "employees": 9, **facts})]


CONTRACTS = [
    FigureCase("T2-01", "98 of 100 enterprises: 98*100 >= 100*98, met", many(100, employer) + many(98, contract), 98, 100, "met", "98.00",
               ["u0098", "u0099"]),
    FigureCase("T2-01", "97 of 99: 97*100 = 9700 < 99*98 = 9702, not met though 97.98 rounds to 98", many(99, employer) + many(97, contract),
               97, 99, "below", "97.98"),
    FigureCase("T2-01", "no enterprise, no rate", unit("a"), 0, 0, "none", "—"),
    FigureCase("T2-01", "trap: an expired contract is not in force, whatever its status says; its last day still counts",
               employer("a") + employer("b") + contract("a", valid_to="2017-12-30") + contract("b", valid_to="2017-12-31"), 1, 2, missing=["a"]),
    FigureCase("T2-01", "filed on 12-16 it is in force on 12-31 (15 days), filed on 12-17 not yet; returned or ended never",
               employer("a") + employer("b") + employer("c") + employer("d") + contract("a", filed_on="2017-12-16")
               + contract("b", filed_on="2017-12-17") + contract("c", review="3") + contract("d", ended_on="2017-12-31"),
               1, 4, missing=["b", "c", "d"]),
    FigureCase("T2-01", "an area contract covers whom it names and nobody else; institutions and closed units are no part of E",
               employer("a") + employer("b") + employer("c", unit_type="400") + employer("d", biz_status="3", status_from="2017-05-01")
               + area("q", "1", "a"), 1, 2, missing=["b"]),
    FigureCase("T2-01", "other reading: institutions managed as enterprises join the base",
               employer("a") + employer("c", unit_type="400", as_enterprise=1) + employer("d", unit_type="400") + contract("a"),
               1, 2, missing=["c"], settings={"contract_base": "with_institutions"}),
    FigureCase("T2-01", "a covered enterprise has no union of its own: 1 of 1", employer("a") + unit("b") + COMMUNITY + covered("b") + contract("a"),
               1, 1, missing=[]),
    FigureCase("T2-01", "other reading: a covered one has a union too, 1 of 2", employer("a") + unit("b") + COMMUNITY + covered("b") + contract("a"),
               1, 2, missing=["b"], settings={"rights_union": "joined"}),
    FigureCase("T2-02", "49 of 50 by wage contracts: 49*100 >= 50*98, met", many(50, employer) + many(49, lambda k: contract(k, "2")), 49, 50, "met",
               "98.00", ["u0049"]),
    FigureCase("T2-02", "48 of 49: 4800 < 4802, not met", many(49, employer) + many(48, lambda k: contract(k, "2")), 48, 49, "below", "97.96"),
    FigureCase("T2-02", "no enterprise with a union, no rate", unit("a") + contract("a", "2"), 0, 0, "none"),
    FigureCase("T2-02", "trap: a general contract is no wage contract", employer("a") + contract("a"), 0, 1, "below", missing=["a"]),
    FigureCase("T2-03", "2 of 2 with general contract and women's organisation have the women's contract", many(2, employer) + many(2, contract)
               + many(2, women) + many(2, lambda k: contract(k, "3")), 2, 2, "met", "100.00", []),
    FigureCase("T2-03", "199 of 200: 19900 < 20000, not met", many(200, employer) + many(200, contract) + many(200, women)
               + many(199, lambda k: contract(k, "3")), 199, 200, "below", "99.50", ["u0199"]),
    FigureCase("T2-03", "a women's organisation without a general contract, or the reverse, is not in W: no rate",
               employer("a") + women("a") + employer("b") + contract("b"), 0, 0, "none"),
    FigureCase("T2-03", "trap: the women's contract as annex, without a row of its own, does not count",
               employer("a") + women("a") + contract("a", remark="女职工专项附后"), 0, 1, "below", missing=["a"]),
    FigureCase("T2-04", "9 of 10 with 100 or more: 900 >= 900, met; 99 employees are not a hundred",
               many(10, lambda k: employer(k, 100)) + employer("x", 99) + many(9, lambda k: contract(k) + contract(k, "2")), 9, 10, "met",
               "90.00", ["u0009"]),
    FigureCase("T2-04", "17 of 19: 1700 < 1710, not met", many(19, lambda k: employer(k, 100)) + many(17, lambda k: contract(k) + contract(k, "2")),
               17, 19, "below", "89.47"),
    FigureCase("T2-04", "nobody with a hundred, no rate", employer("a", 99) + contract("a") + contract("a", "2"), 0, 0, "none"),
    FigureCase("T2-04", "trap: an area contract is not independent, even ticked so; one of two contracts is not both",
               employer("a", 150) + area("q", "1", "a") + contract("a", "2") + employer("b", 150) + contract("b") + employer("c", 150)
               + contract("c") + contract("c", "2", independent=0), 0, 3, missing=["a", "b", "c"]),
    FigureCase("T2-05", "13 of 20 by the standard: 1300 >= 1300, met", many(20, lambda k: employer(k, 100)) + many(13, lambda k: contract(k, "2")),
               13, 20, "met", "65.00"),
    FigureCase("T2-05", "11 of 17: 1100 < 1105, not met", many(17, lambda k: employer(k, 100)) + many(11, lambda k: contract(k, "2")), 11, 17, "below"),
    FigureCase("T2-05", "no headcount, no base", employer("a", None) + contract("a", "2"), 0, 0, "none"),
    FigureCase("T2-05", "a general contract by the standard is no wage consultation; an expired one neither",
               employer("a", 100) + contract("a") + employer("b", 100) + contract("b", "2", valid_to="2017-06-30"), 0, 2, missing=["a", "b"]),
    FigureCase("T2-06", "all 23 required fields of one contract: 23/23", employer("a") + contract("a", **FULL), 23, 23, "met", "100.00", []),
    FigureCase("T2-06", "two contracts, one without its two representatives: 44/46, not met",
               employer("a") + contract("a", **FULL) + employer("b") + contract("b", **{**FULL, "worker_rep": None, "employer_rep": None}),
               44, 46, "below", "95.65", ["c1b"]),
    FigureCase("T2-06", "no contract of the year, no rate; one that ran out before it is history",
               employer("a") + contract("a", valid_from="2015-01-10", valid_to="2016-01-09", signed_on="2015-01-10"), 0, 0, "none"),
    FigureCase("T2-06", "trap: filled but unsound: 19 of 30 is less than two thirds (57 < 60), 15 of 30 no majority, db_ok is no: 20/23",
               employer("a") + contract("a", **{**FULL, "cong_present": 19, "cong_agree": 15, "db_ok": 0}), 20, 23, "below", missing=["c1a"]),
    FigureCase("T2-06", "filing is not asked for in the ten days after signing: 21/21",
               employer("a") + contract("a", **{**FULL, "signed_on": "2017-12-22", "valid_from": "2017-12-22", "valid_to": "2018-12-21",
                                                "filed_on": None, "filing_no": None, "review": "0"}), 21, 21, "met"),
]

DEMOCRACY = [
    FigureCase("T2-07", "2 of 2 groups with a group congress", many(2, lambda k: unit(k, is_group=1)) + many(2, lambda k: congress(k, level="2")), 2, 2,
               "met", "100.00", []),
    FigureCase("T2-07", "1 of 2: a congress of the unit is none of the group", unit("a", is_group=1) + unit("b", is_group=1) + congress("a", level="2")
               + congress("b"), 1, 2, "below", missing=["b"]),
    FigureCase("T2-07", "no group, no rate", unit("a") + congress("a", level="2"), 0, 0, "none"),
    FigureCase("T2-08", "19 of 20 held one: 1900 >= 1900, met", many(20, employer) + many(19, congress), 19, 20, "met", "95.00", ["u0019"]),
    FigureCase("T2-08", "18 of 19: 1800 < 1805, not met", many(19, employer) + many(18, congress), 18, 19, "below", "94.74"),
    FigureCase("T2-08", "nobody has a union, no rate", unit("a") + congress("a"), 0, 0, "none"),
    FigureCase("T2-08", "trap: held last year, planned only, or without two thirds (57 < 60) is not held",
               many(4, employer) + congress("u0000", held_on="2016-12-31") + congress("u0001", status="1") + congress("u0002", present=19)
               + congress("u0003"), 1, 4, missing=["u0000", "u0001", "u0002"]),
    FigureCase("T2-08", "an industry congress counts for the units whose own union belongs to the one that holds it: 1 of 2",
               unit("a") + union("a", industry_union_id="oj") + employer("b") + COMMUNITY + congress("x", level="4", union_id="oj"), 1, 2,
               missing=["b"]),
    FigureCase("T2-08", "other reading: an area congress counts for the units its union covers, not for those that left: 2 of 2",
               unit("a") + unit("b") + unit("c") + COMMUNITY + covered("a") + covered("b", covered_to="2017-06-30") + covered("c")
               + congress("x", level="3", union_id="oj"), 2, 2, "met", missing=[], settings={"rights_union": "joined"}),
    FigureCase("T2-09", "state holding and institutions: 2 of 2; the private one is not asked",
               employer("a", holding="3") + employer("b", unit_type="400", holding=None) + employer("c") + congress("a") + congress("b"), 2, 2, "met"),
    FigureCase("T2-09", "99 of 100: 9900 < 10000, not met", many(100, lambda k: employer(k, holding="1")) + many(99, congress), 99, 100, "below",
               "99.00", ["u0099"]),
    FigureCase("T2-09", "only private ones, no rate", employer("a") + congress("a"), 0, 0, "none"),
    FigureCase("T2-10", "19 of 20 opened: met", many(20, employer) + many(19, lambda k: opened(k, "2017-04-01")), 19, 20, "met", "95.00"),
    FigureCase("T2-10", "18 of 19: 1800 < 1805, not met", many(19, employer) + many(18, lambda k: opened(k, "2017-04-01")), 18, 19, "below"),
    FigureCase("T2-10", "no unit with a union, no rate", unit("a") + opened("a", "2017-04-01"), 0, 0, "none"),
    FigureCase("T2-10", "trap: a system on paper without a publication in the year does not count",
               employer("a") + opened("a", "2016-12-31", "2018-01-01") + employer("b") + opened("b"), 0, 2, missing=["a", "b"]),
    FigureCase("T2-11", "collective holding opened: 1 of 1", employer("a", holding="2") + opened("a", "2017-12-31"), 1, 1, "met"),
    FigureCase("T2-11", "199 of 200: 19900 < 20000, not met", many(200, lambda k: employer(k, holding="4")) + many(199, lambda k: opened(k, "2017-05-02")),
               199, 200, "below", missing=["u0199"]),
    FigureCase("T2-11", "no such unit, no rate", employer("a") + opened("a", "2017-05-02"), 0, 0, "none"),
    FigureCase("T2-12", "3 of 5 with both posts: 300 >= 300, met", many(5, lambda k: unit(k, **BOARD)) + many(3, lambda k: seat(k, "1") + seat(k, "2")),
               3, 5, "met", "60.00", ["u0003", "u0004"]),
    FigureCase("T2-12", "4 of 7: 400 < 420, not met", many(7, lambda k: unit(k, **BOARD)) + many(4, lambda k: seat(k, "1") + seat(k, "2")), 4, 7, "below"),
    FigureCase("T2-12", "no board, no supervisors, no company: no rate",
               unit("a", is_company=1, has_board=0, has_supervisors=0) + unit("b", is_company=0, has_board=1), 0, 0, "none"),
    FigureCase("T2-12", "a supervisory board alone asks for a supervisor alone; trap: a term that has run out is no term",
               unit("a", is_company=1, has_supervisors=1) + seat("a", "2") + unit("b", is_company=1, has_supervisors=1)
               + seat("b", "2", term_end="2017-12-30") + unit("c", **BOARD) + seat("c", "1"), 1, 3, missing=["b", "c"]),
    FigureCase("T2-12", "other reading: any of the posts: 2 of 3", unit("a", **BOARD) + unit("b", **BOARD) + unit("c", **BOARD) + seat("a", "1")
               + seat("b", "2"), 2, 3, settings={"director_mode": "any"}, missing=["c"]),
    FigureCase("T2-14a", "2 of 2 congresses filed", unit("a") + unit("b") + congress("a", filed_on="2017-03-30") + congress("b", filed_on="2017-12-31"),
               2, 2, "met", missing=[]),
    FigureCase("T2-14a", "1 of 2: two sessions are one system, filed once; filed after the cutoff is not yet filed",
               unit("a") + unit("b") + congress("a", filed_on="2017-03-30") + congress("a", 2, held_on="2017-10-10")
               + congress("b", filed_on="2018-01-02"), 1, 2, "below", missing=["mb1"]),
    FigureCase("T2-14a", "199 of 200: 19900 < 20000, not met", many(200, unit) + many(199, lambda k: congress(k, filed_on="2017-05-05"))
               + congress("u0199"), 199, 200, "below", missing=["mu01991"]),
    FigureCase("T2-14a", "no congress, or that of a unit struck off: no rate", unit("a") + unit("b", biz_status="3", status_from="2017-01-01")
               + congress("b", filed_on="2017-03-30"), 0, 0, "none"),
    FigureCase("T2-14b", "1 of 1 filed", unit("a") + opened("a", filed_on="2014-06-01"), 1, 1, "met"),
    FigureCase("T2-14b", "1 of 2: filed after the cutoff is not filed", unit("a") + unit("b") + opened("a", filed_on="2014-06-01")
               + opened("b", filed_on="2018-01-01"), 1, 2, "below", missing=["ab"]),
    FigureCase("T2-14b", "499 of 500: 49900 < 50000, not met", many(500, unit) + many(499, lambda k: opened(k, filed_on="2014-06-01")) + opened("u0499"),
               499, 500, "below", "99.80"),
    FigureCase("T2-14b", "none set up by the cutoff, no rate", unit("a") + opened("a", system_since="2018-01-01"), 0, 0, "none"),
    FigureCase("T2-17", "a congress 9, open management 5, a supervisor 5 fields: 19/19",
               unit("a") + congress("a") + opened("a") + seat("a", "2"), 19, 19, "met", "100.00", []),
    FigureCase("T2-17", "db_ok is no and the agenda is missing: 7/9, with 5/5 and 5/5 beside them 17/19",
               unit("a") + congress("a", agenda=None, db_ok=0) + unit("b") + opened("b") + seat("b", "1"), 17, 19, "below", "89.47", ["a"]),
    FigureCase("T2-17", "whether there is a leading group is not said: 4/5 (Appendix A12)", unit("a") + opened("a", leading_group=None), 4, 5, "below", "80.00", ["a"]),
    FigureCase("T2-17", "last year's congress and a term over before New Year are not of this year: no rate",
               unit("a") + congress("a", held_on="2016-12-30") + seat("a", "1", term_end="2016-12-31"), 0, 0, "none"),
    FigureCase("T2-17", "trap: filled but unsound: 19 of 30 delegates (57 < 60): 8/9", unit("a") + congress("a", present=19), 8, 9, "below", missing=["a"]),
]

WOMEN = [
    FigureCase("T2-13", "2 of 2 new unions within 30 days: founded 03-01, women's organisation 03-01 and 03-31",
               unit("a") + unit("b") + union("a", founded_on="2017-03-01") + union("b", founded_on="2017-03-01") + women("a", "2017-03-01")
               + women("b", "2017-03-31"), 2, 2, "met", "100.00", []),
    FigureCase("T2-13", "trap: 31 days are too late, and none at all: 1 of 3",
               many(3, unit) + many(3, lambda k: union(k, founded_on="2017-03-01")) + women("u0000", "2017-03-02") + women("u0001", "2017-04-01"),
               1, 3, "below", missing=["ou0001", "ou0002"]),
    FigureCase("T2-13", "199 of 200: 19900 < 20000, not met", many(200, unit) + many(200, lambda k: union(k, founded_on="2017-03-01"))
               + many(199, lambda k: women(k, "2017-03-01")), 199, 200, "below", "99.50"),
    FigureCase("T2-13", "no union is new, or the new one has no women (2 employees, 0 women): no rate",
               employer("a") + women("a") + unit("b", 2) + union("b", founded_on="2017-03-01"), 0, 0, "none"),
    FigureCase("T2-13", "other reading, all unions with women: 2 of 3", many(3, employer) + many(2, women), 2, 3, "below", missing=["ou0002"],
               settings={"women_sync_rule": "stock"}),
    FigureCase("OW-L20-1", "beside the flow stands the stock: 2 of 3", many(3, employer) + many(2, women), 2, 3, "none", missing=["ou0002"]),
    FigureCase("OW-L20-1", "beside the stock stands the flow: 1 of 1", employer("a") + unit("b") + union("b", founded_on="2017-03-01")
               + women("b", "2017-03-05"), 1, 1, settings={"women_sync_rule": "stock"}),
    FigureCase("OW-L20-1", "a dissolved union is none: no rate", unit("a") + union("a", status="5", dissolved_on="2017-05-01") + women("a"), 0, 0),
    FigureCase("T2-15", "2 of 2 directors", many(2, employer) + many(2, women), 2, 2, "met", "100.00", []),
    FigureCase("T2-15", "99 of 100: 9900 < 10000, not met; not typed is no treatment", many(100, employer) + many(99, women)
               + women("u0099", director_treatment=None), 99, 100, "below", missing=["wu0099"]),
    FigureCase("T2-15", "a women's officer is no director: no rate", employer("a") + women("a", form="2"), 0, 0, "none"),
    FigureCase("T2-15", "trap: that of a dissolved union is not counted", employer("a") + women("a") + unit("b")
               + union("b", status="5", dissolved_on="2017-02-01") + women("b", director_treatment=0), 1, 1, "met"),
    FigureCase("OW-L20-2", "closed in the year: 2; one under way and one of last year do not count", employer("a") + [
        ("women_project", {"id": f"j{n}", "name": f"项目{n}", "owner_union_id": "oa", "begins_on": "2016-09-01", "ends_on": end, "status": status})
        for n, (end, status) in enumerate([("2017-03-01", "4"), ("2017-12-31", "5"), ("2017-06-01", "3"), ("2016-12-31", "4")])], 2,
        counted=["j0", "j1"]),
    FigureCase("OW-L20-2", "none", employer("a"), 0),
    FigureCase("OW-L20-2", "a quarter counts its own and the year so far: 1 by 03-31", employer("a") + [
        ("women_project", {"id": "j", "name": "项目", "owner_union_id": "oa", "begins_on": "2016-09-01", "ends_on": "2017-03-01", "status": "4"})],
        1, period="2017Q1"),
]


def party(key, kind="1", *names, **facts):
    """An event of unit `key`'s union with the women on its list."""
    rows = [("event", {"id": f"t{key}{kind}", "title": "活动", "kind": kind, "held_on": "2017-03-08", "organiser_union_id": f"o{key}", **facts})]
    return rows + [("event_attendee", {"id": f"t{key}{kind}{name}", "parent_id": f"t{key}{kind}", "person_id": name, "unit_id": key}) for name in names]


def ladies(count):
    return [("person", {"id": f"q{n}", "name": f"女{n}", "gender": "2"}) for n in range(count)]


def names(count, start=0):
    return [f"q{n}" for n in range(start, start + count)]


TAKING_PART = [
    FigureCase("T2-16", "50 employees, 20 of them women, 19 took part: 1900 >= 1900, met", employer("a", 50) + ladies(20) + party("a", "7", *names(19)),
               19, 20, "met", "95.00", []),
    FigureCase("T2-16", "18 of 20: 1800 < 1900, not met; a lecture (kind 3) is no activity", employer("a", 50) + ladies(20) + party("a", "7", *names(18))
               + party("a", "3", *names(20)), 18, 20, "below", "90.00"),
    FigureCase("T2-16", "no women, no rate", employer("a", 2), 0, 0, "none"),
    FigureCase("T2-16", "trap: 12 women twice are 12 persons, not 24 attendances", employer("a", 50) + ladies(12) + party("a", "1", *names(12))
               + party("a", "2", *names(12)), 12, 20, "below", "60.00"),
]

OWN = [
    FigureCase("OW-L16-1", "runs out within 60 days after 12-31: by 03-01 yes, on 03-02 no, long expired no", employer("a")
               + contract("a", "1", valid_to="2018-03-01") + contract("a", "2", valid_to="2018-03-02") + contract("a", "3", valid_to="2017-11-01"), 1,
               counted=["c1a"]),
    FigureCase("OW-L16-1", "one ended before its time does not count", employer("a") + contract("a", ended_on="2017-10-01"), 0),
    FigureCase("OW-L16-1", "none", employer("a"), 0),
    FigureCase("OW-L16-2", "signed 01-10: filed 01-20 in time, 01-21 late, never: 1 of 3", employer("a") + contract("a", "1", filed_on="2017-01-20")
               + contract("a", "2", filed_on="2017-01-21") + contract("a", "3", filed_on=None), 1, 3, value="33.33", missing=["c2a", "c3a"]),
    FigureCase("OW-L16-2", "signed on 12-25 and not filed it is not yet due: no rate", employer("a") + contract("a", signed_on="2017-12-25", filed_on=None), 0, 0),
    FigureCase("OW-L16-2", "last year's contract is not of this year", employer("a") + contract("a", signed_on="2016-12-31", filed_on="2017-01-02"), 0, 0),
    FigureCase("OW-L17-1", "due 06-30: done in time, late, open: 1 of 3", unit("a") + congress("a") + [
        ("proposal", {"id": f"r{n}", "parent_id": "ma1", "title": f"提案{n}", "due_on": "2017-06-30", "done_on": done})
        for n, done in enumerate(("2017-06-30", "2017-07-01", None))], 1, 3, missing=["r1", "r2"]),
    FigureCase("OW-L17-1", "none due in the year: no rate", unit("a") + congress("a") + [
        ("proposal", {"id": "r", "parent_id": "ma1", "title": "提案", "due_on": "2018-01-31", "done_on": "2017-06-01"})], 0, 0),
    FigureCase("OW-L17-1", "1 of 1", unit("a") + congress("a") + [
        ("proposal", {"id": "r", "parent_id": "ma1", "title": "提案", "due_on": "2017-12-31", "done_on": "2017-12-31"})], 1, 1, value="100.00"),
    FigureCase("OW-L18-1", "60 + 20 of 100 votes, last year's not counted: 80/100", unit("a") + opened("a") + [
        ("disclosure", {"id": f"d{n}", "parent_id": "aa", "disclosed_on": day, "topic": "1", "form": "2", "satisfied": 60, "basic": 20, "unsatisfied": 20})
        for n, day in enumerate(("2017-05-05", "2016-05-05"))], 80, 100, value="80.00"),
    FigureCase("OW-L18-1", "nobody voted: no rate", unit("a") + opened("a", "2017-05-05"), 0, 0),
    FigureCase("OW-L18-1", "2 of 3 votes", unit("a") + opened("a") + [
        ("disclosure", {"id": "d", "parent_id": "aa", "disclosed_on": "2017-05-05", "topic": "1", "form": "2", "satisfied": 1, "basic": 1, "unsatisfied": 1})],
        2, 3, value="66.67"),
]

FIGURES = [*CONTRACTS, *DEMOCRACY, *WOMEN, *TAKING_PART, *OWN]
