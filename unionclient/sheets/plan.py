"""What an import would do: counts, findings with cell addresses, and the writes in order. Values only."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from unionclient.definition.issue import Issue, Level
from unionclient.definition.ledger import Ledger
from unionclient.definition.record import Record, Write
from unionclient.sheets.book import Cell
from unionclient.sheets.layout import Target

Sift = Callable[[Ledger, Sequence[tuple[Mapping[str, Any], Mapping[str, str]]]], Collection[int]]
"""Which of many rows, as (values, unreadable texts), some row rule may fault: only those are judged."""


@dataclass(frozen=True, slots=True)
class ImportFinding:
    """One thing to tell about one cell: where it stands, what is wrong, how to mend it."""

    sheet: str
    cell: str
    heading: str
    field: str
    rule: str
    level: Level
    message: str
    value: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that stays out, with its cells as they stood and the problems that keep it out."""

    sheet: str
    row: int
    cells: tuple[Cell, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedColumn:
    """A column of the file and where it leads. One that the program works out itself (`computed`) leads nowhere and is known."""

    sheet: str
    letter: str
    heading: str
    target: Target | None
    computed: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The dry run of one file. Every data row is in exactly one of the four counts."""

    ledger: str
    file: str
    sha256: str
    fingerprint: str
    new: int
    changed: int
    same: int
    rejected_count: int
    findings: tuple[ImportFinding, ...]
    writes: tuple[Write, ...]
    rejected_rows: tuple[RejectedRow, ...]
    columns: tuple[PlannedColumn, ...]
    headings: Mapping[str, tuple[str, ...]]     # sheet → headings by column, "" where there is none
    notes: tuple[str, ...] = ()

    @property
    def rejected(self) -> int:
        return self.rejected_count

    @property
    def rows(self) -> int:
        return self.new + self.changed + self.same + self.rejected_count

    @property
    def unknown_columns(self) -> tuple[str, ...]:
        """Headings that lead nowhere; running numbers and what the program works out itself are not counted."""
        from unionclient.sheets.layout import is_ignored

        return tuple(c.heading for c in self.columns
                     if c.target is None and not c.computed and not is_ignored(c.heading))


class Lookup(Protocol):
    """What the importer must be told by whoever keeps the records."""

    def existing(self, ledger: str) -> Iterable[Record]:
        """All alive records of a ledger."""

    def resolve(self, ledger: str, text: str) -> str | None:
        """The record that bears a name, for reference columns without a feed."""

    def new_id(self) -> str: ...

    def complete(self, ledger: Ledger, record: str, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> dict[str, Any]:
        """A new record's values with defaults, names and numbers filled in."""

    def judge(self, ledger: Ledger, values: Mapping[str, Any], raw: Mapping[str, str]) -> list[Issue]:
        """Row rules."""
