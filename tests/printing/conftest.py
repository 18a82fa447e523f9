"""Shared by the printing tests: the built-in definitions, and a press that prints one form and reads it back."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from printing import examples
from unionclient.definition.library import builtin_library
from unionclient.printing import print_form, typeset
from unionclient.printing.painter import Painter
from unionclient.printing.printer import LAYOUTS, render
from unionclient.printing.sheet import Job


@dataclass(frozen=True)
class Printed:
    """A printed file, read back with poppler's tools."""

    path: Path

    def _tool(self, *command: str) -> str:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} (poppler-utils) is not installed")
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    @property
    def pages(self) -> list[str]:
        """Text of every page without blanks."""
        text = self._tool("pdftotext", "-layout", str(self.path), "-")
        return ["".join(page.split()) for page in text.split("\f")[:-1]]

    @property
    def text(self) -> str:
        return "".join(self.pages)

    @property
    def fonts(self) -> list[list[str]]:
        """Rows of pdffonts: name, type, encoding, embedded, subset, unicode map, …"""
        return [line.split() for line in self._tool("pdffonts", str(self.path)).splitlines()[2:]]


@pytest.fixture(scope="session")
def library():
    return builtin_library()


@pytest.fixture
def press(library, tmp_path):
    """press("F03", rows, **changes of the form) -> Printed"""

    def run(form, rows=(), context=examples.CONTEXT):
        form = library.forms[form] if isinstance(form, str) else form
        return Printed(print_form(form, library.ledgers[form.ledger], rows, tmp_path / f"{form.id}.pdf", context=context, library=library))

    return run


@pytest.fixture
def press_only(library, monkeypatch):
    """press_only(form, rows) draws the pages and makes no file of them: for tests that watch the painter."""
    monkeypatch.setattr(Painter, "finish", lambda self: b"")

    def run(form, rows=(), known=library):
        render(LAYOUTS[form.layout, form.options.get("variant", "")], Job(form, known.ledgers[form.ledger], tuple(rows), examples.CONTEXT, known))

    return run


@pytest.fixture
def boxes(monkeypatch):
    """Every text laid into a box while printing: (text, width, height)."""
    seen = []
    lay = Painter.lay

    def watched(self, text, x, y, wide, high, **options):
        assert x >= 8.9 and y >= 0 and x + wide <= self.width - 8.9 and y + high <= self.height - 5
        seen.append((text, wide, high))
        lay(self, text, x, y, wide, high, **options)

    monkeypatch.setattr(Painter, "lay", watched)
    return seen


@pytest.fixture
def written(monkeypatch):
    """The place of every line of text while printing, page by page: (left, top, right, bottom, text)."""
    pages = [[]]
    write, end_page = Painter.write, Painter.end_page

    def watched(self, x, base, text, *, font="UCSong", size=10.5, align="left", grey=0.0):
        wide, high = typeset.width(text, font, size), size * typeset.PT
        left = x - {"left": 0, "center": wide / 2, "right": wide}[align]
        if text.strip():
            pages[-1].append((left, base - 0.8 * high, left + wide, base + 0.08 * high, text))
        write(self, x, base, text, font=font, size=size, align=align, grey=grey)

    monkeypatch.setattr(Painter, "write", watched)
    monkeypatch.setattr(Painter, "end_page", lambda self: (pages.append([]), end_page(self)))
    return pages


def assert_apart(pages):
    """No text over another one, none beyond the edge of the paper."""
    for page in pages:
        for number, (left, top, right, bottom, text) in enumerate(page):
            assert left >= 9 and right <= 288 and top >= 3 and bottom <= 293, text
            for other in page[:number]:
                assert left >= other[2] - 0.05 or other[0] >= right - 0.05 or top >= other[3] - 0.05 or other[1] >= bottom - 0.05, (text, other)
