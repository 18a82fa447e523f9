"""Backups: whole copies beside the store, proved before they count, thinned to days, weeks and months.

12 daily, 10 weekly, 9 monthly; nothing of the last two days is removed (figures as Anki keeps them).
"""

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path

from unionclient.definition.faults import StoreError
from unionclient.definition.words import _
from unionclient.store import changelog, driver

FOLDER = "backups"
_STAMP = "%Y%m%d-%H%M%S"
_DAILY, _WEEKLY, _MONTHLY = 12, 10, 9


def back_up(connection: driver.Connection, folder: Path, now: dt.datetime | None = None) -> Path:
    """Copies the open store, checks the copy's pages and log head, and only then gives it its name."""
    moment = now or dt.datetime.now()
    target = folder / FOLDER / f"unionclient-{moment:{_STAMP}}.db"
    part = target.with_suffix(".part")
    try:
        target.parent.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)
        _copy(connection, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    except (OSError, driver.DatabaseFault) as error:
        part.unlink(missing_ok=True)
        raise StoreError(_("备份没有做成：{reason}").format(reason=error), _("台账数据没有改动，以前的备份都在。"), _("请检查磁盘空间。")) from error
    for old in outdated([_moment(p) for p in backups(folder)], moment):
        (target.parent / f"unionclient-{old:{_STAMP}}.db").unlink(missing_ok=True)
    return target


def _copy(connection: driver.Connection, part: Path) -> None:
    copy = driver.connect_plain(part)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        if not sound or changelog.head(copy) != changelog.head(connection):
            raise StoreError(_("备份与台账不一致，没有保留。"), _("台账数据没有改动。"), _("请检查磁盘后重试。"))
    finally:
        copy.close()


def backups(folder: Path) -> list[Path]:
    """All backups, oldest first."""
    return sorted((folder / FOLDER).glob("unionclient-*.db"))


def _moment(path: Path) -> dt.datetime:
    return dt.datetime.strptime(path.stem.removeprefix("unionclient-"), _STAMP)


def outdated(moments: Iterable[dt.datetime], now: dt.datetime) -> list[dt.datetime]:
    """Which backups may go: older than two days and not the last of a kept day, week or month."""
    newest_first = sorted(moments, reverse=True)
    kept: set[dt.datetime] = {m for m in newest_first if now - m < dt.timedelta(days=2)}
    for key, most in ((lambda m: m.date(), _DAILY), (lambda m: m.isocalendar()[:2], _WEEKLY), (lambda m: (m.year, m.month), _MONTHLY)):
        slots: dict[object, dt.datetime] = {}
        for moment in newest_first:
            slots.setdefault(key(moment), moment)
        kept |= set(list(slots.values())[:most])
    return [m for m in newest_first if m not in kept]
