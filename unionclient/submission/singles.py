"""The verdict on one signed workbook or PDF taken out of its package: it still proves itself.

The same checks as inside a package, but for those that need its neighbours. Signatures of other programs are judged too
(Office, LibreOffice); they must hold and their bearers be known all the same. Limits: the tables a file was made from are
not at hand. In the program itself this runs in the checking process (`worker.verify_single`).
"""

import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from unionclient.definition.words import _, marked
from unionclient.submission import certificate as certificates
from unionclient.submission.certificate import SignerFacts
from unionclient.submission.checks import CHECKS, UNTRUSTED
from unionclient.submission.container import MOST_BYTES
from unionclient.submission.signing import Signed
from unionclient.submission.verify import Report, Verdict, judge_bearer

if TYPE_CHECKING:
    from unionclient.submission.trust import Trust

WORKBOOK, PDF = "xlsx", "pdf"
_BEGINS = {WORKBOOK: (b"PK\3\4", marked("这不是工作簿（.xlsx）")), PDF: (b"%PDF-", marked("这不是 PDF"))}


class NoSuchFile(ValueError):
    """The file cannot be opened or is of another kind."""

    check = "file"


def verify_single(path: Path | str, kind: str, *, trust: "Trust | None" = None, trusted: Iterable[bytes] | None = None,
                  at: datetime | None = None) -> Verdict:
    """Judge the file `path` of `kind` WORKBOOK or PDF. Never raises for what it holds; `trust`, `trusted`, `at` as in `verify`."""
    report, moment = Report(), at or datetime.now(UTC)
    pinned = None if trusted is None else certificates.fingerprints(trusted)
    bearers: list[SignerFacts] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        content = report.attempt("file", lambda: _content(path, kind))
        if content is not None:
            report.passed("file")
            for signed in (_workbook if kind == WORKBOOK else _pdf)(report, content) or ():
                bearer = judge_bearer(report, signed, trust, pinned, moment)
                bearers += [bearer] if bearer else []
    anchored = trust is not None or pinned is not None
    stranger = not bearers or any(CHECKS[check.id].failure == UNTRUSTED for check in report.checks if not check.ok)
    return Verdict(UNTRUSTED if report.sound and not anchored else report.result, tuple(report.checks), None,
                   bearers[0] if bearers else None, anchored and not stranger)


def _content(path: Path | str, kind: str) -> bytes:
    begins, otherwise = _BEGINS[kind]
    try:
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise NoSuchFile(_("文件打不开：{reason}").format(reason=fault.strerror or _("未知原因"))) from None
    if not content.startswith(begins):
        raise NoSuchFile(_(otherwise))
    if len(content) > MOST_BYTES:
        raise NoSuchFile(_("文件超过 {count} 兆字节").format(count=MOST_BYTES >> 20))
    return content


def _workbook(report: Report, content: bytes) -> list[Signed] | None:
    """Signature first; what a workbook holds is looked at once it is known to be whole."""
    from unionclient.submission.opcverify import check_signatures
    from unionclient.submission.workbooks import refuse_acting

    found = report.attempt("workbook-signature", lambda: check_signatures(content))
    if found is None:
        return None
    report.passed("algorithms", "workbook-signature")
    before = len(report.checks)
    _inert(report, "workbook-content", lambda: refuse_acting(content))
    if not all(facts.own for facts in found) and not report.checks[before].ok:
        # Charts and links are no fault of a workbook that Excel signed; a package would not take it.
        report.checks[before] = replace(report.checks[before], ok=True, warn=True)
    return [Signed(facts.certificate, facts.signed_at, facts.others) for facts in found]


def _pdf(report: Report, content: bytes) -> list[Signed] | None:
    from unionclient.submission.pades import check_pdf, refuse_active

    facts = report.attempt("pdf-signature", lambda: check_pdf(content, moment=None))
    if facts is None:
        return None
    report.passed("algorithms", "pdf-signature")
    _inert(report, "pdf-content", lambda: refuse_active(content))
    return [Signed(facts.certificate, facts.signed_at, facts.others)]


def _inert(report: Report, check: str, work: Callable[[], None]) -> None:
    before = len(report.checks)
    report.attempt(check, work)
    if len(report.checks) == before:
        report.passed(check)
