"""The street's reporting on the command line: `explain`, `submit`, `amend`, `zero-note`, `carry`, `withdraw`, `periods`.

Exit codes: 0 good, 1 something must be mended, explained or noted first, 2 usage and everything else.
"""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from unionclient.commands.progress import ProgressLine
from unionclient.commands.speaking import EXIT_FINDINGS, opened, passphrase, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.workspace import Workspace

_PERIOD = click.option("--period", required=True, help="2017M03 2017Q1 2017H1 2017Y")
_OUT = click.option("--out", required=True, type=click.Path(path_type=Path), help="放报送包的文件夹")
_ZERO = click.option("--zero-note", default="", help="空白台账的零报告说明，用于还没有说明的各本")
_UNMASKED = click.option("--unmasked", is_flag=True, help="证件号码和电话不遮盖；记入操作日志")
_JSON = click.option("--json", "as_json", is_flag=True)


@click.command("submit")
@_PERIOD
@_OUT
@_ZERO
@_UNMASKED
@click.option("--unchecked", is_flag=True, help="不检查，只导出备份；备份不能作为报送包")
@_JSON
@click.pass_context
def submit(ctx: click.Context, period: str, out: Path, zero_note: str, unmasked: bool, unchecked: bool, as_json: bool) -> None:
    """审核并生成签名报送包。有必须改正、需要说明的问题，或空白台账没有说明时不生成，并列出。"""
    workspace = opened(ctx)
    if unchecked:
        say(f"已导出没有检查的备份：{workspace.export_unchecked(out)}\n备份不能作为报送包，内有完整的证件号码和电话，不得外传。")
        return
    done = _made(ctx, workspace, lambda line: workspace.submit(period, out, line.asking(_words), line, zero_note=zero_note, unmasked=unmasked))
    _say_made(done, as_json)


@click.command("amend")
@_PERIOD
@_OUT
@click.option("--reason", required=True, help="更正原因，写进更正的报送包")
@_ZERO
@_UNMASKED
@_JSON
@click.pass_context
def amend(ctx: click.Context, period: str, out: Path, reason: str, zero_note: str, unmasked: bool, as_json: bool) -> None:
    """更正：被退回的，或已接收而要改的，审核后另打一个报送包；原来的文件不动。"""
    workspace = opened(ctx)
    done = _made(ctx, workspace,
                 lambda line: workspace.amend(period, out, line.asking(_words), reason, line, zero_note=zero_note, unmasked=unmasked))
    _say_made(done, as_json)


@click.command("zero-note")
@_PERIOD
@click.argument("text", required=False)
@click.option("--ledger", "ledgers", multiple=True, help="只写这本台账（可多次）；不写时为全部没有说明的空白台账")
@click.option("--again", is_flag=True, help="沿用以前的说明")
@_JSON
@click.pass_context
def zero_note(ctx: click.Context, period: str, text: str | None, ledgers: tuple[str, ...], again: bool, as_json: bool) -> None:
    """零报告说明：空白台账为什么没有记录。不写说明时列出空白台账。"""
    from unionclient.commands.speaking import ledger_of

    workspace = opened(ctx)
    if again:
        say(f"沿用了 {workspace.take_over_zero_notes(period)} 本台账以前的说明")
    if text:
        chosen = [ledger_of(workspace, ledger) for ledger in ledgers] or None
        say(f"已写明 {workspace.note_zero(period, text, chosen)} 本空白台账")
        return
    notes = workspace.zero_notes(period)
    if as_json:
        say_json([asdict(note) for note in notes])
        return
    for note in notes:
        say(f"  {note.title}：{note.text or '（还没有说明）'}")
    say(f"空白台账 {len(notes)} 本，还没有说明 {sum(not note.text for note in notes)} 本")


@click.command("explain")
@click.argument("text")
@_PERIOD
@click.option("--rule", "rules", multiple=True, help="只说明这条规则的问题（可多次）；不写时为全部需要说明、请核实的问题")
@click.option("--record", "records", multiple=True, help="只说明这条记录的问题（可多次）")
@click.pass_context
def explain(ctx: click.Context, text: str, period: str, rules: tuple[str, ...], records: tuple[str, ...]) -> None:
    """检查，并给需要说明的问题写明说明；说明随报送包一起报送。"""
    workspace = opened(ctx)
    chosen = [f for f in workspace.check(period=period).findings if f.explained is None
              and (not rules or f.issue.rule in rules) and (not records or f.issue.record in records)]
    say(f"已说明 {workspace.explain(chosen, text)} 个问题")


@click.command("carry")
@_PERIOD
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="拷贝到这个文件夹（U 盘）")
@click.option("--sent", is_flag=True, help="已经交到区总工会")
@click.pass_context
def carry(ctx: click.Context, period: str, folder: Path | None, sent: bool) -> None:
    """拷贝报送包并逐字节核对；交出以后标为已送出。"""
    workspace = opened(ctx)
    if folder is None and not sent:
        raise UnionClientError("没有说要做什么。", "没有改动任何内容。", "拷贝请写 --to 文件夹，已经交出请写 --sent。")
    if folder is not None:
        say(f"已拷贝并核对：{workspace.carry(period, folder)}")
    if sent:
        say(f"已标为送出，现在是“{workspace.send(period).state.title}”")


@click.command("withdraw")
@_PERIOD
@click.pass_context
def withdraw(ctx: click.Context, period: str) -> None:
    """撤回还没有送出的报送包，序号可以重用。"""
    package = opened(ctx).withdraw(period)
    say(f"已撤回第{package.seq}号报送包 {package.file}；如果它已经拷到别处，请一并删去")


@click.command("periods")
@_JSON
@click.pass_context
def periods(ctx: click.Context, as_json: bool) -> None:
    """各统计期报送到了哪一步，下一步做什么，退回的要改什么。"""
    workspace = opened(ctx)
    reports, items = workspace.reports(), workspace.returned_items()
    if as_json:
        say_json([{"period": r.period, "label": r.label, "state": r.state.value, "state_title": r.state.title, "todo": r.todo,
                   "package": r.package and asdict(r.package),
                   "returned": [{**asdict(i), "level": i.level.value} for i in items if i.period == r.period],
                   "steps": [{"step": s.step.value, "state": s.state.value, "package": s.submission, "at": s.at, "who": s.who, "reason": s.reason}
                             for s in workspace.report_steps(r.period)]} for r in reports])
        return
    for r in reports:
        package = f"第{r.package.seq}号 {r.package.file}" if r.package else "还没有报送包"
        say(f"{r.label}：{r.state.title}　{package}\n    {r.todo}")
        for item in (i for i in items if i.period == r.period):
            ledger = workspace.library.ledgers[item.ledger].title if item.ledger else "整个报送包"
            say(f"    {'✓' if item.done or item.answer else '✗'} {ledger} {item.label}：{item.message}")
    if not reports:
        say("还没有报送过。")


def _words(new: bool) -> str:
    return passphrase(confirm=new)


def _made(ctx: click.Context, workspace: Workspace, make: Callable[[ProgressLine], Any]) -> Any:
    """What `make` gives, told how to show how far it is; what is still to be done first is listed, with the exit code of findings."""
    from unionclient.workspace.submitting import Blocked
    from unionclient.workspace.zeronotes import NotesWanted

    try:
        with ProgressLine() as line:
            return make(line)
    except Blocked as blocked:
        say(blocked.what, err=True)
        for finding in blocked.findings:
            issue = finding.issue
            say(f"  [{issue.level.title}] {issue.rule} {workspace.library.ledgers[issue.ledger].title} {finding.label}：{issue.message}", err=True)
        say(blocked.todo, err=True)
        ctx.exit(EXIT_FINDINGS)
    except NotesWanted as wanted:
        say(f"{wanted}\n可以加 --zero-note，或先用 zero-note 逐本写明。", err=True)
        ctx.exit(EXIT_FINDINGS)


def _say_made(done: Any, as_json: bool) -> None:
    if as_json:
        say_json({"path": str(done.path), "sha256": done.sha256, "package_id": done.package_id, "seq": done.seq, "period": done.period,
                  "carried": str(done.carried), "amends": done.amends})
        return
    say(f"已生成第{done.seq}号报送包{f'，更正第{done.amends}号' if done.amends else ''}：{done.path}\nSHA-256 {done.sha256}")
    if done.carried != done.path:
        say(f"已加密，请把这个文件送到区总工会：{done.carried}")
