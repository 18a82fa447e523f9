"""Shows the pages of the very PDF file that will be printed, or says why it cannot.

Drawing a PDF is not ours: QtPdf where the installation has it, else poppler's `pdftoppm` where the system has it,
else only the facts of the file are shown and the system's reader opens it.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from unionclient.ui.views.frame import label
from unionclient.definition.words import _

RESOLUTION = 110        # dots per inch of a previewed page
MOST_PAGES = 20         # further pages are in the file, and said to be
PATIENCE = 60           # seconds for the drawing program


def draw(pdf: Path) -> list[QImage] | None:
    """Images of the first pages of `pdf`, or None where nothing on this computer can draw them. For a worker thread."""
    try:
        return _by_qt(pdf)
    except ImportError:
        return _by_poppler(pdf)


def _by_qt(pdf: Path) -> list[QImage]:
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument(None)
    document.load(str(pdf))
    pages = []
    for number in range(min(document.pageCount(), MOST_PAGES)):
        size = document.pagePointSize(number)
        pages.append(document.render(number, QSize(int(size.width() / 72 * RESOLUTION), int(size.height() / 72 * RESOLUTION))))
    document.close()
    return pages


def _by_poppler(pdf: Path) -> list[QImage] | None:
    program = shutil.which("pdftoppm")
    if program is None:
        return None
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        command = [program, "-r", str(RESOLUTION), "-l", str(MOST_PAGES), "-png", str(pdf), str(Path(folder) / "page")]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        except (subprocess.SubprocessError, OSError):
            return None
        return [QImage(str(page)) for page in sorted(Path(folder).glob("page*.png"))]


class Preview(QScrollArea):
    """The drawn pages one below the other, fitted to the width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("打印预览"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._images: list[QImage] = []
        self._pages: list[QLabel] = []
        self._sheet = QWidget(self)
        self._rows = QVBoxLayout(self._sheet)
        self._rows.setContentsMargins(8, 8, 8, 8)
        self._rows.setSpacing(12)
        self._words = label("", self._sheet, "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows.addWidget(self._words)
        self._rows.addStretch(1)
        self.setWidget(self._sheet)

    @property
    def shown(self) -> int:
        """How many pages are drawn."""
        return len(self._pages)

    def put(self, images: list[QImage], words: str = "") -> None:
        """Show pages, with words above them; an empty list leaves only the words."""
        for page in self._pages:
            self._rows.removeWidget(page)
            page.deleteLater()
        self._images = [image for image in images if not image.isNull()]
        self._pages = []
        self._words.setText(words)
        self._words.setVisible(bool(words))
        for at in range(len(self._images)):
            page = QLabel(self._sheet)
            page.setFrameShape(QFrame.Shape.Box)
            page.setAlignment(Qt.AlignmentFlag.AlignCenter)
            page.setAccessibleName(_("第{n}页").format(n=at + 1))
            self._rows.insertWidget(self._rows.count() - 1, page)
            self._pages.append(page)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 (Qt's name)
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        ratio = self.devicePixelRatioF()
        room = int((self.viewport().width() - 24) * ratio)
        for page, image in zip(self._pages, self._images, strict=True):
            fitted = QPixmap.fromImage(image.scaledToWidth(max(room, 50), Qt.TransformationMode.SmoothTransformation))
            fitted.setDevicePixelRatio(ratio)
            page.setPixmap(fitted)
            page.setFixedHeight(round(fitted.height() / ratio) + 2)  # else the layout squeezes many pages into one view
