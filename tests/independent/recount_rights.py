"""Focus 1 and 2 counted by hand: organisation, members, contracts, congresses, women."""

from collections import defaultdict

from independent.books import Books, Counted, is_enterprise, later, number, persons_of, took_part


# -- focus 1: organisation -------------------------------------------------------------------------------------

def t1_01(b: Books, least: int = 0) -> Counted:
    column = "approved_on" if b.settings.get("founding_date_rule") == "approval" else "founded_on"
    return sum(u["union_type"] == "01" and b.in_year(u[column]) and not u.get("moved_in_on") and
               number(u["employees_at_founding"]) >= least for u in b.unions.values()), None


def t1_02(b: Books) -> Counted:
    return t1_01(b, 100)


def t1_03(b: Books) -> Counted:
    return len({c["unit_id"] for c in b.read("union_coverage")
                if c["unit_id"] and b.in_year(c["covered_from"]) and b.unions[c["union_id"]]["union_type"] == "03"}), None


def t1_04(b: Books) -> Counted:
    """Who came along with a union from another street is no new member here (§4.6)."""
    modes = ("1", "2") if b.settings.get("new_member_rule") == "with_transfers" else ("1",)
    return len({m["id_no"] for m in b.read("membership") if m["id_no"] and m["join_mode"] in modes and b.in_year(m["joined_on"])
                and not m["joined_on"] < b.unions[m["union_id"]].get("moved_in_on", "")}), None


def t1_05(b: Books) -> Counted:
    whole = {name for name, union in b.unions.items() if b.living(union)}
    voted = {v["union_id"] for v in b.read("home_ballot") if v["year"] == str(b.year) and b.by_the_end(v["held_on"])
             and number(v["eligible"]) and 3 * number(v["valid"]) >= 2 * number(v["eligible"])}
    return len(whole & voted), len(whole)


# -- focus 2: rights -------------------------------------------------------------------------------------------

def enterprises(b: Books) -> set[str]:
    """E: enterprises with a living union."""
    wider = b.settings.get("contract_base") == "with_institutions"
    return {u for u, row in b.units.items() if b.alive(row) and b.unionised(u) and
            (is_enterprise(row) or wider and row.get("as_enterprise") == "true")}


def in_force(b: Books, contract: dict[str, str]) -> bool:
    """Effective fifteen days after it was filed without objection, and not over."""
    wait = int(b.settings.get("contract_review_days", "15"))
    if contract["review"] != "1" or not contract["filed_on"] or not contract["valid_from"] or b.by_the_end(contract["ended_on"]):
        return False
    return max(later(contract["filed_on"], wait), contract["valid_from"]) <= b.last <= contract["valid_to"]


def contracts(b: Books, kind: str) -> dict[str, list[dict[str, str]]]:
    """Unit → contracts of a kind in force that bind it: its own, and those of an area, a trade or a group that name it."""
    found = defaultdict(list)
    covered = defaultdict(list)
    for row in b.read("contract_coverage"):
        if b.by_the_end(row["begins_on"]):
            covered[row["parent_id"]].append(row["unit_id"])
    for contract in b.read("collective_contract"):
        if contract["kind"] == kind and in_force(b, contract):
            units = {*covered[contract["id"]]} if contract["level"] in ("2", "3") else {contract["unit_id"], *covered[contract["id"]]}
            for unit in units - {""}:
                found[unit].append(contract)
    return found


def t2_01(b: Books, kind: str = "1") -> Counted:
    base, bound = enterprises(b), contracts(b, kind)
    return sum(bool(bound[u]) for u in base), len(base)


def t2_02(b: Books) -> Counted:
    return t2_01(b, "2")


def has_women_org(b: Books) -> set[str]:
    """Units whose union has a women workers' organisation."""
    unions = {w["union_id"] for w in b.read("women_org") if b.by_the_end(w["founded_on"])}
    return {unit for unit in b.units if (b.own[unit] | b.covered[unit]) & unions}


def t2_03(b: Books) -> Counted:
    base = enterprises(b) & has_women_org(b) & {u for u, found in contracts(b, "1").items() if found}
    bound = contracts(b, "3")
    return sum(bool(bound[u]) for u in base), len(base)


def t2_06(b: Books) -> Counted:
    """Required fields (● and, where they apply, ◐ of §5.1) of the contracts signed and not over before the year, filled and sound."""
    covered = {row["parent_id"] for row in b.read("contract_coverage")}
    good = wanted = 0
    for c in b.read("collective_contract"):
        if not (b.by_the_end(c["signed_on"]) or not c["signed_on"] and c["status"] != "1") or "" < c["valid_to"] < b.first:
            continue
        area = c["level"] in ("2", "3")
        expected, present, agree = (number(c[name]) for name in ("cong_expected", "cong_present", "cong_agree"))
        sound = [c["kind"], c["level"], c["unit_id"] or area and c["id"] in covered, c["union_id"],
                 c["negotiated_on"] and c["negotiated_on"] >= c["offer_on"], c["congress_on"] and c["congress_on"] >= c["negotiated_on"],
                 expected, expected >= present and 3 * present >= 2 * expected and c["cong_present"] and c["cong_expected"],
                 present >= agree and 2 * agree > expected and c["cong_agree"],
                 c["worker_rep"] and c["worker_rep"] != c["employer_rep"], c["employer_rep"] and c["worker_rep"] != c["employer_rep"],
                 c["signed_on"] and c["signed_on"] >= c["congress_on"], number(c["covered"]),
                 c["covered_female"] and (not c["covered"] or number(c["covered_female"]) <= number(c["covered"])),
                 c["valid_from"], c["valid_to"] and c["valid_to"] > c["valid_from"], c["review"], c["standard_ok"],
                 c["independent"] and not (c["independent"] == "true" and area), c["db_entered_on"], c["db_ok"] == "true"]
        if c["filed_on"] or not (c["signed_on"] and later(c["signed_on"], 10) >= b.last):   # ten days to file
            sound += [c["filed_on"] and c["filed_on"] >= c["signed_on"] > "", c["filing_no"]]
        good += sum(map(bool, sound))
        wanted += len(sound)
    return good, wanted


def hundred(b: Books) -> set[str]:
    return {u for u in enterprises(b) if b.employees(u) >= 100}


def t2_04(b: Books) -> Counted:
    base = hundred(b)
    own = {kind: {u for u, found in contracts(b, kind).items() if any(c["level"] == "1" and c["independent"] == "true" for c in found)}
           for kind in ("1", "2")}
    return len(base & own["1"] & own["2"]), len(base)


def t2_05(b: Books) -> Counted:
    base = hundred(b)
    good = {u for u, found in contracts(b, "2").items() if any(c["standard_ok"] == "true" for c in found)}
    return len(base & good), len(base)


def congress_base(b: Books, restricted: bool = False) -> set[str]:
    """Enterprises and institutions with a union; restricted: state or collective holding, or an institution."""
    return {u for u, row in b.units.items() if b.alive(row) and b.unionised(u) and (is_enterprise(row) or row["unit_type"] == "400")
            and (not restricted or row["holding"] in ("1", "2", "3", "4") or row["unit_type"] == "400")}


def sessions(b: Books) -> list[dict[str, str]]:
    """Sessions held by the year's end with two thirds of the delegates; without them it was none."""
    return [s for s in b.read("workers_congress") if b.by_the_end(s["held_on"]) and s["status"] != "1"
            and number(s["delegates"]) and 3 * number(s["present"]) >= 2 * number(s["delegates"])]


def held_congress(b: Books) -> set[str]:
    """Units with a session in the year: their own, or one of the area or trade whose union they belong to."""
    found = set()
    for session in sessions(b):
        if not b.in_year(session["held_on"]):
            continue
        found.add(session["unit_id"])
        if session["level"] in ("3", "4") and session.get("union_id"):
            found |= {u for u in b.units if session["union_id"] in b.own[u] | b.covered[u]}
    return found


def t2_07(b: Books) -> Counted:
    base = {u for u, row in b.units.items() if row["is_group"] == "true" and b.alive(row)}
    done = {s["unit_id"] for s in sessions(b) if s["level"] == "2"}
    return len(base & done), len(base)


def t2_08(b: Books, restricted: bool = False) -> Counted:
    base = congress_base(b, restricted)
    return len(base & held_congress(b)), len(base)


def t2_09(b: Books) -> Counted:
    return t2_08(b, True)


def t2_10(b: Books, restricted: bool = False) -> Counted:
    told = {d["parent_id"] for d in b.read("disclosure") if b.in_year(d["disclosed_on"])}
    done = {a["unit_id"] for a in b.read("open_affairs") if b.by_the_end(a["system_since"]) and a["id"] in told}
    base = congress_base(b, restricted)
    return len(base & done), len(base)


def t2_11(b: Books) -> Counted:
    return t2_10(b, True)


def t2_12(b: Books) -> Counted:
    posts = defaultdict(set)
    for seat in b.read("employee_director"):
        if b.by_the_end(seat["elected_on"]) and seat["term_end"] >= b.last:
            posts[seat["unit_id"]].add(seat["post"])
    base, done = 0, 0
    for unit, row in b.units.items():
        wanted = {post for post, has in (("1", row["has_board"]), ("2", row["has_supervisors"])) if has == "true"}
        if b.alive(row) and row["is_company"] == "true" and wanted:
            base += 1
            done += bool(posts[unit]) if b.settings.get("director_mode") == "any" else wanted <= posts[unit]
    return done, base


def t2_13(b: Books) -> Counted:
    grace = int(b.settings.get("women_grace_days", "30"))
    orgs = defaultdict(list)
    for org in b.read("women_org"):
        orgs[org["union_id"]].append(org["founded_on"])
    base = done = 0
    for union in b.unions.values():
        units = {union["unit_id"]} - {""} | {u for u, by in b.covered.items() if union["id"] in by}
        women = sum(b.women(u) for u in units) or any(b.by_the_end(day) for day in orgs[union["id"]])
        if b.in_year(union["founded_on"]) and b.living(union) and women:
            base += 1
            done += any("" < day <= later(union["founded_on"], grace) for day in orgs[union["id"]])
    return done, base


def t2_14a(b: Books) -> Counted:
    """A system is a unit's congress at one level; that of an area or trade is one system of the union that calls it."""
    def system(s: dict[str, str]) -> tuple[str, str]:
        return s["level"], s["union_id"] or s["unit_id"] if s["level"] in ("3", "4") else s["unit_id"]

    base = {system(s) for s in sessions(b) if b.alive(b.units[s["unit_id"]])}
    filed = {system(s) for s in sessions(b) if b.by_the_end(s["filed_on"])}
    return len(base & filed), len(base)


def t2_14b(b: Books) -> Counted:
    rows = [a for a in b.read("open_affairs") if b.by_the_end(a["system_since"])]
    base = {a["unit_id"] for a in rows if b.alive(b.units[a["unit_id"]])}
    filed = {a["unit_id"] for a in rows if b.by_the_end(a["filed_on"])}
    return len(base & filed), len(base)


def t2_15(b: Books) -> Counted:
    base = [w for w in b.read("women_org") if b.by_the_end(w["founded_on"]) and w["form"] == "1" and b.living(b.unions[w["union_id"]])]
    return sum(w["director_treatment"] == "true" for w in base), len(base)


def t2_17(b: Books) -> Counted:
    """Required fields (● of A11–A13) of the year's congresses, the standing open management and the directors in office."""
    rows = []
    for w in b.read("workers_congress"):
        if b.in_year(w["held_on"]) and w["status"] != "1":
            delegates, present = number(w["delegates"]), number(w["present"])
            rows.append([w["unit_id"], w["level"], number(w["term_no"]) >= 1, number(w["session_no"]) >= 1, w["held_on"], w["agenda"], delegates > 0,
                         w["present"] and w["delegates"] and delegates >= present and 3 * present >= 2 * delegates, w["db_ok"] == "true"])
    for a in b.read("open_affairs"):
        if not a["system_since"] > b.last:
            rows.append([a["unit_id"], a["system_since"], a["leading_group"], a["forms"], a["db_ok"] == "true"])
    for e in b.read("employee_director"):
        if not e["elected_on"] > b.last and not "" < e["term_end"] < b.first:
            rows.append([e["unit_id"], e["person_id"], e["post"], e["elected_on"], e["term_end"] and e["term_end"] > e["elected_on"]])
    rows = [row for row in rows if row[0] in b.units]     # a row of no unit is refused before it is counted
    return sum(bool(cell) for row in rows for cell in row), sum(map(len, rows))


def t2_16(b: Books) -> Counted:
    base = {unit for unit in b.base() if b.women(unit)}
    return persons_of(took_part(b, ("1", "2", "7"), women=True), base), sum(b.women(unit) for unit in base)
