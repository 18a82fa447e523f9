"""The field being typed, kept beside the saved data until it is saved, so that a crash loses none of it.

One small file in the data folder, for this user's eyes only; it holds one field and is gone as soon as the field is
saved or given up. It is written at most twice a second and not forced onto the disk: typing must never wait for it.
"""

import datetime as dt
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.definition.words import _
from unionclient.workspace import Edit

FILE = "draft.json"
READER = "rekey/reader"     # under which the name of the second reader is remembered
_PAUSE = 500       # ms between two writings
_SHOWN = 60        # characters of the draft that the question shows


@dataclass(frozen=True, slots=True)
class Typed:
    """What was being typed: `record` None for a new one; `at` is local time, ISO; `rekeyed` the round of a second reading."""

    ledger: str
    record: str | None
    parent: str | None
    field: str
    text: str
    at: str
    rekeyed: str = ""


class Draft(QObject):
    """`watch` an input from its first key on; `drop` when it is saved or given up."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = folder / FILE
        self._input: Any = None
        self._place: tuple[str, str | None, str | None, str] = ("", None, None, "")
        self._rekeyed = ""
        self._there = self.path.exists()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.keep)

    def watch(self, typed_in: QWidget, ledger: str, record: str | None, parent: str | None, field: str, *, rekeyed: str = "") -> None:
        """The officer typed into this input; it is kept within half a second, also while typing goes on."""
        self._input, self._place, self._rekeyed = typed_in, (ledger, record, parent, field), rekeyed
        if not self._pause.isActive():
            self._pause.start()

    def keep(self) -> None:
        """Write down what stands in the input now."""
        if self._input is None or not shiboken6.isValid(self._input):
            return
        text = self._input.toPlainText() if isinstance(self._input, QPlainTextEdit) else self._input.text()
        ledger, record, parent, field = self._place
        typed = Typed(ledger, record, parent, field, text, dt.datetime.now().isoformat(timespec="seconds"), self._rekeyed)
        part = self.path.with_suffix(".part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(asdict(typed), file, ensure_ascii=False)
            os.replace(part, self.path)
            self._there = True
        except OSError:
            return  # saving will say what is wrong with the disk; typing goes on

    def drop(self) -> None:
        """The field is saved or given up."""
        self._pause.stop()
        self._input = None
        if self._there:
            try:
                self.path.unlink(missing_ok=True)
                self._there = False
            except OSError:
                return  # asked about once too often rather than in the way now

    def let_go(self) -> None:
        """The input is closing though its text could not be saved: what is kept stays."""
        self.keep()
        self._pause.stop()
        self._input = None

    def left(self) -> Typed | None:
        """What the last start left behind; None if nothing, or nothing that can be read."""
        try:
            return Typed(**json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


class _Offer(QObject):
    """Asks whether what was left is to be filled in, and does so."""

    def __init__(self, desk: Any, typed: Typed, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._typed, self._window = desk, typed, parent

    def ask(self) -> None:
        typed, ws = self._typed, self._desk.ws
        ledger = ws.library.ledgers[typed.ledger]
        record = ws.record(typed.ledger, typed.record) if typed.record else None
        field = _field_of(ws, typed)
        shown = typed.text if len(typed.text) <= _SHOWN else typed.text[:_SHOWN] + "……"
        if typed.rekeyed:       # by what the second reader may see
            name = next((row.key for row in ws.rekey_rows(typed.rekeyed, [typed.record])), "")
            where = _("{}正在双录{}“{}”的“{}”时程序关闭了，这一格没有保存：\n\n{}")
        else:
            name = ws.label(typed.ledger, typed.record) if record else _("新的一条")
            where = _("{}正在填写{}“{}”的“{}”时程序关闭了，这一格没有保存：\n\n{}")
        where = where.format(_when(typed.at), ledger.title, name, field.title, shown)
        if typed.record and (record is None or record.void):
            ask.tell(self._window, _("没有保存的一格"), where, _("这条记录已经作废，不能填回去。"))
            self._away()
            return
        ask.confirm(self._window, _("没有保存的一格"), where, self._fill, yes=_("填回去"), no=_("不要了"), otherwise=self._away,
                    more=_("第二次录入的其他内容都已保存，台账没有改动。") if typed.rekeyed else _("填回去以后可以撤销。其他内容都已保存。"))

    def _fill(self) -> None:
        typed = self._typed
        title = _("填回没有保存的{}").format(_field_of(self._desk.ws, typed).title)
        try:
            if typed.rekeyed:
                self._desk.ws.rekey(typed.rekeyed, typed.record, typed.field, typed.text, self._desk.config.get(READER, ""))
                self._away()
                self._desk.open("rekey", round=typed.rekeyed, record=typed.record, field=typed.field)
                return
            changes = self._desk.ws.save(typed.ledger, [Edit(typed.record, {typed.field: typed.text}, typed.parent)], title=title)
        except UnionClientError as error:
            ask.fault(self._window, error)
            return
        self._away()
        self._desk.publish(changes)
        added, changed, _retired = changes.ledgers.get(typed.ledger, ((), (), ()))
        if added or changed:
            self._desk.open(typed.ledger, record=(*added, *changed)[0], field=typed.field)

    def _away(self) -> None:
        self._desk.draft.drop()
        self.deleteLater()


def offer(desk: Any, window: QWidget) -> None:
    """If the last start ended in the middle of a field, ask about it, naming record and time."""
    typed = desk.draft.left()
    if typed is None:
        return
    ledger = desk.ws.library.ledgers.get(typed.ledger)
    gone = typed.rekeyed and all(each.id != typed.rekeyed or each.closed_at for each in desk.ws.rekey_rounds())
    if ledger is None or _field_of(desk.ws, typed) is None or not typed.text.strip() or gone:
        desk.draft.drop()
    else:
        _Offer(desk, typed, window).ask()


def _field_of(workspace: Any, typed: Typed) -> Any:
    above = workspace.library.parent_field(typed.ledger)
    return above if above is not None and above.id == typed.field else workspace.library.ledgers[typed.ledger].fields.get(typed.field)


def _when(at: str) -> str:
    moment = dt.datetime.fromisoformat(at)
    day = _("今天") if moment.date() == dt.date.today() else _("{}月{}日").format(moment.month, moment.day)
    return f"{day} {moment:%H:%M} "
