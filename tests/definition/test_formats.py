"""Identifiers, phones, names and document numbers: normal form, check digits, masks.

Vectors: domain handbook §13.1–13.4; all personal ones are synthetic or the printed samples of the standard.
"""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from unionclient.definition.formats import (FORMATS, id_birth, id_gender, mask_id, mask_name, mask_phone, name_key,
                                            uscc_inner_ok)
from unionclient.definition.identity import DOUBLE_SURNAMES, id_check_digit, uscc_check_digit

SAMPLE = "11010519491231002X"


def normal(name, text):
    return FORMATS[name].normalise(text)[0]


def fault(name, text):
    return FORMATS[name].check(normal(name, text))


@pytest.mark.parametrize("code", [
    "914403001922038216", "9144030071526726XG", "91330100799655058B", "53640000MJX173672F", "81110101MC0000012H",
    "91110101MA0000015M", "92110101MA0K3C5D21", "12110101400000018E", "52110101MJ0000018G", "81110101MC000001 2H",
    "８１１１０１０１ＭＣ０００００１２Ｈ", "91110101ma0000015m", "'91110101MA0000015M",
])
def test_valid_credit_codes_pass(code):
    assert fault("uscc", code) is None


@pytest.mark.parametrize("code", ["914403001922038216", "9144030071526726XG", "81110101MC0000012H"])
def test_the_inner_organisation_code_has_its_own_check(code):
    assert uscc_inner_ok(code)
    wrong = "1" if code[16] != "1" else "2"
    assert not uscc_inner_ok(code[:16] + wrong + code[17])


@pytest.mark.parametrize(("code", "said"), [
    ("81110101MC0000012M", "校验位"), ("9I110101MA0000015M", "是否应为91110101MA0000015M"), ("O1110101MA0000015M", "第1位“O”"),
    ("81110101MC000001", "现为16位"), ("110108012345678", "15位的工商注册号"), ("MC000001-2", "9位的组织机构代码"),
    ("83110101MC0000012H", "开头两位"), ("811101A1MC0000012H", "行政区划"), ("8111010１MC0000012Z", "“Z”"),
])
def test_a_faulty_credit_code_is_explained(code, said):
    assert said in fault("uscc", code)


def test_the_letter_i_is_not_changed_silently():
    assert normal("uscc", "9I110101MA0000015M") == "9I110101MA0000015M"


def test_a_union_code_starts_with_81():
    assert fault("union_uscc", "81110101MC0000012H") is None
    assert "81开头" in fault("union_uscc", "91110101MA0000015M")


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_every_single_slip_in_a_credit_code_is_found(place, letter):
    code = "91330100799655058B"
    slip = code[:place] + letter + code[place + 1:]
    assert slip == code or uscc_check_digit(slip) != code[17]


@pytest.mark.parametrize(("number", "gender", "born"), [
    (SAMPLE, "2", (1949, 12, 31)), ("110101199003070011", "1", (1990, 3, 7)), ("11010119900307002X", "2", (1990, 3, 7)),
    ("110101198811150023", "2", (1988, 11, 15)), ("110101200002290034", "1", (2000, 2, 29)),
    ("110101198506301243", "2", (1985, 6, 30)), ("810000199003070015", "1", (1990, 3, 7)),
    ("830000199210100022", "2", (1992, 10, 10)),
])
def test_valid_identity_numbers_tell_gender_and_birth(number, gender, born):
    assert fault("resident_id", number) is None
    assert id_gender(number) == gender and id_birth(number) == dt.date(*born)


@pytest.mark.parametrize("typed", ["11010519491231002x", "'" + SAMPLE, SAMPLE + " ", "１１０１０５１９４９１２３１００２Ｘ",
                                   "110105 19491231 002X", "\u200b" + SAMPLE])
def test_spellings_of_an_identity_number_are_one(typed):
    assert normal("resident_id", typed) == SAMPLE


@pytest.mark.parametrize(("number", "said"), [
    ("440524188001010014", "1900年"), ("110101199002300011", "真实的日期"), ("110101199003070012", "校验位"),
    ("11010119900307001", "现为17位"), ("990101199003070011", "省级代码"), ("11010119900307A011", "前17位"),
    ("110101299003070011", "1900年至今天"),
])
def test_a_faulty_identity_number_is_explained(number, said):
    assert said in fault("resident_id", number)


def test_all_single_digit_slips_of_the_sample_are_found():
    slips = [SAMPLE[:i] + d + SAMPLE[i + 1:] for i in range(17) for d in "0123456789" if d != SAMPLE[i]]
    assert len(slips) == 153 and all(id_check_digit(slip) != "X" for slip in slips)


def test_a_15_digit_number_is_converted_and_told_without_showing_it():
    number, notes = FORMATS["resident_id"].normalise("130503670401001")
    assert number == "130503196704010016"
    assert [n.kind for n in notes] == ["converted"]
    assert "130503*****1001" in notes[0].message and "130503670401001" not in notes[0].message


def test_15_digits_without_a_real_date_are_not_converted():
    assert normal("resident_id", "130503671301001") == "130503671301001"


@pytest.mark.parametrize(("typed", "number"), [
    ("13800138000", "13800138000"), ("+86 138-0013-8000", "13800138000"), ("１３８００１３８０００", "13800138000"),
    ("8613800138000", "13800138000"), ("008613800138000", "13800138000"), ("013800138000", "13800138000"),
    ("010-64012345", "010-64012345"), ("(010)6401 2345", "010-64012345"), ("（010）64012345", "010-64012345"),
    ("01064012345", "010-64012345"), ("64012345", "010-64012345"), ("0311-87654321", "0311-87654321"),
    ("+86 10 6401 2345", "010-64012345"), ("010-64012345转801", "010-64012345-801"), ("010-64012345-801", "010-64012345-801"),
    ("400-810-1234", "400-8101234"), ("010—64012345", "010-64012345"),
])
def test_phones_are_brought_to_one_form(typed, number):
    assert normal("phone", typed) == number and fault("phone", typed) is None


@pytest.mark.parametrize("number", ["12345678901", "1380013800", "010-1234567", "abc", "张三13800138000", "138001380001"])
def test_a_wrong_phone_stays_readable_and_is_told(number):
    assert normal("phone", number) and fault("phone", number)


@pytest.mark.parametrize("typed", ["138 0013 8000/13900139000", "13800138000、13900139000", "13800138000,13900139000",
                                   "13800138000；13900139000"])
def test_of_two_phones_the_first_is_kept_and_told(typed):
    number, notes = FORMATS["phone"].normalise(typed)
    assert number == "13800138000" and [n.kind for n in notes] == ["second_phone"]


@pytest.mark.parametrize(("typed", "name"), [
    ("张三", "张三"), ("张  三", "张三"), ("容  振杰", "容振杰"), ("欧阳 震华", "欧阳震华"), ("买买提•艾力", "买买提·艾力"),
    ("买买提.艾力", "买买提·艾力"), ("买买提・艾力", "买买提·艾力"), ("买买提 · 艾力", "买买提·艾力"), ("买买提．艾力", "买买提·艾力"),
    ("John A. Smith", "John A. Smith"), ("张三 李四", "张三 李四"), ("𠮷田", "𠮷田"), ("张\u3000三", "张三"),
])
def test_person_names_lose_only_padding(typed, name):
    assert normal("person_name", typed) == name


@pytest.mark.parametrize("typed", ["张三(女)", "张三（女）", "张 三 (女)"])
def test_a_bracket_behind_a_name_is_taken_off_and_told(typed):
    name, notes = FORMATS["person_name"].normalise(typed)
    assert name == "张三" and [n.kind for n in notes] == ["bracket"] and "女" in notes[0].message


@pytest.mark.parametrize("name", ["张", "张三1", "张三、李四", "张三 李四"])
def test_what_is_not_one_persons_name_is_told(name):
    assert fault("person_name", name)


def test_a_unit_name_keeps_its_brackets_for_print_and_loses_them_in_its_key():
    assert normal("unit_name", " 北京某某公司（东城分公司） ") == "北京某某公司（东城分公司）"
    assert name_key("北京某某公司（东城分公司）") == name_key("北京 某某公司(东城分公司)") == "北京某某公司(东城分公司)"
    assert name_key(None) is None


@pytest.mark.parametrize("typed", [f"东工发{a}2017{b}12号" for a, b in ("[]", "()", "【】", "［］", "（）", "〔〕")]
                         + ["东工发〔2017〕012号", "东工发〔2017〕第12号", "东工发 〔2017〕 12 号", "东工发[２０１７]１２号", "东工发[2017]12"])
def test_document_numbers_get_the_official_brackets(typed):
    assert normal("doc_no", typed) == "东工发〔2017〕12号" and fault("doc_no", typed) is None


@pytest.mark.parametrize("number", ["东工发12号", "〔2017〕12号", "东工发〔17〕12号", "东工发〔2017〕号"])
def test_an_incomplete_document_number_is_told(number):
    assert fault("doc_no", number)


@pytest.mark.parametrize(("mask", "plain", "shown"), [
    (mask_id, SAMPLE, "110105********002X"), (mask_id, "E12345678", "E1*****78"), (mask_id, "1234", "****"),
    (mask_phone, "13800138000", "138****8000"), (mask_phone, "010-64012345", "010-****2345"),
    (mask_name, "张三", "张*"), (mask_name, "欧阳震华", "欧阳*"), (mask_name, "欧阳", "欧*"), (mask_name, "买买提·艾力", "买*"),
    (mask_id, None, ""), (mask_phone, "", ""), (mask_name, None, ""),
])
def test_masks_keep_just_enough(mask, plain, shown):
    assert mask(plain) == shown


def test_double_surnames_are_two_characters_each():
    assert {len(surname) for surname in DOUBLE_SURNAMES} == {2}


@given(st.sampled_from(sorted(FORMATS)), st.one_of(
    st.text(max_size=25), st.text("0123456789Xx-()（） +/、转号[]〔〕第张三女·.", max_size=20)))
def test_the_normal_form_of_a_normal_form_is_itself(name, text):
    once = normal(name, text)
    assert normal(name, once) == once
    FORMATS[name].check(once)


@given(st.sampled_from([f for f in FORMATS.values() if f.ready]), st.data())
def test_what_is_ready_is_in_normal_form(kind, data):
    text = data.draw(st.from_regex(kind.ready, fullmatch=True))
    assert kind.normalise(text) == (text, ())
