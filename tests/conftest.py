"""Shared fixtures: a fresh street per test, and where the samples lie."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def workspace(tmp_path):
    from stores import fresh_street

    with fresh_street(tmp_path / "store") as opened:
        yield opened


@pytest.fixture(scope="session", autouse=sys.platform == "linux")
def ready_processes():
    """What is checked or read in a process of its own waits for no interpreter to start; see `ready`."""
    from ready import Ready, installed

    ready = Ready()
    with pytest.MonkeyPatch.context() as patched:
        for module, shim in installed(ready):
            patched.setattr(module, "subprocess", shim)
        yield
    ready.end()


@pytest.fixture
def own_process(monkeypatch):
    """The processes are started as officers' programs start them."""
    from unionclient.sheets import reader
    from unionclient.submission import worker

    for module in (reader, worker):
        monkeypatch.setattr(module, "subprocess", subprocess)


@pytest.fixture(scope="session")
def shared():
    """The folder of samples and corpora beside the project; skipped where it is absent."""
    folder = Path(os.environ.get("UNIONCLIENT_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "samples").is_dir():
        pytest.skip("the samples beside the project are not here")
    return folder
