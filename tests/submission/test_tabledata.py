"""Tables as CSV: the same records give the same bytes, and the reader believes nothing."""

import csv
import hashlib
import io
import json
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from submission.bench import member_table

from unionclient.submission.tabledata import (
    Column, Table, TableFault, datapackage_member, read_resources, read_table, table_member)

def table_bytes(table: Table) -> bytes:
    return table_member(table).content


def read_rows(content: bytes, resource) -> list[list[str]]:
    """The cells as a reader takes them: the apostrophe against formulas off again."""
    lines = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))[1:]
    strings = [column.type == "string" for column in resource.columns]
    return [[cell[1:] if plain and cell.startswith("'") else cell for cell, plain in zip(line, strings, strict=True)] for line in lines]


KEY = Column("id", "编号", required=True)


def described(table: Table):
    member = table_member(table)
    return member, read_resources(datapackage_member([table], {table.path: member}, "东花市街道").content)[table.path]


def test_a_table_reads_back_with_its_rows_and_exact_sums():
    member, resource = described(member_table(4))
    found = read_table(member.content, resource)
    assert (found.rows, dict(found.sums)) == (4, {"age": "86", "fee": "75.00"})
    assert (member.rows, dict(member.totals)) == (4, {"age": "86", "fee": "75.00"})


def test_the_same_records_in_another_order_give_the_same_bytes():
    table = member_table(5)
    turned = Table(table.name, table.title, table.columns, list(reversed(table.rows)), table.primary_key)
    assert table_bytes(table) == table_bytes(turned)


def test_the_csv_is_utf8_with_crlf_and_quotes_only_where_needed():
    table = Table("unit", "单位", (KEY, Column("name", "名称")), [("1", '甲,"乙"\n丙'), ("2", None)], ("id",))
    assert table_bytes(table) == 'id,name\r\n1,"甲,""乙""\n丙"\r\n2,\r\n'.encode()


@pytest.mark.parametrize(("type_", "value", "text"), [
    ("string", "东花市", "东花市"), ("integer", -5, "-5"), ("number", Decimal("0.10"), "0.10"), ("number", 3, "3"),
    ("boolean", True, "true"), ("boolean", False, "false"), ("date", date(2017, 2, 28), "2017-02-28"),
    ("yearmonth", "2017-03", "2017-03"), ("datetime", datetime(2017, 3, 1, 9, 30), "2017-03-01T09:30:00"),
    ("string", None, ""), ("integer", None, ""),
])
def test_values_of_every_type_are_written_in_one_way(type_, value, text):
    table = Table("t", "表", (KEY, Column("v", "值", type_)), [("1", value)], ("id",))
    member, resource = described(table)
    assert read_rows(member.content, resource) == [["1", text]]
    assert read_table(member.content, resource).rows == 1


@pytest.mark.parametrize(("type_", "value"), [
    ("number", 1.5), ("integer", "x"), ("integer", Decimal("1.5")), ("date", "2017/3/1"), ("date", "2017-02-30"),
    ("boolean", 1), ("yearmonth", "2017-13"), ("number", Decimal("NaN")), ("integer", 10**18), ("string", b"x"),
])
def test_a_value_that_is_not_of_its_type_is_never_packed(type_, value):
    with pytest.raises(ValueError):
        table_bytes(Table("t", "表", (KEY, Column("v", "值", type_)), [("1", value)], ("id",)))


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+86 10", "-1", "@SUM(A1)", "\t=1", "'quoted", "''", "'"])
def test_text_that_a_spreadsheet_would_run_is_disarmed_and_comes_back(text):
    table = Table("t", "表", (KEY, Column("v", "值")), [("1", text)], ("id",))
    member, resource = described(table)
    assert next(csv.DictReader(io.StringIO(member.content.decode(), newline="")))["v"] == "'" + text
    assert read_rows(member.content, resource) == [["1", text]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=6))
def test_any_text_comes_back_as_it_was(texts):
    table = Table("t", "表", (KEY, Column("v", "值")), [(f"{place:03}", text) for place, text in enumerate(texts)], ("id",))
    member, resource = described(table)
    assert [row[1] for row in read_rows(member.content, resource)] == texts
    assert read_table(member.content, resource).rows == len(texts)


def test_the_description_names_types_titles_and_key_for_other_programs():
    table = member_table(1)
    tree = json.loads(datapackage_member([table], {table.path: table_member(table)}, "标题").content)
    schema = tree["resources"][0]["schema"]
    assert schema["fields"][0] == {"name": "id", "title": "编号", "type": "string", "constraints": {"required": True}}
    assert schema["primaryKey"] == ["id"] and schema["missingValues"] == [""]
    assert [item["type"] for item in schema["fields"]] == ["string", "string", "integer", "number", "date", "boolean"]


def test_two_rows_with_one_key_are_never_packed():
    with pytest.raises(ValueError, match="same key"):
        table_bytes(Table("t", "表", (KEY,), [("1",), ("1",)], ("id",)))


@pytest.mark.parametrize("name", ["T", "a b", "", "1a", "../x", "编号"])
def test_names_of_tables_and_columns_are_plain(name):
    with pytest.raises(ValueError):
        table_bytes(Table(name, "表", (KEY,), [], ("id",)))
    with pytest.raises(ValueError):
        table_bytes(Table("t", "表", (KEY, Column(name, "值")), [], ("id",)))


@pytest.mark.parametrize(("content", "message"), [
    (b"id,age\r\n1,x\r\n", "第 2 行：列 age 的内容与数据说明的类型不符"),
    (b"id,age\r\n1,1e9\r\n", "类型不符"),
    (b"id,age\r\n1,\xef\xbc\x91\r\n", "类型不符"),
    (b"id,age\r\n1,9999999999999999999\r\n", "类型不符"),
    (b"id,age\r\n1\r\n", "有 1 列，应为 2 列"),
    (b"id,age\r\n1,1\r\n1,2\r\n", "第 3 行：与前面的行编号重复"),
    (b"id,age\r\n,1\r\n", "必填的列 id 为空"),
    (b"id,name\r\n", "表头与数据说明不一致"),
    (b"", "表头与数据说明不一致"),
    (b"\xef\xbb\xbfid,age\r\n", "表头与数据说明不一致"),
    (b"id,age\r\n\xff,1\r\n", "不是 UTF-8"),
    (b'id,age\r\n"1"x,1\r\n', "不是正确的 CSV"),
    (b'id,age\r\n"1,1\r\n', "不是正确的 CSV"),
    (b"id,age\r\n" + b"9" * 200_000 + b",1\r\n", "不是正确的 CSV"),
])
def test_a_foreign_csv_is_refused_with_its_line(content, message):
    table = Table("t", "表", (KEY, Column("age", "年龄", "integer")), [], ("id",))
    _, resource = described(table)
    with pytest.raises(TableFault, match=message):
        read_table(content, replace(resource, sha256=hashlib.sha256(content).hexdigest()))


def test_a_csv_that_is_not_the_one_described_is_refused():
    member, resource = described(member_table(2))
    with pytest.raises(TableFault, match="摘要不符"):
        read_table(member.content.replace(b"12.50", b"12.51"), resource)


def _tree(**changes):
    table = member_table(1)
    tree = json.loads(datapackage_member([table], {table.path: table_member(table)}, "标题").content)
    resource = tree["resources"][0]
    for key, value in changes.items():
        (resource["schema"] if key in resource["schema"] else resource)[key] = value
    return json.dumps(tree).encode()


@pytest.mark.parametrize("content", [
    b"", b"[]", b"\xff", b'{"resources": 5}', b"[" * 100_000,
    _tree(path="../../etc/passwd"), _tree(name="X"), _tree(encoding="gbk"), _tree(missingValues=["-"]),
    _tree(fields=[]), _tree(fields=[{"name": "id", "title": "编号", "type": "any"}]), _tree(primaryKey=[]),
    _tree(primaryKey=["none"]), _tree(fields=[{"name": "id", "title": "编号", "type": "string"}] * 2),
])
def test_a_foreign_description_is_refused(content):
    with pytest.raises(TableFault, match="^datapackage.json"):
        read_resources(content)
