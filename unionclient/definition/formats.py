"""Formats of text fields: bring an identifier, phone, name or document number to normal form, then check it.

`normalise` never judges and `check` never changes: a wrong number stays a value with a message.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from unionclient.definition.identity import (
    DOUBLE_SURNAMES,
    id_birth,
    id_check_digit,
    id_gender,
    mask_id,
    mask_name,
    mask_phone,
    resident_id_fault,
    union_uscc_fault,
    uscc_fault,
    uscc_inner_ok,
)
from unionclient.definition.reading import Note
from unionclient.definition.text import BETWEEN_HAN, clean, fold, han, identifier, narrow, no_blanks
from unionclient.definition.words import _, marked

__all__ = ["FORMATS", "Format", "id_birth", "id_gender", "mask_id", "mask_name", "mask_phone", "name_key",
           "uscc_inner_ok"]

Normal = tuple[str, tuple[Note, ...]]


@dataclass(frozen=True, slots=True)
class Format:
    """How texts of one kind are brought to normal form and checked.

    `check` takes a text in normal form and returns the fault in Chinese or None; `mend` says how to put it
    right. `ready` matches texts that are in normal form already, so that imports need not touch them.
    `digits` marks identifiers which Excel damages when it holds them as numbers.
    """

    name: str
    title: str
    normalise: Callable[[str], Normal]
    check: Callable[[str], str | None]
    mend: str = ""
    ready: re.Pattern[str] | None = None
    digits: bool = False
    words_empty: bool = True            # "无" means nothing was filled in


_TWO_PHONES = re.compile(r"[/、,，;；|]|或")
_DASH = re.compile("[‐-―−]")
_EXTENSION = re.compile(r"(.*?)(?:转|#|-|ext\.?|分机:?)([0-9]{1,6})", re.IGNORECASE)
_PHONE_SIGNS = re.compile(r"[0-9+()\-.转#]+")
_NOT_DIGITS = re.compile("[^0-9]")
_PHONE = re.compile(r"1[3-9][0-9]{9}|(?:0(?:10|2[0-9])-[2-9][0-9]{7}|0[3-9][0-9]{2}-[2-9][0-9]{6,7})(?:-[0-9]{1,6})?"
                    r"|[48]00-[0-9]{7}")
_BRACKET_AT_END = re.compile(r"\s*[（(【\[]([^（()）【】\[\]]*)[)）】\]]$")
_DOT = re.compile(r"\s*[·•‧∙⋅・･˙]\s*")
_DOT_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿])\s*[.．。]\s*(?=[㐀-鿿])")
_NAME_FAULT = re.compile(r"[0-9、,，;；/]")
_YEAR_BRACKET = re.compile(r"[〔﹝\[(【［（{]((?:19|20)[0-9]{2})年?[〕﹞\])】］）}]第?0*([1-9][0-9]*)号?")
_DOC_NO = re.compile(r"\S+〔(?:19|20)[0-9]{2}〕[1-9][0-9]*号")


def name_key(text: str | None) -> str | None:
    """Key by which unit names are compared: NFKC, no blanks, （）as (), case aside. None stays None."""
    return None if text is None else fold(text)


def _uscc(text: str) -> Normal:
    code = identifier(text)
    return (code.replace("-", "") if len(code.replace("-", "")) == 18 else code), ()


def _resident_id(text: str) -> Normal:
    number = identifier(text)
    if len(number) == 15 and number.isascii() and number.isdigit():
        longer = number[:6] + "19" + number[6:]
        longer += id_check_digit(longer)
        if id_birth(longer):
            return longer, (Note("converted", _("15位旧号码{number}已换算为18位，请核对").format(number=mask_id(number))),)
    return number, ()


def _phone(text: str) -> Normal:
    written = narrow(text)
    parts = [part for part in (p.strip() for p in _TWO_PHONES.split(written)) if part]
    if len(parts) > 1 and all(sum(c.isdigit() for c in part) >= 7 for part in parts):
        others = _("、").join(mask_phone(_one_phone(part)) for part in parts[1:])
        return _one_phone(parts[0]), (Note("second_phone", _("一格里有{n}个号码，只记第一个；另有{others}").format(n=len(parts), others=others)),)
    return _one_phone(written), ()


def _one_phone(text: str) -> str:
    signs = _DASH.sub("-", no_blanks(text))
    if not _PHONE_SIGNS.fullmatch(signs):
        return text
    whole = _number(signs)
    if _PHONE.fullmatch(whole):
        return whole
    if found := _EXTENSION.fullmatch(signs):
        main = _number(found[1])
        if main.startswith("0") and _PHONE.fullmatch(main):
            return f"{main}-{found[2]}"
    return whole


def _number(signs: str) -> str:
    """Normal form of one number without extension; what fits no form comes back without its signs."""
    digits = _NOT_DIGITS.sub("", signs)
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) - len(prefix) in (10, 11):
            rest = digits[len(prefix):]
            digits = rest if rest.startswith(("1", "0")) and len(rest) == 11 else "0" + rest
            break
    if len(digits) == 12 and digits.startswith("01") and digits[2] in "3456789":
        digits = digits[1:]
    if len(digits) == 8 and digits[0] in "23456789":
        return f"010-{digits}"
    if len(digits) == 10 and digits.startswith(("400", "800")):
        return f"{digits[:3]}-{digits[3:]}"
    if digits.startswith(("010", "02")) and len(digits) > 3:
        return f"{digits[:3]}-{digits[3:]}"
    if digits.startswith("0") and len(digits) > 4:
        return f"{digits[:4]}-{digits[4:]}"
    return digits


def _phone_fault(number: str) -> str | None:
    if _PHONE.fullmatch(number):
        return None
    digits = sum(c.isdigit() for c in number)
    if number.isdigit() and number.startswith("1"):
        return _("手机号码应为11位，以13至19开头，现为{digits}位").format(digits=digits) if digits != 11 else _("手机号码应以13至19开头")
    return _("电话号码不完整或多了数字")


def _person_name(text: str) -> Normal:
    name = clean(text)
    notes: tuple[Note, ...] = ()
    while (found := _BRACKET_AT_END.search(name)) and found.start() > 0:
        notes += (Note("bracket", _("姓名后面的“（{words}）”没有记入姓名，请核实").format(words=found[1])),)
        name = name[:found.start()]
    name = _DOT_BETWEEN_HAN.sub("·", _DOT.sub("·", name))
    joined = BETWEEN_HAN.sub("", name)
    if joined != name and han(joined) and (len(joined) <= 3 or joined[:2] in DOUBLE_SURNAMES):
        name = joined
    return " ".join(name.split()), notes


def _person_name_fault(name: str) -> str | None:
    if len(name) < 2:
        return _("姓名至少两个字")
    if _NAME_FAULT.search(name):
        return _("姓名里有数字或分隔符号")
    if BETWEEN_HAN.search(name):
        return _("姓名中间有空格，像是两个人的姓名")
    return None


def _unit_name(text: str) -> Normal:
    return " ".join(clean(text).split()), ()


def _unit_name_fault(name: str) -> str | None:
    return None if any(c.isalpha() for c in name) else _("单位名称里没有文字")


def _doc_no(text: str) -> Normal:
    number = no_blanks(clean(text))
    return _YEAR_BRACKET.sub(lambda found: f"〔{found[1]}〕{found[2]}号", number), ()


def _doc_no_fault(number: str) -> str | None:
    return None if _DOC_NO.fullmatch(number) else _("文号应为“机关代字〔年份〕序号号”，如“东工发〔2017〕12号”")


def _plain(text: str) -> Normal:
    return clean(text), ()


def _fine(_text: str) -> str | None:
    return None


_CODE = re.compile("[0-9A-Z]{18}")
FORMATS: dict[str, Format] = {known.name: known for known in (
    Format("uscc", marked("统一社会信用代码"), _uscc, uscc_fault, marked("请对照营业执照或登记证书核对；没有代码时留空并写明原因"), _CODE, True),
    Format("union_uscc", marked("工会统一社会信用代码"), _uscc, union_uscc_fault, marked("请对照工会法人资格证书核对"), _CODE, True),
    Format("resident_id", marked("居民身份证号码"), _resident_id, resident_id_fault, marked("请对照身份证核对"), re.compile("[0-9]{17}[0-9X]"),
           True),
    Format("phone", marked("电话"), _phone, _phone_fault, marked("手机填11位数字；座机填区号和号码，如010-64012345"),
           re.compile("1[3-9][0-9]{9}")),
    Format("person_name", marked("姓名"), _person_name, _person_name_fault, marked("一格只填一个人的姓名"), re.compile("[一-鿿]{2,4}")),
    Format("unit_name", marked("单位名称"), _unit_name, _unit_name_fault, marked("请按营业执照或登记证书填写全称"), re.compile("[一-鿿（）]+")),
    Format("doc_no", marked("文号"), _doc_no, _doc_no_fault, marked("年份用六角括号，序号前不加“第”和0")),
    Format("plain", marked("文字"), _plain, _fine, words_empty=False),
)}
