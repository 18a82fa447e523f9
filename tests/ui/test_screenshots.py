"""`make screenshots`: the pictures have the size of the screen at every scale, and the README shows three that are there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QCheckBox

from unionclient.ui.screens import MAIN, SCALES, SIZE, THEMES

ROOT = Path(__file__).resolve().parents[2]


def test_a_scale_is_taken_in_the_pixels_of_the_screen(workspace, tmp_path):
    workspace.close()
    subprocess.run([sys.executable, "-m", "tools.screenshots", str(workspace.folder), str(tmp_path / "out"), "150"], check=True, cwd=ROOT,
                   capture_output=True, timeout=60, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    taken = {path.stem: QImage(str(path)) for path in (tmp_path / "out").iterdir()}
    assert set(taken) == {f"{page}_light_150" for page in MAIN}
    assert all(abs(picture.width() - SIZE[0]) <= 2 and picture.height() < SIZE[1] for picture in taken.values())


def test_the_readme_shows_three_screens_and_all_are_there():
    shown = re.findall(r"\]\((docs/screens/[^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    wanted = {f"{page}_{theme}_100.png" for page in MAIN for theme in THEMES} | {f"{page}_light_{scale}.png" for page in MAIN for scale in SCALES}
    assert len(shown) == 3 and {path.name for path in (ROOT / "docs" / "screens").glob("*.png")} == wanted
    assert all((ROOT / name).is_file() for name in shown)


@pytest.mark.parametrize("theme", THEMES)
def test_an_empty_box_can_be_seen_in_every_theme(look, qtbot, theme):
    box = QCheckBox("只看没有说明的")
    qtbot.addWidget(box)
    look.apply(theme, "standard")
    box.show()
    picture = box.grab().toImage().copy(0, 0, 16, box.height())
    seen = {picture.pixelColor(x, y).lightness() for x in range(picture.width()) for y in range(picture.height())}
    look.apply("light", "standard")
    assert max(seen) - min(seen) > 40
