"""The verb `import_receipt`, and what follows from a return: a work list on the cells concerned.

A remark is done once its cell (or, where it names none, its record) says something else than when the receipt came; else it
stands in the check as a finding that must be answered. A receipt that the district did not sign, or for other bytes than were
sent, is refused by `submission.receipt`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unionclient.assessment.periods import Period, read_period
from unionclient.definition.faults import SubmissionError
from unionclient.definition.issue import Issue, Level
from unionclient.definition.words import _, marked
from unionclient.store import changelog
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.submission.lifecycle import State, Step
from unionclient.validation.explanations import explanation_key
from unionclient.workspace import reporting
from unionclient.workspace.naming import Names
from unionclient.workspace.reporting import Package

RULE = "R-RETURN"
BASIS = marked("区总工会退回意见")
_LEVELS = {"block": Level.EXPLAIN, "explain": Level.EXPLAIN, "hint": Level.HINT}
_AT_ONCE = 500
_SILENT = ("updated_at", "updated_by", "version")


@dataclass(frozen=True, slots=True)
class ReceiptRead:
    """A receipt that was taken in; `state` is the period's afterwards, `again` True for one that was known."""

    id: str
    verdict: str
    title: str
    period: str
    label: str
    seq: int
    state: State
    received_at: str
    note: str
    remarks: int
    again: bool


@dataclass(frozen=True, slots=True)
class ReturnedItem:
    """One thing the district asks to be mended. `ledger` is "" where the remark is on the whole package; `done` once the cell changed, `answer`
    what the officer wrote where it was right as it was.
    """

    receipt: str
    number: int
    period: str
    seq: int
    ledger: str
    record: str
    label: str
    field: str
    message: str
    rule: str
    level: Level
    done: bool
    answer: str = ""

    @property
    def value(self) -> str:
        """What tells this remark from another on the same cell."""
        return f"{self.receipt[:8]}-{self.number}"


def import_receipt(store: Store, officer: str, path: Path, trust: Any) -> ReceiptRead:
    """Takes in the receipt `path`, for whichever package it answers. Raises SubmissionError: not ours, not the district's, unreadable.

    `trust` is the district's trust file (`submission.trust.Trust`); without one no receipt can be believed.
    """
    from unionclient.submission import receipt as receipts
    from unionclient.submission.sealed import read_file

    content = read_file(path, receipts.WHAT)
    answer = receipts.read(content, trust, moment=datetime.now(UTC))
    known = store.connection.execute("SELECT 1 FROM receipt_in WHERE id = ?", (answer.receipt_id,)).fetchone() is not None
    package = _answered(store, answer)
    if not known:
        with store.transaction():
            _keep(store, officer, package, answer, content)
            _move(store, officer, package, answer)
    now = reporting.report(store, package.period)
    return ReceiptRead(answer.receipt_id, answer.verdict, answer.title, now.period, now.label, package.seq, now.state,
                       answer.received_at.isoformat(timespec="seconds"), answer.note, len(answer.returns), known)


def _answered(store: Store, answer: Any) -> Package:
    """The package that a receipt is for, by the digest of the sent bytes."""
    kept = _("没有采用这份回执。")
    if answer.street != (store.setting("street") or ""):
        raise SubmissionError(_("这份回执是给别的街道的"), kept, _("请选择发给本街道的回执。"))
    package = next((p for p in reporting.packages(store) if p.id == answer.package_id), None)
    if package is None:
        raise SubmissionError(_("没有找到这份回执对应的报送包"), kept, _("报送包可能是在另一台电脑上打的，请在那台电脑上导入。"))
    if package.sha256 != answer.package_sha256:
        raise SubmissionError(_("这份回执写的报送包与送出的不是同一个文件"), kept, _("请打电话向区总工会核实：送到的文件可能被换过。"))
    return package


def _keep(store: Store, officer: str, package: Package, answer: Any, content: bytes) -> None:
    store.connection.execute(
        "INSERT INTO receipt_in VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (answer.receipt_id, package.id, package.period, answer.verdict, answer.received_at.isoformat(), answer.next_seq, answer.head_sha256,
         answer.note, now_text(), officer, changelog.head(store.connection)[0], content))
    store.connection.executemany(
        "INSERT INTO receipt_remark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(answer.receipt_id, number, r.member, r.sheet, r.row_key, r.cell, r.rule, r.message, r.severity)
         for number, r in enumerate(answer.returns, 1)])
    store.mark("receipt", answer.receipt_id, who=officer, verb="receipt", title=_("导入{seq}号报送包的回执：{verdict}").format(seq=package.seq, verdict=answer.title),
               facts={"package": package.id, "verdict": answer.verdict, "remarks": len(answer.returns),
                      "sha256": hashlib.sha256(content).hexdigest()})


def _move(store: Store, officer: str, package: Package, answer: Any) -> None:
    """What the verdict does to the package and its period. A repeated handing-in moves nothing: the first receipt holds."""
    from unionclient.submission import receipt as receipts

    if answer.verdict == receipts.DUPLICATE or package.state not in (State.PACKED, State.SENT):
        return
    accepted = answer.verdict == receipts.ACCEPTED
    if reporting.report(store, package.period).package.id == package.id:
        if package.state == State.PACKED:  # carried without being marked: the receipt proves it
            reporting.take(store, officer, package.period, Step.SEND, submission=package.id, reason=_("由回执得知"))
        reporting.take(store, officer, package.period, Step.ACCEPT if accepted else Step.RETURN, submission=package.id, reason=answer.note,
                       facts={"receipt": answer.receipt_id})
    reporting.put_state(store, package.id, State.ACCEPTED if accepted else State.RETURNED)
    if accepted:
        for amended in _amended_by(store, package):
            reporting.put_state(store, amended, reporting.REPLACED)
    if answer.verdict == receipts.REJECTED and answer.next_seq <= package.seq:
        reporting.drop(store, package.id)  # the district did not register it: the number is still to be used


def _amended_by(store: Store, package: Package) -> Iterator[str]:
    """The package that this one amends, and those that it amended in turn."""
    by_id = {each.id: each for each in reporting.packages(store, package.period)}
    amended = package.amends
    while amended in by_id:
        yield amended
        amended = by_id[amended].amends


# the work list --------------------------------------------------------------------------------------------------


def returned_items(store: Store, names: Names, period: str | None = None) -> list[ReturnedItem]:
    """What is asked to be mended: the remarks on the newest package of each period, where that was returned."""
    found = []
    answers = dict(store.connection.execute("SELECT key, text FROM explanation WHERE rule = ?", (RULE,)).fetchall())
    for package in _returned(store, period):
        receipt, head = store.connection.execute("SELECT id, head FROM receipt_in WHERE id = ?", (package.receipt,)).fetchone()
        rows = store.connection.execute("SELECT number, ledger, record, field, message, rule, severity FROM receipt_remark WHERE receipt = ? "
                                        "ORDER BY number", (receipt,))
        for number, ledger, record, field, message, rule, severity in rows.fetchall():
            known = store.library.ledgers.get(ledger)
            item = ReturnedItem(
                receipt, number, package.period, package.seq, ledger if known else "", record,
                names.label(ledger, record) if known and record else "", field if known and field in known.fields else "", message, rule,
                _LEVELS[severity], False)
            done = bool(known and record) and _changed(store, ledger, record, item.field, head)
            found.append(replace(item, done=done, answer=answers.get(explanation_key(_issue(item)), "")))
    return found


def _issue(item: ReturnedItem) -> Issue:
    told = _("区总工会退回第{seq}号报送包（{label}）：{message}").format(seq=item.seq, label=read_period(item.period).label, message=item.message)
    return Issue(RULE, item.level, item.ledger, item.record or None, (item.field,) if item.field else (), told, item.value,
                 _("请改正；如果原来就是对的，请写明说明，说明随更正一起报送"), _(BASIS))


def return_issues(store: Store, names: Names, submitting: Period | None = None) -> Iterator[Issue]:
    """The remarks not yet done, as findings: for the package about to be made, or for all that were returned."""
    for item in returned_items(store, names, submitting.code if submitting else None):
        if item.ledger and not item.done:
            yield _issue(item)


def receipt_file(store: Store, receipt: str, folder: Path) -> Path:
    """The printable part of a receipt (or the receipt itself, where it has none) as a file in `folder`."""
    from unionclient.submission import receipt as receipts
    from unionclient.submission.files import write_whole

    content = store.connection.execute("SELECT content FROM receipt_in WHERE id = ?", (receipt,)).fetchone()[0]
    pdf = receipts.pdf_of(content)
    path = folder / f"receipt-{receipt}.pdf" if pdf else folder / receipts.receipt_name(receipt)
    write_whole(path, pdf or content)
    return path


def _returned(store: Store, period: str | None) -> list[Package]:
    newest: dict[str, Package] = {}
    for package in reporting.packages(store, period):
        newest.setdefault(package.period, package)
    return [package for package in newest.values() if package.state == State.RETURNED and package.receipt]


def _changed(store: Store, ledger: str, record: str, field: str, head: int) -> bool:
    """Whether the record (its `field`) says something else than at `head`: what was changed and changed back is not done."""
    rows = changelog.entries(store.connection, "ledger = ? AND record = ? AND seq > ? AND op <> 'mark'", (ledger, record, head),
                             limit=_AT_ONCE, newest_first=False)
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for entry in rows:
        if entry.op in ("insert", "delete"):
            first.setdefault("id", None if entry.op == "insert" else record)
            last["id"] = record if entry.op == "insert" else None
            continue
        for name in entry.new.keys() - set(_SILENT):
            first.setdefault(name, entry.old.get(name))
            last[name] = entry.new[name]
    wanted = {field, "raw", "void", "id"} if field else set(last)
    return any(first[name] != last[name] for name in wanted & set(last))
