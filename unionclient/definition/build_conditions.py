"""`[["field", "op", operand], …]` of the definitions → `Condition`, with every mistake named; literals as the store holds them."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from unionclient.definition.condition import OPERATORS, PARAMETERS, Clause, Condition
from unionclient.definition.ledger import Field
from unionclient.definition.mistake import Shape, nearest
from unionclient.definition.words import _


def scale(value: Any, field: Field | None) -> Any:
    """A literal of a definition as the store holds it: scaled for decimals and money, else unchanged."""
    if field is None or field.type not in ("decimal", "money") or isinstance(value, bool):
        return value
    places = 2 if field.type == "money" else field.places
    return int(Decimal(str(value)).scaleb(places))


def build_condition(value: Any, fields: Mapping[str, Field] | None, shape: Shape, key: str) -> Condition | None:
    """`[["field", "op", operand], …]`; `fields` None means names are checked elsewhere (populations)."""
    if not isinstance(value, list):
        shape.wrong(key, _("条件应写成列表的列表"), _('when = [["字段", "=", "值"]]'))
        return None
    clauses = [_build_clause(item, fields, shape, f"{key}[{n}]") for n, item in enumerate(value)]
    return Condition(tuple(c for c in clauses if c))


def _build_clause(item: Any, fields: Mapping[str, Field] | None, shape: Shape, key: str) -> Clause | None:
    if not isinstance(item, list) or not 2 <= len(item) <= 3 or not all(isinstance(w, str) for w in item[:2]):
        shape.wrong(key, _("条件 {item!r} 写法不对").format(item=item), _('请写成 ["字段", "=", "值"]'))
        return None
    name, operator, *rest = item
    if operator not in OPERATORS:
        shape.wrong(key, _("不认识的比较“{operator}”").format(operator=operator), nearest(operator, OPERATORS))
        return None
    if fields is not None and name not in fields:
        shape.wrong(key, _("条件里没有这个字段“{name}”").format(name=name), nearest(name, fields))
        return None
    alone = operator in ("empty", "filled")
    if alone == bool(rest):
        shape.wrong(key, (_("“{operator}”后面不应再有值") if alone else _("“{operator}”后面缺少值")).format(operator=operator),
                    _('请写成 ["字段", "empty"] 或 ["字段", "=", "值"]'))
        return None
    if alone:
        return Clause(name, operator)
    return _operand(name, operator, rest[0], fields, shape, key)


def _operand(name: str, operator: str, operand: Any, fields: Mapping[str, Field] | None, shape: Shape, key: str) -> Clause | None:
    if isinstance(operand, dict):
        if set(operand) == {"field"} and (fields is None or operand["field"] in fields):
            return Clause(name, operator, other=operand["field"])
        if set(operand) == {"period"} and operand["period"] in PARAMETERS:
            return Clause(name, operator, parameter=operand["period"])
        known = {"field": fields or {}, "period": PARAMETERS}
        word = next(iter(operand), "")
        shape.wrong(key, _("比较的对象 {operand!r} 不存在").format(operand=operand), nearest(str(operand.get(word, "")), known.get(word, ("field", "period"))))
        return None
    if operator in ("in", "not_in") and not isinstance(operand, list):
        shape.wrong(key, _("“{operator}”后面应是列表").format(operator=operator), _('请写成 ["字段", "in", ["1", "2"]]'))
        return None
    field = fields.get(name) if fields else None
    values = operand if isinstance(operand, list) else [operand]
    for value in values:
        if field and field.codes and operator in ("=", "!=", "in", "not_in", "has") and value not in field.codes.codes:
            shape.wrong(key, _("代码表“{title}”里没有 {value!r}").format(title=field.codes.title, value=value), nearest(str(value), field.codes.codes))
            return None
    try:
        scaled = [int(v) if isinstance(v, bool) else scale(v, field) for v in values]
    except (InvalidOperation, ValueError):
        shape.wrong(key, _("{operand!r} 不是数字").format(operand=operand), _("请写一个数字"))
        return None
    return Clause(name, operator, value=tuple(scaled) if isinstance(operand, list) else scaled[0])
