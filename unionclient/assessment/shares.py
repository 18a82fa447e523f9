"""Exact shares: compare and show ratios of whole numbers without ever deciding on a rounded percentage."""

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_SHARE = re.compile(r"(\d+(?:\.\d+)?)(%)?|(\d+)/([1-9]\d*)")


def read_share(text: str) -> Fraction:
    """"2/3", "90%" or "0" as an exact share (1 = the whole); raises ValueError on anything else."""
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not a share: {text!r}")
    if found[3]:
        return Fraction(int(found[3]), int(found[4]))
    return Fraction(found[1]) / (100 if found[2] else 1)


def percent(numerator: int, denominator: int) -> Decimal | None:
    """The share in per cent with two decimals, half up, for show only; None when there is nothing to divide by."""
    if denominator == 0:
        return None
    return half_up(Fraction(numerator * 100, denominator), 2)


def half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """Exact value → Decimal with `places` decimals, halves away from zero."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    scaled = Fraction(value) * 10**places
    whole = (2 * abs(scaled.numerator) + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(-whole if scaled < 0 else whole).scaleb(-places)
