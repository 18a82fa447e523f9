"""Check digits and facts of the unified credit code and the resident identity number; masks for print.

Pure arithmetic on texts already in normal form (`formats`). Sources: GB 32100-2015, GB 11714, GB 11643-1999.
"""

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from unionclient.definition.words import _

USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUE = {c: i for i, c in enumerate(USCC_ALPHABET)}
_USCC_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORG_VALUE = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_PATTERN = re.compile("[0-9]{17}[0-9X]")
_PROVINCES = frozenset("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
                       "71 81 82 83".split())
_LONG_AGO = 2016    # a year that no right clock has before it: most births need no look at the clock
# Second character by registration authority where the standard closes the list; elsewhere 1–9.
_KINDS = {"5": "1239", "8": "19", "9": "123"}
_AUTHORITIES = "123456789ANY"
_MISTAKEN = str.maketrans("IO", "10")
DOUBLE_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 令狐 司徒 夏侯 慕容 宇文 长孙 端木 轩辕 南宫 独孤 申屠 呼延 钟离 太史 公冶 闻人 赫连 澹台 淳于 单于 "
    "濮阳 宗政 拓跋 百里 东郭 西门 鲜于 闾丘 司空 第五 万俟 梁丘 左丘 完颜 纳兰 公羊 仲孙 亓官 司寇 巫马 公西 漆雕 乐正 壤驷 拓拔 夹谷 宰父 谷梁 "
    "段干 东门 南门 羊舌 微生 公良 叶赫 耶律 爱新".split())


def uscc_check_digit(code: str) -> str:
    """The 18th character for the first 17 of `code`, all in `USCC_ALPHABET`. Source: GB 32100-2015."""
    total = sum(_USCC_VALUE[c] * w for c, w in zip(code[:17], _USCC_WEIGHTS))
    return USCC_ALPHABET[(31 - total % 31) % 31]


def uscc_fault(code: str) -> str | None:
    """What is wrong with a unified social credit code, in Chinese; None if nothing. Inner check: `uscc_inner_ok`."""
    if len(code) != 18:
        if len(code) == 15 and code.isdigit():
            return _("这是15位的工商注册号，应填18位统一社会信用代码")
        if len(code.replace("-", "")) == 9:
            return _("这是9位的组织机构代码，应填18位统一社会信用代码")
        return _("统一社会信用代码应为18位，现为{n}位").format(n=len(code))
    for place, c in enumerate(code, 1):
        if c not in _USCC_VALUE:
            return _uscc_character(code, place, c)
    if code[0] not in _AUTHORITIES or code[1] not in _KINDS.get(code[0], "123456789"):
        return _("统一社会信用代码开头两位“{begins}”不是登记部门和机构类别代码").format(begins=code[:2])
    if not code[2:8].isdigit():
        return _("统一社会信用代码第3至8位应为行政区划数字")
    if code[17] != uscc_check_digit(code):
        return _("统一社会信用代码校验位不符，有字符写错或写反")
    return None


def _uscc_character(code: str, place: int, c: str) -> str:
    """I and O are the letters most often typed for 1 and 0; names the whole code if that makes it right."""
    mended = code.translate(_MISTAKEN)
    if mended == code:
        told = _("统一社会信用代码第{place}位“{c}”不是代码用字")
    elif all(c in _USCC_VALUE for c in mended) and uscc_fault(mended) is None:
        told = _("统一社会信用代码第{place}位“{c}”不是代码用字，是否应为{mended}")
    else:
        told = _("统一社会信用代码第{place}位“{c}”不是代码用字，字母I、O可能是数字1、0")
    return told.format(place=place, c=c, mended=mended)


def union_uscc_fault(code: str) -> str | None:
    """As `uscc_fault`, for a union's own code, which the union register issues with 81 in front."""
    fault = uscc_fault(code)
    if fault is None and not code.startswith("81"):
        return _("工会的统一社会信用代码以81开头，这里填的像是单位的代码")
    return fault


def uscc_inner_ok(code: str) -> bool:
    """True if characters 9–17 hold as an organisation code (GB 11714); a failure is only a warning."""
    inner = code[8:17]
    if len(code) != 18 or any(c not in _ORG_VALUE for c in inner):
        return False
    check = 11 - sum(_ORG_VALUE[c] * w for c, w in zip(inner, _ORG_WEIGHTS)) % 11
    return inner[8] == {10: "X", 11: "0"}.get(check, str(check))


def id_check_digit(number: str) -> str:
    """The 18th character for the first 17 digits of a resident identity number. Source: GB 11643-1999."""
    return "10X98765432"[(_AREA(number[:6]) + _BIRTH(number[6:14]) + _SERIAL(number[14:17])) % 11]


def _weigher(first: int) -> Callable[[str], int]:
    """Weighs the digits from place `first` on; the parts of an identity number each come again and again."""
    weights = _ID_WEIGHTS[first:]
    return lru_cache(maxsize=1 << 15)(lambda digits: sum(int(c) * w for c, w in zip(digits, weights)))


_AREA, _BIRTH, _SERIAL = map(_weigher, (0, 6, 14))


def resident_id_fault(number: str) -> str | None:
    """What is wrong with a resident identity number, in Chinese; None if nothing."""
    if len(number) != 18:
        return _("居民身份证号码应为18位，现为{n}位").format(n=len(number))
    if not _ID_PATTERN.fullmatch(number):
        return _("居民身份证号码前17位应为数字，末位为数字或X")
    if number[:2] not in _PROVINCES:
        return _("居民身份证号码开头“{begins}”不是省级代码").format(begins=number[:2])
    born = id_birth(number)
    if born is None:
        return _("居民身份证号码第7至14位不是真实的日期")
    if born.year < 1900 or born.year > _LONG_AGO and born > dt.date.today():
        return _("居民身份证号码中的出生日期不在1900年至今天之间")
    if number[17] != id_check_digit(number):
        return _("居民身份证号码校验位不符，有数字写错或写反")
    return None


def id_birth(number: str) -> dt.date | None:
    """Birth date in a resident identity number, or None where there is none."""
    return _day(number[6:14]) if len(number) == 18 else None


@lru_cache(maxsize=1 << 15)
def _day(digits: str) -> dt.date | None:
    """The day that eight digits name, if there is one."""
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if digits.isdigit() else None
    except ValueError:
        return None


def id_gender(number: str) -> str | None:
    """Gender code of GB/T 2261.1, "1" male or "2" female, from digit 17; None where there is none."""
    if not _ID_PATTERN.fullmatch(number):
        return None
    return "1" if int(number[16]) % 2 else "2"


def mask_id(number: str | None) -> str:
    """"11010519491231002X" → "110105********002X": first 6 and last 4 stay; shorter numbers keep 2 and 2."""
    return _mask(number or "", 6, 4) if len(number or "") >= 15 else _mask(number or "", 2, 2)


def mask_phone(number: str | None) -> str:
    """"13800138000" → "138****8000"; a landline keeps its area code and last 4 digits."""
    number = number or ""
    if "-" in number:
        area, _, rest = number.partition("-")
        return f"{area}-{_mask(rest, 0, 4)}"
    return _mask(number, 3, 4)


def mask_name(name: str | None) -> str:
    """"张三" → "张*", "欧阳震华" → "欧阳*": the surname stays, one star says nothing of the length."""
    name = name or ""
    surname = name[:2] if name[:2] in DOUBLE_SURNAMES and len(name) > 2 else name[:1]
    return surname + "*" if name else ""


def _mask(text: str, first: int, last: int) -> str:
    if len(text) <= first + last:
        return "*" * len(text)
    return text[:first] + "*" * (len(text) - first - last) + text[len(text) - last:]
