"""`DateLine`: a day typed in any form, or picked from a calendar."""

import datetime as dt

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from unionclient.definition.ledger import Field
from unionclient.definition.values import TYPES
from unionclient.ui import icons, theme
from unionclient.ui.editors.line import FieldLine
from unionclient.ui.widgets import room_of
from unionclient.definition.words import _


class CalendarPopup(QFrame):
    """A calendar that hangs below its line and closes itself."""

    def __init__(self, line: "DateLine") -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self._line = line
        self.calendar = QCalendarWidget(self)
        self.calendar.setAccessibleName(_("日历"))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setGridVisible(False)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        self._calm()
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        today = QPushButton(_("今天"), self)
        empty = QPushButton(_("清空"), self)
        today.clicked.connect(self._today)
        empty.clicked.connect(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.calendar)
        row = QHBoxLayout()
        row.addWidget(today)
        row.addStretch(1)
        row.addWidget(empty)
        layout.addLayout(row)

    def _calm(self) -> None:
        """The house's arrows and colours; red is kept for what must be mended."""
        for name, icon, title in (("qt_calendar_prevmonth", "left", _("上个月")), ("qt_calendar_nextmonth", "right", _("下个月"))):
            arrow = self.calendar.findChild(QToolButton, name)
            arrow.setIcon(icons.icon(icon))
            arrow.setAccessibleName(title)
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(theme.tones().muted))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)

    def _take(self, day: QDate) -> None:
        self._line.take(dt.date(day.year(), day.month(), day.day()))

    def _today(self) -> None:
        self._line.take(dt.date.today())

    def _empty(self) -> None:
        self._line.take(None)


class DateLine(FieldLine):
    """Reads every form of a date the handbook lists; the button opens a calendar."""

    def __init__(self, field: Field, parent: QWidget, *, cell: bool = False) -> None:
        super().__init__(field, parent, cell=cell)
        self._popup: CalendarPopup | None = None
        if not field.readonly:
            self.add_button("calendar", _("打开日历")).triggered.connect(self.open_calendar)

    def open_calendar(self) -> None:
        self.opened.emit()
        if self._popup is None:
            self._popup = CalendarPopup(self)
        day = TYPES["date"].parse(self.text(), self.field).value or dt.date.today()
        self._popup.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._popup.adjustSize()
        self._popup.move(below(self, self._popup))
        self._popup.show()
        self._popup.calendar.setFocus()

    def take(self, day: dt.date | None) -> None:
        """A day picked from the calendar."""
        if self._popup is not None:
            self._popup.close()
        self.setText("" if day is None else day.isoformat())
        self.setFocus()
        self.touched.emit()
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier and not self.isReadOnly():
            self.open_calendar()
            return
        super().keyPressEvent(event)


def below(line: QWidget, popup: QWidget) -> QPoint:
    """Below the line, or above it where the screen ends; never beyond the right edge."""
    place = line.mapToGlobal(QPoint(0, line.height() + 2))
    screen = room_of(line)
    if place.y() + popup.height() > screen.bottom():
        place.setY(line.mapToGlobal(QPoint(0, 0)).y() - popup.height() - 2)
    place.setX(max(screen.left(), min(place.x(), screen.right() - popup.width())))
    return place
