"""`Store`: open, lock, migrate and close the one database; transactions; the read side for definition SQL."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from unionclient.definition.faults import StoreError, UndoError
from unionclient.definition.ledger import Library
from unionclient.definition.record import Write
from unionclient.definition.words import _
from unionclient.store import changelog, driver, records, tables
from unionclient.store.changelog import Change, uuid7
from unionclient.store.lock import FolderLock, refuse_network
from unionclient.store.reading import Reading

DATABASE = "unionclient.db"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a verb did: ledger → (added, changed, retired or removed) record ids; its undo title."""

    ledgers: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)
    txn: str = ""
    title: str = ""

    def __bool__(self) -> bool:
        return bool(self.ledgers)

    @property
    def count(self) -> int:
        return sum(len(part) for parts in self.ledgers.values() for part in parts)


class Store:
    """One data folder. `fork` gives a second connection to the same folder, for a worker thread."""

    def __init__(self, folder: Path, library: Library, connection: driver.Connection, lock: FolderLock | None) -> None:
        self.folder = folder
        self._library = library
        self.connection = connection
        self._lock = lock
        self._reader: Reading | None = None
        self.site = ""

    @classmethod
    def create(cls, folder: Path, library: Library) -> "Store":
        """A new store in `folder`, which may exist but must hold no store."""
        if (folder / DATABASE).exists():
            raise StoreError(_("这个文件夹里已经有台账数据。"), _("原有数据没有改动。"), _("请直接打开它，或另选一个空文件夹。"))
        return cls._start(folder, library, new=True)

    @classmethod
    def open(cls, folder: Path, library: Library) -> "Store":
        if not (folder / DATABASE).is_file():
            raise StoreError(_("没有找到台账数据：{folder}").format(folder=folder), "", _("请检查文件夹，或新建一个。"))
        return cls._start(folder, library, new=False)

    @classmethod
    def _start(cls, folder: Path, library: Library, *, new: bool) -> "Store":
        if driver.VERSION < driver.LEAST_VERSION:
            raise StoreError(_("这台电脑的数据库组件太旧。"), _("数据没有改动。"), _("请使用本程序自带的安装包。"))
        refuse_network(folder)
        lock = FolderLock(folder / "unionclient.lock")
        connection = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock.take()
            connection = driver.connect(folder / DATABASE, create=new)
            store = cls(folder, library, connection, lock)
            store._prepare(new)
            return store
        except OSError as error:
            _give_up(connection, lock)
            raise StoreError(_("数据文件夹打不开：{reason}").format(reason=error.strerror or error), _("原有数据没有改动。"),
                             _("请检查文件夹是否存在、是否可写。")) from error
        except driver.DatabaseFault as error:
            _give_up(connection, lock)
            raise StoreError(_("台账数据文件打不开，可能已损坏或不是本程序的文件。"), _("文件没有改动。"),
                             _("请从备份文件夹中恢复最近一份。")) from error
        except StoreError:
            _give_up(connection, lock)
            raise

    def _prepare(self, new: bool) -> None:
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        if version > tables.SCHEMA_VERSION:
            raise StoreError(_("这份数据是用更新版本的程序建立的。"), _("数据没有改动。"), _("请安装新版本后再打开。"))
        if version == 0 and not new and self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoreError(_("这个数据库不是本程序的台账数据。"), _("文件没有改动。"), _("请另选文件夹。"))
        with self.transaction():
            if version < tables.SCHEMA_VERSION:
                known = {row[0] for row in self.connection.execute("SELECT name FROM sqlite_master")}
                for statement in tables.fixed_statements(known):
                    self.connection.execute(statement)
            if version == 0:
                self.set_setting("site", uuid7())
            tables.migrate(self.connection, self.library)
        self.site = self.setting("site") or ""

    @property
    def library(self) -> Library:
        """The definitions, in the language spoken now."""
        return self._library.spoken

    def fork(self) -> "Store":
        """A second connection to the same folder; the lock stays with the first."""
        twin = Store(self.folder, self._library, driver.connect(self.folder / DATABASE), None)
        twin.site = self.site
        return twin

    def close(self) -> None:
        for connection in (self._reader, self.connection):
            if connection is not None:
                connection.close()
        self._reader = None
        if self._lock is not None:
            self._lock.free()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; the world's faults become Chinese."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except driver.OperationalFault as error:
            self._roll_back()
            free = shutil.disk_usage(self.folder).free
            full = "full" in str(error) or "I/O" in str(error) or free < 5_000_000
            raise StoreError(_("磁盘空间不足或磁盘有故障，这一步没有保存。") if full else _("这一步没有保存：{reason}").format(reason=error),
                             _("之前保存的内容都在。"), _("请腾出磁盘空间后重试。") if full else _("请稍后重试。")) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    # settings -----------------------------------------------------------------------------------------------

    def setting(self, key: str, default: str | None = None) -> str | None:
        row = self.connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        return row[0] if row else default

    def set_setting(self, key: str, value: str | None) -> None:
        self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))

    # writing ------------------------------------------------------------------------------------------------

    def write(self, writes: Iterable[Write], *, who: str, verb: str, title: str, reason: str = "",
              origin: str = "manual", batch: str | None = None) -> Changes:
        """Writes records and log inside the caller's transaction; one txn, one undo step."""
        done = records.write(self.connection, self.library, writes, who=who, origin=origin, batch=batch)
        return self.log(done, who=who, verb=verb, title=title, reason=reason)

    def set_void(self, ledger_id: str, ids: Sequence[str], void: bool, *, who: str, reason: str) -> Changes:
        """Retires (作废) or restores records; they stay in the table and in the log."""
        ledger = self.library.ledgers[ledger_id]
        verb = "retire" if void else "restore"
        title = _("作废{title}{count}条") if void else _("恢复{title}{count}条")
        new = {"void": int(void), "void_reason": reason if void else None}
        done = [records.set_columns(self.connection, ledger, record, new, who) for record in ids]
        return self.log(done, who=who, verb=verb, title=title.format(title=ledger.title, count=len(done)), reason=reason)

    def log(self, done: list[Change], *, who: str, verb: str, title: str, reason: str = "", undoes: str | None = None,
            also: Sequence[tuple[str, list[Change]]] = ()) -> Changes:
        """Logs a step; `also` are changes that followed from it by themselves, each with its own reason."""
        parts = [(reason, done), *also] if done else list(also)
        if not parts:
            return Changes()
        txn = uuid7()
        for told, changes in parts:
            changelog.append(self.connection, changes, site=self.site, who=who, verb=verb, title=title, txn=txn,
                             reason=told, undoes=undoes)
        return _summary([change for part in parts for change in part[1]], txn, title)

    def mark(self, ledger: str, record: str, *, who: str, verb: str, title: str, facts: Mapping[str, Any], reason: str = "") -> None:
        """Logs an act that changes no ledger row: an explanation, a check, a submission. Not undoable."""
        self.log([Change(ledger, record, "mark", None, facts)], who=who, verb=verb, title=title, reason=reason)

    def take_back(self, step: changelog.Step, *, who: str, verb: str) -> Changes:
        """Undoes the changes of `step` (for "redo": of the undo that stands), newest first."""
        source = step.txn if verb == "undo" else self._last_undo(step.txn)
        logged = changelog.entries(self.connection, "txn = ?", (source,))
        done = []
        for entry in logged:
            change = Change(entry.ledger, entry.record, entry.op, dict(entry.old) or None, dict(entry.new) or None)
            inverse = records.invert(self.connection, self.library.ledgers[entry.ledger], change, who)
            if inverse is None:
                what = _("“{title}”不能撤销：其中的内容后来又改过。") if verb == "undo" else _("“{title}”不能重做：其中的内容后来又改过。")
                raise UndoError(what.format(title=step.title), _("数据没有改动。"), _("请直接在台账里改正。"))
            done.append(inverse)
        return self.log(done, who=who, verb=verb, title=step.title, undoes=step.txn)

    def _last_undo(self, txn: str) -> str:
        row = self.connection.execute(
            "SELECT txn FROM change WHERE undoes = ? AND verb = 'undo' ORDER BY seq DESC LIMIT 1", (txn,)).fetchone()
        return row[0]

    # definition SQL -----------------------------------------------------------------------------------------

    def reading(self, period: Mapping[str, str | int], scans: Mapping[str, int] | None = None) -> driver.Connection:
        """The sealed connection for definition SQL, its one-row table `period` set to `period`.

        `scans` says how often the caller will read which population: what is read more than once is worked out once.
        """
        if self._reader is None:
            self._reader = Reading(self.folder / DATABASE, self.library)
        return self._reader.at(period, scans or {})


def _give_up(connection: driver.Connection | None, lock: FolderLock) -> None:
    if connection is not None:
        connection.close()
    lock.free()


def _summary(done: list[Change], txn: str, title: str) -> Changes:
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for change in done:
        added, changed, gone = found.setdefault(change.ledger, ([], [], []))
        void = (change.new or {}).get("void")
        if change.op == "insert" or void == 0:
            added.append(change.record)
        elif change.op == "delete" or void == 1:
            gone.append(change.record)
        elif change.op == "update":
            changed.append(change.record)
    return Changes({ledger: tuple(tuple(part) for part in parts) for ledger, parts in found.items()}, txn, title)
