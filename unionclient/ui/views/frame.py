"""What the work pages share: frame with title and note, number tiles, period picker, ways to records."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.flow import EvenLayout, FlowLayout
from unionclient.ui.widgets import Choice, set_kind
from unionclient.definition.words import _
from unionclient.ui.work import Cancelled

EARLIEST_YEAR = 2010
_WIDE = 160     # pixels of a name or line beside its buttons
_LIST, _LIST_LEAST = 250, 170    # pixels of a list beside what is chosen in it
_LOW = 560      # pixels of a window in which large numbers would take the room of the lists
_NOTE = 200     # pixels a page's note keeps beside its title
_PERIODS = (("Y", _("全年")), ("H1", _("上半年")), ("H2", _("下半年")), *((f"Q{n}", _("第{n}季度").format(n=n)) for n in range(1, 5)),
            *((f"M{n:02}", _("{n}月").format(n=n)) for n in range(1, 13)))


class View(QWidget):
    """A work page: title, note and buttons above, `body` below. Pages override `refresh` and `open_at`."""

    title = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._take_dropped: Callable[[Path], None] | None = None
        self._endings: tuple[str, ...] = ()
        self._reading: Callable[[Any], None] | None = None
        self._again: tuple[str, Callable, Callable[[Any], None]] | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 16)
        whole.setSpacing(10)
        self.head = FlowLayout(10)
        self.note = label("", self, "muted", wrap=True)
        self.head.addWidget(label(self.title, self, "title"))
        self.head.add(self.note, least=_NOTE)
        self.head.begin_part()             # the page's own buttons: in a narrow window they go below
        whole.addLayout(self.head)
        self.body = whole

    def heightForWidth(self, width: int) -> int:  # noqa: N802 (Qt's name)
        """The least the page can be seen in: a frame would give it all the room its lists could wish, and scroll."""
        return self.layout().totalMinimumHeightForWidth(width)

    def refresh(self, changes: Any) -> None:
        """Show again what the page shows of `changes`."""

    def open_at(self, **where: Any) -> None:
        """Show a place; most work pages have none."""

    def take_dropped(self, take: Callable[[Path], None], endings: Sequence[str] = ()) -> None:
        """A file (of these endings) that is dropped on the page goes to `take`; all else, and several at once, go to the window."""
        self._take_dropped, self._endings = take, tuple(endings)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if self._dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        file = self._dropped(event)
        if self._take_dropped is not None and file is not None:
            event.acceptProposedAction()
            self._take_dropped(file)

    def _dropped(self, event: QDropEvent) -> Path | None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return files[0] if len(files) == 1 and (not self._endings or files[0].suffix.lower() in self._endings) else None

    def read(self, words: str, function: Callable, then: Callable[[Any], None]) -> None:
        """Read beside the window for `refresh`. Asked again meanwhile, it reads once more, not once for each asking."""
        if self._reading is not None:
            self._again = (words, function, then)
            return
        self._reading = then
        self.desk.jobs.run(words, function, self._read, failed=self._unread, parent=self, reading=True)

    def _read(self, value: Any) -> None:
        then, self._reading = self._reading, None
        again, self._again = self._again, None
        if again is not None:
            self.read(*again)
        else:
            then(value)

    def _unread(self, error: UnionClientError) -> None:
        self._reading = self._again = None
        if not isinstance(error, Cancelled):
            ask.fault(self, error)


def label(text: str, parent: QWidget, kind: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label of the theme's `kind`; text of the ledgers is never read as HTML."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


def say_on(which: QLabel, text: str, kind: str = "muted") -> None:
    """Put `text` on a label in another kind ("good", "block", "muted"); an empty text hides it."""
    which.setText(text)
    which.setVisible(bool(text))
    set_kind(which, kind)


def button(text: str, parent: QWidget, pressed: Any, kind: str = "") -> QPushButton:
    made = QPushButton(text, parent)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    made.clicked.connect(pressed)
    return made


def beside(wide: QWidget, *others: QWidget, least: int = _WIDE) -> FlowLayout:
    """A name, a line or a text that takes what is left, and what stands beside it: below it in a window too narrow for both."""
    row = FlowLayout(8)
    row.add(wide, least=least)
    row.begin_part()
    for each in others:
        row.addWidget(each)
    return row


def beside_list(page: QWidget, listed: QWidget, right: QLayout, *, above: QWidget | None = None, widest: int = _LIST) -> None:
    """Lay a page out with a list at the left (`above` it a button) and what is chosen at the right; in a narrow window the list gives way."""
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 10, 0, 0)
    row.setSpacing(12)
    listed.setMinimumWidth(min(widest, _LIST_LEAST))
    listed.setMaximumWidth(widest)
    left = QVBoxLayout()
    if above is not None:
        left.addWidget(above)
    left.addWidget(listed, 1)
    row.addLayout(left, 2)
    row.addLayout(right, 7)


def sheet(parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """A white card and its layout."""
    frame = QFrame(parent)
    frame.setProperty("kind", "sheet")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(16, 12, 16, 12)
    layout.setSpacing(8)
    return frame, layout


def combo(name: str, parent: QWidget, options: Sequence[tuple[Any, str]] = ()) -> QComboBox:
    """A drop-down of (value, words) that ignores the wheel while it does not have the keyboard."""
    made = Choice(name, parent)
    for value, words in options:
        made.addItem(words, value)
    return made


class Tiles(QWidget):
    """Large numbers with their words below, in a row while there is room; in a low window small ones beside their words."""

    def __init__(self, names: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setLayout(EvenLayout(10))
        self._numbers: list[QLabel] = []
        self._cards: list[QVBoxLayout] = []
        self._names = tuple(names)
        for name in names:
            card, inner = sheet(self)
            inner.setContentsMargins(14, 8, 14, 8)
            number = label("—", card, "title")
            inner.addWidget(number)
            inner.addWidget(label(name, card, "muted"))
            self.layout().addWidget(card)
            self._numbers.append(number)
            self._cards.append(inner)
        self._low = True
        self._fold(False)

    def _fold(self, low: bool) -> None:
        if low == self._low:
            return
        self._low = low
        for number, inner in zip(self._numbers, self._cards, strict=True):
            set_kind(number, "heading" if low else "title")
            inner.setDirection(QVBoxLayout.Direction.LeftToRight if low else QVBoxLayout.Direction.TopToBottom)
            inner.setSpacing(8 if low else 0)
            inner.setContentsMargins(10 if low else 14, 4 if low else 8, 10 if low else 14, 4 if low else 8)
            inner.setStretch(1, 1 if low else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fold(self.window().height() < _LOW)

    def put(self, numbers: Sequence[Any]) -> None:
        """Whole numbers get their commas, texts and other numbers stay, None is a dash."""
        for shown, name, number in zip(self._numbers, self._names, numbers, strict=True):
            shown.setText("—" if number is None else f"{number:,}" if isinstance(number, int) else str(number))
            shown.setAccessibleName(f"{name} {shown.text()}")

    def texts(self) -> list[str]:
        return [shown.text() for shown in self._numbers]


class PeriodPicker(QWidget):
    """Year and kind of period; `changed` when the officer picks another. Remembers the last one on this computer."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._config = desk.config
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        this_year = dt.date.today().year
        self.year = combo(_("年度"), self, [(y, _("{y}年").format(y=y)) for y in range(this_year, EARLIEST_YEAR - 1, -1)])
        self.kind = combo(_("统计期"), self, _PERIODS)
        for box in (self.year, self.kind):
            row.addWidget(box)
            box.activated.connect(self._picked)
        self.put(str(self._config.get("period", "")) or desk.ws.setting("ui.period") or f"{this_year}Y")

    @property
    def code(self) -> str:
        """The period's code, as 2017Q1."""
        return f"{self.year.currentData()}{self.kind.currentData()}"

    @property
    def words(self) -> str:
        return _("{year}{period}").format(year=self.year.currentText(), period=self.kind.currentText())

    def put(self, code: str) -> None:
        year = self.year.findData(int(code[:4]) if code[:4].isdigit() else None)
        self.year.setCurrentIndex(max(year, 0))
        self.kind.setCurrentIndex(max(self.kind.findData(code[4:]), 0))

    def _picked(self) -> None:
        self._config.put("period", self.code)
        self.changed.emit()


def open_record(desk: Desk, ledger: str, record: str | None, field: str | None = None) -> bool:
    """Go to a record's cell; a child without a page of its own is shown at its parent. False when there is no such page."""
    while not desk.has(ledger):
        above = desk.ws.library.ledgers[ledger].parent
        found = desk.ws.record(ledger, record) if record else None
        if above is None or found is None:
            return False
        ledger, record, field = above, found.parent, None
    place = {name: value for name, value in (("record", record), ("field", field)) if value}
    desk.open(ledger, **place)
    return True


def local_time(at: str) -> str:
    """A kept moment (UTC ISO text) as the officer's clock shows it, to the minute; other text unchanged."""
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return at
    return (moment.astimezone() if moment.tzinfo else moment).strftime("%Y-%m-%d %H:%M")
