"""The layouts' own promises, shown on the examples of forms/README.md: those load, print, and do what is written there."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from printing import examples, madeup
from printing.conftest import assert_apart
from unionclient.definition.faults import PrintError
from unionclient.definition.library import load_library, read_library
from unionclient.definition.places import root
from unionclient.printing import Photo, PrintRow, print_form
from unionclient.printing.below import children, rows_below
from unionclient.printing.blocks import Area
from unionclient.printing.pages import wanted
from unionclient.printing.sheet import EMPTY_SHEET, Job
from unionclient.printing.typeset import label

README = Path(__file__).parents[2] / "forms" / "README.md"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The definitions with the examples beside them, as EX04 for F04."""
    folder = tmp_path_factory.mktemp("forms")
    blocks = re.findall(r"```toml\n(\[form\..*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    (folder / "print_examples.toml").write_text("\n".join(blocks).replace("[form.F", "[form.EX"), encoding="utf-8")
    return load_library(folder)


@pytest.fixture
def lay_out(shown, written, boxes, tmp_path):
    """lay_out("EX49", rows, **options) -> pages of (left, top, right, bottom, text); only the lines of this print."""

    def run(form_id, rows=(), **options):
        del written[:-1]
        form = shown.forms[form_id]
        form = replace(form, options={**form.options, **options})
        print_form(form, shown.ledgers[form.ledger], rows, tmp_path / "form.pdf", context=examples.CONTEXT, library=shown)
        assert_apart(written)
        return written[:-1]

    return run


def texts(pages) -> str:
    return "\n".join(text for page in pages for *_, text in page)


def filled(shown, form_id, count=1, below=4):
    return madeup.rows(shown, shown.forms[form_id], count, below=below)


def test_every_layout_has_an_example(shown):
    assert {form.layout for name, form in shown.forms.items() if name.startswith("EX")} >= {"K1", "K2", "K3", "K5", "K6", "K7"}


def test_the_examples_print_blank_and_filled(shown, lay_out):
    for name in [name for name in shown.forms if name.startswith("EX")]:
        assert lay_out(name) and lay_out(name, filled(shown, name, 2))


@pytest.mark.parametrize(("key", "value", "said"), [
    ("colour", "red", "没有选项“colour”"), ("where", [["nobody", "=", "1"]], "没有这个字段"), ("texts", [{"title": "事由", "field": "reason"}], "没有字段“reason”"),
    ("line", ["{unit}"], "没有字段“unit”"), ("children", {"ledger": "nothing", "columns": []}, "没有台账“nothing”"),
    ("children", {"ledger": "hazard", "columns": []}, "不是组织关系划转台账的下级台账"), ("sort", ["-when"], "没有字段“-when”"),
])
def test_a_mistake_in_the_options_is_found_at_load(tmp_path, key, value, said):
    (tmp_path / "print_wrong.toml").write_text(_form("W1", "K2", "affiliation_transfer", {key: value}), encoding="utf-8")
    _, mistakes = read_library((root() / "forms", tmp_path))
    assert any(said in mistake.message for mistake in mistakes), mistakes


def _form(name, layout, ledger, options) -> str:
    import json

    def toml(value):
        if isinstance(value, dict):
            return "{ " + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + " }"
        return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)

    return f'[form.{name}]\ntitle = "表"\nlayout = "{layout}"\nledger = "{ledger}"\nsource = "测试"\noptions = {toml(options)}\n'


def test_a_sign_in_sheet_has_twelve_lines_of_nine_millimetres(shown, lay_out):
    page = lay_out("EX48", filled(shown, "EX48", below=3))[0]
    numbers = {text: top for _, top, _, _, text in page if text in ("1", "2", "3")}
    assert round(numbers["2"] - numbers["1"]) == round(numbers["3"] - numbers["2"]) == 9
    form = shown.forms["EX48"]
    table = {key: value for key, value in form.options["children"].items() if key != "rows"}
    job = Job(replace(form, options={"children": table}), shown.ledgers[form.ledger], (), examples.CONTEXT, shown)
    assert [block.height for block in children(job, EMPTY_SHEET, Area()) if block.key == "line"] == [9.0] * 12


def test_every_opinion_has_its_seal_and_date_and_its_kept_words(shown, lay_out):
    opinions = [{"title": "转出方意见", "field": "remark", "date": "from_agreed_on"}, "接收方意见"]
    said = texts(lay_out("EX10", [PrintRow({"remark": "同意转出。", "from_agreed_on": "2017-05-02"})], opinions=opinions))
    assert "同意转出。" in said and "2017年5月2日" in said and said.count("（公章）") == 2 and said.count("年　　月　　日") == 1


def test_choices_show_every_code_with_its_box(shown, lay_out):
    titles = [code.title for code in shown.ledgers["affiliation_transfer"].fields["case_type"].codes.codes.values()]
    said = texts(lay_out("EX10", [PrintRow({"case_type": titles[1]})]))
    assert f"☑{titles[1]}" in said and f"☐{titles[0]}" in said and "☑" not in texts(lay_out("EX10"))


def test_a_checklist_ticks_what_is_bad_good_and_out_of_scope(shown, lay_out):
    items = shown.codes["checklist_item"].codes
    bad = PrintRow({"item_code": items["A01"].title, "item_desc": "压力不足"})
    said = texts(lay_out("EX49", [PrintRow({"scope": "消防"}, children=(bad,))]))
    assert said.count("☑不合格") == 1 and said.count("☑合格") == sum(c.facts["section"] == "消防" for c in items.values()) - 1
    assert said.count("☑不涉及") == sum(c.facts["section"] != "消防" for c in items.values())
    assert "☑" not in texts(lay_out("EX49"))


def test_an_unreadable_picture_leaves_its_frame_with_words(shown, lay_out):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (300, 200), "grey").save(out, "PNG")
    said = texts(lay_out("EX49", [PrintRow(photos=(Photo(b"no picture", "一层"), Photo(out.getvalue(), "二层")))]))
    assert said.count("图片无法显示") == 1 and "一层" in said and "二层" in said and "照片3：" in said


def test_a_letter_keeps_its_signatures_with_its_text(shown, lay_out):
    long = "双方经过协商达成一致，按期履行，不再有其他争议。" * 9
    pages = lay_out("EX62", [PrintRow({"request": long, "terms": long})])
    assert "签名：" in texts(pages[-1:]) and len(texts(pages[-1:]).splitlines()) > 10


def test_a_missing_value_in_prose_is_left_to_the_pen(shown, lay_out):
    assert "＿＿＿＿＿＿＿＿" in texts(lay_out("EX62", [PrintRow({"request": "请求"})]))


def test_groups_on_their_own_pages_are_named_there(shown, lay_out):
    rows = [replace(row, cells={**row.cells, "community_code": f"{n % 2}号社区"}) for n, row in enumerate(filled(shown, "EX04", 4))]
    pages = lay_out("EX04", rows)
    assert len(pages) == 2 and all(f"{n}号社区" in texts([page]) and "填表人" in texts([page]) for n, page in enumerate(pages))


def test_rows_of_a_score_sheet_take_their_marks_from_the_record(shown):
    sheet = next(iter(shown.sheets.values()))
    code = list(sheet.items)[1]
    form = replace(shown.forms["EX79"], options={"children": {"sheet": sheet.id, "ledger": "triple_item", "item": "item_code",
                                                            "columns": [{"field": "code"}, {"field": "title"}, {"field": "self"}]}})
    job = Job(form, shown.ledgers[form.ledger], (), examples.CONTEXT, shown)
    found = rows_below(job, PrintRow(children=(PrintRow({"item_code": code, "self": "3"}),)), 0)
    assert len(found) == len(sheet.items) and [row.cells.get("self") for row in found[:3]] == [None, "3", None]
    assert found[0].blank and not found[1].blank


@pytest.mark.parametrize(("typed", "pages"), [("", ()), ("1-3,5", ((1, 3), (5, 5))), ("８－", ((8, None),)), ("2、4", ((2, 2), (4, 4)))])
def test_pages_are_read_as_they_are_typed(typed, pages):
    assert wanted(typed) == pages


@pytest.mark.parametrize("typed", ["三", "5-2", "0", "1-2-3"])
def test_what_is_no_page_is_refused_in_chinese(typed):
    with pytest.raises(PrintError, match="页码"):
        wanted(typed)


def test_pages_that_are_not_there_are_refused(shown, tmp_path):
    form = shown.forms["EX05"]
    with pytest.raises(PrintError, match="一共 1 页"):
        print_form(form, shown.ledgers[form.ledger], (), tmp_path / "form.pdf", context=examples.CONTEXT, library=shown, pages="2")


@pytest.mark.parametrize(("words", "lines"), [("街道总工会意见", "街道总工会\n意见"), ("转出方意见", "转出方意见"), ("上级工会审批意见", "上级工会\n审批意见")])
def test_labels_break_between_words(words, lines):
    assert label(words) == lines


def test_long_text_fills_its_page_and_goes_on_on_the_next(shown, lay_out):
    deeds = "走访职工家庭，帮助解决实际困难。" * 200
    pages = lay_out("EX10", [PrintRow({"remark": deeds})])
    parts = ["".join(text for _, _, _, _, text in page if "走访" in text or "困难" in text) for page in pages]
    assert len(pages) > 1 and all(len(part) > 300 for part in parts[:2]) and "".join(parts).count("走访职工家庭") == 200


def test_a_row_taller_than_a_page_is_cut(shown, lay_out):
    row = PrintRow(children=(PrintRow({"grade": "隐患" * 400}), PrintRow({"grade": "一般"})))
    said = texts(lay_out("EX49", [row]))
    assert said.replace("\n", "").count("隐患") >= 400 and "一般" in said


def test_a_grid_cell_and_an_opinion_longer_than_a_page_are_still_whole(shown, lay_out):
    long = "走访职工家庭，帮助解决实际困难。" * 250
    said = texts(lay_out("EX10", [PrintRow({"case_type": long, "remark": long})], choices=[], opinions=[{"title": "意见", "field": "remark"}]))
    assert said.replace("\n", "").count("实际困难") == 3 * 250
