"""A sheet of paper to draw on: millimetres from the top left corner, text that never goes missing, forms drawn once.

Limits: black and grey only; everything is measured beforehand by `typeset`, nothing here decides about layout.
"""

import io
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from unionclient.definition.words import _
from unionclient.printing import fonts, typeset
from unionclient.printing.fonts import HEI, SONG
from unionclient.printing.typeset import PT, Fitted

A4 = (210.0, 297.0)
MARGIN = 10.0
SEAL = 42.0
"""Diameter reserved for a union's seal."""
PAD = 1.0
HEAD_GREY = 0.9
_REMEMBERED = 20_000
"""Texts kept as operators: columns of a roster say the same again and again."""
_SHORTEST_LINE = 8.0
_CAPITAL = 0.38  # middle of a Chinese character above the base line, in sizes


class Painter:
    """Draws on the pages of one PDF; `finish` returns its bytes."""

    def __init__(self, *, landscape: bool, title: str, author: str = "", created: str = "", data_sha256: str = "") -> None:
        from reportlab.pdfgen.canvas import Canvas

        fonts.faces()
        self.width, self.height = A4[::-1] if landscape else A4
        self._file = io.BytesIO()
        self._canvas = Canvas(self._file, pagesize=(self.width / PT, self.height / PT), initialFontName=SONG,
                              invariant=1, pageCompression=1, lang="zh-CN")
        self._canvas._doc.info = _info(title, author, created, data_sha256)
        self._forms: dict[Hashable, str] = {}
        self._marks = 0
        self._glyphs: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        self._inks: dict[tuple[str, str, float, str], tuple[float, str]] = {}

    @property
    def grid(self) -> float:
        """Width between the margins: 190 mm upright, 277 mm across."""
        return self.width - 2 * MARGIN

    def bookmark(self, words: str) -> None:
        """An entry of the file's table of contents that leads to this page."""
        self._marks += 1
        self._canvas.bookmarkPage(f"m{self._marks}")
        self._canvas.addOutlineEntry(words, f"m{self._marks}", 0)

    def end_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        self._canvas.save()
        return self._file.getvalue()

    def once(self, key: Hashable, draw: Callable[["Painter"], None]) -> None:
        """Draw what equal sheets share: the first call stores it as a form XObject, every call shows it."""
        name = self._forms.get(key)
        if name is None:
            name = self._forms[key] = f"sheet{len(self._forms) + 1}"
            self._canvas.beginForm(name)
            draw(self)
            self._canvas.endForm()
        self._canvas.doForm(name)

    def write(self, x: float, base: float, text: str, *, font: str = SONG, size: float = 10.5, align: str = "left",
              grey: float = 0.0) -> None:
        """One line of text with its base line at `base`; `x` is its left edge, middle or right edge."""
        if not text:
            return
        ink = self._inks.get((text, font, size, align)) or self._ink(text, font, size, align)
        code = self._canvas._code
        if grey:
            code.append(f"{grey} g")
        if ink[1]:
            code.append(f"BT 1 0 0 1 {(x - ink[0]) / PT:.2f} {(self.height - base) / PT:.2f} Tm {ink[1]} ET")
        else:
            self._write_odd(x - ink[0], base, text, font, size)
        if grey:
            code.append("0 g")

    def _ink(self, text: str, font: str, size: float, align: str) -> tuple[float, str]:
        """How far the text begins left of its place, and the operators that show it; no operators where a character has no font.

        Operators are written by ourselves, because reportlab's own way costs several times as much and a roster has half a
        million texts, many of them again and again.
        """
        wide = typeset.width(text, font, size) if align != "left" else 0.0
        runs = fonts.runs(text, font)
        shown = "" if any(run.font is None for run in runs) else " ".join(self._show(run, size) for run in runs)
        if len(self._inks) >= _REMEMBERED:
            self._inks.clear()
        found = self._inks[text, font, size, align] = (wide if align == "right" else wide / 2, shown)
        return found

    def _show(self, run: fonts.Run, size: float) -> str:
        """The operators of a run: its characters, gathered by the subset font each of them falls into."""
        glyphs = self._glyphs[run.font]
        found, name, shown = [], "", []
        for char in run.text:
            subset, code = glyphs.get(char) or self._glyph(run.font, char)
            if subset != name:
                if shown:
                    found.append(f"{name} {size:.2f} Tf ({''.join(shown)}) Tj")
                name, shown = subset, []
            shown.append(code)
        return " ".join((*found, f"{name} {size:.2f} Tf ({''.join(shown)}) Tj"))

    def _glyph(self, font: str, char: str) -> tuple[str, str]:
        """The subset font a character falls into in this document, and its code there, ready to be written."""
        face, document = fonts.face(font), self._canvas._doc
        (subset, code), = face.splitString(char, document)
        found = self._glyphs[font][char] = (face.getSubsetInternalName(subset, document), self._canvas._escape(code))
        return found

    def _write_odd(self, x: float, base: float, text: str, font: str, size: float) -> None:
        """A text with characters that no font has."""
        for run in fonts.runs(text, font):
            if run.font is None:
                for char in run.text:
                    self._code_box(x, base, char, size)
                    x += size * PT
                continue
            self.write(x, base, run.text, font=run.font, size=size)
            x += typeset.width(run.text, font, size)

    def _code_box(self, x: float, base: float, char: str, size: float) -> None:
        """A character that no font has: a box with its code in hexadecimal digits."""
        em = size * PT
        top = base - 0.82 * em
        self.box(x + 0.05 * em, top, 0.9 * em, 0.92 * em, weight=0.3)
        digits = f"{ord(char):04X}"
        half = (len(digits) + 1) // 2
        for number, part in enumerate((digits[:half], digits[half:])):
            self.write(x + em / 2, top + (0.42 + 0.42 * number) * em, part, font=HEI, size=size * 0.8 / half, align="center")

    def lay(self, text: Fitted, x: float, y: float, wide: float, high: float, *, align: str = "left", valign: str = "middle") -> None:
        """Fitted lines into a box, `PAD` away from its sides."""
        step = text.size * typeset.LEADING * PT
        height = len(text.lines) * step
        top = y + (high - height) / 2 if valign == "middle" else y + PAD if valign == "top" else y + high - height - PAD
        left = x + PAD if align == "left" else x + wide / 2 if align == "center" else x + wide - PAD
        base = top + step / 2 + _CAPITAL * text.size * PT
        for line in text.lines:
            if line:
                self.write(left, base, line, font=text.font, size=text.size, align=align)
            base += step

    def box(self, x: float, y: float, wide: float, high: float, *, weight: float = 0.5, fill: float | None = None) -> None:
        """A rectangle; weight in points, `fill` a grey from 0 black to 1 white."""
        path = f"{weight} w {x / PT:.2f} {(self.height - y - high) / PT:.2f} {wide / PT:.2f} {high / PT:.2f} re"
        self._canvas._code.append(f"{path} S" if fill is None else f"{fill} g {path} B 0 g")

    def lattice(self, xs: Sequence[float], ys: Sequence[float], *, weight: float = 0.5) -> None:
        """The lines of a table without merges: one upright at every x, one level at every y, as a single path."""
        points = [x / PT for x in xs]
        levels = [(self.height - y) / PT for y in ys]
        path = [f"{weight} w"]
        path += [f"{x:.2f} {levels[0]:.2f} m {x:.2f} {levels[-1]:.2f} l" for x in points]
        path += [f"{points[0]:.2f} {y:.2f} m {points[-1]:.2f} {y:.2f} l" for y in levels]
        self._canvas._code.append(" ".join((*path, "S")))

    def line(self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.5, dash: tuple[float, ...] = (), grey: float = 0.0) -> None:
        """A straight line; `dash` in points."""
        canvas = self._canvas
        canvas.setLineWidth(weight)
        canvas.setStrokeGray(grey)
        canvas.setDash(list(dash))
        canvas.line(x1 / PT, (self.height - y1) / PT, x2 / PT, (self.height - y2) / PT)
        canvas.setDash([])
        canvas.setStrokeGray(0)

    def cut_line(self, y: float, words: str | None = None) -> None:
        """A dashed line from edge to edge of the grid where the sheet is torn, with its name in the middle."""
        words = _("裁　切　线") if words is None else words
        half = typeset.width(words, SONG, 8) / 2 + 2
        middle = self.width / 2
        self.line(MARGIN, y, middle - half, y, dash=(4, 3), grey=0.35)
        self.line(middle + half, y, self.width - MARGIN, y, dash=(4, 3), grey=0.35)
        self.write(middle, y + 1, words, size=8, align="center", grey=0.35)

    def seal(self, x: float, y: float, *, words: str | None = None, date: bool = True) -> None:
        """The round space of a seal with its centre at (x, y), and under the words the date it is set over."""
        canvas = self._canvas
        canvas.setLineWidth(0.3)
        canvas.setStrokeGray(0.72)
        canvas.setDash([1, 2])
        canvas.circle(x / PT, (self.height - y) / PT, SEAL / 2 / PT, stroke=1, fill=0)
        canvas.setDash([])
        canvas.setStrokeGray(0)
        words = _("（公章）") if words is None else words
        if words:
            self.write(x, y + 1.3, words, align="center", size=min(10.5, 10.5 * SEAL / typeset.width(words, SONG, 10.5)))
        if date:
            self.write(x, y + 11, _("年　　月　　日"), align="center")

    def picture(self, jpeg: bytes, x: float, y: float, wide: float, high: float) -> None:
        """A JPEG in the middle of a box, as large as it fits in proportion."""
        from reportlab.lib.utils import ImageReader

        image = ImageReader(io.BytesIO(jpeg))
        across, down = image.getSize()
        scale = min(wide / across, high / down)
        left, top = x + (wide - across * scale) / 2, y + (high - down * scale) / 2
        self._canvas.drawImage(image, left / PT, (self.height - top - down * scale) / PT, across * scale / PT, down * scale / PT)

    def caption(self, text: str, x: float, y: float, wide: float, high: float) -> None:
        """Words under a picture: one line, or smaller ones."""
        self.lay(typeset.fit_box(text, wide - 2 * PAD, high - PAD, font=SONG, size=9), x, y, wide, high, align="center")

    def sign(self, x: float, base: float, label: str, wide: float, *, size: float = 10.5) -> None:
        """A label with a line to sign on; `wide` is the length of both together. A label longer than that is shrunk."""
        size = min(size, size * wide / max(typeset.width(label, SONG, size), 0.1))
        self.write(x, base, label, size=size)
        begin = x + typeset.width(label, SONG, size)
        if x + wide - begin >= _SHORTEST_LINE:
            self.line(begin, base + 1, x + wide, base + 1, weight=0.4)


def _info(title: str, author: str, created: str, data_sha256: str) -> Any:
    """The PDF's information dictionary; `UnionclientData` names the data the paper was printed from."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

    class Info(PDFInfo):
        def format(self, document):  # reportlab's name
            entries = {"Title": PDFString(title), "Author": PDFString(author), "Creator": PDFString("unionclient"),
                       "Producer": PDFString("unionclient")}
            if created:
                entries["CreationDate"] = entries["ModDate"] = PDFString(created)
            if data_sha256:
                entries["UnionclientData"] = PDFString(data_sha256)
            return PDFDictionary(entries).format(document)

    info = Info()
    info.title, info.author, info.subject, info.keywords = title, author, data_sha256, created
    return info
