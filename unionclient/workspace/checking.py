"""The verb `check`: row rules and cross-ledger checks in one pass, kept as a run; explanations to its findings."""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.assessment.periods import Period, read_period
from unionclient.definition.issue import Issue, Level
from unionclient.definition.ledger import Ledger
from unionclient.definition.memory import uncollected
from unionclient.definition.words import _
from unionclient.store import changelog, records
from unionclient.store.changelog import now_text, uuid7
from unionclient.store.database import Store
from unionclient.store.reading import mentioned
from unionclient.validation.checks import run_check
from unionclient.validation.explanations import Explanation, checked_text, explanation_key, may_explain
from unionclient.validation.rules import judge_row
from unionclient.validation.sieve import doubts
from unionclient.workspace import keeping, receiving
from unionclient.workspace.naming import Names


_BREATH = 10_000       # rows between two looks at whether the officer cancelled


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue of a kept run: `label` names the record, `explained` its explanation if one holds."""

    key: str
    issue: Issue
    label: str
    explained: Explanation | None = None

    @property
    def open(self) -> bool:
        """Still asks something of the officer."""
        return self.issue.level != Level.HINT and self.explained is None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """One run over a ledger (or all: None). `changes_since` counts writes after it: > 0 means out of date."""

    at: str
    ledger: str | None
    definitions: str
    findings: tuple[Finding, ...]
    seconds: float
    changes_since: int = 0

    @property
    def stale(self) -> bool:
        return self.changes_since > 0

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.issue.level == Level.BLOCK)

    def counts(self) -> dict[str, int]:
        return {level.value: sum(f.issue.level == level for f in self.findings) for level in Level}


def today_row() -> dict[str, Any]:
    """The period that checks run under: this year up to today."""
    today = dt.date.today()
    first = dt.date(today.year, 1, 1).isoformat()
    return {"begins": first, "ends": today.isoformat(), "cutoff": today.isoformat(), "year": today.year,
            "year_begins": first, "today": today.isoformat()}


def _row(submitting: Period | None, today: dt.date) -> dict[str, Any]:
    """The period the cross-ledger checks read for: the package's own, though never a day that is still to come."""
    if submitting is None:
        return today_row()
    row = submitting.row(today)
    return {**row, "cutoff": min(row["cutoff"], today.isoformat())}


@uncollected()
def check(store: Store, names: Names, officer: str, ledger: str | None, progress: Any = None,
          submitting: Period | None = None) -> CheckReport:
    """Runs every rule and check, keeps the run and returns it. The run itself is logged, not undoable.

    `submitting` is the period a package is about to be made for: the records are judged as of its cutoff, so what ran out
    since is no fault of it.
    """
    started = time.perf_counter()
    head = changelog.head(store.connection)[0]
    found = list(all_issues(store, names, ledger, progress, submitting))
    seconds = time.perf_counter() - started
    run, at = uuid7(), now_text()
    with store.transaction():
        store.connection.execute("DELETE FROM finding")
        store.connection.execute("DELETE FROM check_run")
        store.connection.execute("DELETE FROM check_run_period")
        store.connection.execute("INSERT INTO check_run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                                 (run, at, officer, ledger, store.library.sha256, head + 1, len(found), seconds))
        if submitting is not None:
            store.connection.execute("INSERT INTO check_run_period VALUES (?, ?)", (run, submitting.code))
        store.connection.executemany(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(run, explanation_key(i), i.rule, i.level.value, i.ledger, i.record or "", ",".join(i.fields), i.message,
              i.value, i.mend, i.basis) for i in found])
        store.mark("check", run, who=officer, verb="check", title=_("检查"),
                   facts={"ledger": ledger, "findings": len(found), "definitions": store.library.sha256})
    return last_check(store, names)


def all_issues(store: Store, names: Names, only: str | None, progress: Any, submitting: Period | None) -> Iterator[Issue]:
    """Row rules, checks, and what packages and receipts say, over one ledger or all; nothing is kept."""
    library = store.library
    today = dt.date.today()
    ledgers = [l for l in library.ledgers.values() if only in (None, l.id)]
    checks = [c for c in library.checks.values() if only in (None, c.ledger)]
    total = len(ledgers) + len(checks)
    for done, ledger in enumerate(ledgers):
        for batch in records.batches(store.connection, ledger, "void = 0", _BREATH):
            if progress:  # a long ledger can be cancelled in its midst
                progress(_("检查{ledger}").format(ledger=ledger.title), done, total)
            yield from _row_issues(ledger, batch, today)
    reader = store.reading(_row(submitting, today), mentioned(library, [item.sql for item in checks]))
    for done, item in enumerate(checks):
        if progress:
            progress(_("检查{item}").format(item=item.title), len(ledgers) + done, total)
        yield from run_check(reader, item, library.ledgers[item.ledger])
    yield from (issue for issue in keeping.figure_issues(store, submitting, progress) if only in (None, issue.ledger))
    yield from (issue for issue in receiving.return_issues(store, names, submitting) if only in (None, issue.ledger))


def _row_issues(ledger: Ledger, batch: records.Batch, today: dt.date) -> Iterator[Issue]:
    """What the row rules find in some records, in their order."""
    found = doubts(ledger, batch.values(), batch.raws, today)
    if ledger.parent is not None:
        found = {**dict.fromkeys((place for place, parent in enumerate(batch.parents) if parent is None), set()), **found}
    for place in sorted(found):
        record = batch.record(place)
        yield from judge_row(ledger, record.values, record.raw, record=record.id, today=today,
                             orphan=ledger.lacks_parent(record.parent, record.values), only=found[place])


def last_check(store: Store, names: Names) -> CheckReport | None:
    """The kept run with its findings and what has been explained since; None if nothing was ever checked."""
    run = store.connection.execute("SELECT id, at, ledger, definitions, head, seconds FROM check_run").fetchone()
    if run is None:
        return None
    since = store.connection.execute(
        "SELECT count(DISTINCT txn) FROM change WHERE seq > ? AND op <> 'mark'", (run[4],)).fetchone()[0]
    explained = {row[0]: Explanation(*row) for row in store.connection.execute(
        "SELECT key, text, who, at FROM explanation WHERE at > ?", (_sent_before(store, run[0], run[1]),))}
    rows = store.connection.execute("SELECT key, rule, level, ledger, record, fields, message, value, mend, basis FROM finding "
                                    "WHERE run = ? ORDER BY rowid", (run[0],)).fetchall()
    for ledger in {row[3] for row in rows}:
        names.meet(ledger, (row[4] for row in rows if row[3] == ledger))
    findings = []
    for key, rule, level, ledger, record, fields, message, value, mend, basis in rows:
        issue = Issue(rule, Level(level), ledger, record or None, tuple(filter(None, fields.split(","))), message, value, mend, basis)
        findings.append(Finding(key, issue, names.label(ledger, record), explained.get(key)))
    findings.sort(key=lambda f: f.issue.level.rank)
    return CheckReport(run[1], run[2], run[3], tuple(findings), run[5], since)


def _sent_before(store: Store, run: str, at: str) -> str:
    """When the newest package of a period that ended earlier was made; "" where there is none.

    What was explained until then went with that package and speaks of its period: it is offered again, and holds when confirmed.
    """
    code = store.connection.execute("SELECT period FROM check_run_period WHERE run = ?", (run,)).fetchone()
    ends = read_period(code[0]).ends if code else dt.date.fromisoformat(at[:10])
    return max((sent for period, sent in store.connection.execute("SELECT period, max(at) FROM submission GROUP BY period")
                if read_period(period).ends < ends), default="")


def explain(store: Store, officer: str, findings: Sequence[Finding], text: str) -> int:
    """Keeps one explanation for several findings; returns for how many it may hold (those that do not block)."""
    told = checked_text(text)
    chosen = [f for f in findings if may_explain(f.issue)]
    with store.transaction():
        for finding in chosen:
            issue = finding.issue
            store.connection.execute(
                "INSERT OR REPLACE INTO explanation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (finding.key, issue.rule, issue.ledger, issue.record or "", ",".join(issue.fields), issue.value, told,
                 officer, now_text()))
            store.mark(issue.ledger, issue.record or "", who=officer, verb="explain", title=_("填写说明"),
                       facts={"rule": issue.rule, "text": told})
    return len(chosen)


def finding_facts(finding: Finding) -> dict[str, Any]:
    """A finding for `--json`."""
    issue = finding.issue
    return {"rule": issue.rule, "level": issue.level.value, "ledger": issue.ledger, "record": issue.record,
            "label": finding.label, "fields": list(issue.fields), "message": issue.message, "value": issue.value,
            "mend": issue.mend, "basis": issue.basis, "explained": finding.explained.text if finding.explained else None}

