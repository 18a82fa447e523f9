"""Numbers as officers write them ("约120人", "1,200", "3.2万", "一百二十"), read exactly into `Decimal`.

Never rounds and never guesses: what is not surely one number is not read.
"""

import math
import re
from decimal import Decimal
from typing import Any

from unionclient.definition.reading import Note
from unionclient.definition.text import narrow, no_blanks
from unionclient.definition.words import _

LARGEST = 2**53  # beyond it Excel and JSON readers no longer hold every integer

_PLAIN = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_SPACED = re.compile(r"[+-]?[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_INNER_BLANK = re.compile(r"[0-9] +[0-9]")
_BEFORE = re.compile(r"^(?:大约|大概|将近|接近|约|近)")
_AFTER = re.compile(r"(?:左右|上下|余|多)$")
_MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_PERSONS = frozenset(("人", "名", "位"))
_AREA = frozenset(("m2", "平方米", "平米"))
_YUAN = frozenset(("元", "圆", "元整"))
_UNITS = frozenset("人 名 位 个 家 户 年 次 人次 件 份 场 期 岁 天 小时 学时 课时 节 元 m2 平方米 平米 分 项 条 处 套 台 辆 册 本 张 篇 部 "
                   "所 座 层 间 届 步 公里".split())
_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
           "○": 0, "两": 2}
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_HIGH = {"万": 10_000, "亿": 100_000_000}
_CANONICAL = str.maketrans("〇○两壹贰叁肆伍陆柒捌玖拾佰仟", "零零二一二三四五六七八九十百千")


def read_number(raw: Any, unit: str = "") -> tuple[Decimal, tuple[Note, ...]] | None:
    """The number in a typed text or numeric cell, with notes; None if there is not surely one.

    A float is taken at the 15 digits Excel shows. `unit` is the field's unit: it may stand behind the
    number, another unit may not ("120人次" is not 120 persons); without a unit any common one may.
    """
    if isinstance(raw, str):
        if _PLAIN.fullmatch(raw):
            value = Decimal(raw.replace(",", ""))
            return (value, ()) if abs(value) <= LARGEST else None
        return _read_text(narrow(raw), no_blanks(narrow(unit)))
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return (Decimal(raw), ()) if abs(raw) <= LARGEST else None
    if isinstance(raw, float):
        return (Decimal(format(raw, ".15g")), ()) if math.isfinite(raw) and abs(raw) <= LARGEST else None
    if isinstance(raw, Decimal):
        return (raw, ()) if raw.is_finite() and abs(raw) <= LARGEST else None
    return None


def _read_text(text: str, unit: str) -> tuple[Decimal, tuple[Note, ...]] | None:
    if len(text) > 40:
        return None
    text = text.replace("−", "-").replace("–", "-")
    if _INNER_BLANK.search(text) and not _SPACED.match(text):
        return None
    text = no_blanks(text).removeprefix("人民币").lstrip("¥")
    bare = _BEFORE.sub("", text)
    bare = _strip_unit(_AFTER.sub("", bare), unit)
    bare = _AFTER.sub("", bare)
    value = _value(bare)
    if value is None or abs(value) > LARGEST:
        return None
    notes = []
    if _BEFORE.search(text) or _AFTER.search(text) or _AFTER.search(_strip_unit(text, unit)):
        notes.append(Note("approximate", _("原文是“{text}”，按{value:f}记，请核实").format(text=text, value=value.normalize())))
    elif not _PLAIN.fullmatch(bare) and not bare[0].isdigit():
        notes.append(Note("chinese_number", _("原文是“{text}”，按{value:f}记，请核实").format(text=text, value=value.normalize())))
    return value, tuple(notes)


def _strip_unit(text: str, unit: str) -> str:
    if not unit:
        allowed = _UNITS
    elif unit in _PERSONS:
        allowed = _PERSONS
    elif unit in _AREA:
        allowed = _AREA
    else:
        allowed = _YUAN if unit == "元" else frozenset((unit,))
    for length in (4, 3, 2, 1):
        if text[-length:] in allowed and len(text) > length:
            return text[:-length]
    return text


def _value(text: str) -> Decimal | None:
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text[-1:] in _MULTIPLES and _PLAIN.fullmatch(text[:-1]):
        return Decimal(text[:-1].replace(",", "")) * _MULTIPLES[text[-1]]
    whole = chinese_number(text)
    return None if whole is None else Decimal(whole)


def chinese_number(text: str) -> int | None:
    """"一百二十" → 120, "一二〇" → 120, "叁万贰仟" → 32000; None if it is not written out in full.

    The colloquial "一百二" is refused: it means 120, and 102 to a machine.
    """
    if not text or len(text) > 20:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _STEPS:
            section += (digit or (1 if section == 0 else 0)) * _STEPS[c]
            digit = 0
        elif c in _HIGH:
            total = (total + section + digit) * _HIGH[c] if c == "亿" else total + (section + digit) * _HIGH[c]
            section = digit = 0
        else:
            return None
    value = total + section + digit
    written = text.translate(_CANONICAL)
    return value if written.removeprefix("一" if written.startswith("一十") else "") == _in_words(value) else None


def _in_words(value: int) -> str:
    """`value` (below 10**12) in the standard written-out form; "" when it is too large for it."""
    if not 0 < value < 10**12:
        return ""
    words = ""
    for weight, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, weight)
        if section:
            words += ("零" if words and (section < 1000 or words.endswith("零")) else "") + _section(section) + name
    words = words.replace("零零", "零")
    return words.removeprefix("一") if words.startswith("一十") else words


def _section(value: int) -> str:
    words = ""
    gap = False
    for weight, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, weight)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = True
    return words
