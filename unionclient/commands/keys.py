"""The command line's `keys` verbs: the signing key of a street, from its request to its renewal.

Without `--file` the key is that of the data folder (`--store`); with it, a key file of its own, as the district needs
for its receipts and for decrypting.
"""

from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import EXIT_FINDINGS, EXIT_GOOD, Verbs, opened, option, passphrase, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked
from unionclient.workspace import certifying

_PATH = click.Path(path_type=Path)
_FILE = option("--file", "file", type=_PATH, help=marked("单独的钥匙文件；不写时用数据文件夹里的"))


@click.group(cls=Verbs)
def keys() -> None:
    """签名钥匙：生成、申请证书、导入证书、换证、查看。"""


@keys.command("new")
@_FILE
@option("--name", help=marked("单位名称（只用于 --file）"))
@option("--code", help=marked("单位代码（只用于 --file）"))
@option("--encryption", is_flag=True, help=marked("区里接收加密报送包用的钥匙（只用于 --file）"))
@option("--token", help=marked("在这个名字的 USB 钥匙上生成"))
@option("--library", help=marked("USB 钥匙驱动程序（PKCS#11）的位置"))
@click.pass_context
def new(ctx: click.Context, file: Path | None, name: str | None, code: str | None, encryption: bool, token: str | None,
        library: str | None) -> None:
    """生成签名钥匙。"""
    if file is not None:
        if not name or not code:
            raise UnionClientError(_("没有写单位名称和代码。"), "", _("请加上 --name 和 --code。"))
        _say_asked(certifying.made_key(file, passphrase(confirm=True), name=name, code=code, encryption=encryption))
        return
    workspace = opened(ctx)
    if token:
        if not library:
            raise UnionClientError(_("没有写 USB 钥匙驱动程序的位置。"), "", _("请加上 --library。"))
        state = workspace.make_token_key(library, token, passphrase(confirm=False))
    else:
        state = workspace.make_key(passphrase(confirm=True))
    say(_("已生成 {name} 的签名钥匙").format(name=state.name))
    _say_asked(state.asked)


@keys.command("request")
@_FILE
@option("--out", required=True, type=_PATH, help=marked("申请文件，如 request.p10"))
@click.pass_context
def request(ctx: click.Context, file: Path | None, out: Path) -> None:
    """生成证书申请，交给区里。"""
    words = passphrase(confirm=False)
    fingerprint = certifying.requested(file, words, out) if file is not None else opened(ctx).write_request(out, words)
    say(_("申请文件：{path}").format(path=out))
    _say_asked(fingerprint)


@keys.command("renew")
@option("--out", required=True, type=_PATH, help=marked("换证申请文件"))
@click.pass_context
def renew(ctx: click.Context, out: Path) -> None:
    """换证：生成新钥匙，申请由旧钥匙签名，不用再打电话。"""
    fingerprint = opened(ctx).renew_key(out, passphrase(confirm=False))
    say(_("换证申请：{path}\n新钥匙指纹：{fingerprint}\n导入新证书以前，仍用旧钥匙报送。").format(
        path=out, fingerprint=certifying.spoken(fingerprint)))


@keys.command("import")
@click.argument("certificate", type=_PATH)
@_FILE
@click.pass_context
def import_(ctx: click.Context, certificate: Path, file: Path | None) -> None:
    """导入区里发回的证书；.p12 文件连同钥匙一起导入（提取码另外询问）。"""
    words = passphrase(confirm=False)
    if file is not None:
        certifying.answered(file, words, certificate)
        say(_("证书已放进 {path}").format(path=file))
        return
    workspace = opened(ctx)
    if certificate.suffix.lower() in (".p12", ".pfx"):
        code = passphrase(confirm=False, words=_(".p12 文件的提取码"), variable="UNIONCLIENT_P12_CODE")
        state = workspace.import_p12(certificate, code, words)
    else:
        state = workspace.import_certificate(certificate, words)
    say(_("证书已导入：{name}，有效至 {day:%Y-%m-%d}").format(name=state.name, day=state.ends))
    _say_due(state)


@keys.command("passphrase")
@click.pass_context
def change(ctx: click.Context) -> None:
    """修改签名口令。"""
    old = passphrase(confirm=False)
    opened(ctx).change_key_passphrase(old, passphrase(confirm=True, words=_("新口令"), variable="UNIONCLIENT_NEW_PASSPHRASE"))
    say(_("签名口令已修改"))


@keys.command("show")
@option("--json", "as_json", is_flag=True)
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """钥匙、证书、信任文件的现状和要办的事；有要办的事时退出码为 1。"""
    state = opened(ctx).key_state()
    if as_json:
        say_json(_facts(state))
    else:
        if state.exists:
            words = (_("{name} {code}，证书由区里签发，有效至 {day:%Y-%m-%d}（还有 {days} 天）") if state.issued else
                     _("{name} {code}，证书还没有由区里签发，有效至 {day:%Y-%m-%d}（还有 {days} 天）"))
            say(words.format(name=state.name, code=state.code, day=state.ends, days=state.days_left))
            if state.on_token:
                say(_("钥匙在 USB 钥匙上"))
            say(_("证书指纹：{fingerprint}").format(fingerprint=certifying.spoken(state.fingerprint)))
        if state.asked:
            _say_asked(state.asked)
        if state.trust is not None:
            say(_("信任文件第 {serial} 号，{district}，吊销列表第 {number} 号，用到 {day:%Y-%m-%d}").format(
                serial=state.trust.serial, district=state.trust.district_name, number=state.trust.crl_number, day=state.trust.good_until))
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
        say(_("申请指纹（打电话念给区里核对）：\n  {fingerprint}").format(fingerprint=certifying.spoken(fingerprint)))


def _say_due(state: Any) -> None:
    for due in state.due:
        say((_("  [必须] {text}。{todo}") if due.level == "block" else _("  [提醒] {text}。{todo}")).format(text=due.text, todo=due.todo))
