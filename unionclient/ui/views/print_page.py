"""The print page: a form, the records for it (or none: a blank), and a preview of the file that will be printed."""

import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTemporaryDir, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from unionclient.definition.faults import PrintError, UnionClientError
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.views.frame import PeriodPicker, View, beside, button, combo, label, say_on
from unionclient.ui.views.preview import MOST_PAGES, Preview, draw
from unionclient.ui.views.table import Column, ListTable
from unionclient.definition.words import _

PDF = _("PDF 文件") + " (*.pdf)"
_FORM = 215  # pixels of the name of a form
MOST = 500   # records offered at once; the search narrows them


class PrintPage(View):
    """One file is made, shown, saved and opened: the preview cannot differ from the paper."""

    title = _("打印")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.made: Path | None = None
        self._wanted: tuple[str, ...] = ()
        self._folder = QTemporaryDir()  # goes with the page: previews hold personal data
        columns = QHBoxLayout()
        columns.setSpacing(14)
        columns.addLayout(self._choosing(), 3)
        columns.addLayout(self._showing(), 7)
        self.body.addLayout(columns, 1)
        self._fill_ledgers()
        self._fill_forms()
        self._show_made()

    # layout -------------------------------------------------------------------------------------------------

    def _choosing(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(8)
        self.ledger = combo(_("台账"), self)
        self.ledger.activated.connect(self._ledger_chosen)
        self.form = combo(_("表样"), self)
        self.form.activated.connect(self._form_chosen)
        left.addWidget(label(_("表样"), self, "heading"))
        for box in (self.ledger, self.form):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setMinimumWidth(_FORM)
            left.addWidget(box)
        self.period = PeriodPicker(self.desk, self)
        self.period.changed.connect(self._list_records)
        left.addWidget(self.period)
        left.addWidget(label(_("内容"), self, "heading"))
        self._kinds = QButtonGroup(self)
        kinds = FlowLayout()
        self.all = QRadioButton(_("全部记录"), self)
        self.chosen = QRadioButton(_("选中的记录"), self)
        self.blank = QRadioButton(_("空白表"), self)
        for kind in (self.all, self.chosen, self.blank):
            self._kinds.addButton(kind)
            kinds.addWidget(kind)
        self.all.setChecked(True)
        self._kinds.buttonClicked.connect(self._kind_chosen)
        left.addLayout(kinds)
        self.search = QLineEdit(self)
        self.search.setAccessibleName(_("查找记录"))
        self.search.setPlaceholderText(_("查找记录"))
        self.search.textEdited.connect(self._list_records)
        left.addWidget(self.search)
        self.records = ListTable([Column(_("记录"), 0, _label)], _("要打印的记录"), self, several=True)
        self.records.picked.connect(self._picked)
        left.addWidget(self.records, 1)
        self.pages = QLineEdit(self)
        self.pages.setAccessibleName(_("页码"))
        self.pages.setPlaceholderText(_("页码：全部，或 1-3,5"))
        self.pages.setToolTip(_("成批打印后要补打几页，写这份文件里从1数起的页码，如 1-3,5；8- 是第8页到最后。不填就是全部页。"))
        left.addWidget(self.pages)
        self.make = button(_("生成预览"), self, self._make, "primary")
        left.addWidget(self.make)
        return left

    def _showing(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        self.facts = label("", self, "muted", wrap=True)
        self.save = button(_("另存为…"), self, self._ask_save)
        self.open = button(_("用系统阅读器打开、打印"), self, self._open)
        right.addLayout(beside(self.facts, self.save, self.open))
        self.preview = Preview(self)
        right.addWidget(self.preview, 1)
        return right

    def _fill_ledgers(self) -> None:
        """All forms, or those of one ledger; a ledger has at least its list."""
        library = self.desk.ws.library
        self.ledger.addItem(_("全部台账的表样"), "")
        printed = {form.ledger for form in library.forms.values()}
        for ledger in library.ledgers.values():
            if ledger.menu or ledger.id in printed:
                self.ledger.addItem(f"{ledger.code}　{ledger.title}" if ledger.code else ledger.title, ledger.id)

    def _fill_forms(self) -> None:
        """The forms of the definitions by their codes, then the lists of ledgers."""
        library, only = self.desk.ws.library, self.ledger.currentData()
        self.form.clear()
        for form in sorted(library.forms.values(), key=lambda form: form.id):
            if only in ("", form.ledger):
                self.form.addItem(f"{form.id}　{form.title}", (form.id, form.ledger))
        if self.form.count():
            self.form.insertSeparator(self.form.count())
        for ledger in library.ledgers.values():
            if ledger.id == only or (not only and ledger.menu):
                self.form.addItem(_("清单　{t}").format(t=ledger.title), (ledger.id, ledger.id))

    # choosing -----------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        ledger = self._ledger()
        if changes is None or ledger in changes.ledgers:
            self._list_records()

    def open_at(self, **where: Any) -> None:
        """`form` (or `ledger`) and `records` (ids) choose what is printed; form and records make the preview at once."""
        form = self.desk.ws.library.forms.get(where.get("form", ""))
        ledger = form.ledger if form else where.get("ledger", "")
        self._wanted = tuple(where.get("records", ()))
        self.ledger.setCurrentIndex(max(self.ledger.findData(ledger), 0))
        self._fill_forms()
        self._choose(form.id if form else self._first_form(ledger))
        (self.chosen if self._wanted else self.all).setChecked(True)
        self._fresh()
        if self._wanted and self.form.currentData():
            self._make()

    def _choose(self, name: str) -> None:
        for at in range(self.form.count()):
            if self.form.itemData(at) and self.form.itemData(at)[0] == name:
                self.form.setCurrentIndex(at)

    def _first_form(self, ledger: str) -> str:
        """For single records the ledger's form of one record, for all of them its roster, else its plain list."""
        forms = sorted((form for form in self.desk.ws.library.forms.values() if form.ledger == ledger), key=lambda form: form.id)
        fitting = (form.id for form in forms if (form.layout == "K1") != bool(self._wanted))
        return next(fitting, forms[0].id if forms and self._wanted else ledger)

    def _ledger_chosen(self) -> None:
        self._fill_forms()
        self._choose(self._first_form(self.ledger.currentData()))
        self._form_chosen()

    def _ledger(self) -> str:
        return self.form.currentData()[1]

    def _form_chosen(self) -> None:
        self._wanted = ()
        self.all.setChecked(True)
        self._fresh()

    def _fresh(self) -> None:
        """Another form: nothing is left of the one before, least of all its preview."""
        self.search.clear()
        self.pages.clear()
        self.made = None
        self._show_made()
        self._list_records()

    def _period(self) -> str:
        """The period's code where the form rests on one, else no text: a ledger is printed as it stands."""
        form = self.desk.ws.library.forms.get(self.form.currentData()[0])
        return self.period.code if form and form.timed else ""

    def _kind_chosen(self) -> None:
        self._list_records()

    def _picked(self) -> None:
        if self.records.picks():
            self._wanted = ()
            self.chosen.setChecked(True)

    def _list_records(self) -> None:
        """A handful is enough to pick from; the search looks through all."""
        ledger, period = self._ledger(), self._period()
        self.period.setVisible(bool(period))
        try:
            found, total = self.desk.ws.form_records(self.form.currentData()[0], self.search.text().strip(), MOST, period=period)
        except UnionClientError as error:
            say_on(self.note, error.what, "block")
            return
        self.records.setEnabled(not self.blank.isChecked())
        self.search.setEnabled(not self.blank.isChecked())
        self.records.put(found)
        told = _("{t} 共 {n} 条").format(t=self.desk.ws.library.ledgers[ledger].title, n=total)
        if self._wanted:
            told += _("，已选 {n} 条").format(n=len(self._wanted))
        elif len(found) == MOST:
            told += _("，列出前 {n} 条，可以查找").format(n=MOST)
        say_on(self.note, told)

    # making -------------------------------------------------------------------------------------------------

    def _make(self) -> None:
        form = self.form.currentData()[0]
        chosen: Sequence[str] | None = None
        if self.chosen.isChecked():
            chosen = self._wanted or tuple(row[0] for row in self.records.picks())
            if not chosen:
                say_on(self.note, _("请先在表中选中要打印的记录。"), "block")
                return
        out = Path(self._folder.path()) / f"{_file_name(self.form.currentText())}.pdf"
        wanted = partial(_print, form, out, chosen, self.blank.isChecked(), self._period(), self.pages.text())
        self.desk.jobs.run(_("生成 {f}").format(f=self.form.currentText()), wanted, self._take, failed=self._failed, parent=self)

    def _take(self, made: tuple[Path, Any]) -> None:
        self.made, images = made
        self._show_made(images)

    def _failed(self, error: UnionClientError) -> None:
        self.made = None
        self._show_made()
        ask.fault(self, error)

    def _show_made(self, images: Any = ()) -> None:
        for deed in (self.save, self.open):
            deed.setEnabled(self.made is not None)
        if self.made is None:
            self.facts.setText("")
            self.preview.put([], _("选好表样和内容后按“生成预览”。这里显示的就是将要打印的那份文件。"))
            return
        size = self.made.stat().st_size
        self.facts.setText(_("{n}，{k} KB").format(n=self.made.name, k=max(1, size // 1024)))
        if images is None:
            self.preview.put([], _("文件已生成。这台电脑上不能在窗口里显示 PDF，请按“用系统阅读器打开、打印”查看，打开的就是这份文件。"))
        else:
            more = _("只显示前 {n} 页，文件里有全部页。").format(n=MOST_PAGES) if len(images) >= MOST_PAGES else ""
            self.preview.put(list(images), more)

    def _ask_save(self) -> None:
        ask.save_file(self, _("另存为"), self.made.name, [PDF], self._save)

    def _save(self, out: Path) -> None:
        self.desk.jobs.run(_("保存 {f}").format(f=out.name), partial(_copy, self.made, out), self._saved, parent=self)

    def _saved(self, out: Path) -> None:
        self.desk.say(_("已保存到 {p}").format(p=out))

    def _open(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.made))):
            ask.tell(self, _("没有打开"), _("这台电脑上没有能打开 PDF 的程序。"), _("请先另存为，再到别的电脑上打印。"))


def _print(form: str, out: Path, chosen: Sequence[str] | None, blank: bool, period: str, pages: str,
           workspace: Any, _progress: Any) -> tuple[Path, Any]:
    made = workspace.print_form(form, out, records=chosen, blank=blank, period=period, pages=pages)
    return made, draw(made)


def _copy(made: Path, out: Path, _workspace: Any, _progress: Any) -> Path:
    """The very file that was shown, written beside its place first, so that a full disk leaves no half file."""
    part = out.with_name(out.name + ".part")
    try:
        shutil.copyfile(made, part)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PrintError(_("没有保存到 {p}。").format(p=out), _("预览还在。"), _("请检查磁盘空间，或关闭正打开着这个文件的程序。")) from error
    return out


def _file_name(words: str) -> str:
    return "".join("_" if letter in '\\/:*?"<>|　 ' else letter for letter in words)


def _label(row: tuple[str, str]) -> str:
    return row[1]
