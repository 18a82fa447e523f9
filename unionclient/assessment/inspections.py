"""Marks of an inspection team (验家): who scored what, and the mark of an item they come to.

Exact until the last step: the mean of the members is rounded to half a point, half upwards. Source: domain handbook 9.3.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import ScoreSheet
from unionclient.definition.words import _, marked

READINGS = {"mean": marked("各成员打分的平均，取到0.5分"), "leader": marked("按组长的打分")}
"""Setting `inspection_marks`; the first is the default."""
WIDE = Decimal(2)
"""Members' marks of one item that lie further apart than this are shown for talking over (a proposal)."""


@dataclass(frozen=True, slots=True)
class TeamMark:
    """One member's mark of one item."""

    member: str
    item: str
    mark: Decimal


@dataclass(frozen=True, slots=True)
class ItemMark:
    """What an item comes to. `value` is None while nobody whose mark counts has scored it.

    `by` are the members whose marks made it; `spread` is the widest difference between two of them.
    """

    value: Decimal | None
    by: tuple[str, ...] = ()
    spread: Decimal = Decimal(0)

    @property
    def wide(self) -> bool:
        return self.spread > WIDE


def settle(sheet: ScoreSheet, marks: Iterable[TeamMark], *, leader: str | None = None, reading: str = "mean",
           barred: Collection[str] = ()) -> dict[str, ItemMark]:
    """Item code → mark, for every item of the sheet. Marks of `barred` members (their own union) do not count.

    A mark outside 0 … points counts as the nearest end. With the reading "leader" an item the leader left open stays open.
    """
    if reading not in READINGS:
        raise UnionClientError(_("没有“{reading}”这种验家得分的算法。").format(reading=reading), "", _("可选：{names}。").format(names=_("、").join(READINGS)))
    given: dict[str, dict[str, Decimal]] = {code: {} for code in sheet.items}
    for mark in marks:
        if mark.item in given and mark.member not in barred:
            given[mark.item][mark.member] = min(max(mark.mark, Decimal(0)), sheet.items[mark.item].points)
    return {code: _settled(by, leader, reading) for code, by in given.items()}


def _settled(given: dict[str, Decimal], leader: str | None, reading: str) -> ItemMark:
    spread = max(given.values()) - min(given.values()) if given else Decimal(0)
    if reading == "leader":
        own = given.get(leader or "")
        return ItemMark(own, (leader,) if own is not None and leader else (), spread)
    if not given:
        return ItemMark(None)
    return ItemMark(round_half(Fraction(sum(given.values(), Decimal(0))) / len(given)), tuple(given), spread)


def round_half(value: Fraction) -> Decimal:
    """To the nearest half point, a quarter upwards: 2.25 → 2.5, 2.24 → 2.0."""
    return Decimal(floor(value * 2 + Fraction(1, 2))) / 2
