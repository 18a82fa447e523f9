"""What both windows (a street's, the district's) share: pages made at first opening, status bar, looks, size and place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QVBoxLayout, QWidget

from unionclient.ui import handed
from unionclient.ui.config import Config
from unionclient.ui.desk import Desk, Where
from unionclient.ui.language import keep
from unionclient.ui.navigation import Navigation
from unionclient.ui.page_stack import PageStack
from unionclient.ui.pages import PageSpec
from unionclient.ui.theme import Look
from unionclient.ui.widgets import room_of, tool
from unionclient.definition.words import _

_KEPT = 20         # changes kept for a hidden page; beyond that it shows everything anew
_LEAST = (880, 420)  # a screen of 1366 × 768 at 150 %, less title bar and task bar
_SAID = 8000       # ms a sentence stays in the status bar


class Shell(QMainWindow):
    """A window of pages. A subclass makes `specs`, `navigation` and `bar`, then calls `build` and `restore`."""

    navigation: Navigation
    bar: QWidget

    def __init__(self, workspace: Any, config: Config, look: Look, specs: tuple[PageSpec, ...]) -> None:
        super().__init__()
        self.ws = workspace
        self.config = config
        self.look = look
        self.specs: dict[str, PageSpec] = {spec.id: spec for spec in specs}
        self.desk = Desk(workspace, config, tuple(self.specs), self)
        self.pages: dict[str, QWidget] = {}
        self._waiting: dict[str, list[Any]] = {}
        self.stack = PageStack(self)
        self._selection = QLabel("", self)
        self._saved = QLabel("", self)
        self._reading = QLabel("", self)
        self._stop = tool("close", _("不再读取"), self.desk.jobs.cancel, self)
        self.desk.asked.connect(self._go)
        self.desk.said.connect(self.say)
        self.desk.counted.connect(self._selection.setText)

    def build(self) -> None:
        """Bar above, navigation at the left, pages, status bar."""
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
        for made in (self._reading, self._stop):
            made.hide()
            status.addPermanentWidget(made)
        self.desk.jobs.busy.connect(self._tell_reading)
        status.addPermanentWidget(self._selection)
        status.addPermanentWidget(self._saved)
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self.navigation.chosen.connect(self.show_page)
        QShortcut(QKeySequence("F6"), self).activated.connect(self.next_part)
        QShortcut(QKeySequence("Shift+F6"), self).activated.connect(self.part_before)

    # the keyboard -------------------------------------------------------------------------------------------------

    def next_part(self) -> None:
        """From page to bar to navigation and round again: the way out of a grid, where Tab goes to the next cell."""
        self._to_part(1)

    def part_before(self) -> None:
        self._to_part(-1)

    def _to_part(self, way: int) -> None:
        parts = [self.stack.page, self.bar, self.navigation]
        here = QApplication.focusWidget()
        at = next((n for n, part in enumerate(parts) if part is here or here is not None and part.isAncestorOf(here)), -way)
        for step in range(1, len(parts) + 1):
            inner = _first_input(parts[(at + way * step) % len(parts)])
            if inner is not None:
                inner.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # pages --------------------------------------------------------------------------------------------------------

    def page(self, page: str) -> QWidget:
        """The page, made at its first opening."""
        if page not in self.pages:
            made = self.specs[page].make(self.desk, self.stack)
            self.pages[page] = made
            self.stack.add_page(made)
        return self.pages[page]

    @property
    def current(self) -> str:
        shown = self.stack.page
        return next((name for name, page in self.pages.items() if page is shown), "")

    def show_page(self, page: str) -> None:
        """Bring a page to the front, first saving what is being typed on the one before."""
        self.leave()
        first = page not in self.pages
        made = self.page(page)
        waiting = self._waiting.pop(page, [None] if first else None)
        if waiting is not None:
            for changes in waiting if len(waiting) <= _KEPT else [None]:
                made.refresh(changes)
        self.stack.show_page(made)
        self.navigation.mark(page)
        self._selection.setText("")
        self.config.put("page", page)

    def _go(self, where: Where) -> None:
        if where.page in self.specs:
            self.show_page(where.page)
            self.pages[where.page].open_at(**where.place)
            self.to_page()

    def to_page(self) -> None:
        """The keyboard is in the page in sight: whoever went there by name types on at once."""
        here, page = QApplication.focusWidget(), self.stack.page
        inner = _first_input(page)
        if inner is not None and (here is None or not page.isAncestorOf(here)):
            inner.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """What is being typed on the page in sight is saved."""
        leave = getattr(self.stack.page, "leave", None)
        if leave is not None:
            leave()

    def hear(self, changes: Any) -> None:
        """The page in sight shows a change at once, the others when they are next opened."""
        shown = self.stack.page
        for name, page in self.pages.items():
            if page is shown:
                page.refresh(changes)
            else:
                self._waiting.setdefault(name, []).append(changes)

    def _tell_reading(self, title: str) -> None:
        """A page is being read; nothing waits for it, and it can be stopped."""
        self._reading.setText(_("正在{title}……").format(title=title) if title else "")
        for made in (self._reading, self._stop):
            made.setVisible(bool(title))

    def say(self, sentence: str) -> None:
        """A sentence in the status bar."""
        self.statusBar().showMessage(sentence, _SAID)

    # files ---------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 (Qt's name)
        if handed.local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        event.acceptProposedAction()
        self.take_files(handed.local_files(event.mimeData()))

    def take_files(self, files: Sequence[Path]) -> None:
        """Open the preview of files that were dropped or brought by a second start."""
        if files and QApplication.activeModalWidget() is None:
            handed.take(self, files)
        elif files:
            self.say(_("请先做完打开着的对话框，再打开 {}").format(files[0].name))

    def come_forward(self, files: Sequence[Path] = ()) -> None:
        """Before all other windows, with the files of a second start."""
        self.setWindowState((self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
        self.show()
        self.raise_()
        self.activateWindow()
        self.take_files(files)

    # looks and geometry --------------------------------------------------------------------------------------------

    def dress(self, looks: tuple[str, str]) -> None:
        """Put on (theme, size of letters)."""
        self.config.put("look", looks[0])
        self.config.put("letters", looks[1])
        self.look.apply(*looks)
        for page in self.pages.values():
            model = getattr(page, "model", None)
            if model is not None:
                model.repaint_all()
        self.navigation.fit()

    def speak(self, name: str) -> None:
        """Keep the language for the next start, and say so in both."""
        self.say(keep(self.config, name))

    def restore(self, first: str) -> None:
        """Size and page of the last time, else the page `first`."""
        kept = self.config.get("geometry")
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            room = room_of(self)
            self.resize(min(1280, room.width() - 40), min(820, room.height() - 60))
            if room.width() <= 1440:
                self.setWindowState(Qt.WindowState.WindowMaximized)
        page = self.config.get("page")
        self.show_page(page if page in self.specs else first)
        inner = _first_input(self.stack.page)
        if inner is not None:
            inner.setFocus()    # one types on where one left off

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave()
        self.desk.finish()
        self.config.put("geometry", bytes(self.saveGeometry().toBase64()).decode())
        super().closeEvent(event)


def _first_input(part: QWidget) -> QWidget | None:
    """Where the keyboard enters a part of the window: the grid of a ledger page, else what Tab comes to first."""
    grid = getattr(part, "grid", None)
    if grid is not None:
        return grid
    widget = part.nextInFocusChain()
    while part.isAncestorOf(widget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return widget
        widget = widget.nextInFocusChain()
    return None
