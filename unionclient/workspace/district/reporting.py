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
from unionclient.definition.words import _, marked
from unionclient.printing import district_report as paper
from unionclient.printing.sheet import PrintContext
from unionclient.sheets.tablesbook import SheetTable, write_tables
from unionclient.store.database import Store
from unionclient.workspace import counting
from unionclient.workspace.district import adding, bodies
from unionclient.workspace.district.consolidating import index_of
from unionclient.workspace.district.crosschecks import cross_checks
from unionclient.workspace.district.facts import Body, Comparison, CrossFinding, DistrictFigure, Reported, StreetFigure

_KINDS = {"full": marked("报送"), "delta": marked("补充"), "amendment": marked("更正")}


def report(store: Store, code: str, out: Path, progress: Callable | None) -> Reported:
    """Both files, named `district-<period>`."""
    say = progress or (lambda *_told: None)
    period = read_period(code)
    say(_("汇总指标"), 0, 4)
    figures = adding.figures(store, period.code)
    if not figures:
        raise SubmissionError(_("{label}还没有汇总任何报送包").format(label=period.label), _("没有写出报告。"), _("请先接收报送包并汇总。"))
    compared = {each.id: each for each in adding.compare(store, period.code, None)}
    say(_("跨街道核对"), 1, 4)
    crossed, absent = cross_checks(store, period.code), adding.missing(store, period.code)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise SubmissionError(_("文件夹“{out}”不能建立：{strerror}").format(out=out, strerror=fault.strerror or fault), _("没有写出报告。"), _("请换一个文件夹。")) from fault
    say(_("写工作簿"), 2, 4)
    name = store.setting("district.name") or ""
    book = write_tables(out / f"district-{period.code}.xlsx", _tables(store, f"{name}{period.label}", period.code, figures, compared, crossed, absent))
    say(_("印 PDF"), 3, 4)
    page = paper.print_report(_pages(store, name, period, figures, compared, crossed, absent), out / f"district-{period.code}.pdf",
                              context=PrintContext(street_name=name, union_name=name, period_text=period.label))
    say(_("完成"), 4, 4)
    return Reported(book, page)


# the workbook -----------------------------------------------------------------------------------------------------


def _tables(store: Store, title: str, code: str, figures: Sequence[DistrictFigure], compared: dict[str, Comparison], crossed: Sequence[CrossFinding],
            absent: Sequence[Body]) -> list[SheetTable]:
    return [
        SheetTable(_("全区指标"), _("{title}工会工作指标汇总").format(title=title), (
            (_("编号"), 9), (_("指标"), 34), (_("组别"), 12), (_("分子"), 10), (_("分母"), 10), (_("数值"), 10), (_("单位"), 6), (_("累计"), 10), (_("目标"), 10),
            (_("完成率％"), 9), (_("状态"), 14),
            (_("上期数值"), 10), (_("与上期比"), 22), (_("报送单位数"), 8), (_("说明"), 50)), [_figure_row(each, compared[each.figure.id]) for each in figures]),
        _streets_table(title, figures),
        SheetTable(_("明细"), _("{title}各报送单位分子分母").format(title=title), (
            (_("编号"), 9), (_("指标"), 34), (_("代码"), 12), (_("报送单位"), 16), (_("分子"), 10), (_("分母"), 10), (_("数值"), 10), (_("累计"), 10), (_("按数据重算"), 22)),
            [_part_row(each, part) for each in figures for part in each.parts]),
        _packages_table(store, title, code, absent),
        SheetTable(_("跨街道核对"), _("{title}跨街道核对").format(title=title), ((_("核对"), 8), (_("名称"), 28), (_("级别"), 8), (_("说明"), 70), (_("涉及"), 60)),
                   [[each.check, each.title, {"explain": _("需说明"), "hint": _("提示")}[each.level], each.message,
                     _("；").join(f"{place.street_name} {place.label} {place.record}" for place in each.places)] for each in crossed]),
    ]


def _figure_row(each: DistrictFigure, change: Comparison) -> list[Any]:
    figure = each.figure
    return [figure.id, figure.title, figure.group, figure.numerator, figure.denominator, figure.value, figure.unit, figure.year_to_date, figure.target,
            figure.done_rate, figure.state_text, change.before.value if change.before and change.before.value is not None else None, change.text, len(each.parts),
            _("；").join(filter(None, (figure.problem, *each.notes)))]


def _streets_table(title: str, figures: Sequence[DistrictFigure]) -> SheetTable:
    """One row for a figure, one column for a body: the value, as the street signed it."""
    there = sorted({(part.code, part.name) for each in figures for part in each.parts})
    rows = []
    for each in figures:
        values = {part.code: part.value for part in each.parts}
        rows.append([each.figure.id, each.figure.title, each.figure.unit, each.figure.value, *(values.get(code) for code, _name in there)])
    return SheetTable(_("街道对比"), _("{title}各报送单位对比").format(title=title), (
        (_("编号"), 9), (_("指标"), 34), (_("单位"), 6), (_("全区"), 10), *((name, 12) for _code, name in there)), rows)


def _part_row(each: DistrictFigure, part: StreetFigure) -> list[Any]:
    again = "" if part.again is None else " / ".join("—" if number is None else str(number) for number in part.again)
    return [each.figure.id, each.figure.title, part.code, part.name, part.numerator, part.denominator, part.value, part.year_to_date, again]


def _packages_table(store: Store, title: str, code: str, absent: Sequence[Body]) -> SheetTable:
    with index_of(store) as index:
        rows = index.execute("SELECT street, seq, kind, created_at, sha256 FROM package WHERE period = ? AND current = 1 ORDER BY street", (code,)).fetchall()
    told = [[street, bodies.body(store.library, street).name, _("已汇总"), seq, _(_KINDS.get(kind, kind)), created[:16].replace("T", " "), sha256]
            for street, seq, kind, created, sha256 in rows]
    told += [[body.code, body.name, _("没有报送"), None, None, None, None] for body in absent]
    return SheetTable(_("报送情况"), _("{title}报送情况").format(title=title), (
        (_("代码"), 12), (_("报送单位"), 16), (_("状态"), 10), (_("编号"), 8), (_("种类"), 8), (_("制作时间"), 18), ("SHA-256", 70)), told)


# the PDF ----------------------------------------------------------------------------------------------------------


def _pages(store: Store, name: str, period: Any, figures: Sequence[DistrictFigure], compared: dict[str, Comparison], crossed: Sequence[CrossFinding],
           absent: Sequence[Body]) -> paper.Report:
    there = {part.code for each in figures for part in each.parts}
    aimed = [each for each in figures if each.figure.target is not None and each.parts]
    met = sum(each.figure.state == "met" for each in aimed)
    handed_in = _("已汇总 {n} 个报送单位；没有报送的 {absent} 个：{names}。") if absent else _("已汇总 {n} 个报送单位；应报单位都已报送。")
    lead = [handed_in.format(n=len(there), absent=len(absent), names=_("、").join(body.name for body in absent)),
            _("有目标的指标 {n} 项，已达标 {met} 项。比率由各单位分子之和除以分母之和得出，不是各单位比率的平均。").format(n=len(aimed), met=met)]
    rows = [_shown(heading, figure, compared[figure.id]) for heading, group in counting.by_group([each.figure for each in figures]) for figure in group]
    notes = [_("{id} {title}：{note}").format(id=each.figure.id, title=each.figure.title, note=note) for each in figures for note in each.notes]
    problems = [_("{id} {title}：{note}").format(id=each.figure.id, title=each.figure.title, note=each.figure.problem) for each in figures if each.figure.problem]
    crossings = [_("{title}：{message}").format(title=each.title, message=each.message) for each in crossed]
    findings = [(heading, told) for heading, told in ((_("一、指标"), problems + notes), (_("二、跨街道核对"), crossings)) if told]
    return paper.Report(_("{name}{label}工会工作指标汇总").format(name=name, label=period.label), lead, rows, [_chart(each) for each in aimed], findings)


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
        bars.append(paper.Bar(part.name.removesuffix("街道").removesuffix(" Street"), None if done is None else float(done), shown))
    most = max((bar.length for bar in bars if bar.length is not None), default=0.0)
    aim = float(figure.target) if rate else None
    full = max(100.0 if rate else most, most if rate and most < 130 else 0.0, 1.0)
    unit = "％" if rate else figure.unit
    heading = _("{id} {title}（{unit}，累计）") if not rate and figure.year_to_date is not None else _("{id} {title}（{unit}）")
    return paper.Chart(heading.format(id=figure.id, title=figure.title, unit=unit), bars, aim,
                       _("目标 {target:f}%").format(target=figure.target.normalize()) if rate else "", full)

