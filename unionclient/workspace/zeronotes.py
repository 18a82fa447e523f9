"""Zero reports: why a ledger holds nothing in a period. Asked for every main ledger (L02; its annexes L02-2 go with it) without a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.assessment.periods import read_period
from unionclient.definition.faults import SubmissionError, UnionClientError
from unionclient.definition.ledger import Ledger
from unionclient.definition.words import _, marked
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.store.tables import quoted
from unionclient.validation.explanations import checked_text

TABLE = "zero_notes"
USUAL = (marked("本期没有发生这项工作"), marked("本街道没有这类单位和人员"), marked("还没有建账，下期补报"))
"""What officers usually write, offered in the language spoken and kept in Chinese, for the district reads it."""


@dataclass(frozen=True, slots=True)
class ZeroNote:
    """An empty ledger of a period; `text` is "" while nothing is said, `before` what was said for an earlier period."""

    ledger: str
    title: str
    text: str
    who: str
    at: str
    before: str = ""


class NotesWanted(SubmissionError):
    """Empty ledgers of which nothing is said; `ledgers` are their ids."""

    def __init__(self, missing: Sequence[ZeroNote]) -> None:
        told = _("有 {n} 本台账是空白的，还没有零报告说明：{titles}等。") if len(missing) > 6 else _("有 {n} 本台账是空白的，还没有零报告说明：{titles}。")
        super().__init__(told.format(n=len(missing), titles=_("、").join(note.title for note in missing[:6])), _("台账没有改动，没有生成报送包。"), _("请写明为什么没有记录，再报送。"))
        self.ledgers = tuple(note.ledger for note in missing)


def asked_for(ledger: Ledger) -> bool:
    return ledger.menu and ledger.parent is None and bool(ledger.code) and "-" not in ledger.code


def zero_notes(store: Store, period: str) -> list[ZeroNote]:
    """The empty ledgers of a period, in screen order, with what was said of them."""
    code = read_period(period).code
    said = {row[0]: row[1:] for row in store.connection.execute(
        "SELECT ledger, text, who, at FROM zero_note WHERE period = ?", (code,))}
    before = dict(store.connection.execute("SELECT ledger, text FROM zero_note WHERE period <> ? ORDER BY at", (code,)).fetchall())
    return [ZeroNote(l.id, l.title, *said.get(l.id, ("", "", "")), before.get(l.id, ""))
            for l in store.library.ledgers.values() if asked_for(l) and _empty(store, l)]


def missing(store: Store, period: str) -> list[ZeroNote]:
    return [note for note in zero_notes(store, period) if not note.text]


def note(store: Store, officer: str, period: str, ledgers: Sequence[str] | None, text: str) -> int:
    """One text for several empty ledgers (None: all that have none yet); returns for how many.

    Raises `ExplanationError` when the text says nothing, UnionClientError for a ledger that is not empty.
    """
    told = checked_text(next((usual for usual in USUAL if text.strip() == _(usual)), text))
    code = read_period(period).code
    empty = {each.ledger: each for each in zero_notes(store, code)}
    chosen = [each.ledger for each in empty.values() if not each.text] if ledgers is None else list(ledgers)
    for ledger in chosen:
        if ledger not in empty:
            title = store.library.ledgers[ledger].title if ledger in store.library.ledgers else ledger
            raise UnionClientError(_("“{title}”有记录，不用写零报告说明。").format(title=title), _("没有改动任何内容。"))
    return _keep(store, officer, code, dict.fromkeys(chosen, told))


def take_over(store: Store, officer: str, period: str) -> int:
    """What was last said of the ledgers that are still empty holds for this period too; returns for how many."""
    code = read_period(period).code
    return _keep(store, officer, code, {each.ledger: each.before for each in missing(store, code) if each.before})


def note_table(store: Store, period: str) -> Any:
    """The notes as a table of the package."""
    from unionclient.submission.tabledata import Column, Table

    columns = (Column("id", _("台账"), required=True), Column("title", _("台账名称")), Column("text", _("零报告说明")), Column("who", _("经办人")),
               Column("at", _("时间")))
    rows = [[each.ledger, each.title, each.text, each.who, each.at] for each in sorted(zero_notes(store, period), key=lambda n: n.ledger)]
    return Table(TABLE, _("零报告说明"), columns, rows, ("id",))


def _keep(store: Store, officer: str, period: str, texts: dict[str, str]) -> int:
    with store.transaction():
        for ledger, text in texts.items():
            store.connection.execute("INSERT OR REPLACE INTO zero_note VALUES (?, ?, ?, ?, ?)", (period, ledger, text, officer, now_text()))
            store.mark(ledger, period, who=officer, verb="zero_note", title=_("零报告说明"), facts={"period": period, "text": text})
    return len(texts)


def _empty(store: Store, ledger: Ledger) -> bool:
    return store.connection.execute(f"SELECT 1 FROM {quoted(ledger.id)} WHERE void = 0 LIMIT 1").fetchone() is None
