"""What the same work costs with the plainest fast means: the other half of every ratio."""

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from unionclient.store import driver
from unionclient.store.tables import quoted

# Twenty plain comparisons over the members, counted in one pass.
_TESTS = ("gender = '1'", "gender = '2'", "ethnicity = '01'", "id_no LIKE '110%'", "phone LIKE '138%'", "education = '20'", "political = '13'",
          "employ_type = '1'", "joined_on >= '2017-01-01'", "joined_on < '2017-07-01'", "birth_date < '1980-01-01'", "status = '1'",
          "join_mode = '1'", "remark IS NULL", "name LIKE '%伟%'", "union_id IS NOT NULL", "unit_id IS NOT NULL", "void = 0",
          "length(id_no) = 18", "raw IS NULL")


def read_and_insert(book: Path, database: Path, copy: Path, ledger: str, chosen: dict[str, int]) -> int:
    """calamine reads the book, executemany puts the columns `chosen` (field → position) into an empty twin of the table."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(book).get_sheet_by_index(0).to_python()
    source = driver.connect(database)
    made = [row[0] for row in source.execute("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type DESC", (ledger,))]
    source.close()
    twin = driver.connect(copy, create=True)
    for statement in made:
        twin.execute(statement)
    names = ["id", *chosen, "created_at", "created_by", "updated_at", "updated_by", "origin"]
    twin.execute("BEGIN IMMEDIATE")
    twin.executemany(f"INSERT INTO {quoted(ledger)} ({', '.join(map(quoted, names))}) VALUES ({', '.join('?' * len(names))})",
                     ((f"{n:036d}", *(str(row[at]) for at in chosen.values()), "", "", "", "", "import") for n, row in enumerate(rows[3:])))
    twin.execute("COMMIT")
    twin.close()
    return len(rows)


def delete_rows(copy: Path, ledger: str) -> int:
    """One DELETE per row by its key, as an undo must do, in the twin of `read_and_insert`."""
    twin = driver.connect(copy)
    ids = [row for row in twin.execute(f"SELECT id FROM {quoted(ledger)}")]
    twin.execute("BEGIN IMMEDIATE")
    twin.executemany(f"DELETE FROM {quoted(ledger)} WHERE id = ?", ids)
    twin.execute("COMMIT")
    twin.close()
    return len(ids)


def scan(connection: driver.Connection) -> Any:
    """One pass over the members under twenty conditions."""
    return connection.execute("SELECT " + ", ".join(f"sum({test})" for test in _TESTS) + " FROM membership").fetchone()


def fetch_all(connection: driver.Connection, ledgers: Sequence[str]) -> int:
    """Every row of every ledger, as plain tuples."""
    return sum(len(connection.execute(f"SELECT * FROM {quoted(ledger)}").fetchall()) for ledger in ledgers)


def openpyxl_write(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """The same rows through openpyxl's streaming writer."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("会员台账")
    sheet.append(list(headings))
    for row in rows:
        sheet.append(row)
    book.save(path)


def openpyxl_script(book: Path, database: Path) -> int:
    """The usual script: openpyxl reads, sqlite-utils inserts. (Its export is `openpyxl_write`.)"""
    import sqlite_utils
    from openpyxl import load_workbook

    sheet = load_workbook(book, read_only=True).worksheets[0]
    lines = sheet.iter_rows(values_only=True, min_row=3)
    headings = next(lines)
    made = sqlite_utils.Database(database)
    made["member"].insert_all(({str(h): v for h, v in zip(headings, line, strict=False)} for line in lines), alter=True)
    made["member"].create_index(["证件号码"])
    made["member"].create_index(["所属工会"])
    made.conn.close()
    return len(headings)


def deflate(xml: bytes) -> int:
    """zlib level 6 over the sheet's own XML."""
    return len(zlib.compress(xml, 6))


def pack_plainly(package: Path) -> int:
    """Hash and deflate once more what a package holds: the floor under any way of making it."""
    out = io.BytesIO()
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for name in old.namelist():
            content = old.read(name)
            hashlib.sha256(content).digest()
            if name.endswith(".csv"):
                rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
                text = io.StringIO(newline="")
                csv.writer(text).writerows(rows)
            new.writestr(name, content)
    return out.tell()
