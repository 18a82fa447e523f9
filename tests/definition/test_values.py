"""Field types: reading typed text and cells, showing, editing, storing."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from unionclient.definition.ledger import Code, CodeList, Field
from unionclient.definition.numerals import chinese_number
from unionclient.definition.record import Record
from unionclient.definition.values import TYPES

SHARED = Path(os.environ.get("UNIONCLIENT_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))

ETHNICITY = CodeList("ethnicity", "民族", {
    "01": Code("01", "汉"), "03": Code("03", "回"), "05": Code("05", "维吾尔", aliases=("维",)),
    "96": Code("96", "旧码", retired=True)})
SCHOOLING = CodeList("schooling", "学历", {
    "40": Code("40", "中专/职高/技校", aliases=("中专",)), "60": Code("60", "普通高中"), "1": Code("1", "60"),
    "2": Code("2", "甲、乙")})
FIELDS = {name: Field(name, "测试", type=name) for name in TYPES} | {
    "int": Field("int", "人数", type="int", unit="人"),
    "decimal": Field("decimal", "得分", type="decimal", places=2),
    "code": Field("code", "民族", type="code", codes=ETHNICITY),
    "codes": Field("codes", "学历", type="codes", codes=SCHOOLING),
}


def read(name, raw, **changes):
    field = FIELDS[name]
    if changes:
        field = Field("f", "测试", type=name, **changes)
    return TYPES[name].parse(raw, field)


def value(name, raw, **changes):
    reading = read(name, raw, **changes)
    assert reading.problem is None, reading.problem
    return reading.value


@pytest.mark.parametrize("name", sorted(set(TYPES) - {"text", "bool", "attachment"}))
@pytest.mark.parametrize("raw", [None, "", " ", "\u3000", "-", "/", "无", "—", "－"])
def test_the_signs_for_nothing_are_empty(name, raw):
    assert value(name, raw) is None


@pytest.mark.parametrize("raw", [None, "", " ", "-", "/", "—", "\u200b-"])
def test_a_plain_text_of_a_dash_is_empty(raw):
    assert value("text", raw) is None


def test_the_word_none_stays_a_text():
    assert value("text", "无") == "无"
    assert value("text", "无", format="phone") is None


@pytest.mark.parametrize("name", sorted(TYPES))
@pytest.mark.parametrize("raw", ["#REF!", "#N/A"])
def test_a_formula_error_is_never_a_value(name, raw):
    if name != "attachment":
        assert read(name, raw).problem.kind == "unreadable"


@pytest.mark.parametrize(("raw", "text"), [
    (12, "12"), (12.0, "12"), (1.5, "1.5"), (True, "是"), (dt.date(2017, 3, 1), "2017-03-01"),
    (dt.datetime(2017, 3, 1, 9, 30), "2017-03-01 09:30"), (dt.datetime(2017, 3, 1), "2017-03-01"), (dt.time(9, 5), "09:05"),
])
def test_cells_of_other_kinds_become_text(raw, text):
    assert value("text", raw) == text


def test_long_text_keeps_lines_and_short_text_does_not():
    assert value("text", "一\n二", length=500) == "一\n二"
    assert value("text", "一\n二", length=50) == "一 二"


@pytest.mark.parametrize(("raw", "kind"), [("张\u200b三", "cleaned"), ("张\x07三", "cleaned"), ("张\ue000", "private_use")])
def test_an_unseen_character_is_told(raw, kind):
    assert [n.kind for n in read("text", raw).notes] == [kind]


def test_a_flood_of_marks_is_refused():
    assert read("text", "Z" + "\u0301\u0300" * 20).problem.kind == "unreadable"


@pytest.mark.parametrize("name", ["resident_id", "uscc", "union_uscc"])
@pytest.mark.parametrize("raw", [110105194912310020, 1.1010519491231e17, "1.10105E+17", "1.10105e+17", "110105194912310000",
                                 "914403001922038000"])
def test_digits_lost_in_excel_are_reported_as_damage(name, raw):
    problem = read("text", raw, format=name).problem
    assert problem.kind == "damaged" and "15位" in problem.message and "文本" in problem.mend


def test_a_valid_identity_number_that_ends_in_zeros_is_no_damage():
    from unionclient.definition.identity import id_check_digit
    number = next(n + "0" for n in (f"110101{day}00" + "0" for day in range(19900101, 19900132)) if id_check_digit(n) == "0")
    assert value("text", number, format="resident_id") == number


def test_numbers_in_identifier_cells_that_are_whole_are_taken():
    assert value("text", 13800138000, format="phone") == "13800138000"
    assert value("text", 13800138000.0, format="phone") == "13800138000"
    assert value("text", 130503670401001, format="resident_id") == "130503196704010016"


def test_a_wrong_check_digit_is_a_value_and_not_a_problem():
    assert value("text", "110101199003070012", format="resident_id") == "110101199003070012"


@pytest.mark.parametrize(("raw", "number", "notes"), [
    ("120", 120, []), ("120人", 120, []), ("1,200", 1200, []), ("1，200", 1200, []), ("１２０", 120, []), ("1 200", 1200, []),
    ("约120", 120, ["approximate"]), ("120左右", 120, ["approximate"]), ("近120", 120, ["approximate"]),
    ("约120人", 120, ["approximate"]), ("120余人", 120, ["approximate"]), ("一百二十", 120, ["chinese_number"]),
    ("一百二十人", 120, ["chinese_number"]), (45.0, 45, []), ("45.0", 45, []), ("3.2万", 32000, []), ("3.2万人", 32000, []),
    ("0", 0, []), ("-5", -5, []), ("－5", -5, []), (-5, -5, []), ("'120", 120, []), (2**53, 2**53, []),
])
def test_whole_numbers_are_read_as_written(raw, number, notes):
    reading = read("int", raw)
    assert (reading.value, [n.kind for n in reading.notes], reading.problem) == (number, notes, None)


@pytest.mark.parametrize("raw", [
    45.5, "45.5", True, False, float("nan"), float("inf"), 1e400, "1e400", "nan", "inf", "Infinity", 2**53 + 1, "9" * 16, "9" * 5000,
    "120人次", "120-150", "12 30", "1,20", "一百二", "一一百", "以上", "98%", "abc", "万", "3.00001万", dt.date(2017, 3, 1), "100以上",
    "1_000", "٣", "½", "人", "1.00000000000000000000000000000000001",
])
def test_what_is_not_surely_a_whole_number_is_refused(raw):
    reading = read("int", raw)
    assert reading.value is None and reading.problem.kind == "unreadable"


@pytest.mark.parametrize(("words", "number"), [
    ("十", 10), ("十五", 15), ("一十五", 15), ("二十", 20), ("两百", 200), ("一百零五", 105), ("一千零二十", 1020), ("一二〇", 120),
    ("三万二千", 32000), ("叁万贰仟", 32000), ("一万零五", 10005), ("两亿零三万", 200030000), ("零", 0), ("一百二", None), ("百十", None),
    ("", None), ("十十", None),
])
def test_chinese_numbers_are_read_when_written_in_full(words, number):
    assert chinese_number(words) == number


@pytest.mark.parametrize(("raw", "fen"), [
    ("1,200.50元", 120050), ("1.2万", 1200000), ("1.2万元", 1200000), (1200, 120000), (1200.5, 120050), ("¥1,200", 120000),
    ("￥1200", 120000), (0.1 + 0.2, 30), ("-0.05", -5), ("人民币1200元", 120000), ("0", 0),
])
def test_money_is_kept_in_fen(raw, fen):
    assert value("money", raw) == fen


@pytest.mark.parametrize("raw", ["1.005", 1.005, "1200美元", "1.2.3", "2017-03-01", True])
def test_money_is_never_rounded(raw):
    assert read("money", raw).problem.kind == "unreadable"


@pytest.mark.parametrize(("raw", "scaled"), [("90.5", 9050), (90.5, 9050), (90, 9000), ("90", 9000), ("0.05", 5), ("-1.5", -150)])
def test_decimals_are_scaled_integers(raw, scaled):
    assert value("decimal", raw) == scaled


def test_a_decimal_with_too_many_places_is_refused():
    assert "2位小数" in read("decimal", "0.125").problem.message


def test_a_percent_sign_is_read_only_where_the_field_is_in_percent():
    assert value("decimal", "98.5％", places=1, unit="%") == 985
    assert read("decimal", "98.5%", places=1).problem.kind == "unreadable"


@pytest.mark.parametrize(("raw", "code"), [
    ("03", "03"), ("回", "03"), ("回族", "03"), (" 回 族 ", "03"), ("3", "03"), (3, "03"), (3.0, "03"), ("03 回", "03"),
    ("03-回", "03"), ("03-回族", "03"), ("０３", "03"), ("维", "05"), ("维族", "05"), ("回(03)", "03"), ("'03", "03"),
])
def test_a_code_is_known_by_code_title_and_alias(raw, code):
    assert value("code", raw) == code


def test_a_code_outside_the_list_is_refused_and_the_choices_named():
    problem = read("code", "火星").problem
    assert problem.kind == "unreadable" and "民族" in problem.message and "汉、回、维吾尔" in problem.mend


def test_a_retired_code_is_readable_and_told():
    reading = read("code", "旧码")
    assert reading.value == "96" and [n.kind for n in reading.notes] == ["retired"]


def test_a_code_outranks_a_title():
    assert value("code", "60", codes=SCHOOLING) == "60"
    assert TYPES["code"].edit("1", Field("f", "学历", codes=SCHOOLING)) == "1"


def test_two_lists_are_not_confused():
    for n in range(50):
        codes = CodeList("c", "表", {"1": Code("1", f"甲{n}")})
        assert value("code", f"甲{n}", codes=codes) == "1"


@pytest.mark.parametrize(("raw", "codes"), [
    ("40,60", ("40", "60")), ("普通高中、中专", ("40", "60")), ("中专/职高/技校", ("40",)), ("中专/普通高中", ("40", "60")),
    ("中专 普通高中", ("40", "60")), ("60；60;40", ("40", "60")), (("60",), ("60",)), (60, ("60",)), ("甲、乙", ("2",)), ((), None),
])
def test_several_codes_are_read_in_list_order(raw, codes):
    assert value("codes", raw) == codes


def test_one_unknown_of_several_codes_is_named():
    assert "大学" in read("codes", "中专、大学").problem.message


@pytest.mark.parametrize(("raw", "answer"), [
    ("√", True), ("是", True), ("有", True), ("Y", True), (1, True), (1.0, True), ("1", True), (True, True), ("×", False), ("否", False),
    ("无", False), ("N", False), (0, False), (False, False), ("", None), (" ", None), (None, None), ("-", None),
])
def test_an_empty_answer_is_not_a_no(raw, answer):
    assert value("bool", raw) is answer


@pytest.mark.parametrize("raw", ["也许", 2, "是否", dt.date(2017, 1, 1)])
def test_an_unclear_answer_is_refused(raw):
    assert read("bool", raw).problem.kind == "unreadable"


def test_references_and_attachments_are_ids():
    assert value("reference", " 0190-a ") == "0190-a"
    assert value("attachment", "a, b，c") == ("a", "b", "c") == value("attachment", ("a", "b", "c"))
    assert value("attachment", "") is None


@pytest.mark.parametrize(("name", "kept", "shown"), [
    ("money", 123450, "1,234.50"), ("money", -5, "-0.05"), ("date", dt.date(2017, 3, 1), "2017-03-01"),
    ("month", "2017-03", "2017-03"), ("datetime", dt.datetime(2017, 3, 1, 9, 30), "2017-03-01 09:30"), ("bool", True, "是"),
    ("bool", False, "否"), ("code", "03", "回"), ("code", "没有此码", "没有此码"), ("codes", ("40", "60"), "中专/职高/技校、普通高中"),
    ("decimal", 9050, "90.50"), ("int", 120, "120"), ("text", "甲", "甲"), ("attachment", ("a", "b"), "2个附件"),
])
def test_values_are_shown_as_people_write_them(name, kept, shown):
    assert TYPES[name].show(kept, FIELDS[name]) == shown


@pytest.mark.parametrize("name", sorted(TYPES))
def test_nothing_is_shown_as_nothing_and_stored_as_null(name):
    kind = TYPES[name]
    assert kind.show(None, FIELDS[name]) == kind.edit(None, FIELDS[name]) == ""
    assert kind.to_sql(None) is None and kind.from_sql(None) is None and kind.holds(None)


WHOLE = st.integers(-(2**53), 2**53)
VALUES = {
    "text": st.text(max_size=40), "int": WHOLE, "decimal": WHOLE, "money": WHOLE,
    "date": st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    "month": st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)).map("{:%Y-%m}".format),
    "datetime": st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2100, 12, 31)).map(
        lambda moment: moment.replace(second=0, microsecond=0)),
    "bool": st.booleans(), "code": st.sampled_from(list(ETHNICITY.codes)),
    "codes": st.sets(st.sampled_from(list(SCHOOLING.codes)), min_size=1).map(
        lambda chosen: tuple(c for c in SCHOOLING.codes if c in chosen)),
    "reference": st.uuids().map(str), "attachment": st.lists(st.uuids().map(str), min_size=1, max_size=4).map(tuple),
}


@pytest.mark.parametrize("name", sorted(TYPES))
@given(data=st.data())
def test_what_edit_writes_parse_reads_back(name, data):
    kind, field = TYPES[name], FIELDS[name]
    kept = data.draw(VALUES[name])
    if name == "text":
        kept = kind.parse(kept, field).value
    assert kind.parse(kind.edit(kept, field), field).value == kept
    assert kind.from_sql(kind.to_sql(kept)) == kept and kind.holds(kept)


@given(raw=st.one_of(st.text(st.characters(exclude_categories=()), max_size=30), st.floats(), st.integers(), st.booleans(),
                     st.dates(), st.times(), st.none(), st.text("0123456789.,-万约人 年月%E+/、", max_size=12)),
       name=st.sampled_from(sorted(TYPES)))
def test_no_cell_breaks_a_type(raw, name):
    reading = TYPES[name].parse(raw, FIELDS[name])
    assert reading.problem is None or (reading.value is None and reading.problem.message)
    TYPES[name].show(reading.value, FIELDS[name])


def test_the_list_of_naughty_strings_breaks_nothing():
    path = SHARED / "corpora" / "text" / "blns.json"
    if not path.exists():
        pytest.skip("the shared text corpus is not beside this checkout")
    for raw in json.loads(path.read_text(encoding="utf-8")):
        for name, kind in TYPES.items():
            kind.parse(raw, FIELDS[name])
        kept = value("text", raw) if read("text", raw).problem is None else None
        assert value("text", kept) == kept


def test_a_record_is_read_like_a_mapping():
    record = Record("unit", "u1", {"name": "甲", "uscc": None})
    assert record["name"] == "甲" and record.get("none", 1) == 1 and "uscc" in record and dict(record) == record.values
