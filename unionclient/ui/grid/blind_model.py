"""`BlindModel`: the rows of a re-keying as a table. It knows what the second reader typed and what names a row, and nothing else."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QColor

from unionclient.definition.issue import Issue, Level
from unionclient.definition.ledger import Field
from unionclient.definition.values import TYPES
from unionclient.ui import theme
from unionclient.ui.desk import Desk
from unionclient.ui.grid.paint import Paints
from unionclient.definition.words import _
from unionclient.workspace.rekeying import Round, Row, Typed

KEY = 0            # first column: what names the row
_PART = 200        # rows named at once
_ROLE = Qt.ItemDataRole


class BlindModel(QAbstractTableModel):
    """Column 0 names the record (so does the heading of the row), then the fields to be typed. A cell that has been compared is only shown."""

    def __init__(self, desk: Desk, found: Round, reader: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk, self.round, self.reader = desk, found, reader
        self.ledger = desk.ws.library.ledgers[found.ledger]
        self.fields: tuple[Field, ...] = tuple(self.ledger.fields[name] for name in found.fields)
        self.ids: list[str] = desk.ws.rekey_records(found.id)
        self.typed: dict[tuple[str, str], Typed] = desk.ws.rekeyed(found.id)
        self._rows: dict[str, Row] = {}
        self._issues: dict[tuple[str, str], Sequence[Issue]] = {}
        self._paints = Paints()

    # shape: what the delegate of the grid asks for ------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802 (Qt's name)
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.fields) + 1

    def field(self, column: int) -> Field | None:
        return self.fields[column - 1] if column > KEY else None

    def record(self, _row: int) -> None:
        """Never a record: what was entered first is none of the reader's business."""
        return None

    def cell(self, index: QModelIndex) -> Typed | None:
        """What was typed into a cell."""
        return self.typed.get((self.ids[index.row()], self.fields[index.column() - 1].id)) if index.column() > KEY else None

    @property
    def waiting(self) -> int:
        """Cells typed and not compared yet."""
        return sum(not cell.fixed for cell in self.typed.values())

    @property
    def cells(self) -> int:
        return len(self.ids) * len(self.fields)

    def next_empty(self, row: int = 0) -> QModelIndex:
        """The first cell from `row` on that nothing was typed into; else the first cell."""
        for at in (*range(row, len(self.ids)), *range(row)):
            for column, field in enumerate(self.fields, 1):
                if (self.ids[at], field.id) not in self.typed:
                    return self.index(at, column)
        return self.index(0, KEY + 1)

    # reading --------------------------------------------------------------------------------------------------------

    def data(self, index: QModelIndex, role: int = _ROLE.DisplayRole) -> Any:
        if index.column() == KEY:
            return self._name(index.row()) if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole) else None
        cell = self.cell(index)
        if role == _ROLE.DisplayRole:
            return cell.text if cell else ""
        if role == _ROLE.TextAlignmentRole:
            right = TYPES[self.fields[index.column() - 1].type].align == "right"
            return int((Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter)
        if cell is None:
            return _("没有录入") if role == _ROLE.AccessibleTextRole else None
        if role == _ROLE.ForegroundRole and (cell.fixed or cell.text and cell.value is None and not cell.raw):
            return QBrush(QColor(theme.tones().muted))
        issues = self.issues(index.row(), index.column()) if role in (_ROLE.DecorationRole, _ROLE.BackgroundRole, _ROLE.ToolTipRole) else ()
        if issues:
            if role == _ROLE.ToolTipRole:
                return "\n".join(issue.message for issue in issues)
            worst = min((issue.level for issue in issues), key=_rank)
            return self._paints.mark(worst) if role == _ROLE.DecorationRole else self._paints.tint(worst)
        if role == _ROLE.ToolTipRole and cell.fixed:
            return _("已经比对，不能再改")
        return (cell.text + (_("，已经比对") if cell.fixed else "")) if role == _ROLE.AccessibleTextRole else None

    def _name(self, row: int) -> str:
        record = self.ids[row]
        if record not in self._rows:
            start = row - row % _PART
            self._rows |= {each.record: each for each in self.desk.ws.rekey_rows(self.round.id, self.ids[start:start + _PART])}
        return self._rows[record].key

    def issues(self, row: int, column: int) -> Sequence[Issue]:
        """What is wrong with a typed cell by itself."""
        key = (self.ids[row], self.fields[column - 1].id)
        if key not in self._issues:
            cell = self.typed.get(key)
            self._issues[key] = self.desk.ws.judge_rekeyed(self.round.id, *key, cell.text) if cell and (cell.raw or cell.value is not None) else ()
        return self._issues[key]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:  # noqa: N802
        if orientation == Qt.Orientation.Vertical:
            return f"{section + 1}　{self._name(section)}" if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole) else None
        if role == _ROLE.DisplayRole:
            return _("记录") if section == KEY else self.fields[section - 1].heading
        if role == _ROLE.ToolTipRole and section > KEY:
            return self.fields[section - 1].help or None
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) if role == _ROLE.TextAlignmentRole else None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        cell = self.cell(index) if index.isValid() else None
        return shown | Qt.ItemFlag.ItemIsEditable if index.column() > KEY and not (cell and cell.fixed) else shown

    # writing --------------------------------------------------------------------------------------------------------

    def setData(self, index: QModelIndex, value: Any, role: int = _ROLE.EditRole) -> bool:  # noqa: N802
        if role != _ROLE.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        key = (self.ids[index.row()], self.fields[index.column() - 1].id)
        typed = self.desk.ws.rekey(self.round.id, *key, value, self.reader)
        self.typed.pop(key, None)
        if typed is not None:
            self.typed[key] = typed
        self._issues.pop(key, None)
        self.dataChanged.emit(index, index)
        return True

    def repaint_all(self) -> None:
        """The theme changed."""
        self._paints = Paints()
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))


def _rank(level: Level) -> int:
    return level.rank
