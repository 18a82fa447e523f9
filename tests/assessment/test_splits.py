"""Figures in parts: the conditions are those of the whole, the arithmetic stands beside each case."""

import dataclasses
from decimal import Decimal

import pytest

from unionclient.assessment.splits import by_column, steps

UNIONS = """
    | id | union_type | founded_on | unit_id |
    | a  | 01         | 2017-01-10 | u1      |
    | b  | 01         | 2017-05-01 | u2      |
    | c  | 01         | 2017-05-02 | u3      |
    | d  | 01         | 2016-05-02 | u4      |
"""


@pytest.fixture
def parted(street):
    """The street's unions with the community of their unit as a column."""
    unions = street.library.populations["unions"]
    street.connection.execute("DROP VIEW temp.unions")
    street.connection.execute("CREATE TEMP VIEW unions AS SELECT p.*, (SELECT substr(n.community_code, 1, 12) FROM unit n "
                              f"WHERE n.id = p.unit_id) AS part FROM ({unions.sql}) p")
    changed = dataclasses.replace(unions, columns=(*unions.columns, "part"))
    street.library = dataclasses.replace(street.library, populations={**street.library.populations, "unions": changed})
    street.fill("unit", "| id | community_code |\n| u1 | 110101013001 |\n| u2 | 110101013001 |\n| u3 | 110101013002 |\n| u4 | |")
    street.fill("union_org", UNIONS)
    return street


def test_a_count_is_split_by_its_column(parted):
    period = parted.at("2017Q2")
    found = by_column(parted.connection, parted.library, period, "part")["T1-01"]
    assert [(p.key, p.numerator, p.year_to_date) for p in found] == [("110101013001", 1, 2), ("110101013002", 1, 1)]


def test_a_rate_is_split_with_its_own_denominators(parted):
    parted.fill("home_ballot", """
        | id | union_id | year | held_on    | valid | eligible |
        | x  | a        | 2017 | 2017-11-01 | 2     | 3        |
        | y  | d        | 2017 | 2017-11-01 | 3     | 3        |
    """)
    found = by_column(parted.connection, parted.library, parted.at("2017Y"), "part")["T1-05"]
    # community 001: a of a, b; 002: none of c; not filled in: d of d
    assert [(p.key, p.numerator, p.denominator, p.value) for p in found] == [
        ("110101013001", 1, 2, Decimal("50.00")), ("110101013002", 0, 1, Decimal("0.00")), (None, 1, 1, Decimal("100.00"))]


def test_a_figure_whose_population_lacks_the_column_is_not_split(parted):
    found = by_column(parted.connection, parted.library, parted.at("2017Y"), "part")
    assert {"T1-01", "T1-02", "T1-05"} == set(found)


def test_a_year_has_twelve_months_and_four_quarters():
    assert [p.code for p in steps(2017)][::11] == ["2017M01", "2017M12"]
    assert [p.code for p in steps(2017, "quarter")] == ["2017Q1", "2017Q2", "2017Q3", "2017Q4"]
