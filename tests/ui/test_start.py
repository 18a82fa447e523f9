"""The start: first questions, remembered folder, what start-up imports, crash window, one window per folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMessageBox

from unionclient.definition.faults import StoreError
from unionclient.definition.library import builtin_library
from unionclient.ui.app import Start
from unionclient.ui.config import Config
from unionclient.ui.crash import Edge, account
from unionclient.ui.first_run import FirstRun
from unionclient.workspace import Workspace
from unionclient.workspace.district import District

ROOT = Path(__file__).resolve().parents[2]
STARTED = """
import sys
from PySide6.QtCore import QTimer
from unionclient.ui import app
start = app.Start.open
def open_and_quit(self, folder):
    start(self, folder)
    QTimer.singleShot(0, self._app.quit)
app.Start.open = open_and_quit
from pathlib import Path
code = app.run(Path(sys.argv[1]))
print(code, *(name for name in ("openpyxl", "reportlab", "pyhanko", "sqlite_utils", "pypinyin", "pikepdf", "cryptography", "lxml") if name in sys.modules))
"""


@pytest.fixture
def streets():
    return tuple(builtin_library().codes["street"].codes.values())


@pytest.fixture
def first(streets, look, qtbot, tmp_path):
    dialog = FirstRun(streets, Workspace.exists, District.is_district)
    qtbot.addWidget(dialog)
    dialog.folder.setText(str(tmp_path / "台账"))
    return dialog


def test_the_window_opens_without_importing_the_exporters(workspace, tmp_path):
    workspace.close()
    done = subprocess.run([sys.executable, "-c", STARTED, str(tmp_path / "store")], capture_output=True, text=True, timeout=60,
                          cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.strip() == "0", done.stdout + done.stderr


def test_the_first_questions_are_answered_once(first):
    assert len(first.street.entries("")) == 17
    first.street.setText("东花")
    first.officer.setText("王秀英")
    first.take()
    assert (first.answers.street, first.answers.officer, first.answers.sample) == ("110101013", "王秀英", False)


@pytest.mark.parametrize(("street", "officer", "field", "told"), [
    ("", "王秀英", "street", "请选择街道"),
    ("西城", "王秀英", "street", "请从17个街道中选择"),
    ("东四", "", "officer", "请填写姓名"),
    ("东四", "王2", "officer", "姓名里不应有数字"),
])
def test_what_is_missing_is_said_under_its_field(first, street, officer, field, told):
    first.street.setText(street)
    first.officer.setText(officer)
    first.take()
    assert first.answers is None and first.faults[field].text() == told


def test_a_folder_with_other_files_is_not_taken(first, tmp_path):
    (tmp_path / "照片.jpg").write_bytes(b"x")
    first.folder.setText(str(tmp_path))
    first.take()
    assert "别的文件" in first.faults["folder"].text()
    first.set_folder(tmp_path)
    assert Path(first.folder.text()) == tmp_path / "工会台账"


def test_a_folder_that_holds_a_store_is_opened_not_made(first, workspace):
    first.folder.setText(str(workspace.folder))
    first.street.setText("东四")
    first.officer.setText("李四")
    first.take()
    assert first.answers.is_there


def test_a_district_is_asked_for_no_street(first, tmp_path):
    first.at_district.setChecked(True)
    assert not first.street.isVisibleTo(first) and not first.sample.isVisibleTo(first)
    first.officer.setText("李四")
    first.take()
    assert (first.answers.district, first.answers.street, first.answers.officer) == (True, "", "李四")


def test_a_folder_of_the_other_role_is_not_taken(first, workspace):
    first.folder.setText(str(workspace.folder))
    first.at_district.setChecked(True)
    first.officer.setText("李四")
    first.take()
    assert first.answers is None and first.faults["folder"].text() == "这个文件夹里是街道的台账，请选“街道”"


def test_the_district_gets_its_own_window_now_and_later(start, tmp_path):
    from unionclient.ui.district.window import DistrictWindow

    first = start()
    first._dialog.at_district.setChecked(True)
    first._dialog.officer.setText("李四")
    first._dialog.folder.setText(str(tmp_path / "区"))
    first._dialog.take()
    assert isinstance(first.window, DistrictWindow) and first.window.windowTitle() == "东城区总工会 收报与汇总"
    assert first.window.current == "register"      # without a key nothing can be answered
    first.window.close()
    first.listening.close()
    first.workspace.close()
    assert isinstance(start().window, DistrictWindow)


def answered(start, folder):
    dialog = start._dialog
    dialog.street.setText("东花市")
    dialog.officer.setText("王秀英")
    dialog.folder.setText(str(folder))
    dialog.take()


@pytest.fixture
def start(look):
    made = []

    def begin(folder=None):
        start = Start(QApplication.instance(), Config(), look, folder)
        made.append(start)
        start.begin()
        return start

    yield begin
    for one in made:
        if one.listening:
            one.listening.close()
        if one.window:
            one.window.close()
            one.window.deleteLater()
            one.workspace.close()
        if one._dialog and shiboken6.isValid(one._dialog):
            one._dialog.deleteLater()
        QApplication.instance().aboutToQuit.disconnect(one._end) if one.window else None
        one.deleteLater()


def test_it_asks_at_the_first_start_and_never_again(start, tmp_path):
    first = start()
    answered(first, tmp_path / "台账")
    assert first.window.isVisible() and first.workspace.street.title == "东花市街道"
    first.window.close()
    first.listening.close()
    first.workspace.close()
    again = start()
    assert again._dialog is None and again.window.isVisible()


def test_the_sample_street_is_loaded_only_when_wanted(start, tmp_path, monkeypatch, qtbot):
    from unionclient import demo
    from unionclient.workspace import Edit

    monkeypatch.setattr(demo, "fill", lambda ws: ws.save("unit", [Edit(None, {"name": "示例单位"})]))
    first = start()
    first._dialog.sample.setChecked(True)
    answered(first, tmp_path / "台账")
    qtbot.waitUntil(lambda: first.window is not None)
    assert first.workspace.count("unit") == 1


def test_a_folder_in_use_is_said_in_words(start, workspace, answers):
    start(workspace.folder)
    assert answers.asked == ["这个数据文件夹正在被另一个窗口使用。"]


def test_a_message_without_a_window_stays_until_it_is_read(look, qtbot):
    from unionclient.ui import ask

    ask.fault(None, StoreError("这个数据文件夹正在被另一个窗口使用。"))
    box = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible())
    assert box.text() == "这个数据文件夹正在被另一个窗口使用。"
    box.buttons()[0].click()
    assert not ask._ALONE


def test_a_damaged_memory_is_set_aside(tmp_path):
    path = Config().path
    path.parent.mkdir(parents=True)
    path.write_text("{ not json", encoding="utf-8")
    assert Config().get("folder") is None and path.with_suffix(".damaged").exists()


def test_qt_speaks_chinese(look):
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"


def test_the_crash_account_names_places_but_no_values():
    name = "张三丰"
    try:
        {}[name]
    except KeyError as error:
        told = account(type(error), error.__traceback__)
    assert "KeyError" in told and "test_start.py" in told and name not in told


def test_an_unforeseen_fault_opens_one_crash_window(qtbot, look, tmp_path):
    edge = Edge(QApplication.instance())
    for _ in range(2):
        edge.caught(ValueError, ValueError("秘密"), None)
    windows = [w for w in QApplication.topLevelWidgets() if type(w).__name__ == "CrashWindow" and w.isVisible()]
    assert len(windows) == 1 and "ValueError" in windows[0].details.toPlainText()
    windows[0]._copy()
    assert "ValueError" in QApplication.clipboard().text() and "秘密" not in QApplication.clipboard().text()
    windows[0].close()
    edge.deleteLater()


def test_a_fault_of_the_world_is_said_in_its_own_words(look, answers):
    edge = Edge(QApplication.instance())
    edge.caught(StoreError, StoreError("磁盘已满。"), None)
    assert answers.asked == ["磁盘已满。"]
    edge.deleteLater()
