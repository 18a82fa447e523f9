"""`Workspace`: open data folder, verbs for reading, writing, undo; the longer verbs lie in the modules beside.

Every writing verb is one transaction and one undo step and returns `Changes`; it knows no window.
"""

import datetime as dt
import json
import mimetypes
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.assessment.periods import read_period
from unionclient.definition.condition import Condition
from unionclient.definition.faults import StoreError, UndoError, UnionClientError
from unionclient.definition.issue import Issue
from unionclient.definition.ledger import PARENT, Code, Ledger, Library, PrintForm
from unionclient.definition.library import builtin_library, load_library
from unionclient.definition.pinyin import is_pinyin, ranked
from unionclient.definition.memory import uncollected
from unionclient.definition.record import Record, Write
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.sheets.plan import ImportPlan
from unionclient.store import attachments, backup, changelog, records
from unionclient.store.changelog import ChangeEntry, LogVerdict, uuid7
from unionclient.store.database import DATABASE, Changes, Store
from unionclient.store.tables import quoted
from unionclient.validation.explanations import Explanation
from unionclient.validation.rules import judge_row
from unionclient.workspace import checking, findings, following, importing, joining, paper, reminding
from unionclient.workspace.bundle_verbs import BundleVerbs
from unionclient.workspace.collect_verbs import CollectVerbs
from unionclient.workspace.checking import CheckReport, Finding
from unionclient.workspace.figure_verbs import FigureVerbs
from unionclient.workspace.filling import Filler
from unionclient.workspace.key_verbs import KeyVerbs
from unionclient.workspace.naming import Names
from unionclient.workspace.rekey_verbs import RekeyVerbs
from unionclient.workspace.reminding import Due
from unionclient.workspace.report_verbs import ReportVerbs
from unionclient.workspace.score_verbs import ScoreVerbs

Progress = Callable[[str, int, int], None]
"""Called with (what is being done, done, total); raising from it cancels the verb."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One record as typed: `id` None makes a new one; values are typed texts or Python values."""

    id: str | None
    values: Mapping[str, Any]
    parent: str | None = None


class Workspace(FigureVerbs, ScoreVerbs, KeyVerbs, ReportVerbs, BundleVerbs, CollectVerbs, RekeyVerbs):
    """One street's data folder. `create` or `open` it; `fork` gives a twin for a worker thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._names = Names(store)
        self._steps = changelog.Steps()
        self._written = ""      # the last step that was written here, so that its news are none
        self.folder: Path = store.folder

    @property
    def library(self) -> Library:
        """The definitions, in the language spoken now."""
        return self._store.library

    # opening ------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, folder: Path, *, street: str, officer: str, library: Library | None = None) -> "Workspace":
        """A new data folder for a street (its 9-digit code) or a further reporting body (D01 …), and an officer."""
        library = library or _library_of(folder)
        if street not in _reporting(library):
            raise StoreError(_("没有代码为“{street}”的街道。").format(street=street), "", _("请从17个街道和其他报送单位中选择。"))
        if not officer.strip():
            raise StoreError(_("没有填写经办人姓名。"), "", _("请填写姓名。"))
        workspace = cls(Store.create(folder, library))
        with workspace._store.transaction():
            workspace._store.set_setting("street", street)
            workspace._store.set_setting("officer", officer.strip())
        return workspace

    @classmethod
    def open(cls, folder: Path, *, library: Library | None = None) -> "Workspace":
        return cls(Store.open(folder, library or _library_of(folder)))

    @staticmethod
    def exists(folder: Path) -> bool:
        return (folder / DATABASE).is_file()

    def fork(self) -> "Workspace":
        return Workspace(self._store.fork())

    def close(self) -> None:
        self._store.close()

    def break_off(self) -> None:
        """Ends the statement that is running; called from another thread, for a fork that only reads."""
        self._store.connection.interrupt()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def street(self) -> Code:
        return _reporting(self.library)[self.setting("street", "") or ""]

    @property
    def officer(self) -> str:
        return self.setting("officer", "") or ""

    def setting(self, key: str, default: str | None = None) -> str | None:
        return self._store.setting(key, default)

    def set_setting(self, key: str, value: str | None) -> None:
        """A setting that figures rest on is logged, so that a changed reading can be traced."""
        with self._store.transaction():
            before = self._store.setting(key)
            self._store.set_setting(key, value)
            if before != value and not key.startswith("ui."):
                self._store.mark("setting", key, who=self.officer, verb="setting", title=_("修改设置"),
                                 facts={"before": before, "after": value})

    # reading ------------------------------------------------------------------------------------------------

    def find(self, ledger: str, *, search: str = "", where: Condition = Condition(),
             order: Sequence[tuple[str, bool]] = ()) -> array:
        """Rowids of the alive records, sorted and filtered by SQL; `order` is (field, ascending)."""
        return records.find(self._store.connection, self.library, self.library.ledgers[ledger], search, where, order)

    def rows(self, ledger: str, rowids: Sequence[int]) -> list[Record]:
        """Records in the order of `rowids`; those gone meanwhile are left out."""
        found: dict[int, Record] = {}
        for start in range(0, len(rowids), 500):
            part = list(rowids[start:start + 500])
            marks = ", ".join("?" * len(part))
            found |= {r.rowid: r for r in records.select(self._store.connection, self.library.ledgers[ledger],
                                                         f"rowid IN ({marks})", part)}
        return [found[rowid] for rowid in rowids if rowid in found]

    def record(self, ledger: str, record: str) -> Record | None:
        return next(records.select(self._store.connection, self.library.ledgers[ledger], "id = ?", (record,)), None)

    def children(self, ledger: str, parent: str) -> list[Record]:
        return list(records.select(self._store.connection, self.library.ledgers[ledger],
                                   "parent_id = ? AND void = 0 ORDER BY rowid", (parent,)))

    def records(self, ledger: str, *, where: Condition = Condition()) -> list[Record]:
        """All alive records, in the order they were entered."""
        sql, values = where.where(lambda name: f"t.{quoted(name)}")
        return list(records.select(self._store.connection, self.library.ledgers[ledger],
                                   f"void = 0 AND {sql} ORDER BY rowid", values))

    def count(self, ledger: str) -> int:
        return self._store.connection.execute(f"SELECT count(*) FROM {quoted(ledger)} WHERE void = 0").fetchone()[0]

    def show(self, ledger: str, record: Record, name: str) -> str:
        return self._names.show(self.library.ledgers[ledger], record, name)

    def label(self, ledger: str, record: str | None) -> str:
        return self._names.label(ledger, record)

    def choices(self, ledger: str, text: str, limit: int = 50) -> list[tuple[str, str]]:
        """(id, label) of records whose columns contain `text`, or whose label is spelt so in pinyin; for a reference field."""
        found = self.rows(ledger, self.find(ledger, search=text)[:limit])
        chosen = [(r.id, self._names.label_of(self.library.ledgers[ledger], r)) for r in found]
        if len(chosen) < limit and is_pinyin(text):
            known = {record for record, _ in chosen}
            spelt = ranked(self._names.labels(ledger).items(), text, lambda pair: (pair[1],))
            chosen += [pair for pair in spelt if pair[0] not in known]
        return chosen[:limit]

    def earlier_texts(self, field: str, limit: int = 500) -> list[str]:
        """What was typed before into fields of this name that repeat, in any ledger, the most frequent first."""
        columns = [(l.id, field) for l in self.library.ledgers.values() if field in l.fields and l.fields[field].repeats]
        return records.earlier_texts(self._store.connection, columns, limit) if columns else []

    def heard(self, changes: Changes) -> None:
        """Told of what was written: what a twin (`fork`) wrote may have changed names of those ledgers."""
        if changes.txn != self._written:
            self._names.forget(set(changes.ledgers))

    # writing ------------------------------------------------------------------------------------------------

    def save(self, ledger: str, edits: Sequence[Edit], *, title: str = "", reason: str = "", verb: str = "save") -> Changes:
        """Saves typed values of one or many records as one step. Never refuses: faults are kept and shown."""
        definition = self.library.ledgers[ledger]
        with self._store.transaction():
            filler = self._filler()
            writes = [self._read_edit(definition, edit, filler) for edit in edits]
            new = sum(w.is_new for w in writes)
            made = _("新增{ledger}{n}条") if new == len(writes) else _("修改{ledger}{n}条")
            told = title or made.format(ledger=definition.title, n=len(writes))
            return self._write(writes, verb=verb, title=told, reason=reason)

    def _write(self, writes: Sequence[Write], *, verb: str, title: str, reason: str = "", origin: str = "manual",
               batch: str | None = None) -> Changes:
        """Writes and, in the same step, links waiting names to the records that now bear them, and does what follows by itself."""
        connection, library = self._store.connection, self.library
        stood = following.stood_before(connection, library, writes)
        writes = following.hold_to_steps(connection, library, writes, jumps=origin == "import")
        done = records.write(connection, library, writes, who=self.officer, origin=origin, batch=batch)
        renamed = self._names.renamed(done)
        self._names.forget(renamed)
        links = self._links_to(renamed)
        if links:
            stood = {**following.stood_before(connection, library, links), **stood}
            done += records.write(connection, library, links, who=self.officer, origin=origin)
        also = following.carry(connection, library, [*writes, *links], stood, self._filler(), self.officer)
        self._names.forget(self._names.renamed([change for part in also for change in part[1]]))
        changes = self._store.log(done, who=self.officer, verb=verb, title=title, reason=reason, also=also)
        self._written = changes.txn
        return changes

    def _links_to(self, targets: set[str]) -> list[Write]:
        """References typed as a name nobody bore then, and somebody bears now."""
        writes = []
        for ledger in self.library.ledgers.values() if targets else ():
            for field in ledger.live_fields:
                if field.type != "reference" or field.ref not in targets:
                    continue
                waiting = self._store.connection.execute(
                    f"SELECT id, raw FROM {quoted(ledger.id)} WHERE raw IS NOT NULL AND void = 0 "
                    "AND json_extract(raw, '$.' || ?) IS NOT NULL", (field.id,)).fetchall()
                for record, raw in waiting:
                    target = self._names.resolve(field.ref, json.loads(raw)[field.id])
                    if target:
                        writes.append(Write(ledger.id, record, False, {field.id: target}))
        return writes

    def _filler(self) -> Filler:
        return Filler(self._store, self._names, self.setting("street", "") or "")

    def _read_edit(self, ledger: Ledger, edit: Edit, filler: Filler) -> Write:
        values, raw = self._read_values(ledger, {name: typed for name, typed in edit.values.items() if name != PARENT})
        parent = self._parent_of(ledger, edit.values[PARENT]) if PARENT in edit.values else edit.parent
        if edit.id is not None:
            return Write(ledger.id, edit.id, False, values, raw, parent)
        record = uuid7()
        return Write(ledger.id, record, True, filler.fill(ledger, record, values, raw, parent), raw, parent)

    def _parent_of(self, ledger: Ledger, typed: Any) -> str | None:
        """The record that a child row is said to hang on. A name nobody bears is refused: there is nowhere to keep it."""
        title = self.library.ledgers[ledger.parent].title if ledger.parent else ""
        found = self._names.resolve(ledger.parent, str(typed).strip()) if ledger.parent and typed else None
        if typed and found is None:
            raise UnionClientError(_("没有找到名为“{typed}”的{title}。").format(typed=typed, title=title), _("这一格没有改动。"), _("请从列表中选择，或先登记{title}。").format(title=title))
        return found

    def _read_values(self, ledger: Ledger, typed: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        values: dict[str, Any] = {}
        raw: dict[str, str] = {}
        for name, text in typed.items():
            field = ledger.fields.get(name)
            if field is None:
                raise UnionClientError(_("{ledger}没有字段“{name}”。").format(ledger=ledger.title, name=name), _("没有保存。"), _("请更新程序或定义文件。"))
            if field.computed is not None:
                continue
            if field.type == "reference" and isinstance(text, str) and text.strip():
                values[name] = self._names.resolve(field.ref, text.strip())
                if values[name] is None:
                    raw[name] = text.strip()
                continue
            reading = TYPES[field.type].parse(text, field)
            values[name] = reading.value
            if reading.problem:
                raw[name] = str(text)
        return values, raw

    def try_values(self, ledger: str, typed: Mapping[str, Any], record: str | None = None,
                   parent: str | None = None) -> tuple[Record, list[Issue]]:
        """What saving `typed` would give, and what would be wrong with it. Nothing is saved."""
        definition = self.library.ledgers[ledger]
        before = self.record(ledger, record) if record else None
        typed = {name: text for name, text in typed.items() if name != PARENT}
        values, raw = self._read_values(definition, typed)
        kept = {n: t for n, t in (before.raw if before else {}).items() if n not in typed}
        full = {**dict.fromkeys(definition.fields), **(before.values if before else {}), **values}
        row = Record(ledger, record or "", full, {**kept, **raw}, parent or (before.parent if before else None))
        return row, self.issues(row)

    def next_steps(self, ledger: str, record: str | None) -> tuple[str, ...] | None:
        """The states the record's status may take, its own first; None where any may be chosen (new, or no status machine)."""
        steps = self.library.ledgers[ledger].status
        row = self.record(ledger, record) if steps and record else None
        before = row.values.get(steps.field) if row else None
        return None if before is None else (before, *steps.steps.get(before, ()))

    def retire(self, ledger: str, ids: Sequence[str], reason: str) -> Changes:
        """作废: the records leave all lists and figures but stay in the history."""
        return self._set_void(ledger, ids, True, reason)

    def restore(self, ledger: str, ids: Sequence[str], reason: str = "") -> Changes:
        return self._set_void(ledger, ids, False, reason)

    def twins(self, ledger: str, record: str) -> list[Record]:
        """Other records that seem to be of the same thing, most alike first."""
        row = self.record(ledger, record)
        return joining.twins(self._store, self.library.ledgers[ledger], row) if row else []

    def join(self, ledger: str, keep: str, gone: str, values: Mapping[str, Any]) -> Changes:
        """Two records become one, in one step: `keep` takes `values` and all that hung on `gone`, which is retired."""
        definition, connection = self.library.ledgers[ledger], self._store.connection
        name = self.label(ledger, keep)
        with self._store.transaction():
            done = records.write(connection, self.library, joining.writes(self._store, definition, keep, gone, values),
                                 who=self.officer, origin="manual")
            done.append(records.set_columns(connection, definition, gone, {"void": 1, "void_reason": f"并入“{name}”"}, self.officer))
            changes = self._store.log(done, who=self.officer, verb="join", title=_("合并{ledger}“{name}”").format(ledger=definition.title, name=name))
        self._names.forget(set(changes.ledgers))
        return changes

    def _set_void(self, ledger: str, ids: Sequence[str], void: bool, reason: str) -> Changes:
        with self._store.transaction():
            changes = self._store.set_void(ledger, ids, void, who=self.officer, reason=reason)
        self._names.forget(set(changes.ledgers))
        return changes

    # undo and history ---------------------------------------------------------------------------------------

    @property
    def undo_title(self) -> str | None:
        done, _undone = self._steps.read(self._store.connection)
        return done[-1].title if done else None

    @property
    def redo_title(self) -> str | None:
        _done, undone = self._steps.read(self._store.connection)
        return undone[-1].title if undone else None

    def undo(self) -> Changes:
        return self._take_back("undo", 0, _("没有可以撤销的操作。"))

    def redo(self) -> Changes:
        return self._take_back("redo", 1, _("没有可以重做的操作。"))

    @uncollected()
    def _take_back(self, verb: str, stack: int, nothing: str) -> Changes:
        with self._store.transaction():
            waiting = self._steps.read(self._store.connection)[stack]
            if not waiting:
                raise UndoError(nothing)
            changes = self._store.take_back(waiting[-1], who=self.officer, verb=verb)
        self._names.forget(set(changes.ledgers))
        return changes

    def history(self, ledger: str, record: str) -> list[ChangeEntry]:
        return changelog.entries(self._store.connection, "ledger = ? AND record = ?", (ledger, record))

    def log(self, limit: int = 200) -> list[ChangeEntry]:
        return changelog.entries(self._store.connection, limit=limit)

    def verify_log(self) -> LogVerdict:
        return changelog.verify(self._store.connection)

    def back_up_if_changed(self) -> Path | None:
        """A checked copy of the store if anything was written since the last one; before imports and on closing the window."""
        head = changelog.head(self._store.connection)[1]
        if head == changelog.GENESIS or self._store.setting("backup.head") == head:
            return None
        path = backup.back_up(self._store.connection, self.folder)
        with self._store.transaction():
            self._store.set_setting("backup.head", head)
        return path

    # attachments --------------------------------------------------------------------------------------------

    def attach(self, ledger: str, record: str, name: str, path: Path) -> Changes:
        """Takes a file into the store and hangs it on the field `name` of the record."""
        attachment = attachments.read_file(path, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        row = self.record(ledger, record)
        with self._store.transaction():
            attachments.keep(self._store.connection, attachment, self.officer)
            values = {name: (*(row.values.get(name) or ()), attachment.id)}
            return self._write([Write(ledger, record, False, values)], verb="attach", title=_("添加附件"))

    def attachment(self, attachment: str) -> attachments.Attachment | None:
        return attachments.fetch(self._store.connection, attachment)

    # what to do first -----------------------------------------------------------------------------------------

    @property
    def working_day(self) -> dt.date:
        """Today, or the end of the year one works on where that is over."""
        return reminding.working_day(self._store)

    def due(self, day: dt.date | None = None) -> tuple[Due, ...]:
        """What is overdue or falls due soon, as the definitions remind of it."""
        return reminding.due(self._store, self._names, day or self.working_day)

    # checking -----------------------------------------------------------------------------------------------

    def issues(self, record: Record) -> list[Issue]:
        """Row rules only; the checks over several ledgers are `check`'s."""
        ledger = self.library.ledgers[record.ledger]
        return judge_row(ledger, record.values, record.raw, record=record.id or None,
                         orphan=ledger.lacks_parent(record.parent, record.values))

    def check(self, ledger: str | None = None, progress: Progress | None = None, period: str = "") -> CheckReport:
        """Runs every rule and check as of today, or as of the cutoff of a period such as 2017Y."""
        return checking.check(self._store, self._names, self.officer, ledger, progress, read_period(period) if period else None)

    def last_check(self) -> CheckReport | None:
        return checking.last_check(self._store, self._names)

    def recheck(self, ledger: str, record: str, progress: Progress | None = None, period: str = "") -> tuple[Issue, ...]:
        """What stands against one record now; the last check stays as it is."""
        return findings.recheck(self._store, self._names, (ledger, record), progress, read_period(period) if period else None)

    def units_of(self, found: Sequence[Finding]) -> Mapping[tuple[str, str], str]:
        """(ledger, record) → name of its unit, for the findings' records that belong to one."""
        return findings.units_of(self._store, self._names, found)

    def earlier_explanations(self, found: Sequence[Finding]) -> Mapping[str, Explanation]:
        """Finding key → what was said of the same record and rule before a value changed; it does not hold any more."""
        return findings.earlier_explanations(self._store, found)

    def explain(self, found: Sequence[Finding], text: str) -> int:
        """Explains findings that do not block; raises `ExplanationError` when the text says nothing."""
        return checking.explain(self._store, self.officer, found, text)

    # paper and files ----------------------------------------------------------------------------------------

    def plan_import(self, ledger: str, path: Path, *, mapping: Mapping[str, Any] | None = None,
                    answers: Mapping[tuple[str, str], str] | None = None, progress: Progress | None = None) -> ImportPlan:
        """The dry run of a workbook: counts, findings, writes. `mapping`: heading → (ledger, field) or None."""
        if progress:
            progress(_("读取文件"), 0, 2)
        plan = importing.plan(self._store, self._names, ledger, Path(path), mapping=mapping, answers=answers)
        if mapping is not None:
            with self._store.transaction():
                importing.remember(self._store, plan, mapping)
        return plan

    @uncollected()
    def apply_import(self, plan: ImportPlan) -> Changes:
        """Writes a plan in one transaction: one undo step."""
        title = _("导入{title}（新增{new}，修改{changed}）").format(title=self.library.ledgers[plan.ledger].title, new=plan.new, changed=plan.changed)
        self.back_up_if_changed()
        with self._store.transaction():
            batch = uuid7()
            importing.keep_batch(self._store, plan, batch, self.officer)
            return self._write(importing.writes_of(plan), verb="import", title=title, origin="import", batch=batch)

    def write_corrections(self, plan: ImportPlan, path: Path) -> Path:
        """The rejected rows with a red 问题 column, to be mended and imported again."""
        from unionclient.sheets.corrections import write_corrections

        return write_corrections(plan, Path(path))

    def export(self, ledger: str, path: Path) -> int:
        """Writes a ledger as a workbook; returns the number of rows."""
        return importing.export(self._store, self._names, ledger, Path(path))

    def forms_for(self, ledger: str) -> list[PrintForm]:
        return [form for form in self.library.forms.values() if form.ledger == ledger]

    def print_form(self, form: str, out: Path, *, records: Sequence[str] | None = None, blank: bool = False,
                   period: str = "", pages: str = "") -> Path:
        """Writes a form (or the roster of a ledger) as PDF: chosen records, all it is for (in a period), or blank; or some of its pages."""
        return paper.print_form(self._store, self._names, form, out, officer=self.officer, street=self.street.title,
                                chosen=records, blank=blank, period=period, pages=pages)

    def form_records(self, form: str, text: str = "", limit: int = 50, *, period: str = "") -> tuple[list[tuple[str, str]], int]:
        """(id, label) of the records a form is for, found by `text`, and how many there are."""
        made = paper.find_form(self.library, form)
        if "where" not in made.options:
            return self.choices(made.ledger, text, limit), self.count(made.ledger)
        return paper.form_records(self._store, self._names, form, text, limit, period)


def _reporting(library: Library) -> Mapping[str, Code]:
    """Who may hand in to the district: streets, and the bodies beside them."""
    bodies = library.codes.get("reporting_body")
    return {**library.codes["street"].codes, **(bodies.codes if bodies else {})}


def _library_of(folder: Path) -> Library:
    """The program's definitions, with those an office put into `forms/` of its data folder."""
    own = folder / "forms"
    return load_library(own) if own.is_dir() else builtin_library()
