"""A text that the SQL of definitions makes of words and values, the two carried apart, so that it can be said in any language.

The SQL function `words('已过 {days} 天没有批复', days)` gives one text that holds template and values between marks; `told` says it in
the language spoken now, `plain` in Chinese. The marks are code points that Unicode keeps free for such use inside a program, so such
a text may stand in another one: as a value of `words`, beside `||`, in `group_concat`. Limits: it is for the screen alone; cut,
measured or sorted it is not what is read.
"""

import re
from collections.abc import Callable

from unionclient.definition.words import _

_BEGINS, _NEXT, _ENDS = "\ufdd0", "\ufdd1", "\ufdd2"
_INNERMOST = re.compile(f"{_BEGINS}([^{_BEGINS}{_ENDS}]*){_ENDS}")
_FIELD = re.compile(r"\{(\w+)\}")


def places(template: str) -> tuple[str, ...]:
    """The names in braces, each once, in their order: the n-th stands for the n-th value."""
    return tuple(dict.fromkeys(_FIELD.findall(template)))


def packed(template: str | None, *values: str | int | float | None) -> str | None:
    """What `words` gives in SQL; None (NULL) where the template or a value is, as `||` has it."""
    if template is None or None in values:
        return None
    return _BEGINS + _NEXT.join((template, *map(str, values))) + _ENDS


def told(text: str) -> str:
    """`text` in the language spoken now, whether it holds packed words or is a word itself."""
    return _read(text, _)


def plain(text: str) -> str:
    """`text` in Chinese, the same whatever language is spoken."""
    return _read(text, str)


def _read(text: str, say: Callable[[str], str]) -> str:
    if _BEGINS not in text:
        return say(text)
    read, more = text, 1
    while more:
        read, more = _INNERMOST.subn(lambda found: _filled(found[1].split(_NEXT), say), read)
    return read


def _filled(parts: list[str], say: Callable[[str], str]) -> str:
    template, *values = parts
    given = dict(zip(places(template), map(say, values), strict=False))
    return _FIELD.sub(lambda field: given.get(field[1], field[0]), say(template))
