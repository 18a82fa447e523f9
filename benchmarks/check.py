"""The full check of a street with 5,000 units: every rule of every ledger, and its ratio to fetching the rows once.

`python -m benchmarks.check [--units N]`. Made-up units with employees and unions; one in fifty has a fault. Milliseconds,
middle of three runs by turns.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import clerk
from unionclient.workspace import Edit, Workspace

UNITS = 5_000
LEDGERS = ("unit", "employee_stat", "union_org")
ALLOWED = 5_000     # ms


def fill(workspace: Workspace, count: int) -> None:
    """`count` units, their employees, and a union for every second one."""
    edits = [Edit(None, dict(zip(clerk.FIELDS, (cell.keys if cell.keys.isdigit() else cell.stored for cell in row), strict=True)))
             for row in clerk.rows(count)]
    for n, edit in enumerate(edits):
        if n % 50 == 0:
            edit.values["registered_on"] = "去年"
    units = workspace.save("unit", edits).ledgers["unit"][0]
    workspace.save("employee_stat", [Edit(None, {"unit_id": unit, "as_of": "2017-06-30", "employees": str(20 + n % 300)}) for n, unit in enumerate(units)])
    workspace.save("union_org", [Edit(None, {"unit_id": unit, "founded_on": "2010-05-01", "status": "1"}) for unit in units[::2]])


def rules(workspace: Workspace) -> int:
    """How many rules the rows are held against: declared ones, those every field brings, and checks over several ledgers."""
    library = workspace.library
    own = sum(len(ledger.rules) + sum(bool(field.required or field.format or field.codes) for field in ledger.live_fields)
              for ledger in map(library.ledgers.__getitem__, LEDGERS))
    return own + sum(check.ledger in LEDGERS for check in library.checks.values())


def milliseconds(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.check", description=__doc__.splitlines()[0])
    reader.add_argument("--units", type=int, default=UNITS)
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder, Workspace.create(Path(folder) / "store", street="110101013", officer="测量") as workspace:
        fill(workspace, chosen.units)
        turns = [(milliseconds(workspace.check), milliseconds(lambda: [workspace.records(ledger) for ledger in LEDGERS])) for _ in range(3)]
        ours, plain = (statistics.median(turn[n] for turn in turns) for n in (0, 1))
        report = workspace.last_check()
    print("| what | ours | fetch every row | ratio | allowed |\n|---|---|---|---|---|")
    print(f"| {chosen.units} units x {rules_told(report, workspace)} | {ours:.0f} ms | {plain:.0f} ms | {ours / plain:.1f} | <= {ALLOWED} ms |")


def rules_told(report: Any, workspace: Workspace) -> str:
    return f"{rules(workspace)} rules, {len(report.findings)} findings"


if __name__ == "__main__":
    main()
