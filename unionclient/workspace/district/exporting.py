"""All consolidated packages in files that larger databases load: Parquet for DuckDB, CSV for PostgreSQL, and the SQL beside them.

One table for each ledger, with `package`, `street`, `period` and `current` before its own columns, and the tables `package` and `figure`. `figures.sql`
asks both databases for the district's figures and gets the same numbers as the program. Limits: Parquet needs the extra `district`.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Ledger, Library
from unionclient.definition.values import TYPES
from unionclient.definition.words import _
from unionclient.store.database import Store
from unionclient.store.shelf import opened_shelf
from unionclient.store.tables import quoted
from unionclient.submission.files import write_whole
from unionclient.workspace.district.consolidating import CONSOLIDATED, index_of

BEFORE = (("package", "TEXT"), ("street", "TEXT"), ("period", "TEXT"), ("current", "INTEGER"))
OWN = {
    "package": (("sha256", "TEXT"), ("package_id", "TEXT"), ("street", "TEXT"), ("street_name", "TEXT"), ("period", "TEXT"), ("seq", "INTEGER"),
                ("kind", "TEXT"), ("created_at", "TEXT"), ("current", "INTEGER")),
    "figure": (("package", "TEXT"), ("id", "TEXT"), ("numerator", "INTEGER"), ("denominator", "INTEGER"), ("year_to_date", "INTEGER")),
}
FIGURES_SQL = """\
-- The district's figures: sums of numerators and denominators over the packages that count. Same text for DuckDB and PostgreSQL.
SELECT p.period, f.id, sum(f.numerator) AS numerator, sum(f.denominator) AS denominator,
       sum(coalesce(f.year_to_date, f.numerator)) AS year_to_date, count(*) AS bodies
FROM figure f JOIN package p ON p.sha256 = f.package
WHERE p."current" = 1
GROUP BY p.period, f.id
ORDER BY p.period, f.id;
"""
_PACKAGES = "SELECT sha256, street, period, current, shelf FROM package ORDER BY period, street, seq"


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of one table that come from one package, as (column name, SQL type) and an iterator."""

    table: str
    columns: Sequence[tuple[str, str]]
    rows: Iterator[tuple]


def export(store: Store, out: Path, parquet: bool, progress: Callable | None) -> list[Path]:
    """Writes everything into the empty or new folder `out`; see `District.export`."""
    if parquet and not _has_parquet():
        raise UnionClientError(_("没有安装写 Parquet 的组件 pyarrow。"), _("没有写出文件。"), _("请安装 unionclient[district]，或改用 --csv。"))
    _prepare(out)
    write, ending = (_write_parquet, "parquet") if parquet else (_write_csv, "csv")
    found = []
    with index_of(store) as index:
        packages = index.execute(_PACKAGES).fetchall()
        for table, columns in OWN.items():
            names = ", ".join(quoted(name) for name, _ in columns)
            rows = index.execute(f"SELECT {names} FROM {table} ORDER BY {names}")
            found.append(write(out / table / f"part.{ending}", _Part(table, columns, rows)))
    for done, (sha256, street, period, current, shelf) in enumerate(packages):
        if progress:
            progress(_("写出{street} {period}").format(street=street, period=period), done, len(packages))
        with opened_shelf(store.folder / CONSOLIDATED / shelf, store.library) as opened:
            for part in _parts(opened, (sha256, street, period, current)):
                found.append(write(out / part.table / f"{shelf}.{ending}", part))
    tables = sorted({path.parent.name for path in found})
    sql = _duckdb_sql(tables) if parquet else _postgres_sql(store.library, found, out)
    for name, text in (("load.sql", sql), ("figures.sql", FIGURES_SQL)):
        write_whole(out / name, text.encode("utf-8"))
    return [*found, out / "load.sql", out / "figures.sql"]


def _prepare(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        taken = any(out.iterdir())
    except OSError as fault:
        raise UnionClientError(_("文件夹“{out}”不能使用：{strerror}").format(out=out, strerror=fault.strerror or fault), _("没有写出文件。"), _("请换一个文件夹。")) from fault
    if taken:
        raise UnionClientError(_("文件夹“{out}”里已有文件。").format(out=out), _("没有写出文件，原有文件没有改动。"), _("请选择空文件夹，以免新旧数据混在一起。"))


def _parts(shelf: Store, before: tuple[Any, ...]) -> Iterator[_Part]:
    """Every ledger of a package that has rows."""
    for ledger in shelf.library.ledgers.values():
        if shelf.connection.execute(f"SELECT 1 FROM {quoted(ledger.id)} LIMIT 1").fetchone():
            columns = columns_of(ledger)
            names = ", ".join(quoted(name) for name, _ in columns[len(BEFORE):])
            rows = shelf.connection.execute(f"SELECT {names} FROM {quoted(ledger.id)} ORDER BY id")
            yield _Part(ledger.id, columns, (before + row for row in rows))


def columns_of(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Columns of a ledger's table here: whence, ids, fields as the store keeps them (dates ISO text, money in fen)."""
    own = [("id", "TEXT"), *((("parent_id", "TEXT"),) if ledger.parent else ())]
    return (*BEFORE, *own, *((field.id, TYPES[field.type].sql) for field in ledger.fields.values()))


# Parquet and DuckDB -------------------------------------------------------------------------------------------------


def _has_parquet() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def _write_parquet(path: Path, part: _Part) -> Path:
    import pyarrow as pa
    from pyarrow import parquet as pq

    path.parent.mkdir(exist_ok=True)
    schema = pa.schema([(name, pa.int64() if kind == "INTEGER" else pa.string()) for name, kind in part.columns])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for rows in _chunks(part.rows):
            columns = zip(*rows, strict=True)
            writer.write_table(pa.Table.from_arrays([pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)], schema=schema))
    return path


def _chunks(rows: Iterator[tuple], size: int = 50_000) -> Iterator[list[tuple]]:
    chunk: list[tuple] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _duckdb_sql(tables: Sequence[str]) -> str:
    """Tables over the files; run in the export's folder."""
    lines = ["-- DuckDB: run in this folder, for example  duckdb district.duckdb < load.sql"]
    lines += [f"CREATE OR REPLACE TABLE {quoted(name)} AS SELECT * FROM read_parquet('{name}/*.parquet', union_by_name = true);" for name in tables]
    return "\n".join(lines) + "\n"


# CSV and PostgreSQL -------------------------------------------------------------------------------------------------


def _write_csv(path: Path, part: _Part) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([name for name, _ in part.columns])
        writer.writerows(part.rows)
    return path


def _postgres_sql(library: Library, files: Sequence[Path], out: Path) -> str:
    r"""Tables, one \copy for each file, indexes; run by psql in the export's folder."""
    lines = ["-- PostgreSQL: run in this folder, for example  psql -d district -f load.sql", "BEGIN;"]
    tables = dict.fromkeys(path.parent.name for path in files)
    for table in tables:
        columns = OWN.get(table) or columns_of(library.ledgers[table])
        told = ", ".join(f"{quoted(name)} {'bigint' if kind == 'INTEGER' else 'text'}" for name, kind in columns)
        lines.append(f"CREATE TABLE {quoted(table)} ({told});")
    for path in files:
        lines.append(f"\\copy {quoted(path.parent.name)} FROM '{path.relative_to(out).as_posix()}' WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')")
    lines += ['CREATE UNIQUE INDEX package_sha256 ON "package" (sha256);', 'CREATE INDEX figure_package ON "figure" (package);', "COMMIT;", "ANALYZE;"]
    return "\n".join(lines) + "\n"
