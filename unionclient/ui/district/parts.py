"""What the district's pages share: words for periods, verdicts and states, how a job is run, which dropped files are taken."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import View, combo
from unionclient.ui.views.passphrase import Passphrase
from unionclient.ui.views.table import Cell
from unionclient.definition.words import _
from unionclient.ui.work import Cancelled

PACKAGE_ENDINGS = (".asice", ".p7m", ".zip")
_KINDS = {"Y": _("全年"), "H1": _("上半年"), "H2": _("下半年"), **{f"Q{n}": _("第{n}季度").format(n=n) for n in range(1, 5)},
          **{f"M{n:02}": _("{n}月").format(n=n) for n in range(1, 13)}}
_SORTS = {"full": _("报送"), "delta": _("补充"), "amendment": _("更正")}
_VERDICTS = {
    "valid": (_("可以收下"), "good", None), "encrypted": (_("已加密"), "hint", Level.HINT), "duplicate": (_("已收到过"), "hint", Level.HINT),
    "replay": (_("顺序不对"), "warn", Level.EXPLAIN), "untrusted": (_("签名人不明"), "warn", Level.EXPLAIN),
    "invalid": (_("无效"), "block", Level.BLOCK), "unsafe": (_("不安全"), "block", Level.BLOCK)}
_STATES = {"received": "warn", "accepted": "good", "returned": "block"}
_LEVELS = {"ok": (_("通过"), "good", None), "warn": (_("注意"), "warn", Level.EXPLAIN), "fail": (_("不通过"), "block", Level.BLOCK)}


class Tidings(View):
    """A page of the district's window: its deeds are told to all the other pages."""

    def run(self, words: str, job: Any, then: Any, *, in_steps: bool = False) -> None:
        """A job beside the window; a fault is shown. `in_steps`: what was done before a fault or a cancel stands, and is shown."""
        self.desk.jobs.run(words, job, then, failed=self._stopped if in_steps else None, parent=self)

    def _stopped(self, error: UnionClientError) -> None:
        if isinstance(error, Cancelled):
            self.desk.say(_("已停下；停下以前做完的都在。"))
        else:
            ask.fault(self, error)
        self.desk.changed.emit(None)

    def did(self, sentence: str) -> None:
        """A deed is done: say so, and let every page show it."""
        self.desk.say(sentence)
        self.desk.changed.emit(None)

    def ask_words(self, title: str, told: str, ok: str, then: Any, *, new: bool = False) -> None:
        """The district's passphrase, handed to `then`."""
        Passphrase(new, then, self, title=title, told=told, ok=ok).open()


def said(words: str) -> Any:
    """A passphrase as the district's verbs ask for it."""
    return partial(_said, words)


def _said(words: str, _new: bool) -> str:
    return words


def period_words(code: str) -> str:
    """2017Q3 → 2017年第3季度."""
    return _("{year}{period}").format(year=_("{y}年").format(y=code[:4]), period=_KINDS.get(code[4:], code[4:]))


def kind_words(kind: str) -> str:
    return _SORTS.get(kind, kind)


def verdict_cell(verdict: str) -> Cell:
    """Sign and words; the colour repeats them."""
    words, tone, mark = _VERDICTS.get(verdict, (verdict, "block", Level.BLOCK))
    return Cell(words, mark=mark, tone=tone, icon="" if mark else "check")


def state_cell(package: Any) -> Cell:
    return Cell(package.state_title, tone=_STATES[package.state], dot=True)


def level_cell(level: str) -> Cell:
    words, tone, mark = _LEVELS[level]
    return Cell(words, mark=mark, tone=tone, icon="" if mark else "check")


def fraction(numerator: int, denominator: int | None) -> str:
    return f"{numerator:,}" if denominator is None else f"{numerator:,}/{denominator:,}"


def value_words(value: Any, kind: str) -> str:
    """A value as shown: a rate with its sign."""
    return "—" if value is None else f"{value}%" if kind != "C" else f"{value:,}"


class PeriodChoice:
    """A drop-down of the periods that were handed in, newest first; keeps what was chosen while the list changes."""

    def __init__(self, desk: Desk, parent: QWidget, picked: Any) -> None:
        self.box = combo(_("统计期"), parent)
        self.box.setMinimumWidth(150)
        self._config = desk.config
        self._picked = picked
        self.box.activated.connect(self._chosen)

    @property
    def code(self) -> str:
        """The period's code; that of the last time before the list is there, "" where there is none."""
        return self.box.currentData() or (str(self._config.get("district.period", "")) if self.box.count() == 0 else "")

    def put(self, periods: Sequence[str], chosen: str) -> None:
        self.box.clear()
        for code in periods:
            self.box.addItem(period_words(code), code)
        self.box.setCurrentIndex(max(self.box.findData(chosen), 0) if periods else -1)
        self.box.setEnabled(bool(periods))

    def _chosen(self) -> None:
        self._config.put("district.period", self.code)
        self._picked()


def chosen_period(wanted: str, periods: Sequence[str]) -> str:
    """The wanted period if it was handed in, else the newest, else ""."""
    return wanted if wanted in periods else next(iter(periods), "")


def package_files(paths: Iterable[Path]) -> list[Path]:
    """Files as they are; of folders the packages in them, however deep."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in PACKAGE_ENDINGS)
        else:
            found.append(path)
    return found


def show_file(file: Path) -> None:
    """Open a file, or a folder, in the program the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
