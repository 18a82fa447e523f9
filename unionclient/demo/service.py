"""The sample year of focus 3: classes, degrees, the walking app, events, volunteers, articles, information officers.

General courses reach their target, the other figures do not. Planted for the checks to find, all of them to be explained:
a class entered once for each of its three evenings (L21-1), a graduate ten months after enrolment (L22-1), last year's
app numbers copied (L23-2), one walk reported by two unions (L24-1), an event of two units without their numbers (L24-3),
a volunteer without an identity number (L25-2), an article entered again for the medium that took it over (L26-1), which
also makes its officer's own number wrong (L26-2).
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from unionclient.demo.cast import Cast
from unionclient.workspace import Edit, Workspace

_GENERAL = (("劳动合同法与职工权益", "TS-01"), ("职业安全与健康", "TS-02"), ("办公软件应用", "TS-03"), ("职场沟通与礼仪", "TS-04"),
            ("心理健康与压力调适", "TS-05"), ("理财与防范诈骗", "TS-06"))
_FREE = ("摄影入门", "书法", "太极拳", "烘焙", "声乐", "手机视频制作", "花艺", "英语口语", "瑜伽", "中医养生", "国画", "急救常识", "茶艺")
_SKILL = ("电工", "中式烹调", "客房服务", "计算机网络管理", "物业设施维护", "快递业务", "养老护理", "汽车维修", "会计电算化", "插花")
_EVENTS = (  # (类别, 名称, 月份)
    ("1", "职工书画展", 9), ("2", "春季健步走", 4), ("1", "迎新春联欢会", 1), ("2", "乒乓球赛", 6), ("2", "趣味运动会", 10), ("1", "读书分享会", 4),
    ("7", "三八节女职工手工坊", 3), ("3", "劳模精神宣讲会", 5), ("4", "大国工匠交流会", 11), ("2", "羽毛球赛", 8), ("1", "观影活动", 7),
    ("7", "女职工健康讲座", 3))
_ESSAYS = ("我身边的劳模", "我的师傅", "岗位上的坚守", "匠心与初心")
_TEAMS = ("助老服务队", "环保志愿队", "平安巡逻队", "文明引导队", "法律咨询队")
_SERVICES = ("看望独居老人", "清理楼道杂物", "重大活动期间巡逻", "路口文明引导", "社区法律咨询", "图书整理")
_ARTICLES = ("五一前夕走访劳模", "社区联合工会换届", "安全生产月启动", "夏送清凉进工地", "职工书屋揭牌", "健步走倡导绿色出行", "工资集体协商签约",
             "志愿者服务进社区", "女职工权益宣传", "金秋助学发放")
_TOPICS = (("1", "职工称赞夏送清凉及时", 20), ("2", "询问年休假怎样折算", 3), ("3", "食堂涨价引起议论", 12), ("2", "询问京卡办理进度", 2),
           ("3", "反映加班费发放不及时", 6), ("1", "感谢工会帮助调解", 1))


@dataclass(frozen=True, slots=True)
class Worker:
    """An employee who takes part in something."""

    person: str
    unit: str
    woman: bool


def add(workspace: Workspace, cast: Cast) -> None:
    """Plays the ledgers L21 to L26 of the year."""
    staff = _staff(cast, 520 * cast.scale)
    _classes(workspace, cast, staff)
    _degrees(workspace, cast, staff)
    _walking(workspace, cast)
    _events(workspace, cast, staff)
    _volunteers(workspace, cast, staff[: 260 * cast.scale])
    officers = _officers(workspace, cast, staff[-24 * cast.scale:])
    _publicity(workspace, cast, officers)
    _opinions(workspace, cast)


def _staff(cast: Cast, count: int) -> list[Worker]:
    """People of the larger units rather than of the small ones; no unit sends more than a third of its own."""
    room = {unit: employees // 3 for unit, employees in cast.employees.items()}
    staff: list[Worker] = []
    while len(staff) < count and (units := [unit for unit, free in room.items() if free > 0]):
        for unit in cast.chance.choices(units, [room[u] for u in units], k=min(60, count - len(staff))):
            if room[unit] > 0:
                room[unit] -= 1
                woman = cast.chance.random() < 0.4
                staff.append(Worker(cast.person(woman, unit), unit, woman))
    return staff


# training ---------------------------------------------------------------------------------------------------

def _classes(workspace: Workspace, cast: Cast, staff: Sequence[Worker]) -> None:
    reached = sum(cast.employees.values()) * 4 // 100
    rolls: list[Sequence[Worker]] = []
    edits: list[Edit] = []
    for n in range(6 * cast.scale):
        title, course = _GENERAL[n % 6]
        part = staff[n * reached // (6 * cast.scale): (n + 1) * reached // (6 * cast.scale)]
        edits.append(_class(cast, f"{title}（第{n // 6 + 1}期）" if cast.scale > 1 else title, "1", part, hours="16", sessions=4, course_code=course))
        rolls.append(part)
    for n in range(len(_SKILL) * cast.scale):
        part = cast.chance.sample(staff, min(22, len(staff)))
        edits.append(_class(cast, f"{_SKILL[n % len(_SKILL)]}技能培训班{n + 1}", "3", part, hours="40", sessions=10, level=str(n % 3 + 1)))
        rolls.append(part)
    for n in range(44 * cast.scale):
        edits.append(_class(cast, f"{_FREE[n % len(_FREE)]}班{n + 1}", "2", (), hours="6", sessions=3, level=str(n % 3 + 1)))
        rolls.append(())
    for n, (title, kind) in enumerate((("基层工会主席业务培训", "5"), ("工会财务与经审培训", "5"), ("工会干部拓展训练", "8"))):
        part = cast.chance.sample(staff, 18)
        edits.append(_class(cast, title, kind, part, hours="8", sessions=1, start_on=dt.date(cast.year, 4 + 2 * n, 18)))
        rolls.append(part)
    edits += _evenings(cast)
    made = workspace.save("training_class", edits, title="登记培训班").ledgers["training_class"][0]
    hours = {"1": "16", "3": "40", "5": "8", "8": "8"}
    attended = [Edit(None, {"person_id": w.person, "unit_id": w.unit, "passed": "是",
                            "hours_attended": hours[edit.values["kind"]]}, parent)
                for parent, edit, roll in zip(made, edits, rolls, strict=False) for w in roll]
    workspace.save("training_attendance", attended, title="登记培训学员")


def _class(cast: Cast, title: str, kind: str, roll: Sequence[Worker], **values: object) -> Edit:
    """A class that is over; without a roll its numbers are only stated."""
    start = values.pop("start_on", None) or cast.day(2, 11)
    count = len(roll) or cast.chance.randrange(18, 36)
    return Edit(None, {"title": title, "kind": kind, "organiser": "街道总工会", "start_on": start, "end_on": start + dt.timedelta(days=14),
                       "place": "街道文化活动中心", "teacher": cast.name(), "free": "是", "planned": count + 4, "enrolled": count + 2,
                       "attended": count, "passed": count, "teacher_fee": "1600", "book_fee": str(20 * count), "status": "3", **values})


def _evenings(cast: Cast) -> list[Edit]:
    """The planted class: one photography class entered three times, once for each evening."""
    teacher = cast.name()
    return [Edit(None, {"title": f"夜校摄影班（第{word}讲）", "kind": "2", "organiser": "社区联合工会", "start_on": dt.date(cast.year, 9, 5 + 7 * n),
                        "end_on": dt.date(cast.year, 9, 5 + 7 * n), "place": "社区活动室", "teacher": teacher, "free": "是", "hours": "2",
                        "sessions": 1, "planned": 20, "enrolled": 20, "attended": 18, "passed": 18, "status": "3", "level": "1"})
            for n, word in enumerate("一二三")]


def _degrees(workspace: Workspace, cast: Cast, staff: Sequence[Worker]) -> None:
    edits = []
    for n, worker in enumerate(cast.chance.sample(staff, 12 * cast.scale)):
        graduated = n % 12 < 7
        edits.append(Edit(None, {
            "person_id": worker.person, "unit_id": worker.unit, "school": ("北京开放大学", "职工大学", "城市学院")[n % 3], "degree": str(n % 2 + 1),
            "enrolled_on": dt.date(cast.year - 3, 9, 1) if graduated else dt.date(cast.year - n % 2, 9, 1),
            "graduated_on": dt.date(cast.year, 7, 5) if graduated else None, "fee": "7800", "free": "是", "status": "2" if graduated else "1"}))
    edits[0].values["enrolled_on"] = dt.date(cast.year - 1, 9, 5)     # planted: enrolled, not graduated
    workspace.save("degree_sponsorship", edits, title="登记学历教育资助")


# the walking app --------------------------------------------------------------------------------------------

def _walking(workspace: Workspace, cast: Cast) -> None:
    """Quarterly reports of the unions' units, the last of the year before among them; the first unit copies it."""
    edits = []
    for n, union in enumerate(cast.unions):
        unit = union["unit_id"]
        registered = cast.employees.get(unit, 10) * 2 // 5
        active = registered * 3 // 5
        for quarter, day in enumerate((dt.date(cast.year - 1, 12, 31), dt.date(cast.year, 3, 31), dt.date(cast.year, 6, 30),
                                       dt.date(cast.year, 9, 30), dt.date(cast.year, 12, 31))):
            if quarter and (n or quarter > 1):
                registered += max(1, registered // 12)
                active = registered * (6 + quarter % 3) // 10
            edits.append(Edit(None, {"unit_id": unit, "as_of": day, "registered": registered, "active": active, "source": "平台导出"}))
    workspace.save("step_app", edits, title="登记健步推广情况")


# events -----------------------------------------------------------------------------------------------------

def _events(workspace: Workspace, cast: Cast, staff: Sequence[Worker]) -> None:
    women = _women(workspace)
    edits, shares = [], []
    for n, union in enumerate(cast.unions):
        unit = union["unit_id"]
        for turn in range(2):
            kind, title, month = _EVENTS[(2 * n + turn) % len(_EVENTS)]
            share = cast.chance.randrange(55, 96)
            female = women.get(unit, 0) * share // 100
            persons = max(1, female if kind == "7" else cast.employees.get(unit, 6) * share // 100)
            edits.append(_event(cast, title, kind, union.id, persons, min(female, persons), attendances=persons * (1 + turn),
                                place=f"{workspace.label('unit', unit)}职工之家", month=month))
            shares.append([(unit, persons, min(female, persons))])
    edits += _planted_events(cast, shares)
    rolls = {len(edits) + n: cast.chance.sample(staff, min(30, len(staff))) for n in range(8 * cast.scale)}
    for n, roll in rolls.items():
        edits.append(_event(cast, f"街道职工{('歌咏', '棋牌', '跳绳', '摄影')[n % 4]}比赛{n}", str(n % 2 + 1), cast.unions[0].id, len(roll),
                            sum(w.woman for w in roll), list_attached="是", place=f"文体中心{n}号场"))
        shares.append([])
    edits.append(_event(cast, "“劳动创造幸福”职工征文", "5", cast.unions[0].id, len(_ESSAYS), 2, list_attached="否"))
    shares.append([(cast.unions[0]["unit_id"], None, None)])
    made = workspace.save("event", edits, title="登记活动").ledgers["event"][0]
    workspace.save("event_unit", [Edit(None, {"unit_id": u, "persons": p, "female_persons": f}, made[n])
                                  for n, share in enumerate(shares) for u, p, f in share], title="登记活动覆盖单位")
    workspace.save("event_attendee", [Edit(None, {"person_id": w.person, "unit_id": w.unit}, made[n])
                                      for n, roll in rolls.items() for w in roll], title="登记活动参加人员")
    workspace.save("event_entry", [Edit(None, {"title": title, "author": cast.name(), "unit_id": cast.unions[n % len(cast.unions)]["unit_id"],
                                               "words": 1200 + 100 * n, "score": str(92 - n), "award": "一等奖" if n == 0 else "二等奖"}, made[-1])
                                   for n, title in enumerate(_ESSAYS)], title="登记征文作品")


def _women(workspace: Workspace) -> dict[str, int]:
    """Unit → its women employees; two fifths of all where the snapshot does not tell."""
    return {row["unit_id"]: (row["employees"] or 0) * 2 // 5 if row["female"] is None else row["female"]
            for row in workspace.records("employee_stat")}


def _event(cast: Cast, title: str, kind: str, union: str, persons: int, female: int, **values: object) -> Edit:
    month = values.pop("month", None)
    day = cast.day(month or 3, month or 11)
    return Edit(None, {"title": title, "kind": kind, "held_on": day, "end_on": day, "place": "职工之家", "organiser_union_id": union,
                       "attendances": persons, "persons": persons, "female_persons": female, "list_attached": "否", "budget": "3000",
                       "actual": str(cast.chance.randrange(1200, 2900)), "summary": f"{title}顺利举办，职工反响良好。", **values})


def _planted_events(cast: Cast, shares: list) -> list[Edit]:
    """One walk that two unions report, and an event of two units that says nothing of each."""
    first, second = cast.unions[1], cast.unions[2]
    day = dt.date(cast.year, 5, 13)
    walk = {"held_on": day, "end_on": day, "place": "龙潭公园"}
    shares += [[(first["unit_id"], 4, 1)], [(first["unit_id"], 4, 1)], [(first["unit_id"], None, None), (second["unit_id"], None, None)]]
    return [_event(cast, "环湖健步走", "2", first.id, 4, 1, **walk), _event(cast, "职工环湖健步走活动", "2", second.id, 4, 1, **walk),
            _event(cast, "联合观影", "1", first.id, 6, 2)]


# volunteers -------------------------------------------------------------------------------------------------

def _volunteers(workspace: Workspace, cast: Cast, staff: Sequence[Worker]) -> None:
    nameless = workspace.save("person", [Edit(None, {"name": cast.name(), "phone": cast.phone()})], title="登记人员信息")
    edits = [Edit(None, {"person_id": w.person, "unit_id": w.unit, "registered_on": cast.day(1, 9) if n % 3 else dt.date(cast.year - 1, 6, 1 + n % 28),
                         "team": _TEAMS[n % 5], "speciality": ("急救", "书法", "维修", "外语")[n % 4], "insured": "是" if n % 4 else "否",
                         "status": "1"}) for n, w in enumerate(staff)]
    for edit in edits[::29]:
        edit.values.update(status="2", ended_on=dt.date(cast.year, 11, 30))
    edits.append(Edit(None, {"person_id": nameless.ledgers["person"][0][0], "unit_id": staff[0].unit, "registered_on": dt.date(cast.year, 4, 6),
                             "team": _TEAMS[0], "insured": "否", "status": "1"}))
    made = workspace.save("volunteer", edits, title="登记志愿者").ledgers["volunteer"][0]
    served = [Edit(None, {"served_on": dt.date(cast.year, 10, 9) + dt.timedelta(days=turn * 21 + n % 5), "activity": _SERVICES[(n + turn) % 6],
                          "hours": ("2", "3.5", "4")[n % 3], "confirmed_by": cast.name()}, volunteer)
              for n, volunteer in enumerate(made) if n % 5 < 3 for turn in range(1 + n % 2)]
    workspace.save("volunteer_service", served, title="登记志愿服务")


# publicity --------------------------------------------------------------------------------------------------

def _officers(workspace: Workspace, cast: Cast, staff: Sequence[Worker]) -> list[str]:
    """Information officers, two thirds of them through a class whose end dates their training by itself."""
    edits = [Edit(None, {"person_id": w.person, "unit_id": w.unit, "appointed_on": dt.date(cast.year - 1, 3, 1)}) for w in staff]
    officers = workspace.save("info_officer", edits, title="登记信息员").ledgers["info_officer"][0]
    roll = staff[: len(staff) * 2 // 3]
    lesson = _class(cast, "信息员业务培训", "6", roll, hours="8", sessions=1, status="2", start_on=dt.date(cast.year, 4, 12), end_on=dt.date(cast.year, 4, 13))
    made = workspace.save("training_class", [lesson], title="登记信息员培训").ledgers["training_class"][0][0]
    workspace.save("training_attendance", [Edit(None, {"person_id": w.person, "unit_id": w.unit, "hours_attended": "8", "passed": "是"}, made)
                                           for w in roll], title="登记培训学员")
    workspace.save("training_class", [Edit(made, {"status": "3"})], title="信息员培训结班")
    return list(officers)


def _publicity(workspace: Workspace, cast: Cast, officers: Sequence[str]) -> None:
    by_id = {o.id: o for o in workspace.records("info_officer")}
    edits = []
    for n in range(60 * cast.scale):
        officer = by_id[officers[n % len(officers)]]
        media = ("1", "4", "6", "7", "8", "5")[n % 6]
        edits.append(Edit(None, {"title": f"{_ARTICLES[n % 10]}（{n // 10 + 1}）", "media": media, "published_on": cast.day(1, 11),
                                 "level": "1" if media in ("1", "5") else "2", "author": workspace.label("person", officer["person_id"]),
                                 "officer_id": officer.id, "unit_id": officer["unit_id"], "url_or_page": f"第{n % 8 + 1}版"}))
    first = workspace.save("publicity_item", edits, title="登记宣传信息").ledgers["publicity_item"][0]
    again = [Edit(None, {**edits[n].values, "media": "99", "published_on": dt.date(cast.year, 12, 1 + n), "level": "2",
                         "original_id": None if n == 0 else first[n]}) for n in range(5)]     # the first one does not say so: planted
    workspace.save("publicity_item", again, title="登记转载")
    counts = Counter(officers[n % len(officers)] for n in range(len(edits)))
    workspace.save("info_officer", [Edit(o, {"items_year": counts[o]}) for o in officers], title="填写采用数")


def _opinions(workspace: Workspace, cast: Cast) -> None:
    edits = []
    for n in range(18 * cast.scale):
        tone, topic, people = _TOPICS[n % 6]
        day = cast.day(1, 10)
        edits.append(Edit(None, {"noted_on": day, "source": str(n % 4 + 1), "topic": topic, "tone": tone, "people": people,
                                 "action": "已向单位了解情况并答复职工" if tone == "3" else None,
                                 "escalated_to": "街道总工会" if people >= 10 and tone == "3" else None,
                                 "closed_on": day + dt.timedelta(days=10) if n % 4 else None}))
    workspace.save("opinion_note", edits, title="登记职工思想动态")
