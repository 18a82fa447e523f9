"""Where a grid's rows come from: a whole ledger, sorted and filtered by SQL, or the children of one record."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.definition.condition import Condition
from unionclient.definition.ledger import Ledger
from unionclient.definition.record import Record


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows, in which order; also a job for a worker, who answers with the question."""

    ledger: str
    search: str
    where: Condition
    order: tuple[tuple[str, bool], ...]

    def answer(self, workspace: Any) -> array:
        return workspace.find(self.ledger, search=self.search, where=self.where, order=self.order)

    def __call__(self, workspace: Any, progress: Any) -> "tuple[Question, array]":
        progress("")
        return self, self.answer(workspace)


class LedgerSource:
    """All alive records of a ledger that match search and filter, in the chosen order."""

    parent: str | None = None
    sortable = True

    def __init__(self, workspace: Any, ledger: str) -> None:
        self.ws = workspace
        self.ledger: Ledger = workspace.library.ledgers[ledger]
        self.search = ""
        self.where = Condition()
        self.order: tuple[tuple[str, bool], ...] = ()

    @property
    def narrowed(self) -> bool:
        return bool(self.search.strip() or self.where.clauses)

    @property
    def question(self) -> "Question":
        return Question(self.ledger.id, self.search, self.where, self.order)

    def find(self) -> array:
        return self.question.answer(self.ws)

    def alive(self) -> array:
        """All alive records, matching or not."""
        return self.ws.find(self.ledger.id)

    def rows(self, rowids: Sequence[int]) -> list[Record]:
        return self.ws.rows(self.ledger.id, rowids)


class ChildSource:
    """The alive child records of one record; new ones are hung on it."""

    sortable = False
    narrowed = False
    search = ""
    where = Condition()
    order: tuple[tuple[str, bool], ...] = ()

    def __init__(self, workspace: Any, ledger: str, parent: str) -> None:
        self.ws = workspace
        self.ledger: Ledger = workspace.library.ledgers[ledger]
        self.parent = parent

    def find(self) -> array:
        return array("q", (record.rowid for record in self.ws.children(self.ledger.id, self.parent)))

    alive = find

    def rows(self, rowids: Sequence[int]) -> list[Record]:
        return self.ws.rows(self.ledger.id, rowids)
