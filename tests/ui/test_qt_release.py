"""What is wrong in releases of PySide6, and how the program keeps clear of it.

6.12.0 takes a reference from None in void calls and aborts CPython 3.11 after some 5,000 of them. 6.11 makes the screen a child of
the widget whose `screen()` was asked; a collection of the widget may take the screen along, and the next painting dies.
"""

import re
import subprocess
import sys
from pathlib import Path

LOOP = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["loop", "-platform", "offscreen"])
label = QLabel()
for _ in range(7000):
    label.setText("x")
print("alive")
"""


def test_seven_thousand_void_calls_leave_the_interpreter_alive():
    done = subprocess.run([sys.executable, "-c", LOOP], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "alive", done.stderr[-300:]


def test_no_widget_is_asked_for_its_screen():
    ui = Path(__file__).resolve().parents[2] / "unionclient" / "ui"
    assert [path.name for path in ui.rglob("*.py") if re.search(r"\w\.screen\(\)\.", path.read_text(encoding="utf-8"))] == []
