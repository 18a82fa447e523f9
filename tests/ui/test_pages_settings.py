"""The settings page: every reading with its default, a choice that holds at once, a value that is refused."""

import pytest
from page_stage import Heard, desk, done, pytestmark, stage  # noqa: F401 (fixtures)

from unionclient.ui.views.settings_page import SettingsPage


@pytest.fixture
def page(stage):
    return stage(SettingsPage)


def of_kind(page, kind):
    return next(line for line in page.lines.values() if line.made.setting.kind == kind)


def pick(line, at):
    line.editor.setCurrentIndex(at)
    line.editor.activated.emit(at)


def test_every_reading_of_the_definitions_is_there_with_its_default_marked(page, desk):
    assert set(page.lines) == set(desk.ws.library.settings)
    line = of_kind(page, "choice")
    assert [line.editor.itemText(at).endswith("（默认）") for at in range(line.editor.count())][0] is True
    assert not line.back.isEnabled()


def test_a_choice_holds_at_once_is_logged_and_told_to_the_other_pages(page, desk):
    heard = Heard()
    desk.changed.connect(heard.take)
    line = of_kind(page, "choice")
    pick(line, 1)
    assert desk.ws.setting(line.made.setting.id) == line.editor.itemData(1)
    assert desk.ws.log(1)[0].title == "修改设置" and len(heard.all) == 1
    assert "默认是" in line.fault.text() and line.back.isEnabled()


def test_the_way_back_to_the_default(page, desk):
    line = of_kind(page, "choice")
    pick(line, 1)
    line.back.click()
    assert line.made.value == line.made.setting.default and line.editor.currentData() == line.made.setting.default


def test_a_value_that_is_no_number_is_refused_beside_the_field(page, desk):
    line = of_kind(page, "number")
    line.editor.setText("三十")
    line.editor.editingFinished.emit()
    assert "不是数字" in line.fault.text() and desk.ws.setting(line.made.setting.id) is None
