"""What an officer has to do first: what is overdue or falls due, red figures, findings, the package of the last period."""

import datetime as dt
from dataclasses import dataclass

from unionclient.assessment.periods import read_period
from unionclient.definition.ledger import Reminder
from unionclient.store import records
from unionclient.store.database import Store
from unionclient.store.tables import quoted
from unionclient.workspace.naming import Names


@dataclass(frozen=True, slots=True)
class DueRecord:
    """A record that falls due; `days` to go, negative when overdue."""

    record: str
    label: str
    due: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Due:
    """One reminder with its records, the longest overdue first."""

    reminder: Reminder
    rows: tuple[DueRecord, ...]

    @property
    def late(self) -> int:
        return sum(row.days < 0 for row in self.rows)


def working_day(store: Store) -> dt.date:
    """The day one works on: today, or the end of the year one works on where that is over."""
    code = store.setting("ui.period") or ""
    today = dt.date.today()
    return min(today, read_period(code).cutoff) if code[:4].isdigit() and int(code[:4]) < today.year else today


def due(store: Store, names: Names, day: dt.date) -> tuple[Due, ...]:
    """The reminders that have something to say on `day`, in the order of the definitions."""
    found = []
    for reminder in store.library.reminders.values():
        ledger, column = store.library.ledgers[reminder.ledger], f"t.{quoted(reminder.due)}"
        sql, values = reminder.where.where(lambda name: f"t.{quoted(name)}")
        later = " AND ".join(f"n.{quoted(name)} IS t.{quoted(name)}" for name in reminder.last_of)
        if later:
            sql += (f" AND NOT EXISTS (SELECT 1 FROM {quoted(ledger.id)} n WHERE n.void = 0 AND {later} "
                    f"AND n.{quoted(reminder.due)} > {column})")
        until = (day + dt.timedelta(days=reminder.ahead)).isoformat()
        rows = []
        for record in records.select(store.connection, ledger, f"void = 0 AND {column} IS NOT NULL AND {column} <= ? AND {sql} "
                                     f"ORDER BY {column}, rowid", (until, *values)):
            when = record.values[reminder.due]
            above = f"{names.label(ledger.parent, record.parent)}　" if ledger.parent and record.parent else ""
            rows.append(DueRecord(record.id, above + names.label_of(ledger, record), when, (when - day).days))
        if rows:
            found.append(Due(reminder, tuple(rows)))
    return tuple(found)


def submission_day(period: str) -> dt.date:
    """When a period's report is due: a month by the 5th, a quarter or half-year by the 10th, a year by January 15th after it.

    Source: 工作手册 §14.4 (a proposal).
    """
    ends = read_period(period).ends
    after = dt.date(ends.year + ends.month // 12, ends.month % 12 + 1, 1)
    return after.replace(day=15 if period[4:] == "Y" else 5 if period[4:5] == "M" else 10)
