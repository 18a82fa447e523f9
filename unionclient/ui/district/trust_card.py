"""The card of the authority: whether it is there, the trust file in force, until when its list is good."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from unionclient.ui.views.frame import button, label, say_on
from unionclient.definition.words import _
from unionclient.workspace.certifying import spoken

NAMES = (_("信任文件"), _("吊销列表"), _("根证书指纹"))
SOON = 14      # days before its end the list is marked


class TrustCard(QFrame):
    """`page` does the deeds."""

    def __init__(self, page: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sheet")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(_("区里的签发机构"), self, "heading"))
        head.addStretch(1)
        self.make = button(_("建立签发机构…"), self, page.set_up, "primary")
        self.renew = button(_("更新吊销列表…"), self, page.renew)
        self.encryption = button(_("换加密钥匙…"), self, page.renew_encryption)
        self.bring = button(_("导入信任文件…"), self, page.bring_trust)
        self.carry = button(_("信任文件存到 U 盘…"), self, page.carry_trust)
        for made in (self.renew, self.encryption, self.bring, self.carry, self.make):
            head.addWidget(made)
        column.addLayout(head)
        self.none = label(_("还没有签发机构。建立以后，才能给街道发证书、核验报送包和签发回执；口令请由专人保管。签发机构建在别处的，导入它的信任文件。"), self, wrap=True)
        self.due = label("", self, wrap=True)
        column.addWidget(self.none)
        column.addWidget(self.due)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        self.facts: dict[str, tuple[QLabel, QLabel]] = {}
        for row, name in enumerate(NAMES):
            title, text = label(name, self, "muted"), label("", self, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
            text.setAccessibleName(name)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, row, 1)
            self.facts[name] = (title, text)
        column.addLayout(grid)
        say_on(self.due, "")

    def put(self, shown: Any) -> None:
        trust = shown.trust
        self.none.setVisible(trust is None)
        self.make.setVisible(trust is None)
        self.carry.setVisible(trust is not None)
        for made in (self.renew, self.encryption):
            made.setVisible(shown.can_issue)
        self.bring.setVisible(not shown.can_issue)
        file, lists, root = NAMES
        left = (trust.good_until - dt.datetime.now(dt.UTC)).days if trust else 0
        self._fact(file, _("第 {n} 号，{d}，登记 {c} 张证书").format(n=trust.serial, d=f"{trust.issued_at:%Y-%m-%d}", c=len(trust.register)) if trust else "")
        self._fact(lists, _("第 {n} 号，用到 {d}").format(n=trust.crl_number, d=f"{trust.good_until:%Y-%m-%d}") if trust else "")
        self._fact(root, spoken(trust.signed_by) if trust else "")
        due = ""
        if trust is not None and left <= SOON:
            due = (_("△ 吊销列表已过期，请更新后交给每个街道。") if left < 0
                   else _("△ 吊销列表还有 {n} 天到期，请更新后交给每个街道。").format(n=left))
        elif trust is not None and not shown.can_issue:
            due = _("签发机构不在这个文件夹里，不能签发证书；插上保存它的 U 盘，把 authority 文件夹放回来。")
        say_on(self.due, due, "warn")

    def _fact(self, name: str, words: str) -> None:
        for each in self.facts[name]:
            each.setVisible(bool(words))
        self.facts[name][1].setText(words)
