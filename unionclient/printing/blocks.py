"""Horizontal strips of a form, stacked into pages: what every sheet shares is drawn once, the record's text on top of it.

Lengths are millimetres. Limits: a strip is never cut; whoever makes it takes care that it fits on a page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from unionclient.printing import frame
from unionclient.printing.painter import A4, MARGIN, Painter
from unionclient.printing.sheet import Job, Page, PrintRow

Draw = Callable[[Painter, float], None]
_BEGINNING = 45.0
"""So much of a long text must follow its heading on the page."""
_SHARED = 40
"""So many strips at most are stored as one shared sheet; longer pages are unlike each other anyway."""


def _nothing(_paper: Painter, _y: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Area:
    """Where the strips of a document go: left edge, width, and the upper and lower ends on the first and later pages."""

    left: float = MARGIN
    wide: float = A4[0] - 2 * MARGIN
    first: float = 33.0
    later: float = 14.0
    bottom: float = A4[1] - frame.FOOT
    tight: bool = False                 # rows and boxes as low as they may be, so that the form stays on one page

    @property
    def most(self) -> float:
        """The highest a strip may be."""
        return self.bottom - self.later


@dataclass(frozen=True, slots=True)
class Block:
    """A strip: `ruled` is alike on every sheet, `written` belongs to the record."""

    height: float
    ruled: Draw = _nothing
    written: Draw = _nothing
    key: str = ""                       # what `ruled` depends on besides the height
    header: bool = False                # stays with the next strip
    again: "Block | None" = None        # stands above this strip again when a page begins with it
    breaks: bool = False                # begins a new page
    split: "Callable[[float], tuple[Block, Block] | None] | None" = None  # what fits into so much room, and the rest


def stack(blocks: Iterable[Block], area: Area) -> list[list[Block]]:
    """Strips into pages; a header goes with the strip below it, long text is continued on the next page."""
    waiting = list(blocks)
    pages: list[list[Block]] = [[]]
    room = area.bottom - area.first
    while waiting:
        block = waiting.pop(0)
        if (pages[-1] and block.breaks) or _needed(block, waiting) > room + 1e-6:
            parts = block.split(room) if block.split and not (pages[-1] and block.breaks) else None
            if parts:
                pages[-1].append(parts[0])
                waiting.insert(0, replace(parts[1], breaks=True))
                continue
            if pages[-1]:
                pages.append([block.again] if block.again else [])
                room = area.bottom - area.later - sum(b.height for b in pages[-1])
                if block.split and block.height > room:
                    waiting.insert(0, replace(block, breaks=False))
                    continue
        pages[-1].append(block)
        room -= block.height
    return pages


def _needed(block: Block, following: Sequence[Block]) -> float:
    """The height of a strip together with those that must stay with it."""
    height = block.height
    for other in following:
        if not block.header or other.breaks:
            break
        height += min(other.height, _BEGINNING) if other.split else other.height
        block = other
    return height


def left_over(blocks: Iterable[Block], area: Area) -> float:
    """What the strips leave of their last page."""
    pages = stack(blocks, area)
    top = area.first if len(pages) == 1 else area.later
    return area.bottom - top - sum(block.height for block in pages[-1])


Head = Callable[[Painter, bool], None]
"""Draws the title of the first page (True) or of a later one."""


def document(job: Job, row: PrintRow, blocks: Iterable[Block], area: Area, head: Head, line: Sequence[str] = ()) -> list[Page]:
    """The pages of a record; `line` is written above the first strip, its placeholders filled."""
    texts = tuple(job.fill(text, row) for text in line)
    return [partial(_page, blocks=part, area=area, head=head, opening=number == 0, line=texts if number == 0 else ())
            for number, part in enumerate(stack(blocks, area))]


def _page(paper: Painter, *, blocks: Sequence[Block], area: Area, head: Head, opening: bool, line: Sequence[str]) -> None:
    top = area.first if opening else area.later

    def ruled(sheet: Painter) -> None:
        head(sheet, opening)
        y = top
        for block in blocks:
            block.ruled(sheet, y)
            y += block.height

    if len(blocks) <= _SHARED:
        paper.once((opening, *((block.key, round(block.height, 3)) for block in blocks)), ruled)
    else:
        ruled(paper)
    if line:
        frame.three(paper, line, top - 3)
    y = top
    for block in blocks:
        block.written(paper, y)
        y += block.height
