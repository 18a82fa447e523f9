"""How far a long verb is, on one line of the terminal that goes away by itself.

Only where error output is a terminal: in a pipe, a file or a scheduled task nothing of it is written. What lasts less than
`PATIENCE` shows nothing either.
"""

import os
import sys
import time
import unicodedata
from collections.abc import Callable
from typing import Any, TextIO

PATIENCE = 0.3         # seconds before the line appears
_EVERY = 0.1           # seconds between two drawings
_CELLS = 24            # of the bar
_LEAST = 40            # columns below which the line is not worth drawing


class ProgressLine:
    """Handed to a verb as its `progress`: call it with (what is being done, done, total). Wiped when the `with` ends."""

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock
        self._next = clock() + PATIENCE
        self._columns = _columns(self._stream)
        self._drawn = False

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(self, *_: object) -> None:
        self.wipe()

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        now = self._clock()
        if self._columns < _LEAST or now < self._next:
            return
        self._next = now + _EVERY
        self._write("\r" + _line(text, done, total, self._columns - 1) + "\x1b[K")
        self._drawn = self._columns > 0

    def wipe(self) -> None:
        """Take the line away before something else is said."""
        if self._drawn:
            self._write("\r\x1b[K")
            self._drawn = False

    def asking(self, ask: Callable[..., Any]) -> Callable[..., Any]:
        """`ask` with the line taken away first."""
        def asked(*words: Any) -> Any:
            self.wipe()
            return ask(*words)
        return asked

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, UnicodeEncodeError):
            self._columns = 0  # a terminal that is gone, or has no Chinese: the work goes on without the line


def _columns(stream: TextIO) -> int:
    """Width of the terminal behind `stream`; 0 where there is none."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        return 0
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


def _line(text: str, done: int, total: int, room: int) -> str:
    share = min(max(done / total, 0), 1) if total else 0
    filled = round(share * _CELLS)
    bar = f"[{'#' * filled}{'-' * (_CELLS - filled)}] {int(share * 100):3d}%  " if total else ""
    return bar + _cut(text, room - len(bar))


def _cut(text: str, room: int) -> str:
    """As much of `text` as fits; a Chinese character takes two columns."""
    kept = []
    for letter in text:
        room -= 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room < 0:
            break
        kept.append(letter)
    return "".join(kept)
