"""Compares a request's fingerprint by telephone and asks for the passphrase; only then a certificate is issued."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from unionclient.ui.views.facts import Fingerprint
from unionclient.ui.views.frame import label
from unionclient.ui.views.question import Question
from unionclient.definition.words import _

LEAST = 4


class IssueDialog(Question):
    """`then(request, passphrase)`. A renewal is vouched for by the old key; anything else by the telephone."""

    def __init__(self, asked: Any, bodies: Sequence[Any], then: Callable[[Any, str], None], parent: QWidget) -> None:
        super().__init__(_("答复证书申请"), then, parent, width=560)
        self._asked = asked
        body = next((each for each in bodies if each.code == asked.code), None)
        self._known = body is not None
        registered = label(_("登记册里的名称：{n}").format(n=body.name) if body else _("报送单位里没有代码 {c}，不能签发。请街道核对代码后重新申请。").format(c=asked.code),
                           self, "muted" if body else "block", wrap=True)
        told = label(_("请打电话给这个单位（用您原来就有的号码），请对方把申请指纹一组一组念出来核对：") if asked.renews is None else
                     _("这是换证申请，由现在的钥匙签名，不用再打电话核对。新钥匙的指纹："), self, wrap=True)
        fingerprint = Fingerprint(self)
        fingerprint.put(asked.fingerprint)
        self.compared = QCheckBox(_("已打电话核对，对方念的指纹与上面完全一样"), self)
        self.compared.toggled.connect(self.judge)
        self.compared.setVisible(asked.renews is None)
        self.words = self.line(_("区里的口令"), secret=True)
        form = QFormLayout()
        form.addRow(_("区里的口令"), self.words)
        self.lay_out(_("签发证书"), label(f"{asked.name}　{asked.code}", self, "heading"), registered, told, fingerprint, self.compared, form)

    def ready(self) -> bool:
        compared = self.compared.isChecked() or self._asked.renews is not None
        return self._known and compared and len(self.words.text()) >= LEAST

    def answer(self) -> tuple[Any, str]:
        return self._asked, self.words.text()
