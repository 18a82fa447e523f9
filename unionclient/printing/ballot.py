"""Layout K6, variant "ballot": a ballot without a name (测评票), two on a sheet with a cut line between.

Options: `line` (texts under the title), `questions`, `answers`, `open` (questions with lines to write on), `note`.
One page per record: print as many copies as ballots are issued.
"""

from functools import partial

from unionclient.definition.words import _
from unionclient.printing import frame, typeset
from unionclient.printing.fonts import HEI, SONG
from unionclient.printing.painter import A4, MARGIN, PAD, Painter
from unionclient.printing.sheet import EMPTY_SHEET, Job, Page, PrintRow
from unionclient.printing.table import Column, Table

_HALF, _EDGE = A4[1] / 2, 7.0
_HIGH = _HALF - _EDGE - frame.FOOT       # the same for both: the page's foot belongs to neither
_TOPS = (_EDGE, _HALF + _EDGE)
_NUMBER, _ANSWER, _ROW = 12.0, 26.0, 9.0


def plan(job: Job) -> list[list[Page]]:
    """One page of two ballots per row; without rows one blank page."""
    return [[partial(_page, job=job, row=row)] for row in job.rows or (EMPTY_SHEET,)]


def _page(paper: Painter, *, job: Job, row: PrintRow) -> None:
    paper.once(("ballots",), lambda sheet: [_ruled(sheet, job, top) for top in _TOPS])
    paper.cut_line(_HALF)
    for top in _TOPS:
        frame.three(paper, [job.fill(text, row) for text in job.option("line", ())], top + 21)


def _ruled(paper: Painter, job: Job, top: float) -> None:
    frame.title(paper, job.form.title, top + 12, size=17)
    answers = job.option("answers")
    room = paper.grid - _NUMBER - _ANSWER * len(answers)
    columns = (Column("n", _("序号"), _NUMBER, "center"), Column("q", _("测评内容"), room),
               *(Column("a", answer, _ANSWER, "center") for answer in answers))
    table = Table(columns, MARGIN, size=10.5, least=9, row=_ROW)
    lines = [table.line([str(number), question, *("□" for _answer in answers)]) for number, question in enumerate(job.option("questions"), 1)]
    y = table.draw_lines(paper, lines, table.draw_head(paper, top + 24))
    note = typeset.fit(job.option("note", ""), paper.grid, font=SONG, size=9, least=8)
    bottom = top + _HIGH - note.height
    paper.lay(note, MARGIN - PAD, bottom, paper.grid + 2 * PAD, note.height)
    questions = job.option("open", ())
    height = (bottom - 1 - y) / max(len(questions), 1)
    for number, question in enumerate(questions):
        _open_question(paper, question, y + number * height, height)


def _open_question(paper: Painter, question: str, y: float, height: float) -> None:
    paper.box(MARGIN, y, paper.grid, height)
    paper.write(MARGIN + 2 * PAD, y + 6, question, font=HEI, size=10)
    for base in range(1, int((height - 8) / 8) + 1):
        paper.line(MARGIN + 2 * PAD, y + 7 + base * 8, paper.width - MARGIN - 2 * PAD, y + 7 + base * 8, weight=0.3, grey=0.6)
