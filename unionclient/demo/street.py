"""Made-up units, members and inspections of one street, the same for the same seed."""

import datetime as dt
import random
from dataclasses import dataclass, field

from unionclient.definition.identity import id_check_digit, uscc_check_digit

SEED = 20170930
STREET = "110101013"
OFFICER = "示例经办人"
_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜单曾仇区解查"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰玉龑堃㛃喆祎翀"
_WORDS = ("恒源", "启程", "东方", "金诺", "华兴", "国安", "中科", "鼎盛", "瑞和", "同泰", "百川", "清远")
_SECOND_WORDS = ("", "安", "邦", "昌", "诚", "达", "德", "福", "广", "海", "弘", "嘉", "京", "康", "隆", "茂", "宁", "鹏", "启", "荣", "盛", "泰",
                 "祥", "欣", "亚", "业", "益", "永", "裕", "源", "展", "正", "智", "众", "卓")
_TRADES = (("科技", "I"), ("商贸", "F"), ("餐饮", "H"), ("物业管理", "K"), ("文化传媒", "R"), ("广告", "L"))
COMMUNITIES = ("忠实里社区", "花市枣苑社区", "北里东区社区", "南里社区")
_HAZARDS = (("A01", "灭火器压力不足，指针不在绿区"), ("B01", "安全出口上锁，疏散通道堆放纸箱"), ("B03", "应急照明灯损坏两处，未及时更换"),
            ("C01", "配电箱前堆放杂物，箱门缺失"), ("B07", "楼梯间停放电动自行车并充电"), ("A09", "厨房排油烟罩未按期清洗"))
_PLACES = ("一层大厅", "二层厨房", "三层办公区", "地下一层车库")
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A made-up employer with the union it founded."""

    name: str
    uscc: str
    community: str
    union_type: str
    approved_on: dt.date
    founded_on: dt.date
    approval_no: str
    employees: int
    members: int
    women: int
    migrants: int
    chair: str
    phone: str
    industry: str


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A made-up member."""

    name: str
    gender: str
    ethnicity: str
    id_no: str
    birth_date: dt.date
    phone: str
    education: str
    political: str
    unit: str
    joined_on: dt.date


@dataclass(frozen=True, slots=True)
class DemoHazard:
    """A made-up hazard with the inspection that found it."""

    unit: str
    inspected_on: dt.date
    inspectors: str
    item: str
    desc: str
    location: str
    grade: str
    owner: str
    due_on: dt.date
    rechecked_on: dt.date | None


@dataclass(frozen=True, slots=True)
class DemoStreet:
    """All of it."""

    units: tuple[DemoUnit, ...]
    members: tuple[DemoMember, ...]
    hazards: tuple[DemoHazard, ...] = field(default=())


def make_street(seed: int = SEED, *, units: int = 60, members: int = 2500, hazards: int = 72, scale: int = 1) -> DemoStreet:
    """The street for a seed, `scale` times as large; unit names stay distinct up to some 2,500, identity numbers at any size."""
    units, members, hazards = units * scale, members * scale, hazards * scale
    chance = random.Random(seed)
    made = tuple(_unit(chance, n) for n in range(units))
    taken: set[str] = set()
    people = tuple(_member(chance, chance.choice(made), taken) for _ in range(members))
    return DemoStreet(made, people, tuple(_hazard(chance, made[n % units], n) for n in range(hazards)))


def person_name(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + "".join(chance.choice(_GIVEN) for _ in range(chance.choice((1, 2, 2))))


def phone(chance: random.Random) -> str:
    return chance.choice(("138", "139", "150", "177", "186")) + f"{chance.randrange(10**8):08d}"


def uscc(number: int) -> str:
    """A sound code of a made-up company: both check digits are right."""
    body = f"MA{number:06d}"
    digits = [int(c, 36) for c in body]
    inner = (11 - sum(w * d for w, d in zip(_ORG_WEIGHTS, digits, strict=True)) % 11) % 11
    code = "91110101" + body + ("X" if inner == 10 else str(inner))
    return code + uscc_check_digit(code)


def resident_id(chance: random.Random, born: dt.date, woman: bool, taken: set[str]) -> str:
    """A sound number that nobody in `taken` bears; it is added there."""
    number, last = chance.randrange(100), int(chance.choice("02468" if woman else "13579"))
    while (body := f"110101{born:%Y%m%d}{number:02d}{last}") in taken:
        number, last = (number + 1) % 100, last if number < 99 else (last + 2) % 10
    taken.add(body)
    return body + id_check_digit(body)


def _unit(chance: random.Random, number: int) -> DemoUnit:
    trade, industry = _TRADES[number % len(_TRADES)]
    turn, word = divmod(number // len(_TRADES), len(_WORDS))
    name = f"北京{_WORDS[word]}{_SECOND_WORDS[turn]}{trade}{'（东城）' if number % 7 == 3 else ''}有限公司"
    approved = dt.date(2017, 1, 5) + dt.timedelta(days=chance.randrange(230))
    employees = chance.choice((18, 26, 35, 48, 64, 90, 99, 100, 130, 210, 320))
    members = employees * chance.randrange(70, 100) // 100
    return DemoUnit(name, uscc(300000 + number * 17), COMMUNITIES[number * len(COMMUNITIES) // 40 % len(COMMUNITIES)],
                    ("独立", "独立基层工会", "联合基层工会")[number % 3], approved, approved + dt.timedelta(days=chance.randrange(1, 30)),
                    f"东花工发〔2017〕{number + 1}号", employees, members, members * 2 // 5, members // 5,
                    person_name(chance), phone(chance), industry)


def _member(chance: random.Random, unit: DemoUnit, taken: set[str]) -> DemoMember:
    born = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(38 * 365))
    woman = chance.random() < 0.5
    joined = unit.founded_on + dt.timedelta(days=chance.randrange(1, 40))
    return DemoMember(person_name(chance), "女" if woman else "男", chance.choice(("汉", "汉", "汉", "满", "回", "蒙古")),
                      resident_id(chance, born, woman, taken), born, phone(chance), chance.choice(("大专", "大学本科", "高中", "硕士研究生")),
                      chance.choice(("群众", "中共党员", "共青团员")), unit.name, joined)


def _hazard(chance: random.Random, unit: DemoUnit, number: int) -> DemoHazard:
    item, desc = _HAZARDS[number % len(_HAZARDS)]
    day = dt.date(2017, 2, 10) + dt.timedelta(days=chance.randrange(190))
    inspectors = f"{person_name(chance)}、{person_name(chance)}"
    rechecked = day + dt.timedelta(days=chance.randrange(3, 20)) if number % 6 else None
    return DemoHazard(unit.name, day, inspectors, item, desc, _PLACES[number % len(_PLACES)], "一般", person_name(chance),
                      day + dt.timedelta(days=14), rechecked)
