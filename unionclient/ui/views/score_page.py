"""The score page: home evaluations with their sheet, totals, veto and grade; beside it ballots, inspections, honours, the street's score, the contest."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLayout, QLineEdit, QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui import ask
from unionclient.ui.desk import Desk
from unionclient.ui.tabs import Tabs
from unionclient.ui.views import contest, honours, inspections, street_score
from unionclient.ui.views.ballots import Ballots
from unionclient.ui.views.contest import ContestPanel
from unionclient.ui.views.frame import Tiles, View, beside, beside_list, button, combo, label, open_record, say_on
from unionclient.ui.views.honours import Honours
from unionclient.ui.views.inspections import Inspections
from unionclient.ui.views.new_evaluation import NewEvaluation
from unionclient.ui.views.score_sheet import ScoreTable, Typed
from unionclient.ui.views.street_score import StreetScorePanel
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.ui.widgets import Elided
from unionclient.definition.words import _
from unionclient.workspace import Edit

LEDGER, BALLOT, INSPECTION = "home_evaluation", "home_ballot", "home_inspection"
TABS = ("evaluation", "inspection", "ballot", "honours", "street", "contest")


class ScorePage(View):
    """A mark is saved when its cell is left; totals and grade follow in the same step."""

    title = _("考核评分")

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.opened: Any = None
        self._wanted: str | None = None
        self.tabs = Tabs(self)
        self.tabs.addTab(self._evaluations(), _("职工之家考核"))
        self.inspections = Inspections(desk, self)
        self.tabs.addTab(self.inspections, _("验家打分"))
        self.ballots = Ballots(desk, self)
        self.tabs.addTab(self.ballots, _("会员评家"))
        self.honours = Honours(desk, self)
        self.tabs.addTab(self.honours, _("两模一优"))
        self.street = StreetScorePanel(desk, self)
        self.tabs.addTab(self.street, _("三级联创"))
        self.contest = ContestPanel(desk, self)
        self.tabs.addTab(self.contest, _("安康杯"))
        self._behind = {"honours", "street", "contest"}  # tabs worked out when they are first looked at, and again after a change
        self.tabs.currentChanged.connect(self._look)
        self.body.addWidget(self.tabs, 1)
        self._show_sheet()

    # layout -------------------------------------------------------------------------------------------------

    def _evaluations(self) -> QWidget:
        page = QWidget(self)
        self.new = button(_("新建考核…"), page, self._ask_new)
        self.table = ListTable([Column(_("工会"), 0, _union), Column(_("年度"), 2, _year), Column(_("等级"), 3, _grade)], _("考核"), page)
        self.table.picked.connect(self._pick)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(self._sheet_head(page))
        self.tiles = Tiles((_("自评"), _("街道复核"), _("验家"), _("空项分"), _("得分"), _("等级")), page)
        right.addWidget(self.tiles)
        self.sheet = ScoreTable(self.desk.ws.library.ledgers["evaluation_item"], page)
        self.sheet.sheet.typed.connect(self._save_mark)
        self.sheet.moved.connect(self._tell_item)
        right.addWidget(self.sheet, 4)
        self.item = label("", page, "muted", wrap=True)
        right.addWidget(self.item)
        self.wrong = label("", page, "block", wrap=True)
        self.wrong.hide()
        right.addWidget(self.wrong)
        self.problems = ListTable([Column(_("级别"), 6, _level), Column(_("问题"), 0, _message)], _("评分的问题"), page)
        self.problems.horizontalHeader().hide()
        self.problems.chosen.connect(self._to_item)
        right.addWidget(self.problems, 1)
        beside_list(page, self.table, right, above=self.new)
        return page

    def _sheet_head(self, page: QWidget) -> QLayout:
        self.name = Elided("", "heading", page)
        self.veto = combo(_("一票否决"), page)
        self.veto.setMaximumWidth(240)
        self.veto.activated.connect(self._set_veto)
        self.bonus = QLineEdit(page)
        self.bonus.setAccessibleName(_("加分"))
        self.bonus.setFixedWidth(56)
        self.bonus.editingFinished.connect(self._set_bonus)
        self.auto = button(_("系统计算"), page, self._fill)
        self.auto.setToolTip(_("按台账算出能算的各项，填入“系统计算”一列"))
        self.paper = button(_("打印"), page, self._print)
        return beside(self.name, label(_("一票否决"), page, "muted"), self.veto, label(_("加分"), page, "muted"), self.bonus, self.auto, self.paper)

    # reading ------------------------------------------------------------------------------------------------

    def refresh(self, changes: Any) -> None:
        touched = None if changes is None else set(changes.ledgers)
        if touched is None or {LEDGER, BALLOT, "evaluation_item", "union_org", *inspections.LEDGERS} & touched:
            self.read(_("读取考核"), _lists, self._take)
        if touched is None or honours.LEDGERS & touched:
            self._behind.add("honours")
        if touched is None or touched - {LEDGER, "evaluation_item"} - street_score.LEDGERS:
            self._behind.add("street")      # its items rest on the figures of all ledgers
        if touched is None or contest.LEDGERS & touched:
            self._behind.add("contest")
        self._look()

    def _look(self, *_index: Any) -> None:
        """Read the tab that is looked at, if what it shows may have changed."""
        name = TABS[self.tabs.currentIndex()]
        self.note.setVisible(name == "evaluation" and bool(self.note.text()))  # it speaks of the opened evaluation
        if name in self._behind:
            self._behind.discard(name)
            {"honours": self.honours, "street": self.street, "contest": self.contest}[name].read()

    def open_at(self, **where: Any) -> None:
        """`evaluation` or `ballot`: a record's id; `tab`: one of `TABS`."""
        if "tab" in where:
            self.tabs.setCurrentIndex(TABS.index(where["tab"]))
        if "ballot" in where:
            self.tabs.setCurrentIndex(TABS.index("ballot"))
        elif "evaluation" in where:
            self.tabs.setCurrentIndex(0)
            self._wanted = where["evaluation"]
            self.refresh(None)

    def _take(self, lists: tuple[list, list, list]) -> None:
        evaluations, ballots, visits = lists
        wanted = self._wanted or (self.opened.record.id if self.opened else None)
        self._wanted = None
        self.table.put(evaluations)
        self.table.selectRow(next((n for n, row in enumerate(evaluations) if row[0] == wanted), 0))
        self.ballots.put(ballots)
        self.inspections.put(visits)

    def _pick(self) -> None:
        picked = self.table.picks()
        if not picked:
            self.opened = None
            self._show_sheet()
        elif self.opened is None or self.opened.record.id != picked[0][0]:
            self._open(picked[0][0])

    def _open(self, record: str) -> None:
        self.desk.jobs.run(_("打开考核"), partial(_opened, record), self._take_sheet, failed=self._not_opened, parent=self, reading=True)

    def _not_opened(self, error: UnionClientError) -> None:
        self.opened = None  # never type into the sheet of another evaluation than the picked one
        self._wrong(error)
        self._show_sheet()

    def _take_sheet(self, opened: Any) -> None:
        """Shown only while it is still the picked one: the officer may have gone on meanwhile."""
        picked = self.table.picks()
        if picked and picked[0][0] == opened.record.id:
            self.opened = opened
            self._show_sheet()

    # showing ------------------------------------------------------------------------------------------------

    def _show_sheet(self) -> None:
        opened = self.opened
        for made in (self.veto, self.bonus, self.auto, self.paper):
            made.setEnabled(opened is not None)
        if opened is None:
            self.name.setText(_("没有选中考核"))
            self.sheet.sheet.put(())
            self.tiles.put([None] * 6)
            self._tell_problems([])
            return
        result = opened.result
        self.name.setText(self.desk.ws.label(LEDGER, opened.record.id))
        self.name.setToolTip(f"{self.name.text()}　{opened.sheet.title} {opened.sheet.version}")
        self.sheet.sheet.put(opened.lines)
        self.tiles.put([*(result.totals[c] for c in ("self", "review", "inspect")), result.na_points, result.final, result.grade_title or None])
        self._show_vetoes()
        self.bonus.setText(self.desk.ws.show(LEDGER, opened.record, "bonus"))
        self._tell_problems(result.problems)

    def _tell_item(self) -> None:
        """The item of the present cell in full: its words are too long for the column."""
        line = self.sheet.line()
        if line is None:
            say_on(self.item, "")
            return
        item = line.item
        parts = (_("{code}　{title}（{points}分）").format(code=item.code, title=item.title, points=item.points), item.rule, _("必备项，得 0 分时等级受限") if item.must else "",
                 _("系统计算：{w}").format(w=line.auto_words) if line.auto_words else "")
        say_on(self.item, "　".join(part for part in parts if part))

    def _show_vetoes(self) -> None:
        proposed = self.opened.proposed_vetoes
        self.veto.clear()
        self.veto.addItem(_("没有"), None)
        for code, words in self.opened.sheet.vetoes.items():
            self.veto.addItem((_("{code}　{title}（台账中有）") if code in proposed else "{code}　{title}").format(code=code, title=words), code)
        self.veto.setCurrentIndex(max(self.veto.findData(self.opened.record.get("veto_code")), 0))
        told = _("台账显示可能有一票否决：{v}。").format(v=_("、").join(proposed)) if proposed and not self.opened.record.get("veto_code") else ""
        say_on(self.note, told, "warn")

    # saving -------------------------------------------------------------------------------------------------

    def _save_mark(self, typed: Typed) -> None:
        self._write({}, {typed.code: {typed.field: typed.value}})

    def _set_veto(self) -> None:
        self._write({"veto_code": self.veto.currentData()}, {})

    def _set_bonus(self) -> None:
        if self.opened and self.bonus.text().strip() != self.desk.ws.show(LEDGER, self.opened.record, "bonus"):
            self._write({"bonus": self.bonus.text().strip()}, {})

    def _write(self, values: dict[str, Any], marks: dict[str, dict[str, Any]]) -> None:
        """Save beside the window: the ledgers' own facts are read again with every mark."""
        say_on(self.wrong, "")
        self.desk.jobs.run(_("保存评分"), partial(_save, self.opened.record.id, values, marks), self._written, failed=self._wrong, parent=self)

    def _written(self, done: tuple[list[Any], Any]) -> None:
        changes, opened = done
        self._take_sheet(opened)
        for change in changes:
            self.desk.publish(change)

    def _wrong(self, error: UnionClientError) -> None:
        say_on(self.wrong, "".join(part for part in (error.what, error.todo) if part), "block")
        if self.opened:
            self._show_sheet()

    def _fill(self) -> None:
        self.desk.jobs.run(_("系统计算"), partial(_fill, self.opened.record.id), self._filled, parent=self)

    def _tell_problems(self, problems: Sequence[Any]) -> None:
        """A sheet without problems has the room of their list."""
        self.problems.put(problems)
        self.problems.setVisible(bool(problems))

    def _filled(self, changes: Any) -> None:
        if self.opened:
            self._open(self.opened.record.id)
        self.desk.say(_("已按台账计算。") if changes else _("计算结果没有变化。"))
        self.desk.publish(changes)

    def _ask_new(self) -> None:
        NewEvaluation(self.desk, self._make, self).open()

    def _make(self, union: str, year: int) -> None:
        try:
            changes = self.desk.ws.save(LEDGER, [Edit(None, {"union_id": union, "year": year})])
        except UnionClientError as error:
            ask.fault(self, error)
            return
        self._wanted = changes.ledgers[LEDGER][0][0]
        self.refresh(changes)
        self.desk.publish(changes)

    def _print(self) -> None:
        for form in self.desk.ws.forms_for(LEDGER)[:1]:
            self.desk.open("print", form=form.id, records=(self.opened.record.id,))

    def _to_item(self, problem: Any) -> None:
        rows = self.sheet.sheet.rows
        at = next((n for n, row in enumerate(rows) if not isinstance(row, str) and row.item.code == problem.item), None)
        if at is not None:
            self.sheet.setCurrentIndex(self.sheet.sheet.index(at, 3))
            self.sheet.setFocus()
        else:
            open_record(self.desk, LEDGER, self.opened.record.id)


def _lists(workspace: Any, _progress: Any) -> tuple[list, list, list]:
    """(id, union, year, grade) of the evaluations, (…, round) of the ballots, (id, union, year) of the inspections, newest year first."""
    return tuple(sorted(([r.id, *(workspace.show(ledger, r, name) for name in names)] for r in workspace.records(ledger)),
                        key=_order, reverse=True)
                 for ledger, names in ((LEDGER, ("union_id", "year", "grade")), (BALLOT, ("union_id", "year", "round")), (INSPECTION, ("union_id", "year"))))


def _order(row: list[str]) -> str:
    return row[2]


def _opened(record: str, workspace: Any, _progress: Any) -> Any:
    return workspace.evaluation(record)


def _save(record: str, values: dict[str, Any], marks: dict[str, dict[str, Any]], workspace: Any, _progress: Any) -> tuple[list[Any], Any]:
    """The evaluation's own values first; totals and grade that follow from them and the marks come after."""
    changes = [workspace.save(LEDGER, [Edit(record, values)])] if values else []
    changes.append(workspace.set_marks(record, marks))
    return changes, workspace.evaluation(record)


def _fill(record: str, workspace: Any, _progress: Any) -> Any:
    return workspace.fill_auto(record)


def _union(row: list[str]) -> str:
    return row[1]


def _year(row: list[str]) -> str:
    return row[2]


def _grade(row: list[str]) -> str:
    return row[3]


def _level(problem: Any) -> Cell:
    return Cell(problem.level.title, problem.level, sort=problem.level.rank)


def _message(problem: Any) -> Cell:
    return Cell(problem.message, tip=problem.mend)
