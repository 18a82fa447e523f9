"""`Reading`: what came of reading one typed text or cell; the common answer of `values` and `dates`."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """Why no value could be read. kind: "unreadable" | "damaged" (digits lost) | "ambiguous" (asks)."""

    kind: str
    message: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A value was read, but the officer should know how.

    kind: "approximate", "chinese_number", "converted", "second_phone", "bracket", "retired", "no_time",
    "cleaned", "private_use".
    """

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """`value` is None when nothing was filled in or when there is a `problem`."""

    value: Any
    problem: Problem | None = None
    notes: tuple[Note, ...] = ()


EMPTY = Reading(None)
_SHOWN = 24  # characters of a faulty text repeated in a message


def quoted(raw: Any) -> str:
    """The faulty text as a message repeats it, cut to a readable length."""
    text = " ".join(str(raw).split())
    return f"“{text[:_SHOWN]}…”" if len(text) > _SHOWN else f"“{text}”"


def unreadable(message: str, mend: str = "") -> Reading:
    return Reading(None, Problem("unreadable", message, mend))


def ambiguous(message: str, mend: str = "") -> Reading:
    return Reading(None, Problem("ambiguous", message, mend))


def damaged(message: str, mend: str = "") -> Reading:
    return Reading(None, Problem("damaged", message, mend))
