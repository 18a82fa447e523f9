"""The district's answers on the street's command line: `receipt import`, `receipt show`."""

from dataclasses import asdict
from pathlib import Path

import click

from unionclient.commands.speaking import Verbs, opened, option, returned_line, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _


@click.group(cls=Verbs)
def receipt() -> None:
    """回执：导入区总工会的回执，打印。"""


@receipt.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@option("--json", "as_json", is_flag=True)
@click.pass_context
def import_(ctx: click.Context, file: Path, as_json: bool) -> None:
    """导入回执：报送状态随之改变，退回的列出要改的地方。"""
    workspace = opened(ctx)
    read = workspace.import_receipt(file)
    items = [item for item in workspace.returned_items(read.period) if item.receipt == read.id]
    if as_json:
        say_json({**asdict(read), "returned": [{**asdict(item), "level": item.level.value} for item in items]})
        return
    words = _("{period}第{seq}号报送包：{verdict}（以前导入过），现在是“{state}”") if read.again else _("{period}第{seq}号报送包：{verdict}，现在是“{state}”")
    say(words.format(period=read.label, seq=read.seq, verdict=read.title, state=read.state.title))
    if read.note:
        say(f"  {read.note}")
    for item in items:
        say(f"  {returned_line(workspace, item)}")


@receipt.command("show")
@option("--period", required=True)
@option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def show(ctx: click.Context, period: str, out: Path) -> None:
    """把最近一份回执的可打印文件写到文件夹里。"""
    workspace = opened(ctx)
    package = workspace.report(period).package
    if package is None or package.receipt is None:
        raise UnionClientError(_("这个统计期还没有回执。"), "", _("请先导入回执。"))
    say(_("已写出：{path}").format(path=workspace.receipt_file(package.receipt, out)))
