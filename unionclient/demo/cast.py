"""Who plays in the sample street: its units with what a whole year needs of them, its unions, and made-up people on demand."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from unionclient.definition.record import Record
from unionclient.demo import street as made_up
from unionclient.workspace import Edit, Workspace

YEAR = 2017
UNITS = 115                             # of the street; 60 of them have founded a union of their own or joined one
_POOL = 120                             # people made at a time
_KINDS = (  # (单位类别, 控股, 公司制, 董事会, 监事会, 集团): what the street's units are, in turn
    ("170", "5", "是", "否", "否", "否"), ("159", "5", "是", "是", "是", "否"), ("170", "5", "是", "否", "是", "否"),
    ("110", "1", "否", "否", "否", "否"), ("159", "3", "是", "是", "是", "是"), ("400", "9", "否", "否", "否", "否"),
    ("170", "5", "是", "是", "否", "否"), ("600", "5", "否", "否", "否", "否"), ("169", "5", "是", "是", "是", "否"),
    ("170", "5", "是", "否", "否", "否"), ("700", "9", "否", "否", "否", "否"), ("120", "2", "否", "否", "否", "否"),
)
_NAMES = ("晨光", "永信", "天和", "万泰", "嘉禾", "远见", "新源", "博雅", "凯旋", "明德", "安泰")
_ENDINGS = (("科技有限公司", "I"), ("商贸有限公司", "F"), ("餐饮管理有限公司", "H"), ("物业管理有限公司", "K"), ("文化传播有限公司", "R"))


class People:
    """Made-up persons with sound identity numbers, written to the ledger `person` in batches."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._chance = random.Random("people")
        self._taken: set[str] = set()
        self._waiting: dict[bool, list[str]] = {True: [], False: []}

    def next(self, woman: bool) -> str:
        if not self._waiting[woman]:
            edits = [Edit(None, self._person(woman)) for _ in range(_POOL)]
            done = self._workspace.save("person", edits, title="登记人员信息")
            self._waiting[woman] = list(done.ledgers["person"][0])[::-1]
        return self._waiting[woman].pop()

    def _person(self, woman: bool) -> dict[str, object]:
        born = dt.date(1957, 1, 1) + dt.timedelta(days=self._chance.randrange(39 * 365))
        return {"name": made_up.person_name(self._chance), "id_type": "1",
                "id_no": made_up.resident_id(self._chance, born, woman, self._taken), "gender": "2" if woman else "1",
                "birth_date": born, "ethnicity": "01", "phone": made_up.phone(self._chance)}


@dataclass(slots=True)
class Cast:
    """What a part of the sample year is played with; the same for the same seed and scale."""

    chance: random.Random
    people: People
    units: Sequence[Record]
    unions: Sequence[Record]
    union_of: dict[str, Record]
    employees: dict[str, int]           # unit id → headcount
    communities: Sequence[str]
    streets_officer: str = made_up.OFFICER
    year: int = YEAR
    scale: int = 1
    street: str = made_up.STREET
    used: dict[str, object] = field(default_factory=dict)   # what one part leaves for a later one, by ledger id

    def person(self, woman: bool | None = None, unit: str | None = None) -> str:
        """The record id of a person nobody has met yet."""
        return self.people.next(self.chance.random() < 0.5 if woman is None else woman)

    def name(self) -> str:
        return made_up.person_name(self.chance)

    def phone(self) -> str:
        return made_up.phone(self.chance)

    def day(self, month_from: int = 1, month_to: int = 12) -> dt.date:
        """A day of the year between the first of one month and the 28th of another."""
        first, last = dt.date(self.year, month_from, 1), dt.date(self.year, month_to, 28)
        return first + dt.timedelta(days=self.chance.randrange((last - first).days + 1))


def gather(workspace: Workspace, part: str, people: People, scale: int = 1) -> Cast:
    """The cast for one part of the year, from what the street holds now."""
    units = workspace.records("unit")
    unions = [u for u in workspace.records("union_org") if u["unit_id"]]
    heads = {s["unit_id"]: s["employees"] for s in workspace.records("employee_stat") if s["employees"] is not None}
    communities = list(dict.fromkeys(u["community_code"] for u in units if u["community_code"]))
    return Cast(random.Random(f"{made_up.SEED} {part}"), people, units, unions, {u["unit_id"]: u for u in unions}, heads,
                communities, scale=scale)


def complete_units(workspace: Workspace, scale: int = 1) -> None:
    """The units that have no union yet, and for every unit what the founding workbook does not say; a headcount for each."""
    chance = random.Random(f"{made_up.SEED} units")
    known = workspace.records("unit")
    fresh = [Edit(None, _unit(n, chance)) for n in range(max(UNITS * scale - len(known), 0))]
    workspace.save("unit", fresh, title="登记辖区单位")
    units = workspace.records("unit")
    workspace.save("unit", [Edit(u.id, _kind(n, chance)) for n, u in enumerate(units)], title="补填单位性质")
    counted = {s["unit_id"] for s in workspace.records("employee_stat")}
    founded = {u["unit_id"]: u for u in workspace.records("union_org") if u["unit_id"]}
    heads = [Edit(None, _headcount(u.id, founded.get(u.id), chance)) for u in units if u.id not in counted]
    workspace.save("employee_stat", heads, title="登记职工情况")
    untold = [s for s in workspace.records("employee_stat") if s["female"] is None and s["employees"]]
    workspace.save("employee_stat", [Edit(s.id, {"female": max(s["employees"] * 2 // 5, s["female_members"] or 0)}) for s in untold],
                   title="补填女职工人数")


def _unit(number: int, chance: random.Random) -> dict[str, object]:
    ending, industry = _ENDINGS[number % len(_ENDINGS)]
    turn, word = divmod(number // len(_ENDINGS), len(_NAMES))
    name = f"北京{_NAMES[word]}{'甲乙丙丁戊己庚辛壬癸'[turn % 10] if turn else ''}{'新' * (turn // 10)}{ending}"
    return {"name": name, "uscc": made_up.uscc(700000 + number * 13), "industry": industry, "biz_status": "1",
            "community_code": made_up.COMMUNITIES[number % len(made_up.COMMUNITIES)],
            "biz_address": f"东花市大街{number + 101}号", "contact": made_up.person_name(chance), "contact_phone": made_up.phone(chance)}


def _kind(number: int, chance: random.Random) -> dict[str, object]:
    unit_type, holding, company, board, supervisors, group = _KINDS[number % len(_KINDS)]
    return {"unit_type": unit_type, "holding": holding, "is_company": company, "has_board": board, "has_supervisors": supervisors,
            "is_group": group, "is_hitech": "是" if number % 17 == 5 else "否", "in_park": "是" if number % 23 == 7 else "否",
            "safety_scope": "是" if number % 9 else "否", "legal_rep": made_up.person_name(chance)}


def _headcount(unit: str, union: Record | None, chance: random.Random) -> dict[str, object]:
    employees = (union and union["employees_at_founding"]) or chance.choice((6, 9, 12, 15, 22, 28, 40, 65, 105, 140))
    return {"unit_id": unit, "as_of": dt.date(YEAR, 6, 30), "employees": employees, "female": employees * 2 // 5,
            "migrant": employees // 5, "dispatched": employees // 20}
