"""A street's window: navigation, top bar, one page at a time, status bar. It holds no page's business."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut

from unionclient.ui import draft
from unionclient.ui.config import Config
from unionclient.ui.deeds import Deed, deeds
from unionclient.ui.navigation import Navigation
from unionclient.ui.pages import all_pages
from unionclient.ui.shell import Shell
from unionclient.ui.theme import Look
from unionclient.ui.top_bar import TopBar
from unionclient.definition.words import _

_PAUSE = 100       # ms without a change before the steps are named anew


class MainWindow(Shell):
    """Opens pages, takes steps back, and passes each `Changes` to the pages it concerns."""

    def __init__(self, workspace: Any, config: Config, look: Look) -> None:
        super().__init__(workspace, config, look, all_pages(workspace.library))
        self._help: Any = None
        self.setWindowTitle(_("{} 工会台账").format(workspace.street.title))
        ledgers = [spec for spec in self.specs.values() if spec.id in workspace.library.ledgers]
        self.navigation = Navigation(ledgers, [spec for spec in self.specs.values() if spec not in ledgers], self)
        self.bar = TopBar(self.desk, look, self._deeds, self)
        self._name_steps = QTimer(self)  # reading the steps from a long log must not hold up fast typing
        self._name_steps.setSingleShot(True)
        self._name_steps.setInterval(_PAUSE)
        self._name_steps.timeout.connect(self.bar.show_steps)
        self.build()
        self._saved.setText(_("每次修改都自动保存"))
        self._connect()
        self._count(None)
        self.restore("home")
        QTimer.singleShot(0, self._offer_draft)

    def _offer_draft(self) -> None:
        draft.offer(self.desk, self)

    def _connect(self) -> None:
        self.bar.undo_wanted.connect(self.undo)
        self.bar.redo_wanted.connect(self.redo)
        self.bar.looks_wanted.connect(self.dress)
        self.bar.language_wanted.connect(self.speak)
        self.bar.help_wanted.connect(self.help)
        self.bar.finder.left.connect(self.to_page)
        self.desk.changed.connect(self._changed)
        for keys, deed in ((QKeySequence.StandardKey.Undo, self.undo), (QKeySequence("Ctrl+Y"), self.redo),
                           (QKeySequence("Ctrl+Shift+Z"), self.redo), (QKeySequence("Ctrl+K"), self._focus_finder),
                           (QKeySequence.StandardKey.HelpContents, self.help)):
            QShortcut(keys, self).activated.connect(deed)

    # changes ------------------------------------------------------------------------------------------------------

    def _changed(self, changes: Any) -> None:
        self.hear(changes)
        self._count(changes)
        self._name_steps.start()
        self._saved.setText(_("已保存 {:%H:%M:%S}").format(dt.datetime.now()))

    def _count(self, changes: Any) -> None:
        """How many records each ledger has, beside its name; only where some came or went."""
        ledgers = self.ws.library.ledgers
        for ledger in self.specs if changes is None else [name for name, (came, _changed, went) in changes.ledgers.items() if came or went]:
            if ledger in self.specs and ledger in ledgers:
                self.navigation.set_count(ledger, self.ws.count(ledger))

    def help(self) -> None:
        """What the definitions say of the ledger in sight, at the field one is in."""
        from unionclient.ui.help_window import HelpWindow

        topic = getattr(self.stack.page, "topic", None)
        ledger, field = topic() if topic else (next(iter(self.ws.library.ledgers)), "")
        if self._help is None:
            self._help = HelpWindow(self.ws.library, self)
        self._help.show_ledger(ledger, field)

    def undo(self) -> None:
        self._step(self.bar.undo.text(), "undo", self.ws.undo_title)

    def redo(self) -> None:
        self._step(self.bar.redo.text(), "redo", self.ws.redo_title)

    def _step(self, told: str, verb: str, title: str | None) -> None:
        self.leave()
        if title is None:
            self.say(_("没有可以撤销的操作") if verb == "undo" else _("没有可以重做的操作"))
            return
        changes = self.ws.undo() if verb == "undo" else self.ws.redo()
        self.desk.publish(changes)
        self.say(_("已{}：{}").format(_("撤销") if verb == "undo" else _("重做"), title))
        self._show_where(changes)

    def _show_where(self, changes: Any) -> None:
        """A step taken back on another page must be seen: go to its first record, unless the page in sight shows it."""
        seen = getattr(self.stack.page, "shows_step", None)
        if seen is not None and seen(changes):
            return
        for ledger, (added, changed, _retired) in changes.ledgers.items():
            touched = (*added, *changed)
            if ledger in self.specs and (self.current not in changes.ledgers or ledger == self.current):
                if touched and ledger != self.current:
                    self.desk.open(ledger, record=touched[0])
                elif not touched:
                    self.show_page(ledger)
                return

    def _deeds(self) -> list[Deed]:
        return [*deeds(self.stack.page), Deed(_("撤销"), "Ctrl+Z", self.undo), Deed(_("重做"), "Ctrl+Y", self.redo),
                Deed(_("这本台账怎样填写"), "F1", self.help)]

    def _focus_finder(self) -> None:
        self.bar.finder.setFocus()
        self.bar.finder.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._name_steps.stop()
