"""Cases of focus 5: supervision, mediation, legal popularisation, aid, certificates of unions, tasks, targets."""

from tests.ledgers.cases import CheckCase, FigureCase, RuleCase

RULES = [
    RuleCase("LS001", "legal_supervision_org", fails={"members": "2"}, passes={"members": "3"}),
    RuleCase("LS002", "legal_supervision_org", fails={"members": "3", "trained": "4"}, passes={"members": "3", "trained": "3"}),
    RuleCase("LS003", "legal_supervision_org", fails={"founded_on": "2018-01-11"}, passes={"founded_on": "2018-01-10"}),
    RuleCase("LS004", "legal_supervision_org", fails={"rules_ok": "是"}, passes={"rules_ok": "是", "rules_doc": "监督工作制度"}),
    RuleCase("SV001", "supervision_case", fails={"found_on": "2017-05-01", "due_on": "2017-05-01"},
             passes={"found_on": "2017-05-01", "due_on": "2017-05-02"}),
    RuleCase("SV002", "supervision_case", fails={"found_on": "2017-05-02", "reply_on": "2017-05-01"},
             passes={"found_on": "2017-05-01", "reply_on": "2017-05-01"}),
    RuleCase("SV003", "supervision_case", fails={"result": "1"}, passes={"result": "1", "reply_on": "2017-05-01"}),
    RuleCase("SV004", "supervision_case", fails={"reply_on": "2017-05-01"}, passes={"reply_on": "2017-05-01", "result": "2"}),
    RuleCase("SV005", "supervision_case", fails={"result": "3"}, passes={"result": "3", "escalated_to": "人社局"}),
    RuleCase("SV006", "supervision_case", fails={"due_on": "2018-01-09"}, passes={"due_on": "2018-01-10"}),
    RuleCase("SV007", "supervision_case", fails={"found_on": "2018-01-11"}, passes={"found_on": "2018-01-10"}),
    RuleCase("X36", "mediation_case", fails={"accepted_on": "2017-03-10", "closed_on": "2017-03-09"},
             passes={"accepted_on": "2017-03-10", "closed_on": "2017-03-10"}),
    RuleCase("MC001", "mediation_case", fails={"applicant": "张某"}, passes={"respondent": "某施工队"}),
    RuleCase("MC002", "mediation_case", fails={"status": "4", "closed_on": "2017-03-10"},
             passes={"status": "4", "closed_on": "2017-03-10", "outcome": "2"}),
    RuleCase("MC003", "mediation_case", fails={"outcome": "1"}, passes={"outcome": "1", "agreement_no": "协字1号"}),
    RuleCase("MC004", "mediation_case", fails={"outcome": "1"}, passes={"outcome": "1", "performed": "0"}),
    RuleCase("MC005", "mediation_case", fails={"claim": "5000", "paid": "5000.01"}, passes={"claim": "5000", "paid": "5000"}),
    RuleCase("MC006", "mediation_case", fails={"outcome": "2", "agreement_no": "协字1号"}, passes={"outcome": "2"}),
    RuleCase("MC007", "mediation_case", fails={"outcome": "3"}, passes={"outcome": "3", "closed_on": "2017-03-10"}),
    RuleCase("MC008", "mediation_case", fails={"closed_on": "2017-03-10"}, passes={"closed_on": "2017-03-10", "outcome": "3"}),
    RuleCase("MC009", "mediation_case", fails={"applicant_type": "2", "persons": "1"}, passes={"applicant_type": "2", "persons": "2"}),
    RuleCase("MC010", "mediation_case", fails={"accepted_on": "2018-01-11"}, passes={"accepted_on": "2018-01-10"}),
    RuleCase("MC011", "mediation_case", fails={"status": "3", "closed_on": "2017-03-10"}, passes={"status": "4", "closed_on": "2017-03-10"}),
    RuleCase("CF001", "case_followup", fails={"happened_on": "2018-01-11"}, passes={"happened_on": "2018-01-10"}),
    RuleCase("CF002", "case_followup", fails={"performed": "1"}, passes={"performed": "1", "note": "余款下月付清"}),
    RuleCase("MO001", "mediation_org", fails={"founded_on": "2018-01-11"}, passes={"founded_on": "2018-01-10"}),
    RuleCase("MO002", "mediation_org", fails={"level": "4"}, passes={"level": "2"}),
    RuleCase("MO003", "mediation_org", fails={"level": "3"}, passes={"level": "3", "community_code": "南里社区"}),
    RuleCase("MD001", "mediator", fails={"trained_on": "2018-01-11"}, passes={"trained_on": "2018-01-10"}),
    RuleCase("MD002", "mediator", fails={"lawyer": "否"}, passes={"lawyer": "是"}),
    RuleCase("LM001", "legal_menu_order", fails={"ordered_on": "2017-05-02", "served_on": "2017-05-01"},
             passes={"ordered_on": "2017-05-01", "served_on": "2017-05-01"}),
    RuleCase("LM002", "legal_menu_order", fails={"served_on": "2017-05-01"}, passes={"served_on": "2017-05-01", "provider": "某律所"}),
    RuleCase("LM003", "legal_menu_order", fails={"service": "4", "served_on": "2017-05-01"}, passes={"service": "3", "served_on": "2017-05-01"}),
    RuleCase("LM004", "legal_menu_order", fails={"satisfaction": "1"}, passes={"satisfaction": "1", "served_on": "2017-05-01"}),
    RuleCase("LM005", "legal_menu_order", fails={"served_on": "2018-01-11"}, passes={"served_on": "2018-01-10"}),
    RuleCase("LT001", "legal_studio", fails={"opened_on": "2018-01-11"}, passes={"opened_on": "2018-01-10"}),
    RuleCase("LT002", "legal_studio", fails={"opened_on": "2017-05-02", "closed_on": "2017-05-01"},
             passes={"opened_on": "2017-05-01", "closed_on": "2017-05-01"}),
    RuleCase("SD001", "studio_duty", fails={"happened_on": "2018-01-11"}, passes={"happened_on": "2018-01-10"}),
    RuleCase("LW001", "lawyer_counsel", fails={"begins_on": "2017-01-01", "ends_on": "2017-01-01"},
             passes={"begins_on": "2017-01-01", "ends_on": "2017-12-31"}),
    RuleCase("LW002", "lawyer_counsel", fails={"licence_no": "1110120171012345"}, passes={"licence_no": "11101201710123456"}),
    RuleCase("LA001", "legal_aid_case", fails={"income_proof": "否", "proof_exempt": "否"},
             passes={"income_proof": "否", "proof_exempt": "是"}),
    RuleCase("LA002", "legal_aid_case", fails={"applied_on": "2017-05-02", "decided_on": "2017-05-01"},
             passes={"applied_on": "2017-05-01", "decided_on": "2017-05-01"}),
    RuleCase("LA003", "legal_aid_case", fails={"decision": "1"}, passes={"decision": "1", "decided_on": "2017-05-01"}),
    RuleCase("LA004", "legal_aid_case", fails={"decided_on": "2017-05-01"}, passes={"decided_on": "2017-05-01", "decision": "3"}),
    RuleCase("LA005", "legal_aid_case", fails={"decision": "2"}, passes={"decision": "2", "reject_reason": "1"}),
    RuleCase("LA006", "legal_aid_case", fails={"decision": "1", "reject_reason": "1"}, passes={"decision": "1"}),
    RuleCase("LA007", "legal_aid_case", fails={"decision": "1", "form": "4"}, passes={"decision": "1", "form": "1"}),
    RuleCase("LA008", "legal_aid_case", fails={"closed_on": "2017-05-01"}, passes={"closed_on": "2017-05-01", "result": "1"}),
    RuleCase("LA009", "legal_aid_case", fails={"result": "1"}, passes={"result": "1", "closed_on": "2017-05-01"}),
    RuleCase("LA010", "legal_aid_case", fails={"category": "3", "group_size": "1"}, passes={"category": "3", "group_size": "2"}),
    RuleCase("LA011", "legal_aid_case", fails={"category": "1", "group_size": "2"}, passes={"category": "2", "group_size": "2"}),
    RuleCase("LA012", "legal_aid_case", fails={"applied_on": "2018-01-11"}, passes={"applied_on": "2018-01-10"}),
    RuleCase("LA013", "legal_aid_case", fails={"decision": "2", "closed_on": "2017-05-01"}, passes={"decision": "1", "closed_on": "2017-05-01"}),
    RuleCase("LC001", "legal_person_cert", fails={"address": "东花市大街1号"}, passes={"old_cert_no": "京工法字第1号"}),
    RuleCase("LC002", "legal_person_cert", fails={"old_cert_no": "京工法字第1号", "status": "1"},
             passes={"old_cert_no": "京工法字第1号", "status": "1", "code": "81110101MC0000012H"}),
    RuleCase("LC003", "legal_person_cert", fails={"valid_from": "2017-05-01", "valid_to": "2017-05-01"},
             passes={"valid_from": "2017-05-01", "valid_to": "2020-04-30"}),
    RuleCase("LC004", "legal_person_cert", fails={"issued_on": "2017-05-01", "valid_to": "2017-05-01"},
             passes={"issued_on": "2017-05-01", "valid_to": "2020-04-30"}),
    RuleCase("LC005", "legal_person_cert", fails={"issued_on": "2018-01-11"}, passes={"issued_on": "2018-01-10"}),
    RuleCase("LC006", "legal_person_cert", fails={"code": "81110101MC0000012H", "old_cert_no": "81110101MC0000012H"},
             passes={"code": "81110101MC0000012H", "old_cert_no": "MC000001-2"}),
    RuleCase("CE001", "cert_event", fails={"kind": "2"}, passes={"kind": "2", "what": "法定代表人"}),
    RuleCase("CE002", "cert_event", fails={"submitted_on": "2017-05-02", "accepted_on": "2017-05-01"},
             passes={"submitted_on": "2017-05-01", "accepted_on": "2017-05-01", "issued_on": "2017-05-09"}),
    RuleCase("CE003", "cert_event", fails={"issued_on": "2017-05-09"}, passes={"accepted_on": "2017-05-01", "issued_on": "2017-05-09"}),
    RuleCase("CE004", "cert_event", fails={"submitted_on": "2018-01-11"}, passes={"submitted_on": "2018-01-10"}),
    RuleCase("CE005", "cert_event", fails={"kind": "5", "what": "名称"}, passes={"kind": "4", "what": "名称"}),
    RuleCase("JM001", "joint_meeting", fails={"held_on": "2018-01-11"}, passes={"held_on": "2018-01-10"}),
    RuleCase("JM002", "joint_meeting", fails={"matters": "通报案件"}, passes={"matters": "通报案件", "follow_up": "已转办"}),
    RuleCase("GC001", "guidance_compilation", fails={"copies": "200"}, passes={"copies": "200", "released_on": "2017-11-01"}),
    RuleCase("GC002", "guidance_compilation", fails={"released_on": "2018-01-11"}, passes={"released_on": "2018-01-10"}),
    RuleCase("WT001", "work_task", fails={"status": "3"}, passes={"status": "3", "done_on": "2017-11-01"}),
    RuleCase("WT002", "work_task", fails={"status": "3"}, passes={"status": "2"}),
    RuleCase("WT003", "work_task", fails={"due_on": "2018-01-09", "status": "2"}, passes={"due_on": "2018-01-10", "status": "2"}),
    RuleCase("WT004", "work_task", fails={"begins_on": "2017-05-02", "due_on": "2017-05-01"},
             passes={"begins_on": "2017-05-01", "due_on": "2017-05-01"}),
    RuleCase("WT005", "work_task", fails={"begins_on": "2017-05-02", "done_on": "2017-05-01"},
             passes={"begins_on": "2017-05-01", "done_on": "2017-05-01"}),
    RuleCase("WT006", "work_task", fails={"done_on": "2018-01-11"}, passes={"done_on": "2018-01-10"}),
    RuleCase("WT007", "work_task", fails={"done_on": "2017-05-01", "status": "2"}, passes={"done_on": "2017-05-01", "status": "3"}),
    RuleCase("XT001", "external_stat", fails={"period": "2017Q5"}, passes={"period": "2017M12"}),
    RuleCase("XT002", "external_stat", fails={"name": "9"}, passes={"name": "9", "remark": "退休人数"}),
    RuleCase("XT003", "external_stat", fails={"name": "4"}, passes={"name": "4", "street_code": "110101013"}),
    RuleCase("TA001", "target_allocation", fails={"value": "58"}, passes={"value": "58", "doc_no": "东工发〔2017〕8号"}),
    RuleCase("TA002", "target_allocation", fails={"target_id": "T3-01", "value": "100.5"}, passes={"target_id": "T1-04", "value": "2530"}),
]


def _twice(check, ledger, same, other):
    """A `unique` rule: two rows that agree are both found; rows that differ in one of the fields are not."""
    field, value = next(iter(other.items()))
    return [CheckCase(check, rows=[(ledger, {"id": "a", **same}), (ledger, {"id": "b", **same})], finds=["a", "b"]),
            CheckCase(check, rows=[(ledger, {"id": "a", **same}), (ledger, {"id": "b", **same, field: value})], finds=[])]


UNIQUE = [
    *_twice("LS005", "legal_supervision_org", {"union_id": "o1"}, {"union_id": "o2"}),
    *_twice("SV008", "supervision_case", {"doc_no": "监意〔2017〕1号"}, {"doc_no": "监意〔2017〕2号"}),
    *_twice("MC012", "mediation_case", {"case_no": "（2017）东街调字第1号"}, {"case_no": "（2017）东街调字第2号"}),
    *_twice("MC013", "mediation_case", {"agreement_no": "协1"}, {"agreement_no": "协2"}),
    *_twice("CF003", "case_followup", {"parent_id": "c1", "happened_on": "2017-05-01"}, {"parent_id": "c2"}),
    *_twice("MO004", "mediation_org", {"name": "东花市街道调解分中心"}, {"name": "南里社区调解小组"}),
    *_twice("MD003", "mediator", {"person_id": "p1", "org_id": "o1"}, {"org_id": "o2"}),
    *_twice("LM006", "legal_menu_order", {"unit_id": "u1", "service": "1", "ordered_on": "2017-05-01"}, {"service": "2"}),
    *_twice("LT003", "legal_studio", {"community_code": "南里社区", "opened_on": "2017-05-01"}, {"community_code": "北里社区"}),
    *_twice("SD002", "studio_duty", {"parent_id": "s1", "happened_on": "2017-05-01"}, {"happened_on": "2017-05-08"}),
    *_twice("LW003", "lawyer_counsel", {"contract_no": "顾1"}, {"contract_no": "顾2"}),
    *_twice("LA014", "legal_aid_case", {"case_no": "援1"}, {"case_no": "援2"}),
    *_twice("LC007", "legal_person_cert", {"code": "81110101MC0000012H"}, {"code": "81110101MC0000020C"}),
    *_twice("CE006", "cert_event", {"parent_id": "c1", "kind": "2", "happened_on": "2017-05-01"}, {"kind": "4"}),
    *_twice("JM003", "joint_meeting", {"held_on": "2017-05-01"}, {"held_on": "2017-08-01"}),
    *_twice("WT008", "work_task", {"code": "G01", "due_on": "2017-05-01", "union_id": "o1"}, {"union_id": "o2"}),
    *_twice("XT004", "external_stat", {"name": "4", "period": "2017Y", "street_code": "110101013"}, {"street_code": "110101012"}),
    *_twice("XT005", "external_stat", {"name": "1", "period": "2017Q1"}, {"period": "2017Q2"}),
    *_twice("TA003", "target_allocation", {"target_id": "T1-01", "year": 2017, "street_code": "110101013"}, {"year": 2018}),
]

UNION = ("union_org", {"id": "o1", "name": "甲公司工会委员会", "union_type": "01", "unit_id": "u1", "founded_on": "2014-05-01",
                       "term_start": "2017-05-01", "term_end": "2020-04-30", "status": "2"})
CERT = {"id": "c1", "union_id": "o1", "code": "81110101MC0000012H", "registered_name": "甲公司工会委员会", "legal_rep": "张三",
        "issued_on": "2017-05-01", "valid_from": "2017-05-01", "valid_to": "2020-04-30", "status": "1"}
CHAIR = [("person", {"id": "p1", "name": "张三"}), ("person", {"id": "p2", "name": "李四"}),
         ("union_cadre", {"id": "k1", "union_id": "o1", "post": "1", "person_id": "p1", "begins_on": "2014-05-01", "ends_on": "2017-09-30"}),
         ("union_cadre", {"id": "k2", "union_id": "o1", "post": "1", "person_id": "p2", "begins_on": "2017-10-01"})]
CASE = {"id": "m1", "case_no": "（2017）东街调字第1号", "applicant": "张某", "unit_id": "u1", "cause": "1", "accepted_on": "2017-03-01"}
STREETS = [f"110101{n:03}" for n in range(1, 18)]


def _shares(first):
    """17 streets whose shares of T1-01 sum to 674 when `first` is 40: 40*11 + 39*6 = 674."""
    values = [first, *[40] * 10, *[39] * 6]
    return [("target_allocation", {"id": f"t{n:02}", "target_id": "T1-01", "year": 2017, "street_code": code, "value": value * 100})
            for n, (code, value) in enumerate(zip(STREETS, values, strict=True), 1)]


CHECKS = [
    *UNIQUE,
    CheckCase("X37", rows=[UNION, ("legal_person_cert", {**CERT, "valid_to": "2017-12-30"})], finds=["c1"]),
    CheckCase("X37", rows=[UNION, ("legal_person_cert", {**CERT, "valid_to": "2017-12-31"}),     # good on its last day
                           ("legal_person_cert", {**CERT, "id": "c2", "union_id": "o2", "valid_to": "2017-01-01"}),
                           ("legal_person_cert", {**CERT, "id": "c3", "union_id": "o2", "code": None})], finds=[]),
    CheckCase("X38", rows=[UNION, *CHAIR, ("legal_person_cert", CERT)], finds=["c1"]),
    CheckCase("X38", rows=[UNION, *CHAIR, ("legal_person_cert", {**CERT, "legal_rep": "李 四"})], finds=[]),
    CheckCase("X38", rows=[UNION, *CHAIR, ("legal_person_cert", CERT)], finds=[], period="2017Q3"),   # the change came in October
    CheckCase("YL01", rows=[("mediation_case", {**CASE, "closed_on": "2017-03-10"}),
                            ("case_followup", {"id": "f1", "parent_id": "m1", "happened_on": "2017-03-09"})], finds=["f1"]),
    CheckCase("YL01", rows=[("mediation_case", {**CASE, "closed_on": "2017-03-10"}),
                            ("case_followup", {"id": "f1", "parent_id": "m1", "happened_on": "2017-03-10"})], finds=[]),
    CheckCase("YL02", rows=[("mediation_case", {**CASE, "accepted_on": "2017-12-15"})], finds=["m1"]),          # 16 days
    CheckCase("YL02", rows=[("mediation_case", {**CASE, "accepted_on": "2017-12-16"}),                            # 15 days
                            ("mediation_case", {**CASE, "id": "m2", "closed_on": "2017-06-01"})], finds=[]),
    CheckCase("YL03", rows=[UNION, ("legal_person_cert", {**CERT, "registered_name": "甲公司工会"})], finds=["c1"]),
    CheckCase("YL03", rows=[UNION, ("legal_person_cert", CERT)], finds=[]),
    CheckCase("YL04", rows=[UNION, ("legal_person_cert", {**CERT, "valid_to": "2022-04-30"})], finds=["c1"]),   # typed as issue + 5 years
    CheckCase("YL04", rows=[UNION, ("legal_person_cert", {**CERT, "valid_to": "2020-07-31"})], finds=[]),
    CheckCase("YL05", rows=[UNION, ("legal_person_cert", {**CERT, "valid_to": "2018-01-30"})], finds=["c1"]),
    CheckCase("YL05", rows=[UNION, ("legal_person_cert", {**CERT, "valid_to": "2018-01-31"}),
                            ("legal_person_cert", {**CERT, "id": "c2", "union_id": "o2", "code": None, "valid_to": "2018-01-10"}),
                            ("cert_event", {"parent_id": "c2", "kind": "4", "submitted_on": "2017-12-20"})], finds=[]),
    CheckCase("YL12", rows=[("legal_person_cert", {**CERT, "valid_to": "2022-07-01"}),                             # 62 days over five years
                            ("legal_person_cert", {**CERT, "id": "c2", "code": "81110101MC0000020C", "valid_to": "2018-05-01"})], finds=["c1", "c2"]),
    CheckCase("YL12", rows=[("legal_person_cert", CERT), ("legal_person_cert", {**CERT, "id": "c2", "code": None, "valid_to": "2027-05-01"}),
                            ("legal_person_cert", {**CERT, "id": "c3", "code": "81110101MC0000020C", "valid_to": "2022-04-30"})], finds=[]),
    CheckCase("YL06", rows=[("external_stat", {"id": "e1", "name": "1", "period": "2017Q1", "value": 100}),
                            ("external_stat", {"id": "e2", "name": "1", "period": "2017Q2", "value": 100})], finds=["e2"]),
    CheckCase("YL06", rows=[("external_stat", {"id": "e1", "name": "1", "period": "2017Q3", "value": 100})], finds=[]),  # 92 days
    CheckCase("YL07", rows=_shares(41), finds=["t17"]),                        # 41 + 40*10 + 39*6 = 675
    CheckCase("YL07", rows=_shares(40), finds=[]),
    CheckCase("YL07", rows=_shares(41)[:16], finds=[]),                        # one street is not known yet
    CheckCase("YL08", rows=[("legal_aid_case", {"id": "a1", "case_no": "援1", "applied_on": "2017-12-15"})], finds=["a1"]),
    CheckCase("YL08", rows=[("legal_aid_case", {"id": "a1", "case_no": "援1", "applied_on": "2017-12-16"}),
                            ("legal_aid_case", {"id": "a2", "case_no": "援2", "applied_on": "2017-06-01", "decision": "3"})], finds=[]),
    CheckCase("YL09", rows=[("lawyer_counsel", {"id": "w1", "firm": "甲律所", "begins_on": "2016-12-01", "ends_on": "2017-11-30"})], finds=["w1"]),
    CheckCase("YL09", rows=[("lawyer_counsel", {"id": "w1", "firm": "甲律所", "begins_on": "2016-12-01", "ends_on": "2017-11-30"}),
                            ("lawyer_counsel", {"id": "w2", "firm": "甲律所", "begins_on": "2017-12-01", "ends_on": "2018-11-30"})], finds=[]),
    CheckCase("YL10", rows=[("mediation_case", CASE), ("mediation_case", {**CASE, "id": "m2", "applicant": "张 某", "accepted_on": "2017-03-30"})],
              finds=["m1", "m2"]),
    CheckCase("YL10", rows=[("mediation_case", CASE), ("mediation_case", {**CASE, "id": "m2", "accepted_on": "2017-03-31"}),
                            ("mediation_case", {**CASE, "id": "m3", "cause": "2"})], finds=[]),
    CheckCase("YL11", rows=[("mediation_org", {"id": "g1", "level": "1", "name": "区中心"}), ("mediator", {"id": "d1", "org_id": "g1"}),
                            ("mediation_case", {**CASE, "mediator_id": "d1"})], finds=["m1"]),
    CheckCase("YL11", rows=[("mediation_org", {"id": "g2", "level": "2", "name": "分中心"}), ("mediator", {"id": "d2", "org_id": "g2"}),
                            ("mediation_case", {**CASE, "mediator_id": "d2"})], finds=[]),
]

# figures -------------------------------------------------------------------------------------------------------------


def _own(n, employees=None, kind="170", **more):
    """Unit u<n> with a union of its own since 2014, and a headcount where one is given."""
    rows = [("unit", {"id": f"u{n}", "name": f"单位{n}", "unit_type": kind, "biz_status": "1", **more}),
            ("union_org", {"id": f"o{n}", "name": f"工会{n}", "union_type": "01", "unit_id": f"u{n}", "founded_on": "2014-01-01", "status": "2"})]
    if employees is not None:
        rows.append(("employee_stat", {"id": f"h{n}", "unit_id": f"u{n}", "as_of": "2017-06-30", "employees": employees}))
    return rows


def _owns(count, employees=None):
    return [row for n in range(1, count + 1) for row in _own(n, employees)]


def _talk(event, units, persons=None, kind="9", held_on="2017-06-05", names=()):
    """An event with the units it covered (persons stated for each), or with a list of names (person, unit)."""
    return [("event", {"id": event, "title": event, "kind": kind, "held_on": held_on, "persons": persons}),
            *(("event_unit", {"id": f"{event}-{u}", "parent_id": event, "unit_id": u, "persons": persons}) for u in units),
            *(("event_attendee", {"id": f"{event}-{p}", "parent_id": event, "person_id": p, "unit_id": u}) for p, u in names)]


def _served(n, unit, persons=None, served_on="2017-06-05", service="1"):
    return ("legal_menu_order", {"id": f"s{n}", "unit_id": unit, "service": service, "ordered_on": "2017-05-01", "served_on": served_on, "persons": persons})


def _filings(value, period="2017Y", name="1", n=1, street=None):
    return ("external_stat", {"id": f"e{n}", "name": name, "period": period, "value": value, "street_code": street})


def _body(n, level):
    return [("mediation_org", {"id": f"g{n}", "level": level, "name": f"调解组织{n}", "founded_on": "2015-01-01"}),
            ("mediator", {"id": f"d{n}", "person_id": f"p{n}", "org_id": f"g{n}", "lawyer": 0})]


def _cases(count, start=1, accepted_on="2017-06-05", mediator="d1", **more):
    return [("mediation_case", {"id": f"m{n}", "case_no": f"案{n}", "accepted_on": accepted_on, "mediator_id": mediator, **more})
            for n in range(start, start + count)]


def _ended(agreed, failed, withdrawn=0, arbitration=0, closed_on="2017-07-01"):
    outcomes = ["1"] * agreed + ["2"] * failed + ["3"] * withdrawn + ["4"] * arbitration
    return [("mediation_case", {"id": f"m{n}", "case_no": f"案{n}", "accepted_on": "2017-06-20", "closed_on": closed_on, "outcome": o})
            for n, o in enumerate(outcomes, 1)]


def _aid(n, decision=None, reason=None, decided_on="2017-06-10", applied_on="2017-06-01"):
    return ("legal_aid_case", {"id": f"a{n}", "case_no": f"援{n}", "applied_on": applied_on, "decision": decision,
                               "decided_on": decided_on if decision else None, "reject_reason": reason})


SOUND = ("81110101MC0000012H", "81110101MC0000020C", "81110101MC00000399")


def _cert(n, code=None, issued_on="2017-03-01", valid_to="2020-02-29", old=None, **more):
    return ("legal_person_cert", {"id": f"c{n}", "union_id": f"o{n}", "code": code, "old_cert_no": old, "issued_on": issued_on,
                                  "valid_to": valid_to, "status": "1", **more})


FIGURES = [
    FigureCase("T5-01", "1 of 2 enterprises: 1*100 >= 2*50, met; covered by an event and by a service still once",
               rows=[*_owns(2), *_talk("e1", ["u1"]), _served(1, "u1")], of=1, per=2, state="met", missing=["u2"]),
    FigureCase("T5-01", "49 of 99: 49*100 = 4900 < 99*50 = 4950, not met though 49.49 rounds near",
               rows=[*_owns(99), *_talk("e1", [f"u{n}" for n in range(1, 50)])], of=49, per=99, state="below", value="49.49"),
    FigureCase("T5-01", "no unionised enterprise: an institution and a shop without union are no base",
               rows=[*_own(1, kind="400"), ("unit", {"id": "u2", "name": "乙", "unit_type": "170", "biz_status": "1"}), *_talk("e1", ["u1", "u2"])],
               of=0, per=0, state="none", value="—"),
    FigureCase("T5-01", "an event of another kind, one of last year and an order not served yet cover nobody",
               rows=[*_owns(3), *_talk("e1", ["u1"], kind="3"), *_talk("e2", ["u2"], held_on="2016-12-30"), _served(1, "u3", served_on=None)],
               of=0, per=3, state="below", missing=["u1", "u2", "u3"]),

    FigureCase("T5-02", "30 of 100 people: 30*100 >= 100*30, met", rows=[*_owns(2, 50), *_talk("e1", ["u1"], 30)], of=30, per=100,
               state="met", missing=["u2"]),
    FigureCase("T5-02", "2999 of 10000: 29.99 %, just failed", rows=[*_own(1, 10000), *_talk("e1", ["u1"], 2999)], of=2999, per=10000,
               state="below", value="29.99"),
    FigureCase("T5-02", "no headcount, no rate", rows=[*_own(1), *_talk("e1", [], names=[])], of=0, per=0, state="none", value="—"),
    FigureCase("T5-02", "without a list the best of 20, 25 and a lecture of 10 counts: 25, not 55",
               rows=[*_own(1, 100), *_talk("e1", ["u1"], 20), *_talk("e2", ["u1"], 25, held_on="2017-09-01"), _served(1, "u1", 10)], of=25, per=100),
    FigureCase("T5-02", "with lists two people at two talks are two, not four",
               rows=[*_own(1, 10), *_talk("e1", [], names=[("p1", "u1"), ("p2", "u1")]),
                     *_talk("e2", [], held_on="2017-09-01", names=[("p1", "u1"), ("p2", "u1")])], of=2, per=10),
    FigureCase("T5-02", "only unionised staff in the base: 30 of 60 instead of 30 of 100",
               rows=[*_own(1, 60), ("unit", {"id": "u2", "name": "乙", "unit_type": "170", "biz_status": "1"}),
                     ("employee_stat", {"id": "h2", "unit_id": "u2", "as_of": "2017-06-30", "employees": 40}), *_talk("e1", ["u1"], 30)],
               of=30, per=60, settings={"legal_staff_base": "unionised"}),

    FigureCase("T5-03", "2 of 5: 2*100 >= 5*40, met; bodies of every level count", rows=[*_body(1, "2"), *_body(2, "4"), *_cases(1), *_cases(1, 2, mediator="d2"),
               _filings(5)], of=2, per=5, state="met", counted=["m1", "m2"]),
    FigureCase("T5-03", "39 of 98: 3900 < 3920, 39.80 just failed", rows=[*_cases(39), _filings(98)], of=39, per=98, state="below", value="39.80"),
    FigureCase("T5-03", "no filings known: no rate, and the cases wait", rows=[*_cases(3)], of=0, per=0, state="none", value="—"),
    FigureCase("T5-03", "filings known to March only: the case of June is held against nothing",
               rows=[*_cases(1, accepted_on="2017-03-31"), *_cases(1, 2), _filings(10, "2017Q1")], of=1, per=10),
    FigureCase("T5-03", "a year beside its quarters counts once: 100, not 125; last year's filings do not",
               rows=[*_cases(1), _filings(100), _filings(25, "2017Q1", n=2), _filings(80, "2016Y", n=3)], of=1, per=100),
    FigureCase("T5-03", "at the end of June the half-year: 40, and the quarter in it does not add", period="2017H1",
               rows=[*_cases(2), *_cases(1, 3, accepted_on="2017-07-01"), _filings(40, "2017H1"), _filings(20, "2017Q2", n=2), _filings(90, n=3)], of=2, per=40),

    FigureCase("T5-04", "3 of 10: 3*100 >= 10*30, met", rows=[*_body(1, "2"), *_cases(3), _filings(10, name="2")], of=3, per=10, state="met"),
    FigureCase("T5-04", "29 of 97: 2900 < 2910, just failed", rows=[*_body(1, "2"), *_cases(29), _filings(97, name="2")], of=29, per=97, state="below", value="29.90"),
    FigureCase("T5-04", "no number of the centre: no rate", rows=[*_body(1, "2"), *_cases(3)], of=0, per=0, state="none", value="—"),
    FigureCase("T5-04", "a case of a community body is not the sub-centre's", rows=[*_body(1, "2"), *_body(2, "3"), *_cases(1), *_cases(4, 2, mediator="d2"),
               _filings(10, name="2")], of=1, per=10),
    FigureCase("T5-04", "all streets: 2 of ours and 28 of the others of 100", rows=[*_body(1, "2"), *_cases(2), _filings(100, name="2"),
               _filings(28, name="5", n=2)], of=30, per=100, state="met", counted=["m1", "m2"]),
    FigureCase("T5-04", "each street by itself: the 28 of the others do not count", rows=[*_body(1, "2"), *_cases(2), _filings(100, name="2"),
               _filings(28, name="5", n=2)], of=2, per=100, state="below", settings={"subcentre_rule": "each"}),
    FigureCase("T5-04", "the body of the case goes before that of its mediator", rows=[*_body(1, "2"), *_body(2, "3"), *_cases(1, org_id="g2"),
               *_cases(1, 2), _filings(10, name="2")], of=1, per=10),

    FigureCase("T5-05", "7 of 10 concluded: 7*100 >= 10*70, met; 4 withdrawn and 5 open ones are not in the base",
               rows=[*_ended(7, 3, withdrawn=4), *_cases(5, 50)], of=7, per=10, state="met", missing=["m8", "m9", "m10"]),
    FigureCase("T5-05", "Beijing 2010: 9218 of 13066 concluded is 70.55 %, met (of 14692 accepted it would be 62.74 %)",
               rows=[*_ended(922, 385)], of=922, per=1307, state="met", value="70.54"),
    FigureCase("T5-05", "69 of 99: 6900 < 6930, 69.70 just failed", rows=_ended(69, 30), of=69, per=99, state="below", value="69.70"),
    FigureCase("T5-05", "only withdrawn: nothing concluded", rows=_ended(0, 0, withdrawn=2), of=0, per=0, state="none", value="—"),
    FigureCase("T5-05", "gone to arbitration counts only where the street chose so: 7 of 12", rows=_ended(7, 3, arbitration=2), of=7, per=12,
               state="below", settings={"concluded_rule": "arbitration"}),
    FigureCase("T5-05", "closed after the cutoff or last year is of another period", period="2017Q2",
               rows=[*_ended(2, 1), ("mediation_case", {"id": "x", "outcome": "1", "accepted_on": "2016-12-01", "closed_on": "2016-12-20"})], of=0, per=0),

    FigureCase("T5-06", "2 approved and 1 passed on of 3: 100 %, met; one who does not qualify leaves the base",
               rows=[_aid(1, "1"), _aid(2, "1"), _aid(3, "3"), _aid(4, "2", "1")], of=3, per=3, state="met", missing=[]),
    FigureCase("T5-06", "199 of 200: 99.50 %, not all", rows=[*(_aid(n, "1") for n in range(1, 200)), _aid(200, "2", "3")], of=199, per=200,
               state="below", value="99.50", missing=["a200"]),
    FigureCase("T5-06", "nobody eligible", rows=[_aid(1, "2", "1"), _aid(2)], of=0, per=0, state="none", value="—"),
    FigureCase("T5-06", "refused without a reason stays in the base: 1 of 2", rows=[_aid(1, "1"), _aid(2, "2")], of=1, per=2, state="below", missing=["a2"]),
    FigureCase("T5-06", "undecided where the street counts them: 1 of 2", rows=[_aid(1, "1"), _aid(2)], of=1, per=2, settings={"aid_pending_rule": "counted"}),
    FigureCase("T5-06", "applied in December, decided in January: of the new year only",
               rows=[_aid(1, "1", applied_on="2016-12-28", decided_on="2017-01-05"), _aid(2, "1", applied_on="2017-12-28", decided_on="2018-01-05")], of=1, per=1),

    FigureCase("T5-07", "3 of 3 hold a valid new certificate: met", rows=[*_owns(3), *(_cert(n, SOUND[n - 1]) for n in (1, 2, 3))], of=3, per=3,
               state="met", missing=[]),
    FigureCase("T5-07", "1 of 3: an old certificate and one that ended on 12-30 are not valid",
               rows=[*_owns(3), _cert(1, SOUND[0]), _cert(2, old="京工法字2号"), _cert(3, SOUND[2], valid_to="2017-12-30")], of=1, per=3,
               state="below", value="33.33", missing=["o2", "o3"]),
    FigureCase("T5-07", "no union is a legal person", rows=_owns(2), of=0, per=0, state="none", value="—"),
    FigureCase("T5-07", "the old 9-digit code, the employer's code and a wrong check digit in the new field do not count",
               rows=[*_owns(3), _cert(1, "MC000001-2"), _cert(2, "91110101MA0000015M"), _cert(3, "81110101MC0000012M")], of=0, per=3, state="below"),
    FigureCase("T5-07", "a certificate struck off and that of a dissolved union leave the base",
               rows=[*_owns(2), _cert(1, SOUND[0]), _cert(2, SOUND[1]), ("cert_event", {"id": "v1", "parent_id": "c2", "kind": "5", "issued_on": "2017-08-01"}),
                     ("union_org", {"id": "o9", "name": "工会9", "union_type": "01", "founded_on": "2014-01-01", "dissolved_on": "2017-05-01", "status": "5"}),
                     _cert(9, SOUND[2])], of=1, per=1, state="met"),
    FigureCase("T5-07", "all unions in the base where the street chose so: 1 of 2", rows=[*_owns(2), _cert(1, SOUND[0])], of=1, per=2,
               missing=["o2"], settings={"legal_person_base": "all"}),

    FigureCase("OW-L34-1", "1 of 2 due ones mended", rows=[("supervision_case", {"id": "s1", "due_on": "2017-06-30", "reply_on": "2017-06-20", "result": "1"}),
               ("supervision_case", {"id": "s2", "due_on": "2017-06-30", "result": "3", "reply_on": "2017-06-30"})], of=1, per=2, missing=["s2"]),
    FigureCase("OW-L34-1", "not due yet", rows=[("supervision_case", {"id": "s1", "due_on": "2018-01-05"})], of=0, per=0, value="—"),
    FigureCase("OW-L34-1", "mended in part is not mended", rows=[("supervision_case", {"id": "s1", "due_on": "2017-06-30", "reply_on": "2017-06-20", "result": "2"})],
               of=0, per=1),
    FigureCase("OW-L35-1", "closed on day 15 is in time, on day 16 it is not",
               rows=[("mediation_case", {"id": "m1", "accepted_on": "2017-06-01", "closed_on": "2017-06-16", "outcome": "1"}),
                     ("mediation_case", {"id": "m2", "accepted_on": "2017-06-01", "closed_on": "2017-06-17", "outcome": "2"})], of=1, per=2, missing=["m2"]),
    FigureCase("OW-L35-1", "nothing closed", rows=_cases(2), of=0, per=0, value="—"),
    FigureCase("OW-L35-1", "closed before accepted (X36) is not in time", rows=[("mediation_case", {"id": "m1", "accepted_on": "2017-06-05", "closed_on": "2017-06-01"})],
               of=0, per=1),
    FigureCase("OW-L35-2", "1 of 2 agreements followed up", rows=[*_ended(2, 1), ("case_followup", {"id": "f1", "parent_id": "m1", "happened_on": "2017-09-01"})],
               of=1, per=2, missing=["m2"]),
    FigureCase("OW-L35-2", "no agreement", rows=_ended(0, 2), of=0, per=0, value="—"),
    FigureCase("OW-L35-2", "two visits of one case are one", rows=[*_ended(1, 0), ("case_followup", {"id": "f1", "parent_id": "m1", "happened_on": "2017-09-01"}),
               ("case_followup", {"id": "f2", "parent_id": "m1", "happened_on": "2017-10-01"})], of=1, per=1),
    FigureCase("OW-L35-3", "one person at two bodies is one; a lawyer is none",
               rows=[("mediator", {"id": "d1", "person_id": "p1", "org_id": "g1", "lawyer": 0}), ("mediator", {"id": "d2", "person_id": "p1", "org_id": "g2", "lawyer": 0}),
                     ("mediator", {"id": "d3", "person_id": "p2", "org_id": "g1", "lawyer": 1})], of=1),
    FigureCase("OW-L35-3", "nobody", rows=[], of=0),
    FigureCase("OW-L35-3", "who left before the cutoff is not counted", rows=[("mediator", {"id": "d1", "person_id": "p1", "lawyer": 0, "ends_on": "2017-12-31"}),
               ("mediator", {"id": "d2", "person_id": "p2", "lawyer": 0, "ends_on": "2018-01-01"})], of=1),
    FigureCase("OW-L35-4", "1 of 2 bodies has a mediator", rows=[*_body(1, "2"), ("mediation_org", {"id": "g2", "level": "3", "founded_on": "2015-01-01"})],
               of=1, per=2, missing=["g2"]),
    FigureCase("OW-L35-4", "no body", rows=[], of=0, per=0, value="—"),
    FigureCase("OW-L35-4", "a body whose mediator left has none; one founded later is no base",
               rows=[("mediation_org", {"id": "g1", "level": "2", "founded_on": "2015-01-01"}), ("mediator", {"id": "d1", "org_id": "g1", "ends_on": "2017-05-01"}),
                     ("mediation_org", {"id": "g2", "level": "3", "founded_on": "2018-01-01"})], of=0, per=1),
    FigureCase("OW-L36-3", "3 and 4 make 7; last year's day does not count", rows=[("legal_studio", {"id": "s1", "opened_on": "2016-04-01"}),
               *(("studio_duty", {"id": f"y{n}", "parent_id": "s1", "happened_on": day, "consultations": n})
                 for n, day in ((3, "2017-06-07"), (4, "2017-06-14"), (9, "2016-06-08")))], of=7),
    FigureCase("OW-L36-3", "no duty", rows=[("legal_studio", {"id": "s1", "opened_on": "2016-04-01"})], of=0),
    FigureCase("OW-L36-3", "after the cutoff", rows=[("legal_studio", {"id": "s1"}), ("studio_duty", {"parent_id": "s1", "happened_on": "2017-07-05", "consultations": 5})],
               of=0, period="2017H1"),
    FigureCase("OW-L36-1", "1 of 2 orders served", rows=[_served(1, "u1"), _served(2, "u1", served_on=None)], of=1, per=2, missing=["s2"]),
    FigureCase("OW-L36-1", "no order", rows=[], of=0, per=0, value="—"),
    FigureCase("OW-L36-1", "served after the cutoff", rows=[_served(1, "u1", served_on="2017-07-01")], of=0, per=1, period="2017H1"),
    FigureCase("OW-L36-2", "opened and not closed", rows=[("legal_studio", {"id": "s1", "opened_on": "2017-04-01"}),
               ("legal_studio", {"id": "s2", "opened_on": "2016-04-01", "closed_on": "2017-04-01"})], of=1),
    FigureCase("OW-L36-2", "none", rows=[], of=0),
    FigureCase("OW-L36-2", "opened after the cutoff", rows=[("legal_studio", {"id": "s1", "opened_on": "2017-07-01"})], of=0, period="2017H1"),
    FigureCase("OW-L37-1", "a contract that ends on the cutoff is in force", rows=[("lawyer_counsel", {"id": "w1", "begins_on": "2017-01-01", "ends_on": "2017-12-31"})], of=1),
    FigureCase("OW-L37-1", "none", rows=[], of=0),
    FigureCase("OW-L37-1", "one that ended the day before is not", rows=[("lawyer_counsel", {"id": "w1", "begins_on": "2017-01-01", "ends_on": "2017-12-30"})], of=0),
    FigureCase("OW-L40-1", "1 of 2 done in time; the one called off is not due",
               rows=[("work_task", {"id": "t1", "due_on": "2017-06-30", "done_on": "2017-06-30", "status": "3"}),
                     ("work_task", {"id": "t2", "due_on": "2017-06-30", "done_on": "2017-07-01", "status": "3"}),
                     ("work_task", {"id": "t3", "due_on": "2017-06-30", "status": "9"})], of=1, per=2, missing=["t2"]),
    FigureCase("OW-L40-1", "nothing due", rows=[("work_task", {"id": "t1", "due_on": "2018-06-30", "status": "1"})], of=0, per=0, value="—"),
    FigureCase("OW-L40-1", "due and not done", rows=[("work_task", {"id": "t1", "due_on": "2017-06-30", "status": "2"})], of=0, per=1, missing=["t1"]),
]
