"""The Ankang contest's score: sums by section, the sections' least share, the conditions for the title, bonus and vetoes.

The sheet is data (`forms/752_sheet_ankang.toml`). Source: domain handbook 9.6; the items inside the sections are a proposal.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from unionclient.assessment.shares import percent, read_share
from unionclient.definition.ledger import ScoreSheet
from unionclient.definition.words import _


@dataclass(frozen=True, slots=True)
class SectionScore:
    """One section: marks, points that can be had, per cent with two decimals (None when nothing applies)."""

    title: str
    marks: Decimal
    points: Decimal
    rate: Decimal | None
    enough: bool


@dataclass(frozen=True, slots=True)
class AnkangResult:
    """`total` with bonus, at most the sheet's total and bonus together; `fit` when nothing stands against the title."""

    sections: tuple[SectionScore, ...]
    base: Decimal
    bonus: Decimal
    total: Decimal
    against: tuple[str, ...]

    @property
    def fit(self) -> bool:
        return not self.against


def judge(sheet: ScoreSheet, marks: Mapping[str, Decimal | None], *, na: Collection[str] = (), bonus: Decimal = Decimal(0),
          vetoes: Collection[str] = (), injuries: int = 0) -> AnkangResult:
    """Adds the marks up. Items in `na` leave their section and the sheet; an open item counts 0; marks stay within 0 … points.

    What stands against the title: a section under the sheet's `section_least`, a total under `self_least`, a veto, or an
    accident with injuries (`injuries` > 0).
    """
    least = read_share(sheet.options.get("section_least", "80%"))
    needed = Decimal(str(sheet.options.get("self_least", "80")))
    sections = tuple(_section(sheet, title, marks, na, least) for title in dict.fromkeys(i.section for i in sheet.items.values()))
    base = sum((s.marks for s in sections), Decimal(0))
    extra = min(max(bonus, Decimal(0)), sheet.bonus_max)
    against = [_("“{title}”得 {marks} 分，不足 {points} 分的 {share}").format(
        title=s.title, marks=s.marks, points=s.points, share=sheet.options.get("section_least", "80%")) for s in sections if not s.enough]
    possible = sum((s.points for s in sections), Decimal(0))
    if Fraction(base) * Fraction(sheet.total) < Fraction(needed) * Fraction(possible):
        against.append(_("合计 {base} 分（满分 {possible} 分），没有达到 {needed} 分").format(base=base, possible=possible, needed=needed))
    against += [_("否决：{words}").format(words=sheet.vetoes.get(code, code)) for code in vetoes]
    if injuries > 0:
        against.append(_("本年有伤亡事故 {injuries} 起").format(injuries=injuries))
    return AnkangResult(sections, base, extra, base + extra, tuple(against))


def _section(sheet: ScoreSheet, title: str, marks: Mapping[str, Decimal | None], na: Collection[str], least: Fraction) -> SectionScore:
    items = [item for item in sheet.items.values() if item.section == title and item.code not in na]
    points = sum((item.points for item in items), Decimal(0))
    got = sum((min(max(marks.get(item.code) or Decimal(0), Decimal(0)), item.points) for item in items), Decimal(0))
    tenths, most = int(got * 10), int(points * 10)
    return SectionScore(title, got, points, percent(tenths, most), not points or Fraction(tenths, most) >= least)
