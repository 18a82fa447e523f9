"""`Record`, one row of a ledger in memory as every room passes it on, and `Write`, one to be written. Knows nothing of where it is kept."""

from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `values` are Python values by field id (None: not filled in).

    `raw` holds, by field id, texts that were typed and could not be read; such a field has the value None.
    `id` is "" and `rowid` 0 while the row has not been saved.
    """

    ledger: str
    id: str
    values: Mapping[str, Any]
    raw: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    version: int = 0
    void: bool = False
    rowid: int = 0

    def __getitem__(self, field_id: str) -> Any:
        return self.values[field_id]

    def __contains__(self, field_id: object) -> bool:
        return field_id in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def keys(self) -> KeysView[str]:
        return self.values.keys()

    def value(self, field_id: str) -> Any:
        """What the row holds in a field; under `parent_id` the record it hangs on."""
        return self.parent if field_id == "parent_id" else self.values.get(field_id)

    def get(self, field_id: str, default: Any = None) -> Any:
        return self.values.get(field_id, default)


@dataclass(frozen=True, slots=True)
class Write:
    """One record to be written. `values` holds only fields that are set; `raw` the texts of unreadable ones."""

    ledger: str
    id: str
    is_new: bool
    values: Mapping[str, Any]
    raw: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
