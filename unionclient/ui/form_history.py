"""The history of a record: who, when, what, old → new, newest first."""

import datetime as dt
import html
from typing import Any

from PySide6.QtWidgets import QTextBrowser, QWidget

from unionclient.definition.ledger import Ledger
from unionclient.definition.values import TYPES
from unionclient.ui import theme
from unionclient.definition.words import _

_SYSTEM = {"void": _("作废"), "void_reason": _("作废原因"), "parent_id": _("所属记录")}


class HistoryView(QTextBrowser):
    """Text to be read and copied."""

    def __init__(self, workspace: Any, ledger: Ledger, parent: QWidget) -> None:
        super().__init__(parent)
        self._ws = workspace
        self._ledger = ledger
        self.setAccessibleName(_("修改历史"))
        self.setProperty("place", "tab")
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setOpenLinks(False)

    def show_record(self, record: str | None) -> None:
        tones = theme.tones()
        entries = self._ws.history(self._ledger.id, record) if record else []
        blocks = [self._block(entry, tones) for entry in entries]
        self.setHtml("".join(blocks) or f"<p style='color:{tones.muted}'>{_('还没有历史。')}</p>")

    def _block(self, entry: Any, tones: theme.Tones) -> str:
        reason = "　" + html.escape(_("原因：{reason}").format(reason=entry.reason)) if entry.reason else ""
        head = (f"<p style='margin:10px 0 2px 0'><b>{html.escape(entry.title or entry.verb)}</b>"
                f"<span style='color:{tones.muted}'>　{local_time(entry.at)}　{html.escape(entry.who)}{reason}</span></p>")
        lines = [f"<p style='margin:1px 0 1px 12px'><span style='color:{tones.muted}'>{html.escape(_('{title}：').format(title=title))}</span>"
                 f"{self._change(old, new, tones)}</p>" for title, old, new in self._fields(entry)]
        return head + "".join(lines)

    def _fields(self, entry: Any) -> list[tuple[str, str, str]]:
        touched = {**(entry.old or {}), **(entry.new or {})}
        names = [name for name in (*_SYSTEM, *self._ledger.fields) if name in touched]
        rows = []
        for name in names:
            field = self._ledger.fields.get(name)
            title = field.title if field else _SYSTEM[name]
            rows.append((title, self._shown(name, (entry.old or {}).get(name)), self._shown(name, (entry.new or {}).get(name))))
        return rows

    def _shown(self, name: str, value: Any) -> str:
        field = self._ledger.fields.get(name)
        if value is None:
            return ""
        if name == "void":
            return _("是") if value else _("否")
        if name == "parent_id" or field is None:
            return self._ws.label(self._ledger.parent, value) if name == "parent_id" and self._ledger.parent else str(value)
        if field.type == "reference":
            return self._ws.label(field.ref, value)
        return TYPES[field.type].show(TYPES[field.type].from_sql(value), field)

    @staticmethod
    def _change(old: str, new: str, tones: theme.Tones) -> str:
        if not old:
            return html.escape(new) or "—"
        return f"<span style='color:{tones.muted}'>{html.escape(old)}</span> → {html.escape(new) or _('（空）')}"


def local_time(at: str) -> str:
    """A log time (UTC, ISO text) as the officer's clock says it, to the minute."""
    return dt.datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone().strftime("%Y-%m-%d %H:%M")
