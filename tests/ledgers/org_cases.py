"""Row rules of organisation work (L01–L10): values at fault, and the nearest values to be left alone. The day is 2018-01-10."""

from tests.ledgers.cases import rule_table

RULES = rule_table("""
FP001 | listed_on=2017-03-05; closed_on=2017-03-04 | listed_on=2017-03-05; closed_on=2017-03-05
FP002 | listed_on=2018-01-11 | listed_on=2018-01-10
FP003 | status=90 | status=90; obstacle=2
FP004 | status=50 | status=50; closed_on=2017-05-01
FP005 | status=40; closed_on=2017-05-01 | status=60; closed_on=2017-05-01
FP006 | planned_form=10 | planned_form=01
FP007 | est_employees=0 | est_employees=1
FP008 | est_employees=100; planned_form=03 | est_employees=99; planned_form=03
PV001 | visited_on=2018-01-11 | visited_on=2018-01-10
PV002 | visited_on=2017-03-05; next_on=2017-03-05 | visited_on=2017-03-05; next_on=2017-03-06
PV003 | result=2 | result=2; next_on=2017-04-01
PV004 | result=3 | result=3; note=总部统一建会
UO017 | founded_on=2017-03-05; moved_in_on=2017-03-04 | founded_on=2016-03-05; moved_in_on=2017-03-05; moved_out_on=2017-12-01
UO018 | women_on=2018-01-11 | women_on=2018-01-10; audit_on=2017-03-05; term_start=2017-03-05
MB011 | joined_on=2017-03-05; left_on=2017-03-04 | joined_on=2017-03-05; left_on=2017-03-05
MB012 | status=1; left_on=2017-06-30 | status=4; left_on=2017-06-30
UC009 | post=8 | post=8; street_code=110101013
UC010 | post=6; street_code=110101013 | post=8; street_code=110101013
UC011 | post=8; appoint_mode=1 | post=8; appoint_mode=4
CA001 | grade=2 | grade=2; signed_on=2017-12-20
CA002 | signed_on=2018-01-11 | signed_on=2018-01-10
CA003 | grade=4; station_opinion=长期请假 | grade=4; station_opinion=长期请假; street_opinion=同意
RC001 | passed=21; applicants=20 | passed=20; applicants=20
RC002 | hired=6; passed=5 | hired=5; passed=5
RC003 | hired=4; posts=3 | hired=3; posts=3
RC004 | hired=1 | hired=0
RC005 | announced_on=2017-05-02; on_duty=2017-05-01 | announced_on=2017-05-02; on_duty=2017-07-01
RC006 | posts=0 | posts=1
BU001 | building_union_id=o | building_union_id=o; union_since=2017-04-01
BU002 | union_since=2018-01-11 | union_since=2018-01-10
BU003 | union_since=2017-04-01 | union_since=2017-04-01; building_union_id=o
BT001 | moved_in=2017-03-05; moved_out=2017-03-04 | moved_in=2017-03-05; moved_out=2017-03-05
BT002 | moved_out=2018-01-11 | moved_in=2017-01-10; moved_out=2018-01-10
AT001 | from_org=甲总工会; to_org=甲总工会 | from_org=甲总工会; to_org=乙总工会
AT002 | applied_on=2017-03-05; from_agreed_on=2017-03-04 | applied_on=2017-03-05; from_agreed_on=2017-03-05; effective_on=2017-04-01
AT003 | to_agreed_on=2017-04-02; effective_on=2017-04-01 | applied_on=2017-03-05; to_agreed_on=2017-04-01; effective_on=2017-04-01
AT004 | status=2 | status=2; from_agreed_on=2017-03-05
AT005 | status=3 | status=3; to_agreed_on=2017-03-05
AT006 | status=4 | status=4; effective_on=2017-04-01
AT007 | status=4; funds_settled=否 | status=4; funds_settled=是
AT008 | applied_on=2018-01-11 | applied_on=2018-01-10
AT009 | case_type=2; status=4 | case_type=2; status=4; direction=1
AT010 | case_type=4; direction=2 | case_type=4; direction=1
AT011 | case_type=3; direction=1 | case_type=3; direction=2
CM001 | units_attended=11; units_invited=10 | units_attended=10; units_invited=10
CM002 | units_agreed=6; units_attended=5 | units_agreed=5; units_attended=5
CM003 | joined_on_site=31; attendees=30 | joined_on_site=30; attendees=30
CM004 | held_on=2018-01-11 | held_on=2018-01-10
CM005 | issues=希望组织体检 | issues=希望组织体检; follow_up_by=张三
MU001 | unit_id=u | unit_id=u; agreed=否
FC001 | period=2017-03 | period=2017-03; union_id=o
FC002 | returned_share=61; paid=60 | returned_share=60; paid=60
FC003 | paid=0.01 | paid=0
FC004 | paid=0; paid_on=2017-04-05 | paid=10; paid_on=2017-04-05
FC005 | period=2018-02 | period=2018-01; paid_on=2018-01-10
FC006 | payroll_total=100000; due=1989.99 | payroll_total=100000; due=1990
FC007 | payroll_total=100000; due=2010.01 | payroll_total=100000; due=2000
FC008 | paid=2000.01; due=2000 | paid=2000; due=2000
WH001 | area_m2=0 | area_m2=0.1
WH002 | level=3 | level=3; honour_on=2016-12-01
WH003 | built_on=2017-03-05; last_check_on=2017-03-04 | built_on=2017-03-05; last_check_on=2017-03-05
WH004 | built_on=2018-01-11 | built_on=2018-01-10
WH005 | level=0; honour_on=2016-12-01 | level=1; honour_on=2016-12-01
HF001 | used=2000.01; approved=2000 | used=2000; approved=2000
HF002 | used=500 | used=500; paid_on=2017-06-01
HF003 | approved=3000; applied=2000 | approved=2000; applied=2000
HF004 | paid_on=2018-01-11 | paid_on=2018-01-10
HF005 | audit_ok=否; used=500 | audit_ok=否; used=500; audit_note=缺一张发票
""")
