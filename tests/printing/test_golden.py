"""Every form, blank and filled with made-up records, against a text dump of its pages in `golden/`.

A dump says page by page what stands where: millimetres from the left and from the top, then the text. It is taken from what the
painter writes, so it needs no reader of PDF, and does not change with the fonts' outlines.
Renew after a wanted change, then look at the difference before it is committed:

    UNIONCLIENT_RENEW_GOLDEN=1 python -m pytest -q tests/printing/test_golden.py
"""

import os
from pathlib import Path

import pytest

from printing import madeup
from unionclient.definition.library import builtin_library
from unionclient.printing import typeset
from unionclient.printing.painter import Painter

GOLDEN = Path(__file__).parent / "golden"
FORMS = builtin_library().forms
_ROSTER, _RECORDS = 6, 1


@pytest.fixture
def dump(monkeypatch):
    """Lines of text as they are written: (top, left, text) by page; shared sheets once, at the page that has them first."""
    pages = [[]]
    write, end_page = Painter.write, Painter.end_page

    def watched(self, x, base, text, *, font="UCSong", size=10.5, align="left", grey=0.0):
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * typeset.width(text, font, size)
        if text.strip():
            pages[-1].append((round(base), round(left), text.strip()))
        write(self, x, base, text, font=font, size=size, align=align, grey=grey)

    monkeypatch.setattr(Painter, "write", watched)
    monkeypatch.setattr(Painter, "end_page", lambda self: (pages.append([]), end_page(self)))
    return pages


def _text(pages) -> str:
    lines = []
    for number, page in enumerate(pages[:-1], 1):
        lines.append(f"— {number} —")
        lines += [f"{left:3} {top:3} {text}" for top, left, text in sorted(page)]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("form_id", FORMS)
def test_a_form_prints_as_it_did(library, dump, press_only, form_id):
    form = FORMS[form_id]
    many = form.layout == "K1" or form.options.get("together")
    for rows in ((), madeup.rows(library, form, _ROSTER if many else _RECORDS)):
        press_only(form, rows)
    shown, path = _text(dump), GOLDEN / f"{form_id}.txt"
    if os.environ.get("UNIONCLIENT_RENEW_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(shown, encoding="utf-8")
    assert path.is_file(), f"there is no dump of {form_id} yet; see the head of this file"
    assert shown == path.read_text(encoding="utf-8")


def test_no_dump_is_left_of_a_form_that_is_gone():
    assert {path.stem for path in GOLDEN.glob("*.txt")} <= set(FORMS)
