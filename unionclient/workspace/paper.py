"""The verb `print_form`: records → shown text → a page layout. Masks personal data as the form asks."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from unionclient.assessment.periods import read_period
from unionclient.assessment.scoresheets import HOME, sheet_for
from unionclient.definition.faults import PrintError
from unionclient.definition.formats import mask_id, mask_phone
from unionclient.definition.identity import mask_name
from unionclient.definition.ledger import Field, Ledger, Library, PrintForm
from unionclient.definition.record import Record
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.store import attachments, changelog, records
from unionclient.store.database import Store
from unionclient.workspace import assessing
from unionclient.workspace.naming import Names

_MASKS = {"id": mask_id, "phone": mask_phone}
_PERSON = "person"
SCORE_LEDGER = "home_evaluation"


def find_form(library: Library, name: str) -> PrintForm:
    """A form by id (F03), or the roster of a ledger by id, code or title."""
    from unionclient.printing.needs import roster_of

    if name in library.forms:
        return library.forms[name]
    for ledger in library.ledgers.values():
        if name in (ledger.id, ledger.code, ledger.title, (library.chinese or library).ledgers[ledger.id].title):
            return roster_of(ledger)
    raise PrintError(_("没有表样“{name}”。").format(name=name), "", _("可打印的表：{names}，或任一台账名。").format(names=_("、").join(library.forms)))


class NothingToPrint(PrintError):
    """The ledger holds no record that the form is for."""


class Paper:
    """Resolves what a form prints; one per job, so that names and parents are read once."""

    def __init__(self, store: Store, names: Names, form: PrintForm, period: Mapping[str, Any] | None = None) -> None:
        from unionclient.printing import needs

        self._store = store
        self._names = names
        self._form = form
        self._period = period or {}
        self._ledger = store.library.ledgers[form.ledger]
        self._known: dict[tuple[str, str], Record | None] = {}
        self._wanted, self._summed = sorted(needs.paths(form)), needs.number_paths(form)
        self._tables = needs.child_tables(form)
        self._below = [sorted(needs.child_paths(table) | (needs.checklist_paths(form) if n == 0 else set())) for n, table in enumerate(self._tables)]
        self._pictures = needs.photo_fields(form)

    def rows(self, chosen: Sequence[str] | None) -> list[Any]:
        """PrintRows of the chosen record ids, or of all alive records the form is for."""
        found = self.records(chosen)
        if self._form.options.get("tally"):
            from unionclient.workspace.tallying import tally_rows

            return tally_rows(self._form, self._ledger, found, lambda record, path: self.shown(self._ledger, record, path), self._period)
        return [self._row(record) for record in found]

    def records(self, chosen: Sequence[str] | None) -> list[Record]:
        """The records that are printed, in the form's order."""
        return self._sorted(self._chosen(chosen))

    def _row(self, record: Record) -> Any:
        from unionclient.printing.sheet import PrintRow

        cells = {path: self.shown(self._ledger, record, path) for path in self._wanted}
        numbers = _numbers(record, self._summed)
        unnamed = self._form.layout == "K1" or self._form.options.get("mask_names")
        label = "" if unnamed else self._names.label_of(self._ledger, record)
        if self._form.ledger == SCORE_LEDGER and self._form.layout == "K6" and not self._form.options.get("variant"):
            opened = assessing.evaluation(self._store, record.id)
            return PrintRow(cells | _score_cells(opened, record), numbers, tuple(PrintRow(line) for line in self._score_lines(opened)), label=label)
        below = [self._children(record, table) for table in self._tables]
        tables = [tuple(self._child_row(n, child) for child in rows) for n, rows in enumerate(below)]
        first, *more = tables or [()]
        return PrintRow(cells, numbers, first, tuple(more), self._photos(record, below), label=label)

    def _child_row(self, number: int, child: Record) -> Any:
        from unionclient.printing.sheet import PrintRow

        table = self._tables[number]
        ledger = self._store.library.ledgers[table["ledger"]]
        return PrintRow({path: self.shown(ledger, child, path) for path in self._below[number]}, _numbers(child, table.get("total", ())))

    def _photos(self, record: Record, below: Sequence[Sequence[Record]]) -> tuple[Any, ...]:
        """Attached pictures in the order of the fields named; a child's are captioned with its label."""
        from unionclient.printing.sheet import Photo

        found = []
        for number, field in self._pictures:
            owners = [record] if number is None else below[number]
            for owner in owners:
                caption = "" if number is None else self._names.label_of(self._store.library.ledgers[owner.ledger], owner)
                for attachment in owner.values.get(field) or ():
                    kept = attachments.fetch(self._store.connection, attachment)
                    if kept is not None:
                        found.append(Photo(kept.content, caption or Path(kept.name).stem))
        return tuple(found)

    def blank_rows(self) -> list[Any]:
        """For a blank sheet that still carries printed words: the items of the score sheet."""
        from unionclient.printing.sheet import PrintRow

        if self._form.ledger != SCORE_LEDGER or self._form.layout != "K6" or self._form.options.get("variant"):
            return []
        sheet = sheet_for(self._store.library, HOME, dt.date.today().year)
        items = tuple(PrintRow(_item_cells(item), blank=True) for item in sheet.items.values())
        return [PrintRow({"veto_list": _veto_text(sheet.vetoes)}, {}, items, blank=True)]

    def _chosen(self, chosen: Sequence[str] | None) -> Iterable[Record]:
        if chosen is None:
            where = self._form.options.get("where")
            every = records.select(self._store.connection, self._ledger, "void = 0 ORDER BY rowid")
            return [record for record in every if where is None or where.holds(record.values, self._period)]
        found = [self._record(self._ledger.id, record) for record in chosen]
        if None in found:
            raise PrintError(_("要打印的记录已不在台账里。"), _("台账没有改动。"), _("请刷新后重新选择。"))
        return found

    def _sorted(self, found: Iterable[Record]) -> list[Record]:
        """In the form's order; records without a value come last."""
        ordered = list(found)
        for name in reversed(self._form.options.get("sort", ())):
            _sort(ordered, name)
        return ordered

    def _children(self, record: Record, table: Mapping[str, Any]) -> list[Record]:
        """The rows of a child table that belong to the record."""
        if "ledger" not in table:
            return []
        ledger, key = self._store.library.ledgers[table["ledger"]], table.get("key")
        owner = record.values.get(key) if key and key != "parent_id" else record.parent if key else record.id
        if owner is None:
            return []
        every = records.select(self._store.connection, ledger, f'"{table.get("link", "parent_id")}" = ? AND void = 0 ORDER BY rowid', (owner,))
        where = table.get("where")
        found = [child for child in every if where is None or where.holds(child.values, self._period)]
        for name in reversed(table.get("sort", ())):
            _sort(found, name)
        return found

    def _record(self, ledger: str, record: str | None) -> Record | None:
        if not record:
            return None
        key = (ledger, record)
        if key not in self._known:
            self._known[key] = next(records.select(self._store.connection, self._store.library.ledgers[ledger], "id = ?", (record,)), None)
        return self._known[key]

    def shown(self, ledger: Ledger, record: Record, path: str) -> str:
        """Text of a field or of a dotted path through references and the parent; "" where there is no value."""
        first, _, rest = path.partition(".")
        if first == "parent_id":
            parent = self._record(ledger.parent or "", record.parent)
            target = self._store.library.ledgers.get(ledger.parent or "")
            if parent is None or target is None:
                return ""
            return self.shown(target, parent, rest) if rest else self._names.label_of(target, parent)
        field = ledger.fields.get(first)
        if field is None:
            return ""
        if rest:
            other = self._record(field.ref or "", record.values.get(first))
            return self.shown(self._store.library.ledgers[field.ref], other, rest) if other else ""
        return self._masked(field, self._names.show(ledger, record, first))

    def _masked(self, field: Field, text: str) -> str:
        """Numbers of persons as the form's `mask` asks, names as `mask_names` does."""
        if self._form.options.get("mask_names") and (field.personal == "name" or field.ref == _PERSON):
            return "、".join(mask_name(name) for name in text.split("、")) if text else text
        mask = _MASKS.get(field.personal or "") if self._form.mask else None
        return mask(text) if mask and text else text

    # the score sheet ----------------------------------------------------------------------------------------

    def _score_lines(self, opened: Any) -> list[dict[str, str]]:
        fields = self._store.library.ledgers["evaluation_item"].fields
        lines = []
        for line in opened.lines:
            marks = {name: TYPES[fields[name].type].show(value, fields[name])
                     for name, value in line.values.items() if name in fields and value is not None}
            if line.values.get("na"):
                marks |= {column: _("不适用") for column in assessing.COLUMNS}
            lines.append({**_item_cells(line.item), **marks, "evidence": marks.get("deduct_reason", "")})
        return lines


def _score_cells(opened: Any, record: Record) -> dict[str, str]:
    result = opened.result
    totals = {f"{c}_total": "" if result.totals[c] is None else str(result.totals[c]) for c in assessing.COLUMNS}
    return {**totals, "veto_list": _veto_text(opened.sheet.vetoes), "veto_code": record.get("veto_code") or "",
            "final": "" if result.final is None else str(result.final), "grade": result.grade_title,
            "na_points": str(result.na_points), "bonus": str(result.bonus)}


def _numbers(record: Record, paths: Iterable[str]) -> dict[str, int | None]:
    return {path: value if isinstance(value := record.values.get(path), int) else None for path in paths}


def _sort(found: list[Record], name: str) -> None:
    """By one field, stably; `-` before its name is from the last to the first."""
    key, last = name.removeprefix("-"), name.startswith("-")
    known = sorted((r for r in found if r.values.get(key) is not None), key=lambda r: r.values[key], reverse=last)
    found[:] = known + [r for r in found if r.values.get(key) is None]


def _item_cells(item: Any) -> dict[str, str]:
    title = f"★{item.title}" if item.must else item.title
    return {"section": item.section, "code": item.code, "title": title, "points": str(item.points), "rule": item.rule}


def _veto_text(vetoes: Mapping[str, str]) -> str:
    return "\n".join(f"{code} {words}" for code, words in vetoes.items())


def print_form(store: Store, names: Names, name: str, out: Path, *, officer: str, street: str,
               chosen: Sequence[str] | None, blank: bool, period: str = "", pages: str = "", package_no: str = "", data_sha256: str = "",
               mask: bool | None = None) -> Path:
    """Writes the form as PDF to `out`; without `chosen` all alive records it is for, with `blank` an empty form.

    `period` is a period code (2017Q3): it is named on the paper, and conditions of the form rest on it. `pages` are pages of the file
    (1-3,5), all without it. `mask` covers numbers of persons or shows them, whatever the form says.
    """
    from unionclient.printing.printer import print_form as print_pages
    from unionclient.printing.sheet import PrintContext

    form = find_form(store.library, name)
    form = form if mask is None else replace(form, mask=mask)
    now = dt.datetime.now()
    time = read_period(period) if period else None
    paper = Paper(store, names, form, _dates(time, now.date()))
    rows = paper.blank_rows() if blank else paper.rows(chosen)
    if not blank and not rows:
        raise NothingToPrint(_("“{form}”没有可打印的记录。").format(form=form.title), "", _("请先录入，或打印空白表。"))
    context = PrintContext(street_name=street, union_name=_("{street}总工会").format(street=street), period_text=time.label if time else "",
                           officer="" if blank else officer, printed_at=now, package_no=package_no,
                           log_head="" if blank else changelog.head(store.connection)[1], data_sha256=data_sha256)
    return print_pages(form, store.library.ledgers[form.ledger], rows, out, context=context, library=store.library, pages=pages)


def form_records(store: Store, names: Names, name: str, text: str, limit: int, period: str = "") -> tuple[list[tuple[str, str]], int]:
    """(record id, label) of the records a form is for and whose label has all words of `text`, at most `limit`; and how many there are."""
    form = find_form(store.library, name)
    ledger = store.library.ledgers[form.ledger]
    paper = Paper(store, names, form, _dates(read_period(period) if period else None, dt.date.today()))
    words, found, count = text.split(), [], 0
    for record in paper.records(None):
        if words or len(found) < limit:
            label = names.label_of(ledger, record)
            if not all(word in label for word in words):
                continue
            if len(found) < limit:
                found.append((record.id, label))
        count += 1
    return found, count


def _dates(period: Any, today: dt.date) -> dict[str, Any]:
    """What `{ period = … }` in a condition of the form means; without a period the year that runs."""
    period = period or read_period(f"{today.year}Y")
    return {"begins": period.begins, "ends": period.ends, "cutoff": period.cutoff, "year": period.year,
            "year_begins": period.year_begins, "today": today}
