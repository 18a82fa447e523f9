"""The verbs `review`, `submit` and `amend`: one snapshot of the ledgers → checked → one signed package, and its place in the chain.

A review stands when nothing must be mended or explained and every empty ledger is noted. A package that stands is never
written over: what changes afterwards goes into an amendment that names it and says why.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient import __version__
from unionclient.assessment.periods import read_period
from unionclient.definition.faults import SubmissionError
from unionclient.definition.issue import Level
from unionclient.definition.words import CHINESE, _, marked, speaking
from unionclient.store import changelog
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.store.tables import SCHEMA_VERSION
from unionclient.submission.lifecycle import State, Step, WrongStep
from unionclient.workspace import carrying, checking, counting, keeping, packing, reporting, zeronotes
from unionclient.workspace.checking import CheckReport, Finding
from unionclient.workspace.naming import Names

KEY_FILE, SECOND_KEY_FILE = "signing-key.json", "signing-key-sm2.json"
_KEPT = marked("台账没有改动，没有生成报送包。")


class Blocked(SubmissionError):
    """Findings that must be mended or explained stand; `findings` are these."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        block = sum(f.issue.level == Level.BLOCK for f in findings)
        told = (_("还有 {block} 个必须改正、{explain} 个需要说明的问题，不能报送。") if 0 < block < len(self.findings) else
                _("还有 {block} 个必须改正的问题，不能报送。") if block else _("还有 {explain} 个需要说明的问题，不能报送。"))
        super().__init__(told.format(block=block, explain=len(self.findings) - block), _(_KEPT), _("请逐条改正或说明后再报送。"))


@dataclass(frozen=True, slots=True)
class Submission:
    """A package that was made: where it is, its digest, its number; `carried` is the file to hand over (encrypted, or the same)."""

    path: Path
    sha256: str
    package_id: str
    seq: int
    period: str
    carried: Path
    amends: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How a package is to be made: `zero_note` for all empty ledgers without a note, `reason` of an amendment, `unmasked`
    numbers of persons by the officer's choice."""

    zero_note: str = ""
    reason: str = ""
    unmasked: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends (`street` with its Chinese title), and what the folder knows of the district: `trust` its trust file or None, `clock` why the clock is suspect or ""."""

    officer: str
    street: Any
    trust: Any = None
    clock: str = ""


def has_key(store: Store) -> bool:
    return (store.folder / KEY_FILE).is_file()


def review(store: Store, names: Names, officer: str, period_code: str, progress: Any = None, *, again: bool = True) -> CheckReport:
    """The whole check as of the period; kept as its review where nothing is left to be done. Raises `Blocked`, `NotesWanted`.

    `again`: a review that still holds is kept once more, as the officer's own act.
    """
    period = read_period(period_code)
    reporting.refuse(reporting.report(store, period.code), Step.REVIEW)
    report = checking.check(store, names, officer, None, progress, period)
    waiting = [f for f in report.findings if f.issue.level in (Level.BLOCK, Level.EXPLAIN) and f.explained is None]
    if waiting:
        raise Blocked(waiting)
    missing = zeronotes.missing(store, period.code)
    if missing:
        raise zeronotes.NotesWanted(missing)
    if again or reporting.report(store, period.code).state is not State.REVIEWED:
        with store.transaction():
            reporting.take(store, officer, period.code, Step.REVIEW,
                           facts={"explained": sum(f.explained is not None for f in report.findings),
                                  "open": sum(f.open for f in report.findings), "zero": len(zeronotes.zero_notes(store, period.code))})
    return report


def submit(store: Store, names: Names, sender: Sender, period_code: str, out: Path, passphrase: Callable[[bool], str],
           wish: Wish = Wish(), progress: Any = None) -> Submission:
    """Reviews, builds and signs. `passphrase(new)` is asked once; `new` when the key is made by it.

    Where a package of the period stands, the new one amends it and `wish.reason` says why. Raises `Blocked`, `NotesWanted`,
    `WrongStep`, SubmissionError.
    """
    say = progress or (lambda *_told: None)
    if wish.unmasked:
        carrying.refuse_open_numbers(sender.trust)
    period, amended = read_period(period_code), _amended(store, sender.officer, period_code, wish.reason)
    if wish.zero_note:
        zeronotes.note(store, sender.officer, period.code, None, wish.zero_note)
    say(_("检查"), 0, 4)
    report = review(store, names, sender.officer, period.code, progress, again=False)
    key, second = _keys(store, sender.street, passphrase)
    say(_("汇总数据和打印表格"), 1, 4)
    path = _place(store, sender.street.code, period.code, carrying.home_of_package(store.folder, out, open_numbers=wish.unmasked))
    count, head = changelog.head(store.connection)
    with speaking(CHINESE):         # whatever the window speaks, the district reads Chinese
        figures = counting.all_figures(store, period.code)
        tables = packing.tables_of(store, period.code, figures, report, mask=not wish.unmasked)
        members = packing.members_of(store, names, sender.officer, sender.street, period, tables, figures, number=path.stem,
                                     mask=not wish.unmasked)
    say(_("签名"), 2, 4)
    with speaking(CHINESE):
        package = _write(store, sender, period, path, (key, second), tables, members, (head, count), amended, wish)
    try:
        carried = carrying.for_district(package.path, sender.trust)
        with store.transaction():
            _keep(store, sender.officer, period.code, package, carried, head, amended, wish)
            keeping.keep(store, package.package_id, figures)
    except BaseException:
        for written in (package.path, carrying.encrypted_beside(package.path)):
            written.unlink(missing_ok=True)  # nothing was kept of it, so its number is free
        raise
    carried = carrying.copied(carried, out)
    say(_("完成"), 4, 4)
    return Submission(package.path, package.sha256, package.package_id, package.seq, period.code, carried, amended and amended.seq)


def _amended(store: Store, officer: str, period: str, reason: str) -> reporting.Package | None:
    """The package that the next one amends. An accepted report is opened again for it. Raises WrongStep, SubmissionError."""
    from unionclient.validation.explanations import checked_text

    now = reporting.report(store, period)
    if reason.strip() and now.may(Step.REOPEN):
        now = reporting.reopen(store, officer, period, reason)
    if now.state not in (State.DRAFT, State.REVIEWED, State.RETURNED):
        raise WrongStep(now.state, Step.PACK)
    if now.package is None:
        return None
    if not reason.strip():
        raise SubmissionError(_("{label}已有第{seq}号报送包，再报送就是更正，要写明原因。").format(
            label=now.label, seq=now.package.seq), _(_KEPT), _("请用更正，并写明更正原因。"))
    checked_text(reason)
    return now.package


def _keys(store: Store, street: Any, passphrase: Callable[[bool], str]) -> tuple[Any, Any]:
    """The signing key, and the key of the second signature where the street has one (else None), under the same passphrase."""
    from unionclient.submission.keys import load_key, make_key

    new, path = not has_key(store), store.folder / KEY_FILE
    words = passphrase(new)
    key = make_key(path, words, name=f"{street.title}总工会", street_code=street.code) if new else load_key(path, words)
    if not (store.folder / SECOND_KEY_FILE).is_file():
        return key, None
    from unionclient.submission import sm

    if not sm.available():
        raise sm.NoGmssl()
    return key, sm.load_key(store.folder / SECOND_KEY_FILE, words)


def _place(store: Store, street: str, period: str, out: Path) -> Path:
    """The package's file, under a name that none in the folder bears: what was sent is never written over."""
    from unionclient.submission.package import package_name

    path = out / package_name(street, period, reporting.number_and_predecessor(store)[0])
    if path.exists():
        raise SubmissionError(_("文件夹里已有同名的报送包 {name}").format(name=path.name), _("原有文件没有改动，没有生成报送包。"), _("已送出的报送包不能覆盖，请另选一个文件夹。"))
    return path


def _write(store: Store, sender: Sender, period: Any, path: Path, keys: tuple[Any, Any], tables: Sequence[Any], members: Sequence[Any],
           log: tuple[str, int], amended: reporting.Package | None, wish: Wish) -> Any:
    from unionclient.submission.manifest import Amends, ChangelogHead, Period, Program, Street
    from unionclient.submission.package import write_package
    from unionclient.validation.explanations import checked_text

    seq, previous = reporting.number_and_predecessor(store)
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_package(
        path, members, tables=tables, street=Street(sender.street.code, sender.street.title),
        period=Period(_period_type(period.code), period.begins, period.ends, period.code), seq=seq, prev_sha256=previous, key=keys[0], second=keys[1],
        program=Program("unionclient", __version__, SCHEMA_VERSION), changelog=ChangelogHead(*log),
        contains_personal_data=any(f.personal for l in store.library.ledgers.values() for f in l.live_fields),
        counts_by_topic={table.name: len(table.rows) for table in tables}, clock_suspect=bool(sender.clock),
        amends=Amends(amended.id, amended.sha256, checked_text(wish.reason)) if amended else None,
        crl_number_seen=sender.trust.crl_number if sender.trust else None)


def _keep(store: Store, officer: str, period: str, package: Any, carried: Path, head: str, amended: reporting.Package | None,
          wish: Wish) -> None:
    """Inside the caller's transaction: the package's place in the chain, and the step."""
    _number, previous = reporting.number_and_predecessor(store)
    store.connection.execute("INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                             (package.package_id, package.seq, period, package.path.name, package.sha256, previous, now_text(),
                              officer, head, State.PACKED.value))
    store.connection.execute("INSERT INTO submission_fact VALUES (?, ?, ?, ?, ?, ?, ?)",
                             (package.package_id, "amendment" if amended else "full", amended and amended.id, wish.reason.strip(),
                              int(not wish.unmasked), str(package.path.parent), carried.name))
    facts = {"seq": package.seq, "sha256": package.sha256, "masked": not wish.unmasked, "amends": amended and amended.sha256}
    reporting.take(store, officer, period, Step.PACK, submission=package.package_id, reason=wish.reason.strip(), facts=facts)
    if wish.unmasked:
        store.mark("submission", package.package_id, who=officer, verb="unmask", title=_("报送包中证件号码和电话不遮盖"), facts={"seq": package.seq})


def _period_type(code: str) -> str:
    return {"M": "month", "Q": "quarter", "H": "half", "Y": "year"}[code[4]]
