"""Holds the plan of docs/architecture.md: arrows only run down, six rooms never meet, Qt stays in ui/, SQLite in one file."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "unionclient"
ROOMS = ("store", "validation", "assessment", "sheets", "printing", "submission")
FACES = ("ui", "cli", "commands", "__main__", "app")
MAY = {
    "definition": {"definition"},
    **{room: {room, "definition"} for room in ROOMS},
    "workspace": {"workspace", "definition", *ROOMS},
    "demo": {"demo", "definition", "workspace", "sheets"},
    **{face: {"ui", "cli", "commands", "demo", "workspace", "definition"} for face in FACES},
}


def _modules():
    return sorted(p for p in PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, 0) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "", node.level


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_module_imports_only_what_lies_below_it(path):
    room = _room(path)
    for name, level in _imports(path):
        assert level == 0, f"relative import in {path.name}"
        top, _, rest = name.partition(".")
        if top == "unionclient" and rest and room != "__init__":
            assert rest.split(".")[0] in MAY[room], f"{room} must not import {name}"


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_drivers_stay_in_their_rooms(path):
    names = {name.split(".")[0] for name, _ in _imports(path)}
    place = path.relative_to(PACKAGE).as_posix()
    assert "PySide6" not in names or place.startswith("ui/")
    assert "sqlite3" not in names or place == "store/driver.py"


def test_every_room_of_the_plan_is_there():
    assert {p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"} >= {"definition", "workspace", "ui", *ROOMS}


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_files_stay_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
