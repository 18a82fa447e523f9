"""The window: navigation, top bar, one page at a time, status bar. It holds no page's business."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from unionclient.ui.config import Config
from unionclient.ui.desk import Desk, Where
from unionclient.ui.navigation import Navigation
from unionclient.ui.pages import PageSpec, all_pages
from unionclient.ui.theme import Look
from unionclient.ui.top_bar import TopBar
from unionclient.ui.words import _

_KEPT = 20         # changes kept for a hidden page; beyond that it shows everything anew
_PAUSE = 100       # ms without a change before the steps are named anew
_SAID = 8000       # ms a sentence stays in the status bar


class MainWindow(QMainWindow):
    """Opens pages, takes steps back, and passes each `Changes` to the pages it concerns."""

    def __init__(self, workspace: Any, config: Config, look: Look) -> None:
        super().__init__()
        self.ws = workspace
        self.config = config
        self.look = look
        self.specs: dict[str, PageSpec] = {spec.id: spec for spec in all_pages(workspace.library)}
        self.desk = Desk(workspace, config, tuple(self.specs), self)
        self.pages: dict[str, QWidget] = {}
        self._waiting: dict[str, list[Any]] = {}
        self._help: Any = None
        self.setWindowTitle(_("{} 工会台账").format(workspace.street.title))
        ledgers = [spec for spec in self.specs.values() if spec.id in workspace.library.ledgers]
        self.navigation = Navigation(ledgers, [spec for spec in self.specs.values() if spec not in ledgers], self)
        self.bar = TopBar(self.desk, look, self)
        self.stack = QStackedWidget(self)
        self._name_steps = QTimer(self)  # reading the steps from a long log must not hold up fast typing
        self._name_steps.setSingleShot(True)
        self._name_steps.setInterval(_PAUSE)
        self._name_steps.timeout.connect(self.bar.show_steps)
        self._build()
        self._connect()
        self._count(None)
        self._restore()

    def _build(self) -> None:
        middle = QWidget(self)
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self.stack, 1)
        layout.addLayout(row, 1)
        self.setCentralWidget(middle)
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self._selection = QLabel("", self)
        self._saved = QLabel(_("每次修改都自动保存"), self)
        status.addPermanentWidget(self._selection)
        status.addPermanentWidget(self._saved)
        self.setMinimumSize(960, 560)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_page)
        self.bar.undo_wanted.connect(self.undo)
        self.bar.redo_wanted.connect(self.redo)
        self.bar.looks_wanted.connect(self._dress)
        self.bar.help_wanted.connect(self.help)
        self.desk.changed.connect(self._changed)
        self.desk.asked.connect(self._go)
        self.desk.said.connect(self._say)
        self.desk.counted.connect(self._selection.setText)
        for keys, deed in ((QKeySequence.StandardKey.Undo, self.undo), (QKeySequence("Ctrl+Y"), self.redo),
                           (QKeySequence("Ctrl+Shift+Z"), self.redo), (QKeySequence("Ctrl+K"), self._focus_finder),
                           (QKeySequence.StandardKey.HelpContents, self.help)):
            QShortcut(keys, self).activated.connect(deed)

    # pages --------------------------------------------------------------------------------------------------------

    def page(self, page: str) -> QWidget:
        """The page, made at its first opening."""
        if page not in self.pages:
            made = self.specs[page].make(self.desk, self.stack)
            self.pages[page] = made
            self.stack.addWidget(made)
        return self.pages[page]

    @property
    def current(self) -> str:
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is shown), "")

    def show_page(self, page: str) -> None:
        """Bring a page to the front, first saving what is being typed on the one before."""
        self._leave()
        first = page not in self.pages
        made = self.page(page)
        waiting = self._waiting.pop(page, [None] if first else None)
        if waiting is not None:
            for changes in waiting if len(waiting) <= _KEPT else [None]:
                made.refresh(changes)
        self.stack.setCurrentWidget(made)
        self.navigation.mark(page)
        self._selection.setText("")
        self.config.put("page", page)

    def _go(self, where: Where) -> None:
        if where.page in self.specs:
            self.show_page(where.page)
            self.pages[where.page].open_at(**where.place)

    def _leave(self) -> None:
        shown = self.stack.currentWidget()
        leave = getattr(shown, "leave", None)
        if leave is not None:
            leave()

    # changes ------------------------------------------------------------------------------------------------------

    def _changed(self, changes: Any) -> None:
        shown = self.stack.currentWidget()
        for name, page in self.pages.items():
            if page is shown:
                page.refresh(changes)
            else:
                self._waiting.setdefault(name, []).append(changes)
        self._count(changes)
        self._name_steps.start()
        self._saved.setText(_("已保存 {:%H:%M:%S}").format(dt.datetime.now()))

    def _count(self, changes: Any) -> None:
        for ledger in self.specs:
            if ledger in self.ws.library.ledgers and (changes is None or ledger in changes.ledgers):
                self.navigation.set_count(ledger, self.ws.count(ledger))

    def help(self) -> None:
        """What the definitions say of the ledger in sight, at the field one is in."""
        from unionclient.ui.help_window import HelpWindow

        topic = getattr(self.stack.currentWidget(), "topic", None)
        ledger, field = topic() if topic else (next(iter(self.ws.library.ledgers)), "")
        if self._help is None:
            self._help = HelpWindow(self.ws.library, self)
        self._help.show_ledger(ledger, field)

    def undo(self) -> None:
        self._step(self.bar.undo.text(), "undo", self.ws.undo_title)

    def redo(self) -> None:
        self._step(self.bar.redo.text(), "redo", self.ws.redo_title)

    def _step(self, told: str, verb: str, title: str | None) -> None:
        self._leave()
        if title is None:
            self._say(_("没有可以撤销的操作") if verb == "undo" else _("没有可以重做的操作"))
            return
        changes = self.ws.undo() if verb == "undo" else self.ws.redo()
        self.desk.publish(changes)
        self._say(_("已{}：{}").format(_("撤销") if verb == "undo" else _("重做"), title))
        self._show_where(changes)

    def _show_where(self, changes: Any) -> None:
        """A step taken back on another page must be seen: go to its first record."""
        for ledger, (added, changed, _retired) in changes.ledgers.items():
            touched = (*added, *changed)
            if ledger in self.specs and (self.current not in changes.ledgers or ledger == self.current):
                if touched and ledger != self.current:
                    self.desk.open(ledger, record=touched[0])
                elif not touched:
                    self.show_page(ledger)
                return

    def _say(self, sentence: str) -> None:
        self.statusBar().showMessage(sentence, _SAID)

    def _focus_finder(self) -> None:
        self.bar.finder.setFocus()
        self.bar.finder.selectAll()

    # looks and geometry --------------------------------------------------------------------------------------------

    def _dress(self, looks: tuple[str, str]) -> None:
        self.config.put("look", looks[0])
        self.config.put("letters", looks[1])
        self.look.apply(*looks)
        for page in self.pages.values():
            model = getattr(page, "model", None)
            if model is not None:
                model.repaint_all()
        self.navigation.fit()

    def _restore(self) -> None:
        kept = self.config.get("geometry")
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            room = self.screen().availableGeometry()
            self.resize(min(1280, room.width() - 40), min(820, room.height() - 60))
            if room.width() <= 1440:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        first = self.config.get("page")
        self.show_page(first if first in self.specs else "home")

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        self._name_steps.stop()
        self.desk.jobs.finish()
        self.config.put("geometry", bytes(self.saveGeometry().toBase64()).decode())
        super().closeEvent(event)
