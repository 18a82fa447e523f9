"""Layout K4: a notice with a part to be torn off (通知书、存根、回执). One document per record, one page.

Options: `parts`, each with `height` (mm; the last takes the rest), `title`, `mark` (which copy), `number` (text at the right),
`addressee`, `grid` (labels and values), `paragraphs`, `photos` (`titles`, `field`, `height`: frames side by side), `issuer`, `seal`
(words in the round), `signs` (labels at the left). Texts take `{path}` placeholders.
Title, lines, seals and labels are drawn once for all records.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from unionclient.definition.words import _
from unionclient.printing import frame, typeset
from unionclient.printing.blocks import Area, Block
from unionclient.printing.fonts import HEI, SONG
from unionclient.printing.grid import columns_of, labelled
from unionclient.printing.photos import place
from unionclient.printing.painter import A4, PAD, SEAL, Painter
from unionclient.printing.sheet import EMPTY_SHEET, Job, Page, PrintRow
from unionclient.printing.typeset import PT

_SIDE = 18.0                            # text keeps further from the edge than a table does
_TOP, _GAP = 10.0, 9.0                  # first part; around the cut line
_SIZE, _LEAST, _STEP, _DENSE_STEP = 12.0, 4.0, 1.75, 1.55
_HEAD, _SEAL_ROOM, _SIGN_STEP, _ISSUER = 29.0, SEAL + 5, 9.5, 64.0
_FRAME = 55.0                           # height of a photo's frame
_AREA = Area(_SIDE, A4[0] - 2 * _SIDE)


def plan(job: Job) -> list[list[Page]]:
    """One page per row; without rows one blank notice."""
    return [[partial(_page, job=job, row=row)] for row in job.rows or (EMPTY_SHEET,)]


def _page(paper: Painter, *, job: Job, row: PrintRow) -> None:
    places = _places(job, row)
    paper.once(("notice", *(round(height, 1) for _, _, height in places)), lambda sheet: _ruled(sheet, job, places))
    for part, y, height in places:
        _written(paper, job, row, part, y, height)


def _places(job: Job, row: PrintRow) -> list[tuple[Mapping[str, Any], float, float]]:
    """Each part with its upper edge and height; a part whose text needs more takes it from one that has room to spare."""
    parts: Sequence[Mapping[str, Any]] = job.option("parts")
    room = A4[1] - frame.FOOT - _TOP - _GAP * (len(parts) - 1)
    wishes = [float(part.get("height") or 0) for part in parts]
    if not wishes[-1]:
        wishes[-1] = room - sum(wishes)
    found, y = [], _TOP
    for part, height in zip(parts, _shared(wishes, [_need(job, row, part) for part in parts], room), strict=True):
        found.append((part, y, height))
        y += height + _GAP
    return found


def _shared(wishes: Sequence[float], needs: Sequence[tuple[float, float]], room: float) -> list[float]:
    """Heights by wish, as long as no text lacks room; else all texts are shrunk alike. `needs` are furniture and text."""
    whole = [fixed + text for fixed, text in needs]
    if sum(whole) > room:
        part = max(room - sum(fixed for fixed, _ in needs), 0.0) / sum(text for _, text in needs)
        return [fixed + text * part for fixed, text in needs]
    lacking = sum(max(need - wish, 0.0) for need, wish in zip(whole, wishes, strict=True))
    spare = sum(max(wish - need, 0.0) for need, wish in zip(whole, wishes, strict=True))
    share = min(lacking / spare, 1.0) if spare else 0.0
    return [max(wish - share * (wish - need), need) for need, wish in zip(whole, wishes, strict=True)]


def _need(job: Job, row: PrintRow, part: Mapping[str, Any]) -> tuple[float, float]:
    """The heights that the part's furniture takes, and its text in full size."""
    opening = [job.fill(part["addressee"], row)] if part.get("addressee") else []
    lines = sum(len(typeset.wrap(text, A4[0] - 2 * _SIDE, SONG, _SIZE)) for text in opening + _body(job, row, part))
    grid = sum(block.height for block in labelled(job, row, columns_of(part.get("grid", ())), _AREA)) + 4 if part.get("grid") else 0.0
    photos = part["photos"].get("height", _FRAME) + _GAP if part.get("photos") else 0.0
    closing = _SEAL_ROOM if part.get("seal") else 6 + len(part.get("signs", ())) * _SIGN_STEP
    return _HEAD + grid + photos + closing + 2, lines * _SIZE * _STEP * PT


def _ruled(paper: Painter, job: Job, places: Sequence[tuple[Mapping[str, Any], float, float]]) -> None:
    for number, (part, y, height) in enumerate(places):
        if number:
            paper.cut_line(y - _GAP / 2)
        frame.title(paper, part["title"], y + 10, size=part.get("size", 20))
        if part.get("mark"):
            paper.write(_SIDE, y + 19, part["mark"], font=HEI, size=10.5)
        bottom = y + height
        if part.get("seal"):
            paper.seal(paper.width - _SIDE - SEAL / 2 - 6, bottom - SEAL / 2 - 2, words=part["seal"])
        signs = part.get("signs", ())
        for line, label in enumerate(signs):
            paper.sign(_SIDE, bottom - 6 - (len(signs) - 1 - line) * _SIGN_STEP, label, 78)


def _written(paper: Painter, job: Job, row: PrintRow, part: Mapping[str, Any], y: float, height: float) -> None:
    right = paper.width - _SIDE
    if part.get("number"):
        room = right - _SIDE - typeset.width(part.get("mark", ""), HEI, 10.5) - 6
        number = typeset.fit_line(job.fill(part["number"], row), room, font=SONG, size=10.5)
        paper.write(right, y + 19, number.lines[0], size=number.size, align="right")
    bottom = y + height - (_SEAL_ROOM if part.get("seal") else 6 + len(part.get("signs", ())) * _SIGN_STEP)
    if part.get("issuer"):
        _issuer(paper, job.fill(part["issuer"], row), right, y + height)
    top = y + _HEAD
    opening = [job.fill(part["addressee"], row)] if part.get("addressee") else []
    if part.get("grid"):
        top = _grid(paper, job, row, part, _prose(paper, opening, top, bottom))
        opening = []
    if part.get("photos"):
        bottom -= part["photos"].get("height", _FRAME) + _GAP
    end = _prose(paper, opening + _body(job, row, part), top, bottom)
    if part.get("photos"):
        _frames(paper, row, part["photos"], end - 3)


def _grid(paper: Painter, job: Job, row: PrintRow, part: Mapping[str, Any], top: float) -> float:
    """Labels and values; the y below them, with room for a line of text."""
    blocks: list[Block] = labelled(job, row, columns_of(part["grid"]), _AREA)
    y = top - 4
    for block in blocks:
        block.ruled(paper, y)
        block.written(paper, y)
        y += block.height
    return y + 7


def _frames(paper: Painter, row: PrintRow, given: Mapping[str, Any], top: float) -> None:
    """Frames side by side with their titles below, and the record's pictures in them."""
    titles, high = given.get("titles", (_("照片"),)), given.get("height", _FRAME)
    wide = (A4[0] - 2 * _SIDE - _GAP * (len(titles) - 1)) / len(titles)
    for number, title in enumerate(titles):
        x = _SIDE + number * (wide + _GAP)
        paper.box(x, top, wide, high)
        if number < len(row.photos):
            place(paper, row.photos[number], x, top, wide, high)
        paper.caption(title, x, top + high, wide, 7)


def _issuer(paper: Painter, name: str, right: float, bottom: float) -> None:
    """Who issues, over the date and inside the round of the seal; a long name in several lines."""
    text = typeset.fit(name, _ISSUER, font=SONG, size=_SIZE, least=8)
    wide = max(typeset.width(line, SONG, text.size) for line in text.lines) + 2 * PAD
    middle = min(right - SEAL / 2 - 6, right - wide / 2)
    paper.lay(text, middle - wide / 2, bottom - SEAL / 2 - 8 - text.height, wide, text.height, align="center")


def _body(job: Job, row: PrintRow, part: Mapping[str, Any]) -> list[str]:
    """Paragraphs with the first line two characters in."""
    return ["　　" + job.fill(text, row).replace("\n", "") for text in part.get("paragraphs", ())]


def _prose(paper: Painter, paragraphs: Sequence[str], top: float, bottom: float) -> float:
    """Paragraphs at the largest size that stays within the room; the base line after the last one."""
    size = _SIZE
    room = A4[0] - 2 * _SIDE
    while True:
        lines = [line for text in paragraphs for line in typeset.wrap(text, room, SONG, size)]
        step = size * (_STEP if size == _SIZE else _DENSE_STEP) * PT
        if len(lines) * step <= bottom - top or size <= _LEAST:
            break
        size -= 0.5
    step = min(step, (bottom - top) / max(len(lines), 1))
    for number, line in enumerate(lines):
        paper.write(_SIDE, top + number * step, line, size=size)
    return top + len(lines) * step
