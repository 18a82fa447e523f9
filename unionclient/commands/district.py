"""The command line's `district` verbs: the district's side, on a district's folder (`--store`).

Exit codes of `inbox` and `receive` are those of `verify`. Passphrases as everywhere: asked for, or UNIONCLIENT_PASSPHRASE.
"""

from pathlib import Path
from typing import Any

import click

from unionclient.commands.speaking import EXIT_FINDINGS, Verbs, no_store, option, passphrase, say, say_json
from unionclient.definition.faults import UnionClientError
from unionclient.definition.words import _, marked

_PATH = click.Path(path_type=Path)
_JSON = option("--json", "as_json", is_flag=True)
_PERIOD = option("--period", required=True, help=marked("如 2017Q3"))
_NOTE = option("--note", default="", help=marked("写进回执的说明"))
_OUT = option("--out", type=_PATH, help=marked("写到哪个文件夹"))


@click.group(cls=Verbs)
def district() -> None:
    """区里：收报送包、答复、汇总、核对、出报告、下发。"""


def _opened(ctx: click.Context) -> Any:
    from unionclient.workspace.district import District

    if ctx.obj is None:
        raise no_store()
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
@option("--officer", required=True, help=marked("经办人姓名"))
@option("--keys/--no-keys", default=True, show_default=True, help=marked("同时建立签发机构和区里的钥匙"))
@click.pass_context
def init(ctx: click.Context, officer: str, keys: bool) -> None:
    """新建区里的数据文件夹；连同签发机构、签名钥匙、加密钥匙和信任文件。"""
    from unionclient.workspace.district import District

    if ctx.obj is None:
        raise UnionClientError(_("没有指定数据文件夹。"), "", _("请在命令前加 --store 文件夹。"))
    with District.create(ctx.obj, officer=officer) as made:
        say(_("已建立：{name}，经办人{officer}，数据在 {folder}").format(name=made.name, officer=made.officer, folder=made.folder))
        if keys:
            say(_("信任文件，请发给各街道：{path}").format(path=made.set_up_authority(_words(True))))
            say(_("根证书指纹，街道第一次导入时打电话核对：{fingerprint}").format(fingerprint=made.trust.root_fingerprints[0]))


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
        certificate = (_("没有证书") if state.fingerprint is None else _("证书已吊销") if state.revoked else
                       _("证书 {fingerprint}… 到 {day}").format(fingerprint=state.fingerprint[:16], day=state.certificate_ends or "—"))
        last = _("没有报送过") if state.last is None else _("{period} 第 {seq} 号 {state}").format(
            period=state.last.period, seq=state.last.seq, state=state.last.state_title)
        say(f"{state.body.code:10} {state.body.name}　{certificate}　{last}")


@district.command("issue")
@click.argument("request", type=_PATH)
@option("--fingerprint", help=marked("街道在电话里念的申请指纹"))
@click.pass_context
def issue(ctx: click.Context, request: Path, fingerprint: str | None) -> None:
    """用本文件夹里的签发机构给一份申请发证书（authority 在别处时用 ca issue）。"""
    opened = _opened(ctx)
    asked = opened.read_request(request)
    if fingerprint is None and not asked.renews:
        say(f"{asked.name} {asked.code}\n  {asked.fingerprint}")
        if not click.confirm(_("街道在电话里念的指纹与上面完全一样吗"), default=False):
            raise UnionClientError(_("指纹没有核对。"), _("没有发出证书。"), _("请打电话核对后再签发。"))
        fingerprint = asked.fingerprint
    say(_("已签发：{path}\n请连同新的信任文件 {trust} 交给街道。").format(
        path=opened.issue(request, _words(False), confirmed=fingerprint), trust=opened.folder / "trust.uct"))


@district.command("revoke")
@click.argument("fingerprint")
@option("--reason", default="unspecified", show_default=True)
@click.pass_context
def revoke(ctx: click.Context, fingerprint: str, reason: str) -> None:
    """吊销一张证书。"""
    say(_("已吊销。请把新的信任文件发给各街道：{path}").format(path=_opened(ctx).revoke(fingerprint, reason, _words(False))))


@district.command("renew-encryption")
@click.pass_context
def renew_encryption(ctx: click.Context) -> None:
    """更换接收加密报送包的钥匙（证书 2 年到期前）；旧钥匙留着，街道换信任文件以前加密的仍能打开。"""
    say(_("已更换。请把新的信任文件发给各街道：{path}").format(path=_opened(ctx).renew_encryption(_words(False))))


@district.command("trust")
@click.argument("file", type=_PATH)
@option("--root", help=marked("根证书指纹，第一次导入时核对"))
@click.pass_context
def trust(ctx: click.Context, file: Path, root: str | None) -> None:
    """采用签发机构在别处生成的信任文件。"""
    taken = _opened(ctx).take_trust(file, root)
    say(_("已采用第 {serial} 号信任文件，登记 {count} 张证书。").format(serial=taken.serial, count=len(taken.register)))


# receiving ------------------------------------------------------------------------------------------------------


@district.command("inbox")
@option("--decrypt", is_flag=True, help=marked("输入口令，打开加密的报送包"))
@option("--differences", is_flag=True, help=marked("列出与上一个已接收报送包的不同"))
@_JSON
@click.pass_context
def inbox(ctx: click.Context, decrypt: bool, differences: bool, as_json: bool) -> None:
    """收件箱里每个文件的核验结论；不改动任何东西。"""
    opened, asked = _opened(ctx), _asked_once() if decrypt else None
    if differences:
        looked = [opened.preview(path, passphrase=asked) for path in opened.inbox_files()]
    else:
        looked = [(entry, ()) for entry in opened.inbox(passphrase=asked)]
    entries = [each[0] for each in looked]
    if as_json:
        _facts([{"entry": entry, "differences": found} for entry, found in looked] if differences else entries)
    else:
        for entry, found in looked:
            whose = _("{street} {period} 第 {seq} 号").format(street=entry.street_name, period=entry.period, seq=entry.seq) if entry.street else "—"
            say(f"{entry.verdict:10} {entry.path.name}　{whose}　{entry.message}")
            for difference in found:
                say(f"    {difference.text}")
        say(_("共 {count} 个文件").format(count=len(entries)))
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
            say(_("{name}：{message}").format(name=reception.entry.path.name, message=reception.message))
            for difference in reception.differences[:20]:
                say(f"    {difference.text}")
            if reception.receipt:
                say(_("    原回执：{path}").format(path=reception.receipt))
    ctx.exit(max((reception.exit_code for reception in taken), default=0))


@district.command("packages")
@option("--state", type=click.Choice(["received", "accepted", "returned"]))
@option("--street")
@_JSON
@click.pass_context
def packages(ctx: click.Context, state: str | None, street: str | None, as_json: bool) -> None:
    """收到过的报送包。"""
    found = _opened(ctx).packages(street=street, state=state)
    if as_json:
        _facts(found)
        return
    for each in found:
        say(_("{sha256}  {state}  {street} {period} 第 {seq} 号  {received}").format(
            sha256=each.sha256[:12], state=each.state_title, street=each.street_name, period=each.period, seq=each.seq,
            received=each.received_at[:16]))


@district.command("return")
@click.argument("package")
@option("--remark", "remarks", multiple=True, help=marked("台账:记录编号:字段:要改什么，可写多次；如 unit:0192…:uscc:信用代码与证照不符"))
@_NOTE
@click.pass_context
def return_(ctx: click.Context, package: str, remarks: tuple[str, ...], note: str) -> None:
    """退回一个报送包，写明要改什么；写出签名的回执。"""
    from unionclient.workspace.district.answering import remark_of

    opened = _opened(ctx)
    told = [remark_of(opened.library, text) for text in remarks]
    say(_("已退回。回执：{path}").format(path=opened.return_(package, _words, remarks=told, note=note)))


@district.command("receipt")
@click.argument("package")
@_NOTE
@option("--pdf", type=_PATH, help=marked("把可打印的回执写到这个文件"))
@click.pass_context
def receipt(ctx: click.Context, package: str, note: str, pdf: Path | None) -> None:
    """接收一个报送包，写出签名的回执；已经答复过的，指出原来的回执。"""
    opened = _opened(ctx)
    if opened.package(package).receipt is None:
        say(_("已接收。回执：{path}").format(path=opened.accept(package, _words, note=note)))
    else:
        say(_("已答复过。回执：{path}").format(path=opened.receipt(package)))
    if pdf is not None:
        say(_("可打印：{path}").format(path=opened.receipt_pdf(package, pdf)))


# adding up ------------------------------------------------------------------------------------------------------


@district.command("consolidate")
@option("--rebuild", is_flag=True, help=marked("先清空，再从已接收的报送包重新生成"))
@_JSON
@click.pass_context
def consolidate(ctx: click.Context, rebuild: bool, as_json: bool) -> None:
    """把已接收的报送包汇总进来。"""
    done = _opened(ctx).consolidate(rebuild=rebuild)
    if as_json:
        _facts(done)
    else:
        say(_("共 {packages} 个报送包、{rows} 行；这次加入 {added} 个，去掉 {dropped} 个，用时 {seconds:.1f} 秒").format(
            packages=done.packages, rows=done.rows, added=done.added, dropped=done.dropped, seconds=done.seconds))
        for problem in done.problems:
            say(f"  {problem}")
    ctx.exit(EXIT_FINDINGS if done.problems else 0)


@district.command("figures")
@_PERIOD
@option("--figure", help=marked("只看一个指标，展开到街道"))
@option("--street", help=marked("再展开到这个街道的单位"))
@option("--unit", help=marked("再展开到这个单位的记录（写单位编号；空文字是没有注明单位的）"))
@option("--side", type=click.Choice(["of", "per", "missing"]), default="of", show_default=True)
@option("--compare", "before", is_flag=False, flag_value="-", help=marked("与另一时期比较，不写是上一期"))
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
            say(_("没有报送：{names}").format(names=_("、").join(body.name for body in absent)) if absent else _("应报单位都已报送。"))


def _say_all(found: list, as_json: bool, line: Any) -> None:
    if as_json:
        _facts(found)
        return
    for each in found:
        say(line(each))


def _figure_lines(each: Any, *, unfold: bool) -> str:
    from unionclient.workspace.counting import figure_facts

    lines = [_("{id:10} {title}　{shown}　{count} 个单位").format(
        id=each.figure.id, title=each.figure.title, shown=figure_facts(each.figure)["shown"], count=len(each.parts))]
    lines += [_("    注意：{note}").format(note=note) for note in each.notes]
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
    say(_("工作簿：{workbook}\nPDF：{pdf}").format(workbook=made.workbook, pdf=made.pdf))


@district.command("targets")
@option("--year", required=True, type=int)
@option("--set", "workbook", type=_PATH, help=marked("从工作簿导入：目标编号、年度、街道、目标值、下达文号"))
@_JSON
@click.pass_context
def targets(ctx: click.Context, year: int, workbook: Path | None, as_json: bool) -> None:
    """各街道的年度目标；没有下达的列出建议数。"""
    opened = _opened(ctx)
    if workbook is not None:
        say(_("{year} 年共有 {count} 条目标。").format(year=year, count=opened.set_targets(year, workbook)), err=as_json)
    _say_all(opened.targets(year), as_json, lambda row: f"{row[0]:8} {row[1]}　" + "　".join(
        f"{code[-3:]} {value[0]}{'*' if value[1] is None else ''}" for code, value in row[2].items() if value))


@district.command("send-down")
@option("--year", required=True, type=int)
@option("--forms", "definitions", multiple=True, type=_PATH, help=marked("定义或代码表文件，可写多次"))
@_NOTE
@_OUT
@click.pass_context
def send_down(ctx: click.Context, year: int, definitions: tuple[Path, ...], note: str, out: Path | None) -> None:
    """下发：目标、定义和代码表、信任文件，签成一个文件。"""
    say(_("已写出：{path}").format(path=_opened(ctx).send_down(year, _words, definitions=definitions, note=note, out=out)))


@district.command("export")
@click.argument("folder", type=_PATH)
@option("--parquet/--csv", default=True, show_default=True)
@click.pass_context
def export(ctx: click.Context, folder: Path, parquet: bool) -> None:
    """全部汇总数据写成 Parquet（DuckDB 用）或 CSV（PostgreSQL 用），连同装载的 SQL。"""
    say(_("已写出 {count} 个文件：{folder}").format(count=len(_opened(ctx).export(folder, parquet=parquet)), folder=folder))
