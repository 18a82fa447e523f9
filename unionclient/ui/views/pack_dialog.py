"""Asks what a package needs: the signing passphrase, the reason of an amendment, and whether numbers of persons go out in full."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from unionclient.ui.views.frame import label, say_on
from unionclient.ui.views.passphrase import Twice
from unionclient.ui.views.question import Question
from unionclient.definition.words import _

LEAST, LEAST_KNOWN, LEAST_REASON = 8, 4, 6


@dataclass(frozen=True, slots=True)
class Order:
    """What the officer said; the passphrase is handed on and kept nowhere. `amends` is the number of the package amended, or None."""

    words: str
    reason: str
    unmasked: bool


class PackDialog(Question):
    """`then(Order)` is called when everything is there. `new`: the key is made by this package, so the passphrase is asked twice."""

    def __init__(self, period: str, new: bool, amends: int | None, reason: str, then: Callable[[Order], None], parent: QWidget) -> None:
        super().__init__(_("生成{p}报送包").format(p=period) if amends is None else _("生成{p}更正包").format(p=period), then, parent)
        form = QFormLayout()
        self.reason = self.line(_("更正原因"), reason) if amends is not None else None
        if self.reason is not None:
            form.addRow(_("更正原因"), self.reason)
        self.twice = Twice(self, form, new, LEAST if new else LEAST_KNOWN)
        self.first, self.second = self.twice.first, self.twice.second
        self.unmasked = QCheckBox(_("证件号码和电话不遮盖（记入操作日志）"), self)
        self.unmasked.toggled.connect(self.judge)
        self.told = label(_("默认遮盖，如 110101********002X。区里要求完整号码时才勾选。"), self, "muted", wrap=True)
        self.wrong = label(" ", self, "muted")
        self.lay_out(_("签名并生成"), label(_told(new, amends), self, wrap=True), form, self.unmasked, self.told, self.wrong)
        (self.first if self.reason is None or reason else self.reason).setFocus()

    def _reason(self) -> str:
        return self.reason.text().strip() if self.reason is not None else ""

    def ready(self) -> bool:
        short = self.reason is not None and len(self._reason()) < LEAST_REASON
        fault = _("更正原因至少写{n}个字。").format(n=LEAST_REASON) if short and self._reason() else self.twice.fault()
        say_on(self.wrong, fault or " ", "block")  # the line keeps its room, so that nothing moves while typing
        say_on(self.told, self.told.text(), "warn" if self.unmasked.isChecked() else "muted")
        return not short and not fault and self.twice.said()

    def answer(self) -> tuple[Order]:
        return (Order(self.first.text(), self._reason(), self.unmasked.isChecked()),)


def _told(new: bool, amends: int | None) -> str:
    if new:
        return _("还没有签名钥匙，现在先建立一把。口令至少8位，以后每次报送都要用；忘记了不能找回。证书要到“钥匙与证书”里申请。")
    if amends is not None:
        return _("更正包写明更正第{n}号报送包和更正原因；第{n}号的文件不动。").format(n=amends)
    return _("请输入本街道的签名口令。")
