"""Lines: Chinese line breaking, shrinking, and nothing wider than its room."""

import pytest
from hypothesis import given, settings, strategies as st

from unionclient.printing import typeset
from unionclient.printing.fonts import SONG

EM = 10 * typeset.PT
"""Width of a Chinese character at ten points."""


@pytest.mark.parametrize(("text", "characters", "lines"), [
    ("东城区总工会", 3, ("东城区", "总工会")),
    ("安全出口，畅通", 4, ("安全出", "口，畅通")),
    ("检查（复查）结果", 3, ("检查", "（复", "查）结", "果")),
    ("编号 AQ-01 的通知", 4.4, ("编号", "AQ-01 的", "通知")),
    ("于2017年4月24日前", 4.6, ("于2017年", "4月24日", "前")),
    ("9111010101111", 3, ("91110", "10101", "111")),
    ("AQ-110101013-20170410-001", 7.6, ("AQ-110101013-", "20170410-001")),
    ("第一行\n第二行", 20, ("第一行", "第二行")),
    ("", 5, ("",)),
])
def test_where_lines_break(text, characters, lines):
    assert typeset.wrap(text, characters * EM, SONG, 10) == lines


@given(st.text(alphabet="工会，。（）《》“”：；、abc0123456789-. 年月日龑\U0001f600", max_size=60), st.floats(12, 60))
@settings(max_examples=150, deadline=None)
def test_lines_hold_all_the_text_and_stay_within_the_room(text, room):
    lines = typeset.wrap(text, room, SONG, 10)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(typeset.width(line, SONG, 10) <= room + 1e-6 for line in lines)


@given(st.lists(st.sampled_from(["工", "会", "建，", "设。", "（组", "织）", "《章程》", "ab ", "20%的"]), max_size=40), st.integers(4, 12))
@settings(max_examples=150, deadline=None)
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(words, characters):
    for number, line in enumerate(typeset.wrap("".join(words), characters * EM, SONG, 10)):
        assert number == 0 or line[:1] not in set("，。）》%")
        assert line[-1:] not in set("（《")


def test_text_is_shrunk_before_it_is_wrapped():
    assert typeset.fit("工会" * 5, 10 * EM, font=SONG, size=10, least=8) == typeset.Fitted(("工会" * 5,), SONG, 10)
    shrunk = typeset.fit("工会" * 5, 9 * EM, font=SONG, size=10, least=8)
    assert len(shrunk.lines) == 1 and 8 <= shrunk.size < 10
    assert len(typeset.fit("工会" * 5, 7 * EM, font=SONG, size=10, least=8).lines) == 2


def test_a_single_last_character_is_taken_in():
    fitted = typeset.fit("北京恒信餐饮管理有限责任公司", 10.55 * EM, font=SONG, size=9, least=8)
    assert len(fitted.lines) == 1 and fitted.size < 8


def test_a_box_takes_the_largest_size_that_fits():
    fitted = typeset.fit_box("组织建设" * 3, 4 * EM, 8, font=SONG, size=10)
    assert fitted.height <= 8 and fitted.size < 10
