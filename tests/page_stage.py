"""What the tests of the work pages share: a desk over a fresh street, a page on it, and its jobs waited for."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QMainWindow

from unionclient.ui.config import Config
from unionclient.ui.desk import Desk

# The offscreen platform says this of every window it shows; it has no meaning for us.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Heard:
    """Keeps what a signal brought."""

    def __init__(self) -> None:
        self.all: list[Any] = []

    def take(self, value: Any) -> None:
        self.all.append(value)


@pytest.fixture
def desk(workspace, tmp_path, qtbot):
    made = Desk(workspace, Config(tmp_path / "config"), tuple(n for n, l in workspace.library.ledgers.items() if l.menu))
    yield made
    made.jobs.finish()
    made.deleteLater()  # here and now, not by a collection in a later test's worker


@pytest.fixture
def stage(desk, qtbot):
    """Makes a page of a class, shows it, and waits for its first reading."""
    windows = []

    def show(page: type) -> Any:
        # A page owns itself in circles; under a parent it goes with the window, never by a collection in the worker's thread.
        window = QMainWindow()
        windows.append(window)
        qtbot.addWidget(window)
        made = page(desk, window)
        window.setCentralWidget(made)
        window.resize(1140, 660)
        window.show()
        made.refresh(None)
        done(desk, qtbot)
        return made

    return show


@contextmanager
def standing(made: Any) -> Iterator[Any]:
    """A window of the program, shown on an office screen; freed when it is over, not by a collection in a later test's worker."""
    made.setWindowState(Qt.WindowState.WindowNoState)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def done(desk: Desk, qtbot: Any) -> None:
    """Wait until no job runs."""
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=30_000)


def texts(table: Any) -> list[list[str]]:
    model = table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]
