"""The card of the authority: whether it is there, the trust file in force, until when its list is good."""

import datetime as dt
from typing import Any

from PySide6.QtWidgets import QWidget

from unionclient.ui.flow import FlowLayout
from unionclient.ui.views.facts import Card, Facts
from unionclient.ui.views.frame import button, label, say_on
from unionclient.definition.words import _

NAMES = (_("信任文件"), _("吊销列表"), _("根证书指纹"))
SOON = 14      # days before its end the list is marked


class TrustCard(Card):
    """`page` does the deeds."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(_("区里的签发机构"), parent)
        self.make = button(_("建立签发机构…"), self, page.set_up, "primary")
        self.renew = button(_("更新吊销列表…"), self, page.renew)
        self.encryption = button(_("换加密钥匙…"), self, page.renew_encryption)
        self.bring = button(_("导入信任文件…"), self, page.bring_trust)
        self.carry = button(_("信任文件存到 U 盘…"), self, page.carry_trust)
        row = FlowLayout()
        for made in (self.make, self.carry, self.renew, self.encryption, self.bring):
            row.addWidget(made)
        self.none = label(_("还没有签发机构。建立以后，才能给街道发证书、核验报送包和签发回执；口令请由专人保管。签发机构建在别处的，导入它的信任文件。"), self, wrap=True)
        self.due = label("", self, wrap=True)
        self.facts = Facts(NAMES, self)
        self.column.addWidget(self.none)
        self.column.addWidget(self.due)
        self.column.addLayout(self.facts)
        self.column.addLayout(row)
        say_on(self.due, "")

    def put(self, shown: Any) -> None:
        trust = shown.trust
        self.none.setVisible(trust is None)
        self.make.setVisible(trust is None)
        self.carry.setVisible(trust is not None)
        for made in (self.renew, self.encryption):
            made.setVisible(shown.can_issue)
        self.bring.setVisible(not shown.can_issue)
        left = (trust.good_until - dt.datetime.now(dt.UTC)).days if trust else 0
        self.facts.clear()
        if trust is not None:
            self.facts.put_trust(trust, *NAMES)
        due = ""
        if trust is not None and left <= SOON:
            due = (_("△ 吊销列表已过期，请更新后交给每个街道。") if left < 0
                   else _("△ 吊销列表还有 {n} 天到期，请更新后交给每个街道。").format(n=left))
        elif trust is not None and not shown.can_issue:
            due = _("签发机构不在这个文件夹里，不能签发证书；插上保存它的 U 盘，把 authority 文件夹放回来。")
        say_on(self.due, due, "warn")
