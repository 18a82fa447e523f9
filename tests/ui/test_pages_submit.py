"""The submit page: a period's report walked from draft to an accepted amendment, as an officer does it."""

import hashlib
import shutil
from datetime import UTC, datetime

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)
from submission.bench import PASSPHRASE
from submission.trusting import DISTRICT, enrolled, new_authority

from unionclient.submission import receipt as receipts
from unionclient.submission.receipt import Receipt, Remark
from unionclient.ui import ask
from unionclient.ui.views.pack_dialog import Order, PackDialog
from unionclient.ui.views.submit_page import FINDINGS, PACKAGES, RETURNS, ZERO, SubmitPage
from unionclient.workspace import Edit
from unionclient.workspace.submitting import KEY_FILE

NOTE = "本期没有发生这项工作"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The district: (authority, its key, the street's key file, trust file)."""
    folder = tmp_path_factory.mktemp("office")
    authority = new_authority(folder / "ca")
    key = enrolled(authority, folder / "district", DISTRICT, role="district")
    enrolled(authority, folder / "street")
    (folder / "trust.uct").write_bytes(authority.trust())
    return authority, key, folder / "street", folder / "trust.uct"


@pytest.fixture
def page(desk, stage, office, tmp_path):
    """The page of a street with a key and one person, with all it does in a folder of the test."""
    shutil.copy(office[2], desk.ws.folder / KEY_FILE)
    desk.ws.import_trust(office[3], office[0].fingerprint)
    desk.ws.save("person", [Edit(None, {"name": "李四", "phone": "13812345678"})])
    made = stage(SubmitPage)
    made._set_folder(tmp_path / "out")
    return made


@pytest.fixture
def said(monkeypatch):
    """What would have been said in a dialog."""
    heard = []
    monkeypatch.setattr(ask, "fault", lambda parent, error: heard.append(error.what))
    monkeypatch.setattr(ask, "tell", lambda parent, title, text, more="": heard.append(text))
    return heard


def press(page, qtbot, name):
    made = page.track.buttons[name]
    assert made.isVisible(), name
    made.click()
    done(page.desk, qtbot)


def offered(page):
    return [name for name, made in page.track.buttons.items() if made.isVisible()]


def ready(page, qtbot):
    """All explained, all noted, reviewed."""
    page.desk.ws.explain([f for f in page.desk.ws.check(period=page.period.code).findings if f.open], "照单位送来的名册登记")
    page.desk.ws.note_zero(page.period.code, NOTE)
    page.refresh(None)
    done(page.desk, qtbot)
    press(page, qtbot, "review")


def pack(page, qtbot, reason=""):
    page._pack(Order(PASSPHRASE, reason, False))
    done(page.desk, qtbot)


def answer(page, office, path, verdict, *remarks):
    package, key = page.desk.ws.report(page.period.code).package, office[1]
    path.write_bytes(receipts.write(Receipt(
        package.id, package.sha256, "110101013", package.seq, package.period, verdict, datetime.now(UTC).replace(microsecond=0), package.seq + 1,
        None, hashlib.sha256(key.certificate).hexdigest(), returns=remarks), key))
    return path


def test_a_fresh_period_is_a_draft_to_be_reviewed(page):
    assert page.track.marks[0].text() == "● 草稿" and offered(page) == ["review"]
    assert texts(page.periods)[0][1] == "草稿" and "还没有检查过" in page.note.text()


def test_open_questions_are_listed_and_stop_the_review(page, desk, qtbot, said):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲公司", "uscc": "错"})])
    press(page, qtbot, "review")
    assert "不能报送" in page.track.said.text() and page.lists.currentIndex() == FINDINGS and not said
    assert {row[0] for row in texts(page.findings.table)} >= {"必须改正", "需要说明"}


def test_what_may_be_explained_is_explained_here(page, desk, qtbot):
    desk.ws.save("unit", [Edit(None, {"name": "北京甲公司"})])
    press(page, qtbot, "review")
    page.findings.table.selectAll()
    page.findings.text.setText("单位还没有送来证照")
    page.findings.keep.click()
    done(desk, qtbot)
    assert not texts(page.findings.table) and page.lists.tabText(FINDINGS) == "要改正和说明"


def test_a_double_click_goes_to_the_cell(page, desk, qtbot):
    unit = desk.ws.save("unit", [Edit(None, {"name": "北京甲公司", "uscc": "错"})]).ledgers["unit"][0][0]
    press(page, qtbot, "review")
    heard = Heard()
    desk.asked.connect(heard.take)
    finding = next(f for f in page.desk.ws.last_check().findings if f.issue.fields == ("uscc",))
    page.findings.table.chosen.emit(finding)
    assert (heard.all[0].page, dict(heard.all[0].place)) == ("unit", {"record": unit, "field": "uscc"})


def test_empty_ledgers_are_noted_one_by_one_or_together(page, desk, qtbot):
    desk.ws.explain([f for f in desk.ws.check(period=page.period.code).findings if f.open], "照单位送来的名册登记")
    press(page, qtbot, "review")
    assert page.lists.currentIndex() == ZERO and "零报告说明" in page.track.said.text()
    count = len(texts(page.zero.table))
    page.zero.table.selectRow(0)
    page.zero.text.setCurrentText("本街道没有这类单位和人员")
    page.zero.chosen.click()
    done(desk, qtbot)
    assert page.lists.tabText(ZERO) == f"空白台账（{count - 1}）"
    page.zero.rest.click()
    done(desk, qtbot)
    assert page.lists.tabText(ZERO) == "空白台账" and all(row[1] != "还没有说明" for row in texts(page.zero.table))


def test_an_empty_phrase_is_no_note(page, desk, qtbot, said):
    page.zero.text.setCurrentText("无")
    page.zero.rest.click()
    done(desk, qtbot)
    assert said and "没有说明原因" in said[0]


def test_packed_carried_sent_and_accepted(page, desk, qtbot, office, tmp_path, monkeypatch):
    ready(page, qtbot)
    assert page.track.marks[1].text() == "● 已审核" and "pack" in offered(page)
    pack(page, qtbot)
    assert page.lists.currentIndex() == PACKAGES and offered(page) == ["withdraw", "carry", "send"] and page.made.path.name in page.track.said.text()
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(ask, "folder", lambda parent, title, start, then: then(tmp_path / "stick"))
    press(page, qtbot, "carry")
    assert (tmp_path / "stick" / page.made.path.name).read_bytes() == page.made.path.read_bytes()
    press(page, qtbot, "send")
    assert page.track.marks[3].text() == "● 待回执"
    page._import(answer(page, office, tmp_path / "RCPT-1.asice", "accepted"))
    done(desk, qtbot)
    assert page.track.marks[4].text() == "● 已接收" and "✓" in page.track.said.text()
    assert [row[1] for row in texts(page.past.steps)] == ["接收", "送出", "打包", "审核"]


def test_returned_mended_amended_accepted(page, desk, qtbot, office, tmp_path, monkeypatch):
    ready(page, qtbot)
    pack(page, qtbot)
    who = desk.ws.records("person")[0].id
    page._import(answer(page, office, tmp_path / "RCPT-1.asice", "returned", Remark("data/person.csv", "person", who, "phone", "电话是空号")))
    done(desk, qtbot)
    assert page.track.marks[4].text() == "● 退回修改" and page.lists.currentIndex() == RETURNS
    assert texts(page.returns.table) == [["✗ 待改", "人员信息", "李四", "手机号", "电话是空号"]] or texts(page.returns.table)[0][0] == "✗ 待改"
    heard = Heard()
    desk.asked.connect(heard.take)
    page.returns.table.chosen.emit(page.shown.items[0])
    assert dict(heard.all[0].place) == {"record": who, "field": "phone"}
    desk.ws.save("person", [Edit(who, {"phone": "13912345678"})])
    ready(page, qtbot)
    assert texts(page.returns.table)[0][0] == "✓ 已改" and page.track.buttons["pack"].text() == "生成更正包…"
    asked = Heard()
    monkeypatch.setattr("unionclient.ui.views.submit_page.PackDialog", lambda *a: asked.take(a) or _Opened())
    page.track.buttons["pack"].click()
    assert asked.all[0][2:4] == (1, "按区总工会退回意见改正")
    pack(page, qtbot, "改正李四的电话")
    page._import(answer(page, office, tmp_path / "RCPT-2.asice", "accepted"))
    done(desk, qtbot)
    assert page.track.marks[4].text() == "● 已更正"
    assert [row[:3] for row in texts(page.past.table)] == [["2", "已接收", "更正第1号"], ["1", "已更正", "报送"]]


class _Opened:
    def open(self):
        return None


def test_an_accepted_report_is_corrected_with_a_reason(page, desk, qtbot, office, tmp_path, monkeypatch):
    ready(page, qtbot)
    pack(page, qtbot)
    page._import(answer(page, office, tmp_path / "RCPT-1.asice", "accepted"))
    done(desk, qtbot)
    monkeypatch.setattr(ask, "line", lambda parent, title, words, then, *, least=1: then("漏报了一个单位的电话"))
    press(page, qtbot, "reopen")
    assert page.track.marks[0].text() == "● 草稿" and "漏报了一个单位的电话" in page.track.todo.text()


def test_a_package_not_handed_over_may_be_taken_back(page, desk, qtbot, monkeypatch):
    ready(page, qtbot)
    pack(page, qtbot)
    monkeypatch.setattr(ask, "confirm", lambda parent, title, text, then, **more: then())
    press(page, qtbot, "withdraw")
    assert page.track.marks[0].text() == "● 草稿" and not texts(page.past.table)


def test_a_backup_says_that_it_is_no_submission(page, desk, qtbot, tmp_path, monkeypatch, said):
    monkeypatch.setattr(ask, "folder", lambda parent, title, start, then: then(tmp_path / "backup"))
    page.past.backup.click()
    done(desk, qtbot)
    assert said and next((tmp_path / "backup").iterdir()).name in said[0]


@pytest.mark.parametrize(("first", "second", "reason", "may"), [
    ("12345678", "12345678", "改正单位名称", True), ("12345678", "1234567", "改正单位名称", False), ("12345678", "12345678", "改名", False)])
def test_the_dialog_asks_for_all_it_needs(page, first, second, reason, may):
    heard = Heard()
    dialog = PackDialog("2017年", True, 1, "", heard.take, page)
    dialog.first.setText(first)
    dialog.second.setText(second)
    dialog.reason.setText(reason)
    assert dialog.ok.isEnabled() is may and not dialog.unmasked.isChecked()
    dialog.ok.click()
    assert heard.all == ([Order(first, reason, False)] if may else [])


def test_the_dialog_is_freed_on_close(page, qtbot):
    dialog = PackDialog("2017年", False, None, "", Heard().take, page)
    dialog.open()
    dialog.first.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.destroyed, timeout=2000):
        dialog.reject()
    assert page.findChild(PackDialog) is None


def test_a_package_is_verified_on_the_page(page, desk, qtbot):
    ready(page, qtbot)
    pack(page, qtbot)
    page.verify(page.made.path)
    done(desk, qtbot)
    assert page.verdict.text().startswith("✓ ") and all(row[0] != "✗ 不通过" for row in texts(page.checks))


def test_a_file_that_is_no_package_fails_its_verification(page, desk, qtbot, tmp_path):
    file = tmp_path / "x.zip"
    file.write_bytes(b"nothing")
    page.verify(file)
    done(desk, qtbot)
    assert page.verdict.text().startswith("✗ ") and any(row[0] == "✗ 不通过" for row in texts(page.checks))
