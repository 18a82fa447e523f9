"""What goes into a package: the tables, workbooks, report and forms of one snapshot of the ledgers.

Numbers of persons are masked in all of them unless the officer chose otherwise; fields that stay with the street are in none.
"""

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.definition.ledger import Field, FormColumn, Ledger, PrintForm
from unionclient.store import changelog
from unionclient.store.database import Store
from unionclient.workspace import counting, paper
from unionclient.workspace.checking import CheckReport
from unionclient.workspace.datatables import MASKS, figure_table, ledger_table, sent_fields, settings_table
from unionclient.workspace.naming import Names
from unionclient.workspace.zeronotes import note_table

EXPLANATIONS = "explanations"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def tables_of(store: Store, period: str, figures: Sequence[Figure], report: CheckReport, *, mask: bool) -> list[Any]:
    """The ledgers that hold anything, the figures, the readings they rest on, the notes to empty ledgers, the explanations."""
    ledgers = [ledger_table(store, ledger, mask=mask, sent=True) for ledger in store.library.ledgers.values()]
    said = [note_table(store, period), _explanation_table(report)]
    return [*(table for table in ledgers if table.rows), figure_table(figures), settings_table(store), *(table for table in said if table.rows)]


def _explanation_table(report: CheckReport) -> Any:
    """What was explained; without the values and messages, which may be of persons."""
    from unionclient.submission.tabledata import Column, Table

    columns = (Column("id", "编号", required=True), Column("rule", "规则"), Column("ledger", "台账"), Column("record", "记录"),
               Column("fields", "栏目"), Column("text", "说明"), Column("who", "经办人"), Column("at", "时间"))
    told = {f.key: f for f in report.findings if f.explained is not None}
    rows = [[key, f.issue.rule, f.issue.ledger, f.issue.record, ",".join(f.issue.fields), f.explained.text, f.explained.who, f.explained.at] for key, f in sorted(told.items())]
    return Table(EXPLANATIONS, "问题说明", columns, rows, ("id",))


def members_of(store: Store, names: Names, officer: str, street: Any, period: Any, tables: Sequence[Any], figures: Sequence[Figure],
               *, number: str, mask: bool) -> list[Any]:
    """Workbooks of the ledgers with pages, the report, and the rosters that have records; `number` of the package stands on the paper."""
    from unionclient.printing.sheet import PrintContext
    from unionclient.submission.manifest import Member

    library = store.library
    filled = {table.name for table in tables}
    found = []
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        for ledger in library.ledgers.values():
            if ledger.id in filled and ledger.menu:
                content = _workbook(store, names, ledger, Path(folder) / "book.xlsx", mask)
                found.append(Member(f"workbooks/{_ascii(ledger.id)}.xlsx", f"{ledger.title}.xlsx", "workbook", _XLSX, content,
                                    source_member=f"data/{ledger.id}.csv"))
        context = PrintContext(street_name=street.title, union_name=f"{street.title}总工会", period_text=period.label, officer=officer,
                               printed_at=dt.datetime.now(), package_no=number, log_head=changelog.head(store.connection)[1])
        report = _report(figures, context, Path(folder) / "report.pdf")
        found.append(Member(f"reports/report-{period.code.lower()}.pdf", f"{period.label}工作指标统计表.pdf", "report", "application/pdf",
                            report, source_member="data/figures.csv"))
        for form in library.forms.values():
            if form.layout == "K1" and form.ledger in filled:
                try:
                    path = paper.print_form(store, names, form.id, Path(folder) / f"{form.id}.pdf", officer=officer, street=street.title,
                                            chosen=None, blank=False, period=period.code, package_no=number, mask=mask)
                except paper.NothingToPrint:  # the ledger has records, none of them for this roster
                    continue
                found.append(Member(f"forms/{form.id.lower()}.pdf", f"{form.title}.pdf", "form", "application/pdf", path.read_bytes(),
                                    source_member=f"data/{form.ledger}.csv"))
    return found


def _ascii(name: str) -> str:
    return name.replace("_", "-")


def _workbook(store: Store, names: Names, ledger: Ledger, path: Path, mask: bool) -> bytes:
    """The ledger as a workbook; rows and titles agree with its CSV."""
    from unionclient.sheets.writer import write_ledger
    from unionclient.workspace.importing import table_rows

    fields = sent_fields(ledger)
    above = 1 if ledger.parent else 0
    places = [above + n for n, field in enumerate(ledger.live_fields) if field.sent]
    masks = [MASKS.get(f.personal or "") if mask else None for f in fields]
    rows = []
    for row in table_rows(store, names, ledger):
        cells = [row[place] for place in places]
        rows.append([row[-1], *(cover(str(v)) if cover and v else v for cover, v in zip(masks, cells, strict=True))])
    write_ledger(path, ledger.title, ["系统编号", *(f.title for f in fields)], [None, *fields], rows)
    return path.read_bytes()


def _report(figures: Sequence[Figure], context: Any, path: Path) -> bytes:
    """The period's figures on one roster page."""
    from unionclient.printing.printer import print_form as print_pages
    from unionclient.printing.sheet import PrintRow

    ledger = Ledger("figures", "工作指标统计表", {name: Field(name, title) for name, title in _REPORT})
    columns = tuple(FormColumn(name, title, width, align) for (name, title), width, align in zip(_REPORT, _WIDTHS, _ALIGNS, strict=True))
    form = PrintForm("BB01", "工会工作指标统计表", "K1", "figures", columns, landscape=True, options={"confidential": False})
    rows = [PrintRow({k: str(v) for k, v in _report_cells(f).items()}) for f in figures]
    return print_pages(form, ledger, rows, path, context=context).read_bytes()


_REPORT = (("id", "编号"), ("title", "指标"), ("shown", "完成情况"), ("target_text", "目标"), ("state_title", "状态"), ("reading", "统计口径"))
_WIDTHS = (18.0, 56.0, 52.0, 32.0, 32.0, 0.0)
_ALIGNS = ("center", "left", "center", "center", "center", "left")


def _report_cells(figure: Figure) -> dict[str, Any]:
    facts = counting.figure_facts(figure)
    return {name: facts[name] or "" for name, _ in _REPORT}
