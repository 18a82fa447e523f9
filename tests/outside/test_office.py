"""LibreOffice confirms our workbooks and PDFs, with the district's root and revocation list in its certificate store.

What it is blind to is held here too: our reader must refuse what LibreOffice lets pass.
"""

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from submission.bench import Bench, make_pdf, make_workbook, member_table, pack
from submission.test_opc import BOOK_RELATIONS, _relation, curve_key, foreign, replaced, rezipped  # noqa: F401
from submission.trusting import DAY, OTHER, enrolled, new_authority, new_key

from unionclient.definition.ledger import Field
from unionclient.sheets.writer import write_ledger
from unionclient.submission.opc import sign_workbook
from unionclient.submission.opcparts import OpcFault
from unionclient.submission.opcverify import check_signatures, check_workbook
from unionclient.submission.pades import sign_pdf

NOW = dt.datetime.now(dt.UTC)
INTERPRETERS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "python3")
ASK = Path(__file__).with_name("office_asks.py")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="session")
def interpreter() -> str:
    """A Python that can speak to LibreOffice."""
    _program("soffice")
    for each in INTERPRETERS:
        found = shutil.which(each)
        if found and subprocess.run([found, "-c", "import uno"], capture_output=True).returncode == 0:
            return found
    pytest.skip("no Python with UNO (Debian: python3-uno)")


def store(folder: Path, root: bytes, crl: bytes | None = None) -> Path:
    """An NSS database that trusts `root` (DER) and knows `crl` (DER)."""
    certutil, crlutil = _program("certutil"), _program("crlutil")
    folder.mkdir()
    (folder / "root.der").write_bytes(root)
    database = f"sql:{folder}"
    for command in ([certutil, "-N", "-d", database, "--empty-password"],
                    [certutil, "-A", "-d", database, "-n", "root", "-t", "CT,C,C", "-i", str(folder / "root.der")]):
        subprocess.run(command, check=True, capture_output=True)
    if crl is not None:
        (folder / "list.crl").write_bytes(crl)
        subprocess.run([crlutil, "-I", "-d", database, "-i", str(folder / "list.crl")], check=True, capture_output=True)
    return folder


def ask(interpreter: str, folder: Path, certificates: Path, files: dict[str, bytes]) -> dict[str, list[tuple[bool, bool]]]:
    """For each file its signatures as (valid, trusted)."""
    folder.mkdir()
    paths = {str(folder / f"{number:02d}{Path(name).suffix}"): name for number, name in enumerate(files)}
    for path, name in paths.items():
        Path(path).write_bytes(files[name])
    answer = told(interpreter, folder, certificates, *paths)
    return {paths[path]: [(each["valid"], each["trusted"]) for each in found] for path, found in answer.items()}


def told(interpreter: str, folder: Path, certificates: Path, *words: str):
    environment = {**os.environ, "MOZILLA_CERTIFICATE_FOLDER": f"sql:{certificates}"}
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        environment.pop(name, None)
    done = subprocess.run([interpreter, str(ASK), _program("soffice"), str(folder / "profile"), *words], env=environment,
                          capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def district(tmp_path_factory):
    return new_authority(tmp_path_factory.mktemp("ca") / "ca")


@pytest.fixture(scope="module")
def street(tmp_path_factory, district):
    return enrolled(district, tmp_path_factory.mktemp("street") / "key")


@pytest.fixture(scope="module")
def book() -> bytes:
    return make_workbook(member_table(200))


@pytest.fixture(scope="module")
def signed(book, street) -> bytes:
    return sign_workbook(book, street, signed_at=NOW, comment="2017年第3季度报送")


@pytest.fixture(scope="module")
def files(tmp_path_factory, book, signed, street, curve_key):  # noqa: F811
    """Every file of this module: LibreOffice is started once for all of them."""
    folder = tmp_path_factory.mktemp("files")
    strange = enrolled(new_authority(folder / "other"), folder / "strange.key")
    old = new_key(folder / "old.key", now=NOW - 800 * DAY)
    package = Bench(pack(folder / "p.asice", street).path.read_bytes(), street).members
    pdf = sign_pdf(make_pdf(), street, reason="报送")
    return {
        "signed.xlsx": signed, "p256.xlsx": sign_workbook(book, curve_key, signed_at=NOW), "plain.xlsx": book,
        "from the package.xlsx": package["workbooks/membership.xlsx"], "from the package.pdf": package["reports/report-2017q3.pdf"],
        "number.xlsx": replaced(signed, "xl/worksheets/sheet1.xml", b"12.5", b"92.5"),
        "text.xlsx": replaced(signed, "xl/worksheets/sheet1.xml", b"id-00001", b"id-00009"),
        "target.xlsx": replaced(signed, BOOK_RELATIONS, b"sheet1.xml", b"sheet9.xml"),
        "type.xlsx": replaced(signed, "[Content_Types].xml", b"spreadsheetml.worksheet+xml", b"spreadsheetml.chartsheet+xml"),
        "part.xlsx": rezipped(signed, {"xl/new.xml": b"<a/>"}),
        "relationship.xlsx": replaced(signed, BOOK_RELATIONS, b"</Relationships>", _relation(b"customXml", b"x.xml")),
        "stranger.xlsx": sign_workbook(book, strange, signed_at=NOW), "expired.xlsx": sign_workbook(book, old, signed_at=NOW - 790 * DAY),
        "byte.pdf": pdf.replace(b"/Pages", b"/Pagez", 1), "signed.pdf": pdf,
    }


@pytest.fixture(scope="module")
def said(tmp_path_factory, interpreter, district, files):
    folder = tmp_path_factory.mktemp("office")
    return ask(interpreter, folder / "asked", store(folder / "nss", district.root), files)


@pytest.mark.parametrize("name", ["signed.xlsx", "from the package.xlsx", "from the package.pdf", "signed.pdf"])
def test_libreoffice_calls_what_we_sign_valid_and_trusted(said, name):
    assert said[name] == [(True, True)]


def test_libreoffice_takes_a_p256_signature(said):
    assert said["p256.xlsx"] == [(True, False)]         # its certificate is self-made


@pytest.mark.parametrize("name", ["number.xlsx", "text.xlsx", "target.xlsx"])
def test_libreoffice_finds_changes_and_so_do_we(said, files, name):
    assert [valid for valid, _ in said[name]] == [False]
    with pytest.raises(OpcFault):
        check_workbook(files[name])


def test_libreoffice_finds_a_changed_pdf(said):
    assert not any(valid for valid, _ in said["byte.pdf"])


@pytest.mark.parametrize("name", ["type.xlsx", "part.xlsx", "relationship.xlsx"])
def test_what_libreoffice_lets_pass_we_refuse(said, files, name):
    assert said[name] == [(True, True)], "LibreOffice has become stricter: tell it in docs/packages.md"
    with pytest.raises(OpcFault):
        check_workbook(files[name])


def test_without_a_signature_there_is_none(said):
    assert said["plain.xlsx"] == []


@pytest.mark.parametrize("name", ["stranger.xlsx", "expired.xlsx"])
def test_libreoffice_does_not_trust_another_root_nor_what_has_expired(said, name):
    assert said[name] == [(True, False)]


def test_libreoffice_refuses_a_revoked_signer_once_it_has_the_list(tmp_path, interpreter, district, book):
    revoked = enrolled(district, tmp_path / "key", OTHER)
    signed = sign_workbook(book, revoked, signed_at=NOW)
    without = ask(interpreter, tmp_path / "first", store(tmp_path / "nss1", district.root), {"a.xlsx": signed})
    district.revoke(revoked.fingerprint, "keyCompromise")
    asked = ask(interpreter, tmp_path / "second", store(tmp_path / "nss2", district.root, district.crl()), {"a.xlsx": signed})
    assert (without, asked) == ({"a.xlsx": [(True, True)]}, {"a.xlsx": [(True, False)]})


def test_libreoffice_and_our_reader_agree_on_foreign_workbooks(tmp_path, interpreter, district, foreign):  # noqa: F811
    files = {path.name: path.read_bytes() for path in sorted(foreign.iterdir())}
    asked = ask(interpreter, tmp_path / "asked", store(tmp_path / "nss", district.root), files)
    assert {name for name, found in asked.items() if found} == {"hello-world-signed.xlsx", "ms-office-2010-signed.xlsx"}
    assert all(valid for found in asked.values() for valid, _ in found)


def test_what_libreoffice_signs_holds_for_our_reader_until_it_is_changed(tmp_path, interpreter, street, book):
    """Its own form, SHA-256: line breaks between relationships, long Ids, the whole file written anew."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    certificates = store(tmp_path / "nss", street.chain[-1])
    own = pkcs12.serialize_key_and_certificates(b"own", street.private, x509.load_der_x509_certificate(street.certificate), None,
                                                BestAvailableEncryption(b"carried"))
    (tmp_path / "own.p12").write_bytes(own)
    subprocess.run([_program("pk12util"), "-i", str(tmp_path / "own.p12"), "-d", f"sql:{certificates}", "-W", "carried", "-K", ""],
                   check=True, capture_output=True)
    path = tmp_path / "a.xlsx"
    path.write_bytes(book)
    assert told(interpreter, tmp_path, certificates, "--sign", str(path)) is True
    signed = path.read_bytes()
    (facts,) = check_signatures(signed)
    assert facts.certificate == street.certificate and facts.bound and not facts.own and "xl/worksheets/sheet1.xml" in facts.signed
    for part, old, new in (("xl/worksheets/sheet1.xml", b"12.5", b"92.5"), ("_rels/.rels", b"xl/workbook.xml", b"xl/workbooc.xml")):
        with pytest.raises(OpcFault, match="签名"):
            check_signatures(replaced(signed, part, old, new))
    with pytest.raises(OpcFault, match="写法不合规定"):
        check_workbook(signed)


def test_libreoffice_reads_a_streamed_and_signed_ledger_as_it_was_written(tmp_path, street):
    fields = [Field("name", "姓名"), Field("id_no", "证件号码"), Field("born", "出生日期", "date"), Field("fee", "会费", "money"), Field("note", "备注")]
    rows = [[f"人{n}", f"11010119900101{n:04d}", dt.date(1990, 1, 1) + dt.timedelta(n), n * 105, ("=1+1", "一行\n两行", ' 空 格 ', '"引号",&<>', None)[n % 5]]
            for n in range(5000)]
    path = write_ledger(tmp_path / "ledger.xlsx", "会员台账", [field.title for field in fields], fields, rows)
    path.write_bytes(sign_workbook(path.read_bytes(), street, signed_at=NOW))
    subprocess.run([_program("soffice"), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", str(tmp_path), str(path)],
                   check=True, capture_output=True, timeout=180)
    with open(tmp_path / "ledger.csv", encoding="utf-8", newline="") as file:
        read = list(csv.reader(file))
    assert read[0] == [field.title for field in fields]
    assert read[1:] == [[row[0], row[1], row[2].isoformat(), f"{row[3] / 100:,.2f}", row[4] or ""] for row in rows]
