"""What all layouts share: title, the line under it, and the foot of the page."""

from collections.abc import Sequence

from unionclient.definition.words import _, marked
from unionclient.printing import typeset
from unionclient.printing.fonts import HEI_BOLD, SONG
from unionclient.printing.painter import MARGIN, Painter
from unionclient.printing.sheet import Job
from unionclient.printing.typeset import PT

FOOT = 14.0
"""Millimetres at the bottom edge of the paper that belong to the page's foot."""
CONFIDENTIAL = marked("内部资料，注意保密")
_LEAST = 6.5
_FOOT_SIZE, _FOOT_STEP = 7.5, 3.4
_FOOT_GREY = 0.3


def title(paper: Painter, text: str, y: float, *, size: float = 18.0) -> None:
    """The form's title, centred, its base line at `y`."""
    fitted = typeset.fit_line(text, paper.grid, font=HEI_BOLD, size=size)
    paper.write(paper.width / 2, y, fitted.lines[0], font=HEI_BOLD, size=fitted.size, align="center")


def three(paper: Painter, parts: Sequence[str], base: float, *, size: float = 10.5) -> None:
    """Up to three texts on one line: left, middle, right; shrunk together when they would touch.

    A left text that is still too long goes on in lines above, so the middle and the right one must be short.
    """
    left, middle, right = (*parts, "", "", "")[:3]
    gap = 4.0

    def needed(points: float) -> float:
        """Width of the line when the middle text stays in the middle."""
        sides = max(typeset.width(left, SONG, points), typeset.width(right, SONG, points))
        inner = typeset.width(middle, SONG, points)
        return 2 * (sides + gap) + inner if middle else 2 * sides if not (left and right) else \
            typeset.width(left, SONG, points) + gap + typeset.width(right, SONG, points)

    while needed(size) > paper.grid and size > _LEAST:
        size -= 0.5
    room = paper.grid - typeset.width(right, SONG, size) - gap
    if middle:
        room = (paper.grid - typeset.width(middle, SONG, size)) / 2 - gap
    lines = typeset.wrap(left, room, SONG, size)
    for number, line in enumerate(reversed(lines)):
        paper.write(MARGIN, base - number * size * typeset.LEADING * PT, line, size=size)
    paper.write(paper.width / 2, base, middle, size=size, align="center")
    paper.write(paper.width - MARGIN, base, right, size=size, align="right")


def foot(paper: Painter, job: Job, number: int, total: int) -> None:
    """Form code, version and secrecy at the left, page n of m, print time, package and log at the right."""
    base = paper.height - 6.0
    paper.once(("foot",), lambda sheet: _standing_foot(sheet, job, base))
    paper.write(paper.width / 2, base, _("第 {number} 页　共 {total} 页").format(number=number, total=total), size=9, align="center")


def _standing_foot(paper: Painter, job: Job, base: float) -> None:
    context = job.context
    origin = "　".join(text for text in (
        _("包号 {number}").format(number=context.package_no) if context.package_no else "",
        _("日志 {head}").format(head=context.log_head[:12]) if context.log_head else "",
    ) if text)
    printed = _("打印 {at:%Y-%m-%d %H:%M}").format(at=context.printed_at) if context.printed_at else ""
    left = (_(CONFIDENTIAL) if job.confidential else "", _("{id}　第 {version} 版").format(id=job.form.id, version=job.form.version))
    right = (printed, origin) if origin else ("", printed)
    room = (paper.grid - 40) / 2
    for texts, x, align in ((left, MARGIN, "left"), (right, paper.width - MARGIN, "right")):
        for number, text in enumerate(texts):
            fitted = typeset.fit_line(text, room, font=SONG, size=_FOOT_SIZE)
            paper.write(x, base - _FOOT_STEP * (1 - number), fitted.lines[0], size=fitted.size, align=align, grey=_FOOT_GREY)
