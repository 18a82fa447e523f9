"""manifest.json: exactly the fields of the schema, and a sentence for whatever is not."""

import json
from datetime import UTC, date, datetime

import pytest

from unionclient.submission.manifest import (
    Amends, ChangelogHead, Controls, Entry, Manifest, ManifestFault, Period, Program, Street, manifest_bytes, read_manifest)

MANIFEST = Manifest(
    package_id="b49c3fd6-046f-4f02-9fbb-f2e5fd64dd4f", street=Street("110101013", "东花市街道总工会"),
    period=Period("quarter", date(2017, 7, 1), date(2017, 9, 30), "2017Q3"), seq=7, prev_sha256="a" * 64,
    created_at=datetime(2017, 10, 9, 8, 30, tzinfo=UTC), clock_suspect=False, program=Program("unionclient", "0.1", 3),
    signer_cert_sha256="b" * 64,
    members=(Entry("data/unit.csv", "单位", "data", "text/csv", 10, "c" * 64, 2, None, {"employees": "7"}),),
    controls={"unit": Controls(2, {"employees": "7"})}, contains_personal_data=True, counts_by_topic={"unit": 2},
    changelog=ChangelogHead("d" * 64, 99))


def test_a_manifest_reads_back_as_it_was_written():
    assert read_manifest(manifest_bytes(MANIFEST)) == MANIFEST


def test_a_manifest_has_the_fields_of_the_layout_and_no_others():
    assert set(json.loads(manifest_bytes(MANIFEST))) == {
        "schema", "package_id", "kind", "street", "period", "seq", "prev_sha256", "amends", "created_at", "clock_suspect",
        "program", "signer_cert_sha256", "crl_number_seen", "changelog", "contains_personal_data", "counts_by_topic",
        "controls", "members"}
    assert set(json.loads(manifest_bytes(MANIFEST))["members"][0]) == {
        "path", "title", "role", "media_type", "size", "sha256", "rows", "source_member", "totals"}


def _changed(*way, value=None, drop=False) -> bytes:
    tree = json.loads(manifest_bytes(MANIFEST))
    node = tree
    for step in way[:-1]:
        node = node[step]
    if drop:
        del node[way[-1]]
    else:
        node[way[-1]] = value
    return json.dumps(tree).encode()


def test_an_amendment_names_what_it_corrects():
    tree = json.loads(_changed("kind", value="amendment"))
    tree["amends"] = {"package_id": MANIFEST.package_id, "sha256": "e" * 64, "reason": "漏报一家单位"}
    assert read_manifest(json.dumps(tree).encode()).amends == Amends(MANIFEST.package_id, "e" * 64, "漏报一家单位")


@pytest.mark.parametrize(("content", "message"), [
    (b"", "不是正确的 JSON"), (b"\xff", "不是正确的 JSON"), (b"[" * 100_000, "不是正确的 JSON"), (b"[]", "不是一组字段"),
    (b"{}", "没有写明报送包格式"), (b'{"seq": NaN}', "不允许的数值 NaN"), (b'{"a": 1, "a": 2}', "重复的字段"),
    (_changed("schema", value="unionclient-package/2"), "请升级程序"),
    (_changed("schema", value=1), "没有写明报送包格式"),
    (_changed("seq", drop=True), "缺少字段 seq"),
    (_changed("extra", value=1), "不认识的字段 'extra'"),
    (_changed("street", "extra", value=1), "street 有不认识的字段"),
    (_changed("seq", value=0), "seq 应为：不小于 1 的整数"),
    (_changed("seq", value=True), "seq 应为："),
    (_changed("seq", value=1), "第 1 号报送包之前不应有报送包"),
    (_changed("seq", value=1.0), "seq 应为："),
    (_changed("prev_sha256", value="A" * 64), "prev_sha256 应为：SHA-256 值"),
    (_changed("kind", value="amendment"), "更正包必须写明"),
    (_changed("kind", value="other"), "kind 应为："),
    (_changed("kind", value=["full"]), "kind 应为："),
    (_changed("amends", value={"package_id": MANIFEST.package_id, "sha256": "e" * 64, "reason": ""}), "更正包必须写明"),
    (_changed("period", "start", value="2017-12-01"), "开始晚于结束"),
    (_changed("period", "start", value="2017/7/1"), "start 应为：日期"),
    (_changed("period", value=[]), "period 应当是一组字段"),
    (_changed("created_at", value="2017-10-09T08:30:00"), "带时区的时间"),
    (_changed("created_at", value="今天"), "created_at 应为：时间"),
    (_changed("clock_suspect", value=0), "clock_suspect 应为：true 或 false"),
    (_changed("street", "code", value="../x"), "code 应为：街道代码"),
    (_changed("street", "name", value="长" * 501), "name 应为：文字"),
    (_changed("controls", "unit", "sums", "employees", value=7), "写成文字的数"),
    (_changed("controls", "unit", "sums", "employees", value="1e9"), "写成文字的数"),
    (_changed("members", 0, "role", value="virus"), "members 第 1 项 的字段 role 应为："),
    (_changed("members", 0, "size", value=-1), "size 应为：不小于 0 的整数"),
    (_changed("members", value=json.loads(manifest_bytes(MANIFEST))["members"] * 2), "同一个文件列了两次"),
    (_changed("members", value=json.loads(manifest_bytes(MANIFEST))["members"] * 501), "不超过 500 项的列表"),
])
def test_what_is_not_of_the_schema_is_refused_in_words(content, message):
    with pytest.raises(ManifestFault, match=message):
        read_manifest(content)
