"""What the panels beside the score sheet share: a list at the left, the chosen one's sheet at the right, its marks saved as typed."""

from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import say_on


class SheetPanel(QWidget):
    """Has `table` (rows are lists that begin with the record's id) and `wrong`, made by the panel itself.

    A panel names `opening` (words of the job) and writes `open_one(workspace, progress, record)` and `show_opened`.
    """

    opening = ""
    table: Any
    wrong: Any

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.opened: Any = None

    def open_one(self, record: str) -> Any:
        """The job that opens a record: called with (workspace, progress)."""
        raise NotImplementedError

    def show_opened(self) -> None:
        raise NotImplementedError

    def put(self, rows: list[list[str]]) -> None:
        """The list; the picked one is opened again."""
        kept = self.opened.record.id if self.opened else None
        self.table.put(rows)
        self.table.selectRow(next((n for n, row in enumerate(rows) if row[0] == kept), 0))
        self.pick(again=True)

    def pick(self, *, again: bool = False) -> None:
        picked = self.table.picks()
        if not picked:
            self.opened = None
            self.show_opened()
        elif again or self.opened is None or self.opened.record.id != picked[0][0]:
            self.desk.jobs.run(self.opening, self.open_one(picked[0][0]), self.take, failed=self.failed, parent=self)

    def take(self, opened: Any) -> None:
        """Shown only while it is still the picked one."""
        picked = self.table.picks()
        if picked and picked[0][0] == opened.record.id:
            self.opened = opened
            self.show_opened()

    def save(self, words: str, job: Any, then: Any = None) -> None:
        """Runs a job that writes; by default it gives (changes, the record opened again)."""
        say_on(self.wrong, "")
        self.desk.jobs.run(words, job, then or self.written, failed=self.failed, parent=self)

    def written(self, done: tuple[Any, Any]) -> None:
        changes, opened = done
        self.take(opened)
        self.desk.publish(changes)

    def failed(self, error: UnionClientError) -> None:
        say_on(self.wrong, "".join(part for part in (error.what, error.todo) if part), "block")
        self.show_opened()
