"""Stores for tests: an empty street or district is made once in a process, and copied."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from unionclient.workspace import Workspace
from unionclient.workspace.district import District

STREET, OFFICER, DISTRICT_OFFICER = "110101013", "张三", "李四"


@cache
def _folder() -> Path:
    made = tempfile.TemporaryDirectory(prefix="stores-")
    atexit.register(made.cleanup)
    return Path(made.name)


@cache
def _street() -> Path:
    Workspace.create(_folder() / "street", street=STREET, officer=OFFICER).close()
    return _folder() / "street"


@cache
def _district() -> Path:
    District.create(_folder() / "district", officer=DISTRICT_OFFICER).close()
    return _folder() / "district"


def fresh_street(folder: Path) -> Workspace:
    """A street without a record, as `Workspace.create` leaves it; all of one process bear one site's id."""
    return Workspace.open(shutil.copytree(_street(), folder))


def fresh_district(folder: Path) -> District:
    """A district that has received nothing and has no key."""
    return District.open(shutil.copytree(_district(), folder))
