"""The keys page: an officer makes the street's key and its request, brings the certificate back, and sees what is due."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import View, say_on
from unionclient.ui.views.keys_cards import AskedCard, DueCard, KeyCard, TrustCard
from unionclient.ui.views.keys_token import TokenDialog
from unionclient.ui.views.passphrase import Passphrase
from unionclient.definition.words import _
from unionclient.workspace.certifying import spoken

REQUEST_FILE = (_("证书申请") + " (*.p10)",)
ANSWER_FILE = (_("证书") + " (*.cer *.crt *.pem)", _("所有文件") + " (*)")
P12_FILE = (_("钥匙文件") + " (*.p12 *.pfx)",)
TRUST_FILE = (_("信任文件") + " (*.uct)", _("所有文件") + " (*)")


class KeysPage(View):
    """Every deed is a verb of the workspace, done beside the window; passphrases are handed on and kept nowhere."""

    title = _("钥匙与证书")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        say_on(self.note, _("签名钥匙只留在本机，用口令锁住；报送包由它签名，区总工会凭证书确认是本街道签的。"))
        self.take_dropped(self._take_file)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(scroll)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        self.due, self.key, self.asked, self.trust = DueCard(inner), KeyCard(self, inner), AskedCard(self, inner), TrustCard(self, inner)
        for card in (self.due, self.key, self.asked, self.trust):
            column.addWidget(card)
        column.addStretch(1)
        scroll.setWidget(inner)
        self.body.addWidget(scroll, 1)

    def refresh(self, changes: Any) -> None:
        self.read(_("读取钥匙和证书"), _state, self._show)

    def _show(self, state: Any) -> None:
        for card in (self.due, self.key, self.asked, self.trust):
            card.put(state)

    def _did(self, sentence: str, _answer: Any) -> None:
        self.desk.say(sentence)
        self.refresh(None)

    # making -------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """A new key, and its request into a file."""
        Passphrase(True, self._make_where, self, title=_("设置签名口令"), ok=_("生成钥匙"), told=_(
            "现在为本街道生成签名钥匙。口令至少8位，以后每次报送都要用；忘记了不能找回，只能请区总工会吊销后重新申请。")).open()

    def _make_where(self, words: str) -> None:
        ask.save_file(self, _("申请文件存到哪里（交给区总工会）"), self._request_name(), list(REQUEST_FILE), partial(self._make, words))

    def _make(self, words: str, path: Path) -> None:
        self._run(_("生成签名钥匙"), partial(_make, path, words), _("钥匙已生成，申请文件在 {p}").format(p=path))

    def make_on_token(self) -> None:
        """A new key on a USB token."""
        TokenDialog(self.desk, self._token_where, self).open()

    def _token_where(self, library: str, label: str, pin: str) -> None:
        ask.save_file(self, _("申请文件存到哪里（交给区总工会）"), self._request_name(), list(REQUEST_FILE),
                      partial(self._make_on_token, library, label, pin))

    def _make_on_token(self, library: str, label: str, pin: str, path: Path) -> None:
        self._run(_("在 USB 钥匙上生成"), partial(_make_on_token, library, label, pin, path), _("钥匙已生成，申请文件在 {p}").format(p=path))

    def request(self) -> None:
        """The request once more, for the key that is there."""
        self._ask(_("导出证书申请"), _("申请要用钥匙签名。"), _("导出申请"), partial(self._where, _request))

    def renew(self) -> None:
        """A new key whose request the old one signs."""
        self._ask(_("换证"), _("生成一把新钥匙，口令不变；申请由现在的钥匙签名，区总工会不用再打电话核对。导入新证书以前，照旧用现在的钥匙报送。"),
                  _("生成换证申请"), partial(self._where, _renew))

    def _where(self, job: Any, words: str) -> None:
        ask.save_file(self, _("申请文件存到哪里（交给区总工会）"), self._request_name(), list(REQUEST_FILE), partial(self._write, job, words))

    def _write(self, job: Any, words: str, path: Path) -> None:
        self._run(_("生成证书申请"), partial(job, path, words), _("申请文件在 {p}").format(p=path))

    def _request_name(self) -> str:
        return _("{s}证书申请.p10").format(s=self.desk.ws.street.title)

    # bringing in --------------------------------------------------------------------------------------------

    def bring_certificate(self) -> None:
        ask.open_file(self, _("选择区总工会发回的证书"), list(ANSWER_FILE), self._take_certificate)

    def _take_certificate(self, path: Path) -> None:
        self._ask(_("导入证书"), _("证书要放进钥匙文件，请输入签名口令。"), _("导入"), partial(self._import, path))

    def _import(self, path: Path, words: str) -> None:
        self._run(_("导入证书"), partial(_import, path, words), _("证书已导入。"))

    def bring_p12(self) -> None:
        ask.open_file(self, _("选择 .p12 文件"), list(P12_FILE), self._take_p12)

    def _take_p12(self, path: Path) -> None:
        Passphrase(False, partial(self._p12_words, path), self, title=_("提取码"), ok=_("继续"), least=1,
                   told=_("请输入发来 {f} 的人另外告诉您的提取码。").format(f=path.name)).open()

    def _p12_words(self, path: Path, code: str) -> None:
        Passphrase(True, partial(self._import_p12, path, code), self, title=_("设置签名口令"), ok=_("导入"),
                   told=_("导入以后，钥匙用本街道自己的口令锁住，与提取码无关。口令至少8位。")).open()

    def _import_p12(self, path: Path, code: str, words: str) -> None:
        self._run(_("导入钥匙"), partial(_import_p12, path, code, words), _("钥匙已导入；请把 .p12 文件从 U 盘上删掉。"))

    def change(self) -> None:
        """Another passphrase for the same key."""
        self._ask(_("修改签名口令"), _("先输入现在的口令。"), _("继续"), self._change_to)

    def _change_to(self, old: str) -> None:
        Passphrase(True, partial(self._change, old), self, title=_("修改签名口令"), ok=_("修改"), told=_("新口令至少8位；忘记了不能找回。")).open()

    def _change(self, old: str, new: str) -> None:
        self._run(_("修改签名口令"), partial(_change, old, new), _("签名口令已修改。"))

    # trust --------------------------------------------------------------------------------------------------

    def bring_trust(self) -> None:
        ask.open_file(self, _("选择区总工会发来的信任文件"), list(TRUST_FILE), self._look_at_trust)

    def _look_at_trust(self, path: Path) -> None:
        self.desk.jobs.run(_("读取信任文件"), partial(_look, path), partial(self._compare, path), parent=self)

    def _compare(self, path: Path, seen: tuple[Any, bool]) -> None:
        """Only the first one needs the telephone; later ones are signed by a root that is known."""
        trust, first = seen
        take = partial(self._take_trust, path, trust.signed_by if first else None)
        if not first:
            take()
            return
        ask.confirm(self, _("核对区根证书"), _("请打电话给{d}，请对方念出根证书指纹，逐组核对：\n\n{f}").format(
            d=trust.district_name, f=_in_lines(spoken(trust.signed_by))), take, yes=_("完全一样，采用"), no=_("不一样，不采用"), grave=True,
            more=_("这一次核对决定以后相信谁，请不要跳过。"))

    def _take_trust(self, path: Path, root: str | None) -> None:
        self._run(_("导入信任文件"), partial(_take_trust, path, root), _("信任文件已导入。"))

    # dropped files, jobs ------------------------------------------------------------------------------------

    def open_at(self, **where: Any) -> None:
        """`file`: a certificate, .p12 or trust file to bring in."""
        if "file" in where:
            self._take_file(Path(where["file"]))

    def _take_file(self, path: Path) -> None:
        takers = {".uct": self._look_at_trust, ".p12": self._take_p12, ".pfx": self._take_p12}
        takers.get(path.suffix.lower(), self._take_certificate)(path)

    def _ask(self, title: str, told: str, ok: str, then: Any) -> None:
        token = self.key.state is not None and self.key.state.on_token
        Passphrase(False, then, self, title=title, told=told, ok=ok, **({"least": 4} if token else {})).open()

    def _run(self, title: str, job: Any, sentence: str) -> None:
        self.desk.jobs.run(title, job, partial(self._did, sentence), parent=self)


def _in_lines(words: str) -> str:
    """A spoken fingerprint in two lines."""
    groups = words.split()
    return "\n".join("  ".join(groups[start:start + 8]) for start in range(0, len(groups), 8))


def _state(workspace: Any, _progress: Any) -> Any:
    return workspace.key_state()


def _make(path: Path, words: str, workspace: Any, _progress: Any) -> Any:
    workspace.make_key(words)
    return workspace.write_request(path, words)


def _make_on_token(library: str, label: str, pin: str, path: Path, workspace: Any, _progress: Any) -> Any:
    workspace.make_token_key(library, label, pin)
    return workspace.write_request(path, pin)


def _request(path: Path, words: str, workspace: Any, _progress: Any) -> Any:
    return workspace.write_request(path, words)


def _renew(path: Path, words: str, workspace: Any, _progress: Any) -> Any:
    return workspace.renew_key(path, words)


def _import(path: Path, words: str, workspace: Any, _progress: Any) -> Any:
    return workspace.import_certificate(path, words)


def _import_p12(path: Path, code: str, words: str, workspace: Any, _progress: Any) -> Any:
    return workspace.import_p12(path, code, words)


def _change(old: str, new: str, workspace: Any, _progress: Any) -> None:
    workspace.change_key_passphrase(old, new)


def _look(path: Path, workspace: Any, _progress: Any) -> tuple[Any, bool]:
    return workspace.look_at_trust(path), workspace.trust() is None


def _take_trust(path: Path, root: str | None, workspace: Any, _progress: Any) -> Any:
    return workspace.import_trust(path, root)
