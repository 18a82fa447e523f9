"""One `Condition`, three readers: Python (`holds`), SQL (`where`) and people (`say`).

A condition is a list of clauses joined by "and"; a clause is [field, operator, operand]. One rule for empty:
a comparison with an empty side is false, so only `empty` and `filled` speak about emptiness.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.definition.words import _, marked

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "in", "not_in", "has", "contains", "empty", "filled")
PARAMETERS = ("begins", "ends", "cutoff", "year", "year_begins", "today")  # columns of the one-row `period`
_SAY = {"=": marked("{left}是{right}"), "!=": marked("{left}不是{right}"), "<": marked("{left}小于{right}"), "<=": marked("{left}不超过{right}"),
        ">": marked("{left}大于{right}"), ">=": marked("{left}不少于{right}"), "in": marked("{left}属于{right}"),
        "not_in": marked("{left}不属于{right}"), "has": marked("{left}包括{right}"), "contains": marked("{left}含有{right}")}


@dataclass(frozen=True, slots=True)
class Clause:
    """`field operator operand`. `other` names a second field, `parameter` a column of `period`; else `value`."""

    field: str
    operator: str
    value: Any = None
    other: str | None = None
    parameter: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Clauses that must all hold. An empty condition holds for every record."""

    clauses: tuple[Clause, ...] = ()

    def holds(self, record: Mapping[str, Any], period: Mapping[str, Any] | None = None) -> bool:
        """True if every clause holds for `record` (field id → Python value)."""
        for clause in self.clauses:         # a plain loop: asked of every row, several times
            if not _holds(clause, record, period or {}):
                return False
        return True

    def where(self, column: Callable[[str], str] = lambda f: f'"{f}"') -> tuple[str, list[Any]]:
        """SQL expression and its parameters; `period` parameters read the one-row table `period`."""
        if not self.clauses:
            return "1", []
        parts: list[str] = []
        values: list[Any] = []
        for clause in self.clauses:
            sql, bound = _where(clause, column)
            parts.append(sql)
            values.extend(bound)
        return "(" + " AND ".join(parts) + ")", values

    def say(self, title: Callable[[str], str] = str, show: Callable[[str, Any], str] = lambda f, v: str(v)) -> str:
        """The condition as a sentence; `title` names a field, `show` words a value of it."""
        return _("，且").join(_say(clause, title, show) for clause in self.clauses) or _("全部")

    @property
    def fields(self) -> tuple[str, ...]:
        named = [c.field for c in self.clauses] + [c.other for c in self.clauses if c.other]
        return tuple(dict.fromkeys(named))


def sql_value(value: Any) -> Any:
    """A Python value as the store holds it when no field type is known: dates as ISO text, booleans as 0/1."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return value


def _plain(value: Any) -> Any:
    if value is None or type(value) is str or type(value) is int:
        return value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _holds(clause: Clause, record: Mapping[str, Any], period: Mapping[str, Any]) -> bool:
    left = _plain(record.get(clause.field))
    if clause.operator == "empty":
        return left is None or left == ()
    if clause.operator == "filled":
        return not (left is None or left == ())
    if clause.other is not None:
        right = _plain(record.get(clause.other))
    elif clause.parameter is not None:
        right = _plain(period.get(clause.parameter))
    else:
        right = clause.value
    if left is None or left == () or right is None:
        return False
    if clause.operator == "in":
        return left in tuple(_plain(v) for v in right)
    if clause.operator == "not_in":
        return left not in tuple(_plain(v) for v in right)
    if clause.operator == "has":
        return right in left
    if clause.operator == "contains":
        return str(right) in str(left)
    return _compare(left, clause.operator, _plain(right))


def _compare(left: Any, operator: str, right: Any) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        return False
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        left, right = Decimal(left), Decimal(right)
    match operator:
        case "=":
            return left == right
        case "!=":
            return left != right
        case "<":
            return left < right
        case "<=":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _where(clause: Clause, column: Callable[[str], str]) -> tuple[str, list[Any]]:
    left = column(clause.field)
    if clause.operator == "empty":
        return f"({left} IS NULL OR {left} = '')", []
    if clause.operator == "filled":
        return f"({left} IS NOT NULL AND {left} <> '')", []
    if clause.operator in ("in", "not_in"):
        values = [sql_value(v) for v in clause.value]
        marks = ", ".join("?" * len(values))
        word = "IN" if clause.operator == "in" else "NOT IN"
        return f"coalesce({left} {word} ({marks}), 0)", values
    if clause.operator == "has":
        return f"coalesce(instr(',' || {left} || ',', ',' || ? || ','), 0) > 0", [clause.value]
    if clause.operator == "contains":
        return f"coalesce(instr({left}, ?), 0) > 0", [clause.value]
    operator = "<>" if clause.operator == "!=" else clause.operator
    if clause.other is not None:
        return f"coalesce({left} {operator} {column(clause.other)}, 0)", []
    if clause.parameter is not None:
        return f'coalesce({left} {operator} (SELECT "{clause.parameter}" FROM period), 0)', []
    return f"coalesce({left} {operator} ?, 0)", [sql_value(clause.value)]


def _say(clause: Clause, title: Callable[[str], str], show: Callable[[str, Any], str]) -> str:
    name = title(clause.field)
    if clause.operator == "empty":
        return _("{name}没有填写").format(name=name)
    if clause.operator == "filled":
        return _("{name}已填写").format(name=name)
    if clause.other is not None:
        right = title(clause.other)
    elif clause.parameter is not None:
        right = {"begins": _("期初"), "ends": _("期末"), "cutoff": _("截止日"), "year": _("本年"), "year_begins": _("年初"),
                 "today": _("今天")}[clause.parameter]
    elif clause.operator in ("in", "not_in"):
        right = _("、").join(show(clause.field, v) for v in clause.value)
    else:
        right = show(clause.field, clause.value)
    return _(_SAY[clause.operator]).format(left=name, right=right)
