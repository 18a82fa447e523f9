"""What a form needs of the records, and the roster that any ledger has without a form of its own."""

from collections.abc import Iterator
from typing import Any

from unionclient.definition.ledger import Field, FormColumn, Ledger, PrintForm
from unionclient.printing.sheet import PLACEHOLDER

PROGRAM_PATHS = frozenset(("row_no", "blank"))
"""Columns that no record holds: the running number, and an empty column for the pen."""
_CENTRED = ("code", "date", "month", "datetime", "bool")
_NUMBERS = ("int", "decimal", "money")
_UNITS_NOT_SUMMED = ("年", "层", "届", "次序", "%", "％", "岁", "分")


def paths(form: PrintForm) -> set[str]:
    """Every path of a record that the form prints: columns, `field` and `group_by` options, placeholders of templates.

    A path is a field id, or goes through references (`unit_id.uscc`) or the parent record (`parent_id.unit_id`).
    """
    found = {column.field for column in form.columns}
    rest = {key: value for key, value in form.options.items() if key != "children"}
    found |= set(_option_paths(rest))
    return {path for path in found if path and path not in PROGRAM_PATHS and not path.startswith("context.")}


def child_paths(form: PrintForm) -> set[str]:
    """Every path of a child record that the form prints or chooses by; empty when it has no child rows."""
    children = form.options.get("children", {})
    return {column["field"] for column in children.get("columns", ())} - PROGRAM_PATHS | set(children.get("only", ()))


def child_ledger(form: PrintForm) -> str | None:
    """The ledger whose rows belong under each record (`children.ledger`), linked by `children.link` or as its child ledger."""
    return form.options.get("children", {}).get("ledger")


def number_paths(form: PrintForm) -> set[str]:
    """The paths whose stored integers are summed: `PrintRow.numbers` should hold them."""
    return set(form.options.get("total", ()))


def _option_paths(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        for match in PLACEHOLDER.finditer(value):
            yield match[1]
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in ("field", "group_by") and isinstance(part, str):
                yield part
            yield from _option_paths(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _option_paths(part)


def roster_of(ledger: Ledger) -> PrintForm:
    """A K1 roster of all printed fields, for a ledger without a form; personal fields come masked.

    Widths are shared by the fields' own widths; too many columns are continued on further sheets by the layout.
    """
    fields = [found for found in ledger.live_fields if found.printed and found.type != "attachment"]
    columns = tuple(FormColumn(f.id, "", 0.0, _align(f), f.group) for f in fields if f.id != "remark")
    total = [f.id for f in fields if f.type in _NUMBERS and f.unit and f.unit not in _UNITS_NOT_SUMMED]
    return PrintForm(ledger.code or ledger.id, ledger.title, "K1", ledger.id, columns, landscape=True,
                     mask=any(f.personal for f in fields), version=str(ledger.version),
                     options={"total": total, "lead": list(ledger.label[:1])}, source=ledger.source)


def _align(found: Field) -> str:
    if found.type in _NUMBERS:
        return "right"
    return "center" if found.type in _CENTRED else "left"
