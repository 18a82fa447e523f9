"""The help of a ledger, beside the work: what each field wants, what is checked, what happens by itself; at the field one is in."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QTextBrowser, QVBoxLayout, QWidget

from unionclient.definition.ledger import Library
from unionclient.definition.manual import Block, Grid, Heading, Paragraph, ledger_page
from unionclient.ui import icons, theme
from unionclient.ui.grid.keys import KEYS
from unionclient.ui.widgets import button, label, room_of
from unionclient.definition.words import _


class HelpWindow(QDialog):
    """One window for all ledgers; it stays open beside the main window and follows F1."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._ledger = ""
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setModal(False)
        room = room_of(self)
        self.resize(min(760, room.width() - 80), min(560, room.height() - 80))
        self._title = label("", "title", self)
        self._find = QLineEdit(self)
        self._find.setPlaceholderText(_("在本页中查找"))
        self._find.setAccessibleName(_("在帮助中查找"))
        self._find.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._find.returnPressed.connect(self._find_next)
        self._find.setMaximumWidth(240)
        self.page = QTextBrowser(self)
        self.page.setAccessibleName(_("帮助"))
        self.page.setOpenLinks(False)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self._find)
        top.addWidget(button(_("关闭"), self.close, self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.page, 1)
        find = QShortcut(QKeySequence.StandardKey.Find, self)
        find.activated.connect(self._find.setFocus)

    def show_ledger(self, ledger: str, field: str = "") -> None:
        """The page of a ledger, at one of its fields."""
        if ledger != self._ledger:
            self._ledger = ledger
            title = self._library.ledgers[ledger].title
            self.setWindowTitle(_("帮助：{}").format(title))
            self._title.setText(title)
        self.page.setHtml(as_html((*ledger_page(self._library, ledger), *_keys()), field))
        if field:
            self.page.scrollToAnchor(field)
        self.show()
        self.raise_()
        self.activateWindow()

    def _find_next(self) -> None:
        """The next place of the text; from the top again after the last one."""
        if not self.page.find(self._find.text()):
            self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
            self.page.find(self._find.text(), QTextDocument.FindFlag(0))


def _keys() -> tuple[Block, ...]:
    """The keys of the grid, one line a deed."""
    by_words: dict[str, list[str]] = {}
    for key, (_verb, words) in KEYS.items():
        shown = key.replace("Return", "Enter").replace("Backtab", "Tab").replace("Del", "Delete")
        if shown not in by_words.setdefault(words, []):
            by_words[words].append(shown)
    rows = (("F2", _("接着原来的内容修改；直接键入是替换")), ("Esc", _("放弃正在键入的内容")),
            *((_("、").join(keys), words) for words, keys in by_words.items()))
    return Heading(_("表格里的按键")), Grid((_("按键"), _("作用")), rows)


def as_html(blocks: Sequence[Block], marked: str = "") -> str:
    """A page as the text view shows it, the row of the field `marked` set off."""
    tones = theme.tones()
    parts = [f"<style>td, th {{ padding: 5px 8px; }} th {{ text-align: left; color: {tones.muted}; }} h3 {{ margin: 14px 0 6px 0; }}</style>"]
    for block in blocks:
        if isinstance(block, Heading):
            parts.append(f"<h3><a name='{block.anchor}'></a>{escape(block.text)}</h3>")
        elif isinstance(block, Paragraph):
            parts.append(f"<p>{escape(block.text)}</p>")
        else:
            parts.append(_table(block, marked, tones))
    return "".join(parts)


def _table(grid: Grid, marked: str, tones: theme.Tones) -> str:
    """Every other row tinted: lines between rows are not drawn by Qt's rich text."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in grid.heads)
    rows = [f"<tr>{heads}</tr>"] if any(grid.heads) else []
    for number, cells in enumerate(grid.rows):
        anchor = grid.anchors[number] if grid.anchors else ""
        tone = f" bgcolor='{tones.chosen}'" if anchor and anchor == marked else f" bgcolor='{tones.stripe}'" if number % 2 == 0 else ""
        shown = [escape(cell).replace("\n", "<br>") or "&nbsp;" for cell in cells]
        if anchor:
            shown[0] = f"<a name='{anchor}'></a>{shown[0]}"
        rows.append(f"<tr{tone}>" + "".join(f"<td>{cell}</td>" for cell in shown) + "</tr>")
    return f"<table width='100%' cellspacing='0'>{''.join(rows)}</table>"
