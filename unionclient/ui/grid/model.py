"""`RecordModel`: a ledger as a table. Rows are an array of rowids, records come in pages when looked at.

Sorting and filtering are SQL's. A row that is edited stays where it is until the next sort or filter.
Every write is one `Workspace.save`, so one undo step.
"""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Issue, Level
from unionclient.definition.ledger import Field
from unionclient.definition.record import Record
from unionclient.definition.values import TYPES
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.grid.cache import RowCache, Shown
from unionclient.ui.grid.paint import Paints
from unionclient.ui.grid.source import ChildSource, LedgerSource, Question
from unionclient.ui.work import Cancelled
from unionclient.definition.words import _
from unionclient.workspace import Edit

DISPLAY = int(Qt.ItemDataRole.DisplayRole)  # comparing ints is twice as quick as comparing enum members
EDIT = int(Qt.ItemDataRole.EditRole)
TOOLTIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
BACKGROUND = int(Qt.ItemDataRole.BackgroundRole)
DECORATION = int(Qt.ItemDataRole.DecorationRole)
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_TYPED = _SHOWN | Qt.ItemFlag.ItemIsEditable
STATUS = 0            # first column: the row's gravest finding
MANY = 100_000        # rows from which sorting takes longer than the window may stand still
FEW = 200             # changed rows up to which places are looked up one by one
_ALIGNED = {"right": Qt.AlignmentFlag.AlignRight}  # all else from the left, so that a heading stands above its column


class RecordModel(QAbstractTableModel):
    """Column 0 is the status, then the live fields; the last row "＊" takes a new record."""

    looking = Signal(bool)      # the rows of a large ledger are being sought or sorted; what is shown is the old answer

    def __init__(self, desk: Desk, source: LedgerSource | ChildSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.source = source
        self.ledger = source.ledger
        above = source.ws.library.parent_field(source.ledger.id) if source.parent is None else None
        self.all_fields: tuple[Field, ...] = (*((above,) if above else ()), *source.ledger.live_fields)
        self.fields = self.all_fields           # those shown, in the order shown
        self._cache = RowCache(source, len(self.fields) + 1)
        self._rowids: array = source.find()
        self.whole = len(self._rowids)          # rows when nothing is left out
        self.is_looking = False                 # the rows that are wanted are still being sought
        self._lookup = 0
        self._outdated = False
        self.paints = Paints()
        self._last_txn = ""
        self.sticky: Any = None                 # rows.Sticky, where a grid has one
        self.aligned = self._alignments()
        self._refers_to = {f.ref for f in self.all_fields if f.type == "reference"}

    def _alignments(self) -> list[int]:
        return [int(Qt.AlignmentFlag.AlignCenter)] + [
            int(_ALIGNED.get(TYPES[f.type].align, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter) for f in self.fields]

    def choose(self, fields: Sequence[str]) -> None:
        """Show these fields in this order; ids that are unknown are passed over, none at all shows every field."""
        known = {field.id: field for field in self.all_fields}
        chosen = tuple(known[name] for name in dict.fromkeys(fields) if name in known) or self.all_fields
        if chosen == self.fields:
            return
        self.beginResetModel()
        self.fields = chosen
        self.aligned = self._alignments()
        self._cache = RowCache(self.source, len(chosen) + 1)
        self.endResetModel()

    # shape -----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rowids) + 1

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.fields) + 1

    @property
    def records(self) -> int:
        """How many records are shown, without the empty last row."""
        return len(self._rowids)

    def is_new(self, row: int) -> bool:
        return row >= len(self._rowids)

    def record(self, row: int) -> Record | None:
        """The record of a row; None for the empty last row."""
        return None if self.is_new(row) else self._shown(row).record

    def field(self, column: int) -> Field | None:
        return self.fields[column - 1] if column > STATUS else None

    def heading(self, column: int) -> str:
        """What stands above a column."""
        field = self.fields[column - 1]
        return _("{}（沿用）").format(field.heading) if self.sticky is not None and field.id in self.sticky else field.heading

    def column_of(self, field_id: str) -> int:
        """The column of a field, the status column if it has none."""
        return next((n for n, f in enumerate(self.fields, 1) if f.id == field_id), STATUS)

    def row_of(self, record_id: str) -> int | None:
        """Where a record stands, or None if it is not shown."""
        record = self.source.ws.record(self.ledger.id, record_id)
        return self._place(record.rowid) if record else None

    def _place(self, rowid: int) -> int | None:
        try:
            return self._rowids.index(rowid)
        except ValueError:
            return None

    def _shown(self, row: int) -> Shown:
        return self._cache.row(self._rowids, row)

    # reading ---------------------------------------------------------------------------------------------------

    def data(self, index: QModelIndex, role: int = DISPLAY) -> Any:
        row, column = index.row(), index.column()
        if role == ALIGN:
            return self.aligned[column]
        if self.is_new(row):
            return "" if role == DISPLAY else None
        if role == DISPLAY:
            return self.text(row, column)
        if role == BACKGROUND or role == DECORATION:
            issues = self.issues(row, column)
            if not issues:
                return None
            if role == DECORATION:
                return self.paints.mark(issues[0].level)
            return self.paints.tint(issues[0].level) if column else None
        if role == EDIT:
            return self._shown(row).record.value(self.fields[column - 1].id) if column else None
        if role == TOOLTIP:
            return self._tip(row, column)
        if role == SPOKEN:
            return self._spoken(row, column)
        return None

    def text(self, row: int, column: int) -> str:
        """What stands in a cell; an unreadable value as it was typed."""
        if column == STATUS or self.is_new(row):
            return ""
        shown = self._shown(row)
        text = shown.texts[column]
        if text is None:
            text = shown.texts[column] = self.source.ws.show(self.ledger.id, shown.record, self.fields[column - 1].id)
        return text

    def typed_text(self, row: int, column: int) -> str:
        """The cell as text that reads back to the same value, for copying."""
        field = self.fields[column - 1]
        record = self.record(row)
        if record is None:
            return ""
        if field.type in ("reference", "attachment", "code", "codes"):
            return self.text(row, column)
        return record.raw.get(field.id) or TYPES[field.type].edit(record.values.get(field.id), field)

    def issues(self, row: int, column: int) -> Sequence[Issue]:
        """Findings of a cell, of the whole row for the status column; gravest first."""
        found = self.row_issues(row)
        return found if column == STATUS or not found else self._shown(row).by_field.get(self.fields[column - 1].id, ())

    def row_issues(self, row: int) -> Sequence[Issue]:
        """All findings of a row, gravest first."""
        if row >= len(self._rowids):
            return ()
        shown = self._shown(row)
        if shown.issues is None:
            shown.issues = sorted(self.source.ws.issues(shown.record), key=_gravity) if not shown.record.void else []
            for issue in shown.issues:
                for name in issue.fields:
                    shown.by_field.setdefault(name, []).append(issue)
            if shown.issues:
                shown.marks = {n: found[0].level for n, f in enumerate(self.fields, 1) if (found := shown.by_field.get(f.id))}
                shown.marks[STATUS] = shown.issues[0].level
        return shown.issues

    def line(self, row: int) -> tuple[list[str | None], Mapping[int, Level]]:
        """What is drawn of a row, by column: texts (None: not worked out yet, see `text`) and the gravest findings."""
        if row >= len(self._rowids):
            return [""] * (len(self.fields) + 1), {}
        shown = self._shown(row)
        if shown.issues is None:
            self.row_issues(row)
        return shown.texts, shown.marks

    def _tip(self, row: int, column: int) -> str | None:
        issues = self.issues(row, column)
        if issues:
            return "\n".join(dict.fromkeys(said(issue) for issue in issues))
        return None

    def _spoken(self, row: int, column: int) -> str:
        told = _("；").join(issue.message for issue in self.issues(row, column))
        return _("，").join(part for part in (self.text(row, column), told) if part) or _("空")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return ("＊" if self.is_new(section) else str(section + 1)) if role == DISPLAY else None
        if section == STATUS:
            return {DISPLAY: "", TOOLTIP: _("每行最重的问题"), SPOKEN: _("问题")}.get(role)
        field = self.fields[section - 1]
        if role == ALIGN:
            return self.aligned[section]
        if role == DISPLAY:
            return self.heading(section)
        if role == TOOLTIP:
            return "\n".join(part for part in (field.heading + (_("（必填）") if field.required else ""), field.help) if part)
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _TYPED if self.may_edit(index.column()) else _SHOWN

    def may_edit(self, column: int) -> bool:
        """Cells that are typed into; attachments are the form's, computed ones the program's."""
        field = self.field(column)
        return field is not None and not field.readonly and field.type != "attachment"

    # sorting and filtering --------------------------------------------------------------------------------------

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; a column below 1 gives the order of entry back."""
        if not self.source.sortable:
            return
        up = order == Qt.SortOrder.AscendingOrder
        self.order_by(((self.fields[column - 1].id, up),) if column > STATUS else ())

    def order_by(self, order: tuple[tuple[str, bool], ...]) -> None:
        """By fields, whether they are shown or not."""
        known = {field.id for field in self.all_fields}
        order = tuple(part for part in order if part[0] in known)
        if order != self.source.order:
            self.source.order = order
            self.reload()

    def narrow(self, search: str, where: Any) -> None:
        """Show only what matches; resets the model only when something changed."""
        if (search, where) != (self.source.search, self.source.where):
            self.source.search, self.source.where = search, where
            self.reload()

    def reload(self) -> None:
        """The rows anew; those of a large ledger are sought beside the window, which shows the old ones until then."""
        if max(len(self._rowids), self.whole) > MANY:
            self._look_up()
        else:
            self._show(self.source.find())

    def _look_up(self) -> None:
        self.desk.lookups.drop(self._lookup)
        self._outdated = False
        self._lookup = self.desk.lookups.run(_("正在查找"), self.source.question, self._found, failed=self._not_found)
        if not self.is_looking:
            self.is_looking = True
            self.looking.emit(True)

    def _found(self, told: tuple[Question, array]) -> None:
        question, rowids = told
        if question != self.source.question:
            return                  # another one has been asked since
        if self._outdated:
            self._look_up()         # rows have come or gone while it was sought
            return
        self.is_looking = False
        self._show(rowids)
        self.looking.emit(False)

    def _not_found(self, error: UnionClientError) -> None:
        if not isinstance(error, Cancelled):
            self.is_looking = False
            self.looking.emit(False)
            ask.fault(None, error)

    def _show(self, rowids: array) -> None:
        self.beginResetModel()
        self._rowids = rowids
        self.whole = self.whole if self.source.narrowed else len(rowids)
        self._cache.clear()
        self.endResetModel()

    # writing ---------------------------------------------------------------------------------------------------

    def setData(self, index: QModelIndex, value: Any, role: int = EDIT) -> bool:
        if role != EDIT or not self.may_edit(index.column()):
            return False
        field = self.fields[index.column() - 1]
        adds = self.is_new(index.row())
        if adds and (value is None or value == ""):
            return False
        title = _("新增{}").format(self.ledger.title) if adds else _("修改{}").format(field.title)
        begins = self.sticky.values(self) if adds and self.sticky is not None else {}
        return self.write({index.row(): {**begins, field.id: value}}, title)

    def write(self, cells: Mapping[int, Mapping[str, Any]], title: str) -> bool:
        """Save typed values by row as one step; rows beyond the last one become new records. False: nothing changed."""
        return self.save([self.edit_of(row, values) for row, values in sorted(cells.items())], title)

    def edit_of(self, row: int, values: Mapping[str, Any]) -> Edit:
        """Typed values of a row as an edit of its record; of a row beyond the last one, as a new record."""
        return self.edit_to(None if self.is_new(row) else self._shown(row).record.id, values)

    def edit_to(self, record: str | None, values: Mapping[str, Any]) -> Edit:
        """Typed values of a record of this grid; None for a new one."""
        return Edit(record, values, self.source.parent)

    def save(self, edits: Sequence[Edit], title: str) -> bool:
        """Save edits as one step and show them. False: nothing changed."""
        if not edits:
            return False
        changes = self.source.ws.save(self.ledger.id, edits, title=title)
        if self.sticky is not None and (made := changes.ledgers.get(self.ledger.id, ((), (), ()))[0]):
            self.sticky.last = made[-1]
        self.refresh(changes, own=True)
        self.desk.publish(changes)
        return bool(changes)

    # news ------------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any, *, own: bool = False) -> None:
        """Show again what `changes` names; None means everything. The same changes twice are taken once.

        `own`: new records are shown even when the filter would leave them out, where they were typed.
        """
        if changes is None:
            self.whole = self.source.ws.count(self.ledger.id) if self.source.narrowed else self.whole
            self.reload()
            return
        if changes.txn and changes.txn == self._last_txn:
            return
        self._last_txn = changes.txn
        if self.ledger.id in changes.ledgers:
            added, changed, retired = changes.ledgers[self.ledger.id]
            self.whole += len(added) - len(retired)
            if len(added) + len(changed) + len(retired) > FEW and not (own and not retired):
                self.reload()
                return
            self._outdated = self.is_looking
            self._take_out(retired)
            self._show_changed(changed)
            if added:
                self._put_in(added, own)
        elif self._refers_to & set(changes.ledgers):
            self._cache.clear()
            self._tell_all()

    def _take_out(self, ids: Sequence[str]) -> None:
        """Retired records; one that is gone altogether (its making was undone) is told only by comparing all rows."""
        records = [self.source.ws.record(self.ledger.id, record_id) for record_id in ids]
        places = [place for record in records if record and (place := self._place(record.rowid)) is not None]
        if None in records:
            alive = set(self.source.alive())
            places = [row for row, rowid in enumerate(self._rowids) if rowid not in alive]
        for row in sorted(places, reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rowids[row]
            self._cache.drop_from(row)
            self.endRemoveRows()

    def _show_changed(self, ids: Sequence[str]) -> None:
        if len(ids) > FEW:
            self._cache.clear()
            self._tell_all()
            return
        for record_id in ids:
            row = self._cache.place_of(record_id)       # what was not looked at is not shown either
            if row is not None:
                self._cache.drop(row)
                self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _put_in(self, ids: Sequence[str], own: bool) -> None:
        known = set(self._rowids)
        matching = None if own else set(self.source.find())
        records = (self.source.ws.record(self.ledger.id, record_id) for record_id in ids)
        mine = [r for r in records if r and not r.void and r.rowid not in known
                and (self.source.parent is None or r.parent == self.source.parent)]
        fresh = [r.rowid for r in mine if matching is None or r.rowid in matching]
        if fresh:
            # The empty last row becomes the first new record, so that the cursor stays with what was typed.
            first = len(self._rowids)
            self.beginInsertRows(QModelIndex(), first + 1, first + len(fresh))
            self._rowids.extend(fresh)
            self._cache.drop_from(first)
            self.endInsertRows()
            self.dataChanged.emit(self.index(first, 0), self.index(first, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, first, first)

    def _tell_all(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def repaint_all(self) -> None:
        """The theme changed."""
        self.paints = Paints()
        self._tell_all()


def said(issue: Issue) -> str:
    """A finding in one or two lines: level, message, mend."""
    return _("{title}：{message}").format(title=issue.level.title, message=issue.message) + (f"\n　　{issue.mend}" if issue.mend else "")


def _gravity(issue: Issue) -> int:
    return issue.level.rank
