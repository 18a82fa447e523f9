"""Rows held against the rules by column: nothing is found in a row that was not in doubt."""

import datetime as dt
import random

import pytest

from unionclient.definition.library import builtin_library
from unionclient.validation.rules import judge_row
from unionclient.validation.sieve import doubts

TODAY = dt.date(2026, 11, 23)
DAYS = (dt.date(1850, 1, 1), dt.date(1980, 2, 3), dt.date(2017, 5, 6), dt.date(2099, 1, 1))
WORDS = ("11010119800203001X", "110101198002030012", "13800138000", "王伟", "北京某公司", "91110101MA00000000", "长" * 600)
VALUES = {"date": DAYS, "datetime": tuple(dt.datetime(d.year, d.month, d.day, 9, 30) for d in DAYS), "month": ("2017-05", "2099-01"),
          "int": (-1, 0, 3, 50), "decimal": (-1, 0, 45), "money": (-1, 0, 999_00), "bool": (True, False), "text": WORDS,
          "reference": ("r1", "r2"), "attachment": (("a1",),)}


def some_value(field, chance):
    if field.codes is not None:
        known = [*field.codes.codes][:4]
        return chance.choice([*known, "?"]) if field.type == "code" else tuple(known[:2])
    return chance.choice(VALUES[field.type])


def some_rows(ledger, chance, count=15):
    return [{name: None if chance.random() < 0.3 else some_value(field, chance) for name, field in ledger.fields.items()}
            for _ in range(count)]


@pytest.mark.parametrize("ledger", builtin_library().ledgers.values(), ids=lambda ledger: ledger.id)
def test_what_is_in_doubt_holds_all_that_is_found(ledger):
    rows = some_rows(ledger, random.Random(ledger.id))
    found = doubts(ledger, {name: [row[name] for row in rows] for name in ledger.fields}, [None] * len(rows), TODAY)
    for place, row in enumerate(rows):
        assert judge_row(ledger, row, today=TODAY, only=found.get(place, ())) == judge_row(ledger, row, today=TODAY)


def test_sound_rows_are_in_no_doubt():
    ledger = builtin_library().ledgers["membership_event"]
    sound = {"event": "1", "happened_on": dt.date(2017, 5, 6)}
    rows = [sound, sound | {"happened_on": dt.date(2099, 1, 1)}, {}, sound | {"event": "2"}, sound]
    columns = {name: [row.get(name) for row in rows] for name in ("event", "happened_on")}
    assert doubts(ledger, columns, [None, None, None, None, '{"doc": "?"}'], TODAY) == {
        1: {"ME001"}, 2: {"event", "happened_on"}, 3: {"ME002"}, 4: None}
