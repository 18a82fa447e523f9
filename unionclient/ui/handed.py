"""Where a file belongs that was dropped on the window or brought by a second start: its preview, never its import.

Limits: told by its name alone; the page that opens it looks inside. A folder is not taken here.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData

from unionclient.ui import ask
from unionclient.definition.words import _

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".et", ".csv", ".txt")
PACKAGES = (".asice", ".p7m", ".zip")
KEYS = (".cer", ".crt", ".pem", ".uct", ".p12", ".pfx")
_KNOWN = (*WORKBOOKS, *PACKAGES, *KEYS)


def local_files(mime: QMimeData) -> list[Path]:
    """The files of this computer that are being dropped."""
    return [path for path in (Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()) if path.is_file()]


def take(window: Any, files: Sequence[Path]) -> None:
    """Open the preview of `files` in a window (a `Shell`); one at a time, but packages for the district all together."""
    known = [file for file in files if file.suffix.lower() in _KNOWN]
    if not known:
        ask.tell(window, _("打不开这个文件"), _("程序不认得这种文件：{f}").format(f=_("、").join(file.name for file in files[:3])),
                 _("可以打开电子表格（xlsx、xls、et、ods、csv）、报送包和回执（asice、p7m）、证书和信任文件（cer、p12、uct）。"))
    elif "inbox" in window.specs:
        _take_district(window, known)
    elif len(known) > 1:
        ask.tell(window, _("一次打开一个文件"), _("一起交来了 {n} 个文件，程序一次只看一个。").format(n=len(known)),
                 _("各单位交回的许多填报表，请放在一个文件夹里，到“单位填报”页一起收回。"))
    else:
        _take_street(window, known[0])


def _take_street(window: Any, file: Path) -> None:
    ending, open_page = file.suffix.lower(), window.desk.open
    if ending in WORKBOOKS:
        ledger = {"ledger": window.current} if window.current in window.ws.library.ledgers else {}
        open_page("import", file=str(file), **ledger)
    elif ending in KEYS:
        open_page("keys", file=str(file))
    elif file.name.startswith("DOWN-"):
        from unionclient.ui.bundle_dialog import offer_bundle

        offer_bundle(window.desk, file, window)
    elif file.name.startswith("RCPT-"):
        ask.confirm(window, _("导入回执"), _("导入区总工会的回执 {f} 吗？").format(f=file.name), _Receipt(window, file).take_in, yes=_("导入回执"))
    else:
        open_page("submit", package=str(file))


class _Receipt:
    """The deed of a question: takes one receipt in."""

    def __init__(self, window: Any, file: Path) -> None:
        self._window, self._file = window, file

    def take_in(self) -> None:
        self._window.desk.open("submit", receipt=str(self._file))


def _take_district(window: Any, files: list[Path]) -> None:
    packages = [file for file in files if file.suffix.lower() in PACKAGES]
    if packages:
        window.show_page("inbox")
        window.pages["inbox"].bring(packages)
    else:
        ask.tell(window, _("打不开这个文件"), _("区里的窗口只收报送包：{f}").format(f=files[0].name), _("证书申请请在“街道与证书”页打开。"))
