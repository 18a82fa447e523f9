"""A whole year counted again at the district: what a street signed follows from the masked rows it sent. Half a minute, so not in the suite."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from district.town import CHEAP, PASSPHRASE, accepted, enrolled, pack_ledgers  # noqa: E402

from unionclient.demo.street import OFFICER, STREET  # noqa: E402
from unionclient.demo.walk import fill  # noqa: E402
from unionclient.workspace import Workspace  # noqa: E402
from unionclient.workspace.district import District  # noqa: E402


def test_the_sample_year_counted_again_from_its_package_gives_the_signed_figures(tmp_path):
    with Workspace.create(tmp_path / "store", street=STREET, officer=OFFICER) as workspace, District.create(tmp_path / "district", officer="李四") as district:
        fill(workspace)
        district.set_up_authority(PASSPHRASE, **CHEAP)
        street = enrolled(district, tmp_path / "street", STREET, "示例街道")
        accepted(district, pack_ledgers(street, workspace, "2017Y"), pack_ledgers(street, workspace, "2017Q3"))
        assert not district.consolidate().problems
        for period in ("2017Y", "2017Q3"):
            figures = district.figures(period)
            assert {each.figure.id for each in figures if each.parts} == set(workspace.library.indicators)
            assert [(each.figure.id, part.again) for each in figures for part in each.parts if part.again] == []
            for own in workspace.figures(period):
                whole = next(each.figure for each in figures if each.figure.id == own.id)
                assert (whole.numerator, whole.denominator, whole.year_to_date, whole.value) == (own.numerator, own.denominator, own.year_to_date, own.value)
