"""Making a package: data, forms and workbooks become one signed file, or no file at all.

Order: data, workbooks and PDFs signed one by one, README, manifest.json, list of members, signature over the list; then
the whole is judged once as the district would, and only then written. Limits: nothing is encrypted here; sequence and
predecessor are the caller's to know.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from unionclient.definition.faults import SubmissionError
from unionclient.definition.words import _, marked
from unionclient.submission import asicmanifest, container, signing, tabledata
from unionclient.submission.files import write_whole
from unionclient.submission.keys import Signer
from unionclient.submission.leaflet import leaflet
from unionclient.submission.manifest import (
    Amends, ChangelogHead, Controls, Entry, Manifest, Member, Period, Printed, Program, Street, manifest_bytes)

if TYPE_CHECKING:
    from unionclient.submission.sm import SmKey

MANIFEST = "manifest.json"
_NOTHING_WRITTEN = marked("没有写出报送包，台账数据没有改动。")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package on disk: its SHA-256 (hex) is the `prev_sha256` of the next one."""

    path: Path
    sha256: str
    package_id: str
    seq: int


def package_name(street_code: str, period_label: str, seq: int) -> str:
    """The file name of a package, such as `110101013-2017Q3-0007.asice`."""
    plain = re.sub(r"[^0-9A-Za-z]", "", period_label)
    return f"{street_code}-{plain}-{seq:04d}.asice"


def write_package(
    path: Path | str, members: Iterable[Member], *, tables: Iterable[tabledata.Table], street: Street, period: Period,
    seq: int, prev_sha256: str | None, key: Signer, program: Program, changelog: ChangelogHead,
    contains_personal_data: bool, counts_by_topic: Mapping[str, int] | None = None, clock_suspect: bool = False,
    now: datetime | None = None, amends: Amends | None = None, crl_number_seen: int | None = None,
    second: "SmKey | None" = None,
) -> PackageFile:
    """Write the package `path`; `tables` become data/<name>.csv, `members` go in beside them (PDFs and workbooks
    are signed here).

    A workbook with a `source_member` takes its row count from that table unless it brings one. `prev_sha256` is the
    digest of the package before, None before the first; `amends` names the package that this one corrects; `second`
    signs it once more, by SM2. Raises SubmissionError where the package would not hold (a PDF with a script, a workbook
    that does not match its table, an expired certificate) or cannot be written.
    """
    path, now = Path(path), (now or datetime.now(UTC)).replace(microsecond=0)
    tables, given = list(tables), list(members)
    packed = _with_sources(tables, given, f"{street.name} {period.label}")
    _within_limits(packed)
    packed = [_sealed(member, packed, key, period, now) for member in packed]
    fingerprint = hashlib.sha256(key.certificate).hexdigest()
    packed.append(leaflet(
        {member.path: member.content for member in packed}, street=street, period=period, seq=seq, fingerprint=fingerprint))
    by_path = {member.path: member for member in packed}
    manifest = Manifest(
        package_id=str(uuid.uuid4()), street=street, period=period, seq=seq, prev_sha256=prev_sha256,
        created_at=now.astimezone(), clock_suspect=clock_suspect, program=program, signer_cert_sha256=fingerprint,
        members=tuple(_entry(member) for member in packed),
        controls={table.name: Controls(len(table.rows), by_path[table.path].totals) for table in tables},
        contains_personal_data=contains_personal_data, counts_by_topic=dict(counts_by_topic or {}), changelog=changelog,
        kind="amendment" if amends else "full", amends=amends, crl_number_seen=crl_number_seen)
    content = _signed_container(packed, manifest, key, now, second)
    _refuse_unsound(content, now)
    write_whole(path, content)
    return PackageFile(path, hashlib.sha256(content).hexdigest(), manifest.package_id, seq)


def _with_sources(tables: list[tabledata.Table], given: list[Member], title: str) -> list[Member]:
    """Tables as members first, then the caller's; a workbook has as many rows as its source."""
    data = {table.path: tabledata.table_member(table) for table in tables}
    packed = [*data.values(), tabledata.datapackage_member(tables, data, title)]
    for member in given:
        if member.path.endswith(".xlsx") and member.source_member is not None and member.rows is None:
            member = replace(member, rows=data[member.source_member].rows)
        packed.append(member)
    names = [member.path for member in packed]
    if len(set(names)) != len(names) or any(container.name_fault(name) for name in names):
        raise ValueError(f"member names must be unique and plain: {names}")
    return packed


def _within_limits(packed: list[Member]) -> None:
    spare = 4                   # mimetype, README, manifest.json, META-INF; and room for the signatures
    size = sum(len(member.content) for member in packed)
    if len(packed) + spare + 1 > container.MOST_MEMBERS:
        raise SubmissionError(_("报送包里有 {count} 个文件，超过上限 {most} 个").format(count=len(packed), most=container.MOST_MEMBERS - spare - 1),
                              _(_NOTHING_WRITTEN), _("请减少单独打印的表格，改为汇总打印。"))
    if size > container.MOST_BYTES - 2**24:
        raise SubmissionError(_("报送包的内容有 {size} 兆字节，超过上限").format(size=size >> 20), _(_NOTHING_WRITTEN), _("请减少附件后再试。"))


def _sealed(member: Member, packed: list[Member], key: Signer, period: Period, now: datetime) -> Member:
    """A PDF or workbook with its own signature, a PDF with the digest of its source too; anything else unchanged."""
    reason = f"{period.label} 报送"
    if member.path.endswith(".xlsx"):
        return replace(member, content=_signed_workbook(member, key, now, reason))
    if not member.path.endswith(".pdf"):
        return member
    from unionclient.submission.pades import sign_pdf

    source = next((other for other in packed if other.path == member.source_member), None)
    digest = hashlib.sha256(source.content).hexdigest() if source else None
    signed = sign_pdf(member.content, key, reason=reason, source_sha256=digest)
    return replace(member, content=signed, printed=_printed(signed, source) if source else None)


def _printed(pdf: bytes, source: Member) -> Printed | None:
    """What of the printed tables the reader can find again in the data; None where there are no tables."""
    from unionclient.submission.pdftables import Records, table_rows

    try:
        rows = table_rows(pdf)
    except ValueError:
        return None
    columns = Records(tabledata.records(source.content)).held(rows) if source.path.endswith(".csv") else ()
    return Printed(len(rows), tuple(column + 1 for column in columns)) if columns else None


def _signed_workbook(member: Member, key: Signer, now: datetime, reason: str) -> bytes:
    from unionclient.submission.opc import sign_workbook
    from unionclient.submission.opcparts import OpcFault

    try:
        return sign_workbook(member.content, key, signed_at=now, comment=reason)
    except OpcFault as fault:
        raise SubmissionError(_("{title} 不能签名：{reason}").format(title=member.title, reason=fault), _(_NOTHING_WRITTEN)) from None


def _entry(member: Member) -> Entry:
    return Entry(
        member.path, member.title, member.role, member.media_type, len(member.content),
        hashlib.sha256(member.content).hexdigest(), member.rows, member.source_member, member.totals, member.printed)


def _signed_container(packed: list[Member], manifest: Manifest, key: Signer, now: datetime, second: "SmKey | None") -> bytes:
    contents = {member.path: member.content for member in packed}
    types = {member.path: member.media_type for member in packed}
    contents[MANIFEST], types[MANIFEST] = manifest_bytes(manifest), "application/json"
    contents[container.MIMETYPE], types[container.MIMETYPE] = container.MEDIA_TYPE, "text/plain"
    if second is not None:
        from unionclient.submission.second import second_members

        contents.update(second_members(contents, types, second, now))
        types.update(zip(container.SECOND, ("text/xml", asicmanifest.SIGNATURE_TYPE), strict=True))
    listed = asicmanifest.asic_manifest_bytes(contents, types)
    signature = signing.sign_detached(listed, key, now)
    return container.container_bytes(
        {**contents, container.ASIC_MANIFEST: listed, container.SIGNATURE: signature})


def _refuse_unsound(content: bytes, now: datetime) -> None:
    """What the district would send back is not written in the first place."""
    from unionclient.submission.verify import verify_bytes

    verdict = verify_bytes(content, at=now)
    if not verdict.sound:
        raise SubmissionError(_("报送包没有通过自查：{verdict}").format(verdict=verdict.message), _(_NOTHING_WRITTEN), _("请按提示改正后重新报送。"))
