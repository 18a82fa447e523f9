"""`[worklist.T4-06]` tables: whom a figure lacks, and why, in words an officer can act on."""

import re
from collections.abc import Mapping
from typing import Any

from unionclient.definition.build_conditions import build_condition
from unionclient.definition.ledger import Indicator, Population, Reason, Worklist
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.words import _


def build_worklist(figure: str, table: dict[str, Any], file: str, indicators: Mapping[str, Indicator],
                   populations: Mapping[str, Population], mistakes: list[Mistake]) -> Worklist:
    """One table; its name is the figure's. Without `population` the missing ones of a rate are meant."""
    shape = Shape(table, file, f"worklist.{figure}", mistakes)
    indicator = indicators.get(figure)
    if indicator is None:
        shape.wrong("", _("没有指标“{figure}”").format(figure=figure), nearest(figure, indicators))
    population = shape.choice("population", populations)
    where = build_condition(shape.get("where", list), None, shape, "where") if "where" in table else None
    if indicator and not population and (indicator.per is None or indicator.of_population):
        shape.wrong("population", _("这个指标没有“缺”的一方"), _("请写明 population 和 where"))
    owner = population or (indicator.population if indicator else None)
    columns = populations[owner].columns if owner else None
    if columns and where:
        _known(where.fields, columns, shape, "where", owner)
    why = tuple(_reason(n, line, columns, owner, shape) for n, line in enumerate(shape.get("why", list, [], needed=True))
                if isinstance(line, dict))
    work = Worklist(figure, shape.get("title", str, ""), population, where, why, shape.get("otherwise", str, ""))
    shape.rest()
    return work


def _reason(number: int, table: dict[str, Any], columns: tuple[str, ...] | None, owner: str | None, parent: Shape) -> Reason:
    shape = Shape(table, parent.file, f"{parent.key}.why[{number}]", parent.mistakes)
    when = build_condition(shape.get("when", list, [], needed=True), None, shape, "when")
    words = shape.get("words", str, "", needed=True)
    reason = Reason(when, words, tuple(dict.fromkeys(re.findall(r"\{(\w+)\}", words))))
    if columns:
        _known((*(when.fields if when else ()), *reason.columns), columns, shape, "when", owner)
    shape.rest()
    return reason


def _known(names: tuple[str, ...], columns: tuple[str, ...], shape: Shape, key: str, owner: str | None) -> None:
    for name in names:
        if name not in columns:
            shape.wrong(key, _("总体“{owner}”没有列“{name}”").format(owner=owner, name=name), nearest(name, columns))
