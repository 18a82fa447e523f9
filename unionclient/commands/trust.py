"""The command line's `trust` verbs: the district's trust file, made there and taken here."""

from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import Verbs, opened, option, passphrase, registered_line, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked
from unionclient.workspace import certifying

_PATH = click.Path(path_type=Path)


@click.group(cls=Verbs)
def trust() -> None:
    """信任文件：区根证书、吊销列表和登记册。"""


@trust.command("make")
@click.argument("folder", type=_PATH)
@option("--out", required=True, type=_PATH, help=marked("信任文件，如 trust.uct"))
@option("--expired-days", type=click.IntRange(0, 3650), help=marked("签名时有效、收到时已过期的证书，过期多少天内仍收"))
@option("--stale-days", type=click.IntRange(0, 3650), help=marked("吊销列表到期后还能用多少天"))
def make(folder: Path, out: Path, expired_days: int | None, stale_days: int | None) -> None:
    """区里生成新的信任文件（FOLDER 是证书机构的文件夹）。"""
    words = passphrase(confirm=False, words=_("证书机构口令"), variable="UNIONCLIENT_CA_PASSPHRASE")
    _say(certifying.write_trust(folder, words, out, expired_days=expired_days, stale_days=stale_days))
    say(_("已生成：{path}").format(path=out))


@trust.command("import")
@click.argument("file", type=_PATH)
@option("--fingerprint", help=marked("区里在电话里念的根证书指纹（只有第一次要）"))
@click.pass_context
def import_(ctx: click.Context, file: Path, fingerprint: str | None) -> None:
    """街道导入信任文件；第一次要打电话核对根证书指纹。"""
    workspace = opened(ctx)
    if workspace.trust() is None and fingerprint is None:
        seen = workspace.look_at_trust(file)
        say(_("{district} 的根证书指纹：\n  {fingerprint}").format(district=seen.district_name, fingerprint=certifying.spoken(seen.signed_by)))
        if not click.confirm(_("区里在电话里念的指纹与上面完全一样吗"), default=False):
            raise UnionClientError(_("指纹没有核对。"), _("没有采用这份信任文件。"), _("请打电话向区总工会核对后再导入。"))
        fingerprint = seen.signed_by
    _say(workspace.import_trust(file, fingerprint))


@trust.command("show")
@click.argument("file", required=False, type=_PATH)
@option("--json", "as_json", is_flag=True)
@click.pass_context
def show(ctx: click.Context, file: Path | None, as_json: bool) -> None:
    """信任文件的内容；不写文件时看数据文件夹里的。"""
    found = _found(ctx, file)
    if as_json:
        say_json(certifying.trust_facts(found))
        return
    _say(found)
    for entry in found.register:
        say(f"  {registered_line(entry, found.revoked(entry))}")


@trust.command("export")
@click.argument("file", required=False, type=_PATH)
@option("--out", required=True, type=_PATH, help=marked("PEM 文件，如 ca.pem"))
@click.pass_context
def export(ctx: click.Context, file: Path | None, out: Path) -> None:
    """根证书和吊销列表导出为 PEM，给 openssl 的 -CAfile 用。"""
    certifying.write_ca_pem(_found(ctx, file), out)
    say(_("已生成：{path}").format(path=out))


def _found(ctx: click.Context, file: Path | None) -> Any:
    found = certifying.read_trust(file) if file is not None else opened(ctx).trust()
    if found is None:
        raise UnionClientError(_("还没有信任文件。"), "", _("请先用 trust import 导入区总工会发来的文件。"))
    return found


def _say(found: Any) -> None:
    say(_("信任文件第 {serial} 号，{district}，{issued:%Y-%m-%d}，登记 {count} 张证书，吊销列表第 {number} 号，用到 {day:%Y-%m-%d}\n"
          "根证书指纹：{fingerprint}").format(
        serial=found.serial, district=found.district_name, issued=found.issued_at, count=len(found.register), number=found.crl_number,
        day=found.good_until, fingerprint=certifying.spoken(found.signed_by)))
