"""Rows of stored values for the cases of focus 4: units, people, contests, safety posts, inspections, accidents."""


def unit(key, employees=None, as_of="2017-06-30", **values):
    """A unit in scope and, where a headcount is given, its snapshot."""
    rows = [("unit", {"id": key, "name": f"{key}公司", "safety_scope": 1, **values})]
    if employees is not None:
        rows.append(("employee_stat", {"id": f"h-{key}", "unit_id": key, "as_of": as_of, "employees": employees}))
    return rows


def person(key, id_no=None, **values):
    return ("person", {"id": key, "name": key, "id_no": id_no, **values})


def worker(key, who=None, honour="2", year=2005, status="1", **values):
    return ("model_worker", {"id": key, "person_id": who or key, "honour": honour, "honour_year": year, "status": status, **values})


def service(key, of, kind="4", day="2017-05-20", **values):
    return ("model_service", {"id": key, "parent_id": of, "kind": kind, "happened_on": day, **values})


def skill(key, kind="1", at="u", persons=10, day="2017-05-20", **values):
    return ("skill_event", {"id": key, "kind": kind, "title": key, "unit_id": at, "participants": persons, "held_on": day, **values})


def entrant(key, of, who, at="u"):
    return ("skill_entrant", {"id": key, "parent_id": of, "person_id": who, "unit_id": at})


def cert(key, who, day="2017-05-20", trade="电工", level="3", **values):
    return ("skill_cert", {"id": key, "person_id": who, "trade": trade, "level": level, "cert_no": key, "issued_on": day, **values})


def entry(key, at="u", year=2017, persons=50, **values):
    return ("ankang_entry", {"id": key, "unit_id": at, "year": year, "persons": persons, **values})


def post(key, who=None, at="u", role="1", begins="2015-01-01", **values):
    return ("safety_person", {"id": key, "person_id": who or key, "unit_id": at, "role": role, "begins_on": begins, **values})


def visit(key, at="u", day="2017-04-10", **values):
    """An inspection that counts: kind 2, a conclusion, both signatures."""
    return ("safety_inspection", {"id": key, "no": key, "unit_id": at, "kind": "2", "inspected_on": day, "inspectors": "张三、李四",
                                  "conclusion": "2", "sign_unit": 1, "sign_team": 1, **values})


def hazard(key, of="i", **values):
    return ("hazard", {"id": key, "no": key, "parent_id": of, "item_desc": f"{key}灭火器压力不足", "grade": "1", **values})


def report(key, day="2017-05-08 09:30", **values):
    return ("hotline_report", {"id": key, "no": key, "received_at": day, "category": "1", "status": "1", **values})


def accident(key="a", at="u", day="2017-09-01 10:00", deaths=0, serious=0, minor=1, **values):
    return ("accident", {"id": key, "unit_id": at, "occurred_at": day, "deaths": deaths, "serious": serious, "minor": minor, **values})


def question(key, word="a", of="a", **values):
    return ("backtrace_item", {"id": key, "parent_id": of, "question": word, **values})


def training(key, kind="4", day="2017-05-20", hours=200, status="3"):
    """A class; hours are tenths."""
    return ("training_class", {"id": key, "title": key, "kind": kind, "start_on": day, "end_on": day, "hours": hours, "status": status})


def trainee(key, of, who, at="u", hours=200, passed=1):
    return ("training_attendance", {"id": key, "parent_id": of, "person_id": who, "unit_id": at, "hours_attended": hours, "passed": passed})
