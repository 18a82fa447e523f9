"""Print forms: TOML tables → `PrintForm`; every path, link, condition and option of a form is held against the ledgers.

Conditions in the options (`where`, `when`) come out as `Condition`; everything else stays as written, for the layout to read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from unionclient.definition.build_conditions import build_condition
from unionclient.definition.ledger import PLACEHOLDER_PATH, CodeList, FormColumn, Ledger, PrintForm, ScoreSheet
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.words import _

_EVERY = ("variant", "where", "sort", "mask_names", "confidential", "by_hand", "choices", "line", "children", "note")
_STACK = (*_EVERY, "order", "pairs", "photo", "texts", "opinions", "signer", "signs", "parties", "photos")
OPTIONS = {
    "K1": (*_EVERY, "unit", "total", "group_by", "new_page", "count", "lead", "remark", "row", "rows", "notes", "signers", "by", "by_title", "tally"),
    "K2": _STACK, "K3": _STACK, "K4": (*_EVERY, "parts"), "K5": (*_STACK, "checklist"),
    "K6": (*_STACK, "total_title", "totals", "results", "veto", "conditions", "signatures", "unit_seal", "questions", "answers", "open"),
    "K7": (*_STACK, "size", "number", "addressee", "paragraphs", "ending", "closing", "seal", "together"),
}
"""What a layout reads from `options`; forms/README.md explains each."""
PSEUDO = ("row_no", "blank")
"""Columns a form may name that are no field: the running number and an empty column."""
_PATHS = ("field", "date", "group_by", "by")
_SELF_FED = ("home_evaluation",)
"""Ledgers whose score sheets are filled by the program: their cells are no fields."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a form may name."""

    ledgers: Mapping[str, Ledger]
    codes: Mapping[str, CodeList]
    sheets: Mapping[str, ScoreSheet]


def build_form(form_id: str, table: dict[str, Any], file: str, known: Known, mistakes: list[Mistake]) -> PrintForm:
    """One `[form.F03]` table."""
    shape = Shape(table, file, f"form.{form_id}", mistakes)
    name = shape.choice("ledger", known.ledgers, "", needed=True)
    ledger = known.ledgers.get(name)
    layout = shape.choice("layout", OPTIONS, "K1", needed=True)
    columns = tuple(c for n, line in enumerate(shape.get("columns", list, [])) if (c := _build_column(n, line, shape, ledger, known.ledgers)))
    given = shape.get("options", dict, {})
    options = _build_options(given, layout, ledger, known, Shape(given, file, f"form.{form_id}.options", mistakes)) if ledger else given
    form = PrintForm(form_id, shape.get("title", str, "", needed=True), layout, name, columns, shape.get("landscape", bool, False),
                     shape.get("mask", bool, False), shape.get("version", str, "1"), options, shape.get("source", str, ""))
    shape.rest()
    return form


def _build_column(number: int, line: Any, parent: Shape, ledger: Ledger | None, ledgers: Mapping[str, Ledger]) -> FormColumn | None:
    key = f"columns[{number}]"
    if not isinstance(line, dict):
        parent.wrong(key, _("列 {line!r} 写法不对").format(line=line), _('请写成 { field = "…", title = "…", width = 20 }'))
        return None
    shape = Shape(line, parent.file, f"{parent.key}.{key}", parent.mistakes)
    path = shape.get("field", str, "", needed=True)
    if ledger and path:
        _check_path(path, ledger, ledgers, shape, "field")
    column = FormColumn(path, shape.get("title", str, ""), float(shape.get("width", (int, float), 0)),
                        shape.choice("align", ("left", "right", "center"), "left"), shape.get("group", str, ""))
    shape.rest()
    return column


def _check_path(path: str, ledger: Ledger, ledgers: Mapping[str, Ledger], shape: Shape, key: str) -> None:
    """A path is a field, or goes through references (`unit_id.uscc`) or to the parent record (`parent_id.no`)."""
    at: Ledger | None = ledger
    for step in path.split("."):
        if at is None:
            shape.wrong(key, _("“{path}”里“{step}”前面的字段不是引用").format(path=path, step=step), _("点号前应是引用字段或 parent_id"))
            return
        if step in PSEUDO:
            return
        if step == "parent_id" and at.parent:
            at = ledgers.get(at.parent)
            continue
        if step not in at.fields:
            shape.wrong(key, _("{title}没有字段“{step}”").format(title=at.title, step=step), nearest(step, at.fields))
            return
        at = ledgers.get(at.fields[step].ref or "")


# options

def _build_options(given: dict[str, Any], layout: str, ledger: Ledger, known: Known, shape: Shape) -> dict[str, Any]:
    """The options with their conditions built; unknown options, paths and links are mistakes."""
    for key in given:
        if key not in OPTIONS[layout]:
            shape.wrong(key, _("版式 {layout} 没有选项“{key}”").format(layout=layout, key=key), nearest(key, OPTIONS[layout]))
    options = dict(given)
    if "where" in given:
        options["where"] = build_condition(given["where"], ledger.fields, shape, "where")
    if "tally" in given:
        options["tally"] = [_build_tally(n, one, ledger, shape) for n, one in enumerate(given["tally"])]
    tables = given.get("children", ())
    tables = (tables,) if isinstance(tables, dict) else tables
    built = [_build_table(n, table, ledger, known, Shape(table, shape.file, f"{shape.key}.children[{n}]", shape.mistakes))
             for n, table in enumerate(tables)]
    if built:
        options["children"] = built[0] if isinstance(given["children"], dict) else built
    if "checklist" in given:
        _check_checklist(given["checklist"], ledger, built, known, shape)
    for name in given.get("sort", ()):
        if name.lstrip("-") not in ledger.fields:
            shape.wrong("sort", _("{ledger}没有字段“{name}”").format(ledger=ledger.title, name=name), nearest(name, ledger.fields))
    if ledger.id not in _SELF_FED:
        rest = {key: value for key, value in given.items() if key not in ("children", "checklist", "photos", "where", "tally")}
        for path in dict.fromkeys(_named_paths(rest)):
            if not path.startswith("context."):
                _check_path(path, ledger, known.ledgers, shape, path)
    return options


def _named_paths(value: Any) -> Iterator[str]:
    """Paths in options: fields named as such, and the placeholders of templates."""
    if isinstance(value, str):
        yield from (match[1] for match in PLACEHOLDER_PATH.finditer(value))
    elif isinstance(value, dict):
        for key, part in value.items():
            if key in _PATHS and isinstance(part, str):
                yield part
            elif key != "photos":
                yield from _named_paths(part)
    elif isinstance(value, list):
        for part in value:
            yield from _named_paths(part)


def _build_table(number: int, table: dict[str, Any], ledger: Ledger, known: Known, shape: Shape) -> dict[str, Any]:
    """A child table: its ledger, the field that links it, its columns and its condition."""
    built = dict(table)
    _one_of(table, shape, "codes", known.codes, _("代码表"))
    _one_of(table, shape, "sheet", known.sheets, _("评分表"))
    if "ledger" not in table:
        if "codes" not in table and "sheet" not in table:
            shape.wrong("ledger", _("没有写明下级台账"), _('请补上 ledger = "…"（或 codes、sheet）'))
        return built
    child = known.ledgers.get(table["ledger"])
    if child is None:
        shape.wrong("ledger", _("没有台账“{ledger}”").format(ledger=table["ledger"]), nearest(str(table["ledger"]), known.ledgers))
        return built
    link = table.get("link", "parent_id")
    if link == "parent_id" and child.parent != ledger.id:
        shape.wrong("link", _("{child}不是{ledger}的下级台账").format(child=child.title, ledger=ledger.title), _("请用 link 写明哪个字段指向本台账"))
    elif link != "parent_id" and link not in child.fields:
        shape.wrong("link", _("{child}没有字段“{link}”").format(child=child.title, link=link), nearest(str(link), child.fields))
    if "key" in table:
        _check_path(table["key"], ledger, known.ledgers, shape, "key")
    printed = _printed_paths(table, known)
    for path in (*(c.get("field", "") for c in table.get("columns", ())), *table.get("only", ()), *table.get("total", ())):
        if ledger.id not in _SELF_FED and path not in printed:
            _check_path(path, child, known.ledgers, shape, "columns")
    if "where" in table:
        built["where"] = build_condition(table["where"], child.fields, shape, "where")
    return built


def _printed_paths(table: Mapping[str, Any], known: Known) -> set[str]:
    """Cells that a code list or a score sheet fills."""
    listed = known.codes.get(table.get("codes", ""))
    if listed:
        return {"code", "title", *(fact for code in listed.codes.values() for fact in code.facts)}
    return {"section", "code", "title", "points", "rule"} if "sheet" in table else set()


def _one_of(table: Mapping[str, Any], shape: Shape, key: str, names: Iterable[str], what: str) -> None:
    if key in table and table[key] not in names:
        shape.wrong(key, _("没有名为“{name}”的{what}").format(name=table[key], what=what), nearest(str(table[key]), names))


def _build_tally(number: int, one: dict[str, Any], ledger: Ledger, shape: Shape) -> dict[str, Any]:
    """A counted column: which records (`when`), and what of them (`sum`, `distinct`, or a share `of`/`per`)."""
    built = dict(one)
    key = f"tally[{number}]"
    if "title" not in one:
        shape.wrong(key, _("这一列没有 title"), _('请写成 { title = "…", when = [[…]] }'))
    if "when" in one:
        built["when"] = build_condition(one["when"], ledger.fields, shape, f"{key}.when")
    for name in ("sum", "distinct"):
        if name in one and one[name] not in ledger.fields:
            shape.wrong(f"{key}.{name}", _("{ledger}没有字段“{name}”").format(ledger=ledger.title, name=one[name]), nearest(str(one[name]), ledger.fields))
    if ("of" in one) != ("per" in one) or not all(1 <= one.get(name, 1) <= number or name not in one for name in ("of", "per")):
        shape.wrong(key, _("比率要写明前面的两列"), _("of 和 per 都写前面列的序号，从 1 数起"))
    return built


def _check_checklist(given: Any, ledger: Ledger, tables: list[dict[str, Any]], known: Known, parent: Shape) -> None:
    shape = Shape(given, parent.file, f"{parent.key}.checklist", parent.mistakes)
    if "codes" not in given:
        shape.wrong("codes", _("没有写明检查项的代码表"), _('请补上 codes = "…"'))
    _one_of(given, shape, "codes", known.codes, _("代码表"))
    _one_of(given, shape, "ledger", known.ledgers, _("台账"))
    child = known.ledgers.get(given.get("ledger") or (tables[0].get("ledger", "") if tables else ""))
    for key in ("bad", "item", "state", "text"):
        if key in given and child:
            _check_path(given[key], child, known.ledgers, shape, key)
    if "scope" in given:
        _check_path(given["scope"], ledger, known.ledgers, shape, "scope")
