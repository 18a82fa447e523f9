"""The program's entry: it serves its own worker processes, and only those."""

import subprocess
import sys
from importlib import import_module

import pytest

from unionclient.__main__ import SERVERS


@pytest.mark.parametrize(("flag", "module"), SERVERS.items())
def test_each_flag_is_the_one_its_worker_is_started_with(flag: str, module: str) -> None:
    assert import_module(module).FLAG == flag


def test_the_entry_answers_as_reading_process(tmp_path) -> None:
    from unionclient.sheets import worker
    from unionclient.sheets.book import Limits

    order = worker.request(tmp_path / "absent.xlsx", Limits())
    done = subprocess.run([sys.executable, "-m", "unionclient", worker.FLAG, order], capture_output=True, timeout=60, check=True)
    assert done.stdout[:1] == worker.FAULT


def test_the_entry_loads_no_exporter_and_no_window() -> None:
    code = ("import sys, unionclient.__main__, unionclient.cli; "
            "print([m for m in ('openpyxl', 'reportlab', 'pyhanko', 'lxml', 'PySide6', 'sqlite_utils', 'pypinyin') if m in sys.modules])")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
