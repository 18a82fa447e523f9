"""Outside software says the same: openssl of the container's signature, pdfsig of the PDFs, sha256sum of the files."""

import hashlib
import shutil
import subprocess

import pytest
from submission.bench import make_pdf
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from unionclient.submission import container
from unionclient.submission.pades import sign_pdf

VERIFY = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", container.SIGNATURE,
          "-content", container.ASIC_MANIFEST, "-CAfile", "signer.pem", "-out", "unpacked"]


@pytest.fixture
def unpacked(tmp_path, bench):
    for name, content in bench.members.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "mimetype").write_bytes(container.MEDIA_TYPE)
    pem = x509.load_der_x509_certificate(bench.key.certificate).public_bytes(Encoding.PEM)
    (tmp_path / "signer.pem").write_bytes(pem)
    return tmp_path


def test_openssl_verifies_the_signature_with_its_default_purpose(openssl, unpacked):
    done = subprocess.run([openssl, *VERIFY], cwd=unpacked, capture_output=True, text=True)
    assert done.returncode == 0 and "CAdES Verification successful" in done.stderr
    assert (unpacked / "unpacked").read_bytes() == (unpacked / container.ASIC_MANIFEST).read_bytes()


def test_openssl_refuses_a_changed_list(openssl, unpacked):
    path = unpacked / container.ASIC_MANIFEST
    path.write_bytes(path.read_bytes().replace(b"README", b"READMF"))
    assert subprocess.run([openssl, *VERIFY], cwd=unpacked, capture_output=True).returncode != 0


def test_the_certificate_comes_out_as_the_readme_says(openssl, unpacked, key):
    subprocess.run([openssl, "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", container.SIGNATURE, "-content",
                    container.ASIC_MANIFEST, "-signer", "out.pem", "-out", "unpacked"], cwd=unpacked, check=True, capture_output=True)
    shown = subprocess.run([openssl, "x509", "-in", "out.pem", "-noout", "-fingerprint", "-sha256"],
                           cwd=unpacked, check=True, capture_output=True, text=True).stdout
    assert shown.split("=")[1].strip().replace(":", "").lower() == key.fingerprint
    assert key.fingerprint in (unpacked / "README.txt").read_text("utf-8")


def test_sha256sum_checks_the_files_as_the_readme_says(unpacked):
    program, grep = shutil.which("sha256sum"), shutil.which("grep")
    if not program or not grep:
        pytest.skip("sha256sum or grep is not installed")
    lines = subprocess.run([grep, "-E", "^[0-9a-f]{64}  ", "README.txt"], cwd=unpacked, check=True, capture_output=True).stdout
    done = subprocess.run([program, "-c"], cwd=unpacked, input=lines, capture_output=True, text=False)
    assert done.returncode == 0 and done.stdout.count(b": OK") == 4


def test_pdfsig_calls_the_pdf_valid_and_wholly_signed(pdfsig, unpacked):
    done = subprocess.run([pdfsig, "reports/report-2017q3.pdf"], cwd=unpacked, capture_output=True, text=True)
    for said in ("Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256", "东花市街道总工会"):
        assert said in done.stdout


def test_pdfsig_refuses_a_changed_pdf(pdfsig, unpacked):
    path = unpacked / "reports/report-2017q3.pdf"
    path.write_bytes(path.read_bytes().replace(b"/Pages", b"/Pagez", 1))
    done = subprocess.run([pdfsig, path.name], cwd=path.parent, capture_output=True, text=True)
    assert "Signature is Valid" not in done.stdout


def test_the_pdf_names_its_table_in_its_info(bench):
    import pikepdf
    from io import BytesIO

    with pikepdf.open(BytesIO(bench.members["reports/report-2017q3.pdf"])) as pdf:
        assert str(pdf.docinfo["/UnionclientData"]) == hashlib.sha256(bench.members["data/membership.csv"]).hexdigest()


def test_what_the_pdf_said_of_itself_stays(key):
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(sign_pdf(make_pdf(), key, reason="x", source_sha256="a" * 64))) as pdf:
        assert "/Producer" in pdf.docinfo and str(pdf.docinfo["/UnionclientData"]) == "a" * 64
