"""The street's reporting on the command line: `explain`, `submit`, `amend`, `zero-note`, `carry`, `withdraw`, `periods`.

Exit codes: 0 good, 1 something must be mended, explained or noted first, 2 usage and everything else.
"""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from unionclient.commands.progress import ProgressLine
from unionclient.commands.speaking import EXIT_FINDINGS, Verb, finding_line, opened, option, passphrase, returned_line, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked
from unionclient.workspace import Workspace

_PERIOD = option("--period", required=True, help="2017M03 2017Q1 2017H1 2017Y")
_OUT = option("--out", required=True, type=click.Path(path_type=Path), help=marked("放报送包的文件夹"))
_ZERO = option("--zero-note", default="", help=marked("空白台账的零报告说明，用于还没有说明的各本"))
_UNMASKED = option("--unmasked", is_flag=True, help=marked("证件号码和电话不遮盖；记入操作日志"))
_JSON = option("--json", "as_json", is_flag=True)


@click.command("submit", cls=Verb)
@_PERIOD
@_OUT
@_ZERO
@_UNMASKED
@option("--unchecked", is_flag=True, help=marked("不检查，只导出备份；备份不能作为报送包"))
@_JSON
@click.pass_context
def submit(ctx: click.Context, period: str, out: Path, zero_note: str, unmasked: bool, unchecked: bool, as_json: bool) -> None:
    """审核并生成签名报送包。有必须改正、需要说明的问题，或空白台账没有说明时不生成，并列出。"""
    workspace = opened(ctx)
    if unchecked:
        say(_("已导出没有检查的备份：{path}\n备份不能作为报送包，内有完整的证件号码和电话，不得外传。").format(
            path=workspace.export_unchecked(out)))
        return
    done = _made(ctx, workspace, lambda line: workspace.submit(period, out, line.asking(_words), line, zero_note=zero_note, unmasked=unmasked))
    _say_made(done, as_json)


@click.command("amend", cls=Verb)
@_PERIOD
@_OUT
@option("--reason", required=True, help=marked("更正原因，写进更正的报送包"))
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


@click.command("zero-note", cls=Verb)
@_PERIOD
@click.argument("text", required=False)
@option("--ledger", "ledgers", multiple=True, help=marked("只写这本台账（可多次）；不写时为全部没有说明的空白台账"))
@option("--again", is_flag=True, help=marked("沿用以前的说明"))
@_JSON
@click.pass_context
def zero_note(ctx: click.Context, period: str, text: str | None, ledgers: tuple[str, ...], again: bool, as_json: bool) -> None:
    """零报告说明：空白台账为什么没有记录。不写说明时列出空白台账。"""
    from unionclient.commands.speaking import ledger_of

    workspace = opened(ctx)
    if again:
        say(_("沿用了 {count} 本台账以前的说明").format(count=workspace.take_over_zero_notes(period)))
    if text:
        chosen = [ledger_of(workspace, ledger) for ledger in ledgers] or None
        say(_("已写明 {count} 本空白台账").format(count=workspace.note_zero(period, text, chosen)))
        return
    notes = workspace.zero_notes(period)
    if as_json:
        say_json([asdict(note) for note in notes])
        return
    for note in notes:
        say(_("  {title}：{text}").format(title=note.title, text=note.text or _("（还没有说明）")))
    say(_("空白台账 {count} 本，还没有说明 {open} 本").format(count=len(notes), open=sum(not note.text for note in notes)))


@click.command("explain", cls=Verb)
@click.argument("text")
@_PERIOD
@option("--rule", "rules", multiple=True, help=marked("只说明这条规则的问题（可多次）；不写时为全部需要说明、请核实的问题"))
@option("--record", "records", multiple=True, help=marked("只说明这条记录的问题（可多次）"))
@click.pass_context
def explain(ctx: click.Context, text: str, period: str, rules: tuple[str, ...], records: tuple[str, ...]) -> None:
    """检查，并给需要说明的问题写明说明；说明随报送包一起报送。"""
    workspace = opened(ctx)
    chosen = [f for f in workspace.check(period=period).findings if f.explained is None
              and (not rules or f.issue.rule in rules) and (not records or f.issue.record in records)]
    say(_("已说明 {count} 个问题").format(count=workspace.explain(chosen, text)))


@click.command("carry", cls=Verb)
@_PERIOD
@option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help=marked("拷贝到这个文件夹（U 盘）"))
@option("--sent", is_flag=True, help=marked("已经交到区总工会"))
@click.pass_context
def carry(ctx: click.Context, period: str, folder: Path | None, sent: bool) -> None:
    """拷贝报送包并逐字节核对；交出以后标为已送出。"""
    workspace = opened(ctx)
    if folder is None and not sent:
        raise UnionClientError(_("没有说要做什么。"), _("没有改动任何内容。"), _("拷贝请写 --to 文件夹，已经交出请写 --sent。"))
    if folder is not None:
        say(_("已拷贝并核对：{path}").format(path=workspace.carry(period, folder)))
    if sent:
        say(_("已标为送出，现在是“{state}”").format(state=workspace.send(period).state.title))


@click.command("withdraw", cls=Verb)
@_PERIOD
@click.pass_context
def withdraw(ctx: click.Context, period: str) -> None:
    """撤回还没有送出的报送包，序号可以重用。"""
    package = opened(ctx).withdraw(period)
    say(_("已撤回第{seq}号报送包 {file}；如果它已经拷到别处，请一并删去").format(seq=package.seq, file=package.file))


@click.command("periods", cls=Verb)
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
        package = _("第{seq}号 {file}").format(seq=r.package.seq, file=r.package.file) if r.package else _("还没有报送包")
        say(_("{period}：{state}　{package}\n    {todo}").format(period=r.label, state=r.state.title, package=package, todo=r.todo))
        for item in (i for i in items if i.period == r.period):
            say(f"    {returned_line(workspace, item)}")
    if not reports:
        say(_("还没有报送过。"))


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
            say(finding_line(workspace, finding), err=True)
        say(blocked.todo, err=True)
        ctx.exit(EXIT_FINDINGS)
    except NotesWanted as wanted:
        say(f"{wanted}\n{_('可以加 --zero-note，或先用 zero-note 逐本写明。')}", err=True)
        ctx.exit(EXIT_FINDINGS)


def _say_made(done: Any, as_json: bool) -> None:
    if as_json:
        say_json({"path": str(done.path), "sha256": done.sha256, "package_id": done.package_id, "seq": done.seq, "period": done.period,
                  "carried": str(done.carried), "amends": done.amends})
        return
    words = _("已生成第{seq}号报送包，更正第{amends}号：{path}") if done.amends else _("已生成第{seq}号报送包：{path}")
    say(words.format(seq=done.seq, amends=done.amends, path=done.path) + f"\nSHA-256 {done.sha256}")
    if done.carried != done.path:
        say(_("已加密，请把这个文件送到区总工会：{path}").format(path=done.carried))
