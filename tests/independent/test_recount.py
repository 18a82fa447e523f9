"""Every figure of the work plan, counted twice: by the program, and by a script that shares nothing with it."""

import ast
from pathlib import Path

import pytest

from independent.recount import FIGURES, recount
from unionclient.demo import walk
from unionclient.demo.street import OFFICER, STREET
from unionclient.workspace import Workspace

YEAR = 2017
OTHERWISE = {"founding_date_rule": "approval", "new_member_rule": "with_transfers", "contract_base": "with_institutions",
             "rights_union": "joined", "director_mode": "any", "women_grace_days": "60", "contract_review_days": "30", "trained_share": "80",
             "staff_base": "unionised", "legal_staff_base": "unionised", "count_sessions": "sessions", "count_when": "enrolled",
             "step_count_rule": "registered", "participation_rule": "listed", "volunteer_rule": "new", "model_worker_base": "all",
             "min_gap_days": "60", "concluded_rule": "arbitration", "subcentre_rule": "each"}


@pytest.fixture(scope="module")
def counted(tmp_path_factory):
    """Figure id → ((by the program), (by hand)), once with the default readings and once with the others."""
    folder = tmp_path_factory.mktemp("street")
    found = {}
    with Workspace.create(folder / "store", street=STREET, officer=OFFICER) as workspace:
        walk.fill(workspace)
        for name, chosen in (("default", {}), ("otherwise", OTHERWISE)):
            for setting, value in chosen.items():
                workspace.choose(setting, value)
            workspace.export_all(folder / name)
            program = {f.id: (f.numerator, f.denominator) for f in workspace.figures(f"{YEAR}Y")}
            by_hand = recount(folder / name, YEAR)
            found[name] = {figure: (program.get(figure), numbers) for figure, numbers in by_hand.items()}
    return found


@pytest.mark.parametrize("figure", sorted(FIGURES))
def test_the_program_counts_as_the_hand_does(counted, figure):
    program, by_hand = counted["default"][figure]
    assert program == by_hand


@pytest.mark.parametrize("figure", sorted(FIGURES))
def test_under_the_other_readings_too(counted, figure):
    program, by_hand = counted["otherwise"][figure]
    assert program == by_hand


def test_all_figures_of_the_work_plan_are_counted():
    assert len(FIGURES) == 43


def test_the_sample_year_moves_nearly_every_figure(counted):
    """A figure of nothing over nothing would agree without having been counted."""
    idle = [figure for figure, (_, (numerator, denominator)) in counted["default"].items() if not numerator or denominator == 0]
    assert idle == []


def test_other_readings_change_figures(counted):
    changed = {f for f in FIGURES if counted["default"][f][1] != counted["otherwise"][f][1]}
    assert len(changed) > 15


@pytest.mark.parametrize("path", [p for p in sorted(Path(__file__).parent.glob("*.py")) if p.name.startswith(("books", "recount"))], ids=lambda p: p.name)
def test_the_hand_shares_nothing_with_the_program(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {(node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
                for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))}
    assert not any(name.startswith("unionclient") or name == "sqlite3" for name in imported)
