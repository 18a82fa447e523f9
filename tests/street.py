"""A street in memory: empty ledgers made from the definitions, filled from pipe tables, read at a period."""

import datetime as dt
from contextlib import contextmanager

from unionclient.assessment import figures, targets
from unionclient.assessment.periods import read_period
from unionclient.definition.library import builtin_library
from unionclient.store import driver, tables
from unionclient.validation.checks import run_check

SYSTEM = ("parent_id TEXT", "raw TEXT", "created_at TEXT DEFAULT ''")


class Street:
    """Ledgers of the program's own library, without the machinery of a store."""

    def __init__(self):
        self.library = builtin_library()
        self.connection = driver.connect_reader(":memory:")
        for ledger in self.library.ledgers.values():
            columns = ", ".join([*tables.column_lines(ledger), *SYSTEM])
            self.connection.execute(f"CREATE TABLE {tables.quoted(ledger.id)} (id TEXT PRIMARY KEY, {columns}) STRICT")
        self.connection.execute("CREATE TABLE period (begins TEXT, ends TEXT, cutoff TEXT, year INTEGER, year_begins TEXT, today TEXT)")
        self.connection.execute("CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT)")
        self.connection.execute("CREATE TABLE attachment (id TEXT PRIMARY KEY, name TEXT, size INTEGER, sha256 TEXT)")
        self.connection.executemany("INSERT INTO setting VALUES (?, ?)", [(s.id, s.default) for s in self.library.settings.values()])
        for population in self.library.populations.values():
            self.connection.execute(f"CREATE TEMP VIEW {population.id} AS {population.sql}")

    def fill(self, ledger, table):
        """Rows of a pipe table; an empty cell is NULL. A missing `id` column is numbered r1, r2 …"""
        head, *rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()]
        count = self.connection.execute(f"SELECT count(*) FROM {ledger}").fetchone()[0]
        for n, row in enumerate(rows, count + 1):
            values = {"id": f"r{n}", **{k: v or None for k, v in zip(head, row, strict=True)}}
            names = ", ".join(tables.quoted(k) for k in values)
            self.connection.execute(f"INSERT INTO {ledger} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values()))

    def put(self, rows):
        """Rows of stored values: (ledger, {field: value, "id": …}). A missing id is numbered as in `fill`."""
        for ledger, values in rows:
            if "id" not in values:
                count = self.connection.execute(f"SELECT count(*) FROM {tables.quoted(ledger)}").fetchone()[0]
                values = {"id": f"r{count + 1}", **values}
            names = ", ".join(map(tables.quoted, values))
            self.connection.execute(f"INSERT INTO {tables.quoted(ledger)} ({names}) VALUES ({', '.join('?' * len(values))})",
                                    list(values.values()))

    @contextmanager
    def case(self, rows=(), settings=None):
        """The street with these rows, and as it was before when the case is over."""
        self.connection.execute("BEGIN")
        try:
            self.put(rows)
            for key, value in (settings or {}).items():
                self.set(key, value)
            yield self
        finally:
            self.connection.execute("ROLLBACK")

    def findings(self, check_id, code="2017Y", today="2018-06-01"):
        """The issues of one check at a period."""
        self.at(code, today)
        check = self.library.checks[check_id]
        return list(run_check(self.connection, check, self.library.ledgers[check.ledger]))

    def set(self, key, value):
        self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, value))

    def at(self, code, today="2018-06-01"):
        """Sets the period; returns it."""
        period = read_period(code)
        row = period.row(dt.date.fromisoformat(today))
        self.connection.execute("DELETE FROM period")
        self.connection.execute("INSERT INTO period VALUES (:begins, :ends, :cutoff, :year, :year_begins, :today)", row)
        return period

    def figures(self, code, today="2018-06-01", street="110101013"):
        period = self.at(code, today)
        goals = targets.read_targets(self.connection, self.library, period.year, street)
        return {f.id: f for f in figures.compute(self.connection, self.library, period, goals)}

    def records(self, figure_id, side, code="2017Y", cumulative=False):
        period = self.at(code)
        return figures.records(self.connection, self.library, figure_id, period, side, cumulative=cumulative)

    def facts(self, population, code="2017Y"):
        """Record id → {column: value} of a population."""
        self.at(code)
        cursor = self.connection.execute(f"SELECT * FROM {population}")
        names = [column[0] for column in cursor.description]
        return {row[names.index("record")]: dict(zip(names, row, strict=True)) for row in cursor}
