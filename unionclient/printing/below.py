"""Child tables of a form as strips: rows of child records, of a code list or of a score sheet, padded for the pen, with sums."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from unionclient.definition.ledger import Field
from unionclient.definition.words import _
from unionclient.printing.blocks import Area, Block
from unionclient.printing.grid import columns_of, heading
from unionclient.printing.painter import Painter
from unionclient.printing.sheet import ABSENT, Job, PrintRow
from unionclient.printing.table import Column, Line, Table

_HEADED = 10.0                          # a title above the header of a table
_ROWS, _TOGETHER = 5, 60.0              # least number of lines; merged lines stay together up to this height


def children(job: Job, row: PrintRow, area: Area, *, only: int | None = None) -> list[Block]:
    """The child tables one under the other; `only` names one of them, counted from 0."""
    numbers = range(len(job.tables)) if only is None else (only,)
    return [block for number in numbers for block in _table_blocks(job, row, number, area)]


def _table_blocks(job: Job, row: PrintRow, number: int, area: Area) -> list[Block]:
    given = job.tables[number]
    record = job.form.layout == "K3"
    table = table_of(job, given, area.left, area.wide, row=given.get("row", 9.0 if record else 8.0))
    rows = rows_below(job, row, number)
    merged = given.get("merged", 0)
    lines = [table.line([cell(job, child, c.path, n, row.blank) for c in table.columns], merged=merged) for n, child in enumerate(rows, 1)]
    lines += [table.line([""] * len(table.columns))] * (given.get("rows", 12 if record else _ROWS) - len(lines))
    lines += total(job, given, table, rows)
    title = [heading(given["title"], area)] if given.get("title") else []
    return [*title, *strips(table, table.cut(lines, area.most - table.head - _HEADED), merged=merged)]


def strips(table: Table, lines: Sequence[Line], *, merged: int = 0) -> list[Block]:
    """The header and each line of a table as strips; lines with equal merged cells stay in one."""
    head = Block(table.head, lambda paper, y: table.draw_head(paper, y), key="|".join(c.title for c in table.columns), header=True)
    if not merged:
        return [head, *(_strip(table, [line], 0, head) for line in lines)]
    found = [head]
    for _, group in groupby(lines, key=lambda line: None if line.total else "".join(line.cells[0].text.lines)):
        found += [_strip(table, run, merged, head) for run in _runs(list(group))]
    return found


def _runs(lines: list[Line]) -> list[list[Line]]:
    """Lines that share a merged cell, in parts of about the same height where they are too high for one strip."""
    whole = sum(line.height for line in lines)
    part = whole / max(-(-whole // _TOGETHER), 1)
    runs: list[list[Line]] = [[]]
    for line in lines:
        if runs[-1] and sum(one.height for one in runs[-1]) + line.height / 2 > part:
            runs.append([])
        runs[-1].append(line)
    return runs


def _strip(table: Table, lines: Sequence[Line], merged: int, head: Block) -> Block:
    plain = not merged and not lines[0].total

    def ruled(paper: Painter, y: float) -> None:
        if plain:
            table.draw_boxes(paper, y, lines[0].height)

    def written(paper: Painter, y: float) -> None:
        if plain:
            table.draw_texts(paper, lines[0], y)
        else:
            table.draw_lines(paper, lines, y, merged=merged)

    return Block(sum(line.height for line in lines), ruled, written, key="line" if plain else "lines", again=head)


def table_of(job: Job, given: Mapping[str, Any], left: float, room: float, *, row: float, size: float = 10.5, least: float = 8.5) -> Table:
    """The ruled table of a child table's columns; titles not given are those of the fields."""
    ledger = job.child_ledger(given)
    columns = columns_of(given["columns"])
    open_count = sum(not c.width for c in columns)
    rest = max((room - sum(c.width for c in columns)) / open_count, 12.0) if open_count else 0.0
    widths = [c.width or rest for c in columns]
    scale = room / sum(widths)

    def title(column: Any) -> str:
        found = job.field(column.field, ledger) if ledger else None
        return column.title or (found.heading if found else {"row_no": _("序号")}.get(column.field, ""))

    return Table(tuple(Column(c.field, title(c), wide * scale, g.get("align", "center" if wide < 40 else "left"), c.group)
                       for c, g, wide in zip(columns, given["columns"], widths, strict=True)), left, size=size, least=least, row=row)


def cell(job: Job, child: PrintRow, path: str, number: int, blank: bool = False) -> str:
    return str(number) if path == "row_no" else job.shown(child, path, blank=blank or path == "blank")


def rows_below(job: Job, row: PrintRow, number: int) -> tuple[PrintRow, ...]:
    """The rows of a child table: the record's, or the codes of a list, or the items of a score sheet.

    Printed codes and items take their other cells from the child record that names them in its `item`.
    """
    given, found = job.tables[number], row.below(number)
    printed = _printed(job, given)
    if not printed:
        return found
    columns = [column["field"] for column in given["columns"]]
    answers = {child.cells.get(given.get("item", ""), ""): child for child in found}
    return tuple(_joined(cells, columns, answers.get(cells["code"]) or answers.get(cells["title"])) for cells in printed)


def _joined(cells: Mapping[str, str], columns: Iterable[str], answer: PrintRow | None) -> PrintRow:
    """A row that the program prints itself; without an answer its other columns are for the pen."""
    own = {path: cells[path] for path in columns if path in cells}
    return PrintRow({**answer.cells, **own}, answer.numbers) if answer else PrintRow(own, blank=True)


def _printed(job: Job, given: Mapping[str, Any]) -> list[dict[str, str]]:
    if not job.library:
        return []
    if "codes" in given:
        codes = job.library.codes[given["codes"]].codes.values()
        return [{"code": c.code, "title": c.title, **{k: str(v) for k, v in c.facts.items()}} for c in codes if not c.retired]
    if "sheet" in given:
        items = job.library.sheets[given["sheet"]].items.values()
        return [{"section": i.section, "code": i.code, "title": f"★{i.title}" if i.must else i.title, "points": str(i.points), "rule": i.rule}
                for i in items]
    return []


# sums

def total(job: Job, given: Mapping[str, Any], table: Table, rows: Sequence[PrintRow]) -> list[Line]:
    """The 合计 line of the summed columns, or nothing."""
    summed = set(given.get("total", ()))
    places = [n for n, column in enumerate(table.columns) if column.path in summed]
    if not places:
        return []
    ledger = job.child_ledger(given)
    texts = [sum_text(job.field(c.path, ledger), [row.numbers.get(c.path) for row in rows]) if c.path in summed and rows else ""
             for c in table.columns]
    return [table.total(_("合计"), texts, label_span=max(places[0], 1))]


def sum_text(found: Field | None, values: Iterable[int | None]) -> str:
    """The exact sum of stored integers as text; values that are missing do not count, and none at all is no sum."""
    known = [value for value in values if value is not None]
    if not known:
        return ABSENT
    places = 2 if found and found.type == "money" else found.places if found and found.type == "decimal" else 0
    whole, rest = divmod(abs(sum(known)), 10 ** places)
    return f"{'-' if sum(known) < 0 else ''}{whole:{',' if places else ''}}" + (f".{rest:0{places}d}" if places else "")
