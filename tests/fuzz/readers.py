"""The readers of foreign bytes, each as one function that may answer or refuse in its own words, and nothing else.

The first byte of an input chooses the reader, so that one run of the fuzzer exercises them all; new readers come last, so that
kept inputs keep theirs.
"""

import tempfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from submission.bench import CHEAP, PASSPHRASE, make_workbook, member_table

from unionclient.definition.faults import SubmissionError
from unionclient.submission import container, inert, looking, opcparts, opcverify, requests, sealed, tabledata, trust, verify, workbooks
from unionclient.submission.asicmanifest import AsicFault, read_asic_manifest
from unionclient.submission.encryption import decrypt
from unionclient.submission.keys import make_key
from unionclient.submission.manifest import ManifestFault, read_manifest
from unionclient.submission.opc import sign_workbook
from unionclient.submission.opcparts import OpcFault
from unionclient.submission.pdftables import table_rows
from unionclient.submission.signing import SignatureFault, check_attached, check_detached

MOMENT = datetime(2026, 11, 1, tzinfo=UTC)
KEYED = tabledata.Keyed("id", {f"id-{place:05d}": {"age": "20", "fee": "12.50", "joined_on": "2017-03-01"} for place in range(3)})
COLUMNS = (tabledata.Column("id", "编号"), tabledata.Column("age", "年龄", "integer"), tabledata.Column("fee", "会费（元）", "number"),
           tabledata.Column("joined_on", "入会日期", "date"))


def package(content: bytes) -> None:
    """The whole verdict: never raises, and is never good for what nobody signed."""
    verdict = verify.verify_bytes(content, at=MOMENT)
    assert verdict.sound or verdict.message


def members(content: bytes) -> None:
    opened = container.open_container(content)
    for name in opened.names:
        opened.read(name)


def look(content: bytes) -> None:
    facts = looking.look_into(content)
    assert facts["kind"] in looking.TITLES and isinstance(facts["lines"], list)


def tables(content: bytes) -> None:
    """datapackage.json and a CSV, parted by the first zero byte."""
    described, _, table = content.partition(b"\0")
    for resource in tabledata.read_resources(described).values():
        import hashlib
        from dataclasses import replace

        tabledata.read_table(table, replace(resource, sha256=hashlib.sha256(table).hexdigest()))


def workbook(content: bytes) -> None:
    inert.refuse_acting(content)
    workbooks.add_up(content, COLUMNS, (), KEYED)


@cache
def signed_parts() -> dict[str, bytes]:
    """The parts of a signed workbook, by name: a fuzzer does not get past a ZIP's checksums by itself."""
    with tempfile.TemporaryDirectory() as folder:
        key = make_key(Path(folder) / "k", PASSPHRASE, name="街道", street_code="110101013", **CHEAP)
        book = sign_workbook(make_workbook(member_table()), key, signed_at=MOMENT)
    with zipfile.ZipFile(BytesIO(book)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _with_part(name: str, content: bytes) -> bytes:
    return opcparts.joined({each: opcparts.part(each, octets) for each, octets in {**signed_parts(), name: content}.items()})


def sheet(content: bytes) -> None:
    workbook(_with_part("xl/worksheets/sheet1.xml", content))


def relations(content: bytes) -> None:
    workbook(_with_part("xl/_rels/workbook.xml.rels", content))


def signature_part(content: bytes) -> None:
    opcverify.check_signatures(_with_part("_xmlsignatures/sig1.xml", content))


READERS: tuple[tuple[str, Callable[[bytes], Any], tuple[type[Exception], ...]], ...] = (
    ("package", package, ()),
    ("members", members, (container.ContainerFault, container.NoContainer)),
    ("manifest", read_manifest, (ManifestFault,)),
    ("list", read_asic_manifest, (AsicFault,)),
    ("tables", tables, (tabledata.TableFault,)),
    ("signature", lambda content: check_detached(content, b"list"), (SignatureFault,)),
    ("attached", check_attached, (SignatureFault,)),
    ("workbook", workbook, (OpcFault, workbooks.WorkbookFault)),
    ("workbook signature", opcverify.check_signatures, (OpcFault,)),
    ("sheet", sheet, (OpcFault, workbooks.WorkbookFault)),
    ("relations", relations, (OpcFault, workbooks.WorkbookFault)),
    ("signature part", signature_part, (OpcFault,)),
    ("request", requests.read_request, (SubmissionError,)),
    ("trust", trust.read, (SubmissionError,)),
    ("look", look, ()),
    ("encrypted", decrypt, (SubmissionError,)),
    ("printed", table_rows, (ValueError,)),
    ("sealed", lambda content: sealed.unseal(content, "回执"), (SubmissionError,)),
)
NAMES = tuple(name for name, _, _ in READERS)


def read(data: bytes) -> str:
    """Give the input to its reader; which one, for the tests. Raises what the reader must not raise."""
    name, reader, refusals = READERS[data[0] % len(READERS)] if data else READERS[0]
    try:
        reader(data[1:])
    except refusals:
        pass
    return name
