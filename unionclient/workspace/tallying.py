"""Counted lines for a roster of variant `tally`: records gathered by a field, counted, summed and set in relation."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from unionclient.definition.ledger import Ledger, PrintForm
from unionclient.definition.record import Record
from unionclient.definition.words import _

Show = Callable[[Record, str], str]


def tally_rows(form: PrintForm, ledger: Ledger, found: Sequence[Record], show: Show, period: Mapping[str, Any]) -> list[Any]:
    """PrintRows with cells `label`, `n1`, `n2` …, one per value of `by`, and the total as the last one.

    A code field has a line for every code, also for one that does not occur; other fields for the values there are.
    Shares are exact; percent with two decimals, half up, and no text where the base is nought.
    """
    from unionclient.printing.sheet import PrintRow

    by = form.options["by"]
    field = ledger.fields.get(by)
    groups: dict[str, list[Record]] = {c.title: [] for c in field.codes.codes.values() if not c.retired} if field and field.codes else {}
    for record in found:
        groups.setdefault(show(record, by) or _("未填写"), []).append(record)
    lines = [*groups.items(), (_("合计"), list(found))]
    return [PrintRow({"label": label, **_cells(form.options["tally"], ledger, records, period)}) for label, records in lines]


def _cells(columns: Sequence[Mapping[str, Any]], ledger: Ledger, found: Sequence[Record], period: Mapping[str, Any]) -> dict[str, str]:
    from unionclient.printing.below import sum_text

    counts: list[int | None] = []
    cells = {}
    for number, column in enumerate(columns, 1):
        if "of" in column:
            counts.append(None)
            cells[f"n{number}"] = _percent(counts[column["of"] - 1], counts[column["per"] - 1])
            continue
        chosen = _chosen(column, found, period)
        if "sum" in column:
            values = [record.values.get(column["sum"]) for record in chosen]
            counts.append(sum(value for value in values if isinstance(value, int)))
            cells[f"n{number}"] = sum_text(ledger.fields[column["sum"]], [v for v in values if isinstance(v, int)]) if chosen else "0"
        else:
            counts.append(_count(column, chosen))
            cells[f"n{number}"] = str(counts[-1])
    return cells


def _chosen(column: Mapping[str, Any], found: Iterable[Record], period: Mapping[str, Any]) -> list[Record]:
    when = column.get("when")
    return [record for record in found if when is None or when.holds(record.values, period)]


def _count(column: Mapping[str, Any], chosen: Sequence[Record]) -> int:
    """Records, or different values of a field."""
    if "distinct" not in column:
        return len(chosen)
    return len({value for record in chosen if (value := record.values.get(column["distinct"])) is not None})


def _percent(part: int | None, whole: int | None) -> str:
    if part is None or not whole:
        return ""
    return f"{(Decimal(part) * 100 / Decimal(whole)).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"
