"""The few named row rules that the vocabulary cannot say; each is a function (values, names, today) → at fault."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from unionclient.definition.formats import uscc_inner_ok

_BETWEEN = re.compile(r"[、,，;；/\s]+")


def inspectors_two(values: Mapping[str, Any], names: Sequence[str], today: dt.date) -> bool:
    """Fewer than two different people are named. Source: domain handbook §7.5, inspectors ≥ 2."""
    text = values.get(names[0])
    return text is not None and len({part for part in _BETWEEN.split(text) if part}) < 2


def age_16_75(values: Mapping[str, Any], names: Sequence[str], today: dt.date) -> bool:
    """Younger than 16 or older than 75 today. Source: domain handbook §4.4."""
    born = values.get(names[0])
    if born is None:
        return False
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return not 16 <= age <= 75


def inner_code(values: Mapping[str, Any], names: Sequence[str], today: dt.date) -> bool:
    """The organisation code inside a right 18-digit code fails its own check. Source: GB 32100-2015, GB 11714."""
    code = values.get(names[0])
    return code is not None and len(code) == 18 and not uscc_inner_ok(code)


SPECIALS: dict[str, Callable[[Mapping[str, Any], Sequence[str], dt.date], bool]] = {
    "inspectors_two": inspectors_two, "age_16_75": age_16_75, "inner_code": inner_code,
}
