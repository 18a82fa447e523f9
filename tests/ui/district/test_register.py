"""Streets and certificates: the authority is set up, a request compared and answered, a certificate revoked."""

import pytest
from district.town import CHEAP, PASSPHRASE
from page_stage import done, texts

from unionclient.ui.district.issue_dialog import IssueDialog
from unionclient.ui.district.revoke_dialog import RevokeDialog


@pytest.fixture
def register(window, qtbot):
    window.show_page("register")
    done(window.desk, qtbot)
    return window.pages["register"]


@pytest.fixture
def request_file(tmp_path):
    from unionclient.submission.keys import make_key
    from unionclient.submission.requests import make_request

    path = tmp_path / "申请.p10"
    path.write_bytes(make_request(make_key(tmp_path / "k.json", PASSPHRASE, name="东四街道总工会", street_code="110101005", **CHEAP)))
    return path


def row_of(register, code):
    return next(row for row in texts(register.table) if row[0] == code)


def test_every_body_stands_there_with_its_certificate(register):
    rows = texts(register.table)
    assert len(rows) == 21 and row_of(register, "110101013")[3] == "有效"
    assert sum(row[3] == "还没有申请" for row in rows) == 19 and "2 个有证书" in register.note.text()


def test_a_certificate_is_issued_only_after_the_telephone(window, register, request_file, told, qtbot):
    name = row_of(register, "110101005")[1]
    register.read_request(request_file)
    done(window.desk, qtbot)
    dialog = register.findChild(IssueDialog)
    dialog.words.setText(PASSPHRASE)
    assert not dialog.ok.isEnabled()
    dialog.compared.setChecked(True)
    dialog.ok.click()
    done(window.desk, qtbot)
    assert row_of(register, "110101005")[1:4] == [name, "街道", "有效"]
    assert {path.suffix for path in told.folder.iterdir()} == {".cer", ".uct"}


def test_a_revoked_certificate_is_marked(window, register, told, qtbot):
    register.table.selectRow([row[0] for row in texts(register.table)].index("110101009"))
    register.revoke.click()
    dialog = register.findChild(RevokeDialog)
    assert dialog.reason.count() == 6
    dialog.words.setText(PASSPHRASE)
    dialog.ok.click()
    done(window.desk, qtbot)
    assert row_of(register, "110101009")[3] == "已吊销" and not register.revoke.isEnabled()


def test_what_is_no_request_is_said(window, register, told, qtbot, tmp_path):
    (tmp_path / "x.p10").write_text("x")
    register.read_request(tmp_path / "x.p10")
    done(window.desk, qtbot)
    assert told and register.findChild(IssueDialog) is None


def test_the_trust_file_is_carried_away(window, register, told, qtbot):
    register.trust.carry.click()
    done(window.desk, qtbot)
    assert (told.folder / "trust.uct").read_bytes() == (window.ws.folder / "trust.uct").read_bytes()


def test_without_an_authority_it_offers_to_set_one_up(look, qtbot, tmp_path, told, monkeypatch):
    from unionclient.ui.config import Config
    from unionclient.ui.district.window import DistrictWindow
    from unionclient.workspace.district import District, keeping

    real = keeping.set_up
    monkeypatch.setattr(keeping, "set_up", lambda store, words: real(store, words, **CHEAP))
    with District.create(tmp_path / "new", officer="李四") as district:
        window = DistrictWindow(district, Config(), look)
        window.show_page("register")
        done(window.desk, qtbot)
        page = window.pages["register"]
        assert page.trust.make.isVisibleTo(page) and not page.issue.isEnabled()
        page.trust.make.click()
        done(window.desk, qtbot)
        assert not page.trust.make.isVisibleTo(page) and page.issue.isEnabled() and district.has_key
        window.close()
        window.deleteLater()


def test_the_trust_file_of_an_authority_elsewhere_is_compared_and_taken(town, look, qtbot, tmp_path, told, monkeypatch):
    from unionclient.ui import ask
    from unionclient.ui.config import Config
    from unionclient.ui.district.window import DistrictWindow
    from unionclient.workspace.district import District

    elsewhere = town[0]
    typed = iter(["0" * 64, elsewhere.trust.signed_by.upper()])
    monkeypatch.setattr(ask, "line", lambda parent, title, label, then, least=1: then(next(typed)))
    with District.create(tmp_path / "new", officer="李四") as district:
        window = DistrictWindow(district, Config(), look)
        window.show_page("register")
        done(window.desk, qtbot)
        page = window.pages["register"]
        told.file = elsewhere.folder / "trust.uct"
        page.trust.bring.click()
        done(window.desk, qtbot)
        assert district.trust is None and len(told) == 1
        page.trust.bring.click()
        done(window.desk, qtbot)
        assert district.trust.signed_by == elsewhere.trust.signed_by and not page.issue.isEnabled()
        window.close()
        window.deleteLater()


def test_the_key_for_encrypted_packages_is_changed(window, register, told, qtbot):
    before = window.ws.trust.encryption
    register.trust.encryption.click()
    done(window.desk, qtbot)
    assert window.ws.trust.encryption != before and told == ["换加密钥匙"]
