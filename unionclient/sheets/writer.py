"""Writes a ledger as .xlsx by streaming: large ledgers in seconds, the same bytes for the same rows.

Text stays text (identity numbers, formulas as typed), dates are dates, numbers numbers; code columns have a list.
Limits: one sheet, 1,048,575 rows, 32,767 characters a cell. Only what an office needs of the format is written.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from unionclient.definition.faults import UnionClientError
from unionclient.definition.ledger import Field
from unionclient.sheets.book import letter
from unionclient.sheets.files import written_whole

MOST_ROWS, MOST_CHARACTERS = 1_048_575, 32_767
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_STAMP = (1980, 1, 1, 0, 0, 0)
_EPOCH = dt.date(1899, 12, 30)
# cell styles of styles.xml, by position
_PLAIN, _HEAD, _TEXT, _DATE, _MONEY, _WHOLE, _STAMPED, _DECIMAL = range(8)
_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="3"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="#,##0.00"/>'
    '<numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="10.5"/><name val="宋体"/></font><font><b/><sz val="10.5"/><name val="宋体"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE7E6E6"/></patternFill></fill></fills>'
    '<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="8">'
    '<xf numFmtId="0" borderId="1" applyBorder="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="49" borderId="1" applyNumberFormat="1" applyBorder="1" quotePrefix="1"/>'
    '<xf numFmtId="164" borderId="1" applyNumberFormat="1" applyBorder="1"/>'
    '<xf numFmtId="165" borderId="1" applyNumberFormat="1" applyBorder="1"/>'
    '<xf numFmtId="1" borderId="1" applyNumberFormat="1" applyBorder="1"/>'
    '<xf numFmtId="166" borderId="1" applyNumberFormat="1" applyBorder="1"/>'
    '<xf numFmtId="0" borderId="1" applyBorder="1"/></cellXfs></styleSheet>')
_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>')
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         f'<Relationship Id="rId1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
_BOOK_RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
              f'<Relationship Id="rId1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
              f'<Relationship Id="rId2" Type="{_RELATION}/styles" Target="styles.xml"/></Relationships>')
_HEAD_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write_ledger(path: Path, title: str, headings: Sequence[str], fields: Sequence[Field | None], rows: Sequence[Sequence[Any]]) -> Path:
    """Writes rows under `headings`; `fields` gives each column's type, None for plain text.

    Values: text, int (scaled for decimals, fen for money), date, datetime or None.
    """
    if len(rows) > MOST_ROWS:
        raise UnionClientError(f"一张表最多 {MOST_ROWS} 行，现有 {len(rows)} 行。", "没有写出文件。", "请分批导出。")
    name = re.sub(r"[\[\]:*?/\\]", "", title)[:31] or "Sheet1"
    with written_whole(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as book:
        _member(book, "[Content_Types].xml", _CONTENT_TYPES)
        _member(book, "_rels/.rels", _RELS)
        _member(book, "xl/workbook.xml", _workbook(name, len(headings), len(rows)))
        _member(book, "xl/_rels/workbook.xml.rels", _BOOK_RELS)
        _member(book, "xl/styles.xml", _STYLES)
        with book.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml", _STAMP), "w", force_zip64=True) as sheet:
            for piece in _sheet(headings, fields, rows):
                sheet.write(piece.encode("utf-8"))
    return path


def _member(book: zipfile.ZipFile, name: str, text: str) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = zipfile.ZIP_DEFLATED
    book.writestr(info, _HEAD_XML + text)


def _workbook(name: str, width: int, height: int) -> str:
    quoted = "'" + name.replace("'", "''") + "'"
    last = letter(max(width, 1) - 1)
    return ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'xmlns:r="{_RELATION}"><sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets><definedNames>'
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{escape(quoted)}!$A$1:${last}${height + 1}</definedName>'
            f'<definedName name="_xlnm.Print_Titles" localSheetId="0">{escape(quoted)}!$1:$1</definedName></definedNames></workbook>')


def _sheet(headings: Sequence[str], fields: Sequence[Field | None], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    widths = "".join(f'<col min="{n}" max="{n}" width="{(f.width if f else 20) + 2}" customWidth="1"/>' for n, f in enumerate(fields, 1))
    yield (_HEAD_XML + '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
           '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
           '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
           f"<cols>{widths}</cols><sheetData>")
    letters = [letter(n) for n in range(len(headings))]
    yield '<row r="1" ht="30" customHeight="1">' + "".join(_inline(f"{c}1", h, _HEAD) for c, h in zip(letters, headings, strict=True)) + "</row>"
    makers = [_maker(field) for field in fields]
    pieces: list[str] = []
    for number, row in enumerate(rows, 2):
        cells = "".join(make(f"{c}{number}", value) for c, make, value in zip(letters, makers, row, strict=True) if value is not None)
        pieces.append(f'<row r="{number}">{cells}</row>')
        if len(pieces) == 2000:
            yield "".join(pieces)
            pieces.clear()
    yield "".join(pieces)
    yield f'</sheetData><autoFilter ref="A1:{letters[-1]}{len(rows) + 1}"/>' + _validations(letters, fields, len(rows))
    yield ('<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
           '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
           '<headerFooter><oddFooter>&amp;C第 &amp;P 页 共 &amp;N 页</oddFooter></headerFooter></worksheet>')


def _validations(letters: Sequence[str], fields: Sequence[Field | None], height: int) -> str:
    """Drop-down lists for code columns whose list fits into Excel's 255 characters."""
    lists = []
    for column, field in zip(letters, fields, strict=True):
        if field is None or field.type != "code":
            continue
        words = ",".join(c.title for c in field.codes.codes.values() if not c.retired)
        if len(words) <= 250 and '"' not in words and "，" not in words:
            lists.append(f'<dataValidation type="list" allowBlank="1" sqref="{column}2:{column}{height + 200}">'
                         f"<formula1>{escape(chr(34) + words + chr(34))}</formula1></dataValidation>")
    return f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>' if lists else ""


def _inline(at: str, text: str, style: int) -> str:
    if len(text) > MOST_CHARACTERS:
        raise UnionClientError(f"{at} 的文字超过 {MOST_CHARACTERS} 个字，表格放不下。", "没有写出文件。", "请缩短后再导出。")
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(ILLEGAL.sub("", text))}</t></is></c>'


def _maker(field: Field | None) -> Any:
    kind = field.type if field else "text"
    if kind == "date":
        return lambda at, v: f'<c r="{at}" s="{_DATE}"><v>{(v - _EPOCH).days}</v></c>' if isinstance(v, dt.date) else _inline(at, str(v), _TEXT)
    if kind == "datetime":
        return _stamp
    if kind == "int":
        return lambda at, v: f'<c r="{at}" s="{_WHOLE}"><v>{v}</v></c>' if isinstance(v, int) else _inline(at, str(v), _TEXT)
    if kind in ("money", "decimal"):
        places = 2 if kind == "money" else field.places
        style = _MONEY if kind == "money" else _DECIMAL
        return lambda at, v: f'<c r="{at}" s="{style}"><v>{_scaled(v, places)}</v></c>' if isinstance(v, int) else _inline(at, str(v), _TEXT)
    return lambda at, v: _inline(at, v if isinstance(v, str) else str(v), _TEXT)


def _stamp(at: str, value: Any) -> str:
    if not isinstance(value, dt.datetime):
        return _inline(at, str(value), _TEXT)
    seconds = (value - dt.datetime(1899, 12, 30)).total_seconds()
    return f'<c r="{at}" s="{_STAMPED}"><v>{seconds / 86400:.10f}</v></c>'


def _scaled(value: int, places: int) -> str:
    """An integer scaled by 10**places as exact decimal text."""
    if not places:
        return str(value)
    sign, digits = ("-" if value < 0 else ""), str(abs(value)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"
