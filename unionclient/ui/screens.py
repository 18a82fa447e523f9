"""Screenshots of the main pages without a display: what `make run` leaves where no window can be opened, and the handbook's pictures."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from unionclient.ui.app import make_application
from unionclient.ui.config import Config
from unionclient.ui.main_window import MainWindow
from unionclient.ui.theme import Look
from unionclient.workspace import Workspace

SIZE = (1366, 768)
MAIN = ("home", "unit", "check", "figures", "score")   # the pages shown in every theme and scale
SCALES = {"100": 1.0, "125": 1.25, "150": 1.5}
THEMES = ("light", "dark", "contrast")
_SETTLE = 400  # ms: pages that read in a worker have answered by then
_FRAME = 71    # pixels of title bar and task bar, which the window does not have


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


def take_main_screens(store: Path, out: Path, scale: str) -> Iterator[Path]:
    """The main pages in every theme, as an office screen shows them at `scale` ("100", "125", "150").

    A picture has the pixels of that screen. At 100 % all themes are taken, at the others the light one. The
    scale of an application is fixed at its start, so each needs a process of its own.
    """
    factor = SCALES[scale]
    os.environ["QT_SCALE_FACTOR"] = str(factor)
    _offer_screen(out)
    app = make_application(["unionclient"])
    with tempfile.TemporaryDirectory() as settings, Workspace.open(store) as workspace:
        look = Look(app, "light", "standard")
        config = Config(Path(settings))
        config.put("period", "2017Y")
        window = MainWindow(workspace, config, look)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(round(SIZE[0] / factor), round(SIZE[1] / factor) - _FRAME)
        window.show()
        for theme in THEMES if scale == "100" else THEMES[:1]:
            window.dress((theme, "standard"))
            for page in MAIN:
                window.show_page(page)
                if page == "unit":
                    window.pages[page].grid.go_to(0, 1)
                _settle(window)
                path = out / f"{page}_{theme}_{scale}.png"
                window.grab().save(str(path))
                _thin(path)
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


def _thin(path: Path) -> None:
    """256 colours of its own are enough for a picture of a window, and a third of the bytes."""
    from PIL import Image

    with Image.open(path) as picture:
        thin = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    thin.save(path, optimize=True)


def _settle(window: MainWindow) -> None:
    """Until no job runs, and a moment more for what paints late."""
    deadline = QDeadlineTimer(_SETTLE)
    while not deadline.hasExpired() or window.desk.jobs.running:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
