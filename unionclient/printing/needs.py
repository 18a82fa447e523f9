"""What a form needs of the records, and the roster that any ledger has without a form of its own."""

from collections.abc import Iterator, Mapping
from typing import Any

from unionclient.definition.ledger import PLACEHOLDER_PATH, Field, FormColumn, Ledger, PrintForm
from unionclient.definition.words import _, marked

PROGRAM_PATHS = frozenset(("row_no", "blank"))
"""Columns that no record holds: the running number, and an empty column for the pen."""
_OPTION_PATHS = ("field", "date", "group_by", "scope")
_CENTRED = ("code", "date", "month", "datetime", "bool")
_NUMBERS = ("int", "decimal", "money")
_UNITS_NOT_SUMMED = (marked("年"), marked("层"), marked("届"), marked("次序"), "%", "％", marked("岁"), marked("分"))


def paths(form: PrintForm) -> set[str]:
    """Every path of a record that the form prints: columns, `field` and `group_by` options, placeholders of templates.

    A path is a field id, or goes through references (`unit_id.uscc`) or the parent record (`parent_id.unit_id`).
    """
    found = {column.field for column in form.columns}
    rest = {key: value for key, value in form.options.items() if key not in ("children", "photos", "tally")}
    found |= set(_option_paths(rest))
    return {path for path in found if path and path not in PROGRAM_PATHS and not path.startswith("context.")}


def child_tables(form: PrintForm) -> tuple[Mapping[str, Any], ...]:
    """The child tables of the form, in their order; a checklist fed from child records comes last."""
    given = form.options.get("children", ())
    tables = (given,) if isinstance(given, Mapping) else tuple(given)
    checklist = form.options.get("checklist", {})
    return (*tables, checklist) if "ledger" in checklist else tables


def child_paths(table: Mapping[str, Any]) -> set[str]:
    """Every path of a child record that the child table prints or chooses by."""
    found = {column["field"] for column in table.get("columns", ())} - PROGRAM_PATHS | set(table.get("only", ()))
    return found | {table[key] for key in ("item", "state", "text") if key in table}


def checklist_paths(form: PrintForm) -> set[str]:
    """What a checklist reads from the rows of the first child table."""
    checklist = form.options.get("checklist", {})
    return {checklist[key] for key in ("bad", "text") if key in checklist} if "bad" in checklist else set()


def number_paths(form: PrintForm) -> set[str]:
    """The paths whose stored integers are summed: `PrintRow.numbers` should hold them."""
    return set(form.options.get("total", ()))


def photo_fields(form: PrintForm) -> tuple[tuple[int | None, str], ...]:
    """Attachment fields to print: (None, field) of the record itself, (n, field) of its child table n."""
    found: list[tuple[int | None, str]] = []
    for path in _photo_paths(form.options):
        first, _, rest = path.partition(".")
        if first != "children":
            found.append((None, path))
            continue
        number, _, inner = rest.partition(".")
        found.append((int(number) - 1, inner) if inner else (0, number))
    return tuple(found)


def _photo_paths(options: Mapping[str, Any]) -> Iterator[str]:
    yield from options.get("photos", {}).get("fields", ())
    for part in options.get("parts", ()):
        if path := part.get("photos", {}).get("field"):
            yield path


def _option_paths(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        for match in PLACEHOLDER_PATH.finditer(value):
            yield match[1]
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key == "photos":
                continue
            if key in _OPTION_PATHS and isinstance(part, str):
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
    total = [f.id for f in fields if f.type in _NUMBERS and f.unit and f.unit not in map(_, _UNITS_NOT_SUMMED)]
    return PrintForm(ledger.code or ledger.id, ledger.title, "K1", ledger.id, columns, landscape=True,
                     mask=any(f.personal for f in fields), version=str(ledger.version),
                     options={"total": total, "lead": list(ledger.label[:1])}, source=ledger.source)


def _align(found: Field) -> str:
    if found.type in _NUMBERS:
        return "right"
    return "center" if found.type in _CENTRED else "left"
