"""Figures of signed packages, kept beside them, and the findings that follow from holding today's figures against them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from unionclient.assessment import figures, kept
from unionclient.assessment.figures import Figure
from unionclient.assessment.kept import FigureProblem, KeptFigure, KeptPackage
from unionclient.assessment.periods import Period, read_period
from unionclient.definition.issue import Issue
from unionclient.definition.words import _
from unionclient.store.database import Store
from unionclient.workspace import counting


def keep(store: Store, submission: str, figures: Sequence[Figure]) -> None:
    """Inside the caller's transaction: what a package was signed with."""
    store.connection.executemany(
        "INSERT INTO submission_figure VALUES (?, ?, ?, ?, ?, ?)",
        [(submission, f.id, f.numerator, f.denominator, f.year_to_date, f.reading) for f in figures])


def packages(store: Store) -> list[KeptPackage]:
    """The newest package of every period of the last year that has any, with the figures it was signed with."""
    rows = store.connection.execute(
        "SELECT s.id, s.seq, s.period, s.state = 'sent' FROM submission s WHERE s.seq = (SELECT max(n.seq) FROM submission n WHERE n.period = s.period) "
        "AND EXISTS (SELECT 1 FROM submission_figure f WHERE f.submission = s.id) ORDER BY s.seq").fetchall()
    last = max((read_period(period).year for _id, _seq, period, _waiting in rows), default=0)
    found = []
    for submission, seq, code, waiting in rows:
        period = read_period(code)
        if period.year == last:
            figures = store.connection.execute("SELECT id, numerator, denominator, year_to_date, reading FROM submission_figure "
                                               "WHERE submission = ?", (submission,))
            found.append(KeptPackage(seq, period, {row[0]: KeptFigure(*row) for row in figures}, bool(waiting)))
    return found


def _readings(store: Store) -> dict[str, str]:
    """Figure id → its reading in Chinese; empty where the definitions are not translated."""
    chinese = store.library.chinese
    if chinese is None:
        return {}
    chosen = {name: value for name in chinese.settings if (value := store.setting(name)) is not None}
    return {figure.id: figures.read_out(figure.reading, chosen, chinese.settings) for figure in chinese.indicators.values()}


def figure_issues(store: Store, submitting: Period | None = None, progress: Any = None) -> Iterator[Issue]:
    """X27, X39 and X40 as findings. With `submitting`, only what may stop that package.

    A package of the same or a later period is no bar then: it is about to be replaced, or will be in its turn; so a
    correction can always be reported, the earliest period first.
    """
    library = store.library
    periods = {submitting.code: submitting} if submitting else {(now := read_period(f"{dt.date.today().year}Y")).code: now}
    known = packages(store)
    if submitting:
        known = [p for p in known if kept.order(p.period) < kept.order(submitting)]
    problems: list[FigureProblem] = []
    readings = _readings(store)
    for code in periods:
        problems += kept.over_the_whole(counting.all_figures(store, code))
    for done, package in enumerate(known):
        if progress:
            progress(_("与{label}报送包核对").format(label=package.period.label), done, len(known))
        now = counting.all_figures(store, package.period.code)
        problems += kept.differs(package, now, readings)
        if package.period.code not in periods:
            problems += kept.over_the_whole(now)
    if known:
        problems += kept.falls(known, counting.all_figures(store, f"{known[-1].period.year}Y"))
    for problem in dict.fromkeys(problems):
        indicator = library.indicators[problem.figure]
        ledger = library.populations[indicator.of_population or indicator.population].ledger
        yield Issue(problem.rule, problem.level, ledger, None, (), problem.message, problem.value, problem.mend, _(kept.BASIS), problem.facts)
