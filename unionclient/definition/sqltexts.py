"""Which quoted words in the SQL of definitions are read by people, and how `words` is called there.

A quoted text counts as read by people where it is a result: directly behind SELECT, THEN or ELSE; behind a comma in the columns of a
SELECT, in `coalesce` or in `words`; and the template, the first of `words`. One that is compared, listed behind IN or VALUES, or given to
another function is data. Limits: reads tokens and brackets, not SQL; in doubt `words('…')` says that a text is for people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"|\w+|\|\||[<>=!]+|\S", re.S)
_RESULT = ("select", "distinct", "then", "else")
_OPEN = ("select", "coalesce", "words")
"""Brackets in which what stands behind a comma is a result."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted text with the tokens around it, in small letters; `within` is what opened its bracket: a function, or `select`."""

    text: str
    before: str
    after: str
    within: str

    @property
    def read(self) -> bool:
        """Whether people read it."""
        return self.before in _RESULT or self.before == "," and self.within in _OPEN or self.before == "(" and self.within == "words"

    @property
    def glued(self) -> bool:
        """Whether it is part of a text put together with `||`."""
        return "||" in (self.before, self.after)


def quoted_texts(sql: str) -> Iterator[Quoted]:
    """Every quoted text of a statement, in their order."""
    tokens = _tokens(sql)
    within = ["select"]
    for n, token in enumerate(tokens):
        if token == "(":
            inner = tokens[n + 1].lower()
            within.append("select" if inner in ("select", "with") else tokens[n - 1].lower())
        elif token == ")" and len(within) > 1:
            within.pop()
        elif token.startswith("'"):
            yield Quoted(token[1:-1].replace("''", "'"), tokens[n - 1].lower(), tokens[n + 1].lower(), within[-1])


def words_calls(sql: str) -> Iterator[tuple[str | None, int]]:
    """(template, number of values) of every call of `words`; None where the template is not a quoted text alone."""
    tokens = _tokens(sql)
    for n, token in enumerate(tokens):
        if token.lower() == "words" and tokens[n + 1] == "(":
            alone = tokens[n + 2].startswith("'") and tokens[n + 3] in (",", ")")
            yield tokens[n + 2][1:-1].replace("''", "'") if alone else None, _commas(tokens, n + 2)


def _tokens(sql: str) -> list[str]:
    """Without comments; empty ones at both ends, so that every token has neighbours."""
    return ["", *(token for token in _TOKEN.findall(sql) if not token.startswith(("--", "/*"))), "", "", ""]


def _commas(tokens: list[str], at: int) -> int:
    """The commas of the bracket that `at` stands in, up to its end."""
    depth = found = 0
    for token in tokens[at:]:
        depth += (token == "(") - (token == ")")
        if depth < 0:
            break
        found += token == "," and depth == 0
    return found
