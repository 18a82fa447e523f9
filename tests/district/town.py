"""A small town to test with: a district with its authority, streets with keys it issued, packages made from plain tables."""

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from unionclient.assessment.periods import read_period
from unionclient.submission.keys import SigningKey
from unionclient.submission.manifest import Amends, ChangelogHead, Period, Program, Street
from unionclient.submission.package import package_name, write_package
from unionclient.submission.tabledata import Column, Table

PASSPHRASE = "春天的长安街很长"
CHEAP = {"bits": 2048, "scrypt_n": 2**4}
_TYPES = {"M": "month", "Q": "quarter", "H": "half", "Y": "year"}
FIGURE_COLUMNS = (
    Column("id", "编号", required=True), Column("title", "指标"), Column("unit", "计量单位"), Column("numerator", "完成", "integer"),
    Column("denominator", "应完成", "integer"), Column("value", "数值", "number"), Column("year_to_date", "累计", "integer"),
    Column("target", "目标", "number"), Column("state", "状态"))


def said(new: bool) -> str:
    return PASSPHRASE


def figures_table(figures: Mapping[str, Sequence]) -> Table:
    """Figure id → (numerator, denominator, year to date)."""
    rows = [[name, name, "", numbers[0], numbers[1], None, numbers[2] if len(numbers) > 2 else None, None, "none"] for name, numbers in figures.items()]
    return Table("figures", "工作指标", FIGURE_COLUMNS, rows, ("id",))


def settings_table(settings: Mapping[str, str]) -> Table:
    return Table("settings", "设置", (Column("key", "设置", required=True), Column("value", "值")), [list(pair) for pair in settings.items()], ("key",))


def units_table(units: Sequence[tuple[str, str, str | None]]) -> Table:
    """(id, name, uscc)."""
    columns = (Column("id", "系统编号", required=True), Column("name", "单位名称"), Column("uscc", "统一社会信用代码"))
    return Table("unit", "单位基本信息", columns, [list(unit) for unit in units], ("id",))


@dataclass
class StreetBench:
    """One street: its key, and the packages it has made so far."""

    code: str
    name: str
    key: SigningKey
    folder: Path
    seq: int = 0
    head: str | None = None
    made: list[Path] = field(default_factory=list)

    def pack(self, period: str = "2017Q3", *, label: str = "", figures: Mapping[str, Sequence] | None = None, tables: Sequence[Table] = (), seq: int | None = None,
             prev: str | None = "", amends: Amends | None = None, key: SigningKey | None = None, code: str = "") -> Path:
        """The next package, as the street would send it; `seq` and `prev` may be forged."""
        self.seq = seq or self.seq + 1
        span = read_period(period)
        path = self.folder / package_name(self.code, period, self.seq)
        while path.exists():
            path = path.with_name("x" + path.name)
        made = write_package(
            path, [], tables=[figures_table(figures or {"T1-01": (3, None, 5)}), *tables], street=Street(code or self.code, self.name),
            period=Period(_TYPES[span.code[4]], span.begins, span.ends, label or span.code), seq=self.seq, prev_sha256=self.head if prev == "" else prev,
            key=key or self.key, program=Program("unionclient", "0.1", 1), changelog=ChangelogHead("0" * 64, 7), contains_personal_data=False, amends=amends)
        self.head = made.sha256
        self.made.append(path)
        return path


def enrolled(district, folder: Path, code: str, name: str) -> StreetBench:
    """A street with a key whose certificate the district issued."""
    from asn1crypto import pem

    from unionclient.submission.keys import add_certificate, make_key
    from unionclient.submission.requests import make_request

    folder.mkdir(parents=True, exist_ok=True)
    key = make_key(folder / "key.json", PASSPHRASE, name=f"{name}总工会", street_code=code, **CHEAP)
    request = folder / "request.p10"
    request.write_bytes(make_request(key))
    issued = district.issue(request, PASSPHRASE)
    certificate, *above = [octets for _, _, octets in pem.unarmor(issued.read_bytes(), multiple=True)]
    return StreetBench(code, name, add_certificate(folder / "key.json", PASSPHRASE, certificate, tuple(above)), folder)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def pack_ledgers(street: StreetBench, workspace, period: str, **how) -> Path:
    """A package of a whole workspace, as submitting makes it, without paper and workbooks."""
    from unionclient.workspace import counting, datatables

    store = workspace._store
    tables = [datatables.ledger_table(store, ledger) for ledger in store.library.ledgers.values()]
    figures = {f.id: (f.numerator, f.denominator, f.year_to_date) for f in counting.all_figures(store, period)}
    return street.pack(period, figures=figures, tables=[*(table for table in tables if table.rows), datatables.settings_table(store)], **how)


def accepted(district, *packages: Path) -> None:
    """Puts packages where accepted ones lie: all that consolidation asks for. `test_receiving` goes the long way."""
    for package in packages:
        target = district.folder / "accepted" / package.name[:package.name.index("-")]
        target.mkdir(parents=True, exist_ok=True)
        shutil.copy(package, target)
