"""Prints a form: the layout plans its pages, the painter draws them, the file appears whole or not at all."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from unionclient.definition.faults import PrintError
from unionclient.definition.ledger import Ledger, Library, PrintForm
from unionclient.definition.words import _
from unionclient.printing import ballot, frame, notice, roster, score, stacked
from unionclient.printing.pages import holds, wanted
from unionclient.printing.painter import Painter
from unionclient.printing.sheet import Job, Page, PrintContext, PrintRow

Layout = Callable[[Job], Sequence[Sequence[Page]]]
Stretches = tuple[tuple[int, int | None], ...]
LAYOUTS: dict[tuple[str, str], Layout] = {
    ("K1", ""): roster.plan,
    ("K1", "tally"): roster.plan,
    ("K2", ""): stacked.plan,
    ("K3", ""): stacked.plan,
    ("K4", ""): notice.plan,
    ("K5", ""): stacked.plan,
    ("K6", ""): score.plan,
    ("K6", "ballot"): ballot.plan,
    ("K6", "count"): stacked.plan,
    ("K7", ""): stacked.plan,
}
"""By layout and `options.variant`. A further layout is a further file with a `plan`, and one line here."""


def print_form(form: PrintForm, ledger: Ledger, rows: Sequence[PrintRow], out: Path, *, context: PrintContext,
               library: Library | None = None, pages: str = "") -> Path:
    """Write the form as PDF to `out` and return it; without rows a blank form. `library` gives code lists and headings of other ledgers.

    `pages` chooses pages of the whole file (1-3,5). A roster prints all rows in one document; the other layouts print one document per row, each with its own page count.
    Raises PrintError when the layout is unknown, a font is missing or the file cannot be written; an older file at `out`
    is then still there unchanged.
    """
    layout = LAYOUTS.get((form.layout, form.options.get("variant", "")))
    if layout is None:
        raise PrintError(_("表样“{form}”的版式 {layout} 还不能打印").format(form=form.title, layout=form.layout), "", _("请改用其他表样，或导出为工作簿。"))
    out = Path(out)
    write_whole(out, render(layout, Job(form, ledger, tuple(rows), context, library), wanted(pages)))
    return out


def render(layout: Layout, job: Job, stretches: Stretches = ()) -> bytes:
    """The PDF of a job as bytes, or of some of its pages; the same job gives the same bytes."""
    context = job.context
    created = f"D:{context.printed_at:%Y%m%d%H%M%S}+08'00'" if context.printed_at else ""
    paper = Painter(landscape=job.form.landscape, title=job.form.title, author=context.union_name, created=created,
                    data_sha256=context.data_sha256)
    documents = layout(job)
    count = sum(map(len, documents))
    if not any(holds(stretches, number) for number in range(1, count + 1)):
        raise PrintError(_("“{title}”一共 {count} 页，没有要打印的页。").format(title=job.form.title, count=count), "", _("请改页码，不填就是全部页。"))
    labels = [row.label for row in job.rows] if len(documents) == len(job.rows) > 1 else [""] * len(documents)
    at = 0
    for document, label in zip(documents, labels, strict=True):
        for number, page in enumerate(document, 1):
            at += 1
            if not holds(stretches, at):
                continue
            if label and number == 1:
                paper.bookmark(label)
            page(paper)
            frame.foot(paper, job, number, len(document))
            paper.end_page()
    return paper.finish()


def write_whole(out: Path, content: bytes) -> None:
    """Temporary file in the same folder, flushed to the disk, then put in place."""
    part = out.with_name(f".{out.name}.{os.urandom(4).hex()}.part")
    try:
        with open(part, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, out)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise _not_written(out, fault) from fault


def _not_written(out: Path, fault: OSError) -> PrintError:
    return PrintError(_("“{name}”写不进去：{strerror}").format(name=out.name, strerror=fault.strerror), _("台账数据没有改动，原有文件仍在。"),
                      _("请查看磁盘空间，关闭正打开该文件的程序，或换一个文件夹，再打印一次。"))
