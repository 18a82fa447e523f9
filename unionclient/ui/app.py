"""`run`: start the window: Qt in the language spoken, looks, crash edge, the folder, the first questions, the main window."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QProcess, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from unionclient.definition.faults import UnionClientError
from unionclient.definition.library import builtin_library
from unionclient.ui import ask
from unionclient.ui.config import Config
from unionclient.ui.crash import Edge
from unionclient.ui.first_run import Answers, FirstRun
from unionclient.ui.language import keep
from unionclient.ui.second_start import FirstWindow, hand_over
from unionclient.ui.theme import Look
from unionclient.ui.work import Jobs, Progress
from unionclient.definition.words import CHINESE, _, language
from unionclient.workspace import Workspace
from unionclient.workspace.district import District

_COLLECT_EVERY = 5_000  # ms


def run(folder: Path | None, files: Sequence[Path] = ()) -> int:
    """Open the window on `folder`, or on the one remembered, or ask; show the preview of `files`. Returns the exit code."""
    app = make_application(sys.argv[:1])
    edge = Edge(app)
    edge.take_over()
    collect_here(app)
    config = Config()
    look = Look(app, config.get("look", "system"), config.get("letters", "standard"))
    start = Start(app, config, look, folder, files)
    QTimer.singleShot(0, start.begin)
    return app.exec()


def collect_here(app: QApplication) -> None:
    """Unreachable Qt objects may be freed on the window's thread only, so Python's collector runs there and nowhere else."""
    gc.disable()
    timer = QTimer(app)
    timer.timeout.connect(gc.collect)
    timer.start(_COLLECT_EVERY)


def make_application(arguments: list[str]) -> QApplication:
    """The application in Fusion and in the language spoken. The input method must be named before it is made."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_IM_MODULE", "ibus")
    app = QApplication(arguments)
    app.setApplicationName("unionclient")
    app.setApplicationDisplayName(_("工会台账"))
    app.setDesktopFileName("unionclient")
    app.setStyle("Fusion")
    speak(app)
    return app


def speak(app: QApplication) -> None:
    """Dates, calendars and Qt's own dialogs in the language of the program, whatever the system speaks."""
    if language() != CHINESE:
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        return
    chinese = QLocale(QLocale.Language.Chinese, QLocale.Country.China)
    QLocale.setDefault(chinese)
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def _fill_sample(workspace: Any, progress: Progress) -> None:
    from unionclient.demo import fill

    fill(workspace)


def _opened(answers: Answers) -> Any:
    """The folder the officer chose, opened or made. Raises UnionClientError or OSError."""
    kind = District if answers.district else Workspace
    if answers.is_there:
        opened = kind.open(answers.folder)
        opened.set_setting("officer", answers.officer)
        return opened
    answers.folder.mkdir(parents=True, exist_ok=True)
    if answers.district:
        return District.create(answers.folder, officer=answers.officer)
    return Workspace.create(answers.folder, street=answers.street, officer=answers.officer)


def window_for(workspace: Any, config: Config, look: Look) -> Any:
    """The window of a street's workspace or of a district."""
    if isinstance(workspace, District):
        from unionclient.ui.district.window import DistrictWindow

        return DistrictWindow(workspace, config, look)
    from unionclient.ui.main_window import MainWindow

    return MainWindow(workspace, config, look)


class Start(QObject):
    """The way from nothing to an open window; holds the window and closes the store at the end."""

    def __init__(self, app: QApplication, config: Config, look: Look, folder: Path | None, files: Sequence[Path] = ()) -> None:
        super().__init__(app)
        self._app = app
        self._config = config
        self._look = look
        self._folder = folder
        self._files = tuple(files)
        self._dialog: FirstRun | None = None
        self.workspace: Any = None
        self.window: Any = None
        self.listening: FirstWindow | None = None

    def begin(self) -> None:
        """Open the folder that was given or remembered, or ask for one."""
        folder = self._folder or (Path(kept) if (kept := self._config.get("folder")) else None)
        if folder is not None and Workspace.exists(folder):
            if hand_over(folder, self._files):
                self._app.quit()
            else:
                self.open(folder)
        else:
            self.ask_first()

    def ask_first(self) -> None:
        self._app.setQuitOnLastWindowClosed(False)  # between this dialog and the main window there is none
        streets = tuple(code for code in builtin_library().codes["street"].codes.values() if not code.retired)
        self._dialog = FirstRun(streets, Workspace.exists, District.is_district)
        if self._folder is not None:
            self._dialog.folder.setText(str(self._folder.absolute()))
        self._dialog.accepted.connect(self._answered)
        self._dialog.rejected.connect(self._app.quit)
        self._dialog.language_wanted.connect(self._start_again)
        self._dialog.open()

    def _start_again(self, name: str) -> None:
        """In another language: the window's modules are read once, so it takes a new process."""
        keep(self._config, name)
        told = ["--language", name, *(["--store", str(self._folder)] if self._folder else [])]
        QProcess.startDetached(sys.executable, told if getattr(sys, "frozen", False) else ["-m", "unionclient", *told])
        self._app.quit()

    def _answered(self) -> None:
        answers: Answers = self._dialog.answers
        self._dialog.deleteLater()
        try:
            workspace = _opened(answers)
        except OSError as error:
            ask.tell(None, _("没有完成"), _("不能在这里建立数据文件夹：{}").format(error.strerror or error), _("请换一个文件夹。"))
            self.ask_first()
            return
        except UnionClientError as error:
            ask.fault(None, error)
            self.ask_first()
            return
        if answers.sample and not answers.is_there:
            self.workspace = workspace
            self._jobs = Jobs(workspace.fork, self)
            self._jobs.run(_("正在载入示例街道"), _fill_sample, self._filled, failed=self._not_filled)
        else:
            self._show(workspace, answers.folder)

    def _filled(self, _result: Any) -> None:
        # Opened anew: what the worker wrote is then known to all.
        folder = self.workspace.folder
        self.workspace.close()
        self.open(folder)

    def _not_filled(self, error: UnionClientError) -> None:
        self._show(self.workspace, self.workspace.folder)
        ask.fault(self.window, error)

    def open(self, folder: Path) -> None:
        """The usual start, by the folder's role. A folder in use or damaged is said, then the program ends."""
        try:
            self._show((District if District.is_district(folder) else Workspace).open(folder), folder)
        except UnionClientError as error:
            self._app.setQuitOnLastWindowClosed(True)
            ask.fault(None, error)

    def _show(self, workspace: Any, folder: Path) -> None:
        from unionclient.ui.form_files import wipe_previews

        wipe_previews()
        self.workspace = workspace
        self._config.put("folder", str(folder.absolute()))
        self.window = window_for(workspace, self._config, self._look)
        self._app.aboutToQuit.connect(self._end)
        self.window.show()
        self.listening = FirstWindow(folder, self)
        self.listening.knocked.connect(self.window.come_forward)
        self.window.take_files(self._files)
        self._app.setQuitOnLastWindowClosed(True)

    def _end(self) -> None:
        from unionclient.ui.form_files import wipe_previews

        self.listening.close()
        wipe_previews()
        try:
            self.workspace.back_up_if_changed()
        except UnionClientError as error:
            ask.fault(None, error)
        self.workspace.close()
