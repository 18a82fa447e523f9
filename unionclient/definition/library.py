"""`load_library`: all of `forms/` as one frozen `Library`, or every mistake in it at once.

Further folders may add ledgers, lists, checks and forms to the program's own, and renew what they name (`renewing`); nothing else may be
defined twice.
"""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from unionclient.definition import build_forms, build_ledgers, build_others, build_steps, build_unique
from unionclient.definition.build_reminders import build_reminder
from unionclient.definition.build_worklists import build_worklist
from unionclient.definition.faults import DefinitionError
from unionclient.definition.ledger import CodeList, Ledger, Library
from unionclient.definition.mistake import Mistake, Shape, nearest
from unionclient.definition.places import root
from unionclient.definition.renewing import RENEWS, renew
from unionclient.definition.translating import translated
from unionclient.definition.words import CHINESE, _, catalogue, language, read_catalogue, speaking

TABLES = ("ledger", "fields", "rules", "feeds", "status", "follows", "codes", "checks", "indicators", "form", "sheet", "settings",
          "worklist", "proposed", "reminders")
_LEDGER_ONLY = ("fields", "rules", "feeds", "status", "follows", "proposed")


def load_library(*folders: Path) -> Library:
    """The program's definitions, with those of `folders` added. Raises `DefinitionError` with all mistakes."""
    library, mistakes = read_library((root() / "forms", *folders))
    if mistakes:
        raise DefinitionError(tuple(mistakes))
    return library


def builtin_library() -> Library:
    """The program's own definitions in the language spoken now, read once in a process."""
    return _builtin(language())


@cache
def _builtin(name: str) -> Library:
    with speaking(name):
        return load_library()


def read_library(folders: Iterable[Path]) -> tuple[Library, list[Mistake]]:
    """Library of what could be read, in the language spoken now, and every mistake found."""
    folders = tuple(folders)
    mistakes: list[Mistake] = []
    digest = hashlib.sha256()
    tables: list[tuple[str, str, dict[str, Any]]] = []
    queries: list[tuple[str, str]] = []
    for path in _files(folders, mistakes):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(content).digest())
        text = _text(path, content, mistakes)
        if text is None:
            continue
        if path.suffix == ".sql":
            queries.append((path.name, text))
        elif (table := _toml(path, text, mistakes)) is not None:
            tables.append((path.name, hashlib.sha256(content).hexdigest(), table))
    renew(tables, mistakes)
    if language() == CHINESE:
        return _assemble(tables, queries, digest.hexdigest(), mistakes), mistakes
    with speaking(CHINESE):
        chinese = _assemble(tables, queries, digest.hexdigest(), [])
    say = _said(folders, mistakes)
    told = [(file, sha256, translated(table, say)) for file, sha256, table in tables]
    return replace(_assemble(told, queries, digest.hexdigest(), mistakes), chinese=chinese), mistakes


def _said(folders: Iterable[Path], mistakes: list[Mistake]) -> Callable[[str], str]:
    """What the program's catalogue says for a text, and what the catalogue beside an office's own definitions (`en.po`) does."""
    known = dict(catalogue(language()))
    for path in (folder / f"{language()}.po" for folder in folders):
        try:
            known |= read_catalogue(path) if path.is_file() else {}
        except (OSError, UnicodeDecodeError) as error:
            mistakes.append(Mistake(path.name, "PO", _("译文文件读不出来（{error}）").format(error=error), _("请改正或删去这个文件")))
    return lambda text: known.get(text, text)


def _files(folders: Iterable[Path], mistakes: list[Mistake]) -> Iterator[Path]:
    for folder in folders:
        if not folder.is_dir():
            mistakes.append(Mistake(str(folder), _("文件夹"), _("没有这个文件夹"), _("请检查路径")))
            continue
        yield from sorted(p for p in folder.iterdir() if p.suffix in (".toml", ".sql"))


def _text(path: Path, content: bytes, mistakes: list[Mistake]) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        mistakes.append(Mistake(path.name, _("编码"), _("文件不是 UTF-8 编码"), _("请用 UTF-8 另存")))
        return None


def _toml(path: Path, text: str, mistakes: list[Mistake]) -> dict[str, Any] | None:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        mistakes.append(Mistake(path.name, "TOML", _("文件写法有误（{error}）").format(error=error), _("常见原因：引号或括号不成对，或同一个键写了两次")))
        return None
    for key in table:
        if key not in (*TABLES, RENEWS):
            mistakes.append(Mistake(path.name, key, _("不认识的段落 [{key}]").format(key=key), nearest(key, TABLES)))
    for key in _LEDGER_ONLY:
        if key in table and "ledger" not in table:
            mistakes.append(Mistake(path.name, key, _("有 [{key}] 却没有 [ledger]").format(key=key), _("请补上 [ledger] 段落")))
    return table


def _parts(tables: list[tuple[str, str, dict]], key: str, mistakes: list[Mistake]) -> Iterator[tuple[str, str, str, dict]]:
    """(name, file, sha256, table) of every named table `[key.name]`; a name used twice is a mistake."""
    owners: dict[str, str] = {}
    for file, sha256, table in tables:
        named = table.get(key, {})
        if not isinstance(named, dict):
            mistakes.append(Mistake(file, key, _("[{key}] 后面要有名字").format(key=key), _("请写成 [{key}.名字]").format(key=key)))
            continue
        for name, part in named.items():
            if not isinstance(part, dict):
                mistakes.append(Mistake(file, f"{key}.{name}", _("[{key}.{name}] 应是一个表").format(key=key, name=name),
                                        _("请写成 [{key}.{name}] 再另起行写各项").format(key=key, name=name)))
            elif name in owners:
                mistakes.append(Mistake(file, f"{key}.{name}", _("“{name}”已在 {file} 定义").format(name=name, file=owners[name]), _("请改名或删去一个")))
            else:
                owners[name] = file
                yield name, file, sha256, part


def _assemble(tables: list[tuple[str, str, dict]], queries: list[tuple[str, str]], sha256: str, mistakes: list[Mistake]) -> Library:
    codes: dict[str, CodeList] = {name: build_ledgers.build_codes(name, part, file, mistakes)
                                  for name, file, _, part in _parts(tables, "codes", mistakes)}
    ledgers = _build_ledgers(tables, codes, mistakes)
    build_others.cross_check(ledgers, mistakes)
    build_steps.finish_follows(ledgers, {t["ledger"].get("id"): t.get("follows", []) for _, _, t in tables
                                         if isinstance(t.get("ledger"), dict)}, mistakes)
    checks = {name: build_others.build_check(name, part, file, ledgers, mistakes)
              for name, file, _, part in _parts(tables, "checks", mistakes)}
    _unique_rules(ledgers, checks, mistakes)
    checks |= build_unique.unique_checks(ledgers)
    populations: dict = {}
    for file, text in queries:
        populations |= build_others.build_populations(text, file, ledgers, mistakes)
    indicators = {name: build_others.build_indicator(name, part, file, populations, mistakes)
                  for name, file, _, part in _parts(tables, "indicators", mistakes)}
    sheets = {name: build_others.build_sheet(name, part, file, digest, populations, indicators, mistakes)
              for name, file, digest, part in _parts(tables, "sheet", mistakes)}
    known = build_forms.Known(ledgers, codes, sheets)
    forms = {name: build_forms.build_form(name, part, file, known, mistakes)
             for name, file, _, part in _parts(tables, "form", mistakes)}
    settings = {name: build_steps.build_setting(name, part, file, mistakes)
                for name, file, _, part in _parts(tables, "settings", mistakes)}
    worklists = {name: build_worklist(name, part, file, indicators, populations, mistakes)
                 for name, file, _, part in _parts(tables, "worklist", mistakes)}
    reminders = {name: build_reminder(name, part, file, ledgers, mistakes)
                 for name, file, _, part in _parts(tables, "reminders", mistakes)}
    return Library(ledgers, codes, checks, populations, indicators, sheets, forms, settings, sha256, worklists, reminders)


def _build_ledgers(tables: list[tuple[str, str, dict]], codes: Mapping[str, CodeList], mistakes: list[Mistake]) -> dict[str, Ledger]:
    ledgers: dict[str, Ledger] = {}
    for file, sha256, table in tables:
        if "ledger" not in table:
            continue
        if not isinstance(table["ledger"], dict):
            mistakes.append(Mistake(file, "ledger", _("[ledger] 应是一个表"), _("请写成 [ledger] 再另起行写各项")))
            continue
        wrong = [key for key in ("fields", "rules") if not isinstance(table.get(key, {}), dict)]
        for key in wrong:
            mistakes.append(Mistake(file, key, _("[{key}] 应是一个表").format(key=key), _("请写成 [{key}] 再另起行写各项").format(key=key)))
        if wrong:
            continue
        ledger = build_ledgers.build_ledger(table, file, sha256, codes, mistakes)
        if ledger is None:
            continue
        if ledger.id in ledgers:
            mistakes.append(Mistake(file, "ledger.id", _("台账“{id}”已在 {file} 定义").format(id=ledger.id, file=ledgers[ledger.id].file), _("请改名或删去一个")))
            continue
        ledgers[ledger.id] = ledger
    return ledgers


def _unique_rules(ledgers: Mapping[str, Ledger], checks: Mapping[str, Any], mistakes: list[Mistake]) -> None:
    owners: dict[str, str] = {name: "checks" for name in checks}
    for ledger in ledgers.values():
        for rule in ledger.rules:
            if rule in owners:
                Shape({}, ledger.file, f"rules.{rule}", mistakes).wrong("", _("规则编号“{rule}”已在 {file} 使用").format(rule=rule, file=owners[rule]), _("请换一个编号"))
            owners[rule] = ledger.file
