"""Definitions that take the place of earlier ones: next year's ledger, code list or indicator, sent down or kept by an office.

A file says so at its top, `renews = ["ledger.unit", "codes.industry", "indicators.T1-01"]`; nothing is replaced unsaid. A definition
only grows: a renewed ledger keeps every field with its type and bears a higher version, a renewed list keeps every code.
Limits: populations (.sql) are not renewed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from unionclient.definition.mistake import Mistake
from unionclient.definition.words import _

RENEWS = "renews"
LEDGER_PARTS = ("ledger", "fields", "rules", "feeds", "status", "follows", "proposed")
NAMED = ("codes", "checks", "indicators", "form", "sheet", "settings", "worklist", "reminders")

Tables = Sequence[tuple[str, str, dict[str, Any]]]
"""(file name, SHA-256, table) in the order read."""


def renew(tables: Tables, mistakes: list[Mistake]) -> None:
    """Puts what a file renews in the place of what it renews, so that the screen order stays; takes the key `renews` away."""
    for number, (file, _digest, table) in enumerate(tables):
        said = table.pop(RENEWS, [])
        if not isinstance(said, list) or not all(isinstance(name, str) for name in said):
            mistakes.append(Mistake(file, RENEWS, _("renews 应是一列名称"), _('请写成 renews = ["codes.industry"]')))
            continue
        for name in said:
            kind, _dot, item = name.partition(".")
            told = _ledger(file, table, item, tables[:number]) if kind == "ledger" else _named(file, table, kind, item, tables[:number])
            mistakes += told


def _named(file: str, table: dict[str, Any], kind: str, item: str, before: Tables) -> list[Mistake]:
    where = f"{RENEWS} {kind}.{item}"
    if kind not in NAMED or item not in table.get(kind, {}):
        return [Mistake(file, where, _("这个文件里没有写新的定义"), _("请在文件里写 [{kind}.{item}]").format(kind=kind, item=item))]
    earlier = next((old for _, _, old in before if isinstance(old.get(kind), dict) and item in old[kind]), None)
    if earlier is None:
        return [Mistake(file, where, _("前面没有这个定义，不用更新"), _("请从 renews 里删去它，或核对名称"))]
    new = table[kind].pop(item)
    told = _lost_codes(file, where, earlier[kind][item], new) if kind == "codes" else []
    earlier[kind][item] = new
    return told


def _lost_codes(file: str, where: str, old: Any, new: Any) -> list[Mistake]:
    had, has = (part.get("codes", {}) if isinstance(part, Mapping) and isinstance(part.get("codes", {}), Mapping) else {} for part in (old, new))
    lost = [code for code in had if code not in has]
    return [Mistake(file, where, _("新的代码表里少了代码 {names}").format(names=_("、").join(lost[:5])), _("代码只能增加或停用（retired = true），不能删去"))] if lost else []


def _ledger(file: str, table: dict[str, Any], item: str, before: Tables) -> list[Mistake]:
    where = f"{RENEWS} ledger.{item}"
    if _id_of(table) != item:
        return [Mistake(file, where, _("这个文件里没有写新的定义"), _('请在文件里写 [ledger] id = "{item}"').format(item=item))]
    earlier = next((old for _, _, old in before if _id_of(old) == item), None)
    if earlier is None:
        return [Mistake(file, where, _("前面没有这个台账，不用更新"), _("请从 renews 里删去它，或核对名称"))]
    told = _not_grown(file, where, earlier, table)
    for part in LEDGER_PARTS:
        earlier.pop(part, None)
        if part in table:
            earlier[part] = table.pop(part)
    return told


def _id_of(table: Mapping[str, Any]) -> Any:
    ledger = table.get("ledger")
    return ledger.get("id") if isinstance(ledger, Mapping) else None


def _not_grown(file: str, where: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Mistake]:
    told, versions = [], [part["ledger"].get("version", 0) for part in (old, new)]
    if not all(isinstance(version, int) for version in versions) or versions[1] <= versions[0]:
        told.append(Mistake(file, where, _("version 应大于原来的 {version}").format(version=versions[0]), _("请把 version 加 1")))
    had, has = (part.get("fields") if isinstance(part.get("fields"), Mapping) else {} for part in (old, new))
    for name, field in had.items():
        if name not in has:
            told.append(Mistake(file, where, _("少了字段 {name}").format(name=name), _("字段只能增加或停用（retired = true），不能删去")))
        elif _type(field) != _type(has[name]):
            told.append(Mistake(file, where, _("字段 {name} 的类型由 {before} 改成了 {now}").format(name=name, before=_type(field), now=_type(has[name])),
                                _("请恢复原来的类型，另加一个新字段")))
    return told


def _type(field: Any) -> Any:
    return field.get("type", "text") if isinstance(field, Mapping) else None
