"""Whatever a small ledger holds: importing it twice, or importing our own export, changes nothing."""

import datetime as dt
import itertools
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stores import fresh_street

from tests.sheets.books import resident, uscc, xlsx

QUICK = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
DAYS = st.dates(dt.date(2016, 1, 1), dt.date(2017, 12, 31))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=8)
NAMES = st.sampled_from(["北京甲公司", "北京甲(东城)公司", "北京甲（东城）公司", "北京 甲公司", "乙店", "丙厂"])
COUNTS = st.one_of(st.none(), st.integers(0, 3000), st.sampled_from(["约40", "40人", "-", "一百二十", "若干", "1,200"]))
DATES = st.one_of(DAYS, DAYS.map(str), st.sampled_from([None, 2017.1, "2017年3月", "2017.3.1", 42795, "无"]))
PEOPLE = st.sampled_from(["张三", "张  三", "买买提.艾力", "李四(女)", None])
PHONES = st.sampled_from(["13800138000", 13900139000, "138 0013 8000/13900139000", "1380013800", None])
FOUNDING_ROW = st.tuples(NAMES, st.one_of(st.none(), st.integers(1, 4).map(uscc)), st.sampled_from(["独立", "联合基层工会", "01", "其他东西", None]), DATES,
                         st.sampled_from(["东花工发[2017]1号", "东花工发〔2017〕2号", None]), DATES, COUNTS, COUNTS, PEOPLE, PHONES, WORDS)
FOUNDING = ["单位名称", "统一社会信用代码", "工会类型", "批复日期", "批复文号", "成立日期", "职工人数", "会员人数", "主席姓名", "主席电话", "备注"]
MEMBER_ROW = st.tuples(PEOPLE, st.one_of(st.integers(1, 5).map(lambda n: resident(2 * n)), st.sampled_from([1.1e17, "护照E1234567", None])),
                       st.sampled_from(["男", "女", "2", None]), PHONES, DATES, NAMES)
MEMBER = ["姓名", "证件号码", "性别", "手机号", "入会日期", "工作单位"]
HAZARD_ROW = st.tuples(DATES, NAMES, st.sampled_from(["张三、李四", "王五", None]), st.sampled_from(["配电箱前堆物", "安全出口上锁", None]),
                       st.sampled_from(["二层", "大厅", None]), st.sampled_from(["一般", "重大", "?"]), DATES, DATES)
HAZARD = ["检查日期", "受检单位", "检查人", "隐患描述", "隐患部位", "级别", "整改期限", "销号日期"]
TABLES = st.one_of(*(st.tuples(st.just(ledger), st.just(head), st.lists(row, min_size=1, max_size=7))
                     for ledger, head, row in (("union_org", FOUNDING, FOUNDING_ROW), ("membership", MEMBER, MEMBER_ROW), ("hazard", HAZARD, HAZARD_ROW))))


def plain(row):
    """Cells a workbook can hold."""
    return ["".join(c for c in cell if c.isprintable()) if isinstance(cell, str) else cell for cell in row]


@QUICK
@given(TABLES)
def test_a_second_import_and_our_own_export_change_nothing(table):
    ledger, head, rows = table
    with tempfile.TemporaryDirectory() as folder, fresh_street(Path(folder) / "s") as workspace:
        path = xlsx(Path(folder) / "a.xlsx", [head, *map(plain, rows)])
        first = workspace.plan_import(ledger, path)
        assert first.rows <= len(rows) and first.rejected == len(first.rejected_rows)
        workspace.apply_import(first)
        second = workspace.plan_import(ledger, path)
        assert (second.new, second.rejected, second.writes) == (0, first.rejected, ()), second.findings
        assert second.same == first.rows - first.rejected
        for exported in dict.fromkeys((ledger, "unit", "safety_inspection")):
            out = Path(folder) / f"{exported}.xlsx"
            count = workspace.export(exported, out)
            back = workspace.plan_import(exported, out)
            assert (back.new, back.changed, back.rejected, back.writes, back.same) == (0, 0, 0, (), count)


@QUICK
@given(st.lists(FOUNDING_ROW, min_size=2, max_size=5, unique_by=lambda row: str(row)))
def test_the_order_of_sheets_and_files_does_not_lose_rows(rows):
    """Each data row counts exactly once, however the rows are spread over sheets."""
    with tempfile.TemporaryDirectory() as folder, fresh_street(Path(folder) / "s") as workspace:
        numbered = [[n, *plain(row)] for n, row in zip(itertools.count(1), rows)]
        one = workspace.plan_import("union_org", xlsx(Path(folder) / "a.xlsx", [["序号", *FOUNDING], *numbered]))
        two = workspace.plan_import("union_org", xlsx(Path(folder) / "b.xlsx", [["序号", *FOUNDING], *numbered[:1]],
                                                      more=[("续表", [["序号", *FOUNDING], *numbered[1:]], "visible")]))
        assert one.rows == two.rows == len(rows)
        assert (one.new, one.rejected) == (two.new, two.rejected)
