"""The read side for definition SQL: ledgers and populations as views on a sealed connection of its own.

A population that is read more than once becomes a temp table, so that it is worked out once; it is good until the
period or the data change. Nothing is written to the store.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from unionclient.definition.ledger import Library, Population
from unionclient.store import driver
from unionclient.store.tables import quoted

_PERIOD = ("begins", "ends", "cutoff", "year", "year_begins", "today")


class Reading:
    """One connection for checks and figures; `at` sets the period it reads for."""

    def __init__(self, path: Path, library: Library) -> None:
        self.connection = driver.connect_reader(path)
        self._library = library
        self._tables: set[str] = set()
        self._row: tuple[str | int, ...] = ()
        self._version = 0
        self._make_views()

    def close(self) -> None:
        self.connection.close()

    def at(self, period: Mapping[str, str | int], scans: Mapping[str, int]) -> driver.Connection:
        """The sealed connection, its one-row table `period` set. `scans`: how often the caller will read each population."""
        driver.unseal(self.connection)
        row = tuple(period[name] for name in _PERIOD)
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if (row, version) != (self._row, self._version):
            self._forget()
            self.connection.execute("DELETE FROM temp.period")
            self.connection.execute(f"INSERT INTO temp.period VALUES ({', '.join('?' * len(_PERIOD))})", row)
            self._row, self._version = row, version
        for population in shared(self._library, scans):
            if population not in self._tables:
                self._work_out(self._library.populations[population])
        driver.seal(self.connection)
        return self.connection

    def _make_views(self) -> None:
        make = self.connection.execute
        make("CREATE TEMP TABLE period (begins TEXT, ends TEXT, cutoff TEXT, year INTEGER, year_begins TEXT, today TEXT)")
        for name in self._library.ledgers:
            make(f"CREATE TEMP VIEW {quoted(name)} AS SELECT * FROM main.{quoted(name)} WHERE void = 0")
        self._make_settings()
        make("CREATE TEMP VIEW change_log AS SELECT seq, at, who, ledger, record, op FROM main.change")
        make("CREATE TEMP VIEW attachment AS SELECT id, name, size, sha256 FROM main.attachment")
        for population in self._library.populations.values():
            self._make_view(population)

    def _make_settings(self) -> None:
        """`setting(key, value)`: what the street chose, and the default of what it did not."""
        self.connection.execute("CREATE TEMP TABLE setting_default (key TEXT PRIMARY KEY, value TEXT)")
        self.connection.executemany("INSERT INTO setting_default VALUES (?, ?)",
                                    [(s.id, s.default) for s in self._library.settings.values()])
        self.connection.execute("CREATE TEMP VIEW setting AS SELECT key, value FROM main.setting WHERE value <> '' UNION ALL "
                                "SELECT key, value FROM setting_default "
                                "WHERE key NOT IN (SELECT key FROM main.setting WHERE value <> '')")

    def _make_view(self, population: Population) -> None:
        self.connection.execute(f"CREATE TEMP VIEW {quoted(population.id)} AS {population.sql}")

    def _work_out(self, population: Population) -> None:
        """The view becomes a table of the same name, so that whoever reads the name reads the table."""
        name = quoted(population.id)
        self.connection.execute(f"DROP VIEW temp.{name}")
        try:
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {population.sql}")
        except driver.DatabaseFault:
            self._make_view(population)
            raise
        self._tables.add(population.id)

    def _forget(self) -> None:
        for name in self._tables:
            self.connection.execute(f"DROP TABLE temp.{quoted(name)}")
            self._make_view(self._library.populations[name])
        self._tables.clear()


def shared(library: Library, scans: Mapping[str, int]) -> list[str]:
    """Populations that would be worked out more than once, those others rest on first.

    A population is read as often as the caller scans it and once for each mention in one that is itself read.
    """
    named = _named(library)
    reads = {name: scans.get(name, 0) for name in library.populations}
    order = _order(named)
    for name in reversed(order):
        if reads[name]:
            for other, times in named[name].items():
                reads[other] += times
    return [name for name in order if reads[name] > 1]


def mentioned(library: Library, statements: Iterable[str]) -> dict[str, int]:
    """How often `statements` name each population: the `scans` of a run of checks."""
    found: dict[str, int] = {}
    for statement in statements:
        for word in re.findall(r"\w+", statement):
            if word in library.populations:
                found[word] = found.get(word, 0) + 1
    return found


def _named(library: Library) -> dict[str, dict[str, int]]:
    """Population → the populations its SQL names, and how often."""
    return {p.id: {n: k for n, k in _mentions(library.sha256, p.id, p.sql, frozenset(library.populations)).items() if n != p.id}
            for p in library.populations.values()}


@cache
def _mentions(_library: str, _population: str, sql: str, known: frozenset[str]) -> Mapping[str, int]:
    words = [word for word in re.findall(r"\w+", sql) if word in known]
    return {word: words.count(word) for word in words}


def _order(named: Mapping[str, Mapping[str, int]]) -> list[str]:
    """Every population after those it names; a name that is only a column's closes no circle."""
    order: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in seen:
            return
        seen.add(name)
        for other in named[name]:
            visit(other)
        order.append(name)

    for name in named:
        visit(name)
    return order
