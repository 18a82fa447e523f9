"""A table of definitions in another language: the texts people read, and nothing else.

Works on the table as written, before anything is built of it. What is data stays as it is: values to store, conditions, SQL, headings to
recognise. Where the title of a field or of a code changes, the Chinese one becomes its first alias, so that Chinese workbooks and Chinese
typing are read as before. Limits: a text is translated wherever it stands in the same way; a translation that names other placeholders
than its text, or that would be told for two fields of a ledger or two codes of a list, is not taken.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from unionclient.definition.text import fold, heading_key

Say = Callable[[str], str]
"""Chinese text → what is said for it; the text itself where there is nothing."""

_PLAIN: Mapping[str, tuple[str, ...]] = {
    "checks": ("title", "message", "mend", "basis"),
    "indicators": ("title", "group", "unit", "reading", "source"),
    "worklist": ("title", "otherwise", "why", "words"),
    "reminders": ("title", "mend", "source"),
    "settings": ("title", "group", "help", "source"),
    "rules": ("message", "mend", "basis"),
}
"""Kind of named tables → keys whose texts are read by people, at any depth."""
_LEDGER = ("title", "group", "help", "source")
_FIELD = ("title", "group", "unit", "help")
_CODE = ("title", "section")
_LIST = ("title", "std")
_NEVER = ("only", "where", "when", "field", "date", "key", "ledger", "codes", "sheet", "link", "sort", "version", "layout", "of", "per",
          "population", "figures", "veto_facts")
"""Keys of a print form or a score sheet under which nothing is read by people, whatever it looks like."""
_PLACEHOLDER = re.compile(r"\{([\w.]+)")


def translated(table: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """One file's table with its texts said by `say`; the table given is not changed."""
    return {key: _part(key, part, say) for key, part in table.items()}


def _part(kind: str, part: Any, say: Say) -> Any:
    if kind == "ledger":
        return _keyed(part, _LEDGER, say)
    if kind == "fields":
        return _told_apart(part, say, _field, heading_key) if isinstance(part, Mapping) else part
    if kind == "codes":
        return _each(part, lambda one: _code_list(one, say))
    if kind in ("form", "sheet"):
        return _each(part, lambda one: _whole(one, say))
    if kind == "settings":
        return _each(part, lambda one: _setting(one, say))
    if kind == "follows":
        return [_keyed(one, ("title",), say) for one in part] if isinstance(part, list) else part
    if kind == "proposed":
        return _keyed(part, ("title",), say)
    return _each(part, lambda one: _deep(one, _PLAIN[kind], say)) if kind in _PLAIN else part


def _each(part: Any, change: Callable[[Any], Any]) -> Any:
    return {name: change(one) for name, one in part.items()} if isinstance(part, Mapping) else part


def _said(text: Any, say: Say) -> Any:
    """A translation that names the same placeholders; anything but such a text stays."""
    if not isinstance(text, str):
        return text
    told = say(text)
    return told if "{" not in text or set(_PLACEHOLDER.findall(told)) == set(_PLACEHOLDER.findall(text)) else text


def _keyed(part: Any, keys: Collection[str], say: Say) -> Any:
    return {key: _said(one, say) if key in keys else one for key, one in part.items()} if isinstance(part, Mapping) else part


def _deep(part: Any, keys: Collection[str], say: Say) -> Any:
    """As `_keyed`, also in lists of tables under one of the keys."""
    if not isinstance(part, Mapping):
        return part
    return {key: one if key not in keys else [_deep(line, keys, say) for line in one] if isinstance(one, list) else _said(one, say)
            for key, one in part.items()}


def _whole(part: Any, say: Say) -> Any:
    """Every text of a form or a score sheet but what `_NEVER` names."""
    if isinstance(part, Mapping):
        return {key: one if key in _NEVER else _whole(one, say) for key, one in part.items()}
    return [_whole(one, say) for one in part] if isinstance(part, list) else _said(part, say)


def _setting(part: Any, say: Say) -> Any:
    told = _keyed(part, _PLAIN["settings"], say)
    if isinstance(told, Mapping) and isinstance(told.get("choices"), Mapping):
        return {**told, "choices": _each(told["choices"], lambda words: _said(words, say))}
    return told


def _code_list(part: Any, say: Say) -> Any:
    told = _keyed(part, _LIST, say)
    if isinstance(told, Mapping) and isinstance(told.get("codes"), Mapping):
        return {**told, "codes": _told_apart(told["codes"], say, _code, fold)}
    return told


def _field(part: Any, say: Say) -> Any:
    """The unit stays as written, for amounts are read by it; it is said where it is shown, with the program's own catalogue."""
    told = _keyed(part, _FIELD, say)
    return {**told, "unit": part["unit"]} if isinstance(part, Mapping) and "unit" in part else told


def _code(part: Any, say: Say) -> Any:
    return {"title": _said(part, say)} if isinstance(part, str) else _keyed(part, _CODE, say)


def _told_apart(parts: Mapping[str, Any], say: Say, change: Callable[[Any, Say], Any], key: Callable[[str], str]) -> dict[str, Any]:
    """Fields of a ledger or codes of a list: the Chinese title goes to the aliases, and no word (compared by `key`) means two of them."""
    taken = {key(word): name for name, part in parts.items() for word in _words(part)}
    told: dict[str, Any] = {}
    for name, part in parts.items():
        new, title = change(part, say), part.get("title") if isinstance(part, Mapping) else part
        if not isinstance(new, Mapping) or new.get("title", title) == title:
            told[name] = part if isinstance(part, str) else new
        elif taken.setdefault(key(new["title"]), name) == name:
            told[name] = {**new, "aliases": [title, *(word for word in _listed(part) if word != new["title"])]}
        else:
            told[name] = {**new, "title": title}
    return told


def _words(part: Any) -> list[Any]:
    if isinstance(part, Mapping):
        return [word for word in (part.get("title"), *_listed(part)) if isinstance(word, str)]
    return [part] if isinstance(part, str) else []


def _listed(part: Any) -> list[Any]:
    aliases = part.get("aliases", []) if isinstance(part, Mapping) else []
    return aliases if isinstance(aliases, list) else [aliases]
