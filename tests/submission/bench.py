"""A small sound package, and the tools to break it: without the key, or with it as an insider could."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from unionclient.submission import asicmanifest, container, opc, signing
from unionclient.submission.keys import SigningKey
from unionclient.submission.manifest import ChangelogHead, Member, Period, Program, Street
from unionclient.submission.opcparts import OpcFault
from unionclient.submission.package import PackageFile, write_package
from unionclient.submission.tabledata import Column, Table
from unionclient.submission.verify import verify_bytes
from unionclient.submission.workbooks import MEDIA_TYPE as XLSX

PASSPHRASE = "东花市-街道-工会"
CHEAP = {"bits": 2048, "scrypt_n": 2**4}


def member_table(count: int = 3) -> Table:
    rows = [(f"id-{place:05d}", f"会员{place}", 20 + place % 40, Decimal("12.50") * place, date(2017, 3, 1), place % 2 == 0)
            for place in range(count)]
    return Table("membership", "会员台账", (
        Column("id", "编号", required=True), Column("name", "姓名"), Column("age", "年龄", "integer", summed=True),
        Column("fee", "会费（元）", "number", summed=True), Column("joined_on", "入会日期", "date"),
        Column("active", "在册", "boolean")), rows, ("id",))


def make_pdf(text: str = "Report 2017Q3") -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    page = Canvas(out, invariant=True)
    page.drawString(72, 720, text)
    page.save()
    return out.getvalue()


def make_workbook(table: Table, change: Callable | None = None) -> bytes:
    """A workbook as an export writes it: title line, headings, one line per record."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([table.title])
    sheet.append([column.title for column in table.columns])
    for row in table.rows:
        sheet.append([float(cell) if isinstance(cell, Decimal) else cell for cell in row])
    if change:
        change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def usual_members(table: Table) -> list[Member]:
    return [
        Member("reports/report-2017q3.pdf", "第3季度报表", "report", "application/pdf", make_pdf(), source_member=table.path),
        Member("workbooks/membership.xlsx", "会员台账", "workbook", XLSX, make_workbook(table), source_member=table.path,
               totals={"age": str(sum(row[2] for row in table.rows))}),
    ]


def pack(path: Path, key: SigningKey, *, table: Table | None = None, members: list[Member] | None = None, **changes) -> PackageFile:
    table = table or member_table()
    facts = {
        "tables": [table], "street": Street("110101013", "东花市街道总工会"),
        "period": Period("quarter", date(2017, 7, 1), date(2017, 9, 30), "2017Q3"), "seq": 1, "prev_sha256": None,
        "key": key, "program": Program("unionclient", "0.1", 1), "changelog": ChangelogHead("0" * 64, 7),
        "contains_personal_data": True, "counts_by_topic": {"membership": len(table.rows)}, **changes}
    return write_package(path, usual_members(table) if members is None else members, **facts)


class Bench:
    """A sound package taken apart, to be changed and put together again, signed anew or not."""

    def __init__(self, content: bytes, key: SigningKey) -> None:
        self.content, self.key = content, key
        opened = container.open_container(content)
        self.members = {name: opened.read(name) for name in opened.names if name != container.MIMETYPE}

    def zipped(self, changes: Mapping[str, bytes | None]) -> bytes:
        """Put together without a new signature; None takes a member out."""
        members = {name: content for name, content in {**self.members, **changes}.items() if content is not None}
        return container.container_bytes(members)

    def resigned(self, changes: Mapping[str, bytes | None], *, key: SigningKey | None = None, at=None,
                 edit: Callable[[dict], None] | None = None, sign_books: bool = True) -> bytes:
        """Put together and signed anew, as an insider could: all digests follow, then `edit` changes manifest.json.

        New workbooks get their own signature, unless `sign_books` is False or they cannot have one.
        """
        key = key or self.key
        if sign_books:
            changes = {name: signed_book(content, key) if content and name.endswith(".xlsx") else content for name, content in changes.items()}
        members = {name: content for name, content in {**self.members, **changes}.items()
                   if content is not None and name not in container.META}
        if "datapackage.json" in members and "datapackage.json" not in changes:
            described = json.loads(members["datapackage.json"])
            for resource in described["resources"]:
                resource["hash"] = "sha256:" + hashlib.sha256(members.get(resource["path"], b"")).hexdigest()
            members["datapackage.json"] = json.dumps(described).encode()
        tree = json.loads(members["manifest.json"])
        for entry in tree["members"]:
            if entry["path"] in members:
                entry["size"] = len(members[entry["path"]])
                entry["sha256"] = hashlib.sha256(members[entry["path"]]).hexdigest()
        if edit:
            edit(tree)
        members["manifest.json"] = json.dumps(tree, ensure_ascii=False).encode()
        listed = {**members, container.MIMETYPE: container.MEDIA_TYPE}
        xml = asicmanifest.asic_manifest_bytes(listed, dict.fromkeys(listed, "text/plain"))
        signature = signing.sign_detached(xml, key, at or datetime.now(UTC))
        return container.container_bytes({**members, container.ASIC_MANIFEST: xml, container.SIGNATURE: signature})


def signed_book(content: bytes, key: SigningKey, **how) -> bytes:
    """The workbook with its own signature; as it is where it has one, or is no workbook."""
    try:
        return opc.sign_workbook(content, key, **{"signed_at": datetime.now(UTC), **how})
    except OpcFault:
        return content


def failed(content: bytes, **how) -> list[str]:
    """Ids of the checks that failed; and a verdict that says so in every way."""
    verdict = verify_bytes(content, **how)
    found = [check.id for check in verdict.checks if not check.ok]
    assert verdict.sound == (not found) and (verdict.exit_code == 0) == verdict.valid
    assert verdict.result in ("valid", "untrusted") if verdict.sound else verdict.result != "valid"
    assert all(check.sentence for check in verdict.checks)
    return found
