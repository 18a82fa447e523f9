"""Layout K1: a roster (台账、名册). One document; header rows on every page, totals, and the signatures at its end.

Options: `unit` (单位), `total` (paths summed), `group_by` (path; rows are gathered by it and get a 小计), `new_page` (a page for each
group), `count` (小计 and 合计 say how many rows), `lead` (paths repeated when the columns need further sheets), `remark` = false (no
备注), `row` and `rows` (height and least number of lines), `line`, `by_hand`, `notes` (填表说明), `signers`,
`children` (one table or several; only = {path = text}, columns): columns taken from the record's child rows whose cells are as `only` says.
Variant `tally`: the rows are counted lines with cells `label` and `n1`, `n2` … for the columns of `tally`; the last row is the total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from unionclient.definition.ledger import Field, FormColumn
from unionclient.definition.words import _, marked
from unionclient.printing import frame, typeset
from unionclient.printing.below import sum_text
from unionclient.printing.grid import columns_of
from unionclient.printing.fonts import HEI_BOLD, SONG
from unionclient.printing.painter import A4, MARGIN, PAD, Painter
from unionclient.printing.sheet import ABSENT, EMPTY_SHEET, Job, Page, PrintRow
from unionclient.printing.table import Column, Line, Table

_NUMBER_WIDTH, _REMARK_WIDTH = 10.0, 20.0
_TOP, _TOP_LATER = 29.0, 24.0           # upper edge of the table on the first page and on later ones
_SIGNS = 11.0                           # height of the signature line below the table
_NOTE = 4.6
_CROWDED = 1.25                         # declared widths may be so much too wide together; they are narrowed to fit
_CHILD = "children."                    # before the number of a child table and the path of a column of it
_BLANK_ROWS, _BLANK_ROW = 12, 9.0
_SIZES, _SAMPLE, _MAY_WRAP = (10.5, 10.0, 9.5, 9.0), 100, 0.04
_SIGNERS = (marked("填表人：{context.officer|}"), marked("审核人："), marked("负责人（签字）："), marked("联系电话："))


def plan(job: Job) -> list[list[Page]]:
    """One document with all rows; columns that do not fit continue on further sheets."""
    page_width, page_height = A4[::-1] if job.form.landscape else A4
    grid = page_width - 2 * MARGIN
    notes = _notes(job, grid)
    foot = _SIGNS + len(notes) * _NOTE
    bottom = page_height - frame.FOOT
    document: list[Page] = []
    for columns in _sheets(job, grid):
        table = Table(columns, MARGIN, size=_size(job, columns))
        first, later = (bottom - top - table.head for top in (_TOP, _TOP_LATER))
        parts = _parts(job, table, first - foot)
        for group, part in parts:
            opens = not document or bool(group)
            pages = table.pages(part, first if opens else later, later, foot)
            for number, lines in enumerate(pages):
                document.append(partial(_page, job=job, table=table, lines=lines, group=group, opening=opens and number == 0,
                                        notes=notes if number == len(pages) - 1 else None))
    return [document]


def _page(paper: Painter, *, job: Job, table: Table, lines: Sequence[Line], group: str, opening: bool, notes: Sequence[str] | None) -> None:
    """`notes` is None on a page that is not the last of its table; `group` names the group that has the page for itself."""
    frame.title(paper, job.form.title if opening else _("{title}（续）").format(title=job.form.title), 17.5 if opening else 15.0, size=18 if opening else 13)
    frame.three(paper, _above(job, group), (_TOP if opening else _TOP_LATER) - 3)
    y = table.draw_head(paper, _TOP if opening else _TOP_LATER)
    y = table.draw_lines(paper, lines, y)
    if notes is not None:
        _close(paper, job, y, notes)


def _above(job: Job, group: str) -> tuple[str, ...]:
    """The line under the title: who reports, for when, in which unit."""
    if job.option("line"):
        return tuple(job.fill(text, job.rows[0] if job.rows else EMPTY_SHEET) for text in job.option("line"))
    period = _("{group}　统计期间：{period}") if group else _("统计期间：{period}")
    return (_("填报单位（盖章）：{union}").format(union=job.context.union_name), period.format(group=group, period=_period(job)),
            _("单位：{unit}").format(unit=job.option("unit", _("个、人"))))


def _period(job: Job) -> str:
    """The period; of a ledger printed as it stands, the day of the print; on a blank form room to write it."""
    printed = job.context.printed_at
    if job.context.period_text or not (job.rows and printed):
        return job.context.period_text or "　" * 7
    return _("截至{year}年{month}月{day}日").format(year=printed.year, month=printed.month, day=printed.day)


def _close(paper: Painter, job: Job, y: float, notes: Sequence[str]) -> None:
    for number, words in enumerate(notes):
        paper.write(MARGIN, y + 4.5 + number * _NOTE, words, size=9)
    signers = [job.fill(text, EMPTY_SHEET) for text in job.option("signers", [_(signer) for signer in _SIGNERS])]
    base = y + len(notes) * _NOTE + 8
    for number, text in enumerate(signers):
        line = typeset.fit_line(text, paper.grid / len(signers) - PAD, font=SONG, size=10.5)
        paper.write(MARGIN + number * paper.grid / len(signers), base, line.lines[0] if line.lines else "", size=line.size)


def _notes(job: Job, grid: float) -> tuple[str, ...]:
    notes = job.option("notes", ())
    if not notes:
        return ()
    text = _("填表说明：{notes}").format(notes="".join(_("{number}．{words}").format(number=number, words=words) for number, words in enumerate(notes, 1)))
    return typeset.wrap(text, grid, SONG, 9)


# columns

def _sheets(job: Job, grid: float) -> list[tuple[Column, ...]]:
    """The columns of each sheet: one if they fit, else several that all begin with number and lead columns."""
    columns = [column for column in job.form.columns if column.field not in ("row_no", "remark")]
    columns += [replace(c, field=f"{_CHILD}{n}.{c.field}") for n, table in enumerate(job.tables) for c in columns_of(table["columns"])]
    columns += _tally_columns(job)
    remark = next((column for column in job.form.columns if column.field == "remark"), None)
    tail = [] if job.option("remark", not job.option("tally")) is False else [Column("remark", (remark and remark.title) or _("备注"),
                                                            (remark and remark.width) or _REMARK_WIDTH)]
    room = grid - _NUMBER_WIDTH - sum(c.width for c in tail)
    most = room * _CROWDED if all(column.width for column in columns) else room
    lead = [column for column in columns if column.field in job.option("lead", ())]
    parts: list[list[FormColumn]] = [[]]
    for column in columns:
        if sum(_least(job, c) for c in parts[-1]) + _least(job, column) > most and parts[-1]:
            parts.append([c for c in lead if c is not column])
        parts[-1].append(column)
    number = Column("row_no", _("序号"), _NUMBER_WIDTH, "center")
    return [(number, *_share(job, part, room), *tail) for part in parts]


def _tally_columns(job: Job) -> list[FormColumn]:
    if not job.option("tally"):
        return []
    counted = [FormColumn(f"n{n}", one["title"], float(one.get("width", 0)), "right", one.get("group", ""))
               for n, one in enumerate(job.option("tally"), 1)]
    return [FormColumn("label", job.option("by_title", _("项目")), 45.0 if job.form.landscape else 36.0), *counted]


def _share(job: Job, columns: Sequence[FormColumn], room: float) -> list[Column]:
    """Give columns without a width their part of the room, and stretch or shrink all to fill it."""
    open_room = room - sum(c.width for c in columns)
    wishes = {n: max(_least(job, c), _wish(job, c)) for n, c in enumerate(columns) if not c.width}
    leasts = sum(_least(job, columns[n]) for n in wishes)
    spare = max(open_room - leasts, 0.0)
    wanting = sum(wish - _least(job, columns[n]) for n, wish in wishes.items()) or 1.0
    widths = [c.width or _least(job, c) + spare * (wishes[n] - _least(job, c)) / wanting for n, c in enumerate(columns)]
    scale = room / sum(widths) if widths else 1.0
    return [Column(c.field, job.heading(c), wide * scale, c.align, c.group) for c, wide in zip(columns, widths, strict=True)]


def _field(job: Job, column: FormColumn) -> Field | None:
    return job.field(column.field)


def _least(job: Job, column: FormColumn) -> float:
    found = _field(job, column)
    if column.width:
        return column.width
    if found and found.type == "date":
        return 19.0
    return min(max((found.width if found else 12) * 1.3, 11.0), 26.0)


def _wish(job: Job, column: FormColumn) -> float:
    found = _field(job, column)
    return min(max((found.width if found else 12) * 2.0, 12.0), 60.0)


def _size(job: Job, columns: Sequence[Column]) -> float:
    """The largest size at which nearly every text of the first rows, and half of each heading, stands in one line."""
    shown = [(_text(job, row, column.path, 100), column.width - 2 * PAD) for row in job.rows[:_SAMPLE] for column in columns]
    heads = [(typeset.width(column.title, HEI_BOLD, 1.0) / 2, column.width - 2 * PAD) for column in columns]
    for size in _SIZES:
        crowded = sum(typeset.width(text, SONG, size) > room for text, room in shown)
        if crowded <= _MAY_WRAP * len(shown) and all(wide * size <= room for wide, room in heads):
            return size
    return _SIZES[-1]


# rows

def _blank_lines(job: Job, table: Table, room: float) -> list[Line]:
    least = job.option("row", _BLANK_ROW)
    count = max(_BLANK_ROWS, int(room / least))
    return [table.line([""] * len(table.columns), row=min(least, room / count)) for _ in range(count)]


def _parts(job: Job, table: Table, room: float) -> list[tuple[str, list[Line]]]:
    """The lines of the document; with `new_page` those of each group apart, with its name."""
    if not job.rows:
        return [("", _blank_tally(job, table) or _blank_lines(job, table, room))]
    if job.option("tally"):
        return [("", _tallied(job, table))]
    group_by = job.option("group_by")
    groups: dict[str, list[PrintRow]] = {}
    for row in job.rows:
        groups.setdefault(job.shown(row, group_by) if group_by else "", []).append(row)
    parts: list[tuple[str, list[Line]]] = []
    number = 0
    for name, rows in groups.items():
        lines = []
        for row in rows:
            number += 1
            lines.append(table.line([_text(job, row, column.path, number) for column in table.columns], row=job.option("row")))
        if len(groups) > 1:
            told = _("小计（{name}，{n} 条）") if job.option("count") else _("小计（{name}）")
            lines += _sum(job, table, rows, told.format(name=name, n=len(rows)), _("小计"))
        parts.append((name, lines))
    if not job.option("new_page"):
        parts = [("", [line for _name, lines in parts for line in lines])]
    last = parts[-1][1]
    last += [table.line([""] * len(table.columns), row=job.option("row"))] * max(job.option("rows", 0) - len(job.rows), 0)
    last += _sum(job, table, job.rows, _("合计（{n} 条）").format(n=len(job.rows)), _("合计"))
    return parts


def _blank_tally(job: Job, table: Table) -> list[Line]:
    """The lines of a counted roster with nothing counted: one for each code it is gathered by."""
    found = job.field(job.option("by", "")) if job.option("tally") else None
    titles = [code.title for code in found.codes.codes.values() if not code.retired] if found and found.codes else []
    empty = [""] * (len(table.columns) - 2)
    lines = [table.line([str(n), title, *empty], row=_BLANK_ROW) for n, title in enumerate(titles, 1)]
    return [*lines, table.total(_("合计"), ["", "", *empty], label_span=2)] if lines else []


def _tallied(job: Job, table: Table) -> list[Line]:
    *rows, last = job.rows
    lines = [table.line([str(n) if c.path == "row_no" else job.shown(row, c.path) for c in table.columns]) for n, row in enumerate(rows, 1)]
    return [*lines, table.total(_("合计"), [job.shown(last, column.path) for column in table.columns], label_span=2)]


def _text(job: Job, row: PrintRow, path: str, number: int) -> str:
    if path == "row_no":
        return str(number)
    if not path.startswith(_CHILD):
        return job.shown(row, path)
    table, _dot, path = path.removeprefix(_CHILD).partition(".")
    only: Mapping[str, str] = job.tables[int(table)].get("only", {})
    found = [text for child in row.below(int(table)) if all(child.cells.get(key) == value for key, value in only.items())
             if (text := child.cells.get(path, "").strip())]
    return _("、").join(found) or ABSENT


def _sum(job: Job, table: Table, rows: Sequence[PrintRow], label: str, brief: str) -> list[Line]:
    """The total row, or nothing when this sheet has no summed column. Rows without a number do not count as 0."""
    summed = set(job.option("total", ()))
    places = [n for n, column in enumerate(table.columns) if column.path in summed]
    if not places and not job.option("count"):
        return []
    texts = [sum_text(job.field(c.path), [row.numbers.get(c.path) for row in rows]) if c.path in summed else "" for c in table.columns]
    span = max(1, places[0]) if places else len(table.columns)
    if sum(column.width for column in table.columns[:span]) < 2 * PAD + 12:
        label = brief
    return [table.total(label, texts, label_span=span)]
