"""The figures of organisation work computed by hand; every row is a stored value. The year is 2017, its cutoff 2017-12-31."""

from tests.ledgers.cases import FigureCase
from unionclient.definition.identity import id_check_digit


def unit(key, employees=None, **facts):
    rows = [("unit", {"id": key, "name": f"单位{key}", "biz_status": "1", **facts})]
    if employees is not None:
        rows.append(("employee_stat", {"id": f"s{key}", "unit_id": key, "as_of": "2017-06-30", "employees": employees}))
    return rows


def union(key, founded_on="2015-05-01", kind="01", **facts):
    return [("union_org", {"id": f"o{key}", "name": f"工会{key}", "union_type": kind, "unit_id": key if kind == "01" else None,
                           "founded_on": founded_on, "approved_on": founded_on, "employees_at_founding": 20, "status": "2", **facts})]


def cover(key, unit_key, covered_from="2017-03-01", joint="oj", **facts):
    return [("union_coverage", {"id": key, "union_id": joint, "unit_id": unit_key, "covered_from": covered_from, "employees": 5,
                                "status": "1", **facts})]


def number(serial):
    """A sound identity number of a man born on 1990-03-07."""
    body = f"11010119900307{serial * 2 + 1:03}"
    return body + id_check_digit(body)


def member(serial, union_key="oa", **facts):
    """A complete member who joined in March; `m…` is the record."""
    return [("membership", {"id": f"m{serial}", "name": "张三", "id_type": "1", "id_no": number(serial), "gender": "1",
                            "birth_date": "1990-03-07", "ethnicity": "01", "phone": "13800138000", "union_id": union_key,
                            "unit_id": "a", "joined_on": "2017-03-05", "join_mode": "1", "status": "1", **facts})]


def target(figure, value):
    return [("target_allocation", {"id": f"t{figure}", "target_id": figure, "year": 2017, "street_code": "110101013", "value": 100 * value})]


def ballot(key, valid, eligible=99, **facts):
    return [("home_ballot", {"id": f"b{key}", "union_id": f"o{key}", "year": 2017, "round": 1, "held_on": "2017-11-20",
                             "eligible": eligible, "valid": valid, **facts})]


def prospect(key, status, closed_on=None, listed_on="2017-02-01"):
    return [("founding_prospect", {"id": f"p{key}", "unit_id": key, "status": status, "closed_on": closed_on, "listed_on": listed_on})]


def fee(key, due, paid, period="2017-03", **facts):
    return [("fee_collection", {"id": f"f{key}{period}", "unit_id": key, "period": period, "channel": "1", "due": due, "paid": paid, **facts})]


def tenant(key, building="b", **facts):
    return [("building_tenant", {"id": f"t{key}", "parent_id": building, "unit_id": key, **facts})]


JOINT = union("j", kind="03", founded_on="2014-01-01")
HOUSE = [("building", {"id": "b", "name": "花市大厦", "virtual_address": 0}), ("building", {"id": "v", "name": "集中办公区", "virtual_address": 1})]
GRANT = [("workers_home", {"id": "h", "union_id": "oa"})]


def grant(key, approved, used, year=2017):
    return [("home_funding", {"id": key, "parent_id": "h", "year": year, "approved": approved, "used": used})]


FIGURES = [
    # T1-01 and T1-02: founded in the year, whatever became of them since
    FigureCase("T1-01", "three founded in 2017, target 3: met; the one of 2016 and the joint one do not count",
               [*union("a", "2017-01-01"), *union("b", "2017-06-30"), *union("c", "2017-12-31"), *union("d", "2016-12-31"),
                *union("j", "2017-03-01", kind="03"), *target("T1-01", 3)], of=3, state="met", counted=["oa", "ob", "oc"]),
    FigureCase("T1-01", "two of three at the end of the year: 2 < 3, below",
               [*union("a", "2017-01-05"), *union("b", "2017-06-30"), *union("c", "2018-01-01"), *target("T1-01", 3)], of=2, state="below"),
    FigureCase("T1-01", "dissolved within the year: still new by the gross reading",
               [*union("a", "2017-01-05", dissolved_on="2017-09-01", status="5")], of=1),
    FigureCase("T1-01", "dissolved within the year: not new by the net reading; dissolved the year after is",
               [*union("a", "2017-01-05", dissolved_on="2017-09-01", status="5"), *union("b", "2017-01-05", dissolved_on="2018-02-01", status="5")],
               of=1, settings={"growth_rule": "net"}, counted=["ob"]),
    FigureCase("T1-01", "approved in December, congress in January: counts by approval only",
               [*union("a", "2018-01-05", approved_on="2017-12-20")], of=1, settings={"founding_date_rule": "approval"}),
    FigureCase("T1-01", "moved in from elsewhere, or still in preparation: no growth of this street",
               [*union("a", "2017-01-05", moved_in_on="2017-06-01"), *union("b", "2017-01-05", status="1")], of=0),
    FigureCase("T1-02", "100 employees are 百人以上, 99 are not",
               [*union("a", "2017-01-05", employees_at_founding=100), *union("b", "2017-01-05", employees_at_founding=99), *target("T1-02", 1)],
               of=1, state="met", counted=["oa"]),
    FigureCase("T1-02", "one of two: below", [*union("a", "2017-01-05", employees_at_founding=101), *target("T1-02", 2)], of=1, state="below"),
    FigureCase("T1-02", "nothing founded: none", union("a", "2016-01-05", employees_at_founding=500), of=0),
    # T1-03: distinct units that were not covered when the year began
    FigureCase("T1-03", "two units, one of them covered twice in the year by two unions: 2, met",
               [*JOINT, *union("k", kind="03"), *unit("a"), *unit("b"), *cover("c1", "a", covered_to="2017-05-31"),
                *cover("c2", "a", "2017-06-01", joint="ok"), *cover("c3", "b"), *target("T1-03", 2)], of=2, state="met"),
    FigureCase("T1-03", "one of two: below; a building union does not count",
               [*JOINT, *union("h", kind="04"), *unit("a"), *unit("b"), *cover("c1", "a"), *cover("c2", "b", joint="oh"), *target("T1-03", 2)],
               of=1, state="below"),
    FigureCase("T1-03", "last year's list with a new date: covered on New Year's Eve, so not new; one whose cover ended in summer is",
               [*JOINT, *unit("a"), *unit("b"), *cover("c0", "a", "2015-05-01", covered_to="2016-12-31", status="3"), *cover("c1", "a", "2017-01-05"),
                *cover("d0", "b", "2015-05-01", covered_to="2016-06-30", status="3"), *cover("d1", "b", "2017-01-05")], of=1, counted=["d1"]),
    FigureCase("T1-03", "left within the year: not new by the net reading",
               [*JOINT, *unit("a"), *cover("c1", "a", covered_to="2017-08-01", status="3")], of=0, settings={"growth_rule": "net"}),
    # T1-04: distinct identity numbers
    FigureCase("T1-04", "two people, one of them entered twice: 2, met",
               [*member(1), *member(2), *member(3, id_no=number(2)), *target("T1-04", 2)], of=2, state="met"),
    FigureCase("T1-04", "one of two: below; a transfer in and a restored membership are not new",
               [*member(1), *member(2, join_mode="2"), *member(3, join_mode="3"), *target("T1-04", 2)], of=1, state="below"),
    FigureCase("T1-04", "the other reading counts transfers in",
               [*member(1), *member(2, join_mode="2"), *member(3, join_mode="3")], of=2, settings={"new_member_rule": "with_transfers"}),
    FigureCase("T1-04", "quit within the year: new by the gross reading", member(1, status="4"), of=1),
    FigureCase("T1-04", "quit within the year: not new by the net reading; who quit the year after is",
               [*member(1, status="4"), *member(2, status="4"), ("membership_event", {"id": "e", "parent_id": "m2", "event": "5", "happened_on": "2018-02-01"})],
               of=1, counted=["m2"], settings={"growth_rule": "net"}),
    FigureCase("T1-04", "came with a union that was moved in: not new here; who joined after the move is",
               [*union("a", moved_in_on="2017-04-01"), *member(1), *member(2, joined_on="2017-04-01")], of=1, counted=["m2"]),
    # T1-05
    FigureCase("T1-05", "66 of 99 votes are two thirds: 3*66 >= 2*99; 1 of 1, met", [*union("a"), *ballot("a", 66)], of=1, per=1, state="met", missing=[]),
    FigureCase("T1-05", "65 of 99 are not: 195 < 198; 1 of 2, below", [*union("a"), *union("b"), *ballot("a", 65), *ballot("b", 66)],
               of=1, per=2, state="below", missing=["oa"]),
    FigureCase("T1-05", "a street without unions has no rate", union("a", dissolved_on="2017-02-01", status="5"), of=0, per=0, value="—"),
    FigureCase("T1-05", "a union that moved away is nobody's arrears here", [*union("a", moved_out_on="2017-06-01"), *union("b"), *ballot("b", 99)], of=1, per=1),
    # own figures
    FigureCase("T1-R1", "3 members of 4 employees: 75 %; the quit one is out", [*unit("a", 4), *union("a"), *member(1), *member(2), *member(3), *member(4, status="4")],
               of=3, per=4, value="75.00"),
    FigureCase("T1-R1", "one identity twice is one person: 1 of 2", [*unit("a", 2), *union("a"), *member(1), *member(2, id_no=number(1))], of=1, per=2),
    FigureCase("T1-R1", "nobody unionised: no rate", [*unit("a", 4)], of=0, per=0, value="—"),
    FigureCase("T1-R1", "the members of a union that moved away belong to its new owner", [*unit("a", 2), *unit("b", 3), *union("a", moved_out_on="2017-06-01"),
               *union("b"), *member(1), *member(2, union_key="ob", unit_id="b")], of=1, per=3),
    FigureCase("T1-R2", "all sound: 2 of 2", [*member(1), *member(2)], of=2, per=2, value="100.00"),
    FigureCase("T1-R2", "wrong check digit, wrong birthday, wrong gender, no ethnicity: 1 of 5",
               [*member(1), *member(2, id_no=number(2)[:-1] + ("0" if number(2)[-1] != "0" else "1")), *member(3, birth_date="1990-03-08"),
                *member(4, gender="2"), *member(5, ethnicity=None)], of=1, per=5, missing=["m2", "m3", "m4", "m5"]),
    FigureCase("T1-R2", "the same number twice: neither is qualified", [*member(1), *member(2, id_no=number(1)), *member(3)], of=1, per=3, missing=["m1", "m2"]),
    FigureCase("T1-R2", "no members: no rate", member(1, status="4"), of=0, per=0, value="—"),
    FigureCase("OW-L01-1", "one founded and one covered of four: 50 %",
               [*prospect("a", "50", "2017-05-01"), *prospect("b", "60", "2017-06-01"), *prospect("c", "20"), *prospect("d", "90", "2017-07-01")],
               of=2, per=4, value="50.00", missing=["pc", "pd"]),
    FigureCase("OW-L01-1", "closed last year is off the list; closed next year is still open",
               [*prospect("a", "50", "2016-12-31", "2016-02-01"), *prospect("b", "50", "2018-01-05")], of=0, per=1, missing=["pb"]),
    FigureCase("OW-L01-1", "an empty list has no rate", prospect("a", "10", listed_on="2018-01-05"), of=0, per=0, value="—"),
    FigureCase("OW-L02-1", "two founded, one moved in, one dissolved, one moved out: +3 - 2 = 1",
               [*union("a", "2017-01-05"), *union("b", "2017-02-05"), *union("c", moved_in_on="2017-03-01"),
                *union("d", dissolved_on="2017-04-01", status="5"), *union("e", moved_out_on="2017-05-01")], of=1),
    FigureCase("OW-L02-1", "founded and dissolved in the same year: 0, though T1-01 counts 1", union("a", "2017-01-05", dissolved_on="2017-09-01", status="5"), of=0),
    FigureCase("OW-L02-1", "only losses: -1", [*union("a", dissolved_on="2017-04-01", status="5"), *union("b", "2017-01-05", status="1")], of=-1),
    FigureCase("OW-L05-1", "one with its own union, one covered, one with neither: 2 of 3",
               [*HOUSE, *unit("a"), *unit("b"), *unit("c"), *union("a"), *JOINT, *cover("c1", "b"), *tenant("a"), *tenant("b"), *tenant("c")],
               of=2, per=3, value="66.67", missing=["tc"]),
    FigureCase("OW-L05-1", "left, closed, or only registered there: not counted; two rooms are one unit",
               [*HOUSE, *unit("a"), *unit("b"), *unit("c", biz_status="3", status_from="2017-05-01"), *unit("d"), *union("a"), *tenant("a"),
                ("building_tenant", {"id": "t2", "parent_id": "b", "unit_id": "a", "room": "302"}), *tenant("b", moved_out="2017-06-30"),
                *tenant("c"), *tenant("d", building="v")], of=1, per=1),
    FigureCase("OW-L05-1", "an empty building has no rate", HOUSE, of=0, per=0, value="—"),
    FigureCase("OW-L08-1", "100 of 100 and 800 of 1000: 900 of 1100 = 81.82 %, not the mean of 100 % and 80 %",
               [*fee("a", 10000, 10000), *fee("b", 100000, 80000)], of=90000, per=110000, value="81.82"),
    FigureCase("OW-L08-1", "months of other years are left out, December counts",
               [*fee("a", 10000, 10000, "2017-12"), *fee("a", 10000, 0, "2016-12"), *fee("a", 10000, 0, "2018-01")], of=10000, per=10000, value="100.00"),
    FigureCase("OW-L08-1", "nothing due: no rate", fee("a", 0, 0), of=0, per=0, value="—"),
    FigureCase("OW-L08-1", "paid without a due sum is left out", [*fee("a", None, 500), *fee("b", 10000, 5000)], of=5000, per=10000, value="50.00"),
    FigureCase("OW-L10-1", "1500 of 2000 yuan: 75 %", [*GRANT, *grant("f", 200000, 150000), *grant("g", 100000, 100000, 2016)], of=150000, per=200000, value="75.00"),
    FigureCase("OW-L10-1", "all used", [*GRANT, *grant("f", 200000, 200000)], of=200000, per=200000, value="100.00"),
    FigureCase("OW-L10-1", "nothing granted: no rate", [*GRANT, *grant("f", 0, 0)], of=0, per=0, value="—"),
]
