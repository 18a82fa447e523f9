"""The bytes of a foreign file → its sheets, by what the file holds and not by what it is called.

Runs in the reading process (`worker`). Raises `UnreadableFile` with what to do; anything else that
escapes is a fault of the file or of the reader and is caught at the process's edge.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from unionclient.definition.faults import UnreadableFile
from unionclient.definition.words import _, marked
from unionclient.sheets import delimited, secondlook
from unionclient.sheets.book import Book, Cell, Limits, Sheet, Span

KEPT = delimited.KEPT
_TABLES = marked("请选择 .xlsx、.xls、.et、.ods 或 .csv 表格。")
_SYLK = b"ID;P"
_SAVE_AS = marked("请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。")
_OTHER_FILES = (
    (b"%PDF", marked("这是 PDF 文件，不是表格。")), (b"\x89PNG", marked("这是图片，不是表格。")), (b"\xff\xd8\xff", marked("这是图片，不是表格。")),
    (b"{\\rtf", marked("这是文字文档，不是表格。")), (b"Rar!", marked("这是压缩包，请先解压。")), (b"7z\xbc\xaf", marked("这是压缩包，请先解压。")),
    (b"\x1f\x8b", marked("这是压缩包，请先解压。")), (_SYLK, marked("这是 SYLK 格式的旧表格，程序不能直接读取。")),
    (b"SQLite format 3", marked("这是数据库文件，不是表格。")),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_contents(path: Path, limits: Limits) -> Book:
    """The book in `path`; its SHA-256 is that of the very bytes that were read."""
    content = _bytes(path, limits)
    name, sha256 = path.name, hashlib.sha256(content).hexdigest()
    if content.startswith(b"PK\x03\x04") or content.startswith(b"PK\x05\x06"):
        kind = _container_kind(content, limits)
    elif content.startswith(_COMPOUND) or content[:2] == b"\x09\x08":
        kind = "xls"
    else:
        _refuse_others(content)
        return Book((_text_sheet(content, path, limits),), sha256, name, "csv")
    sheets, notes = _workbook(content, kind, limits)
    return Book(sheets, sha256, name, kind, notes)


def _bytes(path: Path, limits: Limits) -> bytes:
    with path.open("rb") as stream:
        content = stream.read(limits.file_size + 1)
    if len(content) > limits.file_size:
        raise UnreadableFile(_("文件超过 {size} MB，太大了。").format(size=limits.file_size // 1_000_000), _(KEPT), _("请删去图片等内容，或拆成几个文件分别导入。"))
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(_("文件是空的。"), _(KEPT), _("请确认选对了文件，并且已经下载或复制完整。"))
    return content


def _refuse_others(content: bytes) -> None:
    for magic, what in _OTHER_FILES:
        if content.startswith(magic):
            raise UnreadableFile(_(what), _(KEPT), _(_TABLES) if magic != _SYLK else _(
                "请选择 .xlsx、.xls、.et、.ods 或 .csv 表格。请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。"))
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"<"):
        web = b"<html" in head or not head.startswith((b"<?xml", b"<office"))
        what = _("这个文件其实是网页（HTML），只是用了表格的扩展名。") if web else _("这个文件是 XML 格式，程序不能直接读取。")
        raise UnreadableFile(what, _(KEPT), _(_SAVE_AS))
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in content:
        raise UnreadableFile(_("认不出这个文件的格式，它不是程序能读取的表格，或者已经损坏。"), _(KEPT), _(_SAVE_AS))


def _container_kind(content: bytes, limits: Limits) -> str:
    """"xlsx", "xlsb" or "ods", after the container's directory was found harmless."""
    try:
        directory = list(secondlook.members(content))
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        raise UnreadableFile(_("文件不完整或已经损坏，打不开。"), _(KEPT), _("请重新下载或复制一份；还不行就请对方用 WPS 或 Excel 另存后再发。")) from None
    unpacked = sum(member.file_size for member in directory)
    packed = sum(member.compress_size for member in directory) or 1
    if unpacked > limits.unpacked or len(directory) > limits.members \
            or unpacked > 20_000_000 and unpacked > packed * limits.ratio:
        raise UnreadableFile(_("文件展开后有 {size} MB、{n} 个部分，超出正常表格的大小，为安全起见没有打开。").format(size=unpacked // 1_000_000, n=len(directory)),
                             _(KEPT), _("请确认来源；若确是台账，请把数据复制到一张新表里，或拆成几个文件分别导入。"))
    names = {member.filename.replace("\\", "/").lstrip("/").lower() for member in directory}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") or name.endswith("workbook.xml") for name in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise UnreadableFile(_("这是文档或演示文稿，不是表格。"), _(KEPT), _(_TABLES))
    raise UnreadableFile(_("这是压缩包，里面可能有表格。"), _(KEPT), _("请先解压，再选择里面的表格。"))


def _workbook(content: bytes, kind: str, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, PasswordError) or secondlook.is_protected(content, kind):
            raise UnreadableFile(_("文件有密码保护，程序打不开。"), _(KEPT),
                                 _("请用 WPS 或 Excel 输入密码打开，去掉密码后另存，再导入。")) from None
        raise UnreadableFile(_("文件不完整、已经损坏，或不是表格，打不开。"), _(KEPT), _(_SAVE_AS)) from None
    parts = secondlook.XlsxParts(content) if kind == "xlsx" else None
    spans = secondlook.ods_merges(content) if kind == "ods" else {}
    sheets: list[Sheet] = []
    notes: list[str] = []
    with ThreadPoolExecutor(1) as beside:       # unzipping once more costs no time beside the reader
        for about in workbook.sheets_metadata:
            if "WorkSheet" not in str(about.typ):
                continue
            faults = beside.submit(parts.faults, about.name) if parts else None
            try:
                source = workbook.get_sheet_by_name(about.name)
            except (CalamineError, OSError, ValueError):
                notes.append(_("工作表“{name}”已损坏，没有读取。").format(name=about.name))
                continue
            sheets.append(replace(
                _sheet(source, about.name, spans.get(about.name, ()), faults.result() if faults else {}, limits),
                visible=str(about.visible).endswith(".Visible"), date1904=parts.date1904 if parts else False))
    if not sheets:
        raise UnreadableFile(_("文件里没有能读取的工作表。"), _(KEPT), _(_SAVE_AS))
    return tuple(sheets), tuple(notes)


def _sheet(source, name: str, spans: tuple[Span, ...], faults: dict[tuple[int, int], str], limits: Limits) -> Sheet:
    used = source.end or (-1, -1)
    end = (max(used[0], *(row for row, _ in faults), -1), max(used[1], *(column for _, column in faults), -1))
    if (end[0] + 1) * (end[1] + 1) > limits.cells:
        raise UnreadableFile(_("工作表“{name}”用到了第 {row} 行第 {column} 列，太大了。").format(name=name, row=end[0] + 1, column=end[1] + 1), _(KEPT),
                             _("多半是表格下方或右边有大片空白格带了格式：请把数据复制到一张新表里再导入，或拆成几个文件。"))
    rows: Iterable[list[Cell]] = source.iter_rows() if end[0] >= 200_000 else source.to_python(skip_empty_area=False)
    merges = tuple((top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or ()) or spans
    columns = _trim(tuple(_column(cells) for cells in zip(*rows)), faults)
    return Sheet(name, columns, merges=merges, faults=faults)


def _column(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Equal cells become one object (smaller and faster to hand over), "" None, whole floats whole numbers."""
    settled: dict[Cell, Cell] = {"": None}
    if bool in set(map(type, cells)):           # True == 1: must not share an entry
        return tuple(None if cell == "" and type(cell) is str else _number(cell) for cell in cells)
    for cell in set(cells):
        settled[cell] = _number(cell) if cell != "" else None
    return tuple(map(settled.__getitem__, cells))


def _number(cell: Cell) -> Cell:
    if type(cell) is float and abs(cell) < 1e15 and cell.is_integer():
        return int(cell)
    return cell


def _trim(columns: tuple[tuple[Cell, ...], ...], faults: Mapping[tuple[int, int], str]) -> tuple[tuple[Cell, ...], ...]:
    """Without the empty columns at the right and the empty rows at the bottom, but with room for every faulty cell."""
    right = max((column for _, column in faults), default=-1) + 1
    bottom = max((row for row, _ in faults), default=-1) + 1
    width = len(columns)
    while width > right and not any(cell is not None for cell in columns[width - 1]):
        width -= 1
    columns = columns[:width]
    height = len(columns[0]) if columns else 0
    while height > bottom and all(column[height - 1] is None for column in columns):
        height -= 1
    full = max(height, bottom)
    return (*(column[:height] + (None,) * (full - height) for column in columns), *((None,) * full for _ in range(right - width)))


def _text_sheet(content: bytes, path: Path, limits: Limits) -> Sheet:
    text = delimited.decode(content)[0]
    if "\0" in text:
        raise UnreadableFile(_("认不出这个文件的格式，它不是程序能读取的表格，或者已经损坏。"), _(KEPT), _(_SAVE_AS))
    rows = delimited.parse(text)
    width = max(map(len, rows), default=0)
    if width * len(rows) > limits.cells:
        raise UnreadableFile(_("文件有 {n} 行 {width} 列，太大了。").format(n=len(rows), width=width), _(KEPT), _("请拆成几个文件分别导入。"))
    full = [row + [""] * (width - len(row)) if len(row) < width else row for row in rows]
    return Sheet(path.stem, _trim(tuple(_column(cells) for cells in zip(*full)), {}), text_only=True)
