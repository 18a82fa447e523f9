"""TOML tables → code lists, fields, rules, feeds and ledgers; every mistake is collected, none stops the reading."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from unionclient.definition.build_conditions import build_condition, scale
from unionclient.definition.build_proposals import build_proposal
from unionclient.definition.build_steps import build_follow, build_steps
from unionclient.definition.formats import FORMATS
from unionclient.definition.issue import Level
from unionclient.definition.ledger import Code, CodeList, Feed, Field, Ledger, Rule
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.rulekinds import COMPARISONS, KINDS, SPECIALS
from unionclient.definition.values import TYPES
from unionclient.definition.words import _

NAME = re.compile(r"[a-z][a-z0-9_]*\Z")
RESERVED = {"id", "raw", "void", "void_reason", "origin", "batch", "created_at", "created_by", "updated_at",
            "updated_by", "version", "rowid", "record", "parent_id"}
FILL_WORDS = ("street", "parent_id")  # what a fill template may name beside the ledger's own fields
PERSONAL = ("id", "phone", "name", "address", "health", "content")


def build_codes(name: str, table: Mapping[str, Any], file: str, mistakes: list[Mistake]) -> CodeList:
    """One `[codes.<name>]` table."""
    shape = Shape(table, file, f"codes.{name}", mistakes)
    title = shape.get("title", str, name, needed=True)
    std, version = shape.get("std", str, ""), shape.get("version", str, "")
    entries: dict[str, Code] = {}
    words: dict[str, str] = {}
    for code, value in shape.get("codes", dict, {}, needed=True).items():
        entry = _build_code(code, value, shape)
        if entry is None:
            continue
        entries[code] = entry
        for word in (entry.title, *entry.aliases):
            if words.setdefault(word, code) != code:
                shape.wrong(f"codes.{code}", _("“{word}”已经是代码 {code} 的名称").format(word=word, code=words[word]), _("请改名或删去重复的别名"))
    if not entries:
        shape.wrong("codes", _("代码表是空的"), _("请至少写一个代码"))
    shape.rest()
    return CodeList(name, title, entries, std, version)


def _build_code(code: str, value: Any, parent: Shape) -> Code | None:
    if isinstance(value, str):
        if not value.strip():
            parent.wrong(f"codes.{code}", _("代码没有名称"), _("请写上中文名称"))
        return Code(code, value)
    if not isinstance(value, dict):
        parent.wrong(f"codes.{code}", _("代码的值 {value!r} 类型不对").format(value=value), _('请写成 1 = "名称"'))
        return None
    shape = Shape(value, parent.file, f"{parent.key}.codes.{code}", parent.mistakes)
    title = shape.get("title", str, code, needed=True)
    aliases, retired = shape.words("aliases"), shape.get("retired", bool, False)
    facts = {k: v for k, v in value.items() if k not in shape.seen}
    return Code(code, title, aliases, retired, facts)


def build_field(name: str, table: Any, file: str, codes: Mapping[str, CodeList], mistakes: list[Mistake]) -> Field | None:
    """One line of `[fields]`."""
    if not isinstance(table, dict):
        mistakes.append(Mistake(file, f"fields.{name}", _("字段应写成一个表"), _('请写成 {name} = {{ title = "…" }}').format(name=name)))
        return None
    shape = Shape(table, file, f"fields.{name}", mistakes)
    if not NAME.match(name):
        shape.wrong("", _("字段名“{name}”不合规").format(name=name), _("请用小写英文字母开头，只含小写字母、数字和下划线"))
    if name in RESERVED:
        shape.wrong("", _("字段名“{name}”由程序自己使用").format(name=name), _("请换一个名字，例如 {name}_no").format(name=name))
    kind = shape.choice("type", TYPES, "text")
    listed = shape.get("codes", str)
    field = Field(
        id=name, title=shape.get("title", str, name, needed=True), type=kind,
        required=shape.get("required", bool, False), codes=codes.get(listed) if listed else None,
        ref=shape.get("ref", str), aliases=shape.words("aliases"), length=shape.get("length", int, 200),
        min=shape.get("min", (int, str)), max=shape.get("max", (int, str)), places=shape.get("places", int, 0),
        format=shape.choice("format", FORMATS), personal=shape.choice("personal", PERSONAL),
        default=shape.get("default", (str, int, bool)), fill=shape.get("fill", str), unit=shape.get("unit", str, ""),
        group=shape.get("group", str, ""), help=shape.get("help", str, ""), width=shape.get("width", int, 12),
        readonly=shape.get("readonly", bool, "computed" in table), computed=shape.get("computed", str), printed=shape.get("printed", bool, True), sent=shape.get("sent", bool, True),
        repeats=shape.get("repeats", bool, False), rekey=shape.get("rekey", bool), retired=shape.get("retired", bool, False),
    )
    shape.rest(("format_when",))
    _check_field(field, listed, codes, shape)
    return field


def _check_field(field: Field, listed: str | None, codes: Mapping[str, CodeList], shape: Shape) -> None:
    coded = field.type in ("code", "codes")
    if coded and not listed:
        shape.wrong("codes", _("代码字段没有代码表"), _('请补上 codes = "代码表名"'))
    if listed and not coded:
        shape.wrong("codes", _("类型 {type} 不能带代码表").format(type=field.type), _('请把 type 改为 "code" 或删去 codes'))
    if listed and listed not in codes:
        shape.wrong("codes", _("没有名为“{listed}”的代码表").format(listed=listed), nearest(listed, codes))
    if field.type == "reference" and not field.ref:
        shape.wrong("ref", _("引用字段没有写明引用哪个台账"), _('请补上 ref = "台账名"'))
    if field.ref and field.type != "reference":
        shape.wrong("ref", _("类型 {type} 不能带 ref").format(type=field.type), _('请把 type 改为 "reference" 或删去 ref'))
    if field.format and field.type != "text":
        shape.wrong("format", _("类型 {type} 不能带 format").format(type=field.type), _("只有文字字段可以写 format"))
    if field.repeats and (field.type != "text" or field.personal):
        shape.wrong("repeats", _("只有不涉及个人信息的文字字段可以写 repeats"), _("请删去 repeats"))
    if field.length < 1:
        shape.wrong("length", _("最大长度 {length} 不能小于 1").format(length=field.length), _("请写一个正整数"))
    if not 0 <= field.places <= 6:
        shape.wrong("places", _("小数位数 {places} 超出范围").format(places=field.places), _("请写 0 到 6"))
    if field.places and field.type != "decimal":
        shape.wrong("places", _("类型 {type} 没有小数位数").format(type=field.type), _('请把 type 改为 "decimal" 或删去 places'))
    if field.width < 1:
        shape.wrong("width", _("列宽 {width} 不能小于 1").format(width=field.width), _("请写一个正整数"))
    if isinstance(field.min, int) and isinstance(field.max, int) and field.min > field.max:
        shape.wrong("min", _("最小值 {min} 大于最大值 {max}").format(min=field.min, max=field.max), _("请对调两个数"))
    if field.computed is not None and (field.required or field.default is not None or field.fill or field.type in ("reference", "attachment")):
        shape.wrong("computed", _("由程序计算的字段不能必填、不能有默认值，也不能是引用或附件"), _("请删去 required、default、fill，或删去 computed"))
    if field.default is not None and not field.ref:
        reading = TYPES[field.type].parse(field.default, field) if not coded or field.codes else None
        if reading is not None and reading.problem:
            shape.wrong("default", _("默认值 {default!r} 不能作为{field}").format(default=field.default, field=field.title), reading.problem.message)


def build_rule(rule_id: str, table: Any, fields: Mapping[str, Field], file: str, mistakes: list[Mistake]) -> Rule | None:
    """One line of `[rules]`."""
    if not isinstance(table, dict):
        mistakes.append(Mistake(file, f"rules.{rule_id}", _("规则应写成一个表"), _('请写成 {rule_id} = {{ kind = "…" }}').format(rule_id=rule_id)))
        return None
    shape = Shape(table, file, f"rules.{rule_id}", mistakes)
    kind = shape.choice("kind", KINDS, None, needed=True)
    names = shape.words("fields", needed=True)
    message = shape.get("message", str, "", needed=True)
    level = shape.choice("level", [l.value for l in Level], "block")
    mend, basis = shape.get("mend", str, ""), shape.get("basis", str, "")
    when = build_condition(shape.get("when", list), fields, shape, "when") if "when" in table else None
    for name in names:
        if name not in fields and (kind, name) != ("unique", "parent_id"):
            shape.wrong("fields", _("本台账没有字段“{name}”").format(name=name), nearest(name, fields))
    for name in re.findall(r"\{(\w+)\}", message):
        if name not in fields:
            shape.wrong("message", _("提示里的 {{{name}}} 不是本台账的字段").format(name=name), nearest(name, fields))
    if kind is None:
        return None
    options = _rule_options(kind, names, fields, shape)
    shape.rest()
    return Rule(rule_id, kind, names, message, Level(level), when, options, mend, basis)


def _rule_options(kind: str, names: tuple[str, ...], fields: Mapping[str, Field], shape: Shape) -> dict[str, Any]:
    spec = KINDS[kind]
    if not spec.least <= len(names) <= spec.most:
        shape.wrong("fields", _("规则“{kind}”需要 {least} 个字段，写了 {n} 个").format(kind=kind, least=spec.least, n=len(names)), _("请补足或删去字段"))
    if spec.needs_when and "when" not in shape.table:
        shape.wrong("when", _("规则“{kind}”缺少条件").format(kind=kind), _('请补上 when = [["字段", "=", "值"]]'))
    for name in names:
        if spec.types and name in fields and fields[name].type not in spec.types:
            shape.wrong("fields", _("字段“{name}”是 {type} 类型，不能用于“{kind}”").format(name=name, type=fields[name].type, kind=kind), _("可用的类型：{types}").format(types=_("、").join(spec.types)))
    options: dict[str, Any] = {}
    for key in (*spec.needs, *spec.takes):
        value = shape.get(key, (str, int, bool, float), needed=key in spec.needs)
        if value is not None:
            options[key] = value
    _check_options(options, fields, names, shape)
    return options


def _check_options(options: dict[str, Any], fields: Mapping[str, Field], names: tuple[str, ...], shape: Shape) -> None:
    if "op" in options and options["op"] not in COMPARISONS:
        shape.wrong("op", _("不认识的比较“{op}”").format(op=options["op"]), nearest(str(options["op"]), COMPARISONS))
    if "total" in options and options["total"] not in fields:
        shape.wrong("total", _("本台账没有字段“{total}”").format(total=options["total"]), nearest(str(options["total"]), fields))
    if "name" in options and options["name"] not in SPECIALS:
        shape.wrong("name", _("没有名为“{name}”的专门规则").format(name=options["name"]), nearest(str(options["name"]), SPECIALS))
    if "pattern" in options:
        try:
            re.compile(str(options["pattern"]))
        except re.error as error:
            shape.wrong("pattern", _("正则表达式写错了：{error}").format(error=error), _("请检查括号是否成对"))
    for key in ("min", "max"):
        if key in options and names and names[0] in fields:
            options[key] = scale(options[key], fields[names[0]])


def build_feed(number: int, table: Any, file: str, mistakes: list[Mistake]) -> Feed | None:
    """One `[[feeds]]` table; names of other ledgers are checked when all are read."""
    if not isinstance(table, dict):
        mistakes.append(Mistake(file, f"feeds[{number}]", _("联动导入应写成一个表"), _("请写成 [[feeds]]")))
        return None
    shape = Shape(table, file, f"feeds[{number}]", mistakes)
    ledger = shape.get("ledger", str, "", needed=True)
    columns = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in shape.get("columns", dict, {}).items()}
    feed = Feed(ledger, shape.get("into", str), shape.get("link", str), columns,
                shape.get("copy", dict, {}), shape.get("constants", dict, {}), shape.get("make", bool, True))
    shape.rest()
    if bool(feed.into) == bool(feed.link):
        shape.wrong("", _("联动导入要写 into 或 link 其中一个"), _('into = "本台账的引用字段"，或 link = "对方台账指向本台账的字段"'))
    return feed


def build_ledger(table: dict[str, Any], file: str, sha256: str, codes: Mapping[str, CodeList], mistakes: list[Mistake]) -> Ledger | None:
    """The `[ledger]`, `[fields]`, `[rules]` and `[[feeds]]` of one file."""
    shape = Shape(table.get("ledger", {}), file, "ledger", mistakes)
    ledger_id = shape.get("id", str, "", needed=True)
    if ledger_id and not NAME.match(ledger_id):
        shape.wrong("id", _("台账名“{ledger_id}”不合规").format(ledger_id=ledger_id), _("请用小写英文字母开头，只含小写字母、数字和下划线"))
    raw_fields = table.get("fields")
    if not isinstance(raw_fields, dict) or not raw_fields:
        mistakes.append(Mistake(file, "fields", _("台账没有字段"), _("请在 [fields] 下每行写一个字段")))
        raw_fields = {}
    built = (build_field(name, line, file, codes, mistakes) for name, line in raw_fields.items())
    fields = {f.id: f for f in built if f}
    _add_format_conditions(fields, raw_fields, file, mistakes)
    _check_titles(fields, file, mistakes)
    rules = {rid: rule for rid, line in table.get("rules", {}).items()
             if (rule := build_rule(rid, line, fields, file, mistakes))}
    feeds = tuple(f for n, line in enumerate(table.get("feeds", [])) if (f := build_feed(n, line, file, mistakes)))
    match = _build_match(shape, fields)
    alone = build_condition(shape.get("alone_when", list), fields, shape, "alone_when") if "alone_when" in shape.table else None
    status = build_steps(table["status"], fields, file, mistakes) if "status" in table else None
    follows = tuple(f for n, line in enumerate(table.get("follows", [])) if (f := build_follow(n, line, fields, file, mistakes)))
    proposal = build_proposal(table["proposed"], fields, codes, file, mistakes) if "proposed" in table else None
    ledger = Ledger(
        id=ledger_id, title=shape.get("title", str, ledger_id, needed=True), fields=fields,
        code=shape.get("code", str, ""), version=shape.get("version", int, 1, needed=True),
        group=shape.get("group", str, ""), parent=shape.get("parent", str), alone_when=alone, key=shape.words("key"), match=match,
        label=shape.words("label") or shape.words("key") or tuple(fields)[:1], rules=rules, feeds=feeds, status=status, follows=follows,
        proposal=proposal,
        menu=shape.get("menu", bool, True), source=shape.get("source", str, "", needed=True),
        help=shape.get("help", str, ""), sha256=sha256, file=file,
    )
    shape.rest()
    if alone is not None and ledger.parent is None:
        shape.wrong("alone_when", _("没有上级台账，不用写 alone_when"), _("请删去 alone_when，或补上 parent"))
    if ledger.version < 1:
        shape.wrong("version", _("版本号 {version} 不对").format(version=ledger.version), _("请从 1 开始编号"))
    for key, names in (("key", ledger.key), ("label", ledger.label)):
        for name in names:
            if name not in fields:
                shape.wrong(key, _("本台账没有字段“{name}”").format(name=name), nearest(name, fields))
    return ledger if ledger_id else None


def _build_match(shape: Shape, fields: Mapping[str, Field]) -> tuple[tuple[str, ...], ...]:
    match: list[tuple[str, ...]] = []
    for combo in shape.get("match", list, []):
        names = (combo,) if isinstance(combo, str) else tuple(combo) if isinstance(combo, list) else ()
        for name in names:
            if name not in fields and name != "parent_id":
                shape.wrong("match", _("本台账没有字段“{name}”").format(name=name), nearest(str(name), fields))
        match.append(names)
    if not match and shape.words("key"):
        match.append(shape.words("key"))
    return tuple(match)


def _add_format_conditions(fields: dict[str, Field], raw: Mapping[str, Any], file: str, mistakes: list[Mistake]) -> None:
    """`format_when` names other fields, so it is read when all are there."""
    for name, field in list(fields.items()):
        if "format_when" in raw[name]:
            shape = Shape(raw[name], file, f"fields.{name}", mistakes)
            if not field.format:
                shape.wrong("format_when", _("没有 format，不能写 format_when"), _("请补上 format，或删去这一处"))
            fields[name] = replace(field, format_when=build_condition(raw[name]["format_when"], fields, shape, "format_when"))


def _check_titles(fields: Mapping[str, Field], file: str, mistakes: list[Mistake]) -> None:
    """A heading must lead to one field only, or the import could not tell them apart."""
    owners: dict[str, str] = {}
    for field in fields.values():
        for word in {field.title, *field.aliases}:
            owner = owners.setdefault(word, field.id)
            if owner != field.id:
                mistakes.append(Mistake(file, f"fields.{field.id}", _("列名“{word}”与字段 {owner} 重复").format(word=word, owner=owner), _("请改标题或删去一个别名")))
    for field in fields.values():
        for name in re.findall(r"\{(\w+)(?:\.\w+)?\}", field.fill or ""):
            if name not in fields and name not in FILL_WORDS:
                mistakes.append(Mistake(file, f"fields.{field.id}.fill", _("模板里的 {{{name}}} 不是本台账的字段").format(name=name), nearest(name, fields)))
