"""What the cards of key, certificates and trust file are made of: a heading, facts that can be copied, a fingerprint to be read out."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from unionclient.ui.views.frame import label
from unionclient.ui.widgets import set_kind
from unionclient.definition.words import _
from unionclient.workspace.certifying import spoken

_COPIED = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_GROUPS = 8     # of a fingerprint in one line


class Card(QFrame):
    """A white card with a heading."""

    def __init__(self, heading: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sheet")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(label(heading, self, "heading"))


class Facts(QGridLayout):
    """Names at the left, texts that can be copied at the right; a fact without text is hidden."""

    def __init__(self, names: tuple[str, ...], parent: QWidget) -> None:
        super().__init__()
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(4)
        self.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[QLabel, QLabel]] = {}
        for row, name in enumerate(names):
            title, text = label(name, parent, "muted"), label("", parent, wrap=True)
            text.setTextInteractionFlags(_COPIED)
            text.setAccessibleName(name)
            self.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            self.addWidget(text, row, 1)
            self._lines[name] = (title, text)

    def put(self, name: str, text: str, kind: str = "") -> None:
        title, line = self._lines[name]
        line.setText(text)
        set_kind(line, kind)
        for each in (title, line):
            each.setVisible(bool(text))

    def clear(self) -> None:
        for name in self._lines:
            self.put(name, "")

    def put_trust(self, trust: Any, number: str, lists: str, root: str) -> None:
        """What is said of a trust file, under the names of its number, its revocation list and its root."""
        self.put(number, _("第 {n} 号，{d}，登记 {c} 张证书").format(n=trust.serial, d=f"{trust.issued_at:%Y-%m-%d}", c=len(trust.register)))
        self.put(lists, _("第 {n} 号，用到 {d}").format(n=trust.crl_number, d=f"{trust.good_until:%Y-%m-%d}"))
        self.put(root, spoken(trust.signed_by))

    def text(self, name: str) -> str:
        return self._lines[name][1].text()


class Fingerprint(QLabel):
    """The fingerprint of a request in large groups, as it is read out by telephone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "title")
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTextInteractionFlags(_COPIED)
        self.setAccessibleName(_("申请指纹"))

    def put(self, fingerprint: str) -> None:
        groups = spoken(fingerprint).split()
        self.setText("\n".join("  ".join(groups[start:start + _GROUPS]) for start in range(0, len(groups), _GROUPS)))
