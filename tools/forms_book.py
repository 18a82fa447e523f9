"""The forms book: every printed form, blank and filled from the sample street, as one PDF of contact sheets.

    python -m tools.forms_book OUT.pdf [--store FOLDER] [--pages 2] [F11 K3 …]

Six small pages on a sheet, each under the code of its form; to be looked at before a release. Without `--store` a sample street
is made in a temporary folder. Names choose forms or whole layouts. A form without a record in the street is shown blank only.
"""

import argparse
import io
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from pikepdf import Pdf, Rectangle

from unionclient.definition.ledger import PrintForm
from unionclient.demo.street import OFFICER, STREET
from unionclient.demo.walk import PERIOD, fill
from unionclient.workspace import Workspace
from unionclient.workspace.paper import NothingToPrint

ACROSS, DOWN = 3, 2
SHEET = (1191.0, 842.0)  # A3 across, points
MARGIN, TITLE = 14.0, 16.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--store", type=Path)
    parser.add_argument("--pages", type=int, default=2, help="pages shown of a filled form")
    parser.add_argument("only", nargs="*", help="form codes or layouts")
    given = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory() as folder:
        with closing(_street(given.store, Path(folder))) as workspace:
            pages = [page for form in workspace.library.forms.values() if not given.only or {form.id, form.layout} & set(given.only)
                     for page in _pages(workspace, form, Path(folder), given.pages)]
    print(f"{len(pages)} 页 → {given.out}")
    given.out.write_bytes(_book(pages))


def _street(store: Path | None, folder: Path) -> Workspace:
    if store:
        return Workspace.open(store)
    workspace = Workspace.create(folder / "store", street=STREET, officer=OFFICER)
    fill(workspace)
    return workspace


def _pages(workspace: Workspace, form: PrintForm, folder: Path, most: int) -> Iterator[tuple[str, bytes]]:
    """Caption and PDF of each page: the blank form, then the first pages filled."""
    blank, filled = folder / "blank.pdf", folder / "filled.pdf"
    workspace.print_form(form.id, blank, blank=True)
    yield from _split(f"{form.id} {form.layout} 空白", blank, 1)
    try:
        workspace.print_form(form.id, filled, period=PERIOD)
    except NothingToPrint:
        return
    yield from _split(f"{form.id} {form.layout} 已填", filled, most)


def _split(caption: str, path: Path, most: int) -> Iterator[tuple[str, bytes]]:
    with Pdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages[:most], 1):
            single = Pdf.new()
            single.pages.append(page)
            out = io.BytesIO()
            single.save(out)
            yield f"{caption} {number}/{len(pdf.pages)}", out.getvalue()


def _book(pages: list[tuple[str, bytes]]) -> bytes:
    """Captions and frames drawn by reportlab, the pages laid over them."""
    sheets = [pages[start:start + ACROSS * DOWN] for start in range(0, len(pages), ACROSS * DOWN)]
    with Pdf.open(io.BytesIO(_captions(sheets))) as book:
        for number, sheet in enumerate(sheets):
            for place, (_, content) in enumerate(sheet):
                with Pdf.open(io.BytesIO(content)) as single:
                    book.pages[number].add_overlay(single.pages[0], _frame(place))
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def _frame(place: int) -> Rectangle:
    wide, high = SHEET[0] / ACROSS, SHEET[1] / DOWN
    left, top = place % ACROSS * wide, SHEET[1] - place // ACROSS * high
    return Rectangle(left + MARGIN / 2, top - high + MARGIN / 2, left + wide - MARGIN / 2, top - TITLE)


def _captions(sheets: list[list[tuple[str, bytes]]]) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    from unionclient.printing import fonts

    fonts.faces()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SHEET)
    for sheet in sheets:
        canvas.setFont(fonts.HEI, 9)
        for place, (caption, _) in enumerate(sheet):
            frame = _frame(place)
            canvas.rect(float(frame.llx), float(frame.lly), float(frame.width), float(frame.height))
            canvas.drawString(float(frame.llx), float(frame.ury) + 4, caption)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


if __name__ == "__main__":
    main()
