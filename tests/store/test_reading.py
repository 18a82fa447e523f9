"""The read side: populations read more than once are worked out once, and anew when period or data change."""

import datetime as dt

import pytest

from unionclient.assessment.periods import read_period
from unionclient.store.reading import mentioned, shared
from unionclient.workspace import Edit

YEAR, BEFORE = (read_period(code).row(dt.date(2018, 1, 10)) for code in ("2017Y", "2016Y"))


def kind(reader, name):
    return reader.execute("SELECT type FROM temp.sqlite_master WHERE name = ?", (name,)).fetchone()[0]


@pytest.fixture
def store(workspace):
    workspace.save("unit", [Edit(None, {"name": "北京甲公司"})])
    workspace.save("employee_stat", [Edit(None, {"unit_id": "北京甲公司", "as_of": f"{year}-06-30", "employees": n})
                                     for year, n in ((2016, 10), (2017, 20))])
    return workspace._store


def staff(reader):
    return [row[0] for row in reader.execute("SELECT employees FROM headcounts")]


def test_what_is_read_once_stays_a_view_and_what_is_read_twice_becomes_a_table(store):
    reader = store.reading(YEAR, {"headcounts": 1})
    assert kind(reader, "headcounts") == "view"
    reader = store.reading(YEAR, {"headcounts": 2})
    assert (kind(reader, "headcounts"), staff(reader)) == ("table", [20])


def test_a_table_is_good_until_the_period_changes(store):
    assert staff(store.reading(YEAR, {"headcounts": 2})) == [20]
    assert staff(store.reading(BEFORE, {"headcounts": 2})) == [10]
    assert staff(store.reading(BEFORE)) == [10]


def test_a_table_is_good_until_somebody_writes(store, workspace):
    assert staff(store.reading(YEAR, {"headcounts": 2})) == [20]
    record = workspace.records("employee_stat")[1].id
    workspace.save("employee_stat", [Edit(record, {"employees": 25})])
    assert staff(store.reading(YEAR, {"headcounts": 2})) == [25]


def test_populations_that_others_rest_on_come_first(store):
    found = shared(store.library, {name: 1 for name in store.library.populations})
    assert "union_units" in found and len(found) == len(set(found))
    named = {name: found.index(name) for name in found}
    assert all(named[other] < named[name] for name in found
               for other in mentioned(store.library, [store.library.populations[name].sql]) if other in named and other != name)


def test_a_population_only_read_through_others_is_counted(store):
    # unit views name union_units three times: read through `units` alone it is worked out more than once
    assert "union_units" in shared(store.library, {"units": 1})
    assert shared(store.library, {"headcounts": 1}) == []
