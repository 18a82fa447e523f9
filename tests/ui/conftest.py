"""What the window's tests share: a config of their own, a window on a fresh street, answers in place of dialogs."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from page_stage import done, standing
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from stores import fresh_district

from unionclient.workspace import Edit


@pytest.fixture(autouse=True)
def own_config(tmp_path, monkeypatch):
    monkeypatch.setenv("UNIONCLIENT_CONFIG", str(tmp_path / "config"))


@pytest.fixture(autouse=True)
def no_key_held(qapp):
    """A key whose window went while it was down stays down for Qt, and with it for the next test."""
    yield
    if qapp.keyboardModifiers():
        window = QWidget()
        QTest.keyRelease(window, Qt.Key.Key_Shift)


@pytest.fixture(scope="session")
def look(qapp):
    """The application as `run` makes it, dressed."""
    from unionclient.ui.app import speak
    from unionclient.ui.theme import Look

    qapp.setStyle("Fusion")
    speak(qapp)
    return Look(qapp, "light", "standard")


@pytest.fixture
def units(workspace):
    """Three units; the second has a fault."""
    changes = workspace.save("unit", [
        Edit(None, {"name": "北京甲有限公司", "registered_on": "2001-01-01", "community_code": "忠实里社区"}),
        Edit(None, {"name": "北京乙有限公司", "registered_on": "去年"}),
        Edit(None, {"name": "北京丙有限公司", "biz_address": "广渠门内大街9号"})], title="准备")
    return changes.ledgers["unit"][0]


@pytest.fixture
def window(workspace, units, look, qtbot):
    """The main window, shown, on the page of units."""
    from unionclient.ui.config import Config
    from unionclient.ui.main_window import MainWindow

    config = Config()
    config.put("page", "unit")      # not the first page: its figures would be computed beside every test
    with standing(MainWindow(workspace, config, look)) as made:
        made.show_page("unit")
        yield made


@pytest.fixture
def district_window(tmp_path, look, qtbot):
    """The window of a district that has just been founded."""
    from unionclient.ui.config import Config
    from unionclient.ui.district.window import DistrictWindow
    with fresh_district(tmp_path / "district") as district, standing(DistrictWindow(district, Config(), look)) as made:
        done(made.desk, qtbot)
        yield made


@pytest.fixture
def page(window):
    return window.pages["unit"]


@pytest.fixture
def answers(monkeypatch):
    """Stands in for `ask`: keeps what was asked and answers at once with what the test put in."""
    from unionclient.ui import ask

    class Answers:
        def __init__(self):
            self.asked, self.text, self.paths = [], "单位重复登记", []

        def line(self, parent, title, label, then, *, least=1):
            self.asked.append(title)
            then(self.text)

        def tell(self, parent, title, text, more=""):
            self.asked.append(text)

        def fault(self, parent, error):
            self.asked.append(error.what)

        def open_files(self, parent, title, filters, then):
            self.asked.append(title)
            then(self.paths)

        def save_file(self, parent, title, name, filters, then):
            self.asked.append(name)
            then(self.paths[0])

        def folder(self, parent, title, start, then):
            self.asked.append(title)
            then(self.paths[0])

    made = Answers()
    for name in ("line", "tell", "fault", "open_files", "save_file", "folder"):
        monkeypatch.setattr(ask, name, getattr(made, name))
    return made


def pytest_collection_modifyitems(items):
    """The offscreen platform says these of every window and list it shows; they have no meaning for us."""
    for item in items:
        if "/ui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "does not support grabbing"))
