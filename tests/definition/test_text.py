"""Text typed by people and delivered by Excel comes out clean, and nothing visible is lost."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from unionclient.definition.text import clean, fold, has_flood, heading_key, is_clean, truthy

SHARED = Path(os.environ.get("UNIONCLIENT_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too


@pytest.mark.parametrize(("typed", "kept"), [
    ("张三", "张三"),
    ("  东花市街道\u3000", "东花市街道"),
    ("\xa0a\xa0b\xa0", "a b"),
    ("２０１７年Ａｂ", "2017年Ab"),
    ("北京某某公司（东城分公司），测试；好！", "北京某某公司（东城分公司），测试；好！"),
    ("a\x00b\x07c\x1bd", "abcd"),
    ("张\u200b三\ufeff", "张三"),
    ("a\ufffeb\uffffc", "abc"),
    ("a\ud800b", "ab"),
    ("\u202eabc\u202c", "abc"),
    ("第一行\n第二行\x0b第三行", "第一行 第二行 第三行"),
    ("𠮷野家", "𠮷野家"),
    ("e\u0301", "é"),
    ("👨‍👩‍👧 好", "👨‍👩‍👧 好"),
    ("张\u200d三", "张三"),
    ("葛\U000e0100", "葛\U000e0100"),
])
def test_clean_keeps_what_is_seen_and_drops_what_is_not(typed, kept):
    assert clean(typed) == kept


def test_long_text_keeps_its_line_breaks():
    assert clean("一\r\n二\r三\n", lines=True) == "一\n二\n三"


@given(ANY_TEXT, st.booleans())
def test_cleaning_twice_changes_nothing(text, lines):
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    once.encode("utf-8")


@given(ANY_TEXT)
def test_what_counts_as_clean_is_left_alone(text):
    if is_clean(text):
        assert clean(text) == clean(text, lines=True) == text


def test_five_marks_on_one_letter_are_a_flood_and_an_accent_is_not():
    assert has_flood("Z" + "\u0300" * 9) and not has_flood("é e\u0301")


def test_widths_case_and_blanks_do_not_count_in_comparison():
    assert fold("北京 某某（东城）ＡＢ") == fold("北京某某(东城)ab")


@pytest.mark.parametrize(("heading", "key"), [
    ("序 号", "序号"),
    ("单位名称 （全称）", "单位名称"),
    ("职工\n人数", "职工人数"),
    ("职工人数(人)", "职工人数"),
    ("*统一社会信用代码[18位]", "统一社会信用代码"),
    ("其中：女", "其中女"),
    ("会员情况.女", "会员情况.女"),
    ("（备注）", "备注"),
    ("", ""),
])
def test_a_heading_is_known_without_blanks_brackets_and_colons(heading, key):
    assert heading_key(heading) == key


@pytest.mark.parametrize(("mark", "answer"), [
    *((mark, True) for mark in ("√", "是", "有", "Y", "yes", "1", "✔", " 是 ", "Ｙ")),
    *((mark, False) for mark in ("×", "否", "无", "N", "0", "没有", "✗", "false")),
    *((mark, None) for mark in ("", "-", "也许", "2")),
])
def test_a_mark_is_yes_no_or_neither(mark, answer):
    assert truthy(mark) is answer


def test_the_list_of_naughty_strings_passes_through_clean():
    path = SHARED / "corpora" / "text" / "blns.json"
    if not path.exists():
        pytest.skip("the shared text corpus is not beside this checkout")
    for text in json.loads(path.read_text(encoding="utf-8")):
        assert clean(clean(text)) == clean(text)
