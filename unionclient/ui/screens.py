"""Screenshots of the main pages without a display: what `make run` leaves where no window can be opened."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtWidgets import QApplication

from unionclient.ui.app import make_application
from unionclient.ui.config import Config
from unionclient.ui.main_window import MainWindow
from unionclient.ui.theme import Look
from unionclient.workspace import Workspace

SIZE = (1366, 768)
_SETTLE = 300   # ms for painting
_LONGEST = 8000  # ms that a page may read beside the window


def take_screens(store: Path, out: Path) -> Iterator[Path]:
    """One PNG for each page of the window on the folder `store`."""
    _offer_screen(out)
    app = QApplication.instance() or make_application(["unionclient"])
    with tempfile.TemporaryDirectory() as settings, Workspace.open(store) as workspace:
        look = Look(app, "light", "standard")
        window = MainWindow(workspace, Config(Path(settings)), look)
        window.resize(*SIZE)
        window.show()
        for number, page in enumerate(window.specs):
            window.show_page(page)
            _settle(window)
            path = out / f"{number:02d}_{page}.png"
            window.grab().save(str(path))
            yield path
        window.close()


def _offer_screen(out: Path) -> None:
    """The offscreen platform's own screen is 800 × 800; officers have 1366 × 768."""
    out.mkdir(parents=True, exist_ok=True)
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen" and QApplication.instance() is None:
        kept = Path(tempfile.gettempdir()) / "unionclient-screen.json"
        screen = {"name": "office", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1], "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        kept.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={kept}"


def _settle(window: MainWindow) -> None:
    """Until the page has read what it shows and painted it."""
    longest, least = QDeadlineTimer(_LONGEST), QDeadlineTimer(_SETTLE)
    while not longest.hasExpired() and (window.desk.jobs.running or not least.hasExpired()):
        if window.desk.jobs.running:
            least = QDeadlineTimer(_SETTLE)
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
