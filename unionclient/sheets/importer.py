"""`plan_import`: rows of a foreign workbook → what would be new, changed, same or rejected, in one or several ledgers.

Nothing is written here. A row is rejected only when a value in it cannot be read, is damaged or ambiguous, or its
record cannot be identified; what is readable but wrong comes in with its finding.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from unionclient.definition.faults import UnreadableFile
from unionclient.definition.issue import Level
from unionclient.definition.ledger import Feed, Ledger, Library
from unionclient.definition.reading import Reading
from unionclient.definition.values import TYPES
from unionclient.sheets.book import NOT_CALCULATED, Book, Sheet, address, letter, shown
from unionclient.sheets.layout import RECORD_ID, Column, Layout, Target, filled_columns, find_layout, heading_targets, sort_rows
from unionclient.sheets.matching import PARENT, Entry, Matcher, changes
from unionclient.sheets.plan import ImportFinding, ImportPlan, Lookup, PlannedColumn, PlannedWrite, RejectedRow

_PROBLEM_RULES = {"unreadable": "G-UNREAD", "damaged": "IMP-DAMAGED", "ambiguous": "IMP-AMBIGUOUS"}
_NOTE_LEVELS = {"approximate": Level.CONFIRM, "chinese_number": Level.CONFIRM, "converted": Level.HINT,
                "second_phone": Level.HINT, "retired": Level.HINT, "private_use": Level.CONFIRM, "no_time": Level.HINT}
REMARK = "remark"


def plan_import(ledger: Ledger, library: Library, book: Book, lookup: Lookup, *,
                mapping: Mapping[str, Target | None] | None = None,
                answers: Mapping[tuple[str, str], str] | None = None) -> ImportPlan:
    """The dry run of `book` into `ledger` and the ledgers its feeds name.

    `mapping` overrides headings; `answers` gives (sheet, "H46") the text an officer typed instead of an ambiguous cell.
    Raises `UnreadableFile` when no sheet holds a table of this ledger.
    """
    words = heading_targets(ledger, library)
    found: list[tuple[Sheet, Layout]] = []
    notes = list(book.notes)
    for sheet in book.sheets:
        layout = find_layout(sheet, words, mapping) if sheet.visible else None
        if layout:
            found.append((sheet, layout))
        elif sheet.height:
            notes.append(f"工作表“{sheet.name}”{'是隐藏的' if not sheet.visible else '里没有找到本台账的表头'}，没有读取")
    if not found:
        raise UnreadableFile(f"在文件里没有找到{ledger.title}的表头。", "没有导入任何内容。",
                             f"请检查表头里是否有这些列名：{'、'.join(f.title for f in ledger.live_fields[:6])}。")
    planner = _Planner(ledger, library, lookup, answers or {})
    for sheet, layout in found:
        planner.read(sheet, layout)
    return planner.result(book, found, tuple(notes))


class _Row:
    """One data row while it is worked on."""

    __slots__ = ("sheet", "number", "values", "raw", "cells", "outcome", "problems")

    def __init__(self, sheet: Sheet, number: int) -> None:
        self.sheet = sheet
        self.number = number
        self.values: dict[str, dict[str, Any]] = {}
        self.raw: dict[str, dict[str, str]] = {}
        self.cells: dict[Target, Column] = {}
        self.outcome = "same"
        self.problems: list[str] = []


class _Planner:
    """Works through the sheets; keeps matchers, writes and findings of the whole file."""

    def __init__(self, ledger: Ledger, library: Library, lookup: Lookup, answers: Mapping[tuple[str, str], str]) -> None:
        self.ledger, self.library, self.lookup, self.answers = ledger, library, lookup, answers
        self.matchers: dict[str, Matcher] = {}
        self.findings: list[ImportFinding] = []
        self.writes: list[PlannedWrite] = []
        self.rejected: list[RejectedRow] = []
        self.waiting: dict[tuple[str, str, Any], Entry] = {}     # (ledger, field, identifier) of rejected rows
        self.filled: dict[int, list[Any]] = {}
        self.counts = {"new": 0, "changed": 0, "same": 0, "rejected": 0}
        self.before = [feed for feed in ledger.feeds if feed.into]
        self.after = [feed for feed in ledger.feeds if feed.link]

    def matcher(self, ledger: Ledger) -> Matcher:
        if ledger.id not in self.matchers:
            self.matchers[ledger.id] = Matcher(ledger, self.lookup.existing(ledger.id))
        return self.matchers[ledger.id]

    # reading ------------------------------------------------------------------------------------------------

    def read(self, sheet: Sheet, layout: Layout) -> None:
        data, totals = sort_rows(sheet, layout)
        cells = self.filled = filled_columns(sheet, layout)
        if sheet.date1904:
            self._count_from_1900(layout, cells)
        readings = {c: self._read_column(sheet, c, cells[c.index], data) for c in layout.mapped}
        for position, number in enumerate(data):
            row = _Row(sheet, number)
            for column, read in readings.items():
                self._take(row, column, cells[column.index][number], read[position])
            if row.problems:
                self._reject(row)
            else:
                self._place(row)
            self.counts[row.outcome] += 1
        self._compare_totals(sheet, layout, readings, data, totals)

    def _count_from_1900(self, layout: Layout, cells: dict[int, list[Any]]) -> None:
        """Plain numbers under a date heading of a 1904 workbook, as every other workbook counts them."""
        for column in layout.mapped:
            ledger_id, name = column.target
            if name not in (PARENT, RECORD_ID) and self.library.ledgers[ledger_id].fields[name].type in ("date", "datetime", "month"):
                cells[column.index] = [c + 1462 if type(c) in (int, float) and 18000 <= c <= 60000 else c for c in cells[column.index]]

    def _read_column(self, sheet: Sheet, column: Column, cells: Sequence[Any], data: Sequence[int]) -> list[Reading | None]:
        """Readings of one column; the same cell value is read once. None for a text that names a record."""
        ledger_id, name = column.target
        field = None if name in (PARENT, RECORD_ID) else self.library.ledgers[ledger_id].fields[name]
        if field is None or field.type == "reference":
            return [None] * len(data)
        kind, known = TYPES[field.type], {}
        result = []
        for number in data:
            cell = cells[number]
            if self.answers and (given := self.answers.get((sheet.name, address(number, column.index)))):
                cell = given
            key = (type(cell), cell)
            reading = known.get(key)
            if reading is None:
                reading = known[key] = kind.parse(cell, field)
            result.append(reading)
        return result

    def _take(self, row: _Row, column: Column, cell: Any, reading: Reading | None) -> None:
        ledger_id, name = column.target
        row.cells[column.target] = column
        fault = row.sheet.faults.get((row.number, column.index))
        if fault:
            self._fault(row, column, fault)
            return
        if reading is None:
            text = " ".join(shown(cell).split())
            if text and text not in ("-", "/", "—"):
                row.raw.setdefault(ledger_id, {})[name] = text
            return
        if reading.problem:
            problem = reading.problem
            self._find(row, column, _PROBLEM_RULES[problem.kind], Level.BLOCK, problem.message, shown(cell), problem.mend)
            row.problems.append(f"{column.heading}：{problem.message}")
        elif reading.value is not None:
            row.values.setdefault(ledger_id, {})[name] = reading.value
        for note in reading.notes:
            if note.kind in _NOTE_LEVELS:
                self._find(row, column, "IMP-NOTE", _NOTE_LEVELS[note.kind], note.message, shown(cell))
            if note.kind == "approximate":
                self._remark(row, ledger_id, name)

    def _remark(self, row: _Row, ledger_id: str, name: str) -> None:
        owner = ledger_id if REMARK in self.library.ledgers[ledger_id].fields else self.ledger.id
        if REMARK in self.library.ledgers[owner].fields:
            text = f"{self.library.ledgers[ledger_id].fields[name].title}为约数"
            values = row.values.setdefault(owner, {})
            values[REMARK] = f"{values[REMARK]}；{text}" if values.get(REMARK) else text

    def _fault(self, row: _Row, column: Column, fault: str) -> None:
        if fault == NOT_CALCULATED:
            message, mend = "公式还没有计算结果", "请在 WPS 或 Excel 里打开，保存一次再导入"
        else:
            message, mend = f"单元格是错误值 {fault}", "请在表格软件里改正公式，或直接填写内容"
        self._find(row, column, "G-UNREAD", Level.BLOCK, message, fault, mend)
        row.problems.append(f"{column.heading}：{message}")

    def _find(self, row: _Row, column: Column | None, rule: str, level: Level, message: str, value: str = "", mend: str = "",
              field: str = "") -> None:
        index = column.index if column else 0
        self.findings.append(ImportFinding(row.sheet.name, address(row.number, index), column.heading if column else "",
                                           field or (column.target[1] if column and column.target else ""), rule, level,
                                           message, value, mend))

    def _reject(self, row: _Row) -> None:
        """Keeps the row out, with all that is wrong with it, so that it is mended once."""
        row.outcome = "rejected"
        for ledger_id, values in row.values.items():
            ledger = self.library.ledgers[ledger_id]
            for issue in self.lookup.judge(ledger, values, {}):
                column = next((row.cells[t] for n in issue.fields if (t := (ledger_id, n)) in row.cells), None)
                if column is not None and all(values.get(n) is not None for n in issue.fields):
                    self._find(row, column, issue.rule, issue.level, issue.message, issue.value, issue.mend, field=issue.fields[0])
                    if issue.level == Level.BLOCK:
                        row.problems.append(f"{column.heading}：{issue.message}")
            self._tell_doubles(row, ledger, values)
        cells = list(row.sheet.row(row.number))
        for index, column in self.filled.items():
            cells[index] = column[row.number]
        self.rejected.append(RejectedRow(row.sheet.name, row.number, tuple(cells), tuple(row.problems)))

    def _tell_doubles(self, row: _Row, ledger: Ledger, values: Mapping[str, Any]) -> None:
        """A rejected row has no record, but its identifiers may be another row's; rows that follow are told of them."""
        matcher = self.matcher(ledger)
        for entry, agrees in matcher.candidates(values, None):
            if not agrees and isinstance(entry.claimed, _Row):
                self._double(row, matcher, entry, values)
        self._tell_waiting(row, matcher, values)
        for name in matcher.identifiers(values):
            self.waiting.setdefault((ledger.id, name, values[name]), Entry("", dict(values), None, claimed=row))

    def _tell_waiting(self, row: _Row, matcher: Matcher, values: Mapping[str, Any]) -> None:
        for name in matcher.identifiers(values):
            other = self.waiting.get((matcher.ledger.id, name, values[name]))
            if other and not matcher.agrees(other, values, None):
                self._double(row, matcher, other, values)

    # placing ------------------------------------------------------------------------------------------------

    def _place(self, row: _Row) -> None:
        """Finds or makes the records of a row, in the order feeds before – main – feeds after."""
        links: dict[str, dict[str, str]] = {}
        waiting: list[tuple[Ledger, Entry | None, dict, dict, str | None]] = []
        for feed in self.before:
            self._feed_before(row, feed, links, waiting)
        known = self.matcher(self.ledger).by_id.get(row.raw.get(self.ledger.id, {}).pop(RECORD_ID, ""))
        values, raw = self._main_values(row, links)
        parent = known.parent if known else links.get(self.ledger.id, {}).get(PARENT)
        if known is None and not self.matcher(self.ledger).identifiable(values, parent):
            self._unidentified(row)
            return
        for item in waiting:
            self._write(row, *item)
        entry = known or self._claim(row, values, raw, parent)
        self._write(row, self.ledger, entry, values, raw, parent, main=True)
        main_id = row.values["\0id"]["id"]
        for feed in self.after:
            self._feed_after(row, feed, links, {**entry.values, **values}, main_id)

    def _unidentified(self, row: _Row) -> None:
        ways = self.ledger.match[-1] if self.ledger.match else self.ledger.key
        titles = "、".join(self.ledger.fields[n].title if n in self.ledger.fields else self.library.ledgers[self.ledger.parent].title for n in ways)
        column = next((row.cells[t] for t in row.cells if t[0] == self.ledger.id and t[1] in ways), next(iter(row.cells.values()), None))
        message = f"这一行认不出是哪一条记录：缺少{titles}"
        self._find(row, column, "IMP-IDENTITY", Level.BLOCK, message, "", f"请补填{titles}")
        row.problems.append(message)
        self._reject(row)

    def _main_values(self, row: _Row, links: dict[str, dict[str, str]]) -> tuple[dict[str, Any], dict[str, str]]:
        own = links.get(self.ledger.id, {})
        values = {**row.values.get(self.ledger.id, {}), **{n: i for n, i in own.items() if n != PARENT}}
        raw = dict(row.raw.get(self.ledger.id, {}))
        parent_text = raw.pop(PARENT, None)
        if parent_text and self.ledger.parent and PARENT not in own:
            found = self.lookup.resolve(self.ledger.parent, parent_text)
            if found:
                links.setdefault(self.ledger.id, {})[PARENT] = found
        for name, text in list(raw.items()):
            field = self.ledger.fields[name]
            if name in values:
                del raw[name]
            elif field.ref and (found := self.lookup.resolve(field.ref, text)):
                values[name] = found
                del raw[name]
        return values, raw

    def _feed_before(self, row: _Row, feed: Feed, links: dict[str, dict[str, str]], waiting: list) -> None:
        ledger = self.library.ledgers[feed.ledger]
        own = links.get(feed.ledger, {})
        values = {**feed.constants, **row.values.get(feed.ledger, {}), **{n: i for n, i in own.items() if n != PARENT}}
        values |= {n: v for n, source in feed.copy.items() if (v := row.values.get(self.ledger.id, {}).get(source)) is not None}
        parent = own.get(PARENT)
        owner, _, name = feed.into.rpartition(".")
        owner = owner or self.ledger.id
        matcher = self.matcher(ledger)
        if not set(values) - set(feed.constants) or not matcher.identifiable(values, parent):
            return
        entry = self._shared(row, matcher, values, parent)
        if entry is None and not feed.make:
            text = next((str(v) for n in ledger.label if (v := values.get(n))), "") or str(next(iter(values.values())))
            row.raw.setdefault(owner, {})[name] = text
            row.cells.setdefault((owner, name), self._feed_column(row, feed))
            return
        if entry is None:
            entry = Entry(self.lookup.new_id(), {}, parent, is_new=True)
            waiting.append((ledger, entry, values, {}, parent))
        elif feed.make:
            waiting.append((ledger, entry, values, {}, parent))
        links.setdefault(owner, {})[name] = entry.id
        row.cells.setdefault((owner, name), self._feed_column(row, feed))

    def _feed_column(self, row: _Row, feed: Feed) -> Column | None:
        return next((row.cells[t] for t in row.cells if t[0] == feed.ledger), None)

    def _feed_after(self, row: _Row, feed: Feed, links: dict[str, dict[str, str]], main: Mapping[str, Any], main_id: str) -> None:
        ledger = self.library.ledgers[feed.ledger]
        values: dict[str, Any] = {**feed.constants, **row.values.get(feed.ledger, {}), **links.get(feed.ledger, {})}
        parent = main_id if feed.link == PARENT else None
        if feed.link in feed.copy:
            if main.get(feed.copy[feed.link]) is None:
                return
        elif feed.link != PARENT:
            values[feed.link] = main_id
        for name, source in feed.copy.items():
            if (value := main.get(source)) is not None:
                values[name] = value
                if (self.ledger.id, source) in row.cells:
                    row.cells.setdefault((feed.ledger, name), row.cells[self.ledger.id, source])
        if any(values.get(f.id) is None for f in ledger.live_fields if f.required):
            return
        entry = self._shared(row, self.matcher(ledger), values, parent)
        self._write(row, ledger, entry or Entry(self.lookup.new_id(), {}, parent, is_new=True), values, {}, parent)

    def _shared(self, row: _Row, matcher: Matcher, values: Mapping[str, Any], parent: str | None) -> Entry | None:
        """A record that many rows may name. One already named differently by this file is not taken: both are told."""
        for entry, agrees in matcher.candidates(values, parent):
            if agrees or not entry.touched:
                if not agrees:
                    self._tell_renamed(row, matcher, entry, values)
                entry.touched = True
                return entry
            self._double(row, matcher, entry, values)
        return None

    def _claim(self, row: _Row, values: Mapping[str, Any], raw: Mapping[str, str], parent: str | None) -> Entry:
        """The row's own record: one that no other row has taken, unless the row repeats it exactly."""
        matcher = self.matcher(self.ledger)
        for entry, agrees in matcher.candidates(values, parent):
            if entry.claimed is None:
                if not agrees:
                    self._tell_renamed(row, matcher, entry, values)
                return entry
            if agrees:
                self._find(row, self._identity_column(row, matcher), "IMP-REPEAT", Level.CONFIRM,
                           f"与第{entry.claimed.number + 1}行是同一条记录", "", "重复的行只保留一条，请核对")
                return entry
            self._double(row, matcher, entry, values)
        return Entry(self.lookup.new_id(), {}, parent, is_new=True)

    def _double(self, row: _Row, matcher: Matcher, entry: Entry, values: Mapping[str, Any]) -> None:
        equal = [n for n in matcher.identity if n in matcher.ledger.fields and values.get(n) is not None
                 and values.get(n) == entry.values.get(n) and matcher.ledger.fields[n].type == "text"]
        if equal:
            name = equal[0]
            column = row.cells.get((matcher.ledger.id, name))
            where = f"第{entry.claimed.number + 1}行" if isinstance(entry.claimed, _Row) else "另一行"
            self._find(row, column, "IMP-DUP", Level.BLOCK, f"{matcher.ledger.fields[name].title}与{where}相同，其他内容却不同",
                       str(values[name]), "请核对是否同一条；不是的，改正写错的一处", field=name)

    def _tell_renamed(self, row: _Row, matcher: Matcher, entry: Entry, values: Mapping[str, Any]) -> None:
        """A record known by its identifier gets another name: right after a renaming, wrong after a slip in the identifier."""
        for name in matcher.identifiers(values):
            for other in matcher.identity:
                before, now = entry.values.get(other), values.get(other)
                if other != name and values[name] == entry.values.get(name) and matcher.ledger.fields[other].type == "text" \
                        and now is not None and matcher.key(other, values, None) != matcher.key(other, entry.values, None):
                    fields = matcher.ledger.fields
                    self._find(row, row.cells.get((matcher.ledger.id, name)), "IMP-RENAME", Level.CONFIRM,
                               f"{fields[name].title}与已登记的“{before}”相同，{fields[other].title}将改为“{now}”", str(values[name]),
                               f"确已改名的可以导入；不是同一个的，请先改正{fields[name].title}", field=name)

    def _identity_column(self, row: _Row, matcher: Matcher) -> Column | None:
        return next((row.cells[t] for t in row.cells if t[0] == matcher.ledger.id and t[1] in matcher.identity), None)

    def _write(self, row: _Row, ledger: Ledger, entry: Entry, values: Mapping[str, Any], raw: Mapping[str, str],
               parent: str | None, *, main: bool = False) -> None:
        """Plans what the row changes in one record, and lets the rules judge the record as it then stands."""
        if main:
            entry.claimed = entry.claimed or row
            row.values["\0id"] = {"id": entry.id}
        else:
            entry.touched, entry.claimed = True, entry.claimed or row
        if entry.is_new and not entry.values:
            entry.values = self.lookup.complete(ledger, entry.id, {n: v for n, v in values.items() if v is not None}, raw, parent)
            entry.raw, entry.parent = dict(raw), parent
            self.writes.append(PlannedWrite(ledger.id, entry.id, True, entry.values, entry.raw, parent))
            self._tell_waiting(row, self.matcher(ledger), values)
            self._outcome(row, "new" if main else "changed")
        else:
            new, texts, moved = changes(entry, values, raw, parent)
            if not (new or texts or moved):
                return
            entry.values.update(new)
            entry.raw.update(texts)
            self.writes.append(PlannedWrite(ledger.id, entry.id, False, {**dict.fromkeys(texts), **new}, texts, parent if moved else None))
            self._outcome(row, "changed")
        self.matcher(ledger).add(entry)
        for issue in self.lookup.judge(ledger, entry.values, entry.raw):
            column = next((row.cells[t] for n in issue.fields if (t := (ledger.id, n)) in row.cells), None)
            if column is not None or main:
                self._find(row, column, issue.rule, issue.level, issue.message, issue.value, issue.mend,
                           field=issue.fields[0] if issue.fields else "")

    def _outcome(self, row: _Row, outcome: str) -> None:
        if row.outcome != "new":
            row.outcome = outcome

    # totals and result --------------------------------------------------------------------------------------

    def _compare_totals(self, sheet: Sheet, layout: Layout, readings: Mapping[Column, list[Reading | None]],
                        data: Sequence[int], totals: Sequence[Any]) -> None:
        """A total that differs from the sum of its rows is told: rows may be missing from the file."""
        numeric = [c for c in readings if c.target[1] not in (PARENT, RECORD_ID) and self.library.ledgers[c.target[0]].fields[c.target[1]].type in ("int", "money")]
        start = 0
        for total in totals:
            end = next((n for n, r in enumerate(data) if r > total.row), len(data))
            first = 0 if total.grand else start
            for column in numeric:
                told = sheet.columns[column.index][total.row]
                if isinstance(told, (int, float)) and not isinstance(told, bool):
                    ours = sum(r.value for r in readings[column][first:end] if r and r.value is not None)
                    if ours != told:
                        self._find(_Row(sheet, total.row), column, "IMP-TOTAL", Level.HINT,
                                   f"表中{'合计' if total.grand else '小计'} {shown(told)}，各行相加是 {ours}", shown(told), "请核对是否漏行")
            start = end

    def result(self, book: Book, found: Sequence[tuple[Sheet, Layout]], notes: tuple[str, ...]) -> ImportPlan:
        columns = tuple(PlannedColumn(s.name, letter(c.index), c.heading, c.target) for s, l in found for c in l.columns)
        headings = {}
        for sheet, layout in found:
            by_index = {c.index: c.heading for c in layout.columns}
            headings[sheet.name] = tuple(by_index.get(n, "") for n in range(sheet.width))
        return ImportPlan(self.ledger.id, book.name, book.sha256, found[0][1].fingerprint, self.counts["new"], self.counts["changed"],
                          self.counts["same"], self.counts["rejected"], tuple(self.findings), tuple(self.writes),
                          tuple(self.rejected), columns, headings, notes)
