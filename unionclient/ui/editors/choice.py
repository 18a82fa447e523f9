"""Inputs that choose from a list while one types: codes, yes or no, references to other records."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QCompleter, QListView, QWidget

from unionclient.definition.formats import name_key
from unionclient.definition.ledger import Code, Field
from unionclient.definition.pinyin import get_ready, is_pinyin, place, plain, ranked
from unionclient.ui.editors.line import FieldLine
from unionclient.ui.widgets import keep_on_screen
from unionclient.definition.words import _

_KEY = int(Qt.ItemDataRole.UserRole)
_LISTED = 12
_LONGEST = 4   # signs of a code that people know by heart
_YES_NO = {"是": "y", "否": "n"}
_ENDS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChoiceLine(FieldLine):
    """A line with a list below it that narrows while one types.

    What is chosen is kept as its key; a text that was typed and not chosen is handed on as it is.
    """

    def __init__(self, field: Field, parent: QWidget, *, cell: bool = False) -> None:
        super().__init__(field, parent, cell=cell)
        get_ready()
        self._key: str | None = None
        self._shown_key: str | None = None
        self._listed = QStandardItemModel(self)
        self._popup = QListView(self)
        self._popup.setObjectName("choices")
        self._completer = QCompleter(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_LISTED)
        self._completer.setModel(self._listed)
        self._completer.setPopup(self._popup)
        self._popup.setMinimumWidth(260)
        self._completer.setWidget(self)
        self._popup.installEventFilter(self)    # before the completer's own filter, which is asked after it
        self._completer.activated[QModelIndex].connect(self._choose)
        if not field.readonly:
            self.add_button("down", _("打开列表")).triggered.connect(self.show_all)

    def entries(self, text: str) -> list[tuple[str, str]]:
        """(key, shown title) of what matches `text`; everything for ""."""
        raise NotImplementedError

    def title_of(self, key: str) -> str:
        raise NotImplementedError

    def key_of(self, value: Any) -> str | None:
        return value

    def show_value(self, value: Any, raw: str = "") -> None:
        key = self.key_of(value)
        self._key = self._shown_key = key
        self._shown = raw or (self.title_of(key) if key is not None else "")
        self.setText(self._shown)
        self.setCursorPosition(0)

    @property
    def changed(self) -> bool:
        return self.text() != self._shown or self._key != self._shown_key

    def typed(self) -> Any:
        return self._key if self._key is not None else self.text()

    @property
    def choosing(self) -> bool:
        return self._popup.isVisible()

    def show_all(self) -> None:
        """Open the whole list, with the present choice marked."""
        self.setFocus()
        self.opened.emit()
        self._offer("", mark=self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_F4) and not self._popup.isVisible() and not self.isReadOnly():
            self.show_all()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 (Qt's name)
        """The list follows what an input method is still composing: cym finds 朝阳门 before a character is chosen."""
        super().inputMethodEvent(event)
        if is_pinyin(event.preeditString()):
            self._offer(event.preeditString(), mark=None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab and Enter take what is marked in the list and then do what they do without a list: go on to the next field."""
        if event.type() == QEvent.Type.KeyPress and event.key() in _ENDS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            marked = self._popup.currentIndex()
            self._popup.hide()
            if marked.isValid():
                self._take(marked)
            QApplication.sendEvent(self, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
            return True
        return super().eventFilter(watched, event)

    def _text_edited(self) -> None:
        self._key = None
        if self.text().strip():
            self._offer(self.text().strip(), mark=None)
        else:
            self._popup.hide()
        self.touched.emit()

    def _offer(self, text: str, mark: str | None) -> None:
        entries = self.entries(text)
        self._listed.clear()
        for key, title in entries:
            item = QStandardItem(title)
            item.setData(key, _KEY)
            item.setEditable(False)
            self._listed.appendRow(item)
        if not entries:
            self._popup.hide()
            return
        self._completer.complete()
        self._popup.setCurrentIndex(QModelIndex())      # Qt marks the first by itself, and Tab would take it
        keep_on_screen(self._popup)
        keys = [key for key, _title in entries]
        if mark in keys:
            self._popup.setCurrentIndex(self._completer.completionModel().index(keys.index(mark), 0))
        elif text and self.takes_first(text, entries):
            self._popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def takes_first(self, text: str, entries: list[tuple[str, str]]) -> bool:
        """True if Enter shall take the first match without further choosing."""
        return True

    def _choose(self, index: QModelIndex) -> None:
        self._take(index)
        self.settled.emit()

    def _take(self, index: QModelIndex) -> None:
        QGuiApplication.inputMethod().reset()       # what was being composed is answered by the choice
        self._key = index.data(_KEY)
        self.setText(self.title_of(self._key) if self._key is not None else "")
        self.touched.emit()


def listed(code: Code) -> str:
    """A code as a list shows it; a long code says nothing to a reader."""
    return f"{code.code}　{code.title}" if len(code.code) <= _LONGEST else code.title


class CodeLine(ChoiceLine):
    """One code of a list, found by code, title or alias. `offered` limits the list to the next steps of a status."""

    offered: tuple[str, ...] | None = None

    def entries(self, text: str) -> list[tuple[str, str]]:
        found = []
        wanted = text.casefold()
        for code in self.field.codes.codes.values():
            words = (code.code, code.title, *code.aliases)
            if not code.retired and (self.offered is None or code.code in self.offered) and any(wanted in word.casefold() for word in words):
                found.append((not any(word.casefold().startswith(wanted) for word in words), code))
        found.sort(key=lambda item: item[0])
        chosen = [code for _later, code in found]
        if is_pinyin(text):
            known = {code.code for code in chosen}
            rest = (c for c in self.field.codes.codes.values() if c.code not in known and not c.retired
                    and (self.offered is None or c.code in self.offered))
            chosen += ranked(rest, text, lambda code: (code.title, *code.aliases))
        return [(code.code, listed(code)) for code in chosen]

    def title_of(self, key: str) -> str:
        return self.field.codes.title_of(key)


class BoolLine(ChoiceLine):
    """Yes, no, or not answered."""

    _TITLES = {"": _("（不填）"), "是": _("是"), "否": _("否")}

    def entries(self, text: str) -> list[tuple[str, str]]:
        if not text:
            return [("是", _("是")), ("否", _("否")), ("", _("（不填）"))]
        if is_pinyin(text):
            return [(key, title) for key, title in self._TITLES.items() if key and (text.casefold() == _YES_NO[key] or place(key, plain(text)) == 0)]
        return [(key, title) for key, title in self._TITLES.items() if text in title]

    def title_of(self, key: str) -> str:
        return _(key) if key else ""

    def key_of(self, value: Any) -> str | None:
        return None if value is None else "是" if value else "否"


class ReferenceLine(ChoiceLine):
    """A record of another ledger, looked for in all its columns."""

    def __init__(self, field: Field, parent: QWidget, workspace: Any, *, cell: bool = False) -> None:
        self._workspace = workspace
        super().__init__(field, parent, cell=cell)

    def entries(self, text: str) -> list[tuple[str, str]]:
        found = self._workspace.choices(self.field.ref, text)
        wanted = name_key(text) or ""
        return sorted(found, key=lambda item: name_key(item[1]) != wanted) if wanted else found

    def title_of(self, key: str) -> str:
        return self._workspace.label(self.field.ref, key)

    def takes_first(self, text: str, entries: list[tuple[str, str]]) -> bool:
        return len(entries) == 1 or name_key(entries[0][1]) == name_key(text)
