"""`xlsx verify` and `pdf verify`: judge one signed workbook or PDF taken out of its package.

Exit codes as of `verify`: 0 valid, 1 invalid, 2 untrusted, 3 unsafe, 5 usage.
"""

from datetime import datetime
from pathlib import Path

import click

from unionclient.commands.speaking import Verbs, option
from unionclient.commands.verify import ENGLISH, FILE, Judging, moment, report
from unionclient.definition.words import marked, speaking


@click.group("xlsx", cls=Verbs)
def xlsx() -> None:
    """单独核验一个工作簿的签名。"""


@click.group("pdf", cls=Verbs)
def pdf() -> None:
    """单独核验一个 PDF 的签名。"""


def _verb(group: click.Group, kind: str, words: str) -> None:
    @group.command("verify", cls=Judging, help=words)
    @click.argument("file", type=FILE)
    @option("--trust", type=FILE, help=marked("区总工会的信任文件 trust.uct；不写时用数据文件夹里的"))
    @option("--at", callback=moment, help=marked("按哪一天核验，如 2017-10-08；默认现在"))
    @ENGLISH
    @option("--json", "as_json", is_flag=True)
    @click.pass_context
    def verify(ctx: click.Context, file: Path, trust: Path | None, at: datetime | None, english: bool, as_json: bool) -> None:
        from unionclient.workspace.verifying import verify_single

        if english:
            ctx.with_resource(speaking("en"))
        report(ctx, verify_single(file, kind, folder=ctx.obj, trust_file=trust, at=at), as_json)


_verb(xlsx, "xlsx", marked("核验一个从报送包里取出的工作簿：谁签的，签名后改过没有。退出码与 verify 相同。"))
_verb(pdf, "pdf", marked("核验一个从报送包里取出的 PDF：谁签的，签名后改过没有。退出码与 verify 相同。"))
