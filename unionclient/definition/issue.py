"""`Issue`: one finding about one record, as a value that every room passes on unchanged."""

from dataclasses import dataclass
from enum import StrEnum

from unionclient.definition.words import _, marked

_TITLES = {"block": marked("必须改正"), "explain": marked("需要说明"), "confirm": marked("请核实"), "hint": marked("提示")}


class Level(StrEnum):
    """The four levels of a finding, as the national statistics platform has them."""

    BLOCK = "block"      # no package while it stands
    EXPLAIN = "explain"  # needs a written explanation
    CONFIRM = "confirm"  # explain, softer
    HINT = "hint"

    @property
    def title(self) -> str:
        return _(_TITLES[self.value])

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {level: rank for rank, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a record, where, on what ground, and how to mend it.

    `record` is the record's id, or None while it has none (typing, import dry run);
    `fields` are field ids of `ledger`; `value` is what stands there as text, never personal data in logs; `facts` says the
    same in no language, for what must know it again ("" where `value` will do).
    """

    rule: str
    level: Level
    ledger: str
    record: str | None
    fields: tuple[str, ...]
    message: str
    value: str = ""
    mend: str = ""
    basis: str = ""
    facts: str = ""
