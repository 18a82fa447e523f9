"""`rekey`: the rounds of typing a second time (双录) over a ledger, and what was not the same. Typing is the window's."""

from pathlib import Path

import click

from unionclient.commands.speaking import EXIT_FINDINGS, EXIT_GOOD, Verb, ledger_of, opened, option, say, say_json
from unionclient.definition.words import _, marked
from unionclient.workspace import Workspace
from unionclient.workspace.rekey_book import said
from unionclient.workspace.rekeying import DIFFERS, Difference, Round


@click.command("rekey", cls=Verb)
@click.argument("ledger")
@option("--list", "listed", is_flag=True, help=marked("列出两次录入不一致的每一处"))
@option("--out", type=click.Path(path_type=Path, dir_okay=False), help=marked("最近一轮的清单和结果写成 Excel 文件"))
@option("--json", "as_json", is_flag=True)
@click.pass_context
def rekey(ctx: click.Context, ledger: str, listed: bool, out: Path | None, as_json: bool) -> None:
    """双录核对：一本台账做过几轮，核对了多少，还有几处待决定。有待决定的退出码是 1。"""
    workspace = opened(ctx)
    rounds = workspace.rekey_rounds(ledger_of(workspace, ledger))
    found = [(each, workspace.rekey_differences(each.id)) for each in rounds]
    if as_json:
        say_json([_facts(workspace, each, lines) for each, lines in found])
    else:
        for each, lines in found:
            _tell(workspace, each, lines if listed else [])
        if not found:
            say(_("这本台账没有做过双录。"))
    if out is not None and found:
        newest = max(rounds, key=_when)
        say(_("清单和结果在 {path}").format(path=workspace.export_rekey(newest.id, out)), err=as_json)
    ctx.exit(EXIT_FINDINGS if any(line.state == "open" for _each, lines in found for line in lines) else EXIT_GOOD)


def _when(each: Round) -> str:
    return each.at


def _tell(workspace: Workspace, each: Round, lines: list[Difference]) -> None:
    total = workspace.rekey_result(each.id).total
    fields = _("、").join(workspace.library.ledgers[each.ledger].fields[name].title for name in each.fields)
    say(_("{at}　{records} 条，{fields}：已录 {typed}/{cells} 格，比对 {compared}，不一致 {differing}（{rate}），待决定 {open}，已核对无误 {verified}").format(
        at=each.at[:16].replace("T", " "), records=each.records, fields=fields, typed=total.typed, cells=total.cells, compared=total.compared,
        differing=total.differing, rate=total.rate or "—", open=total.open, verified=total.verified))
    for line in lines:
        if line.agrees == DIFFERS:
            say(_("  {place}　{key}　{heading}：首次“{first}”（{first_who}），第二次“{second}”（{second_who}）：{said}").format(
                place=line.place, key=line.key, heading=line.heading, first=line.first, first_who=line.first_who, second=line.second,
                second_who=line.second_who, said=said(line)))


def _facts(workspace: Workspace, each: Round, lines: list[Difference]) -> dict[str, object]:
    total = workspace.rekey_result(each.id).total
    return {"id": each.id, "ledger": each.ledger, "fields": list(each.fields), "at": each.at, "who": each.who, "closed": bool(each.closed_at),
            "records": each.records, "cells": total.cells, "typed": total.typed, "compared": total.compared, "same": total.same,
            "spelt": total.spelt, "differing": total.differing, "rate": total.rate, "open": total.open, "verified": total.verified,
            "changed": total.changed,
            "differences": [{"record": line.record, "field": line.field, "first": line.first, "first_who": line.first_who, "first_at": line.first_at,
                             "second": line.second, "second_who": line.second_who, "second_at": line.second_at, "state": line.state,
                             "choice": line.choice, "now": line.now} for line in lines if line.agrees == DIFFERS]}
