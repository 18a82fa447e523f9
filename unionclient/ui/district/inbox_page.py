"""The inbox: files that came, judged; packages that were taken in, answered with a signed receipt.

Files are judged again only when they, the trust file or the street's packages changed.
"""

from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.district.answer_dialog import Answer, AnswerDialog
from unionclient.ui.district.arrivals import Arrivals
from unionclient.ui.district.kept import Kept
from unionclient.ui.district.parts import Tidings, package_files, said, show_file
from unionclient.ui.district.remark_dialog import RemarkDialog
from unionclient.ui.tabs import Tabs
from unionclient.ui.views.frame import button
from unionclient.definition.words import _

FILES = (_("报送包") + " (*.asice *.p7m)", _("所有文件") + " (*)")
ARRIVED, TAKEN = 0, 1


@dataclass(frozen=True, slots=True)
class Judged:
    """A file of the inbox, what it was judged on, and the verdict."""

    stamp: tuple
    entry: Any


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: judged files, packages of the book, how often a street handed in."""

    files: dict[Path, Judged]
    packages: list[Any]
    can_answer: bool


@dataclass(slots=True)
class Taken:
    """What became of the files that should be taken in."""

    received: list[Any] = field(default_factory=list)
    left: list[Any] = field(default_factory=list)


class InboxPage(Tidings):
    """Drop files or folders anywhere on the page."""

    title = _("收件箱")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self._judged: dict[Path, Judged] = {}
        self._wanted: str | None = None      # digest of a package to choose when the list is there
        self._then: int | None = None
        self.setAcceptDrops(True)
        for made in (button(_("放入文件…"), self, self._ask_files), button(_("放入文件夹…"), self, self._ask_folder),
                     button(_("重新检查"), self, self._judge_anew)):
            self.head.addWidget(made)
        self.tabs = Tabs(self)
        self.arrivals = Arrivals(self, self.tabs)
        self.kept = Kept(self, self.tabs)
        self.tabs.addTab(self.arrivals, _("收到的文件"))
        self.tabs.addTab(self.kept, _("已收下的报送包"))
        self.body.addWidget(self.tabs, 1)

    # showing ------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self.read(_("检查收件箱"), partial(_look, self._judged), self._show)

    def open_at(self, **where: Any) -> None:
        """`street` shows its packages; `package` (a digest) one of them."""
        self.tabs.setCurrentIndex(TAKEN)
        if "street" in where:
            self.kept.show_street(where["street"])
        if "package" in where:
            self._wanted = where["package"]
            self.refresh(None)

    def _show(self, shown: Shown) -> None:
        self.shown, self._judged = shown, shown.files
        entries = [each.entry for each in shown.files.values()]
        self.arrivals.put(entries)
        self.kept.put(shown.packages, self._wanted, shown.can_answer)
        waiting = sum(package.state == "received" for package in shown.packages)
        self.tabs.setTabText(ARRIVED, _("收到的文件（{n}）").format(n=len(entries)) if entries else _("收到的文件"))
        self.tabs.setTabText(TAKEN, _("已收下的报送包（{n} 个待答复）").format(n=waiting) if waiting else _("已收下的报送包"))
        self.note.setText(_("{n} 个文件还没有收下，{m} 个报送包等着答复").format(n=len(entries), m=waiting))
        if self._then is not None:
            self.tabs.setCurrentIndex(self._then)
        self._then = self._wanted = None

    def _judge_anew(self) -> None:
        self._judged = {}
        self.refresh(None)

    # files in, files out -------------------------------------------------------------------------------------

    def _ask_files(self) -> None:
        ask.open_files(self, _("选择街道交来的报送包"), list(FILES), self.bring)

    def _ask_folder(self) -> None:
        ask.folder(self, _("选择放着报送包的文件夹（如 U 盘）"), Path(self.desk.config.get("district.stick") or "/"), self._bring_folder)

    def _bring_folder(self, folder: Path) -> None:
        self.desk.config.put("district.stick", str(folder))
        self.bring([folder])

    def bring(self, paths: list[Path]) -> None:
        """Copy files, and the packages in folders, into the inbox."""
        self.run(_("放入收件箱"), partial(_drop, tuple(paths)), self._brought)

    def _brought(self, count: int) -> None:
        self._then = ARRIVED
        self.did(_("放入了 {n} 个文件。").format(n=count) if count else _("文件夹里没有报送包（.asice、.p7m）。"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        event.acceptProposedAction()
        self.bring([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def receive(self, entries: list[Any]) -> None:
        """Take packages in; encrypted ones need the passphrase first."""
        files = tuple(entry.path for entry in entries)
        if any(entry.path.suffix == ".p7m" for entry in entries):
            self.ask_words(_("打开加密的报送包"), _("加密的报送包要用区里的加密钥匙打开，请输入口令。"), _("打开并收下"), partial(self._receive, files))
        else:
            self._receive(files, None)

    def _receive(self, files: tuple[Path, ...], words: str | None) -> None:
        self.run(_("收下报送包"), partial(_receive, files, words), self._received, in_steps=True)

    def _received(self, taken: Taken) -> None:
        if taken.received:
            self._wanted = taken.received[0].package.sha256
            self._then = None if taken.left else TAKEN
        told = [_("收下了 {n} 个报送包。").format(n=len(taken.received))] if taken.received else []
        told += [_("{name}：{message}").format(name=reception.entry.path.name, message=reception.message) for reception in taken.left]
        if taken.left:
            ask.tell(self, _("有文件没有收下"), told[0] if taken.received else _("{n} 个文件没有收下，仍在收件箱里。").format(n=len(taken.left)),
                     "\n".join(told[1:] if taken.received else told))
        self.did(told[0] if told else "")

    def set_aside(self, entries: list[Any]) -> None:
        """Put files out of the inbox; they are kept beside it."""
        self._leaving = entries
        ask.confirm(self, _("移出收件箱"), _("把这 {n} 个文件移出收件箱吗？").format(n=len(entries)), self._set_aside, yes=_("移出"),
                    more=_("文件放到数据文件夹的 refused 里，不会删除。"))

    def _set_aside(self) -> None:
        self.run(_("移出收件箱"), partial(_set_aside, tuple(entry.path for entry in self._leaving)), self._put_aside, in_steps=True)

    def _put_aside(self, count: int) -> None:
        self.did(_("移出了 {n} 个文件。").format(n=count))

    # answering ------------------------------------------------------------------------------------------------

    def answer(self, packages: list[Any], accept: bool, remarks: int) -> None:
        """Ask for note and passphrase, then sign the receipts."""
        AnswerDialog(packages, accept, remarks, partial(self._answer, tuple(each.sha256 for each in packages), accept), self).open()

    def _answer(self, which: tuple[str, ...], accept: bool, answer: Answer) -> None:
        self._wanted = which[0]
        self.run(_("签发回执"), partial(_answer, which, accept, answer), partial(self._answered, accept), in_steps=True)

    def _answered(self, accept: bool, count: int) -> None:
        self._then = TAKEN
        words = _("接收了 {n} 个，回执已签发，可以打印或拷给街道。") if accept else _("退回了 {n} 个，回执已签发，可以打印或拷给街道。")
        self.did(words.format(n=count))

    def remark(self, package: Any) -> None:
        """Look through the package's records and note what is to be mended."""
        RemarkDialog(self.desk, package, self._remarked, self).open()

    def drop_remarks(self, package: Any, remarks: list[Any]) -> None:
        self.run(_("删去意见"), partial(_drop_remarks, package.sha256, tuple(remark.id for remark in remarks)), self._remarked)

    def _remarked(self, *_outcome: Any) -> None:
        self.kept.look_again()

    def print_receipt(self, package: Any) -> None:
        self.run(_("准备回执"), partial(_paper, package.sha256), self._open_paper)

    def _open_paper(self, file: Path) -> None:
        show_file(file)
        self.desk.say(_("可以打印的回执在 {p}").format(p=file))

    def save_receipts(self, packages: list[Any]) -> None:
        """Carry answers to the streets: the signed files, and their pages to read."""
        self._carrying = packages
        ask.folder(self, _("回执存到哪里（U 盘）"), Path(self.desk.config.get("district.stick") or "/"), self._save_receipts)

    def _save_receipts(self, folder: Path) -> None:
        self.desk.config.put("district.stick", str(folder))
        self.run(_("保存回执"), partial(_save, tuple(package.sha256 for package in self._carrying), folder), self._saved)

    def _saved(self, folder: Path) -> None:
        self.desk.say(_("{n} 份回执已存到 {p}").format(n=len(self._carrying), p=folder))


# jobs: pure functions on a district of their own --------------------------------------------------------------


def _look(known: dict[Path, Judged], district: Any, progress: Any) -> Shown:
    packages = district.packages()
    trust = district.trust
    serial = trust.serial if trust else 0
    counts: dict[str, int] = {}
    for package in packages:
        counts[package.street] = counts.get(package.street, 0) + 1 + (package.state == "accepted")
    files = district.inbox_files()
    found = {}
    for done, path in enumerate(files):
        progress(_("检查{f}").format(f=path.name), done, len(files))
        facts = path.stat()
        before = known.get(path)
        stamp = (facts.st_size, facts.st_mtime_ns, serial)
        if before is None or before.stamp != (*stamp, counts.get(before.entry.street, 0)):
            entry = district.look(path)
            before = Judged((*stamp, counts.get(entry.street, 0)), entry)
        found[path] = before
    return Shown(found, packages, district.has_key)


def _drop(paths: tuple[Path, ...], district: Any, _progress: Any) -> int:
    return len(district.drop(package_files(paths)))


def _receive(files: tuple[Path, ...], words: str | None, district: Any, progress: Any) -> Taken:
    """In the order of their names, which is that of street, period and number."""
    taken, passphrase = Taken(), said(words) if words is not None else None
    for done, path in enumerate(files):
        progress(_("收下{f}").format(f=path.name), done, len(files))
        reception = district.receive(path, passphrase=passphrase)
        (taken.received if reception.outcome == "received" else taken.left).append(reception)
    return taken


def _set_aside(files: tuple[Path, ...], district: Any, _progress: Any) -> int:
    return len([district.set_aside(path) for path in files])


def _answer(which: tuple[str, ...], accept: bool, answer: Answer, district: Any, progress: Any) -> int:
    """One receipt after the other; those signed before a fault stand."""
    verb = district.accept if accept else district.return_
    for done, each in enumerate(which):
        progress(_("签发第 {n} 份回执").format(n=done + 1), done, len(which))
        verb(each, said(answer.words), note=answer.note)
    return len(which)


def _drop_remarks(which: str, remarks: tuple[int, ...], district: Any, _progress: Any) -> None:
    for remark in remarks:
        district.drop_remark(which, remark)


def _paper(which: str, district: Any, _progress: Any) -> Path:
    receipt = district.receipt(which)
    return district.receipt_pdf(which, receipt.with_suffix(".pdf"))


def _save(packages: tuple[str, ...], folder: Path, district: Any, progress: Any) -> Path:
    """Of several, each street finds its own in a folder of its name."""
    for done, which in enumerate(packages):
        package, receipt = district.package(which), district.receipt(which)
        progress(_("保存{s}的回执").format(s=package.street_name), done, len(packages))
        place = folder / f"{package.street}-{package.street_name}" if len(packages) > 1 else folder
        district.copy_out([receipt], place)
        district.receipt_pdf(which, place / f"{receipt.stem}.pdf")
    return folder
