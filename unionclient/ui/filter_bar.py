"""The filter above a grid: field, operator, value → `Condition`; what is in force always stands there to be seen."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from unionclient.definition.condition import Clause, Condition
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.values import TYPES
from unionclient.ui import icons
from unionclient.ui.editors.kinds import make_input
from unionclient.ui.flow import FlowLayout
from unionclient.ui.widgets import Choice, button, label
from unionclient.definition.words import _

_EMPTY = ("empty", _("没有填写"))
_FILLED = ("filled", _("已填写"))
_EQUAL = (("=", _("是")), ("!=", _("不是")))
_NUMBER = (("=", _("等于")), (">=", _("不少于")), ("<=", _("不超过")), ("!=", _("不等于")))
_DAY = ((">=", _("不早于")), ("<=", _("不晚于")), ("=", _("是")))
OPERATORS = {
    "text": (("contains", _("包含")), *_EQUAL), "int": _NUMBER, "decimal": _NUMBER, "money": _NUMBER, "date": _DAY,
    "month": _DAY, "datetime": _DAY, "bool": (("=", _("是")),), "code": _EQUAL, "codes": (("has", _("包括")),),
    "reference": _EQUAL, "attachment": (),
}


class FilterBar(QWidget):
    """`changed` carries the new Condition."""

    changed = Signal(object)

    def __init__(self, ledger: Ledger, workspace: Any, parent: QWidget) -> None:
        super().__init__(parent)
        self.ledger = ledger
        self._ws = workspace
        self._clauses: list[Clause] = []
        self._value: QWidget | None = None
        self.field = Choice(_("筛选的项目"), self)
        for item in ledger.live_fields:
            self.field.addItem(item.title, item.id)
        self.operator = Choice(_("筛选的比较方式"), self)
        self._add = button(_("加入筛选"), self.add, self)
        self._fault = label("", "block", self)
        self._fault.hide()
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for widget in (self.field, self.operator, self._add):
            self._row.addWidget(widget)
        self._row.addWidget(self._fault)
        self._row.addStretch(1)
        self.chips = QWidget(parent)    # stands in the page by itself: what is in force is always seen
        self._chips = FlowLayout()
        self.chips.setLayout(self._chips)
        self.chips.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._row)
        self.field.activated.connect(self._field_chosen)
        self.operator.activated.connect(self._operator_chosen)
        self._field_chosen()

    @property
    def condition(self) -> Condition:
        return Condition(tuple(self._clauses))

    def chosen_field(self) -> Field:
        return self.ledger.fields[self.field.currentData()]

    def _field_chosen(self) -> None:
        field = self.chosen_field()
        self.operator.clear()
        for sign, title in (*OPERATORS[field.type], _FILLED, _EMPTY):
            self.operator.addItem(title, sign)
        if self._value is not None:
            self._row.removeWidget(self._value)
            self._value.deleteLater()
            self._value = None
        if field.type != "attachment":
            self._value = make_input(_for_filter(field), self._ws, self, cell=False)
            self._value.setAccessibleName(_("筛选的内容"))
            self._value.setFixedWidth(190)
            self._value.returnPressed.connect(self.add)
            self._row.insertWidget(2, self._value)
        self._operator_chosen()

    def _operator_chosen(self) -> None:
        if self._value is not None:
            self._value.setVisible(self.operator.currentData() not in ("empty", "filled"))

    def add(self) -> None:
        """The clause as chosen joins those in force."""
        clause = self._clause()
        self._fault.setVisible(clause is None)
        if clause is not None and clause not in self._clauses:
            self._clauses.append(clause)
            self._show()

    def _clause(self) -> Clause | None:
        field, sign = self.chosen_field(), self.operator.currentData()
        if sign in ("empty", "filled"):
            return Clause(field.id, sign)
        reading = TYPES[field.type].parse(self._value.typed(), field)
        value = reading.value
        if reading.problem is not None or value is None:
            self._fault.setText(reading.problem.message if reading.problem else _("请填写要找的内容"))
            return None
        if field.type == "reference" and self._ws.record(field.ref, value) is None:
            self._fault.setText(_("请从列表中选择"))
            return None
        if field.type == "codes":
            if len(value) != 1:
                self._fault.setText(_("一次选一项"))
                return None
            value = value[0]
        return Clause(field.id, sign, value)

    def narrow_to(self, condition: Condition) -> None:
        """Put a condition in force from outside, in place of all others."""
        self._clauses = list(condition.clauses)
        self._show()

    def toggle(self, clauses: tuple[Clause, ...]) -> bool:
        """Put clauses in force besides those there; take them away if they all are already. True: they are in force now."""
        there = all(clause in self._clauses for clause in clauses)
        self._clauses = [c for c in self._clauses if c not in clauses] if there else list(dict.fromkeys((*self._clauses, *clauses)))
        self._show()
        return not there

    def clear(self) -> None:
        self.narrow_to(Condition())

    def _show(self) -> None:
        while self._chips.count():
            self._chips.takeAt(0).widget().deleteLater()
        for clause in self._clauses:
            chip = QPushButton(self.say(clause), self.chips)
            chip.setProperty("kind", "chip")
            chip.setIcon(icons.icon("close", "on_chosen"))
            chip.setToolTip(_("取消这一条筛选"))
            chip.setAutoDefault(False)
            chip.setProperty("clause", self._clauses.index(clause))
            chip.clicked.connect(self._remove)
            self._chips.addWidget(chip)
        self.chips.setVisible(bool(self._clauses))
        self.changed.emit(self.condition)

    def _remove(self) -> None:
        number = self.sender().property("clause")
        del self._clauses[number]
        self._show()

    def say(self, clause: Clause) -> str:
        """A clause in the officer's words."""
        field = self.ledger.fields.get(clause.field) or self._ws.library.parent_field(self.ledger.id)
        titles = dict((*OPERATORS[field.type], _FILLED, _EMPTY))
        sign = titles.get(clause.operator, clause.operator)
        if clause.operator in ("empty", "filled"):
            return f"{field.title} {sign}"
        if field.type == "reference":
            shown = self._ws.label(field.ref, clause.value)
        elif field.type == "codes":
            shown = field.codes.title_of(clause.value)
        else:
            shown = TYPES[field.type].show(clause.value, field)
        return f"{field.title} {sign} {shown}"


def _for_filter(field: Field) -> Field:
    """The same field without what belongs to entering: it may be typed in and is a single line."""
    return replace(field, readonly=False, required=False, help="", length=min(field.length, 200))
