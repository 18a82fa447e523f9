"""Text into lines: widths, Chinese line breaking, shrinking. Pure measuring, nothing is drawn here.

Lengths are millimetres, sizes are points. Limits: left to right, no hyphenation, no justification.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce

from unionclient.printing import fonts

PT = 25.4 / 72
"""Millimetres in a point."""
LEADING = 1.28
"""Line distance in sizes."""
_TIGHTER = 0.92
_TINY = 3.5  # below this nobody reads; text that still does not fit is wrapped

_SMALLEST = 5.0  # at which a word is cut rather than written smaller still

_CLOSING = "，。、；：？！）》〉」』】〕〗〞”’…—～·％‰℃°,.;:?!)]}%"
_OPENING = "（《〈「『【〔〖〝“‘＄￥№([{"
_LABEL_WORDS = re.compile("（[^）]*）|统一社会|信用代码|总工会|审[批核查]意见|备案意见|工会|党组织|意见|部门|情况|理由|结果|事迹|计划|单位|陈述|.", re.DOTALL)
_LATIN = re.compile("[\\w,;:.)”’%]", re.ASCII)
_WORD = re.compile("[A-Za-z'’]{4,}")
_CHINESE = re.compile("[\u3400-\u9fff]")
_PIECE = re.compile(r"[^-/_.@]*[-/_.@]+|[^-/_.@]+")
_ATOM = re.compile(rf"[{re.escape(_OPENING)}]*(?:[!-~\u00a1-\u024f]+[年月日时号]?|.)[{re.escape(_CLOSING)}]*[ \u3000]*")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Text that fits: its lines, the font and the size found."""

    lines: tuple[str, ...]
    font: str
    size: float

    @property
    def text(self) -> str:
        """The lines put together again; where they were broken no longer shows."""
        return reduce(_joined, self.lines) if self.lines else ""

    @property
    def height(self) -> float:
        """Millimetres from the top of the first line to the bottom of the last."""
        return len(self.lines) * self.size * LEADING * PT


def _joined(text: str, line: str) -> str:
    """Between words of Latin letters the blank at which the line was broken comes back."""
    apart = text and line and _LATIN.match(text[-1]) and _LATIN.match(line[0])
    return f"{text} {line}" if apart else text + line


def width(text: str, font: str, size: float) -> float:
    """Millimetres that `text` takes in one line."""
    return _ems(text, font) * size * PT


@lru_cache(maxsize=4096)  # a text is measured when it is fitted, and again when it is placed
def _ems(text: str, font: str) -> float:
    return sum(map(fonts.widths(font).__getitem__, text))


def wrap(text: str, room: float, font: str, size: float) -> tuple[str, ...]:
    """Lines no wider than `room`.

    Breaks between Chinese characters and between words; no line begins with a closing sign or ends with an opening one;
    a number or word is broken only when it alone is wider than a line.
    """
    found: list[str] = []
    for paragraph in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        found.extend(_wrap_paragraph(paragraph, room / (size * PT), font))
    return tuple(found)


def _wrap_paragraph(text: str, room: float, font: str) -> list[str]:
    em = fonts.widths(font)
    lines, line, used = [], "", 0.0
    for atom in _ATOM.findall(text):
        wide = sum(map(em.__getitem__, atom.rstrip(" \u3000") if line else atom))
        if used + wide <= room + 1e-6:
            line, used = line + atom, used + sum(map(em.__getitem__, atom))
            continue
        if wide <= room + 1e-6:
            lines.append(line.rstrip())
            line, used = atom, sum(map(em.__getitem__, atom))
            continue
        for part in _parts(atom, em, room):
            wide = sum(map(em.__getitem__, part))
            if line and used + wide > room + 1e-6:
                lines.append(line.rstrip())
                line, used = "", 0.0
            line, used = line + part, used + wide
    return [*lines, line.rstrip()]


def _parts(atom: str, em: Mapping[str, float], room: float) -> Iterator[str]:
    """A word wider than a line: cut behind its hyphens and strokes, and between characters where even that is too wide."""
    for piece in _PIECE.findall(atom):
        if sum(map(em.__getitem__, piece)) <= room:
            yield piece
        else:
            yield from piece


def label(text: str, most: int = 5) -> str:
    """A label in lines of at most `most` characters that do not cut its words; of Latin letters twice as many go in."""
    if len(text) <= most or "\n" in text:
        return text
    if not _CHINESE.search(text):
        return "\n".join(textwrap.wrap(text, 2 * most + 2, break_long_words=False, break_on_hyphens=False))
    lines, line = [], ""
    for word in _LABEL_WORDS.findall(text):
        if line and len(line) + len(word) > most:
            lines.append(line)
            line = ""
        line += word
    return "\n".join([*lines, line])


@lru_cache(maxsize=4096)  # columns of a roster say the same again and again
def fit(text: str, room: float, *, font: str, size: float, least: float) -> Fitted:
    """One line at `size` if it fits, else one line shrunk to no less than `least`, else lines wrapped at `least`.

    A last line of one or two characters is taken in by a slightly smaller size; so is a word of Latin letters that would be cut.
    """
    if "\n" not in text and "\r" not in text:
        wide = width(text, font, size)
        if wide <= room:
            return Fitted((text,), font, size)
        if wide * least / size <= room:
            return Fitted((text,), font, size * room / wide)
    least = _uncut(text, room, font, least)
    lines = wrap(text, room, font, least)
    if len(lines) > 1 and len(lines[-1]) <= 2:
        tighter = wrap(text, room, font, least * _TIGHTER)
        if len(tighter) < len(lines):
            return Fitted(tighter, font, least * _TIGHTER)
    return Fitted(lines, font, least)


def _uncut(text: str, room: float, font: str, least: float) -> float:
    longest = max((width(word, font, least) for word in _WORD.findall(text)), default=0.0)
    return least if longest <= room else max(least * room / longest, min(least, _SMALLEST))


def evened(found: Fitted, room: float) -> Fitted:
    """The same number of lines, but of about the same length: for headings that are broken."""
    count, text = len(found.lines), found.text
    if count < 2:
        return found
    step = found.size * PT / 2
    words = [width(word, found.font, found.size) for word in _WORD.findall(text)]
    wide = max(width(text, found.font, found.size) / count, *words, 0.0)
    while wide < room:
        lines = wrap(text, wide, found.font, found.size)
        if len(lines) <= count:
            return Fitted(lines, found.font, found.size)
        wide += step
    return found


def fit_line(text: str, room: float, *, font: str, size: float) -> Fitted:
    """One line, shrunk as far as needed; wrapped only below the size anyone can read."""
    return fit(text.replace("\n", " "), room, font=font, size=size, least=_TINY)


def fit_box(text: str, room: float, height: float, *, font: str, size: float, least: float = _TINY) -> Fitted:
    """Wrapped lines at the largest size, in half points, at which they stay within `height`."""
    while True:
        found = Fitted(wrap(text, room, font, size), font, size)
        if found.height <= height and _uncut(text, room, font, size) == size or size <= least:
            return found
        size = max(least, size - 0.5)
