"""Where each period's report stands, and its steps: the pure machine of `submission.lifecycle` over the store.

Every step is a row of `report_step` and a line of the change log. A review is void as soon as a ledger changes; this is read
from the log at once and written down with the next step.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.assessment.periods import read_period
from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.store import changelog
from unionclient.store.changelog import now_text
from unionclient.store.database import Store
from unionclient.submission import lifecycle
from unionclient.submission.lifecycle import State, Step

REPLACED = "amended"
"""State of a package that a later, accepted one amends."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was made. `state` is packed, sent, accepted, returned or amended (已更正); `receipt` the id of its receipt."""

    id: str
    seq: int
    period: str
    file: str
    folder: str
    carried: str
    sha256: str
    at: str
    who: str
    state: str
    kind: str
    amends: str | None
    reason: str
    masked: bool
    receipt: str | None

    @property
    def state_title(self) -> str:
        return State.REVISED.title if self.state == REPLACED else State(self.state).title


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of a period's report, as kept."""

    period: str
    step: Step
    state: State
    submission: str | None
    at: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """A period's report now: `package` is the newest that stands, `changed` how often ledgers changed since the review."""

    period: str
    label: str
    state: State
    package: Package | None
    at: str
    changed: int
    correcting: str

    @property
    def amending(self) -> bool:
        """True if the next package amends the one that stands."""
        return self.package is not None and self.state in (State.DRAFT, State.REVIEWED, State.RETURNED)

    @property
    def todo(self) -> str:
        if self.changed:
            return _("审核之后台账又改了{changed}次，请重新审核。").format(changed=self.changed)
        return lifecycle.todo(self.state)

    def may(self, step: Step) -> bool:
        return lifecycle.may(self.state, step)


def report(store: Store, period: str) -> Report:
    """The report of a period code; a period without any step is a draft."""
    made = read_period(period)
    kept, at, head, correcting = _kept(store, made.code)
    changed = _changes_since(store, head) if kept is State.REVIEWED else 0
    return Report(made.code, made.label, State.DRAFT if changed else kept, newest(store, made.code), at, changed, correcting)


def reports(store: Store) -> list[Report]:
    """Every period that anything was done for, the latest first."""
    rows = store.connection.execute("SELECT period FROM report_step UNION SELECT period FROM submission")
    periods = sorted((read_period(code) for code, in rows), key=lambda p: (p.ends, p.begins), reverse=True)
    return [report(store, period.code) for period in periods]


def steps(store: Store, period: str) -> list[StepTaken]:
    """The steps of a period, oldest first."""
    rows = store.connection.execute(
        "SELECT period, step, state, submission, at, who, reason FROM report_step WHERE period = ? ORDER BY seq", (period,))
    return [StepTaken(p, Step(step), State(state), submission, at, who, reason) for p, step, state, submission, at, who, reason in rows]


def packages(store: Store, period: str | None = None) -> list[Package]:
    """The packages that stand, newest first; of one period or of all."""
    rows = store.connection.execute(
        "SELECT s.id, s.seq, s.period, s.file, coalesce(f.folder, ''), coalesce(f.carried, s.file), s.sha256, s.at, s.who, s.state, "
        "coalesce(f.kind, 'full'), f.amends, coalesce(f.reason, ''), coalesce(f.masked, 1), "
        "(SELECT r.id FROM receipt_in r WHERE r.submission = s.id ORDER BY r.verdict = 'duplicate', r.at DESC LIMIT 1) "
        "FROM submission s LEFT JOIN submission_fact f ON f.submission = s.id WHERE ? IS NULL OR s.period = ? ORDER BY s.seq DESC",
        (period, period))
    return [Package(*row[:13], bool(row[13]), row[14]) for row in rows]


def newest(store: Store, period: str) -> Package | None:
    return next(iter(packages(store, period)), None)


def number_and_predecessor(store: Store) -> tuple[int, str | None]:
    """The number the next package bears and the digest it names: that of the package before, whatever became of it.

    Where a receipt knows of more packages than this store (it was restored from a backup), the district's word counts.
    """
    last = store.connection.execute("SELECT seq, sha256 FROM submission ORDER BY seq DESC LIMIT 1").fetchone()
    told = store.connection.execute("SELECT next_seq, head_sha256 FROM receipt_in ORDER BY next_seq DESC, at DESC LIMIT 1").fetchone()
    if last is not None and (told is None or told[0] <= last[0] + 1):
        return last[0] + 1, last[1]
    return (told[0], told[1]) if told else (1, None)


def take(store: Store, officer: str, period: str, step: Step, *, submission: str | None = None, reason: str = "",
         facts: Mapping[str, Any] | None = None) -> State:
    """Inside the caller's transaction: one step onward, kept and logged. Raises `lifecycle.WrongStep`."""
    now = report(store, period)
    if now.changed:
        _keep(store, officer, now.period, Step.CHANGE, State.DRAFT, None, _("台账改了{changed}次").format(changed=now.changed), {})
    package = next((p for p in packages(store, now.period) if p.id == submission), None)
    state = lifecycle.after(now.state, step, amending=package is not None and package.amends is not None)
    _keep(store, officer, now.period, step, state, submission, reason, facts or {})
    return state


def refuse(now: Report, *wanted: Step) -> None:
    """Raises `lifecycle.WrongStep` unless one of the steps may be taken; for what must be known before long work."""
    if not any(now.may(step) for step in wanted):
        raise lifecycle.WrongStep(now.state, wanted[0])


def withdraw(store: Store, officer: str, period: str) -> Package:
    """Takes back a package that was never handed over: its number is free again. The file is set aside, named in the log."""
    now = report(store, period)
    refuse(now, Step.WITHDRAW)
    package = now.package
    if package.seq != number_and_predecessor(store)[0] - 1:
        raise SubmissionError(_("第{seq}号之后又打了新的报送包，不能撤回。").format(seq=package.seq), _("没有改动任何内容。"), _("请照常送出，再用更正报送改正。"))
    with store.transaction():
        take(store, officer, now.period, Step.WITHDRAW, submission=package.id, facts={"seq": package.seq, "sha256": package.sha256})
        drop(store, package.id)
    _set_aside(package)
    return package


def _set_aside(package: Package) -> None:
    """The file of a package taken back must not be handed over by mistake; one that is gone or on a stick stays as it is."""
    for name in {package.file, package.carried}:
        path = Path(package.folder) / name
        with suppress(OSError):
            path.rename(path.with_name(f"{path.name}.withdrawn-{package.sha256[:8]}"))


def send(store: Store, officer: str, period: str) -> Report:
    """The officer says the package was handed to the district."""
    now = report(store, period)
    with store.transaction():
        take(store, officer, now.period, Step.SEND, submission=now.package.id if now.package else None)
        put_state(store, now.package.id, State.SENT)
    return report(store, period)


def reopen(store: Store, officer: str, period: str, reason: str) -> Report:
    """An accepted report is to be corrected. Raises `ExplanationError` when the reason says nothing."""
    from unionclient.validation.explanations import checked_text

    told = checked_text(reason)
    with store.transaction():
        take(store, officer, period, Step.REOPEN, reason=told)
    return report(store, period)


def put_state(store: Store, package: str, state: str) -> None:
    """Inside the caller's transaction."""
    store.connection.execute("UPDATE submission SET state = ? WHERE id = ?", (str(state), package))


def drop(store: Store, package: str) -> None:
    """Inside the caller's transaction: a package whose number is free again. Its steps and the log keep what it was."""
    for table, column in (("submission_figure", "submission"), ("submission_fact", "submission"), ("submission", "id")):
        store.connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (package,))


def _kept(store: Store, period: str) -> tuple[State, str, int, str]:
    """(state, when, log number then, why it is being corrected) as kept; packages of older stores have no steps."""
    rows: Sequence[Any] = store.connection.execute(
        "SELECT step, state, at, head, reason FROM report_step WHERE period = ? ORDER BY seq DESC", (period,)).fetchall()
    if not rows:
        package = newest(store, period)
        return (State(package.state), package.at, 0, "") if package else (State.DRAFT, "", 0, "")
    correcting = ""
    for step, _, _, _, reason in rows:
        if step == Step.REOPEN:
            correcting = reason
        if step in (Step.REOPEN, Step.ACCEPT, Step.RETURN):
            break
    return State(rows[0][1]), rows[0][2], rows[0][3], correcting


def _changes_since(store: Store, head: int) -> int:
    return store.connection.execute("SELECT count(DISTINCT txn) FROM change WHERE seq > ? AND op <> 'mark'", (head,)).fetchone()[0]


def _keep(store: Store, officer: str, period: str, step: Step, state: State, submission: str | None, reason: str,
          facts: Mapping[str, Any]) -> None:
    store.connection.execute(
        "INSERT INTO report_step (period, step, state, submission, at, who, reason, head) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (period, step.value, state.value, submission, now_text(), officer, reason, changelog.head(store.connection)[0]))
    store.mark("report", period, who=officer, verb=step.value, title=_("{label}：{step}").format(label=read_period(period).label, step=step.title), reason=reason,
               facts={"state": state.value, "package": submission, **facts})
