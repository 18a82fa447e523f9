"""The district's answers on the street's command line: `receipt import`, `receipt show`."""

from dataclasses import asdict
from pathlib import Path

import click

from unionclient.commands.speaking import opened, say, say_json
from unionclient.definition.faults import UnionClientError


@click.group()
def receipt() -> None:
    """回执：导入区总工会的回执，打印。"""


@receipt.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def import_(ctx: click.Context, file: Path, as_json: bool) -> None:
    """导入回执：报送状态随之改变，退回的列出要改的地方。"""
    workspace = opened(ctx)
    read = workspace.import_receipt(file)
    items = [item for item in workspace.returned_items(read.period) if item.receipt == read.id]
    if as_json:
        say_json({**asdict(read), "returned": [{**asdict(item), "level": item.level.value} for item in items]})
        return
    say(f"{read.label}第{read.seq}号报送包：{read.title}{'（以前导入过）' if read.again else ''}，现在是“{read.state.title}”")
    if read.note:
        say(f"  {read.note}")
    for item in items:
        ledger = workspace.library.ledgers[item.ledger].title if item.ledger else "整个报送包"
        say(f"  {'✓' if item.done or item.answer else '✗'} {ledger} {item.label}：{item.message}")


@receipt.command("show")
@click.option("--period", required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def show(ctx: click.Context, period: str, out: Path) -> None:
    """把最近一份回执的可打印文件写到文件夹里。"""
    workspace = opened(ctx)
    package = workspace.report(period).package
    if package is None or package.receipt is None:
        raise UnionClientError("这个统计期还没有回执。", "", "请先导入回执。")
    say(f"已写出：{workspace.receipt_file(package.receipt, out)}")
