"""`plan_import`: rows of a foreign workbook → what would be new, changed, same or rejected, in one or several ledgers.

Nothing is written here. A row is rejected only when a value in it cannot be read, is damaged or ambiguous, or its
record cannot be identified; what is readable but wrong comes in with its finding. Works column by column.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from unionclient.definition.faults import UnreadableFile
from unionclient.definition.formats import name_key
from unionclient.definition.issue import Level
from unionclient.definition.ledger import Feed, Ledger, Library
from unionclient.definition.reading import Reading
from unionclient.definition.record import Record
from unionclient.definition.words import _
from unionclient.sheets.book import Book, Cell, Sheet, letter, shown
from unionclient.sheets.layout import PARENT, RECORD_ID, Column, Layout, Target, dotted_key, find_layout, heading_targets, is_aside, is_read
from unionclient.sheets.matching import Claim, Entry, Pool, Verdict, agree, key_column
from unionclient.sheets.merging import Merged, merge_slot, unborn_names, write_slot
from unionclient.sheets.plan import ImportPlan, Lookup, PlannedColumn, Sift
from unionclient.sheets.slots import Slot, Tables, make_slots, read_tables
from unionclient.sheets.telling import Telling

REMARK = "remark"


def plan_import(ledger: Ledger, library: Library, book: Book, lookup: Lookup, *,
                mapping: Mapping[str, Target | None] | None = None,
                answers: Mapping[tuple[str, str], str] | None = None,
                given: Mapping[str, Any] | None = None, sift: Sift | None = None) -> ImportPlan:
    """The dry run of `book` into `ledger` and the ledgers its feeds name.

    `given` are values of the ledger's fields for rows in which the file says nothing of them, such as whose form it is.
    `sift` spares the rules the rows that are sound.

    `mapping` overrides headings; `answers` gives (sheet, "H46") the text an officer typed instead of an ambiguous cell.
    Raises `UnreadableFile` when no sheet holds a table of this ledger.
    """
    words = heading_targets(ledger, library)
    found: list[tuple[Sheet, Layout]] = []
    notes = list(book.notes)
    for sheet in book.sheets:
        why = _("工作表“{name}”是隐藏的，没有读取") if not sheet.visible else _("工作表“{name}”是说明或样例，没有读取") if is_aside(sheet) \
            else _("工作表“{name}”里没有找到本台账的表头，没有读取")
        layout = find_layout(sheet, words, mapping) if sheet.visible and not is_aside(sheet) else None
        if layout is not None and layout.mapped:
            found.append((sheet, layout))
        elif sheet.height:
            notes.append(why.format(name=sheet.name))
    if not found:
        raise UnreadableFile(_("在文件里没有找到{ledger}的表头。").format(ledger=ledger.title), _("没有导入任何内容。"),
                             _("请检查表头里是否有这些列名：{names}。").format(names=_("、").join(f.title for f in ledger.live_fields[:6])))
    planner = _Planner(ledger, library, lookup, Tables(found), given or {})
    planner.read(answers or {})
    planner.match()
    return planner.result(book, notes, sift)


class _Planner:
    """One import: slots in order, a pool of records for every ledger, and what is to be told."""

    def __init__(self, ledger: Ledger, library: Library, lookup: Lookup, tables: Tables, given: Mapping[str, Any]) -> None:
        self.ledger, self.library, self.lookup, self.tables, self.given = ledger, library, lookup, tables, given
        self.slots = make_slots(ledger, library)
        self.by_key = {slot.key: slot for slot in self.slots}
        self.main = self.by_key[ledger.id]
        self.telling = Telling(tables)
        self.pools: dict[str, Pool] = {}
        self.links: dict[tuple[str, str], list[str | None]] = {}     # (slot, field) → record ids by position
        self.phrases: dict[str, dict[int, list[str]]] = {}           # slot → position → words for its remark
        self.labels: dict[str, dict[str, Record]] = {}
        self.doubles: list[tuple[Slot, int, Entry, tuple[str, ...]]] = []

    # reading ------------------------------------------------------------------------------------------------

    def read(self, answers: Mapping[tuple[str, str], str]) -> None:
        read_tables(self.tables, self.slots, answers, self._odd, self.telling.fault)

    def _odd(self, position: int, column: Column, cell: Cell, reading: Reading) -> None:
        for note in self.telling.reading(position, column, cell, reading):
            if note.kind == "approximate":
                slot = self.by_key[column.target[0]]
                owner = slot if REMARK in slot.ledger.fields else self.main
                if REMARK in owner.ledger.fields:
                    words = f"{_written(self.library, slot.ledger).fields[column.target[1]].title}为约数"    # kept in the record
                    self.phrases.setdefault(owner.key, {}).setdefault(position, []).append(words)

    # matching -----------------------------------------------------------------------------------------------

    def match(self) -> None:
        for slot in self.slots:
            self._give(slot)
            rows = self._taking_part(slot)
            pool = self._pool(slot.ledger)
            keys = [key_column(slot.ledger, n, slot.given[n]) if n in slot.given else [None] * self.tables.size for n in pool.identity]
            idents = slot.idents = list(zip(*keys))
            named = slot.texts.get(RECORD_ID)
            claim_of = {row: (idents[row], named[row] if named else None) for row in rows}
            claims: dict[Claim, int] = {}
            for row, claim in claim_of.items():
                claims.setdefault(claim, row)
            verdicts = pool.assign(claims, make=slot.makes)
            slot.entries = [None] * self.tables.size
            for row, claim in claim_of.items():
                slot.entries[row] = verdicts[claim].entry
            self._judge_claims(slot, claim_of, claims, verdicts)
            if slot.feed is not None and slot.feed.into:
                self._link(slot, rows)

    def _pool(self, ledger: Ledger) -> Pool:
        if ledger.id not in self.pools:
            self.pools[ledger.id] = Pool(ledger, self.lookup.existing(ledger.id), self.lookup.new_id)
        return self.pools[ledger.id]

    def _give(self, slot: Slot) -> None:
        """All the file says for a slot: its columns, names resolved, links of feeds before, copies, constants."""
        given: dict[str, list[Any]] = {n: [value] * self.tables.size for n, value in (slot.feed.constants if slot.feed else {}).items()}
        given |= slot.values
        for name, texts in slot.texts.items():
            if name != RECORD_ID:
                given[name] = self._resolved(slot, name, texts)
        for (owner, name), ids in self.links.items():
            if owner == slot.key:
                given[name] = _first(ids, given.get(name))
                if name in slot.raw:
                    slot.raw[name] = {row: text for row, text in slot.raw[name].items() if given[name][row] is None}
        if slot.feed is not None:
            for name, source in slot.feed.copy.items():
                given[name] = _first(self._copied(source), given.get(name))
                self._copy_place(slot, name, source)
            if slot.feed.link and slot.feed.link not in slot.feed.copy:
                given[slot.feed.link] = [entry.id if entry else None for entry in self.main.entries]
        if slot is self.main:
            for name, value in self.given.items():
                given[name] = [value if said is None else said for said in given.get(name) or [None] * self.tables.size]
        slot.given = given

    def _resolved(self, slot: Slot, name: str, texts: Sequence[str | None]) -> list[str | None]:
        """Record ids for names; a name nobody bears stays as text, to be told and linked later."""
        ledger = slot.ledger.parent if name == PARENT else slot.ledger.fields[name].ref
        known: dict[str | None, str | None] = {None: None}
        for text in set(texts):
            if text is not None:
                known[text] = self.lookup.resolve(ledger, text)
        lost = {row: text for row, text in enumerate(texts) if text is not None and known[text] is None}
        if lost:
            slot.raw[name] = lost
        return [known[text] for text in texts]

    def _copied(self, source: str) -> list[Any]:
        """A field of the main record (or "slot.field"): as the row or another row of the same record gives it, else as stored."""
        owner, _, name = source.rpartition(".")
        slot = self.by_key[owner] if owner else self.main
        column = slot.given.get(name) or slot.values.get(name) or [None] * self.tables.size
        if not slot.entries:
            return column
        said = {entry.id: entry.record.values.get(name) for entry in slot.entries if entry is not None and entry.record is not None}
        said |= {entry.id: value for value, entry in zip(column, slot.entries) if value is not None and entry is not None}
        return [said.get(entry.id) if value is None and entry is not None else value for value, entry in zip(column, slot.entries)]

    def _copy_place(self, slot: Slot, name: str, source: str) -> None:
        owner, _, field = source.rpartition(".")
        for table, column in (self.by_key[owner] if owner else self.main).where.get(field, {}).items():
            slot.where.setdefault(name, {}).setdefault(table, column)

    def _taking_part(self, slot: Slot) -> list[int]:
        """Rows that say something for the slot; after the main record, only those that give all it requires."""
        rejected = self.telling.rejected
        rows = [row for row in range(self.tables.size) if row not in rejected]
        if slot.feed is None:
            return rows
        own = [values for name, values in slot.given.items() if name not in slot.feed.constants and name != slot.feed.link]
        said = set().union(*([row for row, value in enumerate(values) if value is not None] for values in own))
        rows = [row for row in rows if row in said]
        if slot.feed.into:
            return rows
        needed = [slot.given.get(f.id, [None] * self.tables.size) for f in slot.ledger.live_fields
                  if f.required and f.default is None and not f.fill]
        if slot.feed.link:
            needed.append(slot.given[slot.feed.link])
        rows = [row for row in rows if all(values[row] is not None for values in needed)]
        if slot.values or slot.texts:
            return rows
        telling = {id(self.main.entries[row]) for row in rows if self._says_new(slot.feed, row)}
        return [row for row in rows if id(self.main.entries[row]) in telling]   # all rows of a record or none: the last one counts

    def _says_new(self, feed: Feed, row: int) -> bool:
        """True where the row says of the main record what is not stored: a feed of copies alone repeats nothing old."""
        entry = self.main.entries[row]
        if entry is None or entry.record is None:
            return True
        said = [(name, self.main.given[name][row]) for name in feed.copy.values() if name in self.main.given]
        return any(value is not None and value != entry.record.values.get(name) for name, value in said)

    def _link(self, slot: Slot, rows: Sequence[int]) -> None:
        """Puts the found or made records of a feed before into the field that names them."""
        owner, _, name = slot.feed.into.rpartition(".")
        target = self.by_key[owner] if owner else self.main
        ids: list[str | None] = [entry.id if entry else None for entry in slot.entries]
        self.links[target.key, name] = _first(ids, self.links.get((target.key, name)))
        lost = {row: text for row in rows if slot.entries[row] is None and (text := slot.spoken(row))}
        if lost and name != PARENT:
            target.raw.setdefault(name, {}).update(lost)
        for field in dict.fromkeys((*slot.ledger.label, *slot.values)):
            for table, column in slot.where.get(field, {}).items():
                target.where.setdefault(name, {}).setdefault(table, column)

    # what the claims come to --------------------------------------------------------------------------------

    def _judge_claims(self, slot: Slot, claim_of: Mapping[int, Claim], claims: Mapping[Claim, int], verdicts: Mapping[Claim, Verdict]) -> None:
        for claim, verdict in verdicts.items():
            for entry, names in verdict.doubles:
                self.doubles.append((slot, claims[claim], entry, names))
        lost = {claim for claim, verdict in verdicts.items() if verdict.entry is None and (slot.makes or verdict.several)}
        if lost:
            for row, claim in claim_of.items():
                if claim in lost:
                    self._unidentified(slot, row, verdicts[claim])
        if slot.feed is None and self.ledger.parent:
            above = slot.given.get(PARENT)
            for row, claim in claim_of.items():
                entry = verdicts[claim].entry
                if entry is not None and entry.is_new and (above is None or above[row] is None):
                    self._orphan(row)

    def _unidentified(self, slot: Slot, row: int, verdict: Verdict) -> None:
        column = self._identity_column(slot, row)
        first, ways = (_("、").join(self._title(slot.ledger, n) for n in self._pool(slot.ledger).combos[0])), self._pool(slot.ledger).combos[-1]
        titles = _("、").join(self._title(slot.ledger, n) for n in ways if n not in slot.given or slot.given[n][row] is None)
        if slot.feed is None:
            if verdict.several:
                self.telling.reject(row, column, "IMP-IDENTITY", _("有{several}条记录都对得上这一行，认不出是哪一条").format(several=verdict.several), "",
                                    _("请补填{titles}").format(titles=first))
            else:
                self.telling.reject(row, column, "IMP-IDENTITY", _("这一行认不出是哪一条记录：缺少{titles}").format(titles=titles), "", _("请补填{titles}").format(titles=titles))
        elif verdict.several:
            self.telling.find(row, column, "IMP-WHICH", Level.EXPLAIN, _("有{several}条{ledger}记录都叫“{name}”，没有替您选").format(
                several=verdict.several, ledger=slot.title, name=slot.spoken(row)), slot.spoken(row), _("请在台账里选定，或在表中补填{titles}").format(titles=first))
        elif slot.makes and (said := slot.own(row)) is not None and titles:
            self.telling.find(row, column, "IMP-PART", Level.CONFIRM, _("缺少{titles}，没有登记到{ledger}").format(
                titles=titles, ledger=slot.title), shown(said), _("请补填{titles}").format(titles=titles))

    def _orphan(self, row: int) -> None:
        title = self.library.ledgers[self.ledger.parent].title
        number = self.tables.at(row)[0]
        column = self.main.column(PARENT, number)
        text = self.main.raw.get(PARENT, {}).get(row, "")
        message = _("没有找到名为“{text}”的{title}").format(text=text, title=title) if text else _("没有写明属于哪一条{title}").format(title=title)
        self.telling.reject(row, column, "IMP-IDENTITY", message, text, _("请先登记{title}，或改正名称").format(title=title))

    def _title(self, ledger: Ledger, name: str) -> str:
        return self.library.ledgers[ledger.parent].title if name == PARENT else ledger.fields[name].title

    def _identity_column(self, slot: Slot, row: int) -> Column | None:
        number = self.tables.at(row)[0]
        names = dict.fromkeys((*(n for combo in slot.ledger.match for n in combo), *slot.ledger.label, *slot.where))
        return next((c for n in names if (c := slot.column(n, number)) is not None), None)

    def _tell_doubles(self) -> None:
        """Both rows are told when one identifier stands for two records that differ otherwise."""
        for slot, row, entry, names in self.doubles:
            if row not in self.telling.rejected and entry.first is not None and entry.first not in self.telling.rejected:
                self._tell_double(slot, row, entry.first, names)
        for slot in self.slots:
            for name in self._pool(slot.ledger).identifiers if self.telling.rejected else ():
                self._tell_doubles_of_rejected(slot, name)

    def _tell_double(self, slot: Slot, row: int, other: int, names: Sequence[str]) -> None:
        name = next((n for n in names if slot.column(n, self.tables.at(row)[0])), names[0])
        title = _("、").join(self._title(slot.ledger, n) for n in names)
        for here, there in ((row, other), (other, row)):
            value = slot.values[name][here] if name in slot.values else None
            column = slot.column(name, self.tables.at(here)[0])
            message = _("{title}与{place}相同，其他内容却不同").format(title=title, place=self.telling.place(there, here))
            self.telling.find(here, column, "IMP-DUP", Level.BLOCK, message, shown(value), _("请核对是否同一条；不是的，改正写错的一处"), name)
            self.telling.add_problem(here, column, message)

    def _tell_doubles_of_rejected(self, slot: Slot, name: str) -> None:
        """A rejected row has no record, but its identifier may stand in another row as well."""
        values = slot.values.get(name)
        if values is None:
            return
        wanted = {values[row] for row in self.telling.rejected} - {None}
        first: dict[Any, list[int]] = {}
        for row, value in enumerate(values):
            if value in wanted:
                first.setdefault(value, []).append(row)
        for rows in first.values():
            for n, row in enumerate(rows):
                other = next((r for r in rows[:min(n, 20)] if not agree(slot.idents[r], slot.idents[row])), None)
                if other is not None and (row in self.telling.rejected or other in self.telling.rejected):
                    self._tell_double(slot, row, other, (name,))

    def _judge_rejected(self) -> None:
        """All that is wrong with a row that stays out is told at once: only what it says, not what it lacks."""
        for row in list(self.telling.rejected):
            for slot in self.slots:
                values = {n: v for n, column in slot.values.items() if (v := column[row]) is not None}
                for issue in self.lookup.judge(slot.ledger, values, {}) if values else ():
                    if all(n in values for n in issue.fields):
                        self.telling.issue_of_rejected(row, slot, issue)

    # result -------------------------------------------------------------------------------------------------

    def result(self, book: Book, notes: list[str], sift: Sift | None) -> ImportPlan:
        merged = Merged(self.tables.size)
        for slot in self.slots:
            if slot.makes:
                merge_slot(slot, self.telling, self.phrases.get(slot.key, {}))
        unborn_names(self.slots, self.pools)
        for slot in self.slots:
            if slot.makes:
                write_slot(slot, self._pool(slot.ledger), self.lookup, self.telling, merged, self._is_called, sift)
        self._tell_doubles()
        self._judge_rejected()
        self._compare_totals()
        for row in self.telling.rejected:
            merged.outcomes[row] = "rejected"
        counts = {outcome: merged.outcomes.count(outcome) for outcome in ("new", "changed", "same", "rejected")}
        columns, headings = [], {}
        computed = {dotted_key(word) for field in self.ledger.live_fields if not is_read(field) for word in (field.title, *field.aliases)}
        for table in self.tables.tables:
            by_index = {c.index: c.heading for c in table.layout.columns}
            headings[table.sheet.name] = tuple(by_index.get(n, "") for n in range(table.sheet.width))
            columns += [PlannedColumn(table.sheet.name, letter(c.index), c.heading, c.target,
                                      c.target is None and dotted_key(c.heading) in computed) for c in table.layout.columns]
            notes += [_("“{heading}”与“{rival}”是同一项内容，只读“{rival}”一列").format(heading=c.heading, rival=c.rival) for c in table.layout.columns if c.rival]
            notes += [_("工作表“{name}”第{row}行是小标题，没有读取").format(name=table.sheet.name, row=row + 1) for row in table.sections]
        return ImportPlan(self.ledger.id, book.name, book.sha256, self.tables.tables[0].layout.fingerprint, counts["new"],
                          counts["changed"], counts["same"], counts["rejected"], self.telling.findings(), tuple(merged.writes),
                          self.telling.rejected_rows(), tuple(columns), headings, tuple(notes))

    def _is_called(self, ledger_id: str, record: str, text: str) -> bool:
        """`text` holds the name of a stored record, though others bear the same: no reason to doubt the reference."""
        ledger = self.library.ledgers[ledger_id]
        if ledger_id not in self.labels:
            self.labels[ledger_id] = {r.id: r for r in self.lookup.existing(ledger_id)}
        stored, key = self.labels[ledger_id].get(record), name_key(text) or ""
        words = [v for n in ledger.label if stored is not None and isinstance(v := stored.values.get(n), str) and ledger.fields[n].type == "text"]
        return bool(words) and all((name_key(word) or "") in key for word in words)

    def _compare_totals(self) -> None:
        """A total that differs from the sum, or the number, of its rows is told: rows may be missing from the file."""
        for number, table in enumerate(self.tables.tables):
            last = 0
            for total in table.totals:
                end = next((n for n, row in enumerate(table.rows) if row > total.row), len(table.rows))
                begin = 0 if total.grand else last
                last = end
                if total.count is not None and total.count != end - begin and table.layout.mapped:
                    self.telling.find_total(number, total.row, table.layout.mapped[0], (
                        _("表中合计 {count} 条，实际有 {rows} 行") if total.grand else _("表中小计 {count} 条，实际有 {rows} 行")).format(
                        count=total.count, rows=end - begin), str(total.count))
                for column in table.layout.mapped:
                    self._compare_sum(number, total.row, column, total.grand, table.start + begin, table.start + end)

    def _compare_sum(self, number: int, row: int, column: Column, grand: bool, begin: int, end: int) -> None:
        key, name = column.target
        told = self.tables.tables[number].sheet.columns[column.index][row]
        values = self.by_key[key].values.get(name)
        if values is None or isinstance(told, bool) or not isinstance(told, (int, float)):
            return
        field = self.by_key[key].ledger.fields[name]
        if field.type not in ("int", "money", "decimal"):
            return
        places = 2 if field.type == "money" else field.places if field.type == "decimal" else 0
        ours = sum(value for value in values[begin:end] if value is not None)
        if ours != round(told * 10**places):
            shown_sum = str(ours) if not places else f"{ours / 10**places:.{places}f}"
            words = _("表中合计 {told}，各行相加是 {sum}") if grand else _("表中小计 {told}，各行相加是 {sum}")
            self.telling.find_total(number, row, column, words.format(told=shown(told), sum=shown_sum), shown(told))


def _written(library: Library, ledger: Ledger) -> Ledger:
    """The ledger as its definition is written, in Chinese."""
    return (library.chinese or library).ledgers[ledger.id]


def _first(ours: Sequence[Any], theirs: Sequence[Any] | None) -> list[Any]:
    """By position: ours, else theirs."""
    return list(ours) if theirs is None else [b if a is None else a for a, b in zip(ours, theirs)]
