"""The street's side of keys and trust: request, certificate, renewal, trust file, and what is due at each step."""

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from submission.bench import PASSPHRASE
from submission.trusting import CHEAP, DISTRICT, OTHER, STREET, certificates, enrolled, new_authority, new_key

from unionclient.definition.faults import SubmissionError
from unionclient.submission import keys, requests, tokens
from unionclient.submission.profile import VALID_DAYS
from unionclient.workspace import certifying

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def pool():
    """Keys made once: no test needs more than these, and none compares its keys with another test's."""
    return [rsa.generate_private_key(65537, 2048) for _ in range(8)]


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch, pool):
    """Ready keys and a light passphrase function: the verbs themselves do not offer that."""
    left = iter(pool)
    monkeypatch.setattr(rsa, "generate_private_key", lambda **_: next(left))
    for name, value in CHEAP.items():
        monkeypatch.setitem(keys.make_key.__kwdefaults__, name, value)
    monkeypatch.setitem(keys.keep_key.__kwdefaults__, "scrypt_n", CHEAP["scrypt_n"])


@pytest.fixture
def authority(tmp_path):
    return new_authority(tmp_path / "ca")


def answer(authority, tmp_path, request, **how):
    """The district's certificate file for the request file."""
    (tmp_path / "answer.cer").write_bytes(authority.issue(request.read_bytes(), **how).content)
    return tmp_path / "answer.cer"


def trust_file(authority, tmp_path):
    (tmp_path / "trust.uct").write_bytes(authority.trust())
    return tmp_path / "trust.uct"


@pytest.fixture
def settled(workspace, authority, tmp_path):
    """A street whose key is certified and who has the trust file."""
    workspace.make_key(PASSPHRASE)
    workspace.write_request(tmp_path / "r.p10", PASSPHRASE)
    workspace.import_certificate(answer(authority, tmp_path, tmp_path / "r.p10"), PASSPHRASE)
    workspace.import_trust(trust_file(authority, tmp_path), authority.fingerprint)
    return workspace


def due(state):
    return [(each.level, each.text) for each in state.due]


def test_a_new_street_is_told_what_is_missing(workspace):
    state = workspace.key_state()
    assert not state.exists and [text for _, text in due(state)] == ["还没有签名钥匙", "还没有区总工会的信任文件"]


def test_from_request_to_certificate_to_trust_file(workspace, authority, tmp_path):
    made = workspace.make_key(PASSPHRASE)
    assert (made.name, made.code, made.issued) == (*STREET, False) and due(made)[0] == ("warn", "证书还没有由区里签发")
    said = workspace.write_request(tmp_path / "r.p10", PASSPHRASE)
    assert said == made.asked == requests.read_request((tmp_path / "r.p10").read_bytes()).fingerprint
    issued = workspace.import_certificate(answer(authority, tmp_path, tmp_path / "r.p10", confirmed=said), PASSPHRASE)
    assert issued.issued and issued.asked is None and issued.days_left in (VALID_DAYS - 1, VALID_DAYS - 2)
    assert [text for _, text in due(issued)] == ["还没有区总工会的信任文件"]
    workspace.import_trust(trust_file(authority, tmp_path), requests.spoken(authority.fingerprint))
    assert workspace.key_state().due == () and workspace.trust().signed_by == authority.fingerprint


def test_every_step_is_logged_and_no_passphrase_is(settled):
    entries = [entry for entry in settled.log(20) if entry.ledger == "key"]
    assert [entry.title for entry in entries] == ["导入信任文件", "导入证书", "导出证书申请", "生成签名钥匙"]
    assert PASSPHRASE not in repr(entries) and settled.verify_log().ok


def test_a_renewal_goes_over_to_the_new_key_only_with_its_certificate(settled, authority, tmp_path):
    before = settled.key_state()
    settled.renew_key(tmp_path / "r2.p10", PASSPHRASE)
    waiting = settled.key_state()
    assert waiting.fingerprint == before.fingerprint and waiting.renewing and "换证申请已经生成" in due(waiting)[0][1]
    assert settled.signer(PASSPHRASE).fingerprint == before.fingerprint
    after = settled.import_certificate(answer(authority, tmp_path, tmp_path / "r2.p10"), PASSPHRASE)
    assert after.fingerprint != before.fingerprint and not after.renewing and settled.signer(PASSPHRASE).fingerprint == after.fingerprint
    assert due(after) == [("warn", "信任文件比证书旧，里面还没有登记这张证书")]
    assert (settled.folder / f"signing-key-{before.fingerprint[:12]}.json").exists()
    settled.import_trust(trust_file(authority, tmp_path))
    assert settled.key_state().due == ()


def test_a_renewal_asked_for_twice_is_for_one_new_key(settled, tmp_path):
    assert settled.renew_key(tmp_path / "a", PASSPHRASE) == settled.renew_key(tmp_path / "b", PASSPHRASE)


def test_a_wrong_passphrase_leaves_a_renewal_where_it_was(settled, authority, tmp_path):
    settled.renew_key(tmp_path / "r2.p10", PASSPHRASE)
    file = answer(authority, tmp_path, tmp_path / "r2.p10")
    before = settled.key_state()
    with pytest.raises(SubmissionError, match="^口令不对"):
        settled.import_certificate(file, "another-passphrase")
    assert settled.key_state() == before


@pytest.mark.parametrize(("left", "level", "said"), [
    (61, None, ""), (59, "warn", "天到期"), (1, "warn", "天到期"), (-1, "block", "过期")])
def test_the_end_of_a_certificate_is_told_two_months_ahead(settled, left, level, said):
    ends = settled.key_state().ends
    told = [each for each in due(settled.key_state(now=ends - left * DAY)) if "证书" in each[1] and "信任" not in each[1]]
    assert (told == []) if level is None else (told[0][0] == level and said in told[0][1])


@pytest.mark.parametrize(("days", "level"), [(119, None), (121, "warn"), (179, "warn"), (181, "block")])
def test_an_old_trust_file_is_told(settled, days, level):
    told = [each[0] for each in due(settled.key_state(now=NOW + days * DAY)) if "信任文件已于" in each[1]]
    assert told == ([level] if level else [])


def test_a_revoked_key_is_told_with_the_next_trust_file(settled, authority, tmp_path):
    authority.revoke(settled.key_state().fingerprint, "keyCompromise")
    settled.import_trust(trust_file(authority, tmp_path))
    level, text = due(settled.key_state())[0]
    assert level == "block" and "区里不再认这把钥匙" in text and "钥匙泄露" in text


def test_a_clock_behind_the_log_is_told(settled):
    assert any("可能慢了" in text for _, text in due(settled.key_state(now=NOW - 3 * DAY)))
    assert settled.clock_suspect() == ""


def test_the_first_trust_file_needs_the_telephone(workspace, authority, tmp_path):
    file = trust_file(authority, tmp_path)
    with pytest.raises(SubmissionError, match="还没有核对"):
        workspace.import_trust(file)
    with pytest.raises(SubmissionError, match="不是由已登记的"):
        workspace.import_trust(file, "0" * 64)
    assert workspace.look_at_trust(file).signed_by == authority.fingerprint and workspace.trust() is None


def test_an_older_trust_file_is_refused(settled, authority, tmp_path):
    older = trust_file(authority, tmp_path).read_bytes()
    settled.import_trust(trust_file(authority, tmp_path))
    (tmp_path / "older.uct").write_bytes(older)
    with pytest.raises(SubmissionError, match="比现有的"):
        settled.import_trust(tmp_path / "older.uct")


def test_another_districts_trust_file_does_not_replace_ours_even_with_its_fingerprint(settled, tmp_path):
    evil = new_authority(tmp_path / "evil")
    (tmp_path / "evil.uct").write_bytes(evil.trust())
    with pytest.raises(SubmissionError, match="不是由已登记的"):
        settled.import_trust(tmp_path / "evil.uct", evil.fingerprint)


def test_a_trust_file_changed_behind_the_programs_back_is_not_believed(settled, tmp_path):
    (settled.folder / "trust.uct").write_bytes(new_authority(tmp_path / "evil").trust())
    with pytest.raises(SubmissionError, match="不是由已登记的"):
        settled.trust()


def test_the_district_changes_its_root_and_the_street_follows(settled, authority, tmp_path):
    authority.renew_root(PASSPHRASE, **CHEAP)
    (tmp_path / "handover.uct").write_bytes((authority.folder / "trust-handover.uct").read_bytes())
    settled.import_trust(tmp_path / "handover.uct")
    settled.import_trust(trust_file(authority, tmp_path))
    assert settled.trust().signed_by == authority.fingerprint and settled.key_state().due == ()


@pytest.mark.parametrize(("make", "said"), [
    (lambda authority, folder: authority.issue(requests.make_request(new_key(folder / "o", OTHER))).content, "这是 龙潭街道总工会"),
    (lambda authority, folder: authority.issue(requests.make_request(new_key(folder / "o"))).content, "不是发给这把钥匙的"),
    (lambda authority, folder: b"hello", "没有证书"),
    (lambda authority, folder: b"", "没有证书"),
    (lambda authority, folder: authority.root, "证书不能用|这是"),
], ids=["another street's", "another key's", "text", "empty", "the root"])
def test_a_file_that_is_not_our_certificate_is_refused(workspace, authority, tmp_path, make, said):
    workspace.make_key(PASSPHRASE)
    before = (workspace.folder / "signing-key.json").read_bytes()
    (tmp_path / "x.cer").write_bytes(make(authority, tmp_path))
    with pytest.raises(SubmissionError, match=said):
        workspace.import_certificate(tmp_path / "x.cer", PASSPHRASE)
    assert (workspace.folder / "signing-key.json").read_bytes() == before


def test_with_a_trust_file_a_certificate_of_another_root_is_refused(settled, tmp_path):
    settled.renew_key(tmp_path / "r2.p10", PASSPHRASE)
    inner = requests.make_request(keys.load_key(settled.folder / "signing-key-next.json", PASSPHRASE))
    (tmp_path / "x.cer").write_bytes(new_authority(tmp_path / "evil").issue(inner).content)
    with pytest.raises(SubmissionError, match="不是由信任文件里的区根证书签发的"):
        settled.import_certificate(tmp_path / "x.cer", PASSPHRASE)


def test_a_p12_file_becomes_the_streets_key(workspace, authority, tmp_path):
    key = enrolled(authority, tmp_path / "made-by-the-district")
    certificate, root = (x509.load_der_x509_certificate(each) for each in (key.certificate, *key.chain))
    (tmp_path / "k.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"k", key.private, certificate, [root], BestAvailableEncryption(b"code")))
    state = workspace.import_p12(tmp_path / "k.p12", "code", PASSPHRASE)
    assert state.issued and workspace.signer(PASSPHRASE).certificate == key.certificate


def test_the_passphrase_of_both_keys_is_changed(settled, tmp_path):
    settled.renew_key(tmp_path / "r", PASSPHRASE)
    settled.change_key_passphrase(PASSPHRASE, "another-passphrase")
    assert settled.signer("another-passphrase") and settled.renew_key(tmp_path / "r", "another-passphrase")


def test_a_token_without_its_package_is_said_in_words(workspace, monkeypatch):
    monkeypatch.setattr(tokens, "available", lambda: False)
    with pytest.raises(SubmissionError, match="没有安装 USB 钥匙支持"):
        workspace.make_token_key("/usr/lib/x.so", "street", "12345678")
    assert not workspace.key_state().exists


def test_the_district_too_is_enrolled_by_file(authority, tmp_path):
    name, code = DISTRICT
    certifying.made_key(tmp_path / "k", PASSPHRASE, name=name, code=code, encryption=False)
    said = certifying.requested(tmp_path / "k", PASSPHRASE, tmp_path / "r")
    issued = certifying.issue(authority.folder, PASSPHRASE, tmp_path / "r", tmp_path / "c", confirmed=said)
    certifying.answered(tmp_path / "k", PASSPHRASE, tmp_path / "c")
    assert keys.load_key(tmp_path / "k", PASSPHRASE).chain == tuple(certificates(issued)[1:])
    with pytest.raises(SubmissionError, match="还没有电话核对"):
        certifying.issue(authority.folder, PASSPHRASE, tmp_path / "r", tmp_path / "c")


def test_a_second_signature_is_switched_on_and_off(settled, tmp_path):
    pytest.importorskip("gmssl", reason="the optional package gmssl is not installed")
    assert not settled.signs_twice
    settled.make_second_key(PASSPHRASE)
    settled.explain([f for f in settled.check(period="2017Q3").findings if f.open], "照单位送来的名册登记")
    made = settled.submit("2017Q3", tmp_path / "out", lambda new: PASSPHRASE, zero_note="本期没有发生这项工作")
    verdict = settled.verify(made.path)
    assert verdict.valid and "第二签名，成立" in next(check for check in verdict.checks if check.id == "second-signature").sentence
    settled.change_key_passphrase(PASSPHRASE, "another-passphrase")
    with pytest.raises(SubmissionError, match="已经存在"):
        settled.make_second_key("another-passphrase")
    aside = settled.put_second_key_aside()
    assert aside.is_file() and not settled.signs_twice
    assert [entry.verb for entry in settled.log(4)].count("key") >= 2
