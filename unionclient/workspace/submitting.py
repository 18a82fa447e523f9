"""The verb `submit`: one snapshot of the ledgers → data, workbooks, report and forms → one signed package.

Refuses while a blocking finding stands. Identity numbers and phones leave the store masked: the package is signed,
not yet encrypted.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from unionclient import __version__
from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import read_period
from unionclient.definition.faults import SubmissionError
from unionclient.definition.ledger import Field, FormColumn, Ledger, PrintForm
from unionclient.store import changelog, records
from unionclient.store.changelog import now_text, uuid7
from unionclient.store.database import Store
from unionclient.store.tables import SCHEMA_VERSION
from unionclient.workspace import checking, counting, keeping, paper
from unionclient.workspace.checking import Finding
from unionclient.workspace.datatables import MASKS, figure_table, ledger_table, sent_fields
from unionclient.workspace.naming import Names

KEY_FILE = "signing-key.json"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Blocked(SubmissionError):
    """Findings that must be mended stand; `findings` are these."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"还有 {len(findings)} 个必须改正的问题，不能报送。", "台账没有改动，没有生成报送包。", "请逐条改正后再报送。")
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Submission:
    """A package that was made: where it is, its digest, its number."""

    path: Path
    sha256: str
    package_id: str
    seq: int
    period: str


def has_key(store: Store) -> bool:
    return (store.folder / KEY_FILE).is_file()


def submit(store: Store, names: Names, officer: str, street: Any, period_code: str, out: Path,
           passphrase: Callable[[bool], str], progress: Any = None) -> Submission:
    """Checks, builds and signs. `passphrase(new)` is asked once; `new` when the key is made by it."""
    from unionclient.submission.keys import load_key, make_key
    from unionclient.submission.manifest import ChangelogHead, Period, Program, Street
    from unionclient.submission.package import package_name, write_package

    say = progress or (lambda *_: None)
    period = read_period(period_code)
    say("检查", 0, 4)
    report = checking.check(store, names, officer, None, None, period)
    if report.blocking:
        raise Blocked(report.blocking)
    new = not has_key(store)
    words = passphrase(new)
    key_path = store.folder / KEY_FILE
    key = make_key(key_path, words, name=f"{street.title}总工会", street_code=street.code) if new else load_key(key_path, words)
    say("汇总数据和打印表格", 1, 4)
    count, head = changelog.head(store.connection)
    tables = [ledger_table(store, ledger) for ledger in store.library.ledgers.values()]
    tables = [table for table in tables if table.rows]
    figures = counting.all_figures(store, period_code)
    tables.append(figure_table(figures))
    last = store.connection.execute("SELECT seq, sha256 FROM submission ORDER BY seq DESC LIMIT 1").fetchone()
    seq, previous = (last[0] + 1, last[1]) if last else (1, None)
    name = Path(package_name(street.code, period.code, seq))
    members = _members(store, names, officer, street, period, tables, figures, name.stem)
    say("签名", 2, 4)
    out.mkdir(parents=True, exist_ok=True)
    package = write_package(
        out / name, members, tables=tables, street=Street(street.code, street.title),
        period=Period(_period_type(period.code), period.begins, period.ends, period.code), seq=seq, prev_sha256=previous, key=key,
        program=Program("unionclient", __version__, SCHEMA_VERSION), changelog=ChangelogHead(head, count),
        contains_personal_data=any(f.personal for l in store.library.ledgers.values() for f in l.live_fields),
        counts_by_topic={table.name: len(table.rows) for table in tables})
    with store.transaction():
        store.connection.execute("INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                 (package.package_id, seq, period.code, package.path.name, package.sha256, previous, now_text(),
                                  officer, head, "packed"))
        keeping.keep(store, package.package_id, figures)
        store.mark("submission", package.package_id, who=officer, verb="submit", title=f"报送{period.label}",
                   facts={"seq": seq, "period": period.code, "sha256": package.sha256})
    say("完成", 4, 4)
    return Submission(package.path, package.sha256, package.package_id, seq, period.code)


def submissions(store: Store) -> list[dict[str, Any]]:
    """Packages made so far, newest first."""
    rows = store.connection.execute("SELECT seq, period, file, sha256, at, who, state FROM submission ORDER BY seq DESC")
    return [dict(zip(("seq", "period", "file", "sha256", "at", "who", "state"), row, strict=True)) for row in rows]


def _period_type(code: str) -> str:
    return {"M": "month", "Q": "quarter", "H": "half", "Y": "year"}[code[4]]


# workbooks, report and forms ------------------------------------------------------------------------------------


def _members(store: Store, names: Names, officer: str, street: Any, period: Any, tables: Sequence[Any],
             figures: Sequence[Figure], number: str) -> list[Any]:
    """Workbooks of the ledgers with pages, the report, and the rosters that have records; `number` of the package stands on the paper."""
    import datetime as dt

    from unionclient.printing.sheet import PrintContext
    from unionclient.submission.manifest import Member

    library = store.library
    filled = {table.name for table in tables}
    found = []
    with tempfile.TemporaryDirectory(prefix="unionclient-") as folder:
        for ledger in library.ledgers.values():
            if ledger.id in filled and ledger.menu:
                content = _workbook(store, names, ledger, Path(folder) / "book.xlsx")
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
                                            chosen=None, blank=False, period=period.code, package_no=number)
                except paper.NothingToPrint:  # the ledger has records, none of them for this roster
                    continue
                found.append(Member(f"forms/{form.id.lower()}.pdf", f"{form.title}.pdf", "form", "application/pdf", path.read_bytes(),
                                    source_member=f"data/{form.ledger}.csv"))
    return found


def _ascii(name: str) -> str:
    return name.replace("_", "-")


def _workbook(store: Store, names: Names, ledger: Ledger, path: Path) -> bytes:
    """The ledger as a workbook with personal numbers masked; rows and titles agree with its CSV."""
    from unionclient.sheets.writer import write_ledger
    from unionclient.workspace.importing import table_rows

    fields = sent_fields(ledger)
    above = 1 if ledger.parent else 0
    places = [above + n for n, field in enumerate(ledger.live_fields) if field.sent]
    masks = [MASKS.get(f.personal or "") for f in fields]
    rows = []
    for row in table_rows(store, names, ledger):
        cells = [row[place] for place in places]
        rows.append([row[-1], *(mask(str(v)) if mask and v else v for mask, v in zip(masks, cells, strict=True))])
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
