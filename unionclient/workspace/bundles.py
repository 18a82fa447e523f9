"""What the district sent down, on the street's side: looked at first, then taken over in one step.

Targets become records of 年度目标 and can be undone; files of definitions go into the office's own `forms/` and hold after the
program is opened again. An older bundle than the last one is refused.
"""

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.library import read_library
from unionclient.definition.mistake import Mistake
from unionclient.definition.places import root
from unionclient.definition.words import _, marked
from unionclient.store.database import Changes, Store

LEDGER, LAST = "target_allocation", "bundle.last"
NEW, CHANGED, SAME = "new", "changed", "same"
STATES = {NEW: marked("新增"), CHANGED: marked("修改"), SAME: marked("不变")}


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target for this street: the record that stands (None: none), its value and the one sent down."""

    figure: str
    title: str
    body: str
    record: str | None
    before: Decimal | None
    after: Decimal
    doc_no: str
    year: int
    state: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """One file of definitions against what lies in the street's `forms/`."""

    name: str
    state: str
    size: int


@dataclass(frozen=True, slots=True)
class BundlePreview:
    """What importing would do; `mistakes` say why its definitions cannot be taken (then nothing can). `bundle` is what `take` writes."""

    year: int
    district_name: str
    issued_at: dt.datetime
    note: str
    targets: tuple[TargetLine, ...]
    forms: tuple[FormLine, ...]
    trust: bool
    mistakes: tuple[str, ...]
    bundle: Any

    @property
    def changes(self) -> int:
        """How many things would be different afterwards."""
        return sum(line.state != SAME for line in (*self.targets, *self.forms))


def look(store: Store, path: Path, trust: Any) -> BundlePreview:
    """Reads a bundle without doing anything. Raises SubmissionError: not the district's, damaged, older than the last one."""
    from unionclient.submission import bundle as bundles
    from unionclient.submission.sealed import read_file

    found = bundles.read(read_file(path, bundles.WHAT), trust)
    last = store.setting(LAST)
    if last and found.issued_at < dt.datetime.fromisoformat(last):
        raise SubmissionError(_("这份下发文件（{issued_at:%Y-%m-%d %H:%M}）比已导入的旧").format(
            issued_at=found.issued_at), _("没有采用，原有内容没有改动。"), _("请用区里最近下发的那一份。"))
    lines = tuple(_target_line(store, target) for target in found.targets if target.body == store.setting("street"))
    forms = tuple(_form_line(store.folder / "forms", name, content) for name, content in sorted(found.forms.items()))
    return BundlePreview(found.year, found.district_name, found.issued_at, found.note, lines, forms, found.trust is not None,
                         tuple(map(str, mistakes_with(store.folder / "forms", found.forms))), found)


def _target_line(store: Store, target: Any) -> TargetLine:
    ledger = store.library.ledgers[LEDGER]
    row = store.connection.execute(
        f"SELECT id, value, coalesce(doc_no, '') FROM {LEDGER} WHERE void = 0 AND target_id = ? AND year = ? AND street_code = ? "
        "ORDER BY created_at DESC, id DESC", (target.figure, target.year, target.body)).fetchone()
    before = Decimal(row[1]).scaleb(-ledger.fields["value"].places) if row and row[1] is not None else None
    state = NEW if row is None else SAME if (before, row[2]) == (target.value, target.doc_no) else CHANGED
    code = store.library.codes["target"].codes.get(target.figure)
    return TargetLine(target.figure, code.title if code else target.figure, target.body, row[0] if row else None, before, target.value, target.doc_no, target.year, state)


def _form_line(folder: Path, name: str, content: bytes) -> FormLine:
    path = folder / name
    state = NEW if not path.is_file() else SAME if path.read_bytes() == content else CHANGED
    return FormLine(name, state, len(content))


def mistakes_with(folder: Path, forms: Mapping[str, bytes]) -> tuple[Mistake, ...]:
    """What would be wrong with all definitions once these files lie among those in `folder`."""
    if not forms:
        return ()
    own = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".toml", ".sql")} if folder.is_dir() else {}
    with tempfile.TemporaryDirectory(prefix="unionclient-") as both:
        for name, content in {**own, **forms}.items():
            (Path(both) / name).write_bytes(content)
        mistakes = read_library((root() / "forms", Path(both)))[1]
    return tuple(mistakes)


def edits(preview: BundlePreview) -> Sequence[tuple[str | None, dict[str, Any]]]:
    """(record or None for a new one, typed values) of the targets that change."""
    if preview.mistakes:
        raise SubmissionError(_("下发的定义文件有错误：{mistakes}").format(mistakes=_("；").join(preview.mistakes[:3])), _("没有采用这份下发文件。"), _("请告诉区总工会重新下发。"))
    return [(line.record, {"target_id": line.figure, "year": line.year, "street_code": line.body, "value": format(line.after, "f"),
                           "doc_no": line.doc_no or None}) for line in preview.targets if line.state != SAME]


def finish(store: Store, preview: BundlePreview, officer: str, changes: Changes) -> None:
    """Files into `forms/`, and the mark that the bundle was taken; after the targets were saved."""
    from unionclient.submission.files import write_whole

    for line in preview.forms:
        if line.state != SAME:
            write_whole(store.folder / "forms" / line.name, preview.bundle.forms[line.name])
    with store.transaction():
        store.set_setting(LAST, preview.issued_at.isoformat())
        store.mark("bundle", preview.bundle.bundle_id, who=officer, verb="bundle", title=_("导入区里下发的{year}年文件").format(year=preview.year),
                   facts={"targets": changes.count, "forms": [line.name for line in preview.forms if line.state != SAME]})
