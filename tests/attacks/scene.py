"""A district, two streets, a forger who has the same names, and one sound package: what every attack starts from."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from submission.bench import Bench, make_pdf, member_table, pack
from submission.ruled import make_ruled_pdf
from submission.trusting import DAY, OTHER, STREET, enrolled, new_authority

from unionclient.submission.authority import Authority
from unionclient.submission.keys import SigningKey
from unionclient.submission.manifest import Amends, Member
from unionclient.submission.package import PackageFile
from unionclient.submission.pades import sign_pdf
from unionclient.submission.sequence import Received
from unionclient.submission.trust import Trust

CSV, PDF, BOOK = "data/membership.csv", "reports/report-2017q3.pdf", "workbooks/membership.xlsx"


@dataclass(frozen=True, slots=True)
class Attack:
    """One forged package: which row of the list it belongs to, how it is made, and what must refuse it.

    `how` gives the arguments of `verify_bytes` other than the usual (trust file, nothing received before).
    """

    row: str
    name: str
    make: Callable[["Scene"], bytes]
    check: str
    result: str
    how: Callable[["Scene"], dict[str, Any]] = field(default=lambda scene: {})


class Scene:
    """Everything is made once, when an attack first asks for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.began = self.now - 30 * DAY

    @cached_property
    def authority(self) -> Authority:
        return new_authority(self.folder / "authority", now=self.began)

    @cached_property
    def key(self) -> SigningKey:
        return enrolled(self.authority, self.folder / "street.key", STREET, now=self.began)

    @cached_property
    def other(self) -> SigningKey:
        """The key of the neighbouring street, as good as ours."""
        return enrolled(self.authority, self.folder / "other.key", OTHER, now=self.began)

    @cached_property
    def young(self) -> SigningKey:
        """The street's second key, issued today."""
        return enrolled(self.authority, self.folder / "young.key", STREET, now=self.now, beside=True)

    @cached_property
    def trust(self) -> Trust:
        _ = self.key, self.other, self.young
        return self.authority.state

    @cached_property
    def forger(self) -> SigningKey:
        """Same district name, same street name and code, all issued by a root of the forger's own."""
        return enrolled(new_authority(self.folder / "forged", now=self.began), self.folder / "forged.key", STREET, now=self.began)

    @cached_property
    def first(self) -> PackageFile:
        return pack(self.folder / "1.asice", self.key)

    @cached_property
    def second(self) -> PackageFile:
        return pack(self.folder / "2.asice", self.key, seq=2, prev_sha256=self.first.sha256)

    @cached_property
    def bench(self) -> Bench:
        return Bench(self.first.path.read_bytes(), self.key)

    @cached_property
    def printed(self) -> Bench:
        """A package whose report is a ruled table of the members."""
        table = member_table()
        report = Member(PDF, "名册", "form", "application/pdf", make_ruled_pdf(table), source_member=CSV)
        return Bench(self.pack("printed", members=[report]), self.key)

    def reprinted(self, change: dict[tuple[int, int], str], **how: Any) -> bytes:
        """The same with other texts in its cells (row, column from 0), signed anew."""
        return self.printed.resigned({PDF: self.pdf(make_ruled_pdf(member_table(), change))}, **how)

    def pack(self, name: str, key: SigningKey | None = None, **facts: Any) -> bytes:
        """A package of the street with other facts, such as its number."""
        return pack(self.folder / f"{name}.asice", key or self.key, **facts).path.read_bytes()

    def amending(self) -> Amends:
        return Amends(self.first.package_id, self.first.sha256, "更正人数")

    def received(self, *packages: PackageFile, accepted: bool = True) -> list[Received]:
        return [Received(each.seq, each.sha256, each.package_id, accepted) for each in packages]

    def pdf(self, content: bytes | None = None, key: SigningKey | None = None) -> bytes:
        """A report signed anew that names the package's table."""
        digest = hashlib.sha256(self.bench.members[CSV]).hexdigest()
        return sign_pdf(make_pdf() if content is None else content, key or self.key, reason="x", source_sha256=digest)
