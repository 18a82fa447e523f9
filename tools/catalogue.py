"""Keeps `resources/locale/<language>/*.po` in step with the texts of the program and of its definitions: a developer's step.

    python -m tools.catalogue extract          lists every text, by catalogue file
    python -m tools.catalogue merge            adds what is new with an empty translation, drops what is gone, keeps the rest
    python -m tools.catalogue check            says what is missing or wrong; 1 if anything is

A text of the program is the constant in `_("…")` or `marked("…")`, or the docstring of a command; a text of the definitions is what
`definition.translating` asks a translation for, or a quoted text in SQL that people read (`definition.sqltexts`). One .po for a room of the program or a kind of definitions; a text that stands in several
is kept in the first. References name files without lines, which change too often.
"""

import argparse
import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from unionclient.definition.sqltexts import Quoted, quoted_texts  # noqa: E402
from unionclient.definition.text import fold, heading_key  # noqa: E402
from unionclient.definition.translating import translated  # noqa: E402

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
WIDE = re.compile("[\u3001-\u4dbf\u4e00-\u9fff\uff00-\uff60]")
QUOTED = re.compile("“[^“”]*”")
PLACEHOLDER = re.compile(r"\{([\w.]*)(?:![rsa])?(?::[^{}|]*)?(?:\||\})")
KINDS = {"ledger": "ledgers", "fields": "ledgers", "follows": "ledgers", "proposed": "ledgers", "codes": "codes", "rules": "rules",
         "checks": "rules", "reminders": "rules", "indicators": "figures", "worklist": "figures", "settings": "figures",
         "form": "forms", "sheet": "forms"}
"""Part of a definition file → catalogue file."""
SQL_KIND = "rules"
CALLS = ("_", "marked")

Texts = dict[str, dict[str, set[str]]]
"""Catalogue file → text → the files it stands in; in the order found."""


def texts() -> Texts:
    """Every text that is to be translated."""
    found: Texts = {name: {} for name in dict.fromkeys(KINDS.values())}
    seen: dict[str, str] = {}
    for name, text, place in (*_of_definitions(), *_of_program()):
        name = seen.setdefault(text, name)
        found.setdefault(name, {}).setdefault(text, set()).add(place)
    return found


def _of_definitions() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "forms").glob("*.toml")):
        for key, part in tomllib.loads(path.read_text(encoding="utf-8")).items():
            asked: list[str] = []
            translated({key: part}, lambda text: asked.append(text) or text)
            yield from ((KINDS[key], text, path.relative_to(ROOT).as_posix()) for text in asked if HAN.search(text))
    yield from ((SQL_KIND, quoted.text, place) for place, quoted in _of_sql() if quoted.read)


def _of_sql() -> Iterator[tuple[str, Quoted]]:
    """(file, quoted text) of every Chinese one in the SQL of checks and populations."""
    for path in sorted((ROOT / "forms").iterdir()):
        text = path.read_text(encoding="utf-8")
        checks = tomllib.loads(text)["checks"].values() if "\n[checks." in text else ()
        for sql in (text,) if path.suffix == ".sql" else (check["sql"] for check in checks):
            yield from ((path.relative_to(ROOT).as_posix(), quoted) for quoted in quoted_texts(sql) if WIDE.search(quoted.text))


def _of_program() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "unionclient").rglob("*.py")):
        place = path.relative_to(ROOT)
        room = place.parts[1] if len(place.parts) > 2 else "commands"
        for text in program_texts(ast.parse(path.read_text(encoding="utf-8"))):
            yield room, text, place.as_posix()


def program_texts(tree: ast.Module) -> Iterator[str]:
    """The texts of one module, in their order."""
    for node in sorted((n for n in ast.walk(tree) if isinstance(n, ast.Call | ast.FunctionDef)), key=lambda n: (n.lineno, n.col_offset)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value
        elif isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)) and ast.get_docstring(node):
            yield inspect.cleandoc(ast.get_docstring(node) or "")


def _is_command(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in ("command", "group")


def folder(language: str) -> Path:
    return ROOT / "resources" / "locale" / language


def known(language: str) -> dict[str, str]:
    """Text → translation, of all catalogue files."""
    return {entry.msgid: entry.msgstr for path in sorted(folder(language).glob("*.po")) for entry in polib.pofile(str(path), wrapwidth=0)}


def merge(language: str, more: Mapping[str, str] | None = None) -> None:
    """Writes the catalogue files anew; `more` are further translations, which win."""
    told = {**known(language), **(more or {})}
    folder(language).mkdir(parents=True, exist_ok=True)
    wanted = {name: entries for name, entries in texts().items() if entries}
    for path in folder(language).glob("*.po"):
        if path.stem not in wanted:
            path.unlink()
    for name, entries in wanted.items():
        book = polib.POFile(wrapwidth=0)
        book.metadata = {"Language": language, "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}
        book.extend(polib.POEntry(msgid=text, msgstr=told.get(text, ""), occurrences=[(place, "") for place in sorted(places)])
                    for text, places in entries.items())
        book.save(str(folder(language) / f"{name}.po"), newline="\n")


def faults(language: str) -> Iterator[str]:
    """What is missing, no longer used or wrong in the catalogue of `language`, one line each."""
    told, wanted = known(language), {text for entries in texts().values() for text in entries}
    yield from (f"missing: {text!r}" for text in wanted if not told.get(text))
    yield from (f"no longer used: {text!r}" for text in told if text not in wanted)
    for text, said in told.items():
        if said and text in wanted:
            yield from (f"{fault}: {text!r} → {said!r}" for fault in _wrong(text, said))
    yield from (f"joined by || in {place}, where words('…') belongs: {quoted.text!r}" for place, quoted in _of_sql() if quoted.glued)
    yield from _doubled(told)


def _wrong(text: str, said: str) -> Iterator[str]:
    if placeholders(text) != placeholders(said):
        yield f"placeholders {sorted(placeholders(text))} became {sorted(placeholders(said))}"
    if HAN.search(QUOTED.sub("", said)):
        yield "Chinese left outside “ ”"


def placeholders(text: str) -> set[str]:
    """Names in braces, of `str.format` and of the texts on paper, where a default may stand behind a bar."""
    return {match[1] for match in PLACEHOLDER.finditer(text)}


def _doubled(told: Mapping[str, str]) -> Iterator[str]:
    """Two fields of a ledger, or two codes of a list, that would be told alike; they would keep their Chinese titles."""
    for path in sorted((ROOT / "forms").glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        lists = [(path.name, table.get("fields", {}), heading_key)]
        lists += [(f"{path.name} codes.{name}", part.get("codes", {}), fold) for name, part in table.get("codes", {}).items()]
        for place, entries, key in lists:
            owners: dict[str, str] = {}
            for name, entry in entries.items():
                title = entry if isinstance(entry, str) else entry.get("title", "")
                said = told.get(title) or title
                other = owners.setdefault(key(said), name)
                if other != name:
                    yield f"{place}: {other} and {name} are both {said!r}"


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("verb", choices=("extract", "merge", "check"))
    parser.add_argument("--language", default="en")
    given = parser.parse_args(None if arguments is None else list(arguments))
    if given.verb == "extract":
        for name, entries in texts().items():
            print(f"# {name}: {len(entries)}")
            print(*map(repr, entries), sep="\n")
        return 0
    if given.verb == "merge":
        merge(given.language)
        return 0
    wrong = list(faults(given.language))
    print(*wrong, f"{len(wrong)} fault(s)", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
