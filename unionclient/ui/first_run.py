"""The first start: street or district, officer, folder, and whether to begin with the sample street. Asked once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from unionclient.definition.ledger import Code, CodeList, Field
from unionclient.ui import ask
from unionclient.ui.editors.choice import CodeLine
from unionclient.ui.widgets import button, label, rule
from unionclient.definition.words import LANGUAGES, _, language

_OTHER = next(name for name in LANGUAGES if name != language())


@dataclass(frozen=True, slots=True)
class Answers:
    """What the officer chose. `is_there`: the folder already holds a data store, which shall be opened; a district has no `street`."""

    street: str
    officer: str
    folder: Path
    sample: bool
    is_there: bool
    district: bool = False


def default_folder(district: bool = False) -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / (_("区总工会收报") if district else _("工会台账"))


class FirstRun(QDialog):
    """One dialog. After it is accepted, `answers` holds what was chosen. `language_wanted`: it shall ask in this language."""

    language_wanted = Signal(str)

    def __init__(self, streets: Sequence[Code], holds_store: Callable[[Path], bool], is_district: Callable[[Path], bool],
                 parent: QWidget | None = None) -> None:
        """`holds_store(folder)` tells whether a folder already holds a data store, `is_district(folder)` whether it is a district's."""
        super().__init__(parent)
        self.answers: Answers | None = None
        self._holds_store = holds_store
        self._is_district = is_district
        self.setWindowTitle(_("工会台账"))
        self.setMinimumWidth(560)
        codes = CodeList("street", _("街道"), {code.code: code for code in streets})
        self.street = CodeLine(Field("street", _("街道"), type="code", codes=codes), self)
        self.street.setPlaceholderText(_("输入街道名称中的字，或点右侧箭头选择"))
        self.officer = QLineEdit(self)
        self.officer.setAccessibleName(_("经办人姓名"))
        self.officer.setPlaceholderText(_("写入修改记录和报送材料"))
        self.folder = QLineEdit(str(default_folder()), self)
        self.folder.setAccessibleName(_("数据文件夹"))
        self.sample = QCheckBox(_("载入示例街道（先看看怎么用，以后可另选文件夹正式使用）"), self)
        self.at_street = QRadioButton(_("街道（记台账、报送）"), self)
        self.at_district = QRadioButton(_("区总工会（收报、汇总）"), self)
        self._role = QButtonGroup(self)
        for made in (self.at_street, self.at_district):
            self._role.addButton(made)
        self.at_street.setChecked(True)
        self.faults: dict[str, QLabel] = {}
        self._titles: dict[str, QLabel] = {}
        self._build()
        self.at_district.toggled.connect(self._change_role)
        self.street.touched.connect(self._typed)
        self.officer.textEdited.connect(self._typed)
        self.folder.textEdited.connect(self._typed)
        self.street.setFocus()

    def _other_language(self) -> None:
        self.language_wanted.emit(_OTHER)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 18, 28, 16)
        layout.setSpacing(6)
        layout.addWidget(label(_("欢迎使用"), "title", self))
        layout.addWidget(label(_("填好下面几项就可以开始，以后不再询问。数据要放在本机硬盘上。"), "muted", self))
        layout.addSpacing(8)
        answers = QGridLayout()
        answers.setHorizontalSpacing(14)
        answers.setVerticalSpacing(2)
        answers.setColumnStretch(1, 1)
        answers.addWidget(label(_("在哪里使用"), "muted", self), 0, 0)
        roles = QHBoxLayout()
        roles.setSpacing(24)
        roles.addWidget(self.at_street)
        roles.addWidget(self.at_district)
        roles.addStretch(1)
        answers.addLayout(roles, 0, 1)
        answers.setRowMinimumHeight(1, 10)
        choose = button(_("选择…"), self._ask_folder, self)
        beside = QHBoxLayout()
        beside.addWidget(self.folder, 1)
        beside.addWidget(choose)
        for row, (name, title, widget) in enumerate((("street", _("街道"), self.street), ("officer", _("经办人姓名"), self.officer),
                                    ("folder", _("数据文件夹"), beside)), start=1):
            self._titles[name] = label(title, "muted", self)
            answers.addWidget(self._titles[name], 2 * row, 0)
            answers.addLayout(widget, 2 * row, 1) if isinstance(widget, QHBoxLayout) else answers.addWidget(widget, 2 * row, 1)
            fault = self.faults[name] = label("", "block", self)
            fault.setWordWrap(True)
            fault.setMinimumHeight(fault.fontMetrics().height() + 6)
            answers.addWidget(fault, 2 * row + 1, 1)
        layout.addLayout(answers)
        layout.addWidget(self.sample)
        layout.addSpacing(8)
        layout.addStretch(1)
        layout.addWidget(rule(self))
        layout.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(button(LANGUAGES[_OTHER], self._other_language, self))
        buttons.addStretch(1)
        buttons.addWidget(button(_("退出"), self.reject, self))
        self.begin = button(_("开始使用"), self.take, self, kind="primary")
        buttons.addWidget(self.begin)
        layout.addLayout(buttons)

    def _change_role(self, district: bool) -> None:
        """A district has no street of its own, and no sample."""
        for made in (self.street, self._titles["street"], self.faults["street"], self.sample):
            made.setVisible(not district)
        if self.folder.text() == str(default_folder(not district)):
            self.folder.setText(str(default_folder(district)))
        self.sample.setChecked(False)
        self._typed()

    def _typed(self) -> None:
        for fault in self.faults.values():
            fault.setText("")

    def _ask_folder(self) -> None:
        ask.folder(self, _("选择数据文件夹"), Path(self.folder.text()), self.set_folder)

    def set_folder(self, folder: Path) -> None:
        """A chosen folder; one with other things in it gets a folder of our own inside."""
        if folder.is_dir() and any(folder.iterdir()) and not self._holds_store(folder):
            folder = folder / default_folder(self.at_district.isChecked()).name
        self.folder.setText(str(folder))
        self._typed()

    def take(self) -> None:
        """Judge the answers; say under the field what is missing, or accept."""
        self._typed()
        district, reading = self.at_district.isChecked(), self.street.typed()
        street = "" if district else reading if reading in self.street.field.codes.codes else self._by_title(str(reading))
        officer, folder = self.officer.text().strip(), Path(self.folder.text().strip())
        is_there = bool(self.folder.text().strip()) and folder.is_dir() and self._holds_store(folder)
        if not street and not district:
            self.faults["street"].setText(_("请从17个街道中选择") if reading else _("请选择街道"))
        if not officer:
            self.faults["officer"].setText(_("请填写姓名"))
        elif any(sign.isdigit() for sign in officer):
            self.faults["officer"].setText(_("姓名里不应有数字"))
        self.faults["folder"].setText(self._folder_fault(folder, is_there))
        if not any(fault.text() for fault in self.faults.values()):
            self.answers = Answers(street, officer, folder, self.sample.isChecked(), is_there, district)
            self.accept()

    def _by_title(self, text: str) -> str:
        found = [key for key, _title in self.street.entries(text.strip())] if text.strip() else []
        return found[0] if len(found) == 1 else ""

    def _folder_fault(self, folder: Path, is_there: bool) -> str:
        if not self.folder.text().strip():
            return _("请选择文件夹")
        if not folder.is_absolute():
            return _("请用“选择…”指定完整的位置")
        if folder.is_file():
            return _("这是一个文件，请选择文件夹")
        if is_there and self._is_district(folder) != self.at_district.isChecked():
            return _("这个文件夹里是街道的台账，请选“街道”") if self.at_district.isChecked() else _("这个文件夹里是区总工会的数据，请选“区总工会”")
        if is_there and self.sample.isChecked():
            return _("这个文件夹里已有台账数据，载入示例请另选一个文件夹")
        if folder.is_dir() and any(folder.iterdir()) and not is_there:
            return _("这个文件夹里有别的文件，请另选一个，或新建一个空文件夹")
        return ""

    def keyPressEvent(self, event) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)
