"""The command line's `ca` verbs: the district's offline authority.

The folder belongs on a stick or computer that is otherwise locked away. Its passphrase is asked for, or read from
UNIONCLIENT_CA_PASSPHRASE.
"""

from pathlib import Path

import click

from unionclient.commands.speaking import passphrase, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.workspace import certifying

_PATH = click.Path(path_type=Path)
_FOLDER = click.argument("folder", type=_PATH)
_OUT = click.option("--out", required=True, type=_PATH)


def _words(*, confirm: bool = False) -> str:
    return passphrase(confirm=confirm, words="证书机构口令", variable="UNIONCLIENT_CA_PASSPHRASE")


@click.group()
def ca() -> None:
    """区证书机构：建根证书，签发和吊销街道证书。"""


@ca.command("init")
@_FOLDER
@click.option("--name", default=certifying.NAME, show_default=True)
@click.option("--code", default=certifying.CODE, show_default=True)
def init(folder: Path, name: str, code: str) -> None:
    """在空文件夹里建立根证书（10 年）。"""
    made = certifying.new_authority(folder, _words(confirm=True), name=name, code=code)
    say(f"已建立 {name} 的根证书：{folder}\n根证书指纹（街道第一次导入信任文件时打电话核对）：\n  {certifying.spoken(made.fingerprint)}")


@ca.command("issue")
@_FOLDER
@click.argument("request", type=_PATH)
@_OUT
@click.option("--fingerprint", help="街道在电话里念的申请指纹；不写时显示出来，逐字核对后确认")
@click.option("--role", type=click.Choice(["street", "body"]), default="street", show_default=True)
@click.option("--encryption", is_flag=True, help="区里自己接收加密报送包用的证书")
@click.option("--beside", is_flag=True, help="已有有效证书时再发一张")
def issue(folder: Path, request: Path, out: Path, fingerprint: str | None, role: str, encryption: bool, beside: bool) -> None:
    """核对一份申请并签发证书（2 年）。换证申请由旧钥匙签名，不用核对指纹。"""
    asked = certifying.look_at_request(request)
    say(f"{asked.name} {asked.code} {'换证申请，由现有钥匙签名' if asked.renewal else '申请证书'}\n  {asked.spoken}")
    if fingerprint is None and not asked.renewal:
        if not click.confirm("街道在电话里念的指纹与上面完全一样吗", default=False):
            raise UnionClientError("指纹没有核对。", "没有发出证书。", "请打电话核对后再签发。")
        fingerprint = asked.fingerprint
    issued = certifying.issue(folder, _words(), request, out, confirmed=fingerprint, role=role, encryption=encryption, beside=beside)
    say(f"已签发：{out}\n证书指纹 {issued.entry.fingerprint}\n请把它和新的信任文件（trust make）一起交给街道。")


@ca.command("revoke")
@_FOLDER
@click.argument("fingerprint")
@click.option("--reason", default="unspecified", show_default=True,
              type=click.Choice(["unspecified", "keyCompromise", "affiliationChanged", "superseded", "cessationOfOperation", "privilegeWithdrawn"]))
def revoke(folder: Path, fingerprint: str, reason: str) -> None:
    """吊销一张证书（写指纹前 8 位以上），不能恢复。"""
    entry = certifying.open_authority(folder, _words()).revoke(fingerprint, reason)
    say(f"已吊销 {entry.name} {entry.code} 的证书 {entry.fingerprint[:16]}…\n请把新的信任文件（trust make）发给各街道。")


@ca.command("crl")
@_FOLDER
@_OUT
def crl(folder: Path, out: Path) -> None:
    """生成新的吊销列表（PEM）。"""
    state = certifying.write_crl(folder, _words(), out)
    say(f"吊销列表第 {state.crl_number} 号，用到 {state.good_until:%Y-%m-%d}：{out}")


@ca.command("renew-root")
@_FOLDER
@_OUT
def renew_root(folder: Path, out: Path) -> None:
    """换根证书；OUT 是仍由旧根签名、写着新根的信任文件，要发给每个街道。"""
    made = certifying.renew_root(folder, _words(), out)
    say(f"新根证书指纹：\n  {certifying.spoken(made.fingerprint)}\n过渡用的信任文件：{out}")


@ca.command("list")
@_FOLDER
@click.option("--json", "as_json", is_flag=True)
def list_(folder: Path, as_json: bool) -> None:
    """登记册：谁的证书、用到何时、是否吊销。"""
    state = certifying.register(folder)
    if as_json:
        say_json(certifying.trust_facts(state))
        return
    for entry in state.register:
        say(f"{entry.code:10} {entry.name} {entry.fingerprint[:16]}… 用到 {entry.expires:%Y-%m-%d}{'，已吊销' if state.revoked(entry) else ''}")
    say(f"共 {len(state.register)} 张，信任文件第 {state.serial} 号，吊销列表第 {state.crl_number} 号，用到 {state.good_until:%Y-%m-%d}")
