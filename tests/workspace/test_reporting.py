"""A period's report from draft to receipt: review, package, return, amendment, chain; with a real authority and real receipts."""

import hashlib
import shutil
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import pytest
from stores import fresh_street
from submission.bench import CHEAP, PASSPHRASE
from submission.trusting import DISTRICT, OTHER, enrolled, new_authority

from unionclient.definition.faults import SubmissionError
from unionclient.assessment.periods import read_period
from unionclient.definition.issue import Level
from unionclient.submission import receipt as receipts
from unionclient.submission.keys import make_key
from unionclient.submission.lifecycle import State, Step, WrongStep, after, may
from unionclient.submission.manifest import read_manifest
from unionclient.submission.profile import ENCRYPTION
from unionclient.submission.receipt import Receipt, Remark
from unionclient.submission.requests import make_request
from unionclient.validation.explanations import ExplanationError
from unionclient.workspace import Edit, Workspace, reporting
from unionclient.workspace.submitting import KEY_FILE, Blocked
from unionclient.workspace.zeronotes import NotesWanted, asked_for

P = "2017Q3"
NOTE = "本期没有发生这项工作"


@dataclass
class Office:
    """The district: its authority, its own key, a street's key file and the trust file."""

    authority: object
    key: object
    street: object
    trust: object

    def answer(self, package, path, verdict="accepted", *remarks, key=None, **more):
        """The district's receipt for a package, in a file."""
        key = key or self.key
        content = receipts.write(Receipt(**{
            "package_id": package.package_id, "package_sha256": package.sha256, "street": "110101013", "seq": package.seq, "period": package.period,
            "verdict": verdict, "received_at": datetime.now(UTC).replace(microsecond=0), "next_seq": package.seq + 1,
            "head_sha256": package.sha256 if verdict == "accepted" else None, "returns": tuple(remarks),
            "district_cert_sha256": hashlib.sha256(key.certificate).hexdigest(), **more}), key)
        path.write_bytes(content)
        return path


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    authority = new_authority(folder / "ca")
    key = enrolled(authority, folder / "district", DISTRICT, role="district")
    enrolled(authority, folder / "street")
    (folder / "trust.uct").write_bytes(authority.trust())
    return Office(authority, key, folder / "street", folder / "trust.uct")


def furnished(workspace, office):
    """With an issued key, the trust file, and one person that may be reported."""
    shutil.copy(office.street, workspace.folder / KEY_FILE)
    workspace.import_trust(office.trust, office.authority.fingerprint)
    workspace.save("person", [Edit(None, {"name": "李四", "phone": "13812345678"})])
    return workspace


@pytest.fixture
def ws(workspace, office):
    return furnished(workspace, office)


@pytest.fixture(scope="module")
def first_report(office, tmp_path_factory):
    """The folder of a street whose report is packed, a copy of it, and the package."""
    folder = tmp_path_factory.mktemp("packed")
    with fresh_street(folder / "live" / "store") as workspace:
        done = make(furnished(workspace, office), folder / "live")
    return folder / "live", shutil.copytree(folder / "live", folder / "kept"), done


@pytest.fixture
def packed(first_report):
    """(the street, its package) as it was when the first report was packed: in the very folder, since the store names it."""
    live, kept, done = first_report
    shutil.rmtree(live)
    shutil.copytree(kept, live)
    with Workspace.open(live / "store") as workspace:
        yield workspace, done


def explain_all(ws):
    ws.explain([f for f in ws.check(period=P).findings if f.open], "照单位送来的名册登记")


def make(ws, tmp_path, **more):
    explain_all(ws)
    return ws.submit(P, tmp_path / "out", lambda new: PASSPHRASE, zero_note=NOTE, **more)


def amend(ws, tmp_path, reason="区里要求改正单位名称", **more):
    explain_all(ws)
    return ws.amend(P, tmp_path / "out", lambda new: PASSPHRASE, reason, **more)


def manifest(done):
    with zipfile.ZipFile(done.path) as package:
        return read_manifest(package.read("manifest.json"))


def person(ws):
    return ws.records("person")[0].id


# review ---------------------------------------------------------------------------------------------------------


def test_a_period_is_a_draft_until_reviewed_and_again_when_a_ledger_changes(ws):
    assert ws.report(P).state is State.DRAFT
    explain_all(ws)
    ws.note_zero(P, NOTE)
    ws.review(P)
    assert ws.report(P).state is State.REVIEWED
    ws.save("person", [Edit(None, {"name": "王五"})])
    assert ws.report(P).state is State.DRAFT and "又改了1次" in ws.report(P).todo


def test_an_open_explanation_stops_the_review_a_confirmation_does_not(ws):
    ws.save("unit", [Edit(None, {"name": "北京甲公司"})])
    ws.note_zero(P, NOTE)
    with pytest.raises(Blocked, match="需要说明") as blocked:
        ws.review(P)
    assert {f.issue.level for f in blocked.value.findings} == {Level.EXPLAIN}
    ws.explain(blocked.value.findings, "单位还没有送来证照")
    ws.review(P)
    assert any(f.open and f.issue.level == Level.CONFIRM for f in ws.last_check().findings)


def test_what_was_explained_for_an_earlier_period_holds_for_the_next_only_when_confirmed(ws, tmp_path):
    ws.save("unit", [Edit(None, {"name": "北京甲公司"})])
    make(ws, tmp_path)
    assert not any(f.open for f in ws.check(period=P).findings)  # an amendment of the same period needs no word more
    after = str(read_period(P).year) + "Y"
    opened = [f for f in ws.check(period=after).findings if f.open and f.key in ws.earlier_explanations([f])]
    assert {ws.earlier_explanations([f])[f.key].text for f in opened} == {"照单位送来的名册登记"}
    ws.explain(opened, "照单位送来的名册登记")
    assert not any(f.open for f in ws.last_check().findings if f.key in {o.key for o in opened})


def test_empty_ledgers_need_a_note_each(ws):
    explain_all(ws)
    with pytest.raises(NotesWanted) as wanted:
        ws.review(P)
    assert "person" not in wanted.value.ledgers and "hotline_report" in wanted.value.ledgers
    assert all(asked_for(ws.library.ledgers[ledger]) for ledger in wanted.value.ledgers)
    with pytest.raises(ExplanationError):
        ws.note_zero(P, "无")
    ws.note_zero(P, "本街道没有热线来件", ["hotline_report"])
    assert ws.note_zero(P, NOTE) == len(wanted.value.ledgers) - 1
    ws.review(P)


def test_notes_of_an_earlier_period_may_be_taken_over(ws):
    count = ws.note_zero("2017Q2", NOTE)
    assert {n.before for n in ws.zero_notes(P)} == {NOTE} and not any(n.text for n in ws.zero_notes(P))
    assert ws.take_over_zero_notes(P) == count and all(n.text == NOTE for n in ws.zero_notes(P))


def test_a_ledger_with_records_takes_no_note(ws):
    ws.save("unit", [Edit(None, {"name": "北京甲公司"})])
    with pytest.raises(Exception, match="有记录"):
        ws.note_zero(P, NOTE, ["unit"])


# package --------------------------------------------------------------------------------------------------------


def test_the_package_carries_notes_explanations_list_number_and_masked_numbers(packed, office):
    ws, done = packed
    with zipfile.ZipFile(done.path) as package:
        assert NOTE in package.read("data/zero_notes.csv").decode()
        assert "138****5678" in package.read("data/person.csv").decode()
    made = manifest(done)
    assert (made.kind, made.seq, made.prev_sha256, made.amends, made.crl_number_seen) == ("full", 1, None, None, ws.trust().crl_number)
    assert ws.verify(done.path).valid and ws.report(P).state is State.PACKED


def test_numbers_in_full_are_the_officers_choice_encrypted_and_logged(ws, office, tmp_path):
    with pytest.raises(SubmissionError, match="必须加密"):
        make(ws, tmp_path, unmasked=True)
    name, code = DISTRICT
    closing = make_key(tmp_path / "closing", PASSPHRASE, name=name, street_code=code, purpose=ENCRYPTION, **CHEAP)
    office.authority.issue(make_request(closing), purpose=ENCRYPTION)
    (tmp_path / "new.uct").write_bytes(office.authority.state.content)
    ws.import_trust(tmp_path / "new.uct")
    done = make(ws, tmp_path, unmasked=True)
    with zipfile.ZipFile(done.path) as package:
        assert "13812345678" in package.read("data/person.csv").decode()
    assert ws.verify(done.path).valid and not ws.report(P).package.masked
    assert any(entry.verb == "unmask" for entry in ws.log())


def test_each_package_names_the_one_before(packed, tmp_path):
    ws, first = packed
    explain_all(ws)
    second = ws.submit("2017Q4", tmp_path / "out", lambda new: PASSPHRASE, zero_note=NOTE)
    assert manifest(second).prev_sha256 == first.sha256 and second.seq == 2


def test_a_package_taken_back_frees_its_number_and_its_file_is_set_aside(packed, tmp_path):
    ws, first = packed
    ws.withdraw(P)
    assert ws.report(P).state is State.DRAFT and not first.path.exists()
    again = make(ws, tmp_path)
    assert (again.seq, manifest(again).prev_sha256) == (1, None) and again.sha256 != first.sha256


def test_only_the_newest_package_may_be_taken_back(packed, tmp_path):
    ws, _done = packed
    ws.submit("2017Q4", tmp_path / "out", lambda new: PASSPHRASE, zero_note=NOTE)
    with pytest.raises(SubmissionError, match="不能撤回"):
        ws.withdraw(P)


def test_a_file_that_stands_is_never_written_over(packed, tmp_path):
    ws, done = packed
    content = done.path.read_bytes()
    ws.withdraw(P)
    done.path.write_bytes(content)
    with pytest.raises(SubmissionError, match="同名"):
        make(ws, done.path.parents[1])
    assert done.path.read_bytes() == content


def test_a_copy_is_the_very_bytes_and_a_changed_file_is_not_carried(packed, tmp_path):
    ws, done = packed
    assert ws.carry(P, tmp_path / "stick").read_bytes() == done.path.read_bytes()
    done.path.write_bytes(done.path.read_bytes()[:-1] + b"x")
    with pytest.raises(SubmissionError, match="被改过"):
        ws.carry(P, tmp_path / "stick2")


def test_a_change_made_while_packing_stops_the_package(ws, tmp_path):
    explain_all(ws)

    def change(words, done, total):
        if words == "签名":
            ws.save("person", [Edit(None, {"name": "王五"})])

    with pytest.raises(WrongStep, match="草稿"):
        ws.submit(P, tmp_path / "out", lambda new: PASSPHRASE, change, zero_note=NOTE)
    assert not list((tmp_path / "out").iterdir()) and not ws.packages() and ws.report(P).state is State.DRAFT


def test_where_the_district_named_a_certificate_the_file_to_carry_is_encrypted(ws, tmp_path, office):
    from unionclient.submission.encryption import decrypt
    from unionclient.submission.keys import load_key

    authority = new_authority(tmp_path / "ca")
    enrolled(authority, tmp_path / "sealing", DISTRICT, role="district", purpose="encryption")
    (ws.folder / "trust.uct").unlink()
    (tmp_path / "trust.uct").write_bytes(authority.trust())
    ws.import_trust(tmp_path / "trust.uct", authority.fingerprint)
    done = make(ws, tmp_path)
    assert done.carried.name == done.path.name + ".p7m" and ws.carry(P, tmp_path / "stick").name == done.carried.name
    assert decrypt(done.carried.read_bytes(), load_key(tmp_path / "sealing", PASSPHRASE)) == done.path.read_bytes()


@pytest.mark.parametrize("state", ["packed", "sent"])
def test_no_second_package_while_one_is_on_its_way(packed, tmp_path, state):
    ws, _done = packed
    if state == "sent":
        ws.send(P)
    with pytest.raises(WrongStep):
        make(ws, tmp_path)
    with pytest.raises(WrongStep):
        amend(ws, tmp_path)


def test_an_unchecked_export_is_no_submission(ws, tmp_path):
    ws.save("unit", [Edit(None, {"name": "北京甲公司", "registered_on": "去年"})])
    path = ws.export_unchecked(tmp_path / "backup")
    verdict = ws.verify(path)
    assert not verdict.sound and "备份" in verdict.message
    with zipfile.ZipFile(path) as backup:
        assert "13812345678" in backup.read("data/person.csv").decode() and "去年" not in str(ws.reports())


# receipt --------------------------------------------------------------------------------------------------------


def test_an_accepting_receipt_moves_the_state_even_if_sending_was_not_marked(packed, tmp_path, office):
    ws, done = packed
    read = ws.import_receipt(office.answer(done, tmp_path / "r"))
    assert (read.state, read.again) == (State.ACCEPTED, False)
    assert [s.step for s in ws.report_steps(P)] == [Step.REVIEW, Step.PACK, Step.SEND, Step.ACCEPT]
    assert ws.import_receipt(tmp_path / "r").again and len(ws.report_steps(P)) == 4
    assert ws.verify_log().ok and [e.verb for e in ws.log() if e.ledger == "report"][:2] == ["accept", "send"]


def test_a_return_is_a_work_list_that_follows_the_cells(packed, tmp_path, office):
    ws, done = packed
    who = person(ws)
    ws.import_receipt(office.answer(
        done, tmp_path / "r", "returned", Remark("data/person.csv", "person", who, "phone", "电话是空号"),
        Remark("data/person.csv", "person", who, "name", "姓名与花名册不一致", severity="hint"), Remark("", "", "", "", "请附上说明")))
    assert ws.report(P).state is State.RETURNED
    items = ws.returned_items(P)
    assert [(i.ledger, i.label, i.field, i.done) for i in items] == [("person", "李四", "phone", False), ("person", "李四", "name", False), ("", "", "", False)]
    ws.save("person", [Edit(who, {"name": "李思"})])
    assert [i.done for i in ws.returned_items(P)] == [False, True, False]
    ws.undo()
    assert [i.done for i in ws.returned_items(P)] == [False, False, False]


def test_remarks_stand_in_the_check_until_mended_or_answered(packed, tmp_path, office):
    ws, done = packed
    who = person(ws)
    ws.import_receipt(office.answer(done, tmp_path / "r", "returned", Remark("data/person.csv", "person", who, "phone", "电话是空号")))
    found = [f for f in ws.check(period=P).findings if f.issue.rule == "R-RETURN"]
    assert [(f.issue.ledger, f.issue.record, f.issue.fields, f.issue.level) for f in found] == [("person", who, ("phone",), "explain")]
    with pytest.raises(Blocked):
        ws.review(P)
    ws.explain(found, "打过电话，号码没有错")
    ws.review(P)
    second = ws.amend(P, tmp_path / "out", lambda new: PASSPHRASE, "退回的意见已逐条答复")
    with zipfile.ZipFile(second.path) as package:
        assert "打过电话，号码没有错" in package.read("data/explanations.csv").decode()


def test_an_amendment_names_what_it_amends_and_leaves_the_sent_file_alone(packed, tmp_path, office):
    ws, first = packed
    sent = first.path.read_bytes()
    ws.import_receipt(office.answer(first, tmp_path / "r1", "returned", Remark("data/person.csv", "person", person(ws), "phone", "电话是空号")))
    ws.save("person", [Edit(person(ws), {"phone": "13912345678"})])
    with pytest.raises(SubmissionError, match="更正"):
        make(ws, tmp_path)
    with pytest.raises(ExplanationError):
        amend(ws, tmp_path, "无")
    second = amend(ws, tmp_path, "改正李四的电话")
    made = manifest(second)
    assert (made.kind, made.seq, made.prev_sha256) == ("amendment", 2, first.sha256)
    assert (made.amends.package_id, made.amends.sha256, made.amends.reason) == (first.package_id, first.sha256, "改正李四的电话")
    assert first.path.read_bytes() == sent
    assert ws.import_receipt(office.answer(second, tmp_path / "r2")).state is State.REVISED
    assert [(p.seq, p.state_title) for p in ws.packages(P)] == [(2, "已接收"), (1, "已更正")] and not ws.returned_items()


def test_what_was_accepted_is_amended_with_a_reason(packed, tmp_path, office):
    ws, done = packed
    ws.import_receipt(office.answer(done, tmp_path / "r"))
    ws.reopen(P, "漏报了一个单位的电话")
    assert (ws.report(P).state, ws.report(P).correcting) == (State.DRAFT, "漏报了一个单位的电话")
    done = amend(ws, tmp_path, ws.report(P).correcting)
    assert (done.amends, ws.report(P).state) == (1, State.PACKED)


def test_a_rejected_package_leaves_its_number_to_the_next(packed, tmp_path, office):
    ws, done = packed
    read = ws.import_receipt(office.answer(done, tmp_path / "r", "rejected", next_seq=1, note="证书没有登记"))
    assert read.state is State.RETURNED and ws.report(P).package is None
    done.path.rename(tmp_path / "old")
    again = make(ws, tmp_path)
    assert (again.seq, manifest(again).prev_sha256, manifest(again).kind) == (1, None, "full")


def test_a_repeated_receipt_moves_nothing(packed, tmp_path, office):
    ws, done = packed
    ws.send(P)
    assert ws.import_receipt(office.answer(done, tmp_path / "r", "duplicate")).state is State.SENT


@pytest.mark.parametrize(("how", "words"), [
    ({"street": "110101014"}, "别的街道"), ({"package_id": "11111111-1111-4111-8111-111111111111"}, "没有找到"), ({"package_sha256": "a" * 64}, "不是同一个文件")])
def test_a_receipt_for_something_else_is_refused(packed, tmp_path, office, how, words):
    ws, done = packed
    with pytest.raises(SubmissionError, match=words):
        ws.import_receipt(office.answer(done, tmp_path / "r", **how))
    assert ws.report(P).state is State.PACKED


def test_a_street_cannot_write_itself_a_receipt(packed, tmp_path, office):
    ws, done = packed
    stranger = enrolled(office.authority, tmp_path / "other", OTHER)
    with pytest.raises(SubmissionError, match="不是区总工会签的"):
        ws.import_receipt(office.answer(done, tmp_path / "r", key=stranger))
    assert ws.report(P).state is State.PACKED


def test_without_a_trust_file_no_receipt_is_believed(packed, tmp_path, office):
    ws, done = packed
    (ws.folder / "trust.uct").unlink()
    with pytest.raises(SubmissionError, match="信任文件"):
        ws.import_receipt(office.answer(done, tmp_path / "r"))


def test_whatever_is_tried_the_report_follows_the_machine(workspace):
    store, random, state, taken = workspace._store, Random(5), State.DRAFT, 0
    for _ in range(400):
        step = random.choice(list(Step))
        if step is Step.CHANGE:   # not taken by hand: a ledger changes
            workspace.save("person", [Edit(None, {"name": "王五"})])
            state = State.DRAFT if state is State.REVIEWED else state
        elif may(state, step):
            with store.transaction():
                reporting.take(store, "张三", P, step)
            state, taken = after(state, step), taken + 1
        else:
            with pytest.raises(WrongStep), store.transaction():
                reporting.take(store, "张三", P, step)
        assert workspace.report(P).state is state
    assert taken > 40 and workspace.verify_log().ok
    assert {s.step for s in workspace.report_steps(P)} == set(Step)


def test_steps_are_append_only(packed):
    ws, _done = packed
    for statement in ("DELETE FROM report_step", "UPDATE report_step SET state = 'accepted'"):
        with pytest.raises(Exception, match="append-only"):
            ws._store.connection.execute(statement)
