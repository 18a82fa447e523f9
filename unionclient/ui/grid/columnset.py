"""Which columns of a ledger this computer shows, and in which order."""

from collections.abc import Sequence
from typing import Any

from unionclient.definition.ledger import Field


def kept(config: Any, remembered: str, fields: Sequence[Field]) -> list[str]:
    """Ids of the fields to show. A field the definitions got since then is shown at the end; [] means all as defined."""
    found = config.get(f"columns/{remembered}")
    if not isinstance(found, dict):
        return []
    shown, hidden = list(found.get("shown", ())), set(found.get("hidden", ()))
    return shown + [field.id for field in fields if field.id not in hidden and field.id not in shown]


def keep(config: Any, remembered: str, shown: Sequence[Field], fields: Sequence[Field]) -> None:
    """Remember them; all as defined is remembered as nothing."""
    ids = [field.id for field in shown]
    plain = ids == [field.id for field in fields]
    config.put(f"columns/{remembered}", None if plain else {"shown": ids, "hidden": [f.id for f in fields if f.id not in ids]})
