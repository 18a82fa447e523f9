"""The edge of the window: what to do with an exception nobody caught.

A `UnionClientError` is said in its own words. Anything else is a bug: logged, and shown in the crash window.
Neither log nor window holds values of the ledgers: the text of a foreign exception may quote them, so
only its kind and the places in the program are kept.
"""

import datetime as dt
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLabel, QMainWindow, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

import unionclient
from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.ui.config import config_folder
from unionclient.definition.words import _

_KEPT = 200_000  # bytes of the log that are kept


def account(kind: type[BaseException], trace: TracebackType | None) -> str:
    """What happened and where in the program, without any value."""
    lines = [f"{dt.datetime.now():%Y-%m-%d %H:%M:%S}  unionclient {getattr(unionclient, '__version__', '')}",
             f"Python {platform.python_version()} · PySide6 {PySide6.__version__} · {platform.system()} {platform.release()}",
             kind.__name__]
    for frame in traceback.extract_tb(trace):
        place = Path(frame.filename)
        lines.append(f"  {place.parent.name}/{place.name}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


class CrashWindow(QDialog):
    """Says calmly that something went wrong, that the data are safe, and offers the account for copying."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("程序出错"))
        self.resize(620, 400)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        title = QLabel(_("刚才的操作没有完成"), self)
        title.setProperty("kind", "title")
        words = QLabel(_("这是程序的差错，不是您的操作有误。已经保存的内容没有受影响。\n"
                         "请把下面的说明复制给技术人员（其中不含台账内容和个人信息），然后可以继续使用；"
                         "如再次出现，请关闭程序重新打开。"), self)
        words.setWordWrap(True)
        self.details = QPlainTextEdit(report, self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("出错说明"))
        copy = QPushButton(_("复制说明"), self)
        close = QPushButton(_("继续使用"), self)
        close.setDefault(True)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        for widget in (title, words, self.details):
            layout.addWidget(widget)
        layout.addLayout(buttons)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.details.toPlainText())


class Edge(QObject):
    """Takes over `sys.excepthook` and the threads' hook; shows on the window's thread."""

    _happened = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._open = False
        self._window: CrashWindow | None = None
        self._happened.connect(self._show)

    def take_over(self) -> None:
        sys.excepthook = self.caught
        threading.excepthook = self._in_thread

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The hook: called on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, UnionClientError):
            self._happened.emit(error)
            return
        report = account(kind, trace)
        _log(report)
        self._happened.emit(report)

    def _in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _show(self, news: object) -> None:
        active = QApplication.activeWindow()
        window = active if isinstance(active, QMainWindow) else None  # a dialog may be closing, and would take ours along
        if isinstance(news, UnionClientError):
            ask.fault(window, news)
        elif not self._open:
            # One window at a time: a fault while painting would otherwise open hundreds.
            self._open = True
            self._window = CrashWindow(str(news), window)
            self._window.finished.connect(self._closed)
            self._window.open()

    def _closed(self) -> None:
        self._open = False
        self._window = None
        if not any(w.isVisible() for w in QApplication.topLevelWidgets()):
            QApplication.quit()  # it broke before there was a window to go on with


def _log(report: str) -> None:
    path = config_folder() / "faults.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        old = path.read_bytes()[-_KEPT:] if path.exists() else b""
        path.write_bytes(old + report.encode() + b"\n\n")
    except OSError:
        return
