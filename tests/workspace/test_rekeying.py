"""Re-keying (双录): blind, compared as values, decided by the officer alone, void when the value changes afterwards."""

import pytest

from unionclient.definition.faults import UnionClientError
from unionclient.definition.library import builtin_library
from unionclient.workspace import Edit

FIRST = {"name": "北京甲有限公司", "uscc": "91110101MA00ABCD1J", "registered_on": "2001-01-01", "legal_rep": "王一", "contact_phone": "13800138000"}
FIELDS = ("uscc", "registered_on", "contact_phone", "legal_rep")


@pytest.fixture
def units(workspace):
    """Two units: all that will be typed again is in the first."""
    return workspace.save("unit", [Edit(None, FIRST), Edit(None, {"name": "北京乙有限公司", "registered_on": "去年"})]).ledgers["unit"][0]


@pytest.fixture
def begun(workspace, units):
    return workspace.begin_rekey("unit", units, FIELDS)


def put(workspace, begun, record, **typed):
    for field, text in typed.items():
        workspace.rekey(begun.id, record, field, text, reader="李四")


def held(workspace):
    """All that the store holds of the ledger, versions and times too."""
    return workspace._store.connection.execute("SELECT * FROM unit ORDER BY id").fetchall()


def states(workspace, begun):
    return {(d.key, d.field): d.state for d in workspace.rekey_differences(begun.id)}


def test_the_proposed_fields_are_numbers_amounts_and_dates():
    ledgers = builtin_library().ledgers
    assert [f.id for f in ledgers["unit"].live_fields if f.twice] == ["uscc", "registered_on", "status_from"]
    assert {"employees", "as_of"} <= {f.id for f in ledgers["employee_stat"].live_fields if f.twice}


def test_a_definition_says_for_itself_what_is_proposed(tmp_path):
    from unionclient.definition.library import load_library

    (tmp_path / "901_night.toml").write_text(
        '[ledger]\nid = "night"\ntitle = "夜班"\nsource = "本街道"\nkey = ["place"]\nversion = 1\n[fields]\n'
        'place = { title = "地点", rekey = true }\non = { title = "日期", type = "date", rekey = false }\n', encoding="utf-8")
    assert [f.id for f in load_library(tmp_path).ledgers["night"].live_fields if f.twice] == ["place"]


def test_nothing_typed_first_reaches_the_second_reader(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二", uscc="123")
    told = repr((workspace.rekey_rows(begun.id, units), workspace.rekeyed(begun.id),
                 workspace.judge_rekeyed(begun.id, units[0], "uscc", "123"), workspace.judge_rekeyed(begun.id, units[1], "registered_on", "2030-1-1")))
    assert not [value for name, value in FIRST.items() if name != "name" and value in told]
    assert "去年" not in told and "北京甲有限公司" in told


@pytest.mark.parametrize(("fields", "key"), [(("name",), "91110101MA00ABCD1J 2001-01-01"), (("uscc",), "北京甲有限公司")])
def test_a_row_is_named_by_what_is_not_typed_again(workspace, units, fields, key):
    assert workspace.rekey_rows(workspace.begin_rekey("unit", units, fields).id, units[:1])[0].key == key


def test_a_name_filled_from_a_typed_field_does_not_name_the_row(workspace, units):
    union = workspace.save("union_org", [Edit(None, {"unit_id": units[0], "founded_on": "2010-03-04"})]).ledgers["union_org"][0]
    row = workspace.rekey_rows(workspace.begin_rekey("union_org", union, ["unit_id"]).id, union)[0]
    assert "北京甲" not in row.key


SPELLINGS = """
    contact_phone | 138 0013 8000      | spelt
    contact_phone | １３８００１３８０００ | spelt
    contact_phone | 13800138000        | same
    contact_phone | 13800138001        | differs
    registered_on | 2001年1月1日       | spelt
    registered_on | 20010101           | spelt
    registered_on | 2001-01-10         | differs
    registered_on | 去年               | differs
    legal_rep     | 王 一              | spelt
    legal_rep     | 王二               | differs
    legal_rep     | -                  | differs
    uscc          | 91110101ma00abcd1j | spelt
"""


def test_values_are_compared_and_not_their_spelling(workspace):
    cases = [[part.strip() for part in line.split("|")] for line in SPELLINGS.strip().splitlines()]
    ids = workspace.save("unit", [Edit(None, FIRST)] * len(cases)).ledgers["unit"][0]
    begun = workspace.begin_rekey("unit", ids, FIELDS)
    for record, (field, typed, _outcome) in zip(ids, cases, strict=True):
        put(workspace, begun, record, **{field: typed})
    assert workspace.compare_rekeyed(begun.id) == (12, 5)
    told = {d.record: ("differs", "same", "spelt")[d.agrees] for d in workspace.rekey_differences(begun.id)}
    assert [told.get(record, "same") for record in ids] == [outcome for _field, _typed, outcome in cases]
    total = workspace.rekey_result(begun.id).total
    assert (total.same, total.spelt, total.differing) == (7, 6, 5)


def test_left_empty_both_times_and_unreadable_both_times_agree(workspace, begun, units):
    put(workspace, begun, units[1], legal_rep="-", registered_on="去年")
    assert workspace.compare_rekeyed(begun.id) == (2, 0)


def test_the_ledger_is_as_it_was_until_the_officer_decides(workspace, begun, units):
    before, steps = held(workspace), workspace.undo_title
    put(workspace, begun, units[0], uscc="91110101MA00ABCD2K", registered_on="2001.1.1", legal_rep="王二")
    put(workspace, begun, units[0], legal_rep="")
    workspace.compare_rekeyed(begun.id)
    workspace.decide_rekeyed(begun.id, [(units[0], "uscc")], "first")
    workspace.close_rekey(begun.id)
    assert held(workspace) == before and workspace.undo_title == steps
    assert workspace.verify_log().ok


def test_the_list_says_who_entered_what_and_when(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二")
    workspace.compare_rekeyed(begun.id)
    (line,) = workspace.rekey_differences(begun.id)
    assert (line.key, line.heading, line.first, line.first_who, line.second, line.second_who) == (
        "北京甲有限公司", "法定代表人", "王一", "张三", "王二", "李四")
    assert line.first_at == workspace.history("unit", units[0])[-1].at and line.second_at >= line.first_at


def test_taking_the_second_is_one_step_with_a_log_and_can_be_undone(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二", contact_phone="13900139000")
    workspace.compare_rekeyed(begun.id)
    before = held(workspace)[0][:20]
    changes = workspace.decide_rekeyed(begun.id, [(units[0], "legal_rep"), (units[0], "contact_phone")], "second")
    assert changes.ledgers == {"unit": ((), (units[0],), ())}
    entry = workspace.history("unit", units[0])[0]
    assert (entry.old["legal_rep"], entry.new["legal_rep"], entry.verb) == ("王一", "王二", "rekey")
    assert workspace.rekey_verified("unit", units[0]).keys() == {"legal_rep", "contact_phone"}
    workspace.undo()
    assert held(workspace)[0][:20] == before
    assert set(states(workspace, begun).values()) == {"open"} and not workspace.rekey_verified("unit", units[0])
    workspace.redo()
    assert set(states(workspace, begun).values()) == {"verified"}


def test_a_third_value_may_be_typed(workspace, begun, units):
    put(workspace, begun, units[0], registered_on="2001-1-7")
    workspace.compare_rekeyed(begun.id)
    workspace.decide_rekeyed(begun.id, [(units[0], "registered_on")], "anew", "2001年1月11日")
    (line,) = workspace.rekey_differences(begun.id)
    assert (line.now, line.choice, line.state, line.first) == ("2001-01-11", "anew", "verified", "2001-01-01")
    with pytest.raises(UnionClientError):
        workspace.decide_rekeyed(begun.id, [(units[0], "registered_on")], "anew", " ")


def test_an_unreadable_second_text_takes_no_values_place(workspace, begun, units):
    put(workspace, begun, units[0], registered_on="去年")
    workspace.compare_rekeyed(begun.id)
    before = held(workspace)
    with pytest.raises(UnionClientError, match="登记日期第二次录入的“去年”读不懂"):
        workspace.decide_rekeyed(begun.id, [(units[0], "registered_on")], "second")
    assert held(workspace) == before and set(states(workspace, begun).values()) == {"open"}


def test_a_decision_can_be_changed(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二")
    workspace.compare_rekeyed(begun.id)
    for choice, now in (("first", "王一"), ("second", "王二"), ("first", "王一")):
        workspace.decide_rekeyed(begun.id, [(units[0], "legal_rep")], choice)
        (line,) = workspace.rekey_differences(begun.id)
        assert (line.now, line.first, line.state) == (now, "王一", "verified")


def test_a_verified_mark_is_void_when_the_value_changes_afterwards(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王一")
    workspace.compare_rekeyed(begun.id)
    assert workspace.rekey_verified("unit", units[0])["legal_rep"][0] == "李四"
    workspace.save("unit", [Edit(units[0], {"legal_rep": "赵六"})])
    assert not workspace.rekey_verified("unit", units[0])
    assert states(workspace, begun) == {("北京甲有限公司", "legal_rep"): "changed"}
    assert workspace.rekey_result(begun.id).total.changed == 1


def test_a_value_mended_in_the_ledger_meanwhile_is_told_with_its_author(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二", contact_phone="13900139000")
    workspace.compare_rekeyed(begun.id)
    workspace.set_setting("officer", "赵六")
    workspace.save("unit", [Edit(units[0], {"legal_rep": "王三", "contact_phone": "13900139000"})])
    lines = {line.field: line for line in workspace.rekey_differences(begun.id)}
    assert (lines["legal_rep"].first, lines["legal_rep"].first_who, lines["legal_rep"].state) == ("王三", "赵六", "open")
    assert lines["contact_phone"].state == "verified"


def test_what_was_compared_is_fixed_and_the_rest_can_go_on(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二")
    workspace.compare_rekeyed(begun.id)
    with pytest.raises(UnionClientError, match="已经比对过"):
        put(workspace, begun, units[0], legal_rep="王一")
    put(workspace, begun, units[0], uscc="91110101MA00ABCD1J")
    assert workspace.compare_rekeyed(begun.id) == (1, 0)
    total = workspace.rekey_result(begun.id).total
    assert (total.cells, total.typed, total.compared, total.differing, total.rate) == (8, 2, 2, 1, "50.00%")


def test_a_round_is_kept_across_closing_and_one_without_comparison_can_be_dropped(workspace, begun, units):
    from unionclient.workspace import Workspace

    put(workspace, begun, units[0], legal_rep="王二")
    folder = workspace.folder
    workspace.close()
    with Workspace.open(folder) as again:
        assert again.rekeyed(begun.id)[units[0], "legal_rep"].text == "王二" and again.rekey_rounds("unit") == [begun]
        again.close_rekey(begun.id)
        assert again.rekey_rounds() == []


def test_a_retired_record_asks_for_nothing(workspace, begun, units):
    put(workspace, begun, units[0], legal_rep="王二")
    workspace.compare_rekeyed(begun.id)
    workspace.retire("unit", units[:1], "重复登记")
    assert states(workspace, begun) == {("北京甲有限公司", "legal_rep"): "gone"}
    assert not workspace.decide_rekeyed(begun.id, [(units[0], "legal_rep")], "second")


def test_a_typed_code_is_found_by_its_title(workspace, units):
    begun = workspace.begin_rekey("unit", units, ["biz_status"])
    put(workspace, begun, units[0], biz_status="1")
    assert workspace.rekeyed(begun.id)[units[0], "biz_status"].text == workspace.library.codes["biz_status"].title_of("1")
    assert workspace.compare_rekeyed(begun.id) == (1, 0)
    assert workspace.rekey_result(begun.id).total.spelt == 0


def test_the_workbook_holds_list_and_numbers(workspace, begun, units, tmp_path):
    from openpyxl import load_workbook

    put(workspace, begun, units[0], legal_rep="王二", uscc="91110101MA00ABCD1J")
    workspace.compare_rekeyed(begun.id)
    book = load_workbook(workspace.export_rekey(begun.id, tmp_path / "a.xlsx"))
    assert [cell.value for cell in book.worksheets[0][3]][1:5] == ["北京甲有限公司", "法定代表人", "王一", "张三"]
    assert [cell.value for cell in book.worksheets[1][7]][:8] == ["合计", 8, 2, 2, 1, 0, 1, "50.00%"]


def test_the_command_line_lists_what_differs_and_asks_by_its_exit_code(workspace, begun, units):
    from click.testing import CliRunner

    from unionclient.cli import main

    put(workspace, begun, units[0], legal_rep="王二")
    workspace.compare_rekeyed(begun.id)
    folder = workspace.folder
    workspace.close()
    told = CliRunner().invoke(main, ["--store", str(folder), "rekey", "unit", "--list"])
    assert told.exit_code == 1 and "首次“王一”（张三），第二次“王二”（李四）：待决定" in told.output
