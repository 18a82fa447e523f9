"""Prose of layout K7: 申请书, 协议书, 公示 on the margins of GB/T 9704, in 仿宋 where the PC has it.

Options: `size` (16 or 14 points), `number` (document number), `addressee`, `paragraphs`, `ending` (此致 …), `closing` (lines at the
right) with `seal` (words of the round over them). A paragraph that begins 一、 is a heading.
"""

import re
from collections.abc import Sequence

from unionclient.definition.words import _
from unionclient.printing import fonts, typeset
from unionclient.printing.below import strips
from unionclient.printing.blocks import Area, Block, Head
from unionclient.printing.fonts import HEI, HEI_BOLD
from unionclient.printing.painter import A4, SEAL, Painter
from unionclient.printing.sheet import Job, PrintRow
from unionclient.printing.table import Column, Table
from unionclient.printing.typeset import PT

TOP, LEFT, RIGHT, BOTTOM = 37.0, 28.0, 26.0, 35.0
"""Margins of an official document, GB/T 9704-2012."""
_TIGHT_TOP, _TIGHT_BOTTOM, _TIGHT_PITCH = 24.0, 20.0, 1.5
"""For a page that must also hold the signatures: they may not stand alone on a further one."""
_TITLE, _TITLE_STEP, _NUMBER = 22.0, 12.0, 10.0
_PITCH = 29.0 / 16                      # line distance in sizes: 29 points at size 16
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、\S{0,20}\Z")
_CLOSING_WIDE = 75.0


def area(job: Job, *, tight: bool = False) -> Area:
    """The text block; the first page begins below title and number."""
    top, bottom = (_TIGHT_TOP, _TIGHT_BOTTOM) if tight else (TOP, BOTTOM)
    first = top + len(_title(job)) * _TITLE_STEP + (_NUMBER if job.option("number") else 4.0)
    return Area(LEFT, A4[0] - LEFT - RIGHT, first, top, A4[1] - bottom, tight)


def head(job: Job, place: Area) -> Head:
    """The title in large letters, broken evenly; later pages have none."""
    def draw(paper: Painter, opening: bool) -> None:
        for number, line in enumerate(_title(job) if opening else ()):
            paper.write(paper.width / 2, place.later + _TITLE_STEP * (number + 0.7), line, font=HEI_BOLD, size=_TITLE, align="center")

    return draw


def _title(job: Job) -> tuple[str, ...]:
    """One line, or as many of about the same length as needed."""
    wide = A4[0] - LEFT - RIGHT
    count = -(-typeset.width(job.form.title, HEI_BOLD, _TITLE) // wide)
    return typeset.wrap(job.form.title, wide / count * 1.02 + _TITLE * PT if count > 1 else wide, HEI_BOLD, _TITLE)


def prose(job: Job, row: PrintRow, place: Area) -> list[Block]:
    """Number, addressee, paragraphs and ending, a strip per line."""
    blocks = []
    if job.option("addressee"):
        blocks += _lines(job, job.fill(job.option("addressee"), row), place)
    for text in job.option("paragraphs", ()):
        filled = job.fill(text, row)
        for part in filled.split("\n"):
            blocks += _lines(job, "　　" + part, place, heading=bool(_HEADING.match(part.strip())))
    for number, text in enumerate(job.option("ending", ())):
        blocks += _lines(job, ("　　" if number == 0 else "") + job.fill(text, row), place)
    return blocks


def number_line(job: Job, row: PrintRow) -> str:
    return job.fill(job.option("number"), row) if job.option("number") else ""


def _pitch(job: Job, place: Area) -> float:
    return job.option("size", 16) * (_TIGHT_PITCH if place.tight else _PITCH) * PT


def _lines(job: Job, text: str, place: Area, *, heading: bool = False) -> list[Block]:
    size, font = job.option("size", 16), HEI if heading else fonts.prose()
    lines = typeset.wrap(text, place.wide, font, size)
    return [_line(line, place, font, size, _pitch(job, place), keep=heading or (number == 0 and len(lines) > 1)) for number, line in enumerate(lines)]


def _line(text: str, place: Area, font: str, size: float, pitch: float, *, keep: bool) -> Block:
    def written(paper: Painter, y: float) -> None:
        paper.write(place.left, y + pitch * 0.72, text, font=font, size=size)

    return Block(pitch, written=written, key="prose", header=keep)


def listed(job: Job, place: Area) -> list[Block]:
    """The table of all records of a document that is printed for all of them together."""
    given = job.form.columns
    open_count = sum(not c.width for c in given)
    rest = max((place.wide - sum(c.width for c in given) - 12) / open_count, 12.0) if open_count else 0.0
    scale = place.wide / (12 + sum(c.width or rest for c in given))
    columns = (Column("row_no", _("序号"), 12 * scale, "center"),
               *(Column(c.field, job.heading(c), (c.width or rest) * scale, c.align, c.group) for c in given))
    table = Table(columns, place.left, size=11, least=9, row=9.0)
    lines = [table.line([str(n), *(job.shown(row, c.field) for c in given)]) for n, row in enumerate(job.rows, 1)]
    return strips(table, table.cut(lines, place.most - table.head) or [table.line([""] * len(columns))] * 10)


def closing(job: Job, row: PrintRow, place: Area) -> list[Block]:
    """Signature and date at the right, four characters from the edge; with `seal` under the round of the seal."""
    lines = [job.fill(text, row) for text in job.option("closing", ())]
    if not lines:
        return []
    size, pitch, seal = job.option("size", 16), _pitch(job, place), job.option("seal", "")
    high = max(len(lines) * pitch, SEAL + 2 if seal else 0) + pitch
    fitted = [typeset.fit_line(line, place.wide - 12, font=fonts.prose(), size=size) for line in lines]
    middle = place.left + place.wide - max(_CLOSING_WIDE / 2, *(typeset.width(f.lines[0], f.font, f.size) / 2 for f in fitted)) - 4

    def ruled(paper: Painter, y: float) -> None:
        if seal:
            paper.seal(middle, y + pitch / 2 + high / 2, words="", date=False)

    def written(paper: Painter, y: float) -> None:
        top = y + pitch + (high - pitch - len(lines) * pitch) / 2
        for number, text in enumerate(fitted):
            _closing_line(paper, text.lines, middle, top + (number + 0.72) * pitch, text.size, bool(seal), place)

    return [Block(high, ruled, written, key=f"closing {seal}")]


def _closing_line(paper: Painter, lines: Sequence[str], middle: float, base: float, size: float, sealed: bool, place: Area) -> None:
    if sealed:
        paper.write(middle, base, lines[0], font=fonts.prose(), size=size, align="center")
    else:
        paper.write(place.left + place.wide - 4 * size * PT / 2, base, lines[0], font=fonts.prose(), size=size, align="right")


