"""The district's authority: what it issues, what it refuses, and that openssl agrees."""

import hashlib
import subprocess

import pytest
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from submission.bench import CHEAP, PASSPHRASE
from submission.trusting import DAY, DISTRICT, NOW, OTHER, STREET, certificates, enrolled, new_authority, new_key

from unionclient.definition.faults import SubmissionError
from unionclient.submission import authority as authority_module
from unionclient.submission import profile, requests, trust
from unionclient.submission.authority import Authority
from unionclient.submission.keys import add_certificate, keep_key, load_key, read_chain


@pytest.fixture
def authority(tmp_path):
    return new_authority(tmp_path / "ca", now=NOW)


@pytest.fixture(scope="module")
def settled(tmp_path_factory):
    """An authority with one street, for tests that only look."""
    folder = tmp_path_factory.mktemp("settled")
    authority = new_authority(folder / "ca", now=NOW)
    return authority, enrolled(authority, folder / "street", now=NOW)


def test_the_root_is_an_authority_with_none_below_it_for_ten_years(settled):
    root = x509.load_der_x509_certificate(settled[0].root)
    constraints = root.extensions.get_extension_for_class(x509.BasicConstraints).value
    assert (constraints.ca, constraints.path_length) == (True, 0)
    assert (root.not_valid_after_utc - root.not_valid_before_utc).days == profile.ROOT_DAYS


def test_a_new_root_has_3072_bits_and_the_full_cost_unless_a_test_asks_for_less(tmp_path):
    made = Authority.init(tmp_path, PASSPHRASE, name=DISTRICT[0], code=DISTRICT[1])
    assert x509.load_der_x509_certificate(made.root).public_key().key_size == 3072
    assert '"n": 131072' in (tmp_path / "root.key").read_text()


def test_a_leaf_has_the_profile_of_the_handbook(settled):
    leaf = x509.load_der_x509_certificate(settled[1].certificate)
    values = {type(each.value): each.value for each in leaf.extensions}
    usage = values[x509.KeyUsage]
    assert profile.names_of(leaf) == STREET
    assert usage.digital_signature and usage.content_commitment and not usage.key_encipherment and not usage.key_cert_sign
    assert {oid.dotted_string for oid in values[x509.ExtendedKeyUsage]} == {"1.3.6.1.5.5.7.3.4", profile.DOCUMENT_SIGNING}
    assert not values[x509.BasicConstraints].ca and x509.CRLDistributionPoints in values
    assert (leaf.not_valid_after_utc - leaf.not_valid_before_utc).days == profile.VALID_DAYS


def test_the_key_file_carries_certificate_and_root(settled, tmp_path):
    authority, key = settled
    assert key.chain == (authority.root,)
    keep_key(tmp_path / "copy", PASSPHRASE, key, scrypt_n=16)
    assert load_key(tmp_path / "copy", PASSPHRASE).chain == key.chain
    assert read_chain(tmp_path / "copy") == (key.certificate, authority.root)


def test_a_certificate_of_another_key_does_not_go_into_the_key_file(settled, tmp_path):
    _, key = settled
    new_key(tmp_path / "mine")
    before = (tmp_path / "mine").read_bytes()
    with pytest.raises(SubmissionError, match="不是发给这把钥匙的"):
        add_certificate(tmp_path / "mine", PASSPHRASE, key.certificate, key.chain)
    assert (tmp_path / "mine").read_bytes() == before


def test_the_fingerprint_read_by_telephone_must_be_the_requests(authority, tmp_path):
    key = new_key(tmp_path / "k")
    said = requests.spoken(requests.fingerprint(key.private.public_key()))
    with pytest.raises(SubmissionError, match="与申请的指纹不一样"):
        authority.issue(requests.make_request(key), confirmed="0" + said[1:] if said[0] != "0" else "1" + said[1:], now=NOW)
    assert authority.issue(requests.make_request(key), confirmed=said, now=NOW).entry.code == STREET[1]


def test_one_key_gets_one_certificate_even_for_another_street(authority, tmp_path):
    key = new_key(tmp_path / "k")
    authority.issue(requests.make_request(key), now=NOW)
    again = requests.build(key.private.public_key(), profile.subject(*OTHER), key.sign)
    with pytest.raises(SubmissionError, match="已经发过证书"):
        authority.issue(again, now=NOW)


def test_a_second_certificate_needs_the_old_key_or_the_districts_word(authority, tmp_path):
    enrolled(authority, tmp_path / "first", now=NOW)
    request = requests.make_request(new_key(tmp_path / "second"))
    with pytest.raises(SubmissionError, match="已有一张有效的证书"):
        authority.issue(request, now=NOW)
    authority.issue(request, beside=True, now=NOW)
    assert len(authority.state.of(STREET[1])) == 2


def test_after_a_revocation_the_street_simply_asks_again(authority, tmp_path):
    lost = enrolled(authority, tmp_path / "lost", now=NOW)
    authority.revoke(lost.fingerprint[:12], "keyCompromise", now=NOW)
    assert enrolled(authority, tmp_path / "new", now=NOW).fingerprint != lost.fingerprint


def test_the_district_has_a_signing_and_an_encryption_certificate_of_its_own(authority, tmp_path):
    signing = enrolled(authority, tmp_path / "sign", DISTRICT, now=NOW)
    asked = requests.make_request(new_key(tmp_path / "open", DISTRICT, purpose=profile.ENCRYPTION))
    opened = authority.issue(asked, purpose=profile.ENCRYPTION, now=NOW)
    state = trust.read(authority.state.content)
    usage = x509.load_der_x509_certificate(state.encryption).extensions.get_extension_for_class(x509.KeyUsage).value
    assert state.encryption == certificates(opened)[0] and usage.key_encipherment and not usage.digital_signature
    assert [(entry.role, entry.fingerprint) for entry in state.register] == [("district", signing.fingerprint)]


@pytest.mark.parametrize("how", [{"role": "district"}, {"purpose": profile.ENCRYPTION}])
def test_a_street_gets_none_of_the_districts_certificates(authority, tmp_path, how):
    with pytest.raises(SubmissionError, match="只发给区总工会自己"):
        authority.issue(requests.make_request(new_key(tmp_path / "k")), now=NOW, **how)


def test_a_deed_is_kept_and_found_again_with_the_passphrase(authority, tmp_path):
    enrolled(authority, tmp_path / "k", now=NOW)
    assert Authority.open(authority.folder, PASSPHRASE).state == authority.state == Authority.look(authority.folder)
    with pytest.raises(SubmissionError, match="^口令不对"):
        Authority.open(authority.folder, "another-passphrase")


def test_a_register_from_elsewhere_is_not_believed(authority, tmp_path):
    other = new_authority(tmp_path / "other", now=NOW)
    (authority.folder / trust.FILE).write_bytes(other.state.content)
    with pytest.raises(SubmissionError, match="可能被人换过"):
        Authority.open(authority.folder, PASSPHRASE)


def test_a_folder_with_a_root_gets_no_second_one(authority):
    with pytest.raises(SubmissionError, match="已经有根证书"):
        new_authority(authority.folder)


def test_a_folder_without_a_root_says_so(tmp_path):
    with pytest.raises(SubmissionError, match="没有根证书"):
        Authority.open(tmp_path, PASSPHRASE)


@pytest.mark.parametrize("fingerprint", ["", "abc", "0" * 64])
def test_nothing_is_revoked_by_mistake(settled, fingerprint):
    with pytest.raises(SubmissionError, match="没有这张证书"):
        settled[0].revoke(fingerprint)


def test_revoking_twice_or_for_no_known_reason_is_refused(authority, tmp_path):
    key = enrolled(authority, tmp_path / "k", now=NOW)
    with pytest.raises(SubmissionError, match="这种吊销原因"):
        authority.revoke(key.fingerprint, "boredom")
    authority.revoke(key.fingerprint, now=NOW)
    with pytest.raises(SubmissionError, match="早已吊销"):
        authority.revoke(key.fingerprint, now=NOW)


def test_every_list_has_the_next_number(authority):
    before = authority.state.crl_number
    first = x509.load_der_x509_crl(authority.crl(now=NOW))
    authority.trust(now=NOW)
    assert first.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == before + 1
    assert authority.state.crl_number == before + 2


# a new root ----------------------------------------------------------------------------------------------------------


def test_a_street_follows_to_the_new_root_over_the_file_that_the_old_one_signed(authority, tmp_path):
    old_key = enrolled(authority, tmp_path / "k", now=NOW)
    pinned = trust.read(authority.state.content, authority.fingerprint)
    authority.renew_root(PASSPHRASE, now=NOW + DAY, **CHEAP)
    handed = trust.read((authority.folder / "trust-handover.uct").read_bytes(), known=pinned)
    assert handed.signed_by == pinned.signed_by and len(handed.roots) == 2
    new_street = enrolled(authority, tmp_path / "k2", OTHER, now=NOW + DAY)
    after = trust.read(authority.state.content, known=handed)
    assert after.signed_by == authority.fingerprint != pinned.signed_by
    for key, street in ((old_key, STREET), (new_street, OTHER)):
        found = trust.judge_signer((key.certificate,), after, signed_at=NOW + DAY, moment=NOW + DAY, street=street[1])
        assert all(finding.level == "good" for finding in found)


def test_a_street_that_missed_the_handover_does_not_believe_the_new_root(authority):
    pinned = trust.read(authority.state.content)
    authority.renew_root(PASSPHRASE, now=NOW + DAY, **CHEAP)
    with pytest.raises(SubmissionError, match="打电话"):
        trust.read(authority.trust(now=NOW + 2 * DAY), known=pinned)


def test_after_the_handover_the_old_root_signs_no_trust_file_any_more(authority):
    old, pinned = authority._keys[0], trust.read(authority.state.content)
    authority.renew_root(PASSPHRASE, now=NOW + DAY, **CHEAP)
    handed = trust.read((authority.folder / "trust-handover.uct").read_bytes(), known=pinned)
    forged = trust.make(old, serial=99, roots=handed.roots, crls=[each.content for each in handed.lists], register=handed.register,
                        district_code=DISTRICT[1], district_name=DISTRICT[0], now=NOW + DAY)
    with pytest.raises(SubmissionError, match="打电话"):
        trust.read(forged, known=handed)
    assert trust.read(handed.content, known=handed) == handed


def test_certificates_of_the_old_root_can_still_be_revoked(authority, tmp_path):
    key = enrolled(authority, tmp_path / "k", now=NOW)
    authority.renew_root(PASSPHRASE, now=NOW + DAY, **CHEAP)
    again = Authority.open(authority.folder, PASSPHRASE)
    again.revoke(key.fingerprint, "superseded", now=NOW + 2 * DAY)
    found = trust.judge_signer((key.certificate,), again.state, signed_at=NOW, moment=NOW + 3 * DAY, street=STREET[1])
    assert [finding.check for finding in found if not finding.ok] == ["trust-revoked"]


def test_a_root_is_renewed_only_with_its_passphrase(authority):
    with pytest.raises(SubmissionError, match="^口令不对"):
        authority.renew_root("another-passphrase", now=NOW, **CHEAP)
    assert Authority.open(authority.folder, PASSPHRASE).state == authority.state


@pytest.mark.parametrize("cut_before", ["trust.uct", "root-old.key"])
def test_a_power_cut_while_the_root_changes_leaves_a_usable_authority(authority, tmp_path, monkeypatch, cut_before):
    key = enrolled(authority, tmp_path / "k", now=NOW)
    whole = authority_module.write_whole

    def cut(path, content):
        if path.name == cut_before:
            raise OSError("power")
        whole(path, content)

    monkeypatch.setattr(authority_module, "write_whole", cut)
    with pytest.raises(OSError, match="power"):
        authority.renew_root(PASSPHRASE, now=NOW + DAY, **CHEAP)
    monkeypatch.undo()
    again = Authority.open(authority.folder, PASSPHRASE)
    again.trust(now=NOW + 2 * DAY)
    found = trust.judge_signer((key.certificate,), again.state, signed_at=NOW, moment=NOW + 2 * DAY, street=STREET[1])
    assert all(finding.level == "good" for finding in found)
    assert len(again.state.roots) == (1 if cut_before == "trust.uct" else 2)


def test_a_certificate_cut_off_before_it_was_registered_does_not_block_its_key(authority, tmp_path, monkeypatch):
    request = requests.make_request(new_key(tmp_path / "k"))
    monkeypatch.setattr(Authority, "_kept", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        authority.issue(request, now=NOW)
    monkeypatch.undo()
    again = Authority.open(authority.folder, PASSPHRASE)
    assert again.state.register == () and again.issue(request, now=NOW).entry.code == STREET[1]


# outside software ----------------------------------------------------------------------------------------------------


@pytest.fixture
def laid_out(settled, tmp_path):
    authority, key = settled
    (tmp_path / "root.pem").write_bytes(pem.armor("CERTIFICATE", authority.root))
    (tmp_path / "leaf.pem").write_bytes(pem.armor("CERTIFICATE", key.certificate))
    (tmp_path / "ca.pem").write_bytes(authority.state.ca_pem())
    (tmp_path / "list.der").write_bytes(authority.state.lists[0].content)
    return tmp_path


def _run(openssl, folder, *words):
    return subprocess.run([openssl, *words], cwd=folder, capture_output=True, text=True)


def test_openssl_verifies_the_chain_for_signing_mail_as_by_default_for_cms(laid_out, openssl):
    at = str(int((NOW + DAY).timestamp()))
    done = _run(openssl, laid_out, "verify", "-x509_strict", "-crl_check", "-attime", at, "-purpose", "smimesign", "-CAfile", "ca.pem", "leaf.pem")
    assert done.returncode == 0 and "leaf.pem: OK" in done.stdout, done.stderr


def test_openssl_reads_the_list_and_its_signature(laid_out, openssl):
    done = _run(openssl, laid_out, "crl", "-inform", "DER", "-in", "list.der", "-CAfile", "root.pem", "-noout", "-crlnumber", "-text")
    assert done.returncode == 0 and "verify OK" in done.stderr and "crlNumber=0x" in done.stdout


def test_openssl_rejects_a_revoked_leaf(tmp_path, openssl):
    authority = new_authority(tmp_path / "ca", now=NOW)
    key = enrolled(authority, tmp_path / "k", now=NOW)
    authority.revoke(key.fingerprint, now=NOW)
    (tmp_path / "leaf.pem").write_bytes(pem.armor("CERTIFICATE", key.certificate))
    (tmp_path / "ca.pem").write_bytes(authority.state.ca_pem())
    done = _run(openssl, tmp_path, "verify", "-crl_check", "-attime", str(int((NOW + DAY).timestamp())), "-CAfile", "ca.pem", "leaf.pem")
    assert done.returncode != 0 and "certificate revoked" in done.stderr


def test_the_file_for_the_street_is_certificate_then_root(settled):
    authority, key = settled
    path = next((authority.folder / "issued").glob(f"{STREET[1]}-*.cer"))
    first, second = x509.load_pem_x509_certificates(path.read_bytes())
    assert first.public_bytes(Encoding.DER) == key.certificate and second.public_bytes(Encoding.DER) == authority.root
    assert path.stem.endswith(hashlib.sha256(key.certificate).hexdigest()[:12])
