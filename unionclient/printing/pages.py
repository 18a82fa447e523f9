"""Which pages of a print are wanted: `1-3,5` or `8-`, counted through the whole file."""

import re

from unionclient.definition.faults import PrintError
from unionclient.definition.words import _

_RANGE = re.compile(r"(\d+)(?:(-)(\d*))?\Z")
_SIGNS = str.maketrans("，、；;－—–~～至到０１２３４５６７８９", ",,,,-------0123456789")


def wanted(text: str) -> tuple[tuple[int, int | None], ...]:
    """First and last page of each stretch, the last None for "to the end"; () for all pages.

    Raises PrintError when the text is no list of pages.
    """
    found = []
    for part in filter(None, (piece.strip() for piece in text.translate(_SIGNS).split(","))):
        match = _RANGE.match(part.replace(" ", ""))
        if match is None:
            raise _unclear(text)
        first, last = int(match[1]), int(match[3]) if match[3] else None if match[2] else int(match[1])
        if first < 1 or (last is not None and last < first):
            raise _unclear(text)
        found.append((first, last))
    return tuple(found)


def holds(stretches: tuple[tuple[int, int | None], ...], page: int) -> bool:
    return not stretches or any(first <= page and (last is None or page <= last) for first, last in stretches)


def _unclear(text: str) -> PrintError:
    return PrintError(_("页码“{text}”看不明白。").format(text=text), "", _("请写成 1-3,5 这样，从1数起；不填就是全部页。"))
