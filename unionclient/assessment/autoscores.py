"""What the ledgers say about the automatic items of a score sheet, with the words that justify each mark.

An item whose facts are not there stays unmarked, with the reason; it is then scored by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from unionclient.assessment.shares import percent, read_share
from unionclient.definition.ledger import Library, ScoreItem, ScoreSheet
from unionclient.definition.words import _


@dataclass(frozen=True, slots=True)
class AutoScore:
    """A computed mark, or None with `words` saying what is missing. `by_hand` is what the officer still has to judge."""

    value: Decimal | None
    words: str
    by_hand: str = ""


def auto_scores(connection: Any, library: Library, sheet: ScoreSheet, subject: str) -> dict[str, AutoScore]:
    """Marks of the sheet's automatic items for one subject (record id in the populations the items name)."""
    facts: dict[str, Mapping[str, Any] | None] = {}
    found: dict[str, AutoScore] = {}
    for item in sheet.items.values():
        if item.auto is None:
            continue
        population = item.auto["population"]
        if population not in facts:
            facts[population] = read_facts(connection, library, population, subject)
        found[item.code] = mark(item, facts[population])
    return found


def auto_vetoes(connection: Any, library: Library, sheet: ScoreSheet, subject: str,
                population: str = "union_facts") -> tuple[str, ...]:
    """Vetoes the ledgers speak for; a proposal, the officer decides. A fact is of `population`, or says its own: `place.fact`."""
    known: dict[str, Mapping[str, Any]] = {}
    found = []
    for code, named in sheet.options.get("veto_facts", {}).items():
        place, _, fact = named.rpartition(".")
        place = place or population
        if place not in known:
            known[place] = read_facts(connection, library, place, subject) or {}
        if known[place].get(fact):
            found.append(code)
    return tuple(found)


def read_facts(connection: Any, library: Library, population: str, subject: str) -> Mapping[str, Any] | None:
    """One row of a population as fact → value, or None where the subject is not in it."""
    cursor = connection.execute(f'SELECT * FROM "{library.populations[population].id}" WHERE record = ?', (subject,))
    row = cursor.fetchone()
    return None if row is None else dict(zip((column[0] for column in cursor.description), row, strict=True))


def mark(item: ScoreItem, facts: Mapping[str, Any] | None) -> AutoScore:
    """The mark an item's `auto` gives for `facts`: by bands of a share, or by deductions from the full points."""
    auto = item.auto or {}
    by_hand = auto.get("by_hand", "")
    if facts is None:
        return AutoScore(None, _("截止日时没有这个工会的台账数据"), by_hand)
    return _by_bands(auto, facts, by_hand) if "bands" in auto else _by_deductions(item, auto, facts, by_hand)


def _by_bands(auto: Mapping[str, Any], facts: Mapping[str, Any], by_hand: str) -> AutoScore:
    numerator, denominator = facts.get(auto["of"]), facts.get(auto["per"])
    if numerator is None or not denominator:
        return AutoScore(None, auto.get("unknown", _("台账数据不全")), by_hand)
    share = Fraction(numerator, denominator)
    points = next(Decimal(points) for start, points in auto["bands"] if share >= read_share(start))
    words = auto.get("words", "{rate}").format(rate=f"{percent(numerator, denominator)}%", of=numerator, per=denominator)
    return AutoScore(points, words, by_hand)


def _by_deductions(item: ScoreItem, auto: Mapping[str, Any], facts: Mapping[str, Any], by_hand: str) -> AutoScore:
    left, words = item.points, []
    for fact, each, reason in auto["deduct"]:
        times = facts.get(fact)
        if times is None:
            return AutoScore(None, auto.get("unknown", _("台账数据不全")), by_hand)
        if times:
            left -= times * Decimal(each)
            words.append(reason.format(n=times))
    return AutoScore(max(left, Decimal(0)), _("；").join(words) or _("台账中没有扣分情形"), by_hand)
