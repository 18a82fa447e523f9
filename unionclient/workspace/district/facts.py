"""What the district's verbs answer with: frozen values, shown by window and command line alike."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.store.received import KeptRemark, ReceivedPackage

__all__ = ["Body", "BodyState", "Comparison", "Consolidated", "CrossFinding", "Difference", "DistrictFigure", "InboxEntry", "KeptRemark", "Note",
           "Place", "ReceivedPackage", "Reception", "RecordLine", "Reported", "StreetFigure", "UnitPart"]


@dataclass(frozen=True, slots=True)
class Body:
    """Who hands in: one of the 17 streets (`kind` "street"), or a further body ("body")."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class BodyState:
    """A body in the register: its newest certificate (fingerprint hex, last day) and newest package, each None before the first."""

    body: Body
    fingerprint: str | None
    certificate_ends: str | None
    revoked: bool
    last: ReceivedPackage | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Note:
    """One finding on a package: `check` id, `level` "ok", "warn" or "fail", a sentence in Chinese."""

    check: str
    level: str
    detail: str


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """A file in the inbox, judged. `verdict`: valid, untrusted, invalid, unsafe, replay, duplicate or encrypted (needs the passphrase).

    What a package says of itself (`street` … `package_id`) is empty unless its signature holds.
    """

    path: Path
    sha256: str
    size: int
    verdict: str
    message: str
    notes: tuple[Note, ...] = ()
    street: str = ""
    street_name: str = ""
    period: str = ""
    seq: int = 0
    kind: str = ""
    package_id: str = ""
    signer: str = ""
    created_at: str = ""
    amends: str | None = None
    prev_sha256: str | None = None

    @property
    def receivable(self) -> bool:
        return self.verdict == "valid"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs from the street's last accepted package: a figure ("figure") or a ledger's number of rows ("rows").

    Numbers are the numerator, denominator (None for counts and rows) before and after; before is None where it was not there.
    """

    kind: str
    id: str
    title: str
    before: tuple[int, int | None] | None
    after: tuple[int, int | None] | None
    text: str


@dataclass(frozen=True, slots=True)
class Reception:
    """What became of a file: `outcome` received, duplicate (its receipt is issued again) or refused; `exit_code` as of packages.md §8."""

    outcome: str
    message: str
    exit_code: int
    entry: InboxEntry
    package: ReceivedPackage | None = None
    differences: tuple[Difference, ...] = ()
    receipt: Path | None = None


@dataclass(frozen=True, slots=True)
class Consolidated:
    """What `consolidate` did: packages in the index, added and taken out now, rows of all ledgers, seconds, what was odd."""

    packages: int
    added: int
    dropped: int
    rows: int
    seconds: float
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StreetFigure:
    """One body's share of a figure, as signed; `again` (numerator, denominator, 累计) where counting its rows gave something else."""

    code: str
    name: str
    numerator: int
    denominator: int | None
    year_to_date: int | None
    value: Decimal | None
    package: str
    again: tuple[int, int | None, int | None] | None = None


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """A figure of the district: `figure` from the sums of `parts`; `missing` bodies handed in nothing for the period, those in `lacking`
    a package without this figure. `notes` say in Chinese what to know before it is used.
    """

    figure: Figure
    parts: tuple[StreetFigure, ...]
    missing: tuple[Body, ...]
    lacking: tuple[Body, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPart:
    """Records of a figure that belong to one unit; `unit` None where a record names none."""

    unit: str | None
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record behind a figure, as submitted: `cells` are (title, shown text) of its filled fields."""

    ledger: str
    ledger_title: str
    id: str
    label: str
    unit: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing stands: body code and name, ledger id, record id, its label."""

    street: str
    street_name: str
    ledger: str
    record: str
    label: str


@dataclass(frozen=True, slots=True)
class CrossFinding:
    """Something only the district can see: `check` C01…, `level` "explain" or "hint", the records concerned."""

    check: str
    title: str
    level: str
    message: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure now and before. `change` is of the values (percentage points for rates), None where one is missing."""

    id: str
    title: str
    unit: str
    kind: str
    before: Figure | None
    after: Figure | None
    change: Decimal | None
    text: str


@dataclass(frozen=True, slots=True)
class Reported:
    """The files of a report."""

    workbook: Path
    pdf: Path


def facts_of(value: Any) -> Any:
    """Any of these as plain JSON: tuples become lists, paths and decimals text, figures their numbers."""
    from dataclasses import fields, is_dataclass

    from unionclient.workspace.counting import figure_facts

    if isinstance(value, Figure):
        return figure_facts(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: facts_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [facts_of(item) for item in value]
    if isinstance(value, dict):
        return {key: facts_of(item) for key, item in value.items()}
    return str(value) if isinstance(value, (Path, Decimal)) else value
