"""The command line's `keys` verbs: the signing key of a street, from its request to its renewal.

Without `--file` the key is that of the data folder (`--store`); with it, a key file of its own, as the district needs
for its receipts and for decrypting.
"""

from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import EXIT_FINDINGS, EXIT_GOOD, opened, passphrase, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.workspace import certifying

_PATH = click.Path(path_type=Path)
_FILE = click.option("--file", "file", type=_PATH, help="单独的钥匙文件；不写时用数据文件夹里的")


@click.group()
def keys() -> None:
    """签名钥匙：生成、申请证书、导入证书、换证、查看。"""


@keys.command("new")
@_FILE
@click.option("--name", help="单位名称（只用于 --file）")
@click.option("--code", help="单位代码（只用于 --file）")
@click.option("--encryption", is_flag=True, help="区里接收加密报送包用的钥匙（只用于 --file）")
@click.option("--token", help="在这个名字的 USB 钥匙上生成")
@click.option("--library", help="USB 钥匙驱动程序（PKCS#11）的位置")
@click.pass_context
def new(ctx: click.Context, file: Path | None, name: str | None, code: str | None, encryption: bool, token: str | None,
        library: str | None) -> None:
    """生成签名钥匙。"""
    if file is not None:
        if not name or not code:
            raise UnionClientError("没有写单位名称和代码。", "", "请加上 --name 和 --code。")
        _say_asked(certifying.made_key(file, passphrase(confirm=True), name=name, code=code, encryption=encryption))
        return
    workspace = opened(ctx)
    if token:
        if not library:
            raise UnionClientError("没有写 USB 钥匙驱动程序的位置。", "", "请加上 --library。")
        state = workspace.make_token_key(library, token, passphrase(confirm=False))
    else:
        state = workspace.make_key(passphrase(confirm=True))
    say(f"已生成 {state.name} 的签名钥匙")
    _say_asked(state.asked)


@keys.command("request")
@_FILE
@click.option("--out", required=True, type=_PATH, help="申请文件，如 request.p10")
@click.pass_context
def request(ctx: click.Context, file: Path | None, out: Path) -> None:
    """生成证书申请，交给区里。"""
    words = passphrase(confirm=False)
    fingerprint = certifying.requested(file, words, out) if file is not None else opened(ctx).write_request(out, words)
    say(f"申请文件：{out}")
    _say_asked(fingerprint)


@keys.command("renew")
@click.option("--out", required=True, type=_PATH, help="换证申请文件")
@click.pass_context
def renew(ctx: click.Context, out: Path) -> None:
    """换证：生成新钥匙，申请由旧钥匙签名，不用再打电话。"""
    fingerprint = opened(ctx).renew_key(out, passphrase(confirm=False))
    say(f"换证申请：{out}\n新钥匙指纹：{certifying.spoken(fingerprint)}\n导入新证书以前，仍用旧钥匙报送。")


@keys.command("import")
@click.argument("certificate", type=_PATH)
@_FILE
@click.pass_context
def import_(ctx: click.Context, certificate: Path, file: Path | None) -> None:
    """导入区里发回的证书；.p12 文件连同钥匙一起导入（提取码另外询问）。"""
    words = passphrase(confirm=False)
    if file is not None:
        certifying.answered(file, words, certificate)
        say(f"证书已放进 {file}")
        return
    workspace = opened(ctx)
    if certificate.suffix.lower() in (".p12", ".pfx"):
        code = passphrase(confirm=False, words=".p12 文件的提取码", variable="UNIONCLIENT_P12_CODE")
        state = workspace.import_p12(certificate, code, words)
    else:
        state = workspace.import_certificate(certificate, words)
    say(f"证书已导入：{state.name}，有效至 {state.ends:%Y-%m-%d}")
    _say_due(state)


@keys.command("passphrase")
@click.pass_context
def change(ctx: click.Context) -> None:
    """修改签名口令。"""
    old = passphrase(confirm=False)
    opened(ctx).change_key_passphrase(old, passphrase(confirm=True, words="新口令", variable="UNIONCLIENT_NEW_PASSPHRASE"))
    say("签名口令已修改")


@keys.command("show")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """钥匙、证书、信任文件的现状和要办的事；有要办的事时退出码为 1。"""
    state = opened(ctx).key_state()
    if as_json:
        say_json(_facts(state))
    else:
        if state.exists:
            said = "区里签发" if state.issued else "还没有由区里签发"
            say(f"{state.name} {state.code}，证书{said}，有效至 {state.ends:%Y-%m-%d}（还有 {state.days_left} 天）"
                f"{'，在 USB 钥匙上' if state.on_token else ''}\n证书指纹：{certifying.spoken(state.fingerprint)}")
        if state.asked:
            _say_asked(state.asked)
        if state.trust is not None:
            say(f"信任文件第 {state.trust.serial} 号，{state.trust.district_name}，吊销列表第 {state.trust.crl_number} 号，"
                f"用到 {state.trust.good_until:%Y-%m-%d}")
        _say_due(state)
    ctx.exit(EXIT_FINDINGS if state.due else EXIT_GOOD)


def _facts(state: Any) -> dict[str, Any]:
    return {
        "name": state.name, "code": state.code, "fingerprint": state.fingerprint or None, "issued": state.issued,
        "from": state.begins and state.begins.isoformat(), "to": state.ends and state.ends.isoformat(), "days_left": state.days_left,
        "on_token": state.on_token, "renewing": state.renewing, "asked": state.asked,
        "trust": state.trust and certifying.trust_facts(state.trust),
        "due": [{"level": due.level, "text": due.text, "todo": due.todo} for due in state.due]}


def _say_asked(fingerprint: str | None) -> None:
    if fingerprint:
        say(f"申请指纹（打电话念给区里核对）：\n  {certifying.spoken(fingerprint)}")


def _say_due(state: Any) -> None:
    for due in state.due:
        say(f"  [{'必须' if due.level == 'block' else '提醒'}] {due.text}。{due.todo}")
