"""Text files with separators (.csv .tsv .txt) → rows of text; the encoding and the separator are found out.

Big5 and other code pages cannot be told from GB18030 on short files; they come out as wrong characters.
"""

import csv
import io
import re
from collections import Counter
from itertools import islice

from unionclient.definition.faults import UnreadableFile
from unionclient.definition.words import _, marked

KEPT = marked("没有导入任何内容。")
_SEPARATORS = (",", "\t", ";")
_FORCED_TEXT = re.compile(r'="(.*)"', re.DOTALL)    # ="007": how people keep leading zeros in a csv file
_CJK = re.compile("[㐀-鿿]")


def decode(content: bytes) -> tuple[str, str]:
    """(text, encoding): UTF-8, with or without mark, then UTF-16 with mark, then GB18030."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strict(content, "utf-16"), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    loose = content.decode("utf-8", errors="replace")
    good, bad = len(_CJK.findall(loose)), loose.count("\ufffd")
    if content.startswith(b"\xef\xbb\xbf") or good > 20 and bad * 20 < good:
        line = loose[:loose.index("\ufffd")].count("\n") + 1
        raise UnreadableFile(_("文件第 {line} 行附近的文字编码是乱的（不全是 UTF-8），可能没有传完整。").format(line=line), _(KEPT),
                             _("请用 WPS 或 Excel 打开原件，另存为 .xlsx 后再导入。"))
    return _strict(content, "gb18030"), "gb18030"


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile(_("看不懂这个文件的文字编码。"), _(KEPT), _("请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。")) from None


def parse(text: str) -> list[list[str]]:
    """Rows of cells as text. Rows may be unequally long; blank lines are empty rows, so that line numbers hold."""
    csv.field_size_limit(10_000_000)
    separator, text = _declared(text)
    if separator is None:
        separator = _sniff(text)
    rows = _rows(text, separator)
    for row in rows:
        for at, cell in enumerate(row):
            if cell[:2] == '="' and (forced := _FORCED_TEXT.fullmatch(cell)):
                row[at] = forced[1]
    return rows


def _declared(text: str) -> tuple[str | None, str]:
    """Excel's own first line `sep=;`, which is no row."""
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":
        return text[4], text[5:].removeprefix("\r").removeprefix("\n")
    return None, text


def _sniff(text: str) -> str:
    """The separator that cuts most of the first rows into equally many cells."""
    best, chosen = (0.0, 0), ","
    for separator in _SEPARATORS:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
        widths = Counter(len(row) for row in islice(reader, 100) if row)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        if width == 1:
            width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda item: item[1], default=(1, 0))
        score = (count / widths.total(), width)
        if width > 1 and score > best:
            best, chosen = score, separator
    return chosen


def _rows(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[list[str]] = []
    begun = 1
    try:
        for row in reader:
            rows.append(row)
            begun = reader.line_num + 1
        return rows
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnreadableFile(_("文件第 {begun} 行的引号没有成对，后面的内容分不清是哪一格。").format(begun=begun), _(KEPT),
                                 _("请用记事本打开，补上或删去第 {begun} 行多出的引号；或从 WPS、Excel 另存为 .xlsx。").format(begun=begun)) from None
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        raise UnreadableFile(_("文件第 {begun} 行分不成格。").format(begun=begun), _(KEPT), _("请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。")) from None
