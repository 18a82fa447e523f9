"""Pasting from Excel and WPS into the grid: what goes straight in, what is shown first, what is kept as typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from unionclient.definition.condition import Clause, Condition
from unionclient.store.tables import quoted
from unionclient.ui.grid.html_block import WIDEST, read_html
from unionclient.ui.grid.paste_preview import PastePreview
from unionclient.ui.grid.pasteplan import plan_paste
from unionclient.ui.grid.pasting import SMALL, read_clipboard
from unionclient.workspace import Edit

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>td {{color:black}}</style></head><body>
<table border=0 width=200><col width=72><!--StartFragment-->{}<!--EndFragment--></table></body></html>"""


def hold(text="", html=""):
    """Put on the clipboard what a spreadsheet puts there."""
    content = QMimeData()
    if text:
        content.setText(text)
    if html:
        content.setHtml(EXCEL.format(html))
    QApplication.clipboard().setMimeData(content)


def put(page, row, field):
    page.grid.put_cursor(page.model.index(row, page.model.column_of(field)))


def cells(page, field):
    return [page.model.text(row, page.model.column_of(field)) for row in range(page.model.records)]


def preview(page):
    return next((found for found in page.grid.findChildren(PastePreview) if found.isVisible()), None)


@pytest.mark.parametrize(("rows", "text", "read"), [
    ("<tr><td>a</td><td>b</td></tr>", "a\tb", [["a", "b"]]),
    ("<tr><td rowspan=2>社区</td><td>甲</td></tr><tr><td>乙</td></tr>", "社区\t甲\n\t乙", [["社区", "甲"], ["社区", "乙"]]),
    ("<tr><td>甲</td><td rowspan=3>社区</td></tr><tr><td>乙</td></tr><tr><td>丙</td></tr>", "甲\t社区\n乙\t\n丙\t",
     [["甲", "社区"], ["乙", "社区"], ["丙", "社区"]]),
    ("<tr><td colspan=3>标题</td><td>d</td></tr>", "标题\t\t\td", [["标题", None, None, "d"]]),
    ("<tr><td rowspan=2 colspan=2>大</td><td>1</td></tr><tr><td>2</td></tr>", "大\t\t1\n\t\t2", [["大", None, "1"], ["大", None, "2"]]),
    ("<tr><td>a<td rowspan=2>b<tr><td>c", "", [["a", "b"], ["c", "b"]]),
    ("<tr><td>第一行<br>第二行</td><td rowspan=2>x</td></tr><tr><td>&lt;3&nbsp;人</td></tr>", "", [["第一行\n第二行", "x"], ["<3 人", "x"]]),
    ("<tr><td rowspan=2>长句子\r\n  被折断</td></tr><tr></tr>", '长句子被折断\n""', [["长句子被折断"], ["长句子被折断"]]),
    ("<tr><td rowspan=999999 colspan=9999999>x</td></tr>", "", [["x"] + [None] * (WIDEST - 1)]),
    ("<tr><td rowspan=-1 colspan='两'>x</td></tr>", "", [["x"]]),
    ("<tr><td><table><tr><td>内</td><td>表</td></tr></table></td><td>外</td></tr>", "", [["内表", "外"]]),
])
def test_a_table_of_a_spreadsheet_is_read_with_its_merges(qapp, rows, text, read):
    hold(text, rows)
    assert read_clipboard(QApplication.clipboard().mimeData())[0] == read


@pytest.mark.parametrize("html", ["", "<p>没有表格</p>", "<table></table>", "<table><tr></tr></table>"])
def test_a_page_without_a_table_gives_none(html):
    assert read_html(html) is None


@given(st.text(st.sampled_from("<>/td r=\"'&;2ab\n") | st.characters(), max_size=60))
def test_no_page_whatever_breaks_the_reader(text):
    read_html(f"<table>{text}")


def test_a_small_clean_block_goes_straight_in(page, window):
    hold("甲\t13800000001\n乙\t13800000002")
    put(page, 0, "contact")
    page.grid.paste()
    assert preview(page) is None and cells(page, "contact") == ["甲", "乙", ""]
    assert "改动 4 格" in window.statusBar().currentMessage()


def test_added_rows_are_shown_before_they_are_written(page, workspace):
    hold("北京丁有限公司\n北京戊有限公司")
    put(page, 2, "name")
    page.grid.paste()
    assert preview(page).plan.headline == "改动 1 格、新增 1 行、不能接受 0 格"
    assert workspace.count("unit") == 3
    preview(page).go.click()
    assert workspace.count("unit") == 4


def test_cancelling_the_preview_leaves_all_as_it_was(page, workspace):
    hold("北京丁有限公司\n北京戊有限公司")
    put(page, 2, "name")
    page.grid.paste()
    preview(page).reject()
    assert workspace.undo_title == "准备" and workspace.count("unit") == 3


def test_rejected_cells_are_told_with_reasons_and_keep_what_was_typed(page, workspace, units):
    hold("2001-02-03\n明年\n二月三十")
    put(page, 0, "registered_on")
    page.grid.paste()
    shown = preview(page)
    assert shown.plan.headline == "改动 1 格、新增 0 行、不能接受 2 格"
    assert [shown.table.item(0, c).text() for c in (0, 2)] == ["2", "明年"] and shown.table.item(0, 3).text()
    shown.go.click()
    assert cells(page, "registered_on") == ["2001-02-03", "明年", "二月三十"]
    assert workspace.record("unit", units[2]).raw == {"registered_on": "二月三十"}


def test_merged_cells_are_shown_first_and_stand_in_every_row(page):
    hold("忠实里社区\n\n", "<tr><td rowspan=3>忠实里社区</td></tr><tr></tr><tr></tr>")
    put(page, 0, "community_code")
    page.grid.paste()
    assert "合并的单元格有 1 处" in preview(page).plan.notes[0]
    preview(page).go.click()
    assert cells(page, "community_code") == ["忠实里社区"] * 3


def test_a_large_block_is_shown_first_even_when_clean(page, workspace):
    made = workspace.save("unit", [Edit(None, {"name": f"北京第{n}有限公司"}) for n in range(SMALL)])
    page.refresh(made)
    hold("\n".join(["某人"] * (SMALL + 1)))
    put(page, 0, "contact")
    page.grid.paste()
    assert preview(page).plan.changed == SMALL + 1


def test_a_filtered_view_takes_the_paste_in_the_rows_shown(page, workspace, units):
    page.model.narrow("", Condition((Clause("name", "!=", "北京乙有限公司"),)))
    hold("一\n二")
    put(page, 0, "building")
    page.grid.paste()
    assert [workspace.record("unit", unit).values["building"] for unit in units] == ["一", None, "二"]


def test_a_sorted_view_takes_the_paste_in_the_rows_shown(page, workspace):
    page.grid.sortByColumn(page.model.column_of("name"), Qt.SortOrder.DescendingOrder)
    shown = cells(page, "name")
    hold("一\n二\n三")
    put(page, 0, "building")
    page.grid.paste()
    assert dict(zip(shown, "一二三", strict=True)) == {r.values["name"]: r.values["building"] for r in workspace.records("unit")}


def test_the_paste_is_one_step_back(page, workspace, window):
    hold("甲\t明年\n乙\t后年\n丙\t大后年\n丁\t去年")
    put(page, 0, "contact")
    page.grid.paste()
    preview(page).go.click()
    window.undo()
    assert cells(page, "contact") == [""] * 3 and workspace.undo_title == "准备"


def test_pasting_what_stands_there_changes_nothing(page, window, workspace):
    hold("\n".join(cells(page, "name")))
    put(page, 0, "name")
    page.grid.paste()
    assert workspace.undo_title == "准备" and "没有改动" in window.statusBar().currentMessage()


def test_a_plan_holds_when_the_view_is_sorted_meanwhile(page, workspace, units):
    hold("一\n明年", "")
    put(page, 0, "registered_on")
    page.grid.paste()
    page.grid.sortByColumn(page.model.column_of("name"), Qt.SortOrder.DescendingOrder)
    preview(page).go.click()
    assert workspace.record("unit", units[1]).raw == {"registered_on": "明年"}


def test_a_status_that_is_no_step_is_told_beforehand(window, workspace):
    ledger = next(found for found in workspace.library.ledgers.values() if found.status and found.menu and not found.parent)
    steps = ledger.status
    first, far = next((code, other) for code in steps.steps for other in ledger.fields[steps.field].codes.codes
                      if other != code and not steps.allows(code, other))
    workspace.save(ledger.id, [Edit(None, {steps.field: first})])
    window.show_page(ledger.id)
    page = window.pages[ledger.id]
    page.refresh(None)
    hold(ledger.fields[steps.field].codes.title_of(far))
    put(page, 0, steps.field)
    page.grid.paste()
    assert len(preview(page).plan.rejected) == 1 and preview(page).plan.changed == 0


def test_a_parent_nobody_bears_is_rejected_and_the_rest_goes_in(window, workspace, units):
    made = workspace.save("safety_inspection", [Edit(None, {"unit_id": units[0], "inspected_on": "2017-05-04"})])
    parent = made.ledgers["safety_inspection"][0][0]
    workspace.save("hazard", [Edit(None, {"item_desc": "灭火器压力不足，指针不在绿区"}, parent)])
    window.show_page("hazard")
    page = window.pages["hazard"]
    page.refresh(None)
    rows = [["查无此项"]]
    plan = plan_paste(page.model, rows, 0, 1)
    assert [(item.kept, item.text) for item in plan.rejected] == [(False, "查无此项")] and not plan.edits


# only touched cells change on disk ----------------------------------------------------------------------------------

TEXTS = st.sampled_from(["", "甲", "乙 ", "2017-3-5", "去年", "5", "-1", "是", "国有", "忠实里社区", "91110101MA0000015M", "a\nb", "=1+1", "１２"])
BLOCKS = st.lists(st.lists(TEXTS | st.none(), min_size=1, max_size=5), min_size=1, max_size=3)
OWN = {"raw", "updated_at", "updated_by", "version", "origin", "batch"}


def dump(workspace):
    """Every row of every ledger as it lies on disk."""
    connection = workspace._store.connection
    found = {}
    for ledger in workspace.library.ledgers:
        rows = connection.execute(f"SELECT * FROM {quoted(ledger)}")
        names = [column[0] for column in rows.description]
        found |= {(ledger, row[names.index("id")]): dict(zip(names, row, strict=True)) for row in rows}
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=BLOCKS, top=st.integers(0, 3), left=st.integers(1, 40), up=st.booleans())
def test_only_touched_cells_change_on_disk(page, workspace, rows, top, left, up):
    page.model.sort(page.model.column_of("name"), Qt.SortOrder.AscendingOrder if up else Qt.SortOrder.DescendingOrder)
    before, shown = dump(workspace), [page.model.record(row).id for row in range(page.model.records)]
    left = min(left, page.model.columnCount() - 1)
    plan = plan_paste(page.model, rows, min(top, len(shown)), left)
    touched = {("unit", shown[top + down]): {page.model.fields[left + right - 1].id for right, text in enumerate(texts)
                                             if text is not None and left + right < page.model.columnCount()}
               for down, texts in enumerate(rows) if top + down < len(shown)}
    page.model.save(plan.edits, "粘贴")
    after = dump(workspace)
    assert len(after) - len(before) == plan.added
    changed = 0
    for key, row in before.items():
        differing = {name for name in row if row[name] != after[key][name]}
        if differing:
            assert differing - OWN <= touched.get(key, set())
        changed += bool(differing)
    assert changed == len(plan.edits) - plan.added
    page.model.reload()


def test_the_preview_is_walked_by_keyboard_and_freed_when_closed(page, qtbot):
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent

    hold("明年")
    put(page, 0, "registered_on")
    page.grid.paste()
    shown = preview(page)
    assert shown.table.accessibleName() and not shown.table.tabKeyNavigation() and shown.focusWidget() is shown.go
    shown.reject()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(shown)
