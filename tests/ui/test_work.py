"""Long jobs: own connection, progress, cancel, faults carried to the window's thread."""

import threading

import pytest

from unionclient.definition.faults import StoreError
from unionclient.ui import work
from unionclient.ui.work import Cancelled, Jobs
from unionclient.workspace import Edit


class Ear:
    def __init__(self):
        self.heard = []
        self.thread = None

    def hear(self, what):
        self.heard.append(what)
        self.thread = threading.current_thread()


@pytest.fixture
def jobs(workspace, qapp):
    made = Jobs(workspace.fork)
    yield made
    made.finish()


def test_a_job_works_on_its_own_connection_and_thread(jobs, workspace, qtbot):
    ear = Ear()

    def count(ws, progress):
        ws.save("unit", [Edit(None, {"name": "北京甲有限公司"})])
        return threading.current_thread(), ws is workspace, ws.count("unit")

    jobs.run("点数", count, ear.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    thread, same, number = ear.heard[0]
    assert thread is not threading.main_thread() and not same and number == 1
    assert ear.thread is threading.main_thread() and workspace.count("unit") == 1


def test_jobs_run_one_after_the_other(jobs, qtbot):
    ear = Ear()
    for number in range(3):
        jobs.run("数", lambda ws, progress, number=number: number, ear.hear)
    qtbot.waitUntil(lambda: len(ear.heard) == 3)
    assert ear.heard == [0, 1, 2]


def test_a_fault_of_the_world_goes_to_the_one_who_asked(jobs, qtbot):
    ear = Ear()

    def fail(ws, progress):
        raise StoreError("磁盘已满。")

    jobs.run("写", fail, failed=ear.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert ear.heard[0].what == "磁盘已满。" and not jobs.running


def test_a_fault_nobody_asked_for_is_shown(jobs, qtbot, answers):
    def fail(ws, progress):
        raise StoreError("磁盘已满。")

    jobs.run("写", fail)
    qtbot.waitUntil(lambda: answers.asked == ["磁盘已满。"])


def test_a_bug_in_a_job_reaches_the_crash_edge(jobs, qtbot):
    with qtbot.captureExceptions() as caught:
        jobs.run("错", lambda ws, progress: 1 // 0)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError and not jobs.running


def test_a_long_job_shows_how_far_it_is_and_stops_when_asked(jobs, qtbot, monkeypatch):
    monkeypatch.setattr(jobs._timer, "interval", lambda: 0)
    jobs._timer.setInterval(0)
    ear, going = Ear(), threading.Event()

    def endless(ws, progress):
        for step in range(100_000):
            progress("读第几行", step, 100_000)
            going.wait(0.001)

    jobs.run("很长的工作", endless, failed=ear.hear)
    qtbot.waitUntil(lambda: jobs._dialog is not None and jobs._dialog.bar.maximum() == 100_000)
    assert "读第几行" in jobs._dialog.step.text()
    jobs._dialog._stop.click()
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert isinstance(ear.heard[0], Cancelled) and jobs._dialog is None


def test_a_short_job_shows_no_dialog(jobs, qtbot):
    ear = Ear()
    jobs.run("短", lambda ws, progress: 1, ear.hear)
    qtbot.waitUntil(lambda: bool(ear.heard))
    assert jobs._dialog is None and work.PATIENCE == 300


def test_a_reading_that_lasts_is_told_beside_and_takes_no_key_away(jobs, qtbot, qapp):
    told, go_on = Ear(), threading.Event()
    jobs.busy.connect(told.hear)
    jobs.run("读取待办", lambda ws, progress: go_on.wait(5), reading=True)
    qtbot.waitUntil(lambda: told.heard == ["读取待办"])
    assert qapp.activeModalWidget() is None
    go_on.set()
    qtbot.waitUntil(lambda: told.heard == ["读取待办", ""])
