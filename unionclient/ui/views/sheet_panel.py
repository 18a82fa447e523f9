"""What the panels beside the score sheet share: a list at the left, the chosen one's sheet at the right, its marks saved as typed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import beside, beside_list, label, open_record, say_on
from unionclient.ui.views.mark_table import Marked, MarkTable
from unionclient.ui.views.table import Column, ListTable
from unionclient.ui.widgets import Elided
from unionclient.definition.words import _


class SheetPanel(QWidget):
    """The list shows rows of (record's id, name, year). A panel calls `lay_out` with what is its own.

    It names `ledger` and `opening` (words of the job) and writes `open_one(record)`, `show_opened` and `typed`.
    """

    ledger = ""
    opening = ""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.opened: Any = None
        self.name = Elided("", "heading", self)
        self.note = label("", self, "muted", wrap=True)
        self.wrong = label("", self, "block", wrap=True)
        self.wrong.hide()

    def lay_out(self, listed: tuple[str, str], marks: str, deeds: Sequence[QWidget], middle: Sequence[tuple[QWidget, int]], *,
                above: QWidget | None = None, share: int = 1) -> None:
        """`listed`: heading of the list, its name; `marks`: name of the sheet; `deeds` stand beside the chosen one's name.

        `middle` and their shares of the height stand above the sheet, which has `share`; `above` the list.
        """
        self.table = ListTable([Column(listed[0], 0, _second), Column(_("年度"), 3, _third)], listed[1], self)
        self.table.picked.connect(self.pick)
        self.sheet = MarkTable(marks, self)
        self.sheet.marks.typed.connect(self.typed)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(beside(self.name, *deeds))
        for made, stretch in middle:
            right.addWidget(made, stretch)
        right.addWidget(self.sheet, share)
        right.addWidget(self.wrong)
        beside_list(self, self.table, right, above=above)
        self.show_opened()

    def open_picked(self) -> None:
        """To the record in its ledger."""
        open_record(self.desk, self.ledger, self.opened.record.id)

    def open_one(self, record: str) -> Any:
        """The job that opens a record: called with (workspace, progress)."""
        raise NotImplementedError

    def show_opened(self) -> None:
        raise NotImplementedError

    def typed(self, marked: Marked) -> None:
        """Save what was put into a cell of the sheet."""
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
            self.desk.jobs.run(self.opening, self.open_one(picked[0][0]), self.take, failed=self.failed, parent=self, reading=True)

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


def _second(row: Sequence[str]) -> str:
    return row[1]


def _third(row: Sequence[str]) -> str:
    return row[2]
