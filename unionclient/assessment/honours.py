"""Recommendations for the three honours (两模一优): who fulfils the conditions, in which order, and whom the quota takes.

The facts come from the population `honours`; nothing is decided on a rounded share. Source: domain handbook 9.4.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from unionclient.definition.words import _, marked

CONDITIONS = {
    "score_ok": marked("本年考核得分没有达到要求"), "veto_ok": marked("本年考核不合格或有一票否决"),
    "ballot_ok": marked("本年会员评家无效，或满意率没有达到要求"),
    "lower_ok": marked("获下级荣誉不满规定时间"), "years_ok": marked("从事工会工作不满规定年限"), "vote_ok": marked("票决没有过半数"),
    "titles_ok": marked("两年内会员满意率低于60%，不得评选"), "rate_ok": marked("入会率没有达到90%"),
}
"""Columns of the population that must all be 1, and what is said where one is not."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One recommendation. `score` in tenths of a point, `satisfied` of `voted` in votes; None where there is no evaluation or ballot."""

    record: str
    kind_of_unit: str
    score: int | None
    satisfied: int | None
    voted: int | None
    members: int
    lacks: tuple[str, ...] = ()

    @property
    def share(self) -> Fraction:
        return Fraction(self.satisfied or 0, self.voted) if self.voted else Fraction(0)

    @property
    def standing(self) -> tuple[int, Fraction, int]:
        """What the order goes by: score, then satisfaction, then members."""
        return self.score or 0, self.share, self.members


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands. `rank` is None without the conditions; equal standings share a rank. `told` says why, in Chinese."""

    candidate: Candidate
    rank: int | None
    chosen: bool
    told: str


def read_candidates(rows: Iterable[Mapping[str, Any]]) -> list[Candidate]:
    """Rows of the population `honours` of one kind and level → candidates with what they lack."""
    return [Candidate(row["record"], row["kind_of_unit"], row["final"], row["satisfied"], row["voted"], row["members"],
                      tuple(_(words) for name, words in CONDITIONS.items() if not row[name])) for row in rows]


def rank(candidates: Sequence[Candidate], quota: Mapping[str | None, int]) -> tuple[Place, ...]:
    """All candidates, the fittest first, those without the conditions last.

    `quota`: kind of unit → places; the key None is the total. A kind without a number of its own is bounded by the total only;
    without a total, kinds without a number get nothing. Candidates that stand equal where the places end are left to a vote.
    """
    fit = sorted((c for c in candidates if not c.lacks), key=lambda c: (c.standing, c.record), reverse=True)
    left = _Room(quota)
    places: list[Place] = []
    for number, group in _groups(fit):
        told = left.take(group) if quota else dict.fromkeys((c.record for c in group), (False, _("没有登记名额")))
        places += [Place(c, number, *told[c.record]) for c in sorted(group, key=lambda c: c.record)]
    return (*places, *(Place(c, None, False, _("；").join(c.lacks)) for c in sorted(candidates, key=lambda c: (-(c.score or 0), c.record)) if c.lacks))


def _groups(fit: Sequence[Candidate]) -> Iterable[tuple[int, list[Candidate]]]:
    """(rank, candidates of equal standing); after two equal seconds comes the fourth."""
    at = 0
    while at < len(fit):
        group = [c for c in fit[at:] if c.standing == fit[at].standing]
        yield at + 1, group
        at += len(group)


class _Room:
    """The places that are left, in all and by kind of unit."""

    def __init__(self, quota: Mapping[str | None, int]) -> None:
        self._kinds = {kind: number for kind, number in quota.items() if kind is not None}
        self._total = quota.get(None, sum(self._kinds.values()))
        self._open = None in quota      # kinds without a number may draw on the total

    def take(self, group: Sequence[Candidate]) -> dict[str, tuple[bool, str]]:
        """(chosen, words) for candidates of equal standing; where not all of them fit in, none is taken and the rest waits."""
        told: dict[str, tuple[bool, str]] = {}
        taken: list[Candidate] = []
        for kind in dict.fromkeys(c.kind_of_unit for c in group):
            same = [c for c in group if c.kind_of_unit == kind]
            room = self._kinds.get(kind, self._total if self._open else 0)
            if room >= len(same):
                taken += same
            else:
                told |= dict.fromkeys((c.record for c in same), self._short(len(same), room))
                self._kinds[kind] = 0
                self._total -= min(room, self._total)
        if len(taken) > self._total:
            told |= dict.fromkeys((c.record for c in taken), self._short(len(taken), self._total))
            self._total = 0
            return told
        for candidate in taken:
            if candidate.kind_of_unit in self._kinds:
                self._kinds[candidate.kind_of_unit] -= 1
        self._total -= len(taken)
        return told | dict.fromkeys((c.record for c in taken), (True, _("入围")))

    @staticmethod
    def _short(number: int, room: int) -> tuple[bool, str]:
        return (False, _("{number} 个并列，名额只剩 {room} 个，请票决").format(number=number, room=room)) if room > 0 and number > 1 else (False, _("名额已满"))
