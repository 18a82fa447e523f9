"""The submit page: is the street ready, make and sign a package, see those made; and verify a package file."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import PeriodPicker, View, button, label, local_time, open_record, say_on, sheet
from unionclient.ui.views.passphrase import Passphrase
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.words import _
from unionclient.workspace.submitting import KEY_FILE, Blocked

ANY_FILE = (_("报送包") + " (*.asice *.zip)", _("所有文件") + " (*)")


class SubmitPage(View):
    """The verb itself checks again and refuses; this page only says beforehand what it would say."""

    title = _("报送")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.made: Any = None
        self.setAcceptDrops(True)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.addTab(self._making(), _("生成报送包"))
        self.tabs.addTab(self._verifying(), _("核验报送包"))
        self.body.addWidget(self.tabs, 1)

    # layout -------------------------------------------------------------------------------------------------

    def _making(self) -> QWidget:
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        row = QHBoxLayout()
        self.period = PeriodPicker(self.desk, page)
        self.out = QLineEdit(str(self.desk.config.get("submit.folder") or self.desk.ws.folder / _("报送")), page)
        self.out.setReadOnly(True)
        self.out.setAccessibleName(_("报送包放在哪个文件夹"))
        self.choose = button(_("选择文件夹…"), page, self._ask_folder)
        self.make = button(_("生成报送包"), page, self._ask_passphrase, "primary")
        for made in (label(_("统计期"), page), self.period, label(_("放在"), page)):
            row.addWidget(made)
        row.addWidget(self.out, 1)
        row.addWidget(self.choose)
        row.addWidget(self.make)
        whole.addLayout(row)
        whole.addWidget(self._readiness(page))
        self.blocking = ListTable([Column(_("台账"), 10, self._ledger_title), Column(_("记录"), 18, _record), Column(_("必须改正的问题"), 0, _message)],
                                  _("必须改正的问题"), page)
        self.blocking.chosen.connect(self._go)
        whole.addWidget(self.blocking, 3)
        whole.addWidget(self._result(page))
        whole.addWidget(label(_("已生成的报送包"), page, "heading"))
        self.past = ListTable([Column(_("序号"), 3, _seq), Column(_("统计期"), 6, _period), Column(_("时间"), 10, _when),
                               Column(_("经办人"), 6, _who), Column(_("文件"), 0, _file)], _("已生成的报送包"), page)
        whole.addWidget(self.past, 2)
        return page

    def _readiness(self, page: QWidget) -> QWidget:
        card, inner = sheet(page)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        self.checked = label(" ", card)
        self.open_ones = label(" ", card)
        self.key = label(" ", card, "muted")
        for line in (self.checked, self.open_ones, self.key):
            words.addWidget(line)
        row.addLayout(words, 1)
        self.check = button(_("现在检查"), card, self._check)
        row.addWidget(self.check)
        inner.addLayout(row)
        return card

    def _result(self, page: QWidget) -> QWidget:
        self.result, inner = sheet(page)
        row = QHBoxLayout()
        self.told = label("", self.result, "good", wrap=True)
        self.told.setTextInteractionFlags(self.told.textInteractionFlags() | self.told.textInteractionFlags().TextSelectableByMouse)
        row.addWidget(self.told, 1)
        row.addWidget(button(_("打开文件夹"), self.result, self._open_folder))
        row.addWidget(button(_("核验"), self.result, self._verify_made))
        inner.addLayout(row)
        self.result.hide()
        return self.result

    def _verifying(self) -> QWidget:
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        row = QHBoxLayout()
        self.package = QLineEdit(page)
        self.package.setReadOnly(True)
        self.package.setAccessibleName(_("要核验的报送包"))
        self.package.setPlaceholderText(_("选择一个报送包文件，也可以拖到这里"))
        row.addWidget(self.package, 1)
        row.addWidget(button(_("选择报送包…"), page, self._ask_package))
        whole.addLayout(row)
        self.verdict = label("", page, "title", wrap=True)
        self.verdict.hide()
        whole.addWidget(self.verdict)
        self.checks = ListTable([Column(_("结果"), 5, _outcome), Column(_("核验内容"), 16, _title), Column(_("说明"), 0, _detail)],
                                _("核验结果"), page)
        whole.addWidget(self.checks, 1)
        return page

    # readiness ----------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self.read(_("读取检查结果"), _state, self._take_state)

    def open_at(self, **where: Any) -> None:
        """`period`, or `package` (a file to verify)."""
        if "period" in where:
            self.period.put(where["period"])
        if "package" in where:
            self.verify(Path(where["package"]))

    def _take_state(self, state: tuple[Any, list[dict[str, Any]]]) -> None:
        report, past = state
        self.past.put(past)
        has_key = (self.desk.ws.folder / KEY_FILE).is_file()
        say_on(self.key, _("签名钥匙：已有") if has_key else _("签名钥匙：还没有，第一次报送时建立"), "muted")
        if report is None:
            say_on(self.checked, _("✗ 还没有检查"), "warn")
            say_on(self.open_ones, "")
            self.blocking.put([])
            return
        at = local_time(report.at)
        if report.stale:
            say_on(self.checked, _("✗ 检查于 {at}，之后又改了 {n} 次，请重新检查").format(at=at, n=report.changes_since), "warn")
        elif report.ledger:
            say_on(self.checked, _("✗ 检查于 {at}，只检查了一个台账，请检查全部").format(at=at), "warn")
        else:
            say_on(self.checked, _("✓ 检查于 {at}").format(at=at), "good")
        waiting = sum(f.open for f in report.findings) - len(report.blocking)
        words = _("{m} 个问题必须改正").format(m=len(report.blocking)) + (_("，{k} 个等待说明或核实").format(k=waiting) if waiting else "")
        say_on(self.open_ones, ("✗ " if report.blocking else "✓ ") + words, "block" if report.blocking else "good")
        self.blocking.put(report.blocking)

    def _check(self) -> None:
        self.desk.jobs.run(_("正在检查全部台账"), _check, self._take_state, parent=self)

    def _go(self, finding: Any) -> None:
        open_record(self.desk, finding.issue.ledger, finding.issue.record, finding.issue.fields[0] if finding.issue.fields else None)

    def _ledger_title(self, finding: Any) -> str:
        return self.desk.ws.library.ledgers[finding.issue.ledger].title

    # making -------------------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        ask.folder(self, _("报送包放在哪个文件夹"), Path(self.out.text()), self._set_folder)

    def _set_folder(self, folder: Path) -> None:
        self.out.setText(str(folder))
        self.desk.config.put("submit.folder", str(folder))

    def _ask_passphrase(self) -> None:
        if self.blocking.rows.items:
            ask.tell(self, _("还不能报送"), _("还有 {n} 个问题必须改正。").format(n=len(self.blocking.rows.items)),
                     _("双击下面的问题到台账中改正，改好后按“现在检查”。"))
            return
        Passphrase(not (self.desk.ws.folder / KEY_FILE).is_file(), self._submit, self).open()

    def _submit(self, words: str) -> None:
        self.result.hide()
        job = partial(_submit, self.period.code, Path(self.out.text()), words)
        self.desk.jobs.run(_("生成{p}报送包").format(p=self.period.words), job, self._submitted, failed=self._refused, parent=self)

    def _submitted(self, made: Any) -> None:
        self.made = made
        self.told.setText(_("✓ 已生成第 {n} 号报送包：{p}\nSHA-256 {d}").format(n=made.seq, p=made.path, d=made.sha256))
        self.result.show()
        self.desk.say(_("报送包已生成。"))
        self.refresh(None)

    def _refused(self, error: UnionClientError) -> None:
        ask.fault(self, error)
        if isinstance(error, Blocked):
            self.refresh(None)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made.path.parent)))

    # verifying ----------------------------------------------------------------------------------------------

    def _verify_made(self) -> None:
        self.verify(self.made.path)

    def _ask_package(self) -> None:
        ask.open_file(self, _("选择报送包"), list(ANY_FILE), self.verify)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        event.acceptProposedAction()
        self.verify(Path(event.mimeData().urls()[0].toLocalFile()))

    def verify(self, file: Path) -> None:
        """Check a package file of anybody."""
        self.tabs.setCurrentIndex(1)
        self.package.setText(str(file))
        say_on(self.verdict, "")
        self.checks.put([])
        self.desk.jobs.run(_("核验 {f}").format(f=file.name), partial(_verify, file), self._judge, parent=self)

    def _judge(self, verdict: Any) -> None:
        say_on(self.verdict, f"{'✓' if verdict.valid else '✗'} {verdict.message}", "good" if verdict.valid else "block")
        self.checks.put(verdict.checks)


def _state(workspace: Any, _progress: Any) -> Any:
    return workspace.last_check(), workspace.submissions()


def _check(workspace: Any, progress: Any) -> Any:
    return workspace.check(progress=progress), workspace.submissions()


def _submit(period: str, out: Path, words: str, workspace: Any, progress: Any) -> Any:
    def passphrase(_new: bool) -> str:
        return words

    return workspace.submit(period, out, passphrase, progress)


def _verify(file: Path, workspace: Any, _progress: Any) -> Any:
    return workspace.verify(file)


def _record(finding: Any) -> str:
    return finding.label


def _message(finding: Any) -> Cell:
    return Cell(finding.issue.message, finding.issue.level, tip=finding.issue.mend)


def _seq(row: dict[str, Any]) -> Cell:
    return Cell(str(row["seq"]), sort=row["seq"])


def _period(row: dict[str, Any]) -> str:
    return row["period"]


def _when(row: dict[str, Any]) -> str:
    return local_time(row["at"])


def _who(row: dict[str, Any]) -> str:
    return row["who"]


def _file(row: dict[str, Any]) -> Cell:
    return Cell(row["file"], tip=f"SHA-256 {row['sha256']}")


def _outcome(check: Any) -> Cell:
    return Cell(_("✓ 通过") if check.ok else _("✗ 不通过"), tone="good" if check.ok else "block")


def _title(check: Any) -> str:
    return check.title


def _detail(check: Any) -> str:
    return check.detail
