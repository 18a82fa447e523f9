"""The inbox: what is taken in, what is refused and why, what an answer does."""

import json
import shutil
import subprocess

import pytest
from district.town import PASSPHRASE, digest, enrolled, said, units_table

from unionclient.definition.faults import SubmissionError
from unionclient.submission import receipt as receipts
from unionclient.submission.manifest import Amends
from unionclient.submission.receipt import Remark
from unionclient.workspace import Workspace
from unionclient.workspace.district import District


def test_a_sound_package_is_received_and_leaves_the_inbox(town):
    district, street, _ = town
    package = street.pack()
    dropped, = district.drop([package])
    entry, = district.inbox()
    assert (entry.verdict, entry.street, entry.period, entry.seq) == ("valid", "110101013", "2017Q3", 1)
    taken = district.receive(dropped)
    assert (taken.outcome, taken.exit_code) == ("received", 0)
    assert not dropped.exists()
    assert district.package_path(taken.package.sha256).read_bytes() == package.read_bytes()
    assert [each.state_title for each in district.packages(street="110101013")] == ["待答复"]


def test_the_same_package_is_not_taken_twice_and_its_receipt_is_shown_again(town):
    district, street, _ = town
    package = street.pack()
    district.receive(package)
    answer = district.accept(digest(package), said)
    again = district.receive(package)
    assert (again.outcome, again.exit_code, again.receipt) == ("duplicate", 4, answer)


@pytest.mark.parametrize(("what", "exit_code"), [("gap", 4), ("fork", 4), ("replay", 4)])
def test_a_package_out_of_order_is_refused(town, what, exit_code):
    district, street, _ = town
    for _ in range(2):
        district.receive(street.pack())
    if what == "gap":
        package = street.pack(seq=5)
    elif what == "fork":
        package = street.pack(seq=3, prev="f" * 64)
    else:
        package = street.pack(seq=1, prev=None)
    refused = district.receive(package)
    assert (refused.outcome, refused.exit_code, refused.package) == ("refused", exit_code, None)
    assert package.exists() and len(district.packages()) == 2


def test_a_package_signed_by_another_street_is_refused(town):
    district, street, other = town
    refused = district.receive(street.pack(key=other.key, code=other.code, seq=1, prev=None))
    assert refused.outcome == "received"        # the other street's own package, whoever carried it
    changed = bytearray(other.pack().read_bytes())
    changed[200] ^= 1
    (other.folder / "bad.asice").write_bytes(bytes(changed))
    assert district.receive(other.folder / "bad.asice").exit_code in (1, 3)


def test_a_revoked_certificate_is_refused_from_then_on(town):
    district, street, _ = town
    first, second = street.pack(), street.pack()
    assert district.receive(first).outcome == "received"
    district.revoke(next(each for each in district.register() if each.body.code == street.code).fingerprint, "keyCompromise", PASSPHRASE)
    refused = district.receive(second)
    assert (refused.outcome, refused.exit_code) == ("refused", 2)
    assert next(each for each in district.register() if each.body.code == street.code).revoked


def test_a_return_names_the_cells_and_the_next_number(town):
    district, street, _ = town
    package = street.pack()
    district.receive(package)
    district.add_remark(digest(package), Remark("data/unit.csv", "unit", "u1", "name", "单位名称与证照不符", "UN001"))
    path = district.return_(digest(package), said, note="请月底前改好")
    receipt = receipts.read(path.read_bytes(), district.trust, digest(package))
    assert (receipt.verdict, receipt.next_seq, receipt.head_sha256) == ("returned", 2, None)
    assert [(each.sheet, each.row_key, each.cell) for each in receipt.returns] == [("unit", "u1", "name")]
    assert (district.folder / "returned" / street.code / district.package(digest(package)).file).exists()
    with pytest.raises(SubmissionError, match="已经答复过"):
        district.accept(digest(package), said)


def test_a_return_without_a_reason_is_refused(town):
    district, street, _ = town
    package = street.pack()
    district.receive(package)
    with pytest.raises(SubmissionError, match="没有写明理由"):
        district.return_(digest(package), said)


def test_an_amendment_follows_the_accepted_package(town):
    district, street, _ = town
    first = street.pack(figures={"T1-01": (3, None, 5)})
    taken = district.receive(first).package
    district.accept(taken.sha256, said)
    second = street.pack(figures={"T1-01": (4, None, 6)}, amends=Amends(taken.package_id, taken.sha256, "漏报一家"))
    entry, beforehand = district.preview(second)
    assert entry.receivable and [each.id for each in beforehand] == ["T1-01"] and len(district.packages()) == 1
    reception = district.receive(second)
    assert reception.outcome == "received"
    assert [(each.id, each.before, each.after) for each in reception.differences] == [("T1-01", (3, None), (4, None))]
    receipt = receipts.read(district.accept(digest(second), said).read_bytes(), district.trust)
    assert (receipt.next_seq, receipt.head_sha256) == (3, digest(second))


def test_the_receipt_can_be_printed(town, tmp_path):
    from unionclient.submission.pades import check_pdf
    from datetime import UTC, datetime

    district, street, _ = town
    package = street.pack(tables=[units_table([("u1", "北京甲有限公司", None)])])
    district.receive(package)
    district.return_(digest(package), said, remarks=[Remark("data/unit.csv", "unit", "u1", "name", "单位名称与证照不符")])
    page = district.receipt_pdf(digest(package), tmp_path / "receipt.pdf").read_bytes()
    assert check_pdf(page, moment=datetime.now(UTC))
    tool = shutil.which("pdftotext")
    if tool:
        told = subprocess.run([tool, "-raw", str(tmp_path / "receipt.pdf"), "-"], capture_output=True, check=True).stdout.decode("utf-8")
        assert "北京甲有限公司" in told and "退回修改" in told


@pytest.mark.parametrize("label", ["../../outside", "2017Q2", "第三季度"])
def test_a_period_that_is_no_period_code_is_refused(town, label):
    district, street, _ = town
    refused = district.receive(street.pack(label=label))
    assert (refused.outcome, refused.exit_code) == ("refused", 1) and "时期" in refused.message
    assert not list(district.folder.rglob("received/**/*.asice"))


def test_what_is_no_package_gets_a_verdict(town):
    district, _, _ = town
    (district.inbox_folder / "letter.asice").write_bytes(b"no container at all")
    entry, = district.inbox()
    assert entry.verdict in ("invalid", "unsafe") and entry.message
    assert district.receive(entry.path).outcome == "refused" and entry.path.exists()


def test_a_power_cut_between_book_and_file_is_mended_on_opening(town):
    district, street, _ = town
    package = street.pack()
    district.receive(package)
    district.accept(digest(package), said)
    right = district.package_path(digest(package))
    wrong = district.folder / "received" / street.code / right.name
    shutil.move(right, wrong)
    folder = district.folder
    district.close()
    with District.open(folder):
        assert right.exists() and not wrong.exists()


def test_every_act_is_in_the_log(town):
    district, street, _ = town
    package = street.pack()
    district.receive(package)
    district.accept(digest(package), said)
    assert [each.verb for each in district.log(2)] == ["accept", "receive"]
    assert district.verify_log().ok


def test_a_street_folder_is_no_district(tmp_path, workspace):
    assert not District.is_district(workspace.folder)


def test_facts_are_plain_json(town):
    from unionclient.workspace.district.facts import facts_of

    district, street, _ = town
    shutil.copy(street.pack(), district.inbox_folder)
    assert json.loads(json.dumps(facts_of(district.inbox())))[0]["period"] == "2017Q3"


def test_a_further_reporting_body_hands_in_like_a_street(town, tmp_path):
    district, *_ = town
    body = enrolled(district, tmp_path / "D01", "D01", "东城园工会联合会")
    package = body.pack()
    assert district.receive(package).outcome == "received"
    district.accept(digest(package), said)
    district.consolidate()
    state = next(each for each in district.register() if each.body.code == "D01")
    assert (state.body.kind, state.last.seq, state.waiting) == ("body", 1, 0) and state.certificate_ends
    assert district.figures("2017Q3")[0].parts[0].name == "东城园工会联合会"
    with Workspace.create(tmp_path / "store", street="D01", officer="张三") as workspace:
        assert workspace.street.title == "东城园工会联合会"
