"""The checklist of a K5 form: one line per item of a code list, its states as boxes, and what was found.

Options in `checklist`: `codes`; `states` (words of the boxes); either `bad` (path of the first child table that names a bad item),
`text`, `scope` (path with the sections looked at), `good` (items looked at and not bad are ticked as the first state) and
`section_of`; or `ledger` with `item`, `state`, `text` where every answer is a child record. `template` (a code field of the record
and its list, whose facts `sections` and `items` name what a kind of place needs) leaves the other items out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from unionclient.definition.ledger import Code
from unionclient.definition.words import _, marked
from unionclient.printing.below import strips
from unionclient.printing.blocks import Area, Block
from unionclient.printing.fonts import SONG
from unionclient.printing.grid import heading, named_in
from unionclient.printing.sheet import Job, PrintRow
from unionclient.printing.table import Column, Table
from unionclient.printing.typeset import width

_SECTION, _CODE, _FOUND, _SIZE = 11.0, 11.0, 40.0, 8.5
_STATES = (marked("合格"), marked("不合格"), marked("不涉及"))


def checklist(job: Job, row: PrintRow, area: Area) -> list[Block]:
    """The items gathered under their sections."""
    given = job.option("checklist")
    if not given or not job.library:
        return []
    states = _states(given)
    answers = _answers(job, row, given, states)
    needed = _needed(job, row, given.get("template"))
    codes = [code for code in job.library.codes[given["codes"]].codes.values()
             if not code.retired and (not answers or _asked(given, code, answers)) and (code.code in answers or needed(code.code))]
    table = _table(states, area, grouped=any(code.facts.get("section") for code in codes))
    merged = 1 if table.columns[0].path == "section" else 0
    lines = []
    for code in codes:
        state, text = answers.get(code.code, ("", ""))
        boxes = "　".join(f"{'☑' if word == state else '☐'}{word}" for word in states)
        texts = {"section": str(code.facts.get("section", "")), "code": code.code, "title": code.title, "state": boxes, "text": text}
        lines.append(table.line([texts[column.path] for column in table.columns], merged=merged))
    title = [heading(given["title"], area)] if given.get("title") else []
    return [*title, *strips(table, table.cut(lines, area.most - table.head - 10), merged=merged)]


def _table(states: tuple[str, ...], area: Area, *, grouped: bool) -> Table:
    section = [Column("section", _("类别"), _SECTION, "center")] if grouped else []
    boxes = width("　".join(f"☐{word}" for word in states), SONG, _SIZE) + 3
    rest = area.wide - _CODE - _FOUND - (boxes if states else 0) - (_SECTION if grouped else 0)
    state = [Column("state", _("检查结果"), boxes, "center")] if states else []
    return Table((*section, Column("code", _("编号"), _CODE, "center"), Column("title", _("检查内容"), rest), *state,
                  Column("text", _("情况"), _FOUND)), area.left, size=9, least=_SIZE, row=7.0)


def _asked(given: Mapping[str, Any], code: Code, answers: Mapping[str, tuple[str, str]]) -> bool:
    """With `only_scope` the items outside the scope are left out."""
    return not given.get("only_scope") or answers.get(code.code, ("", ""))[0] != _out(given)


def _needed(job: Job, row: PrintRow, template: Mapping[str, Any] | None) -> Callable[[str], bool]:
    """Whether the record's kind of place needs an item; all are needed where the kind is not known."""
    known = job.library.codes[template["codes"]].codes.values() if template and job.library else ()
    kind = next((code for code in known if code.title == row.cells.get(template["field"])), None) if template else None
    if kind is None:
        return lambda item: True
    sections, items = str(kind.facts.get("sections", "")).split(), str(kind.facts.get("items", "")).split()
    return lambda item: item[:1] in sections or item in items


def _out(given: Mapping[str, Any]) -> str:
    return _states(given)[-1]


def _states(given: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(given["states"] if "states" in given else map(_, _STATES))


def _answers(job: Job, row: PrintRow, given: Mapping[str, Any], states: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """State and text by code; nothing for a blank form."""
    codes = job.library.codes[given["codes"]].codes
    if row.blank:
        return {}
    if "ledger" in given:
        by_title = {code.title: code.code for code in codes.values()}
        rows = row.below(len(job.tables))
        return {by_title.get(child.cells.get(given["item"], ""), ""):
                (child.cells.get(given.get("state", ""), ""), child.cells.get(given.get("text", ""), "")) for child in rows}
    found = _in_scope(job, row, given, states)
    for code in codes.values():
        bad = [child for child in row.below(0) if child.cells.get(given.get("bad", "")) == code.title]
        if bad:
            texts = _("；").join(text for child in bad if (text := child.cells.get(given.get("text", ""), "")))
            found[code.code] = (states[1] if len(states) > 1 else "", texts)
    return found


def _in_scope(job: Job, row: PrintRow, given: Mapping[str, Any], states: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Items of sections that were not looked at are out; with `good` the others are in order until a fault is found."""
    named = row.cells.get(given.get("scope", ""), "")
    field = job.field(given.get("scope", ""))
    words = named_in((code.title for code in field.codes.codes.values()), named) if field and field.codes else named.split(_("、"))
    sections = {word[:1] if given.get("section_of") == "letter" else word for word in words if word}
    if not sections:
        return {}
    found = {}
    for code in job.library.codes[given["codes"]].codes.values():
        section = code.code[:1] if given.get("section_of") == "letter" else str(code.facts.get("section", ""))
        if section not in sections:
            found[code.code] = (states[-1], "")
        elif given.get("good"):
            found[code.code] = (states[0], "")
    return found
