"""What pasting a block would do, worked out before anything is written: the same reading that saving does, row by row.

A plan names records, not rows of the screen, so it holds while its preview is looked at. Cells that already say the same
are no part of it: only what is really another value is written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.definition.issue import Issue
from unionclient.definition.ledger import PARENT
from unionclient.definition.record import Record
from unionclient.definition.values import TYPES
from unionclient.ui.grid.model import RecordModel
from unionclient.definition.words import _
from unionclient.workspace import Edit

Block = Sequence[Sequence[str | None]]
"""Rows of texts; None leaves its cell as it is."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A cell that cannot be accepted: row as numbered on screen, heading, text and why. `kept`: the text stays there, marked."""

    row: int
    heading: str
    text: str
    reason: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class PastePlan:
    """`changed` counts cells of records that are there, `added` new records; `area` is (rows, columns) the block covers."""

    edits: tuple[Edit, ...]
    changed: int
    added: int
    rejected: tuple[Rejected, ...]
    locked: int
    beyond: int
    merges: int
    area: tuple[int, int]

    @property
    def headline(self) -> str:
        return _("改动 {} 格、新增 {} 行、不能接受 {} 格").format(self.changed, self.added, len(self.rejected))

    @property
    def notes(self) -> list[str]:
        """What else the officer should know of it."""
        return [told.format(count) for told, count in (
            (_("合并的单元格有 {} 处：竖着合并的，每一行都填上同样的内容"), self.merges),
            (_("{} 格由程序填写，没有改动"), self.locked),
            (_("右边多出的 {} 格没有粘贴"), self.beyond)) if count]


class _Count:
    """What is counted while the rows are gone through."""

    def __init__(self) -> None:
        self.edits: list[Edit] = []
        self.rejected: list[Rejected] = []
        self.changed = self.added = self.locked = self.beyond = 0


def plan_paste(model: RecordModel, rows: Block, top: int, left: int, merges: int = 0) -> PastePlan:
    """The block with its corner at row `top` and column `left` of the grid as it is shown, sorted and filtered."""
    count = _Count()
    for down, texts in enumerate(rows):
        typed = dict(_typed(model, texts, left, count))
        if model.is_new(top + down):
            _take_new(model, top + down, typed, count)
        else:
            _take_changed(model, top + down, typed, count)
    return PastePlan(tuple(count.edits), count.changed, count.added, tuple(count.rejected), count.locked, count.beyond, merges,
                     (len(rows), max(map(len, rows), default=0)))


def _typed(model: RecordModel, texts: Sequence[str | None], left: int, count: _Count) -> Iterator[tuple[str, str]]:
    """(field, text) of a row's cells that may be typed in."""
    for column, text in enumerate(texts, left):
        if text is None:
            continue
        if column >= model.columnCount():
            count.beyond += bool(text.strip())
        elif not model.may_edit(column):
            count.locked += 1
        else:
            yield model.fields[column - 1].id, text


def _take_new(model: RecordModel, row: int, typed: dict[str, str], count: _Count) -> None:
    filled = {name: text for name, text in typed.items() if text.strip()}
    filled = _with_parent(model, row, filled, count)
    if filled:
        tried, issues = model.source.ws.try_values(model.ledger.id, filled, None, model.source.parent)
        _reject(model, row, tried, issues, filled, count)
        count.edits.append(model.edit_of(row, filled))
        count.added += 1


def _take_changed(model: RecordModel, row: int, typed: dict[str, str], count: _Count) -> None:
    before = model.record(row)
    if not before.id:
        return  # gone meanwhile
    typed = _with_parent(model, row, typed, count)
    tried, issues = model.source.ws.try_values(model.ledger.id, typed, before.id, model.source.parent)
    new = {name: text for name, text in typed.items() if _differs(before, tried, name, text)}
    _reject(model, row, tried, issues, new, count)
    new = _held_status(model, row, before, tried, new, count)
    count.changed += sum(name not in tried.raw for name in new)
    if new:
        count.edits.append(model.edit_of(row, new))


def _differs(before: Record, tried: Record, name: str, text: str) -> bool:
    if name == PARENT:
        return before.parent != (text or None)
    return before.values.get(name) != tried.values.get(name) or before.raw.get(name) != tried.raw.get(name)


def _with_parent(model: RecordModel, row: int, typed: dict[str, str], count: _Count) -> dict[str, str]:
    """What a child hangs on by id; a name nobody bears has no place to be kept in and is left out."""
    text = typed.get(PARENT, "").strip()
    if not text:
        return {name: told for name, told in typed.items() if name != PARENT}
    above = model.source.ws.library.parent_field(model.ledger.id)
    found = next((record for record, name in model.source.ws.choices(above.ref, text) if name == text), None)
    if found is None:
        reason = _("没有找到这条{}，这一格不改动").format(model.source.ws.library.ledgers[above.ref].title)
        count.rejected.append(Rejected(row + 1, above.heading, text, reason, kept=False))
        return {name: told for name, told in typed.items() if name != PARENT}
    return {**typed, PARENT: found}


def _reject(model: RecordModel, row: int, tried: Record, issues: list[Issue], typed: dict[str, str], count: _Count) -> None:
    for name in typed:
        if name in tried.raw:
            field = model.ledger.fields[name]
            why = TYPES[field.type].parse(typed[name], field).problem if field.type != "reference" else None
            told = why.message if why else next((i.message for i in issues if name in i.fields), _("读不懂"))
            count.rejected.append(Rejected(row + 1, field.heading, typed[name], told))


def _held_status(model: RecordModel, row: int, before: Record, tried: Record, new: dict[str, Any], count: _Count) -> dict[str, Any]:
    """A status that is no step from the one that stands is kept as text by saving; here it is told beforehand."""
    steps = model.ledger.status
    if steps and steps.field in new and steps.field not in tried.raw and tried.values.get(steps.field) is not None:
        stands = before.values.get(steps.field)
        if stands is not None and not steps.allows(stands, tried.values[steps.field]):
            field = model.ledger.fields[steps.field]
            reason = _("现在是“{}”，不能一步改成这样").format(field.codes.title_of(stands))
            count.rejected.append(Rejected(row + 1, field.heading, new[steps.field], reason))
            count.changed -= 1
    return new
