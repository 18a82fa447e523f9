"""The command line's `bundle` verbs: what the district sent down, looked at and taken over by a street."""

from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import EXIT_FINDINGS, Verbs, opened, option, say, say_json
from unionclient.definition.words import _

_FILE = click.argument("file", type=click.Path(path_type=Path))
_JSON = option("--json", "as_json", is_flag=True)


@click.group(cls=Verbs)
def bundle() -> None:
    """区里下发的目标和定义：先看，再采用。"""


@bundle.command("show")
@_FILE
@_JSON
@click.pass_context
def show(ctx: click.Context, file: Path, as_json: bool) -> None:
    """看一份下发文件会改动什么；不改动任何东西。"""
    preview = opened(ctx).look_at_bundle(file)
    if as_json:
        say_json(_facts(preview))
    else:
        _say(preview)
    ctx.exit(EXIT_FINDINGS if preview.mistakes else 0)


@bundle.command("import")
@_FILE
@_JSON
@click.pass_context
def import_(ctx: click.Context, file: Path, as_json: bool) -> None:
    """采用一份下发文件：目标一步写入（可撤销），定义重新打开程序后生效。"""
    workspace = opened(ctx)
    preview = workspace.look_at_bundle(file)
    workspace.import_bundle(preview)
    if as_json:
        say_json(_facts(preview))
    else:
        _say(preview)
        say(_("已采用，改动 {count} 处。").format(count=preview.changes))


def _facts(preview: Any) -> dict[str, Any]:
    return {"year": preview.year, "district": preview.district_name, "issued_at": preview.issued_at.isoformat(), "note": preview.note,
            "changes": preview.changes, "mistakes": list(preview.mistakes), "trust": preview.trust,
            "targets": [{"figure": line.figure, "title": line.title, "year": line.year, "before": line.before and str(line.before),
                         "after": str(line.after), "doc_no": line.doc_no, "state": line.state} for line in preview.targets],
            "forms": [{"name": line.name, "state": line.state, "size": line.size} for line in preview.forms]}


def _say(preview: Any) -> None:
    from unionclient.workspace.bundles import STATES

    say(_("{district} {day:%Y-%m-%d} 下发　{note}").format(district=preview.district_name, day=preview.issued_at, note=preview.note))
    for line in preview.targets:
        say(_("  {state}　{figure} {title} {year}年　{before} → {after}　{doc_no}").format(
            state=_(STATES[line.state]), figure=line.figure, title=line.title, year=line.year,
            before="—" if line.before is None else line.before, after=line.after, doc_no=line.doc_no))
    for form in preview.forms:
        say(_("  {state}　定义文件 {name}").format(state=_(STATES[form.state]), name=form.name))
    for mistake in preview.mistakes:
        say(_("  有错误：{mistake}").format(mistake=mistake))
