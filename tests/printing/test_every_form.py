"""What holds of every form of the definitions: nothing cut, nothing over its neighbour, no empty cell where a value is missing."""

from dataclasses import replace

import pytest

from printing import madeup
from printing.conftest import assert_apart
from unionclient.definition.library import builtin_library
from unionclient.printing import PrintRow, typeset
from unionclient.printing.painter import PAD

FORMS = builtin_library().forms
LONG = "北京市东城区广渠门内大街四十五号雷霆大厦地下一层（配电室、消防控制室），联系人王建国"

LAYOUTS = {
    "K1": "01 03 04 07 08 09 12 13 17 25 35 36 38 41 44 53 63 64 72 78", "K3": "11 14 20 23 27 34 37 45 48 61",
    "K2": "02 06 10 15 16 18 19 21 24 26 28 29 30 31 32 33 39 42 43 46 60 65 66 67 70 77",
    "K4": "22 40 50 51 52 55 57 58 68", "K5": "49 54 56", "K6": "47 71 74 75 76 79", "K7": "05 59 62 69 73",
}
"""The 79 forms of the work and their layouts (handbook, appendix C)."""


def many(form) -> bool:
    return form.layout == "K1" or bool(form.options.get("together"))


def test_all_seventy_nine_forms_are_there_in_their_layouts():
    named = {f"F{number}": layout for layout, numbers in LAYOUTS.items() for number in numbers.split()}
    assert len(named) == 79
    assert {name: FORMS[name].layout for name in named if name in FORMS} == named


@pytest.mark.parametrize("form_id", FORMS)
@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
def test_no_text_is_written_over_another(press_only, library, written, boxes, form_id, filled):
    form = FORMS[form_id]
    press_only(form, madeup.rows(library, form, 3 if many(form) else 1) if filled else ())
    assert_apart(written)
    assert_within(boxes)


@pytest.mark.parametrize("form_id", FORMS)
def test_long_text_is_neither_cut_nor_written_over_its_neighbours(press_only, library, written, boxes, form_id):
    """Every text of a record is long; codes, dates and numbers are as they are."""
    form = FORMS[form_id]
    made = madeup.rows(library, form, 2 if many(form) else 1)
    press_only(form, [lengthened(row) for row in made])
    assert_apart(written)
    assert_within(boxes)


@pytest.mark.parametrize("form_id", [form.id for form in FORMS.values() if form.layout in ("K1", "K2", "K3", "K5") and form.columns])
def test_a_missing_value_is_a_dash(press_only, written, form_id):
    form = FORMS[form_id]
    press_only(form, [PrintRow()])
    left_open = {"row_no", "blank", "remark", *form.options.get("by_hand", ()), *form.options.get("choices", ())}
    dashes = sum(text == "—" for page in written for *_, text in page)
    assert dashes >= sum(column.field not in left_open for column in form.columns)


def lengthened(row: PrintRow) -> PrintRow:
    cells = {path: LONG if len(text) > 12 else text for path, text in row.cells.items()}
    return replace(row, cells=cells, children=tuple(map(lengthened, row.children)), more=tuple(tuple(map(lengthened, rows)) for rows in row.more))


def assert_within(boxes) -> None:
    for text, wide, high in boxes:
        assert text.height <= high + 0.01, text
        assert all(typeset.width(line, text.font, text.size) <= wide - 2 * PAD + 0.01 for line in text.lines), text
