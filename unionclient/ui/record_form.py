"""`RecordForm`: all of one record, built from its ledger's definition: fields, children, attachments, history.

A field is saved when it is left; there is no save button and nothing to lose.
"""

from collections import Counter
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.record import Record
from unionclient.ui import icons
from unionclient.ui.desk import Desk
from unionclient.ui.form_children import ChildSection
from unionclient.ui.form_fields import FieldRow, FieldsPaper
from unionclient.ui.form_history import HistoryView
from unionclient.ui.tabs import Tabs
from unionclient.ui.widgets import label, set_kind, tool
from unionclient.definition.words import _
from unionclient.workspace import Edit


class RecordForm(QFrame):
    """`made` carries the id of a record that was begun here; `step_wanted` is -1 or +1."""

    close_wanted = Signal()
    step_wanted = Signal(object)
    made = Signal(str)
    up_wanted = Signal()        # from the children back to the record's own row

    def __init__(self, desk: Desk, ledger: Ledger, parent: QWidget, *, parent_id: str | None = None, steps: bool = True) -> None:
        super().__init__(parent)
        self.desk = desk
        self.ledger = ledger
        self.record: Record | None = None
        self._parent_id = parent_id
        self.setProperty("kind", "panel")
        self.setMinimumWidth(330)
        self.fields = FieldsPaper(desk, ledger, self)
        self.children_of = [ChildSection(desk, child, self) for child in desk.ws.library.children(ledger.id)]
        for section in self.children_of:
            section.step_wanted.connect(self._step_section)
        self.history = HistoryView(desk.ws, ledger, self)
        self.fields.save_wanted.connect(self.save_row)
        self.fields.entered.connect(self._explain)
        self._build(steps)

    def _build(self, steps: bool) -> None:
        self._name = label("", "heading", self)
        self._name.setSizePolicy(self._name.sizePolicy().horizontalPolicy().Ignored, self._name.sizePolicy().verticalPolicy())
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 0)
        head.setSpacing(2)
        head.addWidget(self._name, 1)
        if steps:
            head.addWidget(tool("up", _("上一条"), self._previous, self))
            head.addWidget(tool("down", _("下一条"), self._next, self))
        head.addWidget(tool("close", _("关闭详情（Esc）"), self.close_wanted.emit, self))
        self._mark = QLabel(self)
        self._verdict = label("", "muted", self)
        verdict = QHBoxLayout()
        verdict.setContentsMargins(16, 0, 16, 4)
        verdict.setSpacing(6)
        verdict.addWidget(self._mark)
        verdict.addWidget(self._verdict, 1)
        paper = QWidget(self)
        paper.setProperty("kind", "paper")
        inside = QVBoxLayout(paper)
        inside.setContentsMargins(16, 10, 16, 16)
        inside.addWidget(self.fields)
        for section in self.children_of:
            inside.addWidget(section)
        inside.addStretch(1)
        self.scroll = QScrollArea(self)
        self.scroll.setWidgetResizable(True)
        self.scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll.setWidget(paper)
        self.tabs = Tabs(self)
        self.tabs.addTab(self.scroll, _("内容"))
        self.tabs.addTab(self.history, _("历史"))
        self.tabs.currentChanged.connect(self._tab)
        self._help = label("", "foot", self)
        self._help.setWordWrap(True)
        self._help.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._help.setMinimumHeight(self._help.fontMetrics().lineSpacing() * 2 + 14)     # short helps do not move the form
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addLayout(verdict)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._help)

    # showing ------------------------------------------------------------------------------------------------------

    def show_record(self, record_id: str | None) -> None:
        """Another record, or None for a new one. What was typed into the one before is saved first."""
        if record_id and self.record is not None and record_id == self.record.id:
            return
        self.leave()
        self._load(record_id, force=True)
        self.scroll.verticalScrollBar().setValue(0)
        self._help.setText(self.ledger.help if record_id is None else "")

    def enter_children(self, number: int = 0) -> bool:
        """The cursor into the children of one child ledger; False if there is none or the record is not there yet."""
        if not self.children_of:
            return False
        section = self.children_of[number % len(self.children_of)]
        self.tabs.setCurrentWidget(self.scroll)
        if not section.enter():
            return False
        self.scroll.ensureWidgetVisible(section)
        return True

    def _step_section(self, told: Any) -> None:
        section, step = told
        if step > 0:
            self.enter_children(self.children_of.index(section) + 1)
        else:
            self.up_wanted.emit()

    def _load(self, record_id: str | None, *, force: bool = False) -> None:
        self.record = self.desk.ws.record(self.ledger.id, record_id) if record_id else None
        if self.record is not None and self.record.void:
            self.record = None
        self.fields.show_record(self.record, self._parent_id, force=force)
        if self.ledger.status:
            row = self.fields.rows[self.ledger.status.field]
            row.input.offered = self.desk.ws.next_steps(self.ledger.id, self.record.id if self.record else None)
        for section in self.children_of:
            section.show_parent(self.record.id if self.record else None)
        self._show_head()
        self._tab()

    def _show_head(self) -> None:
        name = self.desk.ws.label(self.ledger.id, self.record.id) if self.record else _("新的一条")
        self._name.setText(name)
        self._name.setToolTip(name)
        issues = self.desk.ws.issues(self.record) if self.record else []
        worst = min((issue.level for issue in issues), key=_rank, default=None)
        self._mark.setVisible(worst is not None)
        if worst is None:
            self._verdict.setText(_("没有发现问题") if self.record else _("填写后自动保存"))
            set_kind(self._verdict, "good" if self.record else "muted")
            return
        counts = Counter(issue.level for issue in issues)
        self._mark.setPixmap(icons.mark(worst).pixmap(16, 16))
        self._verdict.setText(_("，").join(f"{level.title} {counts[level]}" for level in Level if counts[level]))
        set_kind(self._verdict, {0: "block", 3: "hint"}.get(worst.rank, "warn"))

    def refresh(self, changes: Any) -> None:
        """Show again what `changes` names of this record and its children."""
        for section in self.children_of:
            section.refresh(changes)
        if self.record is None:
            return
        added, changed, retired = ((), (), ()) if changes is None else changes.ledgers.get(self.ledger.id, ((), (), ()))
        if changes is None or self.record.id in changed or self.record.id in retired or self.record.id in added:
            self._load(self.record.id)
        elif set(changes.ledgers) & {f.ref for f in self.ledger.live_fields if f.type == "reference"}:
            self.fields.show_record(self.record, self._parent_id)

    def _tab(self) -> None:
        if self.tabs.currentWidget() is self.history:
            self.history.show_record(self.record.id if self.record else None)

    @property
    def current(self) -> str:
        """The field that has the focus, "" if none."""
        return next((name for name, row in self.fields.rows.items() if row.input.hasFocus()), "")

    def _explain(self, field: Field) -> None:
        self._help.setText("　".join(part for part in (field.heading, field.help) if part))

    # saving -------------------------------------------------------------------------------------------------------

    def save_row(self, row: FieldRow) -> None:
        """Save one field; the first field of a new record makes the record."""
        typed = row.input.typed()
        if self.record is None and (typed is None or not str(typed).strip()):
            return
        title = _("修改{}").format(row.field.title) if self.record else _("新增{}").format(self.ledger.title)
        self._save({row.field.id: typed}, title)

    def _save(self, values: dict[str, Any], title: str) -> None:
        fresh = self.record is None
        rows = [self.fields.rows[name] for name in values]
        changes = self.desk.ws.save(self.ledger.id, [Edit(None if fresh else self.record.id, values, self._parent_id)], title=title)
        self.desk.draft.drop()
        if fresh:
            self._load(changes.ledgers[self.ledger.id][0][0])
        else:
            self._load(self.record.id)
        for row in rows:
            row.show_record(self.record, force=True)
        self.desk.publish(changes)
        if fresh:
            self.made.emit(self.record.id)

    def leave(self) -> None:
        """Save whatever is still being typed."""
        for section in self.children_of:
            section.leave()
        rows = [row for row in self.fields.changed_rows() if self.record or str(row.input.typed() or "").strip()]
        if rows:
            title = _("修改{}").format(rows[0].field.title) if self.record else _("新增{}").format(self.ledger.title)
            self._save({row.field.id: row.input.typed() for row in rows}, title)

    # keys ---------------------------------------------------------------------------------------------------------

    def _previous(self) -> None:
        self.leave()
        self.step_wanted.emit(-1)

    def _next(self) -> None:
        self.leave()
        self.step_wanted.emit(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            self.leave()
            self.close_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


def _rank(level: Level) -> int:
    return level.rank
