"""`Desk`: what a page is given: the workspace, the ways to other pages, the jobs, and the news of changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from unionclient.ui.config import Config
from unionclient.ui.draft import Draft
from unionclient.ui.work import Jobs


@dataclass(frozen=True, slots=True)
class Where:
    """A place to go to: a page and what it shall show, e.g. Where("unit", {"record": id, "field": "name"})."""

    page: str
    place: Mapping[str, Any]


class Desk(QObject):
    """Handed to every page. After each verb that writes, a page hands the `Changes` to `publish`."""

    changed = Signal(object)    # Changes, to everybody who shows records
    asked = Signal(object)      # Where
    said = Signal(str)          # a short sentence for the status bar
    counted = Signal(str)       # what is selected, for the status bar

    def __init__(self, workspace: Any, config: Config, pages: tuple[str, ...] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ws = workspace
        self.config = config
        self.pages = pages
        self.draft = Draft(workspace.folder, self)
        self.jobs = Jobs(workspace.fork, self)
        self.lookups = Jobs(workspace.fork, self, quiet=True)   # rows of a large ledger, sorted or sought beside the window

    def finish(self) -> None:
        """Wait for the workers; called before the store is closed."""
        self.lookups.finish()
        self.jobs.finish()

    def publish(self, changes: Any) -> None:
        """Tell everybody what a verb changed."""
        if changes is not None and changes.ledgers:
            self.ws.heard(changes)
            self.changed.emit(changes)

    def open(self, page: str, **place: Any) -> None:
        """Go to `page`; `place` is handed to its `open_at`."""
        self.asked.emit(Where(page, place))

    def has(self, page: str) -> bool:
        return page in self.pages

    def say(self, sentence: str) -> None:
        """A short sentence in the status bar, for what needs no answer."""
        self.said.emit(sentence)
