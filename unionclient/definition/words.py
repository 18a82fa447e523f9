"""The one translation function for what an officer reads; Chinese is the source language, also of the definitions.

A catalogue for another language is a folder `resources/locale/<language>/` of `.po` files; what it lacks stays Chinese.
The language is chosen once, before the windows are made; a thread may speak another one for a while (`speaking`).
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from unionclient.definition.places import root

CHINESE = "zh"
LANGUAGES = {CHINESE: "中文", "en": "English"}

VARIABLE = "UNIONCLIENT_LANGUAGE"
"""Names the language for this process and for those it starts."""

_NARROW = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
"""Quotes that the program's letters draw as wide as a Chinese character."""

_chosen = named if (named := os.environ.get(VARIABLE, "")) in LANGUAGES else CHINESE
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def _(text: str) -> str:
    """`text` in the language spoken now."""
    spoken = language()
    return text if spoken == CHINESE else catalogue(spoken).get(text, text)


def marked(text: str) -> str:
    """`text` itself: a text of a table made at import, marked for the catalogue; `_` translates it where it is used."""
    return text


def language() -> str:
    """The language spoken now, a key of `LANGUAGES`."""
    return _spoken.get() or _chosen


def choose(name: str) -> None:
    """Speak `name` from now on, in every thread. Anything but a key of `LANGUAGES` is Chinese."""
    global _chosen
    _chosen = name if name in LANGUAGES else CHINESE


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak `name` inside the block, in this thread alone: what is sent to the district is Chinese whatever the window speaks."""
    before = _spoken.set(name)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def catalogue(name: str) -> Mapping[str, str]:
    """Chinese text → text of language `name`; empty for Chinese itself."""
    if name == CHINESE:
        return {}
    folder = root() / "resources" / "locale" / name
    return {text: told for path in sorted(folder.glob("*.po")) for text, told in read_catalogue(path).items()}


def read_catalogue(path: Path) -> dict[str, str]:
    """The texts of one `.po` file that have a translation."""
    import polib  # only who does not read Chinese pays for it

    return {entry.msgid: entry.msgstr.translate(_NARROW) for entry in polib.pofile(str(path), encoding="utf-8")
            if entry.msgstr and not entry.obsolete}
