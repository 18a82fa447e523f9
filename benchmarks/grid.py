"""The window's grid: pasting 200 × 12 cells; a ledger of a million rows painted, scrolled, sorted, filtered, and its memory.

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


def scroll_in_sql_model(database: Path, app: Any) -> float:
    """One page down in Qt's own table model over the same table, in a plain view of the same size."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel
    from PySide6.QtWidgets import QTableView

    connection = QSqlDatabase.addDatabase("QSQLITE", "yardstick")
    connection.setDatabaseName(str(database))
    connection.open()
    model = QSqlTableModel(None, connection)
    model.setTable(_LEDGER)
    model.select()
    view = QTableView()
    view.setModel(model)
    view.resize(1400, 900)
    view.show()
    app.processEvents()
    bar = view.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        view.viewport().grab()

    took = milliseconds(scroll, 7)
    view.deleteLater()
    model.deleteLater()
    return took


def measure_large(folder: Path, app: Any, count: int) -> list[Measured]:
    """A ledger of `count` rows as its page shows it."""
    from PySide6.QtCore import Qt

    from unionclient.definition.condition import Clause, Condition
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
        grid, model, plain = page.grid, page.model, driver.connect(database)

        def read(sql: str) -> float:
            return milliseconds(lambda: plain.execute(sql).fetchall(), 3)

        bar, place = grid.verticalScrollBar(), [0]

        def scroll() -> None:
            place[0] += bar.pageStep()
            bar.setValue(place[0])
            grid.viewport().grab()

        def jump() -> None:
            place[0] = (place[0] + count // 7 * 3) % count
            bar.setValue(place[0])
            grid.viewport().grab()

        def paint() -> None:
            grid.viewport().grab()

        turn = [0]

        def sort() -> None:
            turn[0] += 1
            grid.sortByColumn(model.column_of("name"), Qt.SortOrder(turn[0] % 2))
            paint()

        def narrow() -> None:
            turn[0] += 1
            page.search.setText("陈王"[turn[0] % 2] + "李")
            page._narrow()
            paint()

        def choose() -> None:
            turn[0] += 1
            page.filter.narrow_to(Condition((Clause("name", "contains", "陈王"[turn[0] % 2] + "李"),)))
            paint()

        scrolled, jumped, painted = milliseconds(scroll, 15), milliseconds(jump, 15), milliseconds(paint, 15)
        held = resident() - bare
        sorted_in, narrowed = milliseconds(sort, 4), milliseconds(narrow, 4)
        page.search.clear()
        filtered = milliseconds(choose, 4)
        page.clear_filter()
        after = resident() - bare
        alive = f"SELECT rowid FROM {_LEDGER} WHERE void = 0"
        table = [
            Measured("first paint", first, read(f"{alive} ORDER BY rowid"), "<= 3 x"),
            Measured("page scroll, to QSqlTableModel", scrolled, scroll_in_sql_model(database, app), "<= 2.5 x"),
            Measured("page scroll, to the same page again", scrolled, painted, "-"),
            Measured("jump, to the same page again", jumped, painted, "-"),
            Measured("sort by name", sorted_in, read(f"{alive} ORDER BY name, rowid"), "<= 1.5 x"),
            Measured("search two characters", narrowed, read(f"{alive} AND name LIKE '%陈李%'"), "<= 4 x"),
            Measured("filter by a field", filtered, read(f"{alive} AND instr(name, '陈李')"), "<= 4 x"),
            Measured("memory over the empty window", held, None, "<= 160 MB", "MB"),
            Measured("memory after sort and search", after, None, "<= 160 MB", "MB"),
        ]
        page.deleteLater()
        return table


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
        print(table(measure_paste(Path(folder), app) + measure_large(Path(folder), app, chosen.rows)))


if __name__ == "__main__":
    main()
