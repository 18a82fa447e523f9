"""What the forms ask of the workspace, and the roster every ledger has."""

import pytest

from unionclient.definition.ledger import Field, FormColumn, Ledger, PrintForm
from unionclient.printing import child_paths, child_tables, number_paths, paths, roster_of

FORMS = ("F02", "F03", "F07", "F50", "F53", "F71", "F74")


def test_the_seven_forms_are_there(library):
    assert set(FORMS) <= set(library.forms)


@pytest.mark.parametrize("form_id", FORMS)
def test_every_path_leads_to_a_field(library, form_id):
    form = library.forms[form_id]
    assert paths(form)
    for path in paths(form):
        at = library.ledgers[form.ledger]
        for step in path.split("."):
            if step == "parent_id":
                at = library.ledgers[at.parent]
                continue
            assert at is not None and step in at.fields, path
            at = library.ledgers.get(at.fields[step].ref or "")


@pytest.mark.parametrize("form_id", ("F02", "F03"))
def test_every_path_of_child_rows_leads_to_a_field(library, form_id):
    form = library.forms[form_id]
    (table,) = child_tables(form)
    child = library.ledgers[table["ledger"]]
    assert table["link"] in child.fields
    for path in child_paths(table):
        first, _, rest = path.partition(".")
        assert first in child.fields
        assert not rest or rest in library.ledgers[child.fields[first].ref].fields


def test_paths_come_from_columns_options_and_templates():
    form = PrintForm("X", "表", "K2", "l", (FormColumn("a"), FormColumn("b.c"), FormColumn("row_no"), FormColumn("blank")),
                     options={"line": ["{d|　}", "{context.union_name}"], "texts": [{"field": "e"}], "group_by": "f", "total": ["a"],
                              "children": {"ledger": "m", "only": {"post": "主席"}, "columns": [{"field": "g"}, {"field": "row_no"}]}})
    assert paths(form) == {"a", "b.c", "d", "e", "f"}
    assert [child_paths(table) for table in child_tables(form)] == [{"g", "post"}]
    assert number_paths(form) == {"a"}


def test_a_ledger_without_a_form_has_a_roster_of_its_printed_fields():
    fields = [Field("name", "姓名", personal="name"), Field("count", "人数", "int", unit="人", group="规模"),
              Field("year", "年度", "int"), Field("hidden", "内部", printed=False), Field("old", "旧", retired=True), Field("remark", "备注")]
    form = roster_of(Ledger("club", "俱乐部", {f.id: f for f in fields}, code="L99", label=("name",)))
    assert (form.id, form.title, form.layout, form.mask) == ("L99", "俱乐部", "K1", True)
    assert [(c.field, c.align, c.group) for c in form.columns] == [("name", "left", ""), ("count", "right", "规模"), ("year", "right", "")]
    assert form.options["total"] == ["count"]
