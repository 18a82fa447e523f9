"""PySide6 6.12.0 takes a reference from None in void calls and aborts CPython 3.11 after some 5,000 of them."""

import subprocess
import sys

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
