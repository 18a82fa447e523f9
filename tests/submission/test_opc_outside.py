"""xmlsec1, a code base of others, says the same of our workbooks: every part counted, every change found."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from asn1crypto import pem
from submission import xmlsec
from submission.bench import Bench, make_workbook, member_table, pack
from submission.test_opc import curve_key, foreign, replaced  # noqa: F401
from submission.trusting import DAY, enrolled, new_authority, new_key

from unionclient.definition.ledger import Field
from unionclient.sheets.writer import write_ledger
from unionclient.submission.opc import sign_workbook
from unionclient.submission.opcverify import check_workbook

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A key with an issued certificate."""
    folder = tmp_path_factory.mktemp("district")
    return enrolled(new_authority(folder / "ca"), folder / "key")


@pytest.fixture(scope="module")
def root(street):
    return pem.armor("CERTIFICATE", street.chain[-1])


def large_book() -> bytes:
    """Eight sheets beside book, styles, theme and relationships: thirteen references."""
    book = openpyxl.Workbook()
    for number in range(7):
        sheet = book.create_sheet(f"表{number}")
        sheet.append(["编号", "姓名", number])
    book.active.append(["共享", "文字"])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ledger_book(folder) -> bytes:
    fields = [Field("name", "姓名"), Field("heads", "人数", "int")]
    return write_ledger(folder / "ledger.xlsx", "会员台账", ["姓名", "人数"], fields, [[f"人{n}", n] for n in range(5000)]).read_bytes()


def test_xmlsec1_counts_every_part_of_a_book_of_eight_sheets(tmp_path, street, root):
    signed = sign_workbook(large_book(), street, signed_at=NOW, comment="2017年第3季度报送")
    counted = xmlsec.ask(signed, tmp_path / "x", root)
    assert counted.ok and counted.signed_info == (3, 3) and counted.parts == (13, 13) == (len(check_workbook(signed).signed),) * 2


def test_xmlsec1_counts_every_part_of_a_streamed_ledger(tmp_path, street, root):
    signed = sign_workbook(ledger_book(tmp_path), street, signed_at=NOW, comment="报送")
    counted = xmlsec.ask(signed, tmp_path / "x", root)
    assert counted.whole and counted.parts[1] == len(check_workbook(signed).signed)


def test_xmlsec1_takes_a_p256_signature(tmp_path, curve_key):  # noqa: F811
    signed = sign_workbook(large_book(), curve_key, signed_at=NOW)
    assert xmlsec.ask(signed, tmp_path / "x", pem.armor("CERTIFICATE", curve_key.certificate)).parts == (13, 13)


def test_xmlsec1_confirms_the_workbooks_of_a_package(tmp_path, street, root):
    bench = Bench(pack(tmp_path / "p.asice", street).path.read_bytes(), street)
    assert xmlsec.ask(bench.members["workbooks/membership.xlsx"], tmp_path / "x", root).whole


def test_line_breaks_and_remarks_between_relationships_are_taken_out_before_signing(tmp_path, street, root):
    """libxmlsec makes elements of them, against the standard: such a workbook would not hold in LibreOffice."""
    loose = large_book()
    for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels"):
        loose = replaced(loose, name, b"<Relationship ", b"\r\n  <!-- x -->\n<Relationship ")
    signed = sign_workbook(loose, street, signed_at=NOW)
    assert xmlsec.ask(signed, tmp_path / "x", root).whole and check_workbook(signed).own


CHANGES = {
    "a number": ("xl/worksheets/sheet1.xml", b"12.5", b"92.5"),
    "a text": ("xl/worksheets/sheet1.xml", b"id-00001", b"id-00009"),
    "the sheet behind a name": ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_xmlsec1_counts_one_part_less_for_a_change_and_says_ok_all_the_same(tmp_path, street, root, name):
    signed = sign_workbook(make_workbook(member_table()), street, signed_at=NOW)
    counted = xmlsec.ask(replaced(signed, *CHANGES[name]), tmp_path / "x", root)
    assert counted.ok and counted.parts == (counted.parts[1] - 1, counted.parts[1]) and not counted.whole


def test_xmlsec1_refuses_another_root_of_the_same_name(tmp_path, street):
    other = new_authority(tmp_path / "other")
    signed = sign_workbook(make_workbook(member_table()), street, signed_at=NOW)
    assert not xmlsec.ask(signed, tmp_path / "x", pem.armor("CERTIFICATE", other.root)).whole


def test_xmlsec1_refuses_an_expired_certificate(tmp_path):
    key = new_key(tmp_path / "key", now=NOW - 800 * DAY)
    signed = sign_workbook(make_workbook(member_table()), key, signed_at=NOW - 790 * DAY)
    assert not xmlsec.ask(signed, tmp_path / "x", pem.armor("CERTIFICATE", key.certificate)).whole


def test_xmlsec1_and_our_reader_agree_on_microsofts_own_files(tmp_path, foreign):  # noqa: F811
    for name, references in (("ms-office-2010-signed.xlsx", 3), ("hello-world-signed.xlsx", 2)):
        counted = xmlsec.ask((foreign / name).read_bytes(), tmp_path / name)
        assert counted.ok and counted.signed_info == (references, references) and counted.parts == (9, 9)
