"""Layout K6: a score sheet (考核评分表): items under merged sections, three score columns, totals, vetoes, grade, signatures.

The record's children are the items; `children.columns` of the options gives their columns, the first `merged` (1) are merged where
equal. Cell `veto_list` of the record holds the veto items of the score sheet, one per line beginning with its code ("V1 …"); those
whose codes stand in cell `veto_code` are ticked. Options: `line`, `children`, `totals` (column, field; or `total` of the children),
`total_title`, `results` (title, field), `veto` ("" for none), `conditions` (words), `signatures`, `unit_seal` (words), `note`.
"""

from collections.abc import Sequence
from functools import partial

from unionclient.definition.words import _
from unionclient.printing import frame, typeset
from unionclient.printing.below import cell, rows_below, sum_text, table_of
from unionclient.printing.fonts import HEI_BOLD, SONG
from unionclient.printing.painter import A4, HEAD_GREY, MARGIN, PAD, SEAL, Painter
from unionclient.printing.sheet import EMPTY_SHEET, Job, Page, PrintRow
from unionclient.printing.table import Line, Table
from unionclient.printing.typeset import Fitted

Result = tuple[str, Fitted, float]
VETOES = "veto_list"
APPLIED = "veto_code"
"""Cells a score sheet needs besides its fields: its veto items, one per line, and the stored codes of those that apply."""
_TOP, _TOP_LATER = 28.0, 22.0
_BLANK_ROWS, _RESULT, _LABEL, _SIGNS = 11, 9.0, 24.0, 14.0
_CLOSING_SEAL = SEAL + 14.0              # width of the seal's box at the right
_LEAST_CLOSING, _NOTE = SEAL + 2.0, 6.0


def plan(job: Job) -> list[list[Page]]:
    """One document per row; without rows one blank sheet."""
    return [_document(job, row) for row in job.rows or (EMPTY_SHEET,)]


def _document(job: Job, row: PrintRow) -> list[Page]:
    wide, high = A4[::-1] if job.form.landscape else A4
    table = _table(job, wide - 2 * MARGIN)
    lines = _lines(job, row, table)
    vetoes = _vetoes(row, wide - 2 * MARGIN - _CLOSING_SEAL - _LABEL)
    results = _results(job, row, wide - 2 * MARGIN - _CLOSING_SEAL)
    conditions = _conditions(job, wide - 2 * MARGIN - _CLOSING_SEAL)
    closing = max(_LEAST_CLOSING, _result_height(results) + _veto_height(vetoes, job) + _condition_height(conditions) + _SIGNS)
    bottom = high - frame.FOOT
    pages = table.pages(lines, bottom - _TOP - table.head, bottom - _TOP_LATER - table.head, closing + (_NOTE if job.option("note") else 0.0))
    last = len(pages) - 1
    return [partial(_page, job=job, row=row, table=table, lines=part, opening=number == 0,
                    closing=(closing, vetoes, results, conditions) if number == last else None) for number, part in enumerate(pages)]


def _page(paper: Painter, *, job: Job, row: PrintRow, table: Table, lines: Sequence[Line], opening: bool,
          closing: tuple[float, Sequence[tuple[str, str]], Sequence[Result], Fitted | None] | None) -> None:
    top = _TOP if opening else _TOP_LATER
    frame.title(paper, job.form.title if opening else _("{title}（续）").format(title=job.form.title), 16 if opening else 13, size=18 if opening else 12)
    frame.three(paper, [job.fill(text, row) for text in job.option("line", ())], top - 2.5)
    y = table.draw_lines(paper, lines, table.draw_head(paper, top), merged=job.tables[0].get("merged", 1))
    if closing:
        _close(paper, job, y, *closing)


# items

def _table(job: Job, grid: float) -> Table:
    return table_of(job, job.tables[0], MARGIN, grid, row=job.tables[0].get("row", 7.0), size=9, least=8)


def _lines(job: Job, row: PrintRow, table: Table) -> list[Line]:
    rows = rows_below(job, row, 0)
    merged = job.tables[0].get("merged", 1)
    items = [table.line([cell(job, item, column.path, number, row.blank) for column in table.columns], merged=merged)
             for number, item in enumerate(rows, 1)]
    items = items or [table.line([""] * len(table.columns), row=8.0)] * job.tables[0].get("rows", _BLANK_ROWS)
    texts = [_total(job, row, rows, column.path) for column in table.columns]
    if not any(texts) and not row.blank and not job.option("totals"):
        return items
    summed = {*job.tables[0].get("total", ()), *(total["column"] for total in job.option("totals", ()))}
    span = next((n for n, column in enumerate(table.columns) if column.path in summed), 1)
    return [*items, table.total(job.option("total_title", _("合计")), texts, label_span=max(span, 1))]


def _total(job: Job, row: PrintRow, rows: Sequence[PrintRow], path: str) -> str:
    """Under a column: the field of the record that holds its total, or the sum of the items."""
    fields = {total["column"]: total["field"] for total in job.option("totals", ())}
    if path in fields:
        return job.shown(row, fields[path])
    if path not in job.tables[0].get("total", ()) or row.blank:
        return ""
    return sum_text(job.field(path, job.child_ledger(job.tables[0])), [item.numbers.get(path) for item in rows])


# below the table: results, vetoes, signatures, seal

def _result_room(wide: float) -> float:
    """Width left for the text of a result beside its label."""
    return wide - min(_LABEL, wide * 0.55)


def _results(job: Job, row: PrintRow, wide: float) -> list[Result]:
    """Title, measured text and width of each result, side by side."""
    given = job.option("results", ())
    each = wide / max(len(given), 1)
    return [(result["title"], typeset.fit(job.shown(row, result["field"]), _result_room(each) - 2 * PAD, font=HEI_BOLD, size=10.5, least=7),
             each) for result in given]


def _result_height(results: Sequence[Result]) -> float:
    return max((_RESULT, *(text.height + 2 * PAD for _, text, _ in results)))


def _vetoes(row: PrintRow, room: float) -> list[tuple[str, str]]:
    """The lines of the veto box and their fonts: every item with its box, ticked and bold when it applies."""
    applied = row.cells.get(APPLIED, "").replace(",", " ").split()
    items = [text.strip() for text in row.cells.get(VETOES, "").splitlines() if text.strip()]
    found = []
    for text in items:
        ticked = text.split()[0] in applied
        words, font = f"{'☑' if ticked else '☐'} {text}", HEI_BOLD if ticked else SONG
        found += [(line, font) for line in typeset.wrap(words, room - 4 * PAD, font, 8.5)]
    return found


def _veto_height(lines: Sequence[tuple[str, str]], job: Job) -> float:
    return max(9.0, len(lines) * 4.3 + 2 * PAD) if lines or job.option("veto", _("一票否决")) else 0.0


def _conditions(job: Job, wide: float) -> Fitted | None:
    """A row of words above the signatures, such as what must be fulfilled."""
    words = job.option("conditions")
    return typeset.fit(words, wide - 4 * PAD, font=SONG, size=9, least=9) if words else None


def _condition_height(text: Fitted | None) -> float:
    return max(9.0, text.height + 2 * PAD) if text else 0.0


def _close(paper: Painter, job: Job, y: float, height: float, vetoes: Sequence[tuple[str, str]], results: Sequence[Result],
           conditions: Fitted | None) -> None:
    wide = paper.grid - _CLOSING_SEAL
    high = _result_height(results) if results else 0.0
    _draw_results(paper, results, y, high)
    top = y + high
    words = _condition_height(conditions)
    signing = _SIGNS
    veto = height - high - words - signing if _veto_height(vetoes, job) else 0.0
    if veto:
        _draw_vetoes(paper, job, vetoes, top, wide, veto)
    else:
        signing = height - high - words
    if conditions:
        paper.box(MARGIN, top + veto, wide, words)
        paper.lay(conditions, MARGIN + PAD, top + veto, wide - 2 * PAD, words)
    _signatures(paper, job, top + veto + words, wide, signing)
    paper.box(MARGIN + wide, y, _CLOSING_SEAL, height)
    paper.seal(MARGIN + wide + _CLOSING_SEAL / 2, y + height / 2, words=job.option("unit_seal", _("（公章）")))
    paper.write(MARGIN, y + height + 4.5, job.option("note", ""), size=9)


def _draw_results(paper: Painter, results: Sequence[Result], y: float, high: float) -> None:
    x = MARGIN
    for title, text, each in results:
        label = each - _result_room(each)
        _labelled(paper, title, x, y, label, high)
        paper.box(x + label, y, each - label, high)
        paper.lay(text, x + label, y, each - label, high, align="center")
        x += each


def _draw_vetoes(paper: Painter, job: Job, vetoes: Sequence[tuple[str, str]], top: float, wide: float, high: float) -> None:
    _labelled(paper, job.option("veto", _("一票否决")), MARGIN, top, _LABEL, high)
    paper.box(MARGIN + _LABEL, top, wide - _LABEL, high)
    for number, (line, font) in enumerate(vetoes):
        paper.write(MARGIN + _LABEL + 2 * PAD, top + PAD + 3.4 + number * 4.3 + (high - _veto_height(vetoes, job)) / 2, line, font=font, size=8.5)


def _labelled(paper: Painter, words: str, x: float, y: float, wide: float, high: float) -> None:
    paper.box(x, y, wide, high, fill=HEAD_GREY)
    paper.lay(typeset.fit_box(words, wide - 2 * PAD, high - PAD, font=HEI_BOLD, size=9), x, y, wide, high, align="center")


def _signatures(paper: Painter, job: Job, y: float, wide: float, high: float) -> None:
    """Labels to sign at, two lines of them when there is room and need."""
    paper.box(MARGIN, y, wide, high)
    labels = job.option("signatures", ())
    across = len(labels) if high < 2 * _SIGNS or len(labels) < 3 else -(-len(labels) // 2)
    step = wide / max(across, 1)
    for number, label in enumerate(labels):
        line, place = divmod(number, max(across, 1))
        lines = -(-len(labels) // across)
        base = y + high - 5 - (lines - 1 - line) * min(_SIGNS, high / lines)
        paper.sign(MARGIN + place * step + 3, base, label, step - 8, size=10)
