"""The district at size: 17 streets × 10 years, 8 million member rows; loading, a year's figures, unfolding, checks, export.

`python -m benchmarks.district [--scale 0.1] [--years 10] [--export]`; kept in benchmarks/out/district.json. `--scale` 1 is the full size (some 15
minutes and 7 GB). Every package holds the same ledgers under another street and year: what is loaded is as large, though not as varied, as the real thing.
"""

import argparse
import csv
import datetime as dt
import io
import json
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.figures import SEED, fill_up
from unionclient import __version__
from unionclient.demo.street import OFFICER, STREET, make_street
from unionclient.store import driver
from unionclient.submission.keys import SigningKey, make_key
from unionclient.submission.manifest import ChangelogHead, Controls, Manifest, Member, Period, Program, Street, manifest_bytes
from unionclient.submission.sealed import seal
from unionclient.submission.tabledata import datapackage_member, table_member
from unionclient.workspace import Workspace, datatables
from unionclient.workspace.counting import all_figures
from unionclient.workspace.district import District

OUT = Path(__file__).resolve().parent / "out" / "district.json"
FULL_MEMBERS, FULL_UNITS, LAST_YEAR = 47_059, 2_000, 2017       # 47,059 × 17 × 10 = 8,000,030


def street_tables(folder: Path, members: int, units: int) -> tuple[list[Member], dict[str, Controls]]:
    """The data members of one street's package, and what its manifest says of them."""
    with Workspace.create(folder / "street", street=STREET, officer=OFFICER) as workspace:
        fill_up(workspace, make_street(SEED, units=units, members=members, hazards=0))
        store = workspace._store
        tables = [table for ledger in workspace.library.ledgers.values() if (table := datatables.ledger_table(store, ledger)).rows]
        tables += [datatables.figure_table(all_figures(store, f"{LAST_YEAR}Y")), datatables.settings_table(store)]
    packed = {table.path: table_member(table) for table in tables}
    return [*packed.values(), datapackage_member(tables, packed, "bench")], {t.name: Controls(len(t.rows), packed[t.path].totals) for t in tables}


def package(given: list[Member], controls: dict[str, Controls], key: SigningKey, code: str, year: int, seq: int) -> bytes:
    """A package as a street would sign it, without paper and workbooks."""
    manifest = Manifest(
        str(uuid.UUID(int=seq << 64 | int(code))), Street(code, code), Period("year", dt.date(year, 1, 1), dt.date(year, 12, 31), f"{year}Y"), seq, None if seq == 1 else "0" * 64,
        dt.datetime(year, 12, 31, 12, tzinfo=dt.UTC), False, Program("unionclient", __version__, 1), "0" * 64, (), controls, False, {},
        ChangelogHead("0" * 64, 1))
    return seal({**{member.path: member.content for member in given}, "manifest.json": manifest_bytes(manifest)}, key)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """(seconds by the wall, by the processor, answer)."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return time.perf_counter() - wall, time.process_time() - cpu, answer


def plain_load(folder: Path, members: bytes) -> None:
    """Yardstick: the members' CSV read and inserted into a bare table, nothing else."""
    connection = driver.connect_plain(folder / "plain.db")
    connection.execute("PRAGMA journal_mode=OFF")
    rows = csv.reader(io.StringIO(members.decode("utf-8"), newline=""))
    names = next(rows)
    connection.execute(f"CREATE TABLE plain ({', '.join(f'c{n}' for n in range(len(names)))})")
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO plain VALUES ({', '.join('?' * len(names))})", rows)
    connection.execute("COMMIT")
    connection.close()
    (folder / "plain.db").unlink()


def measure(folder: Path, scale: float, years: int, with_export: bool) -> dict[str, Any]:
    """All steps; seconds."""
    given, controls = street_tables(folder, int(FULL_MEMBERS * scale), int(FULL_UNITS * scale))
    key = make_key(folder / "key.json", "bench bench bench", name="bench", street_code=STREET, bits=2048, scrypt_n=2)
    with District.create(folder / "district", officer="bench") as district:
        streets = [body.code for body in district.bodies() if body.kind == "street"]
        for code in streets:
            (district.folder / "accepted" / code).mkdir(parents=True)
            for seq in range(1, years + 1):
                content = package(given, controls, key, code, LAST_YEAR - years + seq, seq)
                (district.folder / "accepted" / code / f"{code}-{seq:04d}.asice").write_bytes(content)
        members = next(member.content for member in given if member.path == "data/membership.csv")
        plain = min(timed(lambda: plain_load(folder, members))[1] for _ in range(3))
        wall, cpu, done = timed(lambda: district.consolidate(lambda what, at, of: print(f"\r{at + 1}/{of} {what}", end="", flush=True)))
        print()
        packages, last = len(streets) * years, f"{LAST_YEAR}Y"
        figures = min(timed(lambda: district.figures(last))[0] for _ in range(3))
        compare = timed(lambda: district.compare(last))[0]
        most = max(district.figures(last), key=lambda each: each.figure.numerator).figure.id
        facts = {
            "at": dt.datetime.now().isoformat(timespec="seconds"), "scale": scale, "packages": packages, "rows": done.rows, "member_rows": controls["membership"].rows * packages,
            "problems": len(done.problems), "consolidated_bytes": sum(path.stat().st_size for path in (district.folder / "consolidated").rglob("*") if path.is_file()),
            "seconds": {
                "consolidate, wall": wall, "consolidate, processor": cpu, "per package, processor": cpu / packages, "plain CSV to SQLite of its members": plain,
                "all figures of a year": figures, "compare two years": compare,
                "units behind the largest figure of a street": timed(lambda: district.figure_units(last, most, streets[0]))[0],
                "checks over all streets of a year": timed(lambda: district.cross_checks(last))[0]}}
        if with_export:
            facts["seconds"]["export as Parquet"] = timed(lambda: district.export(folder / "parquet"))[0]
        return facts


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.district", description=__doc__.splitlines()[0])
    reader.add_argument("--scale", type=float, default=0.1, help="share of the full 47,059 members a street and year")
    reader.add_argument("--years", type=int, default=10)
    reader.add_argument("--export", action="store_true", help="also export as Parquet")
    asked = reader.parse_args()
    with tempfile.TemporaryDirectory(prefix="unionclient-bench-") as folder:
        facts = measure(Path(folder), asked.scale, asked.years, asked.export)
    print(f"{facts['packages']} packages, {facts['member_rows']} member rows, {facts['rows']} rows, {facts['consolidated_bytes'] >> 20} MB")
    for step, spent in facts["seconds"].items():
        print(f"{step:46}{spent:9.3f} s")
    OUT.parent.mkdir(exist_ok=True)
    kept = json.loads(OUT.read_text("utf-8")) if OUT.is_file() else {}
    kept[f"scale {asked.scale}, {asked.years} years"] = facts
    OUT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
