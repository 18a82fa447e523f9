"""Dates, months and times as officers and Excel write them, read without guessing.

What could mean two days is asked, never chosen; years outside 1900–2100 are taken for slips.
Source of the accepted forms: domain handbook §13.5.
"""

import datetime as dt
import math
import re
from typing import Any

from unionclient.definition.reading import EMPTY, Note, Reading, ambiguous, quoted, unreadable
from unionclient.definition.text import EMPTY_WORDS, narrow, no_blanks
from unionclient.definition.words import _, marked

FIRST_YEAR, LAST_YEAR = 1900, 2100
SERIALS = range(20000, 60001)  # Excel day numbers taken as dates: 1954-10-03 … 2064-04-08

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_SEPARATED = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})([-/.月])([0-9]{1,2})[日号]?")
_MONTH_ONLY = re.compile(r"([0-9]{4})([-/.年])([0-9]{1,2})月?份?")
_YEAR_ONLY = re.compile(r"([0-9]{4})年?")
_SHORT_YEAR = re.compile(r"([0-9]{1,2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_NO_YEAR = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_SHORT_YEAR_MONTH = re.compile(r"([0-9]{2})[-/.年]([0-9]{1,2})月?份?")
_CHINESE = re.compile("([〇○零一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,3})月份?(?:([一二三四五六七八九十廿卅]{1,3})[日号])?)?")
_TIMED = re.compile(r"(?P<day>.*?[0-9日号])(?:T|\s+|(?<=[日号]))\s*(?P<half>上午|下午|晚上|早上|中午)?\s*"
                    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{1,2})(?::[0-9]{1,2}(?:\.[0-9]+)?)?"
                    r"|[时点](?:(?P<spoken>[0-9]{1,2})分?|(?P<thirty>半))?)(?:\+08:00)?")
_DIGITS = {**{c: i for i, c in enumerate("零一二三四五六七八九")}, "〇": 0, "○": 0}
_TENS = {"十": 10, "廿": 20, "卅": 30}
_WRITE = marked("请写明年月日，如 2017-03-01")
_WRITE_MONTH = marked("请写明年月，如 2017-03")
_OPEN_ENDED = ("长期", "永久", "至今", "不限", "无限期", "无固定期限")


def read_date(raw: Any, *, date1904: bool = False) -> Reading:
    """A `datetime.date` from typed text or a cell value; `date1904` is the workbook's date system."""
    if raw is None:
        return EMPTY
    if isinstance(raw, str):
        if _ISO_DATE.fullmatch(raw):
            return _real(int(raw[:4]), int(raw[5:7]), int(raw[8:]), raw)
        text = narrow(raw)
        if text in EMPTY_WORDS:
            return EMPTY
        timed = _TIMED.fullmatch(text)
        return _day(no_blanks(timed["day"] if timed and _clock(timed) else text))
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        return _in_range(raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        return _not_a_date(raw)
    return _day_number(raw, date1904)


def read_month(raw: Any, *, date1904: bool = False) -> Reading:
    """A month as "2017-03"; a full date gives its month."""
    if raw is None:
        return EMPTY
    if isinstance(raw, str):
        if _ISO_MONTH.fullmatch(raw):
            return _month(int(raw[:4]), int(raw[5:]), raw)
        text = no_blanks(narrow(raw))
        if text in EMPTY_WORDS:
            return EMPTY
        return _month_text(text, raw, date1904)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        return _month_of(read_date(raw), raw)
    if raw == int(raw):
        if FIRST_YEAR * 100 < raw <= LAST_YEAR * 100 + 12:
            return _month(int(raw) // 100, int(raw) % 100, raw)
        return _month_of(read_date(raw, date1904=date1904), raw)
    return _month_text(format(raw, ".15g"), raw, date1904)


def read_datetime(raw: Any, *, date1904: bool = False) -> Reading:
    """A `datetime.datetime` in minutes; a day without a time becomes 00:00 with a note."""
    if raw is None:
        return EMPTY
    if isinstance(raw, dt.datetime):
        day = _in_range(raw.date())
        return day if day.problem else Reading(raw.replace(second=0, microsecond=0, tzinfo=None))
    if isinstance(raw, float) and math.isfinite(raw) and raw != int(raw) and int(raw) in SERIALS:
        moment = dt.datetime.combine(_from_serial(int(raw), date1904), dt.time())
        return Reading(moment + dt.timedelta(minutes=round((raw - int(raw)) * 1440)))
    if isinstance(raw, str):
        timed = _TIMED.fullmatch(narrow(raw))
        clock = _clock(timed) if timed else None
        if timed and clock is None:
            return unreadable(_("{raw}里的时间不存在").format(raw=quoted(raw)), _("请按“2017-03-01 09:30”填写"))
        if timed and clock is not None:
            day = _day(no_blanks(timed["day"]))
            return day if day.value is None else Reading(dt.datetime.combine(day.value, clock))
    day = read_date(raw, date1904=date1904)
    if day.value is None:
        return day
    return Reading(dt.datetime.combine(day.value, dt.time()), notes=(Note("no_time", _("没有写时间，按0时0分记，请核实")),))


def _clock(timed: re.Match[str]) -> dt.time | None:
    hour = int(timed["hour"])
    if timed["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    minute = 30 if timed["thirty"] else int(timed["minute"] or timed["spoken"] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _day(text: str) -> Reading:
    text = _from_chinese(text)
    if found := _SEPARATED.fullmatch(text):
        return _real(int(found[1]), int(found[3]), int(found[5]), text)
    if text.isascii() and text.isdigit():
        return _digits(text)
    if found := _MONTH_ONLY.fullmatch(text):
        return _only_month(int(found[1]), found[3], text, dotted=found[2] == "." and "月" not in text)
    if found := _SHORT_YEAR.fullmatch(text):
        return _short_year(*map(int, found.groups()), text)
    if found := _YEAR_LAST.fullmatch(text):
        a, b, year = map(int, found.groups())
        return _choose({(year, a, b), (year, b, a)}, text, sure=True)
    if _YEAR_ONLY.fullmatch(text):
        return ambiguous(_("{text}只有年份，缺少月和日").format(text=quoted(text)), _(_WRITE))
    if _NO_YEAR.fullmatch(text):
        return ambiguous(_("{text}没有写年份").format(text=quoted(text)), _(_WRITE))
    if text in _OPEN_ENDED:
        return unreadable(_("{text}不是日期").format(text=quoted(text)), _("没有确定的日期时请留空，并在备注中说明"))
    return _not_a_date(text)


def _digits(text: str) -> Reading:
    number = int(text)
    if len(text) == 8:
        return _real(number // 10000, number // 100 % 100, number % 100, text)
    if len(text) == 6:
        if FIRST_YEAR <= number // 100 <= LAST_YEAR and 1 <= number % 100 <= 12:
            return _only_month(number // 100, text[4:], text, dotted=False)
        return _short_year(number // 10000, number // 100 % 100, number % 100, text)
    if len(text) == 5 and number in SERIALS:
        return ambiguous(_("{text}像是表格里的日期序数，可能是{day}").format(text=quoted(text), day=_words(_from_serial(number, False))), _(_WRITE))
    if len(text) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        return ambiguous(_("{text}只有年份，缺少月和日").format(text=quoted(text)), _(_WRITE))
    return _not_a_date(text)


def _day_number(raw: int | float, date1904: bool) -> Reading:
    if int(raw) in SERIALS:
        return Reading(_from_serial(int(raw), date1904))
    if raw != int(raw):
        if FIRST_YEAR <= raw < LAST_YEAR + 1:
            return _day(format(raw, ".15g"))
        return _not_a_date(raw)
    return _digits(str(int(raw))) if raw > 0 else _not_a_date(raw)


def _from_serial(number: int, date1904: bool) -> dt.date:
    return (dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 30)) + dt.timedelta(days=number)


def _only_month(year: int, month: str, text: str, *, dotted: bool) -> Reading:
    """A year and a month where a day is needed. "2017.1" may be October, whose 0 Excel drops from a number."""
    readings = []
    if 1 <= int(month) <= 12:
        readings.append(_month_words(year, int(month)))
    if dotted and month == "1":
        readings.append(_month_words(year, 10))
    days = []
    if dotted and len(month) == 2 and _exists(year, int(month[0]), int(month[1])):
        days.append(_words(dt.date(year, int(month[0]), int(month[1]))))
    if not readings and not days or not FIRST_YEAR <= year <= LAST_YEAR:
        return _not_a_date(text)
    if len(readings) == 1 and not days:
        return ambiguous(_("{text}只有年月（{month}），缺少日").format(text=quoted(text), month=readings[0]), _(_WRITE))
    return ambiguous(_maybe(text, readings + days), _(_WRITE))


def _short_year(a: int, b: int, c: int, text: str) -> Reading:
    return _choose({(_century(a), b, c), (_century(c), a, b), (_century(c), b, a)}, text, sure=False)


def _century(year: int) -> int:
    return 2000 + year if year <= 50 else 1900 + year


def _choose(candidates: set[tuple[int, int, int]], text: str, *, sure: bool) -> Reading:
    """Ask which of the possible days is meant; with `sure`, a single possible one is taken."""
    days = sorted({dt.date(*c) for c in candidates if _exists(*c)}, reverse=True)
    if not days:
        return _not_a_date(text)
    if len(days) == 1 and sure:
        return Reading(days[0])
    return ambiguous(_maybe(text, [_words(day) for day in days]), _(_WRITE))


def _maybe(text: Any, readings: list[str]) -> str:
    return _("{text}可能是{readings}").format(text=quoted(text), readings=_("，也可能是").join(readings))


def _words(day: dt.date) -> str:
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def _month_words(year: int, month: int) -> str:
    return _("{year}年{month}月").format(year=year, month=month)


def _exists(year: int, month: int, day: int) -> bool:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _real(year: int, month: int, day: int, shown: str) -> Reading:
    try:
        return _in_range(dt.date(year, month, day))
    except ValueError:
        if 1 <= month <= 12 and 1 <= day <= 31:
            return unreadable(_("{shown}：{year}年{month}月没有{day}日").format(shown=quoted(shown), year=year, month=month, day=day), _(_WRITE))
        return _not_a_date(shown)


def _in_range(day: dt.date) -> Reading:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return Reading(day)
    return unreadable(_("年份{year}不合理").format(year=day.year), _(_WRITE))


def _not_a_date(raw: Any) -> Reading:
    return unreadable(_("{raw}不是日期").format(raw=quoted(raw)), _(_WRITE))


def _from_chinese(text: str) -> str:
    """"二〇一七年三月一日" → "2017年3月1日"; other text unchanged."""
    found = _CHINESE.fullmatch(text)
    if not found:
        return text
    year = "".join(str(_DIGITS[c]) for c in found[1])
    month, day = (_small(part) if part else None for part in (found[2], found[3]))
    return f"{year}年" + (f"{month}月" if month is not None else "") + (f"{day}日" if day is not None else "")


def _small(text: str) -> int:
    """A Chinese number below 100; 0, which no month or day is, when it is malformed."""
    if len(text) == 1:
        return _TENS.get(text) or _DIGITS.get(text, 0)
    if text[0] in _TENS:
        return _TENS[text[0]] + _DIGITS.get(text[1], 99) if len(text) == 2 else 0
    if text[1] != "十":
        return 0
    return _DIGITS.get(text[0], 9) * 10 + (_DIGITS.get(text[2], 99) if len(text) == 3 else 0)


def _month_text(text: str, raw: Any, date1904: bool) -> Reading:
    text = _from_chinese(text)
    if found := _MONTH_ONLY.fullmatch(text):
        if found[2] == "." and found[3] == "1" and "月" not in text:
            return ambiguous(_maybe(text, [_month_words(int(found[1]), 1), _month_words(int(found[1]), 10)]), _(_WRITE_MONTH))
        return _month(int(found[1]), int(found[3]), raw)
    if text.isascii() and text.isdigit() and len(text) == 6 and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
        return _month(int(text[:4]), int(text[4:]), raw)
    if _YEAR_ONLY.fullmatch(text):
        return ambiguous(_("{raw}只有年份，缺少月").format(raw=quoted(raw)), _(_WRITE_MONTH))
    if found := _SHORT_YEAR_MONTH.fullmatch(text):
        if 1 <= int(found[2]) <= 12:
            return ambiguous(_maybe(raw, [_month_words(_century(int(found[1])), int(found[2]))]), _(_WRITE_MONTH))
    return _month_of(read_date(raw, date1904=date1904), raw)


def _month_of(day: Reading, raw: Any) -> Reading:
    if day.value is not None:
        return Reading(f"{day.value:%Y-%m}")
    if day.problem is None:
        return EMPTY
    if day.problem.kind == "ambiguous":
        return ambiguous(day.problem.message, _(_WRITE_MONTH))
    return unreadable(_("{raw}不是年月").format(raw=quoted(raw)), _(_WRITE_MONTH))


def _month(year: int, month: int, raw: Any) -> Reading:
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12:
        return Reading(f"{year:04d}-{month:02d}")
    return unreadable(_("{raw}不是年月").format(raw=quoted(raw)), _(_WRITE_MONTH))
