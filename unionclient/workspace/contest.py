"""The Ankang contest's entries as score sheets: marks by item, what they come to, and what is to be written."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from unionclient.assessment import ankang
from unionclient.assessment.ankang import AnkangResult
from unionclient.assessment.scoresheets import ANKANG, sheet_of
from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import ScoreItem, ScoreSheet
from unionclient.definition.record import Record, Write
from unionclient.definition.words import _
from unionclient.store.changelog import uuid7
from unionclient.store.database import Store
from unionclient.workspace.judging import below, one

ENTRY, ITEM = "ankang_entry", "ankang_item"
COLUMNS = {"self": "self_score", "inspect": "check_score"}
"""A column of the items and the total of the entry it adds up to."""


@dataclass(frozen=True, slots=True)
class ContestLine:
    """An item with its stored row, None before the first mark."""

    item: ScoreItem
    row: Record | None


@dataclass(frozen=True, slots=True)
class Contest:
    """An entry opened for scoring. `results` by column; a column nobody began is not in it."""

    record: Record
    sheet: ScoreSheet
    lines: tuple[ContestLine, ...]
    results: Mapping[str, AnkangResult]


def contest(store: Store, record_id: str) -> Contest:
    """The entry's sheet with its marks and what they come to."""
    record = one(store, ENTRY, record_id, _("没有找到这条参赛登记。"))
    sheet = sheet_of(store.library, ANKANG, record.get("sheet_id"), record.get("year") or dt.date.today().year)
    rows = {row.get("item_code"): row for row in below(store, ITEM, record_id)}
    lines = tuple(ContestLine(item, rows.get(code)) for code, item in sheet.items.items())
    na = [line.item.code for line in lines if line.row is not None and line.row.get("na")]
    bonus = Decimal(record.get("bonus") or 0).scaleb(-1)
    veto = [record["veto_code"]] if record.get("veto_code") else []
    results = {}
    for column in COLUMNS:
        marks = {line.item.code: Decimal(line.row[column]).scaleb(-1) for line in lines if line.row is not None and line.row.get(column) is not None}
        if marks:
            results[column] = ankang.judge(sheet, marks, na=na, bonus=bonus, vetoes=veto, injuries=record.get("injuries") or 0)
    return Contest(record, sheet, lines, results)


def mark_writes(store: Store, record_id: str, marks: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Write]:
    """(item code, parsed values) → writes to the items of an entry."""
    lines = {line.item.code: line for line in contest(store, record_id).lines}
    writes = []
    for code, values in marks:
        if code not in lines:
            raise UnionClientError(_("评分表里没有“{code}”。").format(code=code), _("没有保存。"), _("请重新打开这条参赛登记。"))
        row = lines[code].row
        writes.append(Write(ITEM, row.id if row else uuid7(), row is None, {"item_code": code, **values}, {}, record_id))
    return writes


def total_write(store: Store, record_id: str) -> Write:
    """The totals, bonus included, of the columns somebody began, and the sheet they rest on."""
    opened = contest(store, record_id)
    totals = {COLUMNS[column]: int(result.total.scaleb(1)) for column, result in opened.results.items()}
    return Write(ENTRY, record_id, False, {"sheet_id": opened.sheet.id, **totals})
