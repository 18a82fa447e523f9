"""The print page, and the passphrase dialog."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage, texts  # noqa: F401 (fixtures)

from unionclient.ui import ask
from unionclient.ui.views.passphrase import Passphrase
from unionclient.ui.views.print_page import PrintPage
from unionclient.ui.views.submit_page import SubmitPage
from unionclient.workspace import Edit


@pytest.fixture
def unit(desk):
    return desk.ws.save("unit", [Edit(None, {"name": "北京甲公司"})]).ledgers["unit"][0][0]


@pytest.fixture
def words(monkeypatch):
    """What would have been said in a dialog."""
    said = []
    monkeypatch.setattr(ask, "fault", lambda parent, error: said.append(error.what))
    monkeypatch.setattr(ask, "tell", lambda parent, title, text, more="": said.append(text))
    return said


def test_chosen_records_are_printed_and_the_same_file_is_saved(desk, stage, qtbot, unit, tmp_path, monkeypatch):
    page = stage(PrintPage)
    page.open_at(ledger="unit", records=(unit,))
    done(desk, qtbot)
    assert page.made.is_file() and page.save.isEnabled() and page.made.name in page.facts.text()
    monkeypatch.setattr(ask, "save_file", lambda parent, title, name, filters, then: then(tmp_path / "单位.pdf"))
    page.save.click()
    done(desk, qtbot)
    assert (tmp_path / "单位.pdf").read_bytes() == page.made.read_bytes()


def test_where_no_pdf_can_be_drawn_the_reader_is_offered(desk, stage, qtbot, unit, monkeypatch):
    monkeypatch.setattr("unionclient.ui.views.print_page.draw", lambda pdf: None)
    page = stage(PrintPage)
    page.open_at(ledger="unit", records=(unit,))
    done(desk, qtbot)
    assert page.open.isEnabled() and page.preview.shown == 0 and "用系统阅读器" in page.preview._words.text()


def test_chosen_without_a_choice_is_asked_for(desk, stage, qtbot, unit):
    page = stage(PrintPage)
    page.open_at(ledger="unit")
    page.chosen.setChecked(True)
    page.make.click()
    assert page.note.text() == "请先在表中选中要打印的记录。" and page.made is None


def test_an_empty_ledger_cannot_be_printed_and_says_so(desk, stage, qtbot, words):
    page = stage(PrintPage)
    page.open_at(ledger="unit")
    page.make.click()
    done(desk, qtbot)
    assert len(words) == 1 and not page.save.isEnabled()


def test_some_pages_of_a_batch_are_made_again(desk, stage, qtbot):
    from pikepdf import Pdf

    desk.ws.save("home_ballot", [Edit(None, {"year": 2010 + n}) for n in range(4)])
    page = stage(PrintPage)
    page.open_at(form="F74")
    page.pages.setText("2-3")
    page.make.click()
    done(desk, qtbot)
    with Pdf.open(page.made) as pdf:
        assert len(pdf.pages) == 2


def test_pages_that_cannot_be_read_are_asked_for_again(desk, stage, qtbot, unit, words):
    page = stage(PrintPage)
    page.open_at(ledger="unit")
    page.pages.setText("三页")
    page.make.click()
    done(desk, qtbot)
    assert words == ["页码“三页”看不明白。"] and page.made is None


def test_a_ledger_offers_its_own_forms_first_and_a_roster_for_all_records(desk, stage):
    page = stage(PrintPage)
    every = page.form.count()
    page.open_at(ledger="membership")
    names = [page.form.itemData(at)[0] for at in range(page.form.count()) if page.form.itemData(at)]
    assert names[0] == "F05" and names[-1] == "membership" and page.form.currentData()[0] == "F07"
    page.ledger.setCurrentIndex(0)
    page._ledger_chosen()
    assert page.form.count() == every


def test_another_form_leaves_nothing_of_the_preview_before(desk, stage, qtbot, unit):
    page = stage(PrintPage)
    page.open_at(ledger="unit", records=(unit,))
    done(desk, qtbot)
    assert page.made is not None
    page._form_chosen()
    assert page.made is None and not page.save.isEnabled() and page.facts.text() == ""


def test_several_selected_records_of_a_ledger_are_printed_on_its_form(desk, stage, qtbot):
    ids = desk.ws.save("membership", [Edit(None, {"name": name}) for name in ("王堃", "李喆")]).ledgers["membership"][0]
    page = stage(PrintPage)
    page.open_at(ledger="membership", records=tuple(ids))
    done(desk, qtbot)
    assert page.form.currentData()[0] == "F05" and page.made.name.startswith("F05") and page.chosen.isChecked()


def test_a_form_lists_the_records_it_is_for_and_a_timed_one_its_period(desk, stage):
    desk.ws.save("event", [Edit(None, {"title": title, "kind": kind, "held_on": "2017-05-01", "end_on": "2017-05-01"})
                           for title, kind in (("宪法宣讲", "9"), ("职工书画展", "1"))])
    page = stage(PrintPage)
    page.open_at(form="F65")
    assert len(texts(page.records)) == 1 and "宪法宣讲" in str(texts(page.records))
    assert not page.period.isVisibleTo(page)
    page.open_at(form="F64")
    assert page.period.isVisibleTo(page)


@pytest.mark.parametrize(("first", "second", "may"), [("12345678", "12345678", True), ("12345678", "1234567", False),
                                                      ("1234567", "1234567", False), ("", "", False)])
def test_a_new_passphrase_is_long_enough_and_typed_twice(desk, stage, first, second, may):
    dialog = Passphrase(True, Heard().take, stage(SubmitPage))
    dialog.first.setText(first)
    dialog.second.setText(second)
    assert dialog.ok.isEnabled() is may
