"""`[status]`, `[[follows]]` and `[settings.*]` → status machines, steps that follow by themselves, choices of the street."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from unionclient.definition.build_conditions import build_condition
from unionclient.definition.condition import Condition
from unionclient.definition.ledger import Field, Follow, Ledger, Setting, Steps
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.words import _

TEMPLATE = re.compile(r"\{([a-z_]\w*)(?:\.(\w+))?(?:([+-]\d+)d)?\}")
"""`{field}`, `{child.field}`, `{reference.field}`, `{founded_on-1d}` in what a follow matches by, sets, or compares its targets with."""
KINDS = ("choice", "number", "text")
_SYSTEM = ("id", "parent_id")


def build_steps(table: Any, fields: Mapping[str, Field], file: str, mistakes: list[Mistake]) -> Steps | None:
    """The `[status]` table: a code field and the steps between its codes."""
    if not isinstance(table, dict):
        mistakes.append(Mistake(file, "status", _("[status] 应是一个表"), _("请写成 [status] 再另起行写各项")))
        return None
    shape = Shape(table, file, "status", mistakes)
    name = shape.choice("field", fields, "", needed=True)
    steps = shape.get("steps", dict, {}, needed=True)
    shape.rest()
    field = fields.get(name)
    if field is None:
        return None
    if field.codes is None or field.type != "code":
        shape.wrong("field", _("“{field}”不是代码字段，不能作状态").format(field=field.title), _("请选一个 type = \"code\" 的字段"))
        return None
    known = field.codes.codes
    for state, after in steps.items():
        for code in (state, *(after if isinstance(after, list) else ())):
            if code not in known:
                shape.wrong(f"steps.{state}", _("代码表“{title}”里没有 {code!r}").format(title=field.codes.title, code=code), nearest(str(code), known))
        if not isinstance(after, list):
            shape.wrong(f"steps.{state}", _("下一步应写成列表"), _('请写成 {state} = ["…"]').format(state=state))
    return Steps(name, {str(s): tuple(map(str, after)) for s, after in steps.items() if isinstance(after, list)})


def build_follow(number: int, table: Any, fields: Mapping[str, Field], file: str, mistakes: list[Mistake]) -> Follow | None:
    """One `[[follows]]` table; what names other ledgers is read by `check_follows`, when all are there."""
    if not isinstance(table, dict):
        mistakes.append(Mistake(file, f"follows[{number}]", _("自动步骤应写成一个表"), _("请写成 [[follows]]")))
        return None
    shape = Shape(table, file, f"follows[{number}]", mistakes)
    when = build_condition(shape.get("when", list, [], needed=True), fields, shape, "when") or Condition()
    follow = Follow(
        shape.get("id", str, "", needed=True), shape.get("title", str, "", needed=True), when,
        shape.get("ledger", str, "", needed=True), shape.get("match", dict, {}, needed=True),
        set=shape.get("set", dict, {}), each=shape.get("each", str), make=shape.get("make", bool, False),
        once=shape.get("once", bool, False))
    shape.get("where", list)
    shape.get("each_when", list)
    shape.rest()
    if follow.once and not follow.make:
        shape.wrong("once", _("once 只能与 make = true 一起写"), _("请补上 make = true，或删去 once"))
    for part in ("match", "set"):
        for name, text in getattr(follow, part).items():
            if not isinstance(text, str):
                shape.wrong(f"{part}.{name}", _("{text!r} 应写成文字").format(text=text), _('请加上引号，例如 "50" 或 "{founded_on}"'))
    return follow


def finish_follows(ledgers: dict[str, Ledger], tables: Mapping[str, Any], mistakes: list[Mistake]) -> None:
    """Reads the parts of follows that speak of other ledgers, and holds every name against them."""
    owners: dict[str, str] = {}
    for ledger in list(ledgers.values()):
        done = []
        for number, follow in enumerate(ledger.follows):
            line = tables[ledger.id][number] if number < len(tables.get(ledger.id, ())) else {}
            shape = Shape(line, ledger.file, f"follows[{number}]", mistakes)
            if owners.setdefault(follow.id, ledger.id) != ledger.id or [f.id for f in ledger.follows].count(follow.id) > 1:
                shape.wrong("id", _("自动步骤编号“{id}”已经使用").format(id=follow.id), _("请换一个编号"))
            target, child = ledgers.get(follow.ledger), ledgers.get(follow.each or "")
            if target is None:
                shape.wrong("ledger", _("没有台账“{ledger}”").format(ledger=follow.ledger), nearest(follow.ledger, ledgers))
                continue
            if follow.each and (child is None or child.parent != ledger.id):
                shape.wrong("each", _("“{each}”不是本台账的下级台账").format(each=follow.each), nearest(follow.each, [l.id for l in ledgers.values() if l.parent == ledger.id]))
                continue
            where = build_condition(line.get("where", []), target.fields, shape, "where") or Condition()
            if any(clause.parameter for clause in where.clauses):
                shape.wrong("where", _("自动步骤的条件里不能用期间"), _("请改用日期字段或固定的值"))
            each_when = build_condition(line.get("each_when", []), child.fields, shape, "each_when") if child else Condition()
            for key, name in _names(follow):
                if (name not in target.fields or target.fields[name].computed is not None) and name not in _SYSTEM:
                    shape.wrong(key, _("{target}没有可写的字段“{name}”").format(target=target.title, name=name), nearest(name, target.fields))
            follow = replace(follow, where=where, each_when=each_when or Condition())
            for key, name, rest in _sources(follow):
                _check_source(key, name, rest, ledger, child, ledgers, shape)
            done.append(follow)
        if ledger.follows:
            ledgers[ledger.id] = replace(ledger, follows=tuple(done))


def _names(follow: Follow) -> Iterator[tuple[str, str]]:
    for part in ("match", "set"):
        for name in getattr(follow, part):
            yield f"{part}.{name}", name


def _sources(follow: Follow) -> Iterator[tuple[str, str, str | None]]:
    """(key, first name, name behind the dot) of every template; `match` may name a field without braces."""
    for clause in follow.where.clauses:
        for found in TEMPLATE.finditer(clause.value) if isinstance(clause.value, str) else ():
            yield f"where.{clause.field}", found[1], found[2]
    for name, text in follow.match.items():
        yield f"match.{name}", *(text.split(".", 1) if "." in text else (text, None))
    for name, text in follow.set.items():
        if isinstance(text, str):
            for found in TEMPLATE.finditer(text):
                yield f"set.{name}", found[1], found[2]


def _check_source(key: str, name: str, rest: str | None, ledger: Ledger, child: Ledger | None, ledgers: Mapping[str, Ledger],
                  shape: Shape) -> None:
    if name == "child" and rest:
        if child is None:
            shape.wrong(key, _("没有写 each，不能用 child"), _("请补上 each，或改用本台账的字段"))
        elif rest not in child.fields and rest != "id":
            shape.wrong(key, _("{child}没有字段“{rest}”").format(child=child.title, rest=rest), nearest(rest, child.fields))
        return
    if name not in ledger.fields and name not in _SYSTEM:
        shape.wrong(key, _("{ledger}没有字段“{name}”").format(ledger=ledger.title, name=name), nearest(name, ledger.fields))
        return
    if rest:
        at = ledgers.get(ledger.parent or "") if name == "parent_id" else ledgers.get(ledger.fields[name].ref or "") if name in ledger.fields else None
        if at is None or rest not in at.fields:
            shape.wrong(key, _("“{name}”后面没有字段“{rest}”").format(name=name, rest=rest), nearest(rest, at.fields if at else ()))


def build_setting(name: str, table: dict[str, Any], file: str, mistakes: list[Mistake]) -> Setting:
    """One `[settings.x]` table."""
    shape = Shape(table, file, f"settings.{name}", mistakes)
    choices = {str(k): str(v) for k, v in shape.get("choices", dict, {}).items()}
    kind = shape.choice("type", KINDS, "choice" if choices else "text")
    default = str(shape.get("default", (str, int), next(iter(choices), "")))
    setting = Setting(name, shape.get("title", str, "", needed=True), kind, default, choices, shape.get("group", str, ""),
                      shape.get("help", str, ""), shape.get("source", str, "", needed=True))
    shape.rest()
    if kind == "choice" and default not in choices:
        shape.wrong("default", _("默认值“{default}”不在 choices 里").format(default=default), nearest(default, choices))
    if kind == "number" and not re.fullmatch(r"\d+(\.\d+)?", default):
        shape.wrong("default", _("默认值“{default}”不是数字").format(default=default), _("请写一个数字"))
    return setting
