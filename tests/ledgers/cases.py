"""What a test case of a definition is: plain data, run by the tests beside this file. One list per group of ledgers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from unionclient.definition.library import builtin_library

Rows = Sequence[tuple[str, Mapping[str, Any]]]
"""(ledger, stored values by column, with "id"): codes as codes, dates ISO, decimals scaled, money in fen, booleans 0/1."""


@dataclass(frozen=True)
class RuleCase:
    """A row rule speaks on `fails` and is silent on `passes`: typed texts by field, as an officer types them."""

    rule: str
    ledger: str
    fails: Mapping[str, Any]
    passes: Mapping[str, Any]
    today: str = "2018-01-10"


def rule_table(text: str, today: str = "2018-01-10") -> list[RuleCase]:
    """Cases one a line: `rule | values at fault | sound values`, values as typed, `field=text` parted by `;`."""
    owners = {rule: ledger.id for ledger in builtin_library().ledgers.values() for rule in ledger.rules}
    cases = []
    for line in filter(None, map(str.strip, text.splitlines())):
        rule, fails, passes = (part.strip() for part in line.split("|"))
        cases.append(RuleCase(rule, owners[rule], _typed(fails), _typed(passes), today))
    return cases


def _typed(text: str) -> dict[str, str]:
    return dict(cell.strip().split("=", 1) for cell in text.split(";") if cell.strip())


@dataclass(frozen=True)
class CheckCase:
    """A check over several records (or a `unique` rule) finds exactly the records `finds` among `rows`."""

    check: str
    rows: Rows
    finds: Sequence[str]
    period: str = "2017Y"
    today: str = "2018-01-10"
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FigureCase:
    """A figure computed by hand: `why` holds the arithmetic, `of` and `per` its whole numbers, `missing` who is not counted."""

    figure: str
    why: str
    rows: Rows
    of: int
    per: int | None = None
    state: str | None = None
    value: str | None = None
    missing: Sequence[str] | None = None
    counted: Sequence[str] | None = None
    period: str = "2017Y"
    today: str = "2018-06-01"
    settings: Mapping[str, str] = field(default_factory=dict)
