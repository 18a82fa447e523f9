"""F1: the manual of the ledger in sight, made from its definition."""

import pytest

from unionclient.definition.library import builtin_library
from unionclient.definition.manual import Grid, Heading, as_markdown, ledger_page

LIBRARY = builtin_library()


def test_help_shows_the_ledger_in_sight_at_the_current_field(window, page):
    page.grid.go_to(0, page.model.column_of("uscc"))
    window.help()
    shown = window._help
    assert shown.isVisible() and "单位基本信息" in shown.windowTitle()
    assert "18位，字母没有 I、O、S、V、Z" in shown.page.toPlainText()
    window.show_page("hazard")
    window.help()
    assert window._help is shown and "重大隐患没有填写整改期限" in shown.page.toPlainText()
    shown.close()


@pytest.mark.parametrize("ledger", LIBRARY.ledgers)
def test_every_ledger_has_a_page_that_names_each_field_and_rule(ledger):
    blocks = ledger_page(LIBRARY, ledger)
    told = as_markdown(ledger, blocks)
    known = LIBRARY.ledgers[ledger]
    assert all(field.title in told for field in known.live_fields) and all(rule in told for rule in known.rules)
    assert known.source.replace("|", "／") in told
    assert all(len(row) == len(block.heads) for block in blocks if isinstance(block, Grid) for row in block.rows)
    assert [block.text for block in blocks if isinstance(block, Heading)][0] == "各项怎样填写"
