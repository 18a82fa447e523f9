"""The ranking of recommendations beside the score sheet: conditions, order, places; kept in the ledger on a button."""

import datetime as dt
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from unionclient.definition.faults import UnionClientError
from unionclient.ui.desk import Desk
from unionclient.ui.flow import FlowLayout
from unionclient.ui.views.frame import EARLIEST_YEAR, Tiles, button, combo, label, open_record, say_on
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

LEDGER = "honour_recommendation"
LEDGERS = {LEDGER, "honour_quota", "home_evaluation", "home_ballot", "membership"}


class Honours(QWidget):
    """Choose year, honour and level; whom the places take stands first, those without the conditions last, with what they lack."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.found: Any = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.setSpacing(10)
        codes = desk.ws.library.codes
        head = FlowLayout(8)
        this_year = dt.date.today().year
        self.year = combo(_("年度"), self, [(y, _("{y}年").format(y=y)) for y in range(this_year, EARLIEST_YEAR - 1, -1)])
        self.kind = combo(_("荣誉类别"), self, [(c.code, c.title) for c in codes["honour_kind"].codes.values()])
        self.level = combo(_("级别"), self, [(c.code, c.title) for c in codes["honour_level"].codes.values()])
        wanted = str(desk.config.get("period", "") or desk.ws.setting("ui.period") or "")[:4]
        self.year.setCurrentIndex(max(self.year.findData(int(wanted)) if wanted.isdigit() else 0, 0))
        for box in (self.year, self.kind, self.level):
            box.activated.connect(self.read)
            head.addWidget(box)
        self.quota = button(_("名额"), self, self._to_quota)
        self.keep = button(_("记下排名"), self, self._keep, "primary")
        self.keep.setToolTip(_("把名次、考核得分、满意率写进推荐台账"))
        self.paper = button(_("打印"), self, self._print)
        head.add_room()
        head.begin_part()
        for made in (self.quota, self.keep, self.paper):
            head.addWidget(made)
        whole.addLayout(head)
        self.tiles = Tiles((_("推荐"), _("符合条件"), _("名额"), _("入围")), self)
        whole.addWidget(self.tiles)
        self.note = label("", self, "muted", wrap=True)
        whole.addWidget(self.note)
        self.table = ListTable([
            Column(_("名次"), 3, _rank, right=True), Column(_("对象"), 12, _name), Column(_("所在工会"), 0, _union), Column(_("名额分类"), 6, _kind),
            Column(_("考核得分"), 5, _score, right=True), Column(_("满意率"), 5, _rate, right=True), Column(_("会员数"), 4, _members, right=True),
            Column(_("结果"), 18, _told)], _("两模一优排名"), self)
        self.table.chosen.connect(self._open)
        whole.addWidget(self.table, 1)

    def read(self, *_index: Any) -> None:
        """Work the ranking out beside the window."""
        chosen = (self.year.currentData(), self.kind.currentData(), self.level.currentData())
        self._desk.jobs.run(_("两模一优排名"), partial(_ranked, chosen), self._take, failed=self._failed, parent=self, reading=True)

    def _take(self, found: Any) -> None:
        if (found.year, found.kind, found.level) != (self.year.currentData(), self.kind.currentData(), self.level.currentData()):
            return
        self.found = found
        places = [p.place for p in found.places]
        total = found.quota.get(None, sum(found.quota.values()) if found.quota else None)
        self.tiles.put([len(places), sum(p.rank is not None for p in places), total, sum(p.chosen for p in places)])
        self.keep.setEnabled(bool(places))
        told = _("按考核得分、会员满意率、会员数排列，相同的并列；未入围的不再排。")
        say_on(self.note, told if found.quota else _("没有登记名额，请先到名额里登记。") + told, "muted" if found.quota else "warn")
        self.table.put(found.places)

    def _failed(self, error: UnionClientError) -> None:
        say_on(self.note, "".join(part for part in (error.what, error.todo) if part), "block")

    def _keep(self) -> None:
        found = self.found
        self._desk.jobs.run(_("记下排名"), partial(_kept, (found.year, found.kind, found.level)), self._after_keep, failed=self._failed, parent=self)

    def _after_keep(self, changes: Any) -> None:
        self._desk.say(_("排名已记入推荐台账。") if changes else _("推荐台账里的排名没有变化。"))
        self._desk.publish(changes)

    def _to_quota(self) -> None:
        self._desk.open("honour_quota")

    def _open(self, place: Any) -> None:
        open_record(self._desk, LEDGER, place.record)

    def _print(self) -> None:
        self._desk.open("print", form="F78")


def _rank(place: Any) -> Cell:
    rank = place.place.rank
    return Cell("—" if rank is None else str(rank), sort=10_000 if rank is None else rank)


def _name(place: Any) -> str:
    return place.name


def _union(place: Any) -> str:
    return place.union


def _kind(place: Any) -> str:
    return place.kind_of_unit


def _score(place: Any) -> Cell:
    return Cell("—" if place.score is None else str(place.score), sort=place.score if place.score is not None else -1)


def _rate(place: Any) -> Cell:
    return Cell("—" if place.rate is None else f"{place.rate}%", sort=place.rate if place.rate is not None else -1)


def _members(place: Any) -> Cell:
    return Cell(str(place.members), sort=place.members)


def _told(place: Any) -> Cell:
    tone = "good" if place.place.chosen else "muted" if place.place.rank is not None else "warn"
    return Cell(place.place.told, tone=tone, dot=place.place.chosen)


def _ranked(chosen: tuple[int, str, str], workspace: Any, _progress: Any) -> Any:
    return workspace.ranking(*chosen)


def _kept(chosen: tuple[int, str, str], workspace: Any, _progress: Any) -> Any:
    return workspace.keep_ranking(*chosen)
