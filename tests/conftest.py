"""Shared fixtures: a fresh street per test, and where the samples lie."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def workspace(tmp_path):
    from unionclient.workspace import Workspace

    with Workspace.create(tmp_path / "store", street="110101013", officer="张三") as opened:
        yield opened


@pytest.fixture(scope="session")
def shared():
    """The folder of samples and corpora beside the project; skipped where it is absent."""
    folder = Path(os.environ.get("UNIONCLIENT_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "samples").is_dir():
        pytest.skip("the samples beside the project are not here")
    return folder
