"""A request proves possession of the key and names the street; a renewal is vouched for by the old key."""

import subprocess

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from submission.bench import PASSPHRASE
from submission.trusting import DAY, NOW, OTHER, STREET, enrolled, new_authority, new_key

from unionclient.definition.faults import SubmissionError
from unionclient.submission import profile, requests
from unionclient.submission.keys import load_key


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return new_key(tmp_path_factory.mktemp("k") / "key")


def test_a_request_names_union_and_street_and_its_key(key):
    asked = requests.read_request(requests.make_request(key))
    assert (asked.name, asked.code) == STREET and asked.renews is None
    assert asked.fingerprint == requests.fingerprint(key.private.public_key())


def test_the_fingerprint_is_read_out_in_sixteen_groups_of_four(key):
    said = requests.spoken(requests.fingerprint(key.private.public_key()))
    assert [len(group) for group in said.split()] == [4] * 16 and said == said.upper()


def test_openssl_verifies_a_request(key, tmp_path, openssl):
    (tmp_path / "r").write_bytes(requests.make_request(key))
    done = subprocess.run([openssl, "req", "-verify", "-noout", "-in", "r", "-subject", "-nameopt", "utf8,-esc_msb"],
                          cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "verify OK" in done.stdout + done.stderr
    assert STREET[1] in done.stdout and STREET[0] in done.stdout


def test_openssl_verifies_a_renewal_and_finds_the_request_in_it(key, tmp_path, openssl):
    new = new_key(tmp_path / "new")
    (tmp_path / "r").write_bytes(requests.renewal(key, new))
    (tmp_path / "old.pem").write_bytes(pem.armor("CERTIFICATE", key.certificate))
    done = subprocess.run([openssl, "cms", "-verify", "-cades", "-binary", "-inform", "PEM", "-in", "r", "-CAfile", "old.pem", "-out", "inner"],
                          cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "inner").read_bytes() == requests.make_request(new)


def test_a_request_in_der_is_read_too(key):
    _, _, octets = pem.unarmor(requests.make_request(key))
    assert requests.read_request(octets).code == STREET[1]


def _other_key(key, private) -> bytes:
    owner = x509.load_der_x509_certificate(key.certificate).subject
    digest = None if isinstance(private, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return x509.CertificateSigningRequestBuilder().subject_name(owner).sign(private, digest).public_bytes(Encoding.PEM)


def _tampered(key, _) -> bytes:
    _, _, octets = pem.unarmor(requests.make_request(key))
    return pem.armor("CERTIFICATE REQUEST", octets.replace(STREET[1].encode(), OTHER[1].encode()))


def _nameless(key, private) -> bytes:
    return x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key.private, hashes.SHA256()).public_bytes(Encoding.PEM)


def _renewal_of_another_text(key, _) -> bytes:
    return requests.vouched(key, b"hello")


def _broken_renewal(key, _) -> bytes:
    return requests.vouched(key, requests.make_request(key)).replace(b"A", b"B", 3)


@pytest.mark.parametrize(("make", "said"), [
    (_tampered, "签名不成立"),
    (_nameless, "没有写明单位名称"),
    (lambda key, _: _other_key(key, rsa.generate_private_key(65537, 1024)), "不够长"),
    (lambda key, _: _other_key(key, ec.generate_private_key(ec.SECP384R1())), "种类不对"),
    (lambda key, _: _other_key(key, ed25519.Ed25519PrivateKey.generate()), "种类不对"),
    (_renewal_of_another_text, "不是证书申请"),
    (_broken_renewal, "换证申请"),
    (lambda key, _: b"", "不是证书申请"),
    (lambda key, _: b"-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n", "换证申请"),
    (lambda key, _: b"-----BEGIN CMS-----", "换证申请"),
    (lambda key, _: requests.make_request(key) * 200, "不是证书申请"),
    (lambda key, _: key.certificate, "不是证书申请"),
], ids=["other street", "no name", "RSA 1024", "P-384", "Ed25519", "renewal of no request", "broken renewal", "empty",
        "empty renewal", "cut renewal", "long", "a certificate"])
def test_a_request_that_is_not_sound_is_refused_for_its_own_reason(key, make, said):
    with pytest.raises(SubmissionError, match=said):
        requests.read_request(make(key, None))


def test_a_p256_key_may_ask(key):
    private = ec.generate_private_key(ec.SECP256R1())
    content = requests.build(private.public_key(), profile.subject(*STREET), lambda text: private.sign(text, ec.ECDSA(hashes.SHA256())))
    assert requests.read_request(content).code == STREET[1]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    authority = new_authority(folder / "ca", now=NOW)
    return authority, enrolled(authority, folder / "old", now=NOW), folder


def test_a_renewal_signed_by_the_old_key_needs_no_telephone(office, tmp_path):
    authority, old, _ = office
    later = NOW + 700 * DAY
    issued = authority.issue(requests.renewal(old, new_key(tmp_path / "new", now=later), now=later), now=later)
    assert [entry.code for entry in authority.state.of(STREET[1])] == [STREET[1]] * 2
    assert issued.entry.fingerprint != old.fingerprint


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda old, other, new: requests.renewal(other, new, now=NOW), "登记在"),
    (lambda old, other, new: requests.renewal(new, new, now=NOW), "不是区里签发的"),
    (lambda old, other, new: requests.renewal(old, new, now=NOW - 9 * DAY), "不在有效期内"),
], ids=["another street's key", "the new key itself", "a time before the certificate"])
def test_a_renewal_that_the_wrong_key_vouches_for_is_refused(office, tmp_path, spoil, said):
    authority, old, folder = office
    if not (folder / "other").exists():
        enrolled(authority, folder / "other", OTHER, now=NOW)
    other = load_key(folder / "other", PASSPHRASE)
    with pytest.raises(SubmissionError, match=said):
        authority.issue(spoil(old, other, new_key(tmp_path / "new", now=NOW)), now=NOW)


def test_a_revoked_key_vouches_for_nobody(tmp_path):
    authority = new_authority(tmp_path / "ca", now=NOW)
    old = enrolled(authority, tmp_path / "old", now=NOW)
    authority.revoke(old.fingerprint, "keyCompromise", now=NOW)
    with pytest.raises(SubmissionError, match="已于 2026-03-01（钥匙泄露）吊销"):
        authority.issue(requests.renewal(old, new_key(tmp_path / "new"), now=NOW), now=NOW)
