"""The cards of the keys page: what is due, the key, the request that waits, the trust file."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from unionclient.ui.flow import FlowLayout
from unionclient.ui.views.facts import Card, Facts, Fingerprint
from unionclient.ui.views.frame import button, label, say_on
from unionclient.ui.widgets import set_kind
from unionclient.definition.words import _
from unionclient.workspace.certifying import spoken
from unionclient.workspace.key_verbs import RENEW_DAYS

_MARKS = {"warn": "△", "block": "✗"}


class DueCard(Card):
    """What is due about key and trust, the gravest first; or that nothing is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("要办的事"), parent)
        self.lines = [label("", self, wrap=True) for _n in range(8)]
        for line in self.lines:
            self.column.addWidget(line)

    def put(self, state: Any) -> None:
        due = sorted(state.due, key=lambda each: each.level != "block")[:len(self.lines)]
        for line in self.lines:
            say_on(line, "")
        for line, each in zip(self.lines, due, strict=False):
            say_on(line, _("{mark} {text}。{todo}").format(mark=_MARKS[each.level], text=each.text, todo=each.todo), each.level)
        if not due:
            say_on(self.lines[0], _("✓ 现在没有要办的事"), "good")


class KeyCard(Card):
    """The key and its certificate, with the deeds that fit its state."""

    NAMES = (_("单位"), _("证书"), _("有效期"), _("证书指纹"), _("存放"))

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(_("签名钥匙"), parent)
        self.state: Any = None
        self.facts = Facts(self.NAMES, self)
        self.none = label(_("本街道还没有签名钥匙。生成以后把申请文件交给区总工会，打电话核对指纹，再把发回的证书导入。"), self, wrap=True)
        row = FlowLayout()
        self.make = button(_("生成钥匙和申请…"), self, page.make, "primary")
        self.token = button(_("用 USB 钥匙…"), self, page.make_on_token)
        self.p12 = button(_("导入 .p12…"), self, page.bring_p12)
        self.bring = button(_("导入证书…"), self, page.bring_certificate)
        self.request = button(_("再导出申请…"), self, page.request)
        self.renew = button(_("换证…"), self, page.renew)
        self.change = button(_("修改口令…"), self, page.change)
        self.buttons: tuple[QPushButton, ...] = (self.make, self.token, self.p12, self.bring, self.request, self.renew, self.change)
        for each in self.buttons:
            row.addWidget(each)
        self.column.addWidget(self.none)
        self.column.addLayout(self.facts)
        self.column.addLayout(row)

    def put(self, state: Any) -> None:
        self.state = state
        self.none.setVisible(not state.exists)
        self._put_facts(state)
        wanted = self._wanted(state)
        set_kind(self.bring, "primary" if state.asked else "")
        set_kind(self.renew, "primary" if not state.asked and state.days_left is not None and state.days_left <= RENEW_DAYS else "")
        for each in self.buttons:
            each.setVisible(each in wanted)

    def _put_facts(self, state: Any) -> None:
        unit, issued, dates, fingerprint, place = self.NAMES
        self.facts.clear()
        if not state.exists:
            return
        self.facts.put(unit, f"{state.name}　{state.code}")
        self.facts.put(issued, _("区总工会已签发") if state.issued else _("还没有由区里签发"), "good" if state.issued else "warn")
        left = _("（还有 {n} 天）").format(n=state.days_left) if state.days_left >= 0 else _("（已过期）")
        self.facts.put(dates, _("{a} 至 {b}").format(a=f"{state.begins:%Y-%m-%d}", b=f"{state.ends:%Y-%m-%d}") + left)
        self.facts.put(fingerprint, spoken(state.fingerprint))
        self.facts.put(place, _("USB 钥匙") if state.on_token else _("数据文件夹，用口令锁住"))

    def _wanted(self, state: Any) -> tuple[QPushButton, ...]:
        if not state.exists:
            return self.make, self.token, self.p12
        if not state.issued:
            return (self.bring, self.request) if state.on_token else (self.bring, self.request, self.change)
        if state.on_token:
            return self.bring, self.renew
        return (self.bring, self.renew, self.change)


class AskedCard(Card):
    """The request that waits for a certificate: its fingerprint in large groups, to be read out by telephone."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(_("等待证书的申请"), parent)
        self.steps = label("", self, wrap=True)
        self.fingerprint = Fingerprint(self)
        self.column.addWidget(self.steps)
        self.column.addWidget(self.fingerprint)
        self.hide()

    def put(self, state: Any) -> None:
        self.setVisible(state.asked is not None)
        if state.asked is None:
            return
        self.fingerprint.put(state.asked)
        self.steps.setText(
            _("换证申请由现在的钥匙签名：把申请文件交给区总工会，拿回新证书后导入。新钥匙的指纹（备查）：") if state.renewing else
            _("1. 把申请文件用 U 盘交给区总工会。　2. 打电话，把下面的指纹一组一组念给对方核对。　3. 拿回证书文件，按“导入证书”。"))


class TrustCard(Card):
    """The district's trust file: whom this street believes, and until when its list is good."""

    NAMES = (_("来自"), _("编号"), _("吊销列表"), _("根证书指纹"), _("加密"))

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(_("区总工会的信任文件"), parent)
        self.facts = Facts(self.NAMES, self)
        self.none = label(_("还没有导入。信任文件（trust.uct）由区总工会发来，用来核验区里的回执和下发的文件。"), self, wrap=True)
        self.bring = button(_("导入信任文件…"), self, page.bring_trust)
        self.column.addWidget(self.none)
        self.column.addLayout(self.facts)
        self.column.addWidget(self.bring, 0, Qt.AlignmentFlag.AlignLeft)

    def put(self, state: Any) -> None:
        trust = state.trust
        self.none.setVisible(trust is None)
        self.facts.clear()
        if trust is None:
            return
        origin, number, lists, root, encryption = self.NAMES
        self.facts.put(origin, f"{trust.district_name}　{trust.district_code}")
        self.facts.put_trust(trust, number, lists, root)
        self.facts.put(encryption, _("可以加密报送给区里") if trust.encryption is not None else _("区里没有提供加密证书"))
