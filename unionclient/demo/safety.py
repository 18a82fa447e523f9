"""The sample year of focus 4: model workers, skills, the Ankang Cup, safety posts, inspections, the hotline, one accident.

Contests reach their target, the other figures do not. Planted for the checks to find, all of them to be explained: a visit
to a model worker after his death (L27-3), a renewed certificate counted as new (L28-1), teams typed into persons (AK004),
one officer in two units and an expired certificate (L30-1, L30-2), the same sentence in three units' inspections (Y11), a
recheck by the unit's own escort (X34), a major hazard reported four days late (L31-2), a unit that forgot its accident in
the Ankang Cup (L29-2), and units with less than two inspections (X35).
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from unionclient.definition.record import Record
from unionclient.demo.cast import Cast
from unionclient.workspace import Edit, Workspace

_TRADES = ("电工", "中式烹调师", "保洁员", "客房服务员", "计算机操作员", "电梯维修工", "养老护理员", "物业管理员")
_DEEDS = ("长期扎根一线岗位，带徒传艺三十余人，主持完成技术革新十余项，为单位节约资金上百万元，多次在重大活动保障和汛期抢险中"
          "主动请战，得到职工群众和社区居民的一致好评，是大家身边的榜样。")
_RESULTS = ("电梯门机节能改造", "厨房油烟在线清洗装置", "消防巡检电子标签", "仓库货架防倾倒装置", "社区配送路线优化")
_FOUND = (("A01", "灭火器压力不足，指针不在绿区", "一层走廊"), ("B01", "疏散通道堆放纸箱，占用一半宽度", "二层库房外"),
          ("B03", "应急照明灯两处不亮，未及时更换", "地下一层"), ("C01", "配电箱前堆放杂物，箱门不能打开", "后勤间"),
          ("C03", "插座串联使用，电线裸露在外", "三层办公区"), ("B07", "楼梯间停放电动自行车并充电", "北侧楼梯间"),
          ("E04", "燃气软管超过使用年限未更换", "后厨"), ("J04", "新员工三级安全教育记录不全", "人事部"))
_COPIED = ("J01", "安全生产责任书没有签订到班组", "办公室")
_REPORTS = (("1", "反映单位拖欠两个月加班费"), ("2", "反映入职三个月未签劳动合同"), ("3", "咨询社会保险缴费基数"), ("4", "咨询工伤认定材料"),
            ("5", "三层消防通道堆满纸箱，无法通行"), ("6", "咨询产假天数"), ("7", "咨询怎样加入工会"), ("8", "咨询互助保障理赔"))


def add(workspace: Workspace, cast: Cast) -> None:
    """Plays the ledgers L27 to L33 of the year."""
    _model_workers(workspace, cast)
    _innovation(workspace, cast)
    _skills(workspace, cast)
    posts = _posts(workspace, cast)
    _safety_classes(workspace, cast, posts)
    _inspections(workspace, cast)
    _hotline(workspace, cast)
    _accident(workspace, cast, posts)
    _ankang(workspace, cast)


def _made(workspace: Workspace, ledger: str, edits: Sequence[Edit], title: str) -> Sequence[str]:
    return workspace.save(ledger, edits, title=title).ledgers[ledger][0]


# model workers ----------------------------------------------------------------------------------------------

def _model_workers(workspace: Workspace, cast: Cast) -> None:
    count = 40 * cast.scale
    people = [cast.person(n % 4 == 0) for n in range(count)]
    status = [("3", "4", "5")[n % 40] if n % 40 < 3 else "2" if n % 3 == 0 else "1" for n in range(count)]
    workers = _made(workspace, "model_worker", [Edit(None, {
        "person_id": people[n], "honour": ("2", "3", "5", "5", "1")[n % 5], "honour_year": cast.year - 1 - n % 5,
        "certificate_no": f"{cast.year - 1 - n % 5}-{n + 101}", "unit_id": cast.units[n * 3 % len(cast.units)].id, "status": status[n],
        "status_from": dt.date(cast.year, 3, 10) if status[n] != "1" else None, "in_association": "是" if n % 3 else "否",
        "hardship": "2" if status[n] == "3" else "1" if n % 11 == 5 else "0"}) for n in range(count)], "登记劳模")
    team = cast.units[4]
    workspace.save("model_worker", [Edit(None, {"honour": "4", "honour_year": cast.year - 2, "unit_id": team.id, "status": "1",
                                                "certificate_no": "集体-17"})], title="登记首都劳动奖状")
    alive = [n for n in range(count) if status[n] in "12"]
    active, guests = alive[: len(alive) * 6 // 10], alive[len(alive) * 6 // 10: len(alive) * 8 // 10]
    services = [Edit(None, {"kind": "4" if n % 2 else "5", "happened_on": cast.day(3, 11), "title": "社区义务服务"}, workers[n]) for n in active]
    services += [Edit(None, {"kind": "1", "happened_on": dt.date(cast.year, 6, 12), "title": "京郊疗休养"}, workers[n]) for n in alive[::3]]
    services += [Edit(None, {"kind": "2", "happened_on": dt.date(cast.year, 9, 20), "title": "年度体检"}, workers[n]) for n in alive]
    services += [Edit(None, {"kind": "3", "happened_on": dt.date(cast.year, 1, 20), "title": "春节慰问", "amount": "1000", "signed": "是"}, workers[n])
                 for n in range(count) if n % 4 == 1 and status[n] != "4"]
    services.append(Edit(None, {"kind": "3", "happened_on": dt.date(cast.year, 9, 28), "title": "国庆慰问", "amount": "500", "signed": "是"},
                         workers[status.index("4")]))                          # planted: he died in March
    workspace.save("model_service", services, title="登记劳模服务")
    _visits(workspace, cast, [people[n] for n in guests])
    _nominations(workspace, cast)


def _visits(workspace: Workspace, cast: Cast, guests: Sequence[str]) -> None:
    """Model workers come to a community: events of kind 8 with lists of names."""
    union = cast.unions[0]
    for n in range(2):
        part = guests[n::2]
        event = _made(workspace, "event", [Edit(None, {
            "title": f"走近身边的劳模进社区第{n + 1}场", "kind": "8", "held_on": dt.date(cast.year, 4 + 5 * n, 26), "place": "社区活动室",
            "organiser_union_id": union.id, "attendances": len(part), "persons": len(part), "female_persons": 0, "list_attached": "是",
            "summary": "劳模与职工、居民面对面交流，讲述岗位故事"})], "登记劳模进社区活动")[0]
        workspace.save("event_attendee", [Edit(None, {"person_id": p, "unit_id": union["unit_id"]}, event) for p in part], title="登记参加人员")


def _nominations(workspace: Workspace, cast: Cast) -> None:
    edits = [Edit(None, {
        "kind": "1", "year": cast.year, "person_id": cast.person(), "unit_id": cast.units[n].id, "category": ("1", "1", "4", "2", "3")[n], "deeds": _DEEDS,
        "unit_opinion": "同意推荐", "unit_opinion_on": dt.date(cast.year, 3, 3), "street_opinion": "同意推荐，已公示", "street_opinion_on": dt.date(cast.year, 3, 20),
        "public_from": dt.date(cast.year, 3, 8), "public_to": dt.date(cast.year, 3, 17), "district_opinion": "同意" if n < 3 else None,
        "district_opinion_on": dt.date(cast.year, 4, 10) if n < 3 else None, "result": "2" if n < 2 else "1" if n < 4 else None}) for n in range(5)]
    edits.append(Edit(None, {"kind": "2", "year": cast.year, "unit_id": cast.units[9].id, "category": "9", "deeds": _DEEDS,
                             "unit_opinion": "申报", "unit_opinion_on": dt.date(cast.year, 3, 6)}))
    workspace.save("medal_nomination", edits, title="登记奖章奖状推荐")


def _innovation(workspace: Workspace, cast: Cast) -> None:
    studios = _made(workspace, "innovation_studio", [Edit(None, {
        "name": f"{name}创新工作室", "leader_id": cast.person(), "unit_id": cast.units[n * 7 + 1].id, "level": str(1 + n // 2), "founded_on": dt.date(cast.year - 2 + n % 2, 5, 1),
        "members": 6 + n, "funding": str(30000 + 10000 * n), "projects": "岗位难题攻关和徒弟培养"}) for n, name in enumerate(("电梯节能", "后厨安全", "物业智能"))], "登记创新工作室")
    workspace.save("innovation_result", [Edit(None, {
        "title": title, "studio_id": studios[n % 3], "achieved_on": cast.day(2, 11), "benefit": str(20000 * (n + 1)),
        "award": "区级三等奖" if n == 1 else None}) for n, title in enumerate(_RESULTS)], title="登记创新成果")


# skills -----------------------------------------------------------------------------------------------------

def _skills(workspace: Workspace, cast: Cast) -> None:
    """Most units train on the job without a list of names; three contests of the street have one."""
    edits = []
    for n, unit in enumerate(cast.units):
        heads = cast.employees.get(unit.id, 0)
        trade = _TRADES[n % len(_TRADES)]
        if heads and n % 6:
            edits.append(_skill(cast, f"{trade}岗位练兵", "2", trade, unit.id, max(heads * 4 // 5, 1)))
        if heads and n % 2:
            edits.append(_skill(cast, f"{trade}技能培训", "4", trade, unit.id, max(heads * 4 // 5, 1)))
    workspace.save("skill_event", edits, title="登记单位技能活动")
    contests = _made(workspace, "skill_event", [_skill(cast, f"东花市街道职工{_TRADES[n % 8]}技能大赛{'' if n < 8 else n + 1}", "1", _TRADES[n % 8], None, 24, level="2")
                                                for n in range(3 * cast.scale)], "登记街道技能大赛")
    entrants, certs = [], []
    for n, contest in enumerate(contests):
        for place in range(24):
            person, unit = cast.person(), cast.units[(n * 24 + place) % len(cast.units)].id
            entrants.append(Edit(None, {"person_id": person, "unit_id": unit, "score": f"{96 - place * 1.5:.1f}", "ranking": place + 1,
                                        "award": ("一等奖", "二等奖", "三等奖")[place] if place < 3 else None}, contest))
            certs.append(_cert(cast, person, unit, len(certs) + 1, n + place))
    workspace.save("skill_entrant", entrants, title="登记参赛名单")
    certs += [_cert(cast, cast.person(), cast.units[n % len(cast.units)].id, 1000 + n, n) for n in range(90 * cast.scale)]
    again = dict(certs[0].values)
    certs.append(Edit(None, {**again, "cert_no": "JN-2017-99999", "issued_on": dt.date(cast.year, 12, 1)}))      # planted: renewed, not said so
    workspace.save("skill_cert", certs, title="登记技能证书")


def _skill(cast: Cast, title: str, kind: str, trade: str, unit: str | None, persons: int, level: str = "3") -> Edit:
    return Edit(None, {"kind": kind, "title": title, "trade": trade, "level": level, "unit_id": unit, "held_on": cast.day(3, 11), "place": "职工活动室",
                       "participants": persons, "winners": min(3, persons)})


def _cert(cast: Cast, person: str, unit: str, number: int, n: int) -> Edit:
    return Edit(None, {"person_id": person, "unit_id": unit, "trade": _TRADES[n % 8], "level": str(1 + n % 4), "issuer": "市职业技能鉴定指导中心",
                       "cert_no": f"JN-2017-{number:05d}", "issued_on": cast.day(4, 11)})


# safety posts and classes -----------------------------------------------------------------------------------

def _posts(workspace: Workspace, cast: Cast) -> Sequence[Record]:
    """A principal and an officer for each unit in scope but every twelfth."""
    edits = []
    for n, unit in enumerate(u for u in cast.units if u["safety_scope"]):
        if n % 12 == 11:
            continue
        for role in ("1" if n % 5 else "2", "3" if n % 4 == 0 else "4"):
            edits.append(Edit(None, {"person_id": cast.person(), "unit_id": unit.id, "role": role, "begins_on": dt.date(cast.year - 3, 3, 1) + dt.timedelta(days=n % 300),
                                     "cert_no": f"AQ{cast.year - 1}{len(edits):05d}", "cert_valid_to": dt.date(cast.year + 15 + n % 2, 4, 30)}))
    edits[3].values["person_id"] = edits[1].values["person_id"]                # planted: one officer, two units
    edits[5].values["cert_valid_to"] = dt.date(cast.year, 5, 31)               # planted: expired
    workspace.save("safety_person", edits, title="登记安全人员")
    return workspace.records("safety_person")


def _safety_classes(workspace: Workspace, cast: Cast, posts: Sequence[Record]) -> None:
    principals = [p for p in posts if p["role"] in "12"]
    officers = [p for p in posts if p["role"] in "34"]
    half = len(principals) // 2
    for title, month, roll in (("企业安全生产负责人培训班第一期", 4, principals[:half]), ("企业安全生产负责人培训班第二期", 9, principals[half: -4]),
                               ("企业安全员培训班", 5, officers[: len(officers) * 8 // 10])):
        roll = list({p["person_id"]: p for p in roll}.values())
        day = dt.date(cast.year, month, 18)
        made = _made(workspace, "training_class", [Edit(None, {
            "title": title, "kind": "4", "organiser": "街道总工会", "start_on": day, "end_on": day + dt.timedelta(days=1), "hours": "8", "sessions": 2,
            "place": "街道文化活动中心", "teacher": cast.name(), "free": "是", "planned": len(roll), "enrolled": len(roll), "attended": len(roll),
            "passed": len(roll) - len(roll) // 40, "subsidy": "3000", "status": "3"})], "登记安全培训班")[0]
        workspace.save("training_attendance", [Edit(None, {"person_id": p["person_id"], "unit_id": p["unit_id"], "hours_attended": "8", "passed": "否" if n % 40 == 39 else "是"}, made)
                                               for n, p in enumerate(roll)], title="登记安全培训学员")


# inspections and hazards ------------------------------------------------------------------------------------

def _inspections(workspace: Workspace, cast: Cast) -> None:
    """Two inspections for most units that have none yet, one for every eighth, none for every twentieth; some find hazards."""
    known = {i["unit_id"] for i in workspace.records("safety_inspection")}
    edits: list[Edit] = []
    for n, unit in enumerate(u for u in cast.units if u["safety_scope"] and u.id not in known):
        if n % 20 == 19:
            continue
        spring = dt.date(cast.year, 3, 6) + dt.timedelta(days=n % 80)
        edits.append(_visit(cast, unit.id, spring, bad=1 if n % 2 == 0 else 0))
        if n % 8 != 7:
            edits.append(_visit(cast, unit.id, spring + dt.timedelta(days=150 + n % 30), bad=0))
    made = _made(workspace, "safety_inspection", edits, "登记隐患排查")
    hazards = [_hazard(cast, n, made[n], edit.values) for n, edit in enumerate(edits) if edit.values["items_bad"]]
    _plant(workspace, cast, hazards, made, edits)
    workspace.save("hazard", hazards, title="登记隐患")
    first = next(n for n, edit in enumerate(edits) if edit.values["items_bad"])
    workspace.save("checklist_result", _checklist(workspace, made[first], hazards[0].values), title="登记检查表")


def _visit(cast: Cast, unit: str, day: dt.date, bad: int) -> Edit:
    return Edit(None, {"unit_id": unit, "kind": "2" if bad else "1", "inspected_on": day, "inspectors": f"{cast.name()}、{cast.name()}", "accompanied_by": cast.name(),
                       "profile": str(1 + len(unit) % 2), "scope": "A、B、C、J", "items_checked": 40, "items_bad": bad, "conclusion": "2" if bad else "1",
                       "sign_unit": "是", "sign_team": "是"})


def _hazard(cast: Cast, n: int, inspection: str, visit: dict[str, Any]) -> Edit:
    item, words, place = _FOUND[n // 2 % len(_FOUND)]
    found = visit["inspected_on"]
    values = {"item_code": item, "item_desc": words, "location": place, "grade": "1", "mode": "2", "owner_person": visit["accompanied_by"],
              "measures": "按整改通知书落实整改并举一反三", "due_on": found + dt.timedelta(days=14)}
    if n % 7:
        values |= {"done_on": found + dt.timedelta(days=9), "rechecked_on": found + dt.timedelta(days=11), "rechecker": visit["inspectors"].split("、")[0],
                   "recheck_result": "1", "closed_on": found + dt.timedelta(days=11)}
    elif n % 3 == 0:
        values |= {"rechecked_on": found + dt.timedelta(days=15), "rechecker": visit["inspectors"].split("、")[0], "recheck_result": "2", "rounds": "1"}
    return Edit(None, values, inspection)


def _plant(workspace: Workspace, cast: Cast, hazards: list[Edit], made: Sequence[str], edits: Sequence[Edit]) -> None:
    """The faults of the module's head, and one major hazard in good order."""
    closed = next(h for h in hazards if h.values.get("closed_on"))
    visit = edits[made.index(closed.parent)].values
    closed.values.update({"rechecker": visit["accompanied_by"], "owner_person": cast.name()})      # the unit's own escort
    major = [h for h in hazards if h is not closed and h.values.get("closed_on")][:2]
    for late, hazard in enumerate(major):
        visit = edits[made.index(hazard.parent)].values
        found = visit["inspected_on"]
        hazard.values.update({"grade": "2", "funds": "8000", "plan": "整改期间停用该区域，专人看护", "listed": "是", "reported_to": "区应急管理部门",
                          "reported_on": found + dt.timedelta(days=4 if late else 1)})
    workspace.save("safety_inspection", [Edit(h.parent, {"conclusion": "3"}) for h in major], title="改正检查结论")
    day = dt.date(cast.year, 11, 7)
    copied = [h for h in hazards if h.values.get("closed_on") and h not in major and h is not closed][:3]
    for hazard in copied:                                                                      # the same sentence on one day
        hazard.values.update({"item_code": _COPIED[0], "item_desc": _COPIED[1], "location": _COPIED[2], "found_on": day, "due_on": day + dt.timedelta(days=14),
                              "done_on": day + dt.timedelta(days=5), "rechecked_on": day + dt.timedelta(days=6), "closed_on": day + dt.timedelta(days=6)})


def _checklist(workspace: Workspace, inspection: str, found: dict[str, Any]) -> list[Edit]:
    """Forty items looked at, the hazard's among them, the rest does not concern the place."""
    codes = [code for code in workspace.library.codes["checklist_item"].codes if code != "999"]
    chosen = [found["item_code"], *(code for code in codes if code != found["item_code"])][:40]
    return [Edit(None, {"item_code": code, "result": "2" if code == found["item_code"] else "1" if code in chosen else "3",
                        "note": found["item_desc"] if code == found["item_code"] else None}, inspection) for code in codes]


# hotline, accident, Ankang Cup ------------------------------------------------------------------------------

def _hotline(workspace: Workspace, cast: Cast) -> None:
    edits = []
    for n in range(24 * cast.scale):
        category, words = _REPORTS[n % len(_REPORTS)]
        day = cast.day(1, 11)
        edits.append(Edit(None, {"received_at": dt.datetime.combine(day, dt.time(9, n % 60)), "channel": str(1 + n % 5), "category": category, "content": words,
                                 "unit_id": cast.units[n * 5 % len(cast.units)].id, "anonymous": "是", "assigned_to": "权益保障部", "due_on": day + dt.timedelta(days=7),
                                 "replied_on": day + dt.timedelta(days=9 if n % 9 == 4 else 3), "result": "已核实并答复反映人",
                                 "satisfaction": ("1", "1", "2", "3")[n % 4] if n % 2 else None}))
    workspace.save("hotline_report", edits, title="登记热线反映")
    opened = [h for h in workspace.records("hazard") if h["source"] == "2"]
    workspace.save("hazard", [Edit(h.id, {"location": "三层", "mode": "2", "owner_person": cast.name(), "measures": "清理通道并专人巡查", "due_on": h["found_on"] + dt.timedelta(days=10)})
                              for h in opened], title="落实热线隐患整改")


def _accident(workspace: Workspace, cast: Cast, posts: Sequence[Record]) -> None:
    """One light accident in a unit that takes part in the Ankang Cup, with its six questions answered."""
    unit = cast.units[6].id
    accident = _made(workspace, "accident", [Edit(None, {
        "unit_id": unit, "occurred_at": dt.datetime(cast.year, 9, 5, 14, 20), "place": "卸货平台", "type": "1", "deaths": 0, "serious": 0, "minor": 1, "loss": "6000",
        "reported_at": dt.datetime(cast.year, 9, 5, 16, 0), "course": "卸货时货物滑落，砸伤一名职工脚部，已送医治疗"})], "登记事故")[0]
    answers = {f.issue.record: f.issue.message for f in workspace.check("backtrace_item").findings if f.issue.rule == "L33-2"}
    edits = [Edit(b.id, {"finding": answers.get(b.id, "已核实"), "responsible": cast.name(), "measure": "补做排查和培训，现场设置警示标志", "due_on": dt.date(cast.year, 10, 15),
                         "done_on": dt.date(cast.year, 10, 12) if b["question"] != "c" else dt.date(cast.year, 10, 14)}) for b in workspace.children("backtrace_item", accident)]
    workspace.save("backtrace_item", edits, title="填写倒追问题")


def _ankang(workspace: Workspace, cast: Cast) -> None:
    """Fifty units enter; the seventh unit forgets its accident, the second types its teams into persons."""
    sheet = workspace.library.sheets.get("AK2017")
    edits = []
    for n, unit in enumerate(cast.units[: 50 * cast.scale]):
        heads = max(cast.employees.get(unit.id, 10), 2)
        persons = max(heads * 7 // 10, 2)
        teams = persons if n == 1 else max(persons // 12, 1)
        quiz = persons * (9 - n % 4) // 10
        score = 84 + n % 12
        edits.append(Edit(None, {"unit_id": unit.id, "year": cast.year, "entered_on": dt.date(cast.year, 4, 5) + dt.timedelta(days=n % 20), "teams": teams, "persons": persons,
                                 "contact": cast.name(), "contact_phone": cast.phone(), "quiz_persons": quiz, "quiz_pass": quiz * 9 // 10, "self_score": str(score),
                                 "check_score": str(score - 2), "injuries": 0, "result": "1" if n % 9 == 2 else "0"}))
    made = _made(workspace, "ankang_entry", edits, "登记安康杯参赛单位")
    if sheet:
        _points(workspace, sheet, made[0])


def _points(workspace: Workspace, sheet: Any, entry: str) -> None:
    """The first entry scored item by item, its totals those of the items."""
    items, own, checked = [], 0, 0
    for n, (code, item) in enumerate(sheet.items.items()):
        full = int(item.points * 10)
        got, seen = full - (5 if n % 6 == 2 else 0), full - (5 if n % 6 == 2 else 0) - (5 if n % 9 == 4 else 0)
        own, checked = own + got, checked + seen
        items.append(Edit(None, {"item_code": code, "self": f"{got / 10:.1f}", "inspect": f"{seen / 10:.1f}", "deduct_reason": "资料不全" if seen < full else None}, entry))
    workspace.save("ankang_item", items, title="登记安康杯逐项得分")
    workspace.save("ankang_entry", [Edit(entry, {"self_score": f"{own / 10:.1f}", "check_score": f"{checked / 10:.1f}"})], title="合计安康杯得分")
