"""One district with two enrolled streets, made once; each test works on a copy."""

import shutil
from dataclasses import replace

import pytest
from district.town import CHEAP, PASSPHRASE, enrolled

from unionclient.workspace.district import District


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    with District.create(folder / "district", officer="李四") as district:
        district.set_up_authority(PASSPHRASE, **CHEAP)
        streets = [enrolled(district, folder / code, code, name) for code, name in (("110101013", "东花市街道"), ("110101009", "东直门街道"))]
    return folder / "district", streets


@pytest.fixture
def town(founded, tmp_path):
    """(district, first street, second street)."""
    source, streets = founded
    shutil.copytree(source, tmp_path / "district")
    copies = []
    for street in streets:
        (tmp_path / street.code).mkdir()
        copies.append(replace(street, folder=tmp_path / street.code, seq=0, head=None, made=[]))
    with District.open(tmp_path / "district") as district:
        yield district, *copies


@pytest.fixture(scope="session")
def key(tmp_path_factory):
    """A key that no authority knows."""
    from unionclient.submission.keys import make_key

    return make_key(tmp_path_factory.mktemp("stranger") / "key.json", PASSPHRASE, name="无名", street_code="110101009", **CHEAP)
