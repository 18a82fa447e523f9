"""Shared by the printing tests: the built-in definitions, and a press that prints one form and reads it back."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from printing import examples
from unionclient.definition.library import builtin_library
from unionclient.printing import print_form


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
