"""Rows as the workspace would hand them over, for one unit, its union, members, a hazard and a score sheet. All invented."""

import datetime

from unionclient.printing import PrintContext, PrintRow

CONTEXT = PrintContext("东花市街道", "东花市街道总工会", "2017年", datetime.datetime(2017, 10, 9, 9, 30), "张三",
                       "110101013_2017Q3_v01", "3f9a2c7d51e8", "ab" * 32)

_CADRES = (("主席", "贺龑珍", "女", "兼职", "选举", "138****8001"), ("副主席", "王堃", "男", "兼职", "选举", "138****8002"),
           ("经审主任", "欧阳㛃", "女", "兼职", "选举", "138****8003"), ("女工主任", "李𬱖", "女", "兼职", "选举", "138****8004"))
CHILDREN = tuple(PrintRow({"post": post, "person_id": name, "person_id.gender": gender, "fulltime": time, "appoint_mode": mode,
                           "begins_on": "2017-03-01", "person_id.phone": phone}) for post, name, gender, time, mode, phone in _CADRES)


def union(number: int = 1, **cells: str) -> PrintRow:
    employees = 20 + number * 7 % 300
    shown = {
        "unit_id": f"北京恒信科技有限责任公司第{number}分公司", "unit_id.uscc": "91110101MA00A1B2X3", "unit_id.unit_type": "私营企业",
        "unit_id.industry": "信息传输、软件和信息技术服务业", "unit_id.community_code": ("忠实里社区", "花市枣苑社区", "广渠门外南里社区")[number % 3],
        "unit_id.biz_address": "北京市东城区广渠门内大街45号雷霆大厦B座1208室", "unit_id.legal_rep": "刘喆", "unit_id.contact_phone": "010-67180001",
        "name": f"北京恒信科技有限责任公司第{number}分公司工会委员会", "union_type": "独立基层工会", "parent_union_id": "东花市街道总工会",
        "applied_on": "2017-02-20", "approved_on": "2017-03-01", "approval_no": f"东花工发〔2017〕{number}号", "founded_on": "2017-03-06",
        "employees_at_founding": str(employees), "members_at_founding": str(employees - 5), "has_audit": "是", "has_women": "是", **cells}
    return PrintRow({key: text for key, text in shown.items() if text},
                    {"employees_at_founding": employees, "members_at_founding": employees - 5}, CHILDREN)


def member(number: int = 1, **cells: str) -> PrintRow:
    name = ("贺龑珍", "王堃", "欧阳㛃", "李𬱖", "张䶮", "赵喆", "买买提·阿卜杜热西提", "阿依古丽·吐尔逊")[number % 8]
    return PrintRow({"name": name, "gender": "女", "ethnicity": "维吾尔族" if "·" in name else "汉族", "id_no": "110101********002X",
                     "phone": "138****8000", "employ_type": "合同制", "unit_id": "北京恒信餐饮管理有限责任公司",
                     "union_id": "北京恒信餐饮管理有限责任公司工会委员会", "joined_on": "2017-04-25", "join_mode": "新发展",
                     "status": "在籍", **cells})


def hazard(number: int = 1, **cells: str) -> PrintRow:
    desc = ("配电箱前堆物，箱门缺失", "安全出口上锁，疏散通道堆放纸箱、旧办公桌椅等杂物，经现场测量有效宽度不足 0.8 米，且应急照明灯不亮")[number % 2]
    return PrintRow({"no": f"AQ-110101013-20170410-001-{number:02d}", "unit_id": "北京恒信物业管理有限公司",
                     "parent_id.inspectors": "林晨芳、张梦宁", "found_on": "2017-04-10",
                     "item_desc": desc, "location": "地下一层配电室", "grade": ("一般", "重大")[number % 2], "mode": "限期整改",
                     "owner_person": "高淑堃", "measures": "清除堆物，更换箱门，张贴警示标志", "due_on": "2017-04-24", "funds": "1,200.50",
                     "rechecked_on": "2017-04-22", "recheck_result": "通过", "closed_on": "2017-04-22", **cells},
                    {"funds": 120050})


def evaluation(sheet, *, blank: bool = False) -> PrintRow:
    """A score sheet's items with scores, or blank."""
    items = []
    for number, item in enumerate(sheet.items.values()):
        cells = {"section": item.section, "code": item.code, "title": ("★" if item.must else "") + item.title,
                 "points": str(item.points), "rule": item.rule}
        if not blank:
            cells |= {"self": str(item.points), "review": str(item.points), "evidence": "" if number % 5 else "详见档案盒3"}
        items.append(PrintRow({key: text for key, text in cells.items() if text}))
    vetoes = "\n".join(f"{code} {text}" for code, text in sheet.vetoes.items())
    if blank:
        return PrintRow({"veto_list": vetoes}, children=tuple(items), blank=True)
    return PrintRow({"union_id": "北京恒信科技有限责任公司工会委员会", "year": "2017", "sheet_id": "HE2017", "self_total": "100.0",
                     "review_total": "97.5", "na_points": "0", "bonus": "2.0", "final": "97.5", "grade": "模范", "veto_list": vetoes,
                     "veto_code": "V5"}, children=tuple(items))


BALLOT = PrintRow({"union_id": "北京恒信科技有限责任公司工会委员会", "year": "2017", "held_on": "2017-11-20"})
