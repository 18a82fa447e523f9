"""TOML tables and `sets.sql` → checks, populations, indicators and score sheets."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from unionclient.definition.build_conditions import build_condition
from unionclient.definition.issue import Level
from unionclient.definition.ledger import (
    Check, Field, Indicator, Ledger, Population, ScoreItem, ScoreSheet,
)
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.phrases import places
from unionclient.definition.sqltexts import words_calls
from unionclient.definition.words import _

KINDS = ("C", "R", "S")


def build_check(check_id: str, table: dict[str, Any], file: str, ledgers: Mapping[str, Ledger], mistakes: list[Mistake]) -> Check:
    """One `[checks.X..]` table. The SQL itself is tried when the store first prepares it."""
    shape = Shape(table, file, f"checks.{check_id}", mistakes)
    ledger = shape.choice("ledger", ledgers, "", needed=True)
    names = shape.words("fields", needed=True)
    if ledger:
        for name in names:
            if name not in ledgers[ledger].fields:
                shape.wrong("fields", _("{title}没有字段“{name}”").format(title=ledgers[ledger].title, name=name), nearest(name, ledgers[ledger].fields))
    sql = shape.get("sql", str, "", needed=True)
    if sql and not re.match(r"\s*(SELECT|WITH)\b", sql, re.I):
        shape.wrong("sql", _("查询只能以 SELECT 或 WITH 开头"), _("检查只读不写，请改写查询"))
    elif sql and not re.search(r"\brecord\b", sql):
        shape.wrong("sql", _("查询没有 record 列"), _("请在 SELECT 里写 … AS record"))
    for message, fix in _wrong_words(sql):
        shape.wrong("sql", message, fix)
    check = Check(check_id, shape.get("title", str, "", needed=True), ledger, names,
                  Level(shape.choice("level", [l.value for l in Level], "block", needed=True)),
                  shape.get("message", str, "", needed=True), sql, shape.get("mend", str, ""), shape.get("basis", str, ""))
    shape.rest()
    return check


def _wrong_words(sql: str) -> Iterator[tuple[str, str]]:
    """(message, fix) of calls of `words` that cannot be filled."""
    for template, values in words_calls(sql):
        if template is None:
            yield _("words 的第一项不是引号里的文字"), _("请写一段引号里的文字，例如 words('晚于今天')")
        elif len(places(template)) != values:
            yield (_("words 的文字“{template}”里有 {names} 个名字，后面却有 {values} 个值").format(template=template, names=len(places(template)), values=values),
                   _("花括号里的名字和后面的值要一样多，按先后对应"))


_BLOCK = re.compile(r"^-- population:\s*(\w+)\s*\n(?:--(?! ledger).*\n)*-- ledger:\s*(\w+)", re.M)


def build_populations(text: str, file: str, ledgers: Mapping[str, Ledger], mistakes: list[Mistake]) -> dict[str, Population]:
    """The blocks of a `.sql` file: a header naming population and ledger, then one SELECT."""
    found: dict[str, Population] = {}
    starts = list(_BLOCK.finditer(text))
    for n, start in enumerate(starts):
        name, ledger = start.groups()
        body = text[start.end(): starts[n + 1].start() if n + 1 < len(starts) else len(text)].strip().rstrip(";")
        if name in found:
            mistakes.append(Mistake(file, name, _("总体“{name}”写了两次").format(name=name), _("请改名或删去一个")))
        if ledger not in ledgers:
            mistakes.append(Mistake(file, name, _("没有台账“{ledger}”").format(ledger=ledger), nearest(ledger, ledgers)))
        if not re.search(r"\brecord\b", body):
            mistakes.append(Mistake(file, name, _("查询没有 record 列"), _("请在 SELECT 里写 … AS record")))
        mistakes += (Mistake(file, name, message, fix) for message, fix in _wrong_words(body))
        found[name] = Population(name, ledger, body, tuple(dict.fromkeys(re.findall(r"\bAS\s+(\w+)", body, re.I))))
    return found


def build_indicator(figure_id: str, table: dict[str, Any], file: str, populations: Mapping[str, Population],
                    mistakes: list[Mistake]) -> Indicator:
    """One `[indicators.T1-01]` table."""
    shape = Shape(table, file, f"indicators.{figure_id}", mistakes)
    population = shape.choice("population", populations, "", needed=True)
    other = shape.choice("of_population", populations)
    kind = shape.choice("kind", KINDS, "C", needed=True)
    of = build_condition(shape.get("of", list, [], needed=True), None, shape, "of")
    per = build_condition(shape.get("per", list), None, shape, "per") if "per" in table else None
    if kind != "C" and per is None:
        shape.wrong("per", _("比率没有分母条件"), _("请补上 per = [[…]]，全部记录写 per = []"))
    if kind == "C" and per is not None:
        shape.wrong("per", _("数量指标不应有分母"), _('请删去 per，或把 kind 改为 "R"'))
    measure, per_measure = shape.get("measure", str, "count"), shape.get("per_measure", str)
    for key, owner in (("measure", other or population), ("per_measure", population)):
        text = measure if key == "measure" else per_measure or "count"
        if not re.match(r"(count|distinct:\w+|sum:\w+)\Z", text):
            shape.wrong(key, _("不认识的计量“{text}”").format(text=text), _("请写 count、distinct:列名 或 sum:列名"))
        elif ":" in text and owner and (column := text.partition(":")[2]) not in (*populations[owner].columns, "record"):
            shape.wrong(key, _("总体“{owner}”没有列“{column}”").format(owner=owner, column=column), nearest(column, populations[owner].columns))
    for condition, owner, key in ((of, other or population, "of"), (per, population, "per")):
        for name in condition.fields if condition and owner else ():
            if name not in populations[owner].columns:
                shape.wrong(key, _("总体“{owner}”没有列“{name}”").format(owner=owner, name=name), nearest(name, populations[owner].columns))
    target = shape.get("target", str)
    if target is not None:
        _number(target, shape, "target")
    figure = Indicator(figure_id, shape.get("title", str, "", needed=True), population, kind, of, per, measure,
                       shape.get("unit", str, ""), target, shape.choice("op", (">=", "<=", "="), ">="),
                       shape.get("reading", str, ""), shape.get("group", str, ""),
                       shape.get("source", str, "", needed=True), other, per_measure)
    shape.rest()
    return figure


def _number(text: Any, shape: Shape, key: str) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        shape.wrong(key, _("“{text}”不是数字").format(text=text), _('请写数字，例如 "98"'))
        return Decimal(0)


SHEET_ID = re.compile(r"[A-Z]{2}[12]\d{3}\Z")
"""A score sheet's id: its family (HE home, SL three-level creation, AK Ankang) and the first year it holds in."""


def build_sheet(sheet_id: str, table: dict[str, Any], file: str, sha256: str, populations: Mapping[str, Population],
                indicators: Mapping[str, Indicator], mistakes: list[Mistake]) -> ScoreSheet:
    """One `[sheet.HE2017]` table with its items; points that do not sum to the total are a mistake."""
    shape = Shape(table, file, f"sheet.{sheet_id}", mistakes)
    if not SHEET_ID.match(sheet_id):
        shape.wrong("", _("评分表的名字“{sheet_id}”不合规").format(sheet_id=sheet_id), _("请写两个大写字母加启用的年份，例如 HE2018"))
    total = _number(shape.get("total", (str, int), "100", needed=True), shape, "total")
    items = {code: _build_item(code, line, shape, populations, indicators)
             for code, line in shape.get("items", dict, {}, needed=True).items() if isinstance(line, dict)}
    points = sum((item.points for item in items.values()), Decimal(0))
    if points != total:
        shape.wrong("items", _("各项满分之和是 {points}，不等于总分 {total}").format(points=points, total=total), _("请核对每一项的 points"))
    bands = tuple((_number(b[0], shape, "bands"), str(b[1]), str(b[2])) for b in shape.get("bands", list, [], needed=True)
                  if isinstance(b, list) and len(b) == 3)
    if [b[0] for b in bands] != sorted((b[0] for b in bands), reverse=True):
        shape.wrong("bands", _("等级没有从高到低排列"), _("请把分数线高的写在前面"))
    options = shape.get("options", dict, {})
    for code, path in options.get("veto_facts", {}).items():
        place, _dot, fact = str(path).rpartition(".")
        _check_fact(place or "union_facts", fact, populations, shape, f"options.veto_facts.{code}")
    sheet = ScoreSheet(sheet_id, shape.get("title", str, "", needed=True), str(shape.get("version", (str, int), "1")), total,
                       items, bands, shape.get("vetoes", dict, {}),
                       _number(shape.get("bonus_max", (str, int), "0"), shape, "bonus_max"),
                       options, shape.get("source", str, "", needed=True), sha256)
    shape.rest()
    return sheet


def _build_item(code: str, table: dict[str, Any], parent: Shape, populations: Mapping[str, Population],
                indicators: Mapping[str, Indicator]) -> ScoreItem:
    shape = Shape(table, parent.file, f"{parent.key}.items.{code}", parent.mistakes)
    points = _number(shape.get("points", (str, int), "0", needed=True), shape, "points")
    if points <= 0:
        shape.wrong("points", _("满分 {points} 应大于 0").format(points=points), _("请写一个正数"))
    item = ScoreItem(code, shape.get("section", str, "", needed=True), shape.get("title", str, "", needed=True), points,
                     shape.get("rule", str, ""), shape.get("must", bool, False), shape.get("auto", dict))
    shape.rest()
    _check_auto(item.auto or {}, populations, indicators, shape)
    return item


def _check_auto(auto: Mapping[str, Any], populations: Mapping[str, Population], indicators: Mapping[str, Indicator], shape: Shape) -> None:
    """What an item is computed from exists: figures, or facts of a population. How it is computed the score room checks."""
    for name in auto.get("figures", ()):
        if name not in indicators:
            shape.wrong("auto.figures", _("没有指标“{name}”").format(name=name), nearest(str(name), indicators))
    place = auto.get("population")
    if place is None:
        return
    facts = [auto[key] for key in ("of", "per") if key in auto] + [line[0] for line in auto.get("deduct", ()) if line]
    for fact in facts:
        _check_fact(place, str(fact), populations, shape, "auto")


def _check_fact(place: str, fact: str, populations: Mapping[str, Population], shape: Shape, key: str) -> None:
    if place not in populations:
        shape.wrong(key, _("没有总体“{place}”").format(place=place), nearest(place, populations))
    elif fact not in populations[place].columns:
        shape.wrong(key, _("总体“{place}”没有列“{fact}”").format(place=place, fact=fact), nearest(fact, populations[place].columns))


def cross_check(ledgers: Mapping[str, Ledger], mistakes: list[Mistake]) -> None:
    """What can only be seen when all ledgers are read: parents, references, feeds."""
    for ledger in ledgers.values():
        if ledger.parent and ledger.parent not in ledgers:
            mistakes.append(Mistake(ledger.file, "ledger.parent", _("没有台账“{parent}”").format(parent=ledger.parent), nearest(ledger.parent, ledgers)))
        elif _circular(ledger, ledgers):
            mistakes.append(Mistake(ledger.file, "ledger.parent", _("上级台账绕成了一圈"), _("请改掉其中一个 parent")))
        for field in ledger.fields.values():
            if field.ref and field.ref not in ledgers:
                mistakes.append(Mistake(ledger.file, f"fields.{field.id}.ref", _("没有台账“{ref}”").format(ref=field.ref), nearest(field.ref, ledgers)))
        for number, feed in enumerate(ledger.feeds):
            _check_feed(number, feed, ledger, ledgers, mistakes)


def _circular(ledger: Ledger, ledgers: Mapping[str, Ledger]) -> bool:
    seen, at = {ledger.id}, ledger.parent
    while at in ledgers:
        if at in seen:
            return True
        seen.add(at)
        at = ledgers[at].parent
    return False


def _check_feed(number: int, feed: Any, ledger: Ledger, ledgers: Mapping[str, Ledger], mistakes: list[Mistake]) -> None:
    key = f"feeds[{number}]"
    target = ledgers.get(feed.ledger)
    if target is None:
        mistakes.append(Mistake(ledger.file, f"{key}.ledger", _("没有台账“{ledger}”").format(ledger=feed.ledger), nearest(feed.ledger, ledgers)))
        return
    sources: dict[str, Field | None] = {**ledger.fields, "parent_id": None}
    for part, names, owner in (("columns", feed.columns, target), ("constants", feed.constants, target), ("copy", feed.copy, target)):
        for name in names:
            if name not in owner.fields and name != "parent_id":
                mistakes.append(Mistake(ledger.file, f"{key}.{part}", _("{owner}没有字段“{name}”").format(owner=owner.title, name=name), nearest(name, owner.fields)))
    for name in feed.copy.values():
        if "." not in name and name not in sources:
            mistakes.append(Mistake(ledger.file, f"{key}.copy", _("本台账没有字段“{name}”").format(name=name), nearest(name, sources)))
    if feed.into and "." not in feed.into and feed.into not in sources:
        mistakes.append(Mistake(ledger.file, f"{key}.into", _("本台账没有字段“{into}”").format(into=feed.into), nearest(feed.into, sources)))
    if feed.link and feed.link not in target.fields and feed.link != "parent_id":
        mistakes.append(Mistake(ledger.file, f"{key}.link", _("{target}没有字段“{link}”").format(target=target.title, link=feed.link), nearest(feed.link, target.fields)))
