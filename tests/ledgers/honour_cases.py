"""Elections, ballots, inspections, evaluations, honours, the street's score: rules, checks and figures as cases."""

from tests.ledgers.cases import rule_table

RULES = rule_table("""
EL018 | status=6; kind=2 | status=6; kind=2; term_years=5
EL019 | prev_term_end=2017-06-30; extended_to=2017-06-29 | prev_term_end=2017-06-30; extended_to=2017-12-30
EL020 | kind=4 | kind=4; extended_to=2017-12-30
EL021 | kind=4; held_on=2017-06-30 | kind=2; held_on=2017-06-30; valid=30
EL022 | status=4; chief_teller=张三 | status=4; chief_teller=张三; tellers=李四、王五
EL023 | kind=5; prev_term_end=2017-06-30; held_on=2017-06-30 | kind=5; prev_term_end=2017-06-30; held_on=2017-06-29
EP001 | candidates=1; seats=2 | candidates=2; seats=2
EP002 | post=6; candidates=20; seats=20 | post=6; candidates=21; seats=20
EP003 | post=61; candidates=10; seats=10 | post=61; candidates=11; seats=10
EP004 | post=6; differential=否 | post=62; differential=否
EP005 | post=1; seats=2 | post=2; seats=2
EP006 | differential=是; candidates=5; seats=5 | differential=是; candidates=6; seats=5
EC001 | elected=是 | elected=是; votes_for=30
EC002 | elected=是; votes_for=0 | elected=是; votes_for=1
EC003 | votes_for=30; votes_against=1 | votes_for=30; votes_against=1; votes_abstain=0
EC004 | elected=是; post=1 | elected=是; post=62
HB011 | frontline=59; valid=99 | frontline=60; valid=100
HB012 | round=2 | round=2; redo_of=2017-09-04
HB013 | redo_of=2017-09-04; held_on=2017-09-04 | redo_of=2017-09-04; held_on=2017-09-05
HB014 | redo_of=2017-09-04; round=1 | redo_of=2017-09-04; round=2
HB015 | report_on=2017-09-05; held_on=2017-09-04 | report_on=2017-09-04; held_on=2017-09-04
HI001 | inspected_on=2017-10-10 | inspected_on=2017-10-09
HI002 | interview_satisfied=11; sampled_members=10 | interview_satisfied=10; sampled_members=10
HI003 | conclusion=1; sampled_members=10 | conclusion=1; sampled_members=10; interview_satisfied=9
HI004 | conclusion=3; opinions=档案不全 | conclusion=3; opinions=档案不全; mend_by=2017-11-30
HI005 | inspected_on=2017-09-05; mend_by=2017-09-04 | inspected_on=2017-09-05; mend_by=2017-10-04; next_on=2017-10-20
HI006 | conclusion=2; signed=否 | conclusion=2; signed=是
IM001 | person_id=p1 | person_id=p1; street_code=110101013
II001 | mark=3.5; points=3 | mark=3; points=3
HE007 | status=9 | status=9; return_reason=佐证不全
HE008 | status=6 | status=6; reported_on=2017-09-20
HE009 | status=4 | status=4; inspected_on=2017-09-01; inspect_total=88.5
HE010 | public_to=2017-09-08; reported_on=2017-09-07 | public_to=2017-09-08; reported_on=2017-09-08
HE011 | public_from=2017-09-04; public_to=2017-09-07 | public_from=2017-09-04; public_to=2017-09-08
EI005 | self=3.5; points=3 | self=3; points=3
EI006 | review=3.5; points=3 | review=3; points=3
EI007 | inspect=3.5; points=3 | inspect=3; points=3
EI008 | self=2; points=3 | self=2; points=3; deduct_reason=缺名册
EI009 | review=2; points=3 | review=2; points=3; auto=2
HN001 | kind=3 | kind=3; person_id=p1
HN002 | kind=1; person_id=p1 | kind=3; person_id=p1
HN003 | kind=2 | kind=2; branch_name=装配一组
HN004 | votes_for=15; votes_total=30 | votes_for=16; votes_total=30
HN005 | votes_for=31; votes_total=30 | votes_for=30; votes_total=30
HN006 | status=4; votes_for=16 | status=4; votes_for=16; votes_total=30
HN007 | status=2 | status=2; deeds=工会组织健全
HN008 | level=2; lower_title=区级模范职工之家 | level=2; lower_title=区级模范职工之家; lower_title_on=2015-04-20
HN009 | status=5; public_from=2017-09-04 | status=5; public_from=2017-09-04; public_to=2017-09-08
HN010 | status=5; opinion_unit=同意推荐 | status=5; opinion_unit=同意推荐; opinion_street=同意
HN011 | status=7 | status=7; awarded_on=2017-10-01
HN012 | applied_on=2017-09-05; voted_on=2017-09-04 | applied_on=2017-09-04; voted_on=2017-09-04; public_from=2017-09-05
HN013 | kind=3 | kind=3; union_work_from=2012-03-01
HN014 | lower_title_on=2017-09-05; applied_on=2017-09-04 | lower_title_on=2015-04-20; applied_on=2017-09-04
HN015 | deeds=工会组织健全 | kind=1
HN016 | voted_on=2017-10-10 | voted_on=2017-10-09
HN017 | opinion_unit_on=2017-09-05; opinion_street_on=2017-09-04 | opinion_unit_on=2017-09-04; opinion_street_on=2017-09-05
HN018 | public_from=2017-09-09; public_to=2017-09-14 | public_from=2017-09-09; public_to=2017-09-15
HQ001 | quota=3 | quota=3; doc_no=东工发〔2017〕9号
TC001 | status=3; chair_signed_on=2017-10-08 | status=3; chair_signed_on=2017-10-08; reported_on=2017-10-09
TC002 | chair_signed_on=2017-10-08; reported_on=2017-10-07 | chair_signed_on=2017-10-08; reported_on=2017-10-08
TC003 | status=4 | status=4; verified_on=2017-10-09
TC004 | status=9 | status=9; return_reason=佐证不全
TC005 | reported_on=2017-10-10 | reported_on=2017-10-09
TC006 | status=2 | status=2; self_total=86.55
TI001 | self=10.01; points=10 | self=10; points=10
TI002 | verified=10.01; points=10 | verified=10; points=10
TI003 | self=6; auto=5.09 | self=6; auto=5.09; note=另有两家待批复
TI004 | verified=5; self=6 | verified=5; self=6; note=按批复日期核减
""", today="2017-10-09")
