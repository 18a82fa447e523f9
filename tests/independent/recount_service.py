"""Focus 3, 4 and 5 counted by hand: training, culture, model workers, skills, safety, law."""

from collections import defaultdict

from independent.books import Books, Counted, capped, is_enterprise, later, number, took_part


# -- focus 3: training and culture -----------------------------------------------------------------------------

def trained(b: Books, kind: str) -> set[tuple[str, str]]:
    """(unit, person) who heard the needed part of a class of this kind that ended in the year."""
    share = int(b.settings.get("trained_share", "60"))
    classes = {c["id"]: float(c["hours"] or 0) for c in b.read("training_class") if c["kind"] == kind and b.in_year(c["end_on"]) and c["status"] != "9"}
    return {(a["unit_id"], b.identity(a["person_id"])) for a in b.read("training_attendance")
            if a["parent_id"] in classes and float(a["hours_attended"] or 0) * 100 >= classes[a["parent_id"]] * share}


def t3_01(b: Books) -> Counted:
    return len({person for unit, person in trained(b, "1") if unit in b.base()}), b.all_employees()


def t3_02(b: Books) -> Counted:
    column = "enrolled_on" if b.settings.get("count_when") == "enrolled" else "graduated_on"
    return len({b.identity(d["person_id"]) for d in b.read("degree_sponsorship") if d["free"] == "true" and b.in_year(d[column])
                and (column == "enrolled_on" or d["status"] == "2")}), None


def t3_03(b: Books) -> Counted:
    classes = [c for c in b.read("training_class") if c["kind"] == "2" and c["free"] == "true" and b.in_year(c["end_on"]) and c["status"] not in ("1", "9")]
    return sum(number(c["sessions"]) for c in classes) if b.settings.get("count_sessions") == "sessions" else len(classes), None


def t3_04(b: Books) -> Counted:
    newest: dict[str, dict[str, str]] = {}
    for row in b.read("step_app"):
        if b.by_the_end(row["as_of"]) and row["as_of"] >= newest.get(row["unit_id"], {"as_of": ""})["as_of"]:
            newest[row["unit_id"]] = row
    column = "registered" if b.settings.get("step_count_rule") == "registered" else "active"
    return sum(number(row[column]) for row in newest.values()), None


def t3_05(b: Books) -> Counted:
    return capped(b, took_part(b, ("1", "2")), b.base()), b.all_employees()


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
    states = ("1", "2", "3") if b.settings.get("model_worker_base") == "all" else ("1", "2")
    base = {m["person_id"]: m["id"] for m in b.read("model_worker") if m["status"] in states and m["honour"] != "4"}
    served = {s["parent_id"] for s in b.read("model_service") if s["kind"] in ("4", "5") and b.in_year(s["happened_on"])}
    events = {e["id"] for e in b.read("event") if e["kind"] == "8" and b.in_year(e["held_on"])}
    came = {a["person_id"] for a in b.read("event_attendee") if a["parent_id"] in events}
    people: dict[str, bool] = defaultdict(bool)
    for worker in b.read("model_worker"):
        if worker["person_id"] in base and worker["status"] in states and worker["honour"] != "4":
            people[b.identity(worker["person_id"])] |= worker["id"] in served or worker["person_id"] in came
    return sum(people.values()), len(people)


def contestants(b: Books, kinds: tuple[str, ...]) -> dict[str, int]:
    """Unit → distinct persons of skill events; lists as for `took_part`, an event without one belongs to its unit."""
    events = {e["id"]: e for e in b.read("skill_event") if e["kind"] in kinds and b.in_year(e["held_on"])}
    listed: dict[str, set[str]] = defaultdict(set)
    with_list = set()
    for row in b.read("skill_entrant"):
        if row["parent_id"] in events:
            with_list.add(row["parent_id"])
            listed[row["unit_id"]].add(b.identity(row["person_id"]))
    best: dict[str, int] = defaultdict(int)
    if b.settings.get("participation_rule", "best") == "best":
        for name, event in events.items():
            if name not in with_list and event["unit_id"]:
                best[event["unit_id"]] = max(best[event["unit_id"]], number(event["participants"]))
    return {u: max(len(listed[u]), best[u]) for u in {*listed, *best}}


def t4_02(b: Books) -> Counted:
    taught: dict[str, set[str]] = defaultdict(set)
    for unit, person in trained(b, "3"):
        taught[unit].add(person)
    events = contestants(b, ("4",))
    entrants: dict[str, set[str]] = defaultdict(set)
    kinds = {e["id"] for e in b.read("skill_event") if e["kind"] == "4" and b.in_year(e["held_on"])}
    for row in b.read("skill_entrant"):
        if row["parent_id"] in kinds:
            entrants[row["unit_id"]].add(b.identity(row["person_id"]))
    people = {u: max(len(taught[u] | entrants[u]), events.get(u, 0)) for u in {*taught, *events}}
    return capped(b, people, b.base()), b.all_employees()


def t4_03(b: Books) -> Counted:
    return capped(b, contestants(b, ("1", "2", "3")), b.base()), b.all_employees()


def t4_04(b: Books) -> Counted:
    certified = {b.identity(c["person_id"]) for c in b.read("skill_cert") if b.in_year(c["issued_on"]) and c["replaces"] != "true"}
    return len(certified), t4_03(b)[0]


def t4_05(b: Books, roles: tuple[str, ...]) -> Counted:
    classes = {c["id"] for c in b.read("training_class") if c["kind"] == "4" and b.in_year(c["end_on"])}
    passed = {b.identity(a["person_id"]) for a in b.read("training_attendance") if a["parent_id"] in classes and a["passed"] == "true"}
    base = {b.identity(p["person_id"]) for p in b.read("safety_person") if p["role"] in roles and b.by_the_end(p["begins_on"])
            and not "" < p["ends_on"] < b.last and p["unit_id"] in in_scope(b)}
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
    events = {e["id"] for e in b.read("event") if e["kind"] == "9" and b.in_year(e["held_on"])}
    found = {row["unit_id"] for ledger in ("event_unit", "event_attendee") for row in b.read(ledger) if row["parent_id"] in events}
    return found | {o["unit_id"] for o in b.read("legal_menu_order") if b.in_year(o["served_on"])}


def t5_01(b: Books) -> Counted:
    base = {u for u, row in b.units.items() if b.alive(row) and is_enterprise(row) and (b.own[u] or b.covered[u])}
    return len(base & reached_units(b)), len(base)


def t5_02(b: Books) -> Counted:
    people = took_part(b, ("9",), attested=True)
    for order in b.read("legal_menu_order"):
        if b.in_year(order["served_on"]):
            people[order["unit_id"]] = max(people.get(order["unit_id"], 0), number(order["persons"]))
    return capped(b, people, b.base("legal_staff_base")), b.all_employees("legal_staff_base")


def external(b: Books, name: str) -> int:
    """A figure of another body for the year: the year's own, or the sum of its parts."""
    rows = {row["period"]: number(row["value"]) for row in b.read("external_stat") if row["name"] == name and row["period"].startswith(str(b.year))}
    for kind in ("Y", "H", "Q", "M"):
        parts = [value for period, value in rows.items() if period[4:5] == kind]
        if parts:
            return sum(parts)
    return 0


def t5_03(b: Books) -> Counted:
    return sum(b.in_year(c["accepted_on"]) for c in b.read("mediation_case")), external(b, "1")


def t5_04(b: Books) -> Counted:
    centres = {o["id"] for o in b.read("mediation_org") if o["level"] == "2"}
    ours = sum(b.in_year(c["accepted_on"]) and c["org_id"] in centres for c in b.read("mediation_case"))
    others = external(b, "5") if b.settings.get("subcentre_rule", "sum") == "sum" else 0
    return ours + others, external(b, "2")


def t5_05(b: Books) -> Counted:
    closed = [c["outcome"] for c in b.read("mediation_case") if b.in_year(c["closed_on"])]
    concluded = ("1", "2", "4") if b.settings.get("concluded_rule") == "arbitration" else ("1", "2")
    return closed.count("1"), sum(outcome in concluded for outcome in closed)


def t5_06(b: Books) -> Counted:
    cases = [c for c in b.read("legal_aid_case") if b.in_year(c["decided_on"] or c["applied_on"])]
    base = [c for c in cases if c["decision"] and not (c["decision"] == "2" and c["reject_reason"] == "1")]
    return sum(c["decision"] in ("1", "3") for c in base), len(base)


def t5_07(b: Books) -> Counted:
    held, good = set(), set()
    for cert in b.read("legal_person_cert"):
        if b.by_the_end(cert["issued_on"]) and cert["status"] != "2" and b.living(b.unions[cert["union_id"]]):
            held.add(cert["union_id"])
            if len(cert["code"]) == 18 and cert["code"].startswith("81") and cert["valid_to"] >= b.last and not cert["valid_from"] > b.last:
                good.add(cert["union_id"])
    return len(good), len(held)
