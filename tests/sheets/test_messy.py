"""Workbooks as offices keep them: every peculiarity of the handbook's §15 on a small table of its own."""

import datetime as dt

import pytest

from tests.sheets.books import FOUNDING, resident, text, union_row, uscc, xls, xlsx
from unionclient.definition.faults import UnreadableFile

ROSTER = ["姓名", "性别", "证件号码", "手机号", "入会日期", "民族", "出生日期"]


def member(number, **other):
    row = dict(zip(ROSTER, [f"李大{'一二三四五六七八九'[number - 1]}", "女", resident(2 * number), f"139001390{number:02d}", "2017-03-01", "汉族",
                            "1980-01-01"]))
    return list({**row, **other}.values())


def counts(plan):
    return plan.new, plan.changed, plan.same, plan.rejected


@pytest.fixture
def bring(workspace, tmp_path):
    """Imports rows as one workbook; gives the plan."""
    def call(rows, ledger="union_org", **how):
        plan = workspace.plan_import(ledger, xlsx(tmp_path / "表.xlsx", rows, **how))
        workspace.apply_import(plan)
        return plan
    return call


def rules(plan, level=None):
    return {(f.cell, f.rule) for f in plan.findings if level is None or f.level == level}


def values(workspace, ledger, name):
    return [r.values.get(name) for r in workspace.records(ledger)]


# headers ----------------------------------------------------------------------------------------------------------

TWO_ROWS = [["序号", "单位名称", "工会类型", "批复", None, "成立日期", "职工人数", "会员情况", None, None, "主席", None],
            [None, None, None, "日期", "文号", None, None, "总数", "女", "农民工", "姓名", "电话"]]
TWO_MERGES = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2", "H1:J1", "K1:L1"]
TWO_DATA = [1, "北京甲公司", "独立", "2017-03-01", "东花工发〔2017〕1号", "2017-03-05", 120, 100, 40, 10, "王小明", "13800138000"]


def expect_two_rows(workspace, plan):
    assert counts(plan) == (1, 0, 0, 0) and plan.unknown_columns == ()
    union, stat = workspace.records("union_org")[0], workspace.records("employee_stat")[0]
    assert (union.values["approved_on"], union.values["approval_no"]) == (dt.date(2017, 3, 1), "东花工发〔2017〕1号")
    assert (stat.values["employees"], stat.values["members"], stat.values["female_members"], stat.values["migrant_members"]) == (120, 100, 40, 10)
    assert workspace.records("person")[0].values["name"] == "王小明"


def test_a_merged_header_of_two_rows_is_joined(bring, workspace):
    expect_two_rows(workspace, bring([*TWO_ROWS, TWO_DATA], merges=TWO_MERGES))


def test_a_group_heading_without_merges_reaches_right_in_a_text_file(workspace, tmp_path):
    plan = workspace.plan_import("union_org", text(tmp_path / "a.csv", [*TWO_ROWS, TWO_DATA], encoding="gb18030"))
    workspace.apply_import(plan)
    expect_two_rows(workspace, plan)


def test_a_group_heading_repeated_in_every_cell_is_joined(bring, workspace):
    top = ["序号", "单位名称", "工会类型", "批复", "批复", "成立日期", "职工人数", "会员情况", "会员情况", "会员情况", "主席", "主席"]
    expect_two_rows(workspace, bring([top, TWO_ROWS[1], TWO_DATA]))


def test_a_merged_header_of_three_rows_is_joined(bring, workspace):
    top = ["序号", "单位名称", "工会类型", "建会情况", None, None, "人员情况", None, None, None, "主席", None]
    rows = [top, [None, None, None, "批复", None, "成立日期", "职工人数", "会员情况", None, None, "姓名", "电话"],
            [None, None, None, "日期", "文号", None, None, "总数", "女", "农民工", None, None], TWO_DATA]
    plan = bring(rows, merges=["A1:A3", "B1:B3", "C1:C3", "D1:F1", "G1:J1", "K1:L1", "D2:E2", "F2:F3", "G2:G3", "H2:J2", "K2:K3", "L2:L3"])
    expect_two_rows(workspace, plan)


@pytest.mark.parametrize("above", [0, 1, 5, 9])
def test_the_header_may_stand_below_titles(bring, above):
    titles = [["东花市街道总工会建会台账"], ["填报单位：", None, None, "填报日期：2017年9月30日"], [], ["单位：人"], ["说明：职工含派遣工"], [], [], [], []]
    assert counts(bring([*titles[:above], FOUNDING, union_row(1)])) == (1, 0, 0, 0)


@pytest.mark.parametrize("heading", ["单 位 名 称", "单位名称\n（全称）", "＊单位名称：", "单位名称(必填)", " 单位　名称 ", "用人单位"])
def test_headings_lose_blanks_brackets_and_widths(bring, workspace, heading):
    head = [heading if h == "单位名称" else h for h in FOUNDING]
    plan = bring([head, union_row(1)])
    assert counts(plan) == (1, 0, 0, 0)
    assert values(workspace, "unit", "name") == ["北京第1科技有限公司"]


def test_columns_may_stand_in_any_order_with_unknown_ones_between(bring, workspace):
    head, row = list(reversed(FOUNDING)), list(reversed(union_row(1)))
    plan = bring([["楼层", *head, "网格员"], ["3层", *row, "赵六"]])
    assert counts(plan) == (1, 0, 0, 0) and plan.unknown_columns == ("楼层", "网格员")
    assert values(workspace, "unit", "uscc") == [uscc(1)]


def test_of_two_columns_with_one_heading_the_second_is_reported(bring, workspace):
    plan = bring([[*FOUNDING, "职工人数"], [*union_row(1), 999]])
    assert plan.unknown_columns == ("职工人数",)
    assert values(workspace, "employee_stat", "employees") == [101]


def test_groups_may_go_by_other_names(bring, workspace):
    rows = [["序号", "建会单位名称", "信用代码", "建会时间", "批复文件", None, "职工总数", None, "会员人数", None, "工会主席", None, "建会形式", "是否建立女职工组织"],
            [None, None, None, None, "文号", "时间", "总数", "其中：女", "总数", "其中：女", "姓名", "联系电话", None, None],
            [1, "北京甲公司", uscc(1), "2017.3.5", "东花工发（2017）1号", "2017.3.1", 100, 40, 80, 30, "王小明", "13800138000", "独立", "是"]]
    plan = bring(rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1", "I1:J1", "K1:L1", "M1:M2", "N1:N2"])
    stat, person = workspace.records("employee_stat")[0].values, workspace.records("person")[0].values
    assert counts(plan) == (1, 0, 0, 0) and plan.unknown_columns == ()
    assert [stat[n] for n in ("employees", "female", "members", "female_members")] == [100, 40, 80, 30]
    assert (person["name"], person["phone"]) == ("王小明", "13800138000")
    assert workspace.records("union_org")[0].values["has_women"] is True


def test_of_two_names_for_one_field_the_better_one_is_read(bring, workspace):
    head = ["检查单位", "受检单位", "检查日期", "检查人", "隐患描述", "隐患部位"]
    bring([head, ["街道总工会", "北京甲公司", "2017-03-01", "张三、李四", "灭火器过期两具", "二层"]], "hazard")
    assert values(workspace, "unit", "name") == ["北京甲公司"]


def test_hazards_without_a_place_or_inspectors_come_in(bring, workspace):
    head = ["受检单位", "检查日期", "隐患描述", "隐患部位", "级别"]
    rows = [["北京甲公司", "2017-03-01", "灭火器过期两具", None, "一般"], ["北京甲公司", "2017-03-01", "插座松动未固定", "二层", "一般"],
            ["北京甲公司", "2017-03-01", "插座松动未固定", "三层", "一般"]]
    plan = bring([head, *rows], "hazard")
    assert counts(plan) == (3, 0, 0, 0) and workspace.count("safety_inspection") == 1
    assert "IMP-DUP" not in {f.rule for f in plan.findings}
    assert counts(bring([head, *rows], "hazard")) == (0, 0, 3, 0)


# sheets -----------------------------------------------------------------------------------------------------------

def test_hidden_and_explanation_sheets_are_left_out_and_named(bring):
    plan = bring([FOUNDING, union_row(1)], more=[("旧表", [FOUNDING, union_row(2)], "hidden"), ("字典", [FOUNDING, union_row(3)], "veryHidden"),
                                                ("填表说明", [["1.本表由街道总工会填报。"], ["2.职工人数含劳务派遣工。"]], "visible")])
    assert counts(plan) == (1, 0, 0, 0)
    assert [name in note for name, note in zip(("旧表", "字典", "填表说明"), plan.notes)] == [True] * 3


def test_several_sheets_with_the_table_are_all_read(bring):
    plan = bring([FOUNDING, union_row(1)], more=[("二季度", [["标题"], FOUNDING, union_row(2), union_row(3)], "visible"), ("空表", [], "visible")])
    assert counts(plan) == (3, 0, 0, 0)


def test_a_file_without_the_table_is_refused_with_the_headings_it_should_have(bring):
    with pytest.raises(UnreadableFile, match="没有找到建会台账的表头"):
        bring([["今天", "天气"], ["晴", 20]])


def test_a_header_alone_brings_nothing(bring):
    assert counts(bring([FOUNDING])) == (0, 0, 0, 0)


# rows -------------------------------------------------------------------------------------------------------------

def test_a_vertical_merge_fills_its_own_rows_and_no_more(bring, workspace):
    head = ["社区", *FOUNDING]
    rows = [[community, *union_row(n)] for n, community in ((1, "南里社区"), (2, None), (3, None), (4, None))]
    bring([head, *rows], merges=["A2:A4"])
    assert values(workspace, "unit", "community_code") == ["南里社区"] * 3 + [None]


@pytest.mark.parametrize("first", ["小计", "合计", "合 计", "总计：", "共计：674", "共计674个", "本页合计", "南里社区小计", "合计（人）", "累计", "总  数",
                                   "合计:3户", "共 674 人", "忠实里小计", "总计(户)"])
def test_total_rows_are_no_data(bring, first):
    total = [first, *[None] * (len(FOUNDING) - 1)]
    total[7] = 101
    assert counts(bring([FOUNDING, union_row(1), total, union_row(2), total[:7]])) == (2, 0, 0, 0)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_word_for_a_total_may_stand_in_a_later_cell(bring, place):
    total = [None] * len(FOUNDING)
    total[place], total[7] = "合计", 101
    plan = bring([FOUNDING, union_row(1), total])
    assert counts(plan) == (1, 0, 0, 0) and "IMP-TOTAL" not in {f.rule for f in plan.findings}


@pytest.mark.parametrize("footer", [["填表人：张三", None, None, None, "审核人："], ["备注：以上数据截至9月"], ["注：1.职工含派遣工"], ["负责人（签字）："],
                                    ["制表：李四", None, None, "2017年9月30日"], ["说明：", "本表一式两份"], ["单位（盖章）："],
                                    [None, "填报人：王五", None, "联系电话：64012345"], ["街道总工会主席：", None, "经办人："]])
def test_footer_rows_are_no_data(bring, footer):
    assert counts(bring([FOUNDING, union_row(1), [], footer])) == (1, 0, 0, 0)


def test_a_row_that_merely_begins_like_a_footer_is_data(bring):
    head = ["隐患描述", "受检单位", "检查日期", "检查人", "隐患部位", "级别"]
    rows = [[text, "北京甲公司", "2017-03-01", "张三、李四", "二层", "一般"] for text in
            ("注意安全标志缺失，应补设", "问题：配电箱前堆物", "负责人办公室插线板串接", "合计三处插座松动未修", "累计超负荷用电三处", "备注：灭火器过期")]
    assert counts(bring([head, *rows], "hazard")) == (6, 0, 0, 0)


def test_a_header_repeated_on_the_next_page_is_no_data(bring):
    assert counts(bring([FOUNDING, union_row(1), FOUNDING, union_row(2)])) == (2, 0, 0, 0)


def test_a_total_that_differs_from_the_rows_is_told_at_its_cell(bring):
    total = ["合计", *[None] * 6, 300, 103, None, None]
    plan = bring([FOUNDING, union_row(1), union_row(2), total])
    assert {f.cell for f in plan.findings if f.rule == "IMP-TOTAL"} == {"H4"}


def test_subtotals_count_their_own_part_only(bring):
    def total(word, employees):
        return [word, *[None] * 6, employees, None, None, None]
    plan = bring([FOUNDING, union_row(1), total("小计", 101), union_row(2), union_row(3), total("小计", 205), total("合计", 306)])
    assert counts(plan) == (3, 0, 0, 0) and "IMP-TOTAL" not in {f.rule for f in plan.findings}


def test_a_row_without_identity_is_rejected_and_named(bring):
    plan = bring([FOUNDING, union_row(1), union_row(2, 单位名称=None, 统一社会信用代码="无")])
    assert counts(plan) == (1, 0, 0, 1)
    assert [f.rule for f in plan.findings if f.cell[1:] == "3" and f.level == "block"].count("IMP-IDENTITY") == 1


def test_a_row_that_repeats_another_counts_once_more_as_the_same(bring, workspace):
    plan = bring([FOUNDING, union_row(1), union_row(1)])
    assert counts(plan) == (1, 0, 1, 0) and workspace.count("union_org") == 1
    assert "IMP-REPEAT" in {f.rule for f in plan.findings}


def test_one_code_under_two_names_makes_two_units_and_is_told(bring, workspace):
    plan = bring([FOUNDING, union_row(1), union_row(2, 统一社会信用代码=uscc(1))])
    assert counts(plan) == (2, 0, 0, 0) and workspace.count("unit") == 2
    assert ("C3", "IMP-DUP") in rules(plan)


def test_one_code_under_two_names_is_told_where_the_first_row_stays_out(bring):
    plan = bring([FOUNDING, union_row(1, 成立日期=2017.1), union_row(2, 统一社会信用代码=uscc(1))])
    assert counts(plan) == (1, 0, 0, 1) and ("C3", "IMP-DUP") in rules(plan)


def test_a_rejected_row_tells_all_that_is_wrong_with_it(bring):
    wrong = uscc(1)[:-1] + ("1" if uscc(1)[-1] != "1" else "2")
    plan = bring([FOUNDING, union_row(1, 成立日期=2017.1, 统一社会信用代码=wrong)])
    assert {("G2", "IMP-AMBIGUOUS"), ("C2", "G-FORMAT")} <= rules(plan)
    assert any("校验位" in problem for problem in plan.rejected_rows[0].problems)


def test_a_name_alone_finds_the_unit_that_has_a_code(bring, workspace):
    bring([FOUNDING, union_row(1, 单位名称="北京甲（东城）公司")])
    plan = bring([FOUNDING, union_row(1, 单位名称="北京甲(东城) 公司", 统一社会信用代码=None)])
    assert counts(plan) == (0, 0, 1, 0) and values(workspace, "unit", "uscc") == [uscc(1)]


def test_a_renamed_unit_keeps_its_record_and_is_told(bring, workspace):
    bring([FOUNDING, union_row(1)])
    plan = bring([FOUNDING, union_row(1, 单位名称="北京新名科技有限公司")])
    assert counts(plan) == (0, 1, 0, 0) and values(workspace, "unit", "name") == ["北京新名科技有限公司"]
    assert ("C2", "IMP-RENAME") in rules(plan)


def test_an_empty_cell_never_erases(bring, workspace):
    bring([FOUNDING, union_row(1)])
    plan = bring([FOUNDING, union_row(1, 批复日期=None, 批复文号="-", 职工人数="—", 主席电话="无")])
    assert counts(plan) == (0, 0, 1, 0)
    assert values(workspace, "union_org", "approval_no") == ["东花工发〔2017〕1号"]


def test_one_undo_takes_back_the_whole_import(bring, workspace):
    bring([FOUNDING, *(union_row(n) for n in range(1, 6))])
    workspace.undo()
    assert [workspace.count(ledger) for ledger in ("union_org", "unit", "person", "employee_stat", "union_cadre")] == [0] * 5


def test_a_roster_links_its_members_to_the_unit_that_comes_later(bring, workspace):
    bring([[*ROSTER, "工作单位"], [*member(1), "北京第1科技有限公司"]], "membership")
    bring([FOUNDING, union_row(1)])
    assert workspace.records("membership")[0].values["unit_id"] == workspace.records("unit")[0].id


# answers and mapping ----------------------------------------------------------------------------------------------

def test_an_answer_takes_the_place_of_an_ambiguous_cell(workspace, tmp_path):
    path = xlsx(tmp_path / "a.xlsx", [FOUNDING, union_row(1, 成立日期=2017.1)])
    assert counts(workspace.plan_import("union_org", path)) == (0, 0, 0, 1)
    plan = workspace.plan_import("union_org", path, answers={("Sheet1", "G2"): "2017-10-20"})
    workspace.apply_import(plan)
    assert counts(plan) == (1, 0, 0, 0) and values(workspace, "union_org", "founded_on") == [dt.date(2017, 10, 20)]


def test_a_chosen_mapping_is_kept_for_the_layout(workspace, tmp_path):
    head = ["经营者名号" if h == "单位名称" else h for h in FOUNDING]
    path = xlsx(tmp_path / "a.xlsx", [head, union_row(1)])
    plan = workspace.plan_import("union_org", path, mapping={"经营者名号": ("unit", "name")})
    workspace.apply_import(plan)
    later = workspace.plan_import("union_org", xlsx(tmp_path / "b.xlsx", [["标题"], head, union_row(2)]))
    assert later.new == 1 and later.unknown_columns == ()
