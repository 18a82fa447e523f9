"""Views of a ledger kept by name: what is searched and filtered, how it is sorted, which columns are shown.

They lie in the data folder's settings, so they go where the data go. What a changed definition no longer knows is passed over.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from unionclient.definition.condition import Clause, Condition
from unionclient.definition.ledger import Field
from unionclient.definition.values import TYPES


@dataclass(frozen=True, slots=True)
class View:
    """`order` is (field, ascending); `columns` the ids shown, () for all as defined."""

    name: str
    search: str = ""
    where: Condition = Condition()
    order: tuple[tuple[str, bool], ...] = ()
    columns: tuple[str, ...] = ()


class SavedViews:
    """The views of one ledger, in the order of their names."""

    def __init__(self, workspace: Any, ledger: str) -> None:
        self._ws = workspace
        self._key = f"ui.views.{ledger}"
        above = workspace.library.parent_field(ledger)
        self._fields: Mapping[str, Field] = {**({above.id: above} if above else {}), **workspace.library.ledgers[ledger].fields}

    def all(self) -> list[View]:
        return sorted((self._view(name, told) for name, told in self._kept().items()), key=lambda view: view.name)

    def put(self, view: View) -> None:
        """Keep a view; one of the same name is replaced."""
        self._write({**self._kept(), view.name: {
            "search": view.search, "order": view.order, "columns": view.columns,
            "where": [[c.field, c.operator, self._out(c)] for c in view.where.clauses]}})

    def drop(self, name: str) -> None:
        self._write({other: told for other, told in self._kept().items() if other != name})

    def _kept(self) -> dict[str, Any]:
        try:
            found = json.loads(self._ws.setting(self._key) or "{}")
        except ValueError:
            return {}
        return {name: told for name, told in found.items() if isinstance(told, dict)} if isinstance(found, dict) else {}

    def _write(self, views: Mapping[str, Any]) -> None:
        self._ws.set_setting(self._key, json.dumps(views, ensure_ascii=False) if views else None)

    def _out(self, clause: Clause) -> Any:
        kind = TYPES[self._fields[clause.field].type]
        return clause.value if clause.value is None or isinstance(clause.value, str) else kind.to_sql(clause.value)

    def _view(self, name: str, told: Mapping[str, Any]) -> View:
        clauses = tuple(Clause(field, sign, self._in(field, value)) for field, sign, value in told.get("where", ()) if field in self._fields)
        order = tuple((field, bool(up)) for field, up in told.get("order", ()) if field in self._fields)
        columns = tuple(field for field in told.get("columns", ()) if field in self._fields)
        return View(name, str(told.get("search", "")), Condition(clauses), order, columns)

    def _in(self, field: str, value: Any) -> Any:
        kind = self._fields[field].type
        return value if value is None or kind == "codes" else TYPES[kind].from_sql(value)
