"""Checks over the ledgers of organisation work: each with the records it must find, and the nearest it must leave alone.

X01–X15 and Y01–Y06 have their streets in tests/validation/test_cross_checks_sql.py.

A line is `ledger id | column=value | …`; the records a check must find are marked with `!`. The year is 2017, today 2018-01-10.
"""

from tests.ledgers.cases import CheckCase

OWN = "union_type=01 | status=2 | founded_on=2015-05-01"


def _case(check, text, **other):
    rows, finds = [], []
    for line in filter(None, map(str.strip, text.splitlines())):
        head, *cells = [part.strip() for part in line.lstrip("! ").split("|")]
        ledger, record = head.split()
        rows.append((ledger, {"id": record, **dict(cell.split("=", 1) for cell in cells)}))
        if line.startswith("!"):
            finds.append(record)
    return CheckCase(check, rows, finds, **other)


def _cases(check, *texts, **other):
    return [_case(check, text, **other) for text in texts]


def _many(text, numbers):
    return "\n".join(text.format(n=n) for n in numbers)


CHECKS = [
    # a union that moved to another owner is asked for nothing here; a group's union is an own union too
    *(_case(check, """
        unit a | name=甲公司 | biz_status=4 | status_from=2017-05-31
        union_org o | name=甲工会 | unit_id=a | union_type=01 | status=2 | founded_on=2015-05-01 | term_end=2017-01-01 | moved_out_on=2017-06-01
    """) for check in ("X04", "X15", "X17", "Y02", "OG12")),
    _case("X05", """
        unit a | name=甲集团
        union_org o | name=甲集团工会 | unit_id=a | union_type=08 | status=2 | founded_on=2015-05-01
        ! union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01
    """),
    *_cases("OG01", f"""
        unit a | name=甲公司 | uscc=91110101MA0000015M
        unit a2 | name=甲公司（旧名） | uscc=91110101MA0000015M
        unit b | name=乙公司
        union_org o | name=甲工会 | unit_id=a2 | {OWN}
        union_org j | name=社区联合工会 | union_type=03
        union_coverage c | union_id=j | unit_id=b | covered_from=2017-05-01
        ! founding_prospect f | unit_id=a | status=10
        ! founding_prospect g | unit_id=b | status=30
    """, f"""
        unit a | name=甲公司
        unit b | name=乙公司
        union_org o | name=甲工会 | unit_id=a | {OWN}
        union_coverage c | union_id=j | unit_id=b | covered_from=2016-05-01 | covered_to=2017-05-01
        founding_prospect f | unit_id=a | status=50
        founding_prospect g | unit_id=b | status=10
    """),
    *_cases("OG02", """
        unit a | name=甲 公司(东城)
        unit b | name=甲公司（东城）
        ! founding_prospect f | unit_id=a | status=10
        ! founding_prospect g | unit_id=b | status=20
    """, """
        unit a | name=甲公司
        unit b | name=甲公司
        founding_prospect f | unit_id=a | status=10
        founding_prospect g | unit_id=b | status=90
    """),
    *_cases("OG03", """
        unit a | name=甲公司 | biz_address=北京市朝阳区建国路1号
        ! founding_prospect f | unit_id=a | status=10
    """, """
        unit a | name=甲公司 | biz_address=东城区朝阳门内大街1号
        unit b | name=乙公司 | biz_address=花市大街1号
        founding_prospect f | unit_id=a | status=10
        founding_prospect g | unit_id=b | status=10
    """),
    *_cases("OG04", """
        unit a | name=甲公司
        ! founding_prospect f | unit_id=a | status=40 | listed_on=2017-03-05
    """, """
        unit a | name=甲公司
        founding_prospect f | unit_id=a | status=40 | listed_on=2017-03-05 | obstacle=2
        founding_prospect g | unit_id=b | status=50 | listed_on=2017-03-05
        founding_prospect h | unit_id=c | status=10 | listed_on=2018-01-05
    """),
    _case("OG04", "founding_prospect f | unit_id=a | status=40 | listed_on=2017-03-05", period="2017Q3", today="2017-10-09"),
    *_cases("OG05", """
        unit a | name=甲公司
        ! founding_prospect f | unit_id=a | status=50
        ! founding_prospect g | unit_id=a | status=60
    """, f"""
        unit a | name=甲公司
        union_org o | name=甲工会 | unit_id=a | {OWN}
        union_coverage c | union_id=j | unit_id=b | covered_from=2017-05-01
        founding_prospect f | unit_id=a | status=50
        founding_prospect g | unit_id=b | status=60
    """),
    *_cases("OG06", "! founding_prospect f | unit_id=a | status=20 | due_month=2017-11", """
        founding_prospect f | unit_id=a | status=20 | due_month=2017-12
        founding_prospect g | unit_id=b | status=50 | due_month=2017-03
    """),
    *_cases("OG07", """
        founding_prospect f | unit_id=a | listed_on=2017-03-05
        ! prospect_visit v | parent_id=f | visited_on=2017-03-04
    """, """
        founding_prospect f | unit_id=a | listed_on=2017-03-05
        prospect_visit v | parent_id=f | visited_on=2017-03-05
    """),
    *_cases("OG10", f"""
        unit a | name=甲公司 | uscc=91110101MA0000015M
        unit b | name=新甲公司 | uscc=91110101MA0000015M
        union_org o | name=甲工会 | unit_id=a | {OWN} | dissolved_on=2017-02-01
        ! union_org p | name=新甲工会 | unit_id=b | union_type=01 | status=2 | founded_on=2017-03-01
    """, f"""
        unit a | name=甲公司
        union_org o | name=甲工会 | unit_id=a | {OWN} | dissolved_on=2016-02-01
        union_org p | name=新甲工会 | unit_id=a | union_type=01 | status=2 | founded_on=2017-03-01
        union_org q | name=楼宇工会 | unit_id=a | union_type=04 | status=2 | founded_on=2017-04-01
    """),
    *_cases("OG11", """
        ! union_org o | name=甲工会 | status=5 | dissolved_on=2017-06-30
        ! union_org p | name=社区联合工会 | status=5 | dissolved_on=2017-06-30
        membership m | union_id=o | status=1
        union_coverage c | union_id=p | unit_id=a | covered_from=2016-05-01
    """, """
        union_org o | name=甲工会 | status=5 | dissolved_on=2017-06-30
        membership m | union_id=o | status=3
        union_coverage c | union_id=o | unit_id=a | covered_from=2016-05-01 | covered_to=2017-06-30
    """),
    *_cases("OG12", f"""
        ! unit a | name=甲公司
        union_org o | name=甲工会 | unit_id=a | {OWN}
        employee_stat s | unit_id=a | as_of=2018-01-05 | employees=9
    """, f"""
        unit a | name=甲公司
        unit b | name=乙公司
        union_org o | name=甲工会 | unit_id=a | {OWN}
        employee_stat s | unit_id=a | as_of=2017-06-30 | employees=9
    """),
    *_cases("OG13", """
        ! union_org j | name=社区联合工会 | union_type=03
        union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01
        union_coverage d | union_id=j | unit_id=b | covered_from=2016-05-01
        employee_stat s | unit_id=a | as_of=2017-06-30 | employees=1
        employee_stat t | unit_id=b | as_of=2017-06-30 | employees=1
        membership m | union_id=j | status=1
        membership n | union_id=j | status=1
        membership p | union_id=j | status=1
    """, """
        union_org j | name=社区联合工会 | union_type=03
        union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01
        union_coverage d | union_id=j | unit_id=b | covered_from=2016-05-01
        employee_stat s | unit_id=a | as_of=2017-06-30 | employees=1
        employee_stat t | unit_id=b | as_of=2017-06-30 | employees=1
        membership m | union_id=j | status=1
        membership n | union_id=j | status=1
        membership p | union_id=j | status=2
    """),
    *_cases("OG14", """
        ! union_org j | name=社区联合工会 | union_type=03
        union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01 | members=2
        membership m | union_id=j | unit_id=a | status=1
    """, """
        union_org j | name=社区联合工会 | union_type=03
        union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01 | members=1
        membership m | union_id=j | unit_id=a | status=1
        union_coverage d | union_id=k | unit_id=b | covered_from=2016-05-01 | members=5
        union_org k | name=没有花名册的联合工会 | union_type=03
    """),
    *_cases("OG20", """
        unit a | name=甲公司
        unit b | name=乙公司
        union_coverage c | union_id=j | unit_id=a | covered_from=2015-05-01 | covered_to=2016-12-31
        ! union_coverage d | union_id=j | unit_id=a | covered_from=2017-01-05
        ! union_coverage e | union_id=j | unit_id=b | covered_from=2017-01-05 | created_at=2016-03-01 09:00
    """, """
        unit a | name=甲公司
        unit b | name=乙公司
        union_coverage c | union_id=j | unit_id=a | covered_from=2014-05-01 | covered_to=2015-12-31
        union_coverage d | union_id=j | unit_id=a | covered_from=2017-01-05
        union_coverage e | union_id=j | unit_id=b | covered_from=2017-01-05 | created_at=2017-01-05 09:00
    """),
    *_cases("OG21", """
        unit a | name=花市小吃店
        unit b | name=花市 小吃店 | uscc=91110101MA0000015M
        ! union_coverage c | union_id=j | unit_id=a | covered_from=2017-01-05
        ! union_coverage d | union_id=j | unit_id=b | covered_from=2017-03-05
    """, """
        unit a | name=花市小吃店
        unit b | name=花市二店
        union_coverage c | union_id=j | unit_id=a | covered_from=2016-01-05 | covered_to=2016-12-31
        union_coverage d | union_id=j | unit_id=a | covered_from=2017-03-05
        union_coverage e | union_id=j | unit_id=b | covered_from=2017-03-05
    """),
    *_cases("OG22", """
        unit a | name=甲公司 | biz_status=3 | status_from=2017-05-31
        ! union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01
    """, """
        unit a | name=甲公司 | biz_status=3 | status_from=2017-05-31
        union_coverage c | union_id=j | unit_id=a | covered_from=2016-05-01 | covered_to=2017-05-31
    """),
    *_cases("OG30", "! union_org o | name=甲工会\n"
            + _many("membership m{n} | union_id=o | status=1 | joined_on=2017-03-01 | created_at=2017-03-01 10:00", range(10)),
            "union_org o | name=甲工会\n"
            + _many("membership m{n} | union_id=o | status=1 | joined_on=2017-03-01 | created_at=2017-03-02 10:00", range(10))
            + "\n" + _many("membership k{n} | union_id=o | status=1 | joined_on=2017-03-05 | created_at=2017-03-05 10:00", range(9))),
    *_cases("OG40", """
        unit a | name=甲公司 | biz_status=4 | status_from=2017-05-31
        building b | name=花市大厦
        ! building_tenant t | parent_id=b | unit_id=a
    """, """
        unit a | name=甲公司 | biz_status=4 | status_from=2017-05-31
        building b | name=花市大厦
        building_tenant t | parent_id=b | unit_id=a | moved_out=2017-05-31
    """),
    *_cases("OG41", "! building b | name=花市大厦 | virtual_address=0\n"
            + _many("building_tenant t{n} | parent_id=b | unit_id=u{n} | employees=0", range(11)) + "\n"
            + _many("building_tenant s{n} | parent_id=b | unit_id=v{n} | employees=5", range(9)),      # 11 of 20 without
            "building b | name=花市大厦 | virtual_address=0\nbuilding c | name=集中办公区 | virtual_address=1\n"
            + _many("building_tenant t{n} | parent_id=b | unit_id=u{n} | employees=0", range(10)) + "\n"
            + _many("building_tenant s{n} | parent_id=b | unit_id=v{n} | employees=5", range(10)) + "\n"
            + _many("building_tenant k{n} | parent_id=c | unit_id=w{n}", range(30))),
    *_cases("OG42", """
        ! building b | name=花市大厦 | tenant_count=1
        building_tenant t | parent_id=b | unit_id=a
        building_tenant s | parent_id=b | unit_id=c
        ! building d | name=南里大厦 | tenant_count=1
    """, """
        building b | name=花市大厦 | tenant_count=1
        building_tenant t | parent_id=b | unit_id=a
        building_tenant s | parent_id=b | unit_id=c | moved_out=2017-05-31
    """),
    *_cases("OG43", """
        union_org o | name=甲工会 | union_type=01
        ! building b | name=花市大厦 | building_union_id=o
    """, """
        union_org o | name=花市大厦楼宇工会 | union_type=04
        building b | name=花市大厦 | building_union_id=o
    """),
    *_cases("OG50", """
        union_org o | name=甲工会
        membership m | union_id=o | status=1
        ! affiliation_transfer t | union_id=o | status=1 | members_moved=2
    """, """
        union_org o | name=甲工会
        membership m | union_id=o | status=1
        affiliation_transfer t | union_id=o | status=1 | members_moved=1
    """),
    *_cases("OG51", """
        union_org o | name=甲工会
        union_org p | name=乙工会 | moved_out_on=2017-04-01
        ! affiliation_transfer t | union_id=o | status=4 | case_type=1 | effective_on=2017-04-01
        ! affiliation_transfer s | union_id=p | status=4 | case_type=2 | direction=2 | effective_on=2017-04-01
    """, """
        union_org o | name=甲工会 | moved_out_on=2017-04-01
        union_org p | name=乙工会 | moved_in_on=2017-04-01
        affiliation_transfer t | union_id=o | status=4 | case_type=4 | effective_on=2017-04-01
        affiliation_transfer s | union_id=p | status=4 | case_type=3 | effective_on=2017-04-01
        affiliation_transfer r | union_id=p | status=3 | case_type=1
    """),
    *_cases("OG60", """
        ! communication_meeting c | held_on=2017-04-08 | joined_on_site=2
        membership m | joined_on=2017-04-15
        membership n | joined_on=2017-04-16
    """, """
        communication_meeting c | held_on=2017-04-08 | joined_on_site=2
        membership m | joined_on=2017-04-15
        membership n | joined_on=2017-04-01
    """),
    *_cases("OG61", """
        unit a | name=甲公司
        communication_meeting c | held_on=2017-04-08
        ! meeting_unit t | parent_id=c | unit_id=a | agreed=1
    """, """
        unit a | name=甲公司
        unit b | name=乙公司
        communication_meeting c | held_on=2017-04-08
        founding_prospect f | unit_id=a | status=30
        meeting_unit t | parent_id=c | unit_id=a | agreed=1
        meeting_unit s | parent_id=c | unit_id=b | agreed=0
    """),
    *_cases("OG62", """
        ! communication_meeting c | held_on=2017-04-08 | units_attended=2 | units_agreed=1
        meeting_unit t | parent_id=c | unit_id=a | agreed=1
    """, """
        communication_meeting c | held_on=2017-04-08 | units_attended=1 | units_agreed=1
        meeting_unit t | parent_id=c | unit_id=a | agreed=1
        communication_meeting d | held_on=2017-05-08 | units_attended=9 | units_agreed=1
    """),
    *_cases("OG70", """
        unit a | name=甲公司
        ! fee_collection e | unit_id=a | period=2017-03 | paid=100
        fee_collection f | unit_id=a | period=2017-04 | paid=100
    """, f"""
        unit a | name=甲公司
        unit b | name=乙公司
        unit d | name=丁公司
        union_org o | name=甲工会 | unit_id=a | {OWN}
        founding_prospect p | unit_id=b | status=20
        fee_collection e | unit_id=a | period=2017-03 | paid=100
        fee_collection f | unit_id=b | period=2017-03 | paid=100
        fee_collection g | unit_id=d | period=2017-03 | paid=0
    """),
    *_cases("OG80", """
        person q | name=张三
        ! union_cadre c | person_id=q | post=8 | street_code=110101013 | begins_on=2015-01-05
        ! union_cadre d | person_id=q | post=8 | street_code=110101014 | begins_on=2017-01-05
    """, """
        person q | name=张三
        union_cadre c | person_id=q | post=8 | street_code=110101013 | begins_on=2015-01-05 | ends_on=2017-01-04
        union_cadre d | person_id=q | post=8 | street_code=110101014 | begins_on=2017-01-05
        union_cadre e | person_id=q | post=9 | street_code=110101014 | begins_on=2017-01-05
    """),
    *_cases("OG81", """
        person q | name=张三
        ! cadre_assessment a | person_id=q | year=2017
        union_cadre c | person_id=q | post=8 | begins_on=2018-01-05
    """, """
        person q | name=张三
        cadre_assessment a | person_id=q | year=2017
        union_cadre c | person_id=q | post=8 | begins_on=2015-01-05 | ends_on=2017-01-31
    """),
    *_cases("OG82", """
        ! cadre_assessment a | person_id=q | year=2017 | self_score=900 | station_score=900 | street_score=899 | grade=1
    """, """
        cadre_assessment a | person_id=q | year=2017 | self_score=900 | station_score=900 | street_score=900 | grade=1
        cadre_assessment b | person_id=r | year=2017 | self_score=750 | station_score=750 | street_score=750 | grade=2
        cadre_assessment c | person_id=s | year=2017 | self_score=599 | station_score=600 | street_score=600 | grade=4
    """),
    *_cases("OG90", """
        workers_home h | union_id=o
        ! home_funding f | parent_id=h | year=2017 | approved=200000 | used=199999
    """, """
        workers_home h | union_id=o
        home_funding f | parent_id=h | year=2017 | approved=200000 | used=200000
        home_funding g | parent_id=h | year=2018 | approved=200000 | used=0
    """),
    *_cases("FP009", """
        ! founding_prospect f | unit_id=a | status=10
        ! founding_prospect g | unit_id=a | status=30
    """, """
        founding_prospect f | unit_id=a | status=10
        founding_prospect g | unit_id=a | status=90
    """),
    *_cases("UO019", """
        ! union_org o | unit_id=a | union_type=01 | status=2
        ! union_org p | unit_id=a | union_type=01 | status=1
    """, """
        union_org o | unit_id=a | union_type=01 | status=2
        union_org p | unit_id=a | union_type=01 | status=5
        union_org q | unit_id=a | union_type=04 | status=2
    """),
    *_cases("CA004", """
        ! cadre_assessment a | person_id=q | year=2017
        ! cadre_assessment b | person_id=q | year=2017
    """, "cadre_assessment a | person_id=q | year=2017\ncadre_assessment b | person_id=q | year=2016"),
    *_cases("RC007", "! recruitment a | plan_no=1\n! recruitment b | plan_no=1", "recruitment a | plan_no=1\nrecruitment b | plan_no=2"),
    *_cases("BU004", "! building a | name=花市大厦\n! building b | name=花市大厦", "building a | name=花市大厦\nbuilding b | name=花市大厦东座"),
    *_cases("BT003", """
        ! building_tenant t | parent_id=b | unit_id=a
        ! building_tenant s | parent_id=b | unit_id=a
    """, """
        building_tenant t | parent_id=b | unit_id=a
        building_tenant s | parent_id=b | unit_id=a | moved_out=2017-03-05
        building_tenant r | parent_id=c | unit_id=a
    """),
    *_cases("AT012", """
        ! affiliation_transfer a | union_id=o | applied_on=2017-03-05
        ! affiliation_transfer b | union_id=o | applied_on=2017-03-05
    """, "affiliation_transfer a | union_id=o | applied_on=2017-03-05\naffiliation_transfer b | union_id=p | applied_on=2017-03-05"),
    *_cases("CM006", """
        ! communication_meeting a | held_on=2017-03-05 | place=社区服务中心
        ! communication_meeting b | held_on=2017-03-05 | place=社区服务中心
    """, "communication_meeting a | held_on=2017-03-05 | place=甲\ncommunication_meeting b | held_on=2017-03-05 | place=乙"),
    *_cases("MU002", "! meeting_unit a | parent_id=c | unit_id=u\n! meeting_unit b | parent_id=c | unit_id=u",
            "meeting_unit a | parent_id=c | unit_id=u\nmeeting_unit b | parent_id=d | unit_id=u"),
    *_cases("FC009", """
        ! fee_collection a | unit_id=u | period=2017-03 | channel=1
        ! fee_collection b | unit_id=u | period=2017-03 | channel=1
    """, "fee_collection a | unit_id=u | period=2017-03 | channel=1\nfee_collection b | unit_id=u | period=2017-03 | channel=2"),
    *_cases("FC010", """
        ! fee_collection a | union_id=o | period=2017-03 | channel=2
        ! fee_collection b | union_id=o | period=2017-03 | channel=2
    """, """
        fee_collection a | union_id=o | period=2017-03 | channel=2
        fee_collection b | union_id=o | unit_id=u | period=2017-03 | channel=2
    """),
    *_cases("WH006", "! workers_home a | union_id=o | home_kind=1\n! workers_home b | union_id=o | home_kind=1",
            "workers_home a | union_id=o | home_kind=1\nworkers_home b | union_id=o | home_kind=2\nworkers_home c | union_id=o | home_kind=2"),
    *_cases("HF006", "! home_funding a | parent_id=h | year=2017\n! home_funding b | parent_id=h | year=2017",
            "home_funding a | parent_id=h | year=2017\nhome_funding b | parent_id=h | year=2016"),
]
