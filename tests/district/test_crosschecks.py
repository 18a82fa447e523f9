"""Checks over all streets: each finds its case, and only it."""

import pytest
from district.town import accepted, units_table

from unionclient.submission.tabledata import Column, Table

USCC = "91110101MA00A1B2X8"


def table(name, columns, rows):
    return Table(name, name, tuple(Column(column, column) for column in columns), rows, ("id",))


def members(*rows):
    """(id, id_no, name, birth date, status)."""
    columns = tuple(Column(name, name, "date" if name == "birth_date" else "string") for name in ("id", "id_no", "name", "birth_date", "status"))
    return Table("membership", "会员", columns, [list(row) for row in rows], ("id",))


def transfers(*rows):
    """(id, union, case, direction, from, to, status)."""
    return table("affiliation_transfer", ("id", "union_id", "case_type", "direction", "from_org", "to_org", "status"), [list(row) for row in rows])


def unions(*rows):
    return table("union_org", ("id", "name"), [list(row) for row in rows])


def found(town, first, second):
    district, one, two = town
    accepted(district, one.pack(tables=first), two.pack(tables=second))
    district.consolidate()
    return [(each.check, each.level, sorted({place.street for place in each.places})) for each in district.cross_checks("2017Q3")]


BOTH = ["110101009", "110101013"]
WHOLE, MASKED = "110101199003070011", "110101********0011"


@pytest.mark.parametrize(("first", "second", "expected"), [
    ([units_table([("a", "甲公司", USCC)])], [units_table([("b", "甲公司", USCC)])], [("C01", "explain", BOTH)]),
    ([units_table([("a", "甲公司", USCC)])], [units_table([("b", "甲 公司", None)])], [("C02", "hint", BOTH)]),
    ([units_table([("a", "甲公司", USCC)])], [units_table([("b", "乙公司", None)])], []),
    ([members(("a", WHOLE, "王一", "1990-03-07", "1"))], [members(("b", WHOLE, "王一", "1990-03-07", "1"))], [("C03", "explain", BOTH)]),
    ([members(("a", MASKED, "王一", "1990-03-07", "1"))], [members(("b", MASKED, "王一", "1990-03-07", "1"))], [("C03", "hint", BOTH)]),
    ([members(("a", MASKED, "王一", "1990-03-07", "1"))], [members(("b", MASKED, "李一", "1990-03-07", "1"))], []),
    ([members(("a", WHOLE, "王一", "1990-03-07", "3"))], [members(("b", WHOLE, "王一", "1990-03-07", "1"))], []),
    ([unions(("u", "甲工会")), transfers(("t", "u", "2", "1", "东花市街道", "东直门街道总工会", "4"))], [units_table([("b", "乙公司", None)])],
     [("C04", "explain", ["110101013"])]),
    ([unions(("u", "甲工会")), transfers(("t", "u", "2", "1", "东花市街道", "东直门街道总工会", "4"))],
     [unions(("v", "甲工会")), transfers(("s", "v", "2", "2", "东花市街道总工会", "东直门街道", "4"))], []),
    ([unions(("u", "甲工会")), transfers(("t", "u", "2", "1", "东花市街道", "东直门街道总工会", "1"))], [units_table([("b", "乙公司", None)])], []),
], ids=["one code", "one name", "unlike names", "one person", "one masked person", "other name behind one mask", "moved away", "out but not in",
        "seen from both sides", "not finished"])
def test_a_check_finds_its_case_and_only_it(town, first, second, expected):
    assert found(town, first, second) == expected


def test_a_member_who_never_arrived_is_told(town):
    events = table("membership_event", ("id", "parent_id", "event", "to_union"), [["e", "a", "2", "乙工会"]])
    left = [members(("a", WHOLE, "王一", "1990-03-07", "3")), events]
    assert found(town, left, [unions(("v", "乙工会"))]) == [("C05", "hint", ["110101013"])]
