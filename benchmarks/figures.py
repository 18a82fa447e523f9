"""All figures at full size: one pass for each population against separate queries, and against one plain scan.

`python -m benchmarks.figures [--small]`; kept in benchmarks/out/figures.json. Seconds are processor time, the least of
three; ratios travel between machines, seconds do not. The ledgers beside the members are those of the sample year.
"""

import argparse
import datetime as dt
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import yardsticks
from unionclient.assessment import scan
from unionclient.assessment.periods import Period, read_period
from unionclient.demo.street import OFFICER, STREET, DemoStreet, make_street
from unionclient.demo.walk import fill
from unionclient.store import driver
from unionclient.store.database import DATABASE
from unionclient.workspace import Edit, Workspace

OUT = Path(__file__).resolve().parent / "out" / "figures.json"
FULL, SMALL = (1934, 43006), (97, 2150)
PERIOD = "2017Y"
SEED = 43006        # other people than the sample street's


def fill_up(workspace: Workspace, street: DemoStreet) -> None:
    """The sample street with its whole year, then further units with unions, headcounts and members up to the size wanted."""
    fill(workspace)
    known = {unit["name"] for unit in workspace.records("unit")}
    units = [unit for unit in street.units if unit.name not in known]
    workspace.save("unit", [Edit(None, {"name": u.name, "uscc": u.uscc, "community_code": u.community}) for u in units])
    workspace.save("union_org", [Edit(None, {"unit_id": u.name, "union_type": "01", "approved_on": u.approved_on, "founded_on": u.founded_on,
                                             "employees_at_founding": u.employees, "status": "2"}) for u in units])
    workspace.save("employee_stat", [Edit(None, {"unit_id": u.name, "as_of": "2017-06-30", "employees": u.employees, "female": u.women})
                                     for u in units])
    workspace.save("membership", [Edit(None, {
        "name": m.name, "gender": m.gender, "id_type": "1", "ethnicity": m.ethnicity, "id_no": m.id_no, "birth_date": m.birth_date,
        "phone": m.phone, "unit_id": m.unit, "union_id": f"{m.unit}工会委员会", "joined_on": m.joined_on, "join_mode": "1", "status": "1"})
        for m in street.members if m.unit not in known])


def least(work: Callable[[], Any], before: Callable[[], Any] | None = None) -> float:
    """Processor seconds of the quickest of three; `before` is not counted."""
    found = []
    for _ in range(3):
        if before:
            before()
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


class Desk:
    """A filled street, its readings and the questions of its figures."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.period: Period = read_period(PERIOD)
        self.row = self.period.row(dt.date.today())
        self.other = read_period("2016Y").row(dt.date.today())
        self.asked = [q for i in workspace.library.indicators.values() for q in scan.questions(i, self.period)]
        self.plain = driver.connect(workspace.folder / DATABASE)
        yardsticks.scan(self.plain)     # warms the page cache for both sides

    def forget(self) -> None:
        """Another period is read, so that nothing worked out before is there."""
        self.workspace._store.reading(self.other, {})

    def cold(self) -> Any:
        """A reading without tables: every population is worked out for each that names it."""
        self.forget()
        return self.workspace._store.reading(self.row, {})

    def of(self, population: str) -> list[scan.Question]:
        return [q for q in self.asked if q.population == population]


def measure(desk: Desk) -> dict[str, float]:
    """Step → processor seconds."""
    members = desk.of("members")
    cold = desk.cold()
    return {
        "plain scan of the members, 20 conditions": least(lambda: yardsticks.scan(desk.plain)),
        "figures of the members, one pass": least(lambda: scan.scan(cold, members)),
        "figures of the members, one query each": least(lambda: [scan.scan(cold, [q]) for q in members]),
        "all figures, populations shared": least(lambda: desk.workspace.figures(PERIOD), desk.forget),
        "all figures, nothing shared": least(lambda: scan.scan(desk.cold(), desk.asked)),
        "all figures, one query each": least(lambda: [scan.scan(desk.cold(), [q]) for q in desk.asked]),
        "all figures again, nothing changed": least(lambda: desk.workspace.figures(PERIOD)),
        "all figures by community, after that": least(lambda: desk.workspace.figure_parts(PERIOD)),
        "the year by quarters": least(lambda: desk.workspace.figure_course(2017, "quarter")),
    }


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__.splitlines()[0])
    reader.add_argument("--small", action="store_true", help="a twentieth of the size, to try the benchmark itself")
    units, members = SMALL if reader.parse_args().small else FULL
    with tempfile.TemporaryDirectory(prefix="unionclient-bench-") as folder, \
            Workspace.create(Path(folder) / "store", street=STREET, officer=OFFICER) as workspace:
        fill_up(workspace, make_street(SEED, units=units, members=members, hazards=0))
        desk = Desk(workspace)
        seconds = measure(desk)
        desk.plain.close()
        facts = {"at": dt.datetime.now().isoformat(timespec="seconds"), "units": units, "members": workspace.count("membership"),
                 "figures": len(workspace.library.indicators), "questions": len(desk.asked),
                 "populations": len({q.population for q in desk.asked}), "seconds": seconds}
    unit = seconds["plain scan of the members, 20 conditions"]
    print(f"{facts['figures']} figures, {facts['questions']} numbers, {facts['populations']} populations, {facts['members']} members")
    for step, spent in seconds.items():
        print(f"{step:44}{spent:9.3f} s{spent / unit:9.2f} scans")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(facts, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
