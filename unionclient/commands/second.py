"""`keys sm2`: the optional second signature by SM2, beside the first one."""

import click

from unionclient.commands.speaking import Verb, opened, option, passphrase, say
from unionclient.definition.words import _, marked
from unionclient.workspace import certifying


@click.command("sm2", cls=Verb)
@option("--off", is_flag=True, help=marked("以后不再加第二签名；钥匙文件改名留存"))
@click.pass_context
def sm2(ctx: click.Context, off: bool) -> None:
    """报送包另加国密算法（SM2/SM3）第二签名。不代替第一签名，也不等于通过密码测评；需要可选组件 gmssl。"""
    workspace = opened(ctx)
    if off:
        say(_("已停用第二签名，钥匙改名为 {name}").format(name=workspace.put_second_key_aside().name))
        return
    fingerprint = workspace.make_second_key(passphrase(confirm=False))
    say(_("以后的报送包另加国密算法第二签名。第二签名的证书指纹：\n  {fingerprint}").format(fingerprint=certifying.spoken(fingerprint)))
