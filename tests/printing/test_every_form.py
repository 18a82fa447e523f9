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


def many(form) -> bool:
    return form.layout == "K1" or bool(form.options.get("together"))


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
