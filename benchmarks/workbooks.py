"""Large workbooks: writing, signing and judging one of 43,006 rows, each as a ratio to its yardstick in the same run.

`python -m benchmarks.workbooks [--rows N]`. The rows are made up: names, identity numbers, codes, dates, money. Seconds are
processor time; the middle of three runs counts. Ratios travel between machines, seconds do not.
"""

import argparse
import datetime as dt
import hashlib
import random
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import yardsticks
from benchmarks.main_job import Line, table
from unionclient.definition.ledger import Code, CodeList, Field
from unionclient.sheets.writer import write_ledger
from unionclient.submission.keys import make_key
from unionclient.submission.opc import sign_workbook
from unionclient.submission.opcverify import check_workbook

ROWS, RUNS = 43_006, 3
_GENDER = CodeList("gender", "性别", {"1": Code("1", "男"), "2": Code("2", "女")})
_TEXTS = ("ethnicity", "id_type", "education", "political", "employ_type", "unit", "union", "join_mode", "status", "post", "title", "skill",
          "housing", "district", "community")
FIELDS = [Field("name", "姓名", width=10), Field("id_no", "证件号码", format="resident_id", width=21, personal="id"), Field("phone", "手机号码"),
          Field("gender", "性别", "code", codes=_GENDER), Field("born", "出生日期", "date"), Field("joined", "入会日期", "date"),
          Field("fee", "会费", "money"), *(Field(name, name) for name in _TEXTS)]


def made_up(count: int) -> list[list[Any]]:
    """Rows of 22 columns, the same ones each time."""
    luck, first = random.Random(2017), dt.date(1955, 1, 1)
    words = {name: [f"{name}{n}" for n in range(1900 if name in ("unit", "union") else 9)] for name in _TEXTS}
    return [[luck.choice("赵钱孙李周吴郑王") + chr(luck.randrange(0x4E00, 0x9FA5)) + chr(luck.randrange(0x4E00, 0x9FA5)),
             f"110101{luck.randrange(10**12):012d}", f"13{luck.randrange(10**9):09d}", luck.choice(("男", "女")),
             first + dt.timedelta(luck.randrange(16_000)), first + dt.timedelta(20_000 + luck.randrange(2_000)), luck.randrange(100_000),
             *(luck.choice(words[name]) for name in _TEXTS)] for _ in range(count)]


def spent(work: Callable[[], Any]) -> float:
    """Processor seconds of `work`, the middle of three runs."""
    seconds = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds)


def measure(folder: Path, count: int) -> list[Line]:
    rows, headings = made_up(count), [field.title for field in FIELDS]
    path = folder / "ours.xlsx"
    ours = spent(lambda: write_ledger(path, "会员台账", headings, FIELDS, rows))
    theirs = spent(lambda: yardsticks.openpyxl_write(folder / "theirs.xlsx", headings, rows))
    content = path.read_bytes()
    write_ledger(folder / "again.xlsx", "会员台账", headings, FIELDS, rows)
    assert (folder / "again.xlsx").read_bytes() == content, "the same rows must make the same bytes"
    with zipfile.ZipFile(path) as book:
        xml = [book.read(name) for name in book.namelist()]
    deflated = spent(lambda: [yardsticks.deflate(part) for part in xml])
    unpacked = spent(lambda: _unpack_and_hash(path))
    key = make_key(folder / "key", "只为这次测量而设", name="测量", street_code="110101013", scrypt_n=2**4)
    now = dt.datetime.now(dt.UTC)
    signing = spent(lambda: sign_workbook(content, key, signed_at=now))
    signed = sign_workbook(content, key, signed_at=now)
    judging = spent(lambda: check_workbook(signed))
    return [
        Line("write", ours, "openpyxl write_only", theirs, 0.35),
        Line("write", ours, "zlib 6 of the same XML", deflated, 3.0),
        Line("sign (OPC)", signing, "unpack and hash", unpacked, None),
        Line("judge the signature", judging, "unpack and hash", unpacked, None),
    ]


def _unpack_and_hash(path: Path) -> None:
    with zipfile.ZipFile(path) as book:
        for name in book.namelist():
            hashlib.sha256(book.read(name)).digest()


def main() -> None:
    reader = argparse.ArgumentParser(prog="python -m benchmarks.workbooks", description=__doc__.splitlines()[0])
    reader.add_argument("--rows", type=int, default=ROWS)
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(table(measure(Path(folder), chosen.rows)))


if __name__ == "__main__":
    main()
