"""The verbs of collecting from units, as `Workspace` offers them to window and command line."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from unionclient.definition.record import Write
from unionclient.definition.words import _
from unionclient.store.changelog import uuid7
from unionclient.store.database import Changes, Store
from unionclient.workspace import collecting, importing
from unionclient.workspace.collecting import Collection, Returned
from unionclient.workspace.naming import Names


class CollectVerbs:
    """Part of `Workspace`."""

    _store: Store
    _names: Names
    officer: str
    _write: Callable[..., Changes]
    back_up_if_changed: Callable[[], Path | None]

    def collectable(self) -> list[str]:
        """The ledgers that units can fill."""
        return [ledger.id for ledger in self._store.library.ledgers.values() if collecting.may_collect(ledger)]

    def write_templates(self, ledgers: Sequence[str], folder: Path, units: Sequence[str] | None = None) -> list[Path]:
        """A form for every unit (None: all that stand) with a sheet for each ledger; returns the files."""
        return collecting.write_templates(self._store, self._names, self.officer, ledgers, units, Path(folder))

    def plan_collection(self, folder: Path, progress: Any = None) -> Collection:
        """The dry run of a folder of returned forms. Nothing is written."""
        return collecting.collect(self._store, self._names, Path(folder), progress)

    def apply_collected(self, files: Sequence[Returned]) -> list[Changes]:
        """Takes in the files, each in a transaction and undo step of its own; what stays out is in the letters."""
        self.back_up_if_changed()
        return [self._take_in(found) for found in files if found.may_apply]

    def _take_in(self, found: Returned) -> Changes:
        with self._store.transaction():
            batch, writes = uuid7(), list[Write]()
            for plan in found.plans:
                importing.keep_batch(self._store, plan, f"{batch}-{plan.ledger}", self.officer)
                writes += importing.writes_of(plan)
            title = _("收回{unit_name}填报表（新增{new}，修改{changed}）").format(unit_name=found.unit_name, new=found.new, changed=found.changed)
            return self._write(writes, verb="import", title=title, origin="import", batch=batch)

    def write_letters(self, collection: Collection, folder: Path) -> list[Path]:
        """A workbook of faults for every unit that has some, ready to send back."""
        return collecting.write_letters(self._store, self._names, collection, Path(folder))
