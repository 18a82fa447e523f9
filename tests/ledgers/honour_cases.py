"""Elections, ballots, inspections, evaluations, honours, the street's score: rules, checks and figures as cases."""

from tests.ledgers.cases import FigureCase, rule_table
from tests.ledgers.honour_checks import CHECKS, OTHER, PEOPLE, STAFF, UNION, UNIT, ballot, evaluation, honour, inspection

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
HN004 | votes_for=15; votes_total=30; status=3 | votes_for=16; votes_total=30; status=3
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


def unions(count, **values):
    """o1 … o<count>, each with a term that ends in 2017 unless said otherwise."""
    return [("union_org", {"id": f"o{n}", "name": f"{n}号工会", "union_type": "01", "founded_on": "2012-01-01", "status": "2",
                           "term_end": "2017-06-30", **values}) for n in range(1, count + 1)]


def held(union, day, **values):
    return ("election", {"id": f"e{union}{day}", "union_id": union, "kind": "2", "term_no": 2, "prev_term_end": "2017-06-30", "held_on": day, **values})


# The union of the worked example of the handbook 9.2: 137 valid of 141, 127 satisfied, 10 basically.
WORKED = ballot(eligible=141, valid=137, satisfied=127, basic=10, unsatisfied=0)
LOW = ballot("b2", "o2", eligible=100, valid=66, satisfied=66, basic=0, unsatisfied=0)      # 66*3 = 198 < 200: not valid

FIGURES = [
    FigureCase("OW-L11-1", "127+10 of 137 valid: 100 %", rows=[*unions(1), WORKED], of=137, per=137, value="100.00"),
    FigureCase("OW-L11-1", "only satisfied: 127 of 137 = 92.70 %", rows=[*unions(1), WORKED], of=127, per=137, value="92.70", settings={"ballot_satisfaction": "strict"}),
    FigureCase("OW-L11-1", "basic at half weight: 2*127+10 of 2*137", rows=[*unions(1), WORKED], of=264, per=274, value="96.35", settings={"ballot_satisfaction": "half"}),
    FigureCase("OW-L11-1", "a ballot that is not valid does not count; nobody voted", rows=[*unions(2), LOW], of=0, per=0, value="—"),
    FigureCase("OW-L11-1", "the re-ballot replaces the first: 90 of 100, not 70", rows=[
        *unions(1), ballot(satisfied=60, basic=10, unsatisfied=30), ballot("b9", round_=2, held_on="2017-07-20", satisfied=80, basic=10, unsatisfied=10)], of=90, per=100),
    FigureCase("OW-L11-2", "137 of 141", rows=[*unions(1), WORKED], of=137, per=141, value="97.16"),
    FigureCase("OW-L11-2", "sums, not the mean of rates: 137+66 of 141+100", rows=[*unions(2), WORKED, LOW], of=203, per=241, value="84.23"),
    FigureCase("OW-L11-2", "no ballot in the year", rows=[*unions(1)], of=0, per=0, value="—"),
    FigureCase("OW-L11-3", "80 of 100 is enough", rows=[*unions(1), ballot(satisfied=60, basic=20, unsatisfied=20)], of=1, per=1, value="100.00"),
    FigureCase("OW-L11-3", "799 of 1000 is not, however it rounds", rows=[
        *unions(1), ballot(eligible=1000, valid=1000, satisfied=700, basic=99, unsatisfied=201)], of=0, per=1, missing=["b1"]),
    FigureCase("OW-L11-3", "no ballot at all", rows=[*unions(1)], of=0, per=0, value="—"),
    FigureCase("OW-L12-1", "one of two evaluated: the other has no score yet", rows=[
        *unions(2), evaluation(final=880), evaluation("v2", "o2", status="1")], of=1, per=2, value="50.00", missing=["o2"]),
    FigureCase("OW-L12-1", "the evaluation of another year does not count", rows=[
        *unions(1), ("home_evaluation", {"id": "v1", "union_id": "o1", "year": 2016, "final": 900, "status": "5"})], of=0, per=1, missing=["o1"]),
    FigureCase("OW-L12-1", "no union, no rate", rows=[], of=0, per=0, value="—"),
    FigureCase("OW-L12-2", "inspected with a conclusion; one without does not count", rows=[
        *unions(2), inspection(), ("home_inspection", {"id": "i2", "union_id": "o2", "year": 2017, "inspected_on": "2017-09-01"})], of=1, per=2, missing=["o2"]),
    FigureCase("OW-L12-2", "inspected after the cutoff", rows=[*unions(1), inspection(inspected_on="2017-09-01")], of=0, per=1, period="2017H1"),
    FigureCase("OW-L12-2", "no union", rows=[], of=0, per=0, value="—"),
    FigureCase("OW-L12-3", "of two graded one failed", rows=[
        *unions(2), evaluation(grade="qualified", final=700), evaluation("v2", "o2", grade="failed", final=699)], of=1, per=2, missing=["o2"]),
    FigureCase("OW-L12-3", "a model home whose status is still the publicity is not graded", rows=[
        *unions(1), evaluation(grade="model", final=950, status="4")], of=0, per=0, value="—"),
    FigureCase("OW-L12-3", "both passed", rows=[
        *unions(2), evaluation(grade="model", final=950), evaluation("v2", "o2", grade="advanced", final=850, status="6")], of=2, per=2, value="100.00"),
    FigureCase("OW-L12-4", "10.0 apart is not more than 10", rows=[*unions(1), evaluation(self_total=950, inspect_total=850)], of=0),
    FigureCase("OW-L12-4", "10.1 apart is", rows=[*unions(1), evaluation(self_total=951, inspect_total=850)], of=1, counted=["o1"]),
    FigureCase("OW-L12-4", "not inspected, no gap", rows=[*unions(1), evaluation(self_total=951)], of=0),
    FigureCase("OW-L13-1", "given in the year", rows=[UNIT, UNION, honour(status="7", awarded_on="2017-12-31")], of=1, counted=["h1"]),
    FigureCase("OW-L13-1", "given after the cutoff", rows=[UNIT, UNION, honour(status="7", awarded_on="2018-01-01")], of=0),
    FigureCase("OW-L13-1", "recommended only", rows=[UNIT, STAFF, UNION, honour(status="6")], of=0),
    FigureCase("OW-L15-1", "by the day itself; a day later is late; not at all is late", rows=[
        *unions(3), held("o1", "2017-06-30"), held("o2", "2017-07-01")], of=1, per=3, value="33.33", missing=["o2", "o3"]),
    FigureCase("OW-L15-1", "the term end was moved on by the result, the old one still counts", rows=[
        *unions(1, term_end="2022-06-19"), held("o1", "2017-06-20")], of=1, per=1, value="100.00"),
    FigureCase("OW-L15-1", "within half a year, as the setting says", rows=[
        *unions(2), held("o1", "2017-12-30"), held("o2", "2017-12-31")], of=1, per=2, settings={"election_due_rule": "half_year"}, missing=["o2"]),
    FigureCase("OW-L15-1", "an approved extension, as the setting says", rows=[
        *unions(1), ("election", {"id": "x", "union_id": "o1", "kind": "4", "term_no": 1, "prev_term_end": "2017-06-30", "extended_to": "2017-10-31", "approved_on": "2017-06-01"}),
        held("o1", "2017-10-20")], of=1, per=1, settings={"election_due_rule": "extended"}),
    FigureCase("OW-L15-1", "no term ended in the year", rows=[*unions(2, term_end="2018-01-01")], of=0, per=0, value="—"),
    FigureCase("OW-L15-1", "dissolved before the term ended", rows=[*unions(1, status="5", dissolved_on="2017-06-01")], of=0, per=0),
    FigureCase("OW-L15-2", "2017-06-30 + 180 days = 12-27: late on 12-31", rows=[*unions(1)], of=1, counted=["o1"]),
    FigureCase("OW-L15-2", "held, though late", rows=[*unions(1), held("o1", "2017-12-30")], of=0),
    FigureCase("OW-L15-2", "not yet 180 days", rows=[*unions(1, term_end="2017-07-05")], of=0),
]
