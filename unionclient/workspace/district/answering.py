"""Answering a package: remarks, then accepted or returned, with a signed receipt that can be printed.

The receipt is written and read back before the book says so; the package's file moves last. An answer is final: what was wrong in it
is mended by the street's next package.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.ledger import Field, FormColumn, Ledger, Library, PrintForm
from unionclient.definition.words import CHINESE, _, language, marked, speaking
from unionclient.store import changelog, received
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.store.received import ACCEPTED, RECEIVED, RETURNED, ReceivedPackage
from unionclient.submission.files import write_whole
from unionclient.submission.receipt import Remark
from unionclient.workspace.district import bodies, contents, keeping, receiving

RECEIPTS = "receipts"
_KEPT = marked("没有写出回执，报送包还在待答复中。")


def add_remark(store: Store, package: ReceivedPackage, remark: Remark) -> None:
    """Notes one thing to mend."""
    _refuse_answered(package)
    if not remark.message.strip():
        raise SubmissionError(_("没有写要改什么。"), _("没有记下。"), _("请写明哪里不对、怎样改。"))
    with store.transaction():
        received.add_remarks(store.connection, package.sha256, [_columns(remark)], store.setting("officer") or "")


def remark_of(library: Library, text: str) -> Remark:
    """`ledger:record:field:what to mend` as typed; ledger by id, code or title, field by id or title, each may be empty."""
    parts = [part.strip() for part in text.replace("：", ":").split(":", 3)]
    if len(parts) != 4 or not parts[3]:
        raise SubmissionError(_("“{text}”的写法不对").format(text=text), _(_KEPT), _("请写成 台账:记录编号:字段:要改什么，前三项可以留空。"))
    named, record, cell, message = parts
    ledger = next((each for each in library.ledgers.values() if named in (each.id, each.code, each.title)), None)
    if named and ledger is None:
        raise SubmissionError(_("没有台账“{named}”").format(named=named), _(_KEPT), _("可用 unionclient forms list 查看全部台账。"))
    field = next((each for each in ledger.fields.values() if cell in (each.id, each.title)), None) if ledger else None
    if cell and field is None:
        raise SubmissionError(_("没有字段“{cell}”").format(cell=cell), _(_KEPT), _("可用 unionclient forms show 查看字段。"))
    return Remark(f"data/{ledger.id}.csv" if ledger else "", ledger.id if ledger else "", record, field.id if field else "", message)


def drop_remark(store: Store, package: ReceivedPackage, remark: int) -> None:
    """Takes one back."""
    _refuse_answered(package)
    with store.transaction():
        received.drop_remark(store.connection, remark)


def _columns(remark: Remark) -> tuple[str, ...]:
    return (remark.member, remark.sheet, remark.row_key, remark.cell, remark.message.strip(), remark.rule, remark.severity)


def _refuse_answered(package: ReceivedPackage) -> None:
    if package.state != RECEIVED:
        raise SubmissionError(_("这个报送包已经答复过（{state_title}）。").format(state_title=package.state_title), _("原来的回执仍然有效。"), _("需要改动时，请街道报送更正包。"))


def accept(store: Store, package: ReceivedPackage, passphrase: Callable[[bool], str], note: str) -> Path:
    """Accepted: remarks noted on it go along as hints."""
    _refuse_answered(package)
    return _answer(store, package, ACCEPTED, passphrase, _noted(store, package), note)


def send_back(store: Store, package: ReceivedPackage, passphrase: Callable[[bool], str], remarks: Sequence[Remark], note: str) -> Path:
    """Returned, with at least one remark or a note that says why."""
    _refuse_answered(package)
    told = (*_noted(store, package), *remarks)
    if not told and not note.strip():
        raise SubmissionError(_("退回没有写明理由。"), _(_KEPT), _("请至少写一条要改的内容，或写一段说明。"))
    if remarks:
        with store.transaction():
            received.add_remarks(store.connection, package.sha256, map(_columns, remarks), store.setting("officer") or "")
    return _answer(store, package, RETURNED, passphrase, told, note)


def _noted(store: Store, package: ReceivedPackage) -> tuple[Remark, ...]:
    return tuple(Remark(each.member, each.sheet, each.row_key, each.cell, each.message, each.rule, each.severity)
                 for each in received.remarks(store.connection, package.sha256))


def _answer(store: Store, package: ReceivedPackage, state: str, passphrase: Callable[[bool], str], remarks: Sequence[Remark], note: str) -> Path:
    from unionclient.submission import receipt as receipts

    key = keeping.signing_key(store, passphrase(False))
    trust = keeping.trust_of(store)
    digest = hashlib.sha256(receiving.place(store, package).read_bytes()).hexdigest()
    if digest != package.sha256:
        raise SubmissionError(_("报送包文件在收下以后被改过"), _(_KEPT), _("请从街道的原件重新接收。"))
    fingerprint = keeping.fingerprint(key)
    known = received.packages(store.connection, street=package.street)
    receipt = receipts.Receipt(
        package_id=package.package_id, package_sha256=package.sha256, street=package.street, seq=package.seq, period=package.period,
        verdict=receipts.ACCEPTED if state == ACCEPTED else receipts.RETURNED, received_at=dt.datetime.fromisoformat(package.received_at),
        next_seq=max(each.seq for each in known) + 1, head_sha256=_head(known, package, state), district_cert_sha256=fingerprint,
        checks=_checks(store, package, trust), returns=tuple(remarks), note=note.strip(),
        crl_number=trust.crl_number if trust else None)
    with speaking(CHINESE):         # the street reads it
        content = receipts.write(receipt, key, pdf=_pdf(store, package, receipt))
    receipts.read(content, trust, package.sha256, pinned=(fingerprint,))      # what a street would refuse is not sent
    path = store.folder / RECEIPTS / receipts.receipt_name(package.package_id)
    write_whole(path, content)
    _enter(store, package, state, path.name, note)
    return path


def _checks(store: Store, package: ReceivedPackage, trust: Any) -> tuple[Any, ...]:
    """The results noted when it was received; their words in Chinese, also where they were noted in another language."""
    from unionclient.submission.receipt import Check
    from unionclient.submission.worker import verify_file

    if language() == CHINESE:
        return tuple(Check(*check) for check in package.checks)
    with speaking(CHINESE):
        again = {check.id: check.detail for check in verify_file(receiving.place(store, package), trust=trust).checks}
    return tuple(Check(check, result, again.get(check, "")) for check, result, _detail in package.checks)


def _head(known: Sequence[ReceivedPackage], package: ReceivedPackage, state: str) -> str | None:
    """The digest of the last accepted package once this one is answered."""
    accepted = [each for each in known if each.state == ACCEPTED or state == ACCEPTED and each.sha256 == package.sha256]
    return max(accepted, key=lambda each: each.seq).sha256 if accepted else None


def _enter(store: Store, package: ReceivedPackage, state: str, receipt: str, note: str) -> None:
    who = store.setting("officer") or ""
    with store.transaction():
        received.answer(store.connection, package.sha256, state, who=who, receipt=receipt, note=note.strip())
        store.mark("package", package.package_id, who=who, verb="accept" if state == ACCEPTED else "return",
                   title=_("{state}：{street}{period}第{seq}号").format(
                       state=_(received.STATES[state]), street=package.street_name, period=package.period, seq=package.seq),
                   facts={"sha256": package.sha256, "receipt": receipt}, reason=note.strip())
    receiving.settle(store)


def receipt_path(store: Store, package: ReceivedPackage) -> Path:
    """The receipt's file."""
    if package.receipt is None:
        raise SubmissionError(_("这个报送包还没有答复。"), "", _("请先接收或退回。"))
    return store.folder / RECEIPTS / package.receipt


def receipt_pdf(store: Store, package: ReceivedPackage, out: Path) -> Path:
    """The page inside the receipt."""
    from unionclient.submission import receipt as receipts
    from unionclient.submission.sealed import read_file

    content = receipts.pdf_of(read_file(receipt_path(store, package), _("回执")))
    if content is None:
        raise SubmissionError(_("这份回执里没有可以打印的页。"), "", "")
    write_whole(out, content)
    return out


# the printed page, in Chinese -------------------------------------------------------------------------------------------------

_TITLES = (("what", "项目"), ("text", "内容"))


def _pdf(store: Store, package: ReceivedPackage, receipt: Any) -> bytes:
    """The receipt on paper: what was received, the verdict, what to mend."""
    import tempfile

    from unionclient.printing.printer import print_form
    from unionclient.printing.sheet import PrintContext, PrintRow

    name = store.setting("district.name") or ""
    ledger = Ledger("receipt", "报送回执", {key: Field(key, title) for key, title in _TITLES})
    form = PrintForm("BB10", "报送回执", "K1", "receipt", (FormColumn("what", "项目", 34.0, "left"), FormColumn("text", "内容", 0.0, "left")),
                     options={"confidential": False, "remark": False, "signers": (f"{name}（盖章）", f"经办人：{store.setting('officer') or ''}"),
                              "line": (f"致：{bodies.body(store.library, package.street).name}", f"时期：{package.period}", f"结论：{receipt.title}")})
    rows = [PrintRow({"what": what, "text": text}) for what, text in _told(store, package, receipt)]
    count, head = changelog.head(store.connection)
    context = PrintContext(street_name=name, union_name=name, period_text=package.period, officer=store.setting("officer") or "",
                           printed_at=dt.datetime.now(), log_head=head if count else "")
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        return print_form(form, ledger, rows, Path(folder) / "receipt.pdf", context=context).read_bytes()


def _told(store: Store, package: ReceivedPackage, receipt: Any) -> list[tuple[str, str]]:
    body = bodies.body(store.library, package.street)
    rows = [
        ("报送单位", f"{body.name}（{body.code}）"), ("报送包", f"{package.period} 第 {package.seq} 号　{package.file}"),
        ("报送包摘要", f"SHA-256 {package.sha256}"), ("收到时间", _local(package.received_at)), ("答复时间", _local(now_text())),
        ("检查", f"{len(receipt.checks)} 项" + ("，全部通过" if all(check.result == "ok" for check in receipt.checks) else
                                             "；" + "；".join(check.detail for check in receipt.checks if check.result != "ok" and check.detail))),
        ("结论", receipt.title), ("下一个报送包", f"第 {receipt.next_seq} 号")]
    if receipt.note:
        rows.append(("说明", receipt.note))
    ledgers, names = store.library.ledgers, _names_of(store, package, receipt.returns)
    for number, remark in enumerate(receipt.returns, 1):
        ledger = ledgers.get(remark.sheet)
        field = ledger.fields.get(remark.cell) if ledger else None
        where = "　".join(filter(None, (ledger.title if ledger else remark.sheet or remark.member, names.get((remark.sheet, remark.row_key), remark.row_key),
                                       field.title if field else remark.cell)))
        rows.append((f"请改第 {number} 条", f"{where}：{remark.message}" if where else remark.message))
    return rows


def _names_of(store: Store, package: ReceivedPackage, remarks: Sequence[Remark]) -> dict[tuple[str, str], str]:
    """(ledger, record) → what names the record in the package, for people; those not found are left out."""
    wanted = {(remark.sheet, remark.row_key) for remark in remarks if remark.row_key and remark.sheet in store.library.ledgers}
    if not wanted:
        return {}
    found, opened = {}, contents.opened(receiving.place(store, package))
    for sheet in {sheet for sheet, _record in wanted}:
        ledger = store.library.ledgers[sheet]
        shown = [name for name in ledger.label if ledger.fields[name].type in ("text", "date", "month", "int")]
        for row in contents.lines(opened.tables.get(sheet, b"")):
            if (sheet, row["id"]) in wanted and (text := " ".join(row.get(name, "") for name in shown).strip()):
                found[sheet, row["id"]] = text
    return found


def _local(moment: str) -> str:
    return f"{dt.datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
