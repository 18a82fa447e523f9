"""Paper: forms of the definitions as PDF, with the program's own embedded fonts.

Knows no record and no store: the workspace hands over rows of shown text (`PrintRow`) for the paths a form names (`paths`).
Importing this package is cheap; reportlab is loaded by the first print.
"""

from collections.abc import Sequence
from pathlib import Path

from unionclient.definition.ledger import Ledger, Library, PrintForm
from unionclient.printing.needs import child_paths, child_tables, number_paths, paths, roster_of
from unionclient.printing.sheet import Photo, PrintContext, PrintRow

__all__ = ["Photo", "PrintContext", "PrintRow", "child_paths", "child_tables", "number_paths", "paths", "print_form", "roster_of"]


def print_form(form: PrintForm, ledger: Ledger, rows: Sequence[PrintRow], out: Path, *, context: PrintContext,
               library: Library | None = None, pages: str = "") -> Path:
    """Write the form as PDF to `out`; without rows a blank form. See `printer.print_form`."""
    from unionclient.printing import printer

    return printer.print_form(form, ledger, rows, out, context=context, library=library, pages=pages)
