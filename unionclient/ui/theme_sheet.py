"""The style sheet of the window as a template; `theme` fills in the colours."""

from string import Template

# Fusion draws the boxes of checks darker than the window: on a dark one nobody would see them.
DARK_BOXES = Template("""
QCheckBox::indicator, QRadioButton::indicator, QTableView::indicator, QListView::indicator {
  width: 11px; height: 11px; border: 2px solid $muted; background: $surface; border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked, QTableView::indicator:checked, QListView::indicator:checked { background: $accent; border-color: $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $faint; }
""")
SHEET = Template("""
* { outline: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $line; padding: 6px 8px; }

QLabel[kind="title"] { font-size: 15pt; font-weight: 600; }
QLabel[kind="heading"] { font-weight: 600; color: $text; }
QLabel[kind="muted"], QLabel[kind="help"] { color: $muted; }
QLabel[kind="small"] { color: $muted; font-size: 9pt; }
QLabel[kind="block"] { color: $block; }
QLabel[kind="warn"] { color: $warn; }
QLabel[kind="hint"] { color: $hint; }
QLabel[kind="good"] { color: $good; }

QFrame[kind="sheet"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="bar"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[kind="panel"] { background: $surface; border: none; border-left: 1px solid $line; }
QLabel[kind="foot"] { background: $stripe; color: $muted; border-top: 1px solid $line; padding: 6px 14px; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="tip"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[kind="popup"] { background: $surface; border: 1px solid $line; }

QPushButton, QToolButton[kind="button"] {
  background: $surface; color: $text; border: 1px solid $line; border-radius: 6px; padding: 5px 14px; min-height: 20px; }
QPushButton:hover, QToolButton[kind="button"]:hover { border-color: $accent; }
QPushButton:focus { border-color: $accent; }
QPushButton:pressed { background: $chosen; color: $on_chosen; }
QPushButton:disabled { color: $faint; background: $window; }
QPushButton:checked { background: $chosen; color: $on_chosen; border-color: $accent; }
QPushButton[kind="primary"], QPushButton:default { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[kind="primary"]:hover, QPushButton:default:hover { background: $accent_deep; border-color: $accent_deep; }
QPushButton[kind="primary"]:focus { border: 1px solid $text; }
QPushButton[kind="primary"]:disabled, QPushButton:default:disabled { background: $window; border-color: $line; color: $faint; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; padding: 5px 8px; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="quiet"]:focus { border-color: $line; background: $surface; }
QPushButton[kind="chip"] { background: $chosen; color: $on_chosen; border: none; border-radius: 11px; padding: 2px 10px; min-height: 18px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; color: $text; }
QToolButton:hover, QToolButton:focus { border-color: $line; background: $stripe; }
QToolButton:pressed, QToolButton:checked { background: $chosen; color: $on_chosen; }
QToolButton:disabled { color: $faint; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QPlainTextEdit, QComboBox, QTextBrowser {
  background: $surface; color: $text; border: 1px solid $faint; border-radius: 6px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover { border-color: $muted; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 1px solid $accent; }
QLineEdit:read-only { background: $window; color: $muted; border-color: $line; }
QLineEdit[state="block"], QPlainTextEdit[state="block"] { border-color: $block; background: $block_tint; }
QLineEdit[state="warn"], QPlainTextEdit[state="warn"] { border-color: $warn; background: $warn_tint; }
QLineEdit[place="cell"] { border: 2px solid $accent; border-radius: 0; padding: 0 4px; }
QLineEdit QToolButton { border: none; background: transparent; padding: 0; }
QComboBox { min-height: 20px; padding-right: 22px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line; selection-background-color: $chosen;
  selection-color: $on_chosen; padding: 2px; }
QCheckBox { spacing: 8px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; button-layout: 3; }

QListView, QListWidget { background: $surface; border: 1px solid $line; border-radius: 6px; }
QListView::item { padding: 4px 8px; color: $text; }
QListView::item:hover { background: $stripe; }
QListView::item:selected { background: $chosen; color: $on_chosen; }
QFrame[kind="navigation"] { background: $window; border: none; border-right: 1px solid $line; }
QListWidget[kind="navigation"] { background: transparent; border: none; border-radius: 0; padding: 2px 6px; }
QListWidget[kind="navigation"]::item { border-radius: 6px; padding: 0 8px; }
QListWidget[kind="navigation"]::item:disabled { background: transparent; color: $muted; }

QTableView { background: $surface; alternate-background-color: $surface; gridline-color: $grid; border: 1px solid $line;
  selection-background-color: $chosen; selection-color: $on_chosen; }
QTableView#frozen { border: none; border-right: 1px solid $faint; }
QTableView::item { padding: 0 4px; }
QHeaderView { background: $stripe; border: none; }
QHeaderView::section { background: $stripe; color: $muted; border: none; border-right: 1px solid $line;
  border-bottom: 1px solid $line; padding: $row 6px; }
QHeaderView::section:vertical { padding: 0 6px; }
QHeaderView::section:checked { color: $on_chosen; background: $chosen; }
QTableCornerButton::section { background: $stripe; border: none; border-right: 1px solid $line; border-bottom: 1px solid $line; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { background: transparent; color: $muted; padding: 7px 12px; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $accent; }

QTextBrowser { border-color: $line; }
QTextBrowser[place="tab"] { border: none; border-radius: 0; }
QScrollArea, QScrollArea > QWidget > QWidget[kind="paper"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 11px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 0; }
QScrollBar::handle { background: $handle; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $surface; border: 1px solid $line; padding: 5px; }
QMenu::item { padding: 6px 26px 6px 14px; border-radius: 4px; }
QMenu::item:selected { background: $chosen; color: $on_chosen; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }

QStatusBar { background: $window; border-top: 1px solid $line; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 2px 8px; }
QSplitter::handle { background: $window; }
QSplitter::handle:hover { background: $chosen; }
QProgressBar { background: $window; border: 1px solid $line; border-radius: 5px; height: 8px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QCalendarWidget QWidget { alternate-background-color: $stripe; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; border: none; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QMenu { width: 120px; }
QCalendarWidget QToolButton { padding: 4px 8px; }
""")
