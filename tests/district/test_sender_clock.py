"""A street's wrong clock is told beside the package; it is no reason to refuse it."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from district import town as bench

HOURS = timedelta(hours=1)


@pytest.mark.parametrize(("first", "second", "said"), [
    ({}, {}, None),
    ({}, {"now": -12 * HOURS}, "可能慢了"),
    ({"now": -20 * HOURS}, {"now": -12 * HOURS}, None),
    ({}, {"clock_suspect": True}, "已经注明"),
], ids=["right", "back behind the package before", "slow, but in order", "said by the street itself"])
def test_the_clock_of_a_street_is_told_and_the_package_taken(town, monkeypatch, first, second, said):
    district, street, _ = town
    write = bench.write_package
    for how in (first, second):
        now = datetime.now(UTC) + how.get("now", timedelta())
        monkeypatch.setattr(bench, "write_package", partial(write, **{**how, "now": now}))
        package = street.pack()
        if how is first:
            district.receive(package)
    district.drop([package])
    entry, = district.inbox()
    told = [(note.level, note.detail) for note in entry.notes if note.check == "clock"]
    assert entry.verdict == "valid" and (told == [] if said is None else told[0][0] == "warn" and said in told[0][1])
    assert district.receive(package).outcome == "received"
