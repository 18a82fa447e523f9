"""The command line: the same verbs as the window; text for people, `--json` for programs.

Exit codes: 0 good, 1 findings, 2 usage or unreadable input; `verify` has its own (`commands/verify.py`). Secrets come from a prompt or
UNIONCLIENT_PASSPHRASE, never from an argument.
"""

from pathlib import Path
from typing import Any

import click

from unionclient import __version__
from unionclient.commands.bundle import bundle
from unionclient.commands.ca import ca
from unionclient.commands.district import district
from unionclient.commands.encryption import decrypt, encrypt
from unionclient.commands.keys import keys
from unionclient.commands.progress import ProgressLine
from unionclient.commands.receipt import receipt
from unionclient.commands.rekeying import rekey
from unionclient.commands.scores import score
from unionclient.commands.second import sm2
from unionclient.commands.singles import pdf, xlsx
from unionclient.commands.collecting import collect, templates
from unionclient.commands.speaking import EXIT_FINDINGS, EXIT_GOOD, STORE_VARIABLE, Option, Program, finding_line, ledger_of, opened, option, say, say_json
from unionclient.commands.submit import amend, carry, explain, periods, submit, withdraw, zero_note
from unionclient.commands.trust import trust
from unionclient.commands.verify import inspect, verify
from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.definition.words import LANGUAGES, VARIABLE, _, choose, marked
from unionclient.workspace import Workspace


def _speak(_ctx: click.Context, _parameter: click.Parameter, name: str | None) -> str | None:
    """Before anything else is said; without a word of it the environment and, for the window, what was chosen there decide."""
    if name:
        choose(name)
    return name


@click.group(cls=Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@option("--store", type=click.Path(path_type=Path), envvar=STORE_VARIABLE, help=marked("数据文件夹"))
@option("--language", type=click.Choice(tuple(LANGUAGES)), envvar=VARIABLE, is_eager=True, callback=_speak, help=marked("语言：zh 中文，en 英文"))
@click.version_option(__version__, prog_name="unionclient", message="%(prog)s %(version)s", help=marked("显示版本"), cls=Option)
@click.pass_context
def main(ctx: click.Context, store: Path | None, language: str | None) -> None:
    """工会台账：建会、评家、安全排查台账的录入、检查、统计、打印和报送。"""
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        ctx.invoke(gui)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def gui(ctx: click.Context, files: tuple[Path, ...] = ()) -> None:
    """打开窗口；窗口已经打开时把它叫到前面，并交给它要看的文件。"""
    if not ctx.find_root().params.get("language"):
        from unionclient.ui.language import speak_as_kept

        speak_as_kept()
    from unionclient.ui.app import run

    ctx.exit(run(ctx.obj, files))


@main.command()
@option("--street", required=True, help=marked("街道代码，如 110101013"))
@option("--officer", required=True, help=marked("经办人姓名"))
@click.pass_context
def init(ctx: click.Context, street: str, officer: str) -> None:
    """新建数据文件夹。"""
    if ctx.obj is None:
        raise UnionClientError(_("没有指定数据文件夹。"), "", _("请在命令前加 --store 文件夹。"))
    with Workspace.create(ctx.obj, street=street, officer=officer) as workspace:
        say(_("已建立：{name}，经办人{officer}，数据在 {folder}").format(
            name=workspace.street.title, officer=workspace.officer, folder=workspace.folder))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@option("--scale", type=click.IntRange(1, 20), default=1, help=marked("规模：1 是一个街道；17 相当于全区，只做台账，用于测速"))
def demo(folder: Path, scale: int) -> None:
    """在文件夹里做一个示例街道，走完全部主要工作。"""
    from unionclient.demo import run_demo

    with ProgressLine() as progress:
        for line in run_demo(folder, scale, progress):
            progress.wipe()
            say(line)


@main.group()
def forms() -> None:
    """台账定义：列出、查看、检查。"""


@forms.command("list")
@option("--json", "as_json", is_flag=True)
def forms_list(as_json: bool) -> None:
    """全部台账。"""
    from unionclient.definition.library import builtin_library

    ledgers = builtin_library().ledgers.values()
    if as_json:
        say_json([{"id": l.id, "code": l.code, "title": l.title, "version": l.version, "parent": l.parent,
                   "fields": len(l.live_fields), "rules": len(l.rules), "sha256": l.sha256} for l in ledgers])
        return
    for ledger in ledgers:
        say(_("{id:20} {code:5} {title}（{fields}项，{rules}条规则）").format(
            id=ledger.id, code=ledger.code, title=ledger.title, fields=len(ledger.live_fields), rules=len(ledger.rules)))


@forms.command("show")
@click.argument("ledger")
def forms_show(ledger: str) -> None:
    """一个台账的字段和规则。"""
    from unionclient.definition.library import builtin_library

    found = next((l for l in builtin_library().ledgers.values() if ledger in (l.id, l.code, l.title)), None)
    if found is None:
        raise UnionClientError(_("没有台账“{name}”。").format(name=ledger), "", _("可用 unionclient forms list 查看全部台账。"))
    say(_("{title}  {id} {code} 第{version}版\n依据：{source}\n").format(
        title=found.title, id=found.id, code=found.code, version=found.version, source=found.source))
    for field in found.live_fields:
        facts = _("，").join(filter(None, (_("必填") if field.required else "", field.codes.title if field.codes else "",
                                       _("引用{ledger}").format(ledger=field.ref) if field.ref else "", field.unit)))
        title = _("{title}（{facts}）").format(title=field.title, facts=facts) if facts else field.title
        say(f"  {field.id:24} {field.type:10} {title}")
    say()
    for rule in found.rules.values():
        say(f"  {rule.id}  [{rule.level.title}] {rule.message}")


@forms.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.pass_context
def forms_check(ctx: click.Context, folder: Path | None) -> None:
    """检查定义文件；不写文件夹时检查程序自带的。"""
    from unionclient.definition.library import read_library
    from unionclient.definition.places import root

    own = root() / "forms"
    whole = folder is None or (folder / "sets.sql").exists()  # a full set stands alone, single files are added to ours
    library, mistakes = read_library([folder or own] if whole else [own, folder])
    for mistake in mistakes:
        say(str(mistake))
    if mistakes:
        say(_("共 {count} 处错误").format(count=len(mistakes)))
        ctx.exit(EXIT_FINDINGS)
    say(_("{ledgers} 个台账、{checks} 项核对、{figures} 个指标、{forms} 张表，没有错误").format(
        ledgers=len(library.ledgers), checks=len(library.checks), figures=len(library.indicators), forms=len(library.forms)))


@main.command("import")
@click.argument("ledger")
@click.argument("file", type=click.Path(path_type=Path))
@option("--dry-run", is_flag=True, help=marked("只试算，不写入"))
@option("--json", "as_json", is_flag=True)
@option("--corrections", type=click.Path(path_type=Path), help=marked("把没有导入的行写到这个文件"))
@click.pass_context
def import_(ctx: click.Context, ledger: str, file: Path, dry_run: bool, as_json: bool, corrections: Path | None) -> None:
    """导入表格。先试算，再一次写入。"""
    workspace = opened(ctx)
    with ProgressLine() as progress:
        plan = workspace.plan_import(ledger_of(workspace, ledger), file, progress=progress)
        if not dry_run:
            progress(_("写入{count}行").format(count=plan.new + plan.changed), 1, 2)
            workspace.apply_import(plan)
    if corrections is not None and plan.rejected:
        workspace.write_corrections(plan, corrections)
    findings = [{"sheet": f.sheet, "cell": f.cell, "heading": f.heading, "field": f.field, "rule": f.rule,
                 "level": str(f.level), "message": f.message, "value": f.value, "mend": f.mend} for f in plan.findings]
    if as_json:
        say_json({"new": plan.new, "changed": plan.changed, "same": plan.same, "rejected": plan.rejected,
                  "dry_run": dry_run, "unknown_columns": list(plan.unknown_columns), "findings": findings})
    else:
        for f in findings:
            if f["level"] != Level.HINT:
                words = _("  {sheet} {cell} {heading}：{message}。{mend}") if f["mend"] else _("  {sheet} {cell} {heading}：{message}")
                say(words.format(**f))
        done = (_("试算：新增 {new}，修改 {changed}，相同 {same}，未导入 {rejected}，问题 {findings}") if dry_run else
                _("已导入：新增 {new}，修改 {changed}，相同 {same}，未导入 {rejected}，问题 {findings}"))
        say(done.format(new=plan.new, changed=plan.changed, same=plan.same, rejected=plan.rejected, findings=len(findings)))
    ctx.exit(EXIT_FINDINGS if plan.rejected or any(f["level"] == Level.BLOCK for f in findings) else EXIT_GOOD)


@main.command("export")
@click.argument("ledger")
@click.argument("out", type=click.Path(path_type=Path))
@click.pass_context
def export(ctx: click.Context, ledger: str, out: Path) -> None:
    """导出为 Excel 文件。"""
    workspace = opened(ctx)
    say(_("已导出 {count} 行：{path}").format(count=workspace.export(ledger_of(workspace, ledger), out), path=out))


@main.command("export-all")
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_context
def export_all(ctx: click.Context, folder: Path) -> None:
    """把全部台账导出为 CSV（给程序用；含完整证件号码和电话，不得外传）。"""
    say(_("已导出 {count} 个文件：{folder}").format(count=len(opened(ctx).export_all(folder)), folder=folder))


@main.command("check")
@option("--ledger")
@option("--period", default="", help=marked("按这个统计期的截止日检查，如 2017Y；不写时按今天"))
@option("--json", "as_json", is_flag=True)
@click.pass_context
def check(ctx: click.Context, ledger: str | None, period: str, as_json: bool) -> None:
    """检查全部或一个台账。"""
    from unionclient.workspace.checking import finding_facts

    workspace = opened(ctx)
    with ProgressLine() as progress:
        report = workspace.check(ledger_of(workspace, ledger) if ledger else None, progress, period)
    if as_json:
        say_json({"at": report.at, "ledger": report.ledger, "definitions": report.definitions,
                  "counts": report.counts(), "findings": [finding_facts(f) for f in report.findings]})
    else:
        for finding in report.findings:
            say(finding_line(workspace, finding, mend=True))
        counts = _("，").join(f"{Level(k).title} {v}" for k, v in report.counts().items())
        say(_("检查于 {at}，共 {count} 个问题：{counts}").format(at=report.at, count=len(report.findings), counts=counts))
    ctx.exit(EXIT_FINDINGS if any(f.open for f in report.findings) else EXIT_GOOD)


@main.command("figures")
@option("--period", required=True, help="2017M03 2017Q1 2017H1 2017Y")
@option("--json", "as_json", is_flag=True)
@option("--rows", help=marked("列出这个指标背后的记录和缺的记录，如 T1-01"))
@option("--by", type=click.Choice(["community", "month", "quarter"]), help=marked("按社区，或全年按月、按季度分列"))
@option("--missing", help=marked("这个指标的工作清单：缺谁、为什么，如 T4-06"))
@option("--out", type=click.Path(path_type=Path), help=marked("把工作清单写成 .xlsx，或打印成 .pdf；不写 --missing 时打印年度一览表"))
@click.pass_context
def figures(ctx: click.Context, period: str, as_json: bool, rows: str | None, by: str | None, missing: str | None, out: Path | None) -> None:
    """统计指标。"""
    workspace = opened(ctx)
    if rows:
        _say_rows(workspace, rows, period, as_json)
    elif missing:
        _say_missing(workspace, missing, period, as_json, out)
    elif out is not None:
        say(_("已生成：{path}").format(path=workspace.print_year(period, out)))
    else:
        _say_figures(workspace, period, as_json, by)


def _say_rows(workspace: Workspace, figure: str, period: str, as_json: bool) -> None:
    sides = {}
    for side in ("of", "per", "missing"):
        ledger, ids = workspace.figure_records(figure, period, side)
        sides[side] = [{"ledger": ledger, "record": i, "label": workspace.label(ledger, i)} for i in ids]
    if as_json:
        say_json({"id": figure, "period": period, **sides})
        return
    for side, title in (("of", _("已完成")), ("per", _("应完成")), ("missing", _("缺"))):
        say(f"{title} {len(sides[side])}")
        for row in sides[side]:
            say(f"  {row['label']}")


def _say_missing(workspace: Workspace, figure: str, period: str, as_json: bool, out: Path | None) -> None:
    if out is not None:
        paper = out.suffix.lower() == ".pdf"
        workspace.print_worklist(figure, period, out) if paper else workspace.export_worklist(figure, period, out)
        say(_("已生成：{path}").format(path=out))
        return
    page = workspace.worklist(figure, period)
    if as_json:
        say_json({"id": figure, "title": page.title, "period": page.period, "ledger": page.ledger,
                  "rows": [{"record": l.record, "name": l.name, "unit": l.unit, "community": l.community, "why": l.why} for l in page.lines]})
        return
    say(f"{page.title} {len(page.lines)}" if page.ledger else _("这个指标没有工作清单"))
    for line in page.lines:
        say("  " + "　".join(part for part in (line.name, line.unit, line.community, line.why) if part))


def _say_figures(workspace: Workspace, period: str, as_json: bool, by: str | None) -> None:
    from unionclient.workspace.counting import figure_facts, split_facts

    facts = [figure_facts(f) for f in workspace.figures(period)]
    split = split_facts(workspace, period, by) if by else {}
    if as_json:
        say_json([{**f, **({"by": by, "parts": split.get(f["id"], [])} if by else {})} for f in facts])
        return
    for f in facts:
        say(_("{id:6} {title}：{shown}  目标 {target_text}  {state_title}").format(**f))
        for part in split.get(f["id"], ()):
            say(_("         {title}：{shown}").format(**part))


@main.group()
def settings() -> None:
    """统计口径：原文没有说死的地方，由街道选定。"""


@settings.command("list")
@option("--json", "as_json", is_flag=True)
@click.pass_context
def settings_list(ctx: click.Context, as_json: bool) -> None:
    """全部口径，当前选的和默认的。"""
    made = opened(ctx).choices_made()
    if as_json:
        say_json([{"id": c.setting.id, "title": c.setting.title, "group": c.setting.group, "value": c.value, "words": c.words,
                   "default": c.setting.default, "chosen": c.chosen, "choices": dict(c.setting.choices), "source": c.setting.source}
                  for c in made])
        return
    for c in made:
        say(f"{c.setting.id:24} {_chosen(c)}")


@settings.command("set")
@click.argument("setting")
@click.argument("value")
@click.pass_context
def settings_set(ctx: click.Context, setting: str, value: str) -> None:
    """选定一个口径；值写代码或文字，写 default 恢复默认。"""
    workspace = opened(ctx)
    workspace.choose(setting, None if value == "default" else value)
    made = next(c for c in workspace.choices_made() if c.setting.id == setting)
    say(_chosen(made))


def _chosen(made: Any) -> str:
    words = _("{title}：{words}（已改）") if made.chosen else _("{title}：{words}（默认）")
    return words.format(title=made.setting.title, words=made.words)


main.add_command(score)
for _each in (explain, submit, amend, zero_note, carry, withdraw, periods, receipt):
    main.add_command(_each)
keys.add_command(sm2)
main.add_command(keys)
main.add_command(ca)
main.add_command(trust)
main.add_command(verify)
main.add_command(inspect)
main.add_command(encrypt)
main.add_command(decrypt)
main.add_command(xlsx)
main.add_command(pdf)
main.add_command(district)
main.add_command(bundle)
main.add_command(templates)
main.add_command(collect)
main.add_command(rekey)


@main.command("print")
@click.argument("form")
@option("--record", "record_ids", multiple=True, help=marked("只打印这条记录（可多次）"))
@option("--blank", is_flag=True, help=marked("空白表"))
@option("--period", default="", help=marked("统计期，如 2017Q3"))
@option("--pages", default="", help=marked("页码，如 1-3,5"))
@option("--out", required=True, type=click.Path(path_type=Path))
@click.pass_context
def print_(ctx: click.Context, form: str, record_ids: tuple[str, ...], blank: bool, period: str, pages: str, out: Path) -> None:
    """打印表格到 PDF。"""
    workspace = opened(ctx)
    printed = workspace.print_form(form, out, records=record_ids or None, blank=blank, period=period, pages=pages)
    say(_("已生成：{path}").format(path=printed))


@main.command("propose")
@click.argument("ledger")
@option("--year", required=True, type=int)
@click.pass_context
def propose(ctx: click.Context, ledger: str, year: int) -> None:
    """写入一本台账的建议条目，如年度工作任务、年度目标；写入后可以修改。"""
    workspace = opened(ctx)
    say(_("写入 {count} 条建议").format(count=workspace.propose(ledger_of(workspace, ledger), year).count))


@main.command("undo")
@click.pass_context
def undo(ctx: click.Context) -> None:
    """撤销上一步。"""
    say(_("已撤销：{title}").format(title=opened(ctx).undo().title))


@main.command("redo")
@click.pass_context
def redo(ctx: click.Context) -> None:
    """重做上一步。"""
    say(_("已重做：{title}").format(title=opened(ctx).redo().title))


@main.command("log")
@option("--verify", "verify_it", is_flag=True, help=marked("核对操作日志是否完整"))
@option("--limit", default=50, show_default=True)
@option("--json", "as_json", is_flag=True)
@click.pass_context
def log(ctx: click.Context, verify_it: bool, limit: int, as_json: bool) -> None:
    """操作日志：谁、何时、做了什么。"""
    workspace = opened(ctx)
    if verify_it:
        verdict = workspace.verify_log()
        facts = {"ok": verdict.ok, "count": verdict.count, "broken_seq": verdict.broken_seq,
                 "message": verdict.message, "head": verdict.head}
        say_json(facts) if as_json else say(verdict.message)
        ctx.exit(EXIT_GOOD if verdict.ok else EXIT_FINDINGS)
    entries = workspace.log(limit)
    if as_json:
        say_json([{"seq": e.seq, "txn": e.txn, "at": e.at, "who": e.who, "verb": e.verb, "title": e.title,
                   "ledger": e.ledger, "record": e.record, "op": e.op, "old": dict(e.old), "new": dict(e.new),
                   "reason": e.reason, "hash": e.hash} for e in entries])
        return
    for e in entries:
        say(f"{e.seq:6} {e.at[:19]} {e.who} {e.title} {e.ledger} {e.record[:8]}")


