"""Every ledger of the menu can be walked in the window: its page opens, its form opens, a first field makes a record, undo takes it back."""

import pytest

from unionclient.definition.library import builtin_library
from unionclient.ui.form_fields import FieldText

MENU = [ledger.id for ledger in builtin_library().ledgers.values() if ledger.menu]
GROUPS = [MENU[n::8] for n in range(8)]       # few windows, many ledgers


@pytest.mark.parametrize("ledgers", GROUPS, ids=[group[0] for group in GROUPS])
def test_a_ledger_opens_takes_a_record_and_gives_it_back(window, workspace, ledgers):
    for ledger in ledgers:
        window.show_page(ledger)
        page, before = window.pages[ledger], workspace.count(ledger)
        page.open_form()
        page.grid.start_new()
        assert page.form.isVisible() and set(page.form.fields.rows) == {field.id for field in page.ledger.live_fields}, ledger
        rows = [row for row in page.form.fields.rows.values() if row.field.type == "text" and not row.field.readonly]
        if not rows:
            continue
        line = rows[0].input
        if isinstance(line, FieldText):
            line.setPlainText("试填")
        else:
            line.setText("试填")
        page.form.save_row(rows[0])
        assert workspace.count(ledger) == before + 1, ledger
        assert page.form.record is not None and page.form.record[rows[0].field.id], ledger
        window.undo()
        assert workspace.count(ledger) == before, ledger
