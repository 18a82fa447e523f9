"""Street targets: the allocation letter first, else a share that sums to the district's figure."""

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from unionclient.assessment.targets import STREETS, read_targets, split


def _for(street, code="110101013", year=2017):
    return read_targets(street.connection, street.library, year, code)


def test_the_districts_674_unions_split_over_17_streets():
    shares = split(674, [1] * 17)                     # 674 = 17*39 + 11: the first eleven get 40
    assert shares == (40,) * 11 + (39,) * 6
    assert sum(shares) == 674


def test_a_split_follows_the_weights_by_largest_remainder():
    assert split(10, [1, 1, 2]) == (3, 2, 5)          # 2.5, 2.5, 5: the earlier of equal remainders
    assert split(7, [6, 3, 1]) == (4, 2, 1)           # 4.2, 2.1, 0.7
    assert split(0, [1, 2]) == (0, 0)


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_there_must_be_something_to_weigh_by(weights):
    with pytest.raises(ValueError, match="cannot split"):
        split(10, weights)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**4), min_size=1, max_size=40).filter(any))
def test_shares_sum_to_the_total_and_none_is_off_by_one_or_more(total, weights):
    shares = split(total, weights)
    assert sum(shares) == total
    whole = sum(weights)
    assert all(abs(share * whole - total * weight) < whole for share, weight in zip(shares, weights, strict=True))


def test_the_proposed_targets_of_all_streets_sum_to_the_districts(street):
    for figure, total in (("T1-01", 674), ("T1-02", 67), ("T1-03", 1260), ("T1-04", 43006)):
        shares = [_for(street, code)[figure] for code in STREETS]
        assert sum(share.value for share in shares) == total
        assert all(share.proposed for share in shares)


def test_the_proposal_follows_the_units_without_a_union_where_all_streets_are_known(street):
    """Weights 100 for 16 streets and 400 for 110101013: 2000 in all. 67*400/2000 = 13.4; 67*100/2000 = 3.35 each, 16*3 + 13 = 61,
    and the six left over go by remainder, 0.4 before 0.35: 14 for 110101013, 4 for the first five."""
    rows = "\n".join(f"| 4 | 2016Y | 110101{n:03} | {400 if n == 13 else 100} |" for n in range(1, 18))
    street.fill("external_stat", f"| name | period | street_code | value |\n{rows}")
    shares = [_for(street, code)["T1-02"] for code in STREETS]
    assert [int(s.value) for s in shares] == [4] * 5 + [3] * 7 + [14] + [3] * 4
    assert "未建会单位数" in shares[0].source


def test_one_unknown_street_leaves_the_split_equal(street):
    rows = "\n".join(f"| 4 | 2016Y | 110101{n:03} | 100 |" for n in range(1, 17))
    street.fill("external_stat", f"| name | period | street_code | value |\n{rows}")
    assert "平均" in _for(street)["T1-01"].source


def test_the_newest_count_of_a_street_weighs_and_none_of_a_later_year(street):
    rows = "\n".join(f"| 4 | {p} | 110101{n:03} | {v} |" for n in range(1, 18)
                     for p, v in (("2016Y", 100), ("2017Q1", 300 if n == 1 else 100), ("2018Y", 900 if n == 2 else 100)))
    street.fill("external_stat", f"| name | period | street_code | value |\n{rows}")
    assert _for(street, "110101001")["T1-01"].value > _for(street, "110101002")["T1-01"].value


def test_rates_hold_for_every_street_as_they_are(street):
    assert (_for(street)["T1-05"].value, _for(street)["T1-05"].proposed) == (Decimal(100), False)
    assert "SF-01" not in _for(street)


def test_an_allocation_letter_replaces_the_proposal(street):
    street.fill("target_allocation", """
        | target_id | year | value | doc_no             |
        | T1-01     | 2017 | 5800  | 东工发〔2017〕8号 |
        | T1-02     | 2016 | 9900  |                    |
        | T1-03     | 2017 |       |                    |
    """)
    found = _for(street)
    assert (found["T1-01"].value, found["T1-01"].proposed, found["T1-01"].source) == (Decimal(58), False, "东工发〔2017〕8号")
    assert found["T1-02"].proposed and found["T1-03"].proposed


def test_the_district_has_the_whole_and_other_bodies_have_no_share(street):
    assert _for(street, None)["T1-04"].value == 43006
    assert "T1-04" not in _for(street, "D01")
    assert "T1-05" in _for(street, "D01")


def test_the_streets_are_those_of_the_code_list(street):
    assert set(STREETS) == set(street.library.codes["street"].codes)
