"""Every question and message to the officer goes through here, so that tests can answer in their place.

Nothing waits: a dialog is opened, and `then` (a bound method) is called with the answer when there is one.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.definition.issue import Level
from unionclient.ui import icons
from unionclient.definition.words import _


_ICON = 36  # pixels of the mark beside a message
_ALONE: set[QDialog] = set()  # dialogs without a parent, which nobody else would keep alive


def _open(dialog: QDialog) -> None:
    if dialog.parent() is None:
        _ALONE.add(dialog)
    dialog.open()


class _Message(QMessageBox):
    """A message with one or two buttons; calls `then` when the affirming one is pressed."""

    def __init__(self, parent: QWidget | None, title: str, text: str, more: str, then: Callable[[], None] | None,
                 otherwise: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setWindowIcon(QIcon())
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setInformativeText(more)
        self._then, self._otherwise = then, otherwise
        self._yes = None
        self.finished.connect(self._finish)

    def put_buttons(self, yes: str, no: str | None, *, grave: bool = False) -> None:
        """`grave`: the harmless button is the one that Enter presses."""
        self._yes = self.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        if no is not None:
            away = self.addButton(no, QMessageBox.ButtonRole.RejectRole)
            self.setEscapeButton(away)
            self.setDefaultButton(away if grave else self._yes)
        else:
            self.setEscapeButton(self._yes)
            self.setDefaultButton(self._yes)

    def _finish(self) -> None:
        _ALONE.discard(self)
        if self._then is not None and self.clickedButton() is self._yes:
            self._then()
        elif self._otherwise is not None and self.clickedButton() is not None:
            self._otherwise()


class _Line(QDialog):
    """Asks for one line of text; shorter than `least` characters is not taken."""

    def __init__(self, parent: QWidget | None, title: str, label: str, least: int, then: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._least = least
        self._then = then
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        words = QLabel(label, self)
        words.setWordWrap(True)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(label)
        self.line.setMinimumWidth(380)
        self.line.textChanged.connect(self._judge)
        self.buttons = QDialogButtonBox(self)
        self._ok = self.buttons.addButton(_("确定"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        for widget in (words, self.line, self.buttons):
            layout.addWidget(widget)
        self._judge("")

    def _judge(self, text: str) -> None:
        self._ok.setEnabled(len(text.strip()) >= self._least)

    def _accept(self) -> None:
        self.accept()
        self._then(self.line.text().strip())


class _Files(QFileDialog):
    """The system's file dialog where there is one, else Qt's, in Chinese."""

    def __init__(self, parent: QWidget | None, title: str, then: Callable) -> None:
        super().__init__(parent, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._then = then
        self.accepted.connect(self._accepted)
        self.setViewMode(QFileDialog.ViewMode.List)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.setDirectory(documents if Path(documents).is_dir() else str(Path.home()))
        self.setLabelText(QFileDialog.DialogLabel.Reject, _("取消"))
        self.setLabelText(QFileDialog.DialogLabel.FileName, _("文件名："))
        self.setLabelText(QFileDialog.DialogLabel.FileType, _("类型："))
        self.setLabelText(QFileDialog.DialogLabel.LookIn, _("位置："))

    def _accepted(self) -> None:
        chosen = [Path(name) for name in self.selectedFiles()]
        if self.fileMode() == QFileDialog.FileMode.ExistingFiles:
            self._then(chosen)
        elif chosen:
            self._then(chosen[0])


def tell(parent: QWidget | None, title: str, text: str, more: str = "") -> None:
    """Say something that needs no answer."""
    box = _Message(parent, title, text, more, None)
    box.setIconPixmap(icons.mark(Level.HINT).pixmap(_ICON, _ICON))
    box.put_buttons(_("知道了"), None)
    _open(box)


def fault(parent: QWidget | None, error: UnionClientError) -> None:
    """Say what went wrong outside the program: what, what was kept, what to do."""
    box = _Message(parent, _("没有完成"), error.what, "\n".join(part for part in (error.kept, error.todo) if part), None)
    box.setIconPixmap(icons.mark(Level.EXPLAIN).pixmap(_ICON, _ICON))
    box.put_buttons(_("知道了"), None)
    _open(box)


def confirm(parent: QWidget | None, title: str, text: str, then: Callable[[], None], *, yes: str, no: str = "",
            more: str = "", grave: bool = False, otherwise: Callable[[], None] | None = None) -> None:
    """Ask before something is done; `yes` and `no` name the deed, not 是 and 否. `otherwise` is called at `no`."""
    box = _Message(parent, title, text, more, then, otherwise)
    box.setIconPixmap(icons.mark(Level.CONFIRM).pixmap(_ICON, _ICON))
    box.put_buttons(yes, no or _("取消"), grave=grave)
    _open(box)


def line(parent: QWidget | None, title: str, label: str, then: Callable[[str], None], *, least: int = 1) -> None:
    """Ask for a line of text of at least `least` characters."""
    _Line(parent, title, label, least, then).open()


def open_file(parent: QWidget | None, title: str, filters: list[str], then: Callable[[Path], None]) -> None:
    """Ask for an existing file. `filters` as "电子表格 (*.xlsx *.xls)"."""
    dialog = _Files(parent, title, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("打开"))
    dialog.open()


def open_files(parent: QWidget | None, title: str, filters: list[str], then: Callable[[list[Path]], None]) -> None:
    """Ask for one or several existing files."""
    dialog = _Files(parent, title, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(filters)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("打开"))
    dialog.open()


def save_file(parent: QWidget | None, title: str, name: str, filters: list[str], then: Callable[[Path], None]) -> None:
    """Ask where to write a file; `name` is proposed with its ending. The dialog asks before overwriting."""
    dialog = _Files(parent, title, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("保存"))
    dialog.open()


def folder(parent: QWidget | None, title: str, start: Path, then: Callable[[Path], None]) -> None:
    """Ask for a folder, beginning at `start` or its nearest existing parent."""
    dialog = _Files(parent, title, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    while not start.is_dir() and start != start.parent:
        start = start.parent
    dialog.setDirectory(str(start))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, _("选择"))
    dialog.open()
