"""What the home evaluation asks of contracts, congresses and open management of a union."""

import pytest

from tests.ledgers.rights_figures import COMMUNITY, area, congress, contract, employer, opened
from tests.street import Street

LACKS = {"general_missing": 1, "general_unfiled": 0, "general_unstarted": 0, "wage_missing": 1, "steps_missing": 0, "women_missing": 1,
         "congress_missing": 1, "affairs_missing": 1, "filings_missing": 2, "lacks_both": 0}
ALL_STEPS = "1,2,3,4,5,6,7,8"


@pytest.fixture(scope="module")
def town():
    made = Street()
    yield made
    made.connection.close()


def _facts(town, rows, union="oa"):
    with town.case(rows):
        found = town.facts("union_rights")[union]
    return {name: value for name, value in found.items() if name != "record"}


@pytest.mark.parametrize(("rows", "differs"), [
    (employer("a"), {}),
    (employer("a", 100), {"lacks_both": 1}),
    (employer("a", 100) + congress("a"), {"congress_missing": 0}),
    (employer("a") + contract("a", valid_to="2019-01-09"), {"general_missing": 0}),
    (employer("a") + contract("a", valid_to="2017-12-30"), {}),
    (employer("a") + contract("a", valid_to="2019-01-09", filed_on=None), {"general_missing": 0, "general_unfiled": 1}),
    (employer("a") + contract("a", valid_to="2018-02-01"), {"general_missing": 0, "general_unstarted": 1}),
    (employer("a") + contract("a", valid_to="2018-02-01") + contract("a", id="next", signed_on=None, valid_from=None, valid_to=None, filed_on=None,
                                                                     status="1", offer_on="2017-12-01"), {"general_missing": 0}),
    (employer("a") + area("q", "1", "a", valid_to="2019-01-09"), {"general_missing": 0}),
    (employer("a") + contract("a", "2", standard_steps=ALL_STEPS), {"wage_missing": 0}),
    (employer("a") + contract("a", "2", standard_steps="1,4,6"), {"wage_missing": 0, "steps_missing": 5}),
    (employer("a") + contract("a", "2"), {"wage_missing": 0, "steps_missing": 8}),
    (employer("a") + contract("a", "3"), {"women_missing": 0}),
    (employer("a") + congress("a", filed_on="2017-04-01"), {"congress_missing": 0, "filings_missing": 1}),
    (employer("a") + opened("a", "2017-05-01", filed_on="2014-06-01"), {"affairs_missing": 0, "filings_missing": 1}),
])
def test_each_fact_says_what_is_lacking(town, rows, differs):
    assert _facts(town, rows) == {**LACKS, **differs}


def test_a_union_without_a_unit_of_its_own_is_not_asked_for_congresses(town):
    found = _facts(town, COMMUNITY + area("q", "1", valid_to="2019-01-09") + contract("z", union_id="oj", unit_id=None, level="2", valid_to="2019-01-09"), "oj")
    assert (found["general_missing"], found["congress_missing"], found["filings_missing"]) == (0, None, None)
