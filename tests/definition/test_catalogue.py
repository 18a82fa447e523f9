"""The English catalogue is complete and in step, and every Chinese text an officer reads passes `_`."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from tools import catalogue

from unionclient.definition import library as loading
from unionclient.definition.choices import find_code
from unionclient.definition.library import builtin_library
from unionclient.definition.pinyin import ranked
from unionclient.definition.translating import translated
from unionclient.definition.words import CHINESE, _, speaking
from unionclient.sheets.layout import dotted_key, heading_targets

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile("[\u3400-\u9fff]")
SHADOW = re.compile(r"^(?!from ).*(?:\b_ = |for _ |\b_, |, _ (?:=|in)|, _,|, _\)|lambda _\b)", re.M)
UNSAID = {
    "assessment/figures.py": "reads the focus out of a figure's source",
    "definition/choices.py": "reads what offices write for a code",
    "definition/dates.py": "reads dates as offices write them",
    "definition/formats.py": "reads numbers and names as offices write them",
    "definition/identity.py": "a letter read for a digit",
    "definition/numerals.py": "reads Chinese numerals",
    "definition/pinyin.py": "how the place is read aloud",
    "definition/text.py": "reads yes and no, brackets, blanks",
    "definition/values.py": "reads yes and no and amounts",
    "definition/words.py": "the name of a language in itself",
    "printing/letter.py": "finds the headings of a letter",
    "printing/pages.py": "reads the pages typed",
    "printing/typeset.py": "breaks Chinese labels between their words",
    "sheets/book.py": "a formula as a spreadsheet names it",
    "sheets/datarows.py": "finds the totals and notes of foreign tables",
    "sheets/delimited.py": "looks for Chinese characters",
    "sheets/importer.py": "what is kept in a record is Chinese",
    "sheets/layout.py": "finds the headings of foreign tables",
    "sheets/letters.py": "goes to the units",
    "sheets/templates.py": "goes to the units",
    "sheets/xlsxparts.py": "the name of a font",
    "submission/authority.py": "a name in certificates",
    "submission/leaflet.py": "goes to the district, in both languages",
    "submission/package.py": "a title in what goes to the district",
    "submission/receipt.py": "a title in what goes to the street",
    "submission/tabledata.py": "a title in what goes to the district",
    "ui/district/send_tab.py": "the end of a street's name",
    "ui/editors/choice.py": "what a yes or no is stored by while typing",
    "ui/grid/blind.py": "a character measured",
    "ui/grid/drawing.py": "a character measured",
    "ui/language.py": "in both languages",
    "ui/views/table.py": "a character measured",
    "validation/explanations.py": "what an explanation may not consist of",
    "workspace/certifying.py": "the district's name",
    "workspace/collecting.py": "names of files that go to the units",
    "workspace/district/answering.py": "goes to the street",
    "workspace/district/district.py": "the district's name",
    "workspace/district/reporting.py": "the end of a street's name",
    "workspace/key_verbs.py": "the name in a certificate",
    "workspace/packing.py": "goes to the district",
    "workspace/submitting.py": "the name in a certificate",
    "workspace/workspace.py": "a reason kept in the record",
}
"""Modules that hold Chinese without `_`, and why."""


def test_the_english_catalogue_is_complete_and_in_step():
    assert list(catalogue.faults("en")) == []


@pytest.mark.parametrize("room", sorted(path.name for path in (ROOT / "unionclient").iterdir() if path.is_dir() and path.name not in ("demo", "__pycache__")))
def test_every_chinese_text_is_translated_or_has_a_reason_not_to_be(room):
    paths = [path for path in (ROOT / "unionclient" / room).rglob("*.py")]
    bare = {path.relative_to(ROOT / "unionclient").as_posix(): texts for path in paths if (texts := _bare(path))}
    assert {place: texts for place, texts in bare.items() if place not in UNSAID} == {}
    assert {place for place in UNSAID if place.startswith(f"{room}/")} <= set(bare), "these need no reason any more"


def test_no_scope_that_translates_uses_the_underscore_for_something_else():
    assert [f"{path.relative_to(ROOT)}:{line}" for path in (ROOT / "unionclient").rglob("*.py") for line in _shadowed(path)] == []


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _bare(path: Path) -> list[str]:
    tree = _tree(path)
    said = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in catalogue.CALLS
            for inner in ast.walk(node.args[0])}
    said |= {id(node.body[n].value) for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
             for n in range(len(node.body)) if isinstance(node.body[n], ast.Expr)}
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value) and id(node) not in said]


def _shadowed(path: Path) -> list[int]:
    if not SHADOW.search(path.read_text(encoding="utf-8")):
        return []
    tree = _tree(path)
    scopes = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp)]
    return [scope.lineno for scope in scopes if _is_set(scope) and any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_" for node in ast.walk(scope))]


def _is_set(scope: ast.AST) -> bool:
    if isinstance(scope, ast.FunctionDef | ast.Lambda):
        names = [one.arg for one in scope.args.args]
        own = _own(scope) if isinstance(scope, ast.FunctionDef) else ()
        return "_" in names or any(isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store) for node in own)
    return any(isinstance(node, ast.Name) and node.id == "_" for part in scope.generators for node in ast.walk(part.target))


def _own(scope: ast.AST):
    """The nodes of a function without those of functions and comprehensions in it, which have names of their own."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.GeneratorExp | ast.ListComp | ast.SetComp | ast.DictComp):
            yield node
            yield from _own(node)


# what a translated definition still reads --------------------------------------------------------------------


@pytest.fixture(scope="module")
def english():
    with speaking("en"):
        return builtin_library()


def test_definitions_are_english_and_the_chinese_ones_are_at_hand(english):
    assert english.ledgers["unit"].fields["name"].title == "Unit name"
    assert english.chinese is builtin_library() or english.chinese.ledgers == builtin_library().ledgers
    with speaking(CHINESE):
        assert english.spoken is english.chinese
    assert english.sha256 == builtin_library().sha256


def test_chinese_and_english_headings_codes_and_pinyin_are_read_alike(english):
    words, streets = heading_targets(english.ledgers["hazard"], english), english.codes["street"]
    for known in (english, english.chinese):
        for field in known.ledgers["hazard"].live_fields:
            assert field.computed is not None or field.type == "attachment" or dotted_key(field.title) in words
        for code in known.codes["street"].codes.values():
            assert find_code(streets, code.title) == code.code
    found = ranked(streets.codes.values(), "dhs", lambda code: (code.title, *code.aliases))
    assert [code.code for code in found] == ["110101013"]


def test_what_is_data_is_not_translated():
    table = {"fields": {"owner": {"title": "甲", "default": "乙", "fill": "{unit_id}丙"}}, "follows": [{"title": "丁", "set": {"owner": "戊"}}],
             "checks": {"X": {"title": "己", "sql": "SELECT '庚'"}}, "form": {"F": {"title": "辛", "options": {"children": {"only": {"post": "壬"}}}}}}
    told = translated(table, lambda text: f"<{text}>")
    assert told["fields"]["owner"] == {"title": "<甲>", "default": "乙", "fill": "{unit_id}丙", "aliases": ["甲"]}
    assert told["follows"][0] == {"title": "<丁>", "set": {"owner": "戊"}}
    assert told["checks"]["X"] == {"title": "<己>", "sql": "SELECT '庚'"}
    assert told["form"]["F"] == {"title": "<辛>", "options": {"children": {"only": {"post": "壬"}}}}


def test_a_translation_that_would_name_two_fields_alike_or_lose_a_placeholder_is_not_taken():
    table = {"fields": {"a": {"title": "甲"}, "b": {"title": "乙"}}, "rules": {"R": {"message": "{a} 丙"}}}
    told = translated(table, lambda text: "Same")
    assert [field["title"] for field in told["fields"].values()] == ["Same", "乙"]
    assert told["rules"]["R"]["message"] == "{a} 丙"


def test_an_offices_own_definitions_may_bring_their_words(tmp_path):
    (tmp_path / "950_visit.toml").write_text('[codes.visit]\ntitle = "慰问类别"\ncodes = { 1 = "送温暖" }\n', encoding="utf-8")
    (tmp_path / "en.po").write_text('msgid "送温暖"\nmsgstr "Winter visit"\n', encoding="utf-8")
    with speaking("en"):
        library = loading.load_library(tmp_path)
    assert library.codes["visit"].codes["1"].title == "Winter visit"
    assert library.codes["visit"].title == "慰问类别"


def test_one_thread_speaks_chinese_while_the_others_do_not():
    with speaking("en"):
        assert _("取消") == "Cancel"
        with speaking(CHINESE):
            assert _("取消") == "取消"
        assert _("取消") == "Cancel"
