"""Making a package: whole and sound, or not at all."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from submission.bench import CHEAP, PASSPHRASE, Bench, make_pdf, make_workbook, member_table, pack, usual_members

from unionclient.definition.faults import SubmissionError
from unionclient.submission import container
from unionclient.submission.keys import make_key
from unionclient.submission.manifest import Member
from unionclient.submission.package import package_name
from unionclient.submission.verify import verify


def test_the_package_has_the_layout_of_the_handbook(bench):
    assert sorted(bench.members) == [
        "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s", "README.txt", "data/membership.csv",
        "datapackage.json", "manifest.json", "reports/report-2017q3.pdf", "workbooks/membership.xlsx"]


def test_the_manifest_says_what_the_members_are(bench, package, key):
    tree = json.loads(bench.members["manifest.json"])
    entries = {entry["path"]: entry for entry in tree["members"]}
    assert tree["signer_cert_sha256"] == key.fingerprint and tree["package_id"] == package.package_id
    assert tree["controls"] == {"membership": {"rows": 3, "sums": {"age": "63", "fee": "37.50"}}}
    assert set(entries) == set(bench.members) - {"manifest.json", *container.META}
    assert entries["reports/report-2017q3.pdf"]["source_member"] == "data/membership.csv"
    assert entries["workbooks/membership.xlsx"]["rows"] == 3
    for path, entry in entries.items():
        assert entry["sha256"] == hashlib.sha256(bench.members[path]).hexdigest()


def test_the_digest_of_the_file_is_the_predecessor_of_the_next(package, key, tmp_path):
    assert package.sha256 == hashlib.sha256(package.path.read_bytes()).hexdigest()
    second = pack(tmp_path / "2.asice", key, seq=package.seq + 1, prev_sha256=package.sha256)
    manifest = verify(second.path).manifest
    assert (manifest.seq, manifest.prev_sha256) == (2, package.sha256)


def test_the_data_of_the_same_records_are_the_same_bytes(package, key, tmp_path):
    again = Bench(pack(tmp_path / "again.asice", key).path.read_bytes(), key).members
    first = Bench(package.path.read_bytes(), key).members
    assert [first[name] == again[name] for name in ("data/membership.csv", "datapackage.json")] == [True, True]


def test_a_package_of_an_empty_table_is_sound(key, tmp_path):
    table = member_table(0)
    assert verify(pack(tmp_path / "a.asice", key, table=table, members=[]).path).sound


def test_the_verdict_has_the_manifest_and_names_the_signer(package):
    verdict = verify(package.path)
    assert verdict.sound and verdict.exit_code == 2 and not verdict.trusted
    assert verdict.manifest.street.name == verdict.signer.name == "东花市街道总工会"
    assert verdict.signer.self_signed and json.dumps(verdict.tree())


def test_a_failed_replacement_leaves_the_old_file(key, tmp_path, monkeypatch):
    path = tmp_path / "a.asice"
    path.write_bytes(b"old")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(SubmissionError, match="无法写入"):
        pack(path, key, members=[])
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def refused(key, path, message, **how):
    with pytest.raises(SubmissionError, match=message) as caught:
        pack(path, key, **how)
    assert not path.exists() and "没有写出" in caught.value.kept


def test_a_workbook_that_does_not_match_its_table_is_not_sent(key, tmp_path):
    members = usual_members(member_table())
    members[1] = replace(members[1], content=make_workbook(member_table(4)))
    refused(key, tmp_path / "a.asice", "工作簿与数据对应", members=members)


def test_a_pdf_with_a_script_is_not_sent(key, tmp_path):
    import pikepdf
    from io import BytesIO

    out = BytesIO()
    with pikepdf.open(BytesIO(make_pdf())) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
        pdf.save(out)
    refused(key, tmp_path / "a.asice", "PDF 内容安全", members=[
        Member("attachments/a.pdf", "附件", "attachment", "application/pdf", out.getvalue())])


def test_a_certificate_of_another_street_is_not_used(tmp_path):
    key = make_key(tmp_path / "k", PASSPHRASE, name="龙潭街道总工会", street_code="110101014", **CHEAP)
    refused(key, tmp_path / "a.asice", "街道代码与签名人证书上的不一致", members=[])


def test_an_expired_certificate_is_not_used(tmp_path):
    key = make_key(tmp_path / "k", PASSPHRASE, name="东花市街道总工会", street_code="110101013",
                   now=datetime.now(UTC) - timedelta(days=731), **CHEAP)
    refused(key, tmp_path / "a.asice", "签名时证书不在有效期内", members=[])


def test_too_many_files_are_refused_before_signing(key, tmp_path):
    many = [Member(f"forms/f{place:03}.txt", "表", "form", "text/plain", b"x") for place in range(500)]
    refused(key, tmp_path / "a.asice", "超过上限", members=many)


def test_too_much_content_is_refused_before_signing(key, tmp_path, monkeypatch):
    monkeypatch.setattr(container, "MOST_BYTES", 2**24 + 100)
    refused(key, tmp_path / "a.asice", "超过上限", members=[])


@pytest.mark.parametrize("path", ["../a.pdf", "表.pdf", "data/membership.csv", "Reports/a.pdf"])
def test_a_member_with_a_bad_or_taken_name_is_the_callers_mistake(key, tmp_path, path):
    with pytest.raises(ValueError, match="unique and plain"):
        pack(tmp_path / "a.asice", key, members=[Member(path, "表", "form", "text/plain", b"x")])


def test_a_p256_token_signs_as_well_as_the_key_file(tmp_path):
    """Whatever has `certificate` and `sign` may take the key file's place."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "街道"), x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "110101013")])
    now = datetime.now(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    issued = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
              .serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
              .add_extension(usage, critical=True).sign(private, hashes.SHA256()))

    class Token:
        certificate = issued.public_bytes(serialization.Encoding.DER)
        chain = ()

        def sign(self, message):
            return private.sign(message, ec.ECDSA(hashes.SHA256()))

    assert verify(pack(tmp_path / "a.asice", Token()).path).sound


@pytest.mark.parametrize(("label", "name"), [
    ("2017Q3", "110101013-2017Q3-0007.asice"), ("2017年第3季度", "110101013-20173-0007.asice")])
def test_the_file_name_tells_street_period_and_number(label, name):
    assert package_name("110101013", label, 7) == name


def test_sums_are_exact(key, tmp_path):
    table = member_table(3)
    tenths = [(*row[:3], Decimal("0.10"), *row[4:]) for row in table.rows]
    manifest = verify(pack(tmp_path / "a.asice", key, table=replace(table, rows=tenths), members=[]).path).manifest
    assert manifest.controls["membership"].sums["fee"] == "0.30"
