"""A package that was changed, by a stranger or by an insider with the key, and the check that finds it."""

import hashlib
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from submission.bench import CHEAP, PASSPHRASE, Bench, failed, make_pdf, make_workbook, member_table

from unionclient.submission import container, signing
from unionclient.submission.certificate import GRACE
from unionclient.submission.keys import make_key
from unionclient.submission.pades import sign_pdf
from unionclient.submission.checks import CHECKS
from unionclient.submission.verify import verify_bytes

CSV, PDF, BOOK = "data/membership.csv", "reports/report-2017q3.pdf", "workbooks/membership.xlsx"


def test_the_package_is_sound_before_it_is_broken(bench):
    verdict = verify_bytes(bench.content)
    assert failed(bench.content) == [] and failed(bench.zipped({})) == [] and failed(bench.resigned({})) == []
    elsewhere = {name for name in CHECKS if name.startswith(("trust", "sequence-"))} | {"worker", "encryption", "second-signature"}
    assert [check.id for check in verdict.checks] == [name for name in CHECKS if name not in elsewhere]


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new, 1)


def _last_bit(content: bytes) -> bytes:
    return content[:-1] + bytes([content[-1] ^ 1])


# A stranger: changes files, has no key.
STRANGER = {
    "one byte of a table": (lambda b: b.zipped({CSV: changed(b.members[CSV], b"12.50", b"92.50")}), ["digests"]),
    "one byte of a PDF": (lambda b: b.zipped({PDF: changed(b.members[PDF], b"/Pages", b"/Pagez")}), ["digests"]),
    "one byte of the manifest": (lambda b: b.zipped({"manifest.json": changed(b.members["manifest.json"], b"2017Q3", b"2017Q4")}),
                                 ["digests"]),
    "one byte of the list": (lambda b: b.zipped({container.ASIC_MANIFEST: changed(
        b.members[container.ASIC_MANIFEST], b"README", b"READMF")}), ["signature"]),
    "one byte of the signature": (lambda b: b.zipped({container.SIGNATURE: _last_bit(b.members[container.SIGNATURE])}), ["signature"]),
    "one byte of the file, checksum left": (lambda b: changed(b.content, b"12.50", b"12.51"), ["digests"]),
    "the signature taken out": (lambda b: b.zipped({container.SIGNATURE: None}), ["signature-present"]),
    "the signature emptied": (lambda b: b.zipped({container.SIGNATURE: b""}), ["signature-present"]),
    "the signature cut": (lambda b: b.zipped({container.SIGNATURE: b.members[container.SIGNATURE][:200]}), ["signature"]),
    "junk behind the signature": (lambda b: b.zipped({container.SIGNATURE: b.members[container.SIGNATURE] + b"\0"}), ["signature"]),
    "the list taken out": (lambda b: b.zipped({container.ASIC_MANIFEST: None}), ["asic-manifest"]),
    "a file added": (lambda b: b.zipped({"data/extra.csv": b"id\r\n"}), ["members"]),
    "a file taken out": (lambda b: b.zipped({CSV: None}), ["members"]),
    "a file renamed": (lambda b: b.zipped({CSV: None, "data/member.csv": b.members[CSV]}), ["members"]),
    "the manifest taken out": (lambda b: b.zipped({"manifest.json": None}), ["members"]),
    "two files exchanged": (lambda b: b.zipped({PDF: b.members[BOOK], BOOK: b.members[PDF]}), ["digests"]),
    "wrapped in another ZIP": (lambda b: container.container_bytes({"package.asice": b.content}), ["signature-present"]),
    "glued behind itself": (lambda b: b.content + b.content, ["layout"]),
    "junk in front": (lambda b: b"MZ" + b.content, ["layout"]),
    "cut in half": (lambda b: b.content[:len(b.content) // 2], ["layout"]),
}


@pytest.mark.parametrize("case", STRANGER)
def test_what_a_stranger_changed_is_found(bench, case):
    make, expected = STRANGER[case]
    assert failed(make(bench)) == expected


@pytest.mark.parametrize("case", STRANGER)
def test_nothing_unsigned_is_shown(bench, case):
    assert verify_bytes(STRANGER[case][0](bench)).manifest is None


# An insider: has the key and signs anew, but tells another story than the data.
def edit_entry(path, **facts):
    def edit(tree):
        next(entry for entry in tree["members"] if entry["path"] == path).update(facts)
    return edit


def edit_control(**facts):
    return lambda tree: tree["controls"]["membership"].update(facts)


def drop_entry(path):
    return lambda tree: tree.update(members=[entry for entry in tree["members"] if entry["path"] != path])


INSIDER = {
    "a number in the table": (lambda b: b.resigned({CSV: changed(b.members[CSV], b"12.50", b"92.50")}), ["controls", "pdf-source", "workbook-source"]),
    "a row taken out of the table": (lambda b: b.resigned({CSV: b.members[CSV][:b.members[CSV].index(b"id-00002")]}),
                                     ["controls", "source", "pdf-source", "workbook-source"]),
    "text in a number column": (lambda b: b.resigned({CSV: changed(b.members[CSV], b"12.50", b"12,50")}), ["data"]),
    "another total in the manifest": (lambda b: b.resigned({}, edit=edit_control(sums={"age": "1"})), ["controls"]),
    "another row count in the manifest": (lambda b: b.resigned({}, edit=edit_control(rows=4)), ["controls"]),
    "a table without control": (lambda b: b.resigned({}, edit=lambda tree: tree["controls"].clear()), ["controls"]),
    "another digest in the manifest": (lambda b: b.resigned({}, edit=edit_entry(CSV, sha256="0" * 64)), ["entries"]),
    "another size in the manifest": (lambda b: b.resigned({}, edit=edit_entry(CSV, size=1)), ["entries"]),
    "a file not in the manifest": (lambda b: b.resigned({}, edit=drop_entry(PDF)), ["entries"]),
    "a file only in the manifest": (lambda b: b.resigned({PDF: None}), ["entries"]),
    "a table not described": (lambda b: b.resigned({"datapackage.json": changed(
        b.members["datapackage.json"], b'"resources"', b'"resourcez"')}), ["data"]),
    "no description": (lambda b: b.resigned({"datapackage.json": None}, edit=drop_entry("datapackage.json")), ["data"]),
    "manifest of a newer form": (lambda b: b.resigned({}, edit=lambda tree: tree.update(schema="unionclient-package/9")), ["manifest"]),
    "manifest with a strange field": (lambda b: b.resigned({}, edit=lambda tree: tree.update(note="x")), ["manifest"]),
    "manifest without a field": (lambda b: b.resigned({}, edit=lambda tree: tree.pop("seq")), ["manifest"]),
    "another street in the manifest": (lambda b: b.resigned({}, edit=lambda tree: tree["street"].update(code="110101014")), ["signer"]),
    "another signer in the manifest": (lambda b: b.resigned({}, edit=lambda tree: tree.update(signer_cert_sha256="0" * 64)), ["signer"]),
    "a PDF called text": (lambda b: b.resigned({}, edit=edit_entry(PDF, media_type="text/plain")), ["types"]),
    "a PDF from another table": (lambda b: b.resigned({}, edit=edit_entry(PDF, source_member=None, rows=None)), ["pdf-source"]),
    "a source that is not there": (lambda b: b.resigned({}, edit=edit_entry(PDF, source_member="data/none.csv")), ["source", "pdf-source"]),
    "a PDF without signature": (lambda b: b.resigned({PDF: make_pdf()}), ["pdf-signature"]),
    "a PDF swapped for another signed one": (lambda b: b.resigned({PDF: sign_pdf(make_pdf("other"), b.key, reason="x")}), ["pdf-source"]),
    "junk behind a PDF": (lambda b: b.resigned({PDF: b.members[PDF] + b"\n%junk"}), ["pdf-signature"]),
    "a PDF rewritten": (lambda b: b.resigned({PDF: rewritten(b.members[PDF])}), ["pdf-signature"]),
    "a PDF that is none": (lambda b: b.resigned({PDF: b"%PDF-1.7 nothing"}), ["pdf-content", "pdf-signature"]),
    "a workbook with a row more": (lambda b: b.resigned({BOOK: make_workbook(member_table(4))}), ["workbook-source"]),
    "a workbook with another number": (lambda b: b.resigned({BOOK: make_workbook(member_table(), other_age)}), ["workbook-source"]),
    "a workbook of another table": (lambda b: b.resigned({BOOK: make_workbook(member_table(), other_titles)}), ["workbook-source"]),
    "a workbook without a signature": (lambda b: b.resigned({BOOK: make_workbook(member_table())}, sign_books=False), ["workbook-signature"]),
    "a workbook that is none": (lambda b: b.resigned({BOOK: b"PK nothing"}), ["workbook-content"]),
}


def rewritten(content: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.save(out)
    return out.getvalue()


def other_age(book):
    book.active["C3"] = 99


def other_titles(book):
    for cell in book.active[2]:
        cell.value = f"别的{cell.column}"


@pytest.mark.parametrize("case", INSIDER)
def test_what_an_insider_changed_is_found(bench, case):
    make, expected = INSIDER[case]
    assert failed(make(bench)) == expected


def digest_of_table(bench: Bench) -> str:
    return hashlib.sha256(bench.members[CSV]).hexdigest()


def acting(edit) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(make_pdf())) as pdf:
        edit(pdf)
        pdf.save(out)
    return out.getvalue()


ACTIVE = {
    "a script when opened": lambda pdf: pdf.Root.__setattr__("OpenAction", pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))),
    "a program started": lambda pdf: pdf.Root.__setattr__("OpenAction", pikepdf.Dictionary(
        S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))),
    "a script behind a page": lambda pdf: pdf.pages[0].obj.__setattr__("AA", pikepdf.Dictionary()),
    "a file inside": lambda pdf: pdf.attachments.__setitem__("a.exe", b"MZ"),
    "an XFA form": lambda pdf: pdf.Root.__setattr__("AcroForm", pikepdf.Dictionary(
        XFA=pikepdf.Array([]), Fields=pikepdf.Array([]))),
    "a form sent off": lambda pdf: pdf.Root.__setattr__("OpenAction", pikepdf.Dictionary(
        S=pikepdf.Name.SubmitForm, F=pikepdf.String("http://a"))),
}


@pytest.mark.parametrize("case", ACTIVE)
def test_a_signed_pdf_that_acts_is_refused(bench, case):
    pdf = sign_pdf(acting(ACTIVE[case]), bench.key, reason="x", source_sha256=digest_of_table(bench))
    assert failed(bench.resigned({PDF: pdf})) == ["pdf-content"]


def test_a_plain_pdf_signed_anew_is_not_refused(bench):
    pdf = sign_pdf(make_pdf(), bench.key, reason="x", source_sha256=digest_of_table(bench))
    assert failed(bench.resigned({PDF: pdf})) == []


@pytest.fixture(scope="module")
def other_key(tmp_path_factory):
    """Same name, same street, another key."""
    return make_key(tmp_path_factory.mktemp("other") / "k", PASSPHRASE, name="东花市街道总工会", street_code="110101013", **CHEAP)


def resigned_whole(bench: Bench, key, **how) -> bytes:
    """Everything signed by `key` as if the package were his own."""
    fingerprint = hashlib.sha256(key.certificate).hexdigest()
    pdf = sign_pdf(make_pdf(), key, reason="x", source_sha256=digest_of_table(bench))
    return bench.resigned({PDF: pdf, BOOK: make_workbook(member_table())}, key=key, edit=lambda tree: tree.update(signer_cert_sha256=fingerprint), **how)


def test_a_namesake_is_valid_but_not_trusted(bench, key, other_key):
    content = resigned_whole(bench, other_key)
    verdict = verify_bytes(content)
    assert verdict.result == "untrusted" and verdict.sound and not verdict.trusted and verdict.signer.name == "东花市街道总工会"
    assert failed(content, trusted=[key.certificate]) == ["trust"]
    assert failed(content, trusted=[]) == ["trust"]


def test_a_given_certificate_is_trusted_in_der_and_pem(bench, key):
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    pem = x509.load_der_x509_certificate(key.certificate).public_bytes(Encoding.PEM)
    for given in (key.certificate, pem):
        verdict = verify_bytes(bench.content, trusted=[given])
        assert verdict.valid and verdict.trusted


def test_a_pdf_of_another_signer_is_refused(bench, other_key):
    pdf = sign_pdf(make_pdf(), other_key, reason="x", source_sha256=digest_of_table(bench))
    assert failed(bench.resigned({PDF: pdf})) == ["pdf-signature"]


def test_a_certificate_exchanged_under_the_signature_is_refused(bench, other_key):
    from asn1crypto import cms, x509

    info = cms.ContentInfo.load(bench.members[container.SIGNATURE])
    info["content"]["certificates"] = [x509.Certificate.load(other_key.certificate)]
    assert failed(bench.zipped({container.SIGNATURE: info.dump(force=True)})) == ["signing-certificate"]


# Weaker forms of the same signature, all made with the right key.
def downgraded(bench, **names):
    """The signature with other algorithm names or without an attribute."""
    from asn1crypto import cms, tsp  # noqa: F401 (tsp teaches cms the attribute)

    xml = bench.members[container.ASIC_MANIFEST]
    info = cms.ContentInfo.load(signing.sign_detached(xml, bench.key, datetime.now(UTC)))
    signer = info["content"]["signer_infos"][0]
    if "digest" in names:
        signer["digest_algorithm"] = {"algorithm": names["digest"]}
        info["content"]["digest_algorithms"] = [{"algorithm": names["digest"]}]
    if "mechanism" in names:
        signer["signature_algorithm"] = {"algorithm": names["mechanism"]}
    if "without" in names:
        signer["signed_attrs"] = [attribute for attribute in signer["signed_attrs"] if attribute["type"].native != names["without"]]
    if "signers" in names:
        info["content"]["signer_infos"] = [signer] * names["signers"]
    return bench.zipped({container.SIGNATURE: info.dump(force=True)})


@pytest.mark.parametrize(("names", "check"), [
    ({"digest": "sha1"}, "algorithms"), ({"digest": "md5"}, "algorithms"), ({"mechanism": "sha1_rsa"}, "algorithms"),
    ({"mechanism": "rsassa_pss"}, "algorithms"), ({"mechanism": "ed25519"}, "algorithms"),
    ({"without": "signing_certificate_v2"}, "signing-certificate"), ({"without": "message_digest"}, "signature"),
    ({"without": "content_type"}, "signature"), ({"without": "signing_time"}, "signature"),
    ({"signers": 0}, "signature-present"), ({"signers": 2}, "signature"),
])
def test_a_weaker_signature_is_refused(bench, names, check):
    assert failed(downgraded(bench, **names)) == [check]


def test_a_short_key_is_refused(bench, tmp_path):
    short = make_key(tmp_path / "k", PASSPHRASE, name="东花市街道总工会", street_code="110101013", bits=1024, scrypt_n=2**4)
    assert failed(bench.resigned({}, key=short)) == ["algorithms"]


def test_a_list_with_sha1_digests_is_refused(bench):
    xml = bench.members[container.ASIC_MANIFEST].replace(b"2001/04/xmlenc#sha256", b"2000/09/xmldsig#sha1")
    signature = signing.sign_detached(xml, bench.key, datetime.now(UTC))
    assert failed(bench.zipped({container.ASIC_MANIFEST: xml, container.SIGNATURE: signature})) == ["algorithms"]


@pytest.mark.parametrize("xml", [
    b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a/>", b"not XML", b"",
    b'<x:ASiCManifest xmlns:x="http://uri.etsi.org/02918/v1.2.1#"/>',
])
def test_a_signed_list_that_is_none_is_refused(bench, xml):
    signature = signing.sign_detached(xml, bench.key, datetime.now(UTC))
    assert failed(bench.zipped({container.ASIC_MANIFEST: xml, container.SIGNATURE: signature})) == ["asic-manifest"]


def test_a_name_listed_twice_is_refused(bench):
    xml = bench.members[container.ASIC_MANIFEST]
    at, end = xml.index(b"<asic:DataObjectReference"), xml.index(b"</asic:DataObjectReference>") + 27
    twice = xml[:end] + xml[at:end] + xml[end:]
    signature = signing.sign_detached(twice, bench.key, datetime.now(UTC))
    assert failed(bench.zipped({container.ASIC_MANIFEST: twice, container.SIGNATURE: signature})) == ["asic-manifest"]


NOW = datetime.now(UTC)


@pytest.mark.parametrize(("signed_at", "judged_at", "ok", "remark"), [
    (NOW, NOW, True, ""),
    (NOW, NOW - timedelta(days=3), False, "才生效"),
    (NOW - timedelta(days=3), NOW, False, "签名时证书不在有效期内"),
    (NOW + timedelta(days=800), NOW, False, "签名时证书不在有效期内"),
    (NOW + timedelta(days=30), NOW, True, "时钟可能不准"),
    (NOW, NOW + timedelta(days=735), True, "过期"),
    (NOW, NOW + timedelta(days=735) + GRACE, False, "过期"),
])
def test_the_certificate_must_have_been_in_force(bench, signed_at, judged_at, ok, remark):
    verdict = verify_bytes(bench.resigned({}, at=signed_at), at=judged_at)
    check = next(check for check in verdict.checks if check.id == "certificate-dates")
    assert (check.ok, verdict.sound) == (ok, ok) and remark in check.detail


def test_a_workbook_with_acting_parts_is_refused(bench):
    for part, content in (("xl/vbaProject.bin", b"x"), ("xl/externalLinks/externalLink1.xml", b"<a/>"),
                          ("xl/embeddings/ole.bin", b"x"), ("xl/x.xml", b"<!DOCTYPE a><a/>"),
                          ("xl/utf16.xml", "<!DOCTYPE a><a/>".encode("utf-16")), ("xl/bomb.xml", b" " * 2**21)):
        out = BytesIO(bench.members[BOOK])
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
            book.writestr(part, content)
        assert failed(bench.resigned({BOOK: out.getvalue()})) == ["workbook-content"], part


def test_a_sheet_that_lies_about_its_size_is_counted_by_its_rows(bench):
    lying = BytesIO()
    with zipfile.ZipFile(BytesIO(make_workbook(member_table()))) as old, zipfile.ZipFile(lying, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = changed(content, b'ref="A1:F5"', b'ref="A1:XFD1048576"')
            new.writestr(part.filename, content)
    assert failed(bench.resigned({BOOK: lying.getvalue()})) == []


def test_whatever_a_library_raises_becomes_a_verdict(bench, monkeypatch):
    from unionclient.submission import pades

    def broken(*_, **__):
        raise RecursionError("inside a library")
    monkeypatch.setattr(pades, "check_pdf", broken)
    verdict = verify_bytes(bench.content)
    assert verdict.exit_code == 1 and "RecursionError" in verdict.message
