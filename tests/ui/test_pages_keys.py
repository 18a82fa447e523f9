"""The keys page: key and request are made, certificate and trust file come in, and each state shows the deeds that fit it."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage  # noqa: F401 (fixtures)
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from unionclient.submission import keys
from unionclient.ui import ask
from unionclient.ui.views import keys_page, keys_token
from unionclient.ui.views.keys_page import KeysPage
from unionclient.ui.views.keys_token import TokenDialog
from unionclient.ui.views.passphrase import Passphrase
from unionclient.workspace import certifying

WORDS = "东花市-街道-工会"
CHEAP = {"bits": 2048, "scrypt_n": 16}


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    for name, value in CHEAP.items():
        monkeypatch.setitem(keys.make_key.__kwdefaults__, name, value)


@pytest.fixture
def authority(tmp_path):
    from unionclient.submission.authority import Authority

    return Authority.init(tmp_path / "ca", WORDS, name="东城区总工会", code="110101", **CHEAP)


@pytest.fixture
def answering(monkeypatch, tmp_path):
    """Answers passphrase and file dialogs at once; keeps what was asked."""
    asked = []

    class Answer:
        def __init__(self, new, then, parent, *, title="", told="", ok="", least=8):
            asked.append(title)
            self.go = lambda: then(WORDS)

        def open(self):
            self.go()

    monkeypatch.setattr(keys_page, "Passphrase", Answer)
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, filters, then: then(tmp_path / "request.p10"))
    monkeypatch.setattr(ask, "fault", lambda parent, error: asked.append(error.what))

    def confirm(parent, title, text, then, *, yes, no="", more="", grave=False):
        asked.append(text)
        if answers["confirm"]:
            then()

    answers = {"confirm": True}
    monkeypatch.setattr(ask, "confirm", confirm)
    return asked, answers


def shown(page):
    return [each.text() for each in page.key.buttons if each.isVisibleTo(page)]


def drop(page, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))


def test_without_a_key_it_offers_to_make_one(stage):
    page = stage(KeysPage)
    assert shown(page) == ["生成钥匙和申请…", "用 USB 钥匙…", "导入 .p12…"]
    assert "还没有签名钥匙" in page.due.lines[0].text() and not page.asked.isVisibleTo(page)


def test_an_officer_goes_from_key_to_certificate_to_trust_file(stage, desk, qtbot, authority, answering, tmp_path):
    asked, _ = answering
    page = stage(KeysPage)
    page.key.make.click()
    done(desk, qtbot)
    request = certifying.look_at_request(tmp_path / "request.p10")
    assert page.asked.fingerprint.text().split() == request.spoken.split() and shown(page) == ["导入证书…", "再导出申请…", "修改口令…"]
    (tmp_path / "a.cer").write_bytes(authority.issue((tmp_path / "request.p10").read_bytes(), confirmed=request.spoken).content)
    drop(page, tmp_path / "a.cer")
    done(desk, qtbot)
    assert page.key.facts.text("证书") == "区总工会已签发" and shown(page) == ["导入证书…", "换证…", "修改口令…"]
    (tmp_path / "trust.uct").write_bytes(authority.trust())
    drop(page, tmp_path / "trust.uct")
    done(desk, qtbot)
    assert certifying.spoken(authority.fingerprint).split()[:4] == asked[-1].split("：")[1].split()[:4]
    assert page.due.lines[0].text() == "✓ 现在没有要办的事" and page.trust.facts.text("来自").startswith("东城区总工会")


def test_a_root_that_does_not_compare_is_not_taken(stage, desk, qtbot, authority, answering, tmp_path):
    answering[1]["confirm"] = False
    page = stage(KeysPage)
    (tmp_path / "trust.uct").write_bytes(authority.trust())
    page.open_at(file=tmp_path / "trust.uct")
    done(desk, qtbot)
    assert desk.ws.trust() is None and page.trust.none.isVisibleTo(page)


def test_a_later_trust_file_needs_no_telephone(stage, desk, qtbot, authority, answering, tmp_path):
    (tmp_path / "trust.uct").write_bytes(authority.trust())
    desk.ws.import_trust(tmp_path / "trust.uct", authority.fingerprint)
    page = stage(KeysPage)
    (tmp_path / "trust.uct").write_bytes(authority.trust())
    page.open_at(file=tmp_path / "trust.uct")
    done(desk, qtbot)
    assert desk.ws.trust().serial == authority.state.serial and answering[0] == []


def test_a_renewal_shows_that_the_old_key_still_signs(stage, desk, qtbot, authority, answering, tmp_path):
    desk.ws.make_key(WORDS)
    desk.ws.write_request(tmp_path / "r", WORDS)
    (tmp_path / "a.cer").write_bytes(authority.issue((tmp_path / "r").read_bytes()).content)
    before = desk.ws.import_certificate(tmp_path / "a.cer", WORDS).fingerprint
    page = stage(KeysPage)
    page.key.renew.click()
    done(desk, qtbot)
    assert "换证申请已经生成" in page.due.lines[0].text() and "由现在的钥匙签名" in page.asked.steps.text()
    assert page.key.facts.text("证书指纹") == certifying.spoken(before)


def test_what_is_no_certificate_is_said_and_changes_nothing(stage, desk, qtbot, answering, tmp_path):
    desk.ws.make_key(WORDS)
    page = stage(KeysPage)
    (tmp_path / "x.cer").write_bytes(b"hello")
    page.open_at(file=tmp_path / "x.cer")
    done(desk, qtbot)
    assert "文件里没有证书" in answering[0][-1] and page.key.facts.text("证书") == "还没有由区里签发"


def test_the_words_of_the_passphrase_dialog_fit_the_deed(stage, desk, qtbot):
    desk.ws.make_key(WORDS)
    page = stage(KeysPage)
    page.change()
    dialog = page.findChild(Passphrase)
    assert (dialog.windowTitle(), dialog.ok.text()) == ("修改签名口令", "继续")
    dialog.first.setText(WORDS)
    dialog.ok.click()
    second = next(each for each in page.findChildren(Passphrase) if each.second is not None)
    second.first.setText("another-passphrase")
    second.second.setText("another-passphrase")
    second.ok.click()
    done(desk, qtbot)
    assert desk.ws.signer("another-passphrase")


def test_a_token_is_chosen_by_driver_and_name(stage, desk, qtbot, monkeypatch):
    monkeypatch.setattr(type(desk.ws), "tokens_in", staticmethod(lambda library: ["甲", "乙"]))
    monkeypatch.setattr(ask, "open_file", lambda parent, title, filters, then: then(keys_token.Path("/usr/lib/driver.so")))
    heard = Heard()
    dialog = TokenDialog(desk, lambda *chosen: heard.take(chosen), stage(KeysPage))
    dialog._ask()
    done(desk, qtbot)
    assert not dialog.ok.isEnabled()
    dialog.tokens.setCurrentIndex(1)
    dialog.pin.setText("123456")
    dialog.ok.click()
    assert heard.all == [("/usr/lib/driver.so", "乙", "123456")] and desk.config.get("token.library") == "/usr/lib/driver.so"
