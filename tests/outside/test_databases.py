"""The exported district in larger databases: DuckDB over Parquet, PostgreSQL over CSV, the same figures as the program's."""

import csv
import io
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from district.town import CHEAP, PASSPHRASE, accepted, enrolled, pack_ledgers, units_table  # noqa: E402

from unionclient.definition.library import builtin_library  # noqa: E402
from unionclient.workspace import Edit, Workspace  # noqa: E402
from unionclient.workspace.district import District  # noqa: E402

PERIODS = ("2017Q2", "2017Q3")


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    """Two streets, two periods; one figure of random numbers each, and one street's real ledgers with awkward texts."""
    folder, dice = tmp_path_factory.mktemp("wide"), random.Random(11)
    with District.create(folder / "district", officer="李四") as opened:
        opened.set_up_authority(PASSPHRASE, **CHEAP)
        streets = [enrolled(opened, folder / code, code, name) for code, name in (("110101013", "东花市街道"), ("110101009", "东直门街道"))]
        for street in streets:
            for period in PERIODS:
                figures = {i.id: (dice.randint(0, 40), 50) if i.per is not None else (dice.randint(0, 40), None, 60)
                           for i in builtin_library().indicators.values()}
                accepted(opened, street.pack(period, figures=figures, tables=[units_table([("a", '引号"，逗号,\n换行', None), ("b", "=1+1", None)])]))
        with Workspace.create(folder / "store", street="110101013", officer="张三") as workspace:
            workspace.save("unit", [Edit(None, {"name": f"北京第{n}食品有限公司", "unit_type": "159"}) for n in range(50)])
            accepted(opened, pack_ledgers(streets[0], workspace, "2017Q3"))
        assert not opened.consolidate().problems
        yield opened


def own_figures(district) -> list[tuple]:
    """(period, id, numerator, denominator, year to date, bodies) as the program says."""
    found = []
    for period in PERIODS:
        for each in district.figures(period):
            figure = each.figure
            year = sum(part.numerator if part.year_to_date is None else part.year_to_date for part in each.parts)
            if each.parts:
                found.append((period, figure.id, figure.numerator, figure.denominator, year, len(each.parts)))
    return sorted(found)


def plain(rows) -> list[tuple]:
    return sorted(tuple(cell if cell is None or isinstance(cell, str) and not cell.isdigit() else int(cell) for cell in row) for row in rows)


def test_duckdb_gets_the_same_figures(district, tmp_path, module, monkeypatch):
    module("pyarrow", "district")
    module("duckdb", "district")
    import duckdb

    out = tmp_path / "export"
    district.export(out)
    monkeypatch.chdir(out)
    with duckdb.connect(str(tmp_path / "district.duckdb")) as base:
        base.execute((out / "load.sql").read_text("utf-8"))
        assert plain(base.execute((out / "figures.sql").read_text("utf-8")).fetchall()) == own_figures(district)
        names = {row[0] for row in base.execute("SELECT name FROM unit").fetchall()}
        assert {'引号"，逗号,\n换行', "=1+1", "北京第7食品有限公司"} <= names
        assert base.execute('SELECT count(*) FROM unit WHERE "current" = 1').fetchone() == (50 + 3 * 2,)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory, program):
    """`psql` on a server of our own, in a folder of its own, gone afterwards. PostgreSQL refuses to run as root, so then as `postgres`."""
    program("psql")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("initdb is not installed (Debian: postgresql)")
    tools = found[-1].parent
    root = os.geteuid() == 0
    folder = Path(tmp_path_factory.mktemp("pg")) if not root else Path("/tmp") / f"unionclient-pg-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    before = []
    if root:
        if shutil.which("runuser") is None or subprocess.run(["id", "postgres"], capture_output=True).returncode:
            pytest.skip("there is no user postgres to run the server as")
        shutil.chown(folder, "postgres", "postgres")
        before = ["runuser", "-u", "postgres", "--"]

    def run(*command: str) -> None:
        subprocess.run([*before, *command], check=True, capture_output=True, cwd="/")

    run(str(tools / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    run(str(tools / "pg_ctl"), "-D", str(folder / "data"), "-o", f"-k {folder} -c listen_addresses=''", "-l", str(folder / "log"), "-w", "start")
    try:
        yield lambda *arguments, cwd=None: subprocess.run(
            ["psql", "-h", str(folder), "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-q", *arguments], check=True, capture_output=True, cwd=cwd).stdout.decode("utf-8")
    finally:
        run(str(tools / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def test_postgresql_gets_the_same_figures(district, tmp_path, postgres):
    out = tmp_path / "export"
    district.export(out, parquet=False)
    postgres("-f", "load.sql", cwd=out)
    rows = list(csv.reader(io.StringIO(postgres("--csv", "-t", "-f", "figures.sql", cwd=out))))
    assert plain([tuple(cell or None for cell in row) for row in rows]) == own_figures(district)
    assert postgres("-t", "-A", "-c", "SELECT count(*) FROM unit WHERE name = '=1+1'").strip() == "4"
