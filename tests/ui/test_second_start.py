"""A second start and a dropped file: the open window comes forward and shows the file's preview."""

import json
import os
import socket

import pytest
from every_dialog import nothing
from page_stage import done
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from unionclient.ui import ask, second_start
from unionclient.ui.app import Start
from unionclient.ui.config import Config
from unionclient.ui.second_start import ADDRESS, FirstWindow, hand_over


@pytest.fixture
def first(tmp_path, qapp):
    made = FirstWindow(tmp_path)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "单位 #1.csv"
    path.write_text("单位名称\n北京丁有限公司\n", encoding="utf-8")
    return path


def drop(window, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.dropEvent(event)


def test_the_first_window_hears_the_files_of_the_second_start(first, tmp_path, book, qtbot):
    with qtbot.waitSignal(first.knocked) as heard:
        assert hand_over(tmp_path, [book, tmp_path / "gone.xlsx"])
    assert heard.args == [(book,)]


def test_a_start_without_a_file_is_heard_too(first, tmp_path, qtbot):
    with qtbot.waitSignal(first.knocked) as heard:
        assert hand_over(tmp_path)
    assert heard.args == [()]


def test_nobody_hears_when_no_window_is_open(tmp_path):
    assert not hand_over(tmp_path)


def test_the_address_of_a_window_that_died_is_no_obstacle(tmp_path):
    (tmp_path / ADDRESS).write_text(json.dumps({"address": str(tmp_path / "gone"), "key": "0" * 32}), encoding="utf-8")
    assert not hand_over(tmp_path)
    FirstWindow(tmp_path).close()
    assert not (tmp_path / ADDRESS).exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", "\x00", '{"address": 3, "key": []}'])
def test_a_damaged_address_is_no_obstacle(tmp_path, text):
    (tmp_path / ADDRESS).write_text(text, encoding="utf-8")
    assert not hand_over(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="a named pipe has no file mode")
def test_only_this_user_may_knock(first, tmp_path):
    assert (tmp_path / ADDRESS).stat().st_mode & 0o077 == 0


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="a named pipe takes no plain socket")
def test_a_stranger_without_the_secret_is_not_heard_and_does_no_harm(first, tmp_path, qtbot):
    address = json.loads((tmp_path / ADDRESS).read_text(encoding="utf-8"))["address"]
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.connect(address)
        stranger.sendall(b"\xff" * 100)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / ADDRESS).write_text(json.dumps({"address": address, "key": "0" * 32}), encoding="utf-8")
    assert not hand_over(tmp_path / "other")
    with qtbot.waitSignal(first.knocked):
        assert hand_over(tmp_path)


def test_the_second_start_leaves_and_the_first_window_opens_the_file(look, workspace, book, qtbot, monkeypatch):
    app = QApplication.instance()
    folder = workspace.folder
    workspace.close()
    one = Start(app, Config(), look, folder)
    one.begin()
    try:
        two = Start(app, Config(), look, folder, (book,))
        two.begin()
        two.deleteLater()
        assert two.window is None
        qtbot.waitUntil(lambda: one.window.current == "import")
        done(one.window.desk, qtbot)
        assert one.window.pages["import"].plan.new == 1
    finally:
        one.window.close()
        app.aboutToQuit.disconnect(one._end)
        one._end()
        one.window.deleteLater()
        one.deleteLater()


def test_a_dropped_workbook_opens_its_preview_for_the_ledger_in_sight(window, book, qtbot, workspace):
    before = workspace.count("unit")
    drop(window, book)
    done(window.desk, qtbot)
    page = window.pages["import"]
    assert window.current == "import" and page.ledger.currentData() == "unit" and page.plan.new == 1
    assert workspace.count("unit") == before


def test_a_dropped_package_is_verified(window, tmp_path, qtbot):
    package = tmp_path / "110101013-2017Q3-0001.asice"
    package.write_bytes(b"no package")
    drop(window, package)
    done(window.desk, qtbot)
    page = window.pages["submit"]
    assert window.current == "submit" and page.package.text() == str(package) and page.verdict.text().startswith("✗")


@pytest.mark.parametrize(("names", "told"), [
    (["照片.jpg"], "程序不认得这种文件：照片.jpg"), (["a.xlsx", "b.xlsx"], "一起交来了 2 个文件，程序一次只看一个。"),
])
def test_what_cannot_be_shown_is_said(window, tmp_path, answers, names, told):
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    drop(window, *(tmp_path / name for name in names))
    assert answers.asked == [told] and window.current == "unit"


def test_a_file_waits_for_an_open_dialog(window, book):
    ask.confirm(window, "标题", "内容", nothing, yes="删除")
    drop(window, book)
    assert window.current == "unit" and "单位 #1.csv" in window.statusBar().currentMessage()
    QApplication.activeModalWidget().close()


def test_closing_does_not_wait_for_a_listener_that_is_gone(tmp_path, monkeypatch):
    """The listening thread may end between two knocks; nobody answers then, and the window must close all the same."""
    monkeypatch.setattr(second_start, "_PATIENCE", 0.2)
    window = second_start.FirstWindow(tmp_path)
    window._open = False
    second_start._knock(window._listener.address, window._key, ())     # the thread hears it and ends
    window._thread.join(2)
    window._open = True
    window.close()
    assert not (tmp_path / second_start.ADDRESS).exists()
