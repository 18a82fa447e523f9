"""The order of a street's packages: numbers rise one by one, and each names the digest of one that came before.

Pure: what was received is given, findings come back. Limits: one street at a time; what follows from a finding (a second
receipt, waiting, a telephone call) is the district's to decide. Source: §5 of the handbook on signed packages.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from unionclient.definition.words import _

DUPLICATE, REPLAY, GAP, FORK = "duplicate", "replay", "gap", "fork"
KINDS = (DUPLICATE, REPLAY, GAP, FORK)


@dataclass(frozen=True, slots=True)
class Received:
    """A package of the street that was received before; `accepted` is False while it waits and after a return."""

    seq: int
    sha256: str
    package_id: str
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class OrderFinding:
    """What is wrong with the order: `kind` of KINDS, why, and the earlier package meant."""

    kind: str
    detail: str
    earlier: Received | None = None


def judge(seq: int, prev_sha256: str | None, known: Iterable[Received], *, sha256: str, package_id: str = "") -> list[OrderFinding]:
    """Hold a package against what the street has handed in before. Empty: it is the next one.

    `sha256` is the digest of the package file itself. The predecessor must be the last accepted package or one that came
    after it (returned, or not answered yet): a street that has no answer yet cannot know which it will be.
    """
    before = sorted(known, key=lambda each: each.seq)
    for each in before:
        if each.sha256 == sha256:
            return [OrderFinding(DUPLICATE, _("这个报送包（第 {seq} 号）已经收到过").format(seq=each.seq), each)]
    for each in before:
        if each.seq == seq or (package_id and each.package_id == package_id):
            return [OrderFinding(FORK, _("第 {seq} 号或同一编号的报送包已收到过，内容与这一份不同").format(seq=seq), each)]
    last = before[-1] if before else None
    if last and seq < last.seq:
        return [OrderFinding(REPLAY, _("第 {seq} 号比已收到的第 {last} 号旧").format(seq=seq, last=last.seq), last)]
    expected = last.seq + 1 if last else 1
    if seq > expected:
        words = _("前面的报送包没有收到：第 {first} 号") if seq == expected + 1 else _("前面的报送包没有收到：第 {first} 至 {last} 号")
        return [OrderFinding(GAP, words.format(first=expected, last=seq - 1), last)]
    return [] if prev_sha256 in _predecessors(before) else [_broken(seq, prev_sha256, before)]


def _predecessors(before: list[Received]) -> set[str | None]:
    """Digests that the next package may name as the one before."""
    accepted = [place for place, each in enumerate(before) if each.accepted]
    if accepted:
        return {each.sha256 for each in before[accepted[-1]:]}
    return {None, *(each.sha256 for each in before)}


def _broken(seq: int, prev_sha256: str | None, before: list[Received]) -> OrderFinding:
    earlier = next((each for each in before if each.sha256 == prev_sha256), None)
    if earlier:
        return OrderFinding(FORK, _("第 {seq} 号接在第 {earlier} 号后面，但那以后已经接收了别的报送包").format(seq=seq, earlier=earlier.seq), earlier)
    return OrderFinding(FORK, _("第 {seq} 号写明的上一个报送包不是已收到的那一个").format(seq=seq), before[-1] if before else None)
