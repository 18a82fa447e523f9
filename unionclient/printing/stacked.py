"""Layouts K2, K3, K5, K7 and K6 `count`: one document per record, its blocks one under the other.

A block is there when its option is: `columns` (grid), `children`, `checklist`, `texts`, `opinions`, `signs`, `parties`, `photos`,
`paragraphs` and `closing` (K7), `note`. `order` changes the order; `children.2` is the second child table, `break` a new page.
All options with examples: forms/README.md, section 版式.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from unionclient.definition.words import _, marked
from unionclient.printing import below, boxes, frame, grid, letter
from unionclient.printing.blocks import Area, Block, Head, document, stack
from unionclient.printing.checklist import checklist
from unionclient.printing.painter import Painter
from unionclient.printing.photos import PHOTOS, photos
from unionclient.printing.sheet import EMPTY_SHEET, Job, Page, PrintRow

_FORM = ("grid", "children", "texts", "signs", "opinions", "parties", "note", "photos")
ORDERS = {
    "K2": _FORM,
    "K3": _FORM,
    "K5": ("grid", "checklist", "children", "texts", "opinions", "signs", "parties", "note", "photos"),
    "K6": ("grid", "children", "texts", "opinions", "signs", "parties", "note", "photos"),
    "K7": ("prose", "grid", "children", "texts", "closing", "parties", "signs", "opinions", "note"),
}
_LINE = (marked("填报单位（盖章）：{context.union_name|　}"), "", marked("填报日期：{context.today|　　　　年　　月　　日}"))
_AIR = 4.0
"""Between prose and boxes."""
Make = Callable[[Job, PrintRow, Area], list[Block]]
MAKERS: dict[str, Make] = {
    "grid": grid.grid, "children": below.children, "checklist": checklist, "texts": boxes.texts, "signs": boxes.signs,
    "parties": boxes.parties, "photos": photos, "note": boxes.note, "prose": letter.prose, "closing": letter.closing,
}


def plan(job: Job) -> list[list[Page]]:
    """One document per row, or one for all of them; without rows one blank form."""
    if job.option("together"):
        return [_document(job, job.rows[0] if job.rows else EMPTY_SHEET)]
    return [_document(job, row) for row in job.rows or (EMPTY_SHEET,)]


def _document(job: Job, row: PrintRow) -> list[Page]:
    letters = job.form.layout == "K7"
    area = letter.area(job) if letters else Area()
    blocks = _all_blocks(job, row, area)
    pages = len(stack(blocks, area))
    if pages > 1:
        tight = letter.area(job, tight=True) if letters else replace(area, tight=True)
        squeezed = _all_blocks(job, row, tight)
        area, blocks = (tight, squeezed) if len(stack(squeezed, tight)) < pages else (area, blocks)
    head = letter.head(job, area) if letters else _head(job)
    line = ("", letter.number_line(job, row), "") if letters else job.option("line", [part and _(part) for part in _LINE])
    return document(job, row, blocks, area, head, line)


def _all_blocks(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """The blocks in their order; opinions share the room that the others leave."""
    order = job.option("order", ORDERS[job.form.layout])
    at = order.index("opinions") if "opinions" in order else len(order)
    above, after = (_blocks(job, row, area, names) for names in (order[:at], order[at + 1:]))
    opinions = boxes.opinions(job, row, area, above, sum(block.height for block in _until_break(after)))
    return [*above, *opinions, *after]


def _until_break(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks that are to stay on the page: photos have their own."""
    at = next((n for n, block in enumerate(blocks) if block.breaks or block.key == PHOTOS), len(blocks))
    return blocks[:at]


def _blocks(job: Job, row: PrintRow, area: Area, names: Sequence[str]) -> list[Block]:
    found: list[Block] = []
    breaks, letters = False, job.form.layout == "K7"
    for name in names:
        if name == "break":
            breaks = True
            continue
        made = _make(job, row, area, name)
        if breaks and made:
            made[0] = replace(made[0], breaks=True)
            breaks = False
        if letters and made and found and name not in ("closing", "note") and not made[0].breaks:
            found.append(Block(_AIR))
        found += made
    return found


def _make(job: Job, row: PrintRow, area: Area, name: str) -> list[Block]:
    first, _, number = name.partition(".")
    if number:
        return below.children(job, row, area, only=int(number) - 1)
    if name == "grid" and job.option("together"):
        return letter.listed(job, area)
    return MAKERS[first](job, row, area)


def _head(job: Job) -> Head:
    def draw(paper: Painter, opening: bool) -> None:
        if opening:
            frame.title(paper, job.form.title, 21.0, size=20)
        else:
            frame.title(paper, _("{title}（续）").format(title=job.form.title), 11.0, size=12)

    return draw
