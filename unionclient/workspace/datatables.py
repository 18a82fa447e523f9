"""Ledgers and figures as tables for machines: what a package carries, and what an export of everything writes.

Codes stay codes, references stay ids, money is in yuan. Personal numbers are masked, and fields that stay with the street
(`sent = false`) left out, unless the street takes out its own data.
"""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.definition.faults import UnionClientError
from unionclient.definition.formats import mask_id, mask_phone
from unionclient.definition.ledger import Field, Ledger
from unionclient.definition.words import _
from unionclient.store import records
from unionclient.store.database import Store

MASKS = {"id": mask_id, "phone": mask_phone}
_TYPES = {"int": "integer", "decimal": "number", "money": "number", "date": "date", "month": "yearmonth", "datetime": "datetime",
          "bool": "boolean"}


def sent_fields(ledger: Ledger) -> list[Field]:
    """The fields that go into a package."""
    return [field for field in ledger.live_fields if field.sent]


def ledger_table(store: Store, ledger: Ledger, *, mask: bool = True, sent: bool | None = None) -> Any:
    """The alive records of a ledger as a `submission.tabledata.Table`, in the order of their ids.

    `mask` covers numbers of persons; `sent` leaves out the fields that stay with the street (as `mask` unless said).
    """
    from unionclient.submission.tabledata import Table

    fields = sent_fields(ledger) if (mask if sent is None else sent) else list(ledger.live_fields)
    rows = []
    for record in records.select(store.connection, ledger, "void = 0 ORDER BY id"):
        above = [record.parent] if ledger.parent else []
        rows.append([record.id, *above, *(_cell(f, record.values.get(f.id), record.raw.get(f.id), mask) for f in fields)])
    return Table(ledger.id, ledger.title, tuple(_columns(ledger, fields)), rows, ("id",))


def figure_table(figures: Sequence[Figure]) -> Any:
    """The figures of a period as a table."""
    from unionclient.submission.tabledata import Column, Table

    columns = (Column("id", _("编号"), required=True), Column("title", _("指标")), Column("unit", _("计量单位")), Column("numerator", _("完成"), "integer"),
               Column("denominator", _("应完成"), "integer"), Column("value", _("数值"), "number"), Column("year_to_date", _("累计"), "integer"),
               Column("target", _("目标"), "number"), Column("state", _("状态")))
    rows = [[f.id, f.title, f.unit, f.numerator, f.denominator, f.value, f.year_to_date, f.target, f.state] for f in figures]
    return Table("figures", _("工作指标"), columns, rows, ("id",))


def settings_table(store: Store) -> Any:
    """The readings the street chose (or the defaults), which its figures rest on, and its code."""
    from unionclient.submission.tabledata import Column, Table

    chosen = [[s.id, store.setting(s.id) or s.default] for s in store.library.settings.values()]
    chosen.append(["street", store.setting("street")])
    return Table("settings", _("设置"), (Column("key", _("设置"), required=True), Column("value", _("值"))), chosen, ("key",))


def export_all(store: Store, folder: Path) -> list[Path]:
    """Every ledger as CSV (header of field ids), and the settings that figures rest on; unmasked, for the street itself."""
    from unionclient.sheets.files import written_whole
    from unionclient.submission.tabledata import table_member

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnionClientError(_("文件夹“{folder}”不能建立：{strerror}").format(folder=folder, strerror=error.strerror or error), _("台账没有改动。"), _("请换一个文件夹。")) from error
    tables = [ledger_table(store, ledger, mask=False) for ledger in store.library.ledgers.values()]
    tables.append(settings_table(store))
    found = []
    for table in tables:
        path = folder / f"{table.name}.csv"
        with written_whole(path) as part:
            part.write_bytes(table_member(table).content)
        found.append(path)
    with store.transaction():   # whole identity numbers leave the store: who took them out, and when, stays in the log
        store.mark("export", store.site, who=store.setting("officer") or "", verb="export", title=_("导出全部台账（含完整证件号码）"),
                   facts={"files": len(found)})
    return found


def _columns(ledger: Ledger, fields: Sequence[Field]) -> list[Any]:
    from unionclient.submission.tabledata import Column

    own = [Column("id", _("系统编号"), "string", required=True)]
    if ledger.parent:
        own.append(Column("parent_id", _("上级记录")))
    return own + [Column(f.id, f.title, _TYPES.get(f.type, "string"), summed=f.type in ("int", "money") and bool(f.unit)) for f in fields]


def _cell(field: Field, value: Any, raw: str | None, mask: bool) -> Any:
    if value is None:
        return None if _TYPES.get(field.type) else raw
    if field.type in ("money", "decimal"):
        return Decimal(value).scaleb(-2 if field.type == "money" else -field.places)
    if field.type in ("codes", "attachment"):
        return ",".join(value)
    cover = MASKS.get(field.personal or "") if mask else None
    return cover(value) if cover else value
