"""Row rules of the first ledgers: values at fault, and the nearest values to be left alone. The day is 2017-10-09."""

from tests.ledgers.cases import rule_table

RULES = rule_table("""
UN001 | name=甲公司 | name=甲公司; uscc_missing_reason=尚未登记
UN002 | uscc=91110101MA0000012C | uscc=9144030071526726XG
UN003 | biz_status=3 | biz_status=4; status_from=2017-05-01
UN004 | name=甲公司; unit_type=170; holding=5 | name=甲公司; unit_type=170; holding=5; industry=F
UN005 | name=甲公司; biz_address=花市大街1号; contact=张三 | name=甲公司; biz_address=花市大街1号; contact=张三; contact_phone=64012345
UN006 | registered_on=2017-10-10 | registered_on=2017-10-09; status_from=2017-10-09
UN007 | uscc=81110101MC0000012H | uscc=91110101MA0000015M
UN008 | unit_type=170; is_hitech=否 | unit_type=400
UN009 | is_company=否; has_board=是 | is_company=是; has_board=是
UN010 | is_company=否; has_supervisors=是 | is_company=否; has_supervisors=否
UN011 | unit_type=110; holding=5 | unit_type=110; holding=1
UN012 | registered_on=2015-01-02; status_from=2015-01-01 | registered_on=2015-01-01; status_from=2015-01-01
ES001 | female=11; employees=10 | female=10; employees=10
ES002 | members=11; employees=10 | members=10; employees=10
ES003 | female_members=6; members=5 | female_members=5; members=5
ES004 | migrant=11; employees=10 | migrant=10; employees=10
ES005 | migrant_members=6; members=5 | migrant_members=5; members=5
ES006 | as_of=2017-10-10 | as_of=2017-10-09
ES007 | dispatched=11; employees=10 | dispatched=10; employees=10
ES008 | employees=10 | employees=10; female=0
ES009 | female_members=6; female=5 | female_members=5; female=5
ES010 | employees=0 | employees=1
PE001 | id_type=1; id_no=110101199003070011; gender=女 | id_type=1; id_no=110101199003070011; gender=男
PE002 | id_type=1; id_no=110101199003070011; birth_date=1990-03-08 | id_type=1; id_no=110101199003070011; birth_date=1990-03-07
PE003 | name=张三 | name=张三; id_no=110101199003070011
PE004 | birth_date=2001-10-10 | birth_date=2001-10-09
PE005 | name=张三 | name=张三; phone=13800138000
UO001 | applied_on=2017-03-02; approved_on=2017-03-01 | applied_on=2017-03-01; approved_on=2017-03-01
UO002 | approved_on=2017-05-30; founded_on=2017-04-20 | approved_on=2017-04-20; founded_on=2017-04-20
UO003 | founded_on=2017-10-10 | founded_on=2017-10-09; approved_on=2017-10-09
UO004 | union_type=01 | union_type=03
UO005 | members_at_founding=60; employees_at_founding=57 | members_at_founding=57; employees_at_founding=57
UO006 | term_start=2017-01-05; term_end=2017-01-05 | term_start=2017-01-05; term_end=2020-01-04
UO007 | status=5; dissolved_on=2017-05-01 | status=5; dissolved_on=2017-05-01; dissolve_reason=单位注销
UO008 | employees_at_founding=200; chair_fulltime=否 | employees_at_founding=199; chair_fulltime=否
UO009 | founded_on=2017-03-05; dissolved_on=2017-03-04 | founded_on=2017-03-05; dissolved_on=2017-03-05
UO010 | founded_on=2017-03-05; term_end=2017-03-04 | founded_on=2017-03-05; term_end=2020-03-04
UO011 | status=2; term_start=2017-03-05; term_end=2020-03-04; has_audit=是; has_women=是 | status=2; term_start=2017-03-05; term_end=2020-03-04; has_audit=否; has_women=是; fee_mode=1
UO012 | has_audit=是 | has_audit=是; audit_on=2017-03-05
UO013 | has_women=是 | has_women=否
UO014 | status=2; dissolved_on=2017-05-01 | status=5; dissolved_on=2017-05-01
UO015 | parent_union_id=u1; industry_union_id=u1 | parent_union_id=u1; industry_union_id=u2
UO016 | name=甲公司工会委员会 | name=甲公司工会委员会; members_at_founding=5
UC001 | begins_on=2017-03-05; ends_on=2017-03-04 | begins_on=2017-03-05; ends_on=2017-03-05
UC002 | treatment_deputy=是 | treatment_deputy=是; treatment_doc=东工发〔2017〕3号
UC003 | post=1 | post=1; begins_on=2017-03-05
UC004 | post=1; fulltime=2 | post=1; fulltime=2; appoint_mode=1
UC005 | post=3 | post=6
UC006 | post=5 | post=5; treatment_deputy=否
UC007 | post=1; treatment_deputy=是 | post=5; treatment_deputy=是
UC008 | begins_on=2017-10-10 | begins_on=2017-10-09
CV001 | covered_from=2017-03-05; covered_to=2017-03-04 | covered_from=2017-03-05; covered_to=2017-03-05
CV002 | members=6; employees=5 | members=5; employees=5
CV003 | covered_from=2017-10-10 | covered_from=2017-10-09
CV004 | unit_id=u; basis_doc=确认函 | unit_id=u; basis_doc=确认函; members=5
CV005 | status=2 | status=2; covered_to=2017-03-05
CV006 | status=1; covered_to=2017-03-05 | status=3; covered_to=2017-03-05
CV007 | employees=0 | employees=1
MB001 | id_type=1; id_no=11010119900307002X; gender=男 | id_type=1; id_no=11010119900307002X; gender=女
MB002 | id_type=1; id_no=11010119900307002X; birth_date=1990-07-03 | id_type=1; id_no=11010119900307002X; birth_date=1990-03-07
MB003 | birth_date=1941-10-09 | birth_date=1941-10-10
MB004 | applied_on=2017-03-05; joined_on=2017-03-04 | applied_on=2017-03-05; joined_on=2017-03-05
MB005 | joined_on=2017-10-10 | joined_on=2017-10-09
MB006 | name=张三 | name=张三; union_id=u
MB007 | name=张三 | name=张三; employ_type=1
MB008 | birth_date=1990-03-07; joined_on=1990-03-06 | birth_date=1990-03-07; joined_on=2017-03-06
MB009 | id_type=1; id_no=G12345678 | id_type=5; id_no=G12345678
MB010 | status=2; employ_type=4 | status=1; employ_type=4
ME001 | happened_on=2017-10-10 | happened_on=2017-10-09
ME002 | event=2 | event=2; to_union=乙工会
ME003 | event=3 | event=3; from_union=甲工会
ME004 | from_union=甲工会; to_union=甲工会 | from_union=甲工会; to_union=乙工会
ME005 | event=6 | event=5
EL001 | applied_on=2017-03-05; held_on=2017-03-04 | applied_on=2017-03-05; approved_on=2017-03-05; held_on=2017-04-01; reported_on=2017-04-02
EL002 | present=65; expected=98 | present=66; expected=99
EL003 | issued=67; present=66 | issued=66; present=66
EL004 | returned=67; issued=66 | returned=66; issued=66
EL005 | valid=67; returned=66 | valid=66; returned=66
EL006 | assembly=2; expected=99 | assembly=2; expected=100
EL007 | present=100; expected=99 | present=99; expected=99
EL008 | status=4; held_on=2017-04-01 | status=4; held_on=2017-04-01; assembly=1; expected=30; present=28; issued=28; returned=28; valid=27
EL009 | status=2 | status=1
EL010 | status=3; approved_on=2017-03-05 | status=3; approved_on=2017-03-05; approval_no=东花工发〔2017〕5号
EL011 | status=5 | status=5; reported_on=2017-04-02
EL012 | status=6; result_approved_on=2017-04-12 | status=6; result_approved_on=2017-04-12; result_no=东花工发〔2017〕9号
EL013 | kind=2 | kind=3
EL014 | status=4; barred_checked=否 | status=4; barred_checked=是
EL015 | approved_on=2017-10-10 | approved_on=2017-10-09
EL016 | kind=1; term_no=2 | kind=1; term_no=1
EL017 | status=4 | status=4; barred_checked=是
HB001 | issued=142; eligible=141 | issued=141; eligible=141
HB002 | returned=142; issued=141 | returned=137; issued=141
HB003 | valid=138; returned=137 | valid=137; returned=137
HB004 | satisfied=127; basic=9; unsatisfied=0; abstain=0; valid=137 | satisfied=127; basic=10; unsatisfied=0; abstain=0; valid=137
HB005 | valid=65; eligible=98 | valid=66; eligible=99
HB006 | notice_on=2017-09-05; held_on=2017-09-04 | notice_on=2017-09-01; held_on=2017-09-04; result_public_on=2017-09-10
HB007 | held_on=2017-10-10 | held_on=2017-10-09
HB008 | frontline=138; valid=137 | frontline=90; valid=137
HB009 | held_on=2017-09-04; notice_on=2017-09-01 | held_on=2017-09-04; notice_on=2017-09-01; result_public_on=2017-09-10; tellers=张三、李四
HB010 | eligible=0 | eligible=1
BC001 | done_on=2017-09-05; fed_back_on=2017-09-04 | done_on=2017-09-05; fed_back_on=2017-09-05
BC002 | topic=增加活动; measure=每月一次 | topic=增加活动; measure=每月一次; due_on=2017-10-30
BC003 | done_on=2017-09-05 | done_on=2017-09-05; fed_back_on=2017-09-05
BC004 | done_on=2017-10-10 | done_on=2017-10-09
BO001 | satisfied=5; basic=2; unsatisfied=1; abstain=0; valid=9 | satisfied=5; basic=2; unsatisfied=1; abstain=1; valid=9
HE001 | public_from=2017-09-05; public_to=2017-09-04 | inspected_on=2017-09-01; public_from=2017-09-05; public_to=2017-09-12
HE002 | inspect_total=88.5; leader=张三 | inspect_total=88.5; leader=张三; inspected_on=2017-09-01
HE003 | status=5; public_from=2017-09-05 | status=5; public_from=2017-09-05; public_to=2017-09-12
HE004 | veto_code=V5; grade=advanced | veto_code=V5; grade=failed
HE005 | inspected_on=2017-10-10 | inspected_on=2017-10-09
HE006 | status=6 | status=6; grade=model
EI001 | auto=4; review=3 | auto=4; review=3; override_reason=程序缺一项
EI002 | auto=4; inspect=3.5 | auto=4; inspect=4
EI003 | na=是; review=3 | na=是
EI004 | item_code=组织建设 | item_code=A1
SI001 | inspectors=张三 | inspectors=张三、李四
SI002 | items_bad=41; items_checked=40 | items_bad=3; items_checked=40
SI003 | inspected_on=2017-10-10 | inspected_on=2017-10-09
SI004 | inspected_on=2017-05-02; conclusion=2; sign_unit=是 | inspected_on=2017-05-02; conclusion=2; sign_unit=是; sign_team=否
SI005 | items_bad=1; conclusion=1 | items_bad=0; conclusion=1
SI006 | inspected_on=2017-05-02; scope=A | inspected_on=2017-05-02; scope=A、B; accompanied_by=王五; items_checked=40
SI007 | items_bad=0; conclusion=2 | items_bad=3; conclusion=2
HZ001 | found_on=2017-05-02; due_on=2017-05-01 | found_on=2017-05-02; due_on=2017-05-02
HZ002 | grade=2 | grade=1
HZ003 | found_on=2017-05-24; closed_on=2017-05-21 | found_on=2017-05-24; closed_on=2017-05-24
HZ004 | found_on=2017-05-24; rechecked_on=2017-05-21 | found_on=2017-05-24; rechecked_on=2017-06-07
HZ005 | closed_on=2017-06-07; recheck_result=2 | closed_on=2017-06-07; recheck_result=1
HZ006 | closed_on=2017-06-07; mode=2 | closed_on=2017-06-07; mode=1
HZ007 | grade=2; mode=1 | grade=2; mode=3
HZ008 | mode=2; owner_person=张三 | mode=2; owner_person=张三; due_on=2017-06-07
HZ009 | mode=3 | mode=3; measures=更换配电箱
HZ010 | rechecker=张三; owner_person=张三 | rechecker=李四; owner_person=张三
HZ011 | item_desc=灭火器过期了 | item_desc=灭火器过期未更换
HZ012 | rechecked_on=2017-06-08; closed_on=2017-06-07 | rechecked_on=2017-06-07; closed_on=2017-06-07
HZ013 | closed_on=2017-10-10 | closed_on=2017-10-09
HZ014 | grade=2; reported_to=区应急局 | grade=2; reported_to=区应急局; reported_on=2017-05-03
HZ015 | found_on=2017-05-24; done_on=2017-05-23 | found_on=2017-05-24; done_on=2017-05-24
HZ016 | rechecked_on=2017-06-07 | rechecked_on=2017-06-07; recheck_result=2
HZ017 | recheck_result=1 | recheck_result=1; rechecked_on=2017-06-07
HZ018 | status=50 | status=50; closed_on=2017-06-07
HZ019 | grade=1 | grade=1; closed_on=2017-06-07
HZ020 | grade=2; plan=停用电梯 | grade=2; plan=停用电梯; funds=3000
HZ021 | rechecked_on=2017-06-07 | rechecked_on=2017-06-07; rechecker=李四
HZ022 | item_desc=灭火器过期未更换 | item_desc=灭火器过期未更换; location=一层大厅
HR001 | anonymous=是; caller=张三 | anonymous=否; caller=张三
HR002 | status=4; replied_on=2017-05-09 | status=4; replied_on=2017-05-09; result=已补发工资
HR003 | received_at=2017-05-09 09:30; replied_on=2017-05-08 | received_at=2017-05-09 09:30; replied_on=2017-05-09
HR004 | received_at=2017-05-09 09:30; due_on=2017-05-08 | received_at=2017-05-09 09:30; due_on=2017-05-16
HR005 | category=5 | category=1
HR006 | received_at=2017-10-10 08:00 | received_at=2017-10-09 23:00
HR007 | status=2 | status=2; assigned_to=权益部
HR008 | status=5 | status=5; satisfaction=1
HR009 | replied_on=2017-05-17; due_on=2017-05-16 | replied_on=2017-05-16; due_on=2017-05-16
TA001 | value=40 | value=40; doc_no=东工发〔2017〕3号
TA002 | target_id=T1-05; value=101 | target_id=T1-01; value=101
""", today="2017-10-09")
