"""What a layout is given: rows of already shown text, the circumstances of the print, and the form.

No record, no store and no PDF in here: the workspace resolves every path of the form beforehand.
"""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionclient.definition.ledger import FormColumn, Ledger, PrintForm

ABSENT = "—"
"""Printed where a record has no value: neither a 0 nor an empty cell, both of which could be read as a statement."""
PEN = "＿＿＿＿＿＿"
"""Where a template has no text for a blank form."""

PLACEHOLDER = re.compile(r"\{([\w.]+)(?:\|([^{}]*))?\}")
"""`{path}` or `{path|what a blank form shows there}`; `{context.x}` takes a text of the PrintContext."""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One record as shown text.

    `cells` is keyed by field id or dotted path (`unit_id.uscc`); a missing key means no value. `numbers` holds the stored
    integers of the columns that are summed (money in fen, decimals scaled). `children` are the rows of the form's child table.
    A `blank` row is an empty sheet for the pen; it may still carry what is printed on it, such as the items of a score sheet.
    """

    cells: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, int | None] = field(default_factory=dict)
    children: tuple["PrintRow", ...] = ()
    blank: bool = False


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


Page = Callable[[Any], None]
"""Draws one page on a Painter."""


@dataclass(frozen=True, slots=True)
class Job:
    """One call of `print_form`; a layout's `plan(job)` answers with documents, each a sequence of pages."""

    form: PrintForm
    ledger: Ledger
    rows: Sequence[PrintRow]
    context: PrintContext

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
        columns = (self.ledger.fields.get(column.field) for column in self.form.columns)
        return self.form.mask or any(found and found.personal for found in columns)

    def heading(self, column: FormColumn) -> str:
        if column.title:
            return column.title
        found = self.ledger.fields.get(column.field)
        return found.heading if found else column.field

    def shown(self, row: PrintRow, path: str, *, blank: bool = False) -> str:
        """Text of a cell; on a record a missing value is a dash, on a blank sheet it is empty."""
        text = row.cells.get(path, "").strip()
        if text or blank or row.blank or path in self.by_hand:
            return text
        return ABSENT

    def fill(self, template: str, row: PrintRow) -> str:
        """A template's text with its placeholders taken from row and context; dates are written out as in a letter."""

        def value(match: re.Match) -> str:
            path, pen = match.groups()
            if path.startswith("context."):
                return getattr(self.context, path.removeprefix("context.")) or (pen if pen is not None else PEN)
            return _in_words(self.shown(row, path)) or (pen if pen is not None else PEN)

        return PLACEHOLDER.sub(value, template)


_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z")


def _in_words(text: str) -> str:
    """2017-04-09 → 2017年4月9日; any other text as it is."""
    found = _ISO_DATE.match(text)
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else text
