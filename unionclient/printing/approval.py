"""Layout K2: an approval or registration form (审批表、登记表、申报表). One document per record.

A grid of labels and values, then the child table, text boxes and opinion boxes of the options; what sheets of equal heights
share is drawn once. A column at least `WHOLE` mm wide takes a whole row; `group` starts a headed block.
Options: `line` (texts under the title), `children` (title, rows, columns), `texts` (field, title, height), `opinions`
(titles; one box with signature, seal and date each), `signer`, `note`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from unionclient.definition.ledger import FormColumn
from unionclient.printing import frame, typeset
from unionclient.printing.fonts import HEI, HEI_BOLD, SONG
from unionclient.printing.painter import A4, HEAD_GREY, MARGIN, PAD, SEAL, Painter
from unionclient.printing.sheet import EMPTY_SHEET, Job, Page, PrintRow
from unionclient.printing.table import Column, Line, Table
from unionclient.printing.typeset import Fitted

WHOLE = 100.0
_LABEL, _SIZE, _LEAST = 25.0, 10.5, 9.0
_ROW, _GROUP_ROW, _NOTE_ROW = 9.0, 8.0, 7.0
_OPINION, _OPINION_MOST, _TEXT = 48.0, 66.0, 60.0
_FIRST, _LATER = 33.0, 14.0             # where the blocks begin on the first page and on later ones

Draw = Callable[[Painter, float], None]


def _nothing(_paper: Painter, _y: float) -> None:
    return


@dataclass(frozen=True, slots=True)
class Block:
    """A horizontal strip of the form: `ruled` is alike on every sheet, `written` belongs to the record."""

    height: float
    ruled: Draw
    written: Draw = _nothing
    key: str = ""                       # what `ruled` depends on besides the height
    header: bool = False                # stays with the next block


def plan(job: Job) -> list[list[Page]]:
    """One document per row; without rows one blank form."""
    return [_document(job, row) for row in job.rows or (EMPTY_SHEET,)]


def _document(job: Job, row: PrintRow) -> list[Page]:
    above, below = [*_grid(job, row), *_children(job, row), *_texts(job, row)], _note(job)
    blocks = [*above, *_opinions(job, A4[1] - frame.FOOT - _FIRST - sum(block.height for block in above + below)), *below]
    pages = _stack(blocks, A4[1] - frame.FOOT)
    return [partial(_page, job=job, row=row, blocks=part, opening=number == 0) for number, part in enumerate(pages)]


def _page(paper: Painter, *, job: Job, row: PrintRow, blocks: Sequence[Block], opening: bool) -> None:
    def ruled(sheet: Painter) -> None:
        frame.title(sheet, job.form.title, 21.0, size=20) if opening else frame.title(sheet, f"{job.form.title}（续）", 11.0, size=12)
        y = _FIRST if opening else _LATER
        for block in blocks:
            block.ruled(sheet, y)
            y += block.height

    paper.once((opening, *((block.key, round(block.height, 3)) for block in blocks)), ruled)
    y = _FIRST if opening else _LATER
    if opening:
        frame.three(paper, [job.fill(text, row) for text in job.option("line", ())], _FIRST - 3)
    for block in blocks:
        block.written(paper, y)
        y += block.height


def _stack(blocks: Sequence[Block], bottom: float) -> list[list[Block]]:
    """Blocks into pages; a header goes with the block below it."""
    pages: list[list[Block]] = [[]]
    room = bottom - _FIRST
    for number, block in enumerate(blocks):
        needed = block.height + (blocks[number + 1].height if block.header and number + 1 < len(blocks) else 0.0)
        if needed > room and pages[-1]:
            pages.append([])
            room = bottom - _LATER
        pages[-1].append(block)
        room -= block.height
    return pages


# the grid of labels and values

def _grid(job: Job, row: PrintRow) -> list[Block]:
    blocks: list[Block] = []
    group, pair = "", []
    for column in job.form.columns:
        if column.group != group or column.width >= WHOLE or len(pair) == 2:
            blocks += _pair(job, row, pair)
            pair = []
        if column.group != group:
            group = column.group
            blocks += [_heading(group)] if group else []
        pair.append(column)
        if column.width >= WHOLE:
            blocks += _pair(job, row, pair)
            pair = []
    return blocks + _pair(job, row, pair)


def _heading(words: str) -> Block:
    def ruled(paper: Painter, y: float) -> None:
        paper.box(MARGIN, y, paper.grid, _GROUP_ROW, fill=HEAD_GREY)
        paper.lay(Fitted((words,), HEI_BOLD, _SIZE), MARGIN, y, paper.grid, _GROUP_ROW, align="center")

    return Block(_GROUP_ROW, ruled, key=words, header=True)


def _pair(job: Job, row: PrintRow, columns: Sequence[FormColumn]) -> list[Block]:
    """One grid row of one or two label/value pairs; a single one has the whole row."""
    if not columns:
        return []
    step = (A4[0] - 2 * MARGIN) / len(columns)
    wide = step - _LABEL
    labels = [typeset.fit(job.heading(c), _LABEL - 2 * PAD, font=HEI, size=_SIZE, least=9.0) for c in columns]
    values = [typeset.fit(job.shown(row, c.field), wide - 2 * PAD, font=SONG, size=_SIZE, least=_LEAST) for c in columns]
    height = max(_ROW, *(text.height + 2 * PAD for text in (*labels, *values)))

    def ruled(paper: Painter, y: float) -> None:
        for number, label in enumerate(labels):
            x = MARGIN + number * step
            paper.box(x, y, _LABEL, height, fill=HEAD_GREY)
            paper.lay(label, x, y, _LABEL, height, align="center")
            paper.box(x + _LABEL, y, wide, height)

    def written(paper: Painter, y: float) -> None:
        for number, (column, value) in enumerate(zip(columns, values, strict=True)):
            paper.lay(value, MARGIN + number * step + _LABEL, y, wide, height, align=column.align)

    return [Block(height, ruled, written, key="|".join(c.field for c in columns))]


# child table, text boxes, opinions, note

def _children(job: Job, row: PrintRow) -> list[Block]:
    """The child table, padded with empty rows to the number the form asks for."""
    children = job.option("children")
    if not children:
        return []
    table = _child_table(children)
    lines = [table.line([str(number) if c.path == "row_no" else job.shown(child, c.path) for c in table.columns])
             for number, child in enumerate(row.children, 1)]
    lines += [table.line([""] * len(table.columns))] * (children.get("rows", 5) - len(lines))
    head = Block(table.head, lambda paper, y: table.draw_head(paper, y), key="children", header=True)
    title = [_heading(children["title"])] if children.get("title") else []
    return [*title, head, *(_child_row(table, line) for line in lines)]


def _child_table(children: dict) -> Table:
    given = children["columns"]
    room = A4[0] - 2 * MARGIN
    open_count = sum(not c.get("width") for c in given)
    rest = (room - sum(c.get("width", 0) for c in given)) / open_count if open_count else 0.0
    widths = [c.get("width") or rest for c in given]
    scale = room / sum(widths)
    return Table(tuple(Column(c["field"], c.get("title", ""), wide * scale, c.get("align", "center"))
                       for c, wide in zip(given, widths, strict=True)), MARGIN, size=10, least=8.5, row=8.0)


def _child_row(table: Table, line: Line) -> Block:
    def ruled(paper: Painter, y: float) -> None:
        x = MARGIN
        for column in table.columns:
            paper.box(x, y, column.width, line.height)
            x += column.width

    def written(paper: Painter, y: float) -> None:
        x = MARGIN
        for column, cell in zip(table.columns, line.cells, strict=True):
            paper.lay(cell.text, x, y, column.width, line.height, align=cell.align)
            x += column.width

    return Block(line.height, ruled, written, key="child")


def _texts(job: Job, row: PrintRow) -> list[Block]:
    """Boxes for long text; one that is too long continues in a further box."""
    blocks = []
    wide = A4[0] - 2 * MARGIN - _LABEL
    most = A4[1] - frame.FOOT - _LATER
    for text in job.option("texts", ()):
        fitted = typeset.fit(job.shown(row, text["field"]), wide - 2 * PAD, font=SONG, size=_SIZE, least=_SIZE)
        step = fitted.height / max(len(fitted.lines), 1)
        count = max(1, int((most - 2 * PAD) / step)) if step else 1
        for start in range(0, max(len(fitted.lines), 1), count):
            part = Fitted(fitted.lines[start:start + count], fitted.font, fitted.size)
            height = max(text.get("height", _TEXT) if start == 0 else _ROW, part.height + 2 * PAD)
            blocks.append(_labelled(text["title"], height, part))
    return blocks


def _labelled(title: str, height: float, text: Fitted) -> Block:
    label = typeset.fit(title, _LABEL - 2 * PAD, font=HEI, size=_SIZE, least=8.5)

    def ruled(paper: Painter, y: float) -> None:
        paper.box(MARGIN, y, _LABEL, height, fill=HEAD_GREY)
        paper.lay(label, MARGIN, y, _LABEL, height, align="center")
        paper.box(MARGIN + _LABEL, y, paper.grid - _LABEL, height)

    def written(paper: Painter, y: float) -> None:
        paper.lay(text, MARGIN + _LABEL, y, paper.grid - _LABEL, height, valign="top")

    return Block(height, ruled, written, key=title)


def _opinions(job: Job, room: float) -> list[Block]:
    """One box per level: title at the left, room to write, signature, seal and date at the right bottom.

    `room` is what the other blocks leave of the first page; the boxes share it, within limits.
    """
    signer, titles = job.option("signer", "负责人（签字）："), job.option("opinions", ())
    height = min(max(room / max(len(titles), 1), _OPINION), _OPINION_MOST)

    def ruled(paper: Painter, y: float, title: str) -> None:
        paper.box(MARGIN, y, _LABEL, height, fill=HEAD_GREY)
        paper.lay(typeset.fit_box(title, 16, height - 2 * PAD, font=HEI, size=_SIZE), MARGIN, y, _LABEL, height, align="center")
        paper.box(MARGIN + _LABEL, y, paper.grid - _LABEL, height)
        right = paper.width - MARGIN
        paper.seal(right - SEAL / 2 - 4, y + height - SEAL / 2 - 3)
        paper.sign(MARGIN + _LABEL + 8, y + height - 6, signer, 70)

    return [Block(height, partial(ruled, title=title), key=title) for title in titles]


def _note(job: Job) -> list[Block]:
    note = job.option("note")
    if not note:
        return []
    text = typeset.fit(note, A4[0] - 2 * MARGIN, font=SONG, size=9, least=8)
    height = max(_NOTE_ROW, text.height + 2 * PAD)
    return [Block(height, lambda paper, y: paper.lay(text, MARGIN - PAD, y, paper.grid, height), key="note")]
