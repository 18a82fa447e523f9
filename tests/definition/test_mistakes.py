"""Every mistake in a definition is found at load, with file, key and a proposed fix."""

from pathlib import Path

import pytest

from unionclient.definition.library import read_library

SOUND = """
[ledger]
id = "thing"
title = "物品台账"
version = 1
key = ["no"]
source = "测试"

[fields]
no = { title = "编号", required = true }
kind = { title = "类别", type = "code", codes = "kinds" }
amount = { title = "数量", type = "int" }
total = { title = "总数", type = "int" }
bought_on = { title = "购买日期", type = "date" }
owner = { title = "所有者", type = "reference", ref = "thing" }

[rules]
TH001 = { kind = "compare", fields = ["amount", "total"], op = "<=", message = "数量 {amount} 多于总数" }

[codes.kinds]
title = "类别"
codes = { 1 = "甲", 2 = { title = "乙", aliases = ["乙类"] } }
"""

# what is changed in the sound file → what it becomes | key of the mistake | words of message or fix
CASES = [
    ('id = "thing"', 'id = "Thing 1"', "ledger.id", "小写英文字母"),
    ('id = "thing"\n', "", "ledger.id", "缺少"),
    ('title = "物品台账"', "title = 5", "ledger.title", "类型不对"),
    ("version = 1\n", "", "ledger.version", "缺少"),
    ("version = 1", "version = 0", "ledger.version", "从 1 开始"),
    ('source = "测试"\n', "", "ledger.source", "缺少"),
    ('key = ["no"]', 'key = ["nr"]', "ledger.key", "没有字段"),
    ('key = ["no"]', 'key = ["no"]\nlabel = ["nam"]', "ledger.label", "没有字段"),
    ('key = ["no"]', 'key = ["no"]\nmatch = [["number"]]', "ledger.match", "没有字段"),
    ('key = ["no"]', 'key = ["no"]\nparent = "nothing"', "ledger.parent", "没有台账"),
    ('key = ["no"]', 'key = ["no"]\nparent = "thing"', "ledger.parent", "一圈"),
    ('key = ["no"]', 'key = ["no"]\nalone_when = [["no", "filled"]]', "ledger.alone_when", "没有上级台账"),
    ('key = ["no"]', 'key = ["no"]\ncolour = "red"', "ledger.colour", "不认识的键"),
    ('no = { title = "编号", required = true }', 'no = "编号"', "fields.no", "写成一个表"),
    ('no = { title = "编号", required = true }', 'no = { required = true }', "fields.no.title", "缺少"),
    ('required = true', 'requierd = true', "fields.no.requierd", "required"),
    ('required = true', 'required = "yes"', "fields.no.required", "true 或 false"),
    ('type = "int" }\ntotal', 'type = "integer" }\ntotal', "fields.amount.type", "int"),
    ('type = "date"', 'type = "date", places = 2', "fields.bought_on.places", "小数位数"),
    ('type = "date"', 'type = "date", format = "phone"', "fields.bought_on.format", "不能带 format"),
    ('required = true', 'required = true, format = "fone"', "fields.no.format", "phone"),
    ('required = true', 'required = true, length = 0', "fields.no.length", "正整数"),
    ('required = true', 'required = true, width = 0', "fields.no.width", "正整数"),
    ('required = true', 'required = true, personal = "secret"', "fields.no.personal", "不认识"),
    ('required = true', 'required = true, fill = "{nr}号"', "fields.no.fill", "不是本台账的字段"),
    ('type = "int" }\ntotal', 'type = "int", min = 9, max = 1 }\ntotal', "fields.amount.min", "大于最大值"),
    ('type = "int" }\ntotal', 'type = "int", default = "多" }\ntotal', "fields.amount.default", "默认值"),
    ('codes = "kinds"', 'codes = "kind"', "fields.kind.codes", "kinds"),
    (', codes = "kinds"', "", "fields.kind.codes", "没有代码表"),
    ('type = "date"', 'type = "date", codes = "kinds"', "fields.bought_on.codes", "不能带代码表"),
    (', ref = "thing"', "", "fields.owner.ref", "引用哪个台账"),
    ('ref = "thing"', 'ref = "thinng"', "fields.owner.ref", "thing"),
    ('type = "date"', 'type = "date", ref = "thing"', "fields.bought_on.ref", "不能带 ref"),
    ('title = "总数"', 'title = "数量"', "fields.total", "重复"),
    ("bought_on =", "BoughtOn =", "fields.BoughtOn", "小写英文字母"),
    ("bought_on =", "version =", "fields.version", "由程序自己使用"),
    ('kind = "compare"', 'kind = "compair"', "rules.TH001.kind", "compare"),
    ('fields = ["amount", "total"]', 'fields = ["amount"]', "rules.TH001.fields", "需要 2 个字段"),
    ('fields = ["amount", "total"]', 'fields = ["amount", "totall"]', "rules.TH001.fields", "total"),
    ('op = "<="', 'op = "=<"', "rules.TH001.op", "不认识的比较"),
    (', op = "<="', "", "rules.TH001.op", "缺少"),
    (', message = "数量 {amount} 多于总数"', "", "rules.TH001.message", "缺少"),
    ("{amount}", "{amonut}", "rules.TH001.message", "amount"),
    ('op = "<="', 'op = "<=", level = "error"', "rules.TH001.level", "不认识"),
    ('op = "<="', 'op = "<=", when = [["kind", "==", "1"]]', "rules.TH001.when[0]", "不认识的比较"),
    ('op = "<="', 'op = "<=", when = [["kind", "=", "7"]]', "rules.TH001.when[0]", "代码表"),
    ('op = "<="', 'op = "<=", when = [["colour", "=", "1"]]', "rules.TH001.when[0]", "没有这个字段"),
    ('op = "<="', 'op = "<=", when = [["kind", "="]]', "rules.TH001.when[0]", "缺少值"),
    ('op = "<="', 'op = "<=", when = [["kind", "in", "1"]]', "rules.TH001.when[0]", "列表"),
    ('kind = "compare", fields = ["amount", "total"], op = "<="', 'kind = "required_when", fields = ["amount"]', "rules.TH001.when", "缺少条件"),
    ('kind = "compare", fields = ["amount", "total"], op = "<="', 'kind = "date_order", fields = ["amount", "total"]', "rules.TH001.fields", "不能用于"),
    ('kind = "compare", fields = ["amount", "total"], op = "<="', 'kind = "pattern", fields = ["no"], pattern = "("', "rules.TH001.pattern", "正则"),
    ('kind = "compare", fields = ["amount", "total"], op = "<="', 'kind = "special", fields = ["no"], name = "magic"', "rules.TH001.name", "专门规则"),
    ('kind = "compare", fields = ["amount", "total"], op = "<="', 'kind = "sum", fields = ["amount"], total = "whole"', "rules.TH001.total", "没有字段"),
    ('1 = "甲"', '1 = ""', "codes.kinds.codes.1", "没有名称"),
    ('1 = "甲"', '1 = "乙"', "codes.kinds.codes.2", "已经是代码"),
    ('1 = "甲", 2 = { title = "乙", aliases = ["乙类"] }', "", "codes.kinds.codes", "代码表是空的"),
    ("[codes.kinds]", "[code.kinds]", "code", "codes"),
    ('title = "物品台账"', 'title = "物品台账', "TOML", "写法有误"),
    ("[ledger]", "[ledgers]", "ledgers", "ledger"),
]

FURTHER = [
    ('[checks.C1]\ntitle = "x"\nledger = "thing"\nfields = ["no"]\nlevel = "block"\nmessage = "m"\nsql = "DELETE FROM thing"', "checks.C1.sql", "SELECT"),
    ('[checks.C1]\ntitle = "x"\nledger = "thing"\nfields = ["no"]\nlevel = "block"\nmessage = "m"\nsql = "SELECT 1"', "checks.C1.sql", "record"),
    ('[checks.C1]\ntitle = "x"\nledger = "thingy"\nfields = ["no"]\nlevel = "block"\nmessage = "m"\nsql = "SELECT 1 AS record"', "checks.C1.ledger", "thing"),
    ('[[feeds]]\nledger = "nobody"\ninto = "owner"', "feeds[0].ledger", "没有台账"),
    ('[[feeds]]\nledger = "thing"', "feeds[0]", "into 或 link"),
    ('[[feeds]]\nledger = "thing"\ninto = "ownr"', "feeds[0].into", "owner"),
    ('[[feeds]]\nledger = "thing"\ninto = "owner"\ncolumns = { nam = ["名"] }', "feeds[0].columns", "没有字段"),
    ('[proposed]\ntitle = "x"\ncodes = "kinds"\nsame = ["kind"]\nset = { kind = "{code}", no = "{yeer}" }', "proposed.set.no", "year"),
    ('[proposed]\ntitle = "x"\ncodes = "kind"\nsame = ["kind"]\nset = { kind = "{code}" }', "proposed.codes", "kinds"),
    ('[proposed]\ntitle = "x"\ncodes = "kinds"\nsame = ["no"]\nset = { kind = "{code}" }', "proposed.same", "没有写在 set"),
    ('[proposed]\ntitle = "x"\ncodes = "kinds"\nsame = ["kind"]\nset = { kynd = "{code}", kind = "1" }', "proposed.set", "kind"),
    ('[proposed]\ntitle = "x"\ncodes = "kinds"\nsame = ["kind"]\nleft_out = ["9"]\nset = { kind = "{code}" }', "proposed.left_out", "没有 '9'"),
    ('[proposed]\ntitle = "x"\ncodes = "kinds"\nsame = ["kind"]\nyear_of = "no"\nset = { kind = "{code}" }', "proposed.year_of", "不是日期"),
    ('[form.F1]\ntitle = "表"\nlayout = "K9"\nledger = "thing"', "form.F1.layout", "不认识"),
    ('[form.F1]\ntitle = "表"\nlayout = "K1"\nledger = "thing"\ncolumns = [{ field = "nr" }]', "form.F1.columns[0].field", "没有字段"),
    ('[form.F1]\ntitle = "表"\nlayout = "K1"\nledger = "thing"\ncolumns = [{ field = "owner.nr" }]', "form.F1.columns[0].field", "没有字段"),
    ('[indicators.T1]\ntitle = "x"\npopulation = "none"\nkind = "C"\nof = []\nsource = "s"', "indicators.T1.population", "不认识"),
    ('[indicators.T1]\ntitle = "x"\npopulation = "things"\nkind = "R"\nof = []\nsource = "s"', "indicators.T1.per", "没有分母条件"),
    ('[indicators.T1]\ntitle = "x"\npopulation = "things"\nkind = "C"\nof = [["colour", "=", 1]]\nsource = "s"', "indicators.T1.of", "没有列"),
    ('[indicators.T1]\ntitle = "x"\npopulation = "things"\nkind = "C"\nof = []\nsource = "s"\ntarget = "many"', "indicators.T1.target", "不是数字"),
    ('[sheet.S]\ntitle = "x"\ntotal = "10"\nbands = [["5", "a", "甲"]]\nsource = "s"\n[sheet.S.items.A1]\nsection = "一"\ntitle = "t"\npoints = "9"', "sheet.S.items", "不等于总分"),
    ('[sheet.S]\ntitle = "x"\ntotal = "9"\nbands = [["5", "a", "甲"], ["8", "b", "乙"]]\nsource = "s"\n[sheet.S.items.A1]\nsection = "一"\ntitle = "t"\npoints = "9"', "sheet.S.bands", "从高到低"),
]
SETS = "-- population: things\n-- ledger: thing\nSELECT id AS record, amount AS amount FROM thing;\n"


def _mistakes(folder: Path, text: str):
    (folder / "a.toml").write_text(text, encoding="utf-8")
    (folder / "sets.sql").write_text(SETS, encoding="utf-8")
    return read_library([folder])[1]


def test_a_sound_file_has_no_mistakes(tmp_path):
    assert _mistakes(tmp_path, SOUND) == []


@pytest.mark.parametrize(("old", "new", "key", "words"), CASES)
def test_a_mistake_is_named_with_file_key_and_fix(tmp_path, old, new, key, words):
    assert old in SOUND
    found = _mistakes(tmp_path, SOUND.replace(old, new, 1))
    hit = [m for m in found if m.key == key]
    assert hit, [str(m) for m in found]
    assert any(words in m.message + m.fix for m in hit), [str(m) for m in hit]
    assert all(m.file == "a.toml" and m.fix for m in hit)


@pytest.mark.parametrize(("text", "key", "words"), FURTHER)
def test_mistakes_in_checks_feeds_forms_figures_and_sheets_are_named(tmp_path, text, key, words):
    found = _mistakes(tmp_path, SOUND + "\n" + text)
    hit = [m for m in found if m.key == key]
    assert hit, [str(m) for m in found]
    assert any(words in m.message + m.fix for m in hit), [str(m) for m in hit]


def test_the_same_ledger_twice_is_a_mistake(tmp_path):
    (tmp_path / "b.toml").write_text(SOUND.replace("kinds", "sorts").replace("TH001", "TH002"), encoding="utf-8")
    assert [m.key for m in _mistakes(tmp_path, SOUND)] == ["ledger.id"]


def test_the_same_rule_id_in_two_ledgers_is_a_mistake(tmp_path):
    (tmp_path / "b.toml").write_text(SOUND.replace("kinds", "sorts").replace('"thing"', '"other"'), encoding="utf-8")
    assert [m.key for m in _mistakes(tmp_path, SOUND)] == ["rules.TH001"]


def test_a_file_that_is_not_utf8_is_a_mistake(tmp_path):
    (tmp_path / "b.toml").write_bytes("标题".encode("gb18030"))
    assert "UTF-8" in str(_mistakes(tmp_path, SOUND)[0])


def test_the_programs_own_definitions_are_sound():
    from unionclient.definition.library import builtin_library

    library = builtin_library()
    assert {"unit", "union_org", "membership", "hazard", "home_evaluation"} <= set(library.ledgers)
    assert len(library.codes["checklist_item"].codes) == 68  # 67 items and 999 其他
    assert all(ledger.source for ledger in library.ledgers.values())
    assert all(figure.source for figure in library.indicators.values())
