"""`verify` and `inspect`: judge a package; look at any signed file without believing it.

Exit codes: 0 valid, 1 invalid, 2 untrusted, 3 unsafe, 4 out of sequence, 5 usage or a file that cannot be opened.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import Verb, decryption_words, option, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked, speaking

EXIT_USAGE = 5
FILE = click.Path(path_type=Path, exists=True, dir_okay=False, readable=True)
ENGLISH = option("--english", is_flag=True, help=marked("用英文说"))


class Judging(Verb):
    """A command whose exit codes up to 4 are verdicts: its own faults are 5."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as fault:
            fault.exit_code = EXIT_USAGE
            raise

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UnionClientError as fault:
            say(str(fault), err=True)
            ctx.exit(EXIT_USAGE)


def moment(_ctx: click.Context, _option: click.Parameter, text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone() if text else None
    except ValueError:
        raise click.BadParameter(_("应写成 2017-10-08 或 2017-10-08T15:30")) from None


@click.command("verify", cls=Judging)
@click.argument("file", type=FILE)
@option("--trust", type=FILE, help=marked("区总工会的信任文件 trust.uct；不写时用数据文件夹里的"))
@option("--after", type=FILE, multiple=True, help=marked("同一街道以前已接收的报送包（可多次），用来核对顺序"))
@option("--key", type=FILE, help=marked("打开加密报送包（.p7m）的钥匙文件；不写时用数据文件夹里的"))
@option("--at", callback=moment, help=marked("按哪一天核验，如 2017-10-08；默认现在"))
@ENGLISH
@option("--json", "as_json", is_flag=True)
@click.pass_context
def verify(ctx: click.Context, file: Path, trust: Path | None, after: tuple[Path, ...], key: Path | None, at: datetime | None,
           english: bool, as_json: bool) -> None:
    """核验报送包。退出码：0 有效，1 无效，2 签名人未确认，3 不安全，4 顺序不对，5 用法。"""
    from unionclient.workspace.verifying import verify_package

    if english:
        ctx.with_resource(speaking("en"))
    verdict = verify_package(file, folder=ctx.obj, trust_file=trust, after=after, at=at, key=key, passphrase=decryption_words)
    report(ctx, verdict, as_json)


def report(ctx: click.Context, verdict: Any, as_json: bool) -> None:
    """Say a verdict, check by check, and leave with its exit code."""
    if as_json:
        say_json(verdict.tree())
    else:
        for check in verdict.checks:
            words = (_("  不通过  {title}：{sentence}") if not check.ok else
                     _("  ！  {title}：{sentence}") if check.warn else _("  通过  {title}：{sentence}"))
            say(words.format(title=check.title, sentence=check.sentence))
        say(verdict.message)
    ctx.exit(verdict.exit_code)


@click.command("inspect", cls=Judging)
@click.argument("file", type=FILE)
@option("--json", "as_json", is_flag=True)
def inspect(file: Path, as_json: bool) -> None:
    """看一个签名文件里有什么、谁签的；只看，不作为核验结果。也能看别的程序做的容器。"""
    from unionclient.workspace.verifying import inspect_file

    facts = inspect_file(file)
    if as_json:
        say_json(facts)
        return
    say(facts["title"])
    for line in facts["lines"]:
        say(f"  {line}")
