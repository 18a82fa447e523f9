"""Colours, fonts and style sheet of the window: light, dark and high contrast, one accent colour.

All colours live here. Fusion draws the shapes; the sheet only rounds, spaces and tints.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from unionclient.definition.issue import Level
from unionclient.definition.places import root
from unionclient.ui.theme_sheet import DARK_BOXES, SHEET

FAMILIES = ("UC Hei", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Zen Hei",
            "WenQuanYi Micro Hei", "sans-serif")
POINTS = {"standard": 10.5, "large": 12.5}


@dataclass(frozen=True, slots=True)
class Tones:
    """The colours of one theme, as #rrggbb."""

    name: str
    window: str      # behind everything
    surface: str     # sheets, cells, inputs
    stripe: str      # every second row, headers
    text: str
    muted: str       # second-rank text
    faint: str       # disabled, edges of inputs
    line: str        # borders
    handle: str      # of scroll bars
    accent: str
    accent_deep: str  # pressed
    on_accent: str
    chosen: str      # selected row or page
    on_chosen: str
    block: str
    block_tint: str
    warn: str
    warn_tint: str
    hint: str
    hint_tint: str
    good: str

    def ink(self, level: Level) -> str:
        return {Level.BLOCK: self.block, Level.EXPLAIN: self.warn, Level.CONFIRM: self.warn, Level.HINT: self.hint}[level]

    def tint(self, level: Level) -> str:
        return {Level.BLOCK: self.block_tint, Level.EXPLAIN: self.warn_tint, Level.CONFIRM: self.warn_tint,
                Level.HINT: self.hint_tint}[level]


LIGHT = Tones("light", "#f4f6f8", "#ffffff", "#f8fafb", "#1d2730", "#56636f", "#828e99", "#d9dfe5", "#828e99",
              "#1f6391", "#174d72", "#ffffff", "#dcebf5", "#12344b",
              "#b3261e", "#fdeceb", "#8a5200", "#fff8e8", "#3f6280", "#edf3f8", "#2c6e49")
DARK = Tones("dark", "#1b2026", "#232a31", "#283038", "#e6eaee", "#a9b4be", "#77838e", "#3b454f", "#6f7b86",
             "#6cb2e0", "#8fc6ea", "#0e1d28", "#274357", "#f1f7fb",
             "#ff8f86", "#4a2726", "#f0b557", "#43351d", "#9dbbd4", "#2a3641", "#7fc79c")
CONTRAST = Tones("contrast", "#000000", "#000000", "#000000", "#ffffff", "#ffffff", "#bdbdbd", "#ffffff", "#bdbdbd",
                 "#ffe94d", "#fff39a", "#000000", "#0a58a6", "#ffffff",
                 "#ff9c9c", "#3d0000", "#ffc04d", "#332400", "#9fd4ff", "#00233d", "#8dff9f")

_current = LIGHT


def tones() -> Tones:
    """The colours of the moment."""
    return _current


class Look(QObject):
    """The window's looks; follows the system unless the officer chose otherwise.

    `choice`: "system", "light", "dark", "contrast"; `size`: "standard", "large".
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: str = "system", size: str = "standard") -> None:
        super().__init__(app)
        self.choice = choice
        self.size = size
        load_fonts()
        app.styleHints().colorSchemeChanged.connect(self._follow)
        self.apply(choice, size)

    def apply(self, choice: str, size: str) -> None:
        """Put on the chosen theme and letter size at once."""
        global _current
        self.choice, self.size = choice, size
        _current = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}.get(choice) or _of_the_system()
        app = QApplication.instance()
        app.setFont(ui_font(size))
        app.setPalette(_palette(_current))
        inks = {name: getattr(_current, name) for name in Tones.__slots__}
        boxes = "" if _current is LIGHT else DARK_BOXES.substitute(inks)
        app.setStyleSheet(SHEET.substitute(inks, grid=_current.line, row="5px" if size == "standard" else "6px") + boxes)
        self.changed.emit()

    def _follow(self) -> None:
        if self.choice == "system":
            self.apply("system", self.size)


def load_fonts() -> None:
    """Register the program's own letters; without them the system's Chinese font serves."""
    folder = root() / "resources" / "fonts"
    for name in ("UCHei-Regular.ttf", "UCHei-Bold.ttf"):
        if (folder / name).is_file():
            QFontDatabase.addApplicationFont(str(folder / name))


def ui_font(size: str = "standard") -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(POINTS.get(size, POINTS["standard"]))
    return font


def _of_the_system() -> Tones:
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)  # Qt 6.10 and later
    if accessibility and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def _palette(t: Tones) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(t.window))
    for which, tone in ((role.Window, t.window), (role.WindowText, t.text), (role.Base, t.surface),
                        (role.AlternateBase, t.stripe), (role.Text, t.text), (role.Button, t.surface),
                        (role.ButtonText, t.text), (role.ToolTipBase, t.surface), (role.ToolTipText, t.text),
                        (role.PlaceholderText, t.muted), (role.Highlight, t.accent), (role.HighlightedText, t.on_accent),
                        (role.Link, t.accent), (role.LinkVisited, t.accent), (role.BrightText, t.block),
                        (role.Light, t.surface), (role.Midlight, t.stripe), (role.Mid, t.line), (role.Dark, t.faint),
                        (role.Shadow, t.line), (role.Accent, t.accent)):
        palette.setColor(which, QColor(tone))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.faint))
    return palette
