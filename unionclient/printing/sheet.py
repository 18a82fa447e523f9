"""What a layout is given: rows of already shown text, the circumstances of the print, and the form.

No record, no store and no PDF in here: the workspace resolves every path of the form beforehand.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionclient.definition.ledger import PLACEHOLDER, Field, FormColumn, Ledger, Library, PrintForm
from unionclient.definition.words import _
from unionclient.printing.needs import paths

PERSON = "person"
"""The ledger of natural persons: a reference to it shows a name."""
ABSENT = "—"
"""Printed where a record has no value: neither a 0 nor an empty cell, both of which could be read as a statement."""
TODAY = "context.today"
"""The day of the print; on a blank form it is the pen's."""
PEN = "＿＿＿＿＿＿"
"""Where a template has no text for a blank form."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of a record: the bytes of its file, and the words under it."""

    content: bytes
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One record as shown text.

    `cells` is keyed by field id or dotted path (`unit_id.uscc`); a missing key means no value. `numbers` holds the stored
    integers of the columns that are summed (money in fen, decimals scaled). `children` are the rows of the form's first child
    table, `more` those of its further ones. A `blank` row is an empty sheet for the pen; it may still carry what is printed on
    it, such as the items of a score sheet. `label` names the record in the table of contents of a batch.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    children: tuple["PrintRow", ...] = ()
    more: tuple[tuple["PrintRow", ...], ...] = ()
    photos: tuple[Photo, ...] = ()
    blank: bool = False
    label: str = ""

    def below(self, number: int) -> tuple["PrintRow", ...]:
        """The rows of the child table `number`, counted from 0."""
        return (self.children, *self.more)[number] if number <= len(self.more) else ()


EMPTY_SHEET = PrintRow(blank=True)


@dataclass(frozen=True, slots=True)
class PrintContext:
    """Who prints what, when, and for which package; empty texts are left out on paper."""

    street_name: str = ""
    union_name: str = ""
    period_text: str = ""
    printed_at: datetime.datetime | None = None
    officer: str = ""
    package_no: str = ""
    log_head: str = ""
    data_sha256: str = ""

    @property
    def today(self) -> str:
        """The day of the print, as in a letter."""
        return in_words(f"{self.printed_at:%Y-%m-%d}") if self.printed_at else ""


Page = Callable[[Any], None]
"""Draws one page on a Painter."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call of `print_form`; a layout's `plan(job)` answers with documents, each a sequence of pages."""

    form: PrintForm
    ledger: Ledger
    rows: Sequence[PrintRow]
    context: PrintContext
    library: Library | None = None

    def option(self, name: str, default: Any = None) -> Any:
        return self.form.options.get(name, default)

    @property
    def by_hand(self) -> frozenset[str]:
        """Paths that stay empty for the pen where a record has no value."""
        return frozenset(("remark", "blank", *self.option("by_hand", ())))

    @property
    def confidential(self) -> bool:
        """True when the form shows personal data, or says so itself."""
        if "confidential" in self.form.options:
            return bool(self.form.options["confidential"])
        if self.form.mask or any(self._personal(column.field, self.ledger) for column in self.form.columns):
            return True
        named = (self.field(path) for path in paths(self.form))
        if any(found and found.personal not in (None, "name") for found in named):
            return True
        return any(self._personal(column["field"], self.child_ledger(table))
                   for table in self.tables for column in table.get("columns", ()))

    def _personal(self, path: str, ledger: Ledger | None) -> bool:
        found = self.field(path, ledger)
        return found is not None and (found.personal is not None or found.ref == PERSON)

    @property
    def tables(self) -> tuple[Mapping[str, Any], ...]:
        """The child tables of the form, in their order."""
        given = self.option("children", ())
        return (given,) if isinstance(given, Mapping) else tuple(given)

    def child_ledger(self, table: Mapping[str, Any]) -> Ledger | None:
        return self.library.ledgers.get(table.get("ledger", "")) if self.library else None

    def field(self, path: str, ledger: Ledger | None = None) -> Field | None:
        """The field a path leads to, starting in `ledger` (the form's own without it); None where there is none."""
        at, found = ledger or self.ledger, None
        for step in path.split("."):
            if at is None:
                return None
            if step == "parent_id":
                at, found = self.library.ledgers.get(at.parent or "") if self.library else None, None
                continue
            found = at.fields.get(step)
            at = self.library.ledgers.get(found.ref or "") if found and self.library else None
        return found

    def heading(self, column: FormColumn) -> str:
        if column.title:
            return column.title
        found = self.field(column.field)
        return found.heading if found else column.field

    def shown(self, row: PrintRow, path: str, *, blank: bool = False) -> str:
        """Text of a cell; on a record a missing value is a dash, on a blank sheet it is empty."""
        text = row.cells.get(path, "").strip()
        if text or blank or row.blank or path in self.by_hand:
            return text
        return ABSENT

    def fill(self, template: str, row: PrintRow) -> str:
        """A template's text with its placeholders taken from row and context; dates are written out as in a letter.

        Where a value is missing, the placeholder's own text stands for the pen; without one a dash on a record.
        """

        def value(match: re.Match) -> str:
            path, pen = match.groups()
            if path.startswith("context."):
                known = "" if row.blank and path == TODAY else getattr(self.context, path.removeprefix("context."), "")
                return known or (pen if pen is not None else PEN)
            if pen and "{" in pen:              # {unit_id|{respondent}}: the other where the record has none
                return in_words(self.shown(row, path, blank=True)) or self.fill(pen, row)
            return in_words(self.shown(row, path, blank=pen is not None)) or (pen if pen is not None else PEN)

        return PLACEHOLDER.sub(value, template)


_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")


def in_words(text: str) -> str:
    """2017-04-09 → 2017年4月9日, in the language spoken; any other text as it is."""
    found = _ISO_DATE.match(text)
    return _("{year}年{month}月{day}日").format(year=found[1], month=int(found[2]), day=int(found[3])) if found else text
