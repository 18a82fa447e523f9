"""Forms for the units: sent out by ledger and community, taken back by the folder, faults sent back as letters."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from unionclient.definition.condition import Clause, Condition
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import Tiles, View, beside, button, combo, label, open_record, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _
from unionclient.workspace.collecting import Collection, Returned

_KEY = int(Qt.ItemDataRole.UserRole)


class CollectPage(View):
    """Left what goes out, right what came back. Nothing is written before it is asked for."""

    title = _("单位填报")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.found: Collection | None = None
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._out(), 0)
        row.addLayout(self._back(), 1)
        self.body.addLayout(row, 1)
        say_on(self.note, _("写出填报表发给单位，收回后放进一个文件夹，一起读入。"))
        self._show()

    def _out(self) -> QWidget:
        card, inner = sheet(self)
        card.setMinimumWidth(200)
        card.setMaximumWidth(290)
        inner.addWidget(label(_("一、发出填报表"), card, "heading"))
        inner.addWidget(label(_("勾选要单位填写的台账"), card, "muted"))
        self.ledgers = QListWidget(card)
        self.ledgers.setAccessibleName(_("要单位填写的台账"))
        for name in self.desk.ws.collectable():
            item = QListWidgetItem(self.desk.ws.library.ledgers[name].title, self.ledgers)
            item.setData(_KEY, name)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.ledgers.itemChanged.connect(self._ticked)
        inner.addWidget(self.ledgers, 1)
        self.community = combo(_("发给哪些单位"), card, [("", _("全部单位"))])
        inner.addWidget(self.community)
        self.write = button(_("写出填报表…"), card, self._ask_out, "primary")
        inner.addWidget(self.write)
        return card

    def _back(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(8)
        self.read_folder = button(_("读入文件夹…"), self, self._ask_back, "primary")
        self.letters = button(_("写改正通知…"), self, self._ask_letters)
        self.letters.setToolTip(_("每个有问题的单位一份：问题清单，和没有导入的行"))
        self.take = button(_("写入台账"), self, self._apply)
        right.addLayout(beside(label(_("二、收回填报表"), self, "heading"), self.read_folder, self.letters, self.take, least=110))
        self.tiles = Tiles((_("交回的单位"), _("没有交的单位"), _("新增"), _("修改"), _("未导入的行"), _("读不了的文件")), self)
        right.addWidget(self.tiles)
        self.told = label("", self, "muted", wrap=True)
        right.addWidget(self.told)
        self.files = ListTable([Column(_("单位"), 0, _unit), Column(_("文件"), 11, _file), Column(_("新增"), 3, _new, right=True),
                                Column(_("修改"), 3, _changed, right=True), Column(_("未导入"), 4, _rejected, right=True),
                                Column(_("问题"), 3, _faults, right=True), Column(_("说明"), 14, _doubt)], _("交回的文件"), self)
        right.addWidget(self.files, 3)
        right.addWidget(label(_("没有交的单位（双击看联系电话）"), self, "muted"))
        self.missing = ListTable([Column(_("单位"), 0, _name)], _("没有交的单位"), self)
        self.missing.chosen.connect(self._open_unit)
        right.addWidget(self.missing, 1)
        return right

    def refresh(self, changes: Any) -> None:
        if changes is None or "unit" in changes.ledgers:
            self.read(_("读取社区"), _communities, self._offer)

    def _offer(self, communities: list[str]) -> None:
        kept = self.community.currentData()
        self.community.clear()
        self.community.addItem(_("全部单位"), "")
        for name in communities:
            self.community.addItem(_("只发{c}").format(c=name), name)
        self.community.setCurrentIndex(max(self.community.findData(kept), 0))

    # out ----------------------------------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        items = (self.ledgers.item(n) for n in range(self.ledgers.count()))
        return [item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _ticked(self) -> None:
        self.write.setEnabled(bool(self.chosen()))

    def _ask_out(self) -> None:
        ask.folder(self, _("填报表写到哪个文件夹"), Path.home(), self._write_out)

    def _write_out(self, folder: Path) -> None:
        self.desk.jobs.run(_("写出填报表"), partial(_templates, self.chosen(), self.community.currentData(), folder), self._written, parent=self)

    def _written(self, done: tuple[int, Path]) -> None:
        self.desk.say(_("写出 {n} 份，在 {f}").format(n=done[0], f=done[1]))

    # back ---------------------------------------------------------------------------------------------------

    def _ask_back(self) -> None:
        ask.folder(self, _("交回的文件放在哪个文件夹"), Path.home(), self._read_back)

    def _read_back(self, folder: Path) -> None:
        self.desk.jobs.run(_("读入交回的填报表"), partial(_collection, folder), self._take_found, parent=self)

    def _take_found(self, found: Collection) -> None:
        self.found = found
        self._show()

    def _show(self) -> None:
        self._ticked()
        found = self.found
        self.letters.setEnabled(found is not None and any(f.rejected or f.faults for f in found.files))
        self.take.setEnabled(found is not None and any(f.may_apply for f in found.files))
        if found is None:
            self.tiles.put([None] * 6)
            say_on(self.told, _("还没有读入交回的文件。文件改了名字、换了列的次序都认得出来。"))
            return
        self.files.put(found.files)
        self.missing.put(found.missing)
        files = found.files
        self.tiles.put([found.answered, len(found.missing), sum(f.new for f in files), sum(f.changed for f in files),
                        sum(f.rejected for f in files), sum(bool(f.problem) for f in files)])
        say_on(self.told, _("以上是试算，还没有写入。每个单位写入时各是一步，可以分别撤销；没有导入的行写进改正通知退回单位。"))

    def _apply(self) -> None:
        self.desk.jobs.run(_("写入交回的填报表"), partial(_applied, self.found.files), self._done, parent=self)

    def _done(self, changes: list[Any]) -> None:
        for change in changes:
            self.desk.publish(change)
        self.found = None
        self.files.put(())
        self.missing.put(())
        self._show()
        say_on(self.told, _("已写入 {n} 个单位的填报表，可以逐个撤销。").format(n=len(changes)), "good")

    def _ask_letters(self) -> None:
        ask.folder(self, _("改正通知写到哪个文件夹"), Path.home(), self._write_letters)

    def _write_letters(self, folder: Path) -> None:
        self.desk.jobs.run(_("写改正通知"), partial(_letters, self.found, folder), self._lettered, parent=self)

    def _lettered(self, done: tuple[int, Path]) -> None:
        self.desk.say(_("写出改正通知 {n} 份，在 {f}").format(n=done[0], f=done[1]))

    def _open_unit(self, row: tuple[str, str]) -> None:
        open_record(self.desk, "unit", row[0], "contact_phone")


def _communities(workspace: Any, _progress: Any) -> list[str]:
    return sorted({u["community_code"] for u in workspace.records("unit") if u["community_code"]})


def _templates(ledgers: list[str], community: str, folder: Path, workspace: Any, _progress: Any) -> tuple[int, Path]:
    where = Condition((Clause("community_code", "=", community),))
    units = [u.id for u in workspace.records("unit", where=where)] if community else None
    return len(workspace.write_templates(ledgers, folder, units)), folder


def _collection(folder: Path, workspace: Any, progress: Any) -> Collection:
    return workspace.plan_collection(folder, progress)


def _applied(files: tuple[Returned, ...], workspace: Any, _progress: Any) -> list[Any]:
    return workspace.apply_collected(files)


def _letters(found: Collection, folder: Path, workspace: Any, _progress: Any) -> tuple[int, Path]:
    return len(workspace.write_letters(found, folder)), folder


def _unit(found: Returned) -> Cell:
    return Cell(found.unit_name or _("认不出"), tone="" if found.unit else "block")


def _file(found: Returned) -> str:
    return found.file


def _new(found: Returned) -> Cell:
    return _number(found.new)


def _changed(found: Returned) -> Cell:
    return _number(found.changed)


def _rejected(found: Returned) -> Cell:
    return _number(found.rejected, "block")


def _faults(found: Returned) -> Cell:
    return _number(found.faults, "warn")


def _number(value: int, tone: str = "") -> Cell:
    return Cell(str(value) if value else "", tone=tone if value else "", sort=value)


def _doubt(found: Returned) -> Cell:
    told = found.problem or _("；").join(found.doubts)
    return Cell(told, tone="block" if found.problem else "warn" if told else "", tip=told)


def _name(row: tuple[str, str]) -> str:
    return row[1]
