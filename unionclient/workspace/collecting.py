"""Forms for the units to fill, and hundreds of them taken back: who answered, what is new, what is in doubt, what to send back.

A returned file is known by its hidden layout, whatever it is called; without it by its headings and the unit it names. Each file
is one transaction, so one undo step. Nothing is written before `apply`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from unionclient.definition.faults import UnionClientError
from unionclient.definition.formats import name_key
from unionclient.definition.issue import Level
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.record import Record
from unionclient.definition.words import CHINESE, _, language, speaking
from unionclient.sheets.book import Book, Sheet, shown
from unionclient.sheets.plan import ImportPlan
from unionclient.sheets.templates import LIST_SHEET, MARK_SHEET, Layout, Page, layout_of, write_template
from unionclient.store import records
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.store.tables import quoted
from unionclient.workspace import importing
from unionclient.workspace.naming import Names

SENT = "collect.sent"
"""Setting: the last forms that went out, as JSON {"at", "ledgers", "units"}."""
KINDS = (".xlsx", ".xls", ".xlsb", ".et", ".ods", ".csv")


@dataclass(frozen=True, slots=True)
class Returned:
    """One file that came back. `unit` is "" where nobody can say whose it is; `problem` why it could not be read at all."""

    file: str
    unit: str
    unit_name: str
    plans: tuple[ImportPlan, ...]
    problem: str = ""
    doubts: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        return sum(plan.new for plan in self.plans)

    @property
    def changed(self) -> int:
        return sum(plan.changed for plan in self.plans)

    @property
    def same(self) -> int:
        return sum(plan.same for plan in self.plans)

    @property
    def rejected(self) -> int:
        return sum(plan.rejected for plan in self.plans)

    @property
    def faults(self) -> int:
        """Findings that must be mended or explained, besides the rows that stay out."""
        return sum(f.level in (Level.BLOCK, Level.EXPLAIN) for plan in self.plans for f in plan.findings)

    @property
    def may_apply(self) -> bool:
        return bool(self.unit) and not self.problem and bool(self.new + self.changed)


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder of returned files, and the units that were asked and have not answered: (id, name)."""

    files: tuple[Returned, ...]
    missing: tuple[tuple[str, str], ...]
    folder: Path | None = None
    language: str = CHINESE                 # its findings are in

    @property
    def answered(self) -> int:
        return len({f.unit for f in self.files if f.unit and not f.problem})


def may_collect(ledger: Ledger) -> bool:
    """True for a ledger that a unit can fill: its rows belong to a unit or a union, and to no other record."""
    return ledger.parent is None and ledger.id not in ("unit", "union_org") and any(_whose(ledger))


def _whose(ledger: Ledger) -> tuple[str | None, str | None]:
    """The fields that say whose a row is: (unit, union)."""
    unit = next((f.id for f in ledger.live_fields if f.ref == "unit"), None)
    return unit, next((f.id for f in ledger.live_fields if f.ref == "union_org" and f.id in ("union_id", "organiser_union_id", "owner_union_id")), None)


# -- forms that go out -----------------------------------------------------------------------------------------

def write_templates(store: Store, names: Names, officer: str, ledgers: Sequence[str], units: Sequence[str] | None, folder: Path) -> list[Path]:
    """A workbook for every unit (None: all that stand) with a sheet for each ledger, what is known filled in."""
    chosen = [store.library.ledgers[name] for name in ledgers]
    for ledger in chosen:
        if not may_collect(ledger):
            raise UnionClientError(_("{ledger}不是按单位填报的台账。").format(ledger=ledger.title), _("没有写出文件。"), _("请选择有单位或工会一栏的台账。"))
    folder.mkdir(parents=True, exist_ok=True)
    asked = [u for u in records.select(store.connection, store.library.ledgers["unit"], "void = 0 ORDER BY rowid")
             if (u.id in units if units is not None else u["biz_status"] not in ("3", "4"))]
    if not asked:
        raise UnionClientError(_("没有选中单位。"), _("没有写出文件。"), _("请先登记或选择单位。"))
    paths = _forms(store, names, ledgers, asked, folder)
    with store.transaction():
        store.set_setting(SENT, json.dumps({"at": now_text(), "ledgers": list(ledgers), "units": [u.id for u in asked]}))
        store.mark("template", SENT, who=officer, verb="collect", title=_("发出填报表{n}份").format(n=len(paths)), facts={"ledgers": list(ledgers), "units": len(paths)})
    return paths


@speaking(CHINESE)
def _forms(store: Store, names: Names, ledgers: Sequence[str], asked: Sequence[Record], folder: Path) -> list[Path]:
    """The units read Chinese, whatever the window speaks."""
    chosen = [store.library.ledgers[name] for name in ledgers]
    tables = {ledger.id: (importing.table_rows(store, names, ledger), _owners(store, ledger)) for ledger in chosen}
    paths = []
    for unit in asked:
        union = _union_of(store, unit.id)
        pages = [_page(ledger, *tables[ledger.id], unit.id, union) for ledger in chosen]
        paths.append(write_template(folder / f"{_file_name(unit['name'])}_填报表.xlsx", unit.id, unit["name"], pages))
    return paths


def _owners(store: Store, ledger: Ledger) -> dict[str, tuple[str | None, str | None]]:
    """Record id → (unit, union) it belongs to."""
    columns = [quoted(name) if name else "NULL" for name in _whose(ledger)]
    return {row[0]: (row[1], row[2]) for row in store.connection.execute(
        f"SELECT id, {', '.join(columns)} FROM {quoted(ledger.id)} WHERE void = 0")}


def _page(ledger: Ledger, rows: Sequence[Sequence[Any]], owners: Mapping[str, tuple[str | None, str | None]], unit: str, union: str | None) -> Page:
    kept = [n for n, field in enumerate(ledger.live_fields) if _asked(ledger, field)]
    own = [row for row in rows if (owner := owners.get(row[-1])) and (owner[0] == unit or owner[0] is None and union and owner[1] == union)]
    return Page(ledger.id, ledger.title, [ledger.live_fields[n] for n in kept], [[*(row[n] for n in kept), row[-1]] for row in own], ledger.help)


def _asked(ledger: Ledger, field: Field) -> bool:
    """Fields that a unit fills: not whose the row is, nothing the program or the street puts in."""
    return field.id not in _whose(ledger) and field.computed is None and not field.readonly and field.type != "attachment" and not (
        ledger.status and field.id == ledger.status.field)


def _union_of(store: Store, unit: str) -> str | None:
    """The union a unit's people belong to: its own, else the one that covers it."""
    row = store.connection.execute("SELECT id FROM union_org WHERE unit_id = ? AND void = 0 AND dissolved_on IS NULL ORDER BY rowid DESC",
                                   (unit,)).fetchone() or store.connection.execute(
        "SELECT union_id FROM union_coverage WHERE unit_id = ? AND void = 0 AND covered_to IS NULL ORDER BY rowid DESC", (unit,)).fetchone()
    return row[0] if row else None


def _file_name(name: str) -> str:
    return "".join("_" if sign in '\\/:*?"<>|\n\t' else sign for sign in name).strip(" .")[:60] or "单位"


# -- forms that come back --------------------------------------------------------------------------------------

def collect(store: Store, names: Names, folder: Path, progress: Any = None) -> Collection:
    """The dry run of every file of a folder and its subfolders; temporary files of Office and WPS are passed over."""
    if not folder.is_dir():
        raise UnionClientError(_("没有文件夹“{name}”。").format(name=folder.name), "", _("请选择放着交回文件的文件夹。"))
    sent = json.loads(store.setting(SENT) or "{}")
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() in KINDS and not p.name.startswith(("~$", ".~")))
    files = []
    for done, path in enumerate(paths):
        if progress:
            progress(_("读取{name}").format(name=path.name), done, len(paths))
        files.append(_read(store, names, path, folder, sent.get("ledgers", ())))
    files = _doubled(files)
    there = {f.unit for f in files if f.unit and not f.problem}
    missing = [(unit, names.label("unit", unit)) for unit in sent.get("units", ()) if unit not in there]
    return Collection(tuple(files), tuple(missing), folder, language())


def _read(store: Store, names: Names, path: Path, folder: Path, expected: Sequence[str]) -> Returned:
    from unionclient.sheets.reader import read_book

    shown_name = str(path.relative_to(folder))
    try:
        book = read_book(path)
        layout = layout_of(book) or _guess(store, names, book, expected)
        if layout is None:
            return Returned(shown_name, "", "", (), _("认不出是哪个单位的填报表"))
        doubts = [] if _alive(store, layout.unit) else [_("这个单位已经作废或不在台账里")]
        plans = tuple(_plan(store, names, book, layout, ledger) for ledger in dict.fromkeys(layout.ledgers.values()) if ledger in store.library.ledgers)
        doubts += [note for plan in plans for note in plan.notes]
        doubts += [_("{title}里没有填写内容").format(title=store.library.ledgers[p.ledger].title) for p in plans if not p.rows]
        return Returned(shown_name, layout.unit if _alive(store, layout.unit) else "", layout.unit_name, plans, "", tuple(dict.fromkeys(doubts)))
    except UnionClientError as error:
        return Returned(shown_name, "", "", (), error.what)


def _alive(store: Store, unit: str) -> bool:
    return store.connection.execute("SELECT 1 FROM unit WHERE id = ? AND void = 0", (unit,)).fetchone() is not None


def _plan(store: Store, names: Names, book: Book, layout: Layout, ledger: str) -> ImportPlan:
    from unionclient.sheets.importer import plan_import

    definition = store.library.ledgers[ledger]
    unit_field, union_field = _whose(definition)
    given = {name: value for name, value in ((unit_field, layout.unit), (union_field, _union_of(store, layout.unit))) if name and value}
    mine = {name for name, owner in layout.ledgers.items() if owner == ledger}
    others = {name for name, owner in layout.ledgers.items() if owner != ledger} | {MARK_SHEET, LIST_SHEET}
    sheets = tuple(s for s in book.sheets if s.name in mine) or tuple(s for s in book.sheets if s.name not in others)
    lookup = importing.StoreLookup(store, names, store.setting("street") or "")
    try:
        return plan_import(definition, store.library, replace(book, sheets=_without_mark(sheets)), lookup, given=given)
    except UnionClientError as error:
        return ImportPlan(ledger, book.name, book.sha256, "", 0, 0, 0, 0, (), (), (), (), {}, (error.what,))


def _without_mark(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in sheets if sheet.name not in (MARK_SHEET, LIST_SHEET))


def _guess(store: Store, names: Names, book: Book, expected: Sequence[str]) -> Layout | None:
    """A file whose hidden sheet is gone: the ledger whose headings it bears most, and the unit it names in its first lines or its name."""
    from unionclient.sheets.layout import find_layout, heading_targets

    best: tuple[int, str] = (0, "")
    for ledger in expected or [name for name, found in store.library.ledgers.items() if may_collect(found)]:
        words = heading_targets(store.library.ledgers[ledger], store.library)
        hits = max((len(found.mapped) for sheet in book.sheets if (found := find_layout(sheet, words, None))), default=0)
        best = max(best, (hits, ledger))
    if best[0] < 3:
        return None
    words = [shown(cell) for sheet in book.sheets for row in sheet.first_rows(3) for cell in row if cell is not None]
    said = " ".join([*words, book.name])
    key = name_key(said) or ""
    units = [(unit, name) for unit, name in names.labels("unit").items() if (named := name_key(name)) and named in key]
    if not units:
        return None
    unit, name = max(units, key=lambda pair: len(pair[1]))
    return Layout(unit, name, {sheet.name: best[1] for sheet in book.sheets})


def _doubled(files: Sequence[Returned]) -> list[Returned]:
    """Two files of one unit: both are shown, the later by name with a word of it."""
    seen: dict[str, str] = {}
    told = []
    for found in files:
        if found.unit and found.unit in seen:
            found = replace(found, doubts=(_("这个单位还交了“{file}”，请核对以哪一份为准").format(file=seen[found.unit]), *found.doubts))
        elif found.unit:
            seen[found.unit] = found.file
        told.append(found)
    return told


@speaking(CHINESE)
def write_letters(store: Store, names: Names, collection: Collection, folder: Path) -> list[Path]:
    """For every unit with faults a workbook to send back: the rows that stayed out, and a list of all faults with how to mend them.

    The units read Chinese: files that were read in another language are read once more.
    """
    from unionclient.sheets.letters import write_letter

    if collection.language != CHINESE and collection.folder is not None:
        asked = {found.file for found in collection.files}
        again = collect(store, names, collection.folder)
        collection = replace(again, files=tuple(found for found in again.files if found.file in asked))
    folder.mkdir(parents=True, exist_ok=True)
    titles = {name: ledger.title for name, ledger in store.library.ledgers.items()}
    return [write_letter(folder / f"{_file_name(found.unit_name or Path(found.file).stem)}_请改正.xlsx", found.unit_name, found.plans, titles)
            for found in collection.files if found.rejected or found.faults]
