"""Ctrl+K: pages and what can be done here by name or pinyin, records of all ledgers by a few signs; choose one and be there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from unionclient.definition.pinyin import is_pinyin, ranked
from unionclient.ui import icons
from unionclient.ui.deeds import Deed
from unionclient.ui.desk import Desk
from unionclient.ui.pages import all_pages
from unionclient.ui.widgets import keep_on_screen
from unionclient.definition.words import _

_KEY = int(Qt.ItemDataRole.UserRole)
_PAUSE = 300
_EACH = 6         # records listed of one ledger
_LEAST = 1        # signs before anything is looked for


@dataclass(frozen=True, slots=True)
class _Found:
    page: str
    record: str = ""


class Finder(QLineEdit):
    """Names the pages so called and looks into every ledger of the menu; opens the chosen page or record."""

    left = Signal()     # something is about to be done on the page in sight

    def __init__(self, desk: Desk, deeds: Callable[[], Sequence[Deed]], parent: QWidget) -> None:
        """`deeds` tells what can be done now."""
        super().__init__(parent)
        self._desk = desk
        self._deeds = deeds
        self.setPlaceholderText(_("找页面、操作、记录（Ctrl+K）"))
        self.setAccessibleName(_("查找页面、操作和记录"))
        self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._listed = QStandardItemModel(self)
        self._completer = QCompleter(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(16)
        self._completer.setModel(self._listed)
        self._popup = QListView(self)
        self._popup.setObjectName("choices")
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self)
        self._completer.activated[QModelIndex].connect(self._go)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.look)
        self.textEdited.connect(self._pause.start)
        self.returnPressed.connect(self.look)

    def look(self) -> None:
        """Fill the list with what matches now."""
        self._pause.stop()
        text = self.text().strip()
        self._listed.clear()
        if len(text) < _LEAST:
            self._popup.hide()
            return
        workspace = self._desk.ws
        self._list_pages(text)
        self._list_deeds(text)
        for ledger in workspace.library.ledgers.values():
            if not ledger.menu:
                continue
            rowids = workspace.find(ledger.id, search=text)
            for record in workspace.rows(ledger.id, rowids[:_EACH]):
                item = QStandardItem(f"{ledger.title}　{workspace.label(ledger.id, record.id)}")
                item.setData(_Found(ledger.id, record.id), _KEY)
                self._listed.appendRow(item)
            if len(rowids) > _EACH:
                more = QStandardItem(_("　　{}中还有 {} 条").format(ledger.title, len(rowids) - _EACH))
                more.setFlags(Qt.ItemFlag.NoItemFlags)
                self._listed.appendRow(more)
        if not self._listed.rowCount():
            none = QStandardItem(_("没有找到“{}”").format(text))
            none.setFlags(Qt.ItemFlag.NoItemFlags)
            self._listed.appendRow(none)
        self._popup.setMinimumWidth(max(self.width(), 460))
        self._completer.complete()
        keep_on_screen(self._popup)

    def _list_pages(self, text: str) -> None:
        """The pages so called, by title or pinyin, before the records."""
        titles = {spec.id: spec.title for spec in all_pages(self._desk.ws.library) if self._desk.has(spec.id)}
        for page in _named(titles, text):
            item = QStandardItem(icons.icon("right", "muted"), _("打开“{}”").format(titles[page]))
            item.setData(_Found(page), _KEY)
            self._listed.appendRow(item)

    def _list_deeds(self, text: str) -> None:
        """What is so called and can be done here, with its keys."""
        here = {deed.title: deed for deed in self._deeds()}
        for title in _named({title: title for title in here}, text):
            item = QStandardItem(icons.icon("deed", "muted"), title + (f"　{here[title].keys}" if here[title].keys else ""))
            item.setData(here[title], _KEY)
            self._listed.appendRow(item)

    def _go(self, index: QModelIndex) -> None:
        found = index.data(_KEY)
        if isinstance(found, Deed):
            self.clear()
            self.left.emit()
            found.do()
        elif found is not None:
            self.clear()
            self._desk.open(found.page, **({"record": found.record} if found.record else {}))


def _named(titles: Mapping[str, str], text: str) -> list[str]:
    """The first keys whose title holds `text`, or is spelt by it; with case as it may be."""
    named = [key for key, title in titles.items() if text.casefold() in title.casefold()]
    if is_pinyin(text):
        named += [key for key in ranked(titles, text, lambda key: (titles[key],)) if key not in named]
    return named[:_EACH]
