"""Definitions that take the place of earlier ones: said, and only growing."""

import pytest

from unionclient.definition.library import builtin_library, read_library
from unionclient.definition.places import root


def read(tmp_path, text):
    (tmp_path / "990_next_year.toml").write_text(text, "utf-8")
    return read_library((root() / "forms", tmp_path))


def renewed_list(extra="", drop=None):
    codes = builtin_library().codes["biz_status"].codes
    lines = [f'{code.code} = "{code.title}"' for code in codes.values() if code.code != drop]
    return 'renews = ["codes.biz_status"]\n[codes.biz_status]\ntitle = "存续状态"\n[codes.biz_status.codes]\n' + "\n".join([*lines, extra])


LEDGER = """
renews = ["ledger.communication_meeting"]
[ledger]
id = "communication_meeting"
code = "X"
title = "沟通会"
version = {version}
key = ["{first}"]
match = [["{first}"]]
label = ["{first}"]
source = "区里下发"
[fields]
{fields}
"""


def renewed_ledger(version, fields):
    lines = [f'{name} = {{ title = "{name}", type = "{kind}"{more} }}' for name, (kind, more) in fields.items()]
    return LEDGER.format(version=version, first=next(iter(fields)), fields="\n".join(lines))


def own_fields():
    found = {}
    for field in builtin_library().ledgers["communication_meeting"].fields.values():
        more = f', codes = "{field.codes.id}"' if field.codes else f', ref = "{field.ref}"' if field.ref else ""
        found[field.id] = (field.type, more + (f", places = {field.places}" if field.type == "decimal" else ""))
    return found


def test_a_code_list_may_grow(tmp_path):
    library, mistakes = read(tmp_path, renewed_list('9 = "筹建"'))
    assert not mistakes and library.codes["biz_status"].codes["9"].title == "筹建"
    assert list(library.codes) == list(builtin_library().codes)
    assert "9" in library.ledgers["unit"].fields["biz_status"].codes.codes


def test_a_target_may_be_set_anew(tmp_path):
    text = (root() / "forms" / "700_indicators.toml").read_text("utf-8")
    block = text[text.index("[indicators.T1-01]"):]
    block = block[:block.index("\n[", 5)].replace('target = "674"', 'target = "700"')
    library, mistakes = read(tmp_path, f'renews = ["indicators.T1-01"]\n{block}\n')
    assert not mistakes and library.indicators["T1-01"].target == "700"
    assert list(library.indicators) == list(builtin_library().indicators)


def test_a_ledger_may_grow(tmp_path):
    version = builtin_library().ledgers["communication_meeting"].version
    library, mistakes = read(tmp_path, renewed_ledger(version + 1, {**own_fields(), "minutes_no": ("text", "")}))
    assert [str(m) for m in mistakes if "communication" in str(m) or "renews" in str(m)] == []
    assert "minutes_no" in library.ledgers["communication_meeting"].fields


@pytest.mark.parametrize(("text", "told"), [
    (lambda: renewed_list(drop="4"), "少了代码 4"),
    (lambda: renewed_ledger(1, own_fields()), "version 应大于"),
    (lambda: renewed_ledger(9, dict(list(own_fields().items())[:-1])), "少了字段"),
    (lambda: renewed_ledger(9, {**own_fields(), next(iter(own_fields())): ("int", "")}), "类型由"),
    (lambda: 'renews = ["codes.nowhere"]\n[codes.nowhere]\ntitle = "a"\ncodes = { 1 = "b" }\n', "前面没有"),
    (lambda: 'renews = ["codes.biz_status"]\n', "没有写新的定义"),
    (lambda: 'renews = "codes.biz_status"\n', "应是一列名称"),
    (lambda: renewed_list().removeprefix('renews = ["codes.biz_status"]\n'), "已在"),
], ids=["a code lost", "same version", "a field lost", "another type", "nothing to renew", "nothing new", "no list", "not said"])
def test_what_shrinks_or_is_not_said_is_a_mistake(tmp_path, text, told):
    _, mistakes = read(tmp_path, text())
    assert any(told in str(mistake) for mistake in mistakes), list(map(str, mistakes))
