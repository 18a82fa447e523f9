"""Consolidation: sums of numerators and denominators, made from the packages alone, the same bytes each time."""

import json
import shutil
from decimal import Decimal
from types import SimpleNamespace

import pytest
from district.town import accepted, digest, pack_ledgers, said, settings_table
from hypothesis import given, settings
from hypothesis import strategies as st

from unionclient.definition.library import builtin_library
from unionclient.submission.manifest import Amends
from unionclient.submission.tabledata import Column, Table
from unionclient.workspace import Edit, Workspace
from unionclient.workspace.district import District
from unionclient.workspace.district.adding import added, earlier
from unionclient.workspace.district.consolidating import shelf_of
from unionclient.workspace.district.facts import StreetFigure, facts_of

COUNT, RATE = "T1-01", "T2-01"


def as_bytes(district, period="2017Q3") -> bytes:
    return json.dumps(facts_of(district.figures(period)), ensure_ascii=False, indent=1).encode()


def figure(district, name, period="2017Q3"):
    return next(each for each in district.figures(period) if each.figure.id == name)


def test_a_rate_is_worked_out_from_the_sums_and_never_the_mean_of_rates(town):
    district, one, two = town
    accepted(district, one.pack(figures={RATE: (1, 2)}), two.pack(figures={RATE: (98, 98)}))
    district.consolidate()
    found = figure(district, RATE)
    assert (found.figure.numerator, found.figure.denominator, found.figure.value) == (99, 100, Decimal("99.00"))
    assert [(part.code, part.value) for part in found.parts] == [("110101009", Decimal("100.00")), ("110101013", Decimal("50.00"))]


def test_a_count_sums_the_period_and_the_year(town):
    district, one, two = town
    accepted(district, one.pack(figures={COUNT: (3, None, 50)}), two.pack(figures={COUNT: (4, None, 60)}))
    district.consolidate()
    found = figure(district, COUNT).figure
    assert (found.numerator, found.year_to_date, found.target) == (7, 110, Decimal(674))


numbers = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=21)


@given(numbers, st.sampled_from([COUNT, RATE]), st.randoms())
@settings(max_examples=200, deadline=None)
def test_the_district_is_the_sum_of_its_packages(shares, name, random):
    indicator = builtin_library().indicators[name]
    rate = indicator.per is not None
    parts = [StreetFigure(str(n), "", a, b if rate else None, None if rate else c, None, "") for n, (a, b, c) in enumerate(shares)]
    random.shuffle(parts)
    found = added(indicator, tuple(parts))
    assert found[name, "of"] == sum(share[0] for share in shares)
    assert found[name, "per" if rate else "year"] == sum(share[1 if rate else 2] for share in shares)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=2))
@settings(max_examples=4, deadline=None)
def test_packages_of_any_numbers_add_up_end_to_end(founded, tmp_path_factory, shares):
    source, streets = founded
    folder = tmp_path_factory.mktemp("sum")
    shutil.copytree(source, folder / "district")
    with District.open(folder / "district") as district:
        for street, numbers in zip(streets, shares, strict=True):
            bench = SimpleNamespace(**{**{n: getattr(street, n) for n in ("code", "name", "key")}, "folder": folder, "seq": 0, "head": None, "made": []})
            accepted(district, type(street).pack(bench, figures={RATE: numbers}))
        district.consolidate()
        found = figure(district, RATE).figure
        assert (found.numerator, found.denominator) == tuple(map(sum, zip(*shares, strict=True)))


def test_the_highest_accepted_number_counts(town):
    district, street, _ = town
    first = street.pack(figures={COUNT: (3, None, 3)})
    accepted(district, first)
    accepted(district, street.pack(figures={COUNT: (5, None, 5)}, amends=Amends("1" * 8 + "-1111-4111-8111-" + "1" * 12, digest(first), "补报两家")))
    assert district.consolidate().packages == 2
    assert figure(district, COUNT).figure.numerator == 5


def test_what_is_not_accepted_does_not_count(town):
    district, one, two = town
    accepted(district, one.pack(figures={COUNT: (3, None, 3)}))
    waiting = two.pack(figures={COUNT: (9, None, 9)})
    district.receive(waiting)
    district.consolidate()
    assert figure(district, COUNT).figure.numerator == 3
    district.return_(digest(waiting), said, note="请核对")
    assert district.consolidate().packages == 1


def test_the_store_is_rebuilt_from_the_packages_alone(town, tmp_path):
    district, one, two = town
    accepted(district, one.pack(figures={COUNT: (3, None, 3), RATE: (1, 3)}), two.pack(figures={COUNT: (4, None, 4), RATE: (2, 3)}))
    district.consolidate()
    before = as_bytes(district)
    shutil.rmtree(district.folder / "consolidated")
    assert district.consolidate(rebuild=True).added == 2
    assert as_bytes(district) == before
    with District.create(tmp_path / "fresh", officer="王五") as fresh:      # another book, another day: only the packages are brought along
        shutil.copytree(district.folder / "accepted", fresh.folder / "accepted")
        fresh.consolidate()
        assert as_bytes(fresh) == before


def test_a_second_run_adds_nothing_and_a_file_taken_away_is_taken_out(town):
    district, one, two = town
    accepted(district, one.pack(), two.pack())
    assert district.consolidate().added == 2
    assert district.consolidate().added == 0
    next((district.folder / "accepted" / two.code).glob("*.asice")).unlink()
    done = district.consolidate()
    assert (done.packages, done.dropped) == (1, 1)


def test_a_damaged_package_is_named_and_left_out(town):
    district, one, two = town
    accepted(district, one.pack(), two.pack())
    path = next((district.folder / "accepted" / two.code).glob("*.asice"))
    content = bytearray(path.read_bytes())
    content[300] ^= 1
    path.write_bytes(bytes(content))
    done = district.consolidate()
    assert done.packages == 1 and two.code in done.problems[0]


def test_a_package_that_nobody_registered_signed_is_left_out(town, key):
    district, one, two = town
    accepted(district, one.pack(), two.pack(key=key))
    done = district.consolidate()
    assert done.packages == 1 and "不是登记给" in done.problems[0]


def test_missing_streets_are_named(town):
    district, one, _ = town
    accepted(district, one.pack())
    district.consolidate()
    absent = [body.code for body in district.missing("2017Q3")]
    assert len(absent) == 16 and one.code not in absent and not any(code.startswith("D") for code in absent)


def test_unlike_readings_are_told(town):
    district, one, two = town
    library = builtin_library()
    indicator = next(i for i in library.indicators.values() if any(s in i.reading for s in library.settings))
    key = next(s for s in library.settings if "{" + s in indicator.reading)
    accepted(district, one.pack(figures={indicator.id: (1, 2, 1)}, tables=[settings_table({key: "x-one"})]),
             two.pack(figures={indicator.id: (1, 2, 1)}, tables=[settings_table({key: "x-two"})]))
    district.consolidate()
    assert any("口径不同" in note for note in figure(district, indicator.id).notes)


@pytest.mark.parametrize(("code", "before"), [("2017Q1", "2016Q4"), ("2017Q3", "2017Q2"), ("2017Y", "2016Y"), ("2017M01", "2016M12"), ("2017H2", "2017H1")])
def test_the_period_before(code, before):
    assert earlier(code) == before


def test_figures_are_compared_with_the_period_before(town):
    district, one, _ = town
    accepted(district, one.pack("2017Q2", figures={RATE: (1, 4)}), one.pack("2017Q3", figures={RATE: (3, 4)}))
    district.consolidate()
    found = next(each for each in district.compare("2017Q3") if each.id == RATE)
    assert (found.change, found.text) == (Decimal("50.00"), "增加 50.00 个百分点")


def test_masked_numbers_of_unlike_names_stay_apart(town):
    columns = tuple(Column(name, name) for name in ("id", "name", "id_no"))
    rows = [["a", "王一", "110101********0011"], ["b", "李二", "110101********0011"], ["c", "王一", "110101********0011"], ["d", "赵三", None]]
    district, one, _ = town
    accepted(district, one.pack(tables=[Table("membership", "会员台账", columns, rows, ("id",))]))
    district.consolidate()
    with shelf_of(district._store, "2017Q3", one.code) as (shelf, _):
        kept = [row[0] for row in shelf.connection.execute("SELECT id_no FROM membership ORDER BY id")]
    assert kept[0] == kept[2] != kept[1] and kept[3] is None


# from real ledgers ------------------------------------------------------------------------------------------------


@pytest.fixture
def ledgers(tmp_path):
    """A street with two units, a union founded in each this quarter, and members; the masked numbers of two persons are alike."""
    with Workspace.create(tmp_path / "store", street="110101013", officer="张三") as workspace:
        units = [workspace.save("unit", [Edit(None, {"name": f"北京第{n}食品有限公司", "unit_type": "159"})]) for n in (1, 2)]
        ids = [changes.ledgers["unit"][0][0] for changes in units]
        for n, unit in enumerate(ids):
            workspace.save("union_org", [Edit(None, {"unit_id": unit, "name": f"第{n}食品工会", "union_type": "01", "founded_on": "2017-08-01", "approved_on": "2017-08-01", "status": "2"})])
        for n, id_no in enumerate(("110101199003070011", "110101198003070011")):
            workspace.save("membership", [Edit(None, {"name": f"王{n}", "id_no": id_no, "unit_id": ids[0], "joined_on": "2017-08-02", "gender": "1"})])
        yield workspace


def test_figures_counted_again_from_the_rows_are_those_signed(town, ledgers):
    district, street, _ = town
    accepted(district, pack_ledgers(street, ledgers, "2017Q3"))
    assert not district.consolidate().problems
    found = district.figures("2017Q3")
    assert [each.figure.id for each in found if any(part.again for part in each.parts)] == []
    assert sum(part.numerator for each in found for part in each.parts) > 0


def test_a_number_unfolds_to_units_and_records(town, ledgers):
    district, street, _ = town
    accepted(district, pack_ledgers(street, ledgers, "2017Q3"))
    district.consolidate()
    counted = next(each for each in district.figures("2017Q3") if each.figure.numerator and district.figure_records("2017Q3", each.figure.id, street.code))
    units = district.figure_units("2017Q3", counted.figure.id, street.code)
    lines = district.figure_records("2017Q3", counted.figure.id, street.code)
    assert sum(part.count for part in units) == len(lines)
    assert any("食品" in part.title for part in units)
    first = units[0]
    assert len(district.figure_records("2017Q3", counted.figure.id, street.code, unit=first.unit or "")) == first.count
    assert all(line.cells for line in lines)


def test_a_signed_number_that_its_rows_do_not_bear_out_is_shown(town, ledgers):
    district, street, _ = town
    from unionclient.workspace import counting, datatables

    tables = [table for ledger in ledgers.library.ledgers.values() if (table := datatables.ledger_table(ledgers._store, ledger)).rows]
    true = next(f for f in counting.all_figures(ledgers._store, "2017Q3") if f.numerator and f.kind == "C")
    accepted(district, street.pack(figures={true.id: (true.numerator + 1, None, true.year_to_date)}, tables=tables))
    district.consolidate()
    found = figure(district, true.id)
    assert found.parts[0].again == (true.numerator, None, true.year_to_date)
    assert any("重算" in note for note in found.notes)
