"""Long jobs beside the window: a pure function with its own connection, progress and cancel.

A job knows no Qt. The dispatcher lives on the window's thread, owns the signal and runs one job at a time. One that takes
longer than `PATIENCE` milliseconds has a progress dialog; a mere reading is told in the status bar, for nobody waits for it
with his hands still: what is typed meanwhile goes where it was typed.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.definition.words import _

PATIENCE = 300  # ms before the progress dialog appears


class Cancelled(UnionClientError):
    """The officer cancelled; raised inside the job by `Progress`, so that its transaction rolls back."""


class Progress:
    """Handed to the job: call it with (what is being done, done, total); raises `Cancelled` when asked to stop."""

    def __init__(self, tell: Callable[[str, int, int], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._break_off: Callable[[], None] | None = None

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        if self._stop.is_set():
            raise cancelled()
        self._tell(text, done, total)

    def cancel(self) -> None:
        self._stop.set()
        with self._lock:
            if self._break_off is not None:
                self._break_off()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def breaks_off(self, break_off: Callable[[], None] | None) -> None:
        """What ends the job in the middle of its work when it is cancelled; None: no more."""
        with self._lock:
            self._break_off = break_off


def cancelled() -> Cancelled:
    return Cancelled(_("已取消。"), _("数据没有改动。"))


@dataclass(frozen=True, slots=True)
class _News:
    number: int
    kind: str                  # "step" | "done" | "failed" | "broken"
    payload: Any


@dataclass(slots=True)
class _Job:
    number: int
    title: str
    function: Callable[[Any, Progress], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[UnionClientError], None] | None
    parent: QWidget | None
    reading: bool
    progress: Progress | None = None


class Jobs(QObject):
    """Runs jobs one after the other.

    `quiet`: jobs that only read, for something the officer sees anyway. They show no dialog, and cancelling one breaks
    off the statement it waits for.
    """

    busy = Signal(str)         # title of a reading that takes long; "" when it is over
    _arrived = Signal(object)

    def __init__(self, fork: Callable[[], Any], parent: QObject | None = None, *, quiet: bool = False) -> None:
        """`fork` opens a second connection to the store (`Workspace.fork`); it is called on the worker's thread."""
        super().__init__(parent)
        self._fork = fork
        self.quiet = quiet
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._waiting: deque[_Job] = deque()
        self._running: _Job | None = None
        self._numbers = 0
        self._dialog: ProgressDialog | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._show_progress)
        self._arrived.connect(self._hear)

    def run(self, title: str, function: Callable[[Any, Progress], Any], then: Callable[[Any], None] | None = None,
            *, failed: Callable[[UnionClientError], None] | None = None, parent: QWidget | None = None, reading: bool = False) -> int:
        """Run `function(workspace, progress)`; its value goes to `then`, a fault of the world to `failed`. Returns its number.

        `then` and `failed` are bound methods, called on the window's thread. Without `failed` the fault is shown.
        `reading`: it only fills a page, and stops nobody.
        """
        self._numbers += 1
        number = self._numbers
        self._waiting.append(_Job(number, title, function, then, failed, parent, reading))
        self._next()
        return number

    def drop(self, number: int) -> None:
        """Nobody waits for this job any more: it is not begun, or is cancelled."""
        self._waiting = deque(job for job in self._waiting if job.number != number)
        if self._running and self._running.number == number:
            self.cancel()

    @property
    def running(self) -> bool:
        return self._running is not None

    def cancel(self) -> None:
        if self._running and self._running.progress:
            self._running.progress.cancel()

    def finish(self) -> None:
        """Cancel everything and wait for the worker; called before the store is closed."""
        self._waiting.clear()
        self.cancel()
        self._pool.waitForDone()

    def _next(self) -> None:
        if self._running or not self._waiting:
            return
        job = self._running = self._waiting.popleft()
        job.progress = Progress(_Teller(self, job.number).tell)
        if not self.quiet:
            self._timer.start()
        self._pool.start(_Run(self, job, self._fork).go)

    def _hear(self, news: _News) -> None:
        job = self._running
        if job is None or news.number != job.number:
            return
        if news.kind == "step":
            if self._dialog:
                self._dialog.show_step(*news.payload)
            return
        self._running = None
        self._timer.stop()
        if self._dialog:
            self._dialog.end()
            self._dialog = None
        if job.reading:
            self.busy.emit("")
        try:
            self._deliver(job, news)
        finally:
            self._next()

    def _deliver(self, job: _Job, news: _News) -> None:
        if news.kind == "done":
            if job.then:
                job.then(news.payload)
        elif news.kind == "broken":
            raise news.payload
        elif job.failed:
            job.failed(news.payload)
        elif not isinstance(news.payload, Cancelled):
            ask.fault(job.parent, news.payload)

    def _show_progress(self) -> None:
        if self._running and self._running.reading:
            self.busy.emit(self._running.title)
        elif self._running:
            self._dialog = ProgressDialog(self._running.title, self._running.parent)
            self._dialog.cancelled.connect(self.cancel)
            self._dialog.open()


class _Teller:
    """Carries a job's steps to the dispatcher, at most every hundredth part."""

    def __init__(self, jobs: Jobs, number: int) -> None:
        self._jobs, self._number, self._last = jobs, number, ("", -1)

    def tell(self, text: str, done: int, total: int) -> None:
        share = (text, done * 100 // total if total else done)
        if share != self._last:
            self._last = share
            self._jobs._arrived.emit(_News(self._number, "step", (text, done, total)))


class _Run:
    """The worker's side of one job: its own connection, opened and closed on its own thread."""

    def __init__(self, jobs: Jobs, job: _Job, fork: Callable[[], Any]) -> None:
        self._jobs, self._job, self._fork = jobs, job, fork

    def go(self) -> None:
        progress = self._job.progress
        try:
            workspace = self._fork()
            try:
                if self._jobs.quiet:
                    progress.breaks_off(workspace.break_off)
                result = self._job.function(workspace, progress)
            finally:
                progress.breaks_off(None)
                workspace.close()
            news = _News(self._job.number, "done", result)
        except UnionClientError as error:
            news = _News(self._job.number, "failed", error)
        except Exception as error:  # the thread's edge: carried over and raised again on the window's thread
            broken_off = self._jobs.quiet and progress.cancelled
            news = _News(self._job.number, "failed", cancelled()) if broken_off else _News(self._job.number, "broken", error)
        self._jobs._arrived.emit(news)


class ProgressDialog(QDialog):
    """What is being done, how far it is, and a way to stop it."""

    cancelled = Signal()

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("请稍候"))
        self.setWindowFlag(Qt.WindowType.WindowCloseButtonHint, False)
        self.setMinimumWidth(400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        heading = QLabel(title, self)
        heading.setProperty("kind", "heading")
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("进度"))
        self.step = QLabel(" ", self)
        self.step.setProperty("kind", "muted")
        self._stop = QPushButton(_("取消"), self)
        self._stop.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.step, 1)
        row.addWidget(self._stop)
        layout.addWidget(heading)
        layout.addWidget(self.bar)
        layout.addLayout(row)

    def show_step(self, text: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        share = f"{done * 100 // total}%" if total else ""
        self.step.setText("　".join(part for part in (text, share) if part) or " ")

    def end(self) -> None:
        super().accept()
        self.close()

    def reject(self) -> None:
        """Esc and 取消 ask the job to stop; the dialog goes when the job has."""
        self._stop.setEnabled(False)
        self._stop.setText(_("正在取消"))
        self.cancelled.emit()
