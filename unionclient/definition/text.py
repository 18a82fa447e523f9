"""Text as people and Excel deliver it, made clean: invisible characters out, blanks trimmed, widths settled.

Chinese punctuation is kept for print; only keys used for comparison (`heading_key`, `fold`) give it up.
"""

import re
import unicodedata

EMPTY_TEXT = frozenset(("", "-", "--", "/", "—", "——", "－", "／"))         # empty in any field
EMPTY_WORDS = EMPTY_TEXT | {"无", "暂无", "没有", "−", "–"}                  # empty in numbers, dates, codes, phones, ids
EXCEL_ERRORS = frozenset(("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))

_BLANKS = (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F,
           0x3000)
_INVISIBLE = (*range(0x00, 0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x061C, 0x180E,
              0x200B, 0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF,
              *range(0xFFF9, 0xFFFC), *range(0xFDD0, 0xFDF0), *range(0xD800, 0xE000),
              *(plane + low for plane in range(0x0000, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF)))
_NARROW = {wide: wide - 0xFEE0 for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ"))
           for wide in range(ord(first), ord(last) + 1)}
_ONE_LINE = {**_NARROW, **dict.fromkeys(_BLANKS, " "), **dict.fromkeys(_INVISIBLE)}
_LINES = {**_ONE_LINE, 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_GONE = frozenset(map(chr, _INVISIBLE)) - {"\xad"}

# Printable ASCII, Chinese characters and Chinese punctuation: nothing in here ever needs cleaning but its edges.
_CLEAN = re.compile("[ -~·—‘’“”…、-〟㐀-䶿一-鿿！-／：-＠［-｀｛-･\U00020000-\U0002EBEF\U00030000-\U000323AF]*")
_PICTURE = "©®‼⁉™⃣←-⇿⌀-➿⬀-⯿️\U0001F000-\U0001FAFF"
_LONE_JOINER = re.compile(f"(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])")
_FLOOD = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5,}")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_BLANK = re.compile(r"\s+")
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_HEADING_MARKS = re.compile(r"[:*\u200b\ufeff]")
_HAN = "㐀-䶿一-鿿〇\U00020000-\U000323AF"
_TRUE = frozenset("是 有 对 √ ✓ ✔ ☑ ✅ y yes t true 1".split())
_FALSE = frozenset("否 无 没有 不是 × ✗ ✘ ✕ ✖ ☒ ❌ x n no f false 0".split())


def clean(text: str, *, lines: bool = False) -> str:
    """`text` without invisible characters, trimmed, full-width digits and letters made half-width.

    `lines` keeps line breaks (as "\\n"); otherwise they become blanks. Emoji joined by U+200D stay whole;
    variation selectors stay, they tell rare name characters apart. Cleaning twice changes nothing.
    """
    if _CLEAN.fullmatch(text):
        return text.strip(" ")
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(_LINES if lines else _ONE_LINE)
    if "\u200d" in text:
        text = _LONE_JOINER.sub("", text)
    return unicodedata.normalize("NFC", text).strip(" \n")


def is_clean(text: str) -> bool:
    """True if `clean` would surely return `text` itself; the fast path of every text field."""
    return _CLEAN.fullmatch(text) is not None and text[:1] != " " and text[-1:] != " "


def had_invisible(text: str) -> bool:
    """True if `clean` takes out something nobody sees: control, direction or zero-width characters."""
    return not _GONE.isdisjoint(text)


def has_flood(text: str) -> bool:
    """True if five or more combining marks stand on one letter, which no screen or printer can show."""
    return _FLOOD.search(text) is not None


def has_private_use(text: str) -> bool:
    """True if a character has a meaning only on the PC it was typed on (old GBK name characters)."""
    return _PRIVATE.search(text) is not None


def no_blanks(text: str) -> str:
    return _BLANK.sub("", text)


def narrow(text: str) -> str:
    """NFKC of the cleaned text, without Excel's leading apostrophe: for numbers, dates, codes and identifiers."""
    return unicodedata.normalize("NFKC", clean(text)).lstrip("'‘’ ").strip()


def identifier(text: str) -> str:
    """`text` as a number on a certificate is written: narrow, upper case, no blanks. Twice is the same as once."""
    return unicodedata.normalize("NFKC", no_blanks(narrow(text)).upper())  # upper case and lost blanks may recompose


def fold(text: str) -> str:
    """Key for comparison: widths, case and blanks do not count. "（东城）A" and "(东城) a" are one."""
    if text.isascii():
        return no_blanks(text).lower()
    return no_blanks(unicodedata.normalize("NFKC", clean(text))).lower()


def heading_key(text: str) -> str:
    """Key of a header cell: blanks, line breaks, bracketed text, colons and stars do not count.

    "单位名称 （全称）" → "单位名称". A heading that is all brackets keeps its text.
    """
    key = _HEADING_MARKS.sub("", fold(text))
    bare = _BRACKET.sub("", key)
    return bare or key.strip("()[]【】〔〕")


def truthy(text: str) -> bool | None:
    """True for √ 是 有 Y 1 …, False for × 否 无 N 0 …, None for anything else. Source: domain handbook §15 row 9."""
    key = fold(text)
    return True if key in _TRUE else False if key in _FALSE else None


def behind(unit: str) -> str:
    """A unit as it stands behind its number: a word of Latin letters after a blank, "49人" but "49 people" and "98%"."""
    return f" {unit}" if unit[:1].isascii() and unit[:1].isalpha() else unit


def han(text: str) -> bool:
    """True if `text` consists of Chinese characters only."""
    return _ALL_HAN.fullmatch(text) is not None


_ALL_HAN = re.compile(f"[{_HAN}]+")
BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
