"""The grid of labels and values of a form: strips of two or more pairs, headed groups, tick boxes, room for a photo."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from unionclient.definition.ledger import Field, FormColumn
from unionclient.definition.words import _
from unionclient.printing import typeset
from unionclient.printing.blocks import Area, Block
from unionclient.printing.fonts import HEI, HEI_BOLD, SONG
from unionclient.printing.painter import HEAD_GREY, PAD, Painter
from unionclient.printing.sheet import Job, PrintRow
from unionclient.printing.typeset import Fitted

WHOLE = 100.0
LABEL, SIZE, LEAST = 25.0, 10.5, 9.0
ROW, GROUP_ROW, TIGHT_ROW = 9.0, 8.0, 7.4
PHOTO = (29.0, 39.0)
"""A one-inch photo, 25 × 35 mm, with a little air."""


def grid(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """The form's columns as labels and values, `pairs` a row; with `photo` the first rows leave room at the right."""
    columns = job.form.columns
    if not job.option("photo"):
        return labelled(job, row, columns, area)
    beside, rest, high = [], list(columns), 0.0
    narrow = replace(area, wide=area.wide - PHOTO[0])
    while rest and high < PHOTO[1]:
        beside, rest = [*beside, rest[0]], rest[1:]
        if len(beside) % 2 == 0 or beside[-1].width >= WHOLE or not rest:
            high = sum(block.height for block in labelled(job, row, beside, narrow))
    blocks = labelled(job, row, beside, narrow)
    return [_with_photo(blocks, area), *labelled(job, row, rest, area, group=beside[-1].group if beside else "")]


def _with_photo(blocks: Sequence[Block], area: Area) -> Block:
    """Strips beside a photo become one, at least as high as the photo."""
    high = sum(block.height for block in blocks)
    stretch = max(PHOTO[1] - high, 0.0)
    x = area.left + area.wide - PHOTO[0]

    def ruled(paper: Painter, y: float) -> None:
        paper.box(x, y, PHOTO[0], high + stretch)
        paper.lay(Fitted((_("照片"), _("（一寸）")), SONG, SIZE), x, y, PHOTO[0], high + stretch, align="center")
        if stretch:
            paper.box(area.left, y + high, area.wide - PHOTO[0], stretch)
        for block in blocks:
            block.ruled(paper, y)
            y += block.height

    def written(paper: Painter, y: float) -> None:
        for block in blocks:
            block.written(paper, y)
            y += block.height

    return Block(high + stretch, ruled, written, key="photo|" + "|".join(f"{b.key}{b.height:.3f}" for b in blocks))


def labelled(job: Job, row: PrintRow, columns: Iterable[FormColumn], area: Area, *, group: str = "") -> list[Block]:
    """Strips of label and value; a column at least `WHOLE` wide has its own, another `group` starts a headed block."""
    pairs = job.option("pairs", 2)
    blocks: list[Block] = []
    waiting: list[FormColumn] = []
    for column in columns:
        if column.group != group or column.width >= WHOLE or len(waiting) == pairs:
            blocks += _strip(job, row, waiting, area)
            waiting = []
        if column.group != group:
            group = column.group
            blocks += [heading(group, area)] if group else []
        waiting.append(column)
        if column.width >= WHOLE:
            blocks += _strip(job, row, waiting, area)
            waiting = []
    return blocks + _strip(job, row, waiting, area)


def heading(words: str, area: Area) -> Block:
    """A grey strip with a title, kept with what is below it."""
    height = TIGHT_ROW if area.tight else GROUP_ROW

    def ruled(paper: Painter, y: float) -> None:
        paper.box(area.left, y, area.wide, height, fill=HEAD_GREY)
        paper.lay(typeset.fit_line(words, area.wide - 2 * PAD, font=HEI_BOLD, size=SIZE), area.left, y, area.wide, height, align="center")

    return Block(height, ruled, key=words, header=True)


def _strip(job: Job, row: PrintRow, columns: Sequence[FormColumn], area: Area) -> list[Block]:
    if not columns:
        return []
    step = area.wide / len(columns)
    label = min(LABEL, step * 0.45)
    wide = step - label
    labels = [_label(job.heading(c), label - 2 * PAD) for c in columns]
    values = [typeset.fit(value(job, row, c.field), wide - 2 * PAD, font=SONG, size=SIZE, least=LEAST) for c in columns]
    values = [text if text.height + 2 * PAD <= area.most else typeset.fit_box(text.text, wide - 2 * PAD, area.most - 2 * PAD, font=SONG, size=LEAST)
              for text in values]
    height = max(TIGHT_ROW if area.tight else ROW, *(text.height + 2 * PAD for text in (*labels, *values)))

    def ruled(paper: Painter, y: float) -> None:
        for number, text in enumerate(labels):
            x = area.left + number * step
            paper.box(x, y, label, height, fill=HEAD_GREY)
            paper.lay(text, x, y, label, height, align="center")
            paper.box(x + label, y, wide, height)

    def written(paper: Painter, y: float) -> None:
        for number, (column, text) in enumerate(zip(columns, values, strict=True)):
            paper.lay(text, area.left + number * step + label, y, wide, height, align=column.align)

    return [Block(height, ruled, written, key="|".join(c.field for c in columns))]


def _label(words: str, room: float) -> Fitted:
    """One line where it fits, else lines that do not cut words."""
    found = typeset.fit(words, room, font=HEI, size=SIZE, least=9.0)
    if len(found.lines) == 1 or "\n" in words:
        return found
    return typeset.fit(typeset.label(words), room, font=HEI, size=SIZE, least=9.0)


def value(job: Job, row: PrintRow, path: str) -> str:
    """The text of a grid's cell: shown text, or for `choices` every code with its box."""
    text = row.cells.get(path, "").strip()
    titles = _titles(job.field(path)) if path in job.option("choices", ()) else ()
    if not titles:
        return job.shown(row, path)
    return boxes(titles, text)


def boxes(titles: Iterable[str], text: str) -> str:
    """☑ before the titles that `text` names (joined as codes are shown), ☐ before the others; a word that is no title follows."""
    comma = _("、")
    rest = f"{comma}{text}{comma}"
    found = []
    for title in titles:
        ticked = f"{comma}{title}{comma}" in rest
        found.append(f"{'☑' if ticked else '☐'}{title}")
        rest = rest.replace(f"{comma}{title}{comma}", comma)
    other = rest.strip(comma)
    return "　".join([*found, other] if other else found)


def named_in(titles: Iterable[str], text: str) -> list[str]:
    """The titles that `text` names, joined as codes are shown."""
    comma = _("、")
    return [title for title in titles if f"{comma}{title}{comma}" in f"{comma}{text}{comma}"]


def _titles(found: Field | None) -> tuple[str, ...]:
    if found is None:
        return ()
    if found.type == "bool":
        return (_("是"), _("否"))
    return tuple(code.title for code in found.codes.codes.values() if not code.retired) if found.codes else ()


def columns_of(given: Iterable[Mapping[str, Any]]) -> tuple[FormColumn, ...]:
    """Columns written as tables in an option."""
    return tuple(FormColumn(c["field"], c.get("title", ""), float(c.get("width", 0)), c.get("align", "left"), c.get("group", "")) for c in given)
