"""Boxes of a form: long text, opinions with seal and date, lines of signatures, parties side by side, the note."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from unionclient.definition.words import _, marked
from unionclient.printing import typeset
from unionclient.printing.blocks import Area, Block, left_over
from unionclient.printing.fonts import HEI, SONG
from unionclient.printing.grid import LABEL, ROW, SIZE, heading
from unionclient.printing.painter import HEAD_GREY, PAD, SEAL, Painter
from unionclient.printing.sheet import Job, PrintRow
from unionclient.printing.typeset import Fitted

_TEXT, _NOTE_ROW, _SIGN_ROW, _SIGN_BOX = 60.0, 7.0, 14.0, 25.0
_FEWEST = 8                             # lines of a long text that stay on the page where it begins
_SQUEEZED = 0.55                        # of its wanted height has a box for text that is squeezed onto the page
_OPINION, _OPINION_TIGHT, _OPINION_MOST, _UNSEALED = 48.0, 45.5, 66.0, 30.0
_SIGNED = 14.0                          # room for the signature below an opinion
_SIGNER = marked("负责人（签字）：")
_DATE = marked("年　　月　　日")


def texts(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """Boxes for long text; one that is too long continues on the next page."""
    return [block for given in job.option("texts", ()) for block in _text(job, row, given, area)]


def _text(job: Job, row: PrintRow, given: Mapping[str, Any], area: Area) -> list[Block]:
    above = bool(given.get("wide"))
    wide = area.wide - (0 if above else LABEL)
    words = job.fill(given["template"], row) if "template" in given else job.shown(row, given["field"])
    fitted = typeset.fit(words, wide - 2 * PAD, font=SONG, size=SIZE, least=SIZE)
    wanted = given.get("height", _TEXT) * (_SQUEEZED if area.tight else 1)
    blocks = [heading(given["title"], area)] if above else []
    return [*blocks, _text_box("" if above else given["title"], max(wanted, fitted.height + 2 * PAD), fitted, area)]


def _text_box(title: str, height: float, text: Fitted, area: Area) -> Block:
    label = typeset.fit_box(typeset.label(title), LABEL - 2 * PAD, min(height, area.most) - PAD, font=HEI, size=SIZE)
    left = area.left + (LABEL if title else 0)
    wide = area.wide - (LABEL if title else 0)

    def ruled(paper: Painter, y: float) -> None:
        if title:
            paper.box(area.left, y, LABEL, height, fill=HEAD_GREY)
            paper.lay(label, area.left, y, LABEL, height, align="center")
        paper.box(left, y, wide, height)

    def written(paper: Painter, y: float) -> None:
        paper.lay(text, left, y, wide, height, valign="top")

    def split(room: float) -> tuple[Block, Block] | None:
        """The lines for which there is room, and the others."""
        count = int((room - 2 * PAD) * len(text.lines) / text.height) if text.height else 0
        if count >= len(text.lines) or count < min(_FEWEST, len(text.lines) - 1) or count < 1:
            return None
        first, rest = (Fitted(lines, text.font, text.size) for lines in (text.lines[:count], text.lines[count:]))
        return _text_box(title, room, first, area), _text_box(title, max(ROW, rest.height + 2 * PAD), rest, area)

    return Block(height, ruled, written, key=f"text {title}", split=split)


# opinions

def opinions(job: Job, row: PrintRow, area: Area, above: Sequence[Block], below: float) -> list[Block]:
    """One box per level in their order; the boxes share what the other blocks leave of the page, within limits.

    `above` are the blocks before them, `below` is the height of those after them.
    """
    given = [{"title": one} if isinstance(one, str) else one for one in job.option("opinions", ())]
    if not given:
        return []
    share = (left_over(above, area) - below) / len(given)
    return [_opinion(job, row, one, area, min(max(share, _least(one, area)), _OPINION_MOST)) for one in given]


def _least(given: Mapping[str, Any], area: Area) -> float:
    if not given.get("seal", _("（公章）")):
        return _UNSEALED
    return _OPINION_TIGHT if area.tight else _OPINION


def _opinion(job: Job, row: PrintRow, given: Mapping[str, Any], area: Area, height: float) -> Block:
    """Title at the left; opinion text, signature, and seal and date at the right bottom."""
    seal, signer = given.get("seal", _("（公章）")), given.get("signer", job.option("signer", _(_SIGNER)))
    date = job.fill(f"{{{given['date']}|}}", row) if "date" in given and row.cells.get(given["date"]) else ""
    room = area.wide - LABEL - (SEAL + 10 if seal else 0)
    words = row.cells.get(given.get("field", ""), "").strip()
    text = typeset.fit_box(words, room - 4 * PAD, area.most - _SIGNED, font=SONG, size=SIZE)
    label = typeset.fit_box(typeset.label(given["title"]), LABEL - 2 * PAD, max(height, text.height + _SIGNED) - 2 * PAD, font=HEI, size=SIZE)
    height = max(height, text.height + _SIGNED, label.height + 2 * PAD)
    right = area.left + area.wide
    middle = right - SEAL / 2 - 4

    def ruled(paper: Painter, y: float) -> None:
        paper.box(area.left, y, LABEL, height, fill=HEAD_GREY)
        paper.lay(label, area.left, y, LABEL, height, align="center")
        paper.box(area.left + LABEL, y, area.wide - LABEL, height)
        if seal:
            paper.seal(middle, y + height - SEAL / 2 - 3, words=seal, date=not date)
        elif not date:
            paper.write(right - 6, y + height - 6, "　　　　" + _(_DATE), align="right")
        paper.sign(area.left + LABEL + 8, y + height - 6, signer, 70)

    def written(paper: Painter, y: float) -> None:
        if words:
            paper.lay(text, area.left + LABEL + PAD, y, room, height - 12, valign="top")
        if date:
            x, align = (middle, "center") if seal else (right - 6, "right")
            paper.write(x, y + height - (SEAL / 2 + 3 - 11 if seal else 6), date, align=align)

    return Block(height, ruled, written, key=f"opinion {given['title']} {bool(date)}")


# signatures, parties, note

def signs(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """Lines of labels to sign at; together they are as high as a signature box is to be."""
    given = job.option("signs", ())
    lines = [given] if given and isinstance(given[0], str) else given
    height = _SIGN_ROW if area.tight else max(_SIGN_ROW, _SIGN_BOX / max(len(lines), 1))
    return [Block(height, partial(_sign_line, labels=line, area=area, height=height), key="signs " + "|".join(line)) for line in lines]


def _sign_line(paper: Painter, y: float, *, labels: Sequence[str], area: Area, height: float) -> None:
    paper.box(area.left, y, area.wide, height)
    step = area.wide / len(labels)
    for number, label in enumerate(labels):
        paper.sign(area.left + number * step + 3, y + height / 2 + 2.5, label, step - 8)


def parties(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """Boxes side by side, one per party: name, lines, signatures, and the round of the seal above its date."""
    given = job.option("parties", ())
    if not given:
        return []
    step = area.wide / len(given)
    filled = [[typeset.fit(job.fill(line, row), step - 6, font=SONG, size=SIZE, least=8.5) for line in party.get("lines", ())] for party in given]
    above = 8.0 + max(sum(text.height + 1.5 for text in lines) for lines in filled)
    signing = max(len(party.get("signs", ())) * 9.0 for party in given)
    seal = SEAL + 4 if any(party.get("seal") for party in given) else 0.0
    height = max(above + signing + seal + 3, 26.0)

    def ruled(paper: Painter, y: float) -> None:
        for number, party in enumerate(given):
            x = area.left + number * step
            paper.box(x, y, step, height)
            paper.write(x + 3, y + 6, party["title"], font=HEI, size=SIZE)
            for line, label in enumerate(party.get("signs", ())):
                paper.sign(x + 3, y + above + 6 + line * 9.0, label, step - 8)
            if party.get("seal"):
                paper.seal(x + step / 2, y + height - SEAL / 2 - 3, words=party["seal"], date=not party.get("signs"))

    def written(paper: Painter, y: float) -> None:
        for number, lines in enumerate(filled):
            top = y + 8.0
            for text in lines:
                paper.lay(text, area.left + number * step + 2, top, step - 4, text.height)
                top += text.height + 1.5

    return [Block(height, ruled, written, key=f"parties {above:.2f}")]


def note(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """The words under everything; shrunk a little, then in lines."""
    given = job.option("note")
    if not given:
        return []
    text = typeset.fit(given, area.wide, font=SONG, size=9, least=8)
    height = max(_NOTE_ROW, text.height + 2 * PAD)
    return [Block(height, lambda paper, y: paper.lay(text, area.left - PAD, y, area.wide + 2 * PAD, height), key="note")]
