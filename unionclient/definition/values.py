"""Field types: how a value is read from typed text or a cell, shown, edited, stored and laid out in a sheet.

One class per type of the definitions; `TYPES` names them. Nothing here judges a value: whether it is
allowed is for the rules, only whether it can be read is decided here.
"""

import datetime as dt
import math
from decimal import Decimal
from typing import Any

from unionclient.definition import dates
from unionclient.definition.choices import find_code, find_codes, written, written_all
from unionclient.definition.formats import FORMATS, Format
from unionclient.definition.identity import resident_id_fault, uscc_fault
from unionclient.definition.ledger import Field
from unionclient.definition.numerals import LARGEST, read_number
from unionclient.definition.reading import EMPTY, Note, Problem, Reading, ambiguous, damaged, quoted, unreadable
from unionclient.definition.text import (
    EMPTY_TEXT,
    EMPTY_WORDS,
    EXCEL_ERRORS,
    clean,
    fold,
    had_invisible,
    has_flood,
    has_private_use,
    is_clean,
    narrow,
    truthy,
)
from unionclient.definition.words import _

__all__ = ["EMPTY", "TYPES", "FieldType", "Note", "Problem", "Reading", "ambiguous", "damaged", "unreadable"]

_LONG = 200            # a text field that may be longer keeps its line breaks
_EXCEL_DIGITS = 10**15  # Excel keeps 15 digits of a number


class FieldType:
    """What all types share. `parse` and `edit` are inverse: `parse(edit(v, f), f).value == v`."""

    name = ""
    sql = "TEXT"
    sheet_format = "@"
    align = "left"

    def parse(self, raw: Any, field: Field) -> Reading:
        """Read typed text or a cell value; None and the signs for "nothing" give an empty reading."""
        raise NotImplementedError

    def show(self, value: Any, field: Field) -> str:
        """Text for screen and paper; "" for None."""
        return self.edit(value, field)

    def edit(self, value: Any, field: Field) -> str:
        """Text that `parse` reads back to the same value; "" for None."""
        return "" if value is None else str(value)

    def to_sql(self, value: Any) -> Any:
        return value

    def from_sql(self, value: Any) -> Any:
        return value

    def holds(self, value: Any) -> bool:
        """True if `value` is already a Python value of this type (or None), not something to be read."""
        return value is None or isinstance(value, str)


def _formula_error(raw: str) -> Reading | None:
    if raw[:1] == "#" and raw.strip().upper() in EXCEL_ERRORS:
        return unreadable(_("单元格里是公式错误{error}").format(error=raw.strip()), _("请在表格软件中改正公式，或直接填写内容"))
    return None


class TextType(FieldType):
    """Text, cleaned, and brought to the normal form of the field's `format` if it has one."""

    name = "text"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None:
            return EMPTY
        if type(raw) is not str:
            return self._cell(raw, field)
        kind = FORMATS[field.format] if field.format else None
        if kind is not None and kind.normalise is not FORMATS["plain"].normalise:
            return self._formatted(raw, kind)
        if raw in EMPTY_TEXT:
            return EMPTY
        if is_clean(raw):
            return _formula_error(raw) or Reading(raw)
        text = clean(raw, lines=field.length > _LONG)
        if text in EMPTY_TEXT:
            return EMPTY
        if has_flood(text):
            return unreadable(_("文字上叠加了过多的附加符号，无法显示和打印"), _("请重新输入"))
        return _formula_error(text) or Reading(text, notes=_text_notes(raw, text))

    def _formatted(self, raw: str, kind: Format) -> Reading:
        if raw in (EMPTY_WORDS if kind.words_empty else EMPTY_TEXT):
            return EMPTY
        notes: tuple[Note, ...] = ()
        text = raw
        if kind.ready is None or not kind.ready.fullmatch(raw):
            text, notes = kind.normalise(raw)
            if text in (EMPTY_WORDS if kind.words_empty else EMPTY_TEXT):
                return EMPTY
            if error := _formula_error(text):
                return error
            if kind.name in ("unit_name", "person_name"):
                notes += _text_notes(raw, text)
        if kind.digits and _digits_lost(text):
            return _lost_digits()
        return Reading(text, notes=notes) if notes else Reading(text)

    def _cell(self, raw: Any, field: Field) -> Reading:
        if isinstance(raw, str):
            return self.parse(str(raw), field)
        if isinstance(raw, bool):
            return Reading("是" if raw else "否")
        if isinstance(raw, (int, float)):
            if not math.isfinite(raw):
                return unreadable(_("单元格里不是有效的数字"), _("请重新填写"))
            if abs(raw) >= _EXCEL_DIGITS:
                return _lost_digits()
            return self.parse(format(raw, ".15g") if isinstance(raw, float) else str(raw), field)
        if isinstance(raw, dt.datetime):
            return Reading(raw.date().isoformat() if raw.time() == dt.time() else f"{raw:%Y-%m-%d %H:%M}")
        if isinstance(raw, dt.date):
            return Reading(raw.isoformat())
        if isinstance(raw, dt.time):
            return Reading(f"{raw:%H:%M}")
        return unreadable(_("单元格里不是文字"), _("请改为文字"))


def _text_notes(raw: str, text: str) -> tuple[Note, ...]:
    notes: tuple[Note, ...] = ()
    if had_invisible(raw):
        notes += (Note("cleaned", _("去掉了看不见的字符")),)
    if has_private_use(text):
        notes += (Note("private_use", _("含有自造字，换一台电脑可能显示不出")),)
    return notes


def _lost_digits() -> Reading:
    return damaged(_("号码是以数字存放的，表格软件只保留15位，后面几位已经丢失，无法还原"), _("请重新取得号码，把单元格设为“文本”格式后再填写"))


def _digits_lost(text: str) -> bool:
    """True for "1.10105E+17" and for 18 digits that end in 000 and do not hold: what Excel leaves of a long number."""
    if text.endswith("000"):
        return (len(text) == 18 and text.isdigit() and resident_id_fault(text) is not None
                and uscc_fault(text) is not None)
    if "E+" not in text:
        return False
    mantissa, _, exponent = text.partition("E+")
    return exponent.isdigit() and mantissa.replace(".", "", 1).isdigit()


class IntType(FieldType):
    """A whole number: persons, items, years."""

    name = "int"
    sql = "INTEGER"
    sheet_format = "0"
    align = "right"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None:
            return EMPTY
        if type(raw) is int:
            return Reading(raw) if -LARGEST <= raw <= LARGEST else _too_large()
        if type(raw) is str and len(raw) < 15 and raw.isascii() and raw.isdigit():
            return Reading(int(raw))
        return _scaled(raw, field, 0)

    def holds(self, value: Any) -> bool:
        return value is None or type(value) is int


def _scaled(raw: Any, field: Field, places: int, unit: str | None = None) -> Reading:
    """A number as an integer of `places` decimals; more decimals than that are refused, never rounded."""
    if isinstance(raw, str):
        text = narrow(raw)
        if text in EMPTY_WORDS:
            return EMPTY
        if error := _formula_error(text):
            return error
    number = read_number(raw, field.unit if unit is None else unit)
    if number is None:
        return unreadable(_("{raw}不能读成一个数").format(raw=quoted(raw)), _("请只填数字"))
    value, notes = number
    if abs(value) * 10**places > LARGEST:
        return _too_large()
    whole = int(value.scaleb(places))
    if Decimal(whole).scaleb(-places) != value:  # compared exactly; `scaleb` alone keeps 28 digits
        told = _("{raw}小数位过多，最多{places}位小数") if places else _("{raw}小数位过多，应为整数")
        return unreadable(told.format(raw=quoted(raw), places=places), _("请按规定的位数重新填写，程序不替您取整"))
    return Reading(whole, notes=notes)


def _too_large() -> Reading:
    return unreadable(_("数字过大"), _("请核对是否多写了位数"))


def _fixed(value: int, places: int) -> str:
    digits = str(abs(value)).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


class DecimalType(FieldType):
    """An exact decimal: the Python value is an int scaled by 10**places (4.5 with one place is 45).

    `parse` reads an int as a cell says it (4 means 4, not 0.4); values already scaled are for `holds`.
    """

    name = "decimal"
    sql = "INTEGER"
    sheet_format = "General"
    align = "right"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None:
            return EMPTY
        if isinstance(raw, str) and field.unit == "%":
            raw = narrow(raw).removesuffix("%")
        return _scaled(raw, field, field.places)

    def edit(self, value: Any, field: Field) -> str:
        return "" if value is None else _fixed(value, field.places)

    def holds(self, value: Any) -> bool:
        return value is None or type(value) is int


class MoneyType(FieldType):
    """Yuan and fen: the Python value is an int in fen. `parse` reads numbers in yuan, as people and cells say them."""

    name = "money"
    sql = "INTEGER"
    sheet_format = "#,##0.00"
    align = "right"

    def parse(self, raw: Any, field: Field) -> Reading:
        return EMPTY if raw is None else _scaled(raw, field, 2, "元")

    def show(self, value: Any, field: Field) -> str:
        return "" if value is None else f"{Decimal(value).scaleb(-2):,.2f}"

    def edit(self, value: Any, field: Field) -> str:
        return "" if value is None else _fixed(value, 2)

    def holds(self, value: Any) -> bool:
        return value is None or type(value) is int


def _without_error(raw: Any) -> Reading | None:
    return _formula_error(raw) if isinstance(raw, str) else None


class DateType(FieldType):
    """A day; `datetime.date`, ISO text in the store."""

    name = "date"
    sheet_format = "yyyy-mm-dd"
    align = "center"

    def parse(self, raw: Any, field: Field) -> Reading:
        return _without_error(raw) or dates.read_date(raw)

    def edit(self, value: Any, field: Field) -> str:
        return "" if value is None else value.isoformat()

    def to_sql(self, value: Any) -> Any:
        return None if value is None else value.isoformat()

    def from_sql(self, value: Any) -> Any:
        return None if value is None else dt.date.fromisoformat(value)

    def holds(self, value: Any) -> bool:
        return value is None or type(value) is dt.date


class MonthType(FieldType):
    """A month as text "2017-03"."""

    name = "month"
    align = "center"

    def parse(self, raw: Any, field: Field) -> Reading:
        return _without_error(raw) or dates.read_month(raw)


class DateTimeType(FieldType):
    """A moment in minutes, local time; "2017-03-01 09:30" in the store."""

    name = "datetime"
    sheet_format = "yyyy-mm-dd hh:mm"
    align = "center"

    def parse(self, raw: Any, field: Field) -> Reading:
        return _without_error(raw) or dates.read_datetime(raw)

    def edit(self, value: Any, field: Field) -> str:
        return "" if value is None else value.isoformat(sep=" ", timespec="minutes")

    def to_sql(self, value: Any) -> Any:
        return None if value is None else value.isoformat(sep=" ", timespec="minutes")

    def from_sql(self, value: Any) -> Any:
        return None if value is None else dt.datetime.fromisoformat(value)

    def holds(self, value: Any) -> bool:
        return value is None or isinstance(value, dt.datetime)


class BoolType(FieldType):
    """Yes or no. Empty is neither: an unanswered question is not a "no"."""

    name = "bool"
    sql = "INTEGER"
    align = "center"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None or raw is True or raw is False:
            return EMPTY if raw is None else Reading(raw)
        if isinstance(raw, (int, float)) and raw in (0, 1):
            return Reading(bool(raw))
        if isinstance(raw, str):
            text = narrow(raw)
            if text in EMPTY_TEXT:
                return EMPTY
            answer = truthy(text)
            if answer is None:      # as shown in the language spoken
                answer = {fold(_("是")): True, fold(_("否")): False}.get(fold(text))
            if answer is not None:
                return Reading(answer)
        return unreadable(_("{raw}不是“是”或“否”").format(raw=quoted(raw)), _("请填“是”或“否”，没有回答时留空"))

    def show(self, value: Any, field: Field) -> str:
        return "" if value is None else _("是") if value else _("否")

    def edit(self, value: Any, field: Field) -> str:
        return "" if value is None else "是" if value else "否"

    def to_sql(self, value: Any) -> Any:
        return None if value is None else int(value)

    def from_sql(self, value: Any) -> Any:
        return None if value is None else bool(value)

    def holds(self, value: Any) -> bool:
        return value is None or isinstance(value, bool)


def _as_text(raw: Any) -> str:
    """A cell value as the officer sees it: 1.0 is "1", True is "是"."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return format(raw, ".15g") if isinstance(raw, float) else str(raw)


def _not_in_list(text: str, field: Field) -> Reading:
    titles = [code.title for code in field.codes.codes.values() if not code.retired]
    mend = _("请从列表中选择：{titles}").format(titles=_("、").join(titles)) if len(titles) <= 12 else _("请从列表中选择")
    return unreadable(_("{text}不在“{title}”的选项中").format(text=quoted(text), title=field.codes.title), mend)


def _retired(codes: tuple[str, ...], field: Field) -> tuple[Note, ...]:
    return tuple(Note("retired", _("“{title}”已停用，请核实").format(title=field.codes.codes[code].title))
                 for code in codes if field.codes.codes[code].retired)


class CodeType(FieldType):
    """One code of the field's list; code, title and aliases are read, the title is shown."""

    name = "code"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None:
            return EMPTY
        text = raw if type(raw) is str else _as_text(raw)
        code = find_code(field.codes, text)
        if code is None:
            if narrow(text) in EMPTY_WORDS:
                return EMPTY
            return _formula_error(text) or _not_in_list(text, field)
        return Reading(code, notes=_retired((code,), field)) if field.codes.codes[code].retired else Reading(code)

    def show(self, value: Any, field: Field) -> str:
        return "" if value is None else field.codes.title_of(value)

    def edit(self, value: Any, field: Field) -> str:
        return "" if value is None else written(field.codes, value)


class CodesType(FieldType):
    """Several codes of the field's list, in list order; "1,3" in the store. None, never (), for no choice."""

    name = "codes"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None or raw == ():
            return EMPTY
        if isinstance(raw, tuple):
            return Reading(raw)
        text = raw if type(raw) is str else _as_text(raw)
        codes, unknown = find_codes(field.codes, text)
        if not codes and narrow(text) in EMPTY_WORDS:
            return EMPTY
        if unknown or not codes:
            return _formula_error(text) or _not_in_list(_("、").join(unknown) or text, field)
        return Reading(codes, notes=_retired(codes, field))

    def show(self, value: Any, field: Field) -> str:
        return _("、").join(field.codes.title_of(code) for code in value or ())

    def edit(self, value: Any, field: Field) -> str:
        return written_all(field.codes, value) if value else ""

    def to_sql(self, value: Any) -> Any:
        return ",".join(value) if value else None

    def from_sql(self, value: Any) -> Any:
        return tuple(value.split(",")) if value else None

    def holds(self, value: Any) -> bool:
        return value is None or isinstance(value, tuple)


class ReferenceType(FieldType):
    """The id of a record in the ledger `field.ref`; finding the record behind a name is the workspace's work."""

    name = "reference"

    def parse(self, raw: Any, field: Field) -> Reading:
        if raw is None:
            return EMPTY
        text = clean(raw if type(raw) is str else _as_text(raw))
        return EMPTY if text in EMPTY_WORDS else _formula_error(text) or Reading(text)


class AttachmentType(FieldType):
    """Ids of attached files, in the order they were attached; "id1,id2" in the store."""

    name = "attachment"

    def parse(self, raw: Any, field: Field) -> Reading:
        if isinstance(raw, str):
            raw = tuple(filter(None, map(clean, raw.replace("，", ",").split(","))))
        if raw is None or isinstance(raw, (tuple, list)):
            return Reading(tuple(raw)) if raw else EMPTY
        return unreadable(_("{raw}不是附件").format(raw=quoted(raw)), _("请用“添加附件”选择文件"))

    def show(self, value: Any, field: Field) -> str:
        return _("{n}个附件").format(n=len(value)) if value else ""

    def edit(self, value: Any, field: Field) -> str:
        return ",".join(value) if value else ""

    def to_sql(self, value: Any) -> Any:
        return ",".join(value) if value else None

    def from_sql(self, value: Any) -> Any:
        return tuple(value.split(",")) if value else None

    def holds(self, value: Any) -> bool:
        return value is None or isinstance(value, tuple)


TYPES: dict[str, FieldType] = {known.name: known for known in (
    TextType(), IntType(), DecimalType(), MoneyType(), DateType(), MonthType(), DateTimeType(), BoolType(),
    CodeType(), CodesType(), ReferenceType(), AttachmentType(),
)}
