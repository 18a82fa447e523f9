"""The guide to definitions: its example is a real ledger, and nothing of the vocabulary is missing from it."""

import re
from pathlib import Path

import pytest

from unionclient.definition.formats import FORMATS
from unionclient.definition.library import TABLES, read_library
from unionclient.definition.places import root
from unionclient.definition.rulekinds import KINDS, SPECIALS
from unionclient.definition.values import TYPES
from unionclient.validation.rules import GENERIC
from unionclient.workspace import Edit, Workspace

GUIDE = (root() / "forms" / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```toml\n(\[ledger\].*?)```", GUIDE, re.S)[1]


@pytest.fixture
def office(tmp_path):
    forms = tmp_path / "store" / "forms"
    forms.mkdir(parents=True)
    (forms / "950_visit.toml").write_text(EXAMPLE, encoding="utf-8")
    with Workspace.create(tmp_path / "store", street="110101013", officer="张三") as opened:
        yield opened


def test_the_example_has_no_mistake(tmp_path):
    (tmp_path / "950_visit.toml").write_text(EXAMPLE, encoding="utf-8")
    _library, mistakes = read_library([root() / "forms", tmp_path])
    assert mistakes == []


def test_the_example_can_be_typed_into_checked_and_printed(office, tmp_path):
    unit = office.save("unit", [Edit(None, {"name": "北京甲有限公司"})]).ledgers["unit"][0][0]
    visit = {"unit_id": "北京甲有限公司", "visited_on": "2017-07-20", "kind": "防暑降温", "persons": "40", "amount": "2000"}
    office.save("condolence", [Edit(None, visit), Edit(None, visit)])
    first = office.records("condolence")[0]
    assert (first["unit_id"], first["kind"], office.show("condolence", first, "average")) == (unit, "2", "50.00")
    assert {f.issue.rule for f in office.check().findings if f.issue.ledger == "condolence"} == {"CO002", "CO003"}
    assert office.print_form("CO1", tmp_path / "co.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("word", [*KINDS, *SPECIALS, *TYPES, *FORMATS, *GENERIC, *(f"[{t}]" for t in ("ledger", "fields", "rules", "status"))])
def test_the_guide_names_every_word(word):
    assert word in GUIDE


@pytest.mark.parametrize("table", TABLES)
def test_the_guide_names_every_table(table):
    assert re.search(rf"\[{table}[\].]", GUIDE)


def test_the_guide_is_beside_the_definitions():
    assert Path(root() / "forms" / "README.md").is_file()
