"""Inspection teams, the ranking of recommendations, the street's yearly score: read from the store, and what is to be written."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.assessment import honours, inspections, triple
from unionclient.assessment.honours import Place
from unionclient.assessment.inspections import ItemMark, TeamMark
from unionclient.assessment.periods import read_period
from unionclient.assessment.scoresheets import HOME, TRIPLE, sheet_of
from unionclient.assessment.shares import percent, read_share
from unionclient.assessment.triple import TripleMark, TripleTotal
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import ScoreItem, ScoreSheet
from unionclient.definition.record import Record, Write
from unionclient.definition.words import CHINESE, _, speaking
from unionclient.store import records
from unionclient.store.changelog import uuid7
from unionclient.store.database import Store
from unionclient.workspace import counting
from unionclient.workspace.naming import Names

INSPECTION, MEMBER, MARK = "home_inspection", "inspection_member", "inspection_item"
HONOUR, QUOTA, STREET_SCORE, STREET_ITEM = "honour_recommendation", "honour_quota", "triple_creation", "triple_item"


def one(store: Store, ledger: str, record: str, missing: str) -> Record:
    """The record, or `UnionClientError` with the words `missing`."""
    found = next(records.select(store.connection, store.library.ledgers[ledger], "id = ? AND void = 0", (record,)), None)
    if found is None:
        raise UnionClientError(missing, "", _("请刷新后重新选择。"))
    return found


def below(store: Store, ledger: str, parent: str) -> list[Record]:
    return list(records.select(store.connection, store.library.ledgers[ledger], "parent_id = ? AND void = 0 ORDER BY rowid", (parent,)))


# inspections ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One of the team; `barred` says why their marks do not count, "" where they do."""

    record: str
    name: str
    leader: bool
    barred: str = ""


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """An item with each member's mark (tenths) by member id, and what they come to."""

    item: ScoreItem
    marks: Mapping[str, Record]
    result: ItemMark


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection opened for scoring. `total` sums the settled items, None while one is open."""

    record: Record
    sheet: ScoreSheet
    team: tuple[TeamMember, ...]
    lines: tuple[InspectionLine, ...]
    total: Decimal | None
    open_items: tuple[str, ...]
    reading: str


def inspection(store: Store, names: Names, record_id: str) -> Inspection:
    """The inspection with its team and the marks of every item."""
    record = one(store, INSPECTION, record_id, _("没有找到这次验家。"))
    sheet = sheet_of(store.library, HOME, record.get("sheet_id"), record.get("year") or dt.date.today().year)
    team = tuple(_member(store, names, record, m) for m in below(store, MEMBER, record_id))
    rows = [row for row in below(store, MARK, record_id) if row.get("mark") is not None]
    reading = store.setting("inspection_marks") or "mean"
    settled = inspections.settle(
        sheet, [TeamMark(r.get("member_id") or "", r.get("item_code") or "", Decimal(r["mark"]).scaleb(-1)) for r in rows],
        leader=next((m.record for m in team if m.leader), None), reading=reading, barred={m.record for m in team if m.barred})
    lines = tuple(InspectionLine(item, {r.get("member_id"): r for r in rows if r.get("item_code") == code}, settled[code])
                  for code, item in sheet.items.items())
    waiting = tuple(line.item.code for line in lines if line.result.value is None)
    total = None if waiting else sum((line.result.value for line in lines), Decimal(0))
    return Inspection(record, sheet, team, lines, total, waiting, _(inspections.READINGS[reading]))


def _member(store: Store, names: Names, record: Record, member: Record) -> TeamMember:
    person, union = member.get("person_id"), record.get("union_id")
    barred = _("本工会会员") if union and member.get("union_id") == union else ""
    if not barred and person and union:
        day = record.get("inspected_on") or dt.date.today()
        post = store.connection.execute(
            "SELECT 1 FROM union_cadre WHERE void = 0 AND union_id = ? AND person_id = ? AND coalesce(begins_on, '') <= ?"
            " AND (ends_on IS NULL OR ends_on > ?)", (union, person, day.isoformat(), day.isoformat())).fetchone()
        barred = _("本工会干部") if post else ""
    return TeamMember(member.id, names.label("person", person) or _("姓名未填"), member.get("role") == "1", barred)


def team_mark_writes(store: Store, names: Names, record_id: str, item: str, member: str, values: Mapping[str, Any]) -> list[Write]:
    """One member's mark of one item; the inspection keeps the sheet it is scored with."""
    opened = inspection(store, names, record_id)
    line = next((line for line in opened.lines if line.item.code == item), None)
    if line is None or member not in {m.record for m in opened.team}:
        raise UnionClientError(_("没有找到这一项或这位评审人。"), _("没有保存。"), _("请重新打开这次验家。"))
    known = next((r for r in below(store, MARK, record_id) if r.get("item_code") == item and r.get("member_id") == member), None)
    given = {"item_code": item, "member_id": member, "points": int(line.item.points.scaleb(1)), **values}
    writes = [Write(MARK, known.id if known else uuid7(), known is None, given, {}, record_id)]
    if not opened.record.get("sheet_id"):
        writes.append(Write(INSPECTION, record_id, False, {"sheet_id": opened.sheet.id}))
    return writes


def evaluation_of(store: Store, record: Record) -> str | None:
    """The evaluation of the same union and year, or None."""
    row = store.connection.execute("SELECT id FROM home_evaluation WHERE void = 0 AND union_id = ? AND year = ? ORDER BY rowid",
                                   (record.get("union_id"), record.get("year"))).fetchone()
    return row[0] if row else None


def settled_writes(store: Store, names: Names, record_id: str) -> tuple[str, list[Write]]:
    """The inspection's marks as the third column of the evaluation, which is made where there is none; (its id, writes)."""
    opened = inspection(store, names, record_id)
    if not opened.record.get("union_id") or not opened.record.get("year"):
        raise UnionClientError(_("这次验家没有填写工会或年度。"), _("没有改动。"), _("请先在验家台账补填。"))
    if opened.open_items:
        raise UnionClientError(_("还有 {n} 项没有打分：{names}。").format(n=len(opened.open_items), names=_("、").join(opened.open_items)),
                               _("考核没有改动。"), _("请打完分再记入考核。"))
    found = evaluation_of(store, opened.record)
    evaluation = found or uuid7()
    leader = "、".join(m.name for m in opened.team if m.leader)
    about = {"inspected_on": opened.record.get("inspected_on"), "leader": leader or None,
             "team": "、".join(m.name for m in opened.team if not m.leader)[:100] or None}
    if found is None:
        about |= {"union_id": opened.record["union_id"], "year": opened.record["year"], "sheet_id": opened.sheet.id, "status": "1"}
    writes = [Write("home_evaluation", evaluation, found is None, about)]
    known = {row.get("item_code"): row for row in below(store, "evaluation_item", evaluation)} if found else {}
    people = {m.record: m.name for m in opened.team}
    for line in opened.lines:
        row = known.get(line.item.code)
        if row is not None and row.get("na"):
            continue
        notes = "；".join(dict.fromkeys(r["note"] for r in line.marks.values() if r.get("note")))
        values = {"item_code": line.item.code, "points": int(line.item.points.scaleb(1)), "inspect": int(line.result.value.scaleb(1)),
                  "inspected_by": "、".join(people[m] for m in line.result.by if m in people)[:100] or None}
        if notes and not (row and row.get("deduct_reason")):
            values["deduct_reason"] = notes[:200]
        writes.append(Write("evaluation_item", row.id if row else uuid7(), row is None, values, {}, evaluation))
    return evaluation, writes


# honours ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RankedPlace:
    """A place of the ranking with what the page and the roster show of it."""

    record: str
    name: str
    union: str
    kind_of_unit: str
    score: Decimal | None
    rate: Decimal | None
    members: int
    place: Place


@dataclass(frozen=True, slots=True)
class Ranking:
    """All recommendations of a year, kind and level in order; `quota` as it was given (None: the total)."""

    year: int
    kind: str
    level: str
    places: tuple[RankedPlace, ...]
    quota: Mapping[str | None, int]


def ranking(store: Store, names: Names, year: int, kind: str, level: str) -> Ranking:
    """Who fulfils the conditions and whom the quota takes; withdrawn ones (未入围) are left out."""
    reader = counting.reading_for(store, read_period(f"{year}Y"), 1, ())
    cursor = reader.execute("SELECT * FROM honours WHERE kind = ? AND level = ? AND running = 1", (kind, level))
    columns = [column[0] for column in cursor.description]
    rows = {row[columns.index("record")]: dict(zip(columns, row, strict=True)) for row in cursor}
    quota = {row[0]: row[1] for row in store.connection.execute(
        f"SELECT enterprise_kind, sum(quota) FROM {QUOTA} WHERE void = 0 AND year = ? AND kind = ? AND level = ? AND quota IS NOT NULL"
        " GROUP BY enterprise_kind", (year, kind, level))}
    kinds = store.library.codes["enterprise_kind"]
    places = []
    for place in honours.rank(honours.read_candidates(rows.values()), quota):
        row, found = rows[place.candidate.record], place.candidate
        record = one(store, HONOUR, found.record, _("没有找到这条推荐。"))
        name = names.label("person", record.get("person_id")) or record.get("branch_name") or names.label("union_org", record.get("union_id"))
        places.append(RankedPlace(
            found.record, name, names.label("union_org", record.get("union_id")), kinds.title_of(found.kind_of_unit),
            None if found.score is None else Decimal(found.score).scaleb(-1),
            percent(row["satisfied"] or 0, row["voted"]) if row["voted"] else None, found.members, place))
    return Ranking(year, kind, level, tuple(places), quota)


def ranking_writes(found: Ranking) -> list[Write]:
    """Rank, score, satisfaction and members as they stand now, kept in the recommendations."""
    return [Write(HONOUR, p.record, False, {
        "rank": p.place.rank, "home_score": None if p.score is None else int(p.score.scaleb(1)),
        "ballot_rate": None if p.rate is None else int(p.rate.scaleb(2)), "members": p.members}) for p in found.places]


# the street's yearly score ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StreetLine:
    """An item of the street's score with its stored row (None before the first computation) and what the figures say now."""

    item: ScoreItem
    row: Record | None
    now: TripleMark


@dataclass(frozen=True, slots=True)
class StreetScore:
    """The street's yearly score opened; `stale` items were computed on other figures than there are now."""

    record: Record
    sheet: ScoreSheet
    lines: tuple[StreetLine, ...]
    total: TripleTotal
    stale: tuple[str, ...]


def street_score(store: Store, record_id: str) -> StreetScore:
    """Every item with its marks, its figure of the year as it is now, and the totals of what is stored."""
    record = one(store, STREET_SCORE, record_id, _("没有找到这份三级联创自评。"))
    year = record.get("year") or dt.date.today().year
    sheet = sheet_of(store.library, TRIPLE, record.get("sheet_id"), year)
    if problems := triple.triple_problems(sheet, store.library.indicators):
        raise UnionClientError(_("评分表“{sheet}”有误。").format(sheet=sheet.title), _("自评没有改动。"), _("；").join(problems))
    named = {name for item in sheet.items.values() for name in (item.auto or {}).get("figures", ())}
    figures = {f.id: f for f in counting.all_figures(store, f"{year}Y", only=named)}
    now = triple.compute(sheet, figures, floor=read_share(store.setting("triple_floor") or "80%"))
    rows = {row.get("item_code"): row for row in below(store, STREET_ITEM, record_id)}
    lines = tuple(StreetLine(item, rows.get(code), now[code]) for code, item in sheet.items.items())
    total = triple.add_up(sheet, {code: row.values for code, row in rows.items()}, frozenset(c for c, mark in now.items() if mark.na))
    stale = tuple(line.item.code for line in lines if line.row is not None and line.row.get("auto") != _hundredths(line.now.value))
    return StreetScore(record, sheet, lines, total, stale)


def _hundredths(value: Decimal | None) -> int | None:
    return None if value is None else int(value.scaleb(2))


def street_auto_writes(store: Store, record_id: str) -> list[Write]:
    """Items as the figures are now: title, points, target, what was done, computed mark."""
    with speaking(CHINESE):
        opened = street_score(store, record_id)
    return [Write(STREET_ITEM, line.row.id if line.row else uuid7(), line.row is None, {
        **_item_facts(line), "target_text": line.now.target_text[:40] or None, "done_text": line.now.done_text[:60] or None,
        "auto": _hundredths(line.now.value)}, {}, record_id) for line in opened.lines]


def _item_facts(line: StreetLine) -> dict[str, Any]:
    return {"item_code": line.item.code, "title": line.item.title, "points": _hundredths(line.item.points)}


def street_mark_writes(store: Store, record_id: str, marks: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Write]:
    """(item code, parsed values) → writes to the items."""
    with speaking(CHINESE):
        lines = {line.item.code: line for line in street_score(store, record_id).lines}
    writes = []
    for code, values in marks:
        if code not in lines:
            raise UnionClientError(_("评分表里没有“{code}”。").format(code=code), _("没有保存。"), _("请重新打开三级联创自评。"))
        row = lines[code].row
        writes.append(Write(STREET_ITEM, row.id if row else uuid7(), row is None, {**_item_facts(lines[code]), **values}, {}, record_id))
    return writes


def street_total_write(store: Store, record_id: str, *, computed: bool) -> Write:
    """Totals as they follow from the items, and the sheet they rest on."""
    opened = street_score(store, record_id)
    values = {"sheet_id": opened.sheet.id, "auto_total": _hundredths(opened.total.auto), "self_total": _hundredths(opened.total.self),
              "verified_total": _hundredths(opened.total.verified)}
    if computed:
        values["computed_on"] = dt.date.today()
    return Write(STREET_SCORE, record_id, False, values)
