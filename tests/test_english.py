"""In English nothing Chinese is left but data: in both windows, on blank forms, in the help of the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

WALK = Path(__file__).with_name("english_walk.py")


@pytest.fixture(scope="module")
def found():
    done = subprocess.run([sys.executable, str(WALK)], capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", ["page", "window", "dialog", "form", "unionclient"])
def test_nothing_chinese_is_left(found, kind):
    places = {place: texts for place, texts in found.items() if place.startswith(kind)}
    assert places and not {place: texts for place, texts in places.items() if texts}
