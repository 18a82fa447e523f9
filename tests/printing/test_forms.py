"""Every form, blank and filled: what stands on it, where it breaks, and that no text leaves its box."""

from dataclasses import replace

import pytest

from printing import examples
from printing.conftest import assert_apart
from unionclient.printing import PrintRow, roster_of, typeset
from unionclient.printing.painter import PAD

FILLED = {
    "F02": lambda lib: [examples.union(1)], "F03": lambda lib: [examples.union(n) for n in range(1, 41)],
    "F07": lambda lib: [examples.member(n) for n in range(1, 41)], "F50": lambda lib: [examples.hazard(1)],
    "F53": lambda lib: [examples.hazard(n) for n in range(1, 31)], "F71": lambda lib: [examples.evaluation(lib.sheets["HE2017"])],
    "F74": lambda lib: [examples.BALLOT],
}
HEADINGS = {
    "F02": "单位名称 统一社会 法定代表人 工会干部 上级工会 （公章） 年月日 一式两份", "F03": "序号 单位名称（全称） 批复 文号 建会时 职工数 主席 备注 填表人 联系电话",
    "F07": "姓名 证件号码 手机号 所属工会 会籍状态", "F50": "正本 回执 存根 裁切线 经办人（签字） 签收人 （受检单位公章）",
    "F53": "隐患编号 受检单位 整改 期限 复查 销号日期", "F71": "项目 评审内容 满分 评分办法 自评 街道复核 验家 佐证 一票否决 等级 评审组长",
    "F74": "满意 基本满意 不满意 工会主席履职 不记名",
}


@pytest.mark.parametrize("form_id", FILLED)
@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
def test_a_form_has_its_title_its_headings_and_its_foot(press, library, form_id, filled):
    printed = press(form_id, FILLED[form_id](library) if filled else ())
    assert library.forms[form_id].title in printed.pages[0]
    for heading in HEADINGS[form_id].split():
        assert heading in printed.text, heading
    for number, page in enumerate(printed.pages, 1):
        assert f"第{number}页共{len(printed.pages)}页" in page
        assert f"{form_id}第1版" in page
        assert "打印2017-10-0909:30" in page and "包号110101013_2017Q3_v01" in page and "日志3f9a2c7d51e8" in page


@pytest.mark.parametrize("form_id", FILLED)
def test_all_fonts_are_embedded_and_none_is_helvetica(press, library, form_id):
    printed = press(form_id, FILLED[form_id](library))
    assert printed.fonts
    for name, kind, _, embedded, subset, *_ in printed.fonts:
        assert (kind, embedded, subset) == ("TrueType", "yes", "yes") and "+UC" in name
    assert b"Helvetica" not in printed.path.read_bytes()


@pytest.mark.parametrize("form_id", ["F03", "F07", "F53", "F71"])
def test_the_header_is_repeated_on_every_page(press, library, form_id):
    pages = press(form_id, FILLED[form_id](library)).pages
    assert len(pages) > 1
    heading = HEADINGS[form_id].split()[1]
    assert all(heading in page for page in pages)
    assert all("（续）" in page for page in pages[1:])


def test_columns_of_the_declared_rosters_fit_on_one_sheet(press, library):
    for form_id in ("F03", "F07", "F53"):
        assert len(press(form_id, FILLED[form_id](library)[:1]).pages) == 1


@pytest.mark.parametrize(("form_id", "secret"), [("F02", True), ("F03", True), ("F07", True), ("F50", True), ("F53", True), ("F71", False), ("F74", False)])
def test_a_form_with_personal_data_says_so(press, form_id, secret):
    assert ("内部资料，注意保密" in press(form_id).text) is secret


def test_rare_names_can_be_read_back(press):
    text = press("F07", [examples.member(n) for n in range(8)]).text
    for name in ("贺龑珍", "王堃", "欧阳㛃", "李𬱖", "张䶮", "赵喆", "·"):
        assert name in text


def test_a_character_of_no_font_is_printed_as_its_code(press):
    text = press("F07", [examples.member(1, name="张\U0001f600三")]).text
    assert "张" in text and "1F6" in text and "00" in text


def test_a_missing_value_is_a_dash_and_never_a_nought(press):
    row = PrintRow({"no": "1"})
    text = press("F53", [row]).text
    assert text.count("—") >= 13 and "0.00" not in text
    assert "合计（1条）—" in text


def test_a_blank_form_has_no_dashes(press):
    for form_id in FILLED:
        assert "—" not in press(form_id).text


def test_a_column_for_the_pen_stays_empty(press, library):
    text = press("F71", [examples.evaluation(library.sheets["HE2017"])]).text
    assert "—" not in text


def test_a_roster_without_a_period_names_the_day_it_shows(press):
    context = replace(examples.CONTEXT, period_text="")
    assert "统计期间：截至2017年10月9日" in press("F03", [examples.union(1)], context).text
    assert "截至" not in press("F03", (), context).text


def test_totals_are_exact_and_leave_out_what_is_missing(press):
    rows = [examples.hazard(1), examples.hazard(2), PrintRow({"no": "3"}, {"funds": None})]
    assert "合计（3条）2,401.00" in press("F53", rows).text


def test_rows_gathered_by_a_group_have_subtotals(press, library):
    form = replace(library.forms["F03"], options={**library.forms["F03"].options, "group_by": "unit_id.community_code"})
    text = press(form, [examples.union(n) for n in range(1, 7)]).text
    for name in ("忠实里社区", "花市枣苑社区", "广渠门外南里社区"):
        assert f"小计（{name}）" in text
    assert "合计（6条）" in text


def test_a_roster_names_only_the_chair_of_its_union(press):
    text = press("F03", [examples.union(1)]).text
    assert "贺龑珍138****8001" in text and "欧阳㛃" not in text


def test_the_registration_form_lists_all_officers(press):
    text = press("F02", [examples.union(1)]).text
    assert all(name in text for name in ("贺龑珍", "王堃", "欧阳㛃", "李𬱖", "女工主任"))


def test_dates_in_prose_are_written_out(press):
    text = press("F50", [examples.hazard(1)]).text
    assert "请你单位于2017年4月24日前整改完毕" in text and "北京恒信物业管理有限公司：" in text


def test_a_veto_that_applies_is_ticked(press, library):
    text = press("F71", [examples.evaluation(library.sheets["HE2017"])]).text
    assert "☑V5" in text and "☐V1" in text and text.count("☐") == 7


def test_a_blank_score_sheet_shows_items_without_scores(press, library):
    text = press("F71", [examples.evaluation(library.sheets["HE2017"], blank=True)]).text
    assert "建会请示、批复、名册等资料齐全" in text and "☐V8" in text and "☑" not in text and "详见" not in text


def test_a_ballot_page_holds_two_ballots(press):
    text = press("F74", [examples.BALLOT]).pages[0]
    assert text.count("会员评家测评票") == 2 and text.count("工会总体工作") == 2 and text.count("2017年11月20日") == 2


def test_one_record_one_document(press):
    pages = press("F50", [examples.hazard(1), examples.hazard(2)]).pages
    assert len(pages) == 2 and all("第1页共1页" in page for page in pages)


def test_the_static_part_of_a_batch_is_drawn_once(press):
    few, many = (len(press("F02", [examples.union(1)] * count).path.read_bytes()) for count in (1, 101))
    assert (many - few) / 100 < 2500


@pytest.mark.parametrize("form_id", FILLED)
@pytest.mark.parametrize("filled", [False, True], ids=["blank", "filled"])
def test_no_text_is_written_over_another(press, library, written, form_id, filled):
    press(form_id, FILLED[form_id](library) if filled else ())
    assert_apart(written)


LONG = "北京市东城区广渠门内大街四十五号雷霆大厦地下一层（配电室、消防控制室）" * 14
"""As long as the longest field may be; names and computed values are shorter."""
LENGTHS = dict.fromkeys(("unit_id", "union_id", "parent_id.unit_id"), 120) | {"no": 40, "year": 4, "sheet_id": 20, "held_on": 10} | \
    dict.fromkeys(("self_total", "review_total", "inspect_total", "na_points", "bonus", "final", "grade"), 30)


@pytest.mark.parametrize("form_id", FILLED)
def test_long_text_is_neither_cut_nor_written_over_its_neighbours(press, library, boxes, written, form_id):
    row = FILLED[form_id](library)[0]
    row = replace(row, cells={path: LONG[:LENGTHS.get(path, 500)] for path in row.cells}, children=tuple(
        replace(child, cells=dict.fromkeys(child.cells, LONG[:80])) for child in row.children))
    printed = press(form_id, [row, row])
    for text, wide, high in boxes:
        assert text.height <= high + 0.01, text
        assert all(typeset.width(line, text.font, text.size) <= wide - 2 * PAD + 0.01 for line in text.lines), text
    assert_apart(written)
    assert "雷霆大厦" in printed.text


@pytest.mark.parametrize("ledger", ["unit", "union_org", "hazard", "hotline_report", "membership"])
def test_the_roster_of_any_ledger_continues_its_columns_on_further_sheets(press, library, boxes, ledger):
    form = roster_of(library.ledgers[ledger])
    printed = press(form, [PrintRow({column.field: LONG[:40] for column in form.columns})] * 3)
    titles = {"".join(text.lines) for text, _, _ in boxes}
    assert titles >= {library.ledgers[ledger].fields[column.field].heading for column in form.columns}
    assert f"共{len(printed.pages)}页" in printed.text
    assert all(text.height <= high + 0.01 for text, _, high in boxes)


def test_the_signatures_never_run_into_the_foot_of_the_page(press, boxes):
    for count in range(14, 22):
        pages = press("F03", [examples.union(n) for n in range(1, count)]).pages
        assert "填表人" in pages[-1] and "合计" in pages[-1] and "独立基层工会" in pages[-1]
