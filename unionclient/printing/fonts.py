"""The program's own fonts on paper: registered with reportlab once per process, with a fallback for every character.

Limits: the three files of `resources/fonts`, and for prose the PC's own 仿宋; no shaping, no vertical writing. A character that none of them has is never
left blank: `runs` returns it with font None and the painter draws a box with its code.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from unionclient.definition.faults import PrintError
from unionclient.definition.places import root
from unionclient.definition.words import _

SONG, HEI, HEI_BOLD, FANG = "UCSong", "UCHei", "UCHeiB", "PCFang"
_FILES = {SONG: "UCSong-Regular.ttf", HEI: "UCHei-Regular.ttf", HEI_BOLD: "UCHei-Bold.ttf"}
_CHAIN = {SONG: (SONG, HEI), HEI: (HEI, SONG), HEI_BOLD: (HEI_BOLD, HEI, SONG), FANG: (FANG, SONG, HEI)}
_FANG_FILES = ("simfang.ttf", "SIMFANG.TTF", "STFANGSO.TTF")


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters printed in one font; `font` is None where no font has them."""

    font: str | None
    text: str


def names() -> tuple[str, ...]:
    """The names under which reportlab knows the fonts: Song for text, Hei for labels, bold Hei for titles."""
    return tuple(_FILES)


@cache
def faces() -> Mapping[str, Any]:
    """reportlab's TTFont by name; registers them on first use.

    Raises PrintError when a font file is missing or damaged.
    """
    from reportlab import rl_config
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError

    rl_config.useA85 = 0  # plain binary streams: smaller, and faster to write
    folder = root() / "resources" / "fonts"
    found = {}
    for name, file_name in _FILES.items():
        try:
            found[name] = _searchable_font()(name, str(folder / file_name))
        except (TTFError, OSError) as fault:
            raise PrintError(_("打印字体“{name}”读不出来").format(name=file_name), _("台账数据没有改动。"), _("请重新安装本程序，再打印一次。")) from fault
        registerFont(found[name])
    return found


@cache
def prose() -> str:
    """The font of letters: the PC's 仿宋, which is not ours to ship, or the program's Song where there is none."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError

    faces()
    folders = [Path(os.environ[name], *below) for name, below in (("WINDIR", ("Fonts",)), ("LOCALAPPDATA", ("Microsoft", "Windows", "Fonts")))
               if os.environ.get(name)]
    for path in (folder / name for folder in folders for name in _FANG_FILES):
        try:
            found = _searchable_font()(FANG, str(path))
        except (TTFError, OSError):
            continue
        registerFont(found)
        _found_on_pc[FANG] = found
        return FANG
    return SONG


def face(font: str) -> Any:
    """reportlab's TTFont of one of our names."""
    return _found_on_pc.get(font) or faces()[font]


_found_on_pc: dict[str, Any] = {}

_OUTSIDE_BMP = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{5,6})>")


@cache
def _searchable_font() -> type:
    """TTFont whose copied and searched text is right beyond U+FFFF too.

    reportlab writes such a code with five hex digits into the ToUnicode map, where UTF-16 is asked for:
    U+2CC56 came back as U+2CC5.
    """
    from reportlab.pdfbase.ttfonts import TTFont

    class SearchableFont(TTFont):
        def addObjects(self, doc):  # reportlab's name
            super().addObjects(doc)
            for name, stream in doc.idToObject.items():
                if name.startswith("toUnicodeCMap:"):
                    stream.content = _OUTSIDE_BMP.sub(_as_utf16, stream.content)

    return SearchableFont


def _as_utf16(match: re.Match) -> str:
    return f"<{match[1]}> <{chr(int(match[2], 16)).encode('utf-16-be').hex().upper()}>"


class _Widths(dict):
    """Advance of a character in em, in the font that will print it; 1 for the box with the code."""

    def __init__(self, font: str) -> None:
        known = face(font).face
        super().__init__((chr(code), known.charWidths[code] / 1000) for code in known.charToGlyph if code in known.charWidths)
        self.font = font
        self.own = frozenset(self)

    def __missing__(self, char: str) -> float:
        shown = printable(char)
        if not shown:
            width = 0.0
        else:
            font = _font_of(shown, self.font)
            width = widths(font)[shown] if font else 1.0
        self[char] = width
        return width


@cache
def widths(font: str) -> _Widths:
    return _Widths(font)


def _font_of(char: str, font: str) -> str | None:
    return next((name for name in _CHAIN[font] if char in widths(name).own), None)


def printable(text: str) -> str:
    """Drop what has no shape by nature (zero-width and control characters, variation selectors); any blank is a blank."""
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    kind = unicodedata.category(char)
    if kind == "Zs":
        return char if char == "\u3000" else " "
    if kind in ("Cc", "Zl", "Zp"):
        return " " if char in "\t\n\r\u2028\u2029" else ""
    return "" if kind == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F else char


def runs(text: str, font: str) -> tuple[Run, ...]:
    """Cut text into stretches of one font, in the order of the fallback."""
    own = widths(font).own
    if own.issuperset(text):
        return (Run(font, text),)
    found: list[Run] = []
    for char in printable(text):
        name = _font_of(char, font)
        if found and found[-1].font == name:
            found[-1] = Run(name, found[-1].text + char)
        else:
            found.append(Run(name, char))
    return tuple(found)


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that no font has, each once, in order; they print as boxes with their code."""
    return tuple(dict.fromkeys(char for char in printable(text) if _font_of(char, SONG) is None))
