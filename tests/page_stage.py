"""What the tests of the work pages share: a desk over a fresh street, a page on it, and its jobs waited for."""

from typing import Any

import pytest

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


@pytest.fixture
def stage(desk, qtbot):
    """Makes a page of a class, shows it, and waits for its first reading."""

    def show(page: type) -> Any:
        made = page(desk)
        qtbot.addWidget(made)
        made.show()
        made.refresh(None)
        done(desk, qtbot)
        return made

    return show


def done(desk: Desk, qtbot: Any) -> None:
    """Wait until no job runs."""
    qtbot.waitUntil(lambda: not desk.jobs.running, timeout=10_000)


def texts(table: Any) -> list[list[str]]:
    model = table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]
