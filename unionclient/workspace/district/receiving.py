"""The inbox: every file judged before anything of it is believed, then into the book and to its place.

Limits: the file is judged in a process of its own; its order among the street's packages is judged here, since only the
book knows what came before.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from unionclient.assessment.periods import PeriodError, read_period
from unionclient.definition.faults import SubmissionError, UnionClientError
from unionclient.definition.words import CHINESE, _, language, marked, speaking
from unionclient.store import received
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.store.received import ACCEPTED, ReceivedPackage
from unionclient.submission.files import write_whole
from unionclient.workspace.district import contents, keeping
from unionclient.workspace.district.facts import Difference, InboxEntry, Note, Reception

INBOX, REFUSED = "inbox", "refused"
ENCRYPTED = ".p7m"
_KINDS = (".asice", ENCRYPTED)
_FAILED = {"duplicate": "duplicate", "replay": "replay", "fork": "replay", "gap": "replay"}
_CHANGING = marked("文件在检查的时候被改动了，请等拷贝完成后再试")
EXIT_CODES = {"valid": 0, "duplicate": 4, "replay": 4, "invalid": 1, "untrusted": 2, "unsafe": 3, "encrypted": 5}


def drop(store: Store, paths: Iterable[Path]) -> list[Path]:
    """Copies files into the inbox under names not taken yet."""
    folder, found = store.folder / INBOX, []
    for source in map(Path, paths):
        try:
            folder.mkdir(exist_ok=True)
            content = source.read_bytes()
        except OSError as fault:
            raise SubmissionError(_("“{name}”读不出来：{strerror}").format(name=source.name, strerror=fault.strerror or fault), _("已经放进收件箱的文件都在。"), _("请检查 U 盘后再试。")) from fault
        target, number = folder / source.name, 1
        while target.exists() and target.read_bytes() != content:
            number += 1
            target = folder / f"{source.stem}-{number}{source.suffix}"
        write_whole(target, content)
        found.append(target)
    return found


def files(store: Store) -> list[Path]:
    """The files of the inbox by name."""
    folder = store.folder / INBOX
    return sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")) if folder.is_dir() else []


def inbox(store: Store, progress: Callable | None, passphrase: Callable[[bool], str] | None) -> list[InboxEntry]:
    """Every file of the inbox by name, judged."""
    found, there = [], files(store)
    for done, path in enumerate(there):
        if progress:
            progress(_("检查{name}").format(name=path.name), done, len(there))
        found.append(look(store, path, passphrase))
    return found


def look(store: Store, path: Path, passphrase: Callable[[bool], str] | None) -> InboxEntry:
    """One file judged. What is no package at all gets a verdict too."""
    with _opened(store, path, passphrase) as (inner, digest, size, problem):
        return problem or _judged(store, path, inner, digest, size)


@contextmanager
def _opened(store: Store, path: Path, passphrase: Callable[[bool], str] | None) -> Iterator[tuple[Path, str, int, InboxEntry | None]]:
    """(package file, digest, size, entry that already says why not). An encrypted one is opened into a folder that goes away again."""
    try:
        content = path.read_bytes()
    except OSError as fault:
        yield path, "", 0, InboxEntry(path, "", 0, "invalid", _("文件打不开：{strerror}").format(strerror=fault.strerror or fault))
        return
    digest = hashlib.sha256(content).hexdigest()
    if path.suffix.lower() != ENCRYPTED:
        yield path, digest, len(content), None
        return
    if passphrase is None:
        yield path, digest, len(content), InboxEntry(path, digest, len(content), "encrypted", _("已加密，接收时输入口令打开"))
        return
    from unionclient.submission.encryption import decrypt
    from unionclient.submission.keys import load_key

    words = passphrase(False)
    keys = [load_key(each, words) for each in keeping.encryption_keys(store)]
    try:
        plain = decrypt(content, *keys)
    except SubmissionError as fault:
        yield path, digest, len(content), InboxEntry(path, digest, len(content), "invalid", fault.what)
        return
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        inner = Path(folder) / path.stem
        write_whole(inner, plain)
        yield inner, hashlib.sha256(plain).hexdigest(), len(plain), None


def _judged(store: Store, path: Path, inner: Path, digest: str, size: int) -> InboxEntry:
    from unionclient.submission.worker import verify_file

    verdict = verify_file(inner, trust=keeping.trust_of(store))
    notes = [Note(check.id, "fail" if not check.ok else "warn" if check.warn else "ok", check.detail) for check in verdict.checks]
    manifest = verdict.manifest
    if verdict.sha256 and verdict.sha256 != digest:
        return InboxEntry(path, digest, size, "invalid", _(_CHANGING), tuple(notes))
    if manifest is None:
        return InboxEntry(path, digest, size, verdict.result, verdict.message, tuple(notes))
    result, message = verdict.result, verdict.message
    if not _plain_period(manifest.period):      # it becomes part of a file's name
        return InboxEntry(path, digest, size, "invalid", _("报送时期的写法不对，或与起止日期不符"), (*notes, Note("period", "fail", _("应为 2017Q3 这样的代码"))))
    if result == "valid":
        for finding in _order(store, manifest, digest):
            notes.append(Note(f"sequence-{finding.kind}", "fail", finding.detail))
            result, message = _FAILED[finding.kind], finding.detail
        notes += [*_amended(store, manifest), *_clock(store, manifest)]
    return InboxEntry(
        path, digest, size, result, message, tuple(notes), manifest.street.code, manifest.street.name, manifest.period.label, manifest.seq,
        manifest.kind, manifest.package_id, verdict.signer.fingerprint if verdict.signer else "", manifest.created_at.isoformat(),
        manifest.amends.sha256 if manifest.amends else None, manifest.prev_sha256)


def _plain_period(said: Any) -> bool:
    """A period's code as this program writes it, with its own first and last day."""
    try:
        period = read_period(said.label)
    except PeriodError:
        return False
    return (period.code, period.begins, period.ends) == (said.label, said.start, said.end)


def _order(store: Store, manifest: Any, digest: str) -> list[Any]:
    from unionclient.submission import sequence

    return sequence.judge(manifest.seq, manifest.prev_sha256, known(store, manifest.street.code), sha256=digest, package_id=manifest.package_id)


def known(store: Store, street: str) -> list[Any]:
    """What a street handed in before, as the sequence is judged by."""
    from unionclient.submission.sequence import Received

    return [Received(each.seq, each.sha256, each.package_id, each.state == ACCEPTED)
            for each in received.packages(store.connection, street=street)]


def _amended(store: Store, manifest: Any) -> list[Note]:
    """An amendment names a package of the same street and period that was received; else it is held against nothing."""
    if manifest.amends is None:
        return []
    earlier = received.package(store.connection, manifest.amends.sha256)
    if earlier is None or earlier.street != manifest.street.code:
        return [Note("amends", "warn", _("更正的那个报送包没有收到过"))]
    if earlier.period != manifest.period.label:
        return [Note("amends", "warn", _("更正的是{period}的报送包，时期不同").format(period=earlier.period))]
    return [Note("amends", "ok", _("更正第 {seq} 号：{reason}").format(seq=earlier.seq, reason=manifest.amends.reason))]


def _clock(store: Store, manifest: Any) -> list[Note]:
    """What speaks for a wrong clock in the street: told, never a reason to refuse. The district goes by its own time."""
    from unionclient.submission.clock import sender_suspect

    before = [datetime.fromisoformat(each.created_at) for each in received.packages(store.connection, street=manifest.street.code)]
    told = sender_suspect(manifest.created_at, datetime.now(UTC), previous_signed=max(before, default=None))
    if not told and manifest.clock_suspect:
        told = _("报送单位的电脑时间可能不准，报送包里已经注明")
    return [Note("clock", "warn", told)] if told else []


def receive(store: Store, path: Path, passphrase: Callable[[bool], str] | None) -> Reception:
    """Takes a sound package in; see `District.receive`."""
    with _opened(store, path, passphrase) as (inner, digest, size, problem):
        with speaking(CHINESE):     # what is kept of a package taken in is told to the street in the receipt
            entry = problem or _judged(store, path, inner, digest, size)
        if not problem and not entry.receivable and language() != CHINESE:
            entry = _judged(store, path, inner, digest, size)
        if entry.verdict == "duplicate":
            return _again(store, entry)
        if not entry.receivable:
            return Reception("refused", entry.message, EXIT_CODES[entry.verdict], entry)
        package = ReceivedPackage(
            digest, entry.package_id, entry.street, entry.street_name, entry.period, entry.seq, entry.kind, entry.prev_sha256, entry.amends,
            f"{entry.street}-{entry.period}-{entry.seq:04d}.asice", size, entry.signer, entry.created_at, now_text(),
            store.setting("officer") or "", checks=tuple((note.check, note.level, note.detail) for note in entry.notes))
        target, content = place(store, package), inner.read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            return Reception("refused", _(_CHANGING), EXIT_CODES["invalid"], entry)
        write_whole(target, content)
    try:
        with store.transaction():
            received.enter(store.connection, package)
            store.mark("package", package.package_id, who=package.who, verb="receive", title=_("收到{street}{period}第{seq}号").format(
                street=package.street_name, period=package.period, seq=package.seq),
                       facts={"sha256": digest, "seq": package.seq})
    except UnionClientError:
        target.unlink(missing_ok=True)
        raise
    if path.parent == store.folder / INBOX:
        path.unlink(missing_ok=True)
    return Reception("received", _("已收下：{street} {period} 第 {seq} 号").format(
        street=package.street_name, period=package.period, seq=package.seq), 0, entry, package, tuple(differences(store, package)))


def set_aside(store: Store, path: Path) -> Path:
    """Out of the inbox, kept in `refused/` under a name not taken yet."""
    folder, number = store.folder / REFUSED, 1
    target = folder / path.name
    if path.parent != store.folder / INBOX:
        raise SubmissionError(_("“{name}”不在收件箱里").format(name=path.name), _("没有移动文件。"), _("请重新检查收件箱。"))
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    try:
        folder.mkdir(exist_ok=True)
        shutil.move(path, target)
    except OSError as fault:
        raise SubmissionError(_("文件移动不了：{strerror}").format(strerror=fault.strerror or fault), _("文件还在收件箱里。"), _("请检查磁盘空间和权限后再试。")) from fault
    with store.transaction():
        store.mark("inbox", path.name, who=store.setting("officer") or "", verb="set-aside", title=_("移出收件箱：{name}").format(name=path.name), facts={"file": target.name})
    return target


def _again(store: Store, entry: InboxEntry) -> Reception:
    earlier = received.package(store.connection, entry.sha256)
    receipt = store.folder / "receipts" / earlier.receipt if earlier and earlier.receipt else None
    told = (_("这个报送包已经收到过（{state}），可以再发一次原来的回执") if receipt else _("这个报送包已经收到过（{state}）")).format(state=earlier.state_title)
    return Reception("duplicate", told, EXIT_CODES["duplicate"], entry, earlier, receipt=receipt)


def place(store: Store, package: ReceivedPackage) -> Path:
    """Where the bytes of a package lie in its present state."""
    return store.folder / package.state / package.street / package.file


def settle(store: Store) -> None:
    """Every package's file to the folder of its state: after an answer, and on opening, should the power have failed in between."""
    for package in received.packages(store.connection):
        target = place(store, package)
        if target.exists():
            continue
        found = next((path for state in received.STATES if (path := store.folder / state / package.street / package.file).exists()), None)
        if found is not None:
            _move(found, target)


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)
    except OSError as fault:
        raise SubmissionError(_("报送包文件 {name} 移动不了：{strerror}").format(name=source.name, strerror=fault.strerror or fault), _("答复已经登记，文件下次打开时再移动。"),
                              _("请检查磁盘空间和权限。")) from fault


def find(store: Store, which: str) -> ReceivedPackage:
    """A package by digest, its beginning, package id or file name."""
    name = Path(which).name
    found = [each for each in received.packages(store.connection)
             if which in (each.sha256, each.package_id) or name == each.file or len(which) >= 8 and each.sha256.startswith(which.lower())]
    if len(found) != 1:
        raise SubmissionError(_("没有找到报送包“{which}”").format(which=which) if not found else _("“{which}”不止一个报送包").format(which=which), "", _("请用 district inbox、district receive 列出的编号或文件名。"))
    return found[0]


# differences ----------------------------------------------------------------------------------------------------


def preview(store: Store, path: Path, passphrase: Callable[[bool], str] | None) -> tuple[InboxEntry, tuple[Difference, ...]]:
    """A file judged and, where it is sound, held against what came before; nothing is taken in."""
    with _opened(store, path, passphrase) as (inner, digest, size, problem):
        entry = problem or _judged(store, path, inner, digest, size)
        return entry, tuple(_against_last(store, entry.street, entry.seq, inner)) if entry.receivable else ()


def differences(store: Store, package: ReceivedPackage) -> list[Difference]:
    """Figures and row counts against the street's last accepted package before this one; nothing where there is none."""
    return _against_last(store, package.street, package.seq, place(store, package))


def _against_last(store: Store, street: str, seq: int, path: Path) -> list[Difference]:
    before = max((each for each in received.packages(store.connection, street=street, state=ACCEPTED) if each.seq < seq),
                 key=lambda each: each.seq, default=None)
    if before is None:
        return []
    old, new = (contents.opened(each) for each in (place(store, before), path))
    titles = {ledger.id: ledger.title for ledger in store.library.ledgers.values()}
    rows = _compared("rows", old.rows, new.rows, titles, before.seq)
    named = {figure.id: figure.title for figure in (*old.figures.values(), *new.figures.values())}
    return rows + _compared("figure", {n: (f.numerator, f.denominator) for n, f in old.figures.items()},
                            {n: (f.numerator, f.denominator) for n, f in new.figures.items()}, named, before.seq)


def _compared(kind: str, old: Mapping[str, Any], new: Mapping[str, Any], titles: Mapping[str, str], seq: int) -> list[Difference]:
    found = []
    for name in sorted(set(old) | set(new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        title = titles.get(name, name)
        found.append(Difference(kind, name, title, before, after, _("{title}：第{seq}号 {before}，现在 {now}").format(
            title=title, seq=seq, before=_said(before), now=_said(after))))
    return found


def _said(numbers: tuple[int, int | None] | None) -> str:
    if numbers is None:
        return _("没有")
    return str(numbers[0]) if numbers[1] is None else f"{numbers[0]}/{numbers[1]}"
