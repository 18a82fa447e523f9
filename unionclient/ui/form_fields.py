"""The fields of a record form: sections by group, each field with label, input and what is wrong with it."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unionclient.definition.issue import Issue
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.record import Record
from unionclient.ui import icons, theme
from unionclient.ui.desk import Desk
from unionclient.ui.editors.kinds import make_input
from unionclient.ui.editors.line import FieldText
from unionclient.ui.form_files import FilesBox
from unionclient.ui.views.frame import local_time
from unionclient.ui.widgets import label, rule, set_kind
from unionclient.definition.words import _

_SHORT = 16           # characters of width up to which two fields share a line
_PAUSE = 200          # ms after the last key before the record is judged
_KINDS = {0: "block", 1: "warn", 2: "warn", 3: "hint"}


class FieldRow(QWidget):
    """One field. `left`: its input was left or a choice was made; `entered`: it has the focus now."""

    left = Signal(object)
    typing = Signal(object)
    entered = Signal(object)

    def __init__(self, field: Field, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._title = title = QLabel(self)
        title.setProperty("kind", "muted")
        self.mark_verified(None)
        self.is_files = field.type == "attachment"
        self.input = FilesBox(field, desk, self) if self.is_files else make_input(field, desk.ws, self)
        if not self.is_files:
            self.input.setAccessibleName(field.title + (_("，必填") if field.required else ""))
            self.input.touched.connect(self._typing)
            self.input.settled.connect(self._left)
            (self.input.left if isinstance(self.input, FieldText) else self.input.editingFinished).connect(self._left)
            self.input.installEventFilter(self)
        title.setBuddy(self.input)
        self._mark = QLabel(self)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        note = QHBoxLayout()
        note.setSpacing(5)
        note.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        note.addWidget(self.words, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(3)
        layout.addWidget(title)
        layout.addWidget(self.input)
        layout.addLayout(note)
        layout.addStretch(1)
        self.say(())

    @property
    def wide(self) -> bool:
        """Needs the whole line."""
        return self.is_files or isinstance(self.input, FieldText) or self.field.width > _SHORT or self.field.type in ("reference", "codes")

    def show_record(self, record: Record | None, *, force: bool = False) -> None:
        """The record's value; what is being typed stays, unless another record is shown (`force`)."""
        value = record.values.get(self.field.id) if record else None
        if self.is_files:
            self.input.show_files(record, value or ())
        elif force or not (self.input.changed and self.input.hasFocus()):
            self.input.show_value(value, record.raw.get(self.field.id, "") if record else "")

    def mark_verified(self, told: tuple[str, str] | None) -> None:
        """A tick beside the title of what was typed a second time and found or made right: `told` is (who, when), None for none."""
        tick = f" <span style='color:{theme.tones().good}'>✓</span>" if told else ""
        self._title.setTextFormat(Qt.TextFormat.RichText if tick or self.field.required else Qt.TextFormat.PlainText)
        self._title.setText((html.escape(self.field.heading) if tick and not self.field.required else _heading(self.field)) + tick)
        words = [_("双录核对无误：{} {}").format(told[0], local_time(told[1]))] if told else []
        self._title.setToolTip("\n".join(words + ([_("必填")] if self.field.required else [])))

    def say(self, issues: Sequence[Issue], elsewhere: Mapping[str, str] = {}) -> None:
        """The findings of the field, gravest first, in words below the input.

        `elsewhere`: rule → title of the field under which its words already stand.
        """
        worst = min(issues, key=_gravity, default=None)
        self._mark.setVisible(worst is not None)
        self.words.setVisible(worst is not None)
        if not self.is_files:
            self.input.set_state(worst.level if worst else None)
        if worst is not None:
            self._mark.setPixmap(icons.mark(worst.level).pixmap(16, 16))
            told = [_("同“{}”").format(elsewhere[issue.rule]) if issue.rule in elsewhere else
                    "\n".join(part for part in (issue.message, issue.mend) if part) for issue in sorted(issues, key=_gravity)]
            self.words.setText("\n".join(dict.fromkeys(told)))
            set_kind(self.words, _KINDS[worst.level.rank])

    def eventFilter(self, watched: QObject, event) -> bool:
        if event.type() == event.Type.FocusIn:
            self.entered.emit(self.field)
        return False

    def _typing(self) -> None:
        self.typing.emit(self)

    def _left(self) -> None:
        self.left.emit(self)


class FieldsPaper(QWidget):
    """All live fields of a ledger, in the groups of its definition.

    `save_wanted`: a FieldRow whose input holds something new. Messages follow while one types.
    """

    save_wanted = Signal(object)
    entered = Signal(object)

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ledger = ledger
        self.rows: dict[str, FieldRow] = {}
        self._record: Record | None = None
        self._parent_id: str | None = None
        self._typing: FieldRow | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._judge)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        groups: dict[str, list[Field]] = {}
        for field in ledger.live_fields:
            groups.setdefault(field.group, []).append(field)
        for number, (title, fields) in enumerate(groups.items()):
            self._section(title, fields, first=number == 0)

    def _section(self, title: str, fields: list[Field], *, first: bool) -> None:
        if not first:
            self._layout.addSpacing(4)
            self._layout.addWidget(rule(self))
            self._layout.addSpacing(4)
        if title:
            self._layout.addWidget(label(title, "heading", self))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        line = column = 0
        for field in fields:
            row = self.rows[field.id] = FieldRow(field, self.desk, self)
            row.left.connect(self._left)
            row.typing.connect(self._touched)
            row.entered.connect(self.entered)
            if row.wide:
                line, column = line + (column > 0), 0
                grid.addWidget(row, line, 0, 1, 2)
                line += 1
            else:
                grid.addWidget(row, line, column)
                line, column = (line + 1, 0) if column else (line, 1)
        self._layout.addLayout(grid)

    def show_record(self, record: Record | None, parent: str | None = None, *, force: bool = False) -> None:
        """Fill all inputs; `parent` for a new child record."""
        self._record, self._parent_id = record, parent
        verified = self.desk.ws.rekey_verified(self.ledger.id, record.id) if record else {}
        for row in self.rows.values():
            row.show_record(record, force=force)
            row.mark_verified(verified.get(row.field.id))
        self.say(self.desk.ws.issues(record) if record else [])

    def say(self, issues: Sequence[Issue]) -> None:
        by_field: dict[str, list[Issue]] = {}
        for issue in issues:
            for name in issue.fields:
                by_field.setdefault(name, []).append(issue)
        told: dict[str, str] = {}
        for name, row in self.rows.items():
            found = by_field.get(name, ())
            row.say(found, told)
            told |= {issue.rule: row.field.title for issue in found if issue.rule not in told and not issue.rule.startswith("G-")}

    def changed_rows(self) -> list[FieldRow]:
        return [row for row in self.rows.values() if not row.is_files and row.input.changed]

    def _touched(self, row: FieldRow) -> None:
        self._typing = row
        self._pause.start()
        self.desk.draft.watch(row.input, self.ledger.id, self._record.id if self._record else None, self._parent_id, row.field.id)

    def _judge(self) -> None:
        row = self._typing
        if row is None or not row.input.changed:
            return
        _record, issues = self.desk.ws.try_values(self.ledger.id, {row.field.id: row.input.typed()},
                                                  self._record.id if self._record else None, self._parent_id)
        if self._record is None:
            # Nothing is there yet: a form full of "must be filled in" would only scold.
            issues = [issue for issue in issues if row.field.id in issue.fields]
        self.say(issues)

    def _left(self, row: FieldRow) -> None:
        self._pause.stop()
        if row.input.changed:
            self.save_wanted.emit(row)
        elif self._typing is row:
            self.desk.draft.drop()


def _heading(field: Field) -> str:
    if not field.required:
        return field.heading
    return f"{html.escape(field.heading)} <span style='font-size:7pt'>●</span>"


def _gravity(issue: Any) -> int:
    return issue.level.rank
