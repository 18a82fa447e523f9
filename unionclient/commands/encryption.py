"""`encrypt` and `decrypt`: a signed package closed for the district, and opened by it.

Exit codes of `decrypt` are those of `verify`: what is inside is judged, and only a sound package is written out.
"""

from pathlib import Path

import click

from unionclient.commands.speaking import decryption_words, option, say
from unionclient.commands.verify import FILE, Judging
from unionclient.definition.words import _, marked
from unionclient.workspace import enveloping
from unionclient.workspace.verifying import trust_of

_OUT = option("--out", type=click.Path(path_type=Path, dir_okay=False), help=marked("写到哪个文件；不写时放在原文件旁边"))


@click.command("encrypt", cls=Judging)
@click.argument("file", type=FILE)
@option("--trust", type=FILE, help=marked("写有区总工会加密证书的信任文件；不写时用数据文件夹里的"))
@option("--to", "certificate", type=FILE, help=marked("收件单位的加密证书（.cer）"))
@_OUT
@click.pass_context
def encrypt(ctx: click.Context, file: Path, trust: Path | None, certificate: Path | None, out: Path | None) -> None:
    """把签好的报送包加密给区总工会。"""
    say(_("已加密：{path}").format(path=enveloping.encrypt_file(file, out, trust=trust_of(ctx.obj, trust), certificate=certificate)))


@click.command("decrypt", cls=Judging)
@click.argument("file", type=FILE)
@option("--key", type=FILE, help=marked("解密用的钥匙文件；不写时用数据文件夹里的"))
@option("--trust", type=FILE, help=marked("信任文件；不写时用数据文件夹里的"))
@_OUT
@click.pass_context
def decrypt(ctx: click.Context, file: Path, key: Path | None, trust: Path | None, out: Path | None) -> None:
    """打开加密的报送包并核验；通过以后才写出。退出码同 verify。"""
    folder: Path | None = ctx.obj
    try:
        verdict, written = enveloping.decrypt_file(
            file, out, key=key or (folder and folder / enveloping.KEY_FILE), passphrase=decryption_words, trust=trust_of(folder, trust))
    except enveloping.Tampered as fault:
        say(str(fault), err=True)
        ctx.exit(1)
    say(verdict.message)
    if written is not None:
        say(_("已打开：{path}").format(path=written))
    ctx.exit(verdict.exit_code)
