"""The sample year of organisation work: prospects and visits, foundings, coverage, buildings, transfers, meetings, fees, cadres, homes.

Foundings reach their targets, coverage and members do not. Terms of office stay empty: a sample of 2017 would only
show that they ran out long ago. Planted for the checks to find, all of them to be explained:
a unit that pays fees and stands on no list (OG70), two prospects left open at the year's end without a reason (OG04), a building
with more tenants listed than it has (OG42), covered units whose members no roster names (OG14), a social worker graded above the
marks (OG82), a grant not used up (OG90).
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from unionclient.definition.record import Record
from unionclient.demo.cast import Cast
from unionclient.workspace import Edit, Workspace

_STREET_UNION = "东花市街道总工会"
_SOURCES = ("1", "2", "3", "4", "6", "1", "2", "8")
_OBSTACLES = ("1", "2", "4", "5", "3")
_BUILDINGS = (("花市国际大厦", "忠实里社区"), ("枣苑商务楼", "花市枣苑社区"), ("北里写字楼", "北里东区社区"), ("南里众创空间", "南里社区"))
_PLACES = ("忠实里社区活动室", "枣苑社区服务站", "花市国际大厦一层大厅", "街道工会服务站", "南里社区会议室")
_ISSUES = ("希望组织健康体检", "询问京卡怎样办理", "希望增加免费培训班", "反映午餐不便，希望协调食堂", "")
_FACILITIES = ("1,2,4", "1,2,3,7", "1,4,5,7,8", "2,3,8", "1,2,4,6,7,8")
_PAY = 5200 * 100                       # fen a month, what dues are reckoned from


def add(workspace: Workspace, cast: Cast) -> None:
    """Plays the ledgers L01 to L10 of the year."""
    _complete_unions(workspace, cast)
    joint = _joint_unions(workspace, cast)
    without = [u for u in cast.units if u.id not in cast.union_of]
    listed = without[: min(60 * cast.scale, len(without) - 3)]
    prospects = _prospects(workspace, cast, listed)
    buildings = _buildings(workspace, cast)
    _meetings(workspace, cast, listed, buildings)
    _visits(workspace, cast, prospects)
    founded = listed[: 10 * cast.scale]
    unions = [*cast.unions, *_foundings(workspace, cast, founded)]
    _coverage(workspace, cast, listed[10 * cast.scale: 36 * cast.scale], joint)
    _close_the_year(workspace, prospects[36 * cast.scale:])
    _members(workspace, cast, joint)
    _leavers(workspace, cast)
    _transfers(workspace, cast)
    _fees(workspace, cast, joint, without)
    _cadres(workspace, cast, unions)
    _social_workers(workspace, cast)
    _homes(workspace, cast, unions)


def _made(workspace: Workspace, ledger: str, edits: Sequence[Edit], title: str) -> tuple[str, ...]:
    """Ids of the new records, in the order of `edits`."""
    return workspace.save(ledger, edits, title=title).ledgers.get(ledger, ((), (), ()))[0]


def _after(day: dt.date, days: int) -> dt.date:
    """`days` later, but not beyond the year."""
    return min(day + dt.timedelta(days=days), dt.date(day.year, 12, 28))


# unions -----------------------------------------------------------------------------------------------------

def _committees(founded: dt.date, *, fee_mode: str = "1") -> dict[str, object]:
    """What the founding workbook does not tell: both committees and the way of paying."""
    return {"has_audit": "是", "audit_on": founded, "has_women": "是", "women_on": founded, "fee_mode": fee_mode, "bank_account_opened": "是"}


def _complete_unions(workspace: Workspace, cast: Cast) -> None:
    """All but two of the street's own unions get their committees."""
    edits = [Edit(u.id, {**_committees(u["founded_on"]), "chair_fulltime": "是" if (u["employees_at_founding"] or 0) >= 300 else "否"})
             for u in cast.unions[:-2] if u["founded_on"]]
    workspace.save("union_org", edits, title="补填经审、女职工组织")


def _joint_unions(workspace: Workspace, cast: Cast) -> dict[str, str]:
    """Community → its joint union; besides the street's own federation, a building union and the community workers' one."""
    names = [(_STREET_UNION, "07"), *((f"{c.removesuffix('社区')}社区联合工会", "03") for c in cast.communities),
             ("花市国际大厦楼宇工会", "04"), ("东花市街道餐饮行业工会联合会", "05"), ("东花市街道社区工作者联合会", "09")]
    edits = []
    for number, (name, kind) in enumerate(names):
        founded = dt.date(2016, 3, 10) + dt.timedelta(days=40 * number)
        edits.append(Edit(None, {
            "name": name, "union_type": kind, "applied_on": founded - dt.timedelta(days=30), "approved_on": founded - dt.timedelta(days=12),
            "approval_no": f"东工发〔2016〕{number + 31}号", "founded_on": founded, "employees_at_founding": 60, "members_at_founding": 40,
            "chair_fulltime": "是", "status": "2", **_committees(founded, fee_mode="2")}))
    made = _made(workspace, "union_org", edits, "登记联合工会")
    chairs = [Edit(None, {"union_id": u, "post": "1", "person_id": cast.person(), "fulltime": "1", "appoint_mode": "1",
                          "begins_on": edit.values["founded_on"], "approval_no": edit.values["approval_no"]})
              for u, edit in zip(made, edits, strict=True)]
    workspace.save("union_cadre", chairs, title="登记联合工会主席")
    street = made[0]
    workspace.save("union_org", [Edit(u, {"parent_union_id": street}) for u in made[1:]], title="填写上级工会")
    joint = dict(zip(cast.communities, made[1:], strict=False))
    joint["楼宇"], joint["社区工作者"] = made[len(cast.communities) + 1], made[-1]
    return joint


def _foundings(workspace: Workspace, cast: Cast, units: Sequence[Record]) -> list[Record]:
    """Prospects that found their own union in the year; their rows in the list of prospects close by themselves."""
    edits = []
    for number, unit in enumerate(units):
        employees, approved = cast.employees.get(unit.id, 20), cast.day(5, 10)
        founded = approved + dt.timedelta(days=cast.chance.randrange(2, 25))
        edits.append(Edit(None, {
            "unit_id": unit.id, "union_type": "01", "applied_on": approved - dt.timedelta(days=15), "approved_on": approved,
            "approval_no": f"东花工发〔2017〕{number + 2001}号", "founded_on": founded, "employees_at_founding": employees,
            "members_at_founding": employees * 8 // 10, "chair_fulltime": "否", **_committees(founded)}))
    made = _made(workspace, "union_org", edits, "登记新建工会")
    chairs = [Edit(None, {"union_id": union, "post": "1", "person_id": cast.person(), "fulltime": "2", "begins_on": edit.values["founded_on"],
                          "appoint_mode": "1", "approval_no": edit.values["approval_no"]}) for union, edit in zip(made, edits, strict=True)]
    workspace.save("union_cadre", chairs, title="登记新建工会主席")
    known = {u.id: u for u in workspace.records("union_org")}
    return [known[u] for u in made]


def _coverage(workspace: Workspace, cast: Cast, units: Sequence[Record], joint: dict[str, str]) -> None:
    edits = []
    for number, unit in enumerate(units):
        community = unit["community_code"] or cast.communities[number % len(cast.communities)]
        employees = cast.employees.get(unit.id, 8)
        edits.append(Edit(None, {"union_id": joint[community], "unit_id": unit.id, "covered_from": cast.day(4, 11), "employees": employees,
                                 "members": employees // 2, "basis_doc": "入会花名册" if number % 3 else "确认函", "community_code": community}))
    workspace.save("union_coverage", edits, title="登记涵盖单位")


# prospects --------------------------------------------------------------------------------------------------

def _prospects(workspace: Workspace, cast: Cast, units: Sequence[Record]) -> tuple[str, ...]:
    edits = []
    for number, unit in enumerate(units):
        employees = cast.employees.get(unit.id, 10)
        edits.append(Edit(None, {
            "unit_id": unit.id, "lead_source": _SOURCES[number % len(_SOURCES)], "listed_on": dt.date(2017, 1, 9) + dt.timedelta(days=number % 50),
            "est_employees": employees, "planned_form": "01" if employees >= 25 else "03", "owner": cast.name(),
            "community_code": unit["community_code"], "tax_collect": "是" if number % 6 == 0 else "否",
            "due_month": f"2017-{6 + number % 7:02d}", "status": "10"}))
    return _made(workspace, "founding_prospect", edits, "登记建会工作对象")


def _visits(workspace: Workspace, cast: Cast, prospects: Sequence[str]) -> None:
    """One or two visits to nearly every prospect; the status follows them."""
    edits = []
    for number, prospect in enumerate(prospects):
        first = cast.day(3, 4)
        result = "1" if number < len(prospects) * 6 // 10 else ("2", "4", "3", "2")[number % 4]
        edits.append(Edit(None, _visit(cast, first, "2" if result == "1" and number % 2 else result), prospect))
        if result == "1" and number % 2:
            edits.append(Edit(None, _visit(cast, _after(first, 20), "1"), prospect))
    workspace.save("prospect_visit", edits[:-2], title="登记走访")


def _visit(cast: Cast, day: dt.date, result: str) -> dict[str, object]:
    words = {"1": "同意建会，商定筹备日程", "2": "表示再商量", "3": "认为人少不必建会", "4": "负责人外出"}
    return {"visited_on": day, "method": cast.chance.choice("1123"), "visitors": f"{cast.name()}、{cast.name()}", "person_met": f"{cast.name()}（行政主管）",
            "result": result, "note": words[result], "next_on": None if result in "13" else _after(day, 21)}


def _close_the_year(workspace: Workspace, prospects: Sequence[str]) -> None:
    """Of those still open some are given up, all but two say why they are not founded."""
    edits = []
    for number, prospect in enumerate(prospects[:-2]):
        reason = {"obstacle": _OBSTACLES[number % len(_OBSTACLES)]}
        edits.append(Edit(prospect, {**reason, "status": "90", "closed_on": dt.date(2017, 11, 20)} if number % 5 == 4 else reason))
    workspace.save("founding_prospect", edits, title="填写未建会原因")


def _meetings(workspace: Workspace, cast: Cast, units: Sequence[Record], buildings: Sequence[str]) -> None:
    """A meeting every month, with the units that came to it."""
    edits, came = [], []
    for number in range(12 * cast.scale):
        guests = [(units[(number * 3 + n) % len(units)], n == 0) for n in range(3)]
        came.append(guests)
        edits.append(Edit(None, {
            "kind": "2" if number % 4 == 3 else "1", "held_on": dt.date(2017, number % 12 + 1, 12 + number // 12 % 15),
            "place": _PLACES[number % len(_PLACES)], "building_id": buildings[0] if number % 5 == 2 else None, "host": cast.name(),
            "units_invited": 5, "units_attended": len(guests), "units_agreed": 1, "attendees": 18 + number % 9,
            "joined_on_site": number % 3 if 2 <= number % 12 < 9 else 0, "materials": 30, "issues": _ISSUES[number % len(_ISSUES)] or None,
            "follow_up_by": cast.streets_officer}))
    made = _made(workspace, "communication_meeting", edits, "登记沟通会")
    rows = [Edit(None, {"unit_id": unit.id, "attendees": cast.chance.randrange(1, 8), "person": cast.name(), "agreed": "是" if agreed else "否"}, meeting)
            for meeting, guests in zip(made, came, strict=True) for unit, agreed in guests]
    workspace.save("meeting_unit", rows, title="登记到会单位")


def _buildings(workspace: Workspace, cast: Cast) -> tuple[str, ...]:
    """Four buildings with their tenants; the second lists one tenant more than it has, the last is an address only."""
    tenants = [list(cast.units[n::9])[: 12 * cast.scale] for n in range(len(_BUILDINGS))]
    edits = []
    for number, (name, community) in enumerate(_BUILDINGS):
        edits.append(Edit(None, {"name": name, "address": f"东花市北里{number + 11}号", "community_code": community, "property_company": "北京宜居物业管理有限公司",
                                 "floors": 12 + number * 3, "area_m2": str(18000 + 2500 * number), "tenant_count": len(tenants[number]) - (number == 1),
                                 "virtual_address": "是" if number == 3 else "否", "liaison": cast.name(), "liaison_phone": cast.phone()}))
    made = _made(workspace, "building", edits, "登记楼宇")
    rows = [Edit(None, {"unit_id": unit.id, "room": f"{n % 12 + 3}0{n % 4 + 1}", "moved_in": dt.date(2013 + n % 4, n % 12 + 1, 5),
                        "employees": cast.employees.get(unit.id)}, building)
            for building, units in zip(made, tenants, strict=True) for n, unit in enumerate(units)]
    workspace.save("building_tenant", rows, title="登记入驻单位")
    union = next(u for u in workspace.records("union_org") if u["union_type"] == "04")
    workspace.save("building", [Edit(made[0], {"building_union_id": union.id, "union_since": union["founded_on"]})], title="填写楼宇工会")
    return made


# members, transfers, fees -------------------------------------------------------------------------------------

def _members(workspace: Workspace, cast: Cast, joint: dict[str, str]) -> None:
    """Scattered workers who joined the community unions in the year."""
    edits = []
    for number in range(24 * cast.scale):
        person = workspace.record("person", cast.person())
        union = joint[cast.communities[number % len(cast.communities)]]
        edits.append(Edit(None, {**{name: person[name] for name in ("name", "id_type", "id_no", "gender", "birth_date", "ethnicity", "phone")},
                                 "employ_type": "4", "union_id": union, "joined_on": cast.day(3, 11), "join_mode": "2" if number % 8 == 7 else "1"}))
    workspace.save("membership", edits, title="登记社区联合工会会员")


def _leavers(workspace: Workspace, cast: Cast) -> None:
    """A dozen leave or keep their membership in retirement; the state follows the event."""
    staying = [m for m in workspace.records("membership") if m["status"] == "1" and m["joined_on"] and m["joined_on"] < dt.date(2017, 9, 1)]
    edits = []
    for number, member in enumerate(cast.chance.sample(staying, min(12 * cast.scale, len(staying)))):
        event = "245"[number % 3]
        more = {"from_union": "本工会", "to_union": "朝阳区某工会"} if event == "2" else {}
        edits.append(Edit(None, {"event": event, "happened_on": dt.date(2017, 10, 9) + dt.timedelta(days=number % 60), **more}, member.id))
    workspace.save("membership_event", edits, title="登记会籍变动")


def _transfers(workspace: Workspace, cast: Cast) -> None:
    """A high-tech union leaves for the park's federation, one comes from another street, one is still asked for."""
    unions = cast.unions
    counted: dict[str, int] = {}
    for member in workspace.records("membership"):
        if member["status"] == "1" and member["union_id"]:
            counted[member["union_id"]] = counted.get(member["union_id"], 0) + 1
    cases = ((unions[3], "1", _STREET_UNION, "中关村科技园东城园工会联合会", "3"), (unions[7], "3", "和平里街道总工会", _STREET_UNION, "3"),
             (unions[9], "4", _STREET_UNION, "朝阳门街道总工会", "2"))
    edits = []
    for union, case, giver, taker, status in cases:
        asked = max(union["founded_on"] or dt.date(2017, 1, 5), dt.date(2017, 9, 4))
        edits.append(Edit(None, {"union_id": union.id, "case_type": case, "from_org": giver, "to_org": taker, "applied_on": asked,
                                 "from_agreed_on": _after(asked, 15), "to_agreed_on": _after(asked, 30) if status == "3" else None,
                                 "members_moved": counted.get(union.id, 0), "funds_settled": "是", "status": status,
                                 "doc_no": "东工发〔2017〕58号" if status == "3" else None}))
    made = _made(workspace, "affiliation_transfer", edits, "登记组织关系划转")
    done = [Edit(made[n], {"status": "4", "effective_on": _after(edits[n].values["to_agreed_on"], 10)}) for n in (0, 1)]
    workspace.save("affiliation_transfer", done, title="划转完成")


def _fees(workspace: Workspace, cast: Cast, joint: dict[str, str], without: Sequence[Record]) -> None:
    """Dues by month: of unions, of a few units on the list, of one on no list, and of the community workers' federation."""
    paying = [*(u for u in cast.units if u.id in cast.union_of), *without[: 4 * cast.scale], without[-1]]
    rows = [fee for number, unit in enumerate(paying) for fee in _year_of_fees(cast, unit.id, number)]
    rows += [Edit(None, {"union_id": joint["社区工作者"], "period": f"2017-{month:02d}", "channel": "2", "payroll_total": "286000.00", "due": "5720.00",
                         "paid": "5720.00", "returned_share": "3432.00", "paid_on": _paid_on(month)}) for month in range(1, 13)]
    workspace.save("fee_collection", rows, title="登记工会经费")


def _year_of_fees(cast: Cast, unit: str, number: int) -> Iterator[Edit]:
    payroll = cast.employees.get(unit, 10) * _PAY
    due = payroll * 2 // 100
    for month in range(1, 13):
        paid = 0 if number % 9 == 4 and month > 8 else due // 2 if number % 13 == 6 else due
        yield Edit(None, {"unit_id": unit, "period": f"2017-{month:02d}", "channel": "1", "payroll_total": _yuan(payroll), "due": _yuan(due),
                          "paid": _yuan(paid), "returned_share": _yuan(paid * 6 // 10), "paid_on": _paid_on(month) if paid else None})


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _paid_on(month: int) -> dt.date:
    """The tenth of the month after."""
    return dt.date(2017 + month // 12, month % 12 + 1, 10)


# cadres and homes ---------------------------------------------------------------------------------------------

def _cadres(workspace: Workspace, cast: Cast, unions: Sequence[Record]) -> None:
    """Vice chair, audit head, head of the women's committee (mostly treated as vice chair) and a committee member of each union."""
    edits = []
    for number, union in enumerate(unions):
        for post in ("2", "3", "5", "6"):
            treated = post == "5" and number % 10 != 3
            head = {"treatment_deputy": "是" if treated else "否", "treatment_doc": "单位任职文件" if treated else None} if post == "5" else {}
            edits.append(Edit(None, {"union_id": union.id, "post": post, "person_id": cast.person(woman=True if post == "5" else None),
                                     "fulltime": "2", "begins_on": union["founded_on"], "appoint_mode": "1",
                                     "approval_no": union["approval_no"], **head}))
    workspace.save("union_cadre", edits, title="登记工会干部")


def _social_workers(workspace: Workspace, cast: Cast) -> None:
    """Six full-time social workers with last year's recruitment and this year's marks; the last is graded too high."""
    people = [cast.person() for _ in range(6)]
    workspace.save("union_cadre", [Edit(None, {"street_code": cast.street, "post": "8", "person_id": p, "fulltime": "1", "appoint_mode": "4",
                                               "begins_on": dt.date(2014 + n % 3, 7, 1)}) for n, p in enumerate(people)], title="登记专职社工")
    marks = (("95", "93", "92"), ("90", "88", "86"), ("92", "85", "84"), ("88", "80", "78"), ("80", "72", "70"), ("85", "80", "79"))
    grades = ("1", "2", "2", "2", "3", "1")
    edits = [Edit(None, {"person_id": p, "year": 2017, "self_score": a, "station_score": b, "street_score": c, "grade": g, "signed_on": dt.date(2017, 12, 20),
                         "self_summary": "负责社区联合工会的会员服务和走访，全年走访单位四十余家。", "station_opinion": "工作认真，完成任务较好。",
                         "street_opinion": "同意。"}) for p, (a, b, c), g in zip(people, marks, grades, strict=True)]
    workspace.save("cadre_assessment", edits, title="登记专职社工考核")
    plan = {"plan_no": "2017-01", "posts": 2, "announced_on": dt.date(2017, 4, 10), "applicants": 23, "passed": 5, "hired": 2, "on_duty": dt.date(2017, 7, 3)}
    workspace.save("recruitment", [Edit(None, plan)], title="登记社工招录")


def _homes(workspace: Workspace, cast: Cast, unions: Sequence[Record]) -> None:
    """A home for every second union; a third of them got money, one did not use it up."""
    chosen = unions[::2]
    edits = []
    for number, union in enumerate(chosen):
        level = "0112"[number % 4]
        edits.append(Edit(None, {"union_id": union.id, "home_kind": "1", "level": level, "honour_on": dt.date(2017, 12, 8) if level == "2" else None,
                                 "area_m2": str(30 + number % 7 * 12.5), "address": f"东花市大街{number + 21}号二层", "facilities": _FACILITIES[number % len(_FACILITIES)],
                                 "open_hours": "工作日 11:30—13:30", "manager": cast.name(), "built_on": dt.date(2017, 6, 1) + dt.timedelta(days=number % 60),
                                 "reason": "职工午间没有活动场所，拟购置图书和健身器材。"}))
    homes = _made(workspace, "workers_home", edits, "登记职工之家")
    rows = []
    for number, home in enumerate(homes[::3]):
        approved = 20000 if number % 2 else 10000
        rows.append(Edit(None, {"year": 2017, "applied": str(approved + 5000), "approved": str(approved), "used": str(approved - 3500 if number == 1 else approved),
                                "paid_on": dt.date(2017, 5, 15), "purpose": "购置图书、健身器材", "invoice_ok": "是", "audit_ok": "是"}, home))
    workspace.save("home_funding", rows, title="登记建家资金")
