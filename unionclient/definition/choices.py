"""Codes as officers write them: by code, title, alias, or both together, found without guessing."""

import re
from collections.abc import Iterable

from unionclient.definition.ledger import CodeList
from unionclient.definition.text import fold, narrow

_BETWEEN = ("", "-", "—", ".", ":", "、", "_")
_MAJOR = re.compile(r"[、,，;；|\n]")
_MINOR = re.compile(r"[/\s]+")

# A list is known by its identity; keeping the list itself beside its index keeps that identity its own.
_INDEXES: dict[int, tuple[CodeList, dict[str, str]]] = {}


def find_code(codes: CodeList, text: str) -> str | None:
    """The code meant by `text`, or None. "回", "回族", "03", "3", "03 回" and "03-回" all give "03"."""
    if text in codes.codes:
        return text
    index = _index(codes)
    if text in index:
        return index[text]
    key = fold(narrow(text))
    found = index.get(key)
    if found is None and key:
        found = index.get(key + "族") or (index.get(key[:-1]) if key[-1] in "族性" and len(key) > 1 else None)
    if found is None and key.endswith(".0"):
        found = index.get(key[:-2])
    return found


def find_codes(codes: CodeList, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes in a text that lists several, in list order, and the parts that name no code."""
    whole = find_code(codes, text)
    if whole is not None:
        return (whole,), ()
    found: set[str] = set()
    unknown: list[str] = []
    for part in filter(None, map(str.strip, _MAJOR.split(text))):
        code = find_code(codes, part)
        smaller = [part] if code is not None else list(filter(None, _MINOR.split(part)))
        for piece in smaller:
            code = find_code(codes, piece)
            if code is None:
                unknown.append(piece)
            else:
                found.add(code)
    return in_order(codes, found), tuple(unknown)


def in_order(codes: CodeList, chosen: Iterable[str]) -> tuple[str, ...]:
    chosen = set(chosen)
    return tuple(code for code in codes.codes if code in chosen)


def written(codes: CodeList, code: str) -> str:
    """The title of `code` if that reads back to it, else the code itself."""
    title = codes.title_of(code)
    return title if find_code(codes, title) == code else code


def written_all(codes: CodeList, chosen: Iterable[str]) -> str:
    """Titles joined by "、" if that reads back to the same codes, else the codes themselves."""
    chosen = tuple(chosen)
    text = "、".join(written(codes, code) for code in chosen)
    return text if find_codes(codes, text) == (chosen, ()) else ",".join(chosen)


def _index(codes: CodeList) -> dict[str, str]:
    known = _INDEXES.get(id(codes))
    if known is None:
        known = _INDEXES[id(codes)] = (codes, _build(codes))
    return known[1]


def _build(codes: CodeList) -> dict[str, str]:
    """Folded spelling → code. A code outranks a title, a title an alias, a live entry a retired one."""
    entries = sorted(codes.codes.values(), key=lambda entry: entry.retired)
    index = {fold(entry.code): entry.code for entry in entries}
    for entry in entries:
        index.setdefault(fold(entry.title), entry.code)
    for entry in entries:
        for alias in entry.aliases:
            index.setdefault(fold(alias), entry.code)
    for entry in entries:
        for sign in _BETWEEN:
            index.setdefault(fold(entry.code + sign + entry.title), entry.code)
        index.setdefault(fold(f"{entry.title}({entry.code})"), entry.code)
    for entry in entries:
        if entry.code.isdigit():        # a number cell has lost the zeros in front
            index.setdefault(entry.code.lstrip("0") or "0", entry.code)
    return index
