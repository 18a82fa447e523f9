"""The verbs of reporting, as `Workspace` offers them to window and command line: review, submit, amend, carry, receive."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from unionclient.assessment.periods import read_period
from unionclient.definition.faults import SubmissionError
from unionclient.definition.ledger import Code
from unionclient.definition.words import CHINESE, _, speaking
from unionclient.store.database import Store
from unionclient.workspace import backingup, carrying, receiving, reporting, submitting, verifying, zeronotes
from unionclient.workspace.checking import CheckReport
from unionclient.workspace.naming import Names
from unionclient.workspace.receiving import ReceiptRead, ReturnedItem
from unionclient.workspace.reporting import Package, Report, StepTaken
from unionclient.workspace.submitting import Sender, Submission, Wish
from unionclient.workspace.zeronotes import ZeroNote


class ReportVerbs:
    """Part of `Workspace`. A period is named by its code, such as 2017Q3."""

    _store: Store
    _names: Names
    folder: Path
    street: Code
    officer: str
    trust: Callable[[], Any]
    clock_suspect: Callable[[], str]

    # reading ------------------------------------------------------------------------------------------------

    def report(self, period: str) -> Report:
        """Where a period's report stands and what is to be done next."""
        return reporting.report(self._store, period)

    def reports(self) -> list[Report]:
        """Every period that anything was done for, the latest first."""
        return reporting.reports(self._store)

    def report_steps(self, period: str) -> list[StepTaken]:
        return reporting.steps(self._store, read_period(period).code)

    def packages(self, period: str | None = None) -> list[Package]:
        """The packages that stand, newest first; of one period or of all."""
        return reporting.packages(self._store, period and read_period(period).code)

    def zero_notes(self, period: str) -> list[ZeroNote]:
        """The empty ledgers and what was said of them for the period."""
        return zeronotes.zero_notes(self._store, period)

    def returned_items(self, period: str | None = None) -> list[ReturnedItem]:
        """What the district asks to be mended in packages it returned: the work list."""
        return receiving.returned_items(self._store, self._names, period and read_period(period).code)

    @property
    def has_signing_key(self) -> bool:
        """False until a key is made, or the first submission makes one."""
        return submitting.has_key(self._store)

    # before the package -------------------------------------------------------------------------------------

    def note_zero(self, period: str, text: str, ledgers: Sequence[str] | None = None) -> int:
        """Why these empty ledgers (None: all without a note) hold nothing in the period; returns for how many."""
        return zeronotes.note(self._store, self.officer, period, ledgers, text)

    def take_over_zero_notes(self, period: str) -> int:
        """What was said of an earlier period holds for this one too; returns for how many ledgers."""
        return zeronotes.take_over(self._store, self.officer, period)

    def review(self, period: str, progress: Any = None) -> CheckReport:
        """Draft → reviewed, if nothing is left to mend, explain or note. Raises `Blocked`, `NotesWanted`, `WrongStep`."""
        return submitting.review(self._store, self._names, self.officer, period, progress)

    def submit(self, period: str, out: Path, passphrase: Callable[[bool], str], progress: Any = None, *, zero_note: str = "",
               unmasked: bool = False) -> Submission:
        """Review and one signed package for a period that has none. Raises `Blocked`, `NotesWanted`, `WrongStep`."""
        return self._submit(period, out, passphrase, Wish(zero_note, "", unmasked), progress)

    def amend(self, period: str, out: Path, passphrase: Callable[[bool], str], reason: str, progress: Any = None, *, zero_note: str = "",
              unmasked: bool = False) -> Submission:
        """A package that corrects the one that stands (returned or accepted) and says why; the one sent stays as it is."""
        now = self.report(period)
        if now.package is None:
            raise SubmissionError(_("{label}还没有报送过，不用更正。").format(label=now.label), _("没有生成报送包。"), _("请直接报送。"))
        return self._submit(period, out, passphrase, Wish(zero_note, reason, unmasked), progress)

    def _submit(self, period: str, out: Path, passphrase: Callable[[bool], str], wish: Wish, progress: Any) -> Submission:
        with speaking(CHINESE):
            street = self.street
        sender = Sender(self.officer, street, self.trust(), self.clock_suspect())
        return submitting.submit(self._store, self._names, sender, period, Path(out), passphrase, wish, progress)

    def reopen(self, period: str, reason: str) -> Report:
        """An accepted report is to be corrected; a reason is asked."""
        return reporting.reopen(self._store, self.officer, period, reason)

    def export_unchecked(self, out: Path) -> Path:
        """Everything as it stands, unchecked and unsigned, into the folder `out`: a backup that no district takes."""
        return backingup.export_unchecked(self._store, self.officer, self.street, Path(out))

    # after it -----------------------------------------------------------------------------------------------

    def withdraw(self, period: str) -> Package:
        """Takes back a package that was never handed over."""
        return reporting.withdraw(self._store, self.officer, period)

    def carry(self, period: str, folder: Path) -> Path:
        """Copies the period's newest package into `folder` (a stick) and compares it byte by byte."""
        package = self.report(period).package
        if package is None:
            raise SubmissionError(_("这个统计期还没有报送包。"), _("没有拷贝。"), _("请先生成报送包。"))
        return carrying.carry(package, Path(folder))

    def send(self, period: str) -> Report:
        """The package was handed to the district: packed → waiting for the receipt."""
        return reporting.send(self._store, self.officer, period)

    def import_receipt(self, path: Path) -> ReceiptRead:
        """Takes in the district's answer, for whichever package it is."""
        return receiving.import_receipt(self._store, self.officer, Path(path), self.trust())

    def receipt_file(self, receipt: str, folder: Path) -> Path:
        """The printable part of a receipt that was taken in, as a file in `folder`."""
        return receiving.receipt_file(self._store, receipt, Path(folder))

    def verify(self, path: Path) -> Any:
        """The verdict on a package (`submission.verify.Verdict`), by this folder's trust file or own certificate."""
        return verifying.verify_package(Path(path), folder=self.folder)
