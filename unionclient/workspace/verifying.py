"""The verb `verify`: what a package file is worth to this folder, or to nobody in particular.

A folder with the district's trust file believes it; a street that has none yet knows its own certificate. Limits: the
sequence is judged only against packages that are named; the district's own book is asked by its receiving.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _
from unionclient.workspace import enveloping

if TYPE_CHECKING:
    from unionclient.submission.sequence import Received
    from unionclient.submission.trust import Trust
    from unionclient.submission.verify import Verdict

TRUST_FILE, KEY_FILE = "trust.uct", "signing-key.json"


def verify_package(path: Path, *, folder: Path | None = None, trust_file: Path | None = None, after: Iterable[Path] = (),
                   at: datetime | None = None, key: Path | None = None, passphrase: Callable[[], str] | None = None) -> "Verdict":
    """The verdict on a package, reached in a process of its own.

    `folder` is a data folder, whose trust file or own certificate counts where `trust_file` is not given; `after` are
    packages of the same street that were accepted before; `at` the moment of judgement (aware). An encrypted package is
    opened with the key file `key`, the folder's own unless said, and judged by what is inside. Raises SubmissionError
    where the trust file, an earlier package or the key cannot be taken.
    """
    from unionclient.submission.worker import verify_file

    trust = trust_of(folder, trust_file)
    known = earlier(after, trust, at) if (after := tuple(after)) else None
    trusted = None if trust else _own(folder)
    if not enveloping.is_encrypted(path):
        return verify_file(path, trust=trust, trusted=trusted, known=known, at=at)
    try:
        with enveloping.opened(path, key or (folder and folder / enveloping.KEY_FILE), passphrase) as inner:
            verdict = verify_file(inner, trust=trust, trusted=trusted, known=known, at=at)
    except enveloping.Tampered as fault:
        from unionclient.submission.checks import INVALID
        from unionclient.submission.verify import CheckResult, Verdict

        return Verdict(INVALID, (CheckResult("encryption", False, fault.what),))
    from unionclient.submission.verify import CheckResult

    return replace(verdict, checks=(CheckResult("encryption", True), *verdict.checks))


def verify_single(path: Path, kind: str, *, folder: Path | None = None, trust_file: Path | None = None, at: datetime | None = None) -> "Verdict":
    """The verdict on one signed workbook (`kind` "xlsx") or PDF ("pdf") that was taken out of its package; as `verify_package`."""
    from unionclient.submission.worker import verify_single as judged

    trust = trust_of(folder, trust_file)
    return judged(path, kind, trust=trust, trusted=None if trust else _own(folder), at=at)


def trust_of(folder: Path | None, trust_file: Path | None = None) -> "Trust | None":
    """The trust file that counts, read; None where there is none."""
    from unionclient.submission.trust import read

    path = trust_file or (folder / TRUST_FILE if folder is not None else None)
    if path is None or (trust_file is None and not path.is_file()):
        return None
    try:
        return read(path.read_bytes())
    except OSError as fault:
        raise SubmissionError(_("信任文件打不开：{strerror}").format(strerror=fault.strerror or _("未知原因")), _("没有核验。"), _("请检查文件名和 U 盘。")) from fault


def earlier(paths: Iterable[Path], trust: "Trust | None", at: datetime | None) -> "list[Received]":
    """Packages that were accepted before, as the sequence needs them. Raises SubmissionError where one is not sound."""
    from unionclient.submission.sequence import Received
    from unionclient.submission.worker import verify_file

    found = []
    for path in paths:
        verdict = verify_file(path, trust=trust, at=at)
        if not verdict.sound or verdict.manifest is None:
            raise SubmissionError(_("以前的报送包 {name} 本身没有通过核验：{message}").format(name=Path(path).name, message=verdict.message), _("没有核验。"), _("请换成已接收的那一份。"))
        found.append(Received(verdict.manifest.seq, verdict.sha256, verdict.manifest.package_id))
    return found


def inspect_file(path: Path) -> dict[str, Any]:
    """What a file is and says of itself, believed or not; read in a process of its own."""
    from unionclient.submission.worker import look_at

    return look_at(path)


def _own(folder: Path | None) -> list[bytes] | None:
    """The certificate of this folder's own key: a street knows its own packages."""
    from unionclient.submission.keys import read_certificate

    key = folder / KEY_FILE if folder is not None else None
    return [read_certificate(key)] if key is not None and key.is_file() else None
