"""Words that definition SQL puts together: in Chinese what `||` gives, in English the translation; and which quoted texts are words."""

import pytest

from unionclient.definition.build_others import build_check
from unionclient.definition.library import builtin_library
from unionclient.definition.phrases import plain, told
from unionclient.definition.sqltexts import quoted_texts
from unionclient.definition.words import speaking
from unionclient.store import driver

CASES = [
    ("words('已过 {days} 天没有批复', 16)", "'已过 ' || 16 || ' 天没有批复'", "no reply after 16 days"),
    ("words('晚于今天')", "'晚于今天'", "later than today"),
    ("coalesce(words('{day} 才批复', NULL), '日期未填')", "coalesce(NULL || ' 才批复', '日期未填')", "no date"),
    ("words('已由{union}建会', words('{name}（{union}）', '甲', '另一个工会'))", "'已由' || '甲' || '（' || '另一个工会' || '）' || '建会'",
     "甲 (another union) is founded there"),
    ("(SELECT group_concat(words('街道 {code}', n), words('、')) FROM (SELECT 1 AS n UNION SELECT 2))", "'街道 1、街道 2'", "street 1, street 2"),
    ("words('早于结案日期 {day}', '{day}')", "'早于结案日期 {day}'", "before the case was closed ({day})"),
]


@pytest.fixture(scope="module")
def reader():
    connection = driver.connect_reader(":memory:")
    yield connection
    connection.close()


@pytest.mark.parametrize(("packed", "joined", "english"), CASES)
def test_words_are_in_chinese_what_joining_gives_and_can_be_said_in_english(reader, packed, joined, english):
    cell, chinese = reader.execute(f"SELECT {packed}, {joined}").fetchone()
    with speaking("en"):
        assert (plain(cell), told(cell)) == (chinese, english)
    assert told(cell) == chinese


def test_words_with_a_value_that_is_null_are_null(reader):
    assert reader.execute("SELECT words('{a}和{b}', 1, NULL), words(NULL, 1)").fetchone() == (None, None)


@pytest.mark.parametrize(("sql", "read"), [
    ("SELECT '甲' AS a, '乙', coalesce(x, '丙') -- '丁'", "甲乙丙"),
    ("SELECT CASE x WHEN '甲' THEN '乙' ELSE '丙' END FROM t WHERE y = '丁' AND instr(y, '戊') AND z IN ('己', '庚')", "乙丙"),
    ("WITH d (n) AS (VALUES ('甲', '乙'), (words('丙'), '丁')) SELECT n, (SELECT group_concat(n, '戊') FROM d) FROM d", "丙"),
    ("SELECT words('甲{a}', coalesce(x, '乙'), substr('丙', 1, 2))", "甲{a}乙"),
])
def test_quoted_texts_that_are_results_are_read_by_people_and_what_is_compared_is_data(sql, read):
    assert "".join(quoted.text for quoted in quoted_texts(sql) if quoted.read) == read


@pytest.mark.parametrize(("call", "said"), [
    ("words('已过 {days} 天', f(a, b))", ""),
    ("words('已过 {days} 天')", "1 个名字，后面却有 0 个值"),
    ("words('{a}、{b}、{a}', 1, 2, 3)", "2 个名字，后面却有 3 个值"),
    ("words('已过 ' || days)", "第一项不是引号里的文字"),
])
def test_names_and_values_that_do_not_match_are_a_mistake(call, said):
    mistakes = []
    table = {"title": "甲", "ledger": "unit", "fields": ["name"], "level": "hint", "message": "乙", "sql": f"SELECT id AS record, {call} FROM unit"}
    build_check("Z1", table, "9.toml", builtin_library().ledgers, mistakes)
    assert len(mistakes) == bool(said) and said in "".join(map(str, mistakes))
