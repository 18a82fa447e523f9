"""The verbs of re-keying (双录), as `Workspace` offers them to window and command line.

Beginning, typing and comparing leave every ledger as it is; only `decide_rekeyed` writes, as one step that can be undone.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Issue
from unionclient.definition.ledger import Field, Ledger, Library
from unionclient.definition.record import Record
from unionclient.definition.words import _
from unionclient.store.changelog import now_text, uuid7
from unionclient.store.database import Changes, Store
from unionclient.workspace import rekeying
from unionclient.workspace.naming import Names
from unionclient.workspace.rekeying import Difference, Result, Round, Row, Typed


class RekeyVerbs:
    """Part of `Workspace`."""

    _store: Store
    _names: Names
    library: Library
    officer: str
    record: Callable[[str, str], Record | None]
    _write: Callable[..., Changes]
    _read_values: Callable[[Ledger, Mapping[str, Any]], tuple[dict[str, Any], dict[str, str]]]

    def rekey_fields(self, ledger: str) -> list[Field]:
        """The fields that can be typed a second time; `Field.twice` says which are proposed."""
        return [field for field in self.library.ledgers[ledger].live_fields if field.retyped]

    def begin_rekey(self, ledger: str, records: Sequence[str], fields: Sequence[str]) -> Round:
        """A round over these records, typed in this order. Raises UnionClientError where nothing is left to type."""
        name, definition = uuid7(), self.library.ledgers[ledger]
        with self._store.transaction():
            rekeying.begin(self._store, name, definition, records, fields, self.officer)
            self._note(name, _("开始双录{}").format(definition.title), {"ledger": ledger, "records": len(records), "fields": list(fields)})
        return self.rekey_round(name)

    def rekey_rounds(self, ledger: str | None = None) -> list[Round]:
        """All rounds (of a ledger), those still open first."""
        return rekeying.rounds(self._store, ledger)

    def rekey_round(self, name: str) -> Round:
        return rekeying.find_round(self._store, name)

    def rekey_records(self, name: str) -> list[str]:
        """The ids of a round's records in the order they are typed."""
        return rekeying.record_ids(self._store, name)

    def rekey_rows(self, name: str, records: Sequence[str]) -> list[Row]:
        """What names these records to the second reader; never a value that is to be typed."""
        return rekeying.rows(self._store, self._names, self.rekey_round(name), records)

    def rekeyed(self, name: str) -> dict[tuple[str, str], Typed]:
        """(record, field) → what was typed the second time. Nothing of the first time is in it."""
        return rekeying.typed(self._store, self.rekey_round(name))

    def rekey(self, name: str, record: str, field: str, typed: Any, reader: str = "") -> Typed | None:
        """Keeps one cell as the second reader typed it (text or the key of a choice); "" takes it back. The ledger stays as it is."""
        found = self.rekey_round(name)
        definition = self.library.ledgers[found.ledger].fields[field]
        value, raw = self._reading(found.ledger, field, typed)
        text = "" if typed is None else str(typed).strip()
        if text and value is not None and definition.type in ("code", "bool", "reference"):
            text = rekeying.shown(self._names, self.library.ledgers[found.ledger], field, rekeying.stored_cell(definition, value, raw))
        with self._store.transaction():
            return rekeying.put(self._store, found, record, field, text, value, raw, reader.strip() or self.officer)

    def judge_rekeyed(self, name: str, record: str, field: str, typed: Any) -> list[Issue]:
        """What is wrong with a second reading by itself, while it is typed."""
        found = self.rekey_round(name)
        value, raw = self._reading(found.ledger, field, typed)
        row = {each: cell.value for (_of, each), cell in rekeying.typed(self._store, found, record).items() if each != field}
        return rekeying.judge(self.library.ledgers[found.ledger], field, value, raw, row)

    def compare_rekeyed(self, name: str) -> tuple[int, int]:
        """Holds what was typed since the last time against the ledger, and fixes it; returns (cells compared, cells that differ)."""
        found = self.rekey_round(name)
        with self._store.transaction():
            compared, differing = rekeying.compare(self._store, self._names, found)
            if compared:
                title = _("双录比对{}").format(self.library.ledgers[found.ledger].title)
                self._note(name, title, {"ledger": found.ledger, "compared": compared, "differing": differing})
        return compared, differing

    def rekey_differences(self, name: str) -> list[Difference]:
        """The list of disagreements, those in spelling only and those changed since too; `state` "open" asks for a decision."""
        return rekeying.differences(self._store, self._names, self.rekey_round(name))

    def rekey_result(self, name: str) -> Result:
        return rekeying.result(self._store, self.rekey_round(name))

    def decide_rekeyed(self, name: str, cells: Sequence[tuple[str, str]], choice: str, anew: Any = None) -> Changes:
        """What is right in these cells (record, field): "first", "second", or "anew" with the typed `anew`. One undo step.

        The first value that stays writes nothing. Raises UnionClientError where `anew` is wanted and empty.
        """
        found = self.rekey_round(name)
        ledger, third = self.library.ledgers[found.ledger], None
        if choice == "anew":
            if len(cells) != 1 or not str(anew or "").strip():
                raise UnionClientError(_("没有填写新的内容。"), _("台账没有改动。"), _("请填写后再保存。"))
            third = self._stored(found.ledger, cells[0][1], anew)
        with self._store.transaction():
            decision = rekeying.decide(self._store, found, cells, choice, third)
            rekeying.keep_decision(self._store, found, decision, choice, self.officer)
            words = {"first": _("双录核对：保留首次录入的{}项"), "second": _("双录核对：改为第二次录入的{}项"), "anew": _("双录核对：重新填写{}项")}
            title, changes = words[choice].format(len(decision.kept)), Changes()
            if decision.writes:
                changes = self._write(decision.writes, verb="rekey", title=title, reason=_("双录核对{}").format(ledger.title))
            for cell, _target in decision.kept if not decision.writes else ():
                self._store.mark(ledger.id, cell.record, who=self.officer, verb="rekey", title=title, facts={"field": cell.field, "choice": choice})
        return changes

    def close_rekey(self, name: str) -> None:
        """Ends a round: nothing more is typed. One in which nothing was compared leaves no trace but in the log."""
        found = self.rekey_round(name)
        with self._store.transaction():
            if self.rekey_result(name).total.compared:
                self._store.connection.execute("DELETE FROM rekey_entry WHERE round = ? AND agrees IS NULL", (name,))
                self._store.connection.execute("UPDATE rekey_round SET closed_at = ? WHERE id = ?", (now_text(), name))
            else:
                for table, column in (("rekey_entry", "round"), ("rekey_row", "round"), ("rekey_round", "id")):
                    self._store.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (name,))
            self._note(name, _("结束双录{}").format(self.library.ledgers[found.ledger].title), {"ledger": found.ledger})

    def rekey_verified(self, ledger: str, record: str) -> dict[str, tuple[str, str]]:
        """Field → (who, when) of the values of a record that were verified and have not changed since."""
        row = self.record(ledger, record)
        return rekeying.verified(self._store, self.library.ledgers[ledger], row) if row else {}

    def export_rekey(self, name: str, path: Path) -> Path:
        """The numbers and the list of a round as a workbook, ready to print."""
        from unionclient.workspace.rekey_book import write_book

        return write_book(self._store, self._names, self.rekey_round(name), Path(path))

    def _reading(self, ledger: str, field: str, typed: Any) -> tuple[Any, str | None]:
        values, raw = self._read_values(self.library.ledgers[ledger], {field: typed})
        return values.get(field), raw.get(field)

    def _stored(self, ledger: str, field: str, typed: Any) -> str:
        return rekeying.stored_cell(self.library.ledgers[ledger].fields[field], *self._reading(ledger, field, typed))

    def _note(self, name: str, title: str, facts: Mapping[str, Any]) -> None:
        self._store.mark("rekey", name, who=self.officer, verb="rekey", title=title, facts=facts)
