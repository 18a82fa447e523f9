"""Member ballots (会员评家): turnout, satisfaction in three readings, and whether the count can be true.

Counts only; who voted what is never known here. Source: domain handbook 9.2.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from unionclient.assessment.problem import Problem
from unionclient.assessment.shares import percent, read_share
from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.definition.words import _, marked

READINGS = {"both": marked("满意率（满意＋基本满意）"), "strict": marked("满意率（仅满意）"), "half": marked("满意率（基本满意折半）")}
"""Setting `ballot_satisfaction`; the first is the default. The printed figure carries the words."""
TURNOUT = Fraction(2, 3)
PASS, NO_TITLE = Fraction(80, 100), Fraction(60, 100)
_COUNTS = {"eligible": marked("应评会员"), "issued": marked("发出票"), "returned": marked("收回票"), "valid": marked("有效票"), "satisfied": marked("满意"),
           "basic": marked("基本满意"), "unsatisfied": marked("不满意"), "abstain": marked("弃权")}
_SETTING = re.compile(r"\d+/[1-9]\d*|\d{1,3}%")


@dataclass(frozen=True, slots=True)
class BallotCount:
    """The counted papers of one ballot or of one object of it; None is not filled in."""

    eligible: int | None
    issued: int | None
    returned: int | None
    valid: int | None
    satisfied: int | None
    basic: int | None
    unsatisfied: int | None
    abstain: int | None


@dataclass(frozen=True, slots=True)
class BallotResult:
    """Rates in per cent, two decimals, None where there is nothing to divide by; decisions are exact.

    `satisfaction` holds all three readings; `reading` names the chosen one and `reading_title` words it for print.
    `valid_ballot`: turnout reaches the threshold. `passed` is None while the ballot is not valid or not countable.
    `verdict` is the consequence in Chinese.
    """

    return_rate: Decimal | None
    turnout: Decimal | None
    satisfaction: dict[str, Decimal | None]
    reading: str
    reading_title: str
    turnout_needed: Fraction
    valid_ballot: bool
    passed: bool | None
    verdict: str
    problems: tuple[Problem, ...]

    @property
    def rate(self) -> Decimal | None:
        """Satisfaction in the chosen reading."""
        return self.satisfaction[self.reading]


def read_turnout(text: str | None) -> Fraction:
    """The setting `ballot_turnout`, "2/3" or "30%"; empty is two thirds. Raises `UnionClientError` on anything else."""
    if not text:
        return TURNOUT
    if not _SETTING.fullmatch(text) or not 0 < read_share(text) <= 1:
        raise UnionClientError(_("有效票比例“{text}”不对").format(text=text), _("原设置没有改动。"), _("请写成 2/3 或 30%，且不超过 1。"))
    return read_share(text)


def tally(count: BallotCount, *, turnout: Fraction = TURNOUT, reading: str = "both") -> BallotResult:
    """Rates, validity, verdict and broken invariants of a ballot.

    Turnout is valid / eligible. Satisfaction of the valid papers: "both" (satisfied + basic) / valid, "strict"
    satisfied / valid, "half" (satisfied + basic/2) / valid. Passing is 80 %, under 60 % bars from titles (proposals).
    """
    if reading not in READINGS:
        raise UnionClientError(_("没有“{reading}”这种满意率口径").format(reading=reading), "", _("可选：{names}。").format(names=_("、").join(READINGS)))
    eligible, issued, returned, valid = (n or 0 for n in (count.eligible, count.issued, count.returned, count.valid))
    satisfied, basic = count.satisfied or 0, count.basic or 0
    halves = {"both": 2 * (satisfied + basic), "strict": 2 * satisfied, "half": 2 * satisfied + basic}
    problems = ballot_problems(count, turnout=turnout)
    broken = any(problem.level is Level.BLOCK for problem in problems)
    reached = eligible > 0 and turnout.denominator * valid >= turnout.numerator * eligible
    passed, verdict = None, _("数字不全或不相符，请先改正")
    if not broken:
        passed, verdict = _verdict(reached, Fraction(halves[reading], 2 * valid) if valid else None)
    return BallotResult(
        percent(returned, issued), percent(valid, eligible), {name: percent(n, 2 * valid) for name, n in halves.items()},
        reading, _(READINGS[reading]), turnout, reached and not broken, passed, verdict, problems)


def _verdict(reached: bool, share: Fraction | None) -> tuple[bool | None, str]:
    if not reached or share is None:
        return None, _("参评率不足，本次测评无效，请重新组织")
    if share >= PASS:
        return True, _("通过")
    if share >= NO_TITLE:
        return False, _("未通过：60日内整改并重新测评")
    return False, _("未通过：60日内整改并重新测评，两年内不得评选先进")


def ballot_problems(count: BallotCount, *, turnout: Fraction = TURNOUT) -> tuple[Problem, ...]:
    """Invariants: valid ≤ returned ≤ issued ≤ eligible, the four answers sum to valid (X28); turnout reached (X29)."""
    missing = [name for name in _COUNTS if getattr(count, name) is None]
    if missing:
        return tuple(Problem("X28", Level.BLOCK, _("没有填写{title}数").format(title=_(_COUNTS[name])), column=name, mend=_("没有的填 0")) for name in missing)
    found = [Problem("X28", Level.BLOCK, _("{title}数不能小于 0").format(title=_(_COUNTS[name])), column=name) for name in _COUNTS if getattr(count, name) < 0]
    for less, more in (("valid", "returned"), ("returned", "issued"), ("issued", "eligible")):
        if getattr(count, less) > getattr(count, more):
            found.append(Problem("X28", Level.BLOCK, _("{title}数 {number} 大于{other}数 {most}").format(
                title=_(_COUNTS[less]), number=getattr(count, less), other=_(_COUNTS[more]), most=getattr(count, more)), column=less, mend=_("请按计票统计表核对")))
    answers = count.satisfied + count.basic + count.unsatisfied + count.abstain
    if answers != count.valid:
        found.append(Problem("X28", Level.BLOCK, _("满意、基本满意、不满意、弃权之和是 {answers}，有效票是 {valid}，应当相等").format(
            answers=answers, valid=count.valid),
                             column="valid", mend=_("请按计票统计表核对")))
    if not found and turnout.denominator * count.valid < turnout.numerator * count.eligible:
        found.append(Problem("X29", Level.EXPLAIN, _("有效票 {valid} 占应评会员 {eligible} 不足 {turnout}").format(
            valid=count.valid, eligible=count.eligible, turnout=turnout),
                             column="valid", mend=_("请重新组织测评，或说明原因")))
    return tuple(found)
