"""What a signed package says, held against what it holds: tables recounted, PDFs and workbooks matched with them.

Limits: runs only behind a sound signature. A PDF is tied to its table by the digest in its Info and by the numbers in its
ruled rows, a workbook by its row count and sums; texts in them are not compared.
"""

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from unionclient.definition.words import _
from unionclient.submission import opcverify, tabledata, workbooks
from unionclient.submission.certificate import SignerFacts
from unionclient.submission.container import META, MIMETYPE, SECOND, Container
from unionclient.submission.manifest import Controls, Entry, Manifest
from unionclient.submission.opcparts import OpcFault

if TYPE_CHECKING:
    from unionclient.submission.verify import Report

# By ending, not by what the manifest says: a PDF called text would slip past the PDF checks.
TYPES = {
    ".csv": "text/csv", ".json": "application/json", ".pdf": "application/pdf", ".xlsx": workbooks.MEDIA_TYPE,
    ".txt": "text/plain", ".png": "image/png", ".jpg": "image/jpeg",
}
_UNLISTED = {MIMETYPE, "manifest.json", *META, *SECOND}


class ContentFault(ValueError):
    """A sentence (Chinese) on what does not agree; `check` is the id of the check."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


def check_content(report: "Report", container: Container, manifest: Manifest, signer: SignerFacts) -> None:
    """All checks of the third stage, added to `report`; each kind is named once, at its first fault."""
    def done(check: str, work) -> bool:
        before = len(report.checks)
        report.attempt(check, work)
        if len(report.checks) > before:
            return False
        report.passed(check)
        return True

    done("signer", lambda: _check_signer(manifest, signer))
    done("types", lambda: _check_types(manifest))
    if not done("entries", lambda: _check_entries(container, manifest)):
        return
    tables: dict[str, Controls] = {}
    resources: dict[str, tabledata.Resource] = {}
    if not done("data", lambda: _read_data(container, manifest, resources, tables)):
        return
    done("controls", lambda: _check_controls(manifest, tables))
    done("source", lambda: _check_sources(manifest, tables))
    _check_pdfs(done, container, manifest, signer)
    _check_workbooks(done, container, manifest, signer, resources, tables)


def _check_signer(manifest: Manifest, signer: SignerFacts) -> None:
    if manifest.signer_cert_sha256 != signer.fingerprint:
        raise ContentFault("signer", _("报送说明写的签名人证书不是签名所用的证书"))
    if manifest.street.code != signer.street_code:
        raise ContentFault("signer", _("报送说明写的街道代码与签名人证书上的不一致"))


def _check_types(manifest: Manifest) -> None:
    for entry in manifest.members:
        if TYPES.get(PurePosixPath(entry.path).suffix) != entry.media_type:
            raise ContentFault("types", _("文件 {path} 的类型不在允许之列").format(path=entry.path))


def _check_entries(container: Container, manifest: Manifest) -> None:
    listed, there = {entry.path for entry in manifest.members}, set(container.names) - _UNLISTED
    if listed != there:
        raise ContentFault("entries", _("报送说明列出的文件与包内文件不一致：{names}").format(
            names=_("、").join(ascii(name)[1:-1] for name in sorted(listed ^ there)[:5])))
    for entry in manifest.members:
        content = container.read(entry.path)
        if len(content) != entry.size or hashlib.sha256(content).hexdigest() != entry.sha256:
            raise ContentFault("entries", _("文件 {path} 与报送说明的大小或摘要不符").format(path=entry.path))


def _read_data(container: Container, manifest: Manifest, resources: dict[str, tabledata.Resource],
               tables: dict[str, Controls]) -> None:
    """Fill `resources` (by path) and `tables` (by path, recomputed) from datapackage.json and the CSVs."""
    if tabledata.DATAPACKAGE not in container.names:
        raise ContentFault("data", _("包内没有数据说明 datapackage.json"))
    resources.update(tabledata.read_resources(container.read(tabledata.DATAPACKAGE)))
    paths = {entry.path for entry in manifest.members if entry.path.endswith(".csv")}
    if set(resources) != paths:
        raise ContentFault("data", _("数据说明列出的表与包内的表不一致：{names}").format(
            names=_("、").join(sorted(set(resources) ^ paths)[:5])))
    for path, resource in resources.items():
        tables[path] = tabledata.read_table(container.read(path), resource)


def _check_controls(manifest: Manifest, tables: Mapping[str, Controls]) -> None:
    named = {f"data/{name}.csv": control for name, control in manifest.controls.items()}
    if set(named) != set(tables):
        raise ContentFault("controls", _("报送说明的控制数与包内的表不一致"))
    for path, found in tables.items():
        _agree("controls", path, named[path].rows, named[path].sums, found)
        entry = manifest.entry(path)
        _agree("controls", path, entry.rows, entry.totals, found)


def _check_sources(manifest: Manifest, tables: Mapping[str, Controls]) -> None:
    for entry in manifest.members:
        if entry.source_member is None:
            continue
        if entry.source_member not in tables:
            raise ContentFault("source", _("{path} 所依据的 {source} 不在包内").format(
                path=entry.path, source=ascii(entry.source_member)[1:-1][:80]))
        found = tables[entry.source_member]
        _agree("source", entry.path, found.rows if entry.rows is None else entry.rows, entry.totals, found)


def _agree(check: str, path: str, rows: int | None, sums: Mapping[str, str], found: Controls) -> None:
    """Row count and sums as said against those recomputed; sums are compared as numbers: 1.5 is 1.50."""
    if rows != found.rows:
        raise ContentFault(check, _("{path} 写明 {rows} 行，实有 {found} 行").format(path=path, rows=rows, found=found.rows))
    for column, said in sums.items():
        if column not in found.sums:
            raise ContentFault(check, _("{path} 没有可以合计的列 {column}").format(path=path, column=ascii(column)[1:-1][:60]))
        if Decimal(said) != Decimal(found.sums[column]):
            raise ContentFault(check, _("{path} 的 {column} 合计写明 {said}，实为 {found}").format(
                path=path, column=column, said=said, found=found.sums[column]))


def _of_kind(manifest: Manifest, ending: str) -> list[Entry]:
    return [entry for entry in manifest.members if entry.path.endswith(ending)]


def _check_pdfs(done, container: Container, manifest: Manifest, signer: SignerFacts) -> None:
    pdfs = _of_kind(manifest, ".pdf")
    if not pdfs:
        return
    from unionclient.submission import pades

    facts: dict[str, pades.PdfFacts] = {}

    def inert() -> None:
        for entry in pdfs:
            try:
                pades.refuse_active(container.read(entry.path))
            except pades.PdfFault as fault:
                raise ContentFault(fault.check, f"{entry.path} {fault}") from None

    def signed() -> None:
        for entry in pdfs:
            try:
                facts[entry.path] = pades.check_pdf(container.read(entry.path), moment=signer.signed_at)
            except pades.PdfFault as fault:
                raise ContentFault(fault.check, f"{entry.path} {fault}") from None
            if hashlib.sha256(facts[entry.path].certificate).hexdigest() != signer.fingerprint:
                raise ContentFault("pdf-signature", _("{path} 不是由报送包的签名人签名的").format(path=entry.path))

    def matched() -> None:
        for entry in pdfs:
            source = manifest.entry(entry.source_member) if entry.source_member else None
            expected = source.sha256 if source else None
            if facts[entry.path].source_sha256 != expected:
                raise ContentFault("pdf-source", _("{path} 不是由包内的 {source} 打印的").format(
                    path=entry.path, source=entry.source_member or _("数据")))
            if source and entry.printed:
                _check_printed(container, entry)

    done("pdf-content", inert)
    if done("pdf-signature", signed):
        done("pdf-source", matched)


def _check_printed(container: Container, entry: Entry) -> None:
    """The rows in the PDF are as many as said, and the numbers in each stand together in one record of the table."""
    from unionclient.submission.pdftables import Records, table_rows

    try:
        rows = table_rows(container.read(entry.path))
    except ValueError:
        raise ContentFault("pdf-source", _("{path} 的表格读不出来").format(path=entry.path)) from None
    if len(rows) != entry.printed.rows:
        raise ContentFault("pdf-source", _("{path} 写明 {rows} 行，印出 {found} 行").format(
            path=entry.path, rows=entry.printed.rows, found=len(rows)))
    records = Records(tabledata.records(container.read(entry.source_member)))
    if found := records.strangers(rows, (column - 1 for column in entry.printed.columns)):
        raise ContentFault("pdf-source", _("{path} 第 {row} 行印的数与 {source} 不一致").format(
            path=entry.path, row=found[0] + 1, source=entry.source_member))


def _check_workbooks(done, container: Container, manifest: Manifest, signer: SignerFacts,
                     resources: Mapping[str, tabledata.Resource], tables: Mapping[str, Controls]) -> None:
    books = _of_kind(manifest, ".xlsx")
    if not books:
        return

    def inert() -> None:
        for entry in books:
            try:
                workbooks.refuse_acting(container.read(entry.path))
            except workbooks.WorkbookFault as fault:
                raise ContentFault(fault.check, f"{entry.path} {fault}") from None

    def signed() -> None:
        for entry in books:
            try:
                facts = opcverify.check_workbook(container.read(entry.path))
            except OpcFault as fault:
                raise ContentFault(fault.check, f"{entry.path} {fault}") from None
            if hashlib.sha256(facts.certificate).hexdigest() != signer.fingerprint:
                raise ContentFault("workbook-signature", _("{path} 不是由报送包的签名人签名的").format(path=entry.path))

    def matched() -> None:
        for entry in books:
            if entry.source_member not in tables:
                continue
            try:
                rows, sums = workbooks.add_up(
                    container.read(entry.path), resources[entry.source_member].columns, tuple(entry.totals),
                    tabledata.keyed(container.read(entry.source_member), resources[entry.source_member]))
            except workbooks.WorkbookFault as fault:
                raise ContentFault(fault.check, f"{entry.path} {fault}") from None
            # Every column of numbers, whether the manifest names its total or not.
            expected = {column: tables[entry.source_member].sums[column] for column in sums}
            _agree("workbook-source", entry.path, entry.rows, {**expected, **entry.totals}, Controls(rows, sums))

    if done("workbook-content", inert) and done("workbook-signature", signed):
        done("workbook-source", matched)
