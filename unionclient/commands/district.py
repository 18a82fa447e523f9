"""The command line's `district` verbs: the district's side, on a district's folder (`--store`).

Exit codes of `inbox` and `receive` are those of `verify`. Passphrases as everywhere: asked for, or UNIONCLIENT_PASSPHRASE.
"""

from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import EXIT_FINDINGS, STORE_VARIABLE, passphrase, say, say_json
from unionclient.definition.faults import UnionClientError

_PATH = click.Path(path_type=Path)
_JSON = click.option("--json", "as_json", is_flag=True)
_PERIOD = click.option("--period", required=True, help="如 2017Q3")
_NOTE = click.option("--note", default="", help="写进回执的说明")
_OUT = click.option("--out", type=_PATH, help="写到哪个文件夹")


@click.group()
def district() -> None:
    """区里：收报送包、答复、汇总、核对、出报告、下发。"""


def _opened(ctx: click.Context) -> Any:
    from unionclient.workspace.district import District

    if ctx.obj is None:
        raise UnionClientError("没有指定数据文件夹。", "", f"请加上 --store 文件夹，或设置环境变量 {STORE_VARIABLE}。")
    opened = District.open(ctx.obj)
    ctx.call_on_close(opened.close)
    return opened


def _words(new: bool) -> str:
    return passphrase(confirm=new)


def _asked_once() -> Any:
    """A passphrase asked for now, to open several files with."""
    words = _words(False)
    return lambda new: words


def _facts(value: Any) -> None:
    from unionclient.workspace.district.facts import facts_of

    say_json(facts_of(value))


@district.command("init")
@click.option("--officer", required=True, help="经办人姓名")
@click.option("--keys/--no-keys", default=True, show_default=True, help="同时建立签发机构和区里的钥匙")
@click.pass_context
def init(ctx: click.Context, officer: str, keys: bool) -> None:
    """新建区里的数据文件夹；连同签发机构、签名钥匙、加密钥匙和信任文件。"""
    from unionclient.workspace.district import District

    if ctx.obj is None:
        raise UnionClientError("没有指定数据文件夹。", "", "请在命令前加 --store 文件夹。")
    with District.create(ctx.obj, officer=officer) as made:
        say(f"已建立：{made.name}，经办人{made.officer}，数据在 {made.folder}")
        if keys:
            say(f"信任文件，请发给各街道：{made.set_up_authority(_words(True))}")
            say(f"根证书指纹，街道第一次导入时打电话核对：{made.trust.root_fingerprints[0]}")


@district.command("register")
@_JSON
@click.pass_context
def register(ctx: click.Context, as_json: bool) -> None:
    """登记册：17 个街道和其他报送单位，证书到期日，最近一个报送包。"""
    states = _opened(ctx).register()
    if as_json:
        _facts(states)
        return
    for state in states:
        certificate = "没有证书" if state.fingerprint is None else "证书已吊销" if state.revoked else f"证书 {state.fingerprint[:16]}… 到 {state.certificate_ends or '—'}"
        last = f"{state.last.period} 第 {state.last.seq} 号 {state.last.state_title}" if state.last else "没有报送过"
        say(f"{state.body.code:10} {state.body.name}　{certificate}　{last}")


@district.command("issue")
@click.argument("request", type=_PATH)
@click.option("--fingerprint", help="街道在电话里念的申请指纹")
@click.pass_context
def issue(ctx: click.Context, request: Path, fingerprint: str | None) -> None:
    """用本文件夹里的签发机构给一份申请发证书（authority 在别处时用 ca issue）。"""
    opened = _opened(ctx)
    asked = opened.read_request(request)
    if fingerprint is None and not asked.renews:
        say(f"{asked.name} {asked.code}\n  {asked.fingerprint}")
        if not click.confirm("街道在电话里念的指纹与上面完全一样吗", default=False):
            raise UnionClientError("指纹没有核对。", "没有发出证书。", "请打电话核对后再签发。")
        fingerprint = asked.fingerprint
    say(f"已签发：{opened.issue(request, _words(False), confirmed=fingerprint)}\n请连同新的信任文件 {opened.folder / 'trust.uct'} 交给街道。")


@district.command("revoke")
@click.argument("fingerprint")
@click.option("--reason", default="unspecified", show_default=True)
@click.pass_context
def revoke(ctx: click.Context, fingerprint: str, reason: str) -> None:
    """吊销一张证书。"""
    say(f"已吊销。请把新的信任文件发给各街道：{_opened(ctx).revoke(fingerprint, reason, _words(False))}")


@district.command("renew-encryption")
@click.pass_context
def renew_encryption(ctx: click.Context) -> None:
    """更换接收加密报送包的钥匙（证书 2 年到期前）；旧钥匙留着，街道换信任文件以前加密的仍能打开。"""
    say(f"已更换。请把新的信任文件发给各街道：{_opened(ctx).renew_encryption(_words(False))}")


@district.command("trust")
@click.argument("file", type=_PATH)
@click.option("--root", help="根证书指纹，第一次导入时核对")
@click.pass_context
def trust(ctx: click.Context, file: Path, root: str | None) -> None:
    """采用签发机构在别处生成的信任文件。"""
    taken = _opened(ctx).take_trust(file, root)
    say(f"已采用第 {taken.serial} 号信任文件，登记 {len(taken.register)} 张证书。")


# receiving ------------------------------------------------------------------------------------------------------


@district.command("inbox")
@click.option("--decrypt", is_flag=True, help="输入口令，打开加密的报送包")
@click.option("--differences", is_flag=True, help="列出与上一个已接收报送包的不同")
@_JSON
@click.pass_context
def inbox(ctx: click.Context, decrypt: bool, differences: bool, as_json: bool) -> None:
    """收件箱里每个文件的核验结论；不改动任何东西。"""
    opened, asked = _opened(ctx), _asked_once() if decrypt else None
    if differences:
        looked = [opened.preview(path, passphrase=asked) for path in opened.inbox_files()]
    else:
        looked = [(entry, ()) for entry in opened.inbox(passphrase=asked)]
    entries = [entry for entry, _ in looked]
    if as_json:
        _facts([{"entry": entry, "differences": found} for entry, found in looked] if differences else entries)
    else:
        for entry, found in looked:
            whose = f"{entry.street_name} {entry.period} 第 {entry.seq} 号" if entry.street else "—"
            say(f"{entry.verdict:10} {entry.path.name}　{whose}　{entry.message}")
            for difference in found:
                say(f"    {difference.text}")
        say(f"共 {len(entries)} 个文件")
    ctx.exit(0 if all(entry.receivable for entry in entries) else EXIT_FINDINGS)


@district.command("receive")
@click.argument("files", nargs=-1, required=True, type=_PATH)
@_JSON
@click.pass_context
def receive(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """收下报送包（写 all 收下收件箱里全部）。不合格的留在原处，说明原因。"""
    opened = _opened(ctx)
    if files == (Path("all"),):
        files = tuple(entry.path for entry in opened.inbox() if entry.verdict != "invalid")
    needed = _asked_once() if any(path.suffix == ".p7m" for path in files) else None
    taken = [opened.receive(path, passphrase=needed) for path in files]
    if as_json:
        _facts(taken)
    else:
        for reception in taken:
            say(f"{reception.entry.path.name}：{reception.message}")
            for difference in reception.differences[:20]:
                say(f"    {difference.text}")
            if reception.receipt:
                say(f"    原回执：{reception.receipt}")
    ctx.exit(max((reception.exit_code for reception in taken), default=0))


@district.command("packages")
@click.option("--state", type=click.Choice(["received", "accepted", "returned"]))
@click.option("--street")
@_JSON
@click.pass_context
def packages(ctx: click.Context, state: str | None, street: str | None, as_json: bool) -> None:
    """收到过的报送包。"""
    found = _opened(ctx).packages(street=street, state=state)
    if as_json:
        _facts(found)
        return
    for each in found:
        say(f"{each.sha256[:12]}  {each.state_title}  {each.street_name} {each.period} 第 {each.seq} 号  {each.received_at[:16]}")


@district.command("return")
@click.argument("package")
@click.option("--remark", "remarks", multiple=True, help="台账:记录编号:字段:要改什么，可写多次；如 unit:0192…:uscc:信用代码与证照不符")
@_NOTE
@click.pass_context
def return_(ctx: click.Context, package: str, remarks: tuple[str, ...], note: str) -> None:
    """退回一个报送包，写明要改什么；写出签名的回执。"""
    from unionclient.workspace.district.answering import remark_of

    opened = _opened(ctx)
    told = [remark_of(opened.library, text) for text in remarks]
    say(f"已退回。回执：{opened.return_(package, _words, remarks=told, note=note)}")


@district.command("receipt")
@click.argument("package")
@_NOTE
@click.option("--pdf", type=_PATH, help="把可打印的回执写到这个文件")
@click.pass_context
def receipt(ctx: click.Context, package: str, note: str, pdf: Path | None) -> None:
    """接收一个报送包，写出签名的回执；已经答复过的，指出原来的回执。"""
    opened = _opened(ctx)
    if opened.package(package).receipt is None:
        say(f"已接收。回执：{opened.accept(package, _words, note=note)}")
    else:
        say(f"已答复过。回执：{opened.receipt(package)}")
    if pdf is not None:
        say(f"可打印：{opened.receipt_pdf(package, pdf)}")


# adding up ------------------------------------------------------------------------------------------------------


@district.command("consolidate")
@click.option("--rebuild", is_flag=True, help="先清空，再从已接收的报送包重新生成")
@_JSON
@click.pass_context
def consolidate(ctx: click.Context, rebuild: bool, as_json: bool) -> None:
    """把已接收的报送包汇总进来。"""
    done = _opened(ctx).consolidate(rebuild=rebuild)
    if as_json:
        _facts(done)
    else:
        say(f"共 {done.packages} 个报送包、{done.rows} 行；这次加入 {done.added} 个，去掉 {done.dropped} 个，用时 {done.seconds:.1f} 秒")
        for problem in done.problems:
            say(f"  {problem}")
    ctx.exit(EXIT_FINDINGS if done.problems else 0)


@district.command("figures")
@_PERIOD
@click.option("--figure", help="只看一个指标，展开到街道")
@click.option("--street", help="再展开到这个街道的单位")
@click.option("--unit", help="再展开到这个单位的记录（写单位编号；空文字是没有注明单位的）")
@click.option("--side", type=click.Choice(["of", "per", "missing"]), default="of", show_default=True)
@click.option("--compare", "before", is_flag=False, flag_value="-", help="与另一时期比较，不写是上一期")
@_JSON
@click.pass_context
def figures(ctx: click.Context, period: str, figure: str | None, street: str | None, unit: str | None, side: str, before: str | None, as_json: bool) -> None:
    """全区指标：分子之和除以分母之和。"""
    opened = _opened(ctx)
    if before is not None:
        _say_all(opened.compare(period, None if before == "-" else before), as_json, lambda c: f"{c.id:10} {c.title}　{c.text}")
    elif street and figure and unit is not None:
        _say_all(opened.figure_records(period, figure, street, side, unit=unit), as_json, lambda line: f"{line.id}  {line.label}　{line.unit}")
    elif street and figure:
        _say_all(opened.figure_units(period, figure, street, side), as_json, lambda part: f"{part.count:6}  {part.title}　{part.unit or ''}")
    else:
        found = [each for each in opened.figures(period) if figure in (None, each.figure.id)]
        _say_all(found, as_json, lambda each: _figure_lines(each, unfold=figure is not None))
        if not as_json:
            absent = opened.missing(period)
            say(f"没有报送：{'、'.join(body.name for body in absent)}" if absent else "应报单位都已报送。")


def _say_all(found: list, as_json: bool, line: Any) -> None:
    if as_json:
        _facts(found)
        return
    for each in found:
        say(line(each))


def _figure_lines(each: Any, *, unfold: bool) -> str:
    from unionclient.workspace.counting import figure_facts

    lines = [f"{each.figure.id:10} {each.figure.title}　{figure_facts(each.figure)['shown']}　{len(each.parts)} 个单位"]
    lines += [f"    注意：{note}" for note in each.notes]
    if unfold:
        lines += [f"    {part.code} {part.name}　{part.numerator}{'' if part.denominator is None else f'/{part.denominator}'}" for part in each.parts]
    return "\n".join(lines)


@district.command("check")
@_PERIOD
@_JSON
@click.pass_context
def check(ctx: click.Context, period: str, as_json: bool) -> None:
    """跨街道核对：同一单位、同一人、划转两边对不上。"""
    found = _opened(ctx).cross_checks(period)
    _say_all(found, as_json, lambda each: f"{each.check} [{each.title}] {each.message}")
    ctx.exit(EXIT_FINDINGS if found else 0)


@district.command("report")
@_PERIOD
@_OUT
@click.pass_context
def report(ctx: click.Context, period: str, out: Path | None) -> None:
    """全区报告：工作簿和带图的 PDF。"""
    made = _opened(ctx).report(period, out)
    say(f"工作簿：{made.workbook}\nPDF：{made.pdf}")


@district.command("targets")
@click.option("--year", required=True, type=int)
@click.option("--set", "workbook", type=_PATH, help="从工作簿导入：目标编号、年度、街道、目标值、下达文号")
@_JSON
@click.pass_context
def targets(ctx: click.Context, year: int, workbook: Path | None, as_json: bool) -> None:
    """各街道的年度目标；没有下达的列出建议数。"""
    opened = _opened(ctx)
    if workbook is not None:
        say(f"{year} 年共有 {opened.set_targets(year, workbook)} 条目标。", err=as_json)
    _say_all(opened.targets(year), as_json, lambda row: f"{row[0]:8} {row[1]}　" + "　".join(
        f"{code[-3:]} {value[0]}{'*' if value[1] is None else ''}" for code, value in row[2].items() if value))


@district.command("send-down")
@click.option("--year", required=True, type=int)
@click.option("--forms", "definitions", multiple=True, type=_PATH, help="定义或代码表文件，可写多次")
@_NOTE
@_OUT
@click.pass_context
def send_down(ctx: click.Context, year: int, definitions: tuple[Path, ...], note: str, out: Path | None) -> None:
    """下发：目标、定义和代码表、信任文件，签成一个文件。"""
    say(f"已写出：{_opened(ctx).send_down(year, _words, definitions=definitions, note=note, out=out)}")


@district.command("export")
@click.argument("folder", type=_PATH)
@click.option("--parquet/--csv", default=True, show_default=True)
@click.pass_context
def export(ctx: click.Context, folder: Path, parquet: bool) -> None:
    """全部汇总数据写成 Parquet（DuckDB 用）或 CSV（PostgreSQL 用），连同装载的 SQL。"""
    say(f"已写出 {len(_opened(ctx).export(folder, parquet=parquet))} 个文件：{folder}")
