"""The trust file: only the district's root makes one, none goes back, and it says whose a signature is."""

import base64
import hashlib
import json
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from submission.trusting import DAY, DISTRICT, NOW, OTHER, STREET, enrolled, new_authority, new_key

from unionclient.definition.faults import SubmissionError
from unionclient.submission import profile, signing, trust
from unionclient.submission.authority import CRL_DAYS
from unionclient.submission.keys import SigningKey
from unionclient.submission.profile import VALID_DAYS
from unionclient.submission.requests import spoken


class Office:
    """A district and two streets, as of NOW; `file` is its trust file."""

    def __init__(self, folder) -> None:
        self.authority = new_authority(folder / "ca", now=NOW)
        self.key = enrolled(self.authority, folder / "street", now=NOW)
        self.other = enrolled(self.authority, folder / "other", OTHER, now=NOW)
        self.file = self.authority.trust(now=NOW)
        self.root = self.authority._keys[0]

    def remade(self, edit=None, *, key=None, now=NOW) -> bytes:
        """The trust file with its content changed and signed by `key` (else by the root)."""
        tree = json.loads(signing.check_attached(self.file)[0])
        if edit:
            edit(tree)
        return signing.sign_attached(json.dumps(tree).encode(), key or self.root, now)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return Office(tmp_path_factory.mktemp("office"))


def judged(office, *, key=None, trusted=None, signed_at=NOW, moment=NOW, street=STREET[1]):
    """check → level, and the texts of what is not good."""
    key = key or office.key
    found = trust.judge_signer((key.certificate, *key.chain), trusted or trust.read(office.file), signed_at=signed_at, moment=moment, street=street)
    assert all(finding.detail for finding in found if finding.level != trust.GOOD)
    return {finding.check: finding.level for finding in found}, "；".join(finding.detail for finding in found)


def test_it_tells_district_register_and_lists(office):
    read = trust.read(office.file, office.authority.fingerprint)
    assert (read.district_name, read.district_code) == DISTRICT
    assert [(entry.name, entry.code, entry.role) for entry in read.register] == [(*STREET, "street"), (*OTHER, "street")]
    assert read.roots == (office.authority.root,) and read.signed_by == office.authority.fingerprint
    assert read.good_until == NOW + timedelta(days=CRL_DAYS)


def test_a_good_signer_is_good_in_every_respect(office):
    assert judged(office)[0] == dict.fromkeys(trust.CHECKS, "good")


def test_any_registered_street_will_do_where_none_is_asked_for(office):
    assert set(judged(office, key=office.other, street=None)[0].values()) == {"good"}


def test_another_streets_certificate_is_refused_by_the_register_alone(office):
    levels, told = judged(office, key=office.other)
    assert levels == {**dict.fromkeys(trust.CHECKS, "good"), "trust-register": "refuse"}
    assert "登记在 龙潭街道总工会（110101014）名下" in told


def test_a_root_of_the_same_name_is_not_the_district(office, tmp_path):
    evil = new_authority(tmp_path / "ca", now=NOW)
    assert judged(office, key=enrolled(evil, tmp_path / "k", now=NOW)) == ({"trust-chain": "refuse"}, "签名人的证书不是区里签发的")


def test_a_self_made_certificate_is_not_issued(office, tmp_path):
    assert judged(office, key=new_key(tmp_path / "k", now=NOW))[0] == {"trust-chain": "refuse"}


def test_a_street_cannot_issue_certificates_itself(office, tmp_path):
    forged = new_key(tmp_path / "k")
    issuer = x509.load_der_x509_certificate(office.key.certificate).subject
    leaf = profile.leaf(profile.subject(*STREET), issuer, forged.private.public_key(), NOW, profile.SIGNING).sign(office.key.private, hashes.SHA256())
    key = SigningKey(forged.private, leaf.public_bytes(Encoding.DER), (office.key.certificate, *office.key.chain))
    assert judged(office, key=key)[0] == {"trust-chain": "refuse"}


def test_the_root_itself_signs_no_package(office):
    assert judged(office, key=office.root)[0]["trust-chain"] == "refuse"


def test_a_certificate_that_is_not_in_the_register_is_nobodys(office):
    def forget(tree):
        tree["register"] = tree["register"][1:]

    levels, told = judged(office, trusted=trust.read(office.remade(forget)))
    assert levels["trust-register"] == "refuse" and "不在区里的登记册上" in told


@pytest.mark.parametrize(("after_end", "level"), [(-1, "good"), (1, "warn"), (89, "warn"), (91, "refuse")])
def test_a_certificate_that_expired_after_signing_is_taken_for_ninety_days_with_a_flag(office, after_end, level):
    ends = NOW + timedelta(days=VALID_DAYS - 1)
    moment = ends + after_end * DAY
    fresh = trust.read(office.authority.trust(now=moment))
    assert judged(office, trusted=fresh, signed_at=ends - DAY, moment=moment)[0]["trust-dates"] == level


@pytest.mark.parametrize(("signed", "moment", "said"), [
    (VALID_DAYS + 5, VALID_DAYS + 6, "签名时证书不在有效期内"),
    (-30, 1, "签名时证书不在有效期内"),
    (0, -30, "两边的时钟可能有一个不准"),
], ids=["signed after its end", "signed before it began", "the receiver's clock before it began"])
def test_dates_that_do_not_fit_are_refused(office, signed, moment, said):
    levels, told = judged(office, signed_at=NOW + signed * DAY, moment=NOW + moment * DAY)
    assert levels["trust-dates"] == "refuse" and said in told


def test_a_time_in_the_future_is_only_a_remark_on_the_senders_clock(office):
    levels, told = judged(office, signed_at=NOW + 3 * DAY)
    assert levels["trust-dates"] == "warn" and "时钟可能快了" in told


@pytest.mark.parametrize(("after_end", "level"), [(-1, "good"), (1, "warn"), (59, "warn"), (61, "refuse")])
def test_an_old_list_is_warned_of_and_refused_after_the_districts_grace(office, after_end, level):
    moment = NOW + (CRL_DAYS + after_end) * DAY
    assert judged(office, signed_at=NOW, moment=moment)[0]["trust-list"] == level


def test_the_district_sets_the_two_periods_of_grace(office):
    def edit(tree):
        tree["stale_days"], tree["expired_days"] = 0, 1

    read = trust.read(office.remade(edit))
    assert judged(office, trusted=read, moment=NOW + (CRL_DAYS + 1) * DAY)[0]["trust-list"] == "refuse"


def test_a_root_without_its_list_is_refused(office, tmp_path):
    stranger = new_authority(tmp_path / "ca", now=NOW)

    def swap(tree):
        tree["roots"].append(base64.b64encode(stranger.root).decode())
        tree["crls"] = [base64.b64encode(stranger.state.lists[0].content).decode()]

    assert judged(office, trusted=trust.read(office.remade(swap)))[0]["trust-list"] == "refuse"


# revocation ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def revoked(tmp_path_factory):
    office = Office(tmp_path_factory.mktemp("revoked"))
    office.authority.revoke(office.key.fingerprint, "keyCompromise", now=NOW + 10 * DAY)
    office.file = office.authority.state.content
    return office


def test_a_revoked_certificate_is_refused_whatever_the_time_it_claims(revoked):
    levels, told = judged(revoked, signed_at=NOW, moment=NOW + 11 * DAY)
    assert levels == {**dict.fromkeys(trust.CHECKS, "good"), "trust-revoked": "refuse"}
    assert "2026-03-11（钥匙泄露）" in told


def test_what_was_received_before_the_revocation_keeps_its_verdict_with_a_remark(revoked):
    levels, told = judged(revoked, signed_at=NOW, moment=NOW + 5 * DAY)
    assert levels["trust-revoked"] == "warn" and "后来" in told and "refuse" not in levels.values()


def test_the_other_street_goes_on(revoked):
    assert "refuse" not in judged(revoked, key=revoked.other, street=OTHER[1], moment=NOW + 11 * DAY)[0].values()


# the file itself -----------------------------------------------------------------------------------------------------


def test_openssl_reads_it(office, tmp_path, openssl):
    (tmp_path / "t").write_bytes(office.file)
    (tmp_path / "root.pem").write_bytes(trust.read(office.file).ca_pem())
    at = str(int(NOW.timestamp()))
    done = subprocess.run([openssl, "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "t", "-CAfile", "root.pem",
                           "-attime", at, "-out", "json"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "json").read_bytes())["schema"] == trust.SCHEMA


def test_every_changed_byte_is_noticed(office):
    for place in range(0, len(office.file), 61):
        changed = bytearray(office.file)
        changed[place] ^= 0x01
        with pytest.raises(SubmissionError):
            trust.read(bytes(changed), office.authority.fingerprint)


def _broken_edits():
    def put(**values):
        return lambda tree: tree.update(values)

    def entry(**values):
        return lambda tree: tree["register"][0].update(values)

    yield "schema", put(schema="unionclient-trust/2"), "其他版本"
    for name, value in (("serial", "7"), ("serial", -1), ("serial", True), ("roots", []), ("crls", []), ("crls", ["AAAA"]), ("roots", ["AAAA"]),
                        ("register", [1]), ("district", None), ("issued_at", "today"), ("issued_at", "2026-03-01T00:00:00"), ("encryption", 7)):
        yield f"{name}={value}", put(**{name: value}), "读不出来"
    for name, value in (("role", "king"), ("fingerprint", "00"), ("fingerprint", None), ("serial", "xx"), ("from", None), ("code", "")):
        yield f"entry {name}={value}", entry(**{name: value}), "读不出来"
    yield "same twice", lambda tree: tree["register"].append(tree["register"][0]), "读不出来"


@pytest.mark.parametrize(("edit", "said"), [pytest.param(edit, said, id=name) for name, edit, said in _broken_edits()])
def test_a_file_that_is_signed_but_not_sound_is_refused(office, edit, said):
    with pytest.raises(SubmissionError, match=said):
        trust.read(office.remade(edit), office.authority.fingerprint)


@pytest.mark.parametrize("content", [b"", b"{}", b"\x30\x80", b"[" * 100_000])
def test_what_is_no_trust_file_is_refused(content):
    with pytest.raises(SubmissionError, match="信任文件"):
        trust.read(content)


def test_a_street_cannot_write_one(office):
    with pytest.raises(SubmissionError, match="不是由已登记的区根证书签的"):
        trust.read(office.remade(key=office.key), office.authority.fingerprint)


def test_a_stranger_with_the_same_name_cannot_write_one(office, tmp_path):
    evil = new_authority(tmp_path / "ca", now=NOW)
    for known in ({"pinned_root": office.authority.fingerprint}, {"pinned_root": office.authority.root}, {"known": trust.read(office.file)}):
        with pytest.raises(SubmissionError, match="打电话"):
            trust.read(evil.state.content, **known)


def test_the_pin_may_be_typed_as_it_is_read_out(office):
    assert trust.read(office.file, spoken(office.authority.fingerprint)).serial


def test_an_empty_pin_trusts_nobody(office):
    with pytest.raises(SubmissionError, match="不是由已登记的"):
        trust.read(office.file, "")


def test_an_older_file_does_not_replace_a_newer_one(office):
    older = trust.read(office.file)
    newer = trust.read(office.authority.trust(now=NOW + DAY), known=older)
    with pytest.raises(SubmissionError, match="比现有的"):
        trust.read(older.content, known=newer)


def test_the_number_of_a_list_never_goes_down(office):
    known = trust.read(office.file)
    later = trust.read(office.authority.trust(now=NOW + 2 * DAY), known=known)

    def back(tree):
        tree["serial"], tree["crls"] = later.serial + 1, [base64.b64encode(known.lists[0].content).decode()]

    with pytest.raises(SubmissionError, match="旧"):
        trust.read(office.remade(back), known=later)


def test_two_files_of_one_number_are_an_alarm(office):
    known = trust.read(office.file)

    def other(tree):
        tree["stale_days"] = 999

    with pytest.raises(SubmissionError, match="其中一份可能是伪造的"):
        trust.read(office.remade(other), known=known)


def test_the_same_file_again_is_no_matter(office):
    known = trust.read(office.file)
    assert trust.read(office.file, known=known) == known


def test_fingerprints_are_of_the_certificates(office):
    read = trust.read(office.file)
    assert read.registered(hashlib.sha256(office.key.certificate).hexdigest()) == read.of(STREET[1])[0]
    assert read.registered("0" * 64) is None and read.of("110101001") == ()
