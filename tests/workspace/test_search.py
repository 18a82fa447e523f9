"""Searching a ledger: one word in any column, letters in either case, numbers and dates by their digits."""

import pytest

from unionclient.workspace import Edit


@pytest.fixture
def units(workspace):
    workspace.save("unit", [
        Edit(None, {"name": "北京Abc商贸有限公司", "registered_on": "2001-03-05", "contact": "仇英"}),
        Edit(None, {"name": "北京乙有限公司", "registered_on": "去年春天", "uscc": "91110101MA0000015M"}),
        Edit(None, {"name": "北京100%有限公司", "community_code": "忠实里社区"})])
    return workspace


@pytest.mark.parametrize(("words", "found"), [
    ("仇", 1), ("仇英", 1), ("仇 Abc", 1), ("仇 乙", 0), ("abc", 1), ("ABC", 1), ("ａｂｃ", 0), ("2001-03", 1), ("0000015", 1), ("0000015m", 1),
    ("去年", 1), ("春天 91110101ma", 1), ("100%", 1), ("%", 1), ("_", 0), ("忠实里", 1), ("北京", 3), ("'", 0), ("\\", 0), ("  ", 3)])
def test_words_are_found_in_any_column(units, words, found):
    assert len(units.find("unit", search=words)) == found
