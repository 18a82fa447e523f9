"""The window's grid: cells typed, 200 × 12 pasted, children opened; a million rows painted, scrolled, sorted, sought, and their memory.

`python -m benchmarks.grid [--rows N]`. Made-up rows; the window is drawn off screen unless QT_QPA_PLATFORM says otherwise.
The yardstick beside each figure is SQLite or Qt doing the same with the plainest means. Milliseconds, middle of several runs.
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.store import driver

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROWS = 1_000_000
UNITS = 50
CHILDREN = 500
BLOCK = (200, 12)
_LEDGER = "membership"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"


@dataclass(frozen=True, slots=True)
class Measured:
    """One line of the table: milliseconds (or MB) of ours, of the yardstick, and what is allowed."""

    what: str
    ours: float
    yardstick: float | None
    allowed: str
    unit: str = "ms"


def milliseconds(work: Callable[[], Any], runs: int = 5) -> float:
    """Wall time of `work`, the middle of some runs."""
    took = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def by_turns(ours: Callable[[], Any], yardstick: Callable[[], Any], runs: int) -> tuple[list[float], list[float]]:
    """Wall times of both, one after the other, so that other work on the machine meets both alike."""
    turns = [(milliseconds(ours, 1), milliseconds(yardstick, 1)) for _ in range(runs)]
    return [turn[0] for turn in turns], [turn[1] for turn in turns]


def resident() -> float:
    """MB of memory this process holds now; its peak where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def fill(path: Path, rows: int) -> None:
    """Made-up members straight into the table: what is measured is reading."""
    connection = driver.connect(path)
    columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo('{_LEDGER}')") if row[6] == 0]
    made = {"id": "printf('%036d', n)", "void": "0", "version": "1", "created_at": "''", "updated_at": "''", "created_by": "''", "updated_by": "''",
            "origin": "'import'", "name": f"substr('{_SURNAMES}', 1 + abs(random() % {len(_SURNAMES)}), 1) || char(19968 + abs(random() % 20000)) "
            "|| char(19968 + abs(random() % 20000))", "phone": "'138' || printf('%08d', abs(random() % 100000000))",
            "gender": "CASE WHEN n % 2 THEN '1' ELSE '2' END", "joined_on": "date('2000-01-01', '+' || abs(random() % 6000) || ' days')"}
    used = {name: sql for name, sql in made.items() if name in columns}
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"WITH RECURSIVE count(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count WHERE n < {rows}) "
                       f"INSERT INTO {_LEDGER} ({', '.join(used)}) SELECT {', '.join(used.values())} FROM count")
    connection.execute("COMMIT")
    connection.close()


def _application() -> Any:
    from unionclient.ui.app import make_application
    from unionclient.ui.theme import Look

    app = make_application([])
    return app, Look(app, "light", "standard")


def _page(workspace: Any, folder: Path, ledger: str) -> Any:
    from unionclient.ui.config import Config
    from unionclient.ui.desk import Desk
    from unionclient.ui.ledger_page import LedgerPage

    page = LedgerPage(Desk(workspace, Config(folder)), ledger, None)
    page.resize(1400, 900)
    page.show()
    return page


def measure_paste(folder: Path, app: Any) -> list[Measured]:
    """200 × 12 cells over rows that are there, with the preview worked out, and the same once more as new rows."""
    from unionclient.ui.grid.pasteplan import plan_paste
    from unionclient.workspace import Edit, Workspace

    rows, columns = BLOCK
    with Workspace.create(folder / "paste", street="110101013", officer="测量") as workspace:
        workspace.save("unit", [Edit(None, {"name": f"北京第{n}有限公司"}) for n in range(rows)])
        page = _page(workspace, folder, "unit")
        app.processEvents()
        open_columns = [c for c in range(1, page.model.columnCount()) if page.model.may_edit(c)
                        and page.model.fields[c - 1].type == "text"][:columns]
        wide = max(open_columns)
        run = [0]

        def once(top: int) -> None:
            run[0] += 1
            block = [[f"第{run[0]}次{n}-{c}" if c in open_columns else None for c in range(1, wide + 1)] for n in range(rows)]
            page.model.save(plan_paste(page.model, block, top, 1).edits, "粘贴")
            app.processEvents()

        over, below = milliseconds(lambda: once(0)), milliseconds(lambda: once(page.model.records), 3)
        page.deleteLater()
        return [Measured(f"paste {rows} x {len(open_columns)} over rows", over, None, "<= 1000 ms"),
                Measured(f"paste {rows} x {len(open_columns)} as new rows", below, None, "<= 1000 ms")]


def measure_clerk(folder: Path, app: Any, look: Any) -> list[Measured]:
    """Fifty units of twelve cells typed into the page of units in its window, by turns with Qt's bare table."""
    from benchmarks import clerk
    from unionclient.ui.config import Config
    from unionclient.ui.main_window import MainWindow
    from unionclient.workspace import Workspace

    rows, part = list(clerk.rows(UNITS)), 10
    ours: list[float] = []
    plain: list[float] = []
    with Workspace.create(folder / "clerk", street="110101013", officer="测量") as workspace:
        window = MainWindow(workspace, Config(folder / "clerk"), look)
        window.resize(1366, 768)
        grid = clerk.units_grid(window)
        for first in range(0, UNITS, part):
            bare = clerk.plain_grid(part)
            plain += clerk.type_rows(bare, bare, rows[first:first + part])
            bare.close()
            bare.deleteLater()
            app.processEvents()
            window.activateWindow()
            app.processEvents()
            grid.start_new()
            app.processEvents()
            ours += clerk.type_rows(window, grid, rows[first:first + part])
        entered = workspace.count("unit")
        window.close()
        window.deleteLater()
        app.sendPostedEvents(None, 52)
    if entered != UNITS:
        raise SystemExit(f"{entered} of {UNITS} units were entered")
    return [Measured("cell by keyboard, to QTableView", statistics.median(ours), statistics.median(plain), "<= 20 ms"),
            Measured("the same, 95 of 100 cells within", _late(ours), _late(plain), "-")]


def _late(took: list[float]) -> float:
    return sorted(took)[len(took) * 95 // 100]


def measure_children(folder: Path, app: Any) -> list[Measured]:
    """The children of a record, opened from its row: an inspection with many findings. The yardstick is Qt's bare table filled with them."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView

    from unionclient.workspace import Edit, Workspace

    with Workspace.create(folder / "children", street="110101013", officer="测量") as workspace:
        top = workspace.save("safety_inspection", [Edit(None, {"inspected_on": "2017-05-04"})]).ledgers["safety_inspection"][0][0]
        workspace.save("hazard", [Edit(None, {"item_desc": f"第{n}处灭火器压力不足", "location": "一层", "grade": "1", "found_on": "2017-05-04"}, top)
                                  for n in range(CHILDREN)])
        fields = workspace.library.ledgers["hazard"].live_fields

        def ours() -> float:
            page = _page(workspace, folder, "safety_inspection")
            page.grid.go_to(0, 1)
            app.processEvents()
            begun = time.perf_counter()
            page.grid.to_children()
            app.processEvents()
            page.grab()
            took = (time.perf_counter() - begun) * 1000
            section = page.form.children_of[0]
            if section.model.records != CHILDREN or not section.grid.hasFocus():
                raise SystemExit("the children were not opened")
            page.deleteLater()
            app.sendPostedEvents(None, 52)
            return took

        def plain() -> None:
            model = QStandardItemModel()
            for record in workspace.children("hazard", top):
                model.appendRow([QStandardItem(workspace.show("hazard", record, field.id)) for field in fields])
            view = QTableView()
            view.setModel(model)
            view.resize(430, 400)
            view.show()
            app.processEvents()
            view.grab()
            view.deleteLater()

        return [Measured(f"{CHILDREN} children opened by keyboard", statistics.median(ours() for _ in range(3)), milliseconds(plain, 3), "<= 1000 ms")]


class SqlTable:
    """Qt's own table model over the same table, in a plain view of the same size."""

    def __init__(self, database: Path, app: Any) -> None:
        from PySide6.QtSql import QSqlDatabase, QSqlTableModel
        from PySide6.QtWidgets import QTableView

        connection = QSqlDatabase.addDatabase("QSQLITE", "yardstick")
        connection.setDatabaseName(str(database))
        connection.open()
        self._model = QSqlTableModel(None, connection)
        self._model.setTable(_LEDGER)
        self._model.select()
        self._view = QTableView()
        self._view.setModel(self._model)
        self._view.resize(1400, 900)
        self._view.show()
        app.processEvents()

    def scroll(self) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        self._view.viewport().grab()

    def close(self) -> None:
        self._view.deleteLater()
        self._model.deleteLater()


class Hands:
    """What an officer does on the page of a large ledger, and what is waited for."""

    def __init__(self, page: Any, app: Any, count: int) -> None:
        self._page, self._app, self._count = page, app, count
        self._bar = page.grid.verticalScrollBar()
        self._place = self._turn = 0
        self.stood_still = 0.0      # ms, the longest that the window did not answer while rows were sought

    def paint(self) -> None:
        self._page.grid.viewport().grab()

    def scroll(self) -> None:
        self._place += self._bar.pageStep()
        self._bar.setValue(self._place)
        self.paint()

    def jump(self) -> None:
        self._place = (self._place + self._count // 7 * 3) % self._count
        self._bar.setValue(self._place)
        self.paint()

    def sort(self) -> None:
        from PySide6.QtCore import Qt

        self._turn += 1
        self._page.grid.sortByColumn(self._page.model.column_of("name"), Qt.SortOrder(self._turn % 2))
        self._wait()

    def search(self) -> None:
        self._turn += 1
        self._page.search.setText("陈王"[self._turn % 2] + "李")
        self._page._narrow()
        self._wait()

    def choose(self) -> None:
        from unionclient.definition.condition import Clause, Condition

        self._turn += 1
        self._page.filter.narrow_to(Condition((Clause("name", "contains", "陈王"[self._turn % 2] + "李"),)))
        self._wait()

    def all_again(self) -> None:
        self._page.clear_filter()
        self._wait()

    def type_cell(self) -> None:
        self._turn += 1
        model = self._page.model
        model.setData(model.index(self._place + 3, model.column_of("job")), f"职务{self._turn}")
        self._app.processEvents()

    def _wait(self) -> None:
        """Until the rows are there; the window goes on answering meanwhile."""
        answered = time.perf_counter()
        while self._page.model.is_looking:
            self._app.processEvents()
            now = time.perf_counter()
            self.stood_still, answered = max(self.stood_still, (now - answered) * 1000), now
            time.sleep(0.002)
        self.paint()


def measure_large(folder: Path, app: Any, count: int) -> list[Measured]:
    """A ledger of `count` rows as its page shows it."""
    from unionclient.workspace import Workspace

    with Workspace.create(folder / "large", street="110101013", officer="测量") as workspace:
        empty = _page(workspace, folder, _LEDGER)
        app.processEvents()
        empty.deleteLater()
        app.sendPostedEvents(None, 52)
        database = next(path for path in workspace.folder.iterdir() if path.suffix in (".db", ".sqlite", ".sqlite3"))
    fill(database, count)
    with Workspace.open(folder / "large") as workspace:
        bare = resident()
        begun = time.perf_counter()
        page = _page(workspace, folder, _LEDGER)
        app.processEvents()
        page.grid.grab()
        first = (time.perf_counter() - begun) * 1000
        hands, plain = Hands(page, app, count), driver.connect(database)

        alive = f"SELECT rowid FROM {_LEDGER} WHERE void = 0"

        def asked(sql: str) -> Callable[[], Any]:
            return lambda: plain.execute(f"{alive} {sql}").fetchall()

        def line(what: str, times: tuple[list[float], list[float]], allowed: str) -> Measured:
            return Measured(what, statistics.median(times[0]), statistics.median(times[1]), allowed)

        table = SqlTable(database, app)
        scrolled = by_turns(hands.scroll, table.scroll, 24)
        table.close()
        jumped = by_turns(hands.jump, hands.paint, 15)
        typed = milliseconds(hands.type_cell, 15)
        held = resident() - bare
        for deed in (hands.sort, hands.search, hands.choose, hands.all_again):
            deed()
        after = resident() - bare       # before the yardsticks, which hold a million tuples
        sorted_in = by_turns(hands.sort, asked("ORDER BY name, rowid"), 4)
        sought = by_turns(hands.search, asked("AND name LIKE '%陈李%'"), 4)
        page.search.clear()
        chosen = by_turns(hands.choose, asked("AND instr(name, '陈李')"), 4)
        hands.all_again()
        page.desk.finish()
        lines = [
            Measured("first paint", first, milliseconds(asked("ORDER BY rowid"), 3), "<= 3 x"),
            line("page scroll, to QSqlTableModel", scrolled, "<= 2.5 x"),
            Measured("slowest of 24 page scrolls", max(scrolled[0]), max(scrolled[1]), "-"),
            line("jump, to the same page again", jumped, "-"),
            Measured("a cell saved and shown", typed, None, "<= 20 ms"),
            line("sort by name", sorted_in, "<= 1.5 x"),
            line("search two characters", sought, "<= 4 x"),
            line("filter by a field", chosen, "<= 4 x"),
            Measured("window without answer meanwhile", hands.stood_still, None, "<= 300 ms"),
            Measured("memory over the empty window", held, None, "<= 160 MB", "MB"),
            Measured("memory after sort and search", after, None, "<= 160 MB", "MB"),
        ]
        page.deleteLater()
        return lines


def table(lines: list[Measured]) -> str:
    rows = ["| what | ours | yardstick | ratio | allowed |", "|---|---|---|---|---|"]
    for line in lines:
        other = f"{line.yardstick:.0f} {line.unit}" if line.yardstick else "-"
        ratio = f"{line.ours / line.yardstick:.2f}" if line.yardstick else "-"
        rows.append(f"| {line.what} | {line.ours:.0f} {line.unit} | {other} | {ratio} | {line.allowed} |")
    return "\n".join(rows)


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.grid", description=__doc__.splitlines()[0])
    reader.add_argument("--rows", type=int, default=ROWS)
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app, look = _application()
        print(table([*measure_clerk(Path(folder), app, look), *measure_paste(Path(folder), app), *measure_children(Path(folder), app),
                     *measure_large(Path(folder), app, chosen.rows)]))


if __name__ == "__main__":
    main()
