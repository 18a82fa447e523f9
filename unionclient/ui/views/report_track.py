"""The states of a period's report in a row, the one it is in marked, with what to do next and the buttons that do it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from unionclient.ui.flow import FlowLayout
from unionclient.ui.views.frame import beside, button, label, local_time, say_on, sheet
from unionclient.ui.widgets import set_kind
from unionclient.definition.words import _

TRACK = ("draft", "reviewed", "packed", "sent", "accepted")
"""The states of a report that meets no objection; the last one is the district's answer, whichever it is."""
TITLES = {"draft": _("草稿"), "reviewed": _("已审核"), "packed": _("已打包"), "sent": _("待回执"), "accepted": _("已接收"),
          "returned": _("退回修改"), "revised": _("已更正")}
TONES = {"draft": "muted", "reviewed": "hint", "packed": "hint", "sent": "warn", "accepted": "good", "returned": "block", "revised": "good"}
BUTTONS: Mapping[str, Sequence[str]] = {
    "draft": ("review",), "reviewed": ("review", "pack"), "packed": ("withdraw", "carry", "send"), "sent": ("carry", "receipt"),
    "accepted": ("paper", "reopen"), "returned": ("paper", "review"), "revised": ("paper", "reopen")}
"""The deeds offered in each state, the one to do next last; an accepted report asks for nothing."""
WORDS = {"review": _("审核"), "pack": _("生成报送包…"), "withdraw": _("撤回…"), "carry": _("拷贝到 U 盘…"), "send": _("已送出"),
         "receipt": _("导入回执…"), "paper": _("打开回执"), "reopen": _("更正…")}


class Track(QWidget):
    """`put` shows a `Report`; `deeds` are the slots of the buttons by name."""

    def __init__(self, deeds: Mapping[str, Callable[[], None]], parent: QWidget) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        card, inner = sheet(self)
        layout.addWidget(card)
        self._inner = inner
        row = FlowLayout(8)
        self.marks: list[QLabel] = []
        for state in TRACK:
            if self.marks:
                row.addWidget(label("›", card, "muted"))
            mark = label(TITLES[state], card, "muted")
            self.marks.append(mark)
            row.addWidget(mark)
        inner.addLayout(row)
        self.todo = label(" ", card, "heading", wrap=True)
        inner.addWidget(self.todo)
        self.package = label("", card, "muted", wrap=True)
        self.buttons: dict[str, QPushButton] = {name: button(WORDS[name], card, deed) for name, deed in deeds.items()}
        inner.addLayout(beside(self.package, *self.buttons.values()))
        self.said = label("", card, "block", wrap=True)
        self.said.hide()
        inner.addWidget(self.said)

    def put(self, report: Any) -> None:
        """The report's state, its package, what to do."""
        state = report.state.value
        at = TRACK.index(state) if state in TRACK else len(TRACK) - 1
        for place, (mark, name) in enumerate(zip(self.marks, TRACK, strict=True)):
            here = place == at
            mark.setText(("● " if here else "✓ " if place < at else "○ ") + TITLES[state if here else name])
            set_kind(mark, TONES[state] if here else "muted")
            letters = mark.font()
            letters.setBold(here)
            mark.setFont(letters)
        package = report.package
        words = "" if package is None else _("第{n}号 · {s}{w}").format(
            n=package.seq, s=package.state_title, w=f" · {local_time(package.at)}")
        self.package.setText(words)
        self.todo.setText(report.todo + (_("更正原因：{r}").format(r=report.correcting) if report.correcting else ""))
        offered = [name for name in BUTTONS[state] if name != "paper" or (package is not None and package.receipt)]
        for name, made in self.buttons.items():
            made.setVisible(name in offered)
            set_kind(made, "primary" if name == offered[-1] and state not in ("accepted", "revised") else "")
        self.buttons["review"].setText(_("重新审核") if state == "reviewed" or report.changed else WORDS["review"])
        self.buttons["pack"].setText(_("生成更正包…") if report.amending else WORDS["pack"])
        self._inner.invalidate()  # while the page is not yet shown, hidden buttons would keep their room
        self._inner.activate()

    def say(self, text: str, kind: str = "block") -> None:
        """A sentence under the track; empty hides it."""
        say_on(self.said, text, kind)
