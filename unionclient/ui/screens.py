"""Screenshots of the main pages without a display: what `make run` leaves where no window can be opened."""

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
_SETTLE = 400  # ms: pages that read in a worker have answered by then


def take_screens(store: Path, out: Path) -> Iterator[Path]:
    """One PNG for each page of the window on the folder `store`."""
    app = QApplication.instance() or make_application(["unionclient"])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings, Workspace.open(store) as workspace:
        look = Look(app, "light", "standard")
        window = MainWindow(workspace, Config(Path(settings)), look)
        window.show()
        window.setFixedSize(*SIZE)  # the offscreen platform's own screen is smaller
        for number, page in enumerate(window.specs):
            window.show_page(page)
            _settle()
            path = out / f"{number:02d}_{page}.png"
            window.grab().save(str(path))
            yield path
        window.close()


def _settle() -> None:
    deadline = QDeadlineTimer(_SETTLE)
    while not deadline.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
