"""The year's page: every figure against its target, who is missing and why, by community, through the year."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout, Half
from unionclient.ui.views.chart import Course, CourseChart
from unionclient.ui.views.figure_table import FigureTable, Row, rate_words
from unionclient.ui.views.frame import PeriodPicker, View, button, combo, label, open_record, say_on, sheet
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

VIEWS = ("missing", "community", "month", "of", "per")
_WORDS = {"missing": _("缺谁"), "community": _("按社区"), "month": _("按月份"), "of": _("已完成"), "per": _("应完成")}
_PDF, _XLSX = _("PDF 文件") + " (*.pdf)", _("Excel 文件") + " (*.xlsx)"


@dataclass(frozen=True, slots=True)
class Detail:
    """All that is shown of one figure: its work list, its parts, its course, and the records on both sides."""

    figure: Any
    work: Any
    parts: tuple[Any, ...]
    course: tuple[Any, ...]
    of: tuple[str, list[tuple[str, str]]]
    per: tuple[str, list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Month:
    """A line of the year by months."""

    label: str
    now: Cell
    so_far: Cell


class FiguresPage(View):
    """Decides nothing: numbers, states and reasons come with each figure, decided on whole numbers."""

    title = _("指标")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._wanted: str | None = None    # to be chosen when it has been computed
        self._groups: list[tuple[str, list[Row]]] = []
        self._detail: Detail | None = None
        self.period = PeriodPicker(desk, self)
        self.period.changed.connect(self._compute)
        self.group = combo(_("工作板块"), self, [("", _("全部板块"))])
        self.group.setMinimumWidth(150)
        self.group.activated.connect(self._show)
        self.pressing = QCheckBox(_("只看要抓紧的"), self)
        self.pressing.toggled.connect(self._show)
        for part in (self.pressing, self.group, self.period, button(_("打印年度一览…"), self, self._ask_year)):
            self.head.addWidget(part)
        self.table = FigureTable(self)
        self.table.picked.connect(self._pick)
        self.halves = QSplitter(Qt.Orientation.Vertical, self)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.table)
        self.halves.addWidget(self._below())
        self.halves.setStretchFactor(0, 11)
        self.halves.setStretchFactor(1, 9)
        self.body.addWidget(self.halves, 1)
        self._show_detail()

    # layout -------------------------------------------------------------------------------------------------

    def _below(self) -> QWidget:
        below = Half(self)
        whole = QVBoxLayout(below)
        whole.setContentsMargins(0, 4, 0, 0)
        whole.setSpacing(6)
        self.reading = label("", below, "muted", wrap=True)
        whole.addWidget(self.reading)
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addLayout(self._lists(below), 7)
        card, inner = sheet(below)
        self.course_title = label("", card, "heading")
        self.chart = CourseChart(_("全年走势"), card)
        inner.addWidget(self.course_title)
        inner.addWidget(self.chart, 1)
        columns.addWidget(card, 5)
        whole.addLayout(columns, 1)
        return below

    def _lists(self, parent: QWidget) -> QVBoxLayout:
        lists = QVBoxLayout()
        lists.setSpacing(6)
        row = FlowLayout()
        self._choice = QButtonGroup(self)
        self.views = {}
        for name in VIEWS:
            made = button(_WORDS[name], parent, self._show_view)
            made.setCheckable(True)
            made.setChecked(name == "missing")
            self._choice.addButton(made)
            self.views[name] = made
            row.addWidget(made)
        row.add_room()
        row.begin_part()
        self.save = button(_("导出…"), parent, self._ask_save)
        self.paper = button(_("打印…"), parent, self._ask_paper)
        row.addWidget(self.save)
        row.addWidget(self.paper)
        lists.addLayout(row)
        self.stack = QStackedWidget(parent)
        self.lists = {
            "missing": ListTable([Column(_("名称"), 14, lambda line: line.name), Column(_("单位"), 11, lambda line: line.unit),
                                  Column(_("社区"), 7, lambda line: line.community), Column(_("缺什么"), 0, lambda line: line.why)],
                                 _("还缺的单位和记录"), parent),
            "community": ListTable([Column(_("社区"), 0, lambda part: part.key or _("未填社区")), Column(_("完成"), 6, _part_done, right=True),
                                    Column(_("应完成"), 6, _part_whole, right=True), Column(_("比率"), 7, _part_rate, right=True)],
                                   _("按社区"), parent),
            "month": ListTable([Column(_("月份"), 0, lambda month: month.label), Column(_("本期"), 8, lambda month: month.now, right=True),
                                Column(_("累计"), 8, lambda month: month.so_far, right=True)], _("按月份"), parent),
            "of": ListTable([Column(_("记录"), 0, _second)], _("已完成的记录"), parent),
            "per": ListTable([Column(_("记录"), 0, _second)], _("应完成的记录"), parent)}
        for name in VIEWS:
            self.stack.addWidget(self.lists[name])
        self.lists["missing"].chosen.connect(self._go_work)
        self.lists["of"].chosen.connect(self._go_of)
        self.lists["per"].chosen.connect(self._go_per)
        lists.addWidget(self.stack, 1)
        return lists

    # figures ------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        self._compute()

    def open_at(self, **where: Any) -> None:
        """`period` and `figure` choose what is shown."""
        self._wanted = where.get("figure")
        if "period" in where:
            self.period.put(where["period"])
            self._compute()
        elif self.table.choose(self._wanted):
            self._wanted = None

    def _compute(self) -> None:
        self.read(_("计算指标"), partial(_figures, self.period.code), self._take)

    def _take(self, groups: list[tuple[str, list[Row]]]) -> None:
        self._groups = groups
        chosen = self.group.currentData()
        self.group.clear()
        self.group.addItem(_("全部板块"), "")
        for heading, _rows in groups:
            self.group.addItem(heading, heading)
        self.group.setCurrentIndex(max(self.group.findData(chosen), 0))
        self._show()
        kinds = {row.figure.id: row.figure.kind for _heading, rows in groups for row in rows}
        self.desk.jobs.run(_("计算走势"), partial(_quarters, self.period.code, kinds), self._take_quarters, parent=self, reading=True)

    def _take_quarters(self, found: tuple[str, dict[str, list[float | None]]]) -> None:
        if found[0] == self.period.code:
            for _heading, rows in self._groups:
                for row in rows:
                    row.course[:] = found[1].get(row.figure.id, ())
            self.table.viewport().update()

    def _show(self) -> None:
        picked, group = self.table.figure, self.group.currentData()
        pressing = self.pressing.isChecked()
        groups = [(heading, [r for r in rows if r.figure.alarm or not pressing]) for heading, rows in self._groups if group in ("", heading)]
        self.table.put_groups([(heading, rows) for heading, rows in groups if rows])
        figures = [row.figure for _heading, rows in self._groups for row in rows]
        met, late = sum(f.state == "met" for f in figures), sum(f.alarm for f in figures)
        say_on(self.note, _("{p}：{n} 项指标，{m} 项已达标，{k} 项需要抓紧").format(p=self.period.words, n=len(figures), m=met, k=late))
        wanted, self._wanted = self._wanted or (picked.id if picked else None), None
        if not self.table.choose(wanted):
            self.table.choose(self.table.first())

    def _pick(self) -> None:
        figure = self.table.figure
        if figure is None:
            if not self.table.picks():
                self._detail = None
                self._show_detail()
            return
        self.desk.jobs.run(_("查找记录"), partial(_look, figure), self._take_detail, parent=self, reading=True)

    # one figure ---------------------------------------------------------------------------------------------

    def _take_detail(self, detail: Detail) -> None:
        figure = self.table.figure
        if figure is not None and figure.id == detail.figure.id:
            self._detail = detail
            self._show_detail()

    def _show_detail(self) -> None:
        detail = self._detail
        if detail is None:
            self.reading.setText(_("选中一项指标，这里显示它的口径、还缺的单位和背后的记录。"))
            self.chart.put(None)
            self.course_title.setText(_("全年走势"))
        else:
            figure = detail.figure
            told = (_("{title}：{state}").format(title=figure.title, state=figure.state_text),
                    _("口径：{r}").format(r=figure.reading) if figure.reading else "", figure.problem)
            self.reading.setText("　".join(part for part in told if part))
            self.chart.put(_course_of(figure, detail.course))
            self.course_title.setText(_("{y}年走势（虚线为目标）").format(y=figure.period.year))
        rows = {"missing": detail.work.lines, "community": detail.parts, "month": _months(detail), "of": detail.of[1], "per": detail.per[1]} if detail else {}
        for name in VIEWS:
            found = rows.get(name, ())
            self.lists[name].put(found)
            if name == "missing":
                for column, part in ((1, "unit"), (2, "community")):
                    self.lists[name].setColumnHidden(column, not any(getattr(line, part) for line in found))
            counted = name in ("missing", "of", "per") and found
            self.views[name].setText(f"{_WORDS[name]} {len(found)}" if counted else _WORDS[name])
            self.views[name].setEnabled(bool(found))
        if not self._current_enabled():
            next((made for made in self.views.values() if made.isEnabled()), self.views["missing"]).setChecked(True)
        self._show_view()

    def _current_enabled(self) -> bool:
        return any(made.isChecked() and made.isEnabled() for made in self.views.values())

    def _show_view(self) -> None:
        name = next((name for name, made in self.views.items() if made.isChecked()), "missing")
        self.stack.setCurrentWidget(self.lists[name])
        for deed in (self.save, self.paper):
            deed.setVisible(name == "missing")
            deed.setEnabled(bool(self._detail and self._detail.work.lines))

    def _go_work(self, line: Any) -> None:
        open_record(self.desk, self._detail.work.ledger, line.record)

    def _go_of(self, row: tuple[str, str]) -> None:
        open_record(self.desk, self._detail.of[0], row[0])

    def _go_per(self, row: tuple[str, str]) -> None:
        open_record(self.desk, self._detail.per[0], row[0])

    # files --------------------------------------------------------------------------------------------------

    def _ask_year(self) -> None:
        name = _("工作指标一览_{p}.pdf").format(p=self.period.code)
        ask.save_file(self, _("打印年度一览"), name, [_PDF], self._write_year)

    def _write_year(self, out: Path) -> None:
        self.desk.jobs.run(_("打印年度一览"), partial(_print_year, self.period.code, out), self._written, parent=self)

    def _ask_save(self) -> None:
        ask.save_file(self, _("导出名单"), _file_name(self._detail.work, "xlsx"), [_XLSX], self._write_list)

    def _ask_paper(self) -> None:
        ask.save_file(self, _("打印名单"), _file_name(self._detail.work, "pdf"), [_PDF], self._write_list)

    def _write_list(self, out: Path) -> None:
        figure = self._detail.figure
        self.desk.jobs.run(_("写出名单"), partial(_write_list, figure.id, figure.period.code, out), self._written, parent=self)

    def _written(self, out: Path) -> None:
        self.desk.say(_("已保存到 {p}").format(p=out))


# jobs: pure functions on a workspace of their own ------------------------------------------------------------


def _figures(code: str, workspace: Any, _progress: Any) -> list[tuple[str, list[Row]]]:
    """The figures under their headings."""
    return [(heading, [Row(f, []) for f in members]) for heading, members in workspace.figures_by_group(workspace.figures(code))]


def _quarters(code: str, kinds: Mapping[str, str], workspace: Any, progress: Any) -> tuple[str, dict[str, list[float | None]]]:
    """(period, figure id → the heights of its quarters); for the small lines, after the figures are on show."""
    course = workspace.figure_course(int(code[:4]), "quarter", progress=progress)
    return code, {name: [_height(kinds[name], point) for point in points] for name, points in course.items()}


def _look(figure: Any, workspace: Any, _progress: Any) -> Detail:
    """Records of both sides with their names; a count's are those of 累计, which the target is held against."""
    code = figure.period.code
    sides = {}
    for side in ("of", "per"):
        ledger, ids = workspace.figure_records(figure.id, code, side, cumulative=figure.year_to_date is not None)
        sides[side] = (ledger, [(record, workspace.label(ledger, record)) for record in ids])
    return Detail(figure, workspace.worklist(figure.id, code), workspace.figure_parts(code, only=[figure.id]).get(figure.id, ()),
                  workspace.figure_course(figure.period.year, "month", only=[figure.id])[figure.id], sides["of"], sides["per"])


def _print_year(code: str, out: Path, workspace: Any, _progress: Any) -> Path:
    return workspace.print_year(code, out)


def _write_list(figure: str, code: str, out: Path, workspace: Any, _progress: Any) -> Path:
    if out.suffix.lower() == ".pdf":
        return workspace.print_worklist(figure, code, out)
    workspace.export_worklist(figure, code, out)
    return out


# words and heights -------------------------------------------------------------------------------------------


def _height(kind: str, point: Any) -> float | None:
    """How high a point stands: 累计 of a count, per cent of a rate."""
    value = point.done if kind == "C" else point.value
    return None if value is None else float(value)


def _course_of(figure: Any, points: tuple[Any, ...]) -> Course:
    labels = tuple(_("{n}月").format(n=number) for number in range(1, len(points) + 1))
    aim = None if figure.target is None else float(figure.target)
    return Course(f"{figure.title} {rate_words(figure)}", labels, tuple(_height(figure.kind, point) for point in points), aim,
                  "%" if figure.kind != "C" else figure.unit, figure.pace is not None)


def _file_name(work: Any, ending: str) -> str:
    return f"{work.title}_{work.period}.{ending}"


def _second(row: tuple[str, str]) -> str:
    return row[1]


def _part_done(part: Any) -> Cell:
    return Cell(str(part.done), sort=part.done)


def _part_whole(part: Any) -> Cell:
    return Cell("—" if part.denominator is None else str(part.denominator), sort=part.denominator or 0)


def _part_rate(part: Any) -> Cell:
    rate = None if part.denominator is None else part.value
    return Cell("—" if rate is None else f"{rate}%", sort=-1 if rate is None else rate)


def _months(detail: Detail) -> list[Month]:
    """A rate has no 累计; a month to come has nothing."""
    ending = "" if detail.figure.kind == "C" else "%"
    return [Month(point.label, Cell("—" if point.value is None else f"{point.value}{ending}", sort=-1 if point.value is None else point.value),
                  Cell("—" if ending or point.done is None else str(point.done), sort=-1 if point.done is None else point.done))
            for point in detail.course]
