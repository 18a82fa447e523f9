"""The closed vocabulary of row rules: which kinds there are, how many fields and which options each takes.

`validation.rules` evaluates them; the loader holds every rule of `forms/` against this table. `unique` speaks of
several records, so the loader turns it into a cross-ledger check.
"""

from dataclasses import dataclass

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


@dataclass(frozen=True, slots=True)
class RuleKind:
    """`least` and `most` fields; options that are needed and that may be given; whether `when` is needed."""

    least: int
    most: int = 99
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    needs_when: bool = False
    types: tuple[str, ...] = ()          # field types allowed; empty = any


_NUMBERS = ("int", "decimal", "money")
_TIMES = ("date", "datetime", "month")

KINDS: dict[str, RuleKind] = {
    "date_order": RuleKind(2, takes=("strict",), types=_TIMES),
    "not_future": RuleKind(1, types=_TIMES),
    "workdays": RuleKind(2, 2, needs=("least",), types=("date",)),
    "required_when": RuleKind(1, needs_when=True),
    "forbidden_when": RuleKind(1, needs_when=True),
    "compare": RuleKind(2, 2, needs=("op",)),
    "range": RuleKind(1, takes=("min", "max"), types=_NUMBERS),
    "ratio": RuleKind(2, 2, needs=("op", "num", "den"), types=_NUMBERS),
    "sum": RuleKind(1, needs=("total",), takes=("op",), types=_NUMBERS),
    "pattern": RuleKind(1, needs=("pattern",)),
    "one_of": RuleKind(2),
    "different": RuleKind(2),
    "min_length": RuleKind(1, needs=("length",)),
    "matches_id": RuleKind(2, 2),
    "fail_when": RuleKind(1, needs_when=True),
    "unique": RuleKind(1),
    "special": RuleKind(1, needs=("name",)),
}

SPECIALS = ("inspectors_two", "age_16_75", "inner_code")
"""Named rules the vocabulary cannot say; each has a function of the same name in `validation.specials`."""
