"""Proposed rows in the window: a button where a ledger has them, asked before they are written."""

from PySide6.QtWidgets import QPushButton

from unionclient.ui import ask


def _offer(page):
    return [b for b in page.findChildren(QPushButton) if b.text() == "取建议"]


def test_the_tasks_of_the_year_are_offered_and_written(window, workspace, answers, monkeypatch):
    def agree(parent, title, text, then, **_words):
        answers.asked.append(text)
        then()

    monkeypatch.setattr(ask, "confirm", agree)
    workspace.set_setting("ui.period", "2017Y")
    window.show_page("work_task")
    page = window.pages["work_task"]
    [offer] = _offer(page)
    offer.click()
    assert "2017年还有 35 条建议没有登记，写入吗？" in answers.asked
    assert (workspace.count("work_task"), page.model.records) == (35, 35)
    offer.click()
    assert "2017年的建议都已登记。" in answers.asked


def test_a_ledger_without_proposed_rows_has_no_such_button(page):
    assert _offer(page) == []
