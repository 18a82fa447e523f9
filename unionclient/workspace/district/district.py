"""`District`: a district's folder and its verbs; each verb's work lies in the module beside.

The folder is laid out as docs/architecture.md shows. Verbs that change the book are one transaction and one line of the
log. Limits: one officer at a time; the district never edits what a street handed in.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from unionclient.definition.faults import StoreError
from unionclient.definition.ledger import Library
from unionclient.definition.library import builtin_library, load_library
from unionclient.definition.words import _
from unionclient.store import backup, changelog, driver, received
from unionclient.store.changelog import ChangeEntry, LogVerdict
from unionclient.store.database import DATABASE, Store
from unionclient.submission.receipt import Remark
from unionclient.workspace.district import bodies, facts
from unionclient.workspace.district.facts import (
    Body, BodyState, Comparison, Consolidated, CrossFinding, Difference, DistrictFigure, InboxEntry, KeptRemark, Note, ReceivedPackage,
    Reception, RecordLine, Reported, UnitPart)

Progress = Callable[[str, int, int], None]
Passphrase = Callable[[bool], str]
"""Asked once by a verb that signs; the argument is True when it will make a new key."""
ROLE, DISTRICT = "role", "district"
CODE, NAME = "110101", "东城区总工会"
INBOX, CONSOLIDATED, RECEIPTS, REPORTS, SENT = "inbox", "consolidated", "receipts", "reports", "sent-down"


class District:
    """One district's folder. `create` or `open` it; `fork` gives a twin for a worker thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.folder: Path = store.folder

    @property
    def library(self) -> Library:
        """The definitions, in the language spoken now."""
        return self._store.library

    # opening ------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, folder: Path, *, officer: str, name: str = NAME, code: str = CODE) -> "District":
        """A new district's folder."""
        if not officer.strip():
            raise StoreError(_("没有填写经办人姓名。"), "", _("请填写姓名。"))
        store = Store.create(Path(folder), _library_of(Path(folder)))
        with store.transaction():
            received.prepare(store.connection)
            for key, value in ((ROLE, DISTRICT), ("officer", officer.strip()), ("district.name", name), ("district.code", code)):
                store.set_setting(key, value)
        (store.folder / INBOX).mkdir(exist_ok=True)
        return cls(store)

    @classmethod
    def open(cls, folder: Path) -> "District":
        """Raises StoreError where the folder is not a district's."""
        store = Store.open(Path(folder), _library_of(Path(folder)))
        if store.setting(ROLE) != DISTRICT:
            store.close()
            raise StoreError(_("这是街道的数据文件夹，不是区里的。"), _("数据没有改动。"), _("请选择区总工会的数据文件夹，或新建一个。"))
        from unionclient.workspace.district import receiving

        with store.transaction():
            received.prepare(store.connection)
        receiving.settle(store)
        return cls(store)

    @staticmethod
    def is_district(folder: Path) -> bool:
        """Whether `folder` holds a district's data; asks no lock, so it may be called before opening."""
        path = Path(folder) / DATABASE
        if not path.is_file():
            return False
        connection = driver.connect_plain(path)
        try:
            row = connection.execute("SELECT value FROM setting WHERE key = ?", (ROLE,)).fetchone()
        except driver.DatabaseFault:
            return False
        finally:
            connection.close()
        return bool(row) and row[0] == DISTRICT

    def fork(self) -> "District":
        return District(self._store.fork())

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> "District":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def officer(self) -> str:
        return self.setting("officer") or ""

    @property
    def name(self) -> str:
        return self.setting("district.name", NAME) or NAME

    @property
    def code(self) -> str:
        return self.setting("district.code", CODE) or CODE

    @property
    def inbox_folder(self) -> Path:
        return self.folder / INBOX

    def setting(self, key: str, default: str | None = None) -> str | None:
        return self._store.setting(key, default)

    def set_setting(self, key: str, value: str | None) -> None:
        with self._store.transaction():
            self._store.set_setting(key, value)

    def back_up_if_changed(self) -> Path | None:
        """A checked copy of the book if anything was written since the last one; packages lie beside it as they came."""
        head = changelog.head(self._store.connection)[1]
        if head == changelog.GENESIS or self._store.setting("backup.head") == head:
            return None
        path = backup.back_up(self._store.connection, self.folder)
        self.set_setting("backup.head", head)
        return path

    def log(self, limit: int = 200) -> list[ChangeEntry]:
        """The district's own acts, newest first."""
        return changelog.entries(self._store.connection, limit=limit)

    def label(self, ledger: str, record: str) -> str:
        """What names a record of the book's own ledgers (targets)."""
        from unionclient.workspace.naming import Names

        return Names(self._store).label(ledger, record)

    def verify_log(self) -> LogVerdict:
        return changelog.verify(self._store.connection)

    # keys and register --------------------------------------------------------------------------------------

    def bodies(self) -> tuple[Body, ...]:
        """The 17 streets and the further reporting bodies."""
        return bodies.bodies(self.library)

    def register(self) -> list[BodyState]:
        """Every body with its newest certificate (from the trust file) and its newest package."""
        from unionclient.workspace.district import keeping

        return keeping.register(self._store)

    @property
    def trust(self) -> Any:
        """The trust file in force (`submission.trust.Trust`), or None before the authority was set up."""
        from unionclient.workspace.district import keeping

        return keeping.trust_of(self._store)

    @property
    def has_authority(self) -> bool:
        return (self.folder / "authority" / "trust.uct").is_file()

    @property
    def has_key(self) -> bool:
        """Whether the district's own signing key is there."""
        return (self.folder / "signing-key.json").is_file()

    def set_up_authority(self, passphrase: str, **cheap: int) -> Path:
        """Root, the district's own signing and encryption keys, trust file, under one passphrase; returns the trust file. `cheap`: tests only."""
        from unionclient.workspace.district import keeping

        return keeping.set_up(self._store, passphrase, **cheap)

    def read_request(self, path: Path) -> Any:
        """A certificate request as brought (`submission.requests.Request`: name, code, fingerprint to compare by telephone)."""
        from unionclient.workspace.district import keeping

        return keeping.request_of(Path(path))

    def issue(self, request: Path, passphrase: str, *, confirmed: str | None = None, name: str | None = None) -> Path:
        """A certificate for a street's or body's request; returns its file (.cer) to carry back. The trust file is renewed with it."""
        from unionclient.workspace.district import keeping

        return keeping.issue(self._store, Path(request), passphrase, confirmed, name)

    def revoke(self, fingerprint: str, reason: str, passphrase: str) -> Path:
        """Puts a certificate on the list (reasons: `submission.trust.REASONS`); returns the new trust file to hand out."""
        from unionclient.workspace.district import keeping

        return keeping.revoke(self._store, fingerprint, reason, passphrase)

    def take_trust(self, path: Path, root: str | None = None) -> Any:
        """Takes the trust file of an authority kept elsewhere (`ca`, `trust make`); the first time with the root's fingerprint."""
        from unionclient.workspace.district import keeping

        return keeping.take_trust(self._store, Path(path), root)

    def renew_trust(self, passphrase: str) -> Path:
        """A trust file with a fresh revocation list, before the old one runs out."""
        from unionclient.workspace.district import keeping

        return keeping.renew(self._store, passphrase)

    def renew_encryption(self, passphrase: str) -> Path:
        """A new key for encrypted packages, before its certificate runs out after two years; returns the new trust file to hand out."""
        from unionclient.workspace.district import keeping

        return keeping.renew_encryption(self._store, passphrase)

    # inbox and receiving ------------------------------------------------------------------------------------

    def drop(self, paths: Iterable[Path]) -> list[Path]:
        """Copies files (dropped on the window, or from a stick) into the inbox; returns their places there."""
        from unionclient.workspace.district import receiving

        return receiving.drop(self._store, paths)

    def inbox_files(self) -> list[Path]:
        """The files of the inbox by name, not looked into."""
        from unionclient.workspace.district import receiving

        return receiving.files(self._store)

    def inbox(self, progress: Progress | None = None, *, passphrase: Passphrase | None = None) -> list[InboxEntry]:
        """Every file of the inbox, judged: verdict, sequence, whose it is. `passphrase` opens encrypted ones, else they stay closed."""
        from unionclient.workspace.district import receiving

        return receiving.inbox(self._store, progress, passphrase)

    def look(self, path: Path, *, passphrase: Passphrase | None = None) -> InboxEntry:
        """One file judged, wherever it lies."""
        from unionclient.workspace.district import receiving

        return receiving.look(self._store, Path(path), passphrase)

    def set_aside(self, path: Path) -> Path:
        """Moves a file that shall not be received out of the inbox, into `refused/`; returns its place there."""
        from unionclient.workspace.district import receiving

        return receiving.set_aside(self._store, Path(path))

    def preview(self, path: Path, *, passphrase: Passphrase | None = None) -> tuple[InboxEntry, tuple[Difference, ...]]:
        """One file judged and, where it is sound, its differences to the street's last accepted package; nothing is taken in."""
        from unionclient.workspace.district import receiving

        return receiving.preview(self._store, Path(path), passphrase)

    def receive(self, path: Path, *, passphrase: Passphrase | None = None) -> Reception:
        """Takes a sound package in: into `received/`, into the book, out of the inbox. What is not sound stays where it is, with the reason.

        A package received before is not taken twice: its receipt is pointed to again.
        """
        from unionclient.workspace.district import receiving

        return receiving.receive(self._store, Path(path), passphrase)

    def packages(self, *, street: str | None = None, state: str | None = None, period: str | None = None) -> list[ReceivedPackage]:
        """Received packages, newest first; `state` received, accepted or returned."""
        return received.packages(self._store.connection, street=street, state=state, period=period)

    def package(self, which: str) -> ReceivedPackage:
        """A package by its digest (8 first digits and more), package id or file name. Raises UnionClientError."""
        from unionclient.workspace.district import receiving

        return receiving.find(self._store, which)

    def package_path(self, which: str) -> Path:
        """Where the very bytes that came are kept."""
        from unionclient.workspace.district import receiving

        return receiving.place(self._store, self.package(which))

    def differences(self, which: str) -> list[Difference]:
        """A received package against the street's last accepted one before it: figures and numbers of rows."""
        from unionclient.workspace.district import receiving

        return receiving.differences(self._store, self.package(which))

    def check_words(self, note: Note) -> tuple[str, str]:
        """A finding on a package in words: (what was checked, what came out)."""
        from unionclient.workspace.district import viewing

        return viewing.check_words(note)

    def package_ledgers(self, which: str) -> list[tuple[str, str, int]]:
        """(ledger id, title, rows) of a received package's tables."""
        from unionclient.workspace.district import viewing

        return viewing.ledgers(self._store, self.package(which))

    def package_rows(self, which: str, ledger: str) -> list[RecordLine]:
        """The records of one ledger of a received package, answered or not."""
        from unionclient.workspace.district import viewing

        return viewing.rows(self._store, self.package(which), ledger)

    def record_labels(self, which: str, places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """(ledger id, record id) → its name in a received package."""
        from unionclient.workspace.district import viewing

        return viewing.labels(self._store, self.package(which), places)

    # answering ----------------------------------------------------------------------------------------------

    def remarks(self, which: str) -> list[KeptRemark]:
        """What has been noted on a package so far."""
        return received.remarks(self._store.connection, self.package(which).sha256)

    def add_remark(self, which: str, remark: Remark) -> None:
        """Notes one thing to mend on a package that is not answered yet (`submission.receipt.Remark`)."""
        from unionclient.workspace.district import answering

        answering.add_remark(self._store, self.package(which), remark)

    def drop_remark(self, which: str, remark: int) -> None:
        """Takes a remark back; `remark` is its `id`."""
        from unionclient.workspace.district import answering

        answering.drop_remark(self._store, self.package(which), remark)

    def accept(self, which: str, passphrase: Passphrase, *, note: str = "") -> Path:
        """Accepts a package: signed receipt (the path comes back), file to `accepted/`; consolidation takes it from there."""
        from unionclient.workspace.district import answering

        return answering.accept(self._store, self.package(which), passphrase, note)

    def return_(self, which: str, passphrase: Passphrase, *, remarks: Sequence[Remark] = (), note: str = "") -> Path:
        """Sends a package back with the remarks noted on it and those given: signed receipt, file to `returned/`."""
        from unionclient.workspace.district import answering

        return answering.send_back(self._store, self.package(which), passphrase, remarks, note)

    def receipt(self, which: str) -> Path:
        """The receipt of an answered package. Raises UnionClientError before it is answered."""
        from unionclient.workspace.district import answering

        return answering.receipt_path(self._store, self.package(which))

    def copy_out(self, files: Iterable[Path], folder: Path) -> list[Path]:
        """Copies what a street is to get (receipt, certificate, trust file, bundle) into `folder`, each compared with the original."""
        from unionclient.workspace.district import handing

        return handing.copy_out(files, Path(folder))

    def receipt_pdf(self, which: str, out: Path) -> Path:
        """The printable page of a receipt, written to `out`."""
        from unionclient.workspace.district import answering

        return answering.receipt_pdf(self._store, self.package(which), Path(out))

    # adding up ----------------------------------------------------------------------------------------------

    def consolidate(self, progress: Progress | None = None, *, rebuild: bool = False) -> Consolidated:
        """Brings `consolidated/` up to what lies in `accepted/`; `rebuild` throws it away first. Uses nothing but the packages."""
        from unionclient.workspace.district import consolidating

        return consolidating.consolidate(self._store, progress, rebuild)

    def periods(self) -> list[str]:
        """Period codes that any consolidated package is for, newest first."""
        from unionclient.workspace.district import adding

        return adding.periods(self._store)

    def figures(self, period: str) -> list[DistrictFigure]:
        """All figures of a period, each the sum of its bodies' numerators over the sum of their denominators."""
        from unionclient.workspace.district import adding

        return adding.figures(self._store, period)

    def missing(self, period: str) -> list[Body]:
        """Bodies without an accepted package for the period."""
        from unionclient.workspace.district import adding

        return adding.missing(self._store, period)

    def compare(self, period: str, before: str | None = None) -> list[Comparison]:
        """Figures of a period against another (the one before, of the same kind, unless named)."""
        from unionclient.workspace.district import adding

        return adding.compare(self._store, period, before)

    def figure_units(self, period: str, figure: str, street: str, side: str = "of", *, cumulative: bool = False) -> list[UnitPart]:
        """The records behind one street's figure by unit, largest first. `side`: of, per, missing."""
        from unionclient.workspace.district import unfolding

        return unfolding.units(self._store, period, figure, street, side, cumulative)

    def figure_records(self, period: str, figure: str, street: str, side: str = "of", *, unit: str | None = None,
                       cumulative: bool = False) -> list[RecordLine]:
        """The records themselves, as submitted; `unit` keeps those of one unit ("" those that name none, None all)."""
        from unionclient.workspace.district import unfolding

        return unfolding.records(self._store, period, figure, street, side, unit, cumulative)

    def consolidated_record(self, period: str, street: str, ledger: str, record: str) -> RecordLine | None:
        """One record of a body's consolidated package, as submitted."""
        from unionclient.workspace.district import viewing

        return viewing.record(self._store, period, street, ledger, record)

    def cross_checks(self, period: str, progress: Progress | None = None) -> list[CrossFinding]:
        """What only all streets together show: a unit or a person in two of them, transfers that one side does not know."""
        from unionclient.workspace.district import crosschecks

        return crosschecks.cross_checks(self._store, period, progress)

    # reports and sending down -------------------------------------------------------------------------------

    def report(self, period: str, out: Path | None = None, progress: Progress | None = None) -> Reported:
        """The district's report of a period as workbook and PDF with charts, in `out` (the folder's `reports/` unless said)."""
        from unionclient.workspace.district import reporting

        return reporting.report(self._store, period, Path(out) if out else self.folder / REPORTS, progress)

    def targets(self, year: int) -> list[tuple[str, str, Mapping[str, Any]]]:
        """(figure id, title, street code → (value, letter's number) as allocated, (value, None) as proposed, or None) for a year."""
        from unionclient.workspace.district import sending

        return sending.targets(self._store, year)

    def write_targets(self, year: int, path: Path) -> Path:
        """The table of a year's targets as a workbook, proposals filled in, to be changed and read back by `set_targets`."""
        from unionclient.workspace.district import sending

        return sending.write_targets(self._store, year, Path(path))

    def set_targets(self, year: int, path: Path) -> int:
        """Targets from a workbook of the ledger 年度目标 (目标编号, 年度, 街道, 目标值, 下达文号); returns how many stand for the year. All rows or none."""
        from unionclient.workspace.district import sending

        return sending.read_targets(self._store, year, Path(path))

    def send_down(self, year: int, passphrase: Passphrase, *, definitions: Sequence[Path] = (), note: str = "", out: Path | None = None) -> Path:
        """A signed bundle for all streets: targets of `year`, files of definitions and code lists, trust file. Raises DefinitionError with all
        mistakes where the definitions do not fit the program's."""
        from unionclient.workspace.district import sending

        return sending.send_down(self._store, year, passphrase, definitions, note, Path(out) if out else self.folder / SENT)

    def export(self, out: Path, *, parquet: bool = True, progress: Progress | None = None) -> list[Path]:
        """All consolidated packages as Parquet (or CSV) with the SQL that loads them into DuckDB (PostgreSQL); see docs/district.md."""
        from unionclient.workspace.district import exporting

        return exporting.export(self._store, Path(out), parquet, progress)


def _library_of(folder: Path) -> Library:
    own = folder / "forms"
    return load_library(own) if own.is_dir() else builtin_library()


facts_of = facts.facts_of
