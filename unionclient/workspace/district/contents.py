"""A package opened for its data: tables as SQL values, signed figures, settings. Signature and digests are held again each time."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.ledger import Field, Ledger, Library
from unionclient.definition.words import _, marked
from unionclient.store.shelf import Shelved

FIGURES, SETTINGS = "figures", "settings"
WHAT = marked("报送包")


@dataclass(frozen=True, slots=True)
class SignedFigure:
    """A figure as the street signed it."""

    id: str
    title: str
    numerator: int
    denominator: int | None
    year_to_date: int | None


@dataclass(frozen=True, slots=True)
class Contents:
    """An opened package: its manifest, the bytes of its tables by name, the digests of file and signer's certificate."""

    manifest: Any
    tables: Mapping[str, bytes]
    sha256: str
    signer: str

    @property
    def rows(self) -> dict[str, tuple[int, None]]:
        """Ledger → (number of rows, None), as checked on receipt."""
        return {name: (control.rows, None) for name, control in self.manifest.controls.items() if name not in (FIGURES, SETTINGS)}

    @property
    def figures(self) -> dict[str, SignedFigure]:
        """Figure id → as signed."""
        found = {}
        for row in lines(self.tables.get(FIGURES, b"")):
            found[row["id"]] = SignedFigure(row["id"], row["title"], int(row["numerator"]), _number(row["denominator"]), _number(row["year_to_date"]))
        return found

    @property
    def settings(self) -> dict[str, str]:
        """Settings the figures rest on, as the street chose them; empty for packages that do not say."""
        return {row["key"]: row["value"] for row in lines(self.tables.get(SETTINGS, b"")) if row["value"]}


def opened(path: Path) -> Contents:
    """Raises SubmissionError where the file was changed since it was signed."""
    from unionclient.submission.manifest import ManifestFault, read_manifest
    from unionclient.submission.sealed import unseal

    try:
        content = path.read_bytes()
    except OSError as fault:
        raise SubmissionError(_("报送包 {name} 读不出来：{strerror}").format(name=path.name, strerror=fault.strerror or fault), "", _("请从街道的原件恢复这个文件。")) from fault
    try:
        sealed = unseal(content, _(WHAT))
        manifest = read_manifest(sealed.members["manifest.json"])
    except (KeyError, ManifestFault) as fault:
        raise SubmissionError(_("报送包 {name} 的说明读不出来").format(name=path.name), "", _("请从街道的原件恢复这个文件。")) from fault
    tables = {name[5:-4]: octets for name, octets in sealed.members.items() if name.startswith("data/") and name.endswith(".csv")}
    return Contents(manifest, tables, sealed.sha256, sealed.fingerprint)


def lines(content: bytes) -> Iterator[dict[str, str]]:
    """Rows of a small table by column name, the guarding apostrophe taken off."""
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    names = next(rows, [])
    for row in rows:
        yield {name: cell.removeprefix("'") for name, cell in zip(names, row, strict=True)}


def _number(text: str) -> int | None:
    return int(text) if text else None


# ledgers as SQL values ------------------------------------------------------------------------------------------


def shelved(found: Contents, library: Library) -> Iterator[Shelved]:
    """Every table of a ledger this program knows, its columns that are fields, cells as the store keeps them."""
    for name in sorted(found.tables):
        ledger = library.ledgers.get(name)
        if ledger is not None:
            yield _ledger_rows(ledger, found.tables[name])


def _ledger_rows(ledger: Ledger, content: bytes) -> Shelved:
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    names = next(rows)
    known = [(place, name) for place, name in enumerate(names) if name in ("id", "parent_id") or name in ledger.fields]
    readers = [_reader(ledger.fields.get(name)) for _, name in known]
    places = [place for place, _ in known]
    plain = tuple(name for _, name in known)
    return Shelved(ledger.id, plain, _told_apart(ledger, plain, _values(rows, places, readers)))


def _values(rows: Iterator[list[str]], places: Sequence[int], readers: Sequence[Callable[[str], Any]]) -> Iterator[list[Any]]:
    paired = list(zip(places, readers, strict=True))
    for row in rows:
        yield [read(row[place]) if row[place] else None for place, read in paired]


def _reader(field: Field | None) -> Callable[[str], Any]:
    """Text of a cell → SQL value (see the store's field types); the text is not empty."""
    kind = field.type if field else "text"
    if kind == "int":
        return int
    if kind in ("money", "decimal"):
        places = 2 if kind == "money" else field.places
        return lambda text: int(Decimal(text).scaleb(places))
    if kind == "bool":
        return lambda text: 1 if text == "true" else 0
    if kind == "datetime":
        return lambda text: text.replace("T", " ")[:16]
    if kind in ("date", "month"):
        return str
    return _unguarded


def _unguarded(text: str) -> str:
    return text[1:] if text[0] == "'" else text


def _told_apart(ledger: Ledger, names: Sequence[str], rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    """Masked identity numbers of unlike names stay unlike: those that masking made equal get a number behind, by order of the rows."""
    ids = [place for place, name in enumerate(names) if name in ledger.fields and ledger.fields[name].personal == "id"]
    called = next((place for place, name in enumerate(names) if name in ledger.fields and ledger.fields[name].personal == "name"), None)
    if not ids or called is None:
        yield from rows
        return
    seen: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        for place in ids:
            text = row[place]
            if text and "*" in text:
                bearers = seen.setdefault((place, text), [])
                if row[called] not in bearers:
                    bearers.append(row[called])
                if (number := bearers.index(row[called])) > 0:
                    row[place] = f"{text}·{number + 1}"
        yield row
