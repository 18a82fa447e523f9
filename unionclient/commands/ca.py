"""The command line's `ca` verbs: the district's offline authority.

The folder belongs on a stick or computer that is otherwise locked away. Its passphrase is asked for, or read from
UNIONCLIENT_CA_PASSPHRASE.
"""

from pathlib import Path

import click

from unionclient.commands.speaking import Verbs, option, passphrase, registered_line, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked
from unionclient.workspace import certifying

_PATH = click.Path(path_type=Path)
_FOLDER = click.argument("folder", type=_PATH)
_OUT = option("--out", required=True, type=_PATH)


def _words(*, confirm: bool = False) -> str:
    return passphrase(confirm=confirm, words=_("证书机构口令"), variable="UNIONCLIENT_CA_PASSPHRASE")


@click.group(cls=Verbs)
def ca() -> None:
    """区证书机构：建根证书，签发和吊销街道证书。"""


@ca.command("init")
@_FOLDER
@option("--name", default=certifying.NAME, show_default=True)
@option("--code", default=certifying.CODE, show_default=True)
def init(folder: Path, name: str, code: str) -> None:
    """在空文件夹里建立根证书（10 年）。"""
    made = certifying.new_authority(folder, _words(confirm=True), name=name, code=code)
    say(_("已建立 {name} 的根证书：{folder}\n根证书指纹（街道第一次导入信任文件时打电话核对）：\n  {fingerprint}").format(
        name=name, folder=folder, fingerprint=certifying.spoken(made.fingerprint)))


@ca.command("issue")
@_FOLDER
@click.argument("request", type=_PATH)
@_OUT
@option("--fingerprint", help=marked("街道在电话里念的申请指纹；不写时显示出来，逐字核对后确认"))
@option("--role", type=click.Choice(["street", "body"]), default="street", show_default=True)
@option("--encryption", is_flag=True, help=marked("区里自己接收加密报送包用的证书"))
@option("--beside", is_flag=True, help=marked("已有有效证书时再发一张"))
def issue(folder: Path, request: Path, out: Path, fingerprint: str | None, role: str, encryption: bool, beside: bool) -> None:
    """核对一份申请并签发证书（2 年）。换证申请由旧钥匙签名，不用核对指纹。"""
    asked = certifying.look_at_request(request)
    words = _("{name} {code} 换证申请，由现有钥匙签名\n  {fingerprint}") if asked.renewal else _("{name} {code} 申请证书\n  {fingerprint}")
    say(words.format(name=asked.name, code=asked.code, fingerprint=asked.spoken))
    if fingerprint is None and not asked.renewal:
        if not click.confirm(_("街道在电话里念的指纹与上面完全一样吗"), default=False):
            raise UnionClientError(_("指纹没有核对。"), _("没有发出证书。"), _("请打电话核对后再签发。"))
        fingerprint = asked.fingerprint
    issued = certifying.issue(folder, _words(), request, out, confirmed=fingerprint, role=role, encryption=encryption, beside=beside)
    say(_("已签发：{path}\n证书指纹 {fingerprint}\n请把它和新的信任文件（trust make）一起交给街道。").format(
        path=out, fingerprint=issued.entry.fingerprint))


@ca.command("revoke")
@_FOLDER
@click.argument("fingerprint")
@option("--reason", default="unspecified", show_default=True,
              type=click.Choice(["unspecified", "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation", "privilegeWithdrawn"]))
def revoke(folder: Path, fingerprint: str, reason: str) -> None:
    """吊销一张证书（写指纹前 8 位以上），不能恢复。"""
    entry = certifying.open_authority(folder, _words()).revoke(fingerprint, reason)
    say(_("已吊销 {name} {code} 的证书 {fingerprint}…\n请把新的信任文件（trust make）发给各街道。").format(
        name=entry.name, code=entry.code, fingerprint=entry.fingerprint[:16]))


@ca.command("crl")
@_FOLDER
@_OUT
def crl(folder: Path, out: Path) -> None:
    """生成新的吊销列表（PEM）。"""
    state = certifying.write_crl(folder, _words(), out)
    say(_("吊销列表第 {number} 号，用到 {day:%Y-%m-%d}：{path}").format(number=state.crl_number, day=state.good_until, path=out))


@ca.command("renew-root")
@_FOLDER
@_OUT
def renew_root(folder: Path, out: Path) -> None:
    """换根证书；OUT 是仍由旧根签名、写着新根的信任文件，要发给每个街道。"""
    made = certifying.renew_root(folder, _words(), out)
    say(_("新根证书指纹：\n  {fingerprint}\n过渡用的信任文件：{path}").format(fingerprint=certifying.spoken(made.fingerprint), path=out))


@ca.command("list")
@_FOLDER
@option("--json", "as_json", is_flag=True)
def list_(folder: Path, as_json: bool) -> None:
    """登记册：谁的证书、用到何时、是否吊销。"""
    state = certifying.register(folder)
    if as_json:
        say_json(certifying.trust_facts(state))
        return
    for entry in state.register:
        say(registered_line(entry, state.revoked(entry)))
    say(_("共 {count} 张，信任文件第 {serial} 号，吊销列表第 {number} 号，用到 {day:%Y-%m-%d}").format(
        count=len(state.register), serial=state.serial, number=state.crl_number, day=state.good_until))
