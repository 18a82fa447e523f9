"""The checklist of an inspection: which items are printed for which kind of place."""

import pytest

from unionclient.printing import PrintRow

_ALL = 68  # 67 items and 其他


def _items(written, library):
    codes = library.codes["checklist_item"].codes
    return {text for page in written for *_, text in page if text in codes}


@pytest.mark.parametrize("place, number, there, gone", [
    ("办公", 42, {"A01", "E01", "J08", "999"}, {"D01", "E02", "F03", "G01", "I01"}),
    ("餐饮", 45, {"D05", "E04", "E05"}, {"D01", "I04"}),
    ("物业", 49, {"E06", "F03", "I01"}, {"F01", "I02"}),
    ("", _ALL, {"D01", "G06"}, set()),
])
def test_a_checklist_holds_what_the_place_needs(press_only, written, library, place, number, there, gone):
    press_only(library.forms["F49"], [PrintRow({"no": "AQ-1", **({"profile": place} if place else {})})])
    items = _items(written, library)
    assert (len(items), there <= items, gone & items) == (number, True, set())


def test_an_answered_item_stays_whatever_the_place(press_only, written, library):
    title = library.codes["checklist_item"].codes["D01"].title
    answers = (PrintRow({"item_code": title, "result": "不合格", "note": "防护罩缺失"}),)
    press_only(library.forms["F49"], [PrintRow({"no": "AQ-1", "profile": "办公"}, more=(answers,))])
    assert "D01" in _items(written, library)


def test_a_blank_checklist_holds_all_items(press_only, written, library):
    press_only(library.forms["F49"])
    assert len(_items(written, library)) == _ALL
