"""The main job on 43,006 members and 1,934 units, each step as a ratio to its yardstick in the same run.

`python -m benchmarks.main_job [--small] [--profile STEP]`; figures are printed and kept in benchmarks/out/latest.json.
Seconds are processor time of this process and its workers, so that a busy machine does not blur them (wall clock is
kept beside); on Windows the workers' time is not seen. Ratios travel between machines, seconds do not.
"""

import argparse
import cProfile
import datetime as dt
import gc
import json
import os
import platform
import pstats
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import yardsticks
from unionclient.demo.books import write_books
from unionclient.demo.street import OFFICER, STREET, make_street
from unionclient.demo.walk import PASSPHRASE, ZERO_NOTE, mend
from unionclient.store import driver
from unionclient.store.database import DATABASE
from unionclient.workspace import Workspace

OUT = Path(__file__).resolve().parent / "out" / "latest.json"
FULL, SMALL = (1934, 43006, 3868), (97, 2150, 194)
PERIOD = "2017Y"
_BOOK_COLUMNS = {"name": 1, "gender": 2, "ethnicity": 3, "id_type": 4, "id_no": 5, "birth_date": 6, "phone": 7, "education": 8,
                 "political": 9, "employ_type": 10, "unit_id": 11, "union_id": 12, "joined_on": 13, "join_mode": 14}


@dataclass(frozen=True, slots=True)
class Line:
    """One step: `ratio` = seconds / yardstick_seconds; `allowed` None where no budget is set."""

    step: str
    seconds: float
    yardstick: str
    yardstick_seconds: float
    allowed: float | None

    @property
    def ratio(self) -> float:
        return self.seconds / self.yardstick_seconds


class Clock:
    """Processor and wall seconds by name; one step may be watched by the profiler."""

    def __init__(self, watched: str) -> None:
        self.seconds: dict[str, float] = {}
        self.wall: dict[str, float] = {}
        self._watched = watched

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        gc.collect()
        profile = cProfile.Profile() if name == self._watched else None
        started, spent = time.perf_counter(), _spent()
        if profile:
            profile.enable()
        try:
            yield
        finally:
            self.seconds[name], self.wall[name] = _spent() - spent, time.perf_counter() - started
            print(f"  {name:22} {self.seconds[name]:8.2f} s  (wall {self.wall[name]:.2f})", file=sys.stderr)
            if profile:
                profile.disable()
                pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(35)

    def timed(self, name: str, work: Callable[[], Any]) -> Any:
        with self.step(name):
            return work()


def _spent() -> float:
    return time.process_time() + sum(os.times()[2:4])


def measure(folder: Path, sizes: tuple[int, int, int], clock: Clock) -> list[Line]:
    """Walks the job in `folder` and measures each step beside its yardstick."""
    units, members, hazards = sizes
    street = make_street(units=units, members=members, hazards=hazards)
    founding, roster, inspections = write_books(street, folder / "books")
    with Workspace.create(folder / "store", street=STREET, officer=OFFICER) as workspace:
        database = workspace.folder / DATABASE
        for ledger, book in (("union_org", founding), ("hazard", inspections)):
            clock.timed(f"import {ledger}", lambda ledger=ledger, book=book: workspace.apply_import(workspace.plan_import(ledger, book)))
        clock.timed("y import", lambda: yardsticks.read_and_insert(roster, database, folder / "twin.db", "membership", _BOOK_COLUMNS))
        clock.timed("y undo", lambda: yardsticks.delete_rows(folder / "twin.db", "membership"))
        clock.timed("import", lambda: _import(workspace, roster))
        clock.timed("undo", workspace.undo)
        assert workspace.count("membership") == 0
        workspace.redo()
        again = clock.timed("re-import", lambda: _import(workspace, roster))
        assert (again.new, again.changed) == (0, 0), "importing the same book twice must change nothing"
        mend(workspace, street)
        _read_side(workspace, database, folder, roster, clock)
        _submit(workspace, folder, clock)
    return _lines(clock.seconds)


def _import(workspace: Workspace, book: Path) -> Any:
    plan = workspace.plan_import("membership", book)
    workspace.apply_import(plan)
    return plan


def _read_side(workspace: Workspace, database: Path, folder: Path, roster: Path, clock: Clock) -> None:
    plain = driver.connect(database)
    yardsticks.scan(plain)              # warms the page cache for both sides
    clock.timed("y figures", lambda: yardsticks.scan(plain))
    clock.timed("figures", lambda: workspace.figures(PERIOD))
    clock.timed("figures again", lambda: workspace.figures(PERIOD))
    clock.timed("y check", lambda: yardsticks.fetch_all(plain, list(workspace.library.ledgers)))
    clock.timed("check", workspace.check)
    plain.close()
    exported = folder / "members.xlsx"
    clock.timed("export", lambda: workspace.export("membership", exported))
    headings, rows = _exported_rows(workspace)
    clock.timed("y export openpyxl", lambda: yardsticks.openpyxl_write(folder / "plain.xlsx", headings, rows))
    with zipfile.ZipFile(exported) as book:
        xml = book.read("xl/worksheets/sheet1.xml")
    clock.timed("y export deflate", lambda: yardsticks.deflate(xml))
    clock.timed("y script", lambda: yardsticks.openpyxl_script(roster, folder / "script.db"))


def _exported_rows(workspace: Workspace) -> tuple[list[str], list[list[Any]]]:
    """What the export wrote, as the yardstick is given it."""
    ledger = workspace.library.ledgers["membership"]
    names = [f.id for f in ledger.live_fields]
    rows = [[workspace.show("membership", r, n) if ledger.fields[n].type in ("reference", "code") else r[n] for n in names]
            for r in workspace.records("membership")]
    return [ledger.fields[n].title for n in names], rows


def _submit(workspace: Workspace, folder: Path, clock: Clock) -> None:
    open_findings = [finding for finding in workspace.check(period=PERIOD).findings if finding.open]
    workspace.explain(open_findings, "示例数据：名册整理中，下季度补齐")
    done = clock.timed("submit", lambda: workspace.submit(PERIOD, folder / "packages", lambda new: PASSPHRASE, zero_note=ZERO_NOTE))
    clock.timed("y submit", lambda: yardsticks.pack_plainly(done.path))
    verdict = clock.timed("verify", lambda: workspace.verify(done.path))
    assert verdict.valid, verdict.message


def _lines(s: dict[str, float]) -> list[Line]:
    job = s["import"] + s["check"] + s["figures"] + s["export"]
    script = s["y script"] + s["y export openpyxl"]
    return [
        Line("import", s["import"], "calamine read + executemany", s["y import"], 2.0),
        Line("re-import, no change", s["re-import"], "first import", s["import"], 0.8),
        Line("undo of the import", s["undo"], "one DELETE per row", s["y undo"], None),
        Line("check", s["check"], "fetch every row", s["y check"], None),
        Line("figures", s["figures"], "one scan, 20 conditions", s["y figures"], 1.5),
        Line("export", s["export"], "openpyxl write_only", s["y export openpyxl"], 0.35),
        Line("export", s["export"], "zlib 6 of the same XML", s["y export deflate"], 3.0),
        Line("submit", s["submit"], "hash and deflate again", s["y submit"], None),
        Line("verify", s["verify"], "hash and deflate again", s["y submit"], None),
        Line("whole job", job, "openpyxl + sqlite-utils", script, 0.3),
    ]


def table(lines: list[Line]) -> str:
    """The figures as text."""
    rows = [f"{'step':22}{'seconds':>9}  {'yardstick':28}{'seconds':>9}{'ratio':>8}{'allowed':>9}"]
    for line in lines:
        allowed = "–" if line.allowed is None else f"{line.allowed:.2f}{'' if line.ratio <= line.allowed else ' ✗'}"
        rows.append(f"{line.step:22}{line.seconds:9.2f}  {line.yardstick:28}{line.yardstick_seconds:9.3f}{line.ratio:8.2f}{allowed:>9}")
    return "\n".join(rows)


def _peak() -> float | None:
    """Peak memory of this process in MB; POSIX only."""
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.main_job", description=__doc__.splitlines()[0])
    reader.add_argument("--small", action="store_true", help="a twentieth of the size, to try the benchmark itself")
    reader.add_argument("--profile", default="", metavar="STEP", help="show where a step spends its time, e.g. import")
    asked = reader.parse_args()
    sizes = SMALL if asked.small else FULL
    clock = Clock(asked.profile)
    with tempfile.TemporaryDirectory(prefix="unionclient-bench-") as folder:
        lines = measure(Path(folder), sizes, clock)
    print(table(lines))
    facts = {"at": dt.datetime.now().isoformat(timespec="seconds"), "python": platform.python_version(), "machine": platform.machine(),
             "units": sizes[0], "members": sizes[1], "hazards": sizes[2], "peak_mb": _peak(), "seconds": clock.seconds, "wall": clock.wall,
             "lines": [{**asdict(line), "ratio": line.ratio} for line in lines]}
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
