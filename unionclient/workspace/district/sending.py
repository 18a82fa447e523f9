"""Sending down: the year's targets by street, definitions and code lists, the trust file, in one signed bundle.

What is sent down holds here as well: the files go into the district's own `forms/` and are read after it is opened again.
Targets are kept in the book's own ledger `target_allocation`, so they come in by workbook and are logged like any record.
Limits: the ledger knows the 17 streets; a further reporting body gets its targets by letter.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.assessment import targets as aims
from unionclient.assessment.periods import read_period
from unionclient.definition.faults import DefinitionError, SubmissionError
from unionclient.definition.words import _, marked
from unionclient.sheets.tablesbook import SheetTable, write_tables
from unionclient.store.database import Store
from unionclient.submission import bundle as bundles
from unionclient.submission.files import write_whole
from unionclient.submission.sealed import read_file
from unionclient.workspace.bundles import mistakes_with
from unionclient.workspace.district import bodies, keeping
from unionclient.workspace.workspace import Workspace

LEDGER, FORMS = "target_allocation", "forms"
_NOTHING = marked("没有写出下发文件。")


def allocated(store: Store, year: int) -> list[bundles.SentTarget]:
    """What stands in the book for a year, by figure and street; of several the newest."""
    places = store.library.ledgers[LEDGER].fields["value"].places
    rows = store.connection.execute(
        f"SELECT target_id, street_code, value, coalesce(doc_no, '') FROM {LEDGER} WHERE void = 0 AND year = ? AND value IS NOT NULL "
        "AND target_id IS NOT NULL AND street_code IS NOT NULL ORDER BY created_at, id", (year,))
    found = {(figure, body): bundles.SentTarget(figure, year, body, Decimal(value).scaleb(-places), doc_no) for figure, body, value, doc_no in rows}
    return [found[key] for key in sorted(found)]


def targets(store: Store, year: int) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Figures that can be aimed at, with each street's value: (value, doc_no) as allocated, (value, None) as proposed, or None."""
    period = read_period(f"{year}Y")
    reader = store.reading(period.row(period.cutoff))
    given = {(t.figure, t.body): (t.value, t.doc_no) for t in allocated(store, year)}
    proposed = {body.code: aims.read_targets(reader, store.library, year, body.code) for body in bodies.bodies(store.library) if body.kind == "street"}
    known = store.library.codes["target"].codes
    found = []
    for indicator in store.library.indicators.values():
        if indicator.id in known:
            row = {code: given.get((indicator.id, code)) or ((goal.value, None) if (goal := each.get(indicator.id)) else None)
                   for code, each in proposed.items()}
            found.append((indicator.id, indicator.title, row))
    return found


def write_targets(store: Store, year: int, path: Path) -> Path:
    """A workbook to fill in: what was allocated, else what is proposed, a line for each figure and street; `read_targets` takes it back."""
    names = {body.code: body.name for body in bodies.bodies(store.library)}
    rows = []
    for figure, _title, values in targets(store, year):
        for code, name in names.items():
            if code in values:
                value, doc_no = values[code] or (None, None)
                rows.append([figure, year, name, value, doc_no or None])
    fields = store.library.ledgers[LEDGER].fields
    headings = [(fields[name].title, width) for name, width in (("target_id", 10), ("year", 8), ("street_code", 16), ("value", 12), ("doc_no", 26))]
    return write_tables(path, [SheetTable(_("{year}年目标").format(year=year), "", headings, [row for row in rows if row[3] is not None])])


def read_targets(store: Store, year: int, path: Path) -> int:
    """Takes a workbook of the ledger 年度目标 (目标编号, 年度, 街道, 目标值, 下达文号); returns how many stand for the year. All rows, or none."""
    ledgers = Workspace(store)
    plan = ledgers.plan_import(LEDGER, path)
    wrong = [finding for finding in plan.findings if str(finding.level) == "block"]
    if plan.rejected or wrong:
        told = _("；").join(f"{finding.cell} {finding.message}" for finding in wrong[:5])
        raise SubmissionError(_("目标表里有不能采用的行：{told}").format(told=told or plan.rejected), _("没有导入任何一行。"), _("请改正表格后再导入。"))
    ledgers.apply_import(plan)
    return len(allocated(store, year))


def checked_definitions(store: Store, paths: Sequence[Path]) -> dict[str, bytes]:
    """The files by name, once they fit the program's definitions and the district's own. Raises DefinitionError with every mistake."""
    forms = {path.name: read_file(path, _("定义文件")) for path in paths}
    mistakes = mistakes_with(store.folder / FORMS, forms)
    if mistakes:
        raise DefinitionError(mistakes)
    return forms


def send_down(store: Store, year: int, passphrase: Callable[[bool], str], definitions: Sequence[Path], note: str, out: Path) -> Path:
    """Writes the bundle; see `District.send_down`."""
    forms, given = checked_definitions(store, definitions), tuple(allocated(store, year))
    trust = keeping.trust_of(store)
    if not given and not forms:
        raise SubmissionError(_("{year} 年没有要下发的目标，也没有定义文件").format(year=year), _(_NOTHING), _("请先导入目标表，或选择要下发的定义文件。"))
    key = keeping.signing_key(store, passphrase(False))
    bundle = bundles.Bundle(year, store.setting("district.code") or "", store.setting("district.name") or "", dt.datetime.now(dt.UTC).replace(microsecond=0),
                            given, forms, trust.content if trust else None, note.strip())
    content = _written(bundle, key)
    bundles.read(content, trust, pinned=() if trust else (keeping.fingerprint(key),))     # what a street would refuse is not sent
    path = out / bundles.bundle_name(bundle)
    write_whole(path, content)
    for name, form in forms.items():        # the district reads what the streets will write by them
        write_whole(store.folder / FORMS / name, form)
    with store.transaction():
        store.mark("bundle", bundle.bundle_id, who=store.setting("officer") or "", verb="send-down", title=_("下发{year}年目标和定义").format(year=year),
                   facts={"targets": len(given), "forms": sorted(forms), "file": path.name})
    return path


def _written(bundle: bundles.Bundle, key: Any) -> bytes:
    try:
        return bundles.write(bundle, key)
    except ValueError:
        raise SubmissionError(_("定义文件的名称只能用小写字母、数字和下划线"), _(_NOTHING), _("请改文件名，例如 901_new_ledger.toml。")) from None
