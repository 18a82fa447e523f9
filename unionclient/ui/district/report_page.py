"""Reports of the district, what is sent down to the streets, and the data for larger databases."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.district.parts import PeriodChoice, Tidings, chosen_period, period_words, said, show_file
from unionclient.ui.district.send_tab import Order, SendTab
from unionclient.ui.district.sums_page import missing_words
from unionclient.ui.flow import FlowLayout
from unionclient.ui.tabs import Tabs
from unionclient.ui.views.frame import button, label, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

_WORKBOOK = (_("Excel 文件") + " (*.xlsx)",)
_TARGETS = (_("目标表") + " (*.xlsx *.xls *.csv)", _("所有文件") + " (*)")
_FORMS = (_("定义和代码表") + " (*.toml *.sql)",)
_ENDINGS = {".xlsx": _("工作簿"), ".pdf": _("PDF（带图）"), ".asice": _("下发文件")}
REPORT, SEND, EXPORT = range(3)


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the folder `reports` or `sent-down`."""

    path: Path
    at: dt.datetime
    size: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows."""

    periods: list[str]
    period: str
    missing: list[str]
    reports: list[Made]
    sent: list[Made]
    targets: list[Any]
    trust: Any
    can_send: bool


class ReportPage(Tidings):
    """Three tabs: report, sending down, export."""

    title = _("报告与下发")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shown: Shown | None = None
        self._fresh: set[str] = set()      # names of the files just written, marked in the list
        self.tabs = Tabs(self)
        self.tabs.addTab(self._reporting(), _("全区报告"))
        self.send = SendTab(self, self.tabs)
        self.tabs.addTab(self.send, _("下发目标和定义"))
        self.tabs.addTab(self._exporting(), _("导出数据"))
        self.body.addWidget(self.tabs, 1)

    # layout -------------------------------------------------------------------------------------------------

    def _reporting(self) -> QWidget:
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        row = FlowLayout(8)
        self.period = PeriodChoice(self.desk, page, self._look_again)
        self.write = button(_("生成报告"), page, self._report, "primary")
        self.open = button(_("打开"), page, self._open_picked)
        self.carry = button(_("存到 U 盘…"), page, self._ask_carry)
        row.addWidget(label(_("统计期"), page))
        row.addWidget(self.period.box)
        row.addWidget(self.write)
        row.add_room()
        row.begin_part()
        row.addWidget(self.open)
        row.addWidget(self.carry)
        whole.addLayout(row)
        self.state = label("", page, wrap=True)
        whole.addWidget(self.state)
        whole.addWidget(label(_("工作簿里有全区指标、街道对比、分子分母明细、报送情况和跨街道核对；PDF 是给人看的，带图。同样的报送包，生成的文件逐字节相同。"), page,
                              "muted", wrap=True))
        name, when, size = self.file_columns(_("报告"))
        self.reports = ListTable([name, Column(_("种类"), 8, _sort), when, size], _("已生成的报告"), page, several=True)
        self.reports.chosen.connect(self._open)
        self.reports.picked.connect(self._picked)
        whole.addWidget(self.reports, 1)
        return page

    def _exporting(self) -> QWidget:
        page = QWidget(self)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(0, 14, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(label(_("把全部汇总数据写到一个空文件夹，连同装载用的 SQL，给比本程序更大的数据库使用。文件里有街道报送的全部记录，不得外传。"), page, wrap=True))
        row = FlowLayout(8)
        row.addWidget(button(_("导出 CSV（PostgreSQL 用）…"), page, self._ask_csv))
        row.addWidget(button(_("导出 Parquet（DuckDB 用）…"), page, self._ask_parquet))
        whole.addLayout(row)
        self.exported = label("", page, wrap=True)
        whole.addWidget(self.exported)
        whole.addStretch(1)
        return page

    def file_columns(self, title: str) -> list[Column]:
        """Name, time and size of files that were made."""
        return [Column(title, 0, self._name), Column(_("时间"), 9, _when), Column(_("大小"), 5, _size, right=True)]

    # showing ------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self._look_again()

    def open_at(self, **where: Any) -> None:
        """`tab`: report, send or export."""
        self.tabs.setCurrentIndex({"report": REPORT, "send": SEND, "export": EXPORT}.get(where.get("tab"), REPORT))

    def _look_again(self) -> None:
        self.read(_("读取报告"), partial(_look, self.period.code, self.send.year_code), self._show)

    def show_year(self) -> None:
        """Another year is chosen on the tab of sending down."""
        self._look_again()

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.period.put(shown.periods, shown.period)
        self.write.setEnabled(bool(shown.period))
        if not shown.period:
            say_on(self.state, _("还没有接收过报送包，没有可以报告的。"))
        elif shown.missing:
            say_on(self.state, _("△ {n} 个单位没有接收到，报告里会列明：{names}").format(
                n=len(shown.missing), names=_("、").join(shown.missing)), "warn")
        else:
            say_on(self.state, _("✓ 应报单位都已报送。"), "good")
        self.reports.put(shown.reports)
        if shown.reports:
            self.reports.selectRow(0)
        self.send.put(shown)
        self._picked()

    def _picked(self) -> None:
        for made in (self.open, self.carry):
            made.setEnabled(bool(self.reports.picks()))

    # report ---------------------------------------------------------------------------------------------------

    def _report(self) -> None:
        self.run(_("生成报告"), partial(_report, self.period.code), self._reported)

    def _reported(self, made: Any) -> None:
        self._fresh = {made.workbook.name, made.pdf.name}
        self.did(_("报告已生成：工作簿和 PDF。"))

    def _open_picked(self) -> None:
        for made in self.reports.picks():
            self._open(made)

    def _open(self, made: Made) -> None:
        show_file(made.path)
        self.desk.say(_("文件在 {p}").format(p=made.path))

    def _ask_carry(self) -> None:
        self._to_carry = [made.path for made in self.reports.picks()]
        ask.folder(self, _("报告存到哪里（U 盘）"), self._stick(), self._carry)

    def _stick(self) -> Path:
        return Path(self.desk.config.get("district.stick") or "/")

    def _carry(self, folder: Path) -> None:
        self.desk.config.put("district.stick", str(folder))
        self.run(_("拷贝文件"), partial(_copy, tuple(self._to_carry), folder), self._carried)

    def _carried(self, copies: list[Path]) -> None:
        self.desk.say(_("已拷贝并核对：{f}").format(f=_("、").join(copy.name for copy in copies)))

    # sending down -----------------------------------------------------------------------------------------------

    def ask_targets(self) -> None:
        ask.open_file(self, _("选择填好的目标表"), list(_TARGETS), self.take_targets)

    def take_targets(self, path: Path) -> None:
        """Read targets from a workbook: all rows, or none."""
        self.run(_("导入目标表"), partial(_set_targets, int(self.send.year_code), path), self._targets_set)

    def _targets_set(self, count: int) -> None:
        self.did(_("{y}年现在共有 {n} 条目标。").format(y=self.send.year_code, n=count))

    def ask_blank(self) -> None:
        ask.save_file(self, _("目标表存到哪里"), _("{y}年目标表.xlsx").format(y=self.send.year_code), list(_WORKBOOK), self._write_blank)

    def _write_blank(self, path: Path) -> None:
        self.run(_("写出目标表"), partial(_write_targets, int(self.send.year_code), path), self._blank_written)

    def _blank_written(self, path: Path) -> None:
        self.desk.say(_("目标表在 {p}，改好后导入。").format(p=path))

    def ask_forms(self) -> None:
        ask.open_files(self, _("选择要下发的定义和代码表"), list(_FORMS), self.send.add_forms)

    def send_down(self, order: Order) -> None:
        """Sign and write the bundle, once the passphrase is given."""
        self.ask_words(_("签名并下发"), _("下发文件由区里签名，街道核对签名以后采用。请输入口令。"), _("签名并写出"), partial(self._send_down, order))

    def _send_down(self, order: Order, words: str) -> None:
        self.run(_("写出下发文件"), partial(_send, order, words), self._sent)

    def _sent(self, path: Path) -> None:
        self.send.done(path)
        self.did(_("下发文件已写出：{f}").format(f=path.name))

    def carry_sent(self, made: list[Made]) -> None:
        self._to_carry = [each.path for each in made]
        ask.folder(self, _("下发文件存到哪里（U 盘）"), self._stick(), self._carry)

    # export -----------------------------------------------------------------------------------------------------

    def _ask_csv(self) -> None:
        ask.folder(self, _("导出到哪个空文件夹"), self.desk.ws.folder, self._export_csv)

    def _ask_parquet(self) -> None:
        ask.folder(self, _("导出到哪个空文件夹"), self.desk.ws.folder, self._export_parquet)

    def _export_csv(self, folder: Path) -> None:
        self.run(_("导出数据"), partial(_export, folder, False), partial(self._exported, folder))

    def _export_parquet(self, folder: Path) -> None:
        self.run(_("导出数据"), partial(_export, folder, True), partial(self._exported, folder))

    def _exported(self, folder: Path, files: list[Path]) -> None:
        say_on(self.exported, _("✓ 已写出 {n} 个文件：{p}").format(n=len(files), p=folder), "good")

    def _name(self, made: Made) -> Cell:
        period = made.path.stem.removeprefix("district-")
        words = _("{p}工会工作指标汇总").format(p=period_words(period)) if made.path.name.startswith("district-") else made.path.name
        return Cell(words, icon="check" if made.path.name in self._fresh else "", tone="good" if made.path.name in self._fresh else "", tip=str(made.path))


# jobs -----------------------------------------------------------------------------------------------------------------


def _look(period: str, year: str, district: Any, progress: Any) -> Shown:
    district.consolidate(progress)
    periods = district.periods()
    code = chosen_period(period, periods)
    return Shown(periods, code, missing_words(district, code) if code else [], _files(district.folder / "reports"), _files(district.folder / "sent-down"),
                 district.targets(int(year)), district.trust, district.has_key)


def _files(folder: Path) -> list[Made]:
    """Newest first."""
    found = [path for path in folder.glob("*") if path.is_file() and path.suffix in _ENDINGS] if folder.is_dir() else []
    made = [Made(path, dt.datetime.fromtimestamp(path.stat().st_mtime), path.stat().st_size) for path in found]
    return sorted(made, key=lambda each: (each.at, each.path.name), reverse=True)


def _report(period: str, district: Any, progress: Any) -> Any:
    return district.report(period, progress=progress)


def _copy(files: tuple[Path, ...], folder: Path, district: Any, _progress: Any) -> list[Path]:
    return district.copy_out(files, folder)


def _set_targets(year: int, path: Path, district: Any, _progress: Any) -> int:
    return district.set_targets(year, path)


def _write_targets(year: int, path: Path, district: Any, _progress: Any) -> Path:
    return district.write_targets(year, path)


def _send(order: Order, words: str, district: Any, _progress: Any) -> Path:
    return district.send_down(order.year, said(words), definitions=order.forms, note=order.note)


def _export(folder: Path, parquet: bool, district: Any, progress: Any) -> list[Path]:
    return district.export(folder, parquet=parquet, progress=progress)


def _sort(made: Made) -> str:
    return _ENDINGS.get(made.path.suffix, made.path.suffix)


def _when(made: Made) -> str:
    return f"{made.at:%Y-%m-%d %H:%M}"


def _size(made: Made) -> Cell:
    return Cell(f"{max(1, made.size // 1024):,} KB", sort=made.size)
