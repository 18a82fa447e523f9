"""The sample year of focus 5: supervision, mediation, legal events and services, counsel, aid, certificates, tasks, targets.

Mediation succeeds often enough and covers enough of the filings; the sub-centres of all streets stay just below 30 per cent of
the district's centre; fewer workers than asked are reached; not all certificates are replaced. Planted, all of them to be
explained: a certificate that ended three weeks before the year's end (X37), one that names the former chair (X38), one in
another name than its union's (YL03), a case that waits since November (YL02), a refusal for want of papers (T5-06), an
application nobody decided (YL08), two finished tasks without evidence (WT002).
"""

import datetime as dt
import tempfile
from pathlib import Path

from unionclient.definition.identity import uscc_check_digit
from unionclient.demo.cast import Cast
from unionclient.workspace import Edit, Workspace

_TOPICS = ("劳动合同法", "工资支付规定", "女职工劳动保护特别规定", "社会保险法", "工会法", "职业病防治法", "劳动争议调解仲裁法")
_FAULTS = (("1", "连续两个月没有按时支付工资", "请按约定日期足额支付工资"), ("2", "安排职工加班没有征求工会意见", "请与工会协商并安排补休"),
           ("3", "有职工没有参加社会保险", "请依法办理参保手续"), ("4", "新入职职工超过一个月没有签订劳动合同", "请补签书面劳动合同"),
           ("5", "孕期女职工安排了夜班", "请调整工作安排"), ("6", "没有按规定发放劳动防护用品", "请按标准发放并登记"))
_REQUESTS = ("支付拖欠的工资", "支付解除劳动合同的经济补偿", "补缴社会保险", "支付工伤期间待遇", "支付加班费和未休年假补偿", "返还入职时收取的押金")
_OUTCOMES = ("1", "1", "1", "2", "1", "1", "3", "1", "2", "1", "4", "1")     # of twelve cases eight agree and two do not
_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def add(workspace: Workspace, cast: Cast) -> None:
    """Plays the ledgers L34 to L40 of the year."""
    _supervision(workspace, cast)
    _cases(workspace, cast, _mediators(workspace, cast))
    _events(workspace, cast)
    _services(workspace, cast)
    _aid(workspace, cast)
    _certificates(workspace, cast)
    _figures_from_outside(workspace, cast)
    _targets(workspace, cast)
    _meetings(workspace, cast)
    _tasks(workspace, cast)


def _supervision(workspace: Workspace, cast: Cast) -> None:
    workspace.save("legal_supervision_org", [
        Edit(None, {"union_id": u.id, "members": 3 + n % 3, "trained": 2 + n % 2, "leader": cast.name(), "founded_on": cast.day(2, 6),
                    "rules_ok": "是" if n % 5 else "否", "rules_doc": "劳动法律监督工作制度" if n % 5 else None})
        for n, u in enumerate(cast.unions) if n % 3], title="登记劳动法律监督组织")
    edits = []
    for n in range(14 * cast.scale):
        issue, facts, demand = _FAULTS[n % len(_FAULTS)]
        unit, found = cast.units[(n * 7) % len(cast.units)], cast.day(2, 10)
        result = ("1", "1", "2", "1", "3", None)[n % 6]
        reply = found + dt.timedelta(days=12) if result else None
        edits.append(Edit(None, {
            "unit_id": unit.id, "union_id": u.id if (u := cast.union_of.get(unit.id)) else None, "found_on": found, "issue": issue,
            "facts": facts, "demand": demand, "doc_kind": "2" if n % 4 == 3 else "1", "doc_no": f"东花监督〔{cast.year}〕{n + 1}号",
            "due_on": found + dt.timedelta(days=15), "reply_on": reply, "result": result,
            "escalated_to": "区人力社保局劳动监察队" if result == "3" else None}))
    workspace.save("supervision_case", edits, title="登记劳动法律监督案件")


# mediation --------------------------------------------------------------------------------------------------

def _mediators(workspace: Workspace, cast: Cast) -> list[str]:
    """The sub-centre's three mediators first, then one in each community and in some enterprises."""
    large = [u for u in cast.units if cast.employees.get(u.id, 0) >= 100][:4]
    bodies = [Edit(None, {"level": "2", "name": "东花市街道劳动争议调解分中心", "founded_on": dt.date(2012, 6, 1), "phone": "010-64012345"}),
              *(Edit(None, {"level": "3", "name": f"{c}劳动争议调解小组", "founded_on": dt.date(2013, 3, 1), "community_code": c}) for c in cast.communities),
              *(Edit(None, {"level": "4", "name": f"{u['name']}劳动争议调解委员会", "founded_on": dt.date(2015, 5, 1), "unit_id": u.id}) for u in large)]
    made = workspace.save("mediation_org", bodies, title="登记调解组织").ledgers["mediation_org"][0]
    posts = [(made[0], "是"), (made[0], "否"), (made[0], "否"), *((body, "否") for body in made[1:])]
    edits = [Edit(None, {"person_id": cast.person(), "org_id": body, "lawyer": lawyer, "cert_no": f"TJ{cast.year}{n + 1:03d}",
                         "trained_on": dt.date(cast.year, 4, 20) if n % 4 else None}) for n, (body, lawyer) in enumerate(posts)]
    return list(workspace.save("mediator", edits, title="登记调解员").ledgers["mediator"][0])


def _cases(workspace: Workspace, cast: Cast, mediators: list[str]) -> None:
    """Sixty cases, three of five at the sub-centre; half of the agreements are followed up."""
    edits = [Edit(None, _case(cast, n, mediators[n % 3] if n % 5 < 3 else mediators[3 + n % (len(mediators) - 3)])) for n in range(60 * cast.scale)]
    edits[-1].values.update(accepted_on=dt.date(cast.year, 11, 20), closed_on=None, outcome=None, agreement_no=None, performed=None, paid=None,
                            terms=None, status="3")                          # planted: waits since November
    made = workspace.save("mediation_case", edits, title="登记劳动争议调解案件").ledgers["mediation_case"][0]
    agreed = [(n, case) for n, case in enumerate(made) if edits[n].values["outcome"] == "1"]
    visits = [Edit(None, {"happened_on": edits[n].values["closed_on"] + dt.timedelta(days=20), "performed": "2" if turn % 5 else "1",
                          "satisfaction": "1" if turn % 4 else "2", "note": None if turn % 5 else "余款约定下月付清"}, case)
              for turn, (n, case) in enumerate(agreed) if turn % 2 == 0]
    workspace.save("case_followup", visits, title="登记调解回访")


def _case(cast: Cast, n: int, mediator: str) -> dict[str, object]:
    accepted, outcome, cause = cast.day(1, 11), _OUTCOMES[n % len(_OUTCOMES)], n % len(_REQUESTS)
    closed = accepted + dt.timedelta(days=cast.chance.randrange(3, 15))
    several, claim, agreed = n % 9 == 4, cast.chance.randrange(3, 60) * 1000, outcome == "1"
    return {"case_no": f"（{cast.year}）东街调字第{n + 1}号", "accepted_on": accepted, "accept_mode": str(n % 4 + 1), "mediator_id": mediator,
            "applicant": cast.name(), "applicant_type": "2" if several else "1", "persons": 4 + n % 5 if several else 1,
            "is_migrant": "是" if n % 3 == 0 else "否", "applicant_phone": cast.phone(), "unit_id": cast.units[(n * 11) % len(cast.units)].id,
            "cause": str(cause + 1), "claim": str(claim), "request": _REQUESTS[cause], "closed_on": closed, "outcome": outcome,
            "agreement_no": f"东街调协字〔{cast.year}〕{n + 1}号" if agreed else None, "performed": "2" if agreed else None,
            "paid": str(claim * 8 // 10) if agreed else None,
            "terms": f"单位于{closed.year}年{closed.month}月底前一次性支付{claim * 8 // 10}元，双方再无争议。" if agreed else None,
            "status": "5" if n % 4 else "4"}


# legal popularisation and services --------------------------------------------------------------------------

def _events(workspace: Workspace, cast: Cast) -> None:
    """A legal event for each group of five units, for three units of four; each sends a third of its people."""
    units = [u for n, u in enumerate(cast.units) if n % 4]
    groups = [units[n:n + 5] for n in range(0, len(units), 5)]
    shares = [[(u.id, max(1, cast.employees.get(u.id, 6) // 3)) for u in group] for group in groups]
    edits = []
    for n, share in enumerate(shares):
        persons, day, topic = sum(p for _, p in share), cast.day(3, 12), _TOPICS[n % len(_TOPICS)]
        edits.append(Edit(None, {
            "title": f"{topic}宣讲（第{n + 1}场）", "kind": "9", "held_on": day, "end_on": day, "place": "社区活动室",
            "organiser_union_id": cast.unions[n % len(cast.unions)].id, "attendances": persons, "persons": persons, "female_persons": persons * 2 // 5,
            "list_attached": "否", "legal_topic": topic, "materials": persons * 2, "budget": "1500", "actual": "1260",
            "summary": "律师讲解典型案例，现场解答职工咨询。"}))
    made = workspace.save("event", edits, title="登记普法活动").ledgers["event"][0]
    workspace.save("event_unit", [Edit(None, {"unit_id": u, "persons": p, "female_persons": p * 2 // 5}, event)
                                  for event, share in zip(made, shares, strict=True) for u, p in share], title="登记普法覆盖单位")


def _services(workspace: Workspace, cast: Cast) -> None:
    orders = []
    for n in range(26 * cast.scale):
        ordered, served = cast.day(2, 10), n % 6 != 5
        orders.append(Edit(None, {
            "unit_id": cast.units[(n * 5) % len(cast.units)].id, "service": str(n % 5 + 1), "ordered_on": ordered,
            "served_on": ordered + dt.timedelta(days=18) if served else None, "provider": "北京示例律师事务所" if served else None,
            "persons": 3 + n % 4 if served else None, "satisfaction": ("1", "1", "2")[n % 3] if served else None}))
    workspace.save("legal_menu_order", orders, title="登记菜单式法律服务")
    studios = [Edit(None, {"community_code": c, "opened_on": dt.date(cast.year, 4 + n, 12), "duty": "每周三下午", "address": f"{c}服务站"})
               for n, c in enumerate(cast.communities[:2])]
    made = workspace.save("legal_studio", studios, title="登记社区法律服务工作室").ledgers["legal_studio"][0]
    workspace.save("studio_duty", [Edit(None, {"happened_on": dt.date(cast.year, 6, 7) + dt.timedelta(days=7 * week), "lawyer": cast.name(),
                                               "consultations": cast.chance.randrange(1, 7)}, studio)
                                   for studio in made for week in range(24)], title="登记工作室值班")
    workspace.save("lawyer_counsel", [Edit(None, {
        "firm": "北京示例律师事务所", "lawyer": cast.name(), "licence_no": "11101201710123456", "phone": cast.phone(), "contract_no": f"GW{cast.year}-01",
        "begins_on": dt.date(cast.year, 1, 1), "ends_on": dt.date(cast.year, 12, 31), "fee": "30000", "service_days": "每月第一个周二",
        "services": 12, "tasks": "审查合同6份，参与调解9件，开展讲座4场。"})], title="登记律师顾问")


def _aid(workspace: Workspace, cast: Cast) -> None:
    """Of fourteen applications one does not qualify, one was refused for want of papers (planted), one waits (planted)."""
    edits = []
    for n in range(14 * cast.scale):
        applied, form, group = cast.day(2, 10), ("1", "2", "4", "3", "5")[n % 5], n % 7 == 3
        decided, closed = applied + dt.timedelta(days=5), applied + dt.timedelta(days=50)
        edits.append(Edit(None, {
            "applied_on": applied, "person_id": cast.person(), "category": "3" if group else ("2", "1", "4")[n % 3], "group_size": 6 if group else 1,
            "unit_id": cast.units[(n * 13) % len(cast.units)].id, "matter": _REQUESTS[n % len(_REQUESTS)], "form": form,
            "income_proof": "否" if n % 3 == 0 else "是", "proof_exempt": "是" if n % 3 == 0 else "否", "decision": "3" if n % 6 == 5 else "1",
            "decided_on": decided, "lawyer": cast.name(), "firm": "北京示例律师事务所", "assigned_on": decided, "closed_on": closed,
            "result": ("1", "2", "4")[n % 3], "recovered": str(cast.chance.randrange(2, 30) * 1000), "summary": "经协商，单位同意支付，职工已收到款项。"}))
    undone = {"lawyer": None, "firm": None, "assigned_on": None, "closed_on": None, "result": None, "recovered": None, "summary": None}
    edits[1].values.update(undone, decision="2", reject_reason="1")
    edits[2].values.update(undone, decision="2", reject_reason="2")
    edits[4].values.update(undone, decision=None, decided_on=None, applied_on=dt.date(cast.year, 11, 28))
    workspace.save("legal_aid_case", edits, title="登记法律援助案件")


# certificates -----------------------------------------------------------------------------------------------

def _certificates(workspace: Workspace, cast: Cast) -> None:
    """Two unions of three are legal persons; one certificate in ten is still an old one."""
    names = {p.id: p["name"] for p in workspace.records("person")}
    chairs = {c["union_id"]: names.get(c["person_id"]) for c in workspace.records("union_cadre") if c["post"] == "1" and c["ends_on"] is None}
    holders = [u for n, u in enumerate(cast.unions) if n % 3]
    edits = [Edit(None, _certificate(workspace, n, u, chairs.get(u.id) or cast.name())) for n, u in enumerate(holders)]
    edits[1].values.update(code=_union_code(1), valid_to=dt.date(cast.year, 12, 10))                     # planted: X37
    edits[2].values["legal_rep"] = "钱前任"                                                               # planted: X38
    edits[3].values["registered_name"] = holders[3]["name"].removesuffix("委员会")                        # planted: YL03
    made = workspace.save("legal_person_cert", edits, title="登记工会法人证书").ledgers["legal_person_cert"][0]
    events = []
    for cert, edit in zip(made, edits, strict=True):
        issued = edit.values["issued_on"]
        if edit.values["code"] and issued.year == cast.year:
            events.append(Edit(None, {"kind": "4", "happened_on": issued - dt.timedelta(days=20), "submitted_on": issued - dt.timedelta(days=15),
                                      "accepted_on": issued - dt.timedelta(days=12), "issued_on": issued, "materials": "申请表、批复、原证书"}, cert))
    workspace.save("cert_event", events, title="登记法人登记事项")


def _certificate(workspace: Workspace, n: int, union: object, chair: str) -> dict[str, object]:
    old = n % 10 == 9
    issued = union["term_start"] or union["founded_on"]
    ends = union["term_end"] or issued.replace(year=issued.year + 3, day=min(issued.day, 28))
    return {"union_id": union.id, "code": None if old else _union_code(n), "old_cert_no": f"京工法证字第{1100 + n}号" if old or n % 2 else None,
            "registered_name": union["name"], "address": workspace.show("unit", workspace.record("unit", union["unit_id"]), "biz_address") or "东花市大街1号",
            "legal_rep": chair, "issued_on": issued, "valid_from": issued, "valid_to": ends}


def _union_code(number: int) -> str:
    """A sound code of a made-up union: both check digits are right."""
    body = f"MC{800000 + number:06d}"
    inner = (11 - sum(w * int(c, 36) for w, c in zip(_WEIGHTS, body, strict=True)) % 11) % 11
    code = "81110101" + body + ("X" if inner == 10 else str(inner))
    return code + uscc_check_digit(code)


# what has no ledger of its own ------------------------------------------------------------------------------

def _figures_from_outside(workspace: Workspace, cast: Cast) -> None:
    """Filings and the centre's cases by quarter, the other streets' cases, and how many units are without a union."""
    rows = []
    for quarter in range(1, 5):
        period = f"{cast.year}Q{quarter}"
        rows += [("1", period, (33 + quarter) * cast.scale, None, "区劳动人事争议仲裁院"), ("2", period, 296 + 3 * quarter, None, "区工会劳动争议调解中心"),
                 ("5", period, 76 + quarter, None, "区总工会通报")]
    rows += [("4", f"{cast.year - 1}Y", 420 + 37 * (n * 7 % 17), f"110101{n:03}", "区总工会摸底") for n in range(1, 18)]
    workspace.save("external_stat", [Edit(None, {"name": name, "period": period, "value": value, "street_code": street, "source": source})
                                     for name, period, value, street, source in rows], title="登记外部数据")


def _targets(workspace: Workspace, cast: Cast) -> None:
    """The letter gives this street the figures of focus 1; the others stand as proposed."""
    letter = {"T1-01": "42", "T1-02": "4", "T1-03": "74", "T1-04": "2530"}
    workspace.save("target_allocation", [Edit(None, {"target_id": target, "year": cast.year, "value": value, "doc_no": f"东工发〔{cast.year}〕8号"})
                                         for target, value in letter.items()], title="登记区里下达的目标")


def _meetings(workspace: Workspace, cast: Cast) -> None:
    workspace.save("joint_meeting", [Edit(None, {
        "held_on": dt.date(cast.year, 3 * n + 3, 20), "place": "街道会议室", "parties": "总工会、人社局、司法局、法院" + ("、信访办、企联" if n % 2 else ""),
        "matters": "通报上季度案件，研究群体性争议处置。", "follow_up": "议定事项已分头落实。" if n < 3 else None}) for n in range(4)], title="登记联动会议")
    workspace.save("guidance_compilation", [
        Edit(None, {"topic": "劳动争议调解案例选编", "expert": cast.name(), "released_on": dt.date(cast.year, 9, 18), "copies": 300}),
        Edit(None, {"topic": "集体协商工作指引", "expert": cast.name()})], title="登记工作汇编")


def _tasks(workspace: Workspace, cast: Cast) -> None:
    """Every task of the work programme; three of four done, most of them in time. Two lack their evidence (planted)."""
    codes = workspace.library.codes["work_task"].codes
    edits = []
    for n, (code, entry) in enumerate((c, e) for c, e in codes.items() if c[0] in "QJ"):
        due = dt.date(cast.year, 6 + n % 7, 25)
        done = due + dt.timedelta(days=(-9, -3, 0, -20, 6)[n % 5]) if n % 4 != 3 and due.month < 12 else None
        edits.append(Edit(None, {"code": code, "level": entry.facts["level"], "owner": cast.name(), "begins_on": dt.date(cast.year, 2, 1), "due_on": due,
                                 "done_on": done, "status": "3" if done else "2"}))
    made = workspace.save("work_task", edits, title="登记年度工作任务").ledgers["work_task"][0]
    finished = [task for task, edit in zip(made, edits, strict=True) if edit.values["done_on"]]
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        note = Path(folder) / "工作总结.txt"
        note.write_text("本项工作已完成，材料存档。\n", encoding="utf-8")
        for task in finished[2:]:
            workspace.attach("work_task", task, "evidence", note)
