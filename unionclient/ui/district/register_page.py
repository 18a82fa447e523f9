"""Streets and certificates: who hands in, requests answered by certificates, revocation, and the trust file all streets need."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.definition.issue import Level
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.district.issue_dialog import IssueDialog
from unionclient.ui.district.parts import Tidings, period_words, state_cell
from unionclient.ui.district.revoke_dialog import RevokeDialog
from unionclient.ui.district.trust_card import TrustCard
from unionclient.ui.views.frame import beside, button, label, local_time
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

REQUEST_FILE = (_("证书申请") + " (*.p10 *.pem *.csr)", _("所有文件") + " (*)")
TRUST_FILE = (_("信任文件") + " (*.uct)", _("所有文件") + " (*)")
SOON = 60      # days before its end a certificate is marked


@dataclass(frozen=True, slots=True)
class Shown:
    """The register, the trust file (None before the authority is set up), and whether certificates can be issued from here."""

    states: list[Any]
    trust: Any
    can_issue: bool


class RegisterPage(Tidings):
    """Every deed that signs asks for the district's passphrase."""

    title = _("街道与证书")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self.take_dropped(self.read_request)
        self.trust = TrustCard(self, self)
        self.body.addWidget(self.trust)
        self.issue = button(_("答复证书申请…"), self, self._ask_request, "primary")
        self.revoke = button(_("吊销选中的证书…"), self, self._ask_revoke)
        self.see = button(_("看它的报送包"), self, self._see)
        self.body.addLayout(beside(label(_("报送单位登记册"), self, "heading"), self.see, self.revoke, self.issue, least=110))
        self.table = ListTable([
            Column(_("代码"), 7, _code), Column(_("报送单位"), 12, _name), Column(_("类别"), 5, _kind), Column(_("证书"), 8, _certificate),
            Column(_("有效期到"), 7, _ends), Column(_("最近一次报送"), 13, _last), Column(_("状态"), 6, _state), Column(_("证书指纹"), 0, _fingerprint)],
            _("报送单位登记册"), self)
        self.table.picked.connect(self._picked)
        self.table.chosen.connect(self._see_of)
        self.body.addWidget(self.table, 1)

    # showing ------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self.read(_("读取登记册"), _shown, self._show)

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        chosen = next((state.body.code for state in self.table.picks()), None)
        self.table.put(shown.states)
        self.table.selectRow(next((n for n, state in enumerate(shown.states) if state.body.code == chosen), 0))
        self.trust.put(shown)
        valid = sum(state.fingerprint is not None and not state.revoked for state in shown.states)
        self.note.setText(_("{n} 个报送单位，{m} 个有证书").format(n=len(shown.states), m=valid))
        self.issue.setEnabled(shown.can_issue)
        self._picked()

    def _picked(self) -> None:
        state = next(iter(self.table.picks()), None)
        self.see.setEnabled(bool(state and state.last))
        self.revoke.setEnabled(bool(self.shown and self.shown.can_issue and state and state.fingerprint and not state.revoked))

    def _see(self) -> None:
        for state in self.table.picks():
            self._see_of(state)

    def _see_of(self, state: Any) -> None:
        if state.last:
            self.desk.open("inbox", street=state.body.code)

    # authority and trust file -----------------------------------------------------------------------------------

    def set_up(self) -> None:
        """Once: root, the district's own keys, the first trust file."""
        self.ask_words(_("建立签发机构"), _("这个口令锁住区里的根钥匙、签名钥匙和加密钥匙，签发证书和回执都要用。至少8位；忘记了不能找回，全部街道要重新申请证书。"),
                       _("建立"), self._set_up, new=True)

    def _set_up(self, words: str) -> None:
        self.run(_("建立签发机构"), partial(_set_up, words), self._was_set_up)

    def _was_set_up(self, _file: Path) -> None:
        self.did(_("签发机构已建立。请把信任文件交给每个街道。"))

    def renew(self) -> None:
        """A fresh revocation list."""
        self.ask_words(_("更新吊销列表"), _("生成新的信任文件，吊销列表重新计算有效期。更新后请交给每个街道。"), _("更新"), self._renew)

    def _renew(self, words: str) -> None:
        self.run(_("更新吊销列表"), partial(_renew, words), self._renewed)

    def _renewed(self, _file: Path) -> None:
        self.did(_("信任文件已更新，请交给每个街道。"))

    def renew_encryption(self) -> None:
        """A new key for encrypted packages."""
        self.ask_words(_("换加密钥匙"), _("街道用区里的加密证书加密报送包，证书两年到期。换过以后请把新的信任文件交给每个街道；旧钥匙留着，以前的报送包仍能打开。"),
                       _("换钥匙"), self._renew_encryption)

    def _renew_encryption(self, words: str) -> None:
        self.run(_("换加密钥匙"), partial(_renew_encryption, words), self._renewed)

    def bring_trust(self) -> None:
        """From an authority that is kept elsewhere."""
        ask.open_file(self, _("选择签发机构给的信任文件"), list(TRUST_FILE), self.take_trust)

    def take_trust(self, path: Path) -> None:
        """The first one is compared by its root's fingerprint, typed as it is read out; later ones are signed by a root that is known."""
        self._trust_file = path
        if self.shown is None or self.shown.trust is None:
            ask.line(self, _("核对根证书"), _("请向保管签发机构的人要根证书指纹（64 位），输入在这里核对"), self._take_first, least=64)
        else:
            self._take_first("")

    def _take_first(self, spoken: str) -> None:
        root = "".join(spoken.split()).lower() or None
        self.run(_("导入信任文件"), partial(_take_trust, self._trust_file, root), self._trust_taken)

    def _trust_taken(self, _trust: Any) -> None:
        self.did(_("信任文件已导入。"))

    def carry_trust(self) -> None:
        ask.folder(self, _("信任文件存到哪里（U 盘）"), self._stick(), self._carry_trust)

    def _carry_trust(self, folder: Path) -> None:
        self._carry([self.desk.ws.folder / "trust.uct"], folder)

    def _stick(self) -> Path:
        return Path(self.desk.config.get("district.stick") or "/")

    def _carry(self, files: list[Path], folder: Path) -> None:
        self.desk.config.put("district.stick", str(folder))
        self.run(_("拷贝文件"), partial(_copy, tuple(files), folder), self._carried)

    def _carried(self, copies: list[Path]) -> None:
        self.desk.say(_("已拷贝并核对：{f}").format(f=_("、").join(copy.name for copy in copies)))

    # certificates -------------------------------------------------------------------------------------------------

    def _ask_request(self) -> None:
        ask.open_file(self, _("选择街道交来的证书申请"), list(REQUEST_FILE), self.read_request)

    def read_request(self, path: Path) -> None:
        """Show whose request it is and its fingerprint, to be compared by telephone."""
        self.run(_("读取证书申请"), partial(_request, path), partial(self._compare, path))

    def _compare(self, path: Path, asked: Any) -> None:
        IssueDialog(asked, self.desk.ws.bodies(), partial(self._issue, path), self).open()

    def _issue(self, path: Path, asked: Any, words: str) -> None:
        self.run(_("签发证书"), partial(_issue, path, asked.fingerprint, words), self._issued)

    def _issued(self, certificate: Path) -> None:
        self.did(_("证书已签发，信任文件已更新。"))
        self._made = certificate
        ask.confirm(self, _("证书已签发"), _("把证书和新的信任文件拷给街道吗？"), self._ask_where, yes=_("选择 U 盘…"), no=_("以后再拷"),
                    more=_("证书：{c}\n以后可从数据文件夹里找到。其他街道也要换上新的信任文件。").format(c=certificate))

    def _ask_where(self) -> None:
        ask.folder(self, _("证书和信任文件存到哪里（U 盘）"), self._stick(), self._carry_certificate)

    def _carry_certificate(self, folder: Path) -> None:
        self._carry([self._made, self.desk.ws.folder / "trust.uct"], folder)

    def _ask_revoke(self) -> None:
        for state in self.table.picks():
            RevokeDialog(state, partial(self._revoke, state.fingerprint), self).open()

    def _revoke(self, fingerprint: str, reason: str, words: str) -> None:
        self.run(_("吊销证书"), partial(_revoke, fingerprint, reason, words), self._revoked)

    def _revoked(self, _file: Path) -> None:
        self.did(_("证书已吊销。请把新的信任文件交给每个街道。"))


# jobs -----------------------------------------------------------------------------------------------------------------


def _shown(district: Any, _progress: Any) -> Shown:
    return Shown(district.register(), district.trust, district.has_authority)


def _set_up(words: str, district: Any, _progress: Any) -> Path:
    return district.set_up_authority(words)


def _renew(words: str, district: Any, _progress: Any) -> Path:
    return district.renew_trust(words)


def _renew_encryption(words: str, district: Any, _progress: Any) -> Path:
    return district.renew_encryption(words)


def _take_trust(path: Path, root: str | None, district: Any, _progress: Any) -> Any:
    return district.take_trust(path, root)


def _copy(files: tuple[Path, ...], folder: Path, district: Any, _progress: Any) -> list[Path]:
    return district.copy_out(files, folder)


def _request(path: Path, district: Any, _progress: Any) -> Any:
    return district.read_request(path)


def _issue(path: Path, fingerprint: str, words: str, district: Any, _progress: Any) -> Path:
    return district.issue(path, words, confirmed=fingerprint)


def _revoke(fingerprint: str, reason: str, words: str, district: Any, _progress: Any) -> Path:
    return district.revoke(fingerprint, reason, words)


# cells ----------------------------------------------------------------------------------------------------------------


def _code(state: Any) -> str:
    return state.body.code


def _name(state: Any) -> str:
    return state.body.name


def _kind(state: Any) -> str:
    return _("街道") if state.body.kind == "street" else _("其他单位")


def _certificate(state: Any) -> Cell:
    if state.fingerprint is None:
        return Cell(_("还没有申请"), tone="muted", sort=3)
    if state.revoked:
        return Cell(_("已吊销"), mark=Level.BLOCK, tone="block", sort=0)
    left = days_left(state.certificate_ends)
    if left is not None and left <= SOON:
        return Cell(_("已过期") if left < 0 else _("还有 {n} 天").format(n=left), mark=Level.EXPLAIN, tone="warn", sort=1)
    return Cell(_("有效"), icon="check", tone="good", sort=2)


def days_left(day: str | None) -> int | None:
    """Days until a last day (ISO text)."""
    return (dt.date.fromisoformat(day) - dt.date.today()).days if day else None


def _ends(state: Any) -> str:
    return state.certificate_ends or "—"


def _last(state: Any) -> Cell:
    last = state.last
    if last is None:
        return Cell("—", sort="")
    return Cell(f"{period_words(last.period)} " + _("第 {n} 号").format(n=last.seq), sort=last.received_at, tip=_("收到于 {t}").format(t=local_time(last.received_at)))


def _state(state: Any) -> Cell:
    return state_cell(state.last) if state.last else Cell(_("没有报送"), tone="muted", dot=True)


def _fingerprint(state: Any) -> Cell:
    return Cell(f"{state.fingerprint[:32]}…", tip=state.fingerprint) if state.fingerprint else Cell("")
