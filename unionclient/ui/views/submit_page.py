"""The submit page: where each period's report stands and what is to be done next, from review to receipt; and verify a file."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.tabs import Tabs
from unionclient.ui.views.frame import PeriodPicker, View, beside, beside_list, button, label, local_time, say_on
from unionclient.ui.views.pack_dialog import Order, PackDialog
from unionclient.ui.views.report_lists import Findings, Packages, Returns, ZeroNotes, report_columns
from unionclient.ui.views.report_track import Track
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.work import Cancelled
from unionclient.definition.words import _
from unionclient.workspace.submitting import Blocked
from unionclient.workspace.zeronotes import NotesWanted

ANY_FILE = (_("报送包") + " (*.asice *.p7m *.zip)", _("所有文件") + " (*)")
RECEIPT_FILE = (_("回执") + " (RCPT-*.asice *.asice)", _("所有文件") + " (*)")
_PLACE = 120    # pixels the folder's line has at least
FINDINGS, ZERO, RETURNS, PACKAGES = range(4)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of a period, read in one go."""

    report: Any
    reports: list[Any]
    steps: list[Any]
    packages: list[Any]
    notes: list[Any]
    items: list[Any]
    check: Any
    has_key: bool
    due: tuple[Any, ...]


class SubmitPage(View):
    """The verbs themselves refuse what may not be done; the page offers what the state allows."""

    title = _("报送")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.made: Any = None
        self.shown: Any = None
        self._then: int | None = None
        self.take_dropped(self._take_file)
        self.tabs = Tabs(self)
        self.tabs.addTab(self._reporting(), _("各期报送"))
        self.tabs.addTab(self._verifying(), _("核验报送包"))
        self.body.addWidget(self.tabs, 1)

    # layout -------------------------------------------------------------------------------------------------

    def _reporting(self) -> QWidget:
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        whole.addLayout(self._top(page))
        row = QWidget(page)
        self.periods = ListTable(report_columns(), _("各统计期的报送状态"), row)
        self.periods.picked.connect(self._pick_period)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.track = Track({"withdraw": self._ask_withdraw, "carry": self._ask_stick, "paper": self._open_paper, "review": self._review,
                            "send": self._send, "receipt": self._ask_receipt, "reopen": self._ask_reopen, "pack": self._ask_pack}, page)
        right.addWidget(self.track)
        self.lists = Tabs(page)
        self.findings = Findings(self.desk, self._explain, self.lists)
        self.zero = ZeroNotes(self.desk, self._note, self._note_again, self.lists)
        self.returns = Returns(self.desk, self.lists)
        self.past = Packages(self.desk, self._verify_past, self._open_folder, self._ask_backup, self.lists)
        for made in (self.findings, self.zero, self.returns, self.past):
            self.lists.addTab(made, "")
        right.addWidget(self.lists, 1)
        beside_list(row, self.periods, right, widest=214)
        whole.addWidget(row, 1)
        return page

    def _top(self, page: QWidget) -> FlowLayout:
        row = FlowLayout(8)
        self.period = PeriodPicker(self.desk, page)
        self.period.changed.connect(self._show_period)
        self.out = QLineEdit(str(self.desk.config.get("submit.folder") or self.desk.ws.folder / _("报送")), page)
        self.out.setReadOnly(True)
        self.out.setAccessibleName(_("报送包放在哪个文件夹"))
        self.out.setToolTip(self.out.text())
        row.addWidget(label(_("统计期"), page))
        row.addWidget(self.period)
        row.begin_part()
        row.addWidget(label(_("报送包放在"), page))
        row.add(self.out, least=_PLACE)
        row.addWidget(button(_("选择文件夹…"), page, self._ask_folder))
        row.addWidget(button(_("导入回执…"), page, self._ask_receipt))
        return row

    def _verifying(self) -> QWidget:
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        self.package = QLineEdit(page)
        self.package.setReadOnly(True)
        self.package.setAccessibleName(_("要核验的报送包"))
        self.package.setPlaceholderText(_("选择一个报送包文件，也可以拖到这里"))
        whole.addLayout(beside(self.package, button(_("选择报送包…"), page, self._ask_package)))
        self.verdict = label("", page, "title", wrap=True)
        self.verdict.hide()
        whole.addWidget(self.verdict)
        self.checks = ListTable([Column(_("结果"), 5, _outcome), Column(_("核验内容"), 16, _title), Column(_("说明"), 0, _detail)],
                                _("核验结果"), page)
        whole.addWidget(self.checks, 1)
        return page

    # showing ------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self.read(_("读取报送状态"), partial(_shown, self.period.code), self._show)

    def open_at(self, **where: Any) -> None:
        """`period`, or `package` (a file to verify), or `receipt` (a file to take in)."""
        if "period" in where:
            self.period.put(where["period"])
            self._show_period()
        if "package" in where:
            self.verify(Path(where["package"]))
        if "receipt" in where:
            self._import(Path(where["receipt"]))

    def _show_period(self) -> None:
        self.track.say("")
        self.refresh(None)

    def _pick_period(self) -> None:
        for report in self.periods.picks():
            if report.period != self.period.code:
                self.period.put(report.period)
                self._show_period()

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        listed = shown.reports if any(r.period == shown.report.period for r in shown.reports) else [shown.report, *shown.reports]
        self.periods.picked.disconnect(self._pick_period)
        self.periods.put(listed)
        self.periods.selectRow(next(n for n, r in enumerate(listed) if r.period == shown.report.period))
        self.periods.picked.connect(self._pick_period)
        self.track.put(shown.report)
        counts = (self.findings.put(shown.check), self.zero.put(shown.notes), self.returns.put(shown.items))
        self.past.put(shown.packages, shown.steps)
        for at, (words, count) in enumerate(zip((_("要改正和说明"), _("空白台账"), _("退回意见")), counts, strict=True)):
            self.lists.setTabText(at, _("{words}（{count}）").format(words=words, count=count) if count else words)
        self.lists.setTabText(PACKAGES, _("报送包和经过"))
        self.lists.setTabVisible(RETURNS, bool(shown.items))
        if self._then is not None:
            self.lists.setCurrentIndex(self._then)
            self._then = None
        self._note_check(shown)

    def _note_check(self, shown: Shown) -> None:
        """Beside the title: when it was checked, and what is due about key, certificate and trust file."""
        check = shown.check
        words = (_("还没有检查过") if check is None else _("检查于 {at}").format(at=local_time(check.at))
                 + (_("，之后又改了{n}次").format(n=check.changes_since) if check.stale else ""))
        self.note.setText(" · ".join([words, *(due.text for due in shown.due)]))

    def _did(self, sentence: str, then: int | None = None) -> None:
        """A deed is done: say so in the status bar, show `then` of the lists, read everything again."""
        self.track.say("")
        self.desk.say(sentence)
        self._then = then
        self.refresh(None)

    def _refused(self, error: UnionClientError) -> None:
        """What is still to be done is said at the track, with its list in front; anything else in a dialog."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, (Blocked, NotesWanted)):
            self.track.say(error.what)
            self._then = ZERO if isinstance(error, NotesWanted) else FINDINGS
        else:
            ask.fault(self, error)
        self.refresh(None)

    def _run(self, words: str, job: Any, then: Any) -> None:
        self.desk.jobs.run(words, job, then, failed=self._refused, parent=self)

    # before the package -------------------------------------------------------------------------------------

    def _review(self) -> None:
        self._run(_("审核{p}").format(p=self.period.words), partial(_review, self.period.code), self._reviewed)

    def _reviewed(self, report: Any) -> None:
        waiting = sum(f.open for f in report.findings)
        self._did(_("审核通过。") + (_("还有{n}个“请核实”的问题，不影响报送。").format(n=waiting) if waiting else ""))

    def _explain(self, findings: list[Any], text: str) -> None:
        self._run(_("保存说明"), partial(_explain, tuple(findings), text), self._explained)

    def _explained(self, _count: int) -> None:
        self.findings.text.clear()
        self._did(_("说明已保存。"), FINDINGS)

    def _note(self, text: str, ledgers: list[str] | None) -> None:
        self._run(_("保存零报告说明"), partial(_note_zero, self.period.code, text, ledgers), self._noted)

    def _note_again(self) -> None:
        self._run(_("沿用以前的说明"), partial(_note_again, self.period.code), self._noted)

    def _noted(self, count: int) -> None:
        self._did(_("已写明{n}本空白台账。").format(n=count), ZERO)

    # the package --------------------------------------------------------------------------------------------

    def _ask_folder(self) -> None:
        ask.folder(self, _("报送包放在哪个文件夹"), Path(self.out.text()), self._set_folder)

    def _set_folder(self, folder: Path) -> None:
        self.out.setText(str(folder))
        self.out.setToolTip(str(folder))
        self.desk.config.put("submit.folder", str(folder))

    def _ask_pack(self) -> None:
        report = self.shown.report
        amends = report.package.seq if report.amending else None
        reason = report.correcting or (_("按区总工会退回意见改正") if self.shown.items else "")
        PackDialog(self.period.words, not self.shown.has_key, amends, reason if amends else "", self._pack, self).open()

    def _pack(self, order: Order) -> None:
        job = partial(_pack, self.period.code, Path(self.out.text()), order)
        self._run(_("生成{p}报送包").format(p=self.period.words), job, self._packed)

    def _packed(self, made: Any) -> None:
        self.made = made
        self._did(_("报送包已生成。"), PACKAGES)
        sealed = _("（已加密，只有区总工会能打开）") if made.carried != made.path else ""
        self.track.say(_("✓ 已生成第{n}号报送包{s}：{p}").format(n=made.seq, s=sealed, p=made.carried), "good")

    def _open_folder(self) -> None:
        package = self.shown.report.package
        QDesktopServices.openUrl(QUrl.fromLocalFile(package.folder if package else self.out.text()))

    def _verify_past(self, package: Any) -> None:
        self.verify(Path(package.folder) / package.file)

    def _ask_withdraw(self) -> None:
        ask.confirm(self, _("撤回报送包"), _("确定这个报送包还没有交给区总工会吗？"), self._withdraw, yes=_("还没有交，撤回"),
                    more=_("撤回后可以改台账再打包，序号不变；已经交出的不能撤回，要用更正。拷到 U 盘上的也请删去。"), grave=True)

    def _withdraw(self) -> None:
        self._run(_("撤回报送包"), partial(_withdraw, self.period.code), self._withdrawn)

    def _withdrawn(self, package: Any) -> None:
        self._did(_("第{n}号报送包已撤回。").format(n=package.seq))

    def _ask_stick(self) -> None:
        ask.folder(self, _("拷贝到哪里（U 盘）"), Path(self.desk.config.get("submit.stick") or "/"), self._carry)

    def _carry(self, folder: Path) -> None:
        self.desk.config.put("submit.stick", str(folder))
        self._run(_("拷贝报送包"), partial(_carry, self.period.code, folder), self._carried)

    def _carried(self, copy: Path) -> None:
        self._did(_("拷贝完成，逐字节核对一致。"))
        self.track.say(_("✓ 已拷贝并核对：{p}。交到区总工会以后按“已送出”。").format(p=copy), "good")

    def _send(self) -> None:
        self._run(_("标为已送出"), partial(_send, self.period.code), self._sent)

    def _sent(self, _report: Any) -> None:
        self._did(_("已标为送出，等区总工会的回执。"))

    # the answer ---------------------------------------------------------------------------------------------

    def _ask_receipt(self) -> None:
        ask.open_file(self, _("选择区总工会的回执"), list(RECEIPT_FILE), self._import)

    def _import(self, file: Path) -> None:
        self.tabs.setCurrentIndex(0)
        self._run(_("导入回执"), partial(_receive, file), self._received)

    def _received(self, read: Any) -> None:
        self.period.put(read.period)
        self._did(_("回执已导入。"), RETURNS if read.remarks else PACKAGES)
        words = (_("{p}第{n}号报送包：{v}。{note}") if read.note else _("{p}第{n}号报送包：{v}")).format(p=read.label, n=read.seq, v=read.title, note=read.note)
        good = read.verdict == "accepted"
        self.track.say(("✓ " if good else "") + words + (_("（以前导入过）") if read.again else ""), "good" if good else "block")

    def _open_paper(self) -> None:
        self._run(_("打开回执"), partial(_paper, self.shown.report.package.receipt), self._open_file)

    def _open_file(self, file: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))

    def _ask_reopen(self) -> None:
        ask.line(self, _("更正已接收的报送"), _("更正原因（至少6个字，写进更正的报送包）"), self._reopen, least=6)

    def _reopen(self, reason: str) -> None:
        self._run(_("更正"), partial(_reopen, self.period.code, reason), self._reopened)

    def _reopened(self, _report: Any) -> None:
        self._did(_("可以改台账了，改好后重新审核。"))

    def _ask_backup(self) -> None:
        ask.folder(self, _("备份放在哪个文件夹"), Path(self.out.text()), self._back_up)

    def _back_up(self, folder: Path) -> None:
        self._run(_("导出备份"), partial(_back_up, folder), self._backed_up)

    def _backed_up(self, file: Path) -> None:
        ask.tell(self, _("备份已导出"), str(file), _("备份没有检查也没有签名，不能作为报送包；内有完整的证件号码和电话，不得外传。"))

    # verifying ----------------------------------------------------------------------------------------------

    def _ask_package(self) -> None:
        ask.open_file(self, _("选择报送包"), list(ANY_FILE), self.verify)

    def _take_file(self, file: Path) -> None:
        (self._import if file.name.startswith("RCPT-") else self.verify)(file)

    def verify(self, file: Path) -> None:
        """Check a package file of anybody."""
        self.tabs.setCurrentIndex(1)
        self.package.setText(str(file))
        say_on(self.verdict, "")
        self.checks.put([])
        self.desk.jobs.run(_("核验 {f}").format(f=file.name), partial(_verify, file), self._judge, parent=self)

    def _judge(self, verdict: Any) -> None:
        mark, kind = ("✓", "good") if verdict.valid else ("！", "warn") if verdict.sound else ("✗", "block")
        say_on(self.verdict, f"{mark} {verdict.message}", kind)
        self.checks.put(verdict.checks)


def _shown(period: str, workspace: Any, _progress: Any) -> Shown:
    return Shown(workspace.report(period), workspace.reports(), workspace.report_steps(period), workspace.packages(period),
                 workspace.zero_notes(period), workspace.returned_items(period), workspace.last_check(), workspace.has_signing_key,
                 workspace.key_state().due)


def _review(period: str, workspace: Any, progress: Any) -> Any:
    return workspace.review(period, progress)


def _explain(findings: tuple, text: str, workspace: Any, _progress: Any) -> int:
    return workspace.explain(findings, text)


def _note_zero(period: str, text: str, ledgers: list[str] | None, workspace: Any, _progress: Any) -> int:
    return workspace.note_zero(period, text, ledgers)


def _note_again(period: str, workspace: Any, _progress: Any) -> int:
    return workspace.take_over_zero_notes(period)


def _pack(period: str, out: Path, order: Order, workspace: Any, progress: Any) -> Any:
    def passphrase(_new: bool) -> str:
        return order.words

    if order.reason:
        return workspace.amend(period, out, passphrase, order.reason, progress, unmasked=order.unmasked)
    return workspace.submit(period, out, passphrase, progress, unmasked=order.unmasked)


def _withdraw(period: str, workspace: Any, _progress: Any) -> Any:
    return workspace.withdraw(period)


def _carry(period: str, folder: Path, workspace: Any, _progress: Any) -> Path:
    return workspace.carry(period, folder)


def _send(period: str, workspace: Any, _progress: Any) -> Any:
    return workspace.send(period)


def _receive(file: Path, workspace: Any, _progress: Any) -> Any:
    return workspace.import_receipt(file)


def _paper(receipt: str, workspace: Any, _progress: Any) -> Path:
    return workspace.receipt_file(receipt, workspace.folder / "receipts")


def _reopen(period: str, reason: str, workspace: Any, _progress: Any) -> Any:
    return workspace.reopen(period, reason)


def _back_up(folder: Path, workspace: Any, _progress: Any) -> Path:
    return workspace.export_unchecked(folder)


def _verify(file: Path, workspace: Any, _progress: Any) -> Any:
    return workspace.verify(file)


def _outcome(check: Any) -> Cell:
    if check.warn and check.ok:
        return Cell(_("！ 注意"), tone="warn")
    return Cell(_("✓ 通过") if check.ok else _("✗ 不通过"), tone="good" if check.ok else "block")


def _title(check: Any) -> str:
    return check.title


def _detail(check: Any) -> str:
    return check.sentence
