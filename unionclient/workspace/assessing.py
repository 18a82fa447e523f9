"""Home evaluations and ballots: read from the store, and what is to be written."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.assessment import autoscores, ballots, scores
from unionclient.assessment.ballots import BallotResult
from unionclient.assessment.periods import Period, read_period
from unionclient.assessment.scores import ScoreResult
from unionclient.assessment.scoresheets import HOME, sheet_of
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import ScoreItem, ScoreSheet
from unionclient.definition.record import Record, Write
from unionclient.definition.words import _
from unionclient.store import records
from unionclient.store.changelog import uuid7
from unionclient.store.database import Store

COLUMNS = ("self", "review", "inspect")


def reading_for(store: Store, period: Period) -> Any:
    """The sealed connection with `period` set."""
    return store.reading(period.row(dt.date.today()))


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One item of an evaluation as the sheet page and the printed form need it; `record` is the child's id or None."""

    item: ScoreItem
    record: str | None
    values: Mapping[str, Any]
    auto_words: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A home evaluation opened for scoring."""

    record: Record
    sheet: ScoreSheet
    lines: tuple[ScoreLine, ...]
    result: ScoreResult
    proposed_vetoes: tuple[str, ...]


def evaluation(store: Store, record_id: str, *, words: bool = True) -> Evaluation:
    """The sheet of one evaluation with its marks and what it adds up to; with `words` also what the ledgers say of it."""
    ledger = store.library.ledgers["home_evaluation"]
    record = next(records.select(store.connection, ledger, "id = ?", (record_id,)), None)
    if record is None:
        raise UnionClientError(_("没有找到这份考核。"), "", _("请从职工之家考核台账打开。"))
    sheet = sheet_of(store.library, HOME, record.get("sheet_id"), record.get("year") or dt.date.today().year)
    items = list(records.select(store.connection, store.library.ledgers["evaluation_item"],
                                "parent_id = ? AND void = 0", (record_id,)))
    by_code = {item.get("item_code"): item for item in items}
    auto, vetoes = _auto(store, sheet, record) if words else ({}, ())
    lines = tuple(ScoreLine(item, by_code[code].id if code in by_code else None,
                            by_code[code].values if code in by_code else {}, auto[code].words if code in auto else "")
                  for code, item in sheet.items.items())
    bonus = Decimal(record.get("bonus") or 0).scaleb(-1)
    result = scores.score(sheet, scores.read_items(items), bonus=bonus, veto=record.get("veto_code"))
    return Evaluation(record, sheet, lines, result, vetoes)


def _auto(store: Store, sheet: ScoreSheet, record: Record) -> tuple[dict[str, autoscores.AutoScore], tuple[str, ...]]:
    union, year = record.get("union_id"), record.get("year")
    if not union or not year:
        return {}, ()
    reader = reading_for(store, read_period(f"{year}Y"))
    return (autoscores.auto_scores(reader, store.library, sheet, union),
            autoscores.auto_vetoes(reader, store.library, sheet, union))


def auto_writes(store: Store, record_id: str) -> list[Write]:
    """Marks computed from the ledgers, written into every item's `auto`; items not there yet are made."""
    opened = evaluation(store, record_id, words=False)
    auto, _ = _auto(store, opened.sheet, opened.record)
    writes = []
    for line in opened.lines:
        mark = auto.get(line.item.code)
        value = None if mark is None or mark.value is None else int(mark.value.scaleb(1))
        if line.record is None:
            writes.append(Write("evaluation_item", uuid7(), True, {**_named(line.item), "auto": value}, {}, record_id))
        elif line.values.get("auto") != value:
            writes.append(Write("evaluation_item", line.record, False, {**_named(line.item), "auto": value}))
    return writes


def mark_writes(store: Store, record_id: str, marks: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Write]:
    """(item code, parsed values) → writes to the items of an evaluation."""
    opened = evaluation(store, record_id, words=False)
    lines = {line.item.code: line for line in opened.lines}
    writes = []
    for code, values in marks:
        if code not in lines:
            raise UnionClientError(_("评分表里没有“{code}”。").format(code=code), _("没有保存。"), _("请重新打开考核。"))
        known = lines[code].record
        named = _named(lines[code].item)
        if known is None:
            writes.append(Write("evaluation_item", uuid7(), True, {**named, **values}, {}, record_id))
        else:
            writes.append(Write("evaluation_item", known, False, {**named, **values}))
    return writes


def _named(item: ScoreItem) -> dict[str, Any]:
    """An item's code and full points as its row keeps them."""
    return {"item_code": item.code, "points": int(item.points.scaleb(1))}


def total_write(store: Store, record_id: str) -> Write:
    """Totals, final score and grade of an evaluation as they follow from its items, and the sheet they rest on."""
    opened = evaluation(store, record_id, words=False)
    result = opened.result

    def tenths(value: Decimal | None) -> int | None:
        return None if value is None else int(value.scaleb(1))

    return Write("home_evaluation", record_id, False, {
        **{f"{column}_total": tenths(result.totals[column]) for column in COLUMNS},
        "sheet_id": opened.sheet.id, "na_points": tenths(result.na_points), "final": tenths(result.final), "grade": result.grade or None})


def ballot(store: Store, record_id: str) -> BallotResult:
    """Rates and verdict of one ballot in the street's chosen reading."""
    record = next(records.select(store.connection, store.library.ledgers["home_ballot"], "id = ?", (record_id,)), None)
    if record is None:
        raise UnionClientError(_("没有找到这次评家。"), "", _("请从会员评家台账打开。"))
    count = ballots.BallotCount(**{name: record.get(name) for name in ballots.BallotCount.__dataclass_fields__})
    return ballots.tally(count, turnout=ballots.read_turnout(store.setting("ballot_turnout")),
                         reading=store.setting("ballot_satisfaction") or "both")
