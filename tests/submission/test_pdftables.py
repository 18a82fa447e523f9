"""What is printed in ruled tables, read back and held against the data."""

from datetime import date
from decimal import Decimal

import pytest
from submission.bench import make_pdf, member_table
from submission.ruled import make_ruled_pdf

from unionclient.submission import tabledata
from unionclient.submission.pdftables import MOST_PAGES, Records, numbers, table_rows


def records(count: int = 3) -> Records:
    return Records(tabledata.records(tabledata.table_member(member_table(count)).content))


def test_the_rows_between_ruled_lines_are_read():
    assert table_rows(make_ruled_pdf(member_table())) == [
        ["1", "id-00000", "20", "0.00"], ["2", "id-00001", "21", "12.50"], ["3", "id-00002", "22", "25.00"]]


def test_rows_go_on_over_pages_and_a_long_roster_is_read_in_part():
    assert [row[0] for row in table_rows(make_ruled_pdf(member_table(70)))] == [str(place) for place in range(1, 71)]
    assert len(table_rows(make_ruled_pdf(member_table(50), per_page=1))) == MOST_PAGES


def test_a_pdf_without_ruled_lines_has_no_rows():
    assert table_rows(make_pdf()) == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"nothing", make_ruled_pdf(member_table())[:700]])
def test_what_cannot_be_read_is_a_value_error_or_empty(content):
    try:
        assert table_rows(content) == []
    except ValueError:
        pass


@pytest.mark.parametrize(("text", "found"), [
    ("2,386人，累计 2386", [2386, 2386]), ("53.010%", [Decimal("53.01")]), ("≥42 个", [42]), ("没有", []), ("2017-07-15", [2017, 7, 15])])
def test_the_numbers_of_a_text(text, found):
    assert numbers(text) == found


def test_columns_whose_numbers_are_in_the_data_are_held():
    assert records().held(table_rows(make_ruled_pdf(member_table()))) == (1, 2, 3)


def test_a_column_worked_out_elsewhere_is_not_held():
    rows = [[*row, str(7000 + place)] for place, row in enumerate(table_rows(make_ruled_pdf(member_table())))]
    assert records().held(rows) == (1, 2, 3)


@pytest.mark.parametrize(("change", "found"), [
    ({}, []), ({(1, 2): "22"}, [1]), ({(1, 3): "25.00"}, [1]), ({(2, 3): "25.01"}, [2]), ({(0, 0): "9"}, []), ({(0, 2): "—"}, [])])
def test_a_number_that_its_record_does_not_have_is_found(change, found):
    """Also where another record has it; the count of the row is nobody's number."""
    assert records().strangers(table_rows(make_ruled_pdf(member_table(), change)), (1, 2, 3)) == found


def test_dates_are_held_by_their_digits():
    assert Records([["a", date(2017, 3, 1).isoformat()]]).strangers([["1", "2017年3月1日"], ["2", "2017年3月2日"]], (1,)) == [1]
