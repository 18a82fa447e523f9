"""The manual, made from the definitions: a page for each ledger, so that help can never say otherwise than the program does.

A page is a sequence of blocks (heading, paragraph, table); faces turn them into their own form.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from unionclient.definition.condition import Condition
from unionclient.definition.issue import Level
from unionclient.definition.ledger import Field, Follow, Ledger, Library, Steps
from unionclient.definition.values import TYPES
from unionclient.definition.words import _, marked

_TYPES = {"text": marked("文字"), "int": marked("整数"), "decimal": marked("小数"), "money": marked("金额"),
          "date": marked("日期"), "month": marked("年月"), "datetime": marked("日期和时间"),
          "bool": marked("是或否"), "code": marked("从列表选一项"), "codes": marked("从列表选几项"), "reference": marked("从另一本台账选"),
          "attachment": marked("附件")}
_LISTED = 12                            # codes named in a field's line; a longer list says how many it has


@dataclass(frozen=True, slots=True)
class Heading:
    """`anchor` is the field the heading stands for, "" for any other."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: heads, rows of texts, and for each row the field it is about ("" where none)."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    anchors: tuple[str, ...] = ()


Block = Heading | Paragraph | Grid


def ledger_page(library: Library, ledger_id: str) -> tuple[Block, ...]:
    """Everything the definitions say of a ledger, in the order an officer asks for it."""
    ledger = library.ledgers[ledger_id]
    return tuple(block for part in (_about, _fields, _steps, _rules, _figures, _forms) for block in part(library, ledger))


def _about(library: Library, ledger: Ledger) -> Iterator[Block]:
    if ledger.help:
        yield Paragraph(ledger.help)
    lines = [(_("依据"), ledger.source), (_("台账编号"), ledger.code)]
    if ledger.parent:
        lines.append((_("属于"), library.ledgers[ledger.parent].title))
    children = library.children(ledger.id)
    if children:
        lines.append((_("下级台账"), _("、").join(child.title for child in children)))
    if ledger.match:
        ways = [_("加").join(_title(library, ledger, name) for name in way) for way in ledger.match]
        lines.append((_("怎样认出同一条"), _("；再看").join(ways)))
    yield Grid(("", ""), tuple((name, text) for name, text in lines if text))


def _title(library: Library, ledger: Ledger, name: str) -> str:
    if name == "parent_id":
        return library.ledgers[ledger.parent].title if ledger.parent else name
    return ledger.fields[name].title


def _fields(library: Library, ledger: Ledger) -> Iterator[Block]:
    yield Heading(_("各项怎样填写"))
    fields = ledger.live_fields
    yield Grid((_("项目"), _("填什么"), _("要求")), tuple((f.heading, _content(library, f), _demands(f)) for f in fields),
               tuple(f.id for f in fields))


def _content(library: Library, field: Field) -> str:
    told = [_(_TYPES[field.type])]
    if field.codes:
        titles = [code.title for code in field.codes.codes.values() if not code.retired]
        told = [_("、").join(titles) if len(titles) <= _LISTED else _("{names}等{n}项").format(names=_("、").join(titles[:_LISTED]), n=len(titles))]
        if field.type == "codes":
            told.append(_("可选几项"))
    if field.ref:
        told = [_("从{title}中选").format(title=library.ledgers[field.ref].title)]
    if field.help:
        told.append(field.help)
    return _("。").join(told)


def _demands(field: Field) -> str:
    parts = []
    if field.computed is not None:
        return _("由程序计算")
    if field.readonly:
        parts.append(_("由程序填写"))
    if field.required:
        parts.append(_("必填"))
    kind = TYPES[field.type]
    for words, bound in ((_("不小于 {bound}"), field.min), (_("不大于 {bound}"), field.max)):
        if bound is not None:
            reading = kind.parse(bound, field)
            parts.append(words.format(bound=kind.show(reading.value, field) or bound))
    if field.type == "text" and field.length != 200:
        parts.append(_("不超过{length}字").format(length=field.length))
    if field.fill:
        parts.append(_("不填时自动填写"))
    if field.default is not None:
        reading = kind.parse(field.default, field)
        parts.append(_("不填时为“{value}”").format(value=kind.show(reading.value, field) or field.default))
    if field.personal:
        parts.append(_("个人信息"))
    return _("，").join(parts)


def _steps(library: Library, ledger: Ledger) -> Iterator[Block]:
    if ledger.status:
        yield Heading(_("办理进度"), ledger.status.field)
        yield Grid((_("现在"), _("下一步可以是")), tuple(_step_rows(ledger, ledger.status)))
    coming = [(other, step) for other in library.ledgers.values() for step in other.follows if step.ledger == ledger.id]
    if ledger.follows or coming:
        yield Heading(_("自动完成的事"))
        rows = [(step.title, _("{when}时，自动更新{owner}").format(when=_when(ledger, step), owner=_owner(library, ledger, step))) for step in ledger.follows]
        rows += [(step.title, _("{other}中{when}时，自动更新本台账").format(other=other.title, when=_when(other, step))) for other, step in coming if other is not ledger]
        yield Grid((_("事项"), _("什么时候")), tuple(rows))


def _owner(library: Library, ledger: Ledger, step: Follow) -> str:
    return _("本台账") if step.ledger == ledger.id else library.ledgers[step.ledger].title


def _step_rows(ledger: Ledger, steps: Steps) -> Iterator[tuple[str, str]]:
    title = ledger.fields[steps.field].codes.title_of
    for code in ledger.fields[steps.field].codes.codes:
        yield title(code), _("、").join(map(title, steps.steps.get(code, ()))) or _("没有下一步")


def _when(ledger: Ledger, step: Follow) -> str:
    return told_condition(ledger, step.when)


def told_condition(ledger: Ledger, condition: Condition) -> str:
    """A condition over a ledger's fields as a sentence, values as they are shown."""
    def show(name: str, value: object) -> str:
        field = ledger.fields.get(name)
        if field is None:
            return str(value)
        if field.codes:
            return field.codes.title_of(str(value))
        return (_("是") if value else _("否")) if field.type == "bool" else TYPES[field.type].show(value, field) if isinstance(value, int) else str(value)

    return condition.say(lambda name: ledger.fields[name].title if name in ledger.fields else name, show)


def _rules(library: Library, ledger: Ledger) -> Iterator[Block]:
    rows = [(rule.level.title, _plain(rule.message, ledger), rule.mend, rule.basis, rule.id) for rule in ledger.rules.values()]
    rows += [(check.level.title, _plain(check.message, ledger), check.mend, check.basis, check.id)
             for check in library.checks.values() if check.ledger == ledger.id and check.id not in ledger.rules]
    if rows:
        yield Heading(_("检查什么"))
        order = [level.title for level in Level]
        yield Grid((_("程度"), _("问题"), _("怎样改"), _("依据"), _("编号")), tuple(sorted(rows, key=lambda row: order.index(row[0]))))


def _plain(message: str, ledger: Ledger) -> str:
    """A message without values: what would be put in stands as the name of its field."""
    def word(found: re.Match[str]) -> str:
        field = ledger.fields.get(found[1])
        return _("〔{field}〕").format(field=field.title if field else "…")

    return re.sub(r"\{(\w+)\}", word, message)


def _figures(library: Library, ledger: Ledger) -> Iterator[Block]:
    rows = []
    for figure in library.indicators.values():
        used = [library.populations[name] for name in (figure.population, figure.of_population) if name]
        if any(population.ledger == ledger.id or re.search(rf"\b{ledger.id}\b", population.sql) for population in used):
            goal = f"{figure.op.replace('>=', '≥').replace('<=', '≤')}{figure.target}{figure.unit}" if figure.target else "—"
            rows.append((figure.id, figure.title, goal, figure.source))
    if rows:
        yield Heading(_("用到本台账的指标"))
        yield Grid((_("编号"), _("指标"), _("全区目标"), _("依据")), tuple(rows))


def _forms(library: Library, ledger: Ledger) -> Iterator[Block]:
    forms: Sequence[tuple[str, str]] = [(form.id, form.title) for form in library.forms.values() if form.ledger == ledger.id]
    if forms:
        yield Heading(_("可以打印的表"))
        yield Grid((_("编号"), _("表名")), tuple(forms))


def as_markdown(title: str, blocks: Sequence[Block]) -> str:
    """A page as Markdown, for reading outside the program."""
    lines = [f"# {title}", ""]
    for block in blocks:
        if isinstance(block, Heading):
            lines += [f"## {block.text}", ""]
        elif isinstance(block, Paragraph):
            lines += [block.text, ""]
        else:
            lines += [_markdown_row(block.heads), _markdown_row(["---"] * len(block.heads)), *map(_markdown_row, block.rows), ""]
    return "\n".join(lines)


def _markdown_row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "／").replace("\n", " ") for cell in cells) + " |"
