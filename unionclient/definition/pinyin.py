"""Chinese found by its pinyin: in full, by initials, or mixed, in every reading a character has (朝阳门 → cym, zym, chaoyangmen).

Readings come from pypinyin's table of characters, loaded when first asked for. Limit: readings of single characters; words
that are read unlike their characters, as locals do, stand in `LOCAL`.
"""

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

LOCAL = {"大栅栏": ("da", "shi", "lan")}
"""Words with a reading of their own, one syllable a character; the characters' own readings hold beside it."""
_TYPED = re.compile(r"[a-zü' ]+\Z", re.I)

Syllables = tuple[tuple[str, ...], ...]
"""For each character of a text its readings without tones, ü as v; what is no Chinese is its own reading."""


def is_pinyin(text: str) -> bool:
    """True for what may be pinyin: Latin letters, and the apostrophes and blanks an input method puts between syllables."""
    return bool(_TYPED.match(text)) and any(c.isalpha() for c in text)


def plain(text: str) -> str:
    """Typed pinyin as it is compared."""
    return re.sub(r"[^a-z]", "", text.casefold().replace("ü", "v"))


def place(text: str, typed: str) -> int | None:
    """Where `typed` (see `plain`) is found in `text`: the number of the character it begins at, or None."""
    starts = _starts(text).get(typed[:1], ())
    if starts:
        syllables = read(text)
        for start in starts:
            if _follows(syllables, start, typed):
                return start
    return None


def ranked(entries: Iterable[Any], typed: str, text_of: Callable[[Any], Iterable[str]]) -> list[Any]:
    """The entries of which a text holds `typed`, those that begin with it first, else in their order."""
    wanted, found = plain(typed), []
    if not wanted:
        return []
    for entry in entries:
        at = min((p for text in text_of(entry) if (p := place(text, wanted)) is not None), default=None)
        if at is not None:
            found.append((min(at, 1), entry))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _follows(syllables: Syllables, at: int, typed: str) -> bool:
    """True if `typed` is spelt from the character `at` on: each character in full or by its initial, the last perhaps cut short."""
    if not typed:
        return True
    if at >= len(syllables):
        return False
    for reading in syllables[at]:
        if reading.startswith(typed):
            return True
        if typed.startswith(reading) and _follows(syllables, at + 1, typed[len(reading):]):
            return True
    return any(reading[0] == typed[0] for reading in syllables[at] if reading) and _follows(syllables, at + 1, typed[1:])


@lru_cache(maxsize=100_000)
def read(text: str) -> Syllables:
    """The readings of a text, character by character."""
    syllables = [_readings(c) for c in text]
    for word, local in LOCAL.items():
        at = text.find(word)
        if at >= 0:
            for n, syllable in enumerate(local):
                syllables[at + n] = tuple(dict.fromkeys((*syllables[at + n], syllable)))
    return tuple(syllables)


@lru_cache(maxsize=100_000)
def _starts(text: str) -> dict[str, tuple[int, ...]]:
    """Initial → the characters of a text that may begin with it: most texts are done with by one look."""
    found: dict[str, list[int]] = {}
    for n, readings in enumerate(read(text)):
        for initial in {reading[0] for reading in readings if reading}:
            found.setdefault(initial, []).append(n)
    return {initial: tuple(places) for initial, places in found.items()}


@lru_cache(maxsize=10_000)
def _readings(character: str) -> tuple[str, ...]:
    told = _table().get(ord(character))
    if told is None:
        return (character.casefold(),)
    return tuple(dict.fromkeys(_toneless(reading) for reading in told.split(",")))


def _toneless(reading: str) -> str:
    parts = unicodedata.normalize("NFD", reading.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v").replace("ǚ", "v").replace("ǜ", "v"))
    return "".join(c for c in parts if not unicodedata.combining(c))


@cache
def get_ready() -> None:
    """Load the table beside what goes on, so that the first letter typed need not wait for it."""
    threading.Thread(target=_table).start()


@cache
def _table() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict  # 0.3 s: only when somebody types pinyin

    return pinyin_dict
