"""Where the table is on a sheet: header rows found by the headings they hit, columns led to fields.

Merged headings of two or three rows are joined ("会员情况.女"). A group heading reaches right inside its merge; in a
file without merges, over blanks that have words below them.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from unionclient.definition.ledger import Feed, Field, Ledger, Library
from unionclient.definition.text import heading_key
from unionclient.definition.words import _, marked
from unionclient.sheets.book import Cell, Sheet, shown

Target = tuple[str, str]            # slot key (ledger id; a second feed of the same ledger is "person#2"), field id
RECORD_HEADING, RECORD_ID = marked("系统编号"), "id"   # the last column of our own exports: the surest way to know a record again
PARENT = "parent_id"
_IGNORED = frozenset((marked("序号"), "序", marked("编号"), marked("问题"), marked("行号"), "no", "no."))
_SEARCH_ROWS = 15
_ASIDE = re.compile(r"填表说明|填报说明|填写说明|说明|样表|样例|示例|范例|代码表|字典|下拉")
_WHOLE = frozenset(("总数", "合计", "人数", "总人数", "计", "小计", "数"))
_AROUND = re.compile(r"^(是否|有无)(已|按期|同步)?(建立|成立|设立|组建)?|名称$|情况$")
_NEUTRAL = re.compile(r"情况|信息|资料|基本|内容|概况|登记|文件")     # group headings that only say "about it"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its heading as shown, and the field it leads to (None: not known)."""

    index: int
    heading: str
    target: Target | None
    rival: str = ""                 # heading of the column that leads to the same field and was taken instead


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet's table. `first_data` is the first row under the header; `fingerprint` names the layout."""

    header: tuple[int, int]
    first_data: int
    columns: tuple[Column, ...]
    fingerprint: str

    @property
    def mapped(self) -> tuple[Column, ...]:
        return tuple(c for c in self.columns if c.target)


def feed_keys(ledger: Ledger) -> list[tuple[str, Feed]]:
    """(slot key, feed) of every feed: the ledger's id, with "#2" when it has been used before."""
    used: dict[str, int] = {ledger.id: 1}
    keys = []
    for feed in ledger.feeds:
        used[feed.ledger] = used.get(feed.ledger, 0) + 1
        keys.append((feed.ledger if used[feed.ledger] == 1 else f"{feed.ledger}#{used[feed.ledger]}", feed))
    return keys


def heading_targets(ledger: Ledger, library: Library) -> dict[str, Target]:
    """Every heading key that leads somewhere: the feeds' columns, then the ledger's own titles and aliases.

    A feed's column wins over a field of the same heading, because it can find the record by more than a name.
    """
    words: dict[str, Target] = {dotted_key(heading): (ledger.id, RECORD_ID) for heading in (RECORD_HEADING, _(RECORD_HEADING))}
    for key, feed in feed_keys(ledger):
        for name, headings in feed.columns.items():
            for heading in headings:
                words.setdefault(dotted_key(heading), (key, name))
    for field in ledger.live_fields:
        for heading in (field.title, *field.aliases) if is_read(field) else ():
            words.setdefault(dotted_key(heading), (ledger.id, field.id))
    for key, feed in feed_keys(ledger):     # what the fed ledger itself calls these fields, where it can mean nothing else
        fed = library.ledgers[feed.ledger].fields
        for name in feed.columns:
            for heading in (fed[name].title, *fed[name].aliases):
                if len(dotted_key(heading)) > 2:
                    words.setdefault(dotted_key(heading), (key, name))
    if ledger.parent:
        for known in (library, library.chinese or library):
            words.setdefault(dotted_key(known.ledgers[ledger.parent].title), (ledger.id, PARENT))
    return words


def is_read(field: Field) -> bool:
    """What a sheet can say of a record: not what the program works out, nor files, of which a sheet only shows how many there are."""
    return field.computed is None and field.type != "attachment"


def is_ignored(heading: str) -> bool:
    """A running number, or the column of problems that a corrections workbook ends with, in Chinese or as spoken now."""
    key = dotted_key(heading)
    return key in _IGNORED or key in (dotted_key(_(word)) for word in _IGNORED)


def dotted_key(heading: str) -> str:
    return ".".join(heading_key(part) for part in heading.split("."))


def is_aside(sheet: Sheet) -> bool:
    """An explanation, an example or a list of codes by its name."""
    return _ASIDE.search(sheet.name) is not None


def find_layout(sheet: Sheet, words: Mapping[str, Target], chosen: Mapping[str, Target | None] | None = None) -> Layout | None:
    """The best header of the sheet, or None if nothing on it looks like one.

    `chosen` overrides single headings (as shown, or by their key) with a field or with None.
    """
    best: tuple[tuple[int, bool, int], int, list[str]] | None = None
    for row in range(min(_SEARCH_ROWS, sheet.height)):
        for depth in (1, 2, 3):
            if row + depth > sheet.height:
                break
            headings = _joined(sheet, row, depth)
            hits = len({t for h in headings if (t := lead(h, words)[0])})
            worth = (hits, _bound(sheet, row, depth), -depth)
            if hits and (best is None or worth > best[0]):
                best = (worth, row, headings)
    if best is None:
        return None
    (hits, _, less), row, headings = best
    depth, filled = -less, sum(1 for h in headings if h)
    if filled > 1 and (hits < 2 or hits < 4 and hits * 4 < filled):
        return None
    return _layout(row, depth, headings, words, {dotted_key(h): t for h, t in (chosen or {}).items()})


def lead(heading: str, words: Mapping[str, Target]) -> tuple[Target | None, int]:
    """(field, how sure: 0 surest): by the whole heading, by what it says in other words, or by its last part if unmistakable."""
    key = dotted_key(heading)
    if key in words:
        return words[key], 0
    group, dot, last = key.rpartition(".")
    if not dot:
        bare = _AROUND.sub("", key)
        return (words[bare], 4) if len(bare) > 2 and bare in words else (None, 9)
    if (joined := key.replace(".", "")) in words:
        return words[joined], 1
    if (pair := ".".join(key.split(".")[-2:])) in words:
        return words[pair], 2
    if target := _other_words(group.rpartition(".")[2], last, words):
        return target, 2
    if len(last) > 2 or _NEUTRAL.search(group):
        return words.get(last), 3
    return None, 9


def _other_words(group: str, last: str, words: Mapping[str, Target]) -> Target | None:
    """"职工总数.其中女" is "职工人数.女": a group may go by any name of what it counts, with neutral words or without."""
    last = last.removeprefix("其中")
    bare = _NEUTRAL.sub("", group)
    whole = next((t for g in (group, bare) for w in (g, f"{g}.总数", f"{g}总数") if (t := words.get(w))), None)
    if whole and last in _WHOLE:
        return whole
    groups = dict.fromkeys((group, bare))
    if whole:
        groups |= dict.fromkeys(w.removesuffix(".总数") for w, t in words.items() if t == whole)
    return next((t for g in groups if g for w in (f"{g}.{last}", f"{g}{last}") if (t := words.get(w))), None)


def _layout(row: int, depth: int, headings: list[str], words: Mapping[str, Target], chosen: Mapping[str, Target | None]) -> Layout:
    order = {key: n for n, key in enumerate(words)}     # of two names for one field the one named first wins
    led: dict[int, tuple[Target, tuple[int, int]]] = {}
    for index, heading in enumerate(headings):
        key = dotted_key(heading)
        target, sure = (chosen[key], -1) if key in chosen else lead(heading, words)
        if heading and target:
            led[index] = (target, (sure, order.get(key, 0)))
    winners: dict[Target, int] = {}
    for index, (target, sure) in led.items():
        if target not in winners or sure < led[winners[target]][1]:
            winners[target] = index
    columns = []
    for index, heading in enumerate(headings):
        target = led[index][0] if index in led else None
        if target and winners[target] != index:
            columns.append(Column(index, heading, None, headings[winners[target]]))
        elif heading:
            columns.append(Column(index, heading, target))
    keys = "\x1f".join(dotted_key(c.heading) for c in columns)
    return Layout((row, row + depth - 1), row + depth, tuple(columns), hashlib.sha256(keys.encode()).hexdigest()[:16])


def _joined(sheet: Sheet, row: int, depth: int) -> list[str]:
    """The headings of `depth` rows from `row`, joined by dots; groups reach right inside their merge."""
    levels = [[_text(cell) for cell in sheet.row(row + step)] for step in range(depth)]
    for top, left, bottom, right in sheet.merges:
        if bottom < row or top >= row + depth or left >= sheet.width or top >= sheet.height:
            continue
        text = _text(sheet.columns[left][top])
        for step in range(max(top, row) - row, min(bottom, row + depth - 1) - row + 1):
            for column in range(left, min(right, sheet.width - 1) + 1):
                levels[step][column] = text if row + step == max(top, row) else ""
    if not any(top <= row + depth - 1 and bottom >= row for top, _, bottom, _ in sheet.merges):
        _spread(levels)
    return [".".join(dict.fromkeys(level[c] for level in levels if level[c])) for c in range(sheet.width)]


def _spread(levels: list[list[str]]) -> None:
    """In a file without merges a group heading reaches right over blanks that have words below them."""
    for step in range(len(levels) - 1):
        for column in range(1, len(levels[step])):
            if not levels[step][column] and levels[step + 1][column] and levels[step + 1][column - 1]:
                levels[step][column] = levels[step][column - 1]


def _bound(sheet: Sheet, row: int, depth: int) -> bool:
    """A merge ties all `depth` rows together, so they are one header."""
    return any(top <= row and bottom >= row + depth - 1 and bottom > top for top, _, bottom, _ in sheet.merges)


def _text(cell: Cell) -> str:
    return " ".join(shown(cell).split())
