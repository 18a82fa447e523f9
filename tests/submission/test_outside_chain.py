"""A package signed with an issued key, judged by software of others with the district's root and revocation list."""

import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from submission.bench import make_pdf, pack
from submission.trusting import DAY, enrolled, new_authority

from unionclient.submission import container, trust
from unionclient.submission.pades import sign_pdf

CMS = ["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", container.SIGNATURE, "-content", container.ASIC_MANIFEST, "-out", "out"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chain")
    authority = new_authority(folder / "ca")
    key = enrolled(authority, folder / "key")
    opened = container.open_container(pack(folder / "p.asice", key).path.read_bytes())
    for name in opened.names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(opened.read(name))
    (folder / "ca.pem").write_bytes(authority.trust() and authority.state.ca_pem())
    (folder / "root.pem").write_bytes(pem.armor("CERTIFICATE", authority.root))
    (folder / "stranger.pem").write_bytes(new_authority(folder / "stranger").state.ca_pem())
    authority.revoke(key.fingerprint, "keyCompromise")
    (folder / "revoked.pem").write_bytes(authority.state.ca_pem())
    return folder, key


def _cms(openssl, unpacked, *words):
    return subprocess.run([openssl, *CMS, *words], cwd=unpacked[0], capture_output=True, text=True)


def test_openssl_verifies_with_root_and_list(openssl, unpacked):
    done = _cms(openssl, unpacked, "-CAfile", "ca.pem", "-crl_check")
    assert done.returncode == 0 and "CAdES Verification successful" in done.stderr


@pytest.mark.parametrize(("words", "said"), [
    (("-CAfile", "revoked.pem", "-crl_check"), "certificate revoked"),
    (("-CAfile", "root.pem", "-crl_check"), "unable to get certificate CRL"),
    (("-CAfile", "stranger.pem", "-crl_check"), "certificate verify error"),
    (("-CAfile", "ca.pem", "-crl_check", "-attime", str(int((datetime.now(UTC) + 800 * DAY).timestamp()))), "expired"),
    (("-CAfile", "ca.pem", "-crl_check", "-attime", str(int((datetime.now(UTC) - 3 * DAY).timestamp()))), "not yet valid"),
], ids=["revoked", "no list", "other root", "expired", "slow clock"])
def test_openssl_refuses(openssl, unpacked, words, said):
    done = _cms(openssl, unpacked, *words)
    assert done.returncode != 0 and said in done.stderr


def test_without_the_districts_file_the_signature_alone_verifies_as_the_readme_says(openssl, unpacked):
    (unpacked[0] / "signer.pem").write_bytes(x509.load_der_x509_certificate(unpacked[1].certificate).public_bytes(Encoding.PEM))
    readme = (unpacked[0] / "README.txt").read_text("utf-8")
    assert "-CAfile ca.pem -crl_check" in readme and "-CAfile signer.pem -partial_chain" in readme
    assert _cms(openssl, unpacked, "-CAfile", "signer.pem", "-partial_chain").returncode == 0


def test_the_root_is_in_the_signature_too(openssl, unpacked):
    done = subprocess.run([openssl, "pkcs7", "-inform", "DER", "-in", container.SIGNATURE, "-print_certs"], cwd=unpacked[0],
                          capture_output=True, text=True, check=True)
    assert done.stdout.count("BEGIN CERTIFICATE") == 2


@pytest.mark.parametrize(("anchor", "said"), [("root.pem", "Certificate is Trusted"), ("stranger.pem", "Certificate issuer isn't Trusted")])
def test_pdfsig_trusts_the_signer_of_a_pdf_with_the_districts_root_alone(pdfsig, unpacked, tmp_path, anchor, said):
    certutil = shutil.which("certutil")
    if certutil is None:
        pytest.skip("certutil (libnss3-tools) is not installed")
    subprocess.run([certutil, "-N", "-d", f"sql:{tmp_path}", "--empty-password"], check=True, capture_output=True)
    subprocess.run([certutil, "-A", "-d", f"sql:{tmp_path}", "-n", "root", "-t", "CT,C,C", "-i", unpacked[0] / anchor], check=True, capture_output=True)
    (tmp_path / "a.pdf").write_bytes(sign_pdf(make_pdf(), unpacked[1], reason="x"))
    done = subprocess.run([pdfsig, "-nssdir", tmp_path, "a.pdf"], cwd=tmp_path, capture_output=True, text=True)
    assert "Signature is Valid" in done.stdout and said in done.stdout, done.stdout


def test_our_own_judgement_is_the_same(unpacked):
    folder, key = unpacked
    state = trust.read((folder / "ca" / "trust.uct").read_bytes())
    now = datetime.now(UTC)
    found = trust.judge_signer((key.certificate, *key.chain), state, signed_at=now, moment=now, street=None)
    assert [finding.check for finding in found if not finding.ok] == ["trust-revoked"]
