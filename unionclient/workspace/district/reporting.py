"""The district's report of a period: a workbook to work with, and a PDF with charts to hand out.

Both say the same, from the index and the shelves alone; made again from the same packages they are the same bytes.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from unionclient.assessment.figures import Figure
from unionclient.assessment.periods import read_period
from unionclient.definition.faults import SubmissionError
from unionclient.printing import district_report as paper
from unionclient.printing.sheet import PrintContext
from unionclient.sheets.tablesbook import SheetTable, write_tables
from unionclient.store.database import Store
from unionclient.workspace import counting
from unionclient.workspace.district import adding, bodies
from unionclient.workspace.district.consolidating import index_of
from unionclient.workspace.district.crosschecks import cross_checks
from unionclient.workspace.district.facts import Body, Comparison, CrossFinding, DistrictFigure, Reported, StreetFigure

_KINDS = {"full": "报送", "delta": "补充", "amendment": "更正"}


def report(store: Store, code: str, out: Path, progress: Callable | None) -> Reported:
    """Both files, named `district-<period>`."""
    say = progress or (lambda *_: None)
    period = read_period(code)
    say("汇总指标", 0, 4)
    figures = adding.figures(store, period.code)
    if not figures:
        raise SubmissionError(f"{period.label}还没有汇总任何报送包", "没有写出报告。", "请先接收报送包并汇总。")
    compared = {each.id: each for each in adding.compare(store, period.code, None)}
    say("跨街道核对", 1, 4)
    crossed, absent = cross_checks(store, period.code), adding.missing(store, period.code)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SubmissionError(f"文件夹“{out}”不能建立：{fault.strerror or fault}", "没有写出报告。", "请换一个文件夹。") from fault
    say("写工作簿", 2, 4)
    name = store.setting("district.name") or ""
    book = write_tables(out / f"district-{period.code}.xlsx", _tables(store, f"{name}{period.label}", period.code, figures, compared, crossed, absent))
    say("印 PDF", 3, 4)
    page = paper.print_report(_pages(store, name, period, figures, compared, crossed, absent), out / f"district-{period.code}.pdf",
                              context=PrintContext(street_name=name, union_name=name, period_text=period.label))
    say("完成", 4, 4)
    return Reported(book, page)


# the workbook -----------------------------------------------------------------------------------------------------


def _tables(store: Store, title: str, code: str, figures: Sequence[DistrictFigure], compared: dict[str, Comparison], crossed: Sequence[CrossFinding],
            absent: Sequence[Body]) -> list[SheetTable]:
    return [
        SheetTable("全区指标", f"{title}工会工作指标汇总", (
            ("编号", 9), ("指标", 34), ("组别", 12), ("分子", 10), ("分母", 10), ("数值", 10), ("单位", 6), ("累计", 10), ("目标", 10), ("完成率％", 9), ("状态", 14),
            ("上期数值", 10), ("与上期比", 22), ("报送单位数", 8), ("说明", 50)), [_figure_row(each, compared[each.figure.id]) for each in figures]),
        _streets_table(title, figures),
        SheetTable("明细", f"{title}各报送单位分子分母", (
            ("编号", 9), ("指标", 34), ("代码", 12), ("报送单位", 16), ("分子", 10), ("分母", 10), ("数值", 10), ("累计", 10), ("按数据重算", 22)),
            [_part_row(each, part) for each in figures for part in each.parts]),
        _packages_table(store, title, code, absent),
        SheetTable("跨街道核对", f"{title}跨街道核对", (("核对", 8), ("名称", 28), ("级别", 8), ("说明", 70), ("涉及", 60)),
                   [[each.check, each.title, {"explain": "需说明", "hint": "提示"}[each.level], each.message,
                     "；".join(f"{place.street_name} {place.label} {place.record}" for place in each.places)] for each in crossed]),
    ]


def _figure_row(each: DistrictFigure, change: Comparison) -> list[Any]:
    figure = each.figure
    return [figure.id, figure.title, figure.group, figure.numerator, figure.denominator, figure.value, figure.unit, figure.year_to_date, figure.target,
            figure.done_rate, figure.state_text, change.before.value if change.before and change.before.value is not None else None, change.text, len(each.parts),
            "；".join(filter(None, (figure.problem, *each.notes)))]


def _streets_table(title: str, figures: Sequence[DistrictFigure]) -> SheetTable:
    """One row for a figure, one column for a body: the value, as the street signed it."""
    there = sorted({(part.code, part.name) for each in figures for part in each.parts})
    rows = []
    for each in figures:
        values = {part.code: part.value for part in each.parts}
        rows.append([each.figure.id, each.figure.title, each.figure.unit, each.figure.value, *(values.get(code) for code, _ in there)])
    return SheetTable("街道对比", f"{title}各报送单位对比", (("编号", 9), ("指标", 34), ("单位", 6), ("全区", 10), *((name, 12) for _, name in there)), rows)


def _part_row(each: DistrictFigure, part: StreetFigure) -> list[Any]:
    again = "" if part.again is None else " / ".join("—" if number is None else str(number) for number in part.again)
    return [each.figure.id, each.figure.title, part.code, part.name, part.numerator, part.denominator, part.value, part.year_to_date, again]


def _packages_table(store: Store, title: str, code: str, absent: Sequence[Body]) -> SheetTable:
    with index_of(store) as index:
        rows = index.execute("SELECT street, seq, kind, created_at, sha256 FROM package WHERE period = ? AND current = 1 ORDER BY street", (code,)).fetchall()
    told = [[street, bodies.body(store.library, street).name, "已汇总", seq, _KINDS.get(kind, kind), created[:16].replace("T", " "), sha256]
            for street, seq, kind, created, sha256 in rows]
    told += [[body.code, body.name, "没有报送", None, None, None, None] for body in absent]
    return SheetTable("报送情况", f"{title}报送情况", (("代码", 12), ("报送单位", 16), ("状态", 10), ("编号", 8), ("种类", 8), ("制作时间", 18), ("SHA-256", 70)), told)


# the PDF ----------------------------------------------------------------------------------------------------------


def _pages(store: Store, name: str, period: Any, figures: Sequence[DistrictFigure], compared: dict[str, Comparison], crossed: Sequence[CrossFinding],
           absent: Sequence[Body]) -> paper.Report:
    there = {part.code for each in figures for part in each.parts}
    aimed = [each for each in figures if each.figure.target is not None and each.parts]
    met = sum(each.figure.state == "met" for each in aimed)
    lead = [f"已汇总 {len(there)} 个报送单位；" + (f"没有报送的 {len(absent)} 个：{'、'.join(body.name for body in absent)}。" if absent else "应报单位都已报送。"),
            f"有目标的指标 {len(aimed)} 项，已达标 {met} 项。比率由各单位分子之和除以分母之和得出，不是各单位比率的平均。"]
    rows = [_shown(heading, figure, compared[figure.id]) for heading, group in counting.by_group([each.figure for each in figures]) for figure in group]
    notes = [f"{each.figure.id} {each.figure.title}：{note}" for each in figures for note in each.notes]
    problems = [f"{each.figure.id} {each.figure.title}：{each.figure.problem}" for each in figures if each.figure.problem]
    findings = [(heading, told) for heading, told in (("一、指标", problems + notes), ("二、跨街道核对", [f"{each.title}：{each.message}" for each in crossed])) if told]
    return paper.Report(f"{name}{period.label}工会工作指标汇总", lead, rows, [_chart(each) for each in aimed], findings)


def _shown(heading: str, figure: Figure, change: Comparison) -> paper.Row:
    facts = counting.figure_facts(figure)
    return paper.Row(figure.id, figure.title, facts["shown"], figure.target_text, figure.state_text, change.text, heading)


def _chart(each: DistrictFigure) -> paper.Chart:
    figure = each.figure
    rate = figure.kind != "C"
    bars = []
    for part in each.parts:
        done = part.value if rate else Decimal(part.numerator if part.year_to_date is None else part.year_to_date)
        shown = ("—" if done is None else f"{done}%") if rate else str(done)
        bars.append(paper.Bar(part.name.removesuffix("街道"), None if done is None else float(done), shown))
    most = max((bar.length for bar in bars if bar.length is not None), default=0.0)
    aim = float(figure.target) if rate else None
    full = max(100.0 if rate else most, most if rate and most < 130 else 0.0, 1.0)
    return paper.Chart(f"{figure.id} {figure.title}（{'％' if rate else figure.unit + '，累计' if figure.year_to_date is not None else figure.unit}）", bars, aim,
                       f"目标 {figure.target.normalize():f}%" if rate else "", full)

