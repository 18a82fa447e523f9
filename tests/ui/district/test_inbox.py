"""The inbox: files brought, judged and taken in; packages looked into, answered, their receipts carried away."""

import pytest
from district.town import PASSPHRASE, units_table
from page_stage import done, texts


@pytest.fixture
def inbox(window):
    return window.pages["inbox"]


@pytest.fixture
def brought(window, inbox, town, qtbot):
    """A sound package and a broken file in the inbox."""
    _, street, _ = town
    package = street.pack(tables=[units_table([("a", "甲公司", "91110101MA00A1B2X8"), ("b", "乙公司", None)])])
    broken = street.folder / "坏.asice"
    broken.write_bytes(package.read_bytes()[:500])
    (street.folder / "说明.txt").write_text("x")
    (street.folder / "sub").mkdir()
    package.rename(street.folder / "sub" / package.name)
    inbox.bring([street.folder])
    done(window.desk, qtbot)
    return street


def take_all(window, inbox, qtbot):
    inbox.arrivals.take_all.click()
    done(window.desk, qtbot)


def answer(inbox, note=""):
    from unionclient.ui.district.answer_dialog import AnswerDialog

    dialog = next(d for d in inbox.findChildren(AnswerDialog) if d.isVisible())
    dialog.note.setPlainText(note)
    dialog.words.setText(PASSPHRASE)
    dialog.ok.click()


def test_of_a_folder_the_packages_are_brought_and_judged(inbox, brought):
    rows = texts(inbox.arrivals.table)
    assert [row[:4] for row in rows] == [["可以收下", "东花市街道", "2017年第3季度", "1"], ["无效", "—", "—", "—"]] or rows[1][0] == "不安全"
    assert inbox.tabs.tabText(0) == "收到的文件（2）" and texts(inbox.arrivals.checks)[0][0] == "通过"


def test_a_sound_package_is_taken_in_and_the_broken_one_stays(window, inbox, brought, told, qtbot):
    take_all(window, inbox, qtbot)
    assert [row[:3] for row in texts(inbox.kept.table)] == [["待答复", "东花市街道", "2017年第3季度"]]
    assert inbox.tabs.currentIndex() == 1 and len(inbox.arrivals.table.rows.items) == 1
    assert window.ws.packages()[0].state == "received"


def test_a_file_that_is_none_is_put_aside(window, inbox, brought, told, qtbot):
    inbox.arrivals.table.selectRow(1)
    inbox.arrivals.away.click()
    done(window.desk, qtbot)
    assert [row[0] for row in texts(inbox.arrivals.table)] == ["可以收下"] and (window.ws.folder / "refused" / "坏.asice").is_file()


def test_accepting_signs_a_receipt_that_is_carried_away(window, inbox, brought, told, qtbot):
    take_all(window, inbox, qtbot)
    inbox.kept.accept.click()
    answer(inbox, "谢谢")
    done(window.desk, qtbot)
    assert texts(inbox.kept.table)[0][0] == "已接收" and inbox.kept.save.isVisible() and not inbox.kept.accept.isVisible()
    inbox.kept.save.click()
    done(window.desk, qtbot)
    assert {path.suffix for path in told.folder.iterdir()} == {".asice", ".pdf"}


def test_a_receipt_is_opened_to_be_printed(window, inbox, brought, told, qtbot, monkeypatch):
    from unionclient.ui.district import inbox_page

    seen = []
    monkeypatch.setattr(inbox_page, "show_file", seen.append)
    take_all(window, inbox, qtbot)
    inbox.kept.accept.click()
    answer(inbox)
    done(window.desk, qtbot)
    inbox.kept.paper.click()
    done(window.desk, qtbot)
    assert seen[0].suffix == ".pdf" and seen[0].read_bytes().startswith(b"%PDF")


def test_a_remark_on_a_cell_goes_into_the_return(window, inbox, brought, told, qtbot):
    from unionclient.ui.district.remark_dialog import RemarkDialog

    take_all(window, inbox, qtbot)
    inbox.kept.add.click()
    done(window.desk, qtbot)
    dialog = inbox.findChild(RemarkDialog)
    dialog.search.setText("乙公司")
    dialog.cells.selectRow([cell[0] for cell in dialog.cells.rows.items].index("单位名称"))
    dialog.message.setText("名称与营业执照不符")
    dialog.note.click()
    done(window.desk, qtbot)
    dialog.reject()
    row = texts(inbox.kept.remarks)[0]
    assert row[0] == "必须改" and row[1] == "单位基本信息" and row[2].startswith("乙公司") and row[3:] == ["单位名称", "名称与营业执照不符"]
    inbox.kept.back.click()
    answer(inbox)
    done(window.desk, qtbot)
    assert window.ws.packages()[0].state == "returned" and not inbox.kept.drop.isEnabled()


def test_a_return_without_reason_is_not_offered(window, inbox, brought, told, qtbot):
    from unionclient.ui.district.answer_dialog import AnswerDialog

    take_all(window, inbox, qtbot)
    inbox.kept.back.click()
    dialog = inbox.findChild(AnswerDialog)
    dialog.words.setText(PASSPHRASE)
    assert not dialog.ok.isEnabled()
    dialog.note.setPlainText("数字与上期相差太大，请核对")
    assert dialog.ok.isEnabled()
    dialog.reject()


def test_a_package_is_held_against_the_one_accepted_before(window, inbox, brought, told, qtbot, town):
    take_all(window, inbox, qtbot)
    inbox.kept.accept.click()
    answer(inbox)
    done(window.desk, qtbot)
    inbox.bring([brought.pack("2017Q4", figures={"T1-01": (7, None, 9)})])
    done(window.desk, qtbot)
    take_all(window, inbox, qtbot)
    rows = texts(inbox.kept.differences)
    assert ["指标", "T1-01 T1-01", "3", "7", "+4"] in rows and any(row[0] == "行数" and row[3] == "没有" for row in rows)


def test_several_of_one_street_are_taken_in_order(window, inbox, town, told, qtbot):
    _, street, _ = town
    inbox.bring([street.pack("2017Q3"), street.pack("2017Q4")])
    done(window.desk, qtbot)
    assert [row[0] for row in texts(inbox.arrivals.table)] == ["可以收下", "顺序不对"]
    take_all(window, inbox, qtbot)
    assert len(window.ws.packages()) == 2 and not told


def test_several_are_accepted_with_one_passphrase(window, inbox, town, told, qtbot):
    _, street, other = town
    inbox.bring([street.pack("2017Q3"), street.pack("2017Q4"), other.pack("2017Q3")])
    done(window.desk, qtbot)
    take_all(window, inbox, qtbot)
    inbox.kept.table.selectAll()
    done(window.desk, qtbot)
    assert inbox.kept.accept.text() == "接收选中的 3 个…" and not inbox.kept.back.isVisible()
    inbox.kept.accept.click()
    answer(inbox)
    done(window.desk, qtbot)
    assert {each.state for each in window.ws.packages()} == {"accepted"} and not told


def test_a_file_is_held_against_the_last_before_it_is_taken_in(window, inbox, brought, told, qtbot):
    take_all(window, inbox, qtbot)
    inbox.kept.accept.click()
    answer(inbox)
    done(window.desk, qtbot)
    inbox.bring([brought.pack("2017Q4", figures={"T1-01": (7, None, 9)})])
    done(window.desk, qtbot)
    inbox.arrivals.lists.setCurrentIndex(1)
    done(window.desk, qtbot)
    assert ["指标", "T1-01 T1-01", "3", "7", "+4"] in texts(inbox.arrivals.differences) and len(window.ws.packages()) == 1


def test_an_encrypted_package_is_opened_with_the_passphrase(window, inbox, town, told, qtbot, tmp_path):
    from unionclient.submission.encryption import encrypt

    district, street, _ = town
    package = street.pack()
    closed = tmp_path / f"{package.name}.p7m"
    closed.write_bytes(encrypt(package.read_bytes(), [district.trust.encryption]))
    inbox.bring([closed])
    done(window.desk, qtbot)
    assert texts(inbox.arrivals.table)[0][0] == "已加密" and inbox.arrivals.take.isEnabled()
    inbox.arrivals.take.click()
    done(window.desk, qtbot)
    assert told == ["打开加密的报送包"] and texts(inbox.kept.table)[0][1] == "东花市街道"
