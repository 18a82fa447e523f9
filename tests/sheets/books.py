"""Small messy workbooks for tests: written as offices write them, by openpyxl, xlwt or as text."""

from pathlib import Path

WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FOUNDING = ["序号", "单位名称", "统一社会信用代码", "工会类型", "批复日期", "批复文号", "成立日期", "职工人数", "会员人数", "主席姓名", "主席电话"]


def uscc(number: int) -> str:
    """A unified credit code that holds."""
    body = f"91110101MA{number:07d}"
    return body + LETTERS[(31 - sum(LETTERS.index(c) * w for c, w in zip(body, WEIGHTS)) % 31) % 31]


def resident(number: int, day: str = "19800101") -> str:
    """An identity number that holds; an even `number` is a woman's."""
    body = f"110101{day}{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights)) % 11]


def union_row(number: int, **other):
    """One sound row under `FOUNDING`; `other` replaces cells by heading."""
    row = dict(zip(FOUNDING, [number, f"北京第{number}科技有限公司", uscc(number), "独立基层工会", "2017-03-01", f"东花工发〔2017〕{number}号",
                              "2017-03-05", 100 + number, 50 + number, "王小明", f"138001380{number:02d}"]))
    return list({**row, **other}.values())


def xlsx(path: Path, rows, *, merges=(), title="Sheet1", more=(), epoch=None, formats=None) -> Path:
    """`rows` on the first sheet; `more` = (title, rows, state) of further sheets; `formats` {"H5": number format}."""
    from openpyxl import Workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    if epoch == 1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for span in merges:
        sheet.merge_cells(span)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    for name, others, state in more:
        other = book.create_sheet(name)
        other.sheet_state = state
        for row in others:
            other.append(list(row))
    book.save(path)
    return path


def xls(path: Path, rows) -> Path:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台账")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    book.save(str(path))
    return path


def text(path: Path, rows, *, encoding="utf-8", separator=",") -> Path:
    """Rows as a text file; numbers as they print, None as nothing."""
    import csv
    import io

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([["" if c is None else c for c in row] for row in rows])
    path.write_bytes(out.getvalue().encode(encoding))
    return path
