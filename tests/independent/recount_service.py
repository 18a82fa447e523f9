"""Focus 3, 4 and 5 counted by hand: training, culture, model workers, skills, safety, law."""

from collections import defaultdict

from independent.books import Books, Counted, at_the_latest, is_enterprise, later, number, persons_of, took_part


# -- focus 3: training and culture -----------------------------------------------------------------------------

def trained(b: Books, kind: str) -> list[tuple[str, str, str]]:
    """(day and row, person, unit) of those who heard the needed part of a class of this kind that ended in the year."""
    share = int(b.settings.get("trained_share", "60"))
    classes = {c["id"]: c for c in b.read("training_class") if c["kind"] == kind and b.in_year(c["end_on"]) and c["status"] != "9"}
    return [(classes[a["parent_id"]]["end_on"] + a["id"], b.identity(a["person_id"]), a["unit_id"]) for a in b.read("training_attendance")
            if a["parent_id"] in classes and a["person_id"] and a["unit_id"] and float(classes[a["parent_id"]]["hours"] or 0) > 0
            and a["hours_attended"] and float(a["hours_attended"]) * 100 >= float(classes[a["parent_id"]]["hours"]) * share]


def t3_01(b: Books) -> Counted:
    return persons_of(at_the_latest(trained(b, "1")), b.base()), b.all_employees()


def t3_02(b: Books) -> Counted:
    column = "enrolled_on" if b.settings.get("count_when") == "enrolled" else "graduated_on"
    return len({b.identity(d["person_id"]) for d in b.read("degree_sponsorship") if d["free"] == "true" and b.in_year(d[column]) and d["person_id"] and d["status"] != "3"
                and (column == "enrolled_on" or d["status"] == "2")}), None


def t3_03(b: Books) -> Counted:
    classes = [c for c in b.read("training_class") if c["kind"] == "2" and c["free"] != "false" and b.in_year(c["end_on"]) and c["status"] != "9"]
    return sum(int(c["sessions"] or 1) for c in classes) if b.settings.get("count_sessions") == "sessions" else len(classes), None


def t3_04(b: Books) -> Counted:
    newest: dict[str, dict[str, str]] = {}
    for row in b.read("step_app"):
        if row["unit_id"] and b.in_year(row["as_of"]) and row["as_of"] > newest.get(row["unit_id"], {"as_of": ""})["as_of"]:
            newest[row["unit_id"]] = row
    column = "registered" if b.settings.get("step_count_rule") == "registered" else "active"
    return sum(number(row[column]) for row in newest.values()), None


def t3_05(b: Books) -> Counted:
    return persons_of(took_part(b, ("1", "2")), b.base()), b.all_employees()


def t3_06(b: Books) -> Counted:
    """By real name: who has no number does not count."""
    rows = [v for v in b.read("volunteer") if b.by_the_end(v["registered_on"])]
    if b.settings.get("volunteer_rule") == "new":
        rows = [v for v in rows if b.in_year(v["registered_on"])]
    else:
        rows = [v for v in rows if not b.by_the_end(v["ended_on"]) and (v["status"] == "1" or v["ended_on"])]
    return len({b.people[v["person_id"]]["id_no"] for v in rows if v["person_id"] in b.people} - {""}), None


# -- focus 4: model workers, skills, safety ---------------------------------------------------------------------

def t4_01(b: Books) -> Counted:
    """Persons honoured by this year, at work or retired then; who fell ill, died or moved away since was still there."""
    served = {s["parent_id"] for s in b.read("model_service") if s["kind"] in ("4", "5") and b.in_year(s["happened_on"])}
    events = {e["id"] for e in b.read("event") if e["kind"] == "8" and b.in_year(e["held_on"])}
    workers = [w for w in b.read("model_worker") if w["person_id"]]
    came = {b.identity(a["person_id"]) for a in b.read("event_attendee") if a["parent_id"] in events and a["person_id"]}
    came |= {b.identity(w["person_id"]) for w in workers if w["id"] in served}
    states = ("1", "2", "3") if b.settings.get("model_worker_base") == "all" else ("1", "2")
    base = {b.identity(w["person_id"]) for w in workers if w["honour"] and w["honour"] != "4" and w["honour_year"] and number(w["honour_year"]) <= b.year
            and (w["status"] in states or w["status_from"] > b.last)}
    return len(base & came), len(base)


def entrants(b: Books, kinds: tuple[str, ...]) -> tuple[list[tuple[str, str, str]], dict[str, int]]:
    """Lists of skill events of these kinds as (day and row, person, unit); and unit → its best attended event without a list."""
    events = {e["id"]: e for e in b.read("skill_event") if e["kind"] in kinds and b.in_year(e["held_on"])}
    rows = [row for row in b.read("skill_entrant") if row["parent_id"] in events]
    with_list = {row["parent_id"] for row in rows}
    best: dict[str, int] = defaultdict(int)
    if b.settings.get("participation_rule", "best") == "best":
        for name, event in events.items():
            if name not in with_list and event["unit_id"]:
                best[event["unit_id"]] = max(best[event["unit_id"]], number(event["participants"]))
    return [(events[row["parent_id"]]["held_on"] + row["id"], b.identity(row["person_id"]), row["unit_id"])
            for row in rows if row["person_id"] and row["unit_id"]], best


def larger(named: dict[str, int], best: dict[str, int]) -> dict[str, int]:
    return {u: max(named.get(u, 0), best.get(u, 0)) for u in {*named, *best}}


def t4_02(b: Books) -> Counted:
    listed, best = entrants(b, ("4",))
    return persons_of(larger(at_the_latest([*listed, *trained(b, "3")]), best), b.base()), b.all_employees()


def t4_03(b: Books) -> Counted:
    listed, best = entrants(b, ("1", "2", "3"))
    return persons_of(larger(at_the_latest(listed), best), b.base()), b.all_employees()


def t4_04(b: Books) -> Counted:
    certified = {b.identity(c["person_id"]) for c in b.read("skill_cert") if c["person_id"] and b.in_year(c["issued_on"]) and c["replaces"] != "true"}
    return len(certified), t4_03(b)[0]


def t4_05(b: Books, roles: tuple[str, ...]) -> Counted:
    classes = {c["id"] for c in b.read("training_class") if c["kind"] == "4" and b.in_year(c["end_on"]) and c["status"] != "9"}
    passed = {b.identity(a["person_id"]) for a in b.read("training_attendance") if a["parent_id"] in classes and a["passed"] == "true" and a["person_id"]}
    base = {b.identity(p["person_id"]) for p in b.read("safety_person") if p["role"] in roles and b.by_the_end(p["begins_on"])
            and p["person_id"] and not b.by_the_end(p["ends_on"]) and p["unit_id"] in in_scope(b)}
    return len(base & passed), len(base)


def t4_05a(b: Books) -> Counted:
    return t4_05(b, ("1", "2"))


def t4_05b(b: Books) -> Counted:
    return t4_05(b, ("3", "4"))


def in_scope(b: Books) -> set[str]:
    """Marked for inspection; unmarked, where there is an own union or one that covers."""
    return {u for u, row in b.units.items() if b.alive(row) and
            (row["safety_scope"] == "true" or row["safety_scope"] == "" and bool(b.own[u] or b.covered[u]))}


def t4_06(b: Books) -> Counted:
    gap = int(b.settings.get("min_gap_days", "30"))
    days = defaultdict(list)
    for visit in b.read("safety_inspection"):
        if visit["kind"] in ("1", "2", "3", "4") and visit["conclusion"] and visit["sign_unit"] == visit["sign_team"] == "true" and b.in_year(visit["inspected_on"]):
            days[visit["unit_id"]].append(visit["inspected_on"])
    base = in_scope(b)
    # two visits far enough apart exist exactly when the first and the last are
    done = {u for u, found in days.items() if later(min(found), gap) <= max(found) and len(found) > 1}
    return len(base & done), len(base)


# -- focus 5: law ----------------------------------------------------------------------------------------------

def reached_units(b: Books) -> set[str]:
    """Units that an event of legal popularisation or a service of the menu reached in the year."""
    return {*took_part(b, ("9",), attested=True)} | {o["unit_id"] for o in b.read("legal_menu_order") if b.in_year(o["served_on"])}


def t5_01(b: Books) -> Counted:
    base = {u for u, row in b.units.items() if b.alive(row) and is_enterprise(row) and (b.own[u] or b.covered[u])}
    return len(base & reached_units(b)), len(base)


def t5_02(b: Books) -> Counted:
    people = took_part(b, ("9",), attested=True)
    for order in b.read("legal_menu_order"):
        if b.in_year(order["served_on"]):
            people[order["unit_id"]] = max(people.get(order["unit_id"], 0), number(order["persons"]))
    return persons_of(people, b.base("legal_staff_base")), b.all_employees("legal_staff_base")


def external(b: Books, name: str, *, of_streets: bool = False) -> list[tuple[str, str, int]]:
    """(first day, last day, value) of a figure of another body: the longest periods there are, none inside another."""
    spans: dict[tuple[str, str, str], int] = {}
    for row in b.read("external_stat"):
        if row["name"] == name and (of_streets or not row["street_code"]) and row["period"][:4] == str(b.year):
            months = {"Y": 12, "H": 6, "Q": 3, "M": 1}[row["period"][4]]
            first = months * (int(row["period"][5:] or 1) - 1) + 1
            spans.setdefault((row["street_code"], f"{b.year}-{first:02}-01", f"{b.year}-{first + months - 1:02}-31"), number(row["value"]))
    return [(begins, ends, value) for (street, begins, ends), value in spans.items()
            if not any(s == street and x <= begins and y >= ends and (x, y) != (begins, ends) for s, x, y in spans)]


def known(day: str, spans: list[tuple[str, str, int]]) -> bool:
    return any(begins <= day <= ends for begins, ends, _value in spans)


def t5_03(b: Books) -> Counted:
    """Cases of the months for which the filings are known: a year of cases is never held against half a year of filings."""
    filings = external(b, "1")
    return sum(known(c["accepted_on"], filings) for c in b.read("mediation_case")), sum(value for *_, value in filings)


def t5_04(b: Books) -> Counted:
    """Cases of the street's sub-centre: of the body that took the case, else of its mediator's."""
    levels = {o["id"]: o["level"] for o in b.read("mediation_org")}
    bodies = {m["id"]: m["org_id"] for m in b.read("mediator")}
    centre = external(b, "2")
    ours = sum(known(c["accepted_on"], centre) and (levels.get(c["org_id"]) or levels.get(bodies.get(c["mediator_id"], ""))) == "2"
               for c in b.read("mediation_case"))
    others = external(b, "5", of_streets=True) if b.settings.get("subcentre_rule", "sum") == "sum" else []
    theirs = sum(value for begins, ends, value in others if any(x <= begins and ends <= y for x, y, _ in centre))
    return ours + theirs, sum(value for *_, value in centre)


def t5_05(b: Books) -> Counted:
    closed = [c["outcome"] for c in b.read("mediation_case") if b.in_year(c["closed_on"])]
    concluded = ("1", "2", "4") if b.settings.get("concluded_rule") == "arbitration" else ("1", "2")
    return closed.count("1"), sum(outcome in concluded for outcome in closed)


def t5_06(b: Books) -> Counted:
    """Applications decided in the year; who was refused as not qualifying is not in the base."""
    decided = [c for c in b.read("legal_aid_case") if c["decision"] and b.in_year(c["decided_on"])]
    base = [c for c in decided if not (c["decision"] == "2" and c["reject_reason"] == "1")]
    return sum(c["decision"] in ("1", "3") for c in base), len(base)


def t5_07(b: Books) -> Counted:
    """Unions registered by an old certificate or a new one; good is an 18-digit code of a union, in force at the year's end."""
    struck = {e["parent_id"] for e in b.read("cert_event") if e["kind"] == "5" and b.by_the_end(e["issued_on"])}
    asked = {e["parent_id"] for e in b.read("cert_event") if e["kind"] == "5"}
    held, good = set(), set()
    for cert in b.read("legal_person_cert"):
        begun = cert["valid_from"] or cert["issued_on"]
        gone = cert["id"] in struck or cert["status"] == "2" and cert["id"] not in asked
        if gone or not b.living(b.unions[cert["union_id"]]) or not (cert["old_cert_no"] or b.by_the_end(cert["issued_on"] or cert["valid_from"])):
            continue
        held.add(cert["union_id"])
        if len(cert["code"]) == 18 and cert["code"][:2] == "81" and b.by_the_end(cert["issued_on"]) and b.by_the_end(begun) and cert["valid_to"] >= b.last:
            good.add(cert["union_id"])
    return len(good), len(held)
