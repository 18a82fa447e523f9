"""`templates` and `collect`: forms that go out to the units, and a folder of them that came back."""

from pathlib import Path

import click

from unionclient.commands.progress import ProgressLine
from unionclient.commands.speaking import EXIT_FINDINGS, EXIT_GOOD, ledger_of, opened, say, say_json
from unionclient.definition.condition import Clause, Condition
from unionclient.workspace.collecting import Collection, Returned


@click.command("templates")
@click.option("--ledger", "ledgers", multiple=True, required=True, help="哪本台账，可以写几次")
@click.option("--community", help="只给这个社区的单位")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件夹")
@click.pass_context
def templates(ctx: click.Context, ledgers: tuple[str, ...], community: str | None, out: Path) -> None:
    """给各单位写出填报表：已登记的内容填好，下拉可选，列名锁定。"""
    workspace = opened(ctx)
    units = None
    if community:
        units = [u.id for u in workspace.records("unit", where=Condition((Clause("community_code", "=", community),)))]
    paths = workspace.write_templates([ledger_of(workspace, name) for name in ledgers], out, units)
    say(f"写出填报表 {len(paths)} 份，在 {out}")


@click.command("collect")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--apply", "take", is_flag=True, help="试算后写入；不写这一项只试算")
@click.option("--letters", type=click.Path(path_type=Path), help="把各单位的改正通知写到这个文件夹")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def collect(ctx: click.Context, folder: Path, take: bool, letters: Path | None, as_json: bool) -> None:
    """收回一个文件夹里的填报表：谁交了、谁没交、新增什么、哪些有疑问。"""
    workspace = opened(ctx)
    with ProgressLine() as progress:
        found = workspace.plan_collection(folder, progress)
        progress("写改正通知、写入台账" if take else "写改正通知", 1, 1)
        written = workspace.write_letters(found, letters) if letters else []
        taken = workspace.apply_collected(found.files) if take else []
    if as_json:
        say_json({"files": [_facts(f) for f in found.files], "missing": [name for _, name in found.missing],
                  "letters": [str(p) for p in written], "applied": len(taken)})
    else:
        _tell(found)
        if letters:
            say(f"改正通知 {len(written)} 份，在 {letters}")
        say(f"已写入 {len(taken)} 份" if take else "以上是试算，没有写入；写入请加 --apply")
    ctx.exit(EXIT_FINDINGS if any(f.problem or f.rejected for f in found.files) else EXIT_GOOD)


def _tell(found: Collection) -> None:
    say(f"交回 {len(found.files)} 份，{found.answered} 个单位；没有交的 {len(found.missing)} 个单位")
    for f in found.files:
        told = f.problem or f"新增 {f.new}，修改 {f.changed}，相同 {f.same}，未导入 {f.rejected}，问题 {f.faults}"
        say(f"  {f.file}　{f.unit_name or '？'}：{told}{'　疑问：' + '；'.join(f.doubts) if f.doubts else ''}")
    for _, name in found.missing:
        say(f"  没有交：{name}")


def _facts(f: Returned) -> dict[str, object]:
    return {"file": f.file, "unit": f.unit_name, "problem": f.problem, "new": f.new, "changed": f.changed, "same": f.same,
            "rejected": f.rejected, "faults": f.faults, "doubts": list(f.doubts)}
