"""A PDF with a ruled table of the members, as the printed forms have."""

from io import BytesIO

from unionclient.submission.tabledata import Table

LEFT, TOP, HIGH = 50, 780, 20
WIDTHS = (30, 90, 60, 80)


def make_ruled_pdf(table: Table, change: dict[tuple[int, int], str] | None = None, per_page: int = 30) -> bytes:
    """Number of the row, id, age and fee of each record; `change` puts other texts into cells (row, column from 0)."""
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    page = Canvas(out, invariant=True)
    rows = [[str(place), row[0], str(row[2]), f"{row[3]:,.2f}"] for place, row in enumerate(table.rows, 1)]
    for (place, column), text in (change or {}).items():
        rows[place][column] = text
    edges = [LEFT + sum(WIDTHS[:place]) for place in range(len(WIDTHS) + 1)]
    for begin in range(0, len(rows), per_page):
        some = rows[begin:begin + per_page]
        page.drawString(LEFT, TOP + 15, "Members 2017Q3, 12 of 99")
        page.grid(edges, [TOP - place * HIGH for place in range(len(some) + 1)])
        for place, row in enumerate(some):
            for edge, text in zip(edges, row, strict=False):
                page.drawString(edge + 3, TOP - (place + 1) * HIGH + 5, text)
        page.showPage()
    page.save()
    return out.getvalue()
