"""Findings in groups: by rule, by unit, by level or ledger; choosing a group shows its findings alone."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from unionclient.definition.issue import Level
from unionclient.ui.desk import Desk
from unionclient.ui.views.frame import combo
from unionclient.ui.views.table import Cell, Column, ListTable
from unionclient.definition.words import _

_WIDTH = 250
_ALL = object()        # the row of all groups together


class FindingGroups(QWidget):
    """`changed` when other findings are to be shown; `holds(finding)` tells which."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._units: Mapping[tuple[str, str], str] = {}
        self._findings: Sequence[Any] = ()
        self._ways: dict[str, Callable[[Any], Any]] = {"": _nothing, "rule": self._rule, "unit": self._unit, "level": self._level, "ledger": self._ledger}
        self.way = combo(_("怎样分组"), self, [("", _("不分组")), ("rule", _("按规则分组")), ("unit", _("按单位分组")), ("level", _("按级别分组")),
                                           ("ledger", _("按台账分组"))])
        self.way.setCurrentIndex(max(self.way.findData(desk.config.get("check.groups", "")), 0))
        self.way.activated.connect(self._other_way)
        self.table = ListTable([Column(_("分组"), 0, _title), Column(_("个数"), 4, _count, right=True)], _("问题的分组"), self)
        self.table.picked.connect(self._picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        self.setFixedWidth(_WIDTH)
        self.setVisible(bool(self.way.currentData()))

    def put(self, findings: Sequence[Any], units: Mapping[tuple[str, str], str]) -> None:
        """The findings there are; the chosen group stays chosen where it still has any."""
        self._findings, self._units = findings, units
        self._group()

    def holds(self, finding: Any) -> bool:
        """Whether it is of the chosen group, or no group is chosen."""
        picked = self.table.picks() if self.way.currentData() else []
        return not picked or picked[0][0] is _ALL or self._ways[self.way.currentData()](finding) == picked[0][0]

    def _other_way(self) -> None:
        self._desk.config.put("check.groups", self.way.currentData())
        self.setVisible(bool(self.way.currentData()))
        self._group()
        self.changed.emit()

    def _group(self) -> None:
        before = self.table.picks()
        counts = Counter(map(self._ways[self.way.currentData()], self._findings))
        rows = [(_ALL, _("全部"), sum(counts.values())), *((group, group[1], number) for group, number in
                                                         sorted(counts.items(), key=lambda each: (each[0][0], -each[1], each[0][1])))]
        self.table.blockSignals(True)
        self.table.put(rows)
        at = next((n for n, row in enumerate(rows) if before and row[0] == before[0][0]), 0)
        self.table.selectRow(at)
        self.table.blockSignals(False)

    def _picked(self) -> None:
        self.changed.emit()

    # A group is (place in the order, words): the gravest level first, what belongs to nobody last.

    def _rule(self, finding: Any) -> tuple[int, str]:
        library = self._desk.ws.library
        known = library.checks.get(finding.issue.rule)
        rule = library.ledgers[finding.issue.ledger].rules.get(finding.issue.rule)
        told = known.title if known else rule.message if rule else finding.issue.level.title
        return finding.issue.level.rank, f"{finding.issue.rule} {told}"

    def _unit(self, finding: Any) -> tuple[int, str]:
        name = self._units.get((finding.issue.ledger, finding.issue.record), "")
        return (0, name) if name else (1, _("不属于单位"))

    def _level(self, finding: Any) -> tuple[int, str]:
        return finding.issue.level.rank, Level(finding.issue.level).title

    def _ledger(self, finding: Any) -> tuple[int, str]:
        ledgers = list(self._desk.ws.library.ledgers)
        return ledgers.index(finding.issue.ledger), self._desk.ws.library.ledgers[finding.issue.ledger].title


def _nothing(_finding: Any) -> tuple[int, str]:
    return 0, _("全部")


def _title(row: Any) -> Cell:
    return Cell(row[1], tip=row[1])


def _count(row: Any) -> Cell:
    return Cell(f"{row[2]:,}", sort=row[2])
