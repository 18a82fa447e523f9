"""`templates` and `collect`: forms that go out to the units, and a folder of them that came back."""

from pathlib import Path

import click

from unionclient.commands.progress import ProgressLine
from unionclient.commands.speaking import EXIT_FINDINGS, EXIT_GOOD, Verb, ledger_of, opened, option, say, say_json
from unionclient.definition.condition import Clause, Condition
from unionclient.definition.words import _, marked
from unionclient.workspace.collecting import Collection, Returned


@click.command("templates", cls=Verb)
@option("--ledger", "ledgers", multiple=True, required=True, help=marked("哪本台账，可以写几次"))
@option("--community", help=marked("只给这个社区的单位"))
@option("--out", type=click.Path(path_type=Path), required=True, help=marked("写到哪个文件夹"))
@click.pass_context
def templates(ctx: click.Context, ledgers: tuple[str, ...], community: str | None, out: Path) -> None:
    """给各单位写出填报表：已登记的内容填好，下拉可选，列名锁定。"""
    workspace = opened(ctx)
    units = None
    if community:
        units = [u.id for u in workspace.records("unit", where=Condition((Clause("community_code", "=", community),)))]
    paths = workspace.write_templates([ledger_of(workspace, name) for name in ledgers], out, units)
    say(_("写出填报表 {count} 份，在 {folder}").format(count=len(paths), folder=out))


@click.command("collect", cls=Verb)
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@option("--apply", "take", is_flag=True, help=marked("试算后写入；不写这一项只试算"))
@option("--letters", type=click.Path(path_type=Path), help=marked("把各单位的改正通知写到这个文件夹"))
@option("--json", "as_json", is_flag=True)
@click.pass_context
def collect(ctx: click.Context, folder: Path, take: bool, letters: Path | None, as_json: bool) -> None:
    """收回一个文件夹里的填报表：谁交了、谁没交、新增什么、哪些有疑问。"""
    workspace = opened(ctx)
    with ProgressLine() as progress:
        found = workspace.plan_collection(folder, progress)
        progress(_("写改正通知、写入台账") if take else _("写改正通知"), 1, 1)
        written = workspace.write_letters(found, letters) if letters else []
        taken = workspace.apply_collected(found.files) if take else []
    if as_json:
        say_json({"files": [_facts(f) for f in found.files], "missing": [name for _unit, name in found.missing],
                  "letters": [str(p) for p in written], "applied": len(taken)})
    else:
        _tell(found)
        if letters:
            say(_("改正通知 {count} 份，在 {folder}").format(count=len(written), folder=letters))
        say(_("已写入 {count} 份").format(count=len(taken)) if take else _("以上是试算，没有写入；写入请加 --apply"))
    ctx.exit(EXIT_FINDINGS if any(f.problem or f.rejected for f in found.files) else EXIT_GOOD)


def _tell(found: Collection) -> None:
    say(_("交回 {count} 份，{answered} 个单位；没有交的 {missing} 个单位").format(
        count=len(found.files), answered=found.answered, missing=len(found.missing)))
    for f in found.files:
        told = f.problem or _("新增 {new}，修改 {changed}，相同 {same}，未导入 {rejected}，问题 {faults}").format(
            new=f.new, changed=f.changed, same=f.same, rejected=f.rejected, faults=f.faults)
        words = _("  {file}　{unit}：{told}　疑问：{doubts}") if f.doubts else _("  {file}　{unit}：{told}")
        say(words.format(file=f.file, unit=f.unit_name or "?", told=told, doubts=_("；").join(f.doubts)))
    for _unit, name in found.missing:
        say(_("  没有交：{name}").format(name=name))


def _facts(f: Returned) -> dict[str, object]:
    return {"file": f.file, "unit": f.unit_name, "problem": f.problem, "new": f.new, "changed": f.changed, "same": f.same,
            "rejected": f.rejected, "faults": f.faults, "doubts": list(f.doubts)}
