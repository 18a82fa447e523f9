"""The ledgers of a street as plain rows of text, and what several figures ask of them: who is alive, who took part."""

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

Counted = tuple[int, int | None]
ENTERPRISE = range(110, 301)            # 企业 by registration type; 400 is 事业单位
ENDED = ("3", "4")                      # 注销, 迁出


class Rows(dict):
    """Rows by id; an id that no row bears (voided since, or not filled in) gives a row of nothing."""

    def __missing__(self, _name: str) -> dict[str, str]:
        return defaultdict(str)


class Books:
    """The ledgers of one street at the end of a year; every row a dict of texts, "" for not filled in."""

    def __init__(self, folder: Path, year: int) -> None:
        self._folder = folder
        self.year = year
        self.first, self.last = f"{year}-01-01", f"{year}-12-31"
        self.settings = {row["key"]: row["value"] for row in self.read("settings")}
        self.units = Rows((row["id"], row) for row in self.read("unit"))
        self.unions = Rows((row["id"], row) for row in self.read("union_org"))
        self.people = Rows((row["id"], row) for row in self.read("person"))
        self.staff = self._newest("employee_stat", "unit_id")
        self.own = defaultdict(set)         # unit → its own living unions
        for union in self.unions.values():
            if self.living(union) and union["unit_id"]:
                self.own[union["unit_id"]].add(union["id"])
        self.covered = defaultdict(set)     # unit → unions that cover it
        for row in self.read("union_coverage"):
            if not self.gone(self.unions[row["union_id"]]) and "" < row["covered_from"] <= self.last and not "" < row["covered_to"] < self.last:
                self.covered[row["unit_id"]].add(row["union_id"])

    def read(self, ledger: str) -> list[dict[str, str]]:
        with open(self._folder / f"{ledger}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def in_year(self, day: str) -> bool:
        return self.first <= day[:10] <= self.last

    def by_the_end(self, day: str) -> bool:
        return "" < day[:10] <= self.last

    def living(self, union: dict[str, str]) -> bool:
        """Founded, neither dissolved nor moved to another street by the year's end. Status 1 is still being founded."""
        return self.by_the_end(union["founded_on"]) and union["status"] != "1" and not self.gone(union)

    def gone(self, union: dict[str, str]) -> bool:
        """Dissolved, moved away, or not yet moved in."""
        if self.by_the_end(union["dissolved_on"]) or union["status"] == "5" and not union["dissolved_on"]:
            return True
        return union["moved_in_on"] > self.last or self.by_the_end(union["moved_out_on"])

    def alive(self, unit: dict[str, str]) -> bool:
        return unit["id"] != "" and not (unit["biz_status"] in ENDED and unit["status_from"] <= self.last)

    def unionised(self, unit: str) -> bool:
        """By the street's choice of base for the rates: an own union, or also one that covers it."""
        joined = self.settings.get("rights_union", "own") == "joined"
        return bool(self.own[unit]) or joined and bool(self.covered[unit])

    def employees(self, unit: str) -> int:
        return number(self.staff[unit]["employees"]) if unit in self.staff else 0

    def women(self, unit: str) -> int:
        return number(self.staff[unit]["female"]) if unit in self.staff else 0

    def base(self, setting: str = "staff_base") -> set[str]:
        """The units whose employees are meant: all alive, or those with a union by the street's choice."""
        everybody = self.settings.get(setting, "all") == "all"
        return {u for u, row in self.units.items() if self.alive(row) and (everybody or self.own[u] or self.covered[u])}

    def all_employees(self, setting: str = "staff_base") -> int:
        return sum(self.employees(unit) for unit in self.base(setting))

    def identity(self, person: str) -> str:
        """Who a person is: the number, so that one entered twice is one; without a number the entry itself."""
        return self.people[person]["id_no"] or person

    def is_woman(self, person: str) -> bool:
        """By gender, or by the identity number where that is not given."""
        row = self.people[person]
        return row["gender"] == "2" or row["gender"] != "1" and len(row["id_no"]) == 18 and row["id_no"][16] in "02468"

    def _newest(self, ledger: str, key: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for row in self.read(ledger):
            if row[key] and self.by_the_end(row["as_of"]) and row["as_of"] >= found.get(row[key], {"as_of": ""})["as_of"]:
                found[row[key]] = row
        return found


def number(text: str) -> int:
    return int(text or 0)


def is_enterprise(unit: dict[str, str]) -> bool:
    return unit["unit_type"] != "" and int(unit["unit_type"]) in ENTERPRISE


def later(day: str, days: int) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=days)).isoformat()


def at_the_latest(seen: list[tuple[str, str, str]]) -> dict[str, int]:
    """(day and row, person, unit) → unit → persons: each person once, where the person was last."""
    last: dict[str, tuple[str, str]] = {}
    for day, person, unit in seen:
        last[person] = max(last.get(person, ("", "")), (day, unit))
    found: dict[str, int] = defaultdict(int)
    for _day, unit in last.values():
        found[unit] += 1
    return found


def took_part(b: Books, kinds: tuple[str, ...], *, women: bool = False, attested: bool = False) -> dict[str, int]:
    """Unit → distinct persons at events of these kinds in the year.

    With a list its persons count, each once; without one, of each unit's events only the largest, for nobody knows
    whether the same people came again; a unit's number is the larger of the two. An event for which no unit is named
    is the organiser's own; where one unit is named without a number, the event's number is its. `attested`: a number
    without a list counts whatever the street chose (§8.3).
    """
    column = "female_persons" if women else "persons"
    events = {e["id"]: e for e in b.read("event") if e["kind"] in kinds and b.in_year(e["held_on"])}
    listed = [row for row in b.read("event_attendee") if row["parent_id"] in events and row["person_id"] and row["unit_id"]]
    with_list = {row["parent_id"] for row in listed}
    named = at_the_latest([(events[row["parent_id"]]["held_on"] + row["id"], b.identity(row["person_id"]), row["unit_id"])
                           for row in listed if not women or b.is_woman(row["person_id"])])
    told: dict[str, dict[str, int | None]] = defaultdict(dict)
    for row in b.read("event_unit"):
        if row["parent_id"] in events and row["unit_id"]:
            before = told[row["parent_id"]].get(row["unit_id"])
            told[row["parent_id"]][row["unit_id"]] = max(before or 0, number(row[column])) if row[column] else before
    best: dict[str, int] = defaultdict(int)
    if attested or b.settings.get("participation_rule", "best") == "best":
        for name, event in events.items():
            units = told[name] or {b.unions[event["organiser_union_id"]]["unit_id"]: number(event[column])}
            for unit, count in units.items() if name not in with_list else ():
                best[unit] = max(best[unit], count if count is not None else number(event[column]) if len(units) == 1 else 0)
    return {u: max(named.get(u, 0), best.get(u, 0)) for u in {*named, *best} - {""}}


def persons_of(people: dict[str, int], units: set[str]) -> int:
    return sum(count for unit, count in people.items() if unit in units)
