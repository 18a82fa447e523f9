"""Columns of the list that holds a package against the one accepted before it."""

from typing import Any

from unionclient.ui.district.parts import fraction
from unionclient.ui.views.table import Cell, Column
from unionclient.definition.words import _

_KINDS = {"figure": _("指标"), "rows": _("行数")}


def difference_columns() -> list[Column]:
    return [Column(_("类别"), 4, _sort), Column(_("名称"), 0, _named), Column(_("上一次接收的"), 11, _before, right=True),
            Column(_("这一次"), 11, _after, right=True), Column(_("相差"), 9, _change, right=True)]


def _sort(difference: Any) -> str:
    return _KINDS[difference.kind]


def _named(difference: Any) -> Cell:
    return Cell(difference.title if difference.kind == "rows" else f"{difference.id} {difference.title}", tip=difference.text)


def _before(difference: Any) -> str:
    return fraction(*difference.before) if difference.before else _("没有")


def _after(difference: Any) -> str:
    return fraction(*difference.after) if difference.after else _("没有")


def _change(difference: Any) -> Cell:
    """Of the numerators; an unlike denominator is seen beside it."""
    change = (difference.after[0] if difference.after else 0) - (difference.before[0] if difference.before else 0)
    return Cell(f"{change:+,}" if change else _("应完成数不同"), sort=change)
