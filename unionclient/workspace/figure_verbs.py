"""The verbs of figures, settings and proposed rows, as `Workspace` offers them to window and command line."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import read_period
from unionclient.assessment.splits import Part, Point
from unionclient.definition.words import _
from unionclient.store.database import Changes, Store
from unionclient.workspace import choosing, counting, datatables, proposing, working
from unionclient.workspace.choosing import Choice
from unionclient.workspace.naming import Names
from unionclient.workspace.working import WorkPage


class FigureVerbs:
    """Part of `Workspace`; reads through its store."""

    _store: Store
    _names: Names

    def figures(self, period: str, *, only: Collection[str] | None = None) -> tuple[Figure, ...]:
        """All figures for a period code such as 2017Q3, or those of `only`."""
        return counting.all_figures(self._store, period, only=only)

    def figure_records(self, figure: str, period: str, side: str, *, cumulative: bool = False) -> tuple[str, list[str]]:
        """(ledger, record ids) that count ("of"), could count ("per") or do not ("missing")."""
        return counting.figure_records(self._store, figure, period, side, cumulative=cumulative)

    def figure_parts(self, period: str, *, only: Collection[str] | None = None) -> dict[str, tuple[Part, ...]]:
        """Figure id → its parts by community; figures that know no community are left out."""
        return counting.figure_parts(self._store, period, only=only)

    def figure_course(self, year: int, kind: str = "month", *, only: Collection[str] | None = None,
                      progress: Any = None) -> dict[str, tuple[Point, ...]]:
        """Figure id → its course through a year, by "month" or "quarter"; time to come is empty."""
        return counting.figure_course(self._store, year, kind, only=only, progress=progress)

    @staticmethod
    def figures_by_group(figures: Sequence[Figure]) -> list[tuple[str, list[Figure]]]:
        """(heading, figures), in the order groups first appear."""
        return counting.by_group(figures)

    def worklist(self, figure: str, period: str) -> WorkPage:
        """Whom a figure lacks and why; its `ledger` is "" where nobody can be named."""
        return working.work_page(self._store, self._names, figure, period)

    def export_worklist(self, figure: str, period: str, path: Path) -> int:
        """The work list as a workbook; returns the number of rows."""
        return working.export(self.worklist(figure, period), Path(path))

    def print_worklist(self, figure: str, period: str, out: Path) -> Path:
        """The work list as a roster in PDF."""
        page = self.worklist(figure, period)
        return working.print_roster(self._store, page, read_period(period), Path(out))

    def print_year(self, period: str, out: Path) -> Path:
        """All figures of a period on one A4 page with bars and the readings chosen."""
        return working.print_year(self._store, counting.all_figures(self._store, period), read_period(period), Path(out))

    def choices_made(self) -> tuple[Choice, ...]:
        """Every setting of the definitions with what the street chose."""
        return choosing.choices(self._store)

    def choose(self, setting: str, value: str | None) -> Changes:
        """Chooses a reading; None goes back to the default. Logged; no record changes, only the figures.

        Raises `UnionClientError` where the value is none of the setting's.
        """
        self.set_setting(setting, choosing.checked(self._store, setting, value))
        return Changes(title=_("修改统计口径"))

    def proposals(self, ledger: str, year: int) -> list[dict[str, str]]:
        """The typed values of the rows proposed for `year` that the ledger does not hold yet; none without a proposal."""
        return proposing.proposals(self._store, ledger, year)

    def propose(self, ledger: str, year: int) -> Changes:
        """Takes the proposed rows into the ledger, one undo step; they are the officer's to edit from then on."""
        from unionclient.workspace.workspace import Edit  # which is built of these verbs

        edits = [Edit(None, values) for values in self.proposals(ledger, year)]
        return self.save(ledger, edits, title=_("写入建议")) if edits else Changes(title=_("写入建议"))

    def export_all(self, folder: Path) -> list[Path]:
        """Every ledger and the settings as CSV for programs, unmasked."""
        return datatables.export_all(self._store, Path(folder))
