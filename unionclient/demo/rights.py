"""The sample year of focus 2: contracts, congresses, open management, employee directors, women's organisations and projects.

Most rates miss their target by a few units. Planted for the checks to find, none of them barring a package: a wage contract of
two years (X20), one filed after three weeks (X22), an area contract without its units (Y1605), a women's officer of fourteen
members (X24), a man as women's director (X25), a contract that covers more than the unit has (Y1604), a vote of ten in thirty
(CV102), proposals left lying (Y1705). Wage contracts of last year ran out and are told as such.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from unionclient.definition.record import Record
from unionclient.demo.cast import Cast
from unionclient.workspace import Edit, Workspace

_ENTERPRISES = frozenset(("110", "120", "130", "140", "151", "159", "161", "169", "170", "190", "200", "300"))
_STEPS = "要约、代表产生、资料准备、协商会议记录、草案、职代会、报送、公布"
_MATTERS = {"1": "劳动报酬、工作时间、休息休假、劳动安全卫生、保险福利", "2": "工资增长幅度、最低工资标准、加班工资计发办法",
            "3": "孕期产期哺乳期保护、妇科检查、产假待遇、平等就业"}
_PROPOSALS = (("改善职工食堂伙食", "行政部"), ("增设职工书屋", "工会"), ("调整夏季高温津贴", "人力资源部"), ("更换老旧电梯", "物业部"),
              ("组织年度健康体检", "工会"), ("完善加班审批流程", "人力资源部"))
_VOTES = ("集体合同草案", "工资调整方案", "员工手册修订")
_PROJECTS = (("母婴关爱室建设", "15000", "14200"), ("女职工心理减压课堂", "8000", "7650"), ("两癌筛查服务", "20000", "20000"),
             ("亲子阅读活动", "6000", None), ("女职工手工创业培训", "12000", None), ("女性健康讲座进企业", "5000", None))
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class House:
    """A unit with its own union, and the day its congress met this year."""

    number: int
    unit: Record
    union: Record
    employees: int
    met_on: dt.date
    chair: str

    @property
    def enterprise(self) -> bool:
        return self.unit["unit_type"] in _ENTERPRISES


def add(workspace: Workspace, cast: Cast) -> None:
    """Plays the ledgers L16 to L20 of the year."""
    houses = _houses(workspace, cast)
    enterprises = [h for h in houses if h.enterprise]
    _contracts(workspace, cast, enterprises)
    _area_contracts(workspace, cast)
    _congresses(workspace, cast, [h for h in houses if h.enterprise or h.unit["unit_type"] == "400"])
    _open_affairs(workspace, cast, [h for h in houses if h.enterprise or h.unit["unit_type"] == "400"])
    _directors(workspace, cast)
    _women(workspace, cast, houses)
    _projects(workspace, cast, houses)


def _houses(workspace: Workspace, cast: Cast) -> list[House]:
    """Units whose union was founded by November, in the order of the founding ledger."""
    names = {p.id: p["name"] for p in workspace.records("person")}
    chairs = {c["union_id"]: names.get(c["person_id"], "") for c in workspace.records("union_cadre") if c["post"] == "1"}
    units = {u.id: u for u in cast.units}
    houses = []
    for union in cast.unions:
        founded, unit = union["founded_on"], units.get(union["unit_id"])
        if unit is None or founded is None or founded >= dt.date(cast.year, 11, 1) or union["union_type"] not in ("01", "02"):
            continue
        first = max(founded + 10 * _DAY, dt.date(cast.year, 2, 20))
        met = first + cast.chance.randrange(1, max(2, min(90, (dt.date(cast.year, 11, 20) - first).days))) * _DAY
        houses.append(House(len(houses), unit, union, cast.employees.get(unit.id, 20), met, chairs.get(union.id, "")))
    return houses


# contracts --------------------------------------------------------------------------------------------------

def _contracts(workspace: Workspace, cast: Cast, enterprises: Sequence[House]) -> None:
    """A general, a wage and a women's contract for most; what a few lack, or have wrong, is told in the module's head."""
    edits, talks = [], []
    for house in enterprises:
        for kind in ("1", "2", "3"):
            if (house.number * 7 + int(kind) * 3) % 25 == 4 or kind == "3" and house.number % 9 == 5:
                continue
            edits.append(Edit(None, _contract(cast, house, kind)))
            talks.append(_talk(cast, house, kind) if kind != "3" and house.number % 3 else None)
        if house.number % 8 == 2:
            edits.append(Edit(None, _last_years(cast, house)))
            talks.append(None)
    if len(enterprises) > 9:
        _plant(edits)
    made = workspace.save("collective_contract", edits, title="登记集体合同").ledgers["collective_contract"][0]
    workspace.save("negotiation", [Edit(None, talk, parent=contract) for contract, talk in zip(made, talks, strict=True) if talk],
                   title="登记协商会议记录")


def _contract(cast: Cast, house: House, kind: str) -> dict[str, Any]:
    signed = house.met_on + 5 * _DAY
    filed = signed + cast.chance.randrange(2, 9) * _DAY
    standard = kind == "2" and house.number % 4 != 1
    values = {
        "kind": kind, "level": "1", "unit_id": house.unit.id, "union_id": house.union.id,
        "contract_no": f"集{cast.year}-{kind}-{house.number + 1:03d}", "offer_on": house.met_on - 35 * _DAY,
        "negotiated_on": house.met_on - 14 * _DAY, "congress_on": house.met_on, **_assembly(house),
        "worker_rep": house.chair or cast.name(), "employer_rep": cast.name(), "signed_on": signed,
        "covered": house.employees, "covered_female": house.employees * 2 // 5, "valid_from": signed,
        "valid_to": _years_on(signed, 1 if kind == "2" else 3), "independent": "是", "filed_on": filed,
        "filing_no": f"京东人社集审{cast.year}第{house.number * 3 + int(kind)}号", "review": "1", "published_on": filed + 18 * _DAY,
        "standard_steps": _STEPS if standard else "要约、协商会议记录、草案、职代会、报送", "standard_ok": "是" if standard else "否",
        "db_entered_on": filed + 3 * _DAY, "db_ok": "是" if house.number % 13 else "否", "status": "4"}
    if kind == "2":
        values |= {"wage_rise_pct": f"{3 + house.number % 6}.5", "min_wage": "2000"}
    return values


def _assembly(house: House) -> dict[str, int]:
    """Delegates expected, present and in favour: enough of each."""
    expected = max(12, house.employees // 8)
    return {"cong_expected": expected, "cong_present": expected - expected // 10, "cong_agree": expected - expected // 6}


def _years_on(day: dt.date, years: int) -> dt.date:
    """The last day of a term that begins on `day`."""
    return day.replace(year=day.year + years, day=min(day.day, 28)) - _DAY


def _last_years(cast: Cast, house: House) -> dict[str, Any]:
    """The wage contract before this one, which has run out."""
    begun = dt.date(cast.year - 1, 1, 15)
    before = _contract(cast, house, "2") | {"contract_no": f"集{cast.year - 1}-2-{house.number + 1:03d}", "status": "6"}
    return before | {"offer_on": begun - 40 * _DAY, "negotiated_on": begun - 20 * _DAY, "congress_on": begun - 10 * _DAY, "signed_on": begun,
                     "valid_from": begun, "valid_to": dt.date(cast.year, 1, 14), "filed_on": begun + 5 * _DAY,
                     "published_on": begun + 25 * _DAY, "db_entered_on": begun + 9 * _DAY}


def _plant(edits: list[Edit]) -> None:
    """The faults of the module's head, each in a contract of its own."""
    wages = [n for n, edit in enumerate(edits) if edit.values["kind"] == "2" and edit.values["status"] == "4"]
    general = [n for n, edit in enumerate(edits) if edit.values["kind"] == "1"]
    faults: Mapping[int, dict[str, Any]] = {
        wages[1]: {"valid_to": _years_on(edits[wages[1]].values["valid_from"], 2)},
        general[2]: {"filed_on": edits[general[2]].values["signed_on"] + 21 * _DAY},
        general[3]: {"covered": edits[general[3]].values["covered"] + 40},
        wages[4]: {"filing_no": None, "db_entered_on": None, "db_ok": "否"},
    }
    for number, change in faults.items():
        edits[number] = Edit(None, {**edits[number].values, **change})


def _talk(cast: Cast, house: House, kind: str) -> dict[str, Any]:
    return {"round": 1, "held_on": house.met_on - 14 * _DAY, "place": "单位会议室", "chaired_by": house.chair or cast.name(),
            "recorder": cast.name(), "workers": 3, "employers": 3, "matters": _MATTERS[kind],
            "agreed": "双方就上述事项达成一致，形成合同草案，提交职代会审议", "sign_workers": "是", "sign_employers": "是"}


def _area_contracts(workspace: Workspace, cast: Cast) -> None:
    """The joint unions sign for the units they cover: a general and a wage contract each."""
    covered: dict[str, list[Record]] = {}
    for row in workspace.records("union_coverage"):
        if row["covered_to"] is None and row["covered_from"] and row["covered_from"].year <= cast.year:
            covered.setdefault(row["union_id"], []).append(row)
    edits, names = [], []
    for number, (union, rows) in enumerate(covered.items()):
        signed = dt.date(cast.year, 3, 10) + number % 60 * _DAY
        for kind in ("1", "2") if number % 4 != 3 else ("1",):
            staff = sum(row["employees"] or 0 for row in rows)
            edits.append(Edit(None, {
                "kind": kind, "level": "2", "union_id": union, "contract_no": f"区{cast.year}-{kind}-{number + 1:02d}",
                "offer_on": signed - 60 * _DAY, "negotiated_on": signed - 30 * _DAY, "congress_on": signed - 7 * _DAY,
                "cong_expected": 30, "cong_present": 27, "cong_agree": 26, "worker_rep": cast.name(), "employer_rep": cast.name(),
                "signed_on": signed, "covered": staff, "covered_female": staff * 2 // 5, "valid_from": signed,
                "valid_to": _years_on(signed, 1), "independent": "否",
                "filed_on": signed + 6 * _DAY, "filing_no": f"京东人社区审{cast.year}第{number * 2 + int(kind)}号", "review": "1",
                "published_on": signed + 25 * _DAY, "standard_ok": "否", "db_entered_on": signed + 9 * _DAY, "db_ok": "是", "status": "4"}))
            names.append(rows if number or kind == "1" else ())
    if not edits:
        return
    made = workspace.save("collective_contract", edits, title="登记区域性集体合同").ledgers["collective_contract"][0]
    rows = [Edit(None, {"unit_id": row["unit_id"], "employees": row["employees"]}, parent=contract)
            for contract, part in zip(made, names, strict=True) for row in part]
    workspace.save("contract_coverage", rows, title="登记区域性合同的涵盖单位")


# congresses, open management, directors ---------------------------------------------------------------------

def _congresses(workspace: Workspace, cast: Cast, houses: Sequence[House]) -> None:
    """One session for most units, with votes and proposals; a group congress where there is a group."""
    met = [h for h in houses if h.number % 17 != 6]
    edits = [Edit(None, _congress(cast, house)) for house in met]
    made = workspace.save("workers_congress", edits, title="登记职代会").ledgers["workers_congress"][0]
    groups = [u for u in cast.units if u["is_group"]]
    workspace.save("workers_congress", [Edit(None, {
        "unit_id": unit.id, "level": "2", "term_no": 2, "session_no": 1, "held_on": dt.date(cast.year, 5, 9) + number % 90 * _DAY,
        "agenda": "工作报告、改制裁员、集体合同草案", "delegates": 60, "present": 55, "female_delegates": 24, "frontline_delegates": 36,
        "filed_on": dt.date(cast.year, 9, 1), "filed_to": "区总工会", "db_ok": "是", "status": "3"})
        for number, unit in enumerate(groups) if number % 5 != 4], title="登记集团职代会")
    _votes_and_proposals(workspace, cast, list(zip(made, met, edits, strict=True)))
    area = next((u for u in workspace.records("union_org") if u["union_type"] == "03"), None)
    lead = next((c["unit_id"] for c in workspace.records("union_coverage") if area and c["union_id"] == area.id), None)
    if area and lead:
        held = dt.date(cast.year, 4, 18)
        workspace.save("workers_congress", [Edit(None, {
            "unit_id": lead, "level": "3", "union_id": area.id, "term_no": 1, "session_no": 1, "held_on": held, "agenda": "集体合同草案、安全生产",
            "delegates": 40, "present": 36, "female_delegates": 18, "frontline_delegates": 24, "filed_on": held + 9 * _DAY,
            "filed_to": "街道总工会", "db_ok": "是", "status": "3"})], title="登记区域性职代会")


def _congress(cast: Cast, house: House) -> dict[str, Any]:
    delegates = max(12, house.employees // 8)
    filed = house.number % 11 != 3
    values = {"unit_id": house.unit.id, "level": "1", "term_no": 1, "session_no": 1, "held_on": house.met_on,
              "agenda": "工作报告、集体合同草案、工资调整" if house.enterprise else "工作报告、规章制度、民主评议干部",
              "delegates": delegates, "present": delegates - delegates // 10, "female_delegates": delegates * 2 // 5,
              "frontline_delegates": delegates * 3 // 5, "db_ok": "否" if house.number % 19 == 8 else "是", "status": "3" if filed else "2"}
    if house.number % 2:
        present = delegates - delegates // 10
        values |= {"satisfied": present - present // 5, "basic": present // 5, "unsatisfied": 0}
    return values | ({"filed_on": house.met_on + 12 * _DAY, "filed_to": "街道总工会"} if filed else {})


def _votes_and_proposals(workspace: Workspace, cast: Cast, held: Sequence[tuple[str, House, Edit]]) -> None:
    votes, proposals = [], []
    for turn, (congress, house, edit) in enumerate(held):
        present = edit.values["present"]
        if turn == 5:
            votes.append(Edit(None, {"matter": "取消夜班津贴", "votes_for": present // 3, "votes_against": present // 2, "abstain": 0}, parent=congress))
        for matter in _VOTES[: 1 + house.number % 3]:
            against = present // 12
            votes.append(Edit(None, {"matter": matter, "votes_for": present - against, "votes_against": against, "abstain": 0}, parent=congress))
        for n in range(house.number % 3):
            title, handler = _PROPOSALS[(house.number + n) % len(_PROPOSALS)]
            due = min(house.met_on + (60 + 10 * n) * _DAY, dt.date(cast.year, 12, 20))
            done = house.number % 7 != 2
            proposals.append(Edit(None, {
                "title": title, "proposer": cast.name(), "handled_by": handler, "due_on": due,
                **({"done_on": due + (house.number % 4 - 2) * 3 * _DAY, "reply": "已研究落实，结果已告知提案人"} if done else {})}, parent=congress))
    workspace.save("congress_vote", votes, title="登记职代会表决")
    workspace.save("proposal", proposals, title="登记职代会提案")


def _open_affairs(workspace: Workspace, cast: Cast, houses: Sequence[House]) -> None:
    """A standing system for most units, two or three publications in the year; a few only on paper."""
    chosen = [h for h in houses if h.number % 14 != 9]
    edits = []
    for house in chosen:
        since = house.union["founded_on"] + 15 * _DAY
        filed = {"filed_on": since + 20 * _DAY} if house.number % 11 != 6 else {}
        edits.append(Edit(None, {"unit_id": house.unit.id, "system_since": since, "leading_group": "是", "forms": "职代会、公开栏、会议",
                                 "db_ok": "是" if house.number % 16 != 5 else "否", **filed}))
    made = workspace.save("open_affairs", edits, title="登记厂务公开").ledgers["open_affairs"][0]
    shown = []
    for record, house, edit in zip(made, chosen, edits, strict=True):
        for turn in range(2 + house.number % 2 if house.number % 18 != 11 else 0):
            day = min(edit.values["system_since"] + (5 + 25 * turn) * _DAY, dt.date(cast.year, 12, 22))
            votes = house.employees * 4 // 5
            asked = {"satisfied": votes * 3 // 4, "basic": votes // 5, "unsatisfied": votes // 20} if turn == 0 and house.number % 3 == 0 else {}
            shown.append(Edit(None, {"disclosed_on": day, "topic": str(1 + (house.number + turn) % 4), "form": str(1 + turn % 3), **asked}, parent=record))
    workspace.save("disclosure", shown, title="登记厂务公开记录")


def _directors(workspace: Workspace, cast: Cast) -> None:
    """Seats filled in two companies of three; one term has run out."""
    edits = []
    companies = [u for u in cast.units if u["is_company"] and (u["has_board"] or u["has_supervisors"])]
    for number, unit in enumerate(companies):
        if number % 3 == 2:
            continue
        elected = dt.date(cast.year - 1, 4, 6) + number % 200 * _DAY if number != 3 else dt.date(cast.year - 3, 5, 10)
        for post, seat in (("1", "has_board"), ("2", "has_supervisors")):
            if unit[seat]:
                edits.append(Edit(None, {"unit_id": unit.id, "post": post, "person_id": cast.person(), "elected_on": elected,
                                         "term_end": _years_on(elected, 3), "filed_on": elected + 20 * _DAY}))
    workspace.save("employee_director", edits, title="登记职工董事监事")


# women ------------------------------------------------------------------------------------------------------

def _women(workspace: Workspace, cast: Cast, houses: Sequence[House]) -> None:
    """A women's organisation for most unions, of a few some months late; the faults of the module's head among them."""
    known = {c["union_id"]: c["person_id"] for c in workspace.records("union_cadre") if c["post"] == "5" and c["ends_on"] is None}
    edits = []
    for house in houses:
        if house.number % 20 == 13:
            continue
        women = house.employees * 2 // 5
        founded = house.union["founded_on"] + (70 if house.number % 15 == 9 else cast.chance.randrange(0, 20)) * _DAY
        treated = house.number % 9 != 4
        edits.append(Edit(None, {
            "union_id": house.union.id, "form": "1" if women >= 10 else "2", "founded_on": founded,
            "director_id": known.get(house.union.id) or cast.person(woman=True), "members_f": women * 9 // 10, "director_treatment": "是" if treated else "否",
            **({"treatment_doc": f"东花工发〔{founded.year}〕{house.number + 200}号"} if treated else {})}))
    large = [n for n, edit in enumerate(edits) if edit.values["form"] == "1"]
    if len(large) > 3:
        edits[large[1]] = Edit(None, {**edits[large[1]].values, "form": "2", "members_f": 14})
        edits[large[3]] = Edit(None, {**edits[large[3]].values, "director_id": cast.person(woman=False)})
    workspace.save("women_org", edits, title="登记女职工组织")


def _projects(workspace: Workspace, cast: Cast, houses: Sequence[House]) -> None:
    """A project in every tenth union: closed, under way and just applied for."""
    edits = []
    for number, house in enumerate(houses[::7][: len(_PROJECTS) * cast.scale]):
        name, budget, actual = _PROJECTS[number % len(_PROJECTS)]
        begun = dt.date(cast.year, 3, 1) + 20 * (number % 9) * _DAY
        women = house.employees * 2 // 5
        done = {"actual": actual, "persons": women * 3 // 4, "result": "按计划完成，女职工反映良好", "status": "4"} if actual else {
            "status": str(1 + number % 3)}
        edits.append(Edit(None, {"name": name, "owner_union_id": house.union.id, "begins_on": begun, "ends_on": begun + 120 * _DAY,
                                 "goals": "面向本单位女职工开展服务，提高获得感", "budget": budget, **done}))
    workspace.save("women_project", edits, title="登记女职工项目")
