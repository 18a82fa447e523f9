"""The settings page: the readings the work plan leaves open, each with its default, its source and the street's choice; what the district sends down.

One file of definitions makes this page; nothing here knows a single setting.
"""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.ui.bundle_dialog import FILES, offer_bundle
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.language import TITLE, LanguageChoice, keep
from unionclient.ui.views.frame import View, button, combo, label, say_on, sheet
from unionclient.definition.words import _

DEFAULT = _("（默认）")
_TOLD, _CHOICE = 300, 260    # pixels: a setting's words and its choice, before the choice goes below
_UNGROUPED = _("其他")


class SettingsPage(View):
    """A choice holds at once, is logged, and every figure that rests on it is computed anew."""

    title = _("统计口径")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.lines: dict[str, SettingLine] = {}
        say_on(self.note, _("工作计划没有说死的地方由街道选定；选后立即生效，记入操作日志，印在统计表下面。"))
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(scroll)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(12)
        scroll.setWidget(inner)
        self.body.addWidget(scroll, 1)
        self._build(inner)

    def _build(self, inner: QWidget) -> None:
        groups: dict[str, list[Any]] = {}
        for made in self.desk.ws.choices_made():
            groups.setdefault(made.setting.group or _UNGROUPED, []).append(made)
        for group, settings in groups.items():
            card, layout = sheet(inner)
            layout.addWidget(label(group, card, "heading"))
            for made in settings:
                line = SettingLine(self, made, card)
                self.lines[made.setting.id] = line
                layout.addWidget(line)
            self._column.addWidget(card)
        card, layout = sheet(inner)
        layout.addWidget(label(_("区里下发"), card, "heading"))
        layout.addWidget(label(_("区总工会发来的目标、定义和代码表：先看改动，再决定采用。"), card, "muted", wrap=True))
        self.bundle = button(_("打开区里下发的文件…"), card, self._choose_bundle)
        layout.addWidget(self.bundle, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(card)
        card, layout = sheet(inner)
        layout.addWidget(label(TITLE, card, "heading"))
        self.language = LanguageChoice(self.desk.config, card)
        self.language.activated.connect(self._language_picked)
        layout.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(card)
        self._column.addStretch(1)

    def _choose_bundle(self) -> None:
        ask.open_file(self, _("选择区里下发的文件"), list(FILES), self._look_at_bundle)

    def _language_picked(self) -> None:
        self.desk.say(keep(self.desk.config, self.language.currentData()))

    def _look_at_bundle(self, path: Path) -> None:
        offer_bundle(self.desk, path, self)

    def refresh(self, changes: Any) -> None:
        for made in self.desk.ws.choices_made():
            self.lines[made.setting.id].show_choice(made)

    def open_at(self, **where: Any) -> None:
        """`setting` gets the keyboard."""
        line = self.lines.get(where.get("setting", ""))
        if line:
            line.editor.setFocus()

    def choose(self, setting: str, value: str | None) -> None:
        """Keeps a choice; a value the setting does not take is said beside it and the old one stays."""
        line = self.lines[setting]
        try:
            changes = self.desk.ws.choose(setting, value)
        except UnionClientError as error:
            line.say(f"{error.what}{error.todo}", "block")
            return
        self.refresh(None)
        self.desk.changed.emit(changes)
        self.desk.say(_("{t}：{w}").format(t=line.made.setting.title, w=line.made.words))


class SettingLine(QWidget):
    """Title and source at the left, the choice at the right; a way back where it is not the default."""

    def __init__(self, page: SettingsPage, made: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.made = made
        setting = made.setting
        row = FlowLayout(16)
        row.setContentsMargins(0, 4, 0, 4)
        self.setLayout(row)
        told = "　".join(part for part in (setting.help, _("依据：{s}").format(s=setting.source)) if part)
        row.add(_stacked(self, label(setting.title, self, wrap=True), label(told, self, "muted", wrap=True)), 3, _TOLD)
        row.begin_part()
        self.editor = self._choices() if setting.choices else self._text()
        self.fault = label("", self, "muted", wrap=True)
        self.back = button(_("恢复默认"), self, self._go_back)
        row.add(_stacked(self, self.editor, self.fault), 2, _CHOICE)
        row.addWidget(self.back)
        self.show_choice(made)

    def _choices(self) -> Any:
        setting = self.made.setting
        made = combo(setting.title, self, [(value, words + (DEFAULT if value == setting.default else "")) for value, words in setting.choices.items()])
        made.activated.connect(self._picked)
        return made

    def _text(self) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(self.made.setting.title)
        made.editingFinished.connect(self._typed)
        return made

    def show_choice(self, made: Any) -> None:
        self.made = made
        setting = made.setting
        if setting.choices:
            self.editor.setCurrentIndex(max(self.editor.findData(made.value), 0))
            self.editor.setToolTip(made.words)
        else:
            self.editor.setText(made.value)
        self.back.setEnabled(made.chosen)
        self.say(_("已改，默认是：{w}").format(w=setting.words(setting.default)) if made.chosen else
                 "" if setting.choices else _("默认 {v}").format(v=setting.default))

    def say(self, text: str, kind: str = "muted") -> None:
        say_on(self.fault, text, kind)

    def _go_back(self) -> None:
        self._page.choose(self.made.setting.id, None)

    def _picked(self) -> None:
        self._page.choose(self.made.setting.id, self.editor.currentData())

    def _typed(self) -> None:
        if self.editor.text().strip() != self.made.value:
            self._page.choose(self.made.setting.id, self.editor.text())


def _stacked(parent: QWidget, above: QWidget, below: QWidget) -> QWidget:
    made = QWidget(parent)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(above)
    column.addWidget(below)
    column.addStretch(1)
    return made
