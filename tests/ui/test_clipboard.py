"""Blocks of cells on the clipboard, as Excel and WPS write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionclient.ui.grid.clipboard import read_block, write_block


@pytest.mark.parametrize(("text", "rows"), [
    ("a\tb\nc\td\n", [["a", "b"], ["c", "d"]]),
    ("a\r\nb\r\n", [["a"], ["b"]]),
    ("a\rb", [["a"], ["b"]]),
    ("a\tb\nc", [["a", "b"], ["c"]]),
    ('"第一行\n第二行"\tb', [["第一行\n第二行", "b"]]),
    ('"他说""好"""\tb', [['他说"好"', "b"]]),
    ('"a\tb"\tc', [["a\tb", "c"]]),
    ('5" 管\tb', [['5" 管', "b"]]),
    ('"没有合上\tb', [['"没有合上', "b"]]),
    ("", [[""]]),
    ("\t\n\t", [["", ""], ["", ""]]),
])
def test_a_block_is_read_as_a_spreadsheet_wrote_it(text, rows):
    assert read_block(text) == rows


@given(st.lists(st.lists(st.text(st.sampled_from('ab"\t\n中'), max_size=6), min_size=2, max_size=3), min_size=1, max_size=4))
def test_what_is_written_reads_back_the_same(rows):
    assert read_block(write_block(rows) + "\n") == rows
