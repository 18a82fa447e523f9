"""What an import has to tell, cell by cell: findings with sheet, Excel address, heading, message, value and mend."""

from collections.abc import Mapping

from unionclient.definition.issue import Issue, Level
from unionclient.definition.reading import Note, Reading
from unionclient.definition.words import _
from unionclient.sheets.book import NOT_CALCULATED, Cell, address, shown
from unionclient.sheets.layout import Column
from unionclient.sheets.plan import ImportFinding, RejectedRow
from unionclient.sheets.slots import Slot, Tables

_PROBLEM_RULES = {"unreadable": "G-UNREAD", "damaged": "IMP-DAMAGED", "ambiguous": "IMP-AMBIGUOUS"}
_NOTE_LEVELS: Mapping[str, Level] = {
    "approximate": Level.CONFIRM, "chinese_number": Level.CONFIRM, "converted": Level.CONFIRM, "private_use": Level.CONFIRM,
    "second_phone": Level.HINT, "retired": Level.HINT, "no_time": Level.HINT, "bracket": Level.CONFIRM}


class Telling:
    """Findings and rejected rows of one import, in the order of the sheets."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._found: list[tuple[int, int, int, ImportFinding]] = []
        self._problems: dict[int, list[str]] = {}

    @property
    def rejected(self) -> Mapping[int, list[str]]:
        """{position: problems} of the rows that stay out."""
        return self._problems

    def findings(self) -> tuple[ImportFinding, ...]:
        return tuple(item[3] for item in sorted(self._found, key=lambda item: item[:3]))

    def rejected_rows(self) -> tuple[RejectedRow, ...]:
        rows = []
        for position in sorted(self._problems):
            _, table, row = self._tables.at(position)
            rows.append(RejectedRow(table.sheet.name, row, table.row(row), tuple(dict.fromkeys(self._problems[position]))))
        return tuple(rows)

    def table_of(self, position: int) -> int:
        return self._tables.at(position)[0]

    def place(self, position: int, seen_from: int) -> str:
        """"第13行", with its sheet when that is another one."""
        number, table, row = self._tables.at(position)
        return _("第{row}行").format(row=row + 1) if number == self._tables.at(seen_from)[0] else _("工作表“{name}”第{row}行").format(name=table.sheet.name, row=row + 1)

    def find(self, position: int, column: Column | None, rule: str, level: Level, message: str, value: str = "",
             mend: str = "", field: str = "") -> None:
        """One finding; without a column it stands at the row's first mapped cell."""
        number, table, row = self._tables.at(position)
        index = column.index if column else min(c.index for c in table.layout.mapped)
        name = field or (column.target[1] if column and column.target else "")
        self._found.append((number, row, index, ImportFinding(
            table.sheet.name, address(row, index), column.heading if column else "", name, rule, level, message, value, mend)))

    def find_total(self, number: int, row: int, column: Column, message: str, value: str) -> None:
        table = self._tables.tables[number]
        name = column.target[1] if column.target else ""
        self._found.append((number, row, column.index, ImportFinding(
            table.sheet.name, address(row, column.index), column.heading, name, "IMP-TOTAL", Level.HINT, message, value, _("请核对是否漏行"))))

    def reject(self, position: int, column: Column | None, rule: str, message: str, value: str = "", mend: str = "", field: str = "") -> None:
        """A finding that keeps the row out."""
        self.find(position, column, rule, Level.BLOCK, message, value, mend, field)
        self._problems.setdefault(position, [])
        self.add_problem(position, column, message)

    def add_problem(self, position: int, column: Column | None, message: str) -> None:
        """One more thing to mend in a row that stays out; a row that comes in has its finding and needs no more."""
        if position in self._problems:
            self._problems[position].append(_("{heading}：{message}").format(heading=column.heading, message=message) if column else message)

    def reading(self, position: int, column: Column, cell: Cell, reading: Reading) -> tuple[Note, ...]:
        """What the reading of one cell has to tell; returns its notes."""
        if problem := reading.problem:
            self.reject(position, column, _PROBLEM_RULES[problem.kind], problem.message, shown(cell), problem.mend)
        for note in reading.notes:
            if note.kind in _NOTE_LEVELS:
                self.find(position, column, "IMP-NOTE", _NOTE_LEVELS[note.kind], note.message, shown(cell))
        return reading.notes

    def fault(self, position: int, column: Column, what: str) -> None:
        """An error cell, or a formula that nobody worked out."""
        if what == NOT_CALCULATED:
            self.reject(position, column, "G-UNREAD", _("公式没有计算结果"), "", _("请在 WPS 或 Excel 里打开，保存一次，再导入"))
        else:
            self.reject(position, column, "G-UNREAD", _("单元格是错误值 {what}").format(what=what), what, _("请在表格软件里改正公式，或直接填写内容"))

    def issue(self, position: int, slot: Slot, issue: Issue) -> None:
        """A row rule's finding, at the cell it speaks of. Of a fed record only what the file has a cell for is told."""
        number = self._tables.at(position)[0]
        name, column = next(((n, c) for n in issue.fields if (c := slot.column(n, number)) is not None),
                            (issue.fields[0] if issue.fields else "", None))
        if column is not None or slot.feed is None:
            self.find(position, column, issue.rule, issue.level, issue.message, issue.value, issue.mend, name)

    def issue_of_rejected(self, position: int, slot: Slot, issue: Issue) -> None:
        """What else is wrong with a row that stays out, so that it is mended once."""
        number = self.table_of(position)
        column = next((c for n in issue.fields if (c := slot.column(n, number)) is not None), None)
        if column is not None:
            self.find(position, column, issue.rule, issue.level, issue.message, issue.value, issue.mend, issue.fields[0])
            if issue.level == Level.BLOCK:
                self.add_problem(position, column, issue.message)
