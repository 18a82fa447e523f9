"""The verb `print_form`: records → shown text → a page layout. Masks personal data as the form asks."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from unionclient.assessment.scoresheets import HOME, sheet_for
from unionclient.definition.faults import PrintError
from unionclient.definition.formats import mask_id, mask_phone
from unionclient.definition.ledger import Ledger, Library, PrintForm
from unionclient.definition.record import Record
from unionclient.definition.values import TYPES
from unionclient.store import changelog, records
from unionclient.store.database import Store
from unionclient.workspace import assessing
from unionclient.workspace.naming import Names

_MASKS = {"id": mask_id, "phone": mask_phone}
SCORE_LEDGER = "home_evaluation"


def find_form(library: Library, name: str) -> PrintForm:
    """A form by id (F03), or the roster of a ledger by id, code or title."""
    from unionclient.printing.needs import roster_of

    if name in library.forms:
        return library.forms[name]
    for ledger in library.ledgers.values():
        if name in (ledger.id, ledger.code, ledger.title):
            return roster_of(ledger)
    raise PrintError(f"没有表样“{name}”。", "", f"可打印的表：{'、'.join(library.forms)}，或任一台账名。")


class Paper:
    """Resolves what a form prints; one per job, so that names and parents are read once."""

    def __init__(self, store: Store, names: Names, form: PrintForm) -> None:
        self._store = store
        self._names = names
        self._form = form
        self._ledger = store.library.ledgers[form.ledger]
        self._known: dict[tuple[str, str], Record | None] = {}

    def rows(self, chosen: Sequence[str] | None) -> list[Any]:
        """PrintRows of the chosen record ids, or of all alive records."""
        from unionclient.printing.needs import child_ledger, child_paths, number_paths, paths
        from unionclient.printing.sheet import PrintRow

        wanted, numbers = sorted(paths(self._form)), number_paths(self._form)
        below = child_ledger(self._form)
        found = []
        for record in self._chosen(chosen):
            cells = {path: self.shown(self._ledger, record, path) for path in wanted}
            sums = {path: value if isinstance(value := record.values.get(path), int) else None for path in numbers}
            children: tuple[PrintRow, ...] = ()
            if self._form.ledger == SCORE_LEDGER and self._form.layout == "K6":
                children = tuple(PrintRow(line) for line in self._score_lines(record))
                cells |= self._score_cells(record)
            elif below:
                inner = self._store.library.ledgers[below]
                children = tuple(PrintRow({p: self.shown(inner, child, p) for p in sorted(child_paths(self._form))})
                                 for child in self._children(inner, record))
            found.append(PrintRow(cells, sums, children))
        return found

    def blank_rows(self) -> list[Any]:
        """For a blank sheet that still carries printed words: the items of the score sheet."""
        from unionclient.printing.sheet import PrintRow

        if self._form.ledger != SCORE_LEDGER or self._form.layout != "K6":
            return []
        sheet = sheet_for(self._store.library, HOME, dt.date.today().year)
        items = tuple(PrintRow(_item_cells(item), blank=True) for item in sheet.items.values())
        return [PrintRow({"veto_list": _veto_text(sheet.vetoes)}, {}, items, blank=True)]

    def _chosen(self, chosen: Sequence[str] | None) -> Iterable[Record]:
        if chosen is None:
            return list(records.select(self._store.connection, self._ledger, "void = 0 ORDER BY rowid"))
        found = [self._record(self._ledger.id, record) for record in chosen]
        if None in found:
            raise PrintError("要打印的记录已不在台账里。", "台账没有改动。", "请刷新后重新选择。")
        return found

    def _children(self, ledger: Ledger, record: Record) -> Iterable[Record]:
        link = self._form.options.get("children", {}).get("link", "parent_id")
        return list(records.select(self._store.connection, ledger, f'"{link}" = ? AND void = 0 ORDER BY rowid', (record.id,)))

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
        text = self._names.show(ledger, record, first)
        mask = _MASKS.get(field.personal or "") if self._form.mask else None
        return mask(text) if mask and text else text

    # the score sheet ----------------------------------------------------------------------------------------

    def _score_lines(self, record: Record) -> list[dict[str, str]]:
        fields = self._store.library.ledgers["evaluation_item"].fields
        lines = []
        for line in assessing.evaluation(self._store, record.id).lines:
            marks = {name: TYPES[fields[name].type].show(value, fields[name])
                     for name, value in line.values.items() if name in fields and value is not None}
            if line.values.get("na"):
                marks |= {column: "不适用" for column in assessing.COLUMNS}
            lines.append({**_item_cells(line.item), **marks, "evidence": marks.get("deduct_reason", "")})
        return lines

    def _score_cells(self, record: Record) -> dict[str, str]:
        opened = assessing.evaluation(self._store, record.id)
        result = opened.result
        totals = {f"{c}_total": "" if result.totals[c] is None else str(result.totals[c]) for c in assessing.COLUMNS}
        return {**totals, "veto_list": _veto_text(opened.sheet.vetoes), "veto_code": record.get("veto_code") or "",
                "final": "" if result.final is None else str(result.final), "grade": result.grade_title,
                "na_points": str(result.na_points), "bonus": str(result.bonus)}


def _item_cells(item: Any) -> dict[str, str]:
    title = f"★{item.title}" if item.must else item.title
    return {"section": item.section, "code": item.code, "title": title, "points": str(item.points), "rule": item.rule}


def _veto_text(vetoes: Mapping[str, str]) -> str:
    return "\n".join(f"{code} {words}" for code, words in vetoes.items())


def print_form(store: Store, names: Names, name: str, out: Path, *, officer: str, street: str,
               chosen: Sequence[str] | None, blank: bool, period: str = "", package_no: str = "", data_sha256: str = "") -> Path:
    """Writes the form as PDF to `out`; without `chosen` all alive records, with `blank` an empty form."""
    from unionclient.printing.printer import print_form as print_pages
    from unionclient.printing.sheet import PrintContext

    form = find_form(store.library, name)
    paper = Paper(store, names, form)
    rows = paper.blank_rows() if blank else paper.rows(chosen)
    if not blank and not rows:
        raise PrintError(f"“{form.title}”没有可打印的记录。", "", "请先录入，或打印空白表。")
    context = PrintContext(street_name=street, union_name=f"{street}总工会", period_text=period, officer="" if blank else officer,
                           printed_at=dt.datetime.now(), package_no=package_no,
                           log_head="" if blank else changelog.head(store.connection)[1], data_sha256=data_sha256)
    return print_pages(form, store.library.ledgers[form.ledger], rows, out, context=context)
